"""Imports and rebuilds: pages come in, their documents are stored, then the pages; a batch is whole or not there."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from notion_archive import audit, documents, identity, linking, sources, spaces
from notion_archive.archive import Imported, Progress, Watch, now
from notion_archive.engines.whoosh import WhooshEngine
from notion_archive.kinds import NAMES
from notion_archive.linking import Place
from notion_archive.model import Document, Link, Page, Problem, Query, Skipped
from notion_archive.parsing import Parsers, chunks
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
        self._dry_pages: dict[str, _Dry] = {}
        self._replaced: list[str] = []
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
            for batch in chunks(self._pages(export), _BATCH):
                self._store(batch, space, parsers)
                if prune:
                    seen.update((page.id, page.path) for page in batch)
        alone = export.files == 1 and not Path(path).is_dir()
        if self._replaced and not alone:
            self._remarks.append(
                f"{label} replaced pages of another export that have no id and the same path ({len(self._replaced)}, such "
                f"as {self._replaced[0]}). To keep both, import {label} into another --index."
            )
        self._replaced.clear()
        if any(kept):
            partial = export.partial or (spaces.ALONE if alone else None)
            self._prune(label, dict(export.places()) | seen, filter(None, kept), partial)

    def _pages(self, export: sources.Export) -> Iterator[Page]:
        for found in export:
            if isinstance(found, Skipped):
                self._skipped.append(found)
            else:
                yield found

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

    def _is_anothers(self, page: Page, space: str) -> bool:
        """Whether a page was known by its path alone, from an export of another space."""
        before = self._archive.shelf.imported(page.id)
        return not identity.has_id(page.path) and before is not None and before.export != space

    def _store(self, batch: list[Page], space: str, parsers: Parsers) -> None:
        shelf = self._archive.shelf
        pages = {page.id: page for page in batch}
        known = shelf.digests(pages)
        fresh = [page for page in pages.values() if known.get(page.id) != digest(page)]
        parsed = parsers.parse(fresh)
        self._lost.extend(problem for page in fresh for problem in audit.missing(page, parsed[page.id]))
        if fresh and self._dry:
            self._dry_pages.update({page: _dry(found) for page, found in parsed.items()})
        elif fresh:
            self._archive.forget_projects()
            self._archive.engine.replace(parsed)
        self._replaced += [page.path for page in fresh if page.id in known and self._is_anothers(page, space)]
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
            return Counter(kind for page in self._dry_pages.values() for kind in page.kinds)
        found = self._archive.engine.search(Query(limit=0, facets=("kind",)))
        return Counter(found.facets["kind"])

    def _unresolved(self) -> int:
        known = linking.Pages(place for place, _ in self._links())
        return sum(1 for place, links in self._links() for link in links if known.resolve(link, place.path) is None)

    def _links(self) -> Iterator[tuple[Place, tuple[Link, ...]]]:
        """The pages there are, and their links."""
        if self._dry:
            return ((page.place, page.links) for page in self._dry_pages.values())
        reports = (documents.page_of(document).report for document in self._archive.each(*REPORTS))
        return ((linking.place_of(report), report.links) for report in reports)


class _Dry(NamedTuple):
    """What a dry run keeps of a page: it may try a hundred thousand of them."""

    place: Place
    links: tuple[Link, ...]
    kinds: tuple[str, ...]


def _dry(found: tuple[Document, ...]) -> _Dry:
    report = documents.page_of(found[0]).report
    return _Dry(linking.place_of(report), report.links, tuple(document.kind for document in found))


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
