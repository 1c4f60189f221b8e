"""What a list is narrowed down to: the options every listing command shares."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from notion_archive.archive import Archive
from notion_archive.errors import QueryError
from notion_archive.model import Any, Clause, Query, Tag
from notion_archive.queries import names, spans, weeks
from notion_archive.records import NAMES
from notion_archive.text import fold

KINDS = (*NAMES, "weekly", "daily", "page")


class Filters(Struct, frozen=True, kw_only=True):
    """Narrowing as the user typed it; several values of one option are alternatives. `limit` None: all.

    `today` is the day it is asked, which 上周 and the like are read against.
    """

    institutions: Sequence[str] = ()
    projects: Sequence[str] = ()
    kinds: Sequence[str] = ()
    severities: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    limit: int | None = None
    offset: int = 0
    today: dt.date | None = None


class Narrowed(Struct, frozen=True, kw_only=True):
    """The same as the engine understands it, and what the user should know of how it was understood."""

    clauses: tuple[Clause, ...]
    kinds: tuple[str, ...]
    since: str | None
    until: str | None
    remarks: tuple[str, ...]


def narrow(archive: Archive, filters: Filters) -> Narrowed:
    """Names to tags, days to spans. Raises QueryError for what cannot be, with what there is instead."""
    clauses: list[Clause] = []
    remarks: list[str] = []
    for asked, find in ((filters.institutions, names.institutions), (filters.projects, names.projects)):
        if asked:
            found = [find(archive, one) for one in asked]
            clauses.append(Any(tuple(Tag(tag) for meant in found for tag in meant.tags)))
            remarks.extend(meant.remark for meant in found if meant.remark)
    if filters.severities:
        clauses.append(Any(tuple(Tag(tag) for one in filters.severities for tag in severities(archive, one))))
    days = weeks.calendar(archive, filters.today)
    since = spans.read(filters.since, "--since", days) if filters.since else None
    until = spans.read(filters.until, "--until", days) if filters.until else None
    for word, span in ((filters.since, since), (filters.until, until)):
        if word and span and not word[:4].isdigit():
            remarks.append(f"{word}: {span}{f' ({span.note})' if span.note else ''}.")
    return Narrowed(
        clauses=tuple(clauses),
        kinds=tuple(map(kind, filters.kinds)),
        since=str(since.first) if since else None,
        until=str(until.last) if until else None,
        remarks=tuple(remarks),
    )


_KIND_WORDS = {
    "故障": "incident", "事故": "incident", "事件": "incident", "进展": "update", "项目": "update", "指标": "metric",
    "目标": "goal", "计划": "goal", "其他": "note", "周报": "weekly", "日报": "daily", "页面": "page",
}  # fmt: skip


def kind(asked: str) -> str:
    """A kind by its name, English or Chinese: `incidents`, `故障` -> incident. Raises QueryError with the known."""
    found = kind_called(asked)
    if found is None:
        raise QueryError(f"There is no kind {asked}. Known: {', '.join(KINDS)}.")
    return found


def kind_called(word: str) -> str | None:
    """The kind that a word names: `故障` -> incident; None for another word."""
    folded = fold(word)
    return _KIND_WORDS.get(folded) or next((known for known in KINDS if folded in (known, known + "s")), None)


def severities(archive: Archive, asked: str) -> list[str]:
    """The tags of a severity, however it was spelled: `p1` finds P1. Raises QueryError with those there are."""
    there = archive.engine.search(Query(limit=0, facets=("severity",))).facets["severity"]
    tags = [f"severity:{known}" for known in there if fold(known).removesuffix("级") == fold(asked).removesuffix("级")]
    if not tags:
        known = ", ".join(list(there)[:12]) or "none is stated anywhere"
        raise QueryError(f"No incident has severity {asked}. Known: {known}.")
    return tags
