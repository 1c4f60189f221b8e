"""A query as a condition in SQL. What only words can tell comes in as sets of rows; everything else SQLite answers."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

from msgspec.json import encode

from notion_archive import text
from notion_archive.model import All, Any, Clause, Days, Not, Pages, Query, Tag, Term

_CHAIN = 500


class Condition(NamedTuple):
    """A piece of SQL about a row `d` of `documents`, and the values of its question marks."""

    sql: str
    values: tuple[str | int | None, ...] = ()


class Rows(NamedTuple):
    """The documents a term was found in, by row."""

    title: Set[int] = frozenset()
    text: Set[int] = frozenset()

    @property
    def either(self) -> Set[int]:
        """Those it stands in at all."""
        return self.title | self.text


def whole(query: Query, found: Mapping[Term, Rows]) -> Condition:
    """What a document must meet to be a hit. With terms that are not in `found`: to be possibly one."""
    conditions = [_clause(query.where, found, missing=True)]
    for column, values in (("kind", query.kinds), ("key", query.keys), ("page", query.pages)):
        if values:
            conditions.append(one_of(f"d.{column}", values))
    conditions += [span(query.since, query.until)] if query.since or query.until else []
    return _joined(conditions, "AND", empty="1")


def score(terms: Sequence[Term], found: Mapping[Term, Rows]) -> Condition:
    """One more than the number of these terms that stand in the title, as an SQL expression."""
    counts = Counter(row for term in terms for row in found[term].title)
    rows: dict[int, list[int]] = {}
    for row, count in counts.items():
        rows.setdefault(count, []).append(row)
    cases = [(count, one_of("d.row", having)) for count, having in rows.items()]
    if not cases:
        return Condition("1")
    sql = " ".join(f"WHEN {condition.sql} THEN {count + 1}" for count, condition in cases)
    return Condition(f"CASE {sql} ELSE 1 END", tuple(value for _, condition in cases for value in condition.values))


def one_of(column: str, values: Collection[str] | Collection[int]) -> Condition:
    """The column has one of these values."""
    return Condition(f"({column} IN (SELECT value FROM json_each(?)))", (encode([*values]).decode(),))


def span(first: str | None, last: str | None) -> Condition:
    """The day is known and in this span."""
    return Condition("coalesce(d.day BETWEEN ? AND ?, 0)", (first or "", last or "~"))


def has(column: str, term: Term) -> Condition:
    """The column of folded text has a folded term: what `text.find` says, with plain searching done by SQLite."""
    if not (text.is_word_character(term.text[0]) or text.is_word_character(term.text[-1])):
        return Condition(f"(instr({column}, ?) > 0)", (term.text,))
    return Condition(
        f"(CASE WHEN instr({column}, ?) THEN has({column}, ?, ?) ELSE 0 END)", (term.text, term.text, term.prefix)
    )


def _clause(clause: Clause, found: Mapping[Term, Rows], *, missing: bool) -> Condition:
    """`missing`: what is assumed of a term that was not looked for."""
    match clause:
        case Term():
            return one_of("d.row", found[clause].either) if clause in found else Condition(str(int(missing)))
        case Tag(tag):
            return _tagged([tag])
        case Days(first, last):
            return span(first, last)
        case Pages(pages):
            return one_of("d.page", pages)
        case Not(part):
            condition = _clause(part, found, missing=not missing)
            return Condition(f"NOT {condition.sql}", condition.values)
        case All(parts):
            terms, others = _split(parts, found)
            conditions = [one_of("d.row", reduce(and_, terms))] if terms else []
            conditions += [_clause(part, found, missing=missing) for part in others]
            return _joined(conditions, "AND", empty="1")
        case Any(parts):
            terms, others = _split(parts, found)
            tags = [part.tag for part in others if isinstance(part, Tag)]
            conditions = [one_of("d.row", reduce(or_, terms))] if terms else []
            conditions += [_tagged(tags)] if tags else []
            conditions += [_clause(part, found, missing=missing) for part in others if not isinstance(part, Tag)]
            return _joined(conditions, "OR", empty="0")


def _tagged(tags: Sequence[str]) -> Condition:
    """The document has one of these tags."""
    return Condition(
        "d.row IN (SELECT row FROM json_each(?) JOIN tags ON tag = value JOIN tagged USING (number))",
        (encode(tags).decode(),),
    )


def _split(parts: Iterable[Clause], found: Mapping[Term, Rows]) -> tuple[list[Set[int]], list[Clause]]:
    """The rows of the terms among the parts, which need not go to SQLite one by one, and the other parts."""
    terms = [found[part].either for part in parts if isinstance(part, Term) and part in found]
    return terms, [part for part in parts if not (isinstance(part, Term) and part in found)]


def _joined(conditions: Sequence[Condition], operator: str, *, empty: str) -> Condition:
    """Joined by groups: SQLite takes no more than a thousand of them in one chain."""
    if len(conditions) <= 1:
        return conditions[0] if conditions else Condition(empty)
    if len(conditions) > _CHAIN:
        groups = [conditions[start : start + _CHAIN] for start in range(0, len(conditions), _CHAIN)]
        conditions = [_joined(group, operator, empty=empty) for group in groups]
    sql = f" {operator} ".join(condition.sql for condition in conditions)
    return Condition(f"({sql})", tuple(value for condition in conditions for value in condition.values))
