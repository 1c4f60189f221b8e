"""Documents as they were stored, put together again from the tables."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from notion_archive.database import Database, damaged
from notion_archive.engines import conditions, packed, short
from notion_archive.engines.conditions import EVERYTHING, Condition, Some
from notion_archive.engines.tables import CURE, numbers
from notion_archive.model import Brief, Document

_TABLES = (
    "documents d CROSS JOIN pages p ON p.number = d.page CROSS JOIN folded f ON f.row = d.row"
    " CROSS JOIN contents c ON c.row = d.row CROSS JOIN kinds k ON k.number = d.kind LEFT JOIN briefs b ON b.row = d.row"
)
_HEADS, _TAGSETS = 4096, 16_384  # that are remembered
_BATCH = 1000  # documents that are read together
_MANY = 5000  # briefs; more of them are not looked up one by one


class Stored:
    """Reads documents. Tags and sets of them are remembered: their numbers are never given twice."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path
        self._tags: dict[int, str] = {}
        self._tagsets: dict[int, bytes] = {}
        self._learned: set[int] = set()
        self._heads: dict[tuple[str, int], bytes] = {}

    def documents(self, rows: Sequence[int]) -> dict[int, Document]:
        """The documents with these numbers."""
        found = {}
        asked = conditions.one_of("d.row", rows)
        columns = "d.row, p.id, d.key, d.day, b.brief"
        for tagset, kind, tail, content, row, page, key, day, brief in self._read(columns, asked):
            with self._named_damage():
                title, text, body = packed.unpack(self._head(kind, tagset) + tail, content)
            found[row] = Document(
                key=short.written_key(key), page=page, kind=kind, day=short.written_day(day), title=title, text=text,
                tags=self._named(tagset), body=body, brief=brief or b"",
            )  # fmt: skip
        return found

    def briefs(self, asked: Some | Condition) -> list[Brief]:
        """The briefs of all documents that meet a condition; of very many they are read from end to end."""
        rows = asked.rows if isinstance(asked, Some) and not asked.but and len(asked.rows) > _MANY else None
        condition = EVERYTHING.condition() if rows is not None else conditions.in_sql(asked)
        tables = "briefs b" if condition.sql == "1" else "briefs b CROSS JOIN documents d USING (row)"
        sql = f"SELECT b.row, b.page, b.day, brief FROM {tables} WHERE {condition.sql}"
        found = self._database.rows(sql, condition.values)
        if rows is not None:
            found = [one for one in found if one[0] in rows]
        pages = dict(self._database.rows("SELECT number, id FROM pages"))
        if not found:
            return []
        _, page_of, day_of, briefs = zip(*found, strict=True)
        days = {day: short.written_day(day) for day in set(day_of)}
        return list(map(Brief, map(pages.__getitem__, page_of), map(days.__getitem__, day_of), briefs))

    def _read(self, columns: str, asked: Condition) -> Iterator[tuple[Any, ...]]:
        """Of each document that meets a condition its tags, its kind, what is known of it, what is packed, and more."""
        sql = f"SELECT d.tagset, k.kind, {packed.TAIL}, c.packed, {columns} FROM {_TABLES} WHERE {asked.sql}"
        found = self._database.execute(sql, asked.values)
        while batch := found.fetchmany(_BATCH):
            self._learn({one[0] for one in batch})
            yield from batch

    def _head(self, kind: str, tagset: int) -> bytes:
        known = self._heads.get((kind, tagset))
        if known is None:
            known = self._heads[kind, tagset] = packed.head(kind, self._named(tagset))
        return known

    def _named(self, tagset: int) -> tuple[str, ...]:
        return tuple(self._tags[tag] for tag in numbers(self._tagsets[tagset]))

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
        """Look up what is not known yet of these sets of tags; of very many, those before are forgotten."""
        if len(self._heads) > _HEADS:
            self._heads.clear()
        if len(self._tagsets) > _TAGSETS:
            self._tagsets.clear()
            self._learned.clear()
        if unknown := tagsets - self._learned:
            self._learn_tagsets(unknown)
            self._learn_tags({tag for tagset in unknown for tag in numbers(self._tagsets[tagset])})
            self._learned |= unknown

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
