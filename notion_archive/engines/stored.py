"""Documents as they were stored, put together again from the tables."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path

from notion_archive.database import Database, damaged
from notion_archive.engines import conditions, packed, short
from notion_archive.engines.conditions import Condition
from notion_archive.engines.packed import Known
from notion_archive.engines.tables import CURE, numbers
from notion_archive.model import Document

_KNOWN = "SELECT d.row, d.tagset, p.id, d.key, k.kind, d.day, f.title, f.text, c.packed"
_TABLES = (
    "documents d CROSS JOIN pages p ON p.number = d.page CROSS JOIN folded f ON f.row = d.row"
    " CROSS JOIN contents c ON c.row = d.row CROSS JOIN kinds k ON k.number = d.kind"
)
_BATCH = 1000  # documents that are read together


class Stored:
    """Reads documents. Tags and sets of them are remembered: their numbers are never given twice."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path
        self._tags: dict[int, str] = {}
        self._tagsets: dict[int, bytes] = {}
        self._named: dict[int, tuple[tuple[str, ...], str]] = {}

    def documents(self, rows: Sequence[int]) -> dict[int, Document]:
        """The documents with these numbers."""
        found = {}
        for row, tagset, known, content in self._read(conditions.one_of("d.row", rows)):
            with self._named_damage():
                title, text, body = packed.unpack(known, content)
            found[row] = Document(
                key=known.key, page=known.page, kind=known.kind, day=known.day, title=title, text=text, body=body,
                tags=self._named[tagset][0],
            )  # fmt: skip
        return found

    def bodies(self, asked: Condition) -> list[bytes]:
        """The bodies of all documents that meet a condition."""
        with self._named_damage():
            return [packed.body(known, content) for _, _, known, content in self._read(asked)]

    def _read(self, asked: Condition) -> Iterator[tuple[int, int, Known, bytes]]:
        """The row and the number of the tags of each document that meets a condition, what is known of it, and the rest."""
        found = self._database.execute(f"{_KNOWN} FROM {_TABLES} WHERE {asked.sql}", asked.values)
        while batch := found.fetchmany(_BATCH):
            self._learn({tagset for _, tagset, *_ in batch})
            for row, tagset, page, key, kind, day, title, text, content in batch:
                _, values = self._named[tagset]
                known = Known(page, short.written_key(key), kind, short.written_day(day), values, title, text)
                yield row, tagset, known, content

    @contextmanager
    def _named_damage(self) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            raise damaged(self._path, str(error), CURE) from error

    def tags_in(self, tagsets: Mapping[int, int]) -> dict[str, int]:
        """How many documents have which tag, where it is known how many have which set of tags."""
        self._learn_tagsets(tagsets)
        alike: dict[int, list[bytes]] = defaultdict(list)
        for tagset, count in tagsets.items():
            alike[count].append(self._tagsets[tagset])
        counts: Counter[int] = Counter()
        for count, kept in alike.items():
            for tag, times in Counter(numbers(b"".join(kept))).items():
                counts[tag] += times * count
        self._learn_tags(counts)
        return {self._tags[tag]: count for tag, count in counts.items()}

    def _learn(self, tagsets: Set[int]) -> None:
        """Look up what is not known yet of these sets of tags."""
        unknown = tagsets - self._named.keys()
        self._learn_tagsets(unknown)
        self._learn_tags({tag for tagset in unknown for tag in numbers(self._tagsets[tagset])})
        for tagset in unknown:
            tags = tuple(self._tags[tag] for tag in numbers(self._tagsets[tagset]))
            self._named[tagset] = (tags, packed.values(tags))

    def _learn_tagsets(self, tagsets: Collection[int]) -> None:
        unknown = set(tagsets) - self._tagsets.keys()
        if unknown:
            among = conditions.one_of("number", unknown)
            found = self._database.rows(f"SELECT number, tags FROM tagsets WHERE {among.sql}", among.values)
            self._tagsets |= dict(found)

    def _learn_tags(self, tags: Collection[int]) -> None:
        unknown = set(tags) - self._tags.keys()
        if unknown:
            among = conditions.one_of("number", unknown)
            self._tags |= dict(self._database.rows(f"SELECT number, tag FROM tags WHERE {among.sql}", among.values))
