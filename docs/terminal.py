"""Draws `docs/terminal.svg`, the picture in the README, from what the commands really print.

.venv/bin/python docs/terminal.py
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = ("incidents --institution 光大 --limit 2", "search 前置机 连接 --limit 1", "trace 新网关二期")
_COLUMNS = 118


def main() -> None:
    """Import the samples into a folder of their own, run the commands on a terminal of ours, draw what they print."""
    console = Console(record=True, width=_COLUMNS, color_system="truecolor", file=io.StringIO())
    with tempfile.TemporaryDirectory() as index:
        archive = next((ROOT / "samples" / "notion").glob("*.zip"))
        _run("import", str(archive), index=index)
        for command in COMMANDS:
            console.print(Text.assemble(("$ ", "bold green"), (f"notion-archive {command}", "bold")))
            console.print(Text.from_ansi(_run(*command.split(), index=index)))
    console.save_svg(str(ROOT / "docs" / "terminal.svg"), title="notion-archive")


def _run(*arguments: str, index: str) -> str:
    """A command's output with its colours."""
    code = "import sys; sys.stdout.isatty = lambda: True; from notion_archive.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--index", index, *arguments], capture_output=True, text=True, check=True,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": str(_COLUMNS)},
    )  # fmt: skip
    return done.stdout


if __name__ == "__main__":
    main()
