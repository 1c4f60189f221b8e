"""What speaks for two groups of spellings being one project beside their names, each with its weight and in words."""

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from notion_archive.projects.likeness import Way
from notion_archive.projects.spellings import Spelling
from notion_archive.projects.workings import DAYS, Workings
from notion_archive.text import fold

# What each piece of evidence adds to the likeness of two names, which is 1 at most.
_PROMISE, _TOTAL = 0.3, 0.25  # the same day promised, the same number counted up to, where hardly anybody else has it
_OTHER_DAYS = -0.08  # both promise days, and none in common
_SAME_PARENT, _SAME_PART, _SAME_OBJECTIVE = 0.15, 0.15, 0.03
_OTHER_PARENT, _OTHER_THEME, _OTHER_OBJECTIVE = -0.6, -0.2, -0.03
_NEAR, _FAR = 0.1, -0.15  # in neighbouring weeks; a year apart
_IN_TURN, _INSTEAD = 0.08, 0.12  # their weeks alternate; one is missing just where the other is written
UNSPECIFIC = _SAME_OBJECTIVE + _NEAR + _IN_TURN + _INSTEAD  # the most that any two may have in common
_NEAR_DAYS, _LATER_DAYS, _FAR_DAYS = 60, 120, 360
_SEVERAL = 1.5  # so many projects may promise one day, and it still tells all it can


class Group(NamedTuple):
    """Spellings that are one project so far: their places, and all that is said of them together."""

    members: tuple[int, ...]
    told: int
    reports: Mapping[str, tuple[int, ...]]
    days: tuple[int, ...]
    parts: frozenset[str]
    promises: frozenset[dt.date]
    totals: frozenset[int]
    objectives: frozenset[str]

    @classmethod
    def of(cls, at: int, spelling: Spelling) -> "Group":
        """A group of one."""
        return cls(
            members=(at,), told=spelling.told, reports=dict.fromkeys(spelling.reports, (at,)), days=spelling.days,
            parts=spelling.parts, promises=frozenset(spelling.promises), totals=frozenset(spelling.totals),
            objectives=spelling.objectives,
        )  # fmt: skip

    def with_(self, other: "Group") -> "Group":
        """Two groups as one."""
        reports = {
            report: self.reports.get(report, ()) + other.reports.get(report, ())
            for report in {**self.reports, **other.reports}
        }
        return Group(
            members=tuple(sorted(self.members + other.members)), told=self.told + other.told, reports=reports,
            days=tuple(sorted({*self.days, *other.days})), parts=self.parts | other.parts,
            promises=self.promises | other.promises, totals=self.totals | other.totals, objectives=self.objectives | other.objectives,
        )  # fmt: skip


class Above(NamedTuple):
    """What stands above two groups: whether that is one project, two, and whether it matters."""

    shared: bool
    differ: bool
    matters: bool


class Archive:
    """What all spellings together say: who else promises a day or counts up to a number, the days of all reports."""

    def __init__(self, workings: Workings) -> None:
        self._workings = workings
        self._shares: dict[str, float] = {}
        self._days: tuple[int, ...] | None = None

    def share(self, keys: Iterable[str]) -> float:
        """What some days or numbers tell that two projects share: 1 for one that no two spellings have in one report, less
        for one that many have."""
        return max(map(self._share, keys))

    def _share(self, key: str) -> float:
        share = self._shares.get(key)
        if share is None:
            share = self._shares[key] = tells(self._workings.counts[key])
        return share

    @property
    def days(self) -> tuple[int, ...]:
        """The days of all reports, ascending."""
        if self._days is None:
            self._days = tuple(sorted(self._workings.lists[DAYS]))
        return self._days

    def reports(self, first: int, last: int) -> int:
        """On how many days from the first to the last there are reports."""
        return bisect_right(self.days, last) - bisect_left(self.days, first)


def tells(most: int) -> float:
    """What a day or number tells that so many spellings have in one report."""
    return min(1.0, _SEVERAL / most) if most else 1.0


def most(workings: Workings, key: str) -> int:
    """How many spellings have a day or number in common in one report, at most."""
    having = (said(workings.entry(number).spelling)[key] for number in workings.lists[key])
    return max(Counter(report for reports in having for report in reports).values(), default=0)


def said(spelling: Spelling) -> dict[str, tuple[str, ...]]:
    """The days a spelling promises and the numbers it counts up to, as they are listed, and the reports that say so."""
    promises = {promise(day): reports for day, reports in spelling.promises.items()}
    return promises | {total(number): reports for number, reports in spelling.totals.items()}


def promise(day: dt.date) -> str:
    """What promises a day is listed under this."""
    return f"!{day.toordinal()}"


def total(number: int) -> str:
    """What counts up to a number is listed under this."""
    return f"/{number}"


def written(day: int) -> str:
    """What is written on a day is listed under this."""
    return f"#{day}"


def listed(spelling: Spelling) -> Iterator[str]:
    """Under what a spelling is listed for what it says."""
    yield from said(spelling)
    yield from map(written, spelling.days)


def spoken(one: Group, other: Group, above: Above, archive: Archive) -> Iterator[tuple[float, str]]:
    """The weight of each piece of evidence, negative where it speaks against, and its words."""
    if above.shared:
        yield _SAME_PARENT, "they stand under the same project"
    elif above.differ:
        yield _OTHER_PARENT if above.matters else _OTHER_THEME, ""
    if parts := one.parts & other.parts:
        yield _SAME_PART, f"{min(parts)} stands under both"
    if days := one.promises & other.promises:
        yield _PROMISE * archive.share(map(promise, days)), f"both promise {max(days).isoformat()}"
    elif one.promises and other.promises:
        yield _OTHER_DAYS, ""
    if totals := one.totals & other.totals:
        yield _TOTAL * archive.share(map(total, totals)), f"both count up to {max(totals)}"
    if one.objectives and other.objectives:
        same = one.objectives & other.objectives
        yield _SAME_OBJECTIVE if same else _OTHER_OBJECTIVE, "they stand under the same objective"
    if one.days and other.days:
        yield from _weeks(one.days, other.days, archive)


def _weeks(one: tuple[int, ...], other: tuple[int, ...], archive: Archive) -> Iterator[tuple[float, str]]:
    """What the weeks tell in which two groups are written, which are never the same."""
    gap = _gap(one, other)
    near = _NEAR * max(0.0, 1 - gap / _NEAR_DAYS)
    far = _FAR * min(1.0, max(0.0, (gap - _LATER_DAYS) / (_FAR_DAYS - _LATER_DAYS)))
    yield near + far, f"they are written {gap} days apart, never in one report"
    if one[0] < other[-1] and other[0] < one[-1]:
        yield _IN_TURN, "they are written in turn"
    expected = len(one) * len(other) / archive.reports(min(one[0], other[0]), max(one[-1], other[-1]))
    told = "one is missing where the other is written" if expected >= 1 else ""
    yield _INSTEAD * (1 - math.exp(-expected)), told


def _gap(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Days between the two nearest of two ordered lists of days."""
    few, many = sorted((one, other), key=len)
    places = ((day, bisect_left(many, day)) for day in few)
    return min(abs(day - near) for day, at in places for near in many[max(0, at - 1) : at + 1])


_IN_WORDS: dict[Way, str] = {
    "same": "the same name but for {loose}",
    "called": "one stands in brackets behind the other",
    "reordered": "the same words in another order",
    "placed": "with what stands above it or in brackets, {short} is {long}",
    "misspelt": "names that sound the same",
    "part": "{short} is a part of {long}",
    "abbreviated": "{short} abbreviates {long}",
    "contrast": "much of the names is the same",
}


def in_words(way: Way, one: Spelling, other: Spelling, loose: Set[str]) -> str:
    """How two names are alike, for a reader: `账户2.0 is a part of 支付账户2.0升级`."""
    short, long = sorted((one.name, other.name), key=lambda name: (len(name), name))
    varies = ", ".join(sorted(loose)) or "space and signs"
    translated = set(filter(str.isalnum, fold(short) + fold(long))) - set(fold(short)) & set(fold(long)) - {
        *"".join(loose)
    }
    if translated and way in ("same", "reordered"):
        return f"{short} says {long} in other words"
    return _IN_WORDS[way].format(loose=varies, short=short, long=long)
