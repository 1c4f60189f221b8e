"""The archive: where the shelf of pages, the parser and an engine meet. One folder, one writer, many readers.

index/pages.sqlite   the pages as they came; never written but by an import
index/whoosh/        the engine's; made again from the pages by `rebuild`
index/projects.sqlite  which names are one project; made again from the documents where it is missing or old
index/lexicon/       the user's own words, if any
"""

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from notion_archive import documents, lock
from notion_archive.engines.whoosh import WhooshEngine
from notion_archive.errors import IndexFolderError, NotFound
from notion_archive.model import EVERYTHING, Clause, Document, Engine, Page, Problem, Query, Skipped
from notion_archive.records import REPORTS, Update
from notion_archive.shelf import Shelf

if TYPE_CHECKING:
    from notion_archive.projects import Book
    from notion_archive.projects.kept import Kept
    from notion_archive.sources import Limits
    from notion_archive.vocabulary import Vocabulary

_AT_ONCE = 500  # pages whose documents are read together
PARSER = "15"  # what the caches were made by; raised whenever pages would be read differently
_OURS = {"pages.sqlite", "whoosh", "projects.sqlite", "lexicon", "writer.lock", "README.md", "institutions.csv"}


class Imported(Struct, frozen=True, kw_only=True):
    """What an import did. `records` are those the archive holds now, by kind; `unresolved` links lead nowhere in it;
    `lost` is what the audit found in a page and not in what was stored of it; `remarks` say what was asked and not done."""

    pages: int
    new: int
    changed: int
    unchanged: int
    removed: int
    records: dict[str, int]
    skipped: tuple[Skipped, ...]
    seconds: float
    kinds: dict[str, int]
    unresolved: int
    lost: tuple[Problem, ...]
    remarks: tuple[str, ...]


class Progress(Struct, frozen=True, kw_only=True):
    """How far an import is: pages stored of pages there are."""

    done: int
    total: int


Watch = Callable[[Progress], None]


def _ignore(_: Progress) -> None: ...


class Archive:
    """An archive opened for asking or writing. Use as a context manager.

    Raises IndexFolderError for a folder that holds something else or was written by another version, NotFound for one
    that holds nothing yet (unless `create`). `lexicon`: where the user's own words are, if not in the folder itself.
    """

    def __init__(
        self, folder: Path, *, create: bool = False, stale: bool = False, lexicon: Path | None = None
    ) -> None:  # fmt: skip
        self.folder = folder
        self.own_words = lexicon or folder / "lexicon"
        self._check(create)
        folder.mkdir(parents=True, exist_ok=True)
        self.shelf = Shelf(folder / "pages.sqlite")
        self._engine: WhooshEngine | None = None
        try:
            self._check_contents(create, stale)
        except BaseException:
            self.close()
            raise

    def _check(self, create: bool) -> None:
        folder = self.folder
        if folder.exists() and not folder.is_dir():
            raise IndexFolderError(f"{folder} is a file, not an archive. Choose another --index.")
        if (folder / "pages.sqlite").exists():
            return
        names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
        strange = [name for name in names if name not in _OURS and not name.startswith(".")]
        if strange:
            raise IndexFolderError(
                f"{folder} is not an archive of notion-archive (it holds {strange[0]}). "
                "Choose another --index, or empty the folder."
            )
        if not create:
            raise self._nothing_yet()

    def _nothing_yet(self) -> NotFound:
        return NotFound(f"There is nothing in {self.folder} yet. Run: notion-archive import Export.zip")

    def _check_contents(self, create: bool, stale: bool) -> None:
        count, wrote = self.shelf.count(), self.shelf.note("parser")
        if not create and not count:
            raise self._nothing_yet()
        if not create and not stale and wrote != PARSER:
            raise IndexFolderError(
                f"{self.folder} was written by parser {wrote or 'unknown'}; this one is {PARSER}. "
                "Run: notion-archive rebuild"
            )

    def __enter__(self) -> Self:
        """The archive itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of files."""
        self.close()

    def close(self) -> None:
        """Let go of files. Safe to call twice."""
        self.shelf.close()
        if self._engine:
            self._engine.close()
        if "_kept" in self.__dict__:
            self._kept.close()

    @property
    def engine(self) -> Engine:
        """The engine, opened when it is first asked."""
        if self._engine is None:
            self._engine = WhooshEngine(self.folder / "whoosh")
        return self._engine

    @cached_property
    def words(self) -> "Vocabulary":
        """The words reports are read with, the user's own among them. Raises LexiconError."""
        from notion_archive.vocabulary import Vocabulary

        return Vocabulary(self.own_words)

    @property
    def projects(self) -> "Book":
        """The projects the updates tell of, with the user's corrections; as kept, made again where that is old."""
        return self._kept.book()

    @cached_property
    def _kept(self) -> "Kept":
        from notion_archive.projects.kept import Kept

        return Kept(self.folder, self.own_words, self._updates, lambda: self.words)

    def _updates(self, where: Clause) -> Iterator[Update]:
        asked = Query(kinds=("update",), where=where)
        told = self.each("update") if where == EVERYTHING else self.documents(asked)
        found = map(documents.record_of, told)
        return (record for record in found if isinstance(record, Update))

    def forget_projects(self, pages: Collection[str] | None = None) -> None:
        """Called before documents change, those of some pages or of any: until they have, no projects are kept."""
        self._kept.forget(pages)

    def import_exports(
        self, paths: Iterable[Path | str], *, limits: "Limits | None" = None, dry: bool = False, prune: bool = False,
        watch: Watch = _ignore,
    ) -> Imported:  # fmt: skip
        """Read exports and store what is new or changed. Whatever was stored stays stored if it is interrupted.

        `dry` reads and compares, and writes nothing; `prune` removes the pages that a newer full export of the same
        space no longer has (see `spaces`). Raises ExportError for a path that is no export, Busy while another import works.
        """
        from notion_archive.importing import Importing

        begun = time.monotonic()
        with lock.writing(self.folder):
            if not dry and (self.shelf.note("parser") != PARSER or not self.has_its_words()):
                self._rebuild(_ignore)
            importing = Importing(self, limits, dry=dry, watch=watch)
            for path in paths:
                importing.read(path, prune=prune)
            importing.settle()
            if not dry:
                self._kept.keep()
            return importing.result(time.monotonic() - begun)

    def rebuild(self, watch: Watch = _ignore) -> int:
        """Make the engine's documents again from the pages kept; how many pages there are.

        The new ones are made beside the old and put in their place at the end.
        """
        with lock.writing(self.folder):
            return self._rebuild(watch)

    def _rebuild(self, watch: Watch) -> int:
        from notion_archive.importing import rebuilt

        if self._engine:
            self._engine.close()
            self._engine = None
        vars(self).pop("words", None)  # they may have changed since they were read
        self.forget_projects()
        count = rebuilt(self, watch)
        self._kept.keep()
        self.shelf.keep_note("words", self.words.mark)
        self.shelf.keep_note("parser", PARSER)
        return count

    def has_its_words(self) -> bool:
        """Whether the pages were read with the user's words as they are now."""
        return (self.shelf.note("words") or "") == self.words.mark

    def documents(self, query: Query) -> Iterator[Document]:
        """The documents a query finds."""
        return (hit.document for hit in self.engine.search(query).hits)

    def own_documents(self) -> list[Document]:
        """The own document of every page, newest first."""
        return list(self.documents(Query(kinds=REPORTS)))

    def each(self, *kinds: str) -> Iterator[Document]:
        """All documents of these kinds, by pages. However many there are, few of them are in memory."""
        pages = iter(sorted(self.shelf.ids()))
        while some := tuple(islice(pages, _AT_ONCE)):
            yield from self.documents(Query(kinds=kinds, pages=some))

    def page(self, page: str) -> Page:
        """A page as it came. Raises NotFound."""
        found = self.shelf.get(page)
        if found is None:
            raise NotFound(f"No page with the id {page} is kept in {self.folder}. Run: notion-archive reports")
        return found


def now() -> str:
    """The time of day an import is noted with: ISO, UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
