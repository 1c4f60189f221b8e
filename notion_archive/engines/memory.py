"""The reference: documents in a dict, every query answered by looking at every document. Right rather than fast."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import uuid4

from msgspec import structs

from notion_archive import text
from notion_archive.engines import clauses
from notion_archive.model import (
    All,
    Any,
    Brief,
    Clause,
    Days,
    Document,
    Hit,
    Not,
    Pages,
    Query,
    Results,
    Same,
    Sort,
    Tag,
    Term,
)


class MemoryEngine:
    """An engine without files. What it answers is what every other engine has to answer."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[Document, ...]] = {}
        self._state = uuid4()

    def replace(self, documents: Mapping[str, Sequence[Document]]) -> None:
        """Put these in place of everything kept for each page."""
        self._state = uuid4()
        self._pages.update({page: tuple(kept) for page, kept in documents.items()})

    def remove(self, pages: Iterable[str]) -> None:
        """Drop everything kept for these pages; an unknown page is no error."""
        self._state = uuid4()
        for page in pages:
            self._pages.pop(page, None)

    def search(self, query: Query) -> Results:
        """Answer a query. Raises QueryError for conditions nested too deeply."""
        query = clauses.folded(query)
        terms = clauses.wanted_terms(query)
        found = [document for page in sorted(self._pages) for document in self._pages[page] if _meets(document, query)]
        hits = _sorted([Hit(document=document, score=_score(document, terms)) for document in found], query.sort)
        once = _once(hits) if query.once else hits
        end = None if query.limit is None else query.offset + query.limit
        return Results(
            total=len(hits),
            distinct=len(once) if query.once else None,
            hits=tuple(once[query.offset : end]),
            facets={name: _counts(found, name) for name in query.facets},
            counts=tuple(sum(_is_found(document, clause) for document in found) for clause in query.counts),
        )

    def briefs(self, query: Query) -> list[Brief]:
        """The briefs of all a query finds that have one."""
        query = clauses.folded(query)
        kept = (document for page in self._pages.values() for document in page if document.brief)
        return [Brief(one.page, one.day, one.brief) for one in kept if _meets(one, query)]

    def words(self, beginning: str) -> dict[str, int]:
        """The index terms that begin so, and in how many titles and texts they stand."""
        kept = [document for page in self._pages.values() for document in page]
        texts = [words for document in kept for words in (document.title, document.text)]
        counts = Counter(term for words in texts for term in text.cut(text.fold(words)) if term.startswith(beginning))
        return dict(sorted(counts.items()))

    def state(self) -> str:
        """What changes whenever documents do."""
        return str(self._state)

    def tidy(self) -> None:
        """Nothing is in pieces."""

    def close(self) -> None:
        """Nothing to let go of."""


def _meets(document: Document, query: Query) -> bool:
    return (
        (not query.kinds or document.kind in query.kinds)
        and (not query.keys or document.key in query.keys)
        and (not query.pages or document.page in query.pages)
        and (not (query.since or query.until) or _is_found(document, Days(query.since, query.until)))
        and _is_found(document, query.where)
    )


def _is_found(document: Document, clause: Clause) -> bool:
    match clause:
        case Term():
            return _stands_in(document.title, clause) or _stands_in(document.text, clause)
        case Tag(tag):
            return tag in document.tags
        case Days(first, last):
            return document.day is not None and (first or "") <= document.day and (not last or document.day <= last)
        case Pages(pages):
            return document.page in pages
        case All(parts):
            return all(_is_found(document, part) for part in parts)
        case Any(parts):
            return any(_is_found(document, part) for part in parts)
        case Not(part):
            return not _is_found(document, part)


def _stands_in(words: str, term: Term) -> bool:
    return text.has(text.fold(words), term.text, prefix=term.prefix)


def _score(document: Document, terms: Sequence[Term]) -> float:
    return 1.0 + sum(_stands_in(document.title, term) for term in terms)


def _sorted(hits: list[Hit], sort: Sort) -> list[Hit]:
    """Hits come in the order of pages, and sorting keeps that order among equals."""
    if sort == "oldest":
        return sorted(hits, key=lambda hit: (hit.document.day is None, hit.document.day or ""))
    hits = sorted(hits, key=lambda hit: hit.document.day or "", reverse=True)
    return sorted(hits, key=lambda hit: hit.score, reverse=True) if sort == "relevance" else hits


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that say the same become one, the first; a page as a whole is like no other."""
    found: dict[tuple[str, ...], list[Hit]] = {}
    for hit in hits:
        one = hit.document
        own = one.key if one.key == one.page else ""
        found.setdefault((own, one.kind, text.fold(one.title), text.fold(one.text)), []).append(hit)
    return [
        structs.replace(first, others=tuple(_same(hit.document) for hit in rest)) for first, *rest in found.values()
    ]


def _same(document: Document) -> Same:
    return Same(key=document.key, page=document.page, day=document.day)


def _counts(documents: Iterable[Document], name: str) -> dict[str, int]:
    tags = (tag for document in documents for tag in set(document.tags) if tag.startswith(f"{name}:"))
    counts = Counter(tag.removeprefix(f"{name}:") for tag in tags)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
