"""Documents, their tags and days and their folded text, in one SQLite file: everything but the index of words.

A document's `row` is its number for good: numbers are never given twice, and within a page they rise as stored.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from notion_archive import database, text
from notion_archive.engines import clauses, conditions
from notion_archive.engines.conditions import Condition, Rows
from notion_archive.model import Document, Hit, Query, Results, Sort, Term

LAYOUT = database.Layout(
    application=0x6E_61_64_6F,  # "nado"
    format=1,
    tables=(
        "CREATE TABLE documents (row INTEGER PRIMARY KEY AUTOINCREMENT, page TEXT NOT NULL, key TEXT NOT NULL,"
        " kind TEXT NOT NULL, day TEXT)",
        "CREATE INDEX documents_by_page ON documents (page)",
        "CREATE INDEX documents_by_key ON documents (key)",
        "CREATE INDEX documents_by_day ON documents (day DESC, page, kind)",
        "CREATE TABLE contents (row INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, tags BLOB NOT NULL,"
        " body BLOB NOT NULL)",
        "CREATE TABLE folded (row INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE tags (number INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE)",
        "CREATE TABLE tagged (number INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (number, row)) WITHOUT ROWID",
        "CREATE INDEX tagged_by_row ON tagged (row)",
        "CREATE TABLE words (generation INTEGER NOT NULL)",
        "INSERT INTO words VALUES (0)",
    ),
    cure="Run: notion-archive rebuild",
)
_ORDERS: dict[Sort, str] = {
    "newest": "d.day DESC, d.page, d.row",
    "oldest": "d.day IS NULL, d.day, d.page, d.row",
    "relevance": "h.score DESC, d.day DESC, d.page, d.row",
}


class Folded(msgspec.Struct, frozen=True):
    """A document as the index of words sees it."""

    row: int
    title: str
    text: str


class Facts:
    """The SQLite half of an index. Raises IndexFolderError for a file that is not ours or is damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = connection = database.connect(path, LAYOUT)
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("CREATE TEMP TABLE hits (row INTEGER PRIMARY KEY, score INTEGER NOT NULL)")
        connection.create_function("has", 3, _has, deterministic=True)

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        self._connection.close()

    def reading(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whatever is being written."""
        return database.transaction(self._connection, self._path, LAYOUT)

    def writing(self) -> AbstractContextManager[None]:
        """Everything written inside is kept when it ends well, and nothing when it does not."""
        return database.transaction(self._connection, self._path, LAYOUT, write=True)

    @property
    def generation(self) -> int:
        """Which state of the index of words belongs to these documents; 0: there are no words yet."""
        return int(self._connection.execute("SELECT generation FROM words").fetchone()[0])

    @generation.setter
    def generation(self, generation: int) -> None:
        self._connection.execute("UPDATE words SET generation = ?", (generation,))

    def remove(self, pages: Iterable[str]) -> list[int]:
        """Drop the documents of these pages; the rows they had."""
        rows = [
            row
            for page in pages
            for (row,) in self._connection.execute("SELECT row FROM documents WHERE page = ?", (page,))
        ]
        for table in ("documents", "contents", "folded", "tagged"):
            self._connection.executemany(f"DELETE FROM {table} WHERE row = ?", ((row,) for row in rows))
        return rows

    def add(self, documents: Mapping[str, Sequence[Document]]) -> Iterator[Folded]:
        """Keep these documents, in the order of their pages; what the index of words has to know of each."""
        numbers: dict[str, int] = {}
        execute = self._connection.execute
        for page in sorted(documents):
            for document in documents[page]:
                row = execute(
                    "INSERT INTO documents (page, key, kind, day) VALUES (?, ?, ?, ?)",
                    (page, document.key, document.kind, document.day),
                ).lastrowid
                assert row is not None
                tags = msgspec.json.encode(document.tags)
                execute(
                    "INSERT INTO contents VALUES (?, ?, ?, ?, ?)",
                    (row, document.title, document.text, tags, document.body),
                )
                folded = Folded(row, text.fold(document.title), text.fold(document.text))
                execute("INSERT INTO folded VALUES (?, ?, ?)", (row, folded.title, folded.text))
                for tag in set(document.tags):
                    if tag not in numbers:
                        numbers[tag] = self._number(tag)
                    execute("INSERT INTO tagged VALUES (?, ?)", (numbers[tag], row))
                yield folded

    def verify(self, term: Term, among: Iterable[int] | None, narrow: Condition) -> Rows:
        """The rows whose folded title, and those whose folded text, really have a folded term.

        `among`: look only at these rows (None: at all); `narrow`: and only at documents that meet this condition.
        """
        test = "instr({0}, ?1)"
        if text.is_word_character(term.text[0]) or text.is_word_character(term.text[-1]):
            test = "CASE WHEN instr({0}, ?1) THEN has({0}, ?1, ?2) ELSE 0 END"
        title, body = test.format("f.title"), test.format("f.text")
        rows = "" if among is None else "f.row IN (SELECT value FROM json_each(?3)) AND "
        found = self._connection.execute(
            f"SELECT f.row, {title}, {body} FROM folded f JOIN documents d USING (row)"
            f" WHERE {rows} {narrow.sql} AND ({title} OR {body})",
            (term.text, term.prefix, json.dumps([*among]) if among is not None else None, *narrow.values),
        ).fetchall()
        return Rows({row for row, has, _ in found if has}, {row for row, _, has in found if has})

    def answer(self, query: Query, found: Mapping[Term, Rows]) -> Results:
        """Answer a query; `found` says where each of its terms stands."""
        condition = conditions.whole(query, found)
        score = conditions.score(clauses.wanted_terms(query), found)
        execute = self._connection.execute
        execute("DELETE FROM temp.hits")
        total = execute(
            f"INSERT INTO temp.hits SELECT d.row, {score.sql} FROM documents d WHERE {condition.sql}",
            score.values + condition.values,
        ).rowcount
        page = execute(
            f"SELECT h.row, h.score FROM temp.hits h JOIN documents d USING (row) ORDER BY {_ORDERS[query.sort]}"
            " LIMIT ? OFFSET ?",
            (-1 if query.limit is None else query.limit, query.offset),
        ).fetchall()
        return Results(
            total=total,
            hits=tuple(Hit(document=self._document(row), score=float(score)) for row, score in page),
            facets={name: self._counts(name) for name in query.facets},
        )

    def _document(self, row: int) -> Document:
        key, page, kind, day, title, words, tags, body = self._connection.execute(
            "SELECT key, page, kind, day, title, text, tags, body FROM documents JOIN contents USING (row)"
            " WHERE row = ?",
            (row,),
        ).fetchone()
        read = msgspec.json.decode(tags, type=tuple[str, ...])
        return Document(key=key, page=page, kind=kind, day=day, title=title, text=words, tags=read, body=body)

    def _counts(self, name: str) -> dict[str, int]:
        """Hits by the value of their tags of this name. ";" comes right after ":"."""
        counts = self._connection.execute(
            "SELECT substr(t.tag, ?), count(*) FROM temp.hits JOIN tagged USING (row) JOIN tags t USING (number)"
            " WHERE t.tag >= ? AND t.tag < ? GROUP BY number",
            (len(name) + 2, f"{name}:", f"{name};"),
        )
        return dict(sorted(counts, key=lambda count: (-count[1], count[0])))

    def _number(self, tag: str) -> int:
        self._connection.execute("INSERT OR IGNORE INTO tags (tag) VALUES (?)", (tag,))
        return int(self._connection.execute("SELECT number FROM tags WHERE tag = ?", (tag,)).fetchone()[0])


def _has(folded: str, term: str, prefix: int) -> bool:
    return text.has(folded, term, prefix=bool(prefix))
