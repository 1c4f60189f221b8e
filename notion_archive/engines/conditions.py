"""A query as a condition in SQL. What only words can tell comes in as sets of rows; everything else SQLite answers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

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


class Rows(NamedTuple):
    """The documents a term or a tag was found in, by row: those that have it in the title, and those that have it at all."""

    title: Set[int] = frozenset()
    either: Set[int] = frozenset()


Found = Mapping[Term | Tag, Rows]


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
        conditions.append(_numbered("kind", "SELECT number FROM kinds WHERE kind", query.kinds))
    if query.keys:
        conditions.append(one_of("d.key", [short.key(key) for key in query.keys]))
    if query.pages:
        conditions.append(_of_pages(query.pages))
    conditions += [span(query.since, query.until)] if query.since or query.until else []
    return both(conditions)


def of_clause(clause: Clause, found: Found) -> Condition:
    """What a clause asks for, in SQL; all of its terms are in `found`."""
    return in_sql(_of_clause(clause, found, missing=True))


def in_sql(asked: Some | Condition) -> Condition:
    """What is known by rows as SQL; what is SQL already as it is."""
    return asked.condition() if isinstance(asked, Some) else asked


def scores(terms: Sequence[Term], found: Found, among: Set[int] | None) -> dict[int, list[int]]:
    """The documents with some of these terms in their title, by score: one more than the number of these terms."""
    titles = (found[term].title if among is None else found[term].title & among for term in terms)
    rows: dict[int, list[int]] = defaultdict(list)
    for row, count in Counter(chain.from_iterable(titles)).items():
        rows[count + 1].append(row)
    return rows


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
        case Tag(tag):
            return Some(found[clause].either) if clause in found else _tagged([tag])
        case Days(first, last):
            return span(first, last)
        case Pages(pages):
            return _of_pages(pages)
        case Not(part):
            return _not(_of_clause(part, found, missing=not missing))
        case All(parts):
            return both([_of_clause(part, found, missing=missing) for part in parts])
        case Any(parts):
            tags = [part.tag for part in parts if isinstance(part, Tag) and part not in found]
            others = [part for part in parts if not isinstance(part, Tag) or part in found]
            either = [_of_clause(part, found, missing=missing) for part in others]
            return _either([*either, _tagged(tags)] if tags else either)


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
        known = Some(frozenset(first).intersection(*others).difference(*without))
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


def _tagged(tags: Sequence[str]) -> Condition:
    """The document has one of these tags."""
    return Condition(
        "d.tagset IN (SELECT s.tagset FROM json_each(?) CROSS JOIN tags t ON t.tag = value"
        " CROSS JOIN tagged s ON s.tag = t.number)",
        (listed(tags),),
    )


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
