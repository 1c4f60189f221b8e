"""What a title, a path and the properties say of a report: its kind, its week, its day, what it covers.

Precedence: title, then file name, then a date property, then the folders. The export's own stamp (`Created`) is never
the report's date. A week number is kept as the author wrote it.
"""

import datetime as dt
import re
from collections.abc import Mapping

from msgspec import Struct

from notion_archive import dates, identity, stamps, text
from notion_archive.lexicon import Lexicon
from notion_archive.markup import properties as props
from notion_archive.numbering import ISO, Numbering
from notion_archive.period import Period
from notion_archive.records import ReportKind
from notion_archive.stamps import Span

_WEEK = re.compile(
    r"(?<!月)(?<!月份)第\s*(?P<cn>\d{1,2}|[一二三四五六七八九十]{1,3})\s*周"
    r"|(?<![a-z0-9])(?:(?:20)?\d\d[-\s]?)?(?:w|wk|week|cw|kw)[\s\-_.#]*(?P<en>\d{1,2})(?![\d])"
    r"|(?<![\d第])(?<!第\s)(?P<plain>\d{1,2})周(?!年|岁|[一二三四五六日天])"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?!\d)(?:\s*年)?")
_OF_MONTH = re.compile(  # 6月 W2, June Week 2: a week of that month
    r"(?:\d月份?|(?<![a-z])(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)[\s的(（,_-]*$"
)
_WEEKS_OF_MONTH = 6
_WEEK_FROM = re.compile(r"week (?:of|beginning|commencing|starting)|w/?c$")  # Week of: May 13, 2024
_YEAR_BEFORE_WEEK = re.compile(
    r"(?<!\d)(?:(?P<year>20\d\d)\s*(?:年|[-\s/_]*(?=[ck]?w|第))|(?P<short>2\d)(?=[ck]?w))", re.IGNORECASE
)
_YEAR_BEHIND_WEEK = re.compile(r"\s*[,(（/-]?\s*(?P<year>20\d\d)(?![\d/.年-])")
_DAY_ONLY = re.compile(
    r"[\s@,(（）)]*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,]*)?"
    r"(?:20\d\d\s*[-/._年]\s*\d{1,2}\s*[-/._月]\s*\d{1,2}\s*日?|20\d{6}|[a-z]{3,9}\.?\s*\d{1,2}(?:st|nd|rd|th)?,?\s*20\d\d|\d{1,2}\s+[a-z]{3,9}\.?,?\s*20\d\d)"
    r"[\s,(（]*(?:(?:周|星期)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?[\s)）]*"
)
_WEEKDAY = re.compile(r"(?:周|星期)[一二三四五六日天]|(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_FEW_DAYS = dt.timedelta(days=4)
_SOON_AFTER = dt.timedelta(days=14)  # a page made on Monday for the week it begins
_DATE_BESIDE = re.compile(r"(?:日期|报告日期|(?<![a-z])date)\s*[:：]\s*(?P<day>\S.*)", re.IGNORECASE)
_A_MONTH = dt.timedelta(days=31)


class Identity(Struct, frozen=True, kw_only=True):
    """What a report is and covers; what is not stated is None."""

    kind: ReportKind
    year: int | None
    week: int | None
    date: dt.date | None
    start: dt.date | None
    end: dt.date | None
    created: dt.datetime | None
    about: dt.date | None = None  # about when it was, where no day is stated
    counted: bool = False  # start and end follow from the week's number

    @property
    def period(self) -> Period:
        """The days that days without a year are read against: "4/12" in 周报 2023-04-09 -> 2023-04-12."""
        return Period(date=self.date, start=self.start, end=self.end, about=self.about)


def read(
    title: str,
    path: str,
    properties: Mapping[str, str],
    headings: tuple[str, ...],
    lexicon: Lexicon,
    numbering: Numbering = ISO,
    byline: str = "",
) -> Identity:
    """`"第15周 2023-04-09"` -> weekly, 2023, week 15, 2023-04-09, 2023-04-03..2023-04-09.

    `headings` are the page's own, which tell a weekly report from a daily one where title and path do not; `byline` is the
    line below the title that says which days it covers: `3.11-3.15 | 账务清算组`.
    """
    stem = identity.name_without_id(path)  # `2024-01-30 周二_w3GRX….md` is of no week 3
    elsewhere = _from_properties(properties, lexicon) or _from_folder(path)
    known = elsewhere.first.year if elsewhere else _year_of_folder(path)
    created = _created(properties, lexicon)
    sources = _sources(title, stem)
    named = [span for source in sources for span in stamps.spans(source, known)]
    if not named and not elsewhere and not known and created:
        named = _near(created.date(), sources)
    said = named or ([elsewhere] if elsewhere else [])
    numbered = (
        f"W{value}" if value.isdigit() else value
        for key, value in properties.items()
        if props.key_is(key, "week", lexicon)
    )
    week, week_year = next((found for words in (title, stem, *numbered) if (found := _week(words))[0]), (None, None))
    kind = _kind(title, stem, path, said[0] if said else None, headings, lexicon)
    day = next((span.day for span in [*said, *([elsewhere] if elsewhere else [])] if span.day), None)
    below = stamps.spans(byline, day.year if day else week_year or known) if byline else ()
    day = day or next((span.day for span in below if span.day), None)
    period = next((span for span in (*said, *below) if not span.day), None)
    if period is None and day and elsewhere and not elsewhere.day and abs(elsewhere.last - day) <= _SOON_AFTER:
        period = elsewhere  # Period: August 8, 2025 → August 14, 2025
    if kind == "page":  # `Sprint 34 review (2024-05-13 ~ 2024-05-24)`; what a property says is of its subject
        stated = (span for span in named if not span.day and span.last - span.first < _A_MONTH)
        period = next(stated, None) or _month(title) or _month(stem)
    start, end = _covered(kind, day, period)
    counted = kind == "weekly" and not (start or end) and bool(week and week_year)
    if counted and week and week_year:
        start, end = numbering.days(week_year, week)
    year = week_year or (day.year if day else _year(title) or _year(stem) or (end.year if end else None))
    about = None if day or start or end else _about(kind, sources, year or known)
    return Identity(
        kind=kind, year=year, week=week, date=day, start=start, end=end, created=created, about=about, counted=counted
    )  # fmt: skip


def _about(kind: ReportKind, sources: tuple[str, ...], year: int | None) -> dt.date | None:
    """The middle of the month a title names, `2024年6月第2周` -> 2024-06-15, else that of a report's year; None where it names neither."""
    reach = Period(date=stamps.middle(year)) if year else Period()
    found = (days for source in sources for days in dates.find(text.level(source), reach))
    month = next((days for days in found if days.first.day == 1 and days.last - days.first < _A_MONTH), None)
    return month.first + dt.timedelta(days=14) if month else reach.date if kind != "page" else None


def _near(created: dt.date, sources: tuple[str, ...]) -> list[Span]:
    """The days of a title without any year, `日报_0619`, in the year in which they lie close to the day the page was made.

    A page that was brought over from elsewhere has the day of that, which may be years behind: far from it nothing is told.
    """
    for year in (created.year, created.year - 1, created.year + 1):
        found = [span for source in sources for span in stamps.spans(source, year)]
        if found and all(-_SOON_AFTER <= created - span.last <= _A_MONTH for span in found):
            return found
    return []


def _sources(title: str, stem: str) -> tuple[str, ...]:
    """Title and file name; of a name that is the title without its dots, `周报（10 07-10 13）`, only the title tells days."""
    same = stamps.span(title) and re.sub(r"[\W_]+", "", title) == re.sub(r"[\W_]+", "", stem)
    return (title,) if same else (title, stem)


def _from_properties(properties: Mapping[str, str], lexicon: Lexicon) -> Span | None:
    """A date property that is not the export's own stamp: `日期: 2023-11-26`, `Dates: Apr 23, 2024 → May 22, 2024`."""
    for key, value in properties.items():
        told = f"{key} {value}" if _WEEK_FROM.match(text.level(key)) else value
        if props.key_is(key, "date", lexicon) and value and (found := stamps.span(told)):
            return found
    beside = (_DATE_BESIDE.search(value) for value in properties.values())  # 编写人: 赵阳  日期：2024-06-14
    return next((found for match in beside if match and (found := stamps.span(match["day"]))), None)


def _from_folder(path: str) -> Span | None:
    """A day in the folders above the file: `2021/2021-05-01/notes.md`."""
    folders = reversed(path.split("/")[:-1])
    return next((found for folder in folders if (found := stamps.span(folder))), None)


def _year_of_folder(path: str) -> int | None:
    """The year of a folder, for a file name that states none: `2023年/周报 4.3-4.9.md`."""
    folders = reversed(path.split("/")[:-1])
    return next((year for folder in folders if (year := _year(folder))), None)


def _week(words: str) -> tuple[int | None, int | None]:
    """The week's number and the year that stands with it: `"2021 W40"` -> (40, 2021), `"第十五周"` -> (15, None)."""
    levelled = text.level(words)
    match = _WEEK.search(levelled)
    if not match:
        return None, None
    week = dates.number(match["cn"] or match["en"] or match["plain"])
    if not 1 <= week <= 53 or (week <= _WEEKS_OF_MONTH and _OF_MONTH.search(levelled, 0, match.start())):
        return None, None
    year = _YEAR_BEFORE_WEEK.search(levelled[: match.end()]) or _YEAR_BEHIND_WEEK.match(levelled, match.end())
    return week, _full(year) if year else None


def _full(year: re.Match[str]) -> int:
    """`24W21` and `2024-W21` are of 2024."""
    return 2000 + int(next(filter(None, year.groups()))[-2:])


def _year(words: str) -> int | None:
    """`支付组周报 2023年` -> 2023."""
    match = _YEAR.search(text.level(words))
    return int(match["year"]) if match else None


def _month(words: str) -> Span | None:
    """The month a title names with its year: `2024年5月月报` -> 2024-05-01..2024-05-31."""
    year = _year(words)
    found = dates.find(text.level(words), Period(date=stamps.middle(year))) if year else ()
    months = (days for days in found if days.first.day == 1 and (days.last + dt.timedelta(days=1)).day == 1)
    return next((Span(first=days.first, last=days.last) for days in months if days.last - days.first < _A_MONTH), None)


def _kind(
    title: str, stem: str, path: str, span: Span | None, headings: tuple[str, ...], lexicon: Lexicon
) -> ReportKind:
    """Weekly or daily by title (`技术周报`), then by file name, then by what the headings speak of (`下周计划`), then by the folders."""
    for words in (title, stem):
        if kind := _by_name(text.level(words), lexicon):
            return kind
    about = _by_headings(headings, lexicon)
    if span and span.day and any(_DAY_ONLY.fullmatch(text.level(words)) for words in (title, stem)):
        return "weekly" if about == "weekly" else "daily"
    if span and span.last - span.first >= _FEW_DAYS and about != "page":
        return "weekly"
    if about != "page":
        return about
    folders = text.level("/".join(path.split("/")[:-1]))
    if span and lexicon.words("words", "weekly").search(folders):
        return "weekly"
    if span and (lexicon.words("words", "daily").search(folders) or "journals" in folders):
        return "daily"
    dated = span and lexicon.words("words", "progress_report").search(text.level(title))
    return "weekly" if dated else "page"


def _by_name(levelled: str, lexicon: Lexicon) -> ReportKind | None:
    """What a title calls itself: `"W19 Payments Infra 周报"` weekly, `"2023-03-28 周二"` daily, `"故障复盘"` page."""
    if lexicon.words("words", "postmortem").search(levelled):
        return "page"
    if lexicon.words("words", "weekly").search(levelled) or _WEEK.search(levelled) or "月第" in levelled:
        return "weekly"
    if lexicon.words("words", "daily").search(levelled):
        return "daily"
    return "daily" if _DAY_ONLY.fullmatch(levelled) and _WEEKDAY.search(levelled) else None


def _by_headings(headings: tuple[str, ...], lexicon: Lexicon) -> ReportKind:
    """`本周进展` and `下周计划` make a weekly report, `今日工作` and `明日计划` a daily one."""
    words = [text.level(heading) for heading in headings]
    weekly = sum(1 for w in words if re.search(r"本周|上周|下周|(?:this|last|next) week", w))
    daily = sum(1 for w in words if re.search(r"今日|明日|今天|明天|昨日|昨天|^\W*(?:yesterday|today|tomorrow)\W*$", w))
    kinds = {lexicon.section_kind(re.sub(r"^\W+", "", heading)) for heading in headings}
    if daily and daily >= weekly:
        return "daily"
    if weekly and ({"goal", "update", "incident", "metric"} & kinds):
        return "weekly"
    return "page"


def _covered(kind: ReportKind, day: dt.date | None, period: Span | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day: a stated period, `12/4-12/10`, or the week around the date."""
    if kind == "daily":
        return day, day
    if period:
        return period.first, period.last
    return dates.week_of(day) if day and kind == "weekly" else (None, None)


def _created(properties: Mapping[str, str], lexicon: Lexicon) -> dt.datetime | None:
    """The export's own stamp, whatever its language: `创建时间: 2023年12月8日 18:20`."""
    for key, value in properties.items():
        if props.key_is(key, "created", lexicon) and (found := stamps.stamp(value)):
            return found
    return None
