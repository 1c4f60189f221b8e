"""Markdown to blocks. The only file that imports markdown-it.

Only the block rules we read are on. Indented code is off, so that the children of a toggle heading, which Notion
indents by four spaces, are read as what they are; HTML blocks and setext headings are off, too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

import msgspec
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from notion_archive.markup import flat, folded, inline
from notion_archive.model import Block

_PARSER = (
    MarkdownIt("zero", {"maxNesting": 60})
    .enable(["blockquote", "fence", "heading", "hr", "list", "table", "paragraph"])
    .disable(["inline", "text_join"])  # what is inside a line is cleaned up by `inline`
)
_LISTS = ("bullet_list", "ordered_list")
_CALLOUT = re.compile(r"\[!\w+\][-+]?[ \t]*(?=\S)")  # Obsidian: > [!bug] S3 3/13 …
_SHORT = 24  # a longer line is no title
_ATTRIBUTES = re.compile(r"\s*\{[#.][\w.# -]*\}$")  # Pandoc: ## 进展 {#progress}
_TIGHT_HEADING = re.compile(r"^(#{2,6})(?=[^# \t\n])")
_INDENT = re.compile(r"^[ \t\u00a0\u3000]*")
_DEEPER = re.compile(r"(?: {2,}|\t+)[-*+] ")
_CHECKBOX = re.compile(r"\[(?P<mark>[ xX])\](?:\s|$)")
_BLOCK_BULLETS, _ARROWS, _BULLETS = "■◆🔹🔸🔷🔶", "▶►➤", "•●▪▫◦·○◇–"
_BLOCK_BULLET = re.compile(rf"^(\s*)[{_BLOCK_BULLETS}]\ufe0f?(?=\s|[^\s\d])\s*")
_ARROW = re.compile(rf"^(\s*)[{_ARROWS}]\ufe0f?(?=\s|[^\s\d])\s*")
_STRANGE_BULLET = re.compile(rf"^(\s*)[{_BULLETS}]\ufe0f?(?=\s|[^\s\d])\s*")
_DASHED = re.compile(rf"^[{_BULLETS}]\ufe0f?[ \t]*\S[^\n]*\n[-*] ", re.MULTILINE)
_KEYCAP = re.compile(r"^(\s*)(?P<digit>\d)\ufe0f?\u20e3\s*(?=\S)")  # 1️⃣ 看板上线
_TYPED = re.compile(r"(?P<bold>\*\*)?(?:(?P<round>[(（]\d{1,2}[)）])|(?P<pause>\d{1,2}、)|(?P<circled>[①-⑳]))\s*(?=\S)")
_MAY_BE_ODD = re.compile(rf"[\s#\d{_BULLETS}{_BLOCK_BULLETS}{_ARROWS}]")  # lines with something to put right begin so


def read(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text; line numbers are those of the text, beginning with 1.

    `## 进展` and `- 联调中` -> a heading on line 1 and an item on line 2.
    """
    lines = _lines(text)
    blocks: list[Block] = []
    for part in flat.parts(lines):
        blocks += _parsed(lines, part.first, part.end) if part.pieces is None else _flat(part.pieces)
    return tuple(blocks)


def _lines(text: str) -> list[str]:
    """The lines of a text, put right one by one, and what is folded below a heading beside it: `● 收银台` -> `- 收银台`."""
    text = text.replace("\r\n", "\n").replace("\r", " ")
    another = "+" if _DASHED.search(text) else "-"  # ● 收银台 above - 已提测
    lines = _with_owners([_even(line, another) for line in text.split("\n")])
    return folded.opened(lines) if folded.is_folded(text) else lines


def _with_owners(lines: list[str]) -> list[str]:
    """The lines with typed items that own a list of two levels, or one below a blank line, as items of Markdown:
    `（1）统一接入平台` above `    - 报文网关` above `        - 进展：已提测` -> `- 统一接入平台`.
    """
    owning = set[str | None]()
    for at, line in enumerate(lines):
        if found := _TYPED.match(line):
            below = list(takewhile(lambda one: not one.strip() or _DEEPER.match(one), lines[at + 1 :]))
            depths = {len(one) - len(one.lstrip()) for one in below if one.strip()}
            if len(depths) + (bool(depths) and not below[0].strip()) > 1:
                owning.add(found.lastgroup)
    if not owning:
        return lines
    return [
        f"- {found['bold'] or ''}{line[found.end() :]}"
        if (found := _TYPED.match(line)) and found.lastgroup in owning
        else line
        for line in lines
    ]


def _parsed(lines: list[str], first: int, end: int) -> Iterator[Block]:
    """The blocks of some lines; what stands above them counts as blank: `- 联调中` as line 40 is a block of line 40."""
    tree = SyntaxTreeNode(_PARSER.parse("\n" * first + "\n".join(lines[first:end])))
    yield from _blocks(tree.children, lines)


def _flat(pieces: Iterable[flat.Piece]) -> Iterator[Block]:
    """The blocks of pieces that need no parser: `## 进展`, `- 联调中` and plain lines between blank ones."""
    for piece in pieces:
        span = piece.first + 1, piece.last + 1
        if piece.type == "heading":
            yield from _heading(piece.words, span, piece.level)
        elif piece.type == "paragraph":
            yield from _paragraphs(piece.words.strip(), span)
        else:
            words = piece.words.strip()
            yield _listed(piece.marker, words, span, tuple(_paragraphs(words, span)))


def _even(line: str, another: str = "-") -> str:
    """`##标题` -> `## 标题`; NBSP and full-width spaces at the front as spaces; `• x` and `▪️x` as `- x`, or with `another` bullet;
    `1️⃣ x` as `1. x`.
    """
    if not _MAY_BE_ODD.match(line):
        return line
    indent = _INDENT.match(line)
    width = indent.end() if indent else 0
    front = line[:width].replace("\u00a0", " ").replace("\u3000", "")
    line = front + line[width:]
    line = _BLOCK_BULLET.sub(r"\1+ ", _TIGHT_HEADING.sub(r"\1 ", line))  # another bullet begins another list
    line = _ARROW.sub(r"\1* ", line)
    return _KEYCAP.sub(r"\1\2. ", _STRANGE_BULLET.sub(rf"\1{another} ", line))


def _blocks(nodes: Sequence[SyntaxTreeNode], lines: list[str]) -> Iterator[Block]:
    """The blocks of a parser's nodes; lists side by side are one: `- 提测` and `* 上线` are items of the same list."""
    for index, node in enumerate(nodes):
        if node.type == "heading":
            yield from _heading(node.children[0].content if node.children else "", _span(node, lines), int(node.tag[1]))
        elif node.type == "paragraph":
            yield from _paragraphs(node.children[0].content if node.children else "", _span(node, lines))
        elif node.type in _LISTS:
            if index and nodes[index - 1].type in _LISTS:
                continue  # read with the list before it
            lists = takewhile(lambda node: node.type in _LISTS, nodes[index:])
            yield from _nested(
                [(_indent(child, lines), _item(child, lines)) for one in lists for child in one.children]
            )
        elif node.type == "table":
            yield _table(node, lines)
        elif node.type == "fence":
            yield Block(type="code", text=node.content.rstrip("\n"), lines=_span(node, lines))
        elif node.type == "blockquote":
            yield from _blocks(node.children, lines)


def _paragraphs(words: str, span: tuple[int, int]) -> Iterator[Block]:
    """A paragraph, or two where a short line stands right above one that begins in bold, or one in bold above others:
    `本周进展：` above `**收银台改版** 联调中`, `**一、渠道可用率**` above `1、工行快捷99.99%`.
    """
    words = _CALLOUT.sub("", words)
    title, _, rest = words.partition("\n")
    bold = inline.leading_bold(title)
    above = not bold and len(title) <= _SHORT and inline.leading_bold(rest.split("\n")[0])
    behind = inline.clean(title).replace(bold, "", 1)
    if rest and (above or (bold and not any(map(str.isalnum, behind)))):
        yield from _paragraphs(title, (span[0], span[0]))
        yield from _paragraphs(rest, (span[0] + 1, span[1]))
        return
    cleaned, numbers = inline.clean_lines(words, span[0])
    if cleaned:
        bold = inline.leading_bold(words)
        within = "" if bold else inline.inner_bold(words)
        yield Block(type="paragraph", text=cleaned, lines=span, bold=bold, within=within, numbers=numbers)


def _heading(words: str, span: tuple[int, int], level: int) -> Iterator[Block]:
    """A heading, none where it has no words: `## **项目进展** ##` -> "项目进展" of level 2."""
    if cleaned := inline.clean(_ATTRIBUTES.sub("", words.strip()).rstrip("#").strip()):
        yield Block(type="heading", text=cleaned, lines=span, level=level, bold=inline.leading_bold(words))


def _indent(node: SyntaxTreeNode, lines: list[str]) -> int:
    """How far a list item stands in: `  1. 双写跑满六天` -> 2."""
    line = lines[node.map[0]].expandtabs(4) if node.map else ""
    return len(line) - len(line.lstrip(" "))


def _nested(items: Sequence[tuple[int, Block]]) -> Iterator[Block]:
    """Items that stand further in than the one above are below it, though for CommonMark they are its siblings.

    `2. **交易库扩容**`, below it `  1. 双写跑满六天`: an editor indents by two what Markdown wants indented by three.
    """
    at = 0
    while at < len(items):
        indent, block = items[at]
        to = at + 1
        while to < len(items) and items[to][0] >= indent + 2:
            to += 1
        below = tuple(_nested(items[at + 1 : to]))
        at = to
        if not below:
            yield block
            continue
        span = (block.lines[0], max(block.lines[1], below[-1].lines[1]))
        yield msgspec.structs.replace(block, lines=span, children=(*block.children, *below))


def _item(node: SyntaxTreeNode, lines: list[str]) -> Block:
    """An item of a list with its marker: `2. 联调中` -> "联调中" with the marker `2.`."""
    marker = node.info + node.markup if node.info else node.markup
    raw = next((child.children[0].content for child in node.children if child.type == "paragraph"), "")
    return _listed(marker, raw, _span(node, lines), tuple(_blocks(node.children, lines)))


def _listed(marker: str, raw: str, span: tuple[int, int], inner: tuple[Block, ...]) -> Block:
    """A list item: its paragraphs are its text, lists and tables in it its children. `[x] 提测` has the marker [x]."""
    said = list(takewhile(lambda block: block.type == "paragraph", inner))
    if not said or not said[-1].text.endswith((":", "：")):  # a label's list is not what stands below that list
        said = [block for block in inner if block.type == "paragraph"]
    own = [(line, n) for b in said for line, n in zip(b.text.split("\n"), b.numbers, strict=True)]
    if box := _CHECKBOX.match(own[0][0] if own else ""):
        marker = f"[{box['mark'].lower()}]"
        own[0] = (own[0][0][box.end() :].strip(), own[0][1])
    return Block(
        type="item",
        text="\n".join(line for line, _ in own),
        lines=span,
        marker=marker,
        bold=inline.leading_bold(raw),
        numbers=tuple(number for _, number in own),
        children=tuple(block for block in inner if block not in said),
    )


def _table(node: SyntaxTreeNode, lines: list[str]) -> Block:
    """A table with the lines of each row: `| 项目 | 状态 |` above `|---|---|` and `| 账户2.0 | 联调中 |` -> two rows."""
    rows: list[tuple[str, ...]] = []
    spans: list[tuple[int, int]] = []
    for part in node.children:
        for row in part.children:
            rows.append(tuple(inline.clean(cell.children[0].content if cell.children else "") for cell in row.children))
            spans.append(_span(row, lines))
    return Block(type="table", text="", lines=_span(node, lines), rows=tuple(rows), row_lines=tuple(spans))


def _span(node: SyntaxTreeNode, lines: list[str]) -> tuple[int, int]:
    """First and last line, 1-based, blank lines at the end left out: `- 提测` on line 3 with two blank ones below -> (3, 3)."""
    first, end = node.map or (0, 1)
    while end > first + 1 and not lines[end - 1].strip():
        end -= 1
    return first + 1, end
