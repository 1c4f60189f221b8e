"""The words of a summary: what happened, without the day and the length that are fields of their own."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from notion_archive import clock, text
from notion_archive.kinds.clauses import EDGES
from notion_archive.kinds.reading import Reading

_WORDS = re.compile(r"[a-z]{4}|[\u4e00-\u9fff]{3}", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?<!延迟)(?<!延后)(?<!晚到)(?<!推迟)(?<!delayed)(?<!late)(?:\s*(?:约|大约|大概|持续|历时|共)\s*|\s+for\s+(?:about\s+|some\s+)?)"
    r"(?P<length>\d[\d.]*\s*(?:个?小时|分钟|minutes?|mins?|hours?|hrs?|h|min))$"
)
_PART = re.compile(rf"^[\s,，]*(?:{clock.PART_OF_DAY})?(?!高峰)间?[\s,，]*")
_PART_ALONE = re.compile(rf"(?:{clock.PART_OF_DAY})间?(?!高峰|[到了于点])")
_OF_DAY = re.compile(r"[的起至到\-~—–]|发布|上线|版本|变更|升级|割接|投产|之?前|之?后|release|deploy")


def without_day(summary: str, lead: str, day: dt.date | None, reading: Reading) -> str:
    """`9/12 上午账单查询慢` -> `账单查询慢`, where another time is told, and `晚平安代扣超时` behind `9/12` without its 晚;
    `9/12 发布的版本报错` is of a version.
    """
    levelled = text.level(summary)
    moments = clock.moments(levelled, reading.period)
    if moments and moments[0].at == 0:
        if moments[0].time or moments[0].day != day:
            return summary
        rest = _PART.sub("", levelled[moments[0].to :])
    else:
        part = _PART_ALONE.match(levelled)
        if part is None or not re.search(rf"[\d日号]\s*{part[0]}", text.level(lead)):
            return summary
        rest = levelled[part.end() :]
    return summary[len(summary) - len(rest) :] if len(rest) > 3 and not _OF_DAY.match(rest) else summary


def without_length(summary: str, minutes: int | None) -> str:
    """`风控决策日志丢失约10分钟` -> without its end; `回执延迟约40分钟` says by how much and stays."""
    match = _LENGTH.search(text.level(summary))
    if match is None or minutes is None or clock.minutes(match["length"]) != minutes:
        return summary
    return summary[: match.start()].strip(EDGES)


def of_impact(found: Mapping[str, Sequence[str]]) -> str:
    """What happened where only labels of impact tell it: `Card payments failed`, not the `12,000` users before it."""
    return next((words for words in found.get("impact", ()) if _WORDS.search(words)), "")
