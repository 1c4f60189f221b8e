"""Whether everything a page says can be found again: its headings, list items, table and CSV rows, line by line.

Counted here from the source itself, by a much simpler reading than the one that made the records, so that a mistake of
that one shows.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence

from notion_archive import naming, text
from notion_archive.markup import inline
from notion_archive.model import Document, Page, Problem

_LINE = re.compile(r"\s{0,12}(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s*)?|\d{1,3}[.)]\s+|\|)(?P<words>.*\S)")
_RULE = re.compile(r"[\s|:*\-_=]*")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_HTML_LINE = re.compile(r"<(?:h[1-6]|li|td|th|p)\b[^>]*>(?P<words>[^<>]+)<", re.IGNORECASE)


def missing(page: Page, documents: Sequence[Document]) -> Iterator[Problem]:
    """What stands in the page as a heading, an item or a row and in none of its documents, with its line."""
    said = "\n".join(f"{document.title}\n{document.text}" for document in documents)
    kept, written = _plain(said), frozenset() if text.is_joined(said) else frozenset(said.split("\n"))
    for number, cells in _lines(page):
        if any(part not in kept for cell in cells for part in _parts(cell, written)):
            yield Problem(page=page.path, line=number, message=f"not kept: {' | '.join(cells).strip()[:80]}")


def _lines(page: Page) -> Iterator[tuple[int, list[str]]]:
    if page.format == "csv":
        yield from _rows(page.text)
    elif page.format == "html":
        yield from ((page.text.count("\n", 0, m.start()) + 1, [m["words"]]) for m in _HTML_LINE.finditer(page.text))
    else:
        yield from _markdown(page.text)


def _markdown(words: str) -> Iterator[tuple[int, list[str]]]:
    """Headings, items and rows outside of code and front matter."""
    lines = words.split("\n")
    inside = lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:60])
    code = False
    for number, line in enumerate(lines, start=1):
        if inside:
            inside = number == 1 or line.strip() != "---"
            continue
        if _FENCE.match(line):
            code = not code
            continue
        match = _LINE.match(line)
        if match and not code and not _RULE.fullmatch(match["words"]):
            yield number, match["words"].split("|") if line.lstrip().startswith("|") else [match["words"]]


def _rows(words: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(words))
    for row in reader:
        yield reader.line_num, row


def _parts(words: str, written: Collection[str] = ()) -> Iterator[str]:
    """The words of a cell as they must stand in what was kept: line by line, without ordinals, marks and space; without
    lines that stand there as they are `written`, which most do.
    """
    for line in inline.clean(words).split("\n"):
        if line not in written and (plain := _plain(naming.ordinal(line)[1])):
            yield plain


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "", text.fold(words))
