"""What is written into the tables of documents.

A document's `row` is its number for good: numbers are never given twice, and within a page they rise as stored. Many
documents have the same tags, so that a set of tags is kept once; what no document has any more goes.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

from notion_archive import text
from notion_archive.database import Database
from notion_archive.engines import conditions, packed, short
from notion_archive.engines.tables import numbers
from notion_archive.model import Document

_WRITING = 65_536  # KiB that are kept in memory of a file that is written: keys come in no order
_BATCH = 1000  # documents that are written together


class Folded(NamedTuple):
    """A document as the index of words sees it: its number and its folded title and text."""

    row: int
    title: str
    text: str


def remove(database: Database, pages: Iterable[str]) -> list[int]:
    """Drop the documents of these pages; the rows they had."""
    of_page = "SELECT row, tagset, page FROM pages JOIN documents ON page = number WHERE id = ?"
    gone = [found for page in pages for found in database.rows(of_page, (page,))]
    rows = conditions.listed({row for row, _, _ in gone})
    for table in ("documents", "contents", "briefs", "folded"):
        database.execute(f"DELETE FROM {table} WHERE row IN (SELECT value FROM json_each(?))", (rows,))
    database.execute_many("DELETE FROM pages WHERE number = ?", {(page,) for _, _, page in gone})
    _forget(database, {tagset for _, tagset, _ in gone})
    return [row for row, _, _ in gone]


def _forget(database: Database, tagsets: set[int]) -> None:
    """Drop those of these sets of tags that no document has any more."""
    among = conditions.one_of("number", tagsets)
    unused = database.rows(
        f"SELECT number, tags FROM tagsets WHERE {among.sql} AND number NOT IN (SELECT tagset FROM documents WHERE"
        " tagset = number)",
        among.values,
    )
    tagged = ((tag, number) for number, tags in unused for tag in numbers(tags))
    database.execute_many("DELETE FROM tagged WHERE tag = ? AND tagset = ?", tagged)
    database.execute_many("DELETE FROM tagsets WHERE number = ?", ((number,) for number, _ in unused))


def add(database: Database, documents: Mapping[str, Sequence[Document]]) -> Iterator[Folded]:
    """Keep these documents, in the order of their pages; what the index of words has to know of each."""
    database.execute(f"PRAGMA cache_size = -{_WRITING}")
    last = database.rows("SELECT max(seq) FROM sqlite_sequence WHERE name = 'documents'")[0][0] or 0
    coming = enumerate((document for page in sorted(documents) for document in documents[page]), start=last + 1)
    adding = _Adding(database)
    while batch := list(islice(coming, _BATCH)):
        folded = [Folded(row, text.fold(document.title), text.fold(document.text)) for row, document in batch]
        adding.documents([document for _, document in batch], folded)
        yield from folded


class _Adding:
    """What has got a number while documents are added: pages, kinds, tags and sets of tags."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers: dict[tuple[str, str], int] = {}
        self._tagsets: dict[tuple[str, tuple[str, ...]], tuple[int, bytes]] = {}

    def documents(self, documents: Sequence[Document], folded: Sequence[Folded]) -> None:
        """Keep these too. Those that say the same have `same` in common; a page as a whole has its own."""
        facts, contents = [], []
        for document, (row, title, words) in zip(documents, folded, strict=True):
            key, page, kind, day = document.key, document.page, document.kind, document.day
            tagset, head = self._tagset(kind, document.tags)
            own = key if key == page else ""
            same = _digest("\0".join((own, kind, title, words)).encode())
            numbers = self._number("pages", "id", page), short.key(key), self._number("kinds", "kind", kind)
            facts.append((row, *numbers, short.day(day) if day else None, same, tagset))
            known = head + packed.tail(page, key, kind, day, title, words)
            contents.append((row, packed.pack(known, document.title, document.text, document.body)))
        insert = self._database.execute_many
        insert("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)", facts)
        insert("INSERT INTO contents VALUES (?, ?)", contents)
        insert("INSERT INTO folded VALUES (?, ?, ?)", folded)
        told = zip(documents, folded, strict=True)
        insert("INSERT INTO briefs VALUES (?, ?)", ((row, one.brief) for one, (row, _, _) in told if one.brief))

    def _number(self, table: str, column: str, value: str) -> int:
        known = self._numbers.get((table, value))
        if known is None:
            found = self._database.rows(f"SELECT number FROM {table} WHERE {column} = ?", (value,))
            known = found[0][0] if found else self._insert(f"INSERT INTO {table} ({column}) VALUES (?)", value)
            self._numbers[table, value] = known
        return known

    def _tagset(self, kind: str, tags: tuple[str, ...]) -> tuple[int, bytes]:
        """The number of a set of tags, which is found by its mark, and what packing knows by them."""
        known = self._tagsets.get((kind, tags))
        if known is None:
            kept = array("I", [self._number("tags", "tag", tag) for tag in dict.fromkeys(tags)])
            mark = _digest(kept.tobytes())
            found = self._database.rows("SELECT number FROM tagsets WHERE mark = ?", (mark,))
            number = found[0][0] if found else self._new_tagset(mark, kept)
            known = self._tagsets[kind, tags] = number, packed.head(kind, dict.fromkeys(tags))
        return known

    def _new_tagset(self, mark: int, tags: "array[int]") -> int:
        number = self._insert("INSERT INTO tagsets (mark, tags) VALUES (?, ?)", mark, tags.tobytes())
        self._database.execute_many("INSERT INTO tagged VALUES (?, ?)", ((tag, number) for tag in tags))
        return number

    def _insert(self, sql: str, *values: str | int | bytes) -> int:
        return int(self._database.execute(sql, values).lastrowid or 0)


def _digest(said: bytes) -> int:
    """A number that only what is the same has in common."""
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True)
