"""Words in a row, gathered piece by piece on a walk through a page of HTML: a paragraph, an item, a cell."""

import re

from msgspec import Struct

from notion_archive.markup.inline import RawLink
from notion_archive.model import Block

_BEFORE_BOLD = re.compile(r"[^\w*【\[《(（]{0,4}")  # an emoji, a dash


class _Piece(Struct, frozen=True):
    """Some words, where they stand; `"\\n"` alone is a line break of the author's."""

    words: str
    line: int
    bold: bool = False


class _Link(Struct):
    target: str
    words: list[str] = []


class _Equation(Struct):
    """Its TeX, and what is written for those who cannot read that."""

    tex: list[str] = []
    words: list[str] = []
    in_tex: bool = False


class Run:
    """The words since the last block ended, and the links among all words of the page."""

    def __init__(self, *, breaks: bool) -> None:
        self.line = 1
        self.bold = 0  # how many tags that set bold are open
        self.links: list[RawLink] = []
        self._breaks = breaks  # whether the end of a line in the source is one of the author's, as in Notion's pages
        self._pieces: list[_Piece] = []
        self._link: _Link | None = None
        self._equation: _Equation | None = None

    def is_empty(self) -> bool:
        """Whether nothing was said since the last block: right after `</p>`."""
        return not self._pieces

    def read(self, source: str) -> None:
        r"""The words between two tags. A line that is indented goes on with the one before: a program laid it out.

        "中行\
              超时" -> "中行 超时"; "中行\
        农行" is two lines where the page keeps its breaks.
        """
        for index, words in enumerate(source.split("\n")):
            if index:
                self.line += 1
                self.add("\n" if self._breaks and not words.startswith((" ", "\t")) else " ")
            if words:
                self.add(words)

    def add(self, words: str) -> None:
        r"""Words without a line break, or a line break: "中行", "\
        ".
        """
        if self._equation:
            (self._equation.tex if self._equation.in_tex else self._equation.words).append(words)
            return
        self._pieces.append(_Piece(words, self.line, self.bold > 0 and words != "\n"))
        if self._link:
            self._link.words.append(words)

    def open_link(self, target: str) -> object:
        """Begin a link, and end one that never was, as in `<a href="1.html">日报<a href="2.html">`; what comes back is to end it with."""
        self._end_link()
        self._link = _Link(target)
        return self._link

    def close_link(self, link: object) -> bool:
        """End a link with its `</a>`; False if another one had already ended it."""
        if self._link is not link:
            return False
        self._end_link()
        return True

    def _end_link(self) -> None:
        """Keep the link that is open, unless it has no words: `<a href="1.html"><img></a>` is none."""
        if self._link and (words := clean("".join(self._link.words))):
            self.links.append(RawLink(words, self._link.target))
        self._link = None

    def open_equation(self) -> None:
        """Begin an equation, `<math>`, which comes as a formula and once more as its TeX."""
        self._equation = _Equation()

    def tex(self, begins: bool) -> None:
        """Whether what comes now is the TeX of the equation: `<annotation encoding="application/x-tex">` begins it."""
        if self._equation:
            self._equation.in_tex = begins

    def close_equation(self, *, display: bool) -> None:
        """End an equation and write its TeX as Markdown has it: `$x^2$`; without TeX its words."""
        if not self._equation:
            return
        tex, words = clean("".join(self._equation.tex)), clean("".join(self._equation.words))
        self._equation = None
        for part in ("$$", "\n", tex, "\n", "$$") if tex and display else (f"${tex}$" if tex else words,):
            self.add(part)

    def paragraph(self) -> Block | None:
        """All words so far as a paragraph, white space collapsed, no empty lines; None where there are none.

        `(" 4/3 ", 7) (bold "光大", 7) ("\\n", 8) ("恢复", 8)` -> "4/3 光大\\n恢复" with the numbers (7, 8).
        """
        pieces, self._pieces = self._pieces, []
        lines: list[tuple[str, int]] = []
        words: list[str] = []
        number = 0
        for piece in [*pieces, _Piece("\n", 0)]:
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
            lines=(lines[0][1], max(piece.line for piece in pieces if piece.words.strip())),
            bold=_leading_bold(pieces),
            numbers=tuple(number for _, number in lines),
        )


def clean(words: str) -> str:
    r"""One line with single spaces: `" 中行\
      超时 "` -> "中行 超时".
    """
    return " ".join(words.split())


def _leading_bold(pieces: list[_Piece]) -> str:
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
