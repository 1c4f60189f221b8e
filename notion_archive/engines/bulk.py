"""Whole posting lists to the disk and back: the same bytes as Whoosh's own writers make, at a fraction of the calls.

Whoosh takes and gives postings one by one and asks each for its weight, length and payload. Ours have none: a term is
in a document, and that is all. So a term's blocks and its entry in the table of terms can be made where its list
stands, and its list be read where its blocks stand.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import md5
from itertools import accumulate
from operator import sub
from pickle import dumps, loads
from struct import Struct
from typing import NamedTuple

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashReader, OrderedHashWriter
from whoosh.filedb.structfile import StructFile

_PROTOCOL = 2  # of the pickles Whoosh keeps postings in
_PIECES = 4096  # that are written together
_REMEMBERED = 1024  # entries
_FIELD = Struct("!H")
_BLOCK = Struct("!i")
_LENGTHS = Struct("!ii")
_POINTER = Struct("!Iq")
_TERM = Struct(
    "!BfIBBfIIqi"
)  # W3TermInfo: weight, documents, lengths, greatest weight, first and last, where it stands

Postings = Iterable[tuple[bytes, Sequence[int]]]


def write(storage: FileStorage, segment: W3Segment, places: Iterable[tuple[str, Postings]], limit: int) -> None:
    """Write the terms of each place, ascending, with the documents they are in, ascending; `limit` postings a block."""
    posts = segment.create_file(storage, W3Codec.POSTS_EXT)
    terms = _Terms(segment.create_file(storage, W3Codec.TERMS_EXT))
    lists = _Lists(posts, limit)
    fields = terms.extras["fieldmap"] = {}
    for number, (place, postings) in enumerate(places):
        fields[place] = number
        head = _FIELD.pack(number)
        terms.add_all((head + term, lists.add(numbers)) for term, numbers in postings)
    lists.close()
    terms.close()


class Entry(NamedTuple):
    """What the table of terms says of one: how many documents have it, and where its list begins."""

    documents: int
    begin: int


class Reader:
    """The terms of a segment and their lists, open for reading."""

    def __init__(self, storage: FileStorage, segment: W3Segment) -> None:
        self._table = OrderedHashReader.open(storage, segment.make_filename(W3Codec.TERMS_EXT))
        self._lists = storage.open_file(segment.make_filename(W3Codec.POSTS_EXT))
        self._places = Struct(f"!{self._table.extras['indextype']}")
        fields: dict[str, int] = self._table.extras["fieldmap"]
        self._heads = {place: _FIELD.pack(number) for place, number in fields.items()}
        self.entry = lru_cache(_REMEMBERED)(self._entry)  # a question weighs its terms before it reads them

    def close(self) -> None:
        """Let go of the files."""
        self._table.close()
        self._lists.close()

    def _entry(self, place: str, term: str) -> Entry | None:
        """The entry of a term, None where it has none."""
        found = self._table.get(self._heads[place] + term.encode())
        return _unpacked(found) if found else None

    def beginning_with(self, place: str, beginning: str = "") -> Iterator[tuple[str, Entry]]:
        """The terms that begin so, ascending."""
        head, table = self._heads[place], self._table.dbfile.file
        key = head + beginning.encode()
        first = bisect_left(range(self._table.indexlen), key, key=self._key)
        at = self._place(first) if first < self._table.indexlen else self._table.endofdata
        while at < self._table.endofdata:
            length, room = _LENGTHS.unpack_from(table, at)
            at += _LENGTHS.size
            term = table[at : at + length]
            if not term.startswith(key):
                return
            at += length + room
            yield term[len(head) :].decode(), _unpacked(table[at - room : at])

    def _place(self, number: int) -> int:
        """Where the entry of a term stands, by the term's place in their order."""
        (place,) = self._places.unpack_from(self._table.dbfile.file, self._table.indexbase + number * self._places.size)
        return int(place)

    def _key(self, number: int) -> bytes:
        at = self._place(number)
        length, _ = _LENGTHS.unpack_from(self._table.dbfile.file, at)
        return bytes(self._table.dbfile.file[at + _LENGTHS.size : at + _LENGTHS.size + length])

    def numbers(self, entry: Entry) -> list[int]:
        """The documents of a term, by their number in the segment, ascending; those that are gone too."""
        numbers: list[int] = []
        at, last = entry.begin + len(WHOOSH3_HEADER_MAGIC), False
        while not last:
            (length,) = _BLOCK.unpack(self._lists.get(at, _BLOCK.size))
            block, last = self._lists.get(at + _BLOCK.size, abs(length)), length < 0
            at += _BLOCK.size + len(block)
            deltas, _, _ = loads(block[len(dumps(loads(block), _PROTOCOL)) :])
            numbers += accumulate(deltas)
        return numbers


def _unpacked(packed: bytes) -> Entry:
    unpacked = _TERM.unpack(packed)
    return Entry(unpacked[2], unpacked[8])


class _Lists:
    """The file of posting lists."""

    def __init__(self, file: StructFile, limit: int) -> None:
        self._file = file
        self._limit = limit
        self._at = 0
        self._pieces: list[bytes] = []

    def add(self, numbers: Sequence[int]) -> bytes:
        """Put a list to the end; what the table of terms says of it."""
        begin, count = self._at, len(numbers)
        self._put(WHOOSH3_HEADER_MAGIC)
        for first in range(0, count, self._limit):
            block = numbers[first : first + self._limit]
            deltas = (block[0], *map(sub, block[1:], block)) if len(block) > 1 else (block[0],)
            data = dumps((deltas, None, None), _PROTOCOL)  # no weights but 1, no payloads
            info = dumps((len(block), block[-1], 1.0, 0, 0, 0), _PROTOCOL)
            length = len(info) + len(data)
            self._put(_BLOCK.pack(length if first + self._limit < count else -length) + info + data)
        if len(self._pieces) > _PIECES:
            self._flush()
        return _TERM.pack(0, count, count, 0, 0, 1.0, numbers[0], numbers[-1], begin, self._at - begin)

    def _put(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._at += len(piece)

    def _flush(self) -> None:
        self._file.write(b"".join(self._pieces))
        self._pieces.clear()

    def close(self) -> None:
        self._flush()
        self._file.close()


class _Terms(OrderedHashWriter):  # type: ignore[misc]
    """The table of terms: all entries in one go, each hash table as one piece."""

    def add_all(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        at, pieces = self.dbfile.tell(), list[bytes]()
        for key, value in items:
            self.index.append(at)
            number = int.from_bytes(md5(key, usedforsecurity=False).digest()[12:], "big")
            self.buckets[number & 255].append((number, at))
            piece = _LENGTHS.pack(len(key), len(value)) + key + value
            pieces.append(piece)
            at += len(piece)
            if len(pieces) > _PIECES:
                self.dbfile.write(b"".join(pieces))
                pieces.clear()
        self.dbfile.write(b"".join(pieces))

    def _write_hashes(self) -> None:
        for entries in self.buckets:
            self.directory.append((self.dbfile.tell(), 2 * len(entries)))
            self.dbfile.write(b"".join(_hash_table(entries)))


def _hash_table(entries: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """The slots of one table, half of them empty: an entry whose slot is taken goes to the next that is not."""
    count = 2 * len(entries)
    slots = [(0, 0)] * count
    for number, at in entries:
        slot = (number >> 8) % count
        while slots[slot] != (0, 0):
            slot = (slot + 1) % count
        slots[slot] = (number, at)
    return (_POINTER.pack(*slot) for slot in slots)
