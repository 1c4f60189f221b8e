"""What a user would pick instead, each given the same records and asked the same questions.

A peer is its own folder on the disk. `build` gets records that were read, folded and cut beforehand, so what it takes
is the peer's own time.
"""

import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

from benchmarks.questions import Question
from benchmarks.records import Record

LIMIT = 20  # hits that are shown, newest first
TITLES = {
    "ours": "notion-archive", "fts5": "SQLite FTS5", "words": "FTS5, its words alone", "tantivy": "tantivy",
    "stock": "stock Whoosh", "ripgrep": "ripgrep", "scan": "plain scan",
}  # fmt: skip
BUILT = ("fts5", "words", "tantivy", "stock")  # from ready-made records, each in its own process


class Answer(NamedTuple):
    """How many records there are in all, and the keys of those that are shown."""

    total: int
    keys: list[str]


class Peer(Protocol):
    """An engine over a folder."""

    def build(self, records: Iterable[Record]) -> None:
        """Index these records; all is on the disk in the end."""

    def answer(self, question: Question) -> Answer:
        """The hits, read, and their number; with facets where the peer has a way to count them."""

    def close(self) -> None:
        """Let go of files."""


def missing(name: str) -> bool:
    """Whether what a peer needs is not installed."""
    try:
        importlib.import_module(f"benchmarks.peers.{name}")
    except ImportError:
        return True
    return False


def opened(name: str, folder: Path) -> Peer:
    """A peer over its folder, made where there is none. Raises ImportError where it is not installed."""
    peer: Peer = importlib.import_module(f"benchmarks.peers.{name}").Engine(folder)
    return peer
