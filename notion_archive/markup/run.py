"""Words in a row, gathered piece by piece: which of them are bold, and on which line of the page each stands."""

import re

from msgspec import Struct

from notion_archive.model import Block

_BEFORE_BOLD = re.compile(r"[^\w*【\[《(（]{0,4}")  # an emoji, a dash


class Piece(Struct, frozen=True):
    """Some words of a row; `"\\n"` alone is a line break of the author's."""

    words: str
    line: int
    bold: bool = False


def paragraph(pieces: list[Piece]) -> Block | None:
    """The pieces as a paragraph, white space collapsed and empty lines left out; None where there are no words.

    `(" 4/3 ", 7) (bold "光大", 7) ("\\n", 8) ("恢复", 8)` -> "4/3 光大\\n恢复" with the numbers (7, 8).
    """
    lines: list[tuple[str, int]] = []
    words: list[str] = []
    number = 0
    for piece in [*pieces, Piece("\n", 0)]:
        if piece.words != "\n":
            number = number or (piece.line if piece.words.strip() else 0)
            words.append(piece.words)
            continue
        if line := clean("".join(words)):
            lines.append((line, number))
        words, number = [], 0
    if not lines:
        return None
    return Block(
        type="paragraph",
        text="\n".join(line for line, _ in lines),
        lines=(lines[0][1], lines[-1][1]),
        bold=_leading_bold(pieces),
        numbers=tuple(number for _, number in lines),
    )


def clean(words: str) -> str:
    """One line with single spaces."""
    return " ".join(words.split())


def _leading_bold(pieces: list[Piece]) -> str:
    """The words set in bold at the beginning, as `inline.leading_bold` finds them in Markdown."""
    before, bold = "", ""
    for piece in pieces:
        if piece.bold:
            bold += piece.words
        elif bold.strip():
            break
        elif len((before := before + piece.words).strip()) > 4:
            return ""
    return clean(bold) if _BEFORE_BOLD.fullmatch(before.strip()) else ""
