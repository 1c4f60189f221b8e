"""What was promised for when: the same step in the reports of several weeks is one milestone, whatever its day was."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from notion_archive import patterns, text
from notion_archive.lexicon import Lexicon
from notion_archive.records import Milestone, State, Update

_ALIKE = 0.6  # of the characters of two steps
_AGAIN = dt.timedelta(days=7)  # a step that is done is promised again for so much later: it is another one
_DAYS = patterns.compile(
    r"\d{1,4}\s*[-/.年月]\s*\d{0,2}(?:\s*[-/.月]\s*\d{1,2})?\s*[日号]?(?:[底初末中]旬?|[上下]旬|份)*"
    r"|[本下]?月[底初末中]|q\d[末初底]?|[下本]?周[一二三四五六日天末]?|[昨今明]天|凌晨|左右"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{0,2}|\d{1,2}(?:st|nd|rd|th)"
)
_SAID = patterns.compile(
    r"已经?|如期|顺利|正式|现|之?前|推迟|延期|收尾|达到?|至|由"
    r"|\b(?:eta|by|on track|due|planned|expected|shipped|for|the|to|in|on|at|is|are|be|mid|early|late|end of)\b"
)
_NUMBER = patterns.compile(r"第[一二三四五六七八九十\d]+|\d+")


class Forecast(Struct, frozen=True, kw_only=True):
    """What a report of `date` said a milestone's days were."""

    date: dt.date | None
    start: dt.date
    end: dt.date


class Promise(Struct, frozen=True, kw_only=True):
    """A milestone across weeks. `forecasts` are what was said while it was ahead; what was said when it was done is one
    only where nobody had promised it. `slip_days` is the last forecast's end − the first's, in days."""

    text: str
    state: State
    forecasts: tuple[Forecast, ...]
    slip_days: int


class _Step:
    """A milestone as it grows: what was said of it, in order."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.said: list[tuple[Update, Milestone]] = []

    @property
    def last(self) -> tuple[Update, Milestone]:
        return self.said[-1]

    @property
    def is_open(self) -> bool:
        """Whether it was still ahead when it was spoken of last."""
        return self.last[1].state == "planned"

    def is_like(self, words: str) -> float:
        """How much of one of its names the words have."""
        return max((_alike(name, words) for name in self.names), default=0.0)

    def is_over(self, by: Milestone) -> bool:
        """Whether it was done well before what is said now."""
        _, last = self.last
        return last.state == "done" and by.state == "planned" and by.end > last.end + _AGAIN

    def says_otherwise(self, update: Update, milestone: Milestone) -> bool:
        """Whether the same report has named another day for it: then it is another step."""
        return any(one.id == update.id and said.end != milestone.end for one, said in self.said)


def promises(updates: Sequence[Update], lexicon: Lexicon) -> tuple[Promise, ...]:
    """What was promised, milestone by milestone, the updates given oldest first.

    `预计12/15上线`, `延期至12/29`, `12/28已上线` -> 上线, promised for two days, 14 days late, done.
    """
    steps: list[_Step] = []
    for update in updates:
        for milestone in update.milestones:
            words = step(milestone.text, lexicon, update.project)
            known = _known(words, update, milestone, steps)
            if known is None:
                steps.append(known := _Step())
            known.names.update([words] if words else [])
            known.said.append((update, milestone))
    return tuple(_promise(one.said) for one in steps)


def step(words: str, lexicon: Lexicon, project: str = "") -> str:
    """What a milestone is about once its day and the words of promising are gone: `"预计4/12整体投产"` -> 整体投产."""
    plain = text.fold(words)
    if project:
        plain = plain.replace(text.fold(project), " ")
    plain = _DAYS.sub(" ", plain)
    for meaning in ("moved", "original", "planned", "done"):
        plain = lexicon.words("wording", meaning).pattern.sub(" ", plain)
    return re.sub(r"[\W_]+", "", _SAID.sub(" ", plain))


def _known(words: str, update: Update, milestone: Milestone, steps: list[_Step]) -> _Step | None:
    """The step spoken of before that these words mean: the same, else the one most like it; `延期至1/12` and `已完成`
    say no more than a day and mean the one that is open and was spoken of last."""
    there = [one for one in steps if not one.is_over(milestone)]
    if same := [one for one in there if words in one.names]:
        return same[-1]
    there = [one for one in there if not one.says_otherwise(update, milestone)]
    like = max(there, key=lambda one: one.is_like(words), default=None) if words else None
    if like and like.is_like(words) >= _ALIKE:
        return like
    open_ = [one for one in there if one.is_open and not (words and one.names)]
    return max(open_, key=lambda one: (str(one.last[0].date), -abs(one.last[1].end - milestone.end)), default=None)


def _alike(one: str, other: str) -> float:
    """1 where one says all the other does, else the share of characters both have; 0 where their numbers differ."""
    numbers = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    if all(numbers) and numbers[0] != numbers[1]:
        return 0.0
    if one in other or other in one:
        return 1.0
    both, either = Counter(one) & Counter(other), Counter(one) | Counter(other)
    return both.total() / either.total()


def _promise(said: Iterable[tuple[Update, Milestone]]) -> Promise:
    said = list(said)
    ahead = [one for one in said if one[1].state == "planned"] or said
    forecasts = tuple(Forecast(date=update.date, start=one.start, end=one.end) for update, one in ahead)
    last = said[-1][1]
    return Promise(
        text=last.text, state=last.state, forecasts=forecasts,
        slip_days=(forecasts[-1].end - forecasts[0].end).days,
    )  # fmt: skip
