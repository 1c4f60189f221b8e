"""A sentence about an incident cut into clauses, each without the time at which the incident began."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from notion_archive import clock, gates, text
from notion_archive.clock import Moment

TIME = "\x00"  # stands for every character of a time in the words that rules look at
EDGES = " \t\n,，。;；:：、|·—–-.!！…→⇒"
_STOP = gates.headed(
    re.compile(
        r"[,;。!?\n]+|…+|(?<=[a-z0-9)\"'])\.(?=\s|$)|\s*-{2,}\s*|\s(?:[-·|→⇒]|->|=>)\s(?!v?\d+\.\d+ )"
        r"|(?:(?<=恢复)|(?<=min)|(?<=分钟)|(?<=小时)):"
    )
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BRACKETS = {"(": ")", "[": "]", "【": "】", "《": "》", "“": "”"}
_SENTENCE_END = "。.!?！？\n"
_AFTER_TIME = re.compile(
    r"(?:\s*[(,]\s*(?:约|about|~)?\s*\d[\d.]*\s*(?:个?小时|分钟?|min(?:ute)?s?|h(?:ou)?rs?|h|m)\)\s*[:,]?)?"
    r"[\s\-~至到:,、|·()\[\]]*(?:周[一二三四五六日天][\s)]*|(?<=[(])[一二三四五六日天]\)\s*)?"
    r"(?:左右|时许|许|前后|(?<=点)[多余]|分(?![账润期发片库行销批流类布支担])|起|之间|期间|"
    rf"(?:{clock.PART_OF_DAY})(?![\u4e00-\u9fff]|\s*\d)|"  # 3月14日晚，日终批量没跑完
    rf"{clock.ZONE}|开始|,)*[\s\-:,|·)\]】]*"
)
_BEFORE_TIME = re.compile(
    r"(?:^|(?<=[\s,;。(])|(?=[(\[【]))(?:于|在|自|从|约|大约|at|on|from|since|around|between)?[\s(\[【]*$"
)
_OPENING_TIME = re.compile(rf"\s*{TIME}+\s*(?:左右|前后|时许|许|多)?\s*")


class Clause(Struct, frozen=True, kw_only=True):
    """A clause: its words without the time the incident began at, and the same levelled, with other times as `TIME`."""

    words: str
    plain: str
    stop: str  # the punctuation after it
    opens: bool  # whether a sentence begins with it
    timed: bool  # whether the time the incident began at stood in it


def cut(words: str, moments: Sequence[Moment], began: tuple[int, int] | None) -> Iterator[Clause]:
    """The clauses of a text; nothing is cut inside a time, a number or brackets. `began` is the span to leave out.

    `"Dec 30, 11:20 PM，网联成功率跌到 60%，涉及1,204笔"` -> 网联成功率跌到 60% / 涉及1,204笔.
    """
    levelled = text.level(words)
    marked = _marked(levelled, moments)
    begin, opens = 0, True
    for at, to in [*_stops(levelled, moments, began), (len(words), len(words))]:
        spans, timed = _without(levelled, (begin, at), began)
        yield Clause(
            words="".join(words[a:b] for a, b in spans), plain="".join(marked[a:b] for a, b in spans),
            stop=words[at:to], opens=opens, timed=timed,
        )  # fmt: skip
        begin, opens = to, any(mark in _SENTENCE_END for mark in words[at:to])


def _marked(levelled: str, moments: Sequence[Moment]) -> str:
    """`4/3 14:00 超时，14:35恢复` with every sign of a time as `TIME`: what rules for words need not know."""
    for moment in moments:
        levelled = levelled[: moment.at] + TIME * (moment.to - moment.at) + levelled[moment.to :]
    return levelled


def _stops(
    levelled: str, moments: Sequence[Moment], began: tuple[int, int] | None
) -> Iterator[tuple[int, int]]:  # fmt: skip
    """Where a text is cut: at the comma of `超时，14:35恢复`, not at that of `涉及1,204笔` nor inside `（工行，建行）`."""
    closed = [(m.at, m.to) for m in moments] + [m.span() for m in _THOUSANDS.finditer(levelled)]
    closed += list(_bracketed(levelled)) + ([began] if began else [])
    for match in _STOP.finditer(levelled):
        if not any(at <= match.start() < to for at, to in closed):
            yield match.span()


def _bracketed(levelled: str) -> Iterator[tuple[int, int]]:
    """Where brackets stand: `失败（工行，建行）` -> the span of `（工行，建行）`."""
    for opening, closing in _BRACKETS.items():
        at = levelled.find(opening)
        while at >= 0:
            to = levelled.find(closing, at)
            if to >= 0 and "\n" not in levelled[at:to]:
                yield at, to
            at = levelled.find(opening, at + 1)


def _without(
    levelled: str, piece: tuple[int, int], began: tuple[int, int] | None
) -> tuple[list[tuple[int, int]], bool]:  # fmt: skip
    """What is left of a piece without the time in it, and whether it was in it: `于4/3 14:00起超时` -> 超时."""
    at, end = piece
    if began is None or not at <= began[0] < end:
        return [piece], False
    front = _BEFORE_TIME.search(levelled, at, began[0])
    after = _AFTER_TIME.match(levelled, min(began[1], end), end)
    back = (after.end() if after else began[1], end)
    until = front.start() if front else began[0]
    told = levelled[at:until].rstrip()
    if told and "\u4e00" <= told[-1] <= "\u9fff" and "\u4e00" <= levelled[back[0] : back[0] + 1] <= "\u9fff":
        until = at + len(told)  # 浦发 6/12 15:00 掉单 -> 浦发掉单
    first = (at, until)
    return ([first, back] if any(c.isalnum() for c in levelled[slice(*first)]) else [back]), True


def time_at_start(words: str, plain: str) -> int:
    """How long the time of day is that opens a clause: `9:30左右定位到` -> 6; `今早补跑` has none."""
    opening = _OPENING_TIME.match(plain)
    return opening.end() if opening and any(map(str.isdigit, words[: opening.end()])) else 0
