"""Times of day and how long things took: `4/3 16:01`, `下午2点半`, `2:00 PM`, `持续35分钟`. Levelled text in."""

import datetime as dt
import re
from collections.abc import Iterator

from msgspec import Struct, structs

from notion_archive import dates, gates, patterns
from notion_archive.period import Period
from notion_archive.remembered import remembered, remembered_with

PART_OF_DAY = (
    "一大早|大清早|一早|凌晨|今晨|清晨|早上|早晨|上午|中午|午间|午后|"
    "下午|傍晚|晚上|晚间|夜间|夜里|深夜|当晚|昨晚|昨夜|今晚|明晚|今早|明早|早|晚"
)
_CLOCK = patterns.compile(
    rf"""
    (?P<part>{PART_OF_DAY})?\s*(?:约|大约)?\s*
    (?:(?<![\d.])(?<!\d:)(?P<h>[01]?\d|2[0-4])\s*:\s*(?P<m>[0-5]\d)(?:\s*:\s*(?P<s>[0-5]\d)(?:\.\d+)?)?(?!\d)(?:\s*(?P<ap>[ap]\.?m\b\.?))?
      |(?<![\d:.])(?P<hd>[01]?\d|2[0-4]|十[一二]?|[一二两三四五六七八九])\s*[点时](?!间|候|效|段|刻|延|长|点|期|而|常|限|序|代|机)(?:(?P<half>半)|(?P<quarter>[一1三3])刻|整|\s*(?P<md>[0-5]?\d)\s*分?(?!\s*(?:\d|个|%|钟内|小时|笔|条|家|台|次|万)))?
      |(?<![\d:./a-z])(?P<he>1[0-2]|0?\d)\s*(?P<ape>[ap]\.?m\b\.?))
    """,
    re.VERBOSE,
)
ZONE = r"(?:(?:utc|gmt)(?:[+-]\d{1,2}(?::?\d\d)?)?|cst|sgt|hkt|bjt|[pecm][ds]?t|cest|cet|bst|ist|jst|kst|aest|myt|北京时间)(?![a-z])"
_TIMED, _CLOCKS = gates.gate(_CLOCK), gates.headed(_CLOCK)
_FEASTS = {"元旦": (1, 1), "劳动节": (5, 1), "五一": (5, 1), "国庆": (10, 1), "平安夜": (12, 24), "圣诞": (12, 25)}
_FEAST = patterns.compile(rf"(?P<feast>{'|'.join(_FEASTS)})节?(?:当天|当日|(?=\s*(?:{PART_OF_DAY})?\s*\d{{1,2}}[:点]))")
_LATE_PARTS = ("下午", "傍晚", "晚", "夜", "午后")
_BETWEEN = patterns.compile(
    r"[\s,]*(?:\([^)]{0,6}\)|周[一二三四五六日天]|星期[一二三四五六日天])?[\s,]*(?:的|约|大约|左右|at|around|about|on|@|t)?"
    rf"\s*(?:{ZONE})?\s*"
)
_ON = patterns.compile(rf"\s*(?:{ZONE})?\s*,?\s*\(?(?:on\s+)?(?:\w{{3,9}},?\s+)?")
_CHINESE = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2, "十一": 11, "十二": 12, "半": 0.5}
_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+|半)"
_OR_SO = r"[来多余]?"  # 20来分钟, 两个多小时
_DURATION = patterns.compile(
    rf"""(?:(?P<days>(?!半){_NUMBER})\s*(?:天|日|d(?:ays?)?\b))?\s*(?:and\s+)?
    (?:(?P<hours>{_NUMBER}){_OR_SO}\s*(?:个)?{_OR_SO}\s*(?:半)?(?:小时|钟头|h(?:(?:ou)?rs?)?(?![a-z])))?(?P<half>半)?\s*(?:and\s+|零|又)?
    (?:(?P<minutes>{_NUMBER}){_OR_SO}\s*(?:分钟|分|min(?:ute)?s?\b|m\b))?\s*(?:(?P<seconds>\d+)\s*(?:秒|s(?:ec(?:ond)?s?)?\b))?""",
    re.VERBOSE,
)
_COUNTED = patterns.compile(
    r"[\d一二两三四五六七八九十半][来多余]?\s*(?:个|半|天|日|小时|钟头|分|秒|刻|[dhms])"
)  # every length has it
_QUARTERS = patterns.compile(rf"(?P<n>{_NUMBER})\s*刻钟")
_HALF_HOURS = patterns.compile(rf"(?P<n>{_NUMBER})\s*个半\s*小时")


class Moment(Struct, frozen=True, kw_only=True):
    """A day, a time of day, or both together, standing at text[at:to]; `part` is 下午, am … where the author wrote one."""

    day: dt.date | None
    time: dt.time | None
    at: int
    to: int
    part: str = ""

    def on(self, day: dt.date | None) -> dt.date | dt.datetime | None:
        """The moment with `day` where it states none; None without any day."""
        day = self.day or day
        return dt.datetime.combine(day, self.time) if day and self.time else day


Clock = tuple[dt.time, int, int, str]


@remembered
def times(levelled: str) -> tuple[Clock, ...]:
    """Every time of day: (time to the minute, from, to, part of the day as written).

    `"下午2点半"` -> 14:30, `"凌晨12点10分"` -> 00:10, `"2:00 pm"` -> 14:00.
    """
    return tuple(_times(levelled)) if _TIMED.search(levelled) else ()


def _times(levelled: str) -> Iterator[Clock]:
    """Every time of day with its place and what said which half it is in: "下午2点半" -> 14:30, "晚上12点" -> 00:00."""
    for match in _CLOCKS.finditer(levelled):
        words = match["h"] or match["hd"] or match["he"]
        hour = int(words) if words.isdigit() else int(_CHINESE[words])
        minute = 30 if match["half"] else 15 * int(_CHINESE.get(q, q) or 0) if (q := match["quarter"]) else 0
        minute = int(match["m"] or match["md"] or minute)
        part = match["part"] or ""
        half = (match["ap"] or match["ape"] or "")[:1]
        late = any(word in part for word in _LATE_PARTS) or (part in ("中午", "午间") and hour < 3)
        if 0 < hour < 5 and ("夜" in part or part in ("晚", "晚上")):  # 夜里1点 is after midnight
            late = False
        if half == "p" or late:
            hour += 12 if hour < 12 else 0
            if hour == 12 and ("晚" in part or "夜" in part):
                hour = 24
        elif (half == "a" or part in ("凌晨", "今晨")) and hour == 12:
            hour = 0
        if hour % 24 == 0 and hour == 24:
            hour = 0
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        yield dt.time(hour, minute), at, match.end(), part or half


@remembered_with
def moments(levelled: str, period: Period) -> tuple[Moment, ...]:
    """Days and times of day as they stand together, in order, days taken as past.

    `"4/3 16:01监控发现…，16:20恢复"` in a report of 2023-04-09 -> (2023-04-03 16:01), (no day, 16:20). A span of days
    (`年末`, `4月中旬`) is no moment.
    """
    found: list[Moment] = []
    taken = -1
    clocks = times(levelled)
    if not clocks and not dates.may_tell(levelled) and not _FEAST.search(levelled):
        return ()
    for days_of in _single_days(levelled, period):
        if days_of.at < taken:
            continue
        clock = next((c for c in clocks if c[1] >= taken and _joins(levelled, days_of, c[1], c[2])), None)
        clock = clock or next((c for c in clocks if c[1] >= taken and _ON.fullmatch(levelled, c[2], days_of.at)), None)
        at, to = (min(clock[1], days_of.at), max(clock[2], days_of.to)) if clock else (days_of.at, days_of.to)
        if clock is None and found and found[-1].day and not levelled[found[-1].to : days_of.at].strip(" ("):
            found[-1] = structs.replace(found[-1], to=days_of.to)  # 4/3 周一: the same day once more
            continue
        taken = to
        time, part = (clock[0], clock[3]) if clock else (None, "")
        found.append(Moment(day=_after_midnight(days_of, clock), time=time, at=at, to=to, part=part))
    inside = [(m.at, m.to) for m in found]
    found.extend(
        Moment(day=None, time=time, at=at, to=to, part=part)
        for time, at, to, part in clocks
        if not any(a <= at < b for a, b in inside)
    )
    return tuple(sorted(found, key=lambda moment: moment.at))


def _single_days(levelled: str, period: Period) -> Iterator[dates.Days]:
    """The days that are one day each, in order; those with a name of their own (`元旦当天10:12`) among them."""
    named: list[dates.Days] = []
    for match in _FEAST.finditer(levelled):
        if period.last and (day := _last_feast(*_FEASTS[match["feast"]], period.last)):
            named.append(dates.Days(first=day, last=day, at=match.start(), to=match.end()))
    for days in dates.find(levelled, period, "past"):
        if days.first == days.last and not any(feast.at < days.to and days.at < feast.to for feast in named):
            named.append(days)
    yield from sorted(named, key=lambda days: days.at)


def _last_feast(month: int, day: int, until: dt.date) -> dt.date:
    """The feast's day, of this year or of the last where it is still to come: 12/25 until 2023-01-06 -> 2022-12-25."""
    this_year = dt.date(until.year, month, day)
    return this_year if this_year <= until else dt.date(until.year - 1, month, day)


def _joins(levelled: str, days: dates.Days, at: int, to: int) -> bool:
    """Whether a clock at [at:to] belongs to a day before it: `4/3 (周一) 14:00`, `昨晚23:50`; or `14:05 on 3 april`."""
    if at <= days.at < to and days.to <= to:
        return True
    return days.to <= at and _BETWEEN.fullmatch(levelled, days.to, at) is not None


def _after_midnight(days: dates.Days, clock: Clock | None) -> dt.date:
    """`昨晚12点30` is past midnight: the next day."""
    late = clock and clock[0].hour == 0 and ("晚" in clock[3] or "夜" in clock[3]) and clock[3] not in ("凌晨",)
    return days.first + dt.timedelta(days=1) if late else days.first


def minutes(words: str) -> int | None:
    """The first length of time in levelled words, in minutes: `持续35分钟` -> 35, `历时2小时` -> 120, `1h 20m` -> 80.

    `"一个半小时"` -> 90, `"约2.5小时"` -> 150, `"一刻钟"` -> 15, `"90秒"` -> 2 (rounded up to a minute), `"30s"` -> 1.
    """
    if not _COUNTED.search(words):
        return None
    if match := _QUARTERS.search(words):
        return round(_amount(match["n"]) * 15)
    if match := _HALF_HOURS.search(words):
        return round((_amount(match["n"]) + 0.5) * 60)
    for match in _DURATION.finditer(words):
        if not any(match[name] for name in ("days", "hours", "minutes", "seconds")):
            continue
        total = _amount(match["days"]) * 1440 + _amount(match["hours"]) * 60 + _amount(match["minutes"])
        if match["half"] and match["hours"]:
            total += 30
        return round(total) or (1 if match["seconds"] else 0) if not match["seconds"] else _up(total, match["seconds"])
    return None


def _up(total: float, seconds: str) -> int:
    """Minutes with seconds rounded up to a whole one: 3 and "20" -> 4."""
    return round(total) + (int(seconds) + 59) // 60


def _amount(words: str | None) -> float:
    """`2.5` -> 2.5, `两` -> 2, `十五` -> 15, nothing -> 0."""
    if not words:
        return 0
    if words[0].isdigit():
        return float(words)
    if words in _CHINESE:
        return _CHINESE[words]
    tens, _, ones = words.partition("十")
    return (_CHINESE.get(tens, 1) * 10 if "十" in words else 0) + _CHINESE.get(ones, 0)


def iso(moment: dt.datetime | dt.date | None) -> str | None:
    """A moment as records state it: `2023-04-03`, or to the minute `2023-04-03T14:00`."""
    if isinstance(moment, dt.datetime):
        return moment.isoformat(timespec="minutes")
    return moment.isoformat() if moment else None
