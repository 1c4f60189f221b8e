"""What of a page is nothing but headings, lists of one line an item and plain lines: most of most pages, and read without
a parser. Whatever might be more, an indented line, a table, a quote, code, is left to that.

A heading ends whatever stands above it, so that a page falls into parts, each read for itself.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_SECTION = re.compile(r"#{1,6}(?=[ \t]|$)")
_HEADING = re.compile(r"(?P<level>#{1,6}) (?P<words>[^#]*)")
_INNER = r"(?![-+>#|=:`~\s]|\*(?!\*[^\s*_-])|_\s*_|\d{1,9}[.)])"  # what begins no block of its own
_ITEM = re.compile(rf"(?P<marker>[-*+]|\d{{1,9}}[.)]) (?P<words>{_INNER}.+)")
_LINE = re.compile(rf"{_INNER}[^|]+")
_MORE = ("```", "~~~", "\0", "\t")


class Piece(NamedTuple):
    """A heading with its level, a paragraph or an item with its marker; its words as written, and its lines, from 0."""

    type: str
    words: str
    first: int
    last: int
    level: int = 0
    marker: str = ""


class Part(NamedTuple):
    """Lines of a page and the pieces they are; None: only a parser can tell."""

    first: int
    end: int
    pieces: tuple[Piece, ...] | None


def parts(lines: Sequence[str]) -> Iterator[Part]:
    """The parts of a page, in order; those a parser must read stand together.

    `## 进展`, `- 联调中`, `## 表`, `| a | b |` -> the first two as pieces, the last two for a parser.
    """
    whole = Part(0, len(lines), None)
    if any(sign in line for line in lines for sign in _MORE):
        yield whole
        return
    heads = [at for at, line in enumerate(lines) if _SECTION.match(line)]
    edges = [0, *(at for at in heads if at), len(lines)]
    found = [Part(at, to, _pieces(lines, at, to)) for at, to in pairwise(edges)]
    if any(part.pieces is None and _may_go_on(lines[part.first : part.end]) for part in found):
        yield whole
        return
    waiting: Part | None = None
    for part in found:
        if part.pieces is None:
            waiting = Part(waiting.first if waiting else part.first, part.end, None)
            continue
        if waiting:
            yield waiting
            waiting = None
        yield part
    if waiting:
        yield waiting


def _may_go_on(lines: Sequence[str]) -> bool:
    """Whether there is something in lines that a heading might not end: `| 中行 | 超时 |`, `> 备注`."""
    return any("|" in line or line.lstrip().startswith(">") for line in lines)


def _pieces(lines: Sequence[str], first: int, end: int) -> tuple[Piece, ...] | None:
    """`- 收银台：联调中` on a line is an item; lines below each other without a blank one are a paragraph, or items of a list."""
    found: list[Piece] = []
    above = ""  # the kind of line above: heading, line, or the kind of marker
    for at in range(first, end):
        line = lines[at]
        if not line.strip(" "):
            above = ""
        elif item := _ITEM.fullmatch(line):
            kind = item["marker"][-1]
            if above not in ("", "#", kind):
                return None
            found.append(Piece("item", item["words"], at, at, marker=item["marker"]))
            above = kind
        elif heading := _HEADING.fullmatch(line):
            found.append(Piece("heading", heading["words"], at, at, level=len(heading["level"])))
            above = "#"
        elif _LINE.fullmatch(line) and above in ("", "#", "line"):
            before = found.pop() if above == "line" else None
            words = f"{before.words}\n{line}" if before else line
            found.append(Piece("paragraph", words, before.first if before else at, at))
            above = "line"
        else:
            return None
    return tuple(found)
