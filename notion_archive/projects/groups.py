"""Groups of joined spellings to projects: the key of each, what it is called, and why its names are one."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple

import msgspec

from notion_archive import institutions, naming
from notion_archive.institutions import Institutions
from notion_archive.lexicon import Lexicon
from notion_archive.projects import joining, spellings
from notion_archive.projects.book import Book, Project, Why, Written
from notion_archive.projects.changes import changed
from notion_archive.projects.corrections import NONE, Corrections, meant
from notion_archive.projects.joining import Joined
from notion_archive.projects.names import entry
from notion_archive.projects.spellings import Spelling
from notion_archive.projects.terms import Terms
from notion_archive.projects.workings import Workings
from notion_archive.records import Update

_EXCEPTION = 5  # a name so many times rarer than another is not what a project is called


def read(
    updates: Iterable[Update], lexicon: Lexicon, corrections: Corrections = NONE,
    known: Institutions | None = None,
) -> Book:  # fmt: skip
    """The projects that updates tell of, in whatever order; the user's corrections win. `known`: the institutions whose
    names are understood, ours where none are given."""
    terms = Terms(lexicon, known or institutions.load())
    found = spellings.gather(updates, naming.KeyWords.of(terms.endings), lexicon.words("words", "whole"))
    came = {number: entry(spelling, terms) for number, spelling in enumerate(found)}
    workings = Workings()
    return Book(_projects(joining.join(workings, changed(workings, came, terms), terms, corrections), corrections))


def _projects(joined: Joined, corrections: Corrections) -> list[Project]:
    groups = [group for group in joined.groups if is_project(group)]
    preferred = preferences(groups, corrections)
    claims = [claim(group, preferred.get(at)) for at, group in enumerate(groups)]
    found = projects(joined, preferred)
    return [msgspec.structs.replace(one, key=key) for one, key in zip(found, keys(claims), strict=True)]


def is_project(group: Sequence[Spelling]) -> bool:
    """Whether spellings are more than a heading above projects."""
    return any(spelling.updates for spelling in group)


def projects(joined: Joined, preferred: Mapping[int, str]) -> list[Project]:
    """What groups are as projects, as yet without their keys."""
    names = joined.names
    joins, apart = _told(joined, names)
    return [
        Project(
            key="", name=preferred.get(at) or _latest(group), keys=tuple(sorted({one.key for one in group})),
            spellings=tuple(_written(one, names) for one in group if one.updates),
            joined=tuple(why for one in group for why in joins.get(one.tag, ())),
            apart=tuple(why for one in group for why in apart.get(one.tag, ())),
            updates=_updates(group), first=min(_days(group), default=None), last=max(_days(group), default=None),
        )
        for at, group in enumerate(filter(is_project, joined.groups))
    ]  # fmt: skip


def preferences(groups: Sequence[Sequence[Spelling]], corrections: Corrections) -> dict[int, str]:
    """What the user calls which group."""
    places = [(at, one) for at, group in enumerate(groups) for one in group]
    spelled = [one for _, one in places]
    return {places[at][0]: wanted for name, wanted in corrections.names.items() for at in meant(name, spelled)}


def _told(joined: Joined, names: Mapping[str, str]) -> tuple[dict[str, list[Why]], dict[str, list[Why]]]:
    """What was joined, by the tag of one of the two; what was kept apart, by the tags of both."""
    joins: dict[str, list[Why]] = defaultdict(list)
    apart: dict[str, list[Why]] = defaultdict(list)
    for join in joined.joins:
        joins[join.one].append(Why(names=(names[join.one], names[join.other]), by=join.by))
    for one, other, by in joined.apart:
        apart[one].append(Why(names=(names[one], names[other]), by=(by,)))
        apart[other].append(Why(names=(names[other], names[one]), by=(by,)))
    return joins, apart


class Claim(NamedTuple):
    """Which keys a project would have, the best first, and what decides who gets one that several would have: whether the
    user gave it, how many updates there are, the first of its tags."""

    given: bool
    updates: int
    tag: str
    own: str
    choices: tuple[str, ...]


def claim(group: Sequence[Spelling], preferred: str | None = None) -> Claim:
    """The key most updates have; where another project has more of them, what tells the two apart is put to it: the parent,
    or the whole name."""
    first = min(group, key=lambda one: (-one.updates, one.days, one.tag))
    counts: Counter[str] = Counter()
    for one in group:
        counts[one.key] += one.updates
    own = min(counts, key=lambda key: (-counts[key], key))
    under = f"{own}({first.under})" if first.under else ""
    given = [naming.spelling(preferred)] if preferred is not None else []
    choices = (*given, own, under, first.tag.partition("<")[0], first.tag)
    return Claim(preferred is not None, _updates(group), group[0].tag, own, tuple(filter(None, choices)))


def keys(claims: Sequence[Claim]) -> list[str]:
    """A key for each project, no two the same."""
    taken: set[str] = set()
    found = [""] * len(claims)
    for at in sorted(range(len(claims)), key=lambda at: (not claims[at].given, -claims[at].updates, claims[at].tag)):
        numbered = (f"{claims[at].own}({n})" for n in count(2))
        found[at] = next(key for key in chain(claims[at].choices, numbered) if key not in taken)
        taken.add(found[at])
    return found


def _updates(group: Sequence[Spelling]) -> int:
    return sum(one.updates for one in group)


def _days(group: Sequence[Spelling]) -> list[dt.date]:
    return [dt.date.fromordinal(day) for one in group if one.updates for day in one.days]


def _latest(group: Sequence[Spelling]) -> str:
    """The name the latest update has, of those that are more than an exception: 历史账单迁移 120/120."""
    often = max(one.updates for one in group)
    written = [one for one in group if one.updates * _EXCEPTION >= often]
    return naming.without_count(max(written, key=lambda one: (one.days[-1:], one.updates, one.name)).name)


def _written(one: Spelling, names: Mapping[str, str]) -> Written:
    days = [dt.date.fromordinal(day) for day in one.days]
    return Written(
        tag=one.tag, under=one.under, name=one.name, parent=names[one.under] if one.under else None,
        updates=one.updates, first=min(days, default=None), last=max(days, default=None),
    )  # fmt: skip
