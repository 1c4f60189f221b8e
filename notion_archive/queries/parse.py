"""Reports read from exports without an archive."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from notion_archive import linking, reports, sources
from notion_archive.model import Skipped
from notion_archive.reports import Report


class Answer(Struct, frozen=True, kw_only=True):
    """The reports of exports, links among them resolved, and what was not read."""

    reports: tuple[Report, ...]
    skipped: tuple[Skipped, ...]


def parse(paths: Iterable[str], own: Path | None = None) -> Answer:
    """Read exports. Raises ExportError for a path that is none."""
    words = reports.words(own)
    read: dict[str, Report] = {}
    skipped: list[Skipped] = []
    for path in paths:
        for found in sources.read_export("-" if path == "-" else Path(path)):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                read[found.id] = reports.read_report(found, words)
    pages = linking.Pages(map(linking.place_of, read.values()))
    return Answer(reports=tuple(linking.resolved(one, pages) for one in read.values()), skipped=tuple(skipped))
