"""Each answer as a person reads it."""

from typing import TYPE_CHECKING

from notion_archive.model import Problem, Skipped
from notion_archive.records import Incident, Milestone, Progress, Update
from notion_archive.show.layout import Out, length

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_archive.archive import Imported
    from notion_archive.queries import check, doctor, incidents, listings, metrics, rebuild, trace
    from notion_archive.queries import projects as projects_asked
    from notion_archive.queries.places import Place
    from notion_archive.records import AnyRecord

_BAR, _BAR_WIDTH = "▇", 20
_INDENT = "    "
_SHOWN = 20


def tried(answer: "Imported", out: Out) -> None:
    """What an import would do."""
    out.line("Nothing was written (--dry-run). An import would have done this:")
    _counts(answer, out, "read")


def imported(answer: "Imported", out: Out) -> None:
    """What an import did, and every page it did not read with the reason."""
    _counts(answer, out, "in the archive")


def _counts(answer: "Imported", out: Out, what: str) -> None:
    verb = f"{answer.pages} pages in {answer.seconds:.1f} s: {answer.new} new, {answer.changed} changed"
    out.line(f"{verb}, {answer.unchanged} unchanged, {answer.removed} removed, {len(answer.skipped)} skipped.")
    kinds = [(kind, count) for kind, count in {**answer.kinds, **answer.records}.items() if count]
    if kinds:
        out.line()
        out.table((what, "count"), kinds, right=(1,))
    if answer.unresolved:
        out.line(f"\n{answer.unresolved} links lead to pages that are not in the archive.")
    if answer.lost:
        out.line(f"\nIn a page and not in what was stored of it: {len(answer.lost)}")
        for problem in answer.lost[:_SHOWN]:
            _problem(problem, out)
    if answer.skipped:
        out.line("\nNot read:")
        for one in answer.skipped:
            skipped(one, out)


def skipped(one: Skipped, out: Out) -> None:
    """One page that was not read."""
    out.line(f"  {out.style(one.path, 'yellow')}: {one.reason}")


def past(answer: "incidents.Answer", out: Out) -> None:
    """Incidents, newest first: when, how long, where; what, why, what was done; where it is written."""
    for one in answer.incidents:
        _incident(one.incident, one.report, out)
    out.line(f"{len(answer.incidents)} of {answer.total} incidents" if answer.total else "No incident was found.")


def _incident(record: Incident, report: "Place", out: Out) -> None:
    when = (record.occurred or (record.date.isoformat() if record.date else "no day stated")).replace("T", " ")
    until = f" → {_clock(record)}" if record.recovered else ""
    parts = [
        out.style(when + until, "bold"),
        length(record.minutes),
        record.severity or "",
        " ".join(record.institutions),
    ]
    out.line("  ".join(part for part in parts if part))
    out.line(_INDENT + record.summary)
    for label, words in (("cause", record.cause), ("resolution", record.resolution)):
        if words:
            out.line(f"{_INDENT}{out.style(f'{label}:', 'dim')} {words}")
    out.line(_INDENT + out.style(f"{report.path}:{record.lines[0]}", "cyan"))
    out.line()


def _clock(record: Incident) -> str:
    """The time it ended; with its day where that is another one."""
    recovered, occurred = record.recovered or "", record.occurred or ""
    return recovered[11:] if recovered[:10] == occurred[:10] else recovered.replace("T", " ")


def history(answer: "trace.Answer", out: Out) -> None:
    """A project week by week, then its promised dates and how they moved."""
    out.line(out.style(answer.project.name, "bold") + f"  ({len(answer.updates)} updates)")
    if len(answer.project.names) > 1:
        out.line(f"written as: {', '.join(answer.project.names)}")
    out.line()
    for update in answer.updates:
        _week(update, answer.reports[update.report], out)
    if answer.milestones:
        out.line()
        rows = [
            (m.text, m.state, " → ".join(dict.fromkeys(str(f.end) for f in m.forecasts)), _slip(m.slip_days))
            for m in answer.milestones
        ]  # fmt: skip
        out.table(("milestone", "state", "promised for", "slip"), rows)
    if answer.parts:
        out.line(f"\nparts: {', '.join(part.name for part in answer.parts)}")
    if answer.others:
        out.line("\nOther projects that fit:")
        others = [(one.name, one.updates, one.first, one.last) for one in answer.others]
        out.table(("project", "updates", "first", "last"), others, right=(1,))


def _slip(days: int) -> str:
    return f"{days:+d} days" if days else ""


def _week(update: Update, report: "Place", out: Out) -> None:
    shares = [f"{p.label or ''} {_share(p.percent, p.done, p.total)}".strip() for p in update.progress]
    parts = [out.style(str(update.date or "no day"), "bold"), out.style(update.status or "-", "green"), *shares]
    out.line("  ".join(parts))
    out.line(_INDENT + update.text)
    for label, values in (("risk", update.risks), ("problem", update.problems)):
        for value in values:
            out.line(f"{_INDENT}{out.style(f'{label}:', 'yellow')} {value}")
    out.line(_INDENT + out.style(f"{report.path}:{update.lines[0]}", "cyan"))


def _share(percent: float | None, done: int | None, total: int | None) -> str:
    count = f"{done}/{total}" if done is not None and total is not None else f"of {total}" if total is not None else ""
    return " ".join(part for part in (f"{percent:g}%" if percent is not None else "", count) if part)


def series(answer: "metrics.Answer", out: Out) -> None:
    """Every metric with its points, oldest first."""
    for one in answer.metrics:
        group = f"  {out.style(one.group, 'dim')}" if one.group else ""
        out.line(out.style(one.name, "bold") + group)
        points = "  ".join(f"{point.date or 'no day'} {point.value:g}{one.unit or ''}" for point in one.points)
        out.line(_INDENT + points)


def projects(answer: "listings.Projects", out: Out) -> None:
    """Projects, the latest first."""
    rows = [(p.name, p.status, p.updates, p.first, p.last, p.parent) for p in answer.projects]
    out.table(("project", "status", "updates", "first", "last", "part of"), rows, right=(2,))


def why(answer: "projects_asked.Why", out: Out) -> None:
    """Which names are one project and by what; which are not."""
    for project in answer.projects:
        out.line(out.style(project.name, "bold") + f"  (key {project.key}, {project.updates} updates)")
        rows = [(one.name, one.updates, one.first, one.last, one.parent) for one in project.spellings]
        out.table(("written as", "updates", "first", "last", "part of"), rows, right=(1,))
        for whys, sign in ((project.joined, "="), (project.apart, "≠")):
            for one in whys:
                out.line(f"{_INDENT}{one.names[0]} {sign} {one.names[1]}: {'; '.join(one.by)}")
        out.line()


def reports(answer: "listings.Reports", out: Out) -> None:
    """Reports, newest first."""
    rows = [
        (r.date or r.end, r.kind, r.title, r.records.get("incident", 0), sum(r.records.values()), r.id)
        for r in answer.reports
    ]
    out.table(("date", "kind", "title", "incidents", "records", "id"), rows, right=(3, 4))
    out.line(f"{len(answer.reports)} of {answer.total} reports, {answer.first or '?'} to {answer.last or '?'}")


def page(answer: "listings.Shown", out: Out) -> None:
    """A page as it was written, with line numbers; a record's lines alone, its id and what was read in them."""
    lines = answer.page.text.split("\n")
    first, last = answer.record.lines if answer.record else (1, len(lines))
    out.line(out.style(f"{answer.page.path}:{first}", "cyan"))
    width = len(str(last))
    for number in range(first, min(last, len(lines)) + 1):
        out.line(f"{out.style(f'{number:>{width}}', 'dim')}  {lines[number - 1]}".rstrip())
    if answer.record:
        _fields(answer.record, out)


def _fields(record: "AnyRecord", out: Out) -> None:
    """The fields of a record that state something, by the names they have in JSON and in a fix."""
    out.line()
    out.line(f"{out.style(record.kind, 'green')} {record.id}")
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name not in ("id", "report", "section", "lines", "text") and value not in (None, "", ()):
            words = "; ".join(map(_field, value)) if isinstance(value, tuple) else str(value)
            out.line(f"{_INDENT}{name}: {words}")


def _field(value: object) -> str:
    if isinstance(value, Progress):
        return f"{value.label or ''} {_share(value.percent, value.done, value.total)}".strip()
    if isinstance(value, Milestone):
        days = f"{value.start}" if value.start == value.end else f"{value.start}..{value.end}"
        return f"{value.text} ({value.state} {days})"
    return str(value)


def rebuilt(answer: "rebuild.Answer", out: Out) -> None:
    """How many pages were read."""
    out.line(f"{answer.pages} pages read again.")


def checked(answer: "doctor.Answer", out: Out) -> None:
    """What was checked, and whether it is well."""
    for finding in answer.findings:
        out.line(f"{out.style('ok  ', 'green') if finding.well else out.style('BAD ', 'red')} {finding.message}")


def understood(answer: "check.Answer", out: Out) -> None:
    """The share of lines that became records, the reports read worst, then everything to look at, with its place."""
    share = answer.structured / answer.lines if answer.lines else 1.0
    reports = len(answer.reports)
    out.line(
        f"{answer.structured} of {answer.lines} lines that say something became records ({share:.0%}), "
        f"in {reports} {'report' if reports == 1 else 'reports'}."
    )
    months = _by_month(answer.reports)
    if len(months) > 1:
        out.line()
        out.table(
            ("month", "reports", "lines", "share", ""),
            [
                (month, len(some), lines, f"{share:.0%}", _BAR * round(_BAR_WIDTH * share))
                for month, some in months.items()
                if (lines := sum(one.lines for one in some))
                for share in [sum(one.structured for one in some) / lines]
            ],
            right=(1, 2, 3),
        )
    worst = sorted(answer.reports, key=lambda one: one.share)[:5]
    out.line()
    out.table(
        ("share", "lines", "read worst"), [(f"{one.share:.0%}", one.lines, one.path) for one in worst], right=(0, 1)
    )
    for title, problems in (
        ("Read worse than before", answer.drops),
        ("Not read", answer.unread),
        ("Contradictions", answer.contradictions),
        ("Fixes of no record", answer.fixes),
    ):
        if problems:
            out.line(f"\n{title}: {len(problems)}")
            for problem in problems:
                _problem(problem, out)
    if answer.undecided:
        out.line(
            f"\nPerhaps an institution: {len(answer.undecided)}. A line of institutions.csv among your own words decides:"
        )
    for one in answer.undecided:
        times = f"{one.count} times" if one.count > 1 else "once"
        out.line(f"  {out.style(one.alias, 'bold')}, {one.institution}? ({times})")
        for place in one.places:
            out.line(f"{_INDENT}{out.style(f'{place.page}:{place.line}', 'cyan')}: {place.text}")
        out.line(f"{_INDENT}it is: {out.style(one.counts, 'green')}")
        if one.never:
            out.line(f"{_INDENT}not here: {out.style(one.never, 'green')}")


def _by_month(shares: "Sequence[check.Share]") -> "dict[str, list[check.Share]]":
    """Reports by the month of their date, as they come; those without a date are left out."""
    months: dict[str, list[check.Share]] = {}
    for one in shares:
        if one.date:
            months.setdefault(f"{one.date:%Y-%m}", []).append(one)
    return months


def _problem(problem: Problem, out: Out) -> None:
    place = f"{problem.page}:{problem.line}" if problem.line else problem.page
    out.line(f"  {out.style(place, 'cyan')}: {problem.message}")
