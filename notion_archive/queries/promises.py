"""What was promised for when, over the weeks: the same step in several reports is one milestone, whatever its day was."""

import datetime as dt
import re
from collections.abc import Sequence

from msgspec import Struct

from notion_archive import text
from notion_archive.kinds import Update
from notion_archive.kinds.milestone import Milestone, State
from notion_archive.lexicon import Lexicon


class Forecast(Struct, frozen=True, kw_only=True):
    """What a report of `date` said a milestone's days were."""

    date: dt.date | None
    start: dt.date
    end: dt.date


class Promise(Struct, frozen=True, kw_only=True):
    """A milestone across weeks. `slip_days` is the last forecast's end − the first forecast's end, in days."""

    text: str
    state: State
    forecasts: tuple[Forecast, ...]
    slip_days: int


def promises(updates: Sequence[Update], lexicon: Lexicon) -> tuple[Promise, ...]:
    """What was promised, milestone by milestone: the same step in several weeks is one, whatever its day was then.

    `预计12/15上线`, `延期至12/29上线`, `1/12已上线` -> 上线, three forecasts, 28 days late.
    """
    found: dict[str, list[tuple[Update, Milestone]]] = {}
    for update in updates:
        for milestone in update.milestones:
            found.setdefault(_same_step(step(milestone.text, lexicon), found), []).append((update, milestone))
    return tuple(_promise(said) for said in found.values())


def _promise(said: list[tuple[Update, Milestone]]) -> Promise:
    forecasts = tuple(Forecast(date=update.date, start=m.start, end=m.end) for update, m in said)
    last = said[-1][1]
    slip = (forecasts[-1].end - forecasts[0].end).days
    return Promise(text=last.text, state=last.state, forecasts=forecasts, slip_days=slip)


_DAYS = re.compile(
    r"\d{1,4}\s*[-/.年月]\s*\d{0,2}(?:\s*[-/.月]\s*\d{1,2})?\s*[日号]?(?:[底初末中]旬?|[上下]旬|份)*|[本下]?月[底初末中]|q\d[末初底]?|[下本]?周[一二三四五六日天末]?"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{0,2}|\d{1,2}(?:st|nd|rd|th)|(?:mid|early|late|end of)-?"
)


def step(words: str, lexicon: Lexicon) -> str:
    """What a milestone is about once its day and the words of promising are gone: `"预计4/12业务投产"` -> 业务投产."""
    plain = _DAYS.sub(" ", text.fold(words))
    for meaning in ("moved", "original"):
        plain = lexicon.words("wording", meaning).pattern.sub(" ", plain)
    plain = re.sub(
        r"预计|计划|已经?|如期|顺利|正式|完成|将|现|拟|争取|之?前|凌晨|左右|推迟|延期|eta|by|on track for|due|planned|expected|shipped|for|the|to|in|on|at",
        " ",
        plain,
    )
    return re.sub(r"[\W_]+", "", plain)


def _same_step(words: str, known: dict[str, list[tuple[Update, Milestone]]]) -> str:
    """The step among those known that these words mean: the same, or one that says more or less of it."""
    if words in known:
        return words
    if not words and known:  # `延期至1/12` says no more than a day: it is the step that was spoken of last
        return max(known, key=lambda other: max(str(update.date) for update, _ in known[other]))
    for other in known:
        if words and other and (words in other or other in words):
            return other
    return words
