"""Everything an archive says under one name: the names of projects as they are written, before any are joined."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from sys import intern
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from notion_archive import naming, patterns
from notion_archive.records import Update
from notion_archive.text import fold

if TYPE_CHECKING:
    from notion_archive.lexicon import Words

_REMARK = 4  # so much may stand around a name that is only a heading: 收银台相关：
T = TypeVar("T")
_BEHIND = patterns.compile(r"\s*[(（]([^()（）,，。:：;；]{2,24})[)）]")
_INSIDE = patterns.compile(r"[(（]([^()（）]{2,24})(?:[)）]|$)")
_LEAD = patterns.compile(r"^(?:就是|即|又称|也叫|aka )?\s*(?:原来的|原名?|曾用名|formerly |was )?\s*")
NOBODY: frozenset[str] = frozenset()  # one for all: of very many spellings nothing is said
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
    promises: dict[dt.date, tuple[str, ...]]
    totals: dict[int, tuple[str, ...]]
    objectives: frozenset[str]


class _Gathered:
    """A spelling while its updates are gone through; of most there is little, and there may be very many."""

    __slots__ = (
        "aliases",
        "names",
        "objectives",
        "others",
        "parts",
        "promises",
        "reports",
        "told",
        "totals",
        "updates",
    )

    def __init__(self) -> None:
        self.names: Counter[tuple[str, str]] = Counter()
        self.updates = 0
        self.told = 0
        self.reports: dict[str, int] = {}
        self.parts = NOBODY
        self.others = NOBODY
        self.aliases = NOBODY
        self.promises: dict[dt.date, tuple[str, ...]] = {}
        self.totals: dict[int, tuple[str, ...]] = {}
        self.objectives = NOBODY

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


def gather(updates: Iterable[Update], words: naming.KeyWords, whole: "Words") -> tuple[Spelling, ...]:
    """Every spelling there is, in the order of tags, whatever the order of updates."""
    found: dict[str, _Gathered] = {}
    under: dict[str, str] = {}
    of: dict[str, str] = {}
    ids: dict[str, str] = {}  # of reports: each is in memory once
    for update in updates:
        if not update.project:
            continue
        own, name, key = tag(update), update.project, update.key
        if update.parent:
            above = naming.spelling(update.parent)
            heading = found.setdefault(above, _Gathered())
            called = update.parent, naming.project_key(update.parent, words)
            heading.names[called] += 0
            heading.reports.setdefault(ids.setdefault(update.report, update.report), _day(update))
            if fold(name) in whole:
                of[own], (name, key) = above, called
            else:
                under[own] = above
                heading.parts |= {naming.spelling(name)}
        gathered = found.setdefault(own, _Gathered())
        gathered.names[name, key] += 1
        _add(gathered, update, ids.setdefault(update.report, update.report))
    parents = {own: found[parent].name for own, parent in under.items()}
    return tuple(
        _spelling(own, found.pop(own), under.get(own), parents.get(own, ""), of.get(own)) for own in sorted(found)
    )


def _add(gathered: _Gathered, update: Update, report: str) -> None:
    gathered.updates += 1
    gathered.told += _tells(update)
    gathered.reports[report] = _day(update)
    for milestone in update.milestones:
        _put(gathered.promises, milestone.end, report)
    for share in update.progress:
        if share.total and share.total >= _FEW:
            _put(gathered.totals, share.total, report)
    for other in (*_bracketed(update.project, update.text), *_INSIDE.findall(update.project)):
        name = _LEAD.sub("", other)
        gathered.others |= {name}
        if name != other or name.isascii() != update.project.isascii():
            gathered.aliases |= {name}
    if update.objective:
        gathered.objectives |= {intern("".join(update.objective.split()))}


def _tells(update: Update) -> bool:
    """Whether an update says anything beside the name: `收银台相关：`, above a list, does not."""
    return (
        bool(update.status or update.milestones or update.progress) or len(update.text) > len(update.project) + _REMARK
    )


def _put(found: dict[T, tuple[str, ...]], value: T, report: str) -> None:
    known = found.get(value, ())
    if report not in known:
        found[value] = (*known, report)


def _bracketed(name: str, words: str) -> Iterator[str]:
    """What stands in brackets behind a name: `消息队列治理（MQ），开发中` -> MQ."""
    at = words.find(name)
    while at >= 0:
        if found := _BEHIND.match(words, at + len(name)):
            yield found[1]
        at = words.find(name, at + len(name))


def _day(update: Update) -> int:
    return _ordinal(update.date) if update.date else 0


_ordinal = cache(dt.date.toordinal)  # each number is in memory once


def _spelling(own: str, gathered: _Gathered, under: str | None, parent: str, of: str | None) -> Spelling:
    name, key = gathered.called
    return Spelling(
        tag=own, name=name, key=key, under=under, parent=parent, of=of, parts=gathered.parts,
        others=gathered.others,
        aliases=gathered.aliases, updates=gathered.updates, told=gathered.told,
        days=tuple(sorted({day for day in gathered.reports.values() if day})), reports=gathered.reports,
        promises=_sorted(gathered.promises), totals=_sorted(gathered.totals),
        objectives=gathered.objectives,
    )  # fmt: skip


def _sorted(found: dict[T, tuple[str, ...]]) -> dict[T, tuple[str, ...]]:
    """The same whatever the order of updates."""
    return {value: tuple(sorted(reports)) for value, reports in found.items()}
