"""Reports to documents and back: one shape for any engine, whatever the kind of record."""

from collections.abc import Iterator, Sequence
from struct import Struct

import msgspec

from notion_archive import text
from notion_archive.linking import Place
from notion_archive.model import Document, Link
from notion_archive.records import AnyRecord, Incident, Metric, ReadPage, Record, Report, Update

_RECORD = msgspec.json.Decoder(AnyRecord)


class PageBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a page's own document: the report without its records, and its lines that are in no record;
    `counted` as in ReadPage."""

    report: Report
    rest: tuple[tuple[int, str], ...]
    counted: bool = False


_PAGE = msgspec.json.Decoder(PageBody)


class _Linked(Place, frozen=True, kw_only=True):
    """What a page's body says of it and its links; the rest is not read."""

    links: tuple[Link, ...]


class _LinkedBody(msgspec.Struct):
    report: _Linked


_LINKED = msgspec.json.Decoder(_LinkedBody)


def of_page(page: ReadPage) -> tuple[Document, ...]:
    """One document for each record, and one for the page itself: its title and what is in no record."""
    report = page.report
    shared = _shared_tags(report)
    own = Document(
        key=report.id,
        page=report.id,
        kind=report.kind,
        day=_day(report),
        title=report.title,
        text="\n".join(line for _, line in page.rest),
        tags=(f"kind:{report.kind}", *shared, *_dated(_day(report)), *_told_of_page(page)),
        body=msgspec.json.encode(
            PageBody(report=msgspec.structs.replace(report, records=()), rest=page.rest, counted=page.counted)
        ),
    )
    return (own, *(_of_record(record, shared, page.added.get(record.id, ())) for record in report.records))


def _of_record(record: Record, shared: tuple[str, ...], added: tuple[str, ...]) -> Document:
    day = record.date.isoformat() if record.date else None
    tags = [f"kind:{record.kind}", *shared, *_dated(day), *(f"institution:{name}" for name in record.institutions)]
    if record.objective:
        tags.append(f"objective:{record.objective}")
    tags.extend(f"section:{name}" for name in record.section)
    tags.extend(_own_tags(record))
    return Document(
        key=record.id,
        page=record.report,
        kind=record.kind,
        day=day,
        title=_title(record),
        text="\n".join((_text(record), *added)),
        tags=tuple(dict.fromkeys(tags)),
        body=msgspec.json.encode(record),
        brief=_POINT_OUT.encode(_brief(record)) if isinstance(record, Metric) else b"",
    )


class Point(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What of a metric makes a point of its series, beside its day and report."""

    name: str
    group: str | None
    unit: str | None
    value: float


_POINT_OUT, _POINTS = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(list[Point])
_MANY = Struct(">BI")  # how MessagePack begins a list: what it is, and how long


def _brief(metric: Metric) -> Point:
    return Point(metric.name, metric.group, metric.unit, metric.value)


def points_of(briefs: Sequence[bytes]) -> list[Point]:
    """The points that the briefs of metrics were made from, read as the one list that they are together."""
    return _POINTS.decode(_MANY.pack(0xDD, len(briefs)) + b"".join(briefs))


def _own_tags(record: Record) -> list[str]:
    """What only one kind of record can be asked for."""
    if isinstance(record, Incident):
        stated = {"cause": record.cause, "resolution": record.resolution, "duration": record.minutes is not None}
        tags = [f"has:{name}" for name, value in stated.items() if value]
        return [*tags, f"severity:{record.severity}"] if record.severity else tags
    if isinstance(record, Metric):
        return [f"metric:{record.name}"]
    if isinstance(record, Update):
        from notion_archive.naming import spelling

        told = {
            "risk": record.risks,
            "problem": record.problems,
            "milestone": record.milestones,
            "progress": record.progress,
        }
        tags = [
            f"project:{spelling(record.project, record.parent)}",
            *(f"has:{name}" for name, values in told.items() if values),
        ]
        if record.parent:
            tags.append(f"parent:{spelling(record.parent)}")
        if record.status:
            tags.append(f"status:{record.status}")
        return tags
    return []


def _shared_tags(report: Report) -> tuple[str, ...]:
    """The facts of the report that all its records share."""
    tags = [f"report:{report.kind}"]
    if report.week:
        tags.append(f"week:{report.week}")
    return tuple(tags)


LINKED, COUNTED = "page:linked", "page:counted"  # it has links; its days are those of its week's number


def _told_of_page(page: ReadPage) -> Iterator[str]:
    """What is asked of all pages after every import, and true of few."""
    if page.report.links:
        yield LINKED
    if page.counted:
        yield COUNTED


def _dated(day: str | None) -> tuple[str, ...]:
    """`2023-04-09` -> year:2023, month:2023-04."""
    return (f"year:{day[:4]}", f"month:{day[:7]}") if day else ()


def _title(record: Record) -> str:
    """What a record is about, where a hit counts for more than one in passing."""
    if isinstance(record, Incident):
        return record.summary
    return record.project if isinstance(record, Update) else ""


def _text(record: Record) -> str:
    """A metric's name is not always a part of its words: it may be the cell of a row and the head of a column."""
    if isinstance(record, Metric) and not text.cut(text.fold(record.name)) <= text.cut(text.fold(record.text)):
        return f"{record.name}\n{record.text}"
    return record.text


def _day(report: Report) -> str | None:
    day = report.date or report.end
    return day.isoformat() if day else None


def is_record(document: Document) -> bool:
    """Whether a document is a record, not the rest of a page."""
    return document.key != document.page


def record_of(document: Document) -> AnyRecord:
    """The record a document was made from."""
    record: AnyRecord = _RECORD.decode(document.body)
    return record


def page_of(document: Document) -> PageBody:
    """The report, without its records, a page's own document was made from."""
    return _PAGE.decode(document.body)


def links_of(document: Document) -> tuple[Place, tuple[Link, ...]]:
    """Where a page's own document can be linked to, and its links."""
    found = _LINKED.decode(document.body).report
    return found, found.links
