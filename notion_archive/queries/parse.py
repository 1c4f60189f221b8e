"""Reports read from exports without an archive."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, structs

from notion_archive import linking, reports, sources
from notion_archive.model import Skipped
from notion_archive.projects import Corrections, corrections, groups
from notion_archive.records import Report, Update
from notion_archive.vocabulary import Vocabulary


class Answer(Struct, frozen=True, kw_only=True):
    """The reports of exports, links among them resolved, and what was not read."""

    reports: tuple[Report, ...]
    skipped: tuple[Skipped, ...]


def parse(paths: Iterable[str], own: Path | None = None) -> Answer:
    """Read exports. Raises ExportError for a path that is none."""
    words = Vocabulary(own)
    read: dict[str, Report] = {}
    skipped: list[Skipped] = []
    for path in paths:
        for found in sources.read_export("-" if path == "-" else Path(path)):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                read[found.id] = reports.read_report(found, words)
    pages = linking.Pages(map(linking.place_of, read.values()))
    resolved = tuple(linking.resolved(one, pages) for one in read.values())
    return Answer(reports=_with_keys(resolved, words, corrections.load(own)), skipped=tuple(skipped))


def _with_keys(found: tuple[Report, ...], words: Vocabulary, said: Corrections) -> tuple[Report, ...]:
    """The reports with the keys that projects have across all of them."""
    updates = (one for report in found for one in report.records if isinstance(one, Update))
    book = groups.read(updates, words.lexicon, said, words.institutions)
    return tuple(structs.replace(one, records=tuple(map(book.renamed, one.records))) for one in found)
