"""What an export holds, known before a page is read: its parts share one tree, a database stands in many files."""

import tempfile
from contextlib import ExitStack
from functools import cached_property
from typing import Any, BinaryIO, Protocol, cast

from msgspec import Struct

from notion_archive.model import Skipped
from notion_archive.sources import paths
from notion_archive.sources.limits import Budget, Limits, Refused


class Source(Protocol):
    """Where files are: a zip, a folder."""

    def shown(self, at: Any) -> str:
        """Where a file is on disk, zips and all, for people."""

    def read(self, at: Any) -> bytes:
        """All of a file."""


class File(Struct, frozen=True, kw_only=True):
    """A page that was found and not yet read. `path` is its logical path; `at` is how its source finds it.

    There may be hundreds of thousands of these at once, so nothing is kept that can be found again.
    """

    path: str
    size: int
    source: Source
    at: Any

    @property
    def shown(self) -> str:
        """Where it is on disk, zips and all."""
        return self.source.shown(self.at)

    def read(self) -> bytes:
        """Its content."""
        return self.source.read(self.at)


class Inventory:
    """Collects files while a folder or zip is gone through."""

    def __init__(self, limits: Limits, resources: ExitStack) -> None:
        self.budget = Budget(limits)
        self.resources = resources
        self.files: dict[str, File] = {}
        self.skipped: list[Skipped] = []
        self.others = 0
        self.partial: str | None = None  # why it may hold fewer pages than were exported

    @cached_property
    def spool(self) -> BinaryIO:
        """One file without a name for all zips that are packed in a zip, however many they are."""
        try:
            return cast("BinaryIO", self.resources.enter_context(tempfile.TemporaryFile()))
        except OSError as error:
            raise Refused(f"It cannot be unpacked: {error.strerror}.") from None

    def add(self, file: File) -> None:
        """Take a page in; a second file at the same path only if it has something else to say, and then by name."""
        first = self.files.setdefault(file.path, file)
        if first is not file and not same_content(first, file):
            self.skip(file.shown, f"Another file has the same path and was read instead: {first.shown}")

    def skip(self, shown: str, reason: str) -> None:
        """Name a file that will not be read."""
        self.skipped.append(Skipped(path=paths.shown(shown), reason=reason))

    def break_off(self, shown: str, reason: str) -> None:
        """Name a folder or zip that is not read to its end: nobody knows which pages are in the rest."""
        self.skip(shown, reason)
        self.partial = "could not be read as a whole. See what was not read."

    def note_piece(self, path: str) -> None:
        """Take notice of a part of a download that lies by itself on disk: others may be missing."""
        if self.partial is None and paths.is_piece(path):
            self.partial = "is in parts, and maybe not in all of them. Import the zip as it was downloaded."


def same_content(first: File, second: File) -> bool:
    """Whether two files say the same, so that one of them can go without a word."""
    try:
        return first.size == second.size and first.read() == second.read()
    except Refused:
        return False
