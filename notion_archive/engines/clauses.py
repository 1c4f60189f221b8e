"""What engines have to know about the clauses of a query before they can answer it."""

from collections.abc import Iterator

from notion_archive.model import All, Any, Clause, Not, Query, Term


def terms(query: Query) -> tuple[Term, ...]:
    """Every distinct term of a query, in the order in which they stand in it."""
    return tuple(dict.fromkeys(term for term, _ in _terms(query.where, wanted=True)))


def wanted_terms(query: Query) -> tuple[Term, ...]:
    """The distinct terms that count for a hit's score: those that stand under no `Not`."""
    return tuple(dict.fromkeys(term for term, wanted in _terms(query.where, wanted=True) if wanted))


def _terms(clause: Clause, *, wanted: bool) -> Iterator[tuple[Term, bool]]:
    match clause:
        case Term():
            yield clause, wanted
        case Not(part):
            yield from _terms(part, wanted=False)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _terms(part, wanted=wanted)
