"""Which spellings are one project. Pure, and the same whatever the order in which reports came.

Spellings are joined in rounds: in each, two groups become one where each is the other's best match, what speaks for it
is enough, and nothing forbids it: a version that differs, a report that has both, the user's word.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from typing import NamedTuple

from notion_archive.projects.corrections import Corrections
from notion_archive.projects.evidence import Group
from notion_archive.projects.judging import HARDLY, SURE, Judge, Parents, Verdict
from notion_archive.projects.likeness import NEVER
from notion_archive.projects.names import Names, Pair
from notion_archive.projects.spellings import Spelling
from notion_archive.projects.terms import Terms

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
    """The groups of spellings, how each came about, and what was nearly joined; all in the order of tags."""

    groups: tuple[tuple[Spelling, ...], ...]
    joins: tuple[Join, ...]
    apart: tuple[Apart, ...]


def join(spellings: Sequence[Spelling], terms: Terms, corrections: Corrections) -> Joined:
    """Group the spellings of an archive."""
    joining = _Joining(sorted(spellings, key=lambda spelling: spelling.tag), terms, corrections)
    while joining.round():
        pass
    return joining.result()


class _Joining:
    """A group is known by its first member's place, a verdict by its two groups. A verdict holds until one of the two, or
    what stands above them, has changed."""

    def __init__(self, spellings: list[Spelling], terms: Terms, corrections: Corrections) -> None:
        self._all = spellings
        places = {spelling.tag: at for at, spelling in enumerate(spellings)}
        self._above = [places[one.under] if one.under else None for one in spellings]
        self._below: dict[int, list[int]] = defaultdict(list)
        for at, above in enumerate(self._above):
            if above is not None:
                self._below[above].append(at)
        self._groups = {at: Group.of(at, spelling) for at, spelling in enumerate(spellings)}
        self._group_of = list(range(len(spellings)))
        names = Names(spellings, terms)
        self._between: dict[int, dict[int, list[Pair]]] = defaultdict(lambda: defaultdict(list))
        for one, other in sorted(names.pairs):
            self._between[one][other].append((one, other))
            self._between[other][one].append((one, other))
        called = corrections.places(spellings)
        self._judge = Judge(spellings, names, _different(corrections, called))
        self._verdicts: dict[Pair, Verdict] = {}
        self._open = {(one, other) for one, others in self._between.items() for other in others if one < other}
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
        for one, other in self._open:
            self._verdicts[one, other] = self._verdict(one, other)
        self._open = set()
        promising = [
            groups for groups, verdict in self._verdicts.items()
            if not verdict.against and verdict.score >= ENOUGH - _CLEARLY
        ]  # fmt: skip
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
        for verdict in [self._verdicts[groups] for groups in mutual]:
            self._merge(*verdict.pair, *self._judge.words(verdict))
        return bool(mutual)

    def _verdict(self, one: int, other: int) -> Verdict:
        groups = self._groups[one], self._groups[other]
        above = self._parents(groups[0]), self._parents(groups[1])
        projects = all(any(self._groups[at].told for at in some) for some in above)
        return self._judge.verdict(*groups, Parents(*above, projects), self._between[one][other])

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

    def result(self) -> Joined:
        """What came of it."""
        groups = tuple(tuple(self._all[at] for at in group.members) for _, group in sorted(self._groups.items()))
        apart = []
        for _, verdict in sorted(self._verdicts.items()):
            if verdict.score >= HARDLY or verdict.way in NEVER:
                one, other = (self._all[at].tag for at in verdict.pair)
                apart.append(Apart(one, other, verdict.against or "too little speaks for it"))
        return Joined(groups=groups, joins=tuple(self._joins), apart=tuple(apart))


def _different(corrections: Corrections, called: dict[str, list[int]]) -> set[frozenset[int]]:
    """The pairs of spellings that the user says are two projects."""
    return {
        frozenset(pair)
        for names in corrections.different
        for one, other in combinations(names, 2)
        for pair in product(called[one], called[other])
    }
