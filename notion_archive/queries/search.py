"""Search over all records and pages, newest first."""

from msgspec import Struct

from notion_archive import documents, text
from notion_archive.archive import Archive
from notion_archive.kinds import AnyRecord
from notion_archive.model import All, Document, Hit, Query, Sort, Term
from notion_archive.projects import Book
from notion_archive.queries import grammar
from notion_archive.queries.filters import Filters, narrow
from notion_archive.queries.places import Place, places

FACETS = ("institution", "project", "kind", "year")
_AROUND = 60


class Found(Struct, frozen=True, kw_only=True):
    """One hit. `highlight` is the text around what was found, which stands in <mark>…</mark>; `record` is null for a hit in
    a page's title or in text outside every record; `line` is where it stands."""

    score: float
    highlight: str
    record: AnyRecord | None
    report: Place
    line: int


class Answer(Struct, frozen=True, kw_only=True):
    """What was asked, how many there are in all, this page of hits, and counts over all hits."""

    query: str
    total: int
    hits: tuple[Found, ...]
    facets: dict[str, dict[str, int]]
    suggestion: str | None
    remarks: tuple[str, ...] = ()


def search(
    archive: Archive, words: str, filters: Filters = Filters(), *, sort: Sort = "newest", literal: bool = False
) -> Answer:
    """Records and pages with all the words; see `grammar` for what can be typed. Raises QueryError."""
    asked = grammar.read(archive, words, filters, literal=literal)
    narrowed = narrow(archive, asked.filters)
    results = archive.engine.search(
        Query(
            where=All((asked.where, *narrowed.clauses)),
            kinds=narrowed.kinds,
            since=narrowed.since,
            until=narrowed.until,
            sort=sort,
            limit=asked.filters.limit,
            offset=asked.filters.offset,
            facets=FACETS,
        )  # fmt: skip
    )
    where = places(archive, {hit.document.page for hit in results.hits})
    remarks = list(narrowed.remarks)
    if asked.institutions:
        remarks.append(f"Also found by other names of {', '.join(dict.fromkeys(asked.institutions))}.")
    return Answer(
        query=words, total=results.total, facets=archive.projects.in_facets(results.facets), remarks=tuple(remarks),
        hits=tuple(_found(hit, asked.terms, where, archive.projects) for hit in results.hits),
        suggestion=None if results.total else _suggestion(asked.terms, archive),
    )  # fmt: skip


def _found(hit: Hit, terms: tuple[Term, ...], where: dict[str, Place], projects: Book) -> Found:
    document = hit.document
    if documents.is_record(document):
        record = projects.renamed(documents.record_of(document))
        return Found(
            score=hit.score, highlight=marked(record.text, terms), record=record, report=where[document.page],
            line=record.lines[0],
        )  # fmt: skip
    line, words = _line(document, terms)
    return Found(score=hit.score, highlight=marked(words, terms), record=None, report=where[document.page], line=line)


def _line(document: Document, terms: tuple[Term, ...]) -> tuple[int, str]:
    """The line of a page that has most of the words; its title where none has."""
    body = documents.page_of(document)
    best = (1, body.report.title)
    most = sum(text.has(text.fold(best[1]), term.text, prefix=term.prefix) for term in terms)
    for number, words in body.rest:
        found = sum(text.has(text.fold(words), term.text, prefix=term.prefix) for term in terms)
        if found > most:
            best, most = (number, words), found
    return best


def marked(words: str, terms: tuple[Term, ...]) -> str:
    """The words with what was found in <mark>…</mark>, shortened around it: `"…<mark>光大</mark>鉴权通道异常"`."""
    folded = text.fold_with_offsets(words)
    spans = sorted(
        folded.original(*span) for term in terms for span in text.find(folded.text, term.text, prefix=term.prefix)
    )
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    begin = max(0, merged[0][0] - _AROUND) if merged else 0
    end = min(len(words), max((merged[0][1] if merged else 0) + 3 * _AROUND, begin + 4 * _AROUND))
    pieces, at = ["…"] if begin else [], begin
    for start, stop in (span for span in merged if span[1] <= end):
        pieces += [words[at:start], "<mark>", words[start:stop], "</mark>"]
        at = stop
    return "".join([*pieces, words[at:end], "…" if end < len(words) else ""])


def _suggestion(terms: tuple[Term, ...], archive: Archive) -> str | None:
    """Which word alone finds nothing."""
    for term in terms:
        if len(terms) > 1 and not archive.engine.search(Query(where=term, limit=0)).total:
            return f"{term.text} alone is found nowhere; the others are."
    return None
