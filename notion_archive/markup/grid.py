"""The cells of a table as rows of equal length: cells that reach over rows or columns, rows that are too short."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from notion_archive.model import Block

_WIDEST, _TALLEST = 50, 100  # no cell reaches over more columns, or rows


class Cell(NamedTuple):
    """A cell of a table as it is marked up: the blocks in it, and how many columns and rows it reaches over."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """Its words, block by block: `<td><p>中行</p><p>农行</p></td>` -> "中行" and "农行" on two lines."""
        return "\n".join(line for line in _lines(self.blocks) if line)


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    """The words of blocks, a row of a table on one line: "中行 | 超时"."""
    for block in blocks:
        yield block.text
        yield from (" | ".join(row) for row in block.rows)
        yield from _lines(block.children)


def rows(marked: Sequence[Sequence[Cell]]) -> tuple[tuple[str, ...], ...]:
    """The words of each cell. One that reaches over rows says the same in each, one over columns only in its first.

    `[项目 (2 rows), 提测], [上线]` -> ((项目, 提测), (项目, 上线)). No row is shorter than the head.
    """
    found: list[tuple[str, ...]] = []
    hanging: dict[int, tuple[str, int]] = {}  # by column: the words from above, and for how many more rows
    for cells in marked:
        row: list[str] = []
        left = deque(("" if index else cell.text, cell.rows) for cell in cells for index in range(_width(cell)))
        below: dict[int, tuple[str, int]] = {}
        while left or len(row) in hanging:
            if held := hanging.get(len(row)):
                words, more = held[0], held[1] - 1
            else:
                words, reach = left.popleft()
                more = min(reach, _TALLEST) - 1
            if more > 0 and len(row) < 4 * _WIDEST:
                below[len(row)] = (words, more)
            row.append(words)
        hanging = below
        missing = len(found[0]) - len(row) if found else 0
        found.append((*row, *[""] * missing))
    return tuple(found)


def _width(cell: Cell) -> int:
    """The columns a cell is over, kept within reason: `colspan="2"` -> 2, `colspan="0"` -> 1."""
    return max(1, min(cell.columns, _WIDEST))
