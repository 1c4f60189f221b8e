"""Lines about the page and not about the work: who wrote it, who was there, which page comes before."""

import re

from notion_archive import text
from notion_archive.kinds.record import Reading
from notion_archive.model import Item


def is_byline(item: Item, reading: Reading) -> bool:
    """`"编制：赵晓棠（PMO）"`, `"Present: Wei Ling, Farid"`, `"上一篇：2024-W22"`; one outside a list, with nothing below it."""
    if item.shape != "paragraph" or item.children:
        return False
    words = reading.lexicon.words("words", "byline").pattern.pattern
    return re.match(rf"\W*(?:{words})\s*:", text.level(item.text)) is not None
