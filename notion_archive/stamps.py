"""Full days in short texts, each with its year: titles, file names, links, properties, the export's own stamps.

`dates` reads running text against a report's period; here nothing is known yet, so a day without any year is no day.
"""

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct

from notion_archive import clock, dates, patterns, text
from notion_archive.dates import Days
from notion_archive.period import Period

_YEAR = patterns.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d)")
_YEAR_LAST = patterns.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>20\d\d)(?!\d)")
_SIX_DIGITS = patterns.compile(r"(?<!\d)(?P<y>2\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_TIGHT_RANGE = patterns.compile(
    r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?P<to>\s*[-~至到—–]+\s*)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
)  # 20240805-0809
_FOUR_DIGITS = r"(?P<m{0}>0[1-9]|1[0-2])(?P<d{0}>0[1-9]|[12]\d|3[01])"
_MONTH_DAY = patterns.compile(  # 日报_0619, 周报 0610-0614
    rf"(?:^|(?<=[\s报志记])|(?<=[报志记][-–—·.]))(?<!20\d\d\s){_FOUR_DIGITS.format(1)}(?:(?P<to>\s*[-~至到—–]+\s*){_FOUR_DIGITS.format(2)})?(?=$|[\s)(,周])"
)
_DOTTED_RANGE = patterns.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?=\s*[-~至到]+\s*\d{1,2}\.\d{1,2}(?![\d.]))")
_DOTTED_END = patterns.compile(r"(?<=[-~至到\s])(\d{1,2})\.(\d{1,2})(?![\d.])(?=\s*(?:$|[)(,;|]|周|日报|号))")
_RELATIVE = patterns.compile(
    r"@?(?:today|yesterday|tomorrow|(?:last|next)?\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day)$"
)
_BETWEEN = patterns.compile(r"[\s\-~至到—to()周星期一二三四五六日天→>]*")
_EAST_ASIAN = (
    ("년", "年"),
    ("월", "月"),
    ("일", "日"),
    ("오후", "下午"),
    ("오전", "上午"),
    ("午後", "下午"),
    ("午前", "上午"),
)
_HALF_YEAR = dt.timedelta(days=182)
_DAY_MONTH_YEAR = patterns.compile(r"(\d{1,2})(?:\.|er|º)?\s+(?:de\s+)?([a-zà-ÿ]{3,})\.?\s+(?:de\s+)?(\d{4})")


class Span(Struct, frozen=True, kw_only=True):
    """A day, or the first and last of several."""

    first: dt.date
    last: dt.date

    @property
    def day(self) -> dt.date | None:
        """The day, None where there are several: "2023-04-03" -> 2023-04-03, "4/3-4/9" -> None."""
        return self.first if self.first == self.last else None


def spans(words: str, year: int | None = None) -> tuple[Span, ...]:
    """Every day and span of days with a year, in order; `year` is the one to take where the words state none.

    `"第15周 2023/04/09"` -> 2023-04-09; `"Apr 3–9, 2023"` -> 2023-04-03..2023-04-09; `"2022.01.02（12.27-01.02）"` ->
    2022-01-02 and 2021-12-27..2022-01-02; `"@Last Monday"` and `"02/07/2021"`, which may be two days, -> none.
    """
    levelled = _normal(text.level(words))
    if _RELATIVE.fullmatch(levelled.strip()):
        return ()
    whole = dates.find(levelled, Period())
    stated = _YEAR.search(levelled)
    known = int(stated["year"]) if stated else year
    reach = Period(date=whole[0].first) if whole else Period(date=middle(known)) if known else Period()
    found = [days for days in dates.find(levelled, reach) if _names_day(levelled[days.at : days.to])]
    return tuple(_joined(found, levelled, stated.start() if stated else 0))


def middle(year: int) -> dt.date:
    """The day of a year to which each of its days is nearer than the same day of another: 2023 -> 2023-07-02, 2024 -> 2024-07-01."""
    return dt.date(year, 1, 1) + _HALF_YEAR


def span(words: str, year: int | None = None) -> Span | None:
    """The first of `spans`."""
    return next(iter(spans(words, year)), None)


def _normal(levelled: str) -> str:
    """The many ways of writing a day in a title, as `dates` reads them: `_` and dots, spaces, the year at the end."""
    levelled = _year_first(levelled.replace("_", " "))
    levelled = _SIX_DIGITS.sub(lambda m: f"20{m['y']}{m['m']}{m['d']}", levelled)
    levelled = _TIGHT_RANGE.sub(r"\g<y>/\g<m>/\g<d>\g<to>\g<m2>/\g<d2>", levelled)
    levelled = _MONTH_DAY.sub(_with_stroke, levelled)
    levelled = re.sub(r"(?<=\d)\s*([-/.年月])\s*(?=\d)", r"\1", levelled) if "年" not in levelled else levelled
    levelled = re.sub(r"(?<!\d)(20\d\d)\.(\d{1,2})\.(\d{1,2})(?!\d)", r"\1/\2/\3", levelled)
    return _DOTTED_END.sub(r"\1/\2", _DOTTED_RANGE.sub(r"\1/\2", levelled))


def _with_stroke(found: re.Match[str]) -> str:
    """`0619` -> `06/19`, `0610-0614` -> `06/10-06/14`."""
    until = f"{found['to']}{found['m2']}/{found['d2']}" if found["to"] else ""
    return f"{found['m1']}/{found['d1']}{until}"


def _year_first(levelled: str) -> str:
    """`"27/02/2021"` -> `"2021/02/27"`; what may be day and month or month and day stays as it is."""
    found = list(_YEAR_LAST.finditer(levelled))
    day_first = any(int(match["a"]) > 12 for match in found)
    month_first = any(int(match["b"]) > 12 for match in found)
    same = all(match["a"] == match["b"] for match in found)
    if not found or (day_first == month_first and not same):
        return levelled
    month, day = ("b", "a") if day_first else ("a", "b")
    return _YEAR_LAST.sub(lambda match: f"{match['year']}/{match[month]}/{match[day]}", levelled)


def _names_day(words: str) -> bool:
    """Whether it is a day that is named, not a month or a quarter: `"2023年4月"` is none."""
    told = re.search(r"\d{1,2}\D+\d{1,2}|\d{8}|[a-z]{3,}\.?\s*\d|\d\s*[a-z]{3,}", words) is not None
    return told and re.fullmatch(r"20\d\d年\d{1,2}月?|[a-z]+\.?,?\s*20\d\d", words.strip()) is None


def _joined(found: list[Days], levelled: str, year_at: int) -> Iterator[Span]:
    """Two days with a dash between them are one span, also across New Year: `"2021年12.27-1.2"`."""
    index = 0
    while index < len(found):
        days = found[index]
        first, last = days.first, days.last
        after = found[index + 1] if index + 1 < len(found) else None
        if after and first == last and _is_range(levelled, days, after):
            last = after.last
            index += 1
        if last < first:
            begins = year_at < days.at or _has_year(levelled, days)
            first, last = (first, years_on(last, 1)) if begins else (years_on(first, -1), last)
        yield Span(first=first, last=last)
        index += 1


def years_on(day: dt.date, years: int) -> dt.date:
    """The same day of another year; the last of February where there is none: 2024-02-29, 1 -> 2025-02-28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _has_year(levelled: str, days: Days) -> bool:
    """`2023年4月3日` has one, `4月3日` none."""
    return _YEAR.search(levelled, days.at, days.to) is not None


def _is_range(levelled: str, days: Days, after: Days) -> bool:
    """`4/3-4/9`, `Dec 4 to Dec 10`: two days with nothing but a dash or a word between them."""
    between = levelled[days.to : after.at]
    return (
        "(" not in between
        and re.search(r"[-~至到→—]|\bto\b", between) is not None
        and _BETWEEN.fullmatch(between) is not None
    )


def stamp(words: str) -> dt.datetime | None:
    """A full date with or without a time of day, in any language Notion exports.

    `"2023年11月29日 20:57"`, `"November 19, 2024 8:45 AM"`, `"2022년 10월 4일 오후 4:15"`, `"19 de marzo de 2024"`.
    """
    for before, after in _EAST_ASIAN:
        words = words.replace(before, after)
    levelled = _year_first(_DAY_MONTH_YEAR.sub(r"\2 \1, \3", text.level(words)))
    levelled = re.sub(r"(?:上午|凌晨)\s*12:", "0:", levelled)
    moments = clock.moments(levelled, Period(date=dt.date(2000, 1, 1)))
    moment = next((m for m in moments if m.day and m.day.year > 2000), None)
    if moment is None or moment.day is None:
        return None
    time = moment.time or next((m.time for m in moments if m.time), None) or dt.time()
    return dt.datetime.combine(moment.day, time)
