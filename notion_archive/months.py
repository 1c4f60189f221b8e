"""Months, quarters, years and their parts as first and last day."""

import datetime as dt


def part_of_year(year: int, words: str) -> tuple[dt.date, dt.date]:
    """初 is January, 内 the year, 底 and 末 its last days: 2023, "底" -> 2023-12-21 to 2023-12-31."""
    if words == "初":
        return dt.date(year, 1, 1), dt.date(year, 1, 31)
    return dt.date(year, 1, 1) if words == "内" else dt.date(year, 12, 21), dt.date(year, 12, 31)


def part(year: int, month: int, words: str) -> tuple[dt.date, dt.date]:
    """A part of a month: 初 and 上旬 1-10, 中 11-20, 底, 末 and 下旬 21-last; no part is the month.

    2023, 2, "底" -> 2023-02-21 to 2023-02-28.
    """
    last = month_end(year, month)
    first, final = {"初": (1, 10), "上": (1, 10), "中": (11, 20), "底": (21, last.day), "末": (21, last.day),
                    "下": (21, last.day)}.get(words[:1], (1, last.day))  # fmt: skip
    final = last.day if words == "中下旬" else final
    if words.endswith("半月"):
        first, final = (1, 15) if words[0] == "上" else (16, last.day)
    return dt.date(year, month, first), dt.date(year, month, final)


def quarter(year: int, number: int, words: str) -> tuple[dt.date, dt.date]:
    """A quarter, the first being 0, or its beginning (初), its middle month (中) or its last days (底, 末).

    2023, 1, "中" -> 2023-05-01 to 2023-05-31.
    """
    first = number * 3 + 1
    if words in ("末", "底"):
        return dt.date(year, first + 2, 21), month_end(year, first + 2)
    if words == "初":
        return dt.date(year, first, 1), dt.date(year, first, 10)
    if words == "中":
        return dt.date(year, first + 1, 1), month_end(year, first + 1)
    return dt.date(year, first, 1), month_end(year, first + 2)


def shift(day: dt.date, months: int) -> tuple[int, int]:
    """Year and month so many months on: "2023-12-30" and 1 -> (2024, 1)."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month: 2024, 2 -> "2024-02-29"."""
    return day(year, month, 31) or day(year, month, 30) or day(year, month, 29) or dt.date(year, month, 28)


def day(year: int | None, month: int, number: int) -> dt.date | None:
    """A day of the calendar, None where there is no such day: 2023, 4, 31 -> `None`."""
    try:
        return dt.date(year or 0, month, number)
    except ValueError:
        return None
