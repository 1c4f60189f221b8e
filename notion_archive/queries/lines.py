"""Which line of a page something stands on: the one to open in an editor."""

from collections.abc import Sequence

from notion_archive import documents, text
from notion_archive.archive import Archive
from notion_archive.model import Document, Term
from notion_archive.records import AnyRecord


class Lines:
    """Finds lines in pages of an archive, each of which is read once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._pages: dict[str, list[str]] = {}

    def of_record(self, record: AnyRecord, terms: Sequence[Term]) -> int:
        """The line of a record with most of the words, its first where none has any (they may be a table's cells)."""
        first, last = record.lines
        if first == last or not terms:
            return first
        lines = self._page(record.report)[first - 1 : last]
        return first + max(range(len(lines)), key=lambda at: _having(lines[at], terms), default=0)

    def _page(self, page: str) -> list[str]:
        if page not in self._pages:
            self._pages[page] = self._archive.page(page).text.split("\n")
        return self._pages[page]


def of_page(document: Document, terms: Sequence[Term]) -> tuple[tuple[int, str], ...]:
    """The lines of a page outside its records that have any of the words, most of them first; or its title."""
    body = documents.page_of(document)
    lines = [(1, body.report.title), *body.rest]
    having = [(line, found) for line in dict.fromkeys(lines) if (found := _having(line[1], terms))]
    return tuple(line for line, _ in sorted(having, key=lambda one: -one[1])) or ((1, body.report.title),)


def _having(words: str, terms: Sequence[Term]) -> int:
    folded = text.fold(words)
    return sum(text.has(folded, term.text, prefix=term.prefix) for term in terms)
