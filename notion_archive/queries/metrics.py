"""Numbers over time: every metric's points, oldest first."""

import datetime as dt

from msgspec import Struct

from notion_archive import documents
from notion_archive.archive import Archive
from notion_archive.errors import QueryError
from notion_archive.model import All, Query
from notion_archive.queries.filters import Filters, narrow
from notion_archive.records import Metric
from notion_archive.text import fold


class Point(Struct, frozen=True, kw_only=True):
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


def metrics(archive: Archive, name: str | None = None, filters: Filters = Filters()) -> Answer:
    """All series, or those with `name` in their name. Raises QueryError, with the names there are, where none fits.

    A metric is the same while its name and unit are; its group is that of its latest point.
    """
    narrowed = narrow(archive, filters)
    query = Query(
        where=All(narrowed.clauses), kinds=("metric",), since=narrowed.since, until=narrowed.until, sort="oldest"
    )
    found: dict[tuple[str, str | None], list[Metric]] = {}
    for document in archive.documents(query):
        metric = documents.record_of(document)
        if isinstance(metric, Metric) and (name is None or fold(name) in fold(metric.name)):
            found.setdefault((fold(metric.name), metric.unit), []).append(metric)
    if name is not None and not found:
        known = sorted({series.name for series in metrics(archive).metrics})
        raise QueryError(f"No metric is called {name}. Known: {', '.join(known[:12]) or 'none'}.")
    return Answer(metrics=tuple(map(_series, found.values())))


def _series(points: list[Metric]) -> Series:
    last = points[-1]
    return Series(
        name=last.name,
        group=last.group,
        unit=last.unit,
        points=tuple(Point(date=one.date, value=one.value, report=one.report) for one in points),
    )
