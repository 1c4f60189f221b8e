"""How a house numbers its weeks: as ISO 8601 does, or some weeks off, which its own reports tell.

`第15周 2023-04-09`, `第16周 2023-04-16` and `第17周 2023-04-23` are ISO's weeks 14, 15 and 16; `2023年第18周`, which
states no day, is then of 2023-04-24..2023-04-30.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from notion_archive import dates
from notion_archive.records import Report

_ENOUGH = 3  # so many reports must tell, and all the same
_WEEK = dt.timedelta(weeks=1)


class Numbering(Struct, frozen=True, kw_only=True):
    """How many weeks a house is ahead of ISO: by year, and where the year's reports do not tell."""

    years: dict[int, int] = {}
    otherwise: int = 0

    def days(self, year: int, week: int) -> tuple[dt.date, dt.date] | tuple[None, None]:
        """Monday and Sunday of a week; none for week 53 of a year that has 52."""
        by_iso = week - self.years.get(year, self.otherwise)
        if by_iso > dt.date(year, 12, 28).isocalendar().week:
            return None, None
        return dates.week_of(_first(year) + (by_iso - 1) * _WEEK)

    def moves(self, report: Report) -> bool:
        """Whether a report whose days were counted is of other days than it says."""
        return (report.start, report.end) != self.days(report.year or 0, report.week or 0)


ISO = Numbering()


def learn(reports: Iterable[Report]) -> Numbering:
    """What weekly reports with a number and days of their own tell.

    A year counts as its reports do where enough of them agree, else as all reports do. The first of January may be in
    week 1 or not, so that a house may be a week ahead in one year and not in the next.
    """
    told: dict[int, list[int]] = defaultdict(list)
    for report in reports:
        if report.kind == "weekly" and (found := ahead(report)):
            told[found[0]].append(found[1])
    agreed = {year: offset for year, offsets in sorted(told.items()) if (offset := _agreed(offsets)) is not None}
    everywhere = _agreed([offset for offsets in told.values() for offset in offsets])
    return Numbering(years=agreed, otherwise=everywhere or 0)


def ahead(report: Report) -> tuple[int, int] | None:
    """Of which year the number of a report's week is, and how many weeks it is ahead of ISO; None without both."""
    if not report.week or not report.end:
        return None
    monday, _ = dates.week_of(report.end)
    stated = report.year or report.end.year
    found = [(year, report.week - 1 - (monday - _first(year)) // _WEEK) for year in (stated - 1, stated, stated + 1)]
    return min(found, key=lambda one: (abs(one[1]), abs(one[0] - stated)))


def _first(year: int) -> dt.date:
    return dt.date.fromisocalendar(year, 1, 1)


def _agreed(offsets: list[int]) -> int | None:
    return offsets[0] if len(offsets) >= _ENOUGH and len(set(offsets)) == 1 else None
