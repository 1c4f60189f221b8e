"""The days a user means: `2023`, `2023-04`, `2023-04-03`, `2023Q2`, `2023W15`."""

import calendar
import datetime as dt
import re

from notion_archive import text
from notion_archive.errors import QueryError

_FORMS = re.compile(
    r"(?P<y>20\d\d|19\d\d)(?:年?[-/.]?(?:q(?P<q>[1-4])|w(?P<w>\d{1,2})|[-/.年]?(?P<m>\d{1,2})月?(?:[-/.]?(?P<d>\d{1,2})日?)?))?年?"
)


def read(words: str, option: str) -> tuple[dt.date, dt.date]:
    """First and last day of a span. `"2023-04"` -> 2023-04-01..2023-04-30. Raises QueryError, naming the option."""
    match = _FORMS.fullmatch(text.fold(words))
    try:
        if match is None:
            raise ValueError
        return _span(match)
    except ValueError:
        raise QueryError(
            f"{option} {words} is no day, month, quarter, week or year. Write it like 2023-04-03, 2023-04, 2023Q2, "
            "2023W15 or 2023."
        ) from None


def _span(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    year = int(match["y"])
    if match["w"]:
        monday = dt.date.fromisocalendar(year, int(match["w"]), 1)
        return monday, monday + dt.timedelta(days=6)
    if match["d"]:
        day = dt.date(year, int(match["m"]), int(match["d"]))
        return day, day
    first = int(match["m"] or (int(match["q"]) * 3 - 2 if match["q"] else 1))
    last = int(match["m"] or (int(match["q"]) * 3 if match["q"] else 12))
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
