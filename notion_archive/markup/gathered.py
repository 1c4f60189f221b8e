"""Labels on lines of their own, gathered into the one thing they tell of.

`2/20 09:30 工行代扣批量失败`, and below it, not indented, `根因：…`, `处置：…`, `恢复：2/20 11:10` are one item with three
children; the next line that is no label, or a label that was there before, begins another.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from notion_archive import naming, text
from notion_archive.lexicon import Lexicon
from notion_archive.markup.fields import one_line
from notion_archive.model import Field, Item

_CLOCK = re.compile(r"\d{1,2}\s*[:点]\s*\d|\d\s*[ap]m\b|\d\s*点")
_GRADE = re.compile(r"(?<![a-z0-9])(?:p[0-4]|sev-?\s?\d)(?!\d)|[a-e]级|[一二三四]级")
_OPENS_ANOTHER = re.compile(
    r"\W*(?:\d{1,2}[/.月-]\d|20\d\d|\d{1,2}:\d\d|(?:周|星期)[一二三四五六日天]|p[0-4]\b|sev-?\s?\d|本周|另外|其他|以上|共)"
)
_TELLS_ALL = {"summary", "cause"}


def read(items: Iterable[Item], title: str, lexicon: Lexicon) -> Iterator[Item]:
    """The items, labels gathered; `title` is the name of the heading they stand under, empty where it names nothing."""
    owner: Item | None = None
    for item in map(_behind_list, items):
        if owner is not None and _tells_of_title(owner, item):
            lines = (owner.lines[0], max(owner.lines[1], item.lines[1]))
            owner = msgspec.structs.replace(owner, lines=lines, children=(*owner.children, item))
        elif not _is_label(item):
            if owner:
                yield owner
            owner = item
        elif owner is not None and _takes(owner, item, lexicon):
            lines = (owner.lines[0], max(owner.lines[1], item.lines[1]))
            owner = msgspec.structs.replace(owner, lines=lines, children=(*owner.children, item))
        else:
            if owner:
                yield owner
            owner, title = _titled(item, title), ""
    if owner:
        yield owner


def _tells_of_title(owner: Item, item: Item) -> bool:
    """`行方换证书没有通知，导入新证书后恢复。` below `**6/12 03:10 中行代付被拒（P2）**`: the account of what a line in bold names."""
    words = text.level(owner.text)
    titled = owner.shape == "paragraph" and owner.kind == "incident" and owner.name == naming.clean(owner.text)
    told = item.shape == "paragraph" and item.kind == "incident" and not item.name and bool(item.lead.strip())
    if not (titled and told and (_CLOCK.search(words) or _GRADE.search(words))):
        return False
    right_below = item.lines[0] == owner.lines[1] + 1
    return (right_below or not owner.children) and not _OPENS_ANOTHER.match(text.level(item.text))


def above_labels(parts: Sequence[Item]) -> tuple[Sequence[Item], tuple[Field, ...]]:
    """The items of a list, and the labels right below it, which Markdown gives to its last: `1. 接口不返回流水号`, `2. 维保到期` below
    `卡点：`, and then `接下来：4/20 切流`.
    """
    if len(parts) < 2 or not parts[-1].lead.strip() or any(part.fields for part in parts[:-1]):
        return parts, ()
    own = msgspec.structs.replace(parts[-1], text=one_line(parts[-1].lead), fields=())
    return (*parts[:-1], own), parts[-1].fields


def _behind_list(item: Item) -> Item:
    """Labels right below a list within an incident, which Markdown gives to its last entry, are the incident's own: below
    `20:03 主库 hang 住`, `- 20:05 拉群`, `- 20:12 手动 failover` the line `原因：RAID 卡电池故障`.
    """
    *entries, last = item.children or (item,)
    if item.shape != "paragraph" or not entries or not last.lead.strip() or not last.fields:
        return item
    if any(child.fields or child.children for child in entries):
        return item
    own = msgspec.structs.replace(last, text=one_line(last.lead), fields=())
    labels = msgspec.structs.replace(last, text=last.text.removeprefix(own.text).strip(), lead="")
    return msgspec.structs.replace(item, children=(*entries, own, labels))


def _is_label(item: Item) -> bool:
    """Whether an item is a label and no more: `原因：专线抖动`."""
    return item.shape in ("bullet", "paragraph") and bool(item.fields) and not item.lead.strip()


def _titled(item: Item, title: str) -> Item:
    """The first label below a heading that names the incident, `### 招行代付中断`: the heading's words are its own."""
    if not title:
        return item
    return msgspec.structs.replace(item, text=f"{title} {item.text}", lead=title)


def _takes(owner: Item, item: Item, lexicon: Lexicon) -> bool:
    """Whether the label says more of the item before it, `原因：…`, rather than beginning the next one, `时间：…`."""
    if owner.shape not in ("bullet", "paragraph") or owner.kind != "incident":
        return False
    known = _meanings(owner, lexicon) | {m for child in owner.children for m in _meanings(child, lexicon)}
    new = _meanings(item, lexicon)
    if new & known or (owner.lead.strip() and new >= _TELLS_ALL):
        return False
    return not ("occurred" in new and _CLOCK.search(text.level(owner.lead)))


def _meanings(item: Item, lexicon: Lexicon) -> set[str]:
    """What the item's labels mean, the first meaning of each: `时间：… 原因：…` -> occurred, cause."""
    return {meanings[0] for field in item.fields if (meanings := lexicon.meanings(field.label))}
