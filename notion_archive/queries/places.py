"""Where a record can be read: the report it stands in."""

import datetime as dt
from collections.abc import Collection

from msgspec import Struct

from notion_archive import documents
from notion_archive.archive import Archive
from notion_archive.model import Query


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
