"""Rows of a database in a page of HTML, where they stand a second or third time.

Notion shows a database in the page it stands in, writes it as CSV, and gives each row a page. The page says most, then
the CSV; what stands there already is left out here, its lines empty, so that all others keep their numbers.
"""

import re
from collections.abc import Set
from urllib.parse import unquote

_TABLE = re.compile(r'<table\b[^>]*class="[^">]*\bcollection-content\b[^>]*>', re.IGNORECASE)
_AROUND = re.compile(r'<div\b[^>]*class="[^">]*\bcollection-content\b[^>]*>', re.IGNORECASE)
_TITLE = re.compile(r"""<td\b[^>]*\bcell-title\b[^>]*>\s*<a\b[^>]*?href=["']([^"']*)["']""", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")


def without_rows(text: str, pages: Set[str], databases: Set[str]) -> str:
    """The page without the rows that are pages of this export, or rows of one of its CSV files.

    `<tr><td class="cell-title"><a href="X/%E8%B6%85%E6%97%B6%201b….html">超时</a>…` goes where page 1b… is there.
    """
    if "collection-content" not in text:
        return text
    parts, done = [], 0
    while (table := _TABLE.search(text, done)) and (end := text.find("</table>", table.end())) >= 0:
        around = _AROUND.findall(text, done, table.start())
        is_known = bool(around) and not _ids(around[-1]).isdisjoint(databases)
        rows = text[table.end() : end]
        parts += [text[done : table.end()], _blank(rows) if is_known else _thinned(rows, pages)]
        done = end
    return "".join([*parts, text[done:]])


def _thinned(rows: str, pages: Set[str]) -> str:
    return "".join(_kept(row, pages) for row in re.split(r"(?<=</tr>)", rows))


def _kept(row: str, pages: Set[str]) -> str:
    """A row, with what stands before it; of a row that is a page nothing but its line breaks."""
    title = _TITLE.search(row)
    if title is None or _ids(unquote(title[1]).rpartition("/")[2]).isdisjoint(pages):
        return row
    before, tag, rest = row.partition("<tr")
    return before + _blank(tag + rest)


def _ids(words: str) -> set[str]:
    return {found.replace("-", "") for found in _ID.findall(words)}


def _blank(words: str) -> str:
    return "\n" * words.count("\n")
