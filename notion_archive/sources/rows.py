"""Rows of a database: as lines of a CSV file, and as pages of their own.

Notion writes a row twice: as a line of `X <id>_all.csv`, and as a page in the folder `X <id>/` or `X/`. The page says
more, so it is the one that is read.
"""

import csv
import html
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from notion_archive import identity
from notion_archive.model import Page

csv.field_size_limit(2**31 - 1)  # a cell with a pasted log is longer than the 128 KiB that csv allows by itself

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_MARKUP = re.compile(r"[*_`~\\]")
_LINK = re.compile(r"\.(?:md|csv|html)\)|notion\.so/")  # relative to the file it stands in, so it differs
_UNTITLED = frozenset(["", "Untitled", "无标题", "無標題", "제목 없음", "無題"])
_HEAD = 64 * 1024  # title and properties of a page stand in so many characters
_TITLE = 1000  # titles and properties are told apart by so many
_CLOSE_LOOK = 64  # a row without a title is compared with so many pages without one


class Row(NamedTuple):
    """A row and the lines it stands on: `first` up to, not including, `after`, from 0."""

    cells: list[str]
    first: int
    after: int


class RowPage(NamedTuple):
    """What tells which row a page is. `likeness` stands for its properties; they are kept where there is no title."""

    id: str
    title: str
    likeness: int
    properties: frozenset[str]


def read_rows(text: str) -> Iterator[Row]:
    """The rows of a CSV file, the header first."""
    reader = csv.reader(io.StringIO(text))
    first = 0
    for cells in reader:
        if cells:
            yield Row(cells, first, reader.line_num)
        first = reader.line_num


def read_row_page(page: Page) -> RowPage:
    """`"# 登录超时\\n\\n状态: 完成\\n"` -> title 登录超时, properties {状态: 完成}."""
    if page.format == "html":
        title, properties = page.text[:_HEAD].partition("<title>")[2].partition("</title>")[0], frozenset[str]()
        title = html.unescape(title)
    else:
        heading, _, rest = page.text[:_HEAD].lstrip().partition("\n")
        title = heading.lstrip("#") if heading.startswith("#") else identity.name_without_id(page.path)
        properties = _properties(rest.strip("\n").partition("\n\n")[0].split("\n"))
    title = _plain(title)
    return RowPage(page.id, title, hash(properties) if properties else 0, frozenset() if title else properties)


def without_own_page(text: str, inside: Sequence[RowPage], beside: Sequence[RowPage]) -> str:
    """The CSV without the rows that are pages; their lines are left empty, so that all others keep their numbers.

    A page inside the database's folder is a row if its id is in the title cell, or its title and properties are the
    row's, or else its title alone. A page beside the CSV (an export without folders) needs title and properties. A page
    accounts for one row, a row without a title for a page with no other properties than it has.
    """
    pages = _Pages(inside, beside)
    told: set[int] = set()
    for same in (pages.take_same, pages.take_similar):
        for header, row in _rows_below_header(text):
            if row.first not in told and same(header, row):
                told.add(row.first)
    if not told:
        return text
    lines = text.split("\n")
    for row in read_rows(text):
        if row.first in told:
            lines[row.first : row.after] = [""] * (row.after - row.first)
    return "\n".join(lines)


class _Pages:
    """The pages that may be rows; each is taken once."""

    def __init__(self, inside: Sequence[RowPage], beside: Sequence[RowPage]) -> None:
        self._left = {page.id for page in (*inside, *beside)}
        self._same: dict[tuple[str, int], list[RowPage]] = defaultdict(list)
        self._titled: dict[str, list[RowPage]] = defaultdict(list)
        for page in (*inside, *(page for page in beside if page.likeness)):
            self._same[page.title, page.likeness].append(page)
        for page in inside:
            self._titled[page.title].append(page)

    def take_same(self, header: list[str], row: Row) -> bool:
        """A page with this row's id, or with its title and properties."""
        for known in _ID.findall(unquote(row.cells[0])):
            if known in self._left:
                self._left.remove(known)
                return True
        properties = _properties_of(header, row)
        return self._take(self._same.get((_plain(row.cells[0]), hash(properties) if properties else 0), []))

    def take_similar(self, header: list[str], row: Row) -> bool:
        """A page with this row's title; without a title, one that says nothing the row does not say."""
        title = _plain(row.cells[0])
        candidates = self._titled.get(title, [])
        if title:
            return self._take(candidates)
        properties = _properties_of(header, row)
        for page in candidates[:_CLOSE_LOOK]:
            if page.id in self._left and page.properties <= properties:
                self._left.remove(page.id)
                return True
        return False

    def _take(self, candidates: list[RowPage]) -> bool:
        while candidates:
            page = candidates.pop()
            if page.id in self._left:
                self._left.remove(page.id)
                return True
        return False


def _rows_below_header(text: str) -> Iterator[tuple[list[str], Row]]:
    rows = read_rows(text)
    header = next(rows, None)
    return ((header.cells, row) for row in rows) if header else iter(())


def _properties_of(header: list[str], row: Row) -> frozenset[str]:
    named = zip(header[1:], row.cells[1:], strict=False)
    return _properties(line for name, cell in named if cell for line in f"{name}: {cell}".split("\n"))


def _properties(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(_plain(line) for line in lines if ": " in line and not _LINK.search(line))


def _plain(text: str) -> str:
    title = " ".join(_MARKUP.sub("", unicodedata.normalize("NFC", text[:_TITLE])).split())
    return "" if title in _UNTITLED else title
