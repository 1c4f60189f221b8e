"""Imports and rebuilds: pages come in, their documents are stored, then the pages; a batch is whole or not there."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from notion_archive import documents, identity, linking, numbering, spaces
from notion_archive.archive import PARSER, Imported, Progress, Watch, now
from notion_archive.engines.whoosh import WhooshEngine
from notion_archive.linking import Place
from notion_archive.look import look
from notion_archive.model import Document, Engine, Link, Page, Problem, Query, Skipped, Tag
from notion_archive.parsing import Parsed, Parsers, chunks
from notion_archive.records import NAMES, REPORTS
from notion_archive.shelf import digest
from notion_archive.spaces import Paths

if TYPE_CHECKING:
    from notion_archive.archive import Archive
    from notion_archive.sources import Export, Limits

_BATCH = 512
_LINKS = "1"  # raised whenever the same documents would be settled otherwise, or other links of them lead nowhere


class _Batch(NamedTuple):
    """Pages that are stored together: those that must be read, and those of them that were known otherwise; the digest
    of each by its id."""

    pages: Sequence[Page]
    fresh: Sequence[Page]
    changed: Sequence[Page]
    digests: Mapping[str, str]


class Importing:
    """One run of `import` over one or several exports."""

    def __init__(self, archive: "Archive", limits: "Limits | None", *, dry: bool, watch: Watch) -> None:
        self._archive, self._limits, self._dry, self._watch = archive, limits, dry, watch
        self._at = now()
        self._counts: Counter[str] = Counter()
        self._skipped: list[Skipped] = []
        self._done = self._total = 0
        self._dry_pages: dict[str, _Dry] = {}
        self._replaced: list[str] = []
        self._lost: list[Problem] = []
        self._coming: dict[str, str] = {}
        self._leading_nowhere = 0
        self._remarks: list[str] = []

    def read(self, path: Path | str, *, prune: bool) -> None:
        """Store what an export holds. The documents of a batch come first, the pages last: a batch that was interrupted
        between them is new again next time."""
        name: Path | Literal["-"] = "-" if str(path) == "-" else Path(path)
        label = str(path) if name == "-" else Path(path).resolve().name
        place, shelf = str(Path(path).resolve()), self._archive.shelf
        looks = None if self._dry or prune or name == "-" else look(name, f"{PARSER} {self._limits}")
        if looks and (pages := shelf.seen(place, looks)):
            self._total += pages
            self._count(pages=pages, unchanged=pages)
            return
        done, skipped = self._done, len(self._skipped)
        from notion_archive import sources

        export = sources.read_export(name, self._limits or sources.Limits())
        self._total += export.files
        known = self._spaces(export)
        space = known[0] if known else spaces.new_name(label, (path for _, path in export.places()))
        kept = [shelf.in_export(one) for one in dict.fromkeys([*known, space])] if prune else []
        seen: dict[str, str] = {}
        with Parsers(self._archive.own_words) as parsers:
            batches = map(self._batch, chunks(self._pages(export), _BATCH))
            for batch, parsed in parsers.ahead(batches, lambda batch: batch.fresh):
                self._store(batch, parsed, space)
                if prune:
                    seen.update((page.id, page.path) for page in batch.pages)
        if looks and len(self._skipped) == skipped:  # what could not be read is tried again
            shelf.keep_seen(place, looks, self._done - done)
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

    def _pages(self, export: "Export") -> Iterator[Page]:
        for found in export:
            if isinstance(found, Skipped):
                self._skipped.append(found)
            else:
                yield found

    def _spaces(self, export: "Export") -> list[str]:
        """The spaces an export is of, as far as they are known. Only pages with an id in their name tell."""
        shelf = self._archive.shelf
        pages = [page for page, path in export.places() if identity.has_id(path)]
        shared = shelf.exports(pages)
        return spaces.related(shared, len(pages), {space: shelf.count(space) for space in shared})

    def _is_anothers(self, page: Page, space: str) -> bool:
        """Whether a page was known by its path alone, from an export of another space."""
        before = self._archive.shelf.imported(page.id)
        return not identity.has_id(page.path) and before is not None and before.export != space

    def _batch(self, found: Sequence[Page]) -> "_Batch":
        pages = {page.id: page for page in found}
        known = {**self._archive.shelf.digests(pages), **self._coming}
        digests = {page.id: digest(page) for page in pages.values()}
        fresh = [page for page in pages.values() if known.get(page.id) != digests[page.id]]
        self._coming = {
            page.id: digests[page.id] for page in fresh
        }  # the next batch is looked at before this is stored
        return _Batch(tuple(pages.values()), fresh, [page for page in fresh if page.id in known], digests)

    def _store(self, batch: "_Batch", parsed: Sequence[Parsed], space: str) -> None:
        self._lost.extend(problem for one in parsed for problem in one.lost)
        found = {one.page: one.documents for one in parsed}
        if found and self._dry:
            self._dry_pages.update({page: _dry(documents) for page, documents in found.items()})
        elif found:
            self._archive.forget_projects(found.keys())
            self._archive.engine.replace(found)
        self._replaced += [page.path for page in batch.changed if self._is_anothers(page, space)]
        if not self._dry:
            self._archive.shelf.put(batch.pages, space, self._at, batch.digests)
        self._count(
            new=len(batch.fresh) - len(batch.changed), changed=len(batch.changed),
            unchanged=len(batch.pages) - len(batch.fresh), pages=len(batch.pages),
        )  # fmt: skip

    def _count(self, *, pages: int, **changes: int) -> None:
        self._counts.update(changes, pages=pages)
        self._done += pages
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
            self._archive.forget_projects(gone)
            self._archive.engine.remove(gone)
            self._archive.shelf.remove(gone)
        self._counts["removed"] += len(gone)

    def settle(self) -> None:
        """After the last export: what all of them tell of the numbers of weeks, and the links that lead nowhere. While no
        document has changed since, both are known."""
        if self._dry:
            return
        archive, told = self._archive, f"{_LINKS} {self._archive.engine.state()} "
        before = archive.shelf.note("settled") or ""
        if before.startswith(told):
            self._leading_nowhere = int(before.removeprefix(told))
            return
        _settle(archive.engine, archive, archive.forget_projects)
        self._leading_nowhere = self._unresolved()
        archive.shelf.keep_note("settled", f"{_LINKS} {archive.engine.state()} {self._leading_nowhere}")

    def result(self, seconds: float) -> Imported:
        """What was done, counted after it was done."""
        kinds, unresolved = self._kinds(), self._unresolved() if self._dry else self._leading_nowhere
        return Imported(
            pages=self._counts["pages"], new=self._counts["new"], changed=self._counts["changed"],
            unchanged=self._counts["unchanged"], removed=self._counts["removed"],
            records={kind: kinds[kind] for kind in NAMES}, skipped=tuple(self._skipped), seconds=round(seconds, 3),
            kinds={kind: kinds[kind] for kind in REPORTS}, unresolved=unresolved, lost=tuple(self._lost),
            remarks=tuple(dict.fromkeys(self._remarks)),
        )  # fmt: skip

    def _kinds(self) -> Counter[str]:
        if self._dry:
            return Counter(kind for page in self._dry_pages.values() for kind in page.kinds)
        found = self._archive.engine.search(Query(limit=0, facets=("kind",)))
        return Counter(found.facets["kind"])

    def _unresolved(self) -> int:
        """How many links lead nowhere. Most have the id of a page, and only for the others all pages are looked at."""
        ids = self._dry_pages.keys() if self._dry else self._archive.shelf.ids()
        doubtful = [(path, link) for path, links in self._linked() for link in links if not linking.by_id(link, ids)]
        known = linking.Pages(self._places()) if doubtful else None
        return sum(1 for path, link in doubtful if known and known.resolve(link, path) is None)

    def _linked(self) -> Iterator[tuple[str, tuple[Link, ...]]]:
        """The paths of the pages that have links, with them."""
        if self._dry:
            return ((page.place.path, page.links) for page in self._dry_pages.values())
        linked = self._archive.documents(Query(kinds=REPORTS, where=Tag(documents.LINKED)))
        return ((place.path, links) for place, links in map(documents.links_of, linked))

    def _places(self) -> Iterator[Place]:
        if self._dry:
            return (page.place for page in self._dry_pages.values())
        return (documents.links_of(document)[0] for document in self._archive.each(*REPORTS))


class _Dry(NamedTuple):
    """What a dry run keeps of a page: it may try a hundred thousand of them."""

    place: Place
    links: tuple[Link, ...]
    kinds: tuple[str, ...]


def _dry(found: tuple[Document, ...]) -> _Dry:
    report = documents.page_of(found[0]).report
    return _Dry(linking.place_of(report), report.links, tuple(document.kind for document in found))


def rebuilt(archive: "Archive", watch: Watch) -> int:
    """Parse every kept page anew into an engine beside the old one, then put it in its place."""
    import shutil
    import tempfile

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


def _settle(engine: Engine, archive: "Archive", before: Callable[[Collection[str]], None] = lambda _: None) -> None:
    """Read those reports again whose days were counted by week numbers, and not as the house counts: only all reports
    together tell how it does. Then nothing more comes."""
    counted = engine.search(Query(kinds=("weekly",), where=Tag(documents.COUNTED), limit=0)).total
    told = engine.search(Query(kinds=("weekly",))).hits if counted else ()
    weekly = [documents.page_of(hit.document) for hit in told]
    house = numbering.learn(one.report for one in weekly if not one.counted)
    ids = [one.report.id for one in weekly if one.counted and house.moves(one.report)]
    moved = (page for page in map(archive.shelf.get, ids) if page)
    with Parsers(archive.own_words, house) as parsers:
        for _, parsed in parsers.ahead(chunks(moved, _BATCH), lambda pages: pages):
            found = {one.page: one.documents for one in parsed}
            before(found.keys())
            engine.replace(found)
    engine.tidy()
