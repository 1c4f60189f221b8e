"""What is written into the tables of documents.

A document's `row` is its number for good: numbers are never given twice, and within a page they rise as stored. Many
documents have the same tags, so that a set of tags is kept once, and for good.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

from notion_archive import text
from notion_archive.database import Database
from notion_archive.engines import columns, conditions, packed, short
from notion_archive.engines.tables import COLUMNS, GROUPS
from notion_archive.model import Document

_WRITING = 16_384  # KiB that are kept in memory of a file that is written
_BATCH = 1000  # documents that are written together


class Folded(NamedTuple):
    """A document as the index of words sees it: its number, its folded title and text, its tags."""

    row: int
    title: str
    text: str
    tags: tuple[str, ...] = ()


def remove(database: Database, pages: Iterable[str]) -> list[int]:
    """Drop the documents of these pages; the rows they had."""
    of_page = "SELECT row, page FROM pages JOIN documents ON page = number WHERE id = ?"
    gone = [found for page in pages for found in database.rows(of_page, (page,))]
    rows = conditions.listed({row for row, _ in gone})
    for table in ("documents", "contents", "briefs", "folded"):
        database.execute(f"DELETE FROM {table} WHERE row IN (SELECT value FROM json_each(?))", (rows,))
    database.execute_many("DELETE FROM pages WHERE number = ?", {(page,) for _, page in gone})
    columns.Writing(database).clear(row for row, _ in gone)
    return [row for row, _ in gone]


def add(database: Database, documents: Mapping[str, Sequence[Document]]) -> Iterator[Folded]:
    """Keep these documents, in the order of their pages; what the index of words has to know of each."""
    database.execute(f"PRAGMA cache_size = -{_WRITING}")
    last = database.rows("SELECT max(seq) FROM sqlite_sequence WHERE name = 'documents'")[0][0] or 0
    coming = enumerate((document for page in sorted(documents) for document in documents[page]), start=last + 1)
    adding = _Adding(database)
    while batch := list(islice(coming, _BATCH)):
        folded = [
            Folded(row, text.fold(document.title), text.fold(document.text), document.tags) for row, document in batch
        ]
        adding.documents([document for _, document in batch], folded)
        yield from folded


class _Kept(NamedTuple):
    """What is known of a set of tags: its number, what packing knows by it, and its groups (see `GROUPS`)."""

    number: int
    head: bytes
    dated: int
    named: int


class _Adding:
    """What has got a number while documents are added: pages, kinds, tags and sets of tags."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._columns = columns.Writing(database)
        self._numbers: dict[tuple[str, str], int] = {}
        self._tagsets: dict[tuple[str, tuple[str, ...]], _Kept] = {}

    def documents(self, documents: Sequence[Document], folded: Sequence[Folded]) -> None:
        """Keep these too. Those that say the same have `said` in common; a page as a whole has its own."""
        facts, contents, said = [], [], []
        for document, (row, title, words, _) in zip(documents, folded, strict=True):
            key, page, kind = document.key, document.page, document.kind
            day = short.day(document.day) if document.day else None
            tags = self._tagset(kind, document.tags)
            own = key if key == page else ""
            same = _digest("\0".join((own, kind, title, words)).encode())
            number = self._number("kinds", "kind", kind)
            facts.append((row, self._number("pages", "id", page), short.key(key), number, day, tags.number))
            said.append((day or 0, number, same, tags.dated, tags.named))
            known = tags.head + packed.tail(page, key, kind, document.day, title, words)
            contents.append((row, packed.pack(known, document.title, document.text, document.body)))
        insert = self._database.execute_many
        insert("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", facts)
        insert("INSERT INTO contents VALUES (?, ?)", contents)
        insert("INSERT INTO folded VALUES (?, ?, ?)", (one[:3] for one in folded))
        told = ((row, page, day, one.brief) for one, (row, page, _, _, day, *_) in zip(documents, facts, strict=True))
        insert("INSERT INTO briefs VALUES (?, ?, ?, ?)", (one for one in told if one[-1]))
        self._columns.put(folded[0].row, dict(zip(COLUMNS, zip(*said, strict=True), strict=True)))

    def _number(self, table: str, column: str, value: str) -> int:
        known = self._numbers.get((table, value))
        if known is None:
            found = self._database.rows(f"SELECT number FROM {table} WHERE {column} = ?", (value,))
            known = found[0][0] if found else self._insert(f"INSERT INTO {table} ({column}) VALUES (?)", value)
            self._numbers[table, value] = known
        return known

    def _tagset(self, kind: str, tags: tuple[str, ...]) -> _Kept:
        """A set of tags, which is found by its mark."""
        known = self._tagsets.get((kind, tags))
        if known is None:
            kept = array("I", [self._number("tags", "tag", tag) for tag in dict.fromkeys(tags)])
            mark = _digest(kept.tobytes())
            found = self._database.rows("SELECT number FROM tagsets WHERE mark = ?", (mark,))
            sql = "INSERT INTO tagsets (mark, tags) VALUES (?, ?)"
            number = found[0][0] if found else self._insert(sql, mark, kept.tobytes())
            groups = [self._group(group, tags) for group in ("dated", "named")]
            known = self._tagsets[kind, tags] = _Kept(number, packed.head(kind, dict.fromkeys(tags)), *groups)
        return known

    def _group(self, group: str, tags: tuple[str, ...]) -> int:
        ours = (tag for tag in dict.fromkeys(tags) if ":" in tag and GROUPS.get(tag.partition(":")[0]) == group)
        return self._columns.group(array("I", [self._number("tags", "tag", tag) for tag in ours]))

    def _insert(self, sql: str, *values: str | int | bytes) -> int:
        return int(self._database.execute(sql, values).lastrowid or 0)


def _digest(said: bytes) -> int:
    """A number that only what is the same has in common; never zero, which says that there is nothing."""
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big", signed=True) or 1
