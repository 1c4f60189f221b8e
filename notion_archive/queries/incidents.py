"""Past incidents, newest first: has this bank failed like this before?"""

from typing import Any

from msgspec import Struct, to_builtins

from notion_archive import documents
from notion_archive.archive import Archive
from notion_archive.model import Query
from notion_archive.queries import reading
from notion_archive.queries.filters import Filters
from notion_archive.queries.places import Place, places
from notion_archive.records import Incident


class Past(Struct, frozen=True, kw_only=True):
    """An incident and the report it is written in."""

    incident: Incident
    report: Place


class Answer(Struct, frozen=True, kw_only=True):
    """How many incidents there are in all, and those of this page, newest first."""

    total: int
    incidents: tuple[Past, ...]
    remarks: tuple[str, ...] = ()

    def contract(self) -> dict[str, Any]:
        """As the record contract has it: the report's title and path beside the incident's own fields."""
        return {"total": self.total, "incidents": [_flat(past) for past in self.incidents]}


def incidents(archive: Archive, words: str = "", filters: Filters = Filters()) -> Answer:
    """Incidents with all the words, at any of the institutions, of any of the severities. Raises QueryError."""
    asked = reading.read(archive, words, filters)
    query = Query(where=asked.where, kinds=("incident",), limit=filters.limit, offset=filters.offset)
    results = archive.engine.search(query)
    where = places(archive, {hit.document.page for hit in results.hits})
    found = [documents.record_of(hit.document) for hit in results.hits]
    past = [Past(incident=one, report=where[one.report]) for one in found if isinstance(one, Incident)]
    return Answer(total=results.total, incidents=tuple(sorted(past, key=_when, reverse=True)), remarks=asked.remarks)


def _flat(past: Past) -> dict[str, Any]:
    return {**to_builtins(past.incident), "title": past.report.title, "path": past.report.path}


def _when(past: Past) -> str:
    """By the minute, within a day that the engine has sorted."""
    return past.incident.occurred or (past.incident.date.isoformat() if past.incident.date else "")
