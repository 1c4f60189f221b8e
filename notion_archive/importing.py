"""Imports and rebuilds: pages come in, their documents are stored, then the pages; a batch is whole or not there."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from notion_archive import audit, documents, identity, linking, sources, spaces
from notion_archive.archive import Imported, Progress, Watch, now
from notion_archive.engines.whoosh import WhooshEngine
from notion_archive.kinds import NAMES
from notion_archive.model import Document, Page, Problem, Query, Skipped
from notion_archive.parsing import Parsers, chunks
from notion_archive.reports import Report
from notion_archive.shelf import digest
from notion_archive.sources import Limits
from notion_archive.spaces import Paths

if TYPE_CHECKING:
    from notion_archive.archive import Archive

_BATCH = 512
REPORTS = ("weekly", "daily", "page")


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
        self._remarks: list[str] = []

    def read(self, path: Path | str, *, prune: bool) -> None:
        """Store what an export holds. The documents of a batch come first, the pages last: a batch that was interrupted
        between them is new again next time."""
        name: Path | Literal["-"] = "-" if str(path) == "-" else Path(path)
        label = str(path) if name == "-" else Path(path).resolve().name
        export = sources.read_export(name, self._limits)
        self._total += export.files
        known = self._spaces(export)
        space = known[0] if known else spaces.new_name(label, (path for _, path in export.places()))
        kept = [self._archive.shelf.in_export(one) for one in dict.fromkeys([*known, space])] if prune else []
        seen: dict[str, str] = {}
        with Parsers(self._archive.own_words) as parsers:
            batch: list[Page] = []
            for found in export:
                if isinstance(found, Skipped):
                    self._skipped.append(found)
                    continue
                batch.append(found)
                seen[found.id] = found.path
                if len(batch) >= _BATCH:
                    self._store(batch, space, parsers)
                    batch = []
            self._store(batch, space, parsers)
        if any(kept):
            alone = export.files == 1 and not Path(path).is_dir()
            partial = export.partial or (spaces.ALONE if alone else None)
            self._prune(label, dict(export.places()) | seen, filter(None, kept), partial)

    def _spaces(self, export: sources.Export) -> list[str]:
        """The spaces an export is of, as far as they are known. Only pages with an id in their name tell."""
        shelf = self._archive.shelf
        shared: Counter[str] = Counter()
        pages = 0
        for page, path in export.places():
            if identity.has_id(path):
                pages += 1
                shared.update({found.export for found in (shelf.imported(page),) if found})
        return spaces.related(shared, pages, {space: shelf.count(space) for space in shared})

    def _store(self, batch: list[Page], space: str, parsers: Parsers) -> None:
        shelf = self._archive.shelf
        pages = {page.id: page for page in batch}
        known = shelf.digests(pages)
        fresh = [page for page in pages.values() if known.get(page.id) != digest(page)]
        parsed = parsers.parse(fresh)
        self._lost.extend(problem for page in fresh for problem in audit.missing(page, parsed[page.id]))
        if fresh and self._dry:
            self._dry_documents.update(parsed)
        elif fresh:
            self._archive.forget_projects()
            self._archive.engine.replace(parsed)
        if not self._dry:
            shelf.put(pages.values(), space, self._at)
        changed = sum(1 for page in fresh if page.id in known)
        self._counts.update(
            new=len(fresh) - changed, changed=changed, unchanged=len(pages) - len(fresh), pages=len(pages)
        )
        self._done += len(batch)
        self._watch(Progress(done=self._done, total=max(self._total, self._done)))

    def _prune(self, export: str, pages: Paths, kept: Iterable[Paths], partial: str | None) -> None:
        gone: set[str] = set()
        for before in kept:
            if before.keys() <= pages.keys():
                continue
            lacks, why = (set[str](), partial) if partial else spaces.gone(pages, before)
            gone |= lacks
            if why:
                self._remarks.append(f"--prune removed nothing: {export} {why}")
        if gone and not self._dry:
            self._archive.forget_projects()
            self._archive.engine.remove(gone)
            self._archive.shelf.remove(gone)
        self._counts["removed"] += len(gone)

    def result(self, seconds: float) -> Imported:
        """What was done, counted after it was done."""
        kinds = self._kinds()
        return Imported(
            pages=self._counts["pages"], new=self._counts["new"], changed=self._counts["changed"],
            unchanged=self._counts["unchanged"], removed=self._counts["removed"],
            records={kind: kinds[kind] for kind in NAMES}, skipped=tuple(self._skipped), seconds=round(seconds, 3),
            kinds={kind: kinds[kind] for kind in REPORTS}, unresolved=self._unresolved(), lost=tuple(self._lost),
            remarks=tuple(dict.fromkeys(self._remarks)),
        )  # fmt: skip

    def _kinds(self) -> Counter[str]:
        if self._dry:
            return Counter(document.kind for found in self._dry_documents.values() for document in found)
        found = self._archive.engine.search(Query(limit=0, facets=("kind",)))
        return Counter(found.facets["kind"])

    def _unresolved(self) -> int:
        known = linking.Pages(map(linking.place_of, self._reports()))
        return sum(1 for report in self._reports() for link in report.links if known.resolve(link, report.path) is None)

    def _reports(self) -> Iterator[Report]:
        """The reports there are, without their records."""
        own = (found[0] for found in self._dry_documents.values()) if self._dry else self._archive.each(*REPORTS)
        return (documents.page_of(document).report for document in own)


def page_documents(archive: "Archive") -> list[Document]:
    """The own document of every page, newest first."""
    return list(archive.documents(Query(kinds=REPORTS)))


def places(archive: "Archive") -> linking.Pages:
    """Every page a link may lead to."""
    bodies = (documents.page_of(document).report for document in archive.each(*REPORTS))
    return linking.Pages(map(linking.place_of, bodies))


def rebuilt(archive: "Archive", watch: Watch) -> int:
    """Parse every kept page anew into an engine beside the old one, then put it in its place."""
    total, done = archive.shelf.count(), 0
    target = archive.folder / "whoosh"
    beside = Path(tempfile.mkdtemp(prefix=".rebuild-", dir=archive.folder))
    try:
        engine = WhooshEngine(beside / "whoosh")
        with Parsers(archive.own_words) as parsers:
            for batch in chunks(archive.shelf.pages(), _BATCH):
                engine.replace(parsers.parse(batch))
                done += len(batch)
                watch(Progress(done=done, total=max(total, done)))
        engine.close()
        if target.exists():
            target.replace(beside / "old")
        (beside / "whoosh").replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return done
