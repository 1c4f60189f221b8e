"""One SQLite file of ours: made in one step, known by its header, refused when it is somebody else's.

SQLite's own header says whose a file is (`application_id`) and in which format (`user_version`). Both are written in the
transaction that makes the tables, so a file is either ours and whole, or empty, or not ours.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from notion_archive.errors import IndexFolderError


class Layout(Struct, frozen=True, kw_only=True):
    """What makes a SQLite file one of ours, and what to tell the user when it is not quite.

    `cure` follows "was written by format 3; this version reads 4." and "is damaged (…).".
    """

    application: int
    format: int
    tables: tuple[str, ...]
    cure: str


def connect(path: Path, layout: Layout) -> sqlite3.Connection:
    """Open a database, or make it where there is none or an empty one; its folder must exist.

    Raises IndexFolderError for a file that is not ours, is in another format, is damaged or cannot be opened.
    """
    try:
        connection = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise IndexFolderError(f"{path} cannot be opened ({error}). Choose another --index.") from error
    try:
        with _named_errors(path, layout):
            _check_or_make(connection, path, layout)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA journal_size_limit = 16777216")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path, layout: Layout, *, write: bool = False) -> Iterator[None]:
    """One look at the database that nobody else can change, or one change to it: all of it or nothing.

    Raises IndexFolderError where the file turns out to be damaged.
    """
    with _named_errors(path, layout):
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def foreign(path: Path) -> IndexFolderError:
    """The error for a file or folder that somebody else made."""
    return IndexFolderError(
        f"{path} is not an archive of notion-archive. Choose another --index, or empty the folder."
    )


def _check_or_make(connection: sqlite3.Connection, path: Path, layout: Layout) -> None:
    if _is_blank(connection):
        connection.execute("BEGIN IMMEDIATE")
        if _is_blank(connection):  # another process may have been faster
            for statement in layout.tables:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {layout.application}")
            connection.execute(f"PRAGMA user_version = {layout.format}")
        connection.execute("COMMIT")
    if _number(connection, "application_id") != layout.application:
        raise foreign(path)
    if (wrote := _number(connection, "user_version")) != layout.format:
        raise IndexFolderError(
            f"{path} was written by format {wrote}; this version reads {layout.format}. {layout.cure}"
        )


def _is_blank(connection: sqlite3.Connection) -> bool:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return not tables and not _number(connection, "application_id") and not _number(connection, "user_version")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


@contextmanager
def _named_errors(path: Path, layout: Layout) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code == sqlite3.SQLITE_NOTADB:
            raise foreign(path) from error
        if code is not None and code & 0xFF == sqlite3.SQLITE_CORRUPT:
            raise IndexFolderError(f"{path} is damaged ({error}). {layout.cure}") from error
        raise
