"""What each field of a question asks for: `银行:中行` -> the tag institution:中国银行, and a sentence that says so.

A value that a field can never have is a QueryError with the values there are.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from notion_archive.archive import Archive
from notion_archive.errors import QueryError
from notion_archive.model import Any, Clause, Days, Pages, Query, Tag, Term
from notion_archive.queries import filters, names, spans
from notion_archive.queries.grammar import Fact
from notion_archive.queries.spans import Calendar
from notion_archive.text import fold

_PAGES = ("weekly", "daily", "page")
_MANY = 12  # values that are named in a sentence
_HAS = {
    "risk": "风险", "problem": "问题", "milestone": "里程碑 节点 计划", "progress": "进度", "cause": "原因 根因",
    "resolution": "处置 处理 解决 措施", "duration": "时长 耗时 恢复",
}  # fmt: skip
_STATUSES = ("planned", "in_progress", "testing", "done", "blocked")


class Understood(Struct, frozen=True, kw_only=True):
    """What a field stands for, in clauses and in words; `remark` is worth telling without being asked."""

    clause: Clause
    words: str
    remark: str = ""


def understand(archive: Archive, fact: Fact, days: Calendar) -> Understood:
    """The meaning of a field with its values, which are alternatives. Raises QueryError for an impossible one."""
    found = [_READERS[fact.field](archive, value.strip(), days) for value in fact.values if value.strip()]
    if len(found) == 1:
        return found[0]
    return Understood(
        clause=Any(tuple(one.clause for one in found)),
        words=" or ".join(one.words for one in found),
        remark=" ".join(one.remark for one in found if one.remark),
    )


def _tags(field: str, values: Iterable[str], remark: str = "") -> Understood:
    tags = tuple(f"{field}:{value}" for value in values)
    return _meant(names.Meant(tags=tags, remark=remark))


def _meant(meant: names.Meant) -> Understood:
    words = meant.words or _listed([tag.replace(":", " ", 1) for tag in meant.tags])
    return Understood(clause=_one_of(meant.tags), words=words, remark=meant.remark)


def _one_of(tags: Iterable[str]) -> Clause:
    clauses = tuple(map(Tag, tags))
    return clauses[0] if len(clauses) == 1 else Any(clauses)


def _listed(values: list[str]) -> str:
    more = f" and {len(values) - _MANY} more" if len(values) > _MANY else ""
    return " or ".join(values[:_MANY]) + more


def _kind(_archive: Archive, asked: str, _days: Calendar) -> Understood:
    return _tags("kind", [filters.kind(asked)])


def _institution(archive: Archive, asked: str, _days: Calendar) -> Understood:
    return _meant(names.institutions(archive, asked))


def _project(archive: Archive, asked: str, _days: Calendar) -> Understood:
    return _meant(names.projects(archive, asked))


def _severity(archive: Archive, asked: str, _days: Calendar) -> Understood:
    return _tags("severity", [tag.partition(":")[2] for tag in filters.severities(archive, asked)])


def _part_of_name(field: str, whole: str) -> "Callable[[Archive, str, Calendar], Understood]":
    """A reader of fields whose value may be a part of a name that is there: `section:故障` -> 生产故障 and 故障."""

    def read(archive: Archive, asked: str, _days: Calendar) -> Understood:
        there = names.counts(archive, field)
        exact = [known for known in there if fold(known) == fold(asked)]
        found = exact or [known for known in there if fold(asked) in fold(known)]
        if not found:
            raise QueryError(f"No {whole} is called {asked}. {_known(asked, list(there))}{_AS_TEXT}")
        return _tags(field, found)

    return read


def _known(asked: str, there: list[str]) -> str:
    if not there:
        return "There is none in the archive."
    import difflib

    near = difflib.get_close_matches(fold(asked), there, n=5, cutoff=0.4) if len(there) > _MANY else []
    return (
        f"Nearest: {', '.join(near)}." if near else f"Known: {', '.join(there[:_MANY])}{', …' * (len(there) > _MANY)}."
    )


_AS_TEXT = " To find the text as it stands, put it in quotes."


def _among(field: str, known: Mapping[str, str]) -> "Callable[[Archive, str, Calendar], Understood]":
    """A reader of fields with a few values, each with other words for it."""

    def read(_archive: Archive, asked: str, _days: Calendar) -> Understood:
        folded = fold(asked)
        found = next((value for value, others in known.items() if folded in (value, *others.split())), None)
        if found is None:
            raise QueryError(f"There is no {field}:{asked}. Known: {', '.join(known)}.{_AS_TEXT}")
        return _tags(field, [found])

    return read


def _status(archive: Archive, asked: str, _days: Calendar) -> Understood:
    from notion_archive.kinds import status

    found = next((known for known in _STATUSES if fold(asked).replace(" ", "_") == known), None)
    found = found or status.of_label(asked, archive.words.lexicon)
    if found is None:
        raise QueryError(
            f"There is no status {asked}. Known: {', '.join(_STATUSES)}, or their Chinese words.{_AS_TEXT}"
        )
    return _tags("status", [found])


def _report(archive: Archive, asked: str, days: Calendar) -> Understood:
    """`第15周` by the report's own number, a day, `daily`, a title or a part of one."""
    folded = fold(asked)
    if folded in (*_PAGES, "周报", "日报", "页面"):
        return _tags("report", [filters.kind(asked)])
    number = re.fullmatch(r"(?:第|w)?(\d{1,2})周?", folded)
    span = spans.resolve(asked, days)
    day = str(span.first) if span and span.first == span.last else None
    named = Any((Term(asked), Days(day, day))) if day else Term(asked)
    where = Tag(f"week:{int(number[1])}") if number else named
    found = [hit.document for hit in archive.engine.search(Query(where=where, kinds=_PAGES)).hits]
    pages = [one for one in found if number or (day and one.day == day) or folded in fold(one.title)]
    if not pages:
        there = [hit.document.title for hit in archive.engine.search(Query(kinds=_PAGES, limit=500)).hits]
        raise QueryError(f"No report is called {asked}. {_known(asked, there)}{_AS_TEXT}")
    titles = _listed([document.title for document in pages])
    return Understood(clause=Pages(tuple(document.key for document in pages)), words=f"in {titles}")


def _time(_archive: Archive, asked: str, days: Calendar) -> Understood:
    span = spans.read(asked, "time", days)
    return _days(asked, str(span.first), str(span.last), f"{span}", span.note)


def _since(_archive: Archive, asked: str, days: Calendar) -> Understood:
    span = spans.read(asked, "since", days)
    return _days(asked, str(span.first), None, f"since {span.first}", span.note)


def _until(_archive: Archive, asked: str, days: Calendar) -> Understood:
    span = spans.read(asked, "until", days)
    return _days(asked, None, str(span.last), f"until {span.last}", span.note)


def _days(asked: str, first: str | None, last: str | None, words: str, note: str) -> Understood:
    words += f" ({note})" if note else ""
    plain = re.fullmatch(r"[\d\-/.]+", asked)
    return Understood(clause=Days(first, last), words=words, remark="" if plain else f"{asked}: {words}.")


def _year(archive: Archive, asked: str, days: Calendar) -> Understood:
    span = spans.resolve(asked if not re.fullmatch(r"\d\d", asked) else f"20{asked}", days)
    if span is None or (span.first.month, span.last.month, span.first.year) != (1, 12, span.last.year):
        known = ", ".join(sorted(names.counts(archive, "year"))) or "none"
        raise QueryError(f"{asked} is no year. Write it like 2023. In the archive: {known}.")
    return _tags("year", [str(span.first.year)])


def _month(archive: Archive, asked: str, days: Calendar) -> Understood:
    """`2023-04`; `4` and `4月` are April of any year; `上个月`."""
    there = sorted(names.counts(archive, "month"))
    if (match := re.fullmatch(r"(\d{1,2})月?", fold(asked))) and 1 <= int(match[1]) <= 12:
        return _tags("month", [known for known in there if known.endswith(f"-{int(match[1]):02}")] or [asked])
    span = spans.resolve(asked, days)
    if span is None or (span.first.year, span.first.month) != (span.last.year, span.last.month):
        raise QueryError(
            f"{asked} is no month. Write it like 2023-04 or 4. In the archive: {_listed(there) or 'none'}."
        )
    return _tags(
        "month", [str(span.first)[:7]], remark="" if asked[:1].isdigit() else f"{asked}: {str(span.first)[:7]}."
    )


def _week(archive: Archive, asked: str, days: Calendar) -> Understood:
    """`15`, `第15周`: by the reports' own numbers, in any year; `2023W15`, `上周`: days."""
    if (match := re.fullmatch(r"(?:第|w)?(\d{1,2})周?", fold(asked))) and 1 <= int(match[1]) <= 53:
        return _tags("week", [str(int(match[1]))])
    span = spans.resolve(asked, days)
    if span is None or (span.last - span.first).days > 13:
        known = ", ".join(sorted(names.counts(archive, "week"), key=int)) or "none"
        raise QueryError(f"{asked} is no week. Write it like 15, 2023W15 or 上周. In the archive: {known}.")
    return _time(archive, asked, days)


_READERS: dict[str, Callable[[Archive, str, Calendar], Understood]] = {
    "kind": _kind,
    "institution": _institution,
    "project": _project,
    "objective": _part_of_name("objective", "objective"),
    "section": _part_of_name("section", "section"),
    "severity": _severity,
    "report": _report,
    "has": _among("has", _HAS),
    "status": _status,
    "metric": _part_of_name("metric", "metric"),
    "time": _time,
    "since": _since,
    "until": _until,
    "year": _year,
    "month": _month,
    "week": _week,
}
