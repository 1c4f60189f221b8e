"""The book of projects on disk, beside the documents it was made from: a cache, whole or not there."""

import hashlib
import os
import tempfile
from pathlib import Path

import msgspec
from msgspec import Struct

from notion_archive.projects.book import Book, Project
from notion_archive.projects.corrections import Corrections

JOINING = "1"  # raised whenever the same reports would give other projects


class _Kept(Struct, frozen=True):
    mark: str
    projects: tuple[Project, ...]


def mark(corrections: Corrections) -> str:
    """What a book was made with; one with another mark is old."""
    said = hashlib.sha256(msgspec.json.encode(corrections, order="sorted")).hexdigest()[:16]
    return f"{JOINING} {said}"


def read(path: Path, mark: str) -> Book | None:
    """The book that is kept, None where there is none, or an old or damaged one."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError):
        return None
    return Book(kept.projects) if kept.mark == mark else None


def write(path: Path, mark: str, book: Book) -> None:
    """Keep a book in place of the one that was kept."""
    handle, beside = tempfile.mkstemp(prefix=".projects-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(_Kept(mark, book.projects)))
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def state(path: Path) -> tuple[int, ...]:
    """What changes whenever another book is kept; () while there is none."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)
