"""Reports to documents and back: one shape for any engine, whatever the kind of record."""

import msgspec

from notion_archive.kinds import AnyRecord, Incident, Metric, Record, Update
from notion_archive.model import Document
from notion_archive.naming import spelling
from notion_archive.reports import ReadPage, Report

_RECORD = msgspec.json.Decoder(AnyRecord)


class PageBody(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a page's own document: the report without its records, and its lines that are in no record."""

    report: Report
    rest: tuple[tuple[int, str], ...]


_PAGE = msgspec.json.Decoder(PageBody)


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
        tags=(f"kind:{report.kind}", *shared),
        body=msgspec.json.encode(PageBody(report=msgspec.structs.replace(report, records=()), rest=page.rest)),
    )
    return (own, *(_of_record(record, shared) for record in report.records))


def _of_record(record: Record, shared: tuple[str, ...]) -> Document:
    day = record.date.isoformat() if record.date else None
    tags = [f"kind:{record.kind}", *shared, *(f"institution:{name}" for name in record.institutions)]
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
        text=record.text,
        tags=tuple(dict.fromkeys(tags)),
        body=msgspec.json.encode(record),
    )


def _own_tags(record: Record) -> list[str]:
    """What only one kind of record can be asked for."""
    if isinstance(record, Incident):
        return [f"severity:{record.severity}"] if record.severity else []
    if isinstance(record, Metric):
        return [f"metric:{record.name}"]
    if isinstance(record, Update):
        told = {"risk": record.risks, "problem": record.problems, "milestone": record.milestones}
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
    day = report.date or report.end
    tags = [f"report:{report.kind}"]
    if report.year or day:
        tags.append(f"year:{report.year or (day.year if day else '')}")
    if report.week:
        tags.append(f"week:{report.week}")
    return tuple(tags)


def _title(record: Record) -> str:
    if isinstance(record, Incident):
        return record.summary
    if isinstance(record, Update):
        return record.project
    return record.name if isinstance(record, Metric) else ""


def _day(report: Report) -> str | None:
    day = report.date or report.end
    return day.isoformat() if day else None


def is_record(document: Document) -> bool:
    """Whether a document is a record, not the rest of a page."""
    return document.key != document.page


def record_of(document: Document) -> AnyRecord:
    """The record a document was made from."""
    return _RECORD.decode(document.body)


def page_of(document: Document) -> PageBody:
    """The report, without its records, a page's own document was made from."""
    return _PAGE.decode(document.body)
