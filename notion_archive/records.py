"""The record contract as types: what a page becomes, field by field, as JSON has it. Nothing here reads a word.

Dates are local to the report, without time zone. What is not stated is null.
"""

import datetime as dt
from typing import Literal

from msgspec import Struct

from notion_archive.model import Link

ReportKind = Literal["weekly", "daily", "page"]
Status = Literal["planned", "in_progress", "testing", "done", "blocked"]
State = Literal["done", "planned"]
REPORTS = ("weekly", "daily", "page")
NAMES = ("incident", "update", "metric", "goal", "note")


class Record(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The fields common to every record; see each kind for its own. Dates are local to the report, without time zone."""

    id: str = ""
    report: str
    date: dt.date | None
    section: tuple[str, ...]
    objective: str | None
    lines: tuple[int, int]
    text: str
    institutions: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The record's kind as it stands in JSON: incident, update, metric, goal or note."""
        return str(self.__struct_config__.tag)


class Incident(Record, frozen=True, kw_only=True, tag="incident"):
    """Something that broke. `minutes` is recovered − occurred, or the duration as stated; null where neither is known."""

    occurred: str | None
    recovered: str | None
    minutes: int | None
    summary: str
    cause: str | None
    resolution: str | None
    severity: str | None


class Progress(Struct, frozen=True, kw_only=True):
    """A share or a count as stated; what is not stated is null. `percent` of 100, `done` of `total`."""

    label: str | None
    percent: float | None = None
    done: int | None = None
    total: int | None = None


class Milestone(Struct, frozen=True, kw_only=True):
    """A step of a project tied to a day or a span of days, in the author's words."""

    text: str
    start: dt.date
    end: dt.date
    state: State


class Update(Record, frozen=True, kw_only=True, tag="update"):
    """Where a project stands in one report. `key` is its identity across weeks, `parent` the enclosing project."""

    project: str
    key: str
    parent: str | None
    status: Status | None
    progress: tuple[Progress, ...]
    milestones: tuple[Milestone, ...]
    risks: tuple[str, ...]
    problems: tuple[str, ...]


class Metric(Record, frozen=True, kw_only=True, tag="metric"):
    """A number of the week. `group` is the list or heading it stands under; `unit` as written, null where there is none."""

    name: str
    group: str | None
    value: float
    unit: str | None


class Goal(Record, frozen=True, kw_only=True, tag="goal"):
    """One item of what is planned next."""


class Note(Record, frozen=True, kw_only=True, tag="note"):
    """One item that is nothing more particular."""


AnyRecord = Incident | Update | Metric | Goal | Note


class Report(Struct, frozen=True, kw_only=True):
    """One exported page, understood, field by field as the record contract has it; dates are local to the report."""

    id: str
    kind: ReportKind
    title: str
    path: str
    year: int | None
    week: int | None
    date: dt.date | None
    start: dt.date | None
    end: dt.date | None
    created: str | None
    properties: dict[str, str]
    links: tuple[Link, ...]
    records: tuple[AnyRecord, ...]


class ReadPage(Struct, frozen=True, kw_only=True):
    """A report, and the lines of its page that are in none of its records: (number, words).

    `added` are the words that the user put into records and no page has, by the records' ids; `counted`: its days are
    those of its week's number.
    """

    report: Report
    rest: tuple[tuple[int, str], ...]
    added: dict[str, tuple[str, ...]] = {}
    counted: bool = False
