"""The book of projects on disk, beside the documents it was made from: a cache, whole or not there."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from notion_archive import lock
from notion_archive.errors import Busy
from notion_archive.projects import corrections
from notion_archive.projects.book import Book, Project
from notion_archive.projects.corrections import Corrections
from notion_archive.records import Update

if TYPE_CHECKING:
    from notion_archive.vocabulary import Vocabulary

JOINING = "2"  # raised whenever the same reports would give other projects


class Kept:
    """The book of an archive in `folder`: as it is kept, made again from the updates where that is old.

    Raises LexiconError for corrections in `own_words` that cannot be read.
    """

    def __init__(
        self, folder: Path, own_words: Path, updates: Callable[[], Iterable[Update]], words: Callable[[], "Vocabulary"]
    ) -> None:
        self._folder = folder
        self._path = folder / "projects.json"
        self._own_words = own_words
        self._updates = updates
        self._words = words
        self._read: tuple[object, Book] | None = None

    def book(self) -> Book:
        """What is kept is read once, and again when it has changed."""
        said = corrections.load(self._own_words)
        if self._read is None or self._read[0] != (_state(self._path), _mark(said)):
            book = _read(self._path, _mark(said)) or self._made_again(said)
            self._read = ((_state(self._path), _mark(said)), book)
        return self._read[1]

    def _made_again(self, said: Corrections) -> Book:
        """Kept only while nobody writes: what was read beside a writer may be half of it."""
        try:
            with lock.writing(self._folder):
                return self.keep()
        except Busy:
            return self._joined(said)

    def keep(self) -> Book:
        """Join the projects anew unless what is kept is right. Called by who may write."""
        said = corrections.load(self._own_words)
        book = _read(self._path, _mark(said))
        if book is None:
            book = self._joined(said)
            _write(self._path, _mark(said), book)
        return book

    def _joined(self, said: Corrections) -> Book:
        from notion_archive.projects import groups

        words = self._words()
        return groups.read(self._updates(), words.lexicon, said, words.institutions)

    def forget(self) -> None:
        """Until there is another, no book is kept."""
        self._path.unlink(missing_ok=True)


class _Book(Struct, frozen=True):
    mark: str
    projects: tuple[Project, ...]


def _mark(corrections: Corrections) -> str:
    """What a book is made with; one with another mark is old."""
    return f"{JOINING} {msgspec.json.encode(corrections, order='sorted').decode()}"


def _read(path: Path, mark: str) -> Book | None:
    """The book that is kept, None where there is none, or an old or damaged one."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Book)
    except (OSError, msgspec.DecodeError):
        return None
    return Book(kept.projects) if kept.mark == mark else None


def _write(path: Path, mark: str, book: Book) -> None:
    """Keep a book in place of the one that was kept."""
    import os
    import tempfile

    handle, beside = tempfile.mkstemp(prefix=".projects-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(_Book(mark, book.projects)))
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _state(path: Path) -> tuple[int, ...]:
    """What changes whenever another book is kept; () while there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)
