"""Blocks to an outline: which heading, or line that serves as one, owns what.

Authors number headings and jump levels, type headings as bold lines or as `一、本周工作`, and let a line ending in a colon
own the list below it. Here all of these become sections of one tree.
"""

import re
from collections.abc import Sequence
from typing import cast

import msgspec
from msgspec import Struct

from notion_archive import naming
from notion_archive.lexicon import Lexicon
from notion_archive.markup import headings, pieces, plain
from notion_archive.markup.headings import BOLD_LEVEL, COLON, COLON_LEVEL, LINE_LEVEL, Heading
from notion_archive.model import Block, SectionKind

_NUMBER = re.compile(r"\s*(?P<chapter>\d{1,2})(?:[.、]?\s+|\.(?P<part>\d{1,2})\s+|[.、](?=[^\s\d]))(?=\S)")
_AHEAD = re.compile(r"下周|下月|明日|明天|next\b", re.IGNORECASE)  # set like the names of projects, it is all of theirs
_BARE_NUMBER = re.compile(r"^\s*(\d{1,2})\s+(?![月日期周季年个家次])(?=[^\W\d_])")


class Section(Struct, frozen=True, kw_only=True):
    """A heading and what it owns, in order; the root has no name. `kind` is what its own words say, None for a name."""

    name: str
    lines: tuple[int, int]
    level: int = 0
    kind: SectionKind | None = None
    body: tuple["Section | Block", ...] = ()
    chapter: bool = False  # numbered as the parts of a page are: `二、清算与三方`


class _Open:
    """A section while it is filled."""

    def __init__(
        self, name: str, level: int, lines: tuple[int, int], kind: SectionKind | None, words: str = ""
    ) -> None:
        self.name, self.level, self.lines, self.kind = name, level, lines, kind
        self.ordinal = naming.ordinal(words)[0]
        self.body: list[Section | Block] = []
        self.bold = False  # whether it is a line that begins with a name in bold
        self.framed = headings.BRACKETED.fullmatch(words) is not None
        self.line: Block | None = None  # the line that serves as its heading
        self.holds = False  # whether names at its own level are in it

    def close(self) -> Section:
        """The section with all it holds; one counted as `一、进展` or `A. 进展` is a chapter of the page."""
        chapter = self.ordinal is not None and self.ordinal.series in headings.CHAPTERS
        return Section(
            name=self.name, lines=self.lines, level=self.level, kind=self.kind, body=tuple(self.body), chapter=chapter
        )


def read(blocks: Sequence[Block], titles: Sequence[str], lexicon: Lexicon) -> Section:
    """The outline of a page: `## 故障` owns the bullets below it. Headings that only repeat one of its titles own nothing."""
    stack = [_Open("", 0, (1, 1), None)]
    seen = {_same(title) for title in titles}
    stream = pieces.read(blocks, lexicon)
    counted, parts = _counted(blocks), _parts_of_chapters(stream)
    names = _names_above_lists(stream, lexicon)
    marked = set[int]()  # levels of marked headings that stand in no section a line began
    for block, following in zip(stream, [*stream[1:], None], strict=False):
        heading = headings.read(block, following, lexicon)
        if block.lines[0] in parts and block.type == "paragraph":
            _close_to(stack, BOLD_LEVEL)
            heading = headings.numbered_part(block, following)
            block = block if heading else plain.split(block, counted=True)[0]
        elif heading is None and block.type == "paragraph" and (above := _numbers_on(block, stack)):
            _close_to(stack, above + 1)
            if headings.is_short_name(block) and following and following.type != "heading":
                heading = Heading(LINE_LEVEL, block.text)
        if heading is None and block.lines[0] in names:
            heading = Heading(COLON_LEVEL, block.text, plain=True)
        if heading is None and _is_told_in_bold(block, lexicon) and stack[-1].bold and stack[-1].kind is None:
            _close_to(stack, stack[-1].level)
        if heading is None and block.type == "item" and (beside := _goes_on(block, stack)):
            _close_to(stack, beside)
        if heading is None or (heading.plain and _holds(stack) != "update"):
            _add(stack, block)
        elif not (block.type == "heading" and heading.level == 1 and _same(heading.words) in seen):
            name = naming.clean(_BARE_NUMBER.sub("", heading.words) if block.lines[0] in counted else heading.words)
            level = _repaired(heading.level, heading.words, stack)
            if block.type == "heading" and level < LINE_LEVEL:
                line = _line_section(stack) if level not in marked else None
                level = line.level + level if line else level
                marked.update(() if line else (level,))
            if level == LINE_LEVEL and stack[-1].level == BOLD_LEVEL and _is_label(heading.words, lexicon):
                level = COLON_LEVEL
            bold = block.type == "paragraph" and bool(block.bold) and heading.words.startswith(block.bold)
            if bold and level == COLON_LEVEL and (not lexicon.meanings(name) or _AHEAD.match(name)):
                level = _beside_bold(_kind(name, lexicon), stack)
            kind = _kind(name, lexicon)
            if kind is None and block.type != "heading":
                level = _below_another_style(level, heading.words, stack)
            if kind is None and (holder := _holder(level, heading.words, stack)):
                holder.holds, level = True, level + 1
            elif level < LINE_LEVEL and any(one.holds for one in stack if one.level < level):
                level += 1
            _close_to(stack, level)
            stack.append(_Open(name, level, block.lines, kind, heading.words))
            stack[-1].bold = bold
            stack[-1].line = None if block.type == "heading" else block
            if heading.said:
                stack[-1].body.append(msgspec.structs.replace(block, text=heading.said, bold="", children=()))
            stack[-1].body.extend(block.children)
    _close_to(stack, 1)
    return stack[0].close()


def _is_told_in_bold(block: Block, lexicon: Lexicon) -> bool:
    """`**结算中心**：10/11 完成` after `**余额提现**` and its list: a name in bold and all that is said of it, no part of it."""
    bold = block.bold.rstrip(":： ")
    told = block.type == "paragraph" and bool(bold) and len(block.text) > len(block.bold) + 1
    named = told and block.text.startswith(bold) and not lexicon.meanings(bold)
    return named and lexicon.section_kind(naming.clean(bold)) is None


def _beside_bold(kind: SectionKind | None, stack: list[_Open]) -> int:
    """The level of a name in bold above a list where another in bold is open, both names or both chapters: `**结算中心**`
    above `- 联调完成` is no part of `**余额提现** ✅ 灰度中`, nor `**其他**` of `**下周要干的**`.
    """
    known = kind is not None
    beside = (section.level for section in reversed(stack) if section.bold and (section.kind is not None) == known)
    return next(beside, COLON_LEVEL)


def _numbers_on(block: Block, stack: list[_Open]) -> int:
    """The level of the section whose number a line goes on with: `3.1 大促保障` below `## 3. 重点工作`; 0 where none is."""
    found, _ = naming.ordinal(block.text) if block.text[:1].isdigit() else (None, "")
    if found is None or not found.series.startswith("decimal1:"):
        return 0
    whole = int(found.series.partition(":")[2])
    return next(
        (
            section.level
            for section in reversed(stack)
            if section.level < LINE_LEVEL and section.ordinal and section.ordinal.number == whole
        ),
        0,
    )


def _goes_on(block: Block, stack: list[_Open]) -> int:
    """The level of the section that an item is beside: `（三）差错平台评审通过，…` after `（二）银行直连`; 0 where none is."""
    found, _ = naming.ordinal(f"{block.marker}{block.text}") if headings.is_chapter(block) else (None, "")
    return next(
        (
            section.level
            for section in reversed(stack)
            if found
            and section.ordinal
            and section.ordinal.series == found.series
            and section.ordinal.number == found.number - 1
        ),
        0,
    )


def _counted(blocks: Sequence[Block]) -> set[int]:
    """The lines of headings that are numbered without a dot: `# 1 本周概况`, `# 2 在测项目`, or `### 6 数币受理` behind
    `### 5. 跨境收款`; `3 DS 升级` alone is a name.
    """
    found: set[int] = set()
    last: dict[
        int, tuple[int, int]
    ] = {}  # by level: the number of the heading before, and its line where it has no dot
    for block in blocks:
        bare = _BARE_NUMBER.match(block.text) if block.type == "heading" else None
        dotted = naming.ordinal(block.text)[0] if block.type == "heading" and not bare else None
        number = int(bare[1]) if bare else dotted.number if dotted else 0
        before, line = last.get(block.level, (0, 0))
        if bare and before and number == before + 1:
            found.update((block.lines[0], *((line,) if line else ())))
        if number:
            last[block.level] = number, block.lines[0] if bare else 0
    return found


def _parts_of_chapters(blocks: Sequence[Block]) -> set[int]:
    """The lines of plain paragraphs that count the parts of a numbered chapter: `3.1 大促保障`, `3.2 告警治理` below `## 3. 重点工作`."""
    found: list[tuple[int, int]] = []
    chapter, last = 0, 0
    for block in blocks:
        number = _NUMBER.match(block.text)
        if block.type == "heading" and number and not number["part"]:
            chapter, last = int(number["chapter"]), 0
        elif (
            block.type == "paragraph" and number and number["part"] and number[0].split()[0] == f"{chapter}.{last + 1}"
        ):
            last += 1
            found.append((chapter, block.lines[0]))
    several = {chapter for chapter, _ in found if sum(1 for other, _ in found if other == chapter) > 1}
    return {line for chapter, line in found if chapter in several}


def _below_another_style(level: int, words: str, stack: list[_Open]) -> int:
    """Names in brackets stand below `**本周进展**`, which is written otherwise, and do not end it: `【收银台改版】`."""
    section = _line_section(stack)
    framed = headings.BRACKETED.fullmatch(words) is not None
    return section.level + 1 if section and level <= section.level and framed != section.framed else level


def _holder(level: int, words: str, stack: list[_Open]) -> _Open | None:
    """The section that a name written like it is in as nothing stands between them: `### 2. 线上故障`, right below it
    `### 7/8 中行代扣超时` and later `### 7/10 招行代付掉单`; `【运营数据】`, right below it `【收单】`. Of marked headings the
    section is numbered and the name is not.
    """
    held = next((one for one in reversed(stack) if one.level <= level), stack[0])
    if held.level < level or held.kind not in headings.HOLDERS:
        return None
    alone = held is stack[-1] and not held.body
    numbered = held.ordinal is not None and naming.ordinal(words)[0] is None
    return held if (held.holds or alone) and (level >= LINE_LEVEL or numbered) else None


def _line_section(stack: list[_Open]) -> _Open | None:
    """The section of projects or incidents that a line began, `**本周进展**`: `### 收银台改版` is in it; of any other kind
    where nothing but headings stands in it: `**运营数据**` right above `### 收单`.
    """
    return next(
        (
            one
            for one in reversed(stack)
            if one.line is not None
            and (
                one.kind in ("update", "incident")
                or (one.kind in headings.HOLDERS and not any(isinstance(part, Block) for part in one.body))
            )
        ),
        None,
    )


def _names_above_lists(blocks: Sequence[Block], lexicon: Lexicon) -> set[int]:
    """The lines of names that stand alone above bullets, of which there are several below a heading: `收银台改版`, `- 已提测`."""
    found: set[int] = set()
    below: list[int] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        if block.type == "heading" or following is None:
            found.update(below if len(below) > 1 else ())
            below = []
        elif block.type == "paragraph" and following.type == "item" and headings.is_plain_name(block, lexicon):
            below.append(block.lines[0])
    return found


def _holds(stack: list[_Open]) -> SectionKind | None:
    """What the innermost of the open sections that are of a known kind holds: below `## 项目进展`, `### 网关` -> update."""
    return next((section.kind for section in reversed(stack) if section.kind), None)


def _kind(name: str, lexicon: Lexicon) -> SectionKind | None:
    """`线上故障` -> incident, `收银台改版` -> None."""
    return cast("SectionKind | None", lexicon.heading_kind(name))


def _is_label(words: str, lexicon: Lexicon) -> bool:
    """`本周进展：` below a project's name in bold says more of it; `下周计划：` may be the plan of all."""
    meanings = set(lexicon.meanings(naming.clean(words)))
    return bool(COLON.search(words) and meanings & {"work", "progress", "risk", "problem"} and "plan" not in meanings)


def _same(title: str) -> str:
    """Titles are compared without signs: `第15周 周报` and `第15周-周报` are the same."""
    return re.sub(r"\W+", "", title).lower()


def _repaired(level: int, words: str, stack: list[_Open]) -> int:
    """`## B.` after `### A.` is A's sibling: a heading that goes on with a series stands where the series stands."""
    found, _ = naming.ordinal(words)
    if found is None:
        return level
    for section in reversed(stack):
        if section.ordinal and section.ordinal.series == found.series and section.ordinal.number == found.number - 1:
            return section.level
    top = stack[-1]
    if level == LINE_LEVEL and top.ordinal and top.level >= LINE_LEVEL and top.ordinal.series != found.series:
        return top.level + 1
    return level


def _close_to(stack: list[_Open], level: int) -> None:
    """End all sections of that level and deeper: `## 风险` ends `### 账户2.0` and `## 进展`."""
    while len(stack) > 1 and stack[-1].level >= level:
        top = stack.pop()
        alone = top.line if top.kind is None and not top.body else None  # a line that owns nothing heads nothing
        stack[-1].body.append(alone or top.close())


def _add(stack: list[_Open], block: Block) -> None:
    """`代付：` owns the list below it, not the prose or the table that comes after the list."""
    top = stack[-1]
    listed = any(isinstance(part, Block) and part.type != "paragraph" for part in top.body)
    unmarked = not block.marker and any(
        isinstance(part, Block) and part.marker for part in top.body
    )  # 原因：… below `- 14:40`
    if top.level == COLON_LEVEL and listed and (block.type in ("paragraph", "table") or unmarked):
        _close_to(stack, COLON_LEVEL)
    stack[-1].body.append(block)
