"""Which spellings are one project. Pure, and the same whatever the order in which reports came.

Spellings are joined in rounds: in each, two groups become one where each is the other's best match, what speaks for it
is enough, and nothing forbids it: a version that differs, a report that has both, the user's word.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import combinations, product
from typing import NamedTuple

from notion_archive.projects.corrections import NONE, Corrections
from notion_archive.projects.evidence import Archive, Group
from notion_archive.projects.judging import HARDLY, SURE, Judge, Parents, Verdict
from notion_archive.projects.likeness import NEVER
from notion_archive.projects.names import Pair, Region
from notion_archive.projects.spellings import Spelling
from notion_archive.projects.terms import Terms
from notion_archive.projects.workings import Workings

ENOUGH = 0.63
_CLEARLY = 0.08  # by so much a part of several names must fit one of them better than the next


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
    """Groups of spellings, how each came about, and what was nearly joined; all in the order of tags. `names` are those of
    all spellings that are told of, by tag."""

    groups: tuple[tuple[Spelling, ...], ...]
    joins: tuple[Join, ...]
    apart: tuple[Apart, ...]
    names: Mapping[str, str]


def join(workings: Workings, touched: Set[int], terms: Terms, corrections: Corrections = NONE) -> Joined:
    """Group anew whatever may be otherwise when these spellings have changed or gone (see `changes`).

    Spellings that ever fit each other well enough to be looked at more closely are a *circle*, and so are a name and what
    stands above it. What becomes of a circle depends on nobody outside, as long as nobody outside fits anyone in it. So the
    circles that are touched are joined anew together with those of all names that are alike to theirs; those of them that
    now fit are touched too, until there are none. What is not touched stays as it is.
    """
    inner = _whole(workings, touched)
    for number in touched - inner:
        workings.circles[number] = None
    while True:
        border = _beside(workings, inner)
        region = Region(workings, inner | border, terms)
        joining = _Joining(region, Archive(workings), corrections)
        while joining.round():
            pass
        met = [circle for circle in joining.circles() if not circle.isdisjoint(inner)]
        fitting = set().union(*met) - inner
        if not fitting:
            break
        inner |= _whole(workings, fitting)
    for circle in met:
        for number in circle:
            workings.circles[number] = min(circle)
    return joining.result({region.places[number] for number in inner})


def _whole(workings: Workings, numbers: Set[int]) -> set[int]:
    """Some spellings with all that were in a circle with one of them, as far as they are still there."""
    circles = {circle for number in numbers if (circle := workings.circles[number]) is not None}
    found = set(numbers).union(*map(workings.circled, circles))
    return {number for number in found if workings.entries[number]}


def _beside(workings: Workings, inner: set[int]) -> set[int]:
    """The other circles, whole, in which a name is alike to one of these, stands above it or is the same."""
    near = {other for number in inner for other in workings.alike[number]}
    for number in inner:
        spelling = workings.entry(number).spelling
        tags = (tag for tag in (spelling.under, spelling.of) if tag)
        near.update(above for tag in tags if (above := workings.tagged[tag]) is not None)
    return _whole(workings, near - inner) - inner


class _Joining:
    """A group is known by its first member's place, a verdict by its two groups. A verdict holds until one of the two, or
    what stands above them, has changed."""

    def __init__(self, region: Region, archive: Archive, corrections: Corrections) -> None:
        self._region = region
        self._all = spellings = region.spellings
        places = {spelling.tag: at for at, spelling in enumerate(spellings)}
        self._circle = list(range(len(spellings)))
        self._above = [places[one.under] if one.under else None for one in spellings]
        self._below: dict[int, list[int]] = defaultdict(list)
        for at, above in enumerate(self._above):
            if above is not None:
                self._below[above].append(at)
                self._meet(at, above)
        self._groups = {at: Group.of(at, spelling) for at, spelling in enumerate(spellings)}
        self._group_of = list(range(len(spellings)))
        self._between: dict[int, dict[int, list[Pair]]] = defaultdict(lambda: defaultdict(list))
        for pair in sorted(region.pairs):  # there are very many: each is in memory once
            one, other = pair
            self._between[one][other] = self._between[other][one] = [pair]
        called = corrections.places(spellings)
        self._judge = Judge(region, archive, _different(corrections, called))
        self._verdicts: dict[Pair, Verdict] = {}
        self._open = set(region.pairs)
        self._joins: list[Join] = []
        for at, spelling in enumerate(spellings):
            if spelling.of is not None:
                self._merge(places[spelling.of], at, "one stands for the whole of the other")
        for said in corrections.same:
            first, *others = sorted({at for name in said for at in called[name]}) or [0]
            for at in others:
                self._merge(first, at, "you said so")

    def round(self) -> bool:
        """Join every two groups that are each other's best; whether there were any."""
        for groups in self._open:
            self._verdicts[groups] = self._verdict(*groups)
        self._open = set()
        promising = [
            groups for groups, verdict in self._verdicts.items()
            if not verdict.against and verdict.score >= ENOUGH - _CLEARLY
        ]  # fmt: skip
        for one, other in promising:
            self._meet(one, other)
        matches = self._matches(promising)
        clear = self._matches(
            groups for groups in promising
            if self._verdicts[groups].score >= ENOUGH
            and all(self._is_clear(group, groups, matches[group]) for group in self._doubtful(*groups))
        )  # fmt: skip
        mutual = [
            (one, other)
            for one, ((_, other), *_) in sorted(clear.items())
            if one < other and clear[other][0][1] == one
        ]  # fmt: skip
        why = [self._judge.words(self._verdicts[groups], *self._brought(*groups)) for groups in mutual]
        pairs = [self._verdicts[groups].pair for groups in mutual]
        for pair, by in zip(pairs, why, strict=True):
            self._merge(*pair, *by)
        return bool(mutual)

    def _verdict(self, one: int, other: int) -> Verdict:
        return self._judge.verdict(*self._brought(one, other), self._between[one][other])

    def _brought(self, one: int, other: int) -> tuple[Group, Group, Parents]:
        """Two groups and what stands above them."""
        first, second = self._groups[one], self._groups[other]
        above = self._parents(first), self._parents(second)
        projects = all(any(self._groups[at].told for at in some) for some in above)
        return first, second, Parents(*above, projects)

    def _parents(self, group: Group) -> frozenset[int]:
        return frozenset(self._group_of[above] for at in group.members if (above := self._above[at]) is not None)

    def _doubtful(self, one: int, other: int) -> tuple[int, ...]:
        """Which of two groups may as well be another: the one whose name is a part, both where each has its own."""
        verdict = self._verdicts[one, other]
        if verdict.way in SURE:
            return ()
        return (one, other) if verdict.way == "contrast" else (self._group_of[self._judge.short(verdict)],)

    def _matches(self, pairs: Iterable[Pair]) -> dict[int, list[tuple[float, int]]]:
        """Which groups each may be joined with, the best first."""
        found: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for one, other in pairs:
            score = self._verdicts[one, other].score
            found[one].append((-score, other))
            found[other].append((-score, one))
        for matches in found.values():
            matches.sort()
        return found

    def _is_clear(self, group: int, groups: Pair, matches: list[tuple[float, int]]) -> bool:
        """Whether a group fits the other of two, and that clearly better than any else: 收银台 is a part of several. Those
        that may be one project themselves are no rivals."""
        (best, other), *rivals = matches
        if {group, other} != {*groups}:
            return False
        for score, rival in rivals:
            if score > best + _CLEARLY:
                break
            verdict = self._verdicts.get((min(other, rival), max(other, rival)))
            if verdict is None or verdict.against or verdict.score < HARDLY:
                return False
        return True

    def _merge(self, first: int, second: int, *by: str) -> None:
        """Make the groups of two spellings one."""
        one, other = sorted((self._group_of[first], self._group_of[second]))
        if one == other:
            return
        self._meet(one, other)
        self._joins.append(Join(self._all[first].tag, self._all[second].tag, by))
        self._groups[one] = self._groups[one].with_(self._groups.pop(other))
        for at in self._groups[one].members:
            self._group_of[at] = one
        for near, pairs in self._between.pop(other, {}).items():
            del self._between[near][other]
            self._forget(near, other)
            if near != one:
                self._between[one][near] += pairs
                self._between[near][one] = self._between[one][near]
        self._judge_again(one)
        for below in {self._group_of[at] for member in self._groups[one].members for at in self._below[member]}:
            self._judge_again(below)

    def _judge_again(self, group: int) -> None:
        for near in self._between[group]:
            self._forget(group, near)
            self._open.add((min(group, near), max(group, near)))

    def _forget(self, one: int, other: int) -> None:
        groups = min(one, other), max(one, other)
        self._verdicts.pop(groups, None)
        self._open.discard(groups)

    def _meet(self, one: int, other: int) -> None:
        """Two spellings are of one circle."""
        self._circle[self._circled(one)] = self._circled(other)

    def _circled(self, at: int) -> int:
        while self._circle[at] != at:
            self._circle[at] = at = self._circle[self._circle[at]]
        return at

    def circles(self) -> list[set[int]]:
        """The spellings that may matter to each other, by their numbers."""
        found: dict[int, set[int]] = defaultdict(set)
        for at, number in enumerate(self._region.numbers):
            found[self._circled(at)].add(number)
        return list(found.values())

    def result(self, inner: Set[int]) -> Joined:
        """What came of it, as far as it is of some spellings."""
        groups = tuple(
            tuple(self._all[at] for at in group.members)
            for first, group in sorted(self._groups.items())
            if first in inner
        )
        tags = {self._all[at].tag for at in inner}
        apart = []
        for _, verdict in sorted(self._verdicts.items()):
            if (verdict.score >= HARDLY or verdict.way in NEVER) and not inner.isdisjoint(verdict.pair):
                one, other = (self._all[at].tag for at in verdict.pair)
                apart.append(Apart(one, other, verdict.against or "too little speaks for it"))
        joins = tuple(join for join in self._joins if join.one in tags)
        names = {spelling.tag: spelling.name for spelling in self._all}
        return Joined(groups=groups, joins=joins, apart=tuple(apart), names=names)


def _different(corrections: Corrections, called: dict[str, list[int]]) -> set[frozenset[int]]:
    """The pairs of spellings that the user says are two projects."""
    return {
        frozenset(pair)
        for names in corrections.different
        for one, other in combinations(names, 2)
        for pair in product(called[one], called[other])
    }
