"""The days a user means: `2023-04`, `2023Q2`, `2023W15`, `第15周`, `上周`, `去年Q2`, `最近30天`, `4月底`, `last month`.

What depends on the day it is asked is read against a calendar's `today`; without it such words mean no days.
"""

import datetime as dt
import re
from collections.abc import Callable

from msgspec import Struct

from notion_archive import patterns, text
from notion_archive.errors import QueryError
from notion_archive.months import month_end
from notion_archive.period import Period

_DAY = dt.timedelta(days=1)
_EXACT = patterns.compile(
    r"(?P<y>20\d\d|19\d\d)"
    r"(?:年?[-/.]?(?:q(?P<q>[1-4])|[-/.年]?(?P<m>\d{1,2})月?(?:[-/.]?(?P<d>\d{1,2})日?)?))?年?"
)
_WEEK = patterns.compile(
    r"(?:(?P<y>20\d\d|去年|今年)[年-]?)?(?:第(?P<n>\d{1,2})周|w(?:eek )?(?P<w>\d{1,2})|(?P<b>\d{1,2})周)"
)
_THIS_OR_PAST = patterns.compile(
    r"(?P<which>上上|上|本|这|this |last )一?个?"
    r"(?P<unit>周|星期|礼拜|月|季度|季|week|month|quarter|year)"
    r"|(?P<month>当月)|(?P<year>今年|去年|前年)(?:的?(?P<rest>.+))?"
)
_LAST = patterns.compile(
    r"(?:最近|过去|近|last |past )\s*(?P<count>\d{1,4}|[一二两三四五六七八九十]{1,3}|半)?\s*个?\s*"
    r"(?P<unit>天|日|周|星期|月|季度|年|days?|weeks?|months?|quarters?|years?)"
)
_DAYS_BACK = {"今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2, "前日": 2, "大前天": 3}
_YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2}
_NUMBERS = {sign: number for number, sign in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_RANGE = patterns.compile(r"\.\.|~|至|到|→")
_BARE = patterns.compile(
    r"上上?一?个?(?:周|星期|月|季度)|[本这]一?个?(?:周|星期|月|季度)|当月|大?前天|[昨今]天|[昨今]日|[今去前]年.{0,6}"
    r"|yesterday|today|(?:最近|过去|近|last |past |this ).+|(?:20\d\d年?)?第\d{1,2}周"
    r"|20\d\d[wq]\d{1,2}|20\d\d年"
)
_MONTH = patterns.compile(r"(?:20\d\d年)?\d{1,2}月(?:份|[底初末中]|[上中下]旬|\d{1,2}[日号]?)?")
FORMS = "2023-04-03, 2023-04, 2023Q2, 2023W15, 2023, 第15周, 4月底, 上周, 本月, 上个月, 去年Q2, 最近30天 or yesterday"


class Span(Struct, frozen=True, kw_only=True):
    """First and last day, and what there is to say of how they were found."""

    first: dt.date
    last: dt.date
    note: str = ""

    def __str__(self) -> str:
        """`2023-04-03 – 2023-04-09`, a single day once."""
        return str(self.first) if self.first == self.last else f"{self.first} – {self.last}"


class Calendar(Struct, frozen=True, kw_only=True):
    """What time words are read against: the day it is asked, and the weeks as the reports number them.

    `week(15, 2023)` is the span of the report that calls itself so, the latest one where no year is given.
    """

    today: dt.date | None = None
    week: Callable[[int, int | None], Span | None] = lambda _number, _year: None


def read(words: str, option: str, days: Calendar = Calendar()) -> Span:
    """The span that words mean. `"2023-04"` -> 2023-04-01..2023-04-30. Raises QueryError, naming the option."""
    found = resolve(words, days)
    if found is None:
        raise QueryError(f"{option} {words} is no day, month, quarter, week or year. Write it like {FORMS}.")
    return found


def resolve(words: str, days: Calendar) -> Span | None:
    """The span that words mean, None where they mean none: `"上周"` asked on 2023-04-12 -> 2023-04-03..2023-04-09."""
    folded = text.fold(words)
    first, *rest = (_one(end, days) for end in _RANGE.split(folded, maxsplit=1))
    if not rest:
        return first
    whole = _one(folded, days)
    last = rest[0]
    if whole or not first or not last or last.last < first.first:
        return whole
    return Span(first=first.first, last=last.last)


def _one(folded: str, days: Calendar) -> Span | None:
    """A span that is no range of others."""
    try:
        return _exact(folded) or _week(folded, days) or (_relative(folded, days.today) if days.today else None)
    except (ValueError, OverflowError):
        return None


def is_bare(words: str) -> bool:
    """Whether words are about time wherever they stand: `上周`, `去年Q2`; not `2023-04`, which may be a number."""
    return _BARE.fullmatch(text.fold(words)) is not None


def is_month(words: str) -> bool:
    """Whether words are about time but may well be what reports say: `预计4月底` is a promise, not a day of writing."""
    return _MONTH.fullmatch(text.fold(words)) is not None


def _exact(folded: str) -> Span | None:
    match = _EXACT.fullmatch(folded)
    if match is None:
        return None
    year = int(match["y"])
    if match["d"]:
        day = dt.date(year, int(match["m"]), int(match["d"]))
        return Span(first=day, last=day)
    if match["q"]:
        return _months(year, int(match["q"]) * 3 - 2, 3)
    return _months(year, int(match["m"]), 1) if match["m"] else _months(year, 1, 12)


def _week(folded: str, days: Calendar) -> Span | None:
    """`第15周`: as the reports number their weeks; a week of a year that no report is about, as ISO does."""
    match = _WEEK.fullmatch(folded)
    if match is None:
        return None
    number = int(match["n"] or match["w"] or match["b"])
    year = _year(match["y"], days.today) if match["y"] else None
    if found := days.week(number, year):
        return found
    if year is None:
        return None
    monday = dt.date.fromisocalendar(year, number, 1)
    return Span(first=monday, last=monday + 6 * _DAY, note="no report has this number; by ISO 8601")


def _year(words: str, today: dt.date | None) -> int | None:
    """`2023` -> 2023; `去年` asked in 2024 -> 2023."""
    if words not in _YEARS_BACK:
        return int(words)
    return today.year - _YEARS_BACK[words] if today else None


def _relative(folded: str, today: dt.date) -> Span | None:
    from notion_archive import dates

    if folded in _DAYS_BACK:
        day = today - _DAYS_BACK[folded] * _DAY
        return Span(first=day, last=day)
    if match := _THIS_OR_PAST.fullmatch(folded):
        return _calendar_unit(match, today)
    if match := _LAST.fullmatch(folded):
        return Span(first=_back(today, match["count"], match["unit"]) + _DAY, last=today)
    found = dates.find(text.level(folded), Period(date=today), "past")
    whole = len(found) == 1 and found[0].at == 0 and found[0].to == len(folded)
    return Span(first=found[0].first, last=found[0].last) if whole else None


def _calendar_unit(match: re.Match[str], today: dt.date) -> Span | None:
    """`上个月`, `this week`, `去年`, `去年Q2`, `去年4月底`."""
    if match["year"]:
        year = today.year - _YEARS_BACK[match["year"]]
        rest = match["rest"] or ""
        turn = "年" if rest in ("底", "末", "初") else ""
        return _one(f"{year}年{turn}{rest}", Calendar(today=today)) if rest else _months(year, 1, 12)
    back = {"上": 1, "last ": 1, "上上": 2}.get(match["which"] or "", 0)
    unit = match["unit"] or "月"
    if unit in ("周", "星期", "礼拜", "week"):
        monday = today - (today.weekday() + 7 * back) * _DAY
        return Span(first=monday, last=monday + 6 * _DAY)
    if unit == "year":
        return _months(today.year - back, 1, 12)
    if unit in ("月", "month"):
        return _months(*divmod(today.year * 12 + today.month - 1 - back, 12), 1, zero_based=True)
    quarter = today.year * 4 + (today.month - 1) // 3 - back
    return _months(quarter // 4, quarter % 4 * 3 + 1, 3)


def _back(today: dt.date, count: str | None, unit: str) -> dt.date:
    """The day before a stretch of time that ends today: `最近30天`, `近半年`, `last 2 weeks`."""
    if count == "半":
        return _months_back(today, 6) if unit in ("年", "year") else today - 15 * _DAY
    number = 1 if count is None else int(count) if count.isdigit() else _number(count)
    if unit[0] in "天日d":
        return today - number * _DAY
    if unit[0] in "周星w":
        return today - 7 * number * _DAY
    return _months_back(today, number * {"季": 3, "q": 3, "年": 12, "y": 12}.get(unit[0], 1))


def _months_back(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def _number(words: str) -> int:
    """`十二` -> 12, `三十` -> 30."""
    tens, ten, ones = words.rpartition("十")
    return (_NUMBERS.get(tens, 1) * 10 if ten else 0) + _NUMBERS.get(ones, 0)


def _months(year: int, month: int, count: int, *, zero_based: bool = False) -> Span:
    month += zero_based
    last = month + count - 1
    return Span(first=dt.date(year, month, 1), last=month_end(year, last))
