"""Where a run is made, and with what."""

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import process
from benchmarks.peers import ripgrep


def described() -> str:
    """`2 × AMD EPYC 7B13, 23 GB, Linux 6.1`."""
    memory = (
        f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1024**3:.0f} GB, "
        if hasattr(os, "sysconf")
        else ""
    )
    return f"{os.cpu_count()} × {_processor()}, {memory}{platform.system()} {platform.release()}"


def versions() -> dict[str, str]:
    """What was measured and what it ran on; without those that are missing."""
    found = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    for package in ("tantivy", "whoosh"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found if ripgrep.missing() else {**found, "ripgrep": process.output(("rg", "--version")).split()[1]}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
