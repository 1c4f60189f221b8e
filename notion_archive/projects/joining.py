"""Which spellings are one project. Pure, and the same whatever the order in which reports came.

Spellings are joined in rounds: in each, two groups become one where each is the other's best match, what speaks for it
is enough, and nothing forbids it: a version that differs, a report that has both, the user's word.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise, product
from typing import NamedTuple

from notion_archive.projects.candidates import candidates
from notion_archive.projects.corrections import Corrections
from notion_archive.projects.evidence import Group, Rarity, in_words, spoken
from notion_archive.projects.likeness import Likeness, Way, Weights, compare
from notion_archive.projects.spellings import Spelling
from notion_archive.projects.wording import Loose, Wording, read

ENOUGH = 0.62
_CLEARLY = 0.08  # by so much a part of several names must fit one of them better than the next
_WORTH = 0.25  # names less alike than this are never one project
_STRANGE = 0.2  # what it costs that some of the names contrast
_SURE: tuple[Way, ...] = ("same", "called", "reordered", "misspelt")
_CALLED = Likeness(0.9, "called")  # one name in brackets behind the other: 消息队列治理（MQ）
_CROWD = 60  # spellings of one wording, such as 测试 under sixty projects, that are all compared with each other
_TOLD = 0.5  # names as alike as this that are two projects are worth telling

Pair = tuple[int, int]


class Join(NamedTuple):
    """Two spellings, by tag, that made two groups one, and what spoke for it."""

    one: str
    other: str
    by: tuple[str, ...]


class Apart(NamedTuple):
    """Two spellings, by tag, that are alike and are two projects, and why."""

    one: str
    other: str
    by: str


class Joined(NamedTuple):
    """The groups of spellings, how each came about, and what was nearly joined; all in the order of tags."""

    groups: tuple[tuple[Spelling, ...], ...]
    joins: tuple[Join, ...]
    apart: tuple[Apart, ...]


class _Verdict(NamedTuple):
    """What is to be said of joining two groups: by which two spellings, how well they fit, what forbids it."""

    score: float
    pair: Pair
    way: Way
    by: tuple[str, ...]
    against: str


def join(spellings: Sequence[Spelling], loose: Loose, corrections: Corrections) -> Joined:
    """Group the spellings of an archive."""
    joining = _Joining(sorted(spellings, key=lambda spelling: spelling.tag), loose, corrections)
    joining.correct()
    while joining.round():
        pass
    return joining.result()


class _Joining:
    def __init__(self, spellings: list[Spelling], loose: Loose, corrections: Corrections) -> None:
        self._all = spellings
        self._wordings = [read(spelling.name, loose) for spelling in spellings]
        self._weights = Weights(wording.telling for wording in self._wordings)
        self._likenesses: dict[tuple[Wording, Wording], Likeness] = {}
        self._called = self._bracketed(loose)
        self._pairs = sorted(self._worth_comparing() | self._called)
        self._places = {spelling.tag: at for at, spelling in enumerate(spellings)}
        self._groups = {at: Group.of(at, spelling) for at, spelling in enumerate(spellings)}
        self._group_of = list(range(len(spellings)))
        self._promises = Rarity(spelling.promises for spelling in spellings)
        self._totals = Rarity(spelling.totals for spelling in spellings)
        self._corrections = corrections
        self._different: set[frozenset[int]] = set()
        self._joins: list[Join] = []
        self._verdicts: dict[Pair, tuple[tuple[object, ...], _Verdict]] = {}

    def _bracketed(self, loose: Loose) -> set[Pair]:
        """Pairs of spellings one of which somebody put in brackets behind the other."""
        places: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for at, wording in enumerate(self._wordings):
            places[wording.telling, wording.numbers].append(at)
        found: set[Pair] = set()
        for at, spelling in enumerate(self._all):
            for wording in (read(other, loose) for other in spelling.others):
                found.update(
                    (min(at, to), max(at, to)) for to in places.get((wording.telling, wording.numbers), ()) if to != at
                )
        return found

    def _worth_comparing(self) -> set[Pair]:
        """Pairs of spellings whose names are alike enough to be one project, or differ in their version only."""
        places: dict[Wording, list[int]] = defaultdict(list)
        for at, wording in enumerate(self._wordings):
            places[wording].append(at)
        found: set[Pair] = set()
        for same in places.values():
            found.update(combinations(same, 2) if len(same) <= _CROWD else pairwise(same))
        wordings = sorted(places, key=lambda wording: places[wording][0])
        for first, second in candidates(wordings):
            one, other = wordings[first], wordings[second]
            if self._alike(one, other).score >= _WORTH or one.telling == other.telling:
                found.update((min(pair), max(pair)) for pair in product(places[one], places[other]))
        return found

    def _alike(self, one: Wording, other: Wording) -> Likeness:
        found = self._likenesses.get((one, other))
        if found is None:
            found = self._likenesses[one, other] = self._likenesses[other, one] = compare(one, other, self._weights)
        return found

    def _likeness(self, one: int, other: int) -> Likeness:
        likeness = self._alike(self._wordings[one], self._wordings[other])
        called = (
            likeness.way in ("part", "abbreviated", "contrast") and (min(one, other), max(one, other)) in self._called
        )
        return _CALLED if called else likeness

    def correct(self) -> None:
        """Join what the user says is one, and keep in mind what is not."""
        called = self._corrections.places(self._all)
        for names in self._corrections.same:
            first, *others = sorted({at for name in names for at in called[name]}) or [0]
            for at in others:
                one, other = sorted((self._group_of[first], self._group_of[at]))
                if one != other:
                    self._merge(one, other, Join(self._all[first].tag, self._all[at].tag, ("you said so",)))
        self._different = {
            frozenset(pair)
            for names in self._corrections.different
            for one, other in combinations(names, 2)
            for pair in product(called[one], called[other])
        }

    def round(self) -> bool:
        """Join every two groups that are each other's best; whether there were any."""
        matches: dict[int, list[tuple[float, int]]] = defaultdict(list)
        verdicts = {groups: self._verdict(*groups, pairs) for groups, pairs in self._between().items()}
        for (one, other), verdict in verdicts.items():
            if not verdict.against and verdict.score >= ENOUGH - _CLEARLY:
                matches[one].append((-verdict.score, other))
                matches[other].append((-verdict.score, one))
        for found in matches.values():
            found.sort()
        mutual = [
            (one, other)
            for one, ((score, other), *_) in sorted(matches.items())
            if one < other and matches[other][0][1] == one and -score >= ENOUGH
            and (
                verdicts[one, other].way in _SURE
                or (self._is_clear(one, matches[one]) and self._is_clear(other, matches[other]))
            )
        ]  # fmt: skip
        for one, other in mutual:
            verdict = verdicts[one, other]
            first, second = (self._all[at].tag for at in verdict.pair)
            self._merge(one, other, Join(first, second, verdict.by))
        return bool(mutual)

    def _is_clear(self, group: int, matches: list[tuple[float, int]]) -> bool:
        """Whether a group fits one project clearly better than any other: 收银台 is a part of several."""
        (best, other), *rivals = matches
        for score, rival in rivals:
            if score > best + _CLEARLY:
                break
            one, another = self._groups[other], self._groups[rival]
            if self._forbidden(one, another) or self._are_strange(one, another, self._groups[group]):
                return False
        return True

    def _between(self) -> dict[Pair, list[Pair]]:
        """The pairs of spellings worth comparing, by the groups they would join."""
        found: dict[Pair, list[Pair]] = defaultdict(list)
        for pair in self._pairs:
            one, other = self._group_of[pair[0]], self._group_of[pair[1]]
            if one != other:
                found[min(one, other), max(one, other)].append(pair)
        return found

    def _verdict(self, one: int, other: int, pairs: list[Pair]) -> _Verdict:
        """Judged anew only where a group or a parent has changed since."""
        groups = self._groups[one], self._groups[other]
        parents = self._parents(groups[0]), self._parents(groups[1])
        state = (groups[0].members, groups[1].members, *parents)
        known = self._verdicts.get((one, other))
        if known is None or known[0] != state:
            known = self._verdicts[one, other] = (state, self._judged(*groups, parents, pairs))
        return known[1]

    def _judged(
        self, one: Group, other: Group, parents: tuple[frozenset[int], frozenset[int]], pairs: list[Pair]
    ) -> _Verdict:
        pair = min(pairs, key=lambda pair: (-self._likeness(*pair).score, pair))
        likeness = self._likeness(*pair)
        if against := self._forbidden(one, other):
            return _Verdict(likeness.score, pair, likeness.way, (), against)
        heard = list(spoken(one, other, parents, self._promises, self._totals))
        strange = likeness.way != "contrast" and self._are_strange(one, other)
        first, second = pair
        loose = self._wordings[first].loose ^ self._wordings[second].loose
        name = in_words(likeness.way, self._all[first], self._all[second], loose)
        return _Verdict(
            score=likeness.score + sum(weight for weight, _ in heard) - _STRANGE * strange, pair=pair, way=likeness.way,
            by=(name, *(words for weight, words in heard if weight > 0)), against="",
        )  # fmt: skip

    def _forbidden(self, one: Group, other: Group) -> str:
        """Why two groups cannot be one, empty where they can."""
        pairs = list(product(one.members, other.members))
        if self._different and any(frozenset(pair) in self._different for pair in pairs):
            return "you said so"
        if any(self._likeness(*pair).way == "numbers" for pair in pairs):
            return "their versions or phases differ"
        for report in sorted(one.reports.keys() & other.reports.keys()):
            for pair in product(one.reports[report], other.reports[report]):
                if not self._are_one_item(*pair):
                    day = self._all[pair[0]].reports[report]
                    return f"one report has both{f' ({dt.date.fromordinal(day)})' if day else ''}"
        return ""

    def _are_one_item(self, one: int, other: int) -> bool:
        """Whether two spellings in one report may be one project: written twice, or a project and its own summary."""
        first, second = self._all[one], self._all[other]
        if self._wordings[one].plain == self._wordings[other].plain:
            return first.under == second.under or None in (first.under, second.under)
        for child, parent in ((one, other), (other, one)):
            if self._all[child].under == self._all[parent].tag:
                shorter = len(self._wordings[child].telling) <= len(self._wordings[parent].telling)
                way = self._likeness(child, parent).way
                return way in ("same", "reordered") or (way == "part" and shorter)
        return False

    def _are_strange(self, one: Group, other: Group, *third: Group) -> bool:
        """Whether two of the names contrast and no other name has what both have: 规则引擎, 风控引擎, 风控规则引擎."""
        members = (at for group in (one, other, *third) for at in group.members)
        whole = [Counter(self._wordings[at].telling) for at in members]
        for pair in product(one.members, other.members):
            if self._likeness(*pair).way == "contrast":
                first, second = (Counter(self._wordings[at].telling) for at in pair)
                if not any(first | second <= units for units in whole):
                    return True
        return False

    def _parents(self, group: Group) -> frozenset[int]:
        return frozenset(self._group_of[self._places[tag]] for tag in group.under)

    def _merge(self, one: int, other: int, by: Join) -> None:
        self._groups[one] = self._groups[one].with_(self._groups.pop(other))
        for at in self._groups[one].members:
            self._group_of[at] = one
        self._joins.append(by)

    def result(self) -> Joined:
        """What came of it."""
        groups = tuple(tuple(self._all[at] for at in group.members) for _, group in sorted(self._groups.items()))
        apart = []
        for groups_apart, pairs in sorted(self._between().items()):
            verdict = self._verdict(*groups_apart, pairs)
            if verdict.score >= _TOLD or verdict.way == "numbers":
                one, other = (self._all[at].tag for at in verdict.pair)
                apart.append(Apart(one, other, verdict.against or "too little speaks for it"))
        return Joined(groups=groups, joins=tuple(self._joins), apart=tuple(apart))
