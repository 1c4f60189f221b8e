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
_NAME = re.compile(
    r"(?:(?P<bold>\*\*|__)(?:(?:[\d一二三四五六七八九十]{1,2}[.、．]|[（(][\d一二三四五六七八九十]{1,2}[)）])\s*)?)?(?P<frame>[【\[])?(?P<mention>@)?(?P<words>[^-\s\d*_#|>:：【】\[\]（(][^*_#|>:：，。,；;【】\[\]\n]{0,23}?)[】\]]?(?P<colon>[:：])?(?:\*\*|__)?[:：]?\s*"
)
_IN_LIST = re.compile(r"\s*(?:[-*+•]\s|[\da-zA-Z]\d?[.、)）]|[（(]\d{1,2}[)）]|[①-⑳])|\s\s+\S")
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
    """The lines with blank ones around the titles of sections and above names, and where each stood before; None where none
    is missing: `- 收银台：已提测`, `下周计划：`, `- 上线` -> a blank line above the second.
    """
    titles = _titles(lines, lexicon)
    above = {at for at in titles if at and lines[at - 1].strip()} | set(_names(lines, lexicon))
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


def _titles(lines: Sequence[str], lexicon: Lexicon) -> set[int]:
    """The titles of sections: alone on their line, two at least are set off alike and of different kinds, none is there
    twice, and no marked heading is of a kind: else they are labels. `【本周进展】` and `【线上故障】` are two.
    """
    marked = (naming.clean(found["words"]) for line in lines if (found := _HEADING.match(line)))
    if any(map(lexicon.section_kind, marked)):
        return set()
    times = Counter(one.words for one in _sections(lines, lexicon))
    once = [one for one in _sections(lines, lexicon) if times[one.words] == 1]
    alike = [[one for one in once if one.style == style] for style in {one.style for one in once}]
    return {one.at for some in alike if len({one.kind for one in some}) >= _SEVERAL for one in some}


def _names(lines: Sequence[str], lexicon: Lexicon) -> Iterator[int]:
    """The names right below the list of the one before: `**王倩**`, `- 已提测`, `**李想**`, `- 联调中` -> the second name.

    Lines without a blank one between them begin with a name, and all that are set off like it above a list are names.
    """
    colons = sum(
        1 for line in lines if (found := _NAME.fullmatch(line)) and found["colon"] and _may_name(found, lexicon)
    )
    begin = 0
    while begin < len(lines):
        end = next((at for at in range(begin, len(lines)) if not lines[at].strip()), len(lines))
        first = next((at for at in range(begin, end) if not _heads(lines[at], lexicon)), end)
        if style := _style(lines, first, end, colons > 1, lexicon):
            under = (first,) if first > begin and not lines[first - 1].startswith("#") else ()
            yield from (
                *under,
                *(at for at in range(first + 1, end) if _style(lines, at, end, colons > 1, lexicon) == style),
            )
        begin = end + 1


def _heads(line: str, lexicon: Lexicon) -> bool:
    """`## 本周进展`, `本周进展：`: a heading, or a line that names a kind of section."""
    match = _TITLE.fullmatch(line)
    return line.startswith("#") or (
        match is not None and lexicon.section_kind(naming.clean(match["words"])) is not None
    )


def _style(lines: Sequence[str], at: int, end: int, colons: bool, lexicon: Lexicon) -> str:
    """How a name that stands alone above a list is set off: bold for `**王倩**`, plain for `王倩`; empty for any other line.
    `colons`: whether `收银台改造：` is one above plain lines as well."""
    match = _NAME.fullmatch(lines[at]) if at + 1 < end else None
    if match is None or not _may_name(match, lexicon):
        return ""
    if not (_IN_LIST.match(lines[at + 1]) or match["bold"] or match["frame"] or (colons and match["colon"])):
        return ""
    return next((style for style in ("bold", "frame", "mention", "colon") if match[style]), "plain")


def _may_name(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether a line set off names a project: `【账户2.0】` -> True, `【风险】` -> False."""
    words = naming.clean(match["words"])
    return bool(words) and not lexicon.meanings(words) and lexicon.section_kind(words) is None


def renumbered(blocks: Sequence[Block], numbers: Sequence[int]) -> Iterator[Block]:
    """The blocks of lines among which blank ones were put, with the numbers those lines had before.

    With one blank line put above line 4, `- 联调中` on line 5 is on line 4 again.
    """

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
    """Whether a line is more of the one above it for Markdown: words, or a list that is typed: `1、联调`; `- 联调` is not."""
    return at < len(lines) and bool(lines[at].strip()) and not _LISTED.match(lines[at])
