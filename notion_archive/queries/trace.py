"""One project, week by week: where it stood, how far it was, what was promised for when, and how often that moved."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from notion_archive import documents
from notion_archive.archive import Archive
from notion_archive.model import Query
from notion_archive.projects import Project as KnownProject
from notion_archive.queries import projects
from notion_archive.queries.places import Place, places
from notion_archive.queries.promises import Promise, promises
from notion_archive.records import Update


class Project(Struct, frozen=True, kw_only=True):
    """A project: its key, its latest name, every spelling of it, how many updates it has and from when to when."""

    key: str
    name: str
    names: tuple[str, ...]
    updates: int
    first: dt.date | None
    last: dt.date | None


class Point(Struct, frozen=True, kw_only=True):
    """How far something was on a day."""

    date: dt.date | None
    label: str | None
    percent: float | None
    done: int | None
    total: int | None


class Answer(Struct, frozen=True, kw_only=True):
    """The history of a project, oldest first. `parts` are the projects that stand under it, `others` fit too."""

    project: Project
    updates: tuple[Update, ...]
    progress: tuple[Point, ...]
    milestones: tuple[Promise, ...]
    parts: tuple[Project, ...] = ()
    others: tuple[Project, ...] = ()
    reports: dict[str, Place] = {}

    def contract(self) -> dict[str, Any]:
        """As the record contract has it: without the reports, which updates name by id."""
        return {name: getattr(self, name) for name in self.__struct_fields__ if name != "reports"}


def trace(archive: Archive, asked: str) -> Answer:
    """The project that fits the name best. Raises QueryError, with the nearest names, where none does."""
    project, *others = projects.fitting(archive, asked)
    book = archive.projects
    updates = tuple(_updates(archive, project))
    return Answer(
        project=_called(project),
        updates=updates,
        progress=tuple(_points(updates)),
        milestones=promises(updates, archive.words.lexicon),
        parts=tuple(map(_called, book.parts(project))),
        others=tuple(map(_called, others)),
        reports=places(archive, {update.report for update in updates}),
    )


def _called(project: KnownProject) -> Project:
    """Its spellings in the order in which they came up."""
    written = sorted(project.spellings, key=lambda one: (one.first or dt.date.max, one.tag))
    return Project(
        key=project.key, name=project.name, names=tuple(dict.fromkeys(one.name for one in written)),
        updates=project.updates, first=project.first, last=project.last,
    )  # fmt: skip


def _updates(archive: Archive, project: KnownProject) -> Iterator[Update]:
    for document in archive.documents(Query(where=projects.clause(project), kinds=("update",), sort="oldest")):
        record = archive.projects.renamed(documents.record_of(document))
        if isinstance(record, Update):
            yield record


def _points(updates: Iterable[Update]) -> Iterable[Point]:
    for update in updates:
        for share in update.progress:
            yield Point(date=update.date, label=share.label, percent=share.percent, done=share.done, total=share.total)
