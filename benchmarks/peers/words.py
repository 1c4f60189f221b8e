"""FTS5 without anything to show or to count: only its index of words. It finds rows and cannot say what is in them."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers import Answer
from benchmarks.peers.fts5 import ADD_WORDS, WORDS, match
from benchmarks.questions import Question
from benchmarks.records import Record


class Engine:
    """One SQLite file, written in one transaction."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "words.sqlite")

    def build(self, records: Iterable[Record]) -> None:
        """The quickest there is."""
        self._connection.execute(WORDS)
        rows = ((row, record.title_cut, record.text_cut) for row, record in enumerate(records, start=1))
        self._connection.executemany(ADD_WORDS, rows)
        self._connection.commit()

    def answer(self, question: Question) -> Answer:
        """The number of hits and nothing else."""
        found = self._connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (match(question),))
        return Answer(found.fetchone()[0], [])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
