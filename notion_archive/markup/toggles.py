"""Pages folded into toggles, which come out of an export as list items: `- 本周进展`, with all that is in it indented below.

A page whose parts are toggles is read as one whose parts are headings; a toggle that only says `点击展开` is not there.
In Markdown that is done to the lines, as what a toggle holds is read only then; in HTML to the blocks.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from notion_archive import naming
from notion_archive.lexicon import Lexicon
from notion_archive.model import Block

_ITEM = re.compile(r"[-*+•]\s+(?P<words>\S.{0,40}?)\s*$")
_SAYS = re.compile(r"[:：]\s*[^\s:：*]")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+\S")
_CAPTION = re.compile(
    r"\W*(?:(?:点击|点|请|可)*(?:展开|点开|查看|收起)(?:查看|详情|明细|全部|更多|内容|看)*|详情|明细|详细内容|具体内容|内容|更多"
    r"|(?:click (?:here )?(?:to|for) )?(?:expand|details?|see details|show (?:more|all)|more|toggle|open me))\W*",
    re.IGNORECASE,
)
_CHAPTER, _SEVERAL, _LONGEST = "## ", 2, 40


class _Toggle(NamedTuple):
    """An item at the margin: its line, its words, and how far in what it holds stands, 0 where it holds nothing."""

    at: int
    words: str
    depth: int


def opened(lines: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The lines of a page with its toggles as headings: `- 本周进展`, `    - 账户2.0：联调中` -> `## 本周进展`, `- 账户2.0：联调中`.

    All at the margin below the title are toggles, of two kinds of sections at least; those that name none are sections
    as well. Under a heading, `- 本周` and `- 风险` are labels of what that names. One toggle around it all is the title.
    """
    lines = _without_captions(lines)
    first = next((at for at, line in enumerate(lines) if _ITEM.match(line)), len(lines))
    end = next((at for at, line in enumerate(lines) if line.startswith("##")), len(lines))
    margin = [at for at in range(first, end) if lines[at].strip() and not lines[at].startswith((" ", "\t"))]
    toggles = [one for at, to in pairwise([*margin, end]) if (one := _toggle(lines, at, to))]
    if len(toggles) < len(margin) or not any(one.depth for one in toggles):
        return lines
    if not _name_kinds([one.words for one in toggles], lexicon):
        return _within(lines, toggles, lexicon)
    result = list(lines)
    for one, to in zip(toggles, [*margin[1:], end], strict=True):
        result[one.at] = _CHAPTER + one.words
        result[one.at + 1 : to] = [_below_chapter(line) for line in _dedented(lines[one.at + 1 : to], one.depth)]
    return result


def _within(lines: Sequence[str], toggles: Sequence[_Toggle], lexicon: Lexicon) -> Sequence[str]:
    """A page in one toggle, `- 周报 2023-04-09` above `    ### 本周进展` and `    ### 下周计划`, out of it."""
    if len(toggles) > 1 or any(line.startswith("# ") for line in lines):
        return lines
    inner = _dedented(lines[toggles[0].at + 1 :], toggles[0].depth)
    found = opened(inner, lexicon)
    if not _name_kinds([naming.clean(line.lstrip("#")) for line in found if _HEADING.match(line)], lexicon):
        return lines
    return [*lines[: toggles[0].at], f"# {toggles[0].words}", *found]


def _name_kinds(titles: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether two of these name different kinds of sections: `本周进展`, `线上故障`, `跑商户` -> True."""
    return len({kind for one in titles if (kind := lexicon.section_kind(one) or lexicon.heading_kind(one))}) >= _SEVERAL


def _title(words: str) -> str:
    """The name of a toggle: `**本周进展**` -> "本周进展"; "" for an item that says something: `账户2.0：联调中`."""
    return "" if _SAYS.search(words) else naming.clean(words.replace("**", "").replace("__", ""))


def _toggle(lines: Sequence[str], at: int, to: int) -> _Toggle | None:
    """What stands at the margin as a toggle: `- 本周进展` above indented lines or none; `- 账户2.0：联调中` is not one."""
    match = _ITEM.match(lines[at])
    words = _title(match["words"]) if match else ""
    return _Toggle(at, words, _depth(lines[at + 1 : to])) if words else None


def _without_captions(lines: Sequence[str]) -> Sequence[str]:
    """The lines without toggles that name nothing: `- 点击展开`, `    - 账户2.0` -> a blank line, `- 账户2.0`."""
    if not any(_is_caption(line) for line in lines):
        return lines
    result = list(lines)
    margin = [at for at, line in enumerate(lines) if line.strip() and not line.startswith((" ", "\t"))]
    for at, to in pairwise([*margin, len(lines)]):
        if _is_caption(lines[at]) and (depth := _depth(lines[at + 1 : to])):
            result[at:to] = ["", *_dedented(lines[at + 1 : to], depth)]
    return result


def _is_caption(line: str) -> bool:
    """Whether a line only says that there is more: `- 点击展开`, `- **Details**`."""
    match = _ITEM.match(line)
    return match is not None and _CAPTION.fullmatch(match["words"]) is not None


def _depth(lines: Sequence[str]) -> int:
    """How far in all of these lines stand, blank ones aside: 4 for `    - 账户2.0` above `        - 联调中`."""
    return min(
        (len(line) - len(line.lstrip(" ")) for line in (one.expandtabs(4) for one in lines) if line.strip()), default=0
    )


def _dedented(lines: Sequence[str], depth: int) -> list[str]:
    """The same lines that far to the left: `    - 账户2.0` and 4 -> `- 账户2.0`."""
    return [line.expandtabs(4)[depth:] for line in lines]


def _below_chapter(line: str) -> str:
    """A heading within a toggle stands below it: `# 支付` -> `### 支付`."""
    match = _HEADING.match(line)
    return line if match is None or len(match["marks"]) > len(_CHAPTER.strip()) else f"### {line.lstrip('# ')}"


def unfolded(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The same for the blocks of a page of HTML: an item `本周进展` that holds two items -> a heading and these two.

    There may be lists of numbers: `1. 本周进展`, `2. 线上故障`.
    """
    blocks = [one for block in blocks for one in (block.inner[1:] if _is_empty(block) else (block,))]
    first = next((at for at, block in enumerate(blocks) if block.type == "item"), len(blocks))
    end = next((at for at, block in enumerate(blocks) if block.type == "heading" and block.level > 1), len(blocks))
    folds = blocks[first:end]
    titles = [_title_of(block) for block in folds]
    if not all(titles) or not any(len(block.inner) > 1 for block in folds):
        return tuple(blocks)
    if _name_kinds(titles, lexicon):
        parts = [one for block, words in zip(folds, titles, strict=True) for one in _headed(block, words, 2)]
    elif len(folds) == 1 and _name_kinds([one.text for one in folds[0].inner if one.type == "heading"], lexicon):
        parts = list(_headed(folds[0], titles[0], 1))
    else:
        return tuple(blocks)
    return (*blocks[:first], *parts, *blocks[end:])


def _headed(block: Block, words: str, level: int) -> Iterator[Block]:
    """A heading and what a toggle holds, headings in it below that: `本周进展` with a heading `支付` of level 1 in it -> that
    has level 3.
    """
    head, *others = block.inner
    yield Block(type="heading", text=words, lines=head.lines, level=level)
    for one in others:
        low = one.type == "heading" and one.level <= level
        yield msgspec.structs.replace(one, level=level + 1) if low else one


def _title_of(block: Block) -> str:
    """The name of an item that may be a toggle: `本周进展`; "" for one of several lines, and what is no item."""
    words = block.inner[0].text if block.type == "item" and block.inner and block.inner[0].type == "paragraph" else ""
    return _title(words) if len(words) <= _LONGEST and "\n" not in words else ""


def _is_empty(block: Block) -> bool:
    """Whether an item only says that there is more: `点击展开` above a list."""
    return len(block.inner) > 1 and _CAPTION.fullmatch(block.inner[0].text) is not None
