"""What a title, a path and the properties say of a report: its kind, its week, its day, what it covers.

Precedence: title, then file name, then a stated period, then a date property. The export's own stamp (`Created`) is
never the report's date. A week number is kept as the author wrote it.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from notion_archive import clock, dates, text
from notion_archive.dates import Period
from notion_archive.lexicon import Lexicon
from notion_archive.markup import properties as props

ReportKind = Literal["weekly", "daily", "page"]
_WEEK = re.compile(
    r"第\s*(?P<cn>\d{1,2}|[一二三四五六七八九十]{1,3})\s*周|(?<![a-z0-9])(?:20\d\d[-\s]?)?(?:w|wk|week)[\s\-_.#]*(?P<en>\d{1,2})(?![\d])|(?<!\d)(?P<plain>\d{1,2})周(?!年|岁|[一二三四五六日天])"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d)(?:\s*年)?")
_YEAR_OF_WEEK = re.compile(r"(?<!\d)(?P<year>20\d\d)\s*(?:年|[-\s/_]*(?=w|week|第))", re.IGNORECASE)
_DAILY_TITLE = re.compile(
    r"[\s@]*20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?[\s,(（]*(?:周|星期)[一二三四五六日天][\s)）]*"
)
_DATE_ONLY = re.compile(r"[\s@]*(?:20\d\d\s*[-/._年]\s*\d{1,2}\s*[-/._月]\s*\d{1,2}\s*日?|20\d{6})[\s]*")
_RELATIVE = re.compile(r"@?(?:today|yesterday|tomorrow|(?:last|next)?\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day)$")
_SINGLE_DAY = dt.timedelta(days=1)


class Identity(Struct, frozen=True, kw_only=True):
    """What a report is and covers; what is not stated is None."""

    kind: ReportKind
    year: int | None
    week: int | None
    date: dt.date | None
    start: dt.date | None
    end: dt.date | None
    created: dt.datetime | None

    @property
    def period(self) -> Period:
        """The days that days without a year are read against."""
        return Period(date=self.date, start=self.start, end=self.end)


def read(title: str, path: str, properties: Mapping[str, str], headings: tuple[str, ...], lexicon: Lexicon) -> Identity:
    """`"第15周 2023-04-09"` -> weekly, 2023, week 15, 2023-04-09, 2023-04-03..2023-04-09.

    `headings` are the page's own, which tell a weekly report from a daily one where title and path do not.
    """
    name = re.split(r"[/\\]", path)[-1]
    stem = re.sub(r"\.\w{2,5}$", "", name)
    spans = [span for source in (title, stem) if (span := _stated(source))]
    named = spans[0] if spans else _from_properties(properties, lexicon) or _from_folder(path)
    week, week_year = _week(title) if _week(title)[0] else _week(stem)
    kind = _kind(title, stem, path, named, week, headings, lexicon)
    day = named[0] if named and named[0] == named[1] else None
    if day is None and spans and (single := next((s for s in spans if s[0] == s[1]), None)):
        day = single[0]
    period = next((s for s in [*spans, *([named] if named else [])] if s[0] != s[1]), None)
    start, end = _covered(kind, day, period, week, week_year)
    year = week_year or (day.year if day else _year(title) or _year(stem) or (end.year if end and spans else None))
    return Identity(
        kind=kind, year=year, week=week, date=day, start=start, end=end, created=_created(properties, lexicon)
    )


def _stated(words: str) -> tuple[dt.date, dt.date] | None:
    """A day or span with its year in a title: `2023/04/09`, `20231008`, `Apr 3–9, 2023`, `2023.4.3-4.9`, `4/3-4/9` of 2023."""
    levelled = re.sub(r"[_]", " ", text.level(words))
    levelled = re.sub(r"(?<=\d)\s*([-/.年月])\s*(?=\d)", r"\1", levelled) if "年" not in levelled else levelled
    if _RELATIVE.fullmatch(levelled.strip()):
        return None
    anchor = _YEAR.search(levelled)
    year = int(anchor["year"]) if anchor else None
    reach = Period(date=dt.date(year, 7, 1)) if year else Period()
    joined = re.sub(
        r"(20\d\d)\.(\d{1,2})\.(\d{1,2})\s*[-~至到]+\s*(?:\1\.)?(\d{1,2})\.(\d{1,2})", r"\1/\2/\3-\1/\4/\5", levelled
    )
    found = dates.find(joined, reach, "near")
    exact = [
        d for d in found if not re.match(r"(?:第|周|week)", joined[d.at : d.to]) and _names_day(joined[d.at : d.to])
    ]
    if not exact:
        return None
    first, last = exact[0].first, exact[0].last
    if (
        len(exact) > 1
        and first == last
        and re.fullmatch(r"[\s\-~至到—to()周星期一二三四五六日天]*", joined[exact[0].to : exact[1].at])
    ):
        last = exact[1].last
    if last < first:
        first = first.replace(year=first.year - 1)
    return first, last


def _names_day(words: str) -> bool:
    return re.search(
        r"\d{1,2}\D+\d{1,2}|\d{8}|[a-z]{3,}\.?\s*\d|\d\s*[a-z]{3,}", words
    ) is not None and not re.fullmatch(r"20\d\d年\d{1,2}月?", words.strip())


def _from_properties(properties: Mapping[str, str], lexicon: Lexicon) -> tuple[dt.date, dt.date] | None:
    """A date property that is not the export's own stamp: `日期: 2023-11-26`, `Dates: April 23, 2024 → May 22, 2024`."""
    for key, value in properties.items():
        if props.key_is(key, "date", lexicon) and value and (found := _stated(value)):
            return found
    return None


def _from_folder(path: str) -> tuple[dt.date, dt.date] | None:
    """A day in the folders above the file: `2021/2021-05-01/notes.md`."""
    for part in reversed(path.split("/")[:-1]):
        if found := _stated(part):
            return found
    return None


def _week(words: str) -> tuple[int | None, int | None]:
    levelled = text.level(words)
    match = _WEEK.search(levelled)
    if not match:
        return None, None
    number = match["cn"] or match["en"] or match["plain"]
    week = int(number) if number.isdigit() else dates.number(number)
    year = _YEAR_OF_WEEK.search(levelled[: match.end()])
    return (week, int(year["year"]) if year else None) if 1 <= week <= 53 else (None, None)


def _year(words: str) -> int | None:
    match = _YEAR.search(text.level(words))
    return int(match["year"]) if match else None


def _kind(
    title: str, stem: str, path: str, span: tuple[dt.date, dt.date] | None, week: int | None,
    headings: tuple[str, ...], lexicon: Lexicon,
) -> ReportKind:  # fmt: skip
    """Weekly or daily by title, then by name and folder, then by what the headings speak of."""
    postmortem = lexicon.words("words", "postmortem")
    weekly, daily = lexicon.words("words", "weekly"), lexicon.words("words", "daily")
    for words in (title, stem):
        levelled = text.level(words)
        if postmortem.search(levelled):
            return "page"
        if weekly.search(levelled) or (_week(words)[0] is not None):
            return "weekly"
        if daily.search(levelled) or _DAILY_TITLE.fullmatch(levelled):
            return "daily"
    about = _by_headings(headings, lexicon)
    if (
        span
        and span[0] == span[1]
        and (_DATE_ONLY.fullmatch(text.level(title)) or _DATE_ONLY.fullmatch(text.level(stem)))
    ):
        return "weekly" if about == "weekly" else "daily"
    folders = text.level("/".join(path.split("/")[:-1]))
    if span and span[1] - span[0] >= 4 * _SINGLE_DAY and about != "page":
        return "weekly"
    if about != "page":
        return about
    if span and weekly.search(folders):
        return "weekly"
    if span and (daily.search(folders) or "journals" in folders):
        return "daily"
    return "page"


def _by_headings(headings: tuple[str, ...], lexicon: Lexicon) -> ReportKind:
    words = [text.level(heading) for heading in headings]
    weekly = sum(1 for w in words if re.search(r"本周|上周|下周|(?:this|last|next) week", w))
    daily = sum(1 for w in words if re.search(r"今日|明日|今天|明天|昨日|昨天|^\W*(?:yesterday|today|tomorrow)\W*$", w))
    kinds = {lexicon.section_kind(re.sub(r"^\W+", "", heading)) for heading in headings}
    if daily and daily >= weekly:
        return "daily"
    if weekly and ({"goal", "update", "incident", "metric"} & kinds):
        return "weekly"
    return "page"


def _covered(
    kind: ReportKind, day: dt.date | None, period: tuple[dt.date, dt.date] | None, week: int | None, year: int | None
) -> tuple[dt.date | None, dt.date | None]:
    if kind == "page":
        return None, None
    if kind == "daily":
        return (day, day) if day else (None, None)
    if period:
        return period
    if day:
        return dates.week_of(day)
    if week and year:
        try:
            monday = dt.date.fromisocalendar(year, week, 1)
        except ValueError:
            return None, None
        return dates.week_of(monday)
    return None, None


def _created(properties: Mapping[str, str], lexicon: Lexicon) -> dt.datetime | None:
    """The export's own stamp: `2023年11月29日 20:57`, `November 19, 2024 8:45 AM`, `2022년 10월 4일 오후 4:15`."""
    for key, value in properties.items():
        if props.key_is(key, "created", lexicon) and (found := stamp(value)):
            return found
    return None


_KOREAN_JAPANESE = (
    ("년", "年"),
    ("월", "月"),
    ("일", "日"),
    ("오후", "下午"),
    ("오전", "上午"),
    ("午後", "下午"),
    ("午前", "上午"),
)


def stamp(words: str) -> dt.datetime | None:
    """A full date with or without a time of day, in any language Notion exports."""
    for before, after in _KOREAN_JAPANESE:
        words = words.replace(before, after)
    levelled = re.sub(
        r"(\d{1,2})\.?\s+(?:de\s+)?([a-zà-ÿ]{3,})\.?\s+(?:de\s+)?(\d{4})", r"\2 \1, \3", text.level(words)
    )
    moments = clock.moments(levelled, Period(date=dt.date(2000, 1, 1)))
    moment = next((m for m in moments if m.day and m.day.year > 2000), None)
    if moment is None or moment.day is None:
        return None
    time = moment.time or next((m.time for m in moments if m.time), None) or dt.time()
    return dt.datetime.combine(moment.day, time)
