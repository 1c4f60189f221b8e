"""Goals: the items of next week's plan."""

from collections.abc import Iterator

from notion_archive.kinds.byline import is_byline, says_none
from notion_archive.kinds.reading import Reading, says_nothing
from notion_archive.model import Item
from notion_archive.records import Goal, Record


def claims(item: Item, reading: Reading) -> bool:
    """Whatever stands under 下周计划, Next week and their like: `- 春季晋升组织`."""
    return (
        item.kind == "goal"
        and not says_nothing(item, reading.lexicon)
        and not is_byline(item, reading)
        and not says_none(item, reading)
    )


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """One goal, the items below it included: `- 账务切换` with `- 回退演练` below it."""
    yield Goal(**reading.common(item))
