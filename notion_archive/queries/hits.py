"""A hit as it is shown: the record or the line of a page, where it stands, what in it was found, and by which name."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from notion_archive import documents
from notion_archive.archive import Archive
from notion_archive.model import Hit
from notion_archive.queries import highlights, lines, meanings
from notion_archive.queries.lines import Lines
from notion_archive.queries.places import Place, places
from notion_archive.queries.reading import Asked
from notion_archive.records import AnyRecord


class Week(Struct, frozen=True, kw_only=True):
    """Another report that has the same sentence: its day and id, and the id of the record there."""

    date: str | None
    report: str
    record: str


class Found(Struct, frozen=True, kw_only=True):
    """One hit. `highlight` is the text around what was found, which stands in <mark>…</mark>; `marks` are the places of
    it in `text`, [from, to) in characters. `record` is null for a hit in a page's title or outside every record.

    `line` is where to open the page; `more` are further lines of a page that have one of the words. `meant` is what was
    found only by another name: `{"光大": "中国光大银行"}`. `weeks` are the other reports that say the same.
    """

    score: float
    highlight: str
    record: AnyRecord | None
    report: Place
    section: tuple[str, ...]
    line: int
    text: str
    marks: highlights.Spans
    meant: dict[str, str]
    weeks: tuple[Week, ...]
    more: tuple[tuple[int, str], ...] = ()


def found(archive: Archive, hits: Iterable[Hit], asked: Asked) -> Iterator[Found]:
    """The hits of an answer, as they are shown."""
    hits = list(hits)
    reports = places(archive, {hit.document.page for hit in hits})
    pages = Lines(archive)
    for hit in hits:
        report = reports[hit.document.page]
        if documents.is_record(hit.document):
            yield _of_record(hit, report, asked, archive, pages)
        else:
            yield _of_page(hit, report, asked)


def _of_record(hit: Hit, report: Place, asked: Asked, archive: Archive, pages: Lines) -> Found:
    document, record = hit.document, archive.projects.renamed(documents.record_of(hit.document))
    meant = [one for one in asked.meanings if one.alone_finds(document)]
    others = [span for one in meant for span in meanings.spans_of(record, one, archive)]
    marks = highlights.places(record.text, asked.terms, others)
    shown, shown_marks = record.text, marks
    if not marks and (in_title := highlights.places(document.title, asked.terms)):
        shown, shown_marks = f"{document.title}: {record.text}", in_title
    elif not marks and (beside := highlights.places(document.text, asked.terms)):
        shown, shown_marks = document.text, beside  # in what a fix says, or in a metric's name that its words lack
    return Found(
        score=hit.score,
        highlight=highlights.marked(shown, shown_marks),
        record=record,
        report=report,
        section=record.section,
        line=pages.of_record(record, asked.terms),
        text=record.text,
        marks=marks,
        meant={one.word: one.name for one in meant},
        weeks=tuple(Week(date=other.day, report=other.page, record=other.key) for other in hit.others),
    )


def _of_page(hit: Hit, report: Place, asked: Asked) -> Found:
    (line, words), *more = lines.of_page(hit.document, asked.terms)
    marks = highlights.places(words, asked.terms)
    return Found(
        score=hit.score,
        highlight=highlights.marked(words, marks),
        record=None,
        report=report,
        section=(),
        line=line,
        text=words,
        marks=marks,
        meant={one.word: one.name for one in asked.meanings if one.alone_finds(hit.document)},
        weeks=(),
        more=tuple(more),
    )
