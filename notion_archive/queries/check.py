"""How well reports were understood: what share became records, what was not read, what contradicts itself."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

import msgspec
from msgspec import Struct

from notion_archive import documents, numbering, reports, sources, text
from notion_archive.archive import Archive
from notion_archive.lexicon import Lexicon
from notion_archive.model import Page, Problem, Query, Term
from notion_archive.queries.lines import Lines
from notion_archive.queries.undecided import LineOf, Undecided, undecided
from notion_archive.queries.unread import unread
from notion_archive.records import AnyRecord, Incident, Metric, Note, ReadPage, Report, Update
from notion_archive.vocabulary import Vocabulary

_DROP = 0.3  # a report read this much worse than those before it is told of: the template has changed
_BEFORE = 6
_GRADES = frozenset("abcd")  # all there are
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
    """Shares by report, oldest first; lines that look like an incident, a day or a number and are none; contradictions; fixes
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
        unread=tuple(problem for page in told for problem in unread(page, words.lexicon)),
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


def _contradictions(told: Sequence[ReadPage], lexicon: Lexicon) -> Iterator[Problem]:
    for page in told:
        yield from _within(page.report, lexicon)
    weekly = [page for page in told if page.report.kind == "weekly"]
    yield from _weeks([page.report for page in weekly])
    yield from _numbers([page.report for page in weekly if not page.counted])


def _within(report: Report, lexicon: Lexicon) -> Iterator[Problem]:
    """What a report says against itself."""
    day = report.date or report.end
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
    yield from _none_counted(report, lexicon)


def _none_counted(report: Report, lexicon: Lexicon) -> Iterator[Problem]:
    """`事故数：AB级0次，CD级0次` above an incident of grade C, or of none. `AB级0次` alone says nothing of the others."""
    zeros = {
        metric: grades for metric in report.records
        if isinstance(metric, Metric) and metric.value == 0 and (grades := _grades(metric, lexicon)) is not None
    }  # fmt: skip
    against: dict[Metric, list[Incident]] = {}
    for incident in report.records:
        if isinstance(incident, Incident) and (metric := _counting(incident, zeros)):
            against.setdefault(metric, []).append(incident)
    for metric, incidents in against.items():
        lines = ", ".join(str(incident.lines[0]) for incident in incidents)
        told = f"{metric.name} is 0, and {len(incidents)} listed: line {lines}"
        yield Problem(page=report.path, line=metric.lines[0], message=told)


def _counting(incident: Incident, zeros: Mapping[Metric, set[str]]) -> Metric | None:
    """The metric that counts none of what an incident is; one without a grade is of any, if all grades are counted."""
    grade = text.fold(incident.severity or "")[:1]
    found = next((metric for metric, grades in zeros.items() if not grades or grade in grades), None)
    everything = not grade and set().union(*zeros.values()) >= _GRADES
    return found or (next(iter(zeros)) if everything else None)


def _grades(metric: Metric, lexicon: Lexicon) -> set[str] | None:
    """Which incidents a metric counts, by their grade: `事故数AB级` -> a, b; `事故数` -> none in particular; else None."""
    name = text.fold(metric.name)
    graded = re.fullmatch(r"(?P<name>.*?)[\s:(]*(?P<grades>[a-e]{1,5}|p[0-5])级?\)?", name)
    counts = lexicon.words("words", "incident_count")
    if name in counts:
        return set()
    return {*graded["grades"]} if graded and graded["name"] in counts else None


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
