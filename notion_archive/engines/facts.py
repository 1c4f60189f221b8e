"""Documents, their tags and days and their folded text, in one SQLite file: everything but the index of words.

A document's `row` is its number for good: numbers are never given twice, and within a page they rise as stored.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from notion_archive import text
from notion_archive.database import Database, Layout
from notion_archive.engines import clauses, conditions
from notion_archive.engines.conditions import EVERYTHING, Condition, Found, Rows, Some
from notion_archive.model import Clause, Document, Hit, Query, Results, Same, Sort, Tag, Term

CURE = "Run: notion-archive rebuild"
LAYOUT = Layout(
    application=0x6E_61_64_6F,  # "nado"
    format=3,
    tables=(
        "CREATE TABLE documents (row INTEGER PRIMARY KEY AUTOINCREMENT, page TEXT NOT NULL, key TEXT NOT NULL,"
        " kind TEXT NOT NULL, day TEXT, same INTEGER NOT NULL, tags BLOB NOT NULL)",
        "CREATE INDEX documents_by_page ON documents (page)",
        "CREATE INDEX documents_by_same ON documents (same)",
        "CREATE INDEX documents_by_key ON documents (key)",
        "CREATE INDEX documents_by_day ON documents (day DESC, page)",
        "CREATE TABLE contents (row INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, body BLOB NOT NULL)",
        "CREATE TABLE folded (row INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE tags (number INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE)",
        "CREATE TABLE tagged (number INTEGER NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (number, row)) WITHOUT ROWID",
        "CREATE TABLE words (generation INTEGER NOT NULL)",
        "INSERT INTO words VALUES (0)",
    ),
    cure=CURE,
)
_ORDERS: dict[Sort, str] = {
    "newest": "d.day DESC, d.page, d.row",
    "oldest": "d.day IS NULL, d.day, d.page, d.row",
    "relevance": "d.day DESC, d.page, d.row",  # among those of a score
}

_MOST = 3  # with a larger part of the documents, reading them from end to end is faster than looking each one up
_FEW = 20_000  # documents; more of them are not looked up one by one
_CACHE = 16_384  # KiB that are kept in memory of a file that is asked,
_WRITING = 65_536  # and of one that is written: keys come in no order
_BATCH = 1000  # documents that are written together


class Folded(NamedTuple):
    """A document as the index of words sees it: its number and its folded title and text."""

    row: int
    title: str
    text: str


class Facts:
    """The SQLite half of an index. Raises IndexFolderError for a file that is not ours or is damaged."""

    def __init__(self, path: Path) -> None:
        self._database = database = Database(path, LAYOUT)
        self._tags: dict[int, str] = {}
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
        of_page = "SELECT row, tags FROM documents WHERE page = ?"
        gone = [found for page in pages for found in self._database.rows(of_page, (page,))]
        tagged = ((number, row) for row, tags in gone for number in _numbers(tags))
        self._database.execute_many("DELETE FROM tagged WHERE number = ? AND row = ?", tagged)
        for table in ("documents", "contents", "folded"):
            self._database.execute_many(f"DELETE FROM {table} WHERE row = ?", ((row,) for row, _ in gone))
        return [row for row, _ in gone]

    def add(self, documents: Mapping[str, Sequence[Document]]) -> Iterator[Folded]:
        """Keep these documents, in the order of their pages; what the index of words has to know of each."""
        self._database.execute(f"PRAGMA cache_size = -{_WRITING}")
        last = self._database.rows("SELECT max(seq) FROM sqlite_sequence")[0][0] or 0
        coming = enumerate((document for page in sorted(documents) for document in documents[page]), start=last + 1)
        numbers: dict[str, int] = {}
        while batch := list(islice(coming, _BATCH)):
            folded = [Folded(row, text.fold(document.title), text.fold(document.text)) for row, document in batch]
            for tag in dict.fromkeys(tag for _, document in batch for tag in document.tags):
                numbers[tag] = numbers.get(tag) or self._number(tag)
            tagged = [array("I", map(numbers.__getitem__, dict.fromkeys(document.tags))) for _, document in batch]
            insert = self._database.execute_many
            insert(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (row, d.page, d.key, d.kind, d.day, _same(d, f), tags.tobytes())
                    for (row, d), f, tags in zip(batch, folded, tagged, strict=True)
                ),
            )
            insert("INSERT INTO contents VALUES (?, ?, ?, ?)", ((row, d.title, d.text, d.body) for row, d in batch))
            insert("INSERT INTO folded VALUES (?, ?, ?)", folded)
            pairs = ((number, row) for (row, _), tags in zip(batch, tagged, strict=True) for number in tags)
            insert("INSERT INTO tagged VALUES (?, ?)", pairs)
            yield from folded

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
        rows = "SELECT row FROM tags JOIN tagged USING (number) WHERE tag = ? LIMIT ?"
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
            facets=self._facets(query.facets, counted),
            counts=tuple(self._count(clause, found) for clause in query.counts),
        )

    def bodies(self, query: Query, found: Found) -> list[bytes]:
        """The bodies of all a query finds."""
        condition = conditions.in_sql(conditions.whole(query, found))
        rows = self._database.execute(
            f"SELECT body FROM documents d CROSS JOIN contents USING (row) WHERE {condition.sql}", condition.values
        )
        return [body for (body,) in rows]

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
            f"SELECT row, 1, same FROM documents d ORDER BY {_ORDERS[query.sort]} LIMIT ? OFFSET ?",
            (-1 if query.limit is None else query.limit, query.offset),
        )
        return Results(
            total=total,
            distinct=self._database.rows(same)[0][0] if query.once else None,
            hits=self._hits(shown, {}),
            facets=self._facets(query.facets, self._all_tagged(query.facets)),
        )

    def _all_tagged(self, names: Sequence[str]) -> dict[int, int]:
        """How many documents have which tag of these names, by its number."""
        counts = (
            "SELECT number, count(*) FROM tags CROSS JOIN tagged USING (number) WHERE tag BETWEEN ? AND ? GROUP BY 1"
        )
        return {
            number: count for name in names for number, count in self._database.rows(counts, (f"{name}:", f"{name};"))
        }

    def _hits(self, shown: Sequence[tuple[int, float, int]], others: Mapping[int, Sequence[Same]]) -> tuple[Hit, ...]:
        documents = self._documents([row for row, _, _ in shown])
        return tuple(
            Hit(document=documents[row], score=float(score), others=tuple(others.get(same, ())))
            for row, score, same in shown
        )

    def _tally(self, query: Query, total: int) -> tuple[int | None, Mapping[int, int]]:
        """How many hits say something of their own, and how many have which tag, by its number."""
        if not query.once and not query.facets:
            return None, {}
        tables = "documents CROSS JOIN hits" if total * _MOST > self._newest() else "hits CROSS JOIN documents"
        found = self._database.execute(f"SELECT same, tags FROM {tables} USING (row)")
        said, numbers = set[int](), array("I")
        while batch := found.fetchmany(_BATCH):
            said.update([same for same, _ in batch])
            numbers.frombytes(b"".join([tags for _, tags in batch]))
        return len(said) if query.once else None, Counter(numbers) if query.facets else {}

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
                f"SELECT row, score, same FROM {tables} USING (row) WHERE ? IN (0, score)"
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
        among = conditions.one_of("row", [row for row, _, _ in shown])
        for same, key, page, day in self._database.rows(
            "SELECT d.same, d.key, d.page, d.day FROM documents d CROSS JOIN hits h USING (row)"
            f" WHERE {alike.sql} AND NOT {among.sql} ORDER BY {by_score}{_ORDERS[query.sort]}",
            alike.values + among.values,
        ):
            found.setdefault(same, []).append(Same(key=key, page=page, day=day))
        return found

    def _documents(self, rows: Sequence[int]) -> dict[int, Document]:
        """The documents with these numbers."""
        among = conditions.one_of("row", rows)
        found = self._database.rows(
            "SELECT row, key, page, kind, day, title, text, tags, body FROM documents JOIN contents USING (row)"
            f" WHERE {among.sql}",
            among.values,
        )
        self._learn({number for one in found for number in _numbers(one[7])})
        return {
            row: Document(
                key=key, page=page, kind=kind, day=day, title=title, text=words, body=body,
                tags=tuple(self._tags[number] for number in _numbers(tags)),
            )
            for row, key, page, kind, day, title, words, tags, body in found
        }  # fmt: skip

    def _learn(self, numbers: Set[int]) -> None:
        """Look up the tags with these numbers that are not known yet."""
        unknown = numbers - self._tags.keys()
        if unknown:
            among = conditions.one_of("number", unknown)
            self._tags |= dict(self._database.rows(f"SELECT number, tag FROM tags WHERE {among.sql}", among.values))

    def _facets(self, names: Sequence[str], counted: Mapping[int, int]) -> dict[str, dict[str, int]]:
        """Hits by the value of their tags of these names, most frequent first."""
        self._learn(counted.keys())
        found: dict[str, dict[str, int]] = {name: {} for name in names}
        tags = ((-count, self._tags[number]) for number, count in counted.items())
        for count, tag in sorted(tags):
            name, colon, value = tag.partition(":")
            if colon and name in found:
                found[name][value] = -count
        return found

    def _number(self, tag: str) -> int:
        self._database.execute("INSERT OR IGNORE INTO tags (tag) VALUES (?)", (tag,))
        return int(self._database.rows("SELECT number FROM tags WHERE tag = ?", (tag,))[0][0])


def _numbers(tags: bytes) -> "array[int]":
    """The numbers of a document's tags, as `documents` keeps them."""
    numbers = array("I")
    numbers.frombytes(tags)
    return numbers


def _same(document: Document, folded: Folded) -> int:
    """A number that documents have in common that say the same; a page as a whole has its own."""
    from hashlib import blake2b

    own = document.key if document.key == document.page else ""
    said = "\0".join((own, document.kind, folded.title, folded.text))
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "big", signed=True)


def _has(folded: str, term: str, prefix: int) -> bool:
    return text.has(folded, term, prefix=bool(prefix))
