"""What every record has, and what a reader knows of the report it reads."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import TypedDict

import msgspec
from msgspec import Struct

from notion_archive import dates, naming, text
from notion_archive.institutions import Institutions
from notion_archive.lexicon import Lexicon
from notion_archive.markup import chapters
from notion_archive.markup.fields import one_line
from notion_archive.markup.items import all_text
from notion_archive.model import Field, Item
from notion_archive.period import Period

_JOINED = re.compile(r"\s*(?:/|、|&|＆|与|和|及|\+|\band\b)\s*")
_DIVIDED = re.compile(r"\s*(?:\s/\s|[/|;；\n]|→|->)\s*")


class Common(TypedDict):
    """The arguments every kind of record is made with."""

    report: str
    date: dt.date | None
    section: tuple[str, ...]
    objective: str | None
    lines: tuple[int, int]
    text: str
    institutions: tuple[str, ...]


class Reading(Struct, frozen=True, kw_only=True):
    """The report being read: what it covers, and the words to read it with."""

    report: str
    period: Period
    lexicon: Lexicon
    institutions: Institutions

    def common(self, item: Item, *, alone: bool = False) -> Common:
        """The common fields of a record made from an item; `alone` leaves its children out."""
        words = one_line(item.text if alone else all_text(item))
        return Common(
            report=self.report,
            date=self.period.anchor,
            section=item.section,
            objective=item.objective,
            lines=item.own if alone else item.lines,
            text=words,
            institutions=self.named(item, words),
        )

    def on_day(self, item: Item) -> "Reading":
        """As of the day whose heading the item stands under: 10:37 under `## 周三 6/14` is on that day."""
        heading = next((name for name in reversed(item.section) if chapters.is_day(name)), "")
        found = dates.find(text.level(heading), self.period)
        if len(found) != 1 or found[0].first != found[0].last:
            return self
        first = found[0].first
        day = msgspec.structs.replace(self.period, date=first, start=first, end=first)
        return msgspec.structs.replace(self, period=day)

    def named(self, item: Item, words: str) -> tuple[str, ...]:
        """The institutions its words name. Under 银行 or Partner a cell is read as one: `光大 | 12 | 超时`, even `农业`."""
        cells = [field for field in item.fields if "institution" in self.lexicon.meanings(field.label)]
        heads = "".join(f"银行：{one_line(field.value)}\n" for field in cells if item.shape == "row")
        return self.institutions.named(heads + words)


class Said(Struct, frozen=True, kw_only=True):
    """A labelled part that states something: what its label means, its words, and whether it began inside a sentence."""

    meaning: str
    words: str
    within: bool


def said(item: Item, among: tuple[str, ...], lexicon: Lexicon) -> Iterator[Said]:
    """The labelled parts of an item and of the children that are labels only, in order: `- 原因：专线抖动` -> cause.

    A label that can mean several things means the first of `among` that it can.
    """
    for field in _labelled(item, lexicon):
        meanings = lexicon.meanings(field.label)
        meaning = next((meaning for meaning in among if meaning in meanings), None)
        if meaning and not lexicon.is_nothing(field.value):
            yield Said(meaning=meaning, words=field.value, within=field.within)


def stated(item: Item, among: tuple[str, ...], lexicon: Lexicon) -> dict[str, list[str]]:
    """The words of `said` by meaning."""
    found: dict[str, list[str]] = {}
    for part in said(item, among, lexicon):
        found.setdefault(part.meaning, []).append(part.words)
    return found


def _labelled(item: Item, lexicon: Lexicon) -> Iterator[Field]:
    """The fields of an item and of the children that are labels only: `- 原因：专线抖动` below `4/3 14:00 超时`."""
    last = item.fields[-1] if item.fields else None
    for field in [part for whole in item.fields for part in _apart(whole, lexicon)]:
        if field is last and not field.value and item.children:
            *listed, end = hung(item)
            own = end if is_label_only(end) else msgspec.structs.replace(end, text=end.lead, fields=())
            yield Field(label=field.label, value="\n".join(map(all_text, (*listed, own))))
            yield from end.fields if own is not end else ()  # 卡点： above a list, and right below that 接下来：…
        else:
            yield field
    if "timeline" in lexicon.meanings(item.label):
        return  # what stands in its entries are no labels of the whole
    for child in item.children:
        if is_label_only(child):
            yield from _labelled(child, lexicon)


def _apart(field: Field, lexicon: Lexicon) -> Iterator[Field]:
    """`根因/处理: 专线抖动 / 切备线` -> 根因 and 处理; where nothing divides the words, they begin with the first."""
    labels = _JOINED.split(field.label.strip())
    if lexicon.meanings(field.label) or len(labels) != 2 or not all(map(lexicon.meanings, labels)):
        yield field
        return
    values = _DIVIDED.split(field.value, maxsplit=1)
    if len(values) == 2:
        yield from (Field(label=label, value=value) for label, value in zip(labels, values, strict=True))
    else:
        yield Field(label=labels[0], value=field.value, within=True)


def says_nothing(item: Item, lexicon: Lexicon) -> bool:
    """Whether an item states nothing: `- 暂无`, a row `3 | 暂无`, a row `培训 | 无` under 事项 | 说明."""
    if item.shape != "row":
        return lexicon.is_nothing(all_text(item))
    cells = [field for field in item.fields if "number" not in lexicon.meanings(field.label)]
    said = [field for field in cells if naming.clean(one_line(field.value)) != item.name]
    return lexicon.is_nothing(item.name) or (bool(said) and all(lexicon.is_nothing(field.value) for field in said))


def is_label_only(item: Item) -> bool:
    """Whether an item says something only under labels: `- 原因：…`."""
    return bool(item.fields) and not item.lead.strip()


def hangs(item: Item) -> bool:
    """Whether the children belong to the last label: `…主要问题：` and a list below."""
    return bool(item.fields) and not item.fields[-1].value and bool(item.children)


def hung(item: Item) -> tuple[Item, ...]:
    """The children that belong to the last label, `- 主要问题：` above bullets; a paragraph below the list does not."""
    return tuple(takewhile(lambda child: child.shape == item.children[0].shape, item.children)) if hangs(item) else ()


def record_id(report: str, kind: str, text: str, count: int) -> str:
    """Stable while the source text is: a digest of report, kind, text and how often the same text came before.

    ("3f2a…", "note", "压测", 0) and ("3f2a…", "note", "压测", 1) are two ids of 16 hexadecimal digits.
    """
    return hashlib.sha256("\x00".join((report, kind, text, str(count))).encode()).hexdigest()[:16]
