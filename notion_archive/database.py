"""One SQLite file of ours: made in one step, known by its header, refused when it is somebody else's.

SQLite's own header says whose a file is (`application_id`) and in which format (`user_version`). Both are written in
the transaction that makes the tables, so a file is either ours and whole, or empty, or not ours.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct

from notion_archive.errors import Busy, IndexFolderError


class Layout(Struct, frozen=True, kw_only=True):
    """What makes a SQLite file one of ours; `cure` is what to do about one that is damaged or in another format."""

    application: int
    format: int
    tables: tuple[str, ...]
    cure: str


class Database:
    """An open file of ours, made where there was none or an empty one, and its folder with it.

    Raises IndexFolderError for a file that is not ours, is in another format, is damaged or cannot be used, and Busy
    when another process does not stop writing to it; all of that may also show later.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self._path = path
        self._layout = layout
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.OperationalError) as error:
            raise IndexFolderError(f"{path} cannot be used ({error}). Choose another --index.") from error
        try:
            self._check_or_make()
            self.execute("PRAGMA journal_mode = WAL")
            self.execute("PRAGMA synchronous = FULL")
            self.execute("PRAGMA journal_size_limit = 16777216")
        except BaseException:
            self.close()
            raise
        self.add_function = self._connection.create_function

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        self._connection.close()

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        with self._named_errors():
            return self._connection.execute(sql, values)

    def execute_many(self, sql: str, values: Iterable[Sequence[Any] | Mapping[str, Any]]) -> None:
        """Run one statement once for each of these rows of values."""
        with self._named_errors():
            self._connection.executemany(sql, values)

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """Run one statement; everything it finds."""
        with self._named_errors():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever is being written meanwhile."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is written inside is on the disk when it ends well; otherwise nothing was written."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.execute(begin)
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _check_or_make(self) -> None:
        if self._is_blank():
            with self.writing():
                if self._is_blank():  # another process may have been faster
                    for statement in self._layout.tables:
                        self.execute(statement)
                    self.execute(f"PRAGMA application_id = {self._layout.application}")
                    self.execute(f"PRAGMA user_version = {self._layout.format}")
        if self._number("PRAGMA application_id") != self._layout.application:
            raise foreign(self._path)
        if (wrote := self._number("PRAGMA user_version")) != self._layout.format:
            reads, cure = self._layout.format, self._layout.cure
            raise IndexFolderError(f"{self._path} was written by format {wrote}; this version reads {reads}. {cure}")

    def _is_blank(self) -> bool:
        questions = ("SELECT count(*) FROM sqlite_master", "PRAGMA application_id", "PRAGMA user_version")
        return not any(map(self._number, questions))

    def _number(self, question: str) -> int:
        return int(self.rows(question)[0][0])

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            match getattr(error, "sqlite_errorcode", 0) & 0xFF:
                case sqlite3.SQLITE_NOTADB:
                    raise foreign(self._path) from error
                case sqlite3.SQLITE_CORRUPT:
                    raise damaged(self._path, str(error), self._layout.cure) from error
                case sqlite3.SQLITE_BUSY:
                    raise Busy(f"{self._path} is being written by another process. Try again later.") from error
                case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
                    raise IndexFolderError(f"{self._path} cannot be used ({error}). Choose another --index.") from error
            raise


def foreign(path: Path) -> IndexFolderError:
    """The error for a file or folder that somebody else made."""
    return IndexFolderError(f"{path} is not an archive of notion-archive. Choose another --index, or empty the folder.")


def damaged(path: Path, how: str, cure: str) -> IndexFolderError:
    """The error for a file or folder of ours that cannot be read any more."""
    return IndexFolderError(f"{path} is damaged ({how}). {cure}")
