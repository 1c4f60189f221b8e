"""Runs a module as `python -m` does, and says at the end on stderr how many kilobytes of memory that took at most.

    python -m benchmarks.alone notion_archive search 对账

Asked from inside: what the system tells of a process that has ended includes what started it. Nothing that is not
loaded anyway is loaded for it.
"""

import atexit
import runpy
import sys


def _tell() -> None:
    try:
        with open("/proc/self/status", encoding="utf-8") as status:  # noqa: PTH123  (a Path is not loaded otherwise)
            lines = [line.split() for line in status if line.startswith("VmHWM:")]
    except OSError:
        return
    sys.stderr.write(f"\n{lines[0][1]}")


atexit.register(_tell)
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
