"""Documents, their tags and days and their folded text, in one SQLite file, and what is asked of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

from notion_archive import text
from notion_archive.database import Database
from notion_archive.engines import clauses, conditions, short
from notion_archive.engines.conditions import EVERYTHING, Condition, Found, Rows, Some
from notion_archive.engines.stored import Stored
from notion_archive.engines.tables import LAYOUT
from notion_archive.model import Brief, Clause, Document, Hit, Query, Results, Same, Sort, Tag, Term

if TYPE_CHECKING:
    from notion_archive.engines.keeping import Folded

_ORDERS: dict[Sort, str] = {
    "newest": "d.day DESC, p.id, d.row",
    "oldest": "d.day IS NULL, d.day, p.id, d.row",
    "relevance": "d.day DESC, p.id, d.row",  # among those of a score
}
_PAGE = "CROSS JOIN pages p ON p.number = d.page"
_MOST = 3  # with a larger part of the documents, reading them from end to end is faster than looking each one up
_FEW = 20_000  # documents; more of them are not looked up one by one
_CACHE = 16_384  # KiB that are kept in memory of a file that is asked
_BATCH = 1000  # documents that are counted together


class Facts:
    """The SQLite half of an index. Raises IndexFolderError for a file that is not ours or is damaged."""

    def __init__(self, path: Path) -> None:
        self._database = database = Database(path, LAYOUT)
        self._stored = Stored(database, path)
        self.reading = database.reading
        self.writing = database.writing
        self.close = database.close
        database.execute("PRAGMA temp_store = MEMORY")
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
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

    def tagged(self, tags: Iterable[Tag]) -> dict[Term | Tag, Rows]:
        """The documents with each of these tags; without the tags that many have."""
        rows = (
            "SELECT d.row FROM tags t CROSS JOIN tagged s ON s.tag = t.number CROSS JOIN documents d USING (tagset)"
            " WHERE t.tag = ? LIMIT ?"
        )
        found = ((tag, self._database.rows(rows, (tag.tag, _FEW + 1))) for tag in tags)
        return {tag: Rows(either={row for (row,) in having}) for tag, having in found if len(having) <= _FEW}

    def _few(self, asked: Some | Condition) -> Set[int] | None:
        """The documents that meet a condition, where they are so few that looking each up is faster than reading all."""
        if isinstance(asked, Some):
            return asked.rows if not asked.but and len(asked.rows) <= _FEW else None
        found = self._database.rows(f"SELECT row FROM documents d WHERE {asked.sql} LIMIT {_FEW + 1}", asked.values)
        return {row for (row,) in found} if len(found) <= _FEW else None

    def answer(self, query: Query, found: Found) -> Results:
        """Answer a query; `found` says where each of its terms stands."""
        asked = conditions.whole(query, found)
        if asked == EVERYTHING and not query.counts and (query.limit == 0 or not query.once):
            return self._everything(query)
        if (
            isinstance(asked, Some)
            and not asked.but
            and query.limit == 0
            and not (query.once or query.facets or query.counts)
        ):
            return Results(total=len(asked.rows), hits=())
        self._database.execute("DELETE FROM temp.hits")
        total = self._keep_hits(asked)
        levels = self._keep_scores(asked, clauses.wanted_terms(query), found, total) if query.limit != 0 else {}
        shown = (self._first_of_each if query.once else self._page)(query, levels, query.limit)
        others = self._others(query, shown) if query.once else {}
        distinct, counted = self._tally(query, total)
        return Results(
            total=total,
            distinct=distinct,
            hits=self._hits(shown, others),
            facets=_facets(query.facets, counted),
            counts=tuple(self._count(clause, found) for clause in query.counts),
        )

    def briefs(self, query: Query, found: Found) -> list[Brief]:
        """The briefs of all a query finds that have one."""
        return self._stored.briefs(conditions.in_sql(conditions.whole(query, found)))

    def _keep_hits(self, asked: Some | Condition) -> int:
        """Keep the rows of all hits, each with a score of one; how many there are."""
        if isinstance(asked, Some) and not asked.but:
            source = Condition("SELECT value, 1 FROM json_each(?)", (conditions.listed(asked.rows),))
        else:
            condition = conditions.in_sql(asked)
            source = Condition(
                f"SELECT d.row, 1 FROM documents d WHERE {condition.sql} ORDER BY d.row", condition.values
            )
        return self._database.execute(f"INSERT INTO temp.hits {source.sql}", source.values).rowcount

    def _keep_scores(self, asked: Some | Condition, terms: Sequence[Term], found: Found, total: int) -> dict[int, int]:
        """Keep the scores of hits that have more than one; how many there are of each score, the best first."""
        among = asked.rows if isinstance(asked, Some) and not asked.but else None
        levels = {1: total}
        for score, rows in conditions.scores(terms, found, among).items():
            these = conditions.one_of("row", rows)
            count = self._database.execute(
                f"UPDATE temp.hits SET score = {score} WHERE {these.sql}", these.values
            ).rowcount
            levels |= {score: count, 1: levels[1] - count}
        return dict(sorted(levels.items(), reverse=True))

    def _count(self, clause: Clause, found: Found) -> int:
        """How many hits meet a clause too."""
        condition = conditions.of_clause(clause, found)
        tables = "temp.hits h JOIN documents d USING (row)"
        return int(self._database.rows(f"SELECT count(*) FROM {tables} WHERE {condition.sql}", condition.values)[0][0])

    def _everything(self, query: Query) -> Results:
        """The answer where no document is left out: what the indexes know is enough."""
        total = self._database.rows("SELECT count(*) FROM documents")[0][0]
        same = "SELECT count(*) FROM (SELECT DISTINCT same FROM documents)"
        shown = self._database.rows(
            f"SELECT d.row, 1, d.same FROM documents d {_PAGE} ORDER BY {_ORDERS[query.sort]} LIMIT ? OFFSET ?",
            (-1 if query.limit is None else query.limit, query.offset),
        )
        return Results(
            total=total,
            distinct=self._database.rows(same)[0][0] if query.once else None,
            hits=self._hits(shown, {}),
            facets=_facets(query.facets, self._all_tagged(query.facets)),
        )

    def _all_tagged(self, names: Sequence[str]) -> dict[str, int]:
        """How many documents have which tag of these names."""
        counts = (
            "SELECT t.tag, count(*) FROM tags t CROSS JOIN tagged s ON s.tag = t.number"
            " CROSS JOIN documents d USING (tagset) WHERE t.tag BETWEEN ? AND ? GROUP BY 1"
        )
        return {tag: count for name in names for tag, count in self._database.rows(counts, (f"{name}:", f"{name};"))}

    def _hits(self, shown: Sequence[tuple[int, float, int]], others: Mapping[int, Sequence[Same]]) -> tuple[Hit, ...]:
        documents = self._stored.documents([row for row, _, _ in shown])
        return tuple(
            Hit(document=documents[row], score=float(score), others=tuple(others.get(same, ())))
            for row, score, same in shown
        )

    def _tally(self, query: Query, total: int) -> tuple[int | None, Mapping[str, int]]:
        """How many hits say something of their own, and how many have which tag."""
        if not query.once and not query.facets:
            return None, {}
        tables = "documents CROSS JOIN hits" if total * _MOST > self._newest() else "hits CROSS JOIN documents"
        found = self._database.execute(f"SELECT same, tagset FROM {tables} USING (row)")
        said, tagsets = set[int](), Counter[int]()
        while batch := found.fetchmany(_BATCH):
            if query.once:
                said.update([same for same, _ in batch])
            if query.facets:
                tagsets.update([tagset for _, tagset in batch])
        return len(said) if query.once else None, self._stored.tags_in(tagsets)

    def _newest(self) -> int:
        """The row of the newest document: there are no more than so many."""
        return int(self._database.rows("SELECT max(row) FROM documents")[0][0] or 0)

    def _page(self, query: Query, levels: Mapping[int, int], limit: int | None) -> list[tuple[int, float, int]]:
        """The page of hits, in order: their rows, scores and samenesses."""
        end = None if limit is None else query.offset + limit
        return self._first(query, levels, end)[query.offset :]

    def _first(self, query: Query, levels: Mapping[int, int], end: int | None) -> list[tuple[int, float, int]]:
        """So many hits, in order. Where there are many of a score, days are gone through until there are enough."""
        if query.sort != "relevance":
            levels = {0: sum(levels.values())}
        found: list[tuple[int, float, int]] = []
        for score, count in levels.items():
            wanted = count if end is None else min(count, end - len(found))
            by_days = query.sort != "oldest" and count * count > wanted * self._newest()
            tables = "documents d CROSS JOIN hits h" if by_days else "hits h CROSS JOIN documents d"
            found += self._database.rows(
                f"SELECT d.row, score, same FROM {tables} USING (row) {_PAGE} WHERE ? IN (0, score)"
                f" ORDER BY {_ORDERS[query.sort]} LIMIT ?",
                (score, wanted),
            )
        return found

    def _first_of_each(
        self, query: Query, levels: Mapping[int, int], limit: int | None
    ) -> list[tuple[int, float, int]]:
        """The page of hits when those that say the same are one: so much is read as it takes to find enough of them."""
        total = sum(levels.values())
        end = total if limit is None else query.offset + limit
        reach = min(total, 4 * end + 200)
        while True:
            first: dict[int, tuple[int, float, int]] = {}
            for hit in self._first(query, levels, reach):
                first.setdefault(hit[2], hit)
            if len(first) >= end or reach >= total:
                return list(first.values())[query.offset : end]
            reach = min(total, 8 * reach)

    def _others(self, query: Query, shown: Sequence[tuple[int, float, int]]) -> dict[int, list[Same]]:
        """The hits that say what these say, by what they say, without these themselves."""
        found: dict[int, list[Same]] = {}
        by_score = "h.score DESC, " if query.sort == "relevance" else ""
        alike = conditions.one_of("d.same", [same for _, _, same in shown])
        among = conditions.one_of("d.row", [row for row, _, _ in shown])
        for same, key, page, day in self._database.rows(
            f"SELECT d.same, d.key, p.id, d.day FROM documents d CROSS JOIN hits h USING (row) {_PAGE}"
            f" WHERE {alike.sql} AND NOT {among.sql} ORDER BY {by_score}{_ORDERS[query.sort]}",
            alike.values + among.values,
        ):
            found.setdefault(same, []).append(Same(key=short.written_key(key), page=page, day=short.written_day(day)))
        return found


def _facets(names: Sequence[str], counted: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Hits by the value of their tags of these names, most frequent first."""
    beginnings = tuple(f"{name}:" for name in names)
    asked = sorted((-count, tag) for tag, count in counted.items() if tag.startswith(beginnings))
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    for count, tag in asked:
        name, _, value = tag.partition(":")
        found[name][value] = -count
    return found


def _has(folded: str, term: str, prefix: int) -> bool:
    return text.has(folded, term, prefix=bool(prefix))
