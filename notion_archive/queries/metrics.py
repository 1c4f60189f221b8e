"""Numbers over time: every metric's points, oldest first."""

import datetime as dt
from operator import attrgetter

from msgspec import Struct

from notion_archive import documents
from notion_archive.archive import Archive
from notion_archive.errors import QueryError
from notion_archive.model import All, Query, Tag
from notion_archive.queries.filters import Filters, narrow
from notion_archive.text import fold


class Point(Struct, frozen=True, kw_only=True, gc=False):
    """A value on a day, and the id of the report that states it."""

    date: dt.date | None
    value: float
    report: str


class Series(Struct, frozen=True, kw_only=True):
    """A metric: its name, the list or heading it stands under, its unit, its points oldest first."""

    name: str
    group: str | None
    unit: str | None
    points: tuple[Point, ...]


class Answer(Struct, frozen=True, kw_only=True):
    """The series that were asked for."""

    metrics: tuple[Series, ...]


class _Told:
    """What is told of a metric, oldest first; its name, group and unit as they stand last."""

    def __init__(self, last: documents.Point) -> None:
        self.points: list[Point] = []
        self.last = last


def metrics(archive: Archive, name: str | None = None, filters: Filters = Filters()) -> Answer:
    """All series, or those with `name` in their name. Raises QueryError, with the names there are, where none fits.

    A metric is the same while its name and unit are; its group is that of its latest point.
    """
    narrowed = narrow(archive, filters)
    where = All((Tag("kind:metric"), *narrowed.clauses))
    briefs = archive.engine.briefs(Query(where=where, since=narrowed.since, until=narrowed.until))
    briefs.sort(key=attrgetter("page"))
    briefs.sort(key=lambda one: one.day or "~")
    days = {day: dt.date.fromisoformat(day) if day else None for day in {one.day for one in briefs}}
    found: dict[tuple[str, str | None], _Told] = {}
    written: dict[tuple[str, str | None], _Told] = {}
    for one, point in zip(briefs, documents.points_of([one.brief for one in briefs]), strict=True):
        told = written.get((point.name, point.unit))
        if told is None:
            told = found.setdefault((fold(point.name), point.unit), _Told(point))
            written[point.name, point.unit] = told
        told.points.append(Point(date=days[one.day], value=point.value, report=one.page))
        told.last = point
    asked = [told for (folded, _), told in found.items() if name is None or fold(name) in folded]
    if name is not None and not asked:
        known = sorted({series.name for series in metrics(archive).metrics})
        raise QueryError(f"No metric is called {name}. Known: {', '.join(known[:12]) or 'none'}.")
    return Answer(metrics=tuple(_series(told) for told in asked))


def _series(told: _Told) -> Series:
    last = told.last
    return Series(name=last.name, group=last.group, unit=last.unit, points=tuple(told.points))
