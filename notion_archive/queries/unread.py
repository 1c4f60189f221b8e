"""What stands in reports and was not read: lines that look like an incident, a day or a number and are none."""

from collections.abc import Iterator

from notion_archive import clock, dates, numbers, text
from notion_archive.lexicon import Lexicon
from notion_archive.model import Problem
from notion_archive.period import Period
from notion_archive.records import Note, ReadPage, Update

_SHOWN = 60  # characters
_READ = ("update", "metric", "incident")  # in sections of these, a day or a number should have become one


def unread(page: ReadPage, lexicon: Lexicon) -> Iterator[Problem]:
    """Everything of a page worth a look, in the order of lines."""
    found = [*_incidents(page, lexicon), *_notes(page, lexicon), *_days(page, lexicon)]
    for line, message in sorted(dict(reversed(found)).items()):
        yield Problem(page=page.report.path, line=line, message=message)


def _incidents(page: ReadPage, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """Lines outside incidents that have a time of day and a word of failure."""
    failure = lexicon.words("signs", "failure")
    told = [(record.lines[0], record.text) for record in page.report.records if isinstance(record, Note)]
    for line, words in (*told, *page.rest):
        levelled = text.level(words)
        if any(clock.times(levelled)) and failure.search(levelled):
            yield line, f"looks like an incident and was not read as one: {words[:_SHOWN]}"


def _notes(page: ReadPage, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """`8/21 23:00 支付网关升级，正常` kept as a note below 本周进展, where updates are read."""
    for record in page.report.records:
        if isinstance(record, Note) and _section_kind(record, lexicon) in _READ:
            levelled = text.level(record.text)
            day = dates.find(levelled, _period(page), "near")
            number = any(quantity.unit for quantity in numbers.quantities(record.text))
            if day or number:
                what = " and ".join([*(["a day"] if day else []), *(["a number"] if number else [])])
                yield record.lines[0], f"has {what} and is only a note: {record.text[:_SHOWN]}"


def _days(page: ReadPage, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """Days an update names and no milestone, risk or problem of it says: `风控引擎：等 6/30 的窗口`. Where a day was
    moved from (`原定6/20`) is none of them."""
    original = lexicon.words("wording", "original")
    for record in page.report.records:
        if not isinstance(record, Update):
            continue
        told = "\n".join((*(one.text for one in record.milestones), *record.risks, *record.problems, record.project))
        levelled = text.level(record.text)
        for found in dates.find(levelled, _period(page), "ahead"):
            words = record.text[found.at : found.to].strip()
            before = levelled[: found.at].rstrip(" :(")
            read = any(one.start <= found.last and found.first <= one.end for one in record.milestones)
            moved = any(last.end() == len(before) for last in [original.last(before)] if last)
            counted = any(words == f"{share.done}/{share.total}" for share in record.progress)
            if not (read or moved or counted or words in told):
                line = min(record.lines[0] + record.text.count("\n", 0, found.at), record.lines[1])
                yield line, f"{record.project}: {words} is in no milestone"


def _section_kind(record: Note, lexicon: Lexicon) -> str | None:
    return next((kind for name in reversed(record.section) if (kind := lexicon.section_kind(name))), None)


def _period(page: ReadPage) -> Period:
    return Period(date=page.report.date, start=page.report.start, end=page.report.end)
