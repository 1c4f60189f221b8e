"""The same labels below one name after the other: `**本周**`, `**下周**`, `**风险**` below `**收银台改版**`, and again below the next.

Each stands alone on its line, set off in whatever way; without blank lines Markdown takes it for more of the list above.
Here names and labels become headings, of which one is below the other.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from notion_archive import naming
from notion_archive.lexicon import Lexicon

_WORDS = r"[^-\s\d*_#|>:：【】\[\]（(][^\d*_#|>:：，,。；;【】\[\]\n]{0,15}?"
_ALONE = re.compile(
    rf"(?:#{{2,6}}\s+)?(?:\*\*|__)?(?:[【\[](?P<framed>{_WORDS})[】\]]|(?P<words>{_WORDS}))[:：]?(?:\*\*|__)?[:：]?\s*"
)
_SAID = re.compile(
    rf"\s*(?:[-*+•>]\s+|[(（]?\d{{1,2}}[.、)）]\s*)?(?:\*\*|__)?(?:[【\[](?P<framed>{_WORDS})[】\]]|(?P<words>{_WORDS})(?:\*\*|__)?[:：])"
)
_BULLET = re.compile(
    r"\s*(?:[-*+•]|\d{1,2}\.)\s+(?:\*\*|__)?(?P<words>[^-\s\d*_#|>:：][^*_#|>:：，。\n]{0,15}?)(?:\*\*|__)?\s*"
)
_LISTED = re.compile(r"\s*(?:[-*+•]|\d{1,2}\.)\s")
_TYPED = re.compile(r"\s*(?:\d{1,2}(?:[、)）]|\.(?=[^\s\d]))|[(（]\d{1,2}[)）]|[①-⑳])\s*")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+\S")
_SET_OFF = re.compile(r"\*\*|__|[【\[]")  # right below a label, Markdown takes it for more of that
_NAME = re.compile(r"(?:(?:[-*+•]|\d{1,2}[.、)）])\s+)?(?=\S)(?P<words>[^|>#\n]{2,40})")
_SENTENCE = re.compile(r"[,，。;；!！?？]|[:：].")
_ONE_OF = re.compile(r"(?P<kind>[^:：]{2,12}?)[\s#]*[\d一二三四五六七八九十]{1,2}[:：]\s*(?=\S)")  # 故障1：对账文件延迟
_FENCE = re.compile(r"\s*(?:```|~~~)")
_OF_A_PROJECT = {"work", "plan", "risk", "problem", "status", "progress", "milestone"}
_OF_AN_INCIDENT = {"occurred", "recovered", "duration", "cause", "resolution", "impact", "severity", "follow_up"}
_TELLING = {"cause", "resolution"}
_KINDS = ("update", "goal", "note")
_SEVERAL, _DEEPEST = 2, 6


class _Label(NamedTuple):
    """`本周` in `**本周**`, which stands alone, or in `- 本周：已提测`; whether it tells why something failed, or what was done."""

    at: int
    words: str
    alone: bool
    telling: bool


class _Round(NamedTuple):
    """A name and the labels below it: `收银台改版` with 本周 and 风险."""

    name: int
    labels: tuple[_Label, ...]


def headed(lines: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The lines of a page with names and labels as headings: `**收银台**`, `本周：` -> `## **收银台**`, `### 本周`.

    Two names at least have the same two labels; a page with 本周 and 下周 once, of all there is, stays as it is. One is
    enough where its labels tell of an incident: `原因` with the cause on the next line.
    """
    lines = _with_lists(lines, lexicon)
    labels = list(_labels(lines, lexicon))
    times = Counter(label.words for label in labels)
    kept = [label for label in labels if times[label.words] > 1 or _OF_AN_INCIDENT & set(lexicon.meanings(label.words))]
    rounds = [one for one in _rounds(kept, lines, lexicon) if len({label.words for label in one.labels}) >= _SEVERAL]
    shared = [{label.words for label in one.labels} for one in rounds]
    again = any(len(one & other) >= _SEVERAL for one, other in pairwise(shared))
    result = list(lines)
    for one in rounds:
        alone = all(label.alone for label in one.labels)
        telling = any(label.telling for label in one.labels)
        if not again and not (alone and telling and not any(_HEADING.match(lines[label.at]) for label in one.labels)):
            continue
        marked = _HEADING.match(lines[one.name])
        level = len(marked["marks"]) if marked else _below(lines, one)
        if level >= _DEEPEST or not (alone or telling or _SET_OFF.match(lines[one.name])):
            continue
        if not marked:
            result[one.name] = f"{'#' * level} {_bare(lines[one.name])}"
        for label in one.labels if alone else ():
            if not lines[label.at].startswith("#"):
                result[label.at] = f"{'#' * (level + 1)} {label.words}"
    return result


def _with_lists(lines: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The lines with lists where an item is above lines typed as one, `- 商户中心`, below it `    1）已提测` -> `    1) 已提测`, and where
    a label is above plain lines, `- 本周`: Markdown takes them for more of the item's words.
    """
    result = list(lines)
    for at, line in enumerate(lines[:-1]):
        match, depth = _BULLET.fullmatch(line), _indent(lines[at + 1])
        if match is None or depth <= _indent(line) or _LISTED.match(lines[at + 1]):
            continue
        typed = _TYPED.match(lines[at + 1]) is not None
        if not typed and not _is_label(match["words"], lexicon):
            continue
        for number, below in enumerate(lines[at + 1 :], start=1):
            if _indent(below) < depth:
                break
            if _indent(below) == depth and (not typed or _TYPED.match(below)):
                marker = f"{number}) " if typed else "- "
                result[at + number] = below[:depth] + marker + (_TYPED.sub("", below) if typed else below.strip())
    return result


def _indent(line: str) -> int:
    """How far a line is indented: "  - 联调中" -> 2; a blank line is not."""
    return len(line) - len(line.lstrip()) if line.strip() else 0


def _is_label(words: str, lexicon: Lexicon) -> bool:
    """`本周进展`, `风险`: what stands below it is said of the project above it, or is of a kind of section; `原因`: of a failure."""
    return _means(words, lexicon) or lexicon.section_kind(words) in _KINDS


def _means(words: str, lexicon: Lexicon) -> bool:
    """Whether a label tells of a project or a failure: `下一步`, `根因`; `账户2.0` does not."""
    return bool((_OF_A_PROJECT | _OF_AN_INCIDENT) & set(lexicon.meanings(words)))


def _labels(lines: Sequence[str], lexicon: Lexicon) -> Iterator[_Label]:
    """The lines that begin with a label or are one: `**本周进展**`, `风险：`, `【下周】`, `#### Next week`, `- 原因：专线抖动`."""
    fenced = False
    for at, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        if fenced or not line.strip():
            continue
        alone = _ALONE.fullmatch(line)
        match = alone or _SAID.match(line)
        words = naming.clean(match["words"] or match["framed"]) if match else ""
        if words and (_is_label(words, lexicon) if alone else _means(words, lexicon)):
            yield _Label(at, words, alone is not None, bool(_TELLING & set(lexicon.meanings(words))))


def _rounds(labels: Sequence[_Label], lines: Sequence[str], lexicon: Lexicon) -> Iterator[_Round]:
    """Labels up to one that is there for the second time, or that a name stands right above: `本周`, `风险` | `本周`, `风险`."""
    own: list[_Label] = []
    name: int | None = None
    for label in labels:
        above = _said_above(label.at, lines)
        named = above is not None and not (own and above <= own[-1].at) and _is_name(lines[above], lexicon)
        again = any(label.words == other.words for other in own)
        if again or (named and above is not None and _HEADING.match(lines[above])):
            if own and name is not None:
                yield _Round(name, tuple(own))
            own, name = [], None
        if not own:
            name = above if named else None
        own.append(label)
    if own and name is not None:
        yield _Round(name, tuple(own))


def _said_above(at: int, lines: Sequence[str]) -> int | None:
    """The last line above one that is not blank: below `账户2.0` and a blank line it is `账户2.0`."""
    return next((above for above in range(at - 1, -1, -1) if lines[above].strip()), None)


def _is_name(line: str, lexicon: Lexicon) -> bool:
    """`**收银台改版**`, `2. 商户中心`, `### 账务核心`, `四、路由`; not `- 需求评审通过，开发启动`, `## 本周进展` nor `【负责人】郑凯`."""
    if line.startswith("#"):
        return lexicon.section_kind(naming.clean(line.lstrip("# "))) is None
    if (said := _SAID.match(line)) and lexicon.meanings(naming.clean(said["words"] or said["framed"])):
        return False
    match = _NAME.fullmatch(line.rstrip(" :："))
    words = _bare(line) if match and not line.startswith((" ", "\t")) else ""
    if (known := _ONE_OF.match(words)) and lexicon.section_kind(known["kind"]) == "incident":
        words = words[known.end() :]
    return bool(words) and not _SENTENCE.search(words) and lexicon.section_kind(naming.clean(words)) is None


def _below(lines: Sequence[str], one: _Round) -> int:
    """The level of a name that is no heading: one above its labels where they are, else one below the heading above it.

    `账户2.0` above `#### 本周` -> 3; below `## 进展` and above `本周：` -> 3.
    """
    if own := _HEADING.match(lines[one.labels[0].at]):
        return len(own["marks"]) - 1
    return next((len(found["marks"]) for line in reversed(lines[: one.name]) if (found := _HEADING.match(line))), 1) + 1


def _bare(line: str) -> str:
    """`**1. 商户中心**：` -> `1. 商户中心`; a bullet before it is left off."""
    return re.sub(r"^[-*+•]\s+|\*\*|__", "", line).strip(" :：")
