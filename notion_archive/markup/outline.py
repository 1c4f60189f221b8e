"""Blocks to an outline: which heading, or line that serves as one, owns what.

Authors number headings and jump levels, type headings as bold lines or as `一、本周工作`, and let a line ending in a colon
own the list below it. Here all of these become sections of one tree.
"""

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from notion_archive import naming
from notion_archive.lexicon import Lexicon
from notion_archive.markup import fields, plain
from notion_archive.model import Block, SectionKind

_LINE_LEVEL, _COLON_LEVEL = 10, 20  # lines that serve as headings stand below every real heading (1 to 6)
_COLON = re.compile(r"[:：]\s*$")
_BRACKETED = re.compile(r"\s*[【\[〖][^】\]〗]{2,24}[】\]〗]\s*[:：]?\s*")
_SENTENCE = re.compile(r"[,，。;；!！?？]|\d{1,2}:\d\d")


class Section(Struct, frozen=True, kw_only=True):
    """A heading and what it owns, in order; the root has no name. `kind` is what its own words say, None for a name."""

    name: str
    lines: tuple[int, int]
    level: int = 0
    kind: SectionKind | None = None
    body: tuple["Section | Block", ...] = ()


class _Open:
    """A section while it is filled."""

    def __init__(
        self, name: str, level: int, lines: tuple[int, int], kind: SectionKind | None, words: str = ""
    ) -> None:
        self.name, self.level, self.lines, self.kind = name, level, lines, kind
        self.ordinal = naming.ordinal(words)[0]
        self.body: list[Section | Block] = []

    def close(self) -> Section:
        return Section(name=self.name, lines=self.lines, level=self.level, kind=self.kind, body=tuple(self.body))


def read(blocks: Sequence[Block], titles: Sequence[str], lexicon: Lexicon) -> Section:
    """The outline of a page. Headings that only repeat one of its titles own nothing."""
    stack = [_Open("", 0, (1, 1), None)]
    seen = {_same(title) for title in titles}
    stream = list(_pieces(blocks, lexicon))
    for index, block in enumerate(stream):
        following = stream[index + 1] if index + 1 < len(stream) else None
        level, words = _as_heading(block, following, stack, lexicon)
        if level is None:
            _add(stack, block, lexicon)
            continue
        if block.type == "heading" and block.level == 1 and _same(words) in seen:
            continue
        name = naming.clean(words)
        kind = lexicon.section_kind(name)
        level = _repaired(level, words, stack)
        _close_to(stack, level)
        stack.append(_Open(name, level, block.lines, kind, words))  # type: ignore[arg-type]
    _close_to(stack, 1)
    return stack[0].close()


def _same(title: str) -> str:
    return re.sub(r"\W+", "", title).lower()


def _pieces(blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[Block]:
    """Paragraphs as the items typed in them; a list adopted by the item above it that ends in a colon; a paragraph that
    begins with a label given to the item above it."""
    pieces: list[Block] = []
    for block in blocks:
        pieces.extend(plain.split(block) if block.type == "paragraph" and not _is_card(block, lexicon) else (block,))
    result: list[Block] = []
    owner: int | None = None  # where in `result` the item stands that owns the list going on
    for block in pieces:
        last = result[-1] if result else None
        if block.type == "item" and owner is not None and _is_below(block, result[owner], lexicon):
            result[owner] = _with_child(result[owner], block)
            continue
        owner = None
        if block.type == "paragraph" and last and last.type == "item" and _continues(block, last, lexicon):
            result[-1] = _joined(last, block)
            continue
        result.append(block)
        if _owns_what_follows(block):
            owner = len(result) - 1
    yield from result


def _owns_what_follows(block: Block) -> bool:
    """Whether a list after a block belongs to it: `…主要问题：`, `（1）票据池`, lines of labels the last of which is empty."""
    if block.children:
        return False
    colon = _COLON.search(block.text) is not None
    return (colon or block.marker[-1:] in ("）", ")")) if block.type == "item" else colon and "\n" in block.text


def _is_card(block: Block, lexicon: Lexicon) -> bool:
    """Whether every line of a paragraph stands under a label: `项目：电子发票`, `状态：正常`, `进度：90%`."""
    labels = [fields.split(line, lexicon) for line in block.text.split("\n")]
    return (
        len(labels) > 1
        and all(found and not lead for lead, found in labels)
        and "project" in lexicon.meanings(labels[0][1][0].label)
    )


def _is_below(block: Block, owner: Block, lexicon: Lexicon) -> bool:
    """Whether an item goes on with the list its owner began: another kind of marker, and no heading of its own."""
    return _family(block) != _family(owner) and (
        bool(block.children) or lexicon.section_kind(naming.clean(block.text)) is None
    )


def _family(block: Block) -> str:
    return re.sub(r"\d+|[a-z]|[一二三四五六七八九十]+|[①-⑳]", "0", block.marker)


def _continues(block: Block, last: Block, lexicon: Lexicon) -> bool:
    """Whether a paragraph after a list says more of its last item: it begins with a label (`原因：…`)."""
    lead, found = fields.split(block.text, lexicon)
    if not found or lead or not found[0].value:
        return False
    meanings = lexicon.meanings(found[0].label)
    return lexicon.section_kind(found[0].label) is None or "cause" in meanings or "resolution" in meanings


def _with_child(owner: Block, child: Block) -> Block:
    return msgspec.structs.replace(
        owner, lines=(owner.lines[0], max(owner.lines[1], child.lines[1])), children=(*owner.children, child)
    )


def _joined(item: Block, more: Block) -> Block:
    return msgspec.structs.replace(
        item, text=f"{item.text}\n{more.text}", lines=(item.lines[0], more.lines[1]),
        numbers=item.numbers + more.numbers,
    )  # fmt: skip


def _as_heading(block: Block, following: Block | None, stack: list[_Open], lexicon: Lexicon) -> tuple[int | None, str]:
    """The level of a heading or of a line that serves as one, and its words; None for anything else."""
    if block.type == "heading":
        return block.level, block.text
    owns = following is not None and following.type in ("item", "table", "paragraph", "code")
    if "\n" in block.text or len(block.text) > 40 or not block.text:
        return None, ""
    words = block.text
    if block.type == "item" and not (plain.is_item(block.marker + " ") and block.marker[-1:] in "、)）"):
        generic = _COLON.search(words) and block.children and lexicon.section_kind(naming.clean(words))
        return (None, "") if not generic else (None, "")
    if block.type not in ("paragraph", "item"):
        return None, ""
    full = f"{block.marker}{words}"
    found, _ = naming.ordinal(full)
    kind = lexicon.section_kind(naming.clean(words))
    typed = found is not None and found.series in ("chinese", "chinese_in", "part", "roman")
    if block.type == "item":
        heads = typed and (kind is not None or bool(block.children) or owns) and not _SENTENCE.search(words)
        heads = heads or (kind is not None and (owns or bool(block.children)))
        return (_LINE_LEVEL, full) if heads and not block.children else (None, "")
    if _BRACKETED.fullmatch(words) or (kind is not None and owns and not _SENTENCE.search(words)):
        return _LINE_LEVEL, words
    if _COLON.search(words) and owns:
        return _COLON_LEVEL, words
    whole = naming.clean(block.bold) == naming.clean(words) and not _SENTENCE.search(words)
    if (
        block.bold
        and owns
        and (whole or (following is not None and following.type == "item" and words.startswith(block.bold)))
    ):
        return _COLON_LEVEL, words
    return None, ""


def _repaired(level: int, words: str, stack: list[_Open]) -> int:
    """`## B.` after `### A.` is A's sibling: a heading that goes on with a series stands where the series stands."""
    found, _ = naming.ordinal(words)
    if found is None:
        return level
    for section in reversed(stack):
        if section.ordinal and section.ordinal.series == found.series and section.ordinal.number == found.number - 1:
            return section.level
    top = stack[-1]
    if level == _LINE_LEVEL and top.ordinal and top.level >= _LINE_LEVEL and top.ordinal.series != found.series:
        return top.level + 1
    return level


def _close_to(stack: list[_Open], level: int) -> None:
    while len(stack) > 1 and stack[-1].level >= level:
        closed = stack.pop().close()
        stack[-1].body.append(closed)


def _add(stack: list[_Open], block: Block, lexicon: Lexicon) -> None:
    """A line with a colon owns the list below it, not the prose that comes after the list."""
    top = stack[-1]
    if (
        top.level == _COLON_LEVEL
        and block.type == "paragraph"
        and any(isinstance(part, Block) and part.type != "paragraph" for part in top.body)
    ):
        _close_to(stack, _COLON_LEVEL)
    stack[-1].body.append(block)
