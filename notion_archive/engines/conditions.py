"""A query as a condition in SQL. What only words can tell comes in as sets of rows; everything else SQLite answers."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import reduce
from itertools import chain
from operator import and_, sub
from typing import NamedTuple

from msgspec import Struct
from msgspec.json import encode

from notion_archive import text
from notion_archive.engines import short
from notion_archive.model import All, Any, Clause, Days, Not, Pages, Query, Tag, Term

Values = Collection[str] | Collection[int] | Collection[int | str]
_CHAIN = 500


class Condition(NamedTuple):
    """A piece of SQL about a row `d` of `documents`, and the values of its question marks."""

    sql: str
    values: tuple[str | int | None, ...] = ()


class Kinds(Struct, frozen=True):
    """Documents of one of these kinds."""

    kinds: tuple[str, ...]


class Rows(NamedTuple):
    """The documents a part of a question was found in, by row: those that have it in the title, and those that have it at all."""

    title: Set[int] = frozenset()
    either: Set[int] = frozenset()


Found = Mapping[Clause | Kinds, Rows]


class Some(NamedTuple):
    """Documents that are known by row, or all but these. What is made of what was found is always one of the two."""

    rows: Set[int] = frozenset()
    but: bool = False

    def condition(self, column: str = "d.row") -> Condition:
        """The same in SQL."""
        if self == EVERYTHING:
            return Condition("1")
        among = one_of(column, self.rows)
        return Condition(f"NOT {among.sql}", among.values) if self.but else among


EVERYTHING = Some(but=True)


def whole(query: Query, found: Found) -> Some | Condition:
    """What a document must meet to be a hit. With terms that are not in `found`: to be possibly one."""
    conditions = [_of_clause(query.where, found, missing=True)]
    if query.kinds:
        conditions.append(_of_kinds(Kinds(query.kinds), found))
    if query.keys:
        conditions.append(one_of("d.key", [short.key(key) for key in query.keys]))
    if query.pages:
        conditions.append(_of_pages(query.pages))
    if query.since or query.until:
        conditions.append(_of_clause(Days(query.since, query.until), found, missing=True))
    return both(conditions)


def of_clause(clause: Clause, found: Found) -> Some | Condition:
    """What a clause asks for; all of its terms and tags are in `found`."""
    return _of_clause(clause, found, missing=True)


def in_sql(asked: Some | Condition) -> Condition:
    """What is known by rows as SQL; what is SQL already as it is."""
    return asked.condition() if isinstance(asked, Some) else asked


class Levels:
    """Hits by their score: one more than the number of the terms that are in their title."""

    def __init__(self, terms: Iterable[Term], found: Found, rows: Set[int]) -> None:
        self.rows = rows
        self._titles = [found[term].title for term in terms]

    def score(self, row: int) -> int:
        """The score of a hit."""
        return 1 + sum([row in title for title in self._titles])

    def __iter__(self) -> Iterator[tuple[int, Set[int]]]:
        """The scores there are and the hits that have them, the best first; the many others only when they are asked for."""
        titles = [title & self.rows for title in self._titles]
        counts = (
            Counter(chain.from_iterable(titles)) if len(titles) > 1 else dict.fromkeys(chain.from_iterable(titles), 1)
        )
        for count in sorted(set(counts.values()), reverse=True):
            yield count + 1, {row for row, times in counts.items() if times == count}
        yield 1, self.rows - counts.keys()


def one_of(column: str, values: Values) -> Condition:
    """The column has one of these values."""
    return Condition(f"({column} IN (SELECT value FROM json_each(?)))", (listed(values),))


def listed(values: Values) -> str:
    """Values as SQLite's `json_each` takes them; in their order they are found faster."""
    try:
        return encode(sorted(values)).decode()
    except TypeError:  # some are words and some are numbers
        return encode(sorted(values, key=lambda value: (isinstance(value, str), value))).decode()


def span(first: str | None, last: str | None) -> Condition:
    """The day is known and in this span."""
    return Condition(
        "coalesce(d.day BETWEEN ? AND ?, 0)", (short.day(first) if first else 0, short.day(last or "9999-12-31"))
    )


def has(column: str, term: Term) -> Condition:
    """The column of folded text has a folded term: what `text.find` says, with plain searching done by SQLite."""
    if not (text.is_word_character(term.text[0]) or text.is_word_character(term.text[-1])):
        return Condition(f"(instr({column}, ?) > 0)", (term.text,))
    return Condition(
        f"(CASE WHEN instr({column}, ?) THEN has({column}, ?, ?) ELSE 0 END)", (term.text, term.text, term.prefix)
    )


def _of_clause(clause: Clause, found: Found, *, missing: bool) -> Some | Condition:
    """`missing`: what is assumed of a term that was not looked for."""
    match clause:
        case Term():
            return Some(found[clause].either) if clause in found else Some(but=missing)
        case Tag():
            return Some(found[clause].either)
        case Days(first, last):
            return Some(found[clause].either) if clause in found else span(first, last)
        case Pages(pages):
            return _of_pages(pages)
        case Not(part):
            return _not(_of_clause(part, found, missing=not missing))
        case All(parts):
            return both([_of_clause(part, found, missing=missing) for part in parts])
        case Any(parts):
            return _either([_of_clause(part, found, missing=missing) for part in parts])


def _not(asked: Some | Condition) -> Some | Condition:
    if isinstance(asked, Some):
        return Some(asked.rows, not asked.but)
    return Condition(f"NOT {asked.sql}", asked.values)


def both(parts: Sequence[Some | Condition]) -> Some | Condition:
    """What meets every part; what is known by rows is put together here and not by SQLite."""
    only = [part.rows for part in parts if isinstance(part, Some) and not part.but]
    without = [part.rows for part in parts if isinstance(part, Some) and part.but]
    if only:
        first, *others = sorted(only, key=len)
        kept = reduce(and_, others, first)
        known = Some(reduce(sub, without, kept))
    else:
        known = Some(frozenset().union(*without), but=True)
    conditions = [part for part in parts if isinstance(part, Condition)]
    if not conditions or known == Some():
        return known
    return _joined(conditions if known == EVERYTHING else [known.condition(), *conditions], "AND")


def _either(parts: Sequence[Some | Condition]) -> Some | Condition:
    """What meets one of the parts: all but what meets none."""
    nobody = both([_not(part) for part in parts if isinstance(part, Some)])
    conditions = [part for part in parts if isinstance(part, Condition)]
    if not conditions or nobody == Some():
        return _not(nobody)
    return _joined(conditions if nobody == EVERYTHING else [in_sql(_not(nobody)), *conditions], "OR")


def _of_kinds(kinds: Kinds, found: Found) -> Some | Condition:
    if kinds in found:
        return Some(found[kinds].either)
    return _numbered("kind", "SELECT number FROM kinds WHERE kind", kinds.kinds)


def _of_pages(pages: Collection[str]) -> Condition:
    return _numbered("page", "SELECT number FROM pages WHERE id", pages)


def _numbered(column: str, numbers: str, values: Collection[str]) -> Condition:
    """The column has the number of one of these values."""
    return Condition(f"d.{column} IN ({numbers} IN (SELECT value FROM json_each(?)))", (listed(values),))


def _joined(conditions: Sequence[Condition], operator: str) -> Condition:
    """Joined by groups: SQLite takes no more than a thousand of them in one chain."""
    if len(conditions) == 1:
        return conditions[0]
    if len(conditions) > _CHAIN:
        groups = [conditions[start : start + _CHAIN] for start in range(0, len(conditions), _CHAIN)]
        conditions = [_joined(group, operator) for group in groups]
    sql = f" {operator} ".join(condition.sql for condition in conditions)
    return Condition(f"({sql})", tuple(value for condition in conditions for value in condition.values))
