"""A database, exported as CSV, to one table: cells without markup, relations by their names, their links set aside."""

from typing import NamedTuple

from notion_archive.markup import inline, stamps
from notion_archive.markup.inline import RawLink
from notion_archive.markup.page import Marked
from notion_archive.model import Block
from notion_archive.sources.rows import read_rows


class _Cell(NamedTuple):
    text: str
    links: tuple[RawLink, ...]


def read(text: str) -> Marked:
    """The rows of a CSV file as one table, header first, each with the lines it stands on.

    `日期,现象` and `2023/4/3,中行超时` -> a table of two rows. The title of a database is that of its file, so there are
    none here; neither are there properties.
    """
    rows: list[tuple[str, ...]] = []
    spans: list[tuple[int, int]] = []
    links: list[RawLink] = []
    for row in read_rows(_levelled(text)):
        cells = [_cell(words) for words in row.cells]
        links.extend(link for cell in cells for link in cell.links)
        missing = len(rows[0]) - len(cells) if rows else 0
        rows.append((*(cell.text for cell in cells), *[""] * missing))
        spans.append((row.first + 1, row.after))
    if not rows:
        return Marked(titles=(), properties={}, blocks=(), links=())
    lines = spans[0][0], spans[-1][1]
    table = Block(type="table", text="", lines=lines, rows=tuple(rows), row_lines=tuple(spans))
    return Marked(titles=(), properties={}, blocks=(table,), links=tuple(links))


def _levelled(text: str) -> str:
    r"""Without the mark some programs begin a file with, every line ended as on Unix: "a\\r\
    b" -> "a\
    b".
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _cell(words: str) -> _Cell:
    """`"银行侧 (../A%20(x)%201b….md), 网联 (https://www.notion.so/2c…)"` -> "银行侧, 网联" and two links."""
    related = tuple(inline.related(words.strip()))
    if related:
        return _Cell(", ".join(link.text for link in related), related)
    return _Cell(stamps.read(inline.clean(words)), tuple(inline.links(words)))
