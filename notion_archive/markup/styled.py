"""Pages whose parts are headed by lines that are all set off alike, without a mark of Markdown: `**本周进展**`, `📌 手上的活`."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from notion_archive import naming
from notion_archive.lexicon import Lexicon

_WORDS = r"(?P<words>[^\s*_#|>:：，。；;【】=].{0,28}?)"
_STYLES = {
    "bold": re.compile(r"(?P<mark>\*\*|__)(?P<words>[^\s*_#|>:：，。；;【】=].{0,58}?)(?P=mark)"),
    "counted": re.compile(
        r"(?P<bold>\*\*)?(?P<words>[一二三四五六七八九十]{1,2}、\s*[^*|:：，。；;]{1,24})(?(bold)\*\*)"
    ),
    "item in bold": re.compile(rf"[-*+]\s+(?P<mark>\*\*|__){_WORDS}(?P=mark)"),
    "framed": re.compile(r"【(?P<words>[^【】]{1,40})】"),
    "ruled": re.compile(rf"(?P<mark>[=~*_+#-]{{2,}})\s*{_WORDS}\s*[=~*_+#-]{{2,}}"),
    "plain": re.compile(r"(?P<words>[^\W\d_][^*_|>:：，。；;【】=]{0,24})"),
    "sign": re.compile(rf"(?P<sign>[^\w\s*_+>|`~<\[(（【《「“\"'—–-]\ufe0f?)\s*{_WORDS}"),
}
_OF_NAMES = {"framed": ("【",), "bold": ("**", "__")}
_SENTENCE = re.compile(r"[,，。;；!！?？|]|[:：]\s*\S")
_SAYS = re.compile(r"[。；;]|[:：](?!\d\d)\s*\S")
_RULE, _NAME = re.compile(r"={3,}\s*|-{3,}\s*"), re.compile(r"[^\s\-*+>#|=\d].{0,30}")
_HEADING, _CHAPTER, _SEVERAL = re.compile(r"#{2,6}\s"), "## ", 2


class _Line(NamedTuple):
    """A line that may head a part: where it is, how it is set off, its words, and the kind of section they name."""

    at: int
    style: tuple[str, bool, bool]
    words: str
    kind: str | None


def headed(lines: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The lines of a page with those that head its parts as headings: `**本周进展**`, `**手上的活**` -> `## 本周进展`, `## 手上的活`.

    They stand below a blank line, some name kinds of sections, and each of those owns what comes next: where
    another of that style is right below one, `**本周进展**` above `**账户2.0**`, names are written so, too.
    """
    lines = _underlined(lines)
    if any(map(_HEADING.match, lines)):
        return _named(lines, lexicon)
    lined = [one for at in range(len(lines)) if (one := _set_off(lines, at, lexicon))]
    for style in dict.fromkeys(one.style for one in lined):
        found = [one for one in lined if one.style == style and not _SENTENCE.search(one.words)]
        if _are_chapters(found, lines):
            result = list(lines)
            for one in found:
                result[one.at] = _CHAPTER + one.words
            return _named(result, lexicon)
    return lines


def _named(lines: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The lines of a page with `##` headings and none below them, with names set off alike as headings: `【账户2.0】` -> `### 账户2.0`.

    All that is set off so in a chapter stands alone: beside `**亲情卡** 🔴 延期`, `**账户2.0**` is left to other readers.
    """
    edges = [at for at, line in enumerate(lines) if line.startswith(_CHAPTER)]
    if not edges or any(line.startswith("###") for line in lines):
        return lines
    result = list(lines)
    for style, marks in _OF_NAMES.items():
        for begin, end in pairwise([*edges, len(lines)]):
            lined = [one for at in range(begin, end) if (one := _set_off(lines, at, lexicon))]
            found = [one for one in lined if one.style[0] == style and not lines[one.at - 1].strip()]
            begun = sum(1 for line in lines[begin:end] if line.startswith(marks))
            if begun > len(found) or any(one.kind or lexicon.meanings(one.words) for one in found):
                continue
            for one in found:
                result[one.at] = f"### {one.words}"
    return result


def _are_chapters(found: Sequence[_Line], lines: Sequence[str]) -> bool:
    """Whether lines of one style head the parts of a page: two kinds of sections, or one and several more lines;
    `**时间**` below one name and below the next is a label."""
    kinds = {one.kind for one in found if one.kind}
    if len(kinds) + (bool(kinds) and len(found) > _SEVERAL) < _SEVERAL or len({one.words for one in found}) < len(
        found
    ):
        return False
    if any(one.at and lines[one.at - 1].strip() for one in found):
        return False
    if found[0].style[0] == "item in bold" and any(_holds_more(lines, one.at) for one in found):
        return False
    ends = [*(one.at for one in found[1:]), len(lines)]
    return all(not one.kind or any(map(str.strip, lines[one.at + 1 : to])) for one, to in zip(found, ends, strict=True))


def _holds_more(lines: Sequence[str], at: int) -> bool:
    """Whether what comes below an item is indented and so in it: `- **账户2.0**`, `    - 联调中`."""
    return next((line for line in lines[at + 1 :] if line.strip()), "").startswith((" ", "\t"))


def _set_off(lines: Sequence[str], at: int, lexicon: Lexicon) -> _Line | None:
    """A line that is set off and no sentence: `**手上的活**`, `手上的活` between blank ones; not `**账户2.0**：联调中`."""
    whole = lines[at].rstrip()
    line = whole.rstrip(":：").rstrip()
    if lines[at].startswith("# "):
        return None
    for name, pattern in _STYLES.items():
        if (match := pattern.fullmatch(line)) and not _SAYS.search(match["words"]):
            if name == "plain" and line == whole and not _is_alone(lines, at):
                return None
            words = match["words"].replace("**", "").strip()
            style = name, words[:1].isalnum(), line != whole
            return _Line(at, style, words, lexicon.section_kind(naming.clean(words)))
    return None


def _is_alone(lines: Sequence[str], at: int) -> bool:
    """Whether a line stands between blank ones, and is not the last: `手上的活`."""
    return (not at or not lines[at - 1].strip()) and at + 1 < len(lines) and not lines[at + 1].strip()


def _underlined(lines: Sequence[str]) -> Sequence[str]:
    """Headings with a rule below them: `本周进展`, `-----` -> `## 本周进展` and a blank line; after a sentence it is a rule."""
    result = list(lines)
    for at, (line, below) in enumerate(pairwise(lines)):
        alone = not at or not lines[at - 1].strip()
        if alone and _RULE.fullmatch(below) and _NAME.fullmatch(line) and not _SENTENCE.search(line):
            result[at : at + 2] = [f"{'#' if below[0] == '=' else '##'} {line.strip()}", ""]
    return result
