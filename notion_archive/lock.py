"""One writer at a time, whoever holds the archive; let go of when the process ends, however it ends."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from notion_archive.errors import Busy


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the archive in `folder` for writing. Raises Busy at once where another process holds it.

    SQLite's own lock on an empty file: the same on every system, and gone with its process.
    """
    connection = sqlite3.connect(folder / "writer.lock", timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise Busy(
                f"Another import or rebuild is writing to {folder}. Wait until it is done, or give another --index."
            ) from error
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()
