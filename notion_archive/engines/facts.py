"""Documents, their tags and days and their folded text, in one SQLite file, and what is asked of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from notion_archive import text
from notion_archive.database import Database
from notion_archive.engines import clauses, conditions, short
from notion_archive.engines.columns import Columns
from notion_archive.engines.conditions import EVERYTHING, Condition, Found, Levels, Rows, Some
from notion_archive.engines.stored import Stored
from notion_archive.engines.tables import LAYOUT
from notion_archive.model import Brief, Clause, Document, Hit, Query, Results, Same, Sort, Term

if TYPE_CHECKING:
    from notion_archive.engines.keeping import Folded

_ORDERS: dict[Sort, str] = {
    "newest": "d.day DESC, p.id, d.row",
    "oldest": "d.day IS NULL, d.day, p.id, d.row",
    "relevance": "d.day DESC, p.id, d.row",  # among those of a score
}
_PAGE = "CROSS JOIN pages p ON p.number = d.page"
_FEW = 20_000  # documents; more of them are not looked up one by one
_CACHE = 4096  # KiB that are kept in memory of a file that is asked
_BATCH = 256  # documents that are read together
_NEVER = 1 << 32  # later than any day


class Facts:
    """The SQLite half of an index. Raises IndexFolderError for a file that is not ours or is damaged."""

    def __init__(self, path: Path) -> None:
        self._database = database = Database(path, LAYOUT)
        self._stored = Stored(database, path)
        self._columns = Columns(database, path)
        self.tagged, self.of_kind, self.dated = self._columns.tagged, self._columns.of_kind, self._columns.dated
        self.writing = database.writing
        self.close = database.close
        database.execute("PRAGMA temp_store = MEMORY")
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
        database.add_function("has", 3, _has, deterministic=True)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """What is read inside is of one moment, whatever is being written meanwhile."""
        with self._database.reading():
            self._columns.use(self.generation)
            yield

    @property
    def generation(self) -> int:
        """Which state of the index of words belongs to these documents; 0: there are no words yet."""
        return int(self._database.rows("SELECT generation FROM words")[0][0])

    @generation.setter
    def generation(self, generation: int) -> None:
        self._database.execute("UPDATE words SET generation = ?", (generation,))

    def remove(self, pages: Iterable[str]) -> list[int]:
        """Drop the documents of these pages; the rows they had."""
        from notion_archive.engines import keeping

        return keeping.remove(self._database, pages)

    def add(self, documents: Mapping[str, Sequence[Document]]) -> "Iterator[Folded]":
        """Keep these documents, in the order of their pages; what the index of words has to know of each."""
        from notion_archive.engines import keeping

        return keeping.add(self._database, documents)

    def verify(self, term: Term, candidates: Set[int] | None, narrow: Some | Condition = EVERYTHING) -> Rows:
        """The candidates (None: every document) that really have a folded term; those that do not meet a condition may
        be left out, where that saves reading them."""
        if candidates is None:
            among = self._few(narrow)
        elif isinstance(narrow, Some):
            among = candidates - narrow.rows if narrow.but else candidates & narrow.rows
        else:
            among = candidates
        where = Condition("1") if among is None else conditions.one_of("row", among)
        title, words = conditions.has("title", term), conditions.has("text", term)
        found = self._database.rows(
            f"SELECT row, {title.sql} FROM folded WHERE {where.sql} AND ({title.sql} OR {words.sql})",
            (*title.values, *where.values, *title.values, *words.values),
        )
        return Rows({row for row, in_title in found if in_title}, {row for row, _ in found})

    def _few(self, asked: Some | Condition) -> Set[int] | None:
        """The documents that meet a condition, where they are so few that looking each up is faster than reading all."""
        if isinstance(asked, Some):
            return asked.rows if not asked.but and len(asked.rows) <= _FEW else None
        found = self._database.rows(f"SELECT row FROM documents d WHERE {asked.sql} LIMIT {_FEW + 1}", asked.values)
        return {row for (row,) in found} if len(found) <= _FEW else None

    def answer(self, query: Query, found: Found) -> Results:
        """Answer a query; `found` says where each of its terms and tags stands."""
        asked = conditions.whole(query, found)
        if asked == EVERYTHING and not query.counts and (query.limit == 0 or not query.once):
            return self._everything(query)
        rows = self._rows(asked)
        levels = Levels(clauses.wanted_terms(query), found, rows)
        shown = self._page(query, levels)
        said = self._columns.of("said", rows) if query.once else ()
        others = self._others(query, shown, levels, said) if query.once and shown else {}
        return Results(
            total=len(rows),
            distinct=len(set(said)) if query.once else None,
            hits=self._hits(shown, others),
            facets=self._facets(query.facets, rows),
            counts=tuple(self._count(clause, found, rows) for clause in query.counts),
        )

    def briefs(self, query: Query, found: Found) -> list[Brief]:
        """The briefs of all a query finds that have one."""
        return self._stored.briefs(conditions.whole(query, found))

    def _rows(self, asked: Some | Condition) -> Set[int]:
        """The rows of all hits."""
        if isinstance(asked, Some) and not asked.but:
            return asked.rows
        condition = conditions.in_sql(asked)
        found = self._database.rows(f"SELECT d.row FROM documents d WHERE {condition.sql}", condition.values)
        return {row for (row,) in found}

    def _count(self, clause: Clause, found: Found, rows: Set[int]) -> int:
        """How many of the hits meet a clause too."""
        return len(self._rows(conditions.both([Some(rows), conditions.of_clause(clause, found)])))

    def _everything(self, query: Query) -> Results:
        """The answer where no document is left out: what the indexes know is enough."""
        total = self._database.rows("SELECT count(*) FROM documents")[0][0]
        shown = self._database.rows(
            f"SELECT d.row, 1, 0 FROM documents d {_PAGE} ORDER BY {_ORDERS[query.sort]} LIMIT ? OFFSET ?",
            (-1 if query.limit is None else query.limit, query.offset),
        )
        return Results(
            total=total,
            distinct=self._columns.distinct() if query.once else None,
            hits=self._hits(shown, {}),
            facets=self._facets(query.facets, None),
        )

    def _hits(self, shown: Sequence[tuple[int, int, int]], others: Mapping[int, Sequence[Same]]) -> tuple[Hit, ...]:
        documents = self._stored.documents([row for row, _, _ in shown])
        return tuple(
            Hit(document=documents[row], score=float(score), others=tuple(others.get(same, ())))
            for row, score, same in shown
        )

    def _page(self, query: Query, levels: Levels) -> list[tuple[int, int, int]]:
        """The page of hits, in order: their rows, scores and samenesses. When those that say the same are one, so much is
        read as it takes to find enough of them."""
        total = len(levels.rows)
        end = total if query.limit is None else min(query.offset + query.limit, total)
        if end <= query.offset:
            return []
        reach = min(total, 4 * end + 200) if query.once else end
        while True:
            hits = self._first(query, levels, reach)
            if not query.once:
                return [(row, score, 0) for row, score in hits[query.offset :]]
            said = self._columns.of("said", [row for row, _ in hits])
            first: dict[int, tuple[int, int, int]] = {}
            for (row, score), same in zip(hits, said, strict=True):
                first.setdefault(same, (row, score, same))
            if len(first) >= end or reach >= total:
                return list(first.values())[query.offset : end]
            reach = min(total, 8 * reach)

    def _first(self, query: Query, levels: Levels, end: int) -> list[tuple[int, int]]:
        """So many hits, in order, with their scores."""
        if query.sort != "relevance":
            return [(row, levels.score(row)) for row in self._ordered(levels.rows, query.sort, end)]
        found: list[tuple[int, int]] = []
        for score, rows in levels:
            found += [(row, score) for row in self._ordered(rows, query.sort, end - len(found))]
            if len(found) >= end:
                break
        return found

    def _ordered(self, rows: Set[int], sort: Sort, end: int) -> list[int]:
        """So many of these rows, in order. Where they are many, days are gone through until there are enough; else only
        those are put in order whose day is near enough the first."""
        order = f"ORDER BY {_ORDERS[sort]}"
        if not rows or end <= 0:
            return []
        if sort != "oldest" and len(rows) * len(rows) > end * self._newest():
            return self._walk(rows, end)
        if end < len(rows):
            days = self._columns.of("day", rows)
            if sort == "oldest":
                last = sorted(day or _NEVER for day in days)[end - 1]
                rows = {row for row, day in zip(rows, days, strict=True) if (day or _NEVER) <= last}
            else:
                last = sorted(days, reverse=True)[end - 1]
                rows = {row for row, day in zip(rows, days, strict=True) if day >= last}
        among = conditions.one_of("d.row", rows)
        found = self._database.rows(
            f"SELECT d.row FROM documents d {_PAGE} WHERE {among.sql} {order} LIMIT ?", (*among.values, end)
        )
        return [row for (row,) in found]

    def _walk(self, rows: Set[int], end: int) -> list[int]:
        """So many of these rows, the newest first: all are gone through until there are enough."""
        cursor = self._database.execute(f"SELECT d.row FROM documents d {_PAGE} ORDER BY {_ORDERS['newest']}")
        found: list[int] = []
        while len(found) < end and (batch := cursor.fetchmany(_BATCH)):
            found += [row for (row,) in batch if row in rows]
        cursor.close()
        return found[:end]

    def _newest(self) -> int:
        """The row of the newest document: there are no more than so many."""
        return int(self._database.rows("SELECT max(row) FROM documents")[0][0] or 0)

    def _others(
        self, query: Query, shown: Sequence[tuple[int, int, int]], levels: Levels, said: Sequence[int]
    ) -> dict[int, list[Same]]:
        """The hits that say what these say, by what they say, without these themselves."""
        standing = {same for _, _, same in shown}
        alike = {row: same for row, same in zip(levels.rows, said, strict=True) if same in standing}
        for row, _, _ in shown:
            del alike[row]
        among = conditions.one_of("d.row", alike.keys())
        sql = f"SELECT d.row, d.key, p.id, d.day FROM documents d {_PAGE} WHERE {among.sql} ORDER BY {_ORDERS[query.sort]}"
        told = self._database.rows(sql, among.values)
        if query.sort == "relevance":
            told.sort(key=lambda one: -levels.score(one[0]))
        found: dict[int, list[Same]] = {}
        for row, key, page, day in told:
            other = Same(key=short.written_key(key), page=page, day=short.written_day(day))
            found.setdefault(alike[row], []).append(other)
        return found

    def _facets(self, names: Sequence[str], rows: Set[int] | None) -> dict[str, dict[str, int]]:
        """How many of these documents, or of all, have which tag of these names, the most frequent first."""
        counts = self._columns.counted(names, rows)
        if slow := [name for name in names if name not in counts]:
            counts |= self._counted(slow, rows)
        return {name: _most_frequent_first(counts[name]) for name in names}

    def _counted(self, names: Sequence[str], rows: Set[int] | None) -> dict[str, dict[str, int]]:
        """The same for tags that have no column: by the sets of tags of these documents."""
        where = Condition("1") if rows is None else conditions.one_of("row", rows)
        sets = self._database.rows(f"SELECT tagset, count(*) FROM documents WHERE {where.sql} GROUP BY 1", where.values)
        found: dict[str, dict[str, int]] = {name: {} for name in names}
        for tag, count in self._stored.tags_in(dict(sets)).items():
            name, colon, value = tag.partition(":")
            if colon and name in found:
                found[name][value] = count
        return found


def _most_frequent_first(counts: dict[str, int]) -> dict[str, int]:
    values = sorted(sorted(counts), key=counts.__getitem__, reverse=True)
    return {value: counts[value] for value in values}


def _has(folded: str, term: str, prefix: int) -> bool:
    return text.has(folded, term, prefix=bool(prefix))
