"""Everything an archive says under one name: the names of projects as they are written, before any are joined."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from notion_archive import naming
from notion_archive.lexicon import Words
from notion_archive.records import Update
from notion_archive.text import fold

_REMARK = 4  # so much may stand around a name that is only a heading: 收银台相关：
T = TypeVar("T")
_BEHIND = re.compile(r"\s*[(（]([^()（）,，。:：;；]{2,24})[)）]")
_INSIDE = re.compile(r"[(（]([^()（）]{2,24})(?:[)）]|$)")
_LEAD = re.compile(r"^(?:就是|即|又称|也叫|aka )?\s*(?:原来的|原名?|曾用名|formerly |was )?\s*")
_FEW = 10  # a share of fewer than this tells nothing: 3/5 is everywhere


class Spelling(Struct, frozen=True, kw_only=True):
    """One way to write a project, under one parent. A heading that only holds projects has no updates of its own.

    `tag` is `naming.spelling` of name and parent, `under` the parent's own tag and `parent` its name, `parts` are the
    names that stand under it, `others` what stands in brackets behind the name, `aliases` those of them that are names
    of their own; `told` counts the updates that say more than the name; `days` are ordinals; `promises` the days
    promised, `totals` of how many something is being done (107/164), with the reports that say so. What is said of the
    whole of a project (整体) is that project: `of` is its tag.
    """

    tag: str
    name: str
    key: str
    under: str | None
    parent: str
    of: str | None
    parts: frozenset[str]
    others: frozenset[str]
    aliases: frozenset[str]
    updates: int
    told: int
    days: tuple[int, ...]
    reports: dict[str, int]
    promises: dict[dt.date, frozenset[str]]
    totals: dict[int, frozenset[str]]
    objectives: frozenset[str]


class _Gathered:
    def __init__(self) -> None:
        self.names: Counter[tuple[str, str]] = Counter()
        self.updates = 0
        self.told = 0
        self.reports: dict[str, int] = {}
        self.parts: set[str] = set()
        self.others: set[str] = set()
        self.aliases: set[str] = set()
        self.promises: dict[dt.date, set[str]] = defaultdict(set)
        self.totals: dict[int, set[str]] = defaultdict(set)
        self.objectives: set[str] = set()

    @property
    def name(self) -> str:
        """As it is written most often."""
        return self.called[0]

    @property
    def called(self) -> tuple[str, str]:
        """The name that is written most often, with its key."""
        return min(self.names.items(), key=lambda item: (-item[1], item[0]))[0]


def tag(update: Update) -> str:
    """The tag of the way an update's project is written there."""
    return naming.spelling(update.project, update.parent)


def gather(updates: Iterable[Update], words: naming.KeyWords, whole: Words) -> tuple[Spelling, ...]:
    """Every spelling there is, in the order of tags, whatever the order of updates."""
    found: dict[str, _Gathered] = {}
    under: dict[str, str] = {}
    of: dict[str, str] = {}
    for update in updates:
        if not update.project:
            continue
        own, name, key = tag(update), update.project, update.key
        if update.parent:
            above = naming.spelling(update.parent)
            heading = found.setdefault(above, _Gathered())
            called = update.parent, naming.project_key(update.parent, words)
            heading.names[called] += 0
            heading.reports.setdefault(update.report, _day(update))
            if fold(name) in whole:
                of[own], (name, key) = above, called
            else:
                under[own] = above
                heading.parts.add(naming.spelling(name))
        gathered = found.setdefault(own, _Gathered())
        gathered.names[name, key] += 1
        _add(gathered, update)
    return tuple(
        _spelling(own, found[own], under.get(own), found[under[own]].name if own in under else "", of.get(own))
        for own in sorted(found)
    )


def _add(gathered: _Gathered, update: Update) -> None:
    gathered.updates += 1
    gathered.told += _tells(update)
    gathered.reports[update.report] = _day(update)
    for milestone in update.milestones:
        gathered.promises[milestone.end].add(update.report)
    for share in update.progress:
        if share.total and share.total >= _FEW:
            gathered.totals[share.total].add(update.report)
    for other in (*_bracketed(update.project, update.text), *_INSIDE.findall(update.project)):
        name = _LEAD.sub("", other)
        gathered.others.add(name)
        if name != other or name.isascii() != update.project.isascii():
            gathered.aliases.add(name)
    if update.objective:
        gathered.objectives.add("".join(update.objective.split()))


def _tells(update: Update) -> bool:
    """Whether an update says anything beside the name: `收银台相关：`, above a list, does not."""
    return (
        bool(update.status or update.milestones or update.progress) or len(update.text) > len(update.project) + _REMARK
    )


def _in_reports(found: Mapping[T, Iterable[str]]) -> dict[T, frozenset[str]]:
    return {value: frozenset(reports) for value, reports in found.items()}


def _bracketed(name: str, words: str) -> Iterator[str]:
    """What stands in brackets behind a name: `消息队列治理（MQ），开发中` -> MQ."""
    at = words.find(name)
    while at >= 0:
        if found := _BEHIND.match(words, at + len(name)):
            yield found[1]
        at = words.find(name, at + len(name))


def _day(update: Update) -> int:
    return update.date.toordinal() if update.date else 0


def _spelling(own: str, gathered: _Gathered, under: str | None, parent: str, of: str | None) -> Spelling:
    name, key = gathered.called
    return Spelling(
        tag=own, name=name, key=key, under=under, parent=parent, of=of, parts=frozenset(gathered.parts),
        others=frozenset(gathered.others),
        aliases=frozenset(gathered.aliases), updates=gathered.updates, told=gathered.told,
        days=tuple(sorted({day for day in gathered.reports.values() if day})), reports=gathered.reports,
        promises=_in_reports(gathered.promises), totals=_in_reports(gathered.totals),
        objectives=frozenset(gathered.objectives),
    )  # fmt: skip
