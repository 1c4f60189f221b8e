"""English prose that its author's editor broke at a column: the breaks are no more than spaces."""

import re
from itertools import pairwise

import msgspec

from notion_archive.lexicon import Lexicon
from notion_archive.markup import fields, plain
from notion_archive.model import Block

_COLUMN = 50  # no editor breaks lines before it
_EDITED = 10  # so many columns a line may lack where a word was changed later
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MADE = re.compile(r"[.!?:;)]$")  # a break behind one of these may be the author's own


def joined(block: Block, lexicon: Lexicon) -> Block:
    """A block, and what is below it, with its prose on one line.

    `"Median authorisation time was 180 ms, and out-of-hours\\npages came to 3."` is one sentence; a list typed on lines of
    their own, or labels, each on its own line, stay as they are.
    """
    if block.children:
        block = msgspec.structs.replace(block, children=tuple(joined(child, lexicon) for child in block.children))
    if "\n" not in block.text or block.type not in ("item", "paragraph"):
        return block
    if not _is_wrapped(block.text, lexicon):
        return _without_breaks_in_clauses(block, lexicon)
    return msgspec.structs.replace(block, text=block.text.replace("\n", " "), numbers=block.numbers[-1:])


def _without_breaks_in_clauses(block: Block, lexicon: Lexicon) -> Block:
    """A line that ends in a comma goes on with the next: `原作者已离职，` above `只能靠抓包逐字段比对`."""
    lines = list(zip(block.text.split("\n"), block.numbers, strict=True))
    kept = lines[:1]
    for line, number in lines[1:]:
        above = kept[-1][0]
        if above.endswith(("，", "、")) and not plain.is_item(line) and not _is_labelled(line, lexicon):
            kept[-1] = (f"{above} {line}", number)
        else:
            kept.append((line, number))
    if len(kept) == len(lines):
        return block
    return msgspec.structs.replace(
        block, text="\n".join(line for line, _ in kept), numbers=tuple(number for _, number in kept)
    )


def _is_wrapped(words: str, lexicon: Lexicon) -> bool:
    """Whether every line is about as long as the widest allows, so that the next word had no room, and one breaks a sentence:
    `…sat in limbo for an` above `hour and three quarters.`
    """
    lines = words.split("\n")
    width = max(map(len, lines))
    breaks = list(pairwise(lines))
    if width < _COLUMN or any(len(line) + len(after.split(" ", 1)[0]) < width - _EDITED for line, after in breaks):
        return False
    if not any(after[0].islower() and not _MADE.search(line) for line, after in breaks):
        return False
    if _CHINESE.search(words):
        return False
    return not any(plain.is_item(line) or _is_labelled(line, lexicon) for line in lines[1:])


def _is_labelled(line: str, lexicon: Lexicon) -> bool:
    """`Root cause: expired certificate`: a line that begins with a label."""
    lead, found = fields.split(line, lexicon)
    return bool(found) and not lead
