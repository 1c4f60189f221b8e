"""What there is: projects and reports with their counts, a page or record as it was written."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from notion_archive import documents, linking
from notion_archive.archive import Archive
from notion_archive.errors import NotFound
from notion_archive.model import All, Document, Page, Query, Sort
from notion_archive.queries.filters import Filters, narrow
from notion_archive.queries.places import record_at
from notion_archive.records import AnyRecord, Report, Update


class Project(Struct, frozen=True, kw_only=True):
    """A project with its spellings, how many updates tell of it, from when to when, and where it stands last."""

    key: str
    name: str
    names: tuple[str, ...]
    parent: str | None
    updates: int
    first: dt.date | None
    last: dt.date | None
    status: str | None


class Projects(Struct, frozen=True, kw_only=True):
    """Projects, the latest first."""

    projects: tuple[Project, ...]


class Listed(Struct, frozen=True, kw_only=True):
    """A report with the number of its records by kind."""

    id: str
    kind: str
    title: str
    path: str
    year: int | None
    week: int | None
    date: dt.date | None
    start: dt.date | None
    end: dt.date | None
    records: dict[str, int]


class Reports(Struct, frozen=True, kw_only=True):
    """Reports, newest first; `first` and `last` are the days they span."""

    total: int
    first: dt.date | None
    last: dt.date | None
    reports: tuple[Listed, ...]


class Shown(Struct, frozen=True, kw_only=True):
    """A page as it came, what was read of it, and the record that was asked for, if it was one."""

    page: Page
    report: Report
    record: AnyRecord | None


def projects(archive: Archive, filters: Filters = Filters()) -> Projects:
    """Every project, the one with the latest update first."""
    book, found = archive.projects, dict[str, list[Update]]()
    for document in _found(archive, ("update",), filters):
        update = book.renamed(documents.record_of(document))
        if isinstance(update, Update):
            found.setdefault(update.key, []).append(update)
    listed = [_project(key, book.name(key), updates) for key, updates in found.items()]
    listed.sort(key=lambda project: (project.last or dt.date.min, project.updates, project.key), reverse=True)
    return Projects(projects=tuple(listed[filters.offset :][: filters.limit]))


def _project(key: str, name: str, updates: list[Update]) -> Project:
    days = [update.date for update in updates if update.date]
    said = [update for update in updates if update.status]
    return Project(
        key=key, name=name, names=tuple(dict.fromkeys(update.project for update in updates)),
        parent=updates[-1].parent, updates=len(updates), first=min(days, default=None), last=max(days, default=None),
        status=said[-1].status if said else None,
    )  # fmt: skip


def reports(archive: Archive, filters: Filters = Filters()) -> Reports:
    """Every page of the archive, newest first."""
    counts: dict[str, Counter[str]] = {}
    own: list[Document] = []
    for document in _found(archive, filters.kinds or (), filters, sort="newest"):
        if documents.is_record(document):
            counts.setdefault(document.page, Counter())[document.kind] += 1
        else:
            own.append(document)
    listed = [_listed(documents.page_of(document).report, counts) for document in own]
    days = [day for one in listed for day in (one.date or one.end,) if day]
    return Reports(
        total=len(listed), first=min(days, default=None), last=max(days, default=None),
        reports=tuple(listed[filters.offset :][: filters.limit]),
    )  # fmt: skip


def _listed(report: Report, counts: dict[str, Counter[str]]) -> Listed:
    return Listed(
        id=report.id, kind=report.kind, title=report.title, path=report.path, year=report.year, week=report.week,
        date=report.date, start=report.start, end=report.end, records=dict(sorted(counts.get(report.id, {}).items())),
    )  # fmt: skip


def _found(archive: Archive, kinds: Sequence[str], filters: Filters, sort: Sort = "oldest") -> list[Document]:
    narrowed = narrow(archive, filters)
    query = Query(
        where=All(narrowed.clauses), kinds=tuple(kinds) or narrowed.kinds, since=narrowed.since, until=narrowed.until,
        sort=sort,
    )  # fmt: skip
    return list(archive.documents(query))


def show(archive: Archive, asked: str) -> Shown:
    """The page or record with this id, the record at this `path:line`, or the report with this title or path.

    Raises NotFound.
    """
    there = record_at(archive, asked)
    found = [there] if there else list(archive.documents(Query(keys=(asked,)))) or _called(archive, asked)
    if len(found) > 1:
        names = ", ".join(document.title for document in found[:6])
        raise NotFound(f"{asked} fits {len(found)} reports: {names}. Give more of the title, or the id.")
    if not found:
        raise NotFound(f"No report or record is called {asked}. Run: notion-archive reports")
    page = found[0].page
    everything = list(archive.documents(Query(pages=(page,))))
    report = next(documents.page_of(d).report for d in everything if not documents.is_record(d))
    book = archive.projects
    records = tuple(book.renamed(documents.record_of(d)) for d in everything if documents.is_record(d))
    record = book.renamed(documents.record_of(found[0])) if documents.is_record(found[0]) else None
    told = (documents.page_of(document).report for document in archive.own_documents())
    known = linking.Pages(map(linking.place_of, told))
    whole = linking.resolved(msgspec.structs.replace(report, records=records), known)
    return Shown(page=archive.page(page), report=whole, record=record)


def _called(archive: Archive, asked: str) -> list[Document]:
    """The pages with this title or path; else those with it in their title, else in their path."""
    own = archive.own_documents()
    paths = {document.key: documents.page_of(document).report.path for document in own}
    return (
        [document for document in own if asked in (document.title, paths[document.key])]
        or [document for document in own if asked in document.title]
        or [document for document in own if asked in paths[document.key]]
    )
