"""What a report covers, and the year or month that gives to a day written without one."""

import datetime as dt
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from notion_archive import months

Direction = Literal["past", "ahead", "near"]
_DAY, _LATE = dt.timedelta(days=1), dt.timedelta(days=60)  # so long a promise is overdue in its year, not early


class Period(Struct, frozen=True, kw_only=True):
    """What a report covers, its own date, first and last day, and how its author writes days.

    All None: nothing is known; a bare `4/3` is no day.
    """

    date: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    about: dt.date | None = None  # the middle of the month or year that a title names where no day is known: 6月第2周
    day_first: bool = False  # whether its author writes 17/11 for November 17
    dotted: bool = False  # whether its author writes 6.12 for June 12

    @property
    def anchor(self) -> dt.date | None:
        """The day that days without a year are read against."""
        return self.date or self.end or self.start

    @property
    def last(self) -> dt.date | None:
        """The last day the report can tell of."""
        known = [day for day in (self.date, self.end, self.start) if day]
        return max(known, default=None)


@lru_cache(maxsize=1024)
def nearest(month: int, day: int, period: Period, direction: Direction) -> dt.date | None:
    """The day of that month and day that suits the direction: a report of 2024-01-07 says `12/30` -> 2023-12-30."""
    anchor, last = period.anchor or period.about, period.last
    if anchor is None:
        return None
    known = [found for year in range(anchor.year - 4, anchor.year + 5) if (found := months.day(year, month, day))]
    if last is None:
        return min(known, key=lambda found: abs(found - anchor), default=None)
    if direction == "past":
        return max((found for found in known if found <= last), default=None)
    if direction == "ahead":
        return min((found for found in known if found >= anchor - _LATE), default=None)
    return min(known, key=lambda found: (abs(found - anchor), found < anchor), default=None)


def close(month: int, day: int, period: Period) -> dt.date | None:
    """A day that is dotted is one where it is near the report: `6.12` in June; a year later it is a version."""
    found = nearest(month, day, period, "near")
    return found if found and period.anchor and abs(found - period.anchor) <= _LATE else None


def day_of_month(day: int, period: Period, direction: Direction) -> dt.date | None:
    """`12号` in the month that suits the direction."""
    anchor, last = period.anchor, period.last
    if anchor is None or last is None:
        return None
    known = [found for apart in (-1, 0, 1) if (found := months.day(*months.shift(anchor, apart), day))]
    if direction == "past":
        return max((found for found in known if found <= last), default=None)
    if direction == "ahead":
        return min((found for found in known if found >= anchor - 7 * _DAY), default=None)
    return min(known, key=lambda found: abs(found - anchor), default=None)
