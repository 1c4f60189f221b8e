"""Whole processes: how long they take, and how much memory any one of them has at its highest."""

import os
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figures import took

_ROOT = Path(__file__).parents[1]
_GLANCE = 0.05  # seconds between two looks at the processes
PYTHON = (sys.executable,)
OURS = (sys.executable, "-m", "notion_archive")


class Failed(Exception):
    """A command did not do what it was started for."""

    def __init__(self, command: Sequence[str], said: bytes) -> None:
        super().__init__(f"{shlex.join(command)}\n{said.decode(errors='replace')}")


def seconds(command: Sequence[str], *, fine: tuple[int, ...] = (0,)) -> float:
    """How long a command takes from its start to its end. Raises Failed."""
    return took(lambda: output(command, fine=fine))


def output(command: Sequence[str], *, fine: tuple[int, ...] = (0,)) -> str:
    """What a command prints."""
    done = subprocess.run(command, capture_output=True, env=_environment(), check=False)
    if done.returncode not in fine:
        raise Failed(command, done.stderr)
    return done.stdout.decode()


def peak(command: Sequence[str]) -> tuple[float, int | None]:
    """How long a command takes, and the bytes that the largest of its processes had in memory at its highest.

    None where the system has no /proc to tell.
    """
    highest: list[int] = []
    stopped = threading.Event()
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_environment()) as process:

        def watch() -> None:
            while not stopped.wait(_GLANCE):
                highest.extend(filter(None, map(high_water, _family(process.pid))))

        watcher = threading.Thread(target=watch)
        watcher.start()
        process.wait()
        lasted = time.perf_counter() - begun
        stopped.set()
        watcher.join()
    if process.returncode:
        raise Failed(command, b"")
    return lasted, max(highest, default=None)


def peak_inside(module: str, *arguments: str) -> int | None:
    """The bytes that one process has in memory at its highest, running a module that starts no others."""
    command = (sys.executable, "-m", "benchmarks.alone", module, *arguments)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment(), check=True)
    last = done.stderr.decode().rpartition("\n")[2]
    return int(last) * 1024 if last.isdigit() else None


def high_water(process: int | str = "self") -> int | None:
    """The most memory a process has had, in bytes; None where it is gone or the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), None)


def _family(process: int) -> Iterator[int]:
    """A process and all that it started."""
    yield process
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = thread.read_text("utf-8").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _environment() -> dict[str, str]:
    """Ours from this folder, compiled once, as it is where it is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(_ROOT)}
