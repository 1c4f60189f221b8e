"""Documents, their tags and days and their folded text, in one SQLite file: everything but the index of words.

A document's `row` is its number for good: numbers are never given twice, and within a page they rise as stored.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from notion_archive import text
from notion_archive.database import Database, Layout
from notion_archive.engines import clauses, conditions
from notion_archive.engines.conditions import Condition, Rows
from notion_archive.model import Document, Hit, Query, Results, Sort, Term

CURE = "Run: notion-archive rebuild"
LAYOUT = Layout(
    application=0x6E_61_64_6F,  # "nado"
    format=1,
    tables=(
        "CREATE TABLE documents (row INTEGER PRIMARY KEY AUTOINCREMENT, page TEXT NOT NULL, key TEXT NOT NULL,"
        " kind TEXT NOT NULL, day TEXT)",
        "CREATE INDEX documents_by_page ON documents (page)",
        "CREATE INDEX documents_by_key ON documents (key)",
        "CREATE INDEX documents_by_day ON documents (day DESC, page)",
        "CREATE TABLE contents (row INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, tags BLOB NOT NULL,"
        " body BLOB NOT NULL)",
        "CREATE TABLE folded (row INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE tags (number INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE)",
        "CREATE TABLE tagged (number INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (number, row)) WITHOUT ROWID",
        "CREATE INDEX tagged_by_row ON tagged (row)",
        "CREATE TABLE words (generation INTEGER NOT NULL)",
        "INSERT INTO words VALUES (0)",
    ),
    cure=CURE,
)
_ORDERS: dict[Sort, str] = {
    "newest": "d.day DESC, d.page, d.row",
    "oldest": "d.day IS NULL, d.day, d.page, d.row",
    "relevance": "h.score DESC, d.day DESC, d.page, d.row",
}

_MANY = 20_000  # hits; with more of them, reading an index from end to end is faster than looking each one up
_BATCH = 1000  # documents that are written together


class Folded(NamedTuple):
    """A document as the index of words sees it: its number and its folded title and text."""

    row: int
    title: str
    text: str


class Facts:
    """The SQLite half of an index. Raises IndexFolderError for a file that is not ours or is damaged."""

    def __init__(self, path: Path) -> None:
        self._database = database = Database(path, LAYOUT)
        self.reading = database.reading
        self.writing = database.writing
        self.close = database.close
        database.execute("PRAGMA temp_store = MEMORY")
        database.execute("PRAGMA cache_size = -65536")
        database.execute("CREATE TEMP TABLE hits (row INTEGER PRIMARY KEY, score INTEGER NOT NULL)")
        database.add_function("has", 3, _has, deterministic=True)

    @property
    def generation(self) -> int:
        """Which state of the index of words belongs to these documents; 0: there are no words yet."""
        return int(self._database.rows("SELECT generation FROM words")[0][0])

    @generation.setter
    def generation(self, generation: int) -> None:
        self._database.execute("UPDATE words SET generation = ?", (generation,))

    def remove(self, pages: Iterable[str]) -> list[int]:
        """Drop the documents of these pages; the rows they had."""
        of_page = "SELECT row FROM documents WHERE page = ?"
        gone = [row for page in pages for row in self._database.rows(of_page, (page,))]
        for table in ("documents", "contents", "folded", "tagged"):
            self._database.execute_many(f"DELETE FROM {table} WHERE row = ?", gone)
        return [row for (row,) in gone]

    def add(self, documents: Mapping[str, Sequence[Document]]) -> Iterator[Folded]:
        """Keep these documents, in the order of their pages; what the index of words has to know of each."""
        last = self._database.rows("SELECT max(seq) FROM sqlite_sequence")[0][0] or 0
        coming = enumerate((document for page in sorted(documents) for document in documents[page]), start=last + 1)
        numbers: dict[str, int] = {}
        while batch := list(islice(coming, _BATCH)):
            folded = [Folded(row, text.fold(document.title), text.fold(document.text)) for row, document in batch]
            tagged = [(tag, row) for row, document in batch for tag in dict.fromkeys(document.tags)]
            for tag in dict.fromkeys(tag for tag, _ in tagged):
                numbers[tag] = numbers.get(tag) or self._number(tag)
            insert = self._database.execute_many
            insert(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
                ((row, d.page, d.key, d.kind, d.day) for row, d in batch),
            )
            insert("INSERT INTO contents VALUES (?, ?, ?, ?, ?)", (_contents(row, document) for row, document in batch))
            insert("INSERT INTO folded VALUES (?, ?, ?)", folded)
            insert("INSERT INTO tagged VALUES (?, ?)", ((numbers[tag], row) for tag, row in tagged))
            yield from folded

    def verify(self, term: Term, candidates: Rows | None, narrow: Condition) -> Rows:
        """The candidates (None: every document) that really have a folded term, among those that meet a condition."""
        title, words = conditions.has("f.title", term), conditions.has("f.text", term)
        among = Condition("1") if candidates is None else conditions.one_of("d.row", candidates.either)
        found = self._database.rows(
            f"SELECT d.row, {title.sql}, {words.sql} FROM documents d JOIN folded f USING (row)"
            f" WHERE {among.sql} AND {narrow.sql} AND ({title.sql} OR {words.sql})",
            (*title.values, *words.values, *among.values, *narrow.values, *title.values, *words.values),
        )
        return Rows({row for row, has, _ in found if has}, {row for row, _, has in found if has})

    def answer(self, query: Query, found: Mapping[Term, Rows]) -> Results:
        """Answer a query; `found` says where each of its terms stands."""
        condition = conditions.whole(query, found)
        score = conditions.score(clauses.wanted_terms(query), found)
        self._database.execute("DELETE FROM temp.hits")
        total = self._database.execute(
            f"INSERT INTO temp.hits SELECT d.row, {score.sql} FROM documents d WHERE {condition.sql}",
            score.values + condition.values,
        ).rowcount
        return Results(
            total=total,
            hits=tuple(
                Hit(document=self._document(row), score=float(score)) for row, score in self._page(query, total)
            ),
            facets=self._counts(query.facets, total) if query.facets else {},
        )

    def _page(self, query: Query, total: int) -> list[tuple[int, float]]:
        """Rows and scores of the hits to show. Where there are many, days are gone through until it is enough."""
        tables = (
            "documents d CROSS JOIN hits h"
            if query.sort == "newest" and total > _MANY
            else "hits h CROSS JOIN documents d"
        )
        return self._database.rows(
            f"SELECT row, score FROM {tables} USING (row) ORDER BY {_ORDERS[query.sort]} LIMIT ? OFFSET ?",
            (-1 if query.limit is None else query.limit, query.offset),
        )

    def _document(self, row: int) -> Document:
        ((key, page, kind, day, title, words, tags, body),) = self._database.rows(
            "SELECT key, page, kind, day, title, text, tags, body FROM documents JOIN contents USING (row)"
            " WHERE row = ?",
            (row,),
        )
        read = msgspec.json.decode(tags, type=tuple[str, ...])
        return Document(key=key, page=page, kind=kind, day=day, title=title, text=words, tags=read, body=body)

    def _counts(self, names: Sequence[str], total: int) -> dict[str, dict[str, int]]:
        """Hits by the value of their tags of these names. Of many hits the tags are not looked up but all read."""
        tables = "tagged CROSS JOIN hits" if total > _MANY else "hits CROSS JOIN tagged"
        counts = self._database.rows(
            f"SELECT tag, hits FROM (SELECT number, count(*) AS hits FROM {tables} USING (row) GROUP BY number)"
            " JOIN tags USING (number) ORDER BY hits DESC, tag"
        )
        return {
            name: {tag.removeprefix(f"{name}:"): hits for tag, hits in counts if tag.startswith(f"{name}:")}
            for name in names
        }

    def _number(self, tag: str) -> int:
        self._database.execute("INSERT OR IGNORE INTO tags (tag) VALUES (?)", (tag,))
        return int(self._database.rows("SELECT number FROM tags WHERE tag = ?", (tag,))[0][0])


def _contents(row: int, document: Document) -> tuple[int, str, str, bytes, bytes]:
    return row, document.title, document.text, msgspec.json.encode(document.tags), document.body


def _has(folded: str, term: str, prefix: int) -> bool:
    return text.has(folded, term, prefix=bool(prefix))
