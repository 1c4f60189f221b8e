"""Sections that are counted like the items of a list: `1、本周进展`, with what is in it below."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from notion_archive import naming
from notion_archive.lexicon import Lexicon

_ITEM = re.compile(r"(?P<marker>(?P<number>\d{1,2})[.、)）．])\s*(?P<words>[^\s\d].{1,30}?)\s*$")
_CHAPTER, _HEADING = re.compile(r"##\s"), re.compile(r"#{2,6}\s")
_SAYS = re.compile(r"[:：]\s*[^\s:：*]")
_SENTENCE = re.compile(r"[,，。;；!！?？|]")
_SEVERAL = 2


class _Title(NamedTuple):
    at: int
    marker: str
    number: int
    words: str
    kind: str | None


def headed(lines: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The lines of a page that has no headings above, with one for each section that is counted: `1、本周进展`, below it
    `- 收银台改版：已提测`, -> `## 1. 本周进展`, `- 收银台改版：已提测`. They count from 1 on, and each owns something.
    """
    marked = next((at for at, line in enumerate(lines) if _HEADING.match(line)), len(lines))
    if any(map(_CHAPTER.match, lines)) or not any(map(_ITEM.match, lines[:marked])):
        return lines
    titles = [title for at in range(len(lines)) if (title := _title(lines, at, lexicon))]
    known, every = [one for one in titles if one.kind], _counted(titles)
    found = every if set(known) <= set(every) else _counted(known)
    if not found or found[0].at > marked:
        return lines
    edges = [*(one.at for one in found), len(lines)]
    parts = [lines[at + 1 : to] for at, to in pairwise(edges)]
    owned = [_indent(part) for part in parts]
    if not all(map(_says, parts)):
        return lines
    result = list(lines[: found[0].at])
    for title, part, depth in zip(found, parts, owned, strict=True):
        result += [
            f"## {title.number}. {title.words}",
            *(line.expandtabs(4)[depth:] if depth else line for line in part),
        ]
    return result


def _title(lines: Sequence[str], at: int, lexicon: Lexicon) -> _Title | None:
    """`2、线上故障：`, `1. **本周进展**`: an item that names a kind of section and no more, or stands alone: `3. 跑商户`."""
    match = _ITEM.match(lines[at])
    if match is None or _SAYS.search(match["words"]):
        return None
    words = naming.clean(match["words"].replace("**", ""))
    kind = lexicon.section_kind(words)
    alone = not at or not lines[at - 1].strip() or lines[at - 1].startswith((" ", "\t"))
    if kind is None and (not alone or _SENTENCE.search(words)):
        return None
    return _Title(at, match["marker"], int(match["number"]), words, kind)


def _counted(titles: Sequence[_Title]) -> list[_Title]:
    """Those that count from 1 on, if they name two kinds of sections, or one and are more: 1, 2, 3 of `1、本周进展`, `2、线上故障`,
    `3、跑商户`.
    """
    found: list[_Title] = []
    for title in titles:
        if title.number == len(found) + 1 and (not found or title.marker[-1] == found[0].marker[-1]):
            found.append(title)
    kinds = {one.kind for one in found if one.kind}
    return found if len(kinds) + (bool(kinds) and len(found) > _SEVERAL) >= _SEVERAL else []


def _says(lines: Sequence[str]) -> bool:
    """Whether any of these lines is not blank: ["", "- 联调中"] -> True."""
    return any(line.strip() for line in lines)


def _indent(lines: Sequence[str]) -> int:
    """How far all of the lines stand in, two at least: 4 below `- 本周进展` where everything in it begins there."""
    depths = [len(line) - len(line.lstrip(" ")) for line in (line.expandtabs(4) for line in lines if line.strip())]
    least = min(depths, default=0)
    return least if least > 1 else 0
