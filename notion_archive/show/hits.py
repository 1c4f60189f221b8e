"""The hits of a search: as a list to read, as lines for editors and pipes, as CSV, as JSON Lines."""

import csv
from io import StringIO
from typing import TYPE_CHECKING

from notion_archive.show.json import dumps
from notion_archive.show.layout import Out

if TYPE_CHECKING:
    from notion_archive.queries import search, similar
    from notion_archive.queries.hits import Found

_INDENT = "    "
_FEW = 6  # weeks and values of a facet that are shown
COLUMNS = ("date", "kind", "report", "section", "institutions", "text", "path", "line", "weeks", "meant", "id")


def listed(answer: "search.Answer", out: Out) -> None:
    """Hits with what was found in colour and the place to open, then how many there are and of what kind."""
    explained(answer, out)
    for hit in answer.hits:
        _hit(hit, out)
    if answer.suggestion is not None:
        out.line(f"Nothing was found. {answer.suggestion}")
        return
    repeated = f" in {answer.total} records; what is repeated over weeks is one hit, see --all"
    shown = f"{len(answer.hits)} of {answer.distinct} hits"
    out.line(shown + (repeated if answer.total != answer.distinct else ""))
    for name, values in answer.facets.items():
        counts = "  ".join(f"{value} {count}" for value, count in list(values.items())[:_FEW])
        more = f"  … {len(values) - _FEW} more" if len(values) > _FEW else ""
        if values:
            out.line(out.style(f"{name}: {counts}{more}", "dim"))


def explained(answer: "search.Answer", out: Out) -> None:
    """How the question was read, part by part."""
    if answer.explain is not None:
        rows = [(part.typed, part.read, part.finds) for part in answer.explain]
        out.table(("typed", "read as", "finds"), rows, right=(2,))
        out.line()


def count(answer: "search.Answer", out: Out) -> None:
    """How many records and pages were found, and nothing else."""
    explained(answer, out)
    out.line(str(answer.total))


def grep(answer: "search.Answer", out: Out) -> None:
    """`path:line: text`, a line for each place."""
    for hit in answer.hits:
        for line, words in ((hit.line, hit.text), *hit.more):
            out.line(f"{hit.report.path}:{line}: {' '.join(words.split())}")


def table(answer: "search.Answer", out: Out) -> None:
    """CSV with a head line."""
    written = StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(_row(hit) for hit in answer.hits)
    out.line(written.getvalue().removesuffix("\n"))


def lines(answer: "search.Answer", out: Out) -> None:
    """One hit a line, as it stands in the JSON of a search."""
    for hit in answer.hits:
        out.line(dumps(hit))


def _hit(hit: "Found", out: Out, why: str = "") -> None:
    what = hit.record.kind if hit.record else hit.report.kind
    day = hit.record.date if hit.record else hit.report.date
    section = " / ".join(hit.section) or hit.report.title
    out.line(f"{out.style(str(day or 'no day'), 'bold')}  {out.style(what, 'green')}  {out.style(section, 'dim')}")
    out.line(_INDENT + out.marked(hit.highlight))
    for word, name in hit.meant.items():
        out.line(_INDENT + out.style(f"{word} by another name: {name}", "dim"))
    if why:
        out.line(_INDENT + out.style(why, "yellow"))
    if hit.weeks:
        days = ", ".join(dict.fromkeys(week.date or "no day" for week in hit.weeks[:_FEW]))
        more = f", … {len(hit.weeks)} in all" if len(hit.weeks) > _FEW else ""
        out.line(_INDENT + out.style(f"also {days}{more}", "dim"))
    out.line(_INDENT + out.style(f"{hit.report.path}:{hit.line}", "cyan"))
    out.line()


def _row(hit: "Found") -> list[object]:
    record = hit.record
    return [
        record.date if record else hit.report.date,
        record.kind if record else hit.report.kind,
        hit.report.title,
        " / ".join(hit.section),
        " ".join(record.institutions) if record else "",
        hit.text,
        hit.report.path,
        hit.line,
        " ".join(week.date or "" for week in hit.weeks),
        " ".join(f"{word}={name}" for word, name in hit.meant.items()),
        record.id if record else hit.report.id,
    ]


def alike(answer: "similar.Answer", out: Out) -> None:
    """Records like one, and why."""
    out.line(out.style("like", "dim"))
    _hit(answer.record, out)
    for one in answer.similar:
        _hit(one.hit, out, why=_why(one))
    out.line(
        f"{len(answer.similar)} of {answer.total} records that are like it" if answer.total else "Nothing is like it."
    )


def _why(one: "similar.Like") -> str:
    """`both at 中国光大银行, both say 前置机, 连接`."""
    parts = [f"both at {', '.join(one.institutions)}"] if one.institutions else []
    return "; ".join([*parts, f"both say {', '.join(one.words[:_FEW])}"] if one.words else parts)
