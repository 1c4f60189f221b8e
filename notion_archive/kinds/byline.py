"""Lines that report nothing: who wrote the page, who was there, which page comes before, what there was none of."""

import re

from notion_archive import text
from notion_archive.kinds.reading import Reading
from notion_archive.model import Item

_CHAPTER = re.compile("[（(]?[一二三四五六七八九十]{1,2}[）)、.]?")
_SHORT = 12
_BAR = re.compile(r"\s*[|｜·•]\s*")
_DAYS_ALONE = re.compile(
    r"(?:20\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s*[-–—~至到]+\s*(?:\d{1,2}[-/.月])?\d{1,2}日?)?"
)
_MARKED_OFF = re.compile(r"(?P<name>[^|,，。;；:：]{1,30}?)(?:\s*[:：]\s*|\s+[-–—]+\s+)(?P<rest>[^|\s]{1,12})")
_SPACED = re.compile(r"(?P<name>[^|,，。;；:：\d]{1,30}?)\s+(?P<rest>[^|\s]{1,12})")


def says_none(item: Item, reading: Reading) -> bool:
    """A name with nothing behind it: `refund lag - n/a` among numbers, `其他 无`."""
    found = _MARKED_OFF.fullmatch(item.text) or _SPACED.fullmatch(item.text)
    if found is None or item.children or "\n" in item.lead or not reading.lexicon.is_nothing(found["rest"]):
        return False
    if item.kind == "note" and re.search(r"[:：]", item.text):  # `投诉：暂无` among other things
        return len(found["name"]) <= _SHORT
    if item.kind == "update" and item.shape == "bullet" and item.marker and _CHAPTER.fullmatch(item.marker):
        return True  # 六、需协调：无
    return item.kind == "metric" or reading.lexicon.section_kind(found["name"]) is not None


def tells_days(words: str) -> bool:
    """`3.11-3.15 | 账务清算组 | cc 老魏`: short words between bars, of which some are the days that the page covers."""
    parts = _BAR.split(words.strip())
    return len(parts) > 1 and all(len(part) <= _SHORT * 2 for part in parts) and any(map(_DAYS_ALONE.fullmatch, parts))


def is_byline(item: Item, reading: Reading) -> bool:
    """`"编制：赵晓棠（PMO）"`, `"Present: Wei Ling, Farid"`, `"上一篇：2024-W22"`; one outside a list, with nothing below it.

    Lines right below each other, `值班：阿坤` and `班次：08:30 - 次日08:30`, are no list that anybody marked up.
    """
    if item.children or (item.shape != "paragraph" and (item.shape != "bullet" or item.marker)):
        return False
    if not item.section and tells_days(item.text):
        return True
    written = reading.lexicon.words("words", "byline").within(r"\W*(?:{words})\s*:")
    return written.match(text.level(item.text)) is not None
