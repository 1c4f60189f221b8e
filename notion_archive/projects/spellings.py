"""Everything an archive says under one name: the names of projects as they are written, before any are joined."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from notion_archive import naming
from notion_archive.records import Update

_FEW = 10  # a share of fewer than this tells nothing: 3/5 is everywhere


class Spelling(Struct, frozen=True, kw_only=True):
    """One way to write a project, under one parent. A heading that only holds projects has no updates of its own.

    `tag` is `naming.spelling` of name and parent, `under` the parent's own tag, `parts` are the names that stand under
    it, `others` what stands in brackets behind the name; `days` are ordinals; `promises` the days promised, `totals` of
    how many something is being done: 107/164.
    """

    tag: str
    name: str
    key: str
    under: str | None
    parts: frozenset[str]
    others: frozenset[str]
    updates: int
    days: tuple[int, ...]
    reports: dict[str, int]
    promises: frozenset[dt.date]
    totals: frozenset[int]
    objectives: frozenset[str]


class _Gathered:
    def __init__(self) -> None:
        self.names: Counter[tuple[str, str]] = Counter()
        self.updates = 0
        self.reports: dict[str, int] = {}
        self.parts: set[str] = set()
        self.others: set[str] = set()
        self.promises: set[dt.date] = set()
        self.totals: set[int] = set()
        self.objectives: set[str] = set()


def tag(update: Update) -> str:
    """The tag of the way an update's project is written there."""
    return naming.spelling(update.project, update.parent)


def gather(updates: Iterable[Update], words: naming.KeyWords) -> tuple[Spelling, ...]:
    """Every spelling there is, in the order of tags, whatever the order of updates."""
    found: dict[str, _Gathered] = {}
    under: dict[str, str] = {}
    for update in updates:
        if not update.project:
            continue
        own = tag(update)
        _add(found.setdefault(own, _Gathered()), update)
        if update.parent:
            under[own] = naming.spelling(update.parent)
            heading = found.setdefault(under[own], _Gathered())
            heading.names[update.parent, naming.project_key(update.parent, words)] += 0
            heading.parts.add(naming.spelling(update.project))
            heading.reports.setdefault(update.report, _day(update))
    return tuple(_spelling(own, found[own], under.get(own)) for own in sorted(found))


def _add(gathered: _Gathered, update: Update) -> None:
    gathered.names[update.project, update.key] += 1
    gathered.updates += 1
    gathered.reports[update.report] = _day(update)
    gathered.promises.update(milestone.end for milestone in update.milestones)
    gathered.totals.update(share.total for share in update.progress if share.total and share.total >= _FEW)
    gathered.others.update(_bracketed(update))
    if update.objective:
        gathered.objectives.add("".join(update.objective.split()))


def _bracketed(update: Update) -> list[str]:
    """What an author puts in brackets behind the name: `消息队列治理（MQ），开发中` -> [MQ]; `原跨境结汇` -> 跨境结汇."""
    found = re.findall(re.escape(update.project) + r"\s*[(（]([^()（）,，。:：;；]{2,24})[)）]", update.text)
    return [re.sub(r"^(?:即|又称|也叫|原名?|原来的|曾用名|aka |formerly |was )\s*", "", name) for name in found]


def _day(update: Update) -> int:
    return update.date.toordinal() if update.date else 0


def _spelling(own: str, gathered: _Gathered, under: str | None) -> Spelling:
    (name, key), _ = min(gathered.names.items(), key=lambda item: (-item[1], item[0]))
    return Spelling(
        tag=own, name=name, key=key, under=under, parts=frozenset(gathered.parts),
        others=frozenset(gathered.others), updates=gathered.updates,
        days=tuple(sorted({day for day in gathered.reports.values() if day})), reports=gathered.reports,
        promises=frozenset(gathered.promises), totals=frozenset(gathered.totals),
        objectives=frozenset(gathered.objectives),
    )  # fmt: skip
