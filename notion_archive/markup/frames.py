"""What is open while a page of HTML is read: lists, items, tables, cells; and the blocks each of them ends as."""

import msgspec

from notion_archive.markup import grid, run
from notion_archive.markup.grid import Cell
from notion_archive.model import Block


class Frame:
    """A part of the page while it is open."""

    def __init__(self, kind: str, line: int, depth: int, *, marker: str = "", level: int = 0) -> None:
        self.kind, self.line, self.depth, self.marker, self.level = kind, line, depth, marker, level
        self.blocks: list[Block] = []
        self.open = True
        self.toggle = False  # of an item: it holds the details of a toggle
        self.number: int | None = None  # of a list: the next item's
        self.icon = ""  # of a callout
        self.classes: frozenset[str] = frozenset()  # of a list, a table, a row
        self.owner: Frame | None = None  # of a cell its row, of a row its table
        self.spans = (1, 1)  # of a cell: columns, rows
        self.cells: list[Cell] = []  # of a row
        self.rows: list[tuple[list[Cell], tuple[int, int]]] = []  # of a table


def item(frame: Frame) -> tuple[Block, ...]:
    """As in Markdown: its paragraphs are its text, everything else its children. A toggle heading is no item.

    `<li>账户2.0<ul><li>联调中</li></ul></li>` -> "账户2.0" with one child.
    """
    if frame.toggle and frame.blocks and frame.blocks[0].type == "heading":
        return tuple(frame.blocks)
    own = [block for block in frame.blocks if block.type == "paragraph"]
    block = Block(
        type="item",
        text="\n".join(block.text for block in own),
        lines=(frame.line, max([frame.line, *(block.lines[1] for block in frame.blocks)])),
        marker=frame.marker,
        bold=own[0].bold if own else "",
        numbers=tuple(number for block in own for number in block.numbers),
        children=tuple(block for block in frame.blocks if block.type != "paragraph"),
        inner=tuple(frame.blocks) if frame.depth == 1 else (),
    )
    return (block,)


def heading(frame: Frame) -> tuple[Block, ...]:
    """Its words on one line. What else stands in it comes after it: a heading that was never closed holds the page.

    `<h2>项目<br>进展</h2>` -> a heading "项目 进展".
    """
    if not frame.blocks or frame.blocks[0].type != "paragraph":
        return tuple(frame.blocks)
    words, *others = frame.blocks
    text = run.clean(words.text)
    return (Block(type="heading", text=text, lines=words.lines, level=frame.level, bold=words.bold), *others)


def callout(frame: Frame) -> tuple[Block, ...]:
    """Its blocks, the icon before the first words: `💡 先看监控`."""
    if not frame.icon or not frame.blocks or frame.blocks[0].type != "paragraph":
        return tuple(frame.blocks)
    first, *others = frame.blocks
    return (msgspec.structs.replace(first, text=f"{frame.icon} {first.text}"), *others)


def bookmark(frame: Frame) -> tuple[Block, ...]:
    """Its title, or its address where it has none; description and address stand on the same card.

    `<a class="bookmark" href="https://a.test"><div>接口文档</div><div>…</div></a>` -> "接口文档".
    """
    if len(frame.blocks) > 3:  # never closed: the rest of the page is in it
        return tuple(frame.blocks)
    address = Block(type="paragraph", text=frame.marker, lines=(frame.line, frame.line), numbers=(frame.line,))
    return tuple(frame.blocks[:1] or ([address] if frame.marker else []))


def table(frame: Frame) -> tuple[Block, ...]:
    """What stood between the rows, then the rows. A table with tables or headings in it only lays out the page.

    `<table><tr><td><h2>进展</h2></td></tr></table>` -> the heading alone.
    """
    cells = [cell for row, _ in frame.rows for cell in row]
    if any(block.type in ("table", "heading") for cell in cells for block in cell.blocks):
        return (*frame.blocks, *(block for cell in cells for block in cell.blocks))
    if not cells:
        return tuple(frame.blocks)
    rows = grid.rows([row for row, _ in frame.rows])
    spans = tuple(span for _, span in frame.rows)
    lines = frame.line, max(frame.line, spans[-1][1])
    return (*frame.blocks, Block(type="table", text="", lines=lines, rows=rows, row_lines=spans))


def properties(frame: Frame) -> dict[str, str]:
    """The rows of a page's table of properties; empty ones are left out, a name that comes again is numbered.

    `<tr><th>日期</th><td>2023-04-09</td></tr>` -> {"日期": "2023-04-09"}.
    """
    found: dict[str, str] = {}
    for cells, _ in frame.rows:
        key, *values = (cell.text for cell in cells)
        value = " ".join(value for value in values if value)
        if not key or not value:
            continue
        name, count = key, 1
        while name in found:
            name, count = f"{key} ({count})", count + 1
        found[name] = value
    return found
