"""Groups of joined spellings to projects: the key of each, what it is called, and why its names are one."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count

from notion_archive import institutions, naming
from notion_archive.institutions import Institutions
from notion_archive.lexicon import Lexicon
from notion_archive.projects import joining, spellings
from notion_archive.projects.book import Book, Project, Why, Written
from notion_archive.projects.corrections import Corrections, meant
from notion_archive.projects.joining import Joined
from notion_archive.projects.spellings import Spelling
from notion_archive.projects.terms import Terms
from notion_archive.records import Update

_EXCEPTION = 5  # a name so many times rarer than another is not what a project is called
_NONE = Corrections()


def read(
    updates: Iterable[Update], lexicon: Lexicon, corrections: Corrections = _NONE,
    known: Institutions | None = None,
) -> Book:  # fmt: skip
    """The projects that updates tell of, in whatever order; the user's corrections win. `known`: the institutions whose
    names are understood, ours where none are given."""
    terms = Terms(lexicon, known or institutions.load())
    found = spellings.gather(updates, naming.KeyWords.of(terms.endings), lexicon.words("words", "whole"))
    joined = joining.join(found, terms, corrections)
    return Book(_projects(joined, corrections))


def _projects(joined: Joined, corrections: Corrections) -> list[Project]:
    groups = [group for group in joined.groups if any(spelling.updates for spelling in group)]
    preferred = _preferred(groups, corrections)
    names = {spelling.tag: spelling.name for group in joined.groups for spelling in group}
    joins, apart = _told(joined, names)
    keys = _keys(groups, preferred)
    return [
        Project(
            key=key, name=preferred.get(at) or _latest(group), keys=tuple(sorted({one.key for one in group})),
            spellings=tuple(_written(one, names) for one in group if one.updates),
            joined=tuple(why for one in group for why in joins.get(one.tag, ())),
            apart=tuple(why for one in group for why in apart.get(one.tag, ())),
            updates=_updates(group), first=min(_days(group), default=None), last=max(_days(group), default=None),
        )
        for at, (group, key) in enumerate(zip(groups, keys, strict=True))
    ]  # fmt: skip


def _preferred(groups: Sequence[Sequence[Spelling]], corrections: Corrections) -> dict[int, str]:
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


def _keys(groups: Sequence[Sequence[Spelling]], preferred: Mapping[int, str]) -> list[str]:
    """A key for each group, no two the same: the key most updates have; where another project has more of them, what
    tells the two apart is put to it: the parent, or the whole name."""
    taken: set[str] = set()
    keys = [""] * len(groups)
    for at in sorted(
        range(len(groups)), key=lambda at: (at not in preferred, -_updates(groups[at]), groups[at][0].tag)
    ):
        first = min(groups[at], key=lambda one: (-one.updates, one.days, one.tag))
        counts: Counter[str] = Counter()
        for one in groups[at]:
            counts[one.key] += one.updates
        own = min(counts, key=lambda key: (-counts[key], key))
        under = f"{own}({first.under})" if first.under else ""
        wanted = [naming.spelling(preferred[at])] if at in preferred else []
        choices = [*wanted, own, under, first.tag.partition("<")[0], first.tag]
        numbered = (f"{own}({n})" for n in count(2))
        keys[at] = next(key for key in chain(choices, numbered) if key and key not in taken)
        taken.add(keys[at])
    return keys


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
