"""SQLite FTS5 on the same pairs, with the tables that the same answers need: records to show, tags to count.

The pairs come by spaces, so its tokenizer is told that every sign is a part of a word. The index keeps no second copy of the
text (`content=''`): that is the fastest and the smallest FTS5 that finds phrases.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import pairs
from benchmarks.peers import LIMIT, Answer
from benchmarks.questions import Question
from benchmarks.records import Record

WORDS = (
    "CREATE VIRTUAL TABLE words USING fts5 (title, text, content='',"
    " tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'\")"
)
ADD_WORDS = "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)"
_FACTS = """
    CREATE TABLE records (row INTEGER PRIMARY KEY, key TEXT, page TEXT, kind TEXT, day TEXT, title TEXT, text TEXT, body TEXT);
    CREATE TABLE tags (number INTEGER PRIMARY KEY, tag TEXT UNIQUE);
    CREATE TABLE tagged (number INTEGER, row INTEGER, PRIMARY KEY (number, row)) WITHOUT ROWID;
"""
_INDEXES = """
    CREATE INDEX tagged_by_row ON tagged (row);
    CREATE INDEX records_by_day ON records (day);
    CREATE INDEX records_by_kind ON records (kind, day);
"""
_TAGGED = "tags CROSS JOIN tagged USING (number) CROSS JOIN records USING (row)"
_MANY = 20_000  # hits; with more of them, going through the days is faster than looking each one up
_BATCH = 1000


class Engine:
    """One SQLite file, written in one transaction."""

    def __init__(self, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / "fts5.sqlite")
        self.connection.execute("PRAGMA temp_store = MEMORY")
        self.connection.execute("PRAGMA cache_size = -65536")
        self.connection.execute("CREATE TEMP TABLE hits (row INTEGER PRIMARY KEY)")

    def build(self, records: Iterable[Record]) -> None:
        """A batch at a time, so that no more than that is in memory."""
        self.connection.executescript(f"{_FACTS}{WORDS}")
        numbers: dict[str, int] = {}
        rows = enumerate(records, start=1)
        while batch := list(islice(rows, _BATCH)):
            add = self.connection.executemany
            add("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(_shown, batch))
            add(ADD_WORDS, ((row, record.title_cut, record.text_cut) for row, record in batch))
            add("INSERT INTO tagged VALUES (?, ?)", _tagged(batch, numbers))
        self.connection.executemany("INSERT INTO tags (tag, number) VALUES (?, ?)", numbers.items())
        self.connection.commit()
        self.connection.executescript(_INDEXES)

    def answer(self, question: Question) -> Answer:
        """Rows first; then the newest of them are read, and the tags of all are counted."""
        where, values = _where(question)
        self.connection.execute("DELETE FROM hits")
        total = self.connection.execute(f"INSERT INTO hits SELECT row FROM {where}", values).rowcount
        tables = "records CROSS JOIN hits" if total > _MANY else "hits CROSS JOIN records"
        shown = self.connection.execute(
            f"SELECT key, page, kind, day, title, text, body FROM {tables} USING (row) ORDER BY day DESC LIMIT {LIMIT}"
        ).fetchall()
        self.connection.execute(
            "SELECT tag, hits FROM (SELECT number, count(*) AS hits FROM hits CROSS JOIN tagged USING (row)"
            " GROUP BY number) JOIN tags USING (number) ORDER BY hits DESC"
        ).fetchall()
        return Answer(total, [key for key, *_ in shown])

    def incidents(self, question: Question) -> Answer:
        """The bare SQL that the question `incidents --institution` comes down to."""
        values = (f"institution:{question.institution}", question.since, question.until)
        where = f"FROM {_TAGGED} WHERE tag = ? AND day BETWEEN ? AND ? AND kind = 'incident'"
        total = self.connection.execute(f"SELECT count(*) {where}", values).fetchone()[0]
        newest = f"SELECT key, body {where} ORDER BY day DESC LIMIT {LIMIT}"
        return Answer(total, [key for key, _ in self.connection.execute(newest, values)])

    def history(self, tags: Sequence[str]) -> list[Any]:
        """The updates with one of these tags, oldest first: what `trace` comes down to."""
        choices = ", ".join("?" for _ in tags)
        sql = f"SELECT body FROM {_TAGGED} WHERE tag IN ({choices}) AND kind = 'update' ORDER BY day"
        return self.connection.execute(sql, tags).fetchall()

    def numbers(self) -> list[Any]:
        """All metrics, oldest first: what `metrics` comes down to."""
        return self.connection.execute("SELECT body FROM records WHERE kind = 'metric' ORDER BY day").fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


def match(question: Question) -> str:
    """A question as FTS5 puts it: `"支付" AND "对账" AND "red" *`."""
    phrases = [pairs.phrase(term.text, prefix=term.prefix) for term in question.terms]
    return " AND ".join(f'"{" ".join(phrase.terms)}"{" *" if phrase.goes_on else ""}' for phrase in phrases)


def _where(question: Question) -> tuple[str, tuple[str, ...]]:
    if question.institution:
        values = (f"institution:{question.institution}", question.since, question.until)
        return f"{_TAGGED} WHERE tag = ? AND day BETWEEN ? AND ?", values
    return "(SELECT rowid AS row FROM words WHERE words MATCH ?)", (match(question),)


def _shown(numbered: tuple[int, Record]) -> tuple[int, str, str, str, str, str, str, str]:
    row, record = numbered
    return row, record.key, record.page, record.kind, record.day, record.title, record.text, record.body


def _tagged(batch: Iterable[tuple[int, Record]], numbers: dict[str, int]) -> Iterator[tuple[int, int]]:
    for row, record in batch:
        for tag in dict.fromkeys(record.tags):
            yield numbers.setdefault(tag, len(numbers) + 1), row
