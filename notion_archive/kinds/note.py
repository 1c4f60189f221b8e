"""Notes: one item of anything else, so that nothing is lost to search."""

from collections.abc import Iterator

from notion_archive.kinds.byline import is_byline, says_none
from notion_archive.kinds.record import Reading, Record, says_nothing
from notion_archive.model import Item


class Note(Record, frozen=True, kw_only=True, tag="note"):
    """One item that is nothing more particular."""


def claims(item: Item, reading: Reading) -> bool:
    """Everything that says something; `- 暂无` does not."""
    return not says_nothing(item, reading.lexicon) and not is_byline(item, reading) and not says_none(item, reading)


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """One note; an item that only heads others (`其他：`) gives a note for each."""
    if item.children and (item.shape == "card" or item.lead.rstrip().endswith((":", "："))):
        for child in item.children:
            if claims(child, reading):
                yield Note(**reading.common(child))
        return
    yield Note(**reading.common(item))
