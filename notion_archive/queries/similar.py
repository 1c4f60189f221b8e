"""Records like a record: at the same institutions, with the same rare words. Has this happened before?"""

import math
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from notion_archive import documents, text
from notion_archive.archive import Archive
from notion_archive.errors import NotFound
from notion_archive.model import EVERYTHING, All, Clause, Document, Hit, Query, Tag, Term
from notion_archive.queries import hits
from notion_archive.queries.filters import Filters, Narrowed, narrow
from notion_archive.queries.hits import Found
from notion_archive.queries.places import record_at
from notion_archive.queries.reading import Asked, Part

_RARE = 0.05  # a word is rare that stands in no more than this share of the texts,
_AT_LEAST = 30  # or in so many
_LOOKED_FOR = 24  # so many of the rarest words are looked for
_COMPARED = 80  # so many of the newest records with each of them are compared
_INSTITUTION = 3.0  # what an institution in common weighs: as much as a word in one text of twenty


class Like(Struct, frozen=True, kw_only=True):
    """A record that is like the one asked for, and what both have: institutions, and words as folded."""

    hit: Found
    institutions: tuple[str, ...]
    words: tuple[str, ...]
    score: float


class Answer(Struct, frozen=True, kw_only=True):
    """The record that was asked for, how many are like it, and those of this page, the most alike first."""

    record: Found
    total: int
    similar: tuple[Like, ...]


def similar(archive: Archive, asked: str, filters: Filters = Filters()) -> Answer:
    """Records like the one with this id, or at this `path:line`. Raises NotFound."""
    document = _document(archive, asked)
    rare = _rare(archive, document)
    found = [
        _compared(document, other, rare) for other in _candidates(archive, document, rare, narrow(archive, filters))
    ]
    alike = [one for one in found if one.weight]
    alike.sort(key=lambda one: (one.weight, one.document.day or ""), reverse=True)
    end = None if filters.limit is None else filters.offset + filters.limit
    return Answer(
        record=_shown(archive, document, (), 0),
        total=len(alike),
        similar=tuple(_like(archive, one) for one in alike[filters.offset : end]),
    )


class _Compared(Struct, frozen=True, kw_only=True):
    document: Document
    institutions: tuple[str, ...]
    words: tuple[str, ...]
    weight: float


def _document(archive: Archive, asked: str) -> Document:
    if found := [one for one in archive.documents(Query(keys=(asked,))) if documents.is_record(one)]:
        return found[0]
    if found_there := record_at(archive, asked):
        return found_there
    raise NotFound(f"No record is at {asked}. Give the id of a record or its path:line, as search prints them.")


def _rare(archive: Archive, document: Document) -> dict[str, float]:
    """The rare terms of a record that other texts have too, and how much each weighs; the rarest first."""
    total = archive.engine.search(Query(limit=0)).total
    most = max(_AT_LEAST, total * _RARE)
    weights = {}
    own = [text.cut(text.fold(words)) for words in (document.title, document.text)]
    for term in set.union(*own):
        if len(term) < 2 or term.isdigit() or archive.words.lexicon.meanings(term):
            continue  # 处置 and 原因 stand before every answer
        stands = archive.engine.words(term).get(term, 0)
        if sum(term in terms for terms in own) < stands <= most:
            weights[term] = math.log(1 + total / stands)
    return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0])))


def _candidates(
    archive: Archive, document: Document, rare: Mapping[str, float], narrowed: Narrowed
) -> Iterator[Document]:
    """Records with one of the rare words or of the institutions, each once; none that says just the same."""
    said = text.fold(document.text)
    seen = {document.key}
    wanted: list[Clause] = [Term(term) for term in list(rare)[:_LOOKED_FOR]]
    wanted += [All((Tag(tag), Tag(f"kind:{document.kind}"))) for tag in _institutions(document)]
    for clause in wanted:
        where = All((clause, *narrowed.clauses))
        query = Query(
            where=where, kinds=narrowed.kinds, since=narrowed.since, until=narrowed.until, limit=_COMPARED, once=True
        )
        for other in archive.documents(query):
            if other.key not in seen and documents.is_record(other) and text.fold(other.text) != said:
                seen.add(other.key)
                yield other


def _institutions(document: Document) -> list[str]:
    return [tag for tag in document.tags if tag.startswith("institution:")]


def _compared(document: Document, other: Document, rare: Mapping[str, float]) -> _Compared:
    words = _in_common(_folded(document), _folded(other), rare)
    institutions = tuple(tag.partition(":")[2] for tag in _institutions(document) if tag in other.tags)
    weight = sum(words.values()) + _INSTITUTION * len(institutions)
    return _Compared(document=other, institutions=institutions, words=tuple(words), weight=round(weight, 2))


def _folded(document: Document) -> str:
    return text.fold(f"{document.title}\n{document.text}")


def _in_common(one: str, other: str, rare: Mapping[str, float]) -> dict[str, float]:
    """The longest pieces of one text that the other has too and that hold something rare, with what that weighs."""
    found: dict[str, float] = {}
    at = 0
    while at < len(one):
        end = at
        while end < len(one) and _goes_on(one, at, end) and one[at : end + 1] in other:
            end += 1
        piece = one[at:end]
        weight = sum(rare.get(term, 0.0) for term in text.cut(piece))
        known = any(piece in longer for longer in found)
        if weight and not known and text.has(other, piece) and text.has(one, piece):
            found[piece] = weight
        at = max(end, at + 1)
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _goes_on(words: str, at: int, end: int) -> bool:
    """Whether a piece that begins at `at` may take in the next character: of its own script, and no sign."""
    following = words[end]
    return following.isalnum() and text.is_word_character(following) == text.is_word_character(words[at])


def _like(archive: Archive, one: _Compared) -> Like:
    return Like(
        hit=_shown(archive, one.document, one.words, one.weight),
        institutions=one.institutions,
        words=one.words,
        score=one.weight,
    )


def _shown(archive: Archive, document: Document, words: Sequence[str], weight: float) -> Found:
    terms = tuple(map(Term, words))
    asked = Asked(
        where=EVERYTHING, meanings=(), remarks=(), parts=(Part(typed="", read="", clause=EVERYTHING, terms=terms),)
    )
    return next(hits.found(archive, [Hit(document=document, score=weight)], asked))
