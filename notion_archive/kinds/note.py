"""Notes: one item of anything else, so that nothing is lost to search."""

import re
from collections.abc import Iterator

from notion_archive import text
from notion_archive.kinds.byline import is_byline, says_none
from notion_archive.kinds.reading import Reading, is_label_only, says_nothing
from notion_archive.model import Item
from notion_archive.records import Note, Record

_NAME = re.compile(r"[^,，。;；:：!！?？\n]{1,24}")


def claims(item: Item, reading: Reading) -> bool:
    """Everything that says something; `- 暂无` does not."""
    return not says_nothing(item, reading.lexicon) and not is_byline(item, reading) and not says_none(item, reading)


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """One note; an item that only heads others (`其他：`) gives a note for each, unless these are its labels, `影响：…`."""
    one = item.shape == "card" and all(is_label_only(child) for child in item.children)
    if item.children and not one and (item.shape == "card" or item.lead.rstrip().endswith((":", "："))):
        for child in item.children:
            if claims(child, reading):
                yield Note(**reading.common(child))
        return
    yield Note(**reading.common(item))


def of_lead(item: Item, reading: Reading) -> Iterator[Note]:
    """The words of an item whose children are records of their own, where they are more than a name: `（1）会计引擎：测试中`,
    and among incidents `记账失败`.
    """
    failed = item.kind == "incident" and reading.lexicon.words("signs", "failure").search(text.level(item.lead))
    named = _NAME.fullmatch(item.lead.strip(" :：")) and not failed and not any(field.value for field in item.fields)
    if item.shape != "card" and not named and not reading.lexicon.is_nothing(item.text):
        yield Note(**reading.common(item, alone=True))
