"""Days out of words: `4月底`, `4/10-4/14`, `下周三`, `mid-May`, `Q2`. Nothing is guessed: a day without a year takes the
year that the report's own period gives it, and what is no calendar day is no day.

All readers take levelled text (`text.level`): lower case, ASCII punctuation.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Direction = Literal["past", "ahead", "near"]
_DAY = dt.timedelta(days=1)
_LATE = dt.timedelta(days=60)  # a promise may be this long overdue before its year is taken to be the next one


class Period(Struct, frozen=True, kw_only=True):
    """What a report covers: its own date, first and last day. All None: nothing is known, and a bare `4/3` is no day."""

    date: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None

    @property
    def anchor(self) -> dt.date | None:
        """The day that days without a year are read against."""
        return self.date or self.end or self.start

    @property
    def last(self) -> dt.date | None:
        """The last day the report can tell of."""
        known = [day for day in (self.date, self.end, self.start) if day]
        return max(known, default=None)


class Days(Struct, frozen=True, kw_only=True):
    """A day or a span of days that stands at text[at:to]. `deadline`: only its last day was meant (`月底前`)."""

    first: dt.date
    last: dt.date
    at: int
    to: int
    deadline: bool = False


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january enero janvier januar", "feb february febrero février februar",
            "mar march marzo mars märz", "apr april abril avril", "may mayo mai", "jun june junio juin juni",
            "jul july julio juillet juli", "aug august agosto août", "sep sept september septiembre septembre",
            "oct october octubre octobre oktober", "nov november noviembre novembre",
            "dec december diciembre décembre dezember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_CHINESE = {c: n for n, c in enumerate("一二三四五六七八九", start=1)} | {"十": 10, "十一": 11, "十二": 12, "两": 2}
_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6, "末": 6} | {
    name: number
    for number, names in enumerate(
        ("mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday", "fri friday", "sat saturday",
         "sun sunday")
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=lambda name: -len(name)))
_WEEKDAY = "|".join(sorted((w for w in _WEEKDAYS if w.isascii()), key=lambda name: -len(name)))
_PART = r"(?:底|末|初|中旬|中(?!心|台|间|行|信|金|国|止|断|继)|上旬|下旬|上半月|下半月)"
_RELATIVE = {"去": -1, "上": -1, "本": 0, "今": 0, "当": 0, "这": 0, "这个": 0, "下": 1, "明": 1, "下个": 1, "上个": -1}

_DATE = re.compile(
    rf"""
      (?<![\d.])(?P<y>(?:19|20)\d\d)\s*(?:(?P<sep>[-/.])\s*(?P<m>\d{{1,2}})\s*(?P=sep)\s*(?P<d>\d{{1,2}})(?!\d)
         |年\s*(?P<mc>\d{{1,2}})\s*月\s*(?P<dc>\d{{1,2}})\s*[日号]?)
    | (?<!\d)(?P<y8>20\d\d)(?P<m8>0[1-9]|1[0-2])(?P<d8>[0-3]\d)(?!\d)
    | (?:(?P<y_of_month>(?:20)?\d\d)年|(?P<rel_year>今年|明年|去年))?\s*
      (?<![\d.])(?P<month>\d{{1,2}}|十[一二]|[一二三四五六七八九十])\s*月(?:份)?\s*
         (?:(?P<day>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?!\d)\s*[日号]|(?P<day_bare>\d{{1,2}})(?![\d个笔家万%点时:])
         |(?P<part>{_PART}))?
    | (?<![\d./:])(?<!完成)(?<!进度)(?<!进度:)(?<!迁移)(?P<ms>\d{{1,2}})/(?P<ds>\d{{1,2}})(?![\d/%]|\s*(?:个|张|项|家|笔|条|进度|的))
    | (?<![\d\-.:/])(?P<m2>0[1-9]|1[0-2])-(?P<d2>[0-3]\d)(?![\d\-])
    | (?:(?<=预计)|(?<=计划)|(?<=原定)|(?<=争取)|(?<=推迟到)|(?<=延期到)|(?<=延到)|(?<=截止)|(?<=[于到至从由,;。(\-~])|(?<=^))
      (?P<mdot>\d{{1,2}})\.(?P<ddot>\d{{1,2}})(?=\s*(?:上线|完成|投产|提测|发布|前|之前|交付|联调|开始|日|号|全量|灰度|切|推迟|延期|到|-|~
         |凌晨|晚|上午|下午|早|中午|\d{{1,2}}[:点]|周|$|[,;。)]))
    | (?P<rel_month>本月|当月|这个月|下个月|下月|上个月|上月)(?:\s*(?P<rel_day>\d{{1,2}})\s*[日号]|(?P<rel_part>{_PART}|内))?
    | (?<![\d一二三四五六七八九十份个本当下上这每按满年半单])月(?P<bare_part>底|末|初|中旬|中(?=[^心台间行信金国止断继])|上旬|下旬)
    | (?<![\d/.\-])(?P<only_day>[12]\d|3[01]|0?[1-9])\s*[日号](?!线|楼|机|店|口|库|院|仓|令|码|内|报|均|活|切|终|位|文|单|通|召|员|志|常)
    | (?:(?P<yq>(?:20)\d\d|\d\d)\s*年?\s*[-/]?\s*|(?P<rel_q>今年|明年|去年)\s*)?(?:(?<![a-z])q(?P<q>[1-4])(?![a-z0-9])
         |第?(?P<qc>[一二三四1-4])季度)(?P<q_part>末|底|初|内|中)?
    | (?<![a-z])(?P<eq_part>end\ of|late|early|mid)[\s-]*q(?P<eq>[1-4])(?![a-z0-9])
    | (?P<this_q>本|下|上)个?季度(?P<this_q_part>末|底|初|内)?
    | (?P<half_year>今年|明年|去年|20\d\d年)?(?P<half>上半年|下半年)
    | (?P<year_end>今年|明年|20\d\d年|(?<!\d)\d\d年|本年)?(?P<year_part>年底|年末|年内|年初|底前(?<=年底前)|(?<=明年)底|(?<=今年)底|(?<=明年)初|(?<=今年)内)
    | (?<!每)(?P<week>上上|下下|上|本|这|下)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天](?![个些般期点定家种项起直致旦共月季])|末)
    | (?P<next_week>下下周|下周|下个周|下个星期|下一周)(?!计划|工作|目标|安排|重点|一[^前上完投发])
    | (?P<relative>大前天|前天|前日|昨天|昨日|昨晚|昨夜|今天|今日|今早|今晚|今晨|当天|当日|当晚|明天|明日|明晚|明早|后天|次日)
    | (?<![a-z])(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<em>{_MONTH})\b\.?(?:,?\s*(?P<ey>20\d\d))?
    | (?<![a-z])(?P<em2>{_MONTH})\b\.?\s*(?P<ed2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|\s*[ap]m)(?:,?\s+(?P<ey2>20\d\d)(?!\d))?
    | (?<![a-z])(?P<fuzzy>early|mid|late|end\ of|end-of|end|beginning\ of|start\ of|the\ end\ of|middle\ of)[\s-]*(?P<fuzzy_month>{_MONTH})\b
         (?:,?\s+(?P<fuzzy_year>20\d\d))?
    | (?<![a-z])(?:by|in|until|before|during|for|since|to)\s+(?P<in_month>{_MONTH})\b(?:,?\s+(?P<in_year>20\d\d))?(?!\s*\d)
    | (?<![a-z])(?P<e_end>end\ of\ (?:the\ |this\ )?(?:month|week|quarter|year)|month[\s-]end|week[\s-]end|year[\s-]end|eo[mwqy])\b
    | (?<![a-z])(?P<e_next>next|this|last|coming)\s+(?P<e_unit>week|month|quarter|{_WEEKDAY})\b
    | (?<![a-z])(?P<e_rel>today|tonight|yesterday|tomorrow|last\ night|this\ morning)\b
    | (?<![a-z])(?P<e_weekday>{_WEEKDAY})\b
    """,
    re.VERBOSE | re.MULTILINE,
)
_TO_DAY = re.compile(r"\s*(?:-|~|至|到|to|→|->)\s*(\d{1,2})(?:st|nd|rd|th)?(?:[日号]|(?![\d./:%a-z月点个]))")
_TO = re.compile(r"\s*(?:-{1,2}|~|至|到|to|through|until|→|->)\s*")
_BEFORE = re.compile(r"\s*(?:\([^)]{1,4}\)\s*)?(?:之前|以前|前(?!端|置|台|后|期|提|往|序|缀|沿|述|面))")
_BY = re.compile(
    r"\b(?:by|before|until|no later than|not later than|due|due by|eta)(?:\s+(?:the|about|around))?[\s:]*$"
)


def find(levelled: str, period: Period, direction: Direction = "near") -> tuple[Days, ...]:
    """Every day or span of days in a text, in order.

    `direction` says where days without a year lie: `past`, the latest that is not after the report (incidents);
    `ahead`, not long before it (promises); `near`, nearest to it.

    `"预计4/12提供对外api"` in a report of 2023-04-09 -> 2023-04-12..2023-04-12; `"4月底"` -> 2023-04-21..2023-04-30;
    `"4/10-4/14"` -> 2023-04-10..2023-04-14; `"月底前"` -> 2023-04-30..2023-04-30.
    """
    return tuple(_joined(levelled, period, direction))


def _joined(levelled: str, period: Period, direction: Direction) -> Iterator[Days]:
    """Spans, with `4/10-4/14` and `4/10-14` made one, and `…前` reduced to its last day."""
    pending: Days | None = None
    for match in _DATE.finditer(levelled):
        if pending and match.start() < pending.to:
            continue
        span = _read(match, period, direction)
        if span is None:
            continue
        days = Days(first=span[0], last=span[1], at=match.start(), to=match.end())
        if pending and _TO.fullmatch(levelled, pending.to, days.at) and pending.first <= days.last:
            pending = Days(first=pending.first, last=days.last, at=pending.at, to=days.to)
            continue
        if pending:
            yield _deadline(levelled, pending)
        pending = days
        to_day = _TO_DAY.match(levelled, days.to)
        if to_day and days.first == days.last and (last := _day(days.last.year, days.last.month, int(to_day[1]))):
            if last > days.first:
                pending = Days(first=days.first, last=last, at=days.at, to=to_day.end())
    if pending:
        yield _deadline(levelled, pending)


def _deadline(levelled: str, days: Days) -> Days:
    before = _BEFORE.match(levelled, days.to)
    if not before and not _BY.search(levelled, 0, days.at):
        return days
    return Days(first=days.last, last=days.last, at=days.at, to=before.end() if before else days.to, deadline=True)


def _read(match: re.Match[str], period: Period, direction: Direction) -> tuple[dt.date, dt.date] | None:
    """One alternative of the pattern, as first and last day; None where it names no day of the calendar."""
    got = {name: value for name, value in match.groupdict().items() if value is not None}
    if year := got.get("y") or got.get("y8"):
        month, day = (got.get(k) or got.get(k + "c") or got.get(k + "8") for k in "md")
        return _one(_day(int(year), int(month or 0), int(day or 0)))
    anchor = period.anchor
    if "month" in got:
        return _month_and_part(got, period, direction)
    if (month_day := _month_day(got)) and (anchor or month_day[2]):
        month, day, stated = month_day
        return _one(_day(stated, month, day) if stated else _nearest(month, day, period, direction))
    if anchor is None:
        return None
    if "only_day" in got:
        return _one(_day_of_month(int(got["only_day"]), period, direction))
    if "rel_month" in got or "bare_part" in got:
        year_month = _shift(anchor, _RELATIVE[got.get("rel_month", "本月").removesuffix("月")])
        if "rel_day" in got:
            return _one(_day(*year_month, int(got["rel_day"])))
        return _part(*year_month, got.get("rel_part", got.get("bare_part", "")))
    if "in_month" in got or "fuzzy_month" in got:
        return _english_month(got, period, direction)
    if span := _quarter_or_year(got, anchor):
        return span
    return _week_or_day(got, anchor, direction)


def _month_day(got: dict[str, str]) -> tuple[int, int, int | None] | None:
    """Month, day and stated year of the forms `4/3`, `04-03`, `4.3`, `3 April`, `Apr 3, 2023`."""
    for month, day in (("ms", "ds"), ("m2", "d2"), ("mdot", "ddot")):
        if month in got:
            return int(got[month]), int(got[day]), None
    for month, day, year in (("em", "ed", "ey"), ("em2", "ed2", "ey2")):
        if month in got:
            return _MONTHS[got[month]], int(got[day]), int(got[year]) if year in got else None
    return None


def _month_and_part(got: dict[str, str], period: Period, direction: Direction) -> tuple[dt.date, dt.date] | None:
    """`4月`, `4月12日`, `2023年4月底`, `明年3月中旬`, `四月初`."""
    month = _number(got["month"])
    day = got.get("day") or got.get("day_bare")
    year = _stated_year(got.get("y_of_month") or got.get("rel_year"), period)
    if not 1 <= month <= 12 or (year is None and period.anchor is None):
        return None
    if day:
        return _one(_day(year, month, _number(day)) if year else _nearest(month, _number(day), period, direction))
    if year is None:
        middle = _nearest(month, 15, period, direction)
        year = middle.year if middle else None
    return _part(year, month, got.get("part", "")) if year else None


def _english_month(got: dict[str, str], period: Period, direction: Direction) -> tuple[dt.date, dt.date] | None:
    month = _MONTHS[got.get("in_month") or got["fuzzy_month"]]
    stated = got.get("in_year") or got.get("fuzzy_year")
    middle = _day(int(stated), month, 15) if stated else _nearest(month, 15, period, direction)
    words = got.get("fuzzy", "")
    part = "初" if words[:5] in ("early", "begin", "start") else "中" if words[:3] == "mid" else "底" if words else ""
    return _part(middle.year, month, part) if middle else None


def _quarter_or_year(got: dict[str, str], anchor: dt.date) -> tuple[dt.date, dt.date] | None:
    """`Q2`, `二季度末`, `2023Q2`, `下季度`, `上半年`, `年底`, `明年初`, `end of quarter`."""
    year = _stated_year(got.get("yq") or got.get("rel_q") or got.get("half_year") or got.get("year_end"), anchor)
    year = year or anchor.year
    now = (anchor.month - 1) // 3
    if asked := got.get("q") or got.get("qc") or got.get("eq"):
        part = {"end of": "末", "late": "末", "early": "初"}.get(got.get("eq_part", ""), got.get("q_part", ""))
        return _quarter(year, _number(asked) - 1, part)
    if "this_q" in got:
        quarter = now + _RELATIVE[got["this_q"]]
        return _quarter(anchor.year + quarter // 4, quarter % 4, got.get("this_q_part", ""))
    if "half" in got:
        first = 1 if got["half"][0] == "上" else 7
        return dt.date(year, first, 1), _month_end(year, first + 5)
    if "year_part" in got:
        part = got["year_part"][-1]
        months = {"初": (1, 1), "内": (1, 12)}.get(part, (12, 12))
        return (dt.date(year, 12, 21) if part in "底末前" else dt.date(year, months[0], 1)), _month_end(year, months[1])
    return None


def _week_or_day(got: dict[str, str], anchor: dt.date, direction: Direction) -> tuple[dt.date, dt.date] | None:
    """`周三`, `下周五`, `下周`, `昨天`, `next Tuesday`, `tomorrow`, `end of month`."""
    monday = anchor - anchor.weekday() * _DAY
    if "weekday" in got or "e_weekday" in got or got.get("e_unit") in _WEEKDAYS:
        word = got.get("week") or got.get("e_next") or ""
        day = monday + _WEEKDAYS[got.get("weekday") or got.get("e_weekday") or got["e_unit"]] * _DAY
        weeks = {"上上": -2, "上": -1, "last": -1, "下": 1, "next": 1, "下下": 2}.get(word, 0)
        if not word and direction == "ahead" and day <= anchor:
            weeks = 1
        if not word and direction == "past" and day > anchor:
            weeks = -1
        return _one(day + 7 * weeks * _DAY)
    if "next_week" in got or got.get("e_unit") == "week":
        word = got.get("next_week") or got["e_next"]
        weeks = 2 if word.startswith("下下") else {"this": 0, "last": -1, "coming": 1}.get(word, 1)
        return monday + 7 * weeks * _DAY, monday + (7 * weeks + 6) * _DAY
    if got.get("e_unit") == "month":
        return _part(*_shift(anchor, {"next": 1, "coming": 1, "last": -1}.get(got["e_next"], 0)), "")
    if got.get("e_unit") == "quarter":
        quarter = (anchor.month - 1) // 3 + {"next": 1, "coming": 1, "last": -1}.get(got["e_next"], 0)
        return _quarter(anchor.year + quarter // 4, quarter % 4, "")
    if end := got.get("e_end"):
        return _english_end(end, anchor)
    if word := got.get("relative") or got.get("e_rel"):
        return _one(anchor + _RELATIVE_DAYS.get(word[:2], _RELATIVE_DAYS.get(word, 0)) * _DAY)
    return None


_RELATIVE_DAYS = {
    "大前": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "明天": 1, "明日": 1, "明晚": 1, "明早": 1,
    "后天": 2, "次日": 1, "yesterday": -1, "last night": -1, "tomorrow": 1,
}  # fmt: skip


def _english_end(words: str, anchor: dt.date) -> tuple[dt.date, dt.date]:
    unit = words[-1] if words.startswith("eo") else re.findall(r"month|week|quarter|year", words)[0][0]
    if unit == "w":
        return _one(anchor + (6 - anchor.weekday()) * _DAY) or (anchor, anchor)
    month = {"m": anchor.month, "q": (anchor.month - 1) // 3 * 3 + 3, "y": 12}[unit]
    return dt.date(anchor.year, month, 21), _month_end(anchor.year, month)


def _nearest(month: int, day: int, period: Period, direction: Direction) -> dt.date | None:
    """The day of that month and day that suits the direction: a report of 2024-01-07 says 12/30 -> 2023-12-30."""
    anchor, last = period.anchor, period.last
    if anchor is None or last is None:
        return None
    known = [found for year in range(anchor.year - 4, anchor.year + 5) if (found := _day(year, month, day))]
    if direction == "past":
        return max((found for found in known if found <= last), default=None)
    if direction == "ahead":
        return min((found for found in known if found >= anchor - _LATE), default=None)
    return min(known, key=lambda found: (abs(found - anchor), found < anchor), default=None)


def _day_of_month(day: int, period: Period, direction: Direction) -> dt.date | None:
    """`12号` in the month that suits the direction."""
    anchor, last = period.anchor, period.last
    if anchor is None or last is None:
        return None
    known = [found for months in (-1, 0, 1) if (found := _day(*_shift(anchor, months), day))]
    if direction == "past":
        return max((found for found in known if found <= last), default=None)
    if direction == "ahead":
        return min((found for found in known if found >= anchor - 7 * _DAY), default=None)
    return min(known, key=lambda found: abs(found - anchor), default=None)


def _part(year: int, month: int, part: str) -> tuple[dt.date, dt.date]:
    """A part of a month: 初 and 上旬 1-10, 中 11-20, 底, 末 and 下旬 21-last; no part is the month."""
    last = _month_end(year, month)
    first, final = {"初": (1, 10), "上": (1, 10), "中": (11, 20), "底": (21, last.day), "末": (21, last.day),
                    "下": (21, last.day)}.get(part[:1], (1, last.day))  # fmt: skip
    if part.endswith("半月"):
        first, final = (1, 15) if part[0] == "上" else (16, last.day)
    return dt.date(year, month, first), dt.date(year, month, final)


def _quarter(year: int, quarter: int, part: str) -> tuple[dt.date, dt.date]:
    first = quarter * 3 + 1
    if part in ("末", "底"):
        return dt.date(year, first + 2, 21), _month_end(year, first + 2)
    if part == "初":
        return dt.date(year, first, 1), dt.date(year, first, 10)
    return dt.date(year, first, 1), _month_end(year, first + 2)


def _stated_year(words: str | None, period: Period | dt.date) -> int | None:
    anchor = period if isinstance(period, dt.date) else period.anchor
    if not words:
        return None
    if digits := re.match(r"\d+", words):
        return int(digits[0]) + (2000 if len(digits[0]) == 2 else 0)
    return anchor.year + _RELATIVE[words[0]] if anchor else None


def _shift(day: dt.date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def _number(words: str) -> int:
    """`12`, `十二` -> 12, `二十` -> 20, `二十一` -> 21."""
    if words.isdigit():
        return int(words)
    tens, _, ones = words.rpartition("十") if "十" in words else ("", "", words)
    return (10 * _CHINESE.get(tens, 1) if "十" in words else 0) + _CHINESE.get(ones, 0)


def _day(year: int | None, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year or 0, month, day)
    except ValueError:
        return None


def _one(day: dt.date | None) -> tuple[dt.date, dt.date] | None:
    return (day, day) if day else None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def week_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Monday and Sunday around a day."""
    monday = day - day.weekday() * _DAY
    return monday, monday + 6 * _DAY
