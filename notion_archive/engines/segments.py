"""One segment of the index of words, open for reading: files as Whoosh has them, read without Whoosh.

Where things stand in the files is *kept* beside them, so that opening one is to map it, and nothing is unpickled.
"""

import mmap
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from struct import Struct
from sys import byteorder
from typing import NamedTuple
from zlib import crc32

from msgspec import Struct as Record

from notion_archive.engines import lists

WORDS = ("text", "title")  # where words stand
PLACES = (*WORDS, "tag")
TERMS, LISTS, ROWS = "trm", "pst", "row.col"
HEADER = b"HSH3" + b"\1" + bytes(8)  # of a table whose places are found by CRC-32
LENGTHS = Struct("!ii")  # of a key and of what the table says of it
POINTER = Struct("!Iq")  # in a hash table: the hash of a key, and where it stands
TABLE = Struct("!qi")  # where a hash table is, and how many pointers it has
PLACE = Struct("!I")  # of a term
HEADS = {place: number.to_bytes(2, "big") for number, place in enumerate(PLACES)}
_BUFFER = 1 << 18
_REMEMBERED = 1024  # entries


class Kept(Record, frozen=True, kw_only=True):
    """What is known of a segment before one of its files is opened.

    `first`: the row of its first document, if all rows follow each other. `gone`: the rows that do not count any more.
    In its table of terms, `tables` is where the places of the hash tables stand, `order` where those of the terms do.
    """

    name: str
    documents: int
    first: int | None
    gone: frozenset[int] = frozenset()
    terms: int
    tables: int
    order: int

    @property
    def living(self) -> int:
        """How many documents count."""
        return self.documents - len(self.gone)


class Entry(NamedTuple):
    """What the table of terms says of one: how many documents have it, and where in the table that stands."""

    documents: int
    at: int


class Segment:
    """Opens its files when they are first needed. Raises FileNotFoundError where they are gone, and whatever struct and mmap
    raise where they are damaged."""

    def __init__(self, folder: Path, kept: Kept) -> None:
        self._folder, self._kept = folder, kept
        self.gone = kept.gone
        self.entry = lru_cache(_REMEMBERED)(self._entry)  # a question weighs its terms before it reads them

    def close(self) -> None:
        """Let go of the files."""
        for name in ("_table", "_lists"):
            if file := self.__dict__.pop(name, None):
                file.close()
        self.entry.cache_clear()

    @cached_property
    def _table(self) -> mmap.mmap:
        return self._mapped(TERMS)

    @cached_property
    def _lists(self) -> mmap.mmap:
        return self._mapped(LISTS)

    @cached_property
    def rows(self) -> "array[int]":
        """The row of each document, in their order."""
        kept, rows = self._kept, array("I")
        if kept.first is not None:
            return array("I", range(kept.first, kept.first + kept.documents))
        with self._path(ROWS).open("rb") as file:
            rows.fromfile(file, kept.documents)
        if byteorder == "little":
            rows.byteswap()
        return rows

    def numbers(self, rows: Set[int]) -> dict[int, int]:
        """The numbers of the documents that have one of these rows, by row."""
        first, count = self._kept.first, self._kept.documents
        if not rows:
            return {}
        if first is not None:
            return {row: row - first for row in rows if first <= row < first + count}
        return {row: number for number, row in enumerate(self.rows) if row in rows}

    def _path(self, ending: str) -> Path:
        return self._folder / f"{self._kept.name}.{ending}"

    def _mapped(self, ending: str) -> mmap.mmap:
        with self._path(ending).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def _entry(self, place: str, term: str) -> Entry | None:
        """The entry of a term, None where it has none."""
        table, key = self._table, HEADS[place] + term.encode()
        sought = crc32(key)
        begin, slots = TABLE.unpack_from(table, self._kept.tables + (sought & 255) * TABLE.size)
        for slot in chain(range((sought >> 8) % (slots or 1), slots), range(slots)):
            number, at = POINTER.unpack_from(table, begin + slot * POINTER.size)
            if not at:
                return None
            if number == sought and self._key(at) == key:
                return self._read(at + LENGTHS.size + len(key))
        return None

    def _key(self, at: int) -> bytes:
        length, _ = LENGTHS.unpack_from(self._table, at)
        return self._table[at + LENGTHS.size : at + LENGTHS.size + length]

    def _read(self, at: int) -> Entry:
        return Entry(lists.documents(self._table, at), at)

    def beginning_with(self, place: str, beginning: str = "") -> Iterator[tuple[str, Entry]]:
        """The terms that begin so, ascending."""
        table, head, end = self._table, HEADS[place], self._end
        key = head + beginning.encode()
        first = bisect_left(range(self._kept.terms), key, key=lambda number: self._key(self._place(number)))
        at = self._place(first) if first < self._kept.terms else end
        while at < end:
            length, room = LENGTHS.unpack_from(table, at)
            at += LENGTHS.size
            term = table[at : at + length]
            if not term.startswith(key):
                return
            yield term[len(head) :].decode(), self._read(at + length)
            at += length + room

    @property
    def _end(self) -> int:
        """Where the terms end: there the first hash table begins."""
        end, _ = TABLE.unpack_from(self._table, self._kept.tables)
        return int(end)

    def _place(self, number: int) -> int:
        """Where a term stands, by its number in their order."""
        (place,) = PLACE.unpack_from(self._table, self._kept.order + number * PLACE.size)
        return int(place)

    def having(self, entries: Iterable[Entry], among: Set[int] | None = None) -> set[int]:
        """The rows of the documents that have one of these terms, among some or all; also of those that are gone."""
        found: set[int] = set()
        some = among if among is None or isinstance(among, set) else frozenset(among)
        for rows in chain.from_iterable(map(self._blocks, entries)):
            found.update(rows if some is None else some.intersection(rows))
        return found

    def _blocks(self, entry: Entry) -> Iterator[Iterable[int]]:
        """The rows of the documents that have a term, in pieces."""
        first = self._kept.first or 0
        if place := lists.place(self._table, entry.at):
            blocks = lists.blocks(self._lists, place[0], first)
        else:
            blocks = iter([[number + first for number in lists.inlined(self._table, entry.at)]])
        if self._kept.first is not None:
            return blocks
        return ([self.rows[number] for number in numbers] for numbers in blocks)

    def everything(self, more: int = 0) -> Iterator[tuple[bytes, list[int]]]:
        """All terms with their heads, ascending, and the numbers of the documents that have them, each with so many more;
        also of those that are gone. Read from end to end, not mapped: that would count as memory."""
        with self._path(TERMS).open("rb", _BUFFER) as table, self._path(LISTS).open("rb", _BUFFER) as file:
            table.seek(len(HEADER))
            for _ in range(self._kept.terms):
                length, room = LENGTHS.unpack(table.read(LENGTHS.size))
                entry = table.read(length + room)
                if place := lists.place(entry, length):
                    yield entry[:length], lists.unpacked(file.read(place[1]), 0, more)
                else:
                    yield entry[:length], [number + more for number in lists.inlined(entry, length)]
