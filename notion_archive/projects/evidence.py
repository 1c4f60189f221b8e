"""What speaks for two groups of spellings being one project beside their names, each with its weight and in words."""

import datetime as dt
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from notion_archive.projects.likeness import Way
from notion_archive.projects.spellings import Spelling

_NEAR, _LATER = 60, 120  # days
_FAR = 240


class Group(NamedTuple):
    """Spellings that are one project so far: their places, and all that is said of them together."""

    members: tuple[int, ...]
    reports: Mapping[str, tuple[int, ...]]
    days: tuple[int, ...]
    under: frozenset[str]
    parts: frozenset[str]
    promises: frozenset[dt.date]
    totals: frozenset[int]
    objectives: frozenset[str]

    @classmethod
    def of(cls, at: int, spelling: Spelling) -> "Group":
        """A group of one."""
        return cls(
            members=(at,), reports=dict.fromkeys(spelling.reports, (at,)), days=spelling.days,
            under=frozenset((spelling.under,) if spelling.under else ()), parts=spelling.parts,
            promises=spelling.promises, totals=spelling.totals, objectives=spelling.objectives,
        )  # fmt: skip

    def with_(self, other: "Group") -> "Group":
        """Two groups as one."""
        reports = {
            report: self.reports.get(report, ()) + other.reports.get(report, ())
            for report in {**self.reports, **other.reports}
        }
        return Group(
            members=tuple(sorted(self.members + other.members)), reports=reports,
            days=tuple(sorted({*self.days, *other.days})), under=self.under | other.under,
            parts=self.parts | other.parts, promises=self.promises | other.promises, totals=self.totals | other.totals,
            objectives=self.objectives | other.objectives,
        )  # fmt: skip


class Rarity:
    """How many spellings share a value: what one day or number tells depends on who else has it."""

    def __init__(self, values: Iterable[Iterable[object]]) -> None:
        self._counts = Counter(value for some in values for value in some)

    def weight(self, shared: Iterable[object], most: float) -> float:
        """`most` for a value that only two or three spellings have, less for one that many have."""
        return max((most * min(1.0, 3 / self._counts[value]) for value in shared), default=0.0)


def spoken(
    one: Group, other: Group, parents: tuple[frozenset[int], frozenset[int]], promises: Rarity, totals: Rarity
) -> Iterator[tuple[float, str]]:
    """The weight of each piece of evidence, negative where it speaks against, and its words."""
    first, second = parents
    if first and second:
        shared = first & second
        yield (0.15, "they stand under the same project") if shared else (-0.6, "they stand under different projects")
    if one.parts & other.parts:
        yield 0.15, f"{min(one.parts & other.parts)} stands under both"
    if shared_days := one.promises & other.promises:
        yield promises.weight(shared_days, 0.25), f"both promise {max(shared_days).isoformat()}"
    if shared_totals := one.totals & other.totals:
        yield totals.weight(shared_totals, 0.2), f"both count up to {max(shared_totals)}"
    if one.objectives and other.objectives:
        yield (0.03, "they stand under the same objective") if one.objectives & other.objectives else (-0.03, "")
    if one.days and other.days:
        gap = _gap(one.days, other.days)
        near = 0.1 * max(0.0, 1 - gap / _NEAR) - 0.15 * min(1.0, max(0.0, (gap - _LATER) / _FAR))
        yield near, f"they are written {gap} days apart, never in one report"
        if one.days[0] < other.days[-1] and other.days[0] < one.days[-1]:
            yield 0.08, "they are written in turn"


def _gap(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Days between the two nearest of two ordered lists of days."""
    few, many = sorted((one, other), key=len)
    places = ((day, bisect_left(many, day)) for day in few)
    return min(abs(day - near) for day, at in places for near in many[max(0, at - 1) : at + 1])


_IN_WORDS: dict[Way, str] = {
    "same": "the same name but for {loose}",
    "called": "one stands in brackets behind the other",
    "reordered": "the same characters in another order",
    "misspelt": "names that sound the same",
    "part": "{short} is a part of {long}",
    "abbreviated": "{short} abbreviates {long}",
    "contrast": "much of the names is the same",
    "numbers": "",
}


def in_words(way: Way, one: Spelling, other: Spelling, loose: Iterable[str]) -> str:
    """How two names are alike, for a reader: `账户2.0 is a part of 支付账户2.0升级`."""
    short, long = sorted((one.name, other.name), key=lambda name: (len(name), name))
    varies = ", ".join(sorted(loose)) or "space and signs"
    return _IN_WORDS[way].format(loose=varies, short=short, long=long)
