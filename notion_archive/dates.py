"""Days out of words: `4月底`, `4/10-4/14`, `下周三`, `mid-May`, `Q2`.

Nothing is guessed: a day without a year takes the year that the report's own period gives it, and what is no calendar
day is no day.

All readers take levelled text (`text.level`): lower case, ASCII punctuation.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from notion_archive import gates, months, patterns
from notion_archive.day_pattern import CHINESE, DATE, DATED, DOTTED, MONTHS, RELATIVE, WEEKDAYS
from notion_archive.period import Direction, Period, close, day_of_month, nearest
from notion_archive.remembered import remembered, remembered_with

_DAY = dt.timedelta(days=1)


class Days(Struct, frozen=True, kw_only=True):
    """A day or a span of days that stands at text[at:to]. `deadline`: only its last day was meant (`月底前`)."""

    first: dt.date
    last: dt.date
    at: int
    to: int
    deadline: bool = False


_TO_DAY = patterns.compile(r"\s*(?:-|~|至|到|to|→|->)\s*(\d{1,2})(?:st|nd|rd|th)?(?:[日号]|(?![\d/:%a-z月点个]|\.\d))")
_TO = patterns.compile(r"\s*(?:-{1,2}|~|至|到|to|through|until)\s*")
_MOVED_FROM = patterns.compile(r"(?:slip|mov|push|shift|delay|postpon|reschedul|chang)[a-z]*(?:\s+\w+){0,3}\s+from\s*$")
_BEFORE = patterns.compile(
    r"\s*(?:\([^)]{1,4}\)\s*)?(?:之前|以前|前(?!端|置|台|后|期|提(?![测交供审报])|往|序|缀|沿|述|面))"
)
_BY = patterns.compile(r"\b(?:by|before|until|no later than|not later than)(?:\s+(?:the|about|around))?[\s:]*$")
_THAT_WEEK = patterns.compile(r"\s*(?:当周|那(?:一|个)?周|所在(?:的)?(?:一)?周|这一周|(?:那|当)个?(?:星期|礼拜))")
_WEEK_OF = patterns.compile(r"\b(?:week (?:of|commencing|beginning|starting)|w[/.]?[cb])(?:\s+(?:on|the))?[\s:]*$")
_OPENING, _CLOSING = patterns.compile(r"\s*\(\s*"), patterns.compile(r"\s*\)")
_WEEKDAY_ALONE = patterns.compile(
    r"(?:上上|下下|上|本|这|下)?个?(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
)
_GATE, _DATED = gates.gate(DATED), gates.headed(DATED)


@cache
def _names() -> tuple[str, ...]:
    """What the groups of `DATE` are called, in order, and those that `DOTTED` has besides; each has a name."""
    return (*DATE.groupindex, "dotted_m", "dotted_d")


@remembered_with
def find(levelled: str, period: Period, direction: Direction = "near") -> tuple[Days, ...]:
    """Every day or span of days in a text, in order.

    `direction` says where days without a year lie: `past`, the latest that is not after the report (incidents);
    `ahead`, not long before it (promises); `near`, nearest to it.

    `"预计4/12提供对外api"` in a report of 2023-04-09 -> 2023-04-12..2023-04-12; `"4月底"` -> 2023-04-21..2023-04-30;
    `"4/10-4/14"` -> 2023-04-10..2023-04-14; `"月底前"` -> 2023-04-30..2023-04-30.
    """
    found = _dotted(levelled) if period.dotted else _written(levelled)
    return tuple(_joined(levelled, found, period, direction)) if found else ()


@remembered
def _written(levelled: str) -> tuple[re.Match[str], ...]:
    """What may be a day, whenever that is: "4/3 提测，月底上线" -> 4/3 and 月底. The same text is read as of the past and of what
    is to come.
    """
    return tuple(DATE.finditer(levelled)) if may_tell(levelled) else ()


@remembered
def _dotted(levelled: str) -> tuple[re.Match[str], ...]:
    """The same for an author who dots days: `6.12 前切换`."""
    return tuple(DOTTED.finditer(levelled)) if may_tell(levelled) else ()


def may_tell(levelled: str) -> bool:
    """Whether a text may have a day in it: every text in which `find` finds one, and few besides."""
    return _GATE.search(levelled) is not None and _DATED.search(levelled) is not None


def _joined(
    levelled: str, found: Sequence[re.Match[str]], period: Period, direction: Direction
) -> Iterator[Days]:  # fmt: skip
    """Spans: `4/10-4/14` and `4/10-14` made one, `4/12(周三)` one day, `…前` reduced to its last day."""
    pending: Days | None = None
    for match in found:
        if pending and match.start() < pending.to:
            continue
        span = _read(match, period, direction)
        if span is None:
            continue
        days = Days(first=span[0], last=span[1], at=match.start(), to=match.end())
        if pending and (again := _said_again(levelled, pending, days)):
            pending = again
            continue
        if pending and pending.first <= days.last and _is_span(levelled, pending, days):
            pending = Days(first=pending.first, last=days.last, at=pending.at, to=days.to)
            continue
        if pending:
            yield _deadline(levelled, pending)
        pending = days
        to_day = _TO_DAY.match(levelled, days.to)
        last = (
            months.day(days.last.year, days.last.month, int(to_day[1])) if to_day and days.first == days.last else None
        )
        if to_day and last and last > days.first and not _MOVED_FROM.search(levelled, 0, days.at):
            pending = Days(first=days.first, last=last, at=days.at, to=to_day.end())
    if pending:
        yield _deadline(levelled, pending)


def _is_span(levelled: str, first: Days, last: Days) -> bool:
    """`4/10-4/14`; but `slipped from May 31 to Jun 14` are two days."""
    return bool(_TO.fullmatch(levelled, first.to, last.at)) and not _MOVED_FROM.search(levelled, 0, first.at)


def _said_again(levelled: str, before: Days, days: Days) -> Days | None:
    """A day in brackets behind a day or span is that very day, the narrower one counts: `周三(4/12)`, `月底(4/28)前`.

    A weekday behind a day needs no brackets: `4/12 周三`.
    """
    gap = levelled[before.to : days.at]
    if (
        _WEEKDAY_ALONE.fullmatch(levelled, before.at, before.to)
        and re.fullmatch(r"[\s,]+", gap)
        and days.first == days.last
    ):
        return Days(first=days.first, last=days.last, at=before.at, to=days.to)
    closing = _CLOSING.match(levelled, days.to)
    bracketed = closing and _OPENING.fullmatch(levelled, before.to, days.at)
    weekday = _WEEKDAY_ALONE.fullmatch(levelled, days.at, days.to) and not levelled[before.to : days.at].strip()
    if not bracketed and not (weekday and before.first == before.last):
        return None
    exact = days if days.last - days.first < before.last - before.first or _WEEKDAY_ALONE.search(
        levelled, before.at, before.to
    ) else before  # fmt: skip
    to = closing.end() if bracketed and closing else days.to
    return Days(first=exact.first, last=exact.last, at=before.at, to=to)


def _deadline(levelled: str, days: Days) -> Days:
    """`月底前`, `by Apr 12`: the last day alone; `week of 2 Sep`, `w/c 2 Sep`, `4/8 当周`: Monday to Sunday."""
    if days.first == days.last and _WEEK_OF.search(levelled, 0, days.at):
        first, last = week_of(days.first)
        return Days(first=first, last=last, at=days.at, to=days.to)
    if days.first == days.last and (week := _THAT_WEEK.match(levelled, days.to)):  # 4/8 当周
        first, last = week_of(days.first)
        return Days(first=first, last=last, at=days.at, to=week.end())
    before = _BEFORE.match(levelled, days.to)
    if not before and not _is_by(levelled, days.at):
        return days
    return Days(first=days.last, last=days.last, at=days.at, to=before.end() if before else days.to, deadline=True)


def _is_by(levelled: str, at: int) -> bool:
    """Whether a word such as `by` stands before a day; behind a Chinese character none does."""
    last = levelled[at - 1 : at] if at else ""
    return (last.isascii() or last.isspace()) and _BY.search(levelled, 0, at) is not None


def _read(match: re.Match[str], period: Period, direction: Direction) -> tuple[dt.date, dt.date] | None:
    """One alternative of the pattern, as first and last day: `4/12`; None where it names no day of the calendar (`4/31`)."""
    got = {name: value for name, value in zip(_names(), match.groups(), strict=False) if value is not None}
    if year := got.get("y") or got.get("y8"):
        month, day = (got.get(k) or got.get(k + "c") or got.get(k + "8") for k in "md")
        return _one(months.day(int(year), int(month or 0), int(day or 0)))
    if "month" in got:
        return _month_and_part(got, period, direction)
    if english := _english_month(got, period, direction):
        return english
    anchor = period.anchor
    if month_day := _month_day(got, day_first=period.day_first):
        return _month_and_day(got, month_day, period, direction)
    if anchor is None:
        return None
    if "only_day" in got:
        return _one(day_of_month(int(got["only_day"]), period, direction))
    if "rel_month" in got or "bare_part" in got:
        return _this_month(got, anchor)
    if span := _quarter_or_year(got, period, direction):
        return span
    return _week_or_day(got, anchor, direction)


def _month_and_day(
    got: dict[str, str], found: tuple[int, int, int | None], period: Period, direction: Direction
) -> tuple[dt.date, dt.date] | None:
    """The day itself, or from `10-14 apr` the span."""
    month, day, stated = found
    if "dotted_m" in got:
        return _one(close(month, day, period))
    last = months.day(stated, month, day) if stated else nearest(month, day, period, direction)
    first = months.day(last.year, month, int(got["ed_first"])) if last and "ed_first" in got else last
    return (first, last) if first and last and first <= last else _one(last)


def _this_month(got: dict[str, str], anchor: dt.date) -> tuple[dt.date, dt.date] | None:
    """`本月底`, `下月12号`, `月中`."""
    year_month = months.shift(anchor, RELATIVE[got.get("rel_month", "本月").removesuffix("月")])
    if "rel_day" in got:
        return _one(months.day(*year_month, int(got["rel_day"])))
    return months.part(*year_month, got.get("rel_part", got.get("bare_part", "")))


def _month_day(got: dict[str, str], *, day_first: bool) -> tuple[int, int, int | None] | None:
    """Month, day and stated year of the forms `4/3`, `04-03`, `4.3`, `3 April`, `Apr 3, 2023`."""
    if day_first and "ms" in got:
        return int(got["ds"]), int(got["ms"]), None
    for month, day in (("ms", "ds"), ("m2", "d2"), ("mdot", "ddot"), ("dotted_m", "dotted_d")):
        if month in got:
            return int(got[month]), int(got[day]), None
    for month, day, year in (("em", "ed", "ey"), ("em2", "ed2", "ey2")):
        if month in got:
            return MONTHS[got[month]], int(got[day]), _stated_year(got.get(year), Period())
    return None


def _month_and_part(got: dict[str, str], period: Period, direction: Direction) -> tuple[dt.date, dt.date] | None:
    """`4月`, `4月12日`, `2023年4月底`, `明年3月中旬`, `四月初`."""
    month = number(got["month"])
    day = got.get("day") or got.get("day_bare")
    year = _stated_year(got.get("y_of_month") or got.get("rel_year"), period)
    if not 1 <= month <= 12 or (year is None and (period.anchor or period.about) is None):
        return None
    if day:
        return _one(months.day(year, month, number(day)) if year else nearest(month, number(day), period, direction))
    if year is None:
        middle = nearest(month, 15, period, direction)
        year = middle.year if middle else None
    return months.part(year, month, got.get("part", "")) if year else None


def _english_month(got: dict[str, str], period: Period, direction: Direction) -> tuple[dt.date, dt.date] | None:
    """`mid-may`, `in june`, `nov 2022`, `oct 中旬`."""
    name = got.get("in_month") or got.get("fuzzy_month") or got.get("year_month") or got.get("mixed_month")
    if name is None:
        return None
    stated = got.get("month_year") or got.get("fuzzy_year")
    middle = months.day(int(stated), MONTHS[name], 15) if stated else nearest(MONTHS[name], 15, period, direction)
    return (
        months.part(middle.year, middle.month, got.get("mixed_part") or _in_chinese(got.get("fuzzy", "")))
        if middle
        else None
    )


def _in_chinese(words: str) -> str:
    """`"early"` -> 初, `"middle of"` -> 中, `"end of"` -> 底, `"second half of"` -> 下半月."""
    if not words:
        return ""
    if words.endswith("half of"):
        return "上半月" if "first" in words or "1st" in words else "下半月"
    return "初" if words.startswith(("early", "begin", "start")) else "中" if words.startswith("mid") else "底"


_YEARS = ("yq", "q_year", "eq_year", "rel_q", "half_year", "english_half_year", "year_end")


def _quarter_or_year(got: dict[str, str], period: Period, direction: Direction) -> tuple[dt.date, dt.date] | None:
    """`Q2`, `二季度末`, `2023Q2`, `Q2 2023`, `下季度`, `上半年`, `in h2`, `年底`, `明年初`."""
    anchor = period.anchor
    if anchor is None:
        return None
    stated = _stated_year(next((got[name] for name in _YEARS if name in got), None), anchor)
    year = stated or anchor.year
    if asked := got.get("q") or got.get("qc") or got.get("qc_short") or got.get("eq"):
        middle = None if stated else nearest(number(asked) * 3 - 1, 15, period, direction)
        part = got.get("q_part", "") or _in_chinese(got.get("eq_part", ""))
        return months.quarter(middle.year if middle else year, number(asked) - 1, part)
    if "this_q" in got:
        quarter = (anchor.month - 1) // 3 + RELATIVE[got["this_q"]]
        return months.quarter(anchor.year + quarter // 4, quarter % 4, got.get("this_q_part", ""))
    if half := got.get("half") or got.get("english_half"):
        first = 1 if half[0] in "上1" else 7
        return dt.date(year, first, 1), months.month_end(year, first + 5)
    if "year_part" in got:
        return months.part_of_year(year, got["year_part"][-1])
    return None


def _week_or_day(got: dict[str, str], anchor: dt.date, direction: Direction) -> tuple[dt.date, dt.date] | None:
    """`周三`, `下周五`, `下周`, `昨天`, `next Tuesday`, `tomorrow`, `end of month`."""
    unit = got.get("e_unit", "")
    if "weekday" in got or "e_weekday" in got or unit in WEEKDAYS:
        return _one(_weekday(got, anchor, direction))
    if "next_week" in got or unit:
        return _next(got, unit, anchor)
    if end := got.get("e_end"):
        return _english_end(end, anchor)
    if relative := got.get("relative") or got.get("e_rel"):
        return _one(anchor + _RELATIVE_DAYS.get(relative[:2], _RELATIVE_DAYS.get(relative, 0)) * _DAY)
    return None


def _weekday(got: dict[str, str], anchor: dt.date, direction: Direction) -> dt.date:
    """`周三` in the report's week, for a promise the next one, for something past the last; `下周三` says it itself."""
    which = got.get("week") or got.get("e_next") or ""
    name = got.get("weekday") or got.get("e_weekday") or got["e_unit"]
    day = anchor + (WEEKDAYS[name] - anchor.weekday()) * _DAY
    weeks = {"上上": -2, "上": -1, "last": -1, "下": 1, "next": 1, "下下": 2}.get(which, 0)
    if not which and direction == "ahead" and day <= anchor:
        weeks = 1
    if not which and direction == "past" and day > anchor:
        weeks = -1
    return day + 7 * weeks * _DAY


def _next(got: dict[str, str], unit: str, anchor: dt.date) -> tuple[dt.date, dt.date]:
    """`下周`, `下下周`, `next month`, `this quarter`."""
    steps = {"this": 0, "last": -1}.get(got.get("e_next", ""), 2 if got.get("next_week", "").startswith("下下") else 1)
    if unit == "month":
        return months.part(*months.shift(anchor, steps), "")
    if unit == "quarter":
        quarter = (anchor.month - 1) // 3 + steps
        return months.quarter(anchor.year + quarter // 4, quarter % 4, "")
    return week_of(anchor + 7 * steps * _DAY)


_RELATIVE_DAYS = {
    "大前": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "明天": 1, "明日": 1,
    "明晚": 1, "明早": 1,
    "后天": 2, "次日": 1, "yesterday": -1, "last night": -1, "tomorrow": 1,
}  # fmt: skip


def _english_end(words: str, anchor: dt.date) -> tuple[dt.date, dt.date]:
    """`EOM`, `end of the quarter` -> from the 21st of its last month to that month's end; `end of week` -> Sunday."""
    unit = words[-1] if words.startswith("eo") else re.findall(r"month|week|quarter|year", words)[0][0]
    if unit == "w":
        return _one(anchor + (6 - anchor.weekday()) * _DAY) or (anchor, anchor)
    month = {"m": anchor.month, "q": (anchor.month - 1) // 3 * 3 + 3, "y": 12}[unit]
    return dt.date(anchor.year, month, 21), months.month_end(anchor.year, month)


def _stated_year(words: str | None, period: Period | dt.date) -> int | None:
    """`2023` and `23` -> 2023, `明年` -> the year after that of the report."""
    anchor = period if isinstance(period, dt.date) else period.anchor
    if not words:
        return None
    if digits := re.match(r"\d+", words):
        return int(digits[0]) + (2000 if len(digits[0]) == 2 else 0)
    return anchor.year + RELATIVE[words[0]] if anchor else None


def number(words: str) -> int:
    """`12`, `十二` -> 12, `二十` -> 20, `二十一` -> 21."""
    if words.isdigit():
        return int(words)
    tens, _, ones = words.rpartition("十") if "十" in words else ("", "", words)
    return (10 * CHINESE.get(tens, 1) if "十" in words else 0) + CHINESE.get(ones, 0)


def _one(day: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """A day as a span of one day: 2023-04-03 -> (2023-04-03, 2023-04-03)."""
    return (day, day) if day else None


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Monday and Sunday around a day: 2023-04-05 -> (2023-04-03, 2023-04-09)."""
    monday = day - day.weekday() * _DAY
    return monday, monday + 6 * _DAY
