"""Pages without blank lines between their sections, as they are pasted from a chat: Markdown takes `下周计划：` right below
a bullet for more of that bullet. Here such a page gets the blank lines back, and its blocks the numbers of its own lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from notion_archive import naming
from notion_archive.lexicon import Lexicon
from notion_archive.model import Block

_TITLE = re.compile(
    r"(?P<bold>\*\*|__)?(?P<mark>[^\w\s#*_|>`~【\[（(《-]\ufe0f?\s*)?(?P<number>(?:[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.、．])\s*)?"
    r"(?P<frame>[【\[])?(?P<words>[^-\s\d*_#|>:：【】\[\]（(][^\d*_#|>:：，。,；;【】\[\]\n]{0,22}?)[】\]]?(?P<colon>[:：])?(?:\*\*|__)?(?P<behind>[:：])?\s*"
)
_HEADING = re.compile(r"#{2,6}\s+(?P<words>\S.*)")
_BLOCK = re.compile(r"[■◆🔹🔸🔷🔶▶►➤]")
_LISTED = re.compile(r"(?:[-*+•]|\d{1,2}\.)\s")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_SEVERAL = 2


class _Section(NamedTuple):
    """A line that is the title of a section, `【下周计划】`; `style` is how it is set off."""

    at: int
    words: str
    kind: str
    style: tuple[bool, ...]


def opened(lines: Sequence[str], lexicon: Lexicon) -> tuple[list[str], list[int]] | None:
    """The lines with blank ones around the titles of sections, and where each stood before; None where none is missing.

    `- 收银台：已提测`, `下周计划：`, `- 上线` -> a blank line above the second. Titles are alone on their line, two at least are
    set off alike and of different kinds, none is there twice, and no marked heading is of a kind: else they are labels.
    """
    marked = (naming.clean(found["words"]) for line in lines if (found := _HEADING.match(line)))
    if any(map(lexicon.section_kind, marked)):
        return None
    times = Counter(one.words for one in _sections(lines, lexicon))
    once = [one for one in _sections(lines, lexicon) if times[one.words] == 1]
    alike = [[one for one in once if one.style == style] for style in {one.style for one in once}]
    titles = {one.at for some in alike if len({one.kind for one in some}) >= _SEVERAL for one in some}
    above = {at for at in titles if at and lines[at - 1].strip()}
    below = {at for at in titles if _BLOCK.match(lines[at]) and _goes_on(lines, at + 1)}
    if not above and not below:
        return None
    result: list[str] = []
    numbers: list[int] = []
    for at, line in enumerate(lines):
        for words in ("",) * (at in above) + (line,) + ("",) * (at in below):
            result.append(words)
            numbers.append(at + 1)
    return result, numbers


def renumbered(blocks: Sequence[Block], numbers: Sequence[int]) -> Iterator[Block]:
    """The blocks of lines among which blank ones were put, with the numbers those lines had before."""

    def span(lines: tuple[int, int]) -> tuple[int, int]:
        return numbers[lines[0] - 1], numbers[lines[1] - 1]

    for block in blocks:
        yield msgspec.structs.replace(
            block, lines=span(block.lines), numbers=tuple(numbers[one - 1] for one in block.numbers),
            row_lines=tuple(map(span, block.row_lines)), children=tuple(renumbered(block.children, numbers)),
        )  # fmt: skip


def _sections(lines: Sequence[str], lexicon: Lexicon) -> Iterator[_Section]:
    """The lines that name a kind of section and say no more: `**本周进展**`, `四、风险`, `下周计划：`."""
    fenced = False
    for at, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        match = None if fenced else _TITLE.fullmatch(line)
        words = naming.clean(match["words"]) if match else ""
        kind = lexicon.section_kind(words) if words else None
        if match and kind:
            yield _Section(
                at, words, kind, tuple(bool(part) for part in match.group("bold", "mark", "number", "frame"))
            )


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether a line is more of the one above it for Markdown: words, or a list that is typed."""
    return at < len(lines) and bool(lines[at].strip()) and not _LISTED.match(lines[at])
