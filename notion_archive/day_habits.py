"""How an author writes days, told from a whole page: day first (`17/11`), or with a dot (`6.12`)."""

import datetime as dt

from notion_archive import patterns
from notion_archive.day_pattern import DATE

_CHINESE = patterns.compile("[\u4e00-\u9fff]+")
_LETTER = patterns.compile("[a-z]")
_STROKE = patterns.compile(  # where only a day stands: in front, behind `on` or `by`, before a time; 6/22 cases is none
    r"(?:^|[\n(|*]\s*|(?<![a-z])(?:on|by|from|to|until|till|since|before|after|eta|due|dated)[\s:]+)"
    r"(?P<one>\d{1,2})/(?P<two>\d{1,2})(?![\d%])"
    r"|(?<![\d/])(?P<timed>\d{1,2})/(?P<then>\d{1,2})(?=\s+\d{1,2}:\d\d|/(?:20)?\d\d(?!\d))"
)
_MAY_BE_DOTTED = patterns.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?!\d*%)")  # what every day with a dot has in its line
_DOTTED_DAY = patterns.compile(r"20\d\d\.\d{1,2}\.\d{1,2}(?!\d)")
_SEVERAL = 2
_DOTTED_TITLE = patterns.compile(
    r"(?:周报|日报|值班|weekly|daily)\D{0,6}(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d|0?[1-9])(?![\d.%])"
)
_NEAR = dt.timedelta(days=14)


def is_day_first(levelled: str, around: dt.date | None = None) -> bool:
    """Whether an English page writes the day before the month: `swapped on 17/11` can only be November 17, and `09/08 22:05`
    in a report of August 15, where nothing else tells, is no day a month ahead.
    """
    chinese = sum(map(len, _CHINESE.findall(levelled)))
    if 10 * chinese > len(levelled) - chinese or 10 * chinese > len(_LETTER.findall(levelled)):
        return False
    found = [(int(m["one"] or m["timed"]), int(m["two"] or m["then"])) for m in _STROKE.finditer(levelled)]
    months = 12
    day_first = sum(1 for one, two in found if one > months >= two)
    month_first = sum(1 for one, two in found if two > months >= one)
    if day_first or month_first or around is None:
        return day_first > month_first
    near = [(_is_near(two, one, around), _is_near(one, two, around)) for one, two in found]
    return any(first for first, _ in near) and not any(second for _, second in near)


def _is_near(month: int, day: int, around: dt.date) -> bool:
    """Whether a day lies within two weeks of another, in whatever year: 8, 9 and 2025-08-15."""
    try:
        days = [dt.date(year, month, day) for year in (around.year - 1, around.year, around.year + 1)]
    except ValueError:
        return False
    return any(abs(one - around) <= _NEAR for one in days)


def is_dotted(title: str, levelled: str) -> bool:
    """Whether a page writes days with a dot: two that can be nothing else, `6.12 前` and `5.21 凌晨`, or one below such a title."""
    lines = filter(_MAY_BE_DOTTED.search, levelled.split("\n"))
    sure = sum(1 for line in lines for match in DATE.finditer(line) if match["mdot"])
    return (
        sure >= _SEVERAL
        or (sure > 0 and _DOTTED_DAY.search(title) is not None)
        or _DOTTED_TITLE.search(title) is not None
    )
