"""A question as the archive understands it: what was typed becomes clauses, each with a sentence on how it was read."""

from collections.abc import Iterator

from msgspec import Struct

from notion_archive import patterns, text
from notion_archive.archive import Archive
from notion_archive.model import All, Any, Clause, Days, Not, Term
from notion_archive.queries import fields, grammar, meanings, spans, weeks
from notion_archive.queries.filters import Filters, kind_called
from notion_archive.queries.grammar import Both, Either, Fact, Without, Word
from notion_archive.queries.meanings import Meaning
from notion_archive.queries.spans import Calendar

_ONE_OF_A_KIND = ("kind", "project", "objective", "severity", "status", "report", "metric", "year", "month", "week")
_CONTROL = patterns.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Part(Struct, frozen=True, kw_only=True):
    """One thing that was asked for: as it was typed, as it was read, and what finds it."""

    typed: str
    read: str
    clause: Clause
    without: bool = False
    terms: tuple[Term, ...] = ()


class Asked(Struct, frozen=True, kw_only=True):
    """A question as it was read. `parts` are what was typed, piece by piece, then the options; `remarks` what the user
    should be told of how it was read."""

    where: Clause
    parts: tuple[Part, ...]
    meanings: tuple[Meaning, ...]
    remarks: tuple[str, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The words that were looked for, for highlights."""
        return tuple(dict.fromkeys(term for part in self.parts if not part.without for term in part.terms))


def read(archive: Archive, typed: str, filters: Filters, *, literal: bool = False) -> Asked:
    """Read a question with its options. A bare word that names an institution, a project or days also finds records
    that mean it, unless `literal`. Raises QueryError."""
    reader = _Reader(archive, weeks.calendar(archive, filters.today), literal=literal)
    clauses = [reader.clause(part) for part in (grammar.parse(printable(typed)), *_options(filters))]
    return Asked(
        where=clauses[0] if len(clauses) == 1 else All(tuple(clauses)),
        parts=tuple(reader.parts),
        meanings=tuple(reader.meanings),
        remarks=tuple(dict.fromkeys(reader.remarks)),
    )


def printable(typed: str) -> str:
    """What was typed without control characters, and without bytes that are no characters."""
    return _CONTROL.sub(" ", typed.encode("utf-8", "replace").decode())


class _Reader:
    """Collects what is to be told of a question while it is read."""

    def __init__(self, archive: Archive, days: Calendar, *, literal: bool) -> None:
        self._archive = archive
        self._days = days
        self._literal = literal
        self.parts: list[Part] = []
        self.meanings: list[Meaning] = []
        self.remarks: list[str] = []

    def clause(self, part: grammar.Part, *, without: bool = False) -> Clause:
        """The clause for a part; under a `Without` a word means its characters only."""
        match part:
            case Word():
                return self._word(part, without=without)
            case Fact():
                return self._fact(part, without=without)
            case Without(inner):
                return Not(self.clause(inner, without=not without))
            case Either(parts):
                return Any(tuple(self.clause(one, without=without) for one in parts))
            case Both(parts):
                return All(tuple(self.clause(one, without=without) for one in _gathered(parts)))

    def _word(self, word: Word, *, without: bool) -> Clause:
        pieces = [word.text] if word.quoted else word.text.split()
        terms = tuple(Term(text.fold(piece), prefix=word.prefix) for piece in pieces)
        clause: Clause = terms[0] if len(terms) == 1 else All(terms)
        read = f"words that begin with {word.text}" if word.prefix else "the text"
        if not (word.quoted or word.prefix or without or self._literal):
            found = meanings.of_word(self._archive, word.text, terms, self._days)
            self.meanings.extend(found)
            self.remarks.extend(f"{one.word}: {one.name}." for one in found if isinstance(one.clause, Days))
            self._offer_days(word.text)
            self._offer_kind(word.text)
            read += "".join(f", or {one.name}" for one in found)
            clause = Any((clause, *(one.clause for one in found))) if found else clause
        self.parts.append(Part(typed=word.typed, read=read, clause=clause, without=without, terms=terms))
        return clause

    def _offer_days(self, word: str) -> None:
        """Say how to ask for the days that a word like `4月底` may mean."""
        span = spans.resolve(word, self._days) if spans.is_month(word) else None
        if span:
            self.remarks.append(f"{word} was looked for in the text; for {span} write time:{word}.")

    def _offer_kind(self, word: str) -> None:
        """Say how to ask for all of a kind: 故障 stands in few of the incidents."""
        if kind := kind_called(word):
            self.remarks.append(f"{word} was looked for in the text; for all of that kind write kind:{kind}.")

    def _fact(self, fact: Fact, *, without: bool) -> Clause:
        found = fields.understand(self._archive, fact, self._days)
        if found.remark:
            self.remarks.append(found.remark)
        self.parts.append(Part(typed=fact.typed, read=found.words, clause=found.clause, without=without))
        return found.clause


def _gathered(parts: tuple[grammar.Part, ...]) -> Iterator[grammar.Part]:
    """The parts, with facts of which a record has only one gathered: `kind:incident kind:update` is either."""
    gathered: dict[str, list[Fact]] = {}
    for part in parts:
        if isinstance(part, Fact) and part.field in _ONE_OF_A_KIND:
            gathered.setdefault(part.field, []).append(part)
    for part in parts:
        if not isinstance(part, Fact) or part.field not in gathered:
            yield part
        elif part is gathered[part.field][0]:
            same = tuple(gathered[part.field])
            yield same[0] if len(same) == 1 else Either(same)


def _options(filters: Filters) -> Iterator[Fact]:
    """What was given as options, as if it had been typed."""
    given = {
        "institution": filters.institutions, "project": filters.projects, "severity": filters.severities,
        "kind": filters.kinds, "since": filters.since and [filters.since], "until": filters.until and [filters.until],
    }  # fmt: skip
    for field, values in given.items():
        if values:
            typed = " ".join(f"--{field} {value}" for value in values)
            yield Fact(typed=typed, field=field, values=tuple(values))
