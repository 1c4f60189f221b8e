"""Where a record can be read: the report it stands in, and which record stands at a place."""

import datetime as dt
from collections.abc import Collection

from msgspec import Struct

from notion_archive import documents
from notion_archive.archive import Archive
from notion_archive.model import Document, Query


class Place(Struct, frozen=True, kw_only=True):
    """The report of a record, as far as one needs it to open the page."""

    id: str
    kind: str
    title: str
    path: str
    date: dt.date | None


def places(archive: Archive, pages: Collection[str]) -> dict[str, Place]:
    """The reports with these ids."""
    found = {}
    for document in archive.documents(Query(keys=tuple(sorted(pages)))) if pages else ():
        report = documents.page_of(document).report
        found[report.id] = Place(
            id=report.id, kind=report.kind, title=report.title, path=report.path, date=report.date or report.end
        )
    return found


def record_at(archive: Archive, asked: str) -> Document | None:
    """The shortest record around a `path:line`, as search prints it; None where there is none."""
    path, _, line = asked.rpartition(":")
    if not line.isdigit():
        return None
    pages = [one.key for one in archive.own_documents() if documents.page_of(one).report.path == path]
    found = archive.documents(Query(pages=tuple(pages))) if pages else ()
    spans = [(documents.record_of(one).lines, one) for one in found if documents.is_record(one)]
    around = [(last - first, one) for (first, last), one in spans if first <= int(line) <= last]
    return min(around, key=lambda one: one[0])[1] if around else None
