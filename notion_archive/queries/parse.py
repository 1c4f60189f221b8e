"""Reports read from exports without an archive."""

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, structs

from notion_archive import linking, reports, sources
from notion_archive.model import Page, Skipped
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
    found = [one for path in paths for one in sources.read_export("-" if path == "-" else Path(path))]
    skipped = (one for one in found if isinstance(one, Skipped))
    read = [one.report for one in reports.read_pages((one for one in found if isinstance(one, Page)), words)]
    pages = linking.Pages(map(linking.place_of, read))
    resolved = tuple(linking.resolved(one, pages) for one in read)
    return Answer(reports=_with_keys(resolved, words, corrections.load(own)), skipped=tuple(skipped))


def _with_keys(found: tuple[Report, ...], words: Vocabulary, said: Corrections) -> tuple[Report, ...]:
    """The reports with the keys that projects have across all of them."""
    updates = (one for report in found for one in report.records if isinstance(one, Update))
    book = groups.read(updates, words.lexicon, said, words.institutions)
    return tuple(structs.replace(one, records=tuple(map(book.renamed, one.records))) for one in found)
