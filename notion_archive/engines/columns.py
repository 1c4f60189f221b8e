"""What is counted and compared of every document, as arrays: a number each, found by row.

Counting over fifty thousand hits is looking fifty thousand numbers up, and no more: no row is put together. The arrays
stand in SQLite by parts, in the transaction of the documents, and are read when they are first needed. A row without a
document has zeros.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from itertools import compress
from operator import itemgetter
from pathlib import Path

from notion_archive.database import Database, damaged
from notion_archive.engines import conditions, short
from notion_archive.engines.tables import COLUMNS, CURE, GROUPS, PART, numbers
from notion_archive.model import Days

_FEW = 64  # rows a part, on average; with fewer only those parts are read that have some


class Columns:
    """The arrays of one state of the documents: what is read of them is kept until there is another."""

    def __init__(self, database: Database, path: Path) -> None:
        self._database = database
        self._path = path
        self._generation = -1
        self._kept: dict[str, array[int]] = {}
        self._read: dict[str, set[int]] = {}
        self._parts = 0
        self._groups: dict[int, tuple[int, ...]] = {0: ()}
        self._tags: dict[int, tuple[str, str]] = {}

    def use(self, generation: int) -> None:
        """Forget what was read of another state."""
        if generation != self._generation:
            self._generation = generation
            self._kept.clear()
            self._read.clear()
            self._parts = (self._database.rows("SELECT max(part) FROM column_kind")[0][0] or 0) + 1

    def of(self, name: str, rows: Collection[int]) -> Sequence[int]:
        """What a column says of these rows, in their order."""
        column = self._column(name, rows)
        return tuple(itemgetter(*rows)(column)) if len(rows) > 1 else [column[row] for row in rows]

    def distinct(self) -> int:
        """How many different things all documents say."""
        return len(set(self._whole("said")) - {0})

    def those(self, name: str, rows: Set[int], fitting: Callable[[Set[int]], Set[int]]) -> set[int]:
        """Those of these rows of which a column says what is fitting."""
        said = self.of(name, rows)
        fit = fitting(set(said))
        return set(compress(rows, map(fit.__contains__, said)))

    def tagged(self, tag: str, rows: Set[int]) -> set[int] | None:
        """Those of these rows that have a tag; None where no column knows of tags of this name."""
        group = GROUPS.get(tag.partition(":")[0]) if ":" in tag else None
        if group is None:
            return None
        self._learn_groups(set(self.of(group, rows)))
        known = self._database.rows("SELECT number FROM tags WHERE tag = ?", (tag,))
        number = known[0][0] if known else 0
        return self.those(group, rows, lambda groups: {one for one in groups if number in self._groups[one]})

    def of_kind(self, kinds: Iterable[str], rows: Set[int]) -> set[int]:
        """Those of these rows whose documents are of one of these kinds."""
        known = dict(self._database.rows("SELECT kind, number FROM kinds"))
        return self.those("kind", rows, {known[kind] for kind in kinds if kind in known}.intersection)

    def dated(self, days: Days, rows: Set[int]) -> set[int]:
        """Those of these rows whose documents have a day, and it is in this span."""
        least, most = max(short.day(days.first), 1) if days.first else 1, short.day(days.last or "9999-12-31")
        return self.those("day", rows, lambda said: {day for day in said if least <= day <= most})

    def counted(self, names: Iterable[str], rows: Collection[int] | None) -> dict[str, dict[str, int]]:
        """For each of these names of tags that a column knows: how many of these rows, or of all, have which tag of it."""
        asked = [name for name in names if name in GROUPS]
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for column in {GROUPS[name] for name in asked}:
            groups = Counter(self._whole(column) if rows is None else self.of(column, rows))
            self._learn_groups(groups)
            counts: dict[int, int] = defaultdict(int)
            for group, count in groups.items():
                for tag in self._groups[group]:
                    counts[tag] += count
            self._learn_tags(counts)
            for tag, count in counts.items():
                name, value = self._tags[tag]
                found[name][value] = count
        return {name: found[name] for name in asked}

    def _learn_groups(self, groups: Iterable[int]) -> None:
        """The tags of these groups. Neither are their numbers given twice, nor do those of tags."""
        if unknown := [group for group in groups if group not in self._groups]:
            among = conditions.one_of("number", unknown)
            found = self._database.rows(f"SELECT number, tags FROM groups WHERE {among.sql}", among.values)
            self._groups |= {group: tuple(numbers(tags)) for group, tags in found}

    def _learn_tags(self, tags: Iterable[int]) -> None:
        if unknown := [tag for tag in tags if tag not in self._tags]:
            among = conditions.one_of("number", unknown)
            found = self._database.rows(f"SELECT number, tag FROM tags WHERE {among.sql}", among.values)
            self._tags |= {number: _name_and_value(tag) for number, tag in found}

    def _column(self, name: str, rows: Collection[int]) -> "array[int]":
        """A column, so far as it is needed for these rows."""
        if len(rows) > _FEW * self._parts:
            return self._whole(name)
        read = self._read.setdefault(name, set())
        if len(read) < self._parts:
            self._fetch(name, {row // PART for row in rows} - read)
        return self._kept[name]

    def _whole(self, name: str) -> "array[int]":
        read = self._read.setdefault(name, set())
        if len(read) < self._parts:
            self._fetch(name, set(range(self._parts)) - read)
        return self._kept[name]

    def _fetch(self, name: str, parts: Set[int]) -> None:
        code = COLUMNS[name]
        if name not in self._kept:
            self._kept[name] = array(code, [0]) * (PART * self._parts)
        kept = self._kept[name]
        room = memoryview(kept).cast("B")
        among = conditions.one_of("part", parts)
        for part, said in self._database.execute(
            f"SELECT part, kept FROM column_{name} WHERE {among.sql}", among.values
        ):
            if len(said) != kept.itemsize * PART:
                raise damaged(self._path, f"part {part} of {name} is cut short", CURE)
            room[part * len(said) : (part + 1) * len(said)] = said
        self._read[name] |= parts


def _name_and_value(tag: str) -> tuple[str, str]:
    name, _, value = tag.partition(":")
    return name, value


class Writing:
    """Puts numbers into columns."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._groups: dict[tuple[int, ...], int] = {(): 0}

    def group(self, tags: "array[int]") -> int:
        """The number of a group of tags; 0: of none."""
        key = tuple(tags)
        known = self._groups.get(key)
        if known is None:
            found = self._database.rows("SELECT number FROM groups WHERE tags = ?", (tags.tobytes(),))
            sql = "INSERT INTO groups (tags) VALUES (?)"
            known = found[0][0] if found else int(self._database.execute(sql, (tags.tobytes(),)).lastrowid or 0)
            self._groups[key] = known
        return known

    def put(self, first: int, columns: Mapping[str, Sequence[int]]) -> None:
        """Say this of the rows that follow each other from `first` on."""
        count = len(columns["day"])
        for part in range(first // PART, (first + count - 1) // PART + 1):
            begin, end = max(first, part * PART), min(first + count, (part + 1) * PART)
            kept = self._part(part)
            for name, said in columns.items():
                kept[name][begin % PART : begin % PART + end - begin] = array(
                    COLUMNS[name], said[begin - first : end - first]
                )
            self._keep(part, kept)

    def clear(self, rows: Iterable[int]) -> None:
        """Say nothing of these rows any more; a part of which nothing is said goes."""
        parts: dict[int, list[int]] = defaultdict(list)
        for row in rows:
            parts[row // PART].append(row % PART)
        for part, places in parts.items():
            kept = self._part(part)
            for column in kept.values():
                for place in places:
                    column[place] = 0
            if any(kept["kind"]):
                self._keep(part, kept)
            else:
                for name in COLUMNS:
                    self._database.execute(f"DELETE FROM column_{name} WHERE part = ?", (part,))

    def _part(self, part: int) -> "dict[str, array[int]]":
        kept = {name: array(code) for name, code in COLUMNS.items()}
        for name, column in kept.items():
            for (said,) in self._database.rows(f"SELECT kept FROM column_{name} WHERE part = ?", (part,)):
                column.frombytes(said)
            column.frombytes(bytes(column.itemsize * (PART - len(column))))
        return kept

    def _keep(self, part: int, kept: "Mapping[str, array[int]]") -> None:
        for name, column in kept.items():
            self._database.execute(f"INSERT OR REPLACE INTO column_{name} VALUES (?, ?)", (part, column.tobytes()))
