"""Lines for people: columns that are right for Chinese, which is two columns wide, and colour where it is wanted."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.cells import cell_len, set_cell_size

_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36", "mark": "1;33"}


class Out:
    """Where lines go. Colour only on a terminal, and never with NO_COLOR (https://no-color.org)."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.colour = self.stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def line(self, words: str = "") -> None:
        """One line."""
        print(words, file=self.stream)

    def style(self, words: str, style: str) -> str:
        """The words in a style, plain where there is no colour."""
        return f"\x1b[{_STYLES[style]}m{words}\x1b[0m" if self.colour and words else words

    def marked(self, highlight: str) -> str:
        """A highlight with its <mark>s in colour, on one line; without colour the marks go."""
        begin, end = (f"\x1b[{_STYLES['mark']}m", "\x1b[0m") if self.colour else ("", "")
        return highlight.replace("<mark>", begin).replace("</mark>", end).replace("\n", " ")

    def table(self, head: Sequence[str], rows: Iterable[Sequence[object]], right: Sequence[int] = ()) -> None:
        """Aligned columns; those in `right` to the right. On a terminal cells end at 48 columns, in a pipe never."""
        limit = 48 if self.stream.isatty() else 10_000
        cells = [[fitted(_plain(cell), limit) for cell in row] for row in [head, *rows]]
        widths = [max(cell_len(row[column]) for row in cells) for column in range(len(head))]
        for index, row in enumerate(cells):
            words = "  ".join(
                pad(cell, width, right=i in right) for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            self.line(self.style(words.rstrip(), "dim") if index == 0 else words.rstrip())


def _plain(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def pad(words: str, width: int, *, right: bool = False) -> str:
    """Filled with spaces to a width in columns: `pad("中行", 6)` is four columns of text and two of space."""
    space = " " * max(0, width - cell_len(words))
    return space + words if right else words + space


def fitted(words: str, width: int) -> str:
    """Cut to a width in columns, with an ellipsis where something went."""
    return words if cell_len(words) <= width else set_cell_size(words, width - 1).rstrip() + "…"


def length(minutes: int | None) -> str:
    """`89` -> `1h29m`, `35` -> `35m`; empty where nothing is known."""
    if minutes is None:
        return ""
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = ((days, "d"), (hours, "h"), (left, "m"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0m"
