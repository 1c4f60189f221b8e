"""The weeks as the reports number them: 第15周 is the report that calls itself so, whatever ISO 8601 says."""

import datetime as dt

from notion_archive import documents
from notion_archive.archive import Archive
from notion_archive.model import All, Query, Tag
from notion_archive.queries.spans import Calendar, Span


def calendar(archive: Archive, today: dt.date | None) -> Calendar:
    """What time words are read against."""
    return Calendar(today=today, week=lambda number, year: week(archive, number, year))


def week(archive: Archive, number: int, year: int | None) -> Span | None:
    """The days of the report with this number, the latest one where no year is given; None if there is none."""
    found = []
    query = Query(where=All((Tag(f"week:{number}"), Tag("report:weekly"))), kinds=("weekly",))
    for document in archive.documents(query):
        report = documents.page_of(document).report
        day = report.date or report.end
        if year in (None, report.year or (day.year if day else None)) and (first := report.start or day):
            found.append((first, report.end or day or first, report.title))
    if not found:
        return None
    (first, last, title), *earlier = sorted(set(found), reverse=True)
    note = title + (f"; earlier ones: {', '.join(other for _, _, other in earlier[:5])}" if earlier else "")
    return Span(first=first, last=last, note=note)
