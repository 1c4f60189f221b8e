"""Our own engine behind the same door, asked as `search` asks it: hits, their number, facets."""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers import LIMIT, Answer
from benchmarks.questions import Question
from benchmarks.records import FACETS, Record
from notion_archive.archive import Archive
from notion_archive.model import Query


class Engine:
    """An archive; `import` builds it."""

    def __init__(self, folder: Path) -> None:
        self.archive = Archive(folder)

    def build(self, records: Iterable[Record]) -> None:
        """Never called: what is measured of ours is the import of the pages."""
        raise NotImplementedError

    def answer(self, question: Question) -> Answer:
        """Newest first."""
        found = self.archive.engine.search(Query(where=question.clause, limit=LIMIT, facets=FACETS))
        return Answer(found.total, [hit.document.key for hit in found.hits])

    def close(self) -> None:
        """Let go of files."""
        self.archive.close()
