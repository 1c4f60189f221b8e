"""Whether two groups of spellings are one project: what forbids it, and the sum of what speaks for it."""

import datetime as dt
from collections.abc import Iterable, Set
from itertools import product
from typing import NamedTuple

from notion_archive.projects.evidence import UNSPECIFIC, Above, Archive, Group, in_words, spoken
from notion_archive.projects.likeness import Way
from notion_archive.projects.names import Pair, Region

SURE: tuple[Way, ...] = ("same", "called", "reordered", "placed", "misspelt")
_UNSAID_PHASE = 0.6  # one name gives a phase, the other was there before it
_UNLIKE = 0.45  # names that contrast and are less alike are strange to each other
_STRANGE = 0.2  # what it costs that some of the names are
HARDLY = 0.5  # what scores less is two projects
_TELLING = 5  # a name as long as this tells what it is wherever it stands; 数据迁移 does not


class Verdict(NamedTuple):
    """What is to be said of joining two groups: by which two spellings, how well they fit, what forbids it."""

    score: float
    pair: Pair
    way: Way
    against: str = ""


class Parents(NamedTuple):
    """The groups that stand above two others: which, and whether all of them are projects and not only headings."""

    one: frozenset[int]
    other: frozenset[int]
    projects: bool


class Judge:
    """Knows the spellings and their names; the groups and what stands above them are brought before it."""

    def __init__(self, region: Region, archive: Archive, different: Set[frozenset[int]]) -> None:
        self._all = region.spellings
        self._names = region
        self._different = different
        self._archive = archive

    def verdict(self, one: Group, other: Group, parents: Parents, pairs: Iterable[Pair]) -> Verdict:
        """Judge two groups; `pairs` are the spellings in both whose names are worth comparing."""
        pair = min(pairs, key=lambda pair: (-self._names.likeness(*pair).score, pair))
        likeness = self._names.likeness(*pair)
        if against := self._forbidden(one, other) or self._only_holds(one, other, likeness.way):
            return Verdict(likeness.score, pair, likeness.way, against)
        above = self._above(parents, pair)
        if likeness.score + UNSPECIFIC < HARDLY and not _shares(one, other, above):
            return Verdict(likeness.score, pair, likeness.way)
        score = likeness.score + sum(weight for weight, _ in spoken(one, other, above, self._archive))
        score -= self._unsaid(one, other) + _STRANGE * self._are_strange(one, other)
        return Verdict(score, pair, likeness.way)

    def words(self, verdict: Verdict, one: Group, other: Group, parents: Parents) -> tuple[str, ...]:
        """What speaks for joining two groups, the likeness of two of their names first."""
        first, second = verdict.pair
        loose = self._names.wordings[first].loose ^ self._names.wordings[second].loose
        heard = spoken(one, other, self._above(parents, verdict.pair), self._archive)
        by = (words for weight, words in heard if weight > 0 and words)
        return in_words(verdict.way, self._all[first], self._all[second], loose), *by

    def short(self, verdict: Verdict) -> int:
        """Which of the two spellings of a verdict has the shorter name."""
        return min(verdict.pair, key=lambda at: (len(self._names.wordings[at].telling), at))

    def _forbidden(self, one: Group, other: Group) -> str:
        """Why two groups cannot be one, empty where they can."""
        pairs = list(product(one.members, other.members))
        if self._different and any(frozenset(pair) in self._different for pair in pairs):
            return "you said so"
        for report in sorted(one.reports.keys() & other.reports.keys()):
            for pair in product(one.reports[report], other.reports[report]):
                if not self._are_one_item(*pair):
                    day = self._all[pair[0]].reports[report]
                    return f"one report has both{f' ({dt.date.fromordinal(day)})' if day else ''}"
        return next(filter(None, (self._names.never(*pair) for pair in pairs)), "")

    def _are_one_item(self, one: int, other: int) -> bool:
        """Whether two spellings in one report may be one project: written twice, or a project and its own summary."""
        first, second = self._all[one], self._all[other]
        wordings = self._names.wordings
        if wordings[one].plain == wordings[other].plain:
            return first.under == second.under or None in (first.under, second.under)
        for child, parent in ((one, other), (other, one)):
            if self._all[child].under == self._all[parent].tag:
                shorter = len(wordings[child].telling) <= len(wordings[parent].telling)
                way = self._names.likeness(child, parent).way
                return way in ("same", "reordered") or (way == "part" and shorter)
        return False

    def _only_holds(self, one: Group, other: Group, way: Way) -> str:
        """Why a heading that only holds projects is none of them: 收银台, above 改版 and 性能, is not 收银台性能."""
        is_project = (one.told and other.told) or way in SURE or one.parts & other.parts
        return "" if is_project else "one only holds others"

    def _above(self, parents: Parents, pair: Pair) -> Above:
        """Whether two spellings stand under one project. A theme that one of the names has in it, and any theme above a
        name that tells by itself, may have been left: 改版 under 收银台, then 收银台UI改版 under 体验."""
        first, second = (self._names.wordings[at] for at in pair)
        shared = bool(parents.one & parents.other)
        named = {*first.above} <= {*second.telling} or {*second.above} <= {*first.telling}
        return Above(
            shared=shared, differ=bool(parents.one and parents.other) and not shared and not named,
            matters=parents.projects or min(len(first.telling), len(second.telling)) < _TELLING,
        )  # fmt: skip

    def _unsaid(self, one: Group, other: Group) -> float:
        """What it costs that one of two gives a phase and the other does not: a name without, that was there before the
        second phase, is the first."""
        first, second = self._phases(one), self._phases(other)
        if bool(first) == bool(second):
            return 0.0
        plain, phased = (one, other) if second else (other, one)
        return _UNSAID_PHASE if plain.days[:1] <= phased.days[:1] else 0.0

    def _phases(self, group: Group) -> set[str]:
        numbers = (number for at in group.members for number in self._names.wordings[at].numbers)
        return {number for number in numbers if not number[0].isdigit()}

    def _are_strange(self, one: Group, other: Group) -> bool:
        """Whether two of the names contrast and no other name has what both have: 规则引擎, 风控引擎, 风控规则引擎."""
        tellings = [set(self._names.wordings[at].telling) for at in one.members + other.members]
        for pair in product(one.members, other.members):
            likeness = self._names.likeness(*pair)
            if likeness.way == "contrast" and likeness.score < _UNLIKE:
                both = {unit for at in pair for unit in self._names.wordings[at].telling}
                if not any(both <= telling for telling in tellings):
                    return True
        return False


def _shares(one: Group, other: Group, above: Above) -> bool:
    """Whether two groups have something in common that few have."""
    return above.shared or any(
        not first.isdisjoint(second)
        for first, second in ((one.promises, other.promises), (one.totals, other.totals), (one.parts, other.parts))
    )
