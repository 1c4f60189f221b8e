"""Goals: the items of next week's plan."""

import re
from collections.abc import Iterator

import msgspec

from notion_archive.kinds.byline import is_byline, says_none
from notion_archive.kinds.reading import Reading, says_nothing
from notion_archive.model import Item
from notion_archive.records import Goal, Record

_NUMBERS = "一二三四五六七八九"
_TYPED = re.compile(r"(?:^|(?<=[\s;；。:：]))[（(](?P<number>[1-9])[)）]\s*")
_COUNT = re.compile(r"(?:(?<=[:：,，;；。])|^)\s*其?(?P<number>[一二三四五六七八九])(?:是|要|、)")


def claims(item: Item, reading: Reading) -> bool:
    """Whatever stands under 下周计划, Next week and their like: `- 春季晋升组织`."""
    return (
        item.kind == "goal"
        and not says_nothing(item, reading.lexicon)
        and not is_byline(item, reading)
        and not says_none(item, reading)
    )


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """One goal, the items below it included: `- 账务切换` with `- 回退演练` below it; a sentence that counts several gives each."""
    yield from (Goal(**reading.common(one)) for one in _counted(item))


def _counted(item: Item) -> Iterator[Item]:
    """`下周盯两件事：一是敲定证书更换；二是交预算初稿。` and `（1）敲定证书更换 （2）交预算初稿` -> 敲定证书更换, 交预算初稿."""
    edges = list(_COUNT.finditer(item.text)) if not item.children and item.shape in ("paragraph", "bullet") else []
    if [edge["number"] for edge in edges] != list(_NUMBERS[: len(edges)]) or len(edges) < len("一二"):
        edges = list(_TYPED.finditer(item.text)) if not item.children else []
        if [edge["number"] for edge in edges] != list("123456789"[: len(edges)]) or len(edges) < len("12"):
            yield item
            return
    for edge, following in zip(edges, [*(edge.start() for edge in edges[1:]), len(item.text)], strict=True):
        words = item.text[edge.end() : following].strip(" ,，;；。")
        yield msgspec.structs.replace(item, text=words, lead=words, fields=())
