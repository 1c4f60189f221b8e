"""What engines have to know about the clauses of a query before they can answer it."""

from collections.abc import Iterator

import msgspec

from notion_archive import text
from notion_archive.errors import QueryError
from notion_archive.model import All, Any, Clause, Days, Not, Pages, Query, Tag, Term

_DEEPEST = 16  # conditions inside each other; no engine has to take more


def folded(query: Query) -> Query:
    """The same query with every term folded, as engines compare them.

    Raises QueryError for conditions nested so deeply that some engine could not answer.
    """
    counts = tuple(_folded(clause, _DEEPEST) for clause in query.counts)
    return msgspec.structs.replace(query, where=_folded(query.where, _DEEPEST), counts=counts)


def terms(query: Query) -> tuple[Term, ...]:
    """Every distinct term of a query, in the order in which they stand in it."""
    return tuple(
        dict.fromkeys(term for clause in (query.where, *query.counts) for term, _ in _terms(clause, wanted=True))
    )


def tags(query: Query) -> tuple[Tag, ...]:
    """Every distinct tag of a query."""
    return tuple(dict.fromkeys(tag for clause in (query.where, *query.counts) for tag in _tags(clause)))


def days(query: Query) -> tuple[Days, ...]:
    """Every distinct span of days of a query."""
    asked = [days for clause in (query.where, *query.counts) for days in _days(clause)]
    if query.since or query.until:
        asked.append(Days(query.since, query.until))
    return tuple(dict.fromkeys(asked))


def wanted_terms(query: Query) -> tuple[Term, ...]:
    """The distinct terms that count for a hit's score: those that stand under no `Not`."""
    return tuple(dict.fromkeys(term for term, wanted in _terms(query.where, wanted=True) if wanted))


def needed(query: Query) -> tuple[frozenset[Term | Tag], ...]:
    """Sets of terms and tags; every hit has one of each set at least."""
    return tuple(dict.fromkeys(_needed(query.where)))


def _needed(clause: Clause) -> Iterator[frozenset[Term | Tag]]:
    if isinstance(clause, Term | Tag):
        yield frozenset({clause})
    if isinstance(clause, All):
        for part in clause.parts:
            yield from _needed(part)
    if isinstance(clause, Any):
        each = [next(_needed(part), frozenset()) for part in clause.parts]
        if all(each):
            yield frozenset().union(*each)


def _terms(clause: Clause, *, wanted: bool) -> Iterator[tuple[Term, bool]]:
    match clause:
        case Term():
            yield clause, wanted
        case Not(part):
            yield from _terms(part, wanted=False)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _terms(part, wanted=wanted)


def _tags(clause: Clause) -> Iterator[Tag]:
    match clause:
        case Tag():
            yield clause
        case Not(part):
            yield from _tags(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _tags(part)


def _days(clause: Clause) -> Iterator[Days]:
    match clause:
        case Days():
            yield clause
        case Not(part):
            yield from _days(part)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _days(part)


def _folded(clause: Clause, room: int) -> Clause:
    if not room:
        raise QueryError(f"More than {_DEEPEST} conditions stand inside each other. Ask with fewer parentheses.")
    match clause:
        case Term(words, prefix):
            return Term(text.fold(words), prefix)
        case Tag() | Days() | Pages():
            return clause
        case Not(part):
            return Not(_folded(part, room - 1))
        case All(parts):
            return All(tuple(_folded(part, room - 1) for part in parts))
        case Any(parts):
            return Any(tuple(_folded(part, room - 1) for part in parts))
