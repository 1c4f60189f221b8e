"""Numbers over time: every metric's points, oldest first."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

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


class _Stated(NamedTuple):
    """A point as it is stated; the day as text, for there are far more points than days."""

    date: str | None
    report: str
    point: documents.Point


def metrics(archive: Archive, name: str | None = None, filters: Filters = Filters()) -> Answer:
    """All series, or those with `name` in their name. Raises QueryError, with the names there are, where none fits.

    A metric is the same while its name and unit are; its group is that of its latest point.
    """
    narrowed = narrow(archive, filters)
    where = All((Tag("kind:metric"), *narrowed.clauses))
    query = Query(where=where, since=narrowed.since, until=narrowed.until)
    found: dict[tuple[str, str | None], list[_Stated]] = {}
    keys: dict[tuple[str, str | None], tuple[str, str | None]] = {}
    stated = (_Stated(day, page, documents.point_of(brief)) for page, day, brief in archive.engine.briefs(query))
    for one in sorted(stated, key=lambda one: (one.date or "~", one.report)):
        written = (one.point.name, one.point.unit)
        if written not in keys:
            keys[written] = (fold(one.point.name), one.point.unit)
        found.setdefault(keys[written], []).append(one)
    asked = {key: points for key, points in found.items() if name is None or fold(name) in key[0]}
    if name is not None and not asked:
        known = sorted({series.name for series in metrics(archive).metrics})
        raise QueryError(f"No metric is called {name}. Known: {', '.join(known[:12]) or 'none'}.")
    written_days = {one.date for points in asked.values() for one in points if one.date}
    days = {day: dt.date.fromisoformat(day) for day in written_days}
    return Answer(metrics=tuple(_series(points, days) for points in asked.values()))


def _series(points: list[_Stated], days: Mapping[str, dt.date]) -> Series:
    last = points[-1].point
    return Series(
        name=last.name,
        group=last.group,
        unit=last.unit,
        points=tuple(Point(date=days.get(one.date or ""), value=one.point.value, report=one.report) for one in points),
    )
