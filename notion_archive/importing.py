"""Imports and rebuilds: pages come in, their documents are stored, then the pages; a batch is whole or not there."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from notion_archive import documents, linking, numbering, sources
from notion_archive.archive import Imported, Progress, Watch, now
from notion_archive.engines.whoosh import WhooshEngine
from notion_archive.model import Document, Engine, Page, Problem, Query, Skipped
from notion_archive.parsing import Parsed, Parsers, chunks
from notion_archive.records import NAMES, REPORTS
from notion_archive.shelf import digest
from notion_archive.sources import Limits

if TYPE_CHECKING:
    from notion_archive.archive import Archive

_BATCH = 512


class _Batch(NamedTuple):
    """Pages that are stored together: those that must be read, and how many of them were known otherwise."""

    pages: Sequence[Page]
    fresh: Sequence[Page]
    changed: int


class Importing:
    """One run of `import` over one or several exports."""

    def __init__(self, archive: "Archive", limits: Limits | None, *, dry: bool, watch: Watch) -> None:
        self._archive, self._limits, self._dry, self._watch = archive, limits or Limits(), dry, watch
        self._at = now()
        self._counts: Counter[str] = Counter()
        self._skipped: list[Skipped] = []
        self._done = self._total = 0
        self._dry_documents: dict[str, tuple[Document, ...]] = {}
        self._lost: list[Problem] = []
        self._coming: dict[str, str] = {}

    def read(self, path: Path | str, *, prune: bool) -> None:
        """Store what an export holds. The documents of a batch come first, the pages last: a batch that was interrupted
        between them is new again next time."""
        name: Path | Literal["-"] = "-" if str(path) == "-" else Path(path)
        label = str(path) if name == "-" else Path(path).resolve().name
        seen: set[str] = set()
        export = sources.read_export(name, self._limits)
        self._total += export.files
        with Parsers(self._archive.own_words) as parsers:
            for batch, parsed in parsers.ahead(self._batches(export, seen), lambda batch: batch.fresh):
                self._store(batch, parsed, label)
        if prune:
            self._prune(self._archive.shelf.in_export(label) - seen)

    def _batches(self, export: Iterable[Page | Skipped], seen: set[str]) -> Iterator["_Batch"]:
        pages: dict[str, Page] = {}
        for found in export:
            if isinstance(found, Skipped):
                self._skipped.append(found)
                continue
            pages[found.id] = found
            seen.add(found.id)
            if len(pages) >= _BATCH:
                yield self._batch(pages)
                pages = {}
        yield self._batch(pages)

    def _batch(self, pages: dict[str, Page]) -> "_Batch":
        known = {**self._archive.shelf.digests(pages), **self._coming}
        fresh = [page for page in pages.values() if known.get(page.id) != digest(page)]
        self._coming = {page.id: digest(page) for page in fresh}  # the next batch is looked at before this is stored
        return _Batch(tuple(pages.values()), fresh, sum(1 for page in fresh if page.id in known))

    def _store(self, batch: "_Batch", parsed: Sequence[Parsed], label: str) -> None:
        self._lost.extend(problem for one in parsed for problem in one.lost)
        found = {one.page: one.documents for one in parsed}
        if found and self._dry:
            self._dry_documents.update(found)
        elif found:
            self._archive.forget_projects()
            self._archive.engine.replace(found)
        if not self._dry:
            self._archive.shelf.put(batch.pages, label, self._at)
        self._counts.update(
            new=len(batch.fresh) - batch.changed, changed=batch.changed,
            unchanged=len(batch.pages) - len(batch.fresh), pages=len(batch.pages),
        )  # fmt: skip
        self._done += len(batch.pages)
        self._watch(Progress(done=self._done, total=max(self._total, self._done)))

    def _prune(self, gone: set[str]) -> None:
        if gone and not self._dry:
            self._archive.forget_projects()
            self._archive.engine.remove(gone)
            self._archive.shelf.remove(gone)
        self._counts["removed"] += len(gone)

    def settle(self) -> None:
        """After the last export: what all of them tell of the numbers of weeks."""
        if not self._dry:
            _settle(self._archive.engine, self._archive, self._archive.forget_projects)

    def result(self, seconds: float) -> Imported:
        """What was done, counted after it was done."""
        kinds = self._kinds()
        return Imported(
            pages=self._counts["pages"], new=self._counts["new"], changed=self._counts["changed"],
            unchanged=self._counts["unchanged"], removed=self._counts["removed"],
            records={kind: kinds[kind] for kind in NAMES}, skipped=tuple(self._skipped), seconds=round(seconds, 3),
            kinds={kind: kinds[kind] for kind in REPORTS}, unresolved=self._unresolved(), lost=tuple(self._lost),
        )  # fmt: skip

    def _kinds(self) -> Counter[str]:
        if self._dry:
            return Counter(document.kind for found in self._dry_documents.values() for document in found)
        found = self._archive.engine.search(Query(limit=0, facets=("kind",)))
        return Counter(found.facets["kind"])

    def _unresolved(self) -> int:
        own = (found[0] for found in self._dry_documents.values()) if self._dry else self._archive.own_documents()
        reports = [documents.page_of(document).report for document in own]
        known = linking.Pages(map(linking.place_of, reports))
        return sum(1 for report in reports for link in report.links if known.resolve(link, report.path) is None)


def rebuilt(archive: "Archive", watch: Watch) -> int:
    """Parse every kept page anew into an engine beside the old one, then put it in its place."""
    total, done = archive.shelf.count(), 0
    target = archive.folder / "whoosh"
    beside = Path(tempfile.mkdtemp(prefix=".rebuild-", dir=archive.folder))
    try:
        engine = WhooshEngine(beside / "whoosh")
        with Parsers(archive.own_words) as parsers:
            for batch, parsed in parsers.ahead(chunks(archive.shelf.pages(), _BATCH), lambda pages: pages):
                engine.replace({one.page: one.documents for one in parsed})
                done += len(batch)
                watch(Progress(done=done, total=max(total, done)))
        _settle(engine, archive)
        engine.close()
        if target.exists():
            target.replace(beside / "old")
        (beside / "whoosh").replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return done


def _settle(engine: Engine, archive: "Archive", before: Callable[[], None] = lambda: None) -> None:
    """Read those reports again whose days were counted by week numbers, and not as the house counts: only all reports
    together tell how it does."""
    weekly = [documents.page_of(hit.document) for hit in engine.search(Query(kinds=("weekly",))).hits]
    house = numbering.learn(one.report for one in weekly if not one.counted)
    ids = [one.report.id for one in weekly if one.counted and house.moves(one.report)]
    moved = (page for page in map(archive.shelf.get, ids) if page)
    with Parsers(archive.own_words, house) as parsers:
        for _, parsed in parsers.ahead(chunks(moved, _BATCH), lambda pages: pages):
            before()
            engine.replace({one.page: one.documents for one in parsed})
