"""How well reports were understood: what share became records, what was not read, what contradicts itself."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

import msgspec
from msgspec import Struct

from notion_archive import clock, documents, numbering, reports, sources, text
from notion_archive.archive import Archive
from notion_archive.lexicon import Lexicon
from notion_archive.model import Page, Problem, Query, Term
from notion_archive.queries.lines import Lines
from notion_archive.queries.undecided import LineOf, Undecided, undecided
from notion_archive.records import AnyRecord, Incident, Metric, Note, ReadPage, Report, Update
from notion_archive.vocabulary import Vocabulary

_DROP = 0.3  # a report read this much worse than those before it is told of: the template has changed
_BEFORE = 6
UNKNOWN = "a record whose text was edited has another. Look for it with: notion-archive show PATH:LINE"


class Share(Struct, frozen=True, kw_only=True):
    """How much of a report became records other than notes: lines of lines that say something."""

    path: str
    date: dt.date | None
    structured: int
    lines: int

    @property
    def share(self) -> float:
        """From 0 to 1; 1 for a page that says nothing."""
        return self.structured / self.lines if self.lines else 1.0


class Answer(Struct, frozen=True, kw_only=True):
    """Shares by report, oldest first; lines that look like an incident and are none; contradictions; fixes
    of no record; names that may be institutions'; with their places."""

    structured: int
    lines: int
    reports: tuple[Share, ...]
    drops: tuple[Problem, ...]
    unread: tuple[Problem, ...]
    contradictions: tuple[Problem, ...]
    fixes: tuple[Problem, ...]
    undecided: tuple[Undecided, ...]


def of_archive(archive: Archive) -> Answer:
    """Look through an archive, as its engine keeps it."""
    lines = Lines(archive)
    return check(_kept(archive), archive.words, lambda record, word: lines.of_record(record, (Term(word),)))


def of_exports(paths: Iterable[str], own: Path | None = None) -> Answer:
    """Look through exports, read here and now with our words and those in the folder `own`."""
    words = Vocabulary(own)
    found = (one for path in paths for one in sources.read_export("-" if path == "-" else Path(path)))
    return check(reports.read_pages((one for one in found if isinstance(one, Page)), words), words)


def _first_line(record: AnyRecord, _: str) -> int:
    return record.lines[0]


def check(pages: Iterable[ReadPage], words: Vocabulary, line_of: LineOf = _first_line) -> Answer:
    """Look through pages that were read."""
    kept = sorted(pages, key=lambda page: (page.report.date or page.report.end or dt.date.min, page.report.path))
    told = [page for page in kept if page.report.kind != "page"]
    shares = tuple(_share(page) for page in told)
    return Answer(
        structured=sum(share.structured for share in shares),
        lines=sum(share.lines for share in shares),
        reports=shares,
        drops=tuple(_drops(shares)),
        unread=tuple(problem for page in told for problem in _unread(page, words.lexicon)),
        contradictions=tuple(_contradictions(told, words.lexicon)),
        fixes=tuple(_fixes_of_nothing(kept, words)),
        undecided=undecided(kept, words.institutions, line_of),
    )


def _kept(archive: Archive) -> Iterator[ReadPage]:
    records: dict[str, list[AnyRecord]] = {}
    bodies = []
    for document in archive.documents(Query(sort="oldest")):
        if documents.is_record(document):
            records.setdefault(document.page, []).append(documents.record_of(document))
        else:
            bodies.append(documents.page_of(document))
    for body in bodies:
        found = sorted(records.get(body.report.id, ()), key=lambda record: record.lines)
        report = msgspec.structs.replace(body.report, records=tuple(found))
        yield ReadPage(report=report, rest=body.rest, counted=body.counted)


def _fixes_of_nothing(pages: Iterable[ReadPage], words: Vocabulary) -> Iterator[Problem]:
    """The user's fixes for ids that no record has."""
    known = {record.id for page in pages for record in page.report.records}
    for record, file in words.fixes:
        if record not in known:
            yield Problem(page=file, message=f"no record has the id {record}; {UNKNOWN}")


def _share(page: ReadPage) -> Share:
    structured: set[int] = set()
    said: set[int] = set()
    for record in page.report.records:
        lines = range(record.lines[0], record.lines[1] + 1)
        said.update(lines)
        if not isinstance(record, Note):
            structured.update(lines)
    report = page.report
    return Share(path=report.path, date=report.date or report.end, structured=len(structured), lines=len(said))


def _drops(shares: Sequence[Share]) -> Iterator[Problem]:
    """A report read much worse than the ones before it."""
    for index, share in enumerate(shares):
        before = [one.share for one in shares[max(0, index - _BEFORE) : index] if one.lines]
        if len(before) >= 3 and share.lines and share.share < median(before) - _DROP:
            message = (
                f"only {share.share:.0%} of its lines became records, {median(before):.0%} in the reports before: "
                "has the template changed?"
            )
            yield Problem(page=share.path, message=message)


def _unread(page: ReadPage, lexicon: Lexicon) -> Iterator[Problem]:
    """Lines outside incidents that have a time of day and a word of failure."""
    failure = lexicon.words("signs", "failure")
    told = [(record.lines[0], record.text) for record in page.report.records if isinstance(record, Note)]
    for line, words in (*told, *page.rest):
        levelled = text.level(words)
        if any(clock.times(levelled)) and failure.search(levelled):
            message = f"looks like an incident and was not read as one: {words[:60]}"
            yield Problem(page=page.report.path, line=line, message=message)


def _contradictions(told: Sequence[ReadPage], lexicon: Lexicon) -> Iterator[Problem]:
    for page in told:
        yield from _within(page.report, lexicon)
    weekly = [page for page in told if page.report.kind == "weekly"]
    yield from _weeks([page.report for page in weekly])
    yield from _numbers([page.report for page in weekly if not page.counted])


def _within(report: Report, lexicon: Lexicon) -> Iterator[Problem]:
    """What a report says against itself."""
    day = report.date or report.end
    listed = sum(1 for record in report.records if isinstance(record, Incident))
    for record in report.records:
        place = record.lines[0]
        if isinstance(record, Incident) and record.recovered and record.occurred and record.recovered < record.occurred:
            yield Problem(
                page=report.path, line=place, message=f"recovered {record.recovered} before {record.occurred}"
            )
        if isinstance(record, Update) and day:
            for milestone in record.milestones:
                if milestone.state == "planned" and milestone.end < day:
                    message = f"{record.project}: promised for {milestone.end}, before the report of {day}"
                    yield Problem(page=report.path, line=place, message=message)
    counted = [record for record in report.records if isinstance(record, Metric) and _counts_all(record, lexicon)]
    if counted and listed and sum(metric.value for metric in counted) == 0:
        message = f"{counted[0].name} is 0, and {listed} incidents are listed"
        yield Problem(page=report.path, line=counted[0].lines[0], message=message)


def _counts_all(metric: Metric, lexicon: Lexicon) -> bool:
    """`事故数 0 次`; `事故数AB级` counts only some of them."""
    return text.fold(metric.name) in {
        "事故数",
        "故障数",
        "事件数",
        "线上故障数",
        "生产故障数",
        "incidents",
        "incident count",
    }


def _weeks(weekly: Sequence[Report]) -> Iterator[Problem]:
    """Weeks that are missing or come twice."""
    dated = [(report.end, report) for report in weekly if report.end]
    for (end, one), (other, next_one) in pairwise(dated):
        gap = (other - end).days
        if gap == 0:
            yield Problem(page=next_one.path, message=f"the same week as {one.path}")
        elif gap > 10:
            yield Problem(page=next_one.path, message=f"{round(gap / 7) - 1} weeks without a report before it")


def _numbers(stated: Sequence[Report]) -> Iterator[Problem]:
    """Weeks whose number does not fit the way the house counts in that year."""
    counted = [(report, found) for report in stated if (found := numbering.ahead(report))]
    usual = {
        year: Counter(off for _, (of, off) in counted if of == year).most_common(1)[0][0] for _, (year, _) in counted
    }
    for report, (year, weeks) in counted:
        if weeks != usual[year]:
            message = f"week {report.week} does not fit its date {report.date or report.end}"
            yield Problem(page=report.path, line=1, message=message)
