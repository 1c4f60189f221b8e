"""Writing the index of words: whole lists to the disk, in files that stock Whoosh reads, at a fraction of its calls.

Whoosh takes postings one by one and asks each for its weight, length and payload. Ours have none: a term is in a
document, and that is all. Only what Whoosh pickles of itself, its table of contents, is written by Whoosh.
"""

import math
import os
import warnings
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from heapq import merge
from itertools import count, islice
from pathlib import Path
from pickle import dumps
from struct import Struct
from sys import byteorder
from zlib import crc32

import msgspec

from notion_archive import text
from notion_archive.engines import lists
from notion_archive.engines.keeping import Folded
from notion_archive.engines.segments import HEADER, HEADS, LENGTHS, LISTS, PLACES, ROWS, TABLE, TERMS, Kept, Segment
from notion_archive.engines.words import NAME, contents, listing, named_damage, sweep

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 is older than the Pythons that complain about its source
    from whoosh.codec.whoosh3 import STORED_COLUMN, W3Codec, W3Segment
    from whoosh.columns import NumericColumn
    from whoosh.fields import COLUMN, ID, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC

# ID: which documents have a term, and nothing else about them.
SCHEMA = Schema(text=ID(), title=ID(), tag=ID(), row=COLUMN(NumericColumn("I")))
_LARGEST = 100_000  # documents that are written together: their postings are in memory meanwhile
_WIDTH = 8  # as soon as there are so many segments of about the same size, they become one
_SMALL = 512  # documents; up to these all are of about the same size
_LARGE = 16_384  # documents; segments of more, which a long import writes one after the other, become one at its end
_BUFFER = 1 << 20
_EXTRAS = Struct("!i")
_TERMS: dict[str, Callable[[Folded], Iterable[str]]] = {
    "text": lambda document: text.cut(document.text),
    "title": lambda document: text.cut(document.title),
    "tag": lambda document: dict.fromkeys(document.tags),
}

Postings = Iterable[tuple[bytes, Sequence[int]]]


def write(folder: Path, generation: int, documents: Iterable[Folded], gone: Collection[int]) -> int:
    """Make the next generation: these documents come, the rows in `gone` go. Its number; all is on the disk by then.

    Raises IndexFolderError if the present generation is damaged or missing.
    """
    folder.mkdir(exist_ok=True)
    sweep(folder, generation)
    with named_damage(folder, missing=True):
        segments = [_without(frozenset(gone), folder, kept) for kept in contents(folder, generation)]
    segments = [kept for kept in segments if kept.living]
    documents = iter(documents)
    while batch := list(islice(documents, _LARGEST)):
        segments.append(store(folder, array("I", [document.row for document in batch]), _cut(batch)))
    while together := crowd(segments):
        segments = [kept for kept in segments if kept not in together]
        with named_damage(folder, missing=True):
            segments.append(_merged(folder, together))
    _publish(folder, generation + 1, segments)
    return generation + 1


def tidied(folder: Path, generation: int) -> int:
    """Make the next generation: the same words in one segment.

    Raises IndexFolderError if the present generation is damaged or missing.
    """
    sweep(folder, generation)
    with named_damage(folder, missing=True):
        _publish(folder, generation + 1, [_merged(folder, contents(folder, generation))])
    return generation + 1


def store(folder: Path, rows: "array[int]", postings: Postings) -> Kept:
    """Write a segment: the rows of its documents, and for each term, ascending, the numbers of those that have it."""
    name = W3Segment(None, NAME).segment_id()
    first = rows[0] if rows == array("I", range(rows[0], rows[0] + len(rows))) else None
    (folder / f"{name}.{ROWS}").write_bytes(_big(rows))
    with FileStorage(str(folder)).create_file(f"{name}._stored.col") as stored:
        STORED_COLUMN.writer(stored).finish(len(rows))  # Whoosh looks for it, though nothing is stored
    with (
        (folder / f"{name}.{TERMS}").open("wb", _BUFFER) as table,
        (folder / f"{name}.{LISTS}").open("wb", _BUFFER) as file,
    ):
        hashed = [array("Q") for _ in range(256)]
        places = array("I")
        at, begin = table.write(HEADER), 0
        for key, numbers in postings:
            entry, blocks = lists.packed(numbers, begin)
            places.append(at)
            number = crc32(key)
            hashed[number & 255].append(number << 32 | at)
            at += table.write(LENGTHS.pack(len(key), len(entry)) + key + entry)
            if blocks:
                begin += file.write(blocks)
        directory = b""
        for pointers in hashed:
            hash_table = _hash_table(pointers)
            directory += TABLE.pack(at, len(hash_table) // 3)
            at += table.write(_big(hash_table))
        fields = {place: number for number, place in enumerate(PLACES)}
        extras = dumps({"fieldmap": fields, "indextype": "I", "indexlen": len(places)}, 2)
        order = at + len(directory) + len(extras)
        end = _big(places)
        table.write(directory + extras + end + _EXTRAS.pack(len(extras) + len(end)))
    return Kept(name=name, documents=len(rows), first=first, terms=len(places), tables=at, order=order)


def _hash_table(pointers: "array[int]") -> "array[int]":
    """The slots of a hash table, some of them empty: a pointer whose slot is taken goes to the next that is not."""
    slots = len(pointers) * 5 // 4 + 1 if pointers else 0
    found = array("I", bytes(12 * slots))
    for pointer in pointers:
        slot = 3 * ((pointer >> 40) % slots)
        while found[slot + 2]:
            slot = (slot + 3) % (3 * slots)
        found[slot], found[slot + 2] = pointer >> 32, pointer & 0xFFFFFFFF
    return found


def _big(numbers: "array[int]") -> bytes:
    """As Whoosh writes numbers."""
    if byteorder == "little":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _cut(documents: Sequence[Folded]) -> Iterator[tuple[bytes, Sequence[int]]]:
    """The terms of these documents, in order, with the numbers of those that have them."""
    for place in PLACES:
        head = HEADS[place]
        postings: dict[str, list[int]] = defaultdict(list)
        for number, terms in enumerate(map(_TERMS[place], documents)):
            for term in terms:
                postings[term].append(number)
        for term in sorted(postings):
            yield head + term.encode(), postings[term]


def _without(gone: Set[int], folder: Path, kept: Kept) -> Kept:
    missing = Segment(folder, kept).numbers(gone).keys()
    return msgspec.structs.replace(kept, gone=kept.gone | missing) if missing else kept


def crowd(segments: Sequence[Kept]) -> list[Kept]:
    """Segments that should become one: a full set of small ones of about the same size, or one that is mostly deleted."""
    sizes: dict[int, list[Kept]] = defaultdict(list)
    for kept in segments:
        if kept.living * 2 < kept.documents:
            return [kept]
        if kept.living < _LARGE:
            sizes[int(math.log(max(kept.living, _SMALL), _WIDTH))].append(kept)
    return next((crowd for crowd in sizes.values() if len(crowd) >= _WIDTH), [])


def _merged(folder: Path, crowd: Iterable[Kept]) -> Kept:
    """One segment in place of several, without what is gone. Terms are read and written one by one, so that memory is for
    what is said of each and not for the lists."""
    rows, streams = array("I"), []
    for segment in sorted((Segment(folder, kept) for kept in crowd), key=lambda one: one.rows[0]):
        streams.append(_renumbered(segment, len(rows)))
        rows += array("I", [row for row in segment.rows if row not in segment.gone]) if segment.gone else segment.rows
    return store(folder, rows, _joined(merge(*streams)))


def _joined(postings: Postings) -> Iterator[tuple[bytes, list[int]]]:
    """Lists of the same term, one after the other, become one."""
    term, numbers = b"", list[int]()
    for following, more in postings:
        if following == term:
            numbers += more
            continue
        if numbers:
            yield term, numbers
        term, numbers = following, list(more)
    if numbers:
        yield term, numbers


def _renumbered(segment: Segment, more: int) -> Iterator[tuple[bytes, list[int]]]:
    """The lists of a segment without what is gone, numbered from `more` on."""
    if not segment.gone:
        return segment.everything(more)
    counted = count(more)
    renumbered = array("q", [-1 if row in segment.gone else next(counted) for row in segment.rows])
    return (
        (term, stay)
        for term, having in segment.everything()
        if (stay := [number for number in map(renumbered.__getitem__, having) if number >= 0])
    )


def _publish(folder: Path, generation: int, segments: Sequence[Kept]) -> None:
    """Say twice which segments are a generation, once for Whoosh; and bring every file, and then the lists of them, to the
    disk, what Whoosh never does."""
    theirs = []
    for kept in segments:
        gone = set(Segment(folder, kept).numbers(kept.gone).values()) or None
        theirs.append(W3Segment(W3Codec(), NAME, kept.documents, kept.name.removeprefix(f"{NAME}_"), gone))
    TOC(SCHEMA, theirs, generation).write(FileStorage(str(folder)), NAME)
    listing(folder, generation).write_bytes(msgspec.json.encode(segments))
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    if hasattr(os, "O_DIRECTORY"):  # not on Windows, which looks after its folders itself
        for directory in (folder, folder.parent):
            descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
