"""Full days of titles, file names and properties, and the stamps of exports."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_archive import stamps


def spans(words: str, year: int | None = None) -> list[str]:
    """The days of a title: `2023-04-09`, or first..last."""
    return [f"{s.first}" if s.day else f"{s.first}..{s.last}" for s in stamps.spans(words, year)]


@pytest.mark.parametrize("year", [2023, 2024])
def test_each_day_of_a_known_year_is_read_in_that_year(year: int) -> None:
    days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    assert [stamps.spans(f"日报 {day.month}.{day.day}", year)[0].day for day in days] == days


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("第15周 2023/04/09", ["2023-04-09"]),
        ("2023年第40周周报_20231008", ["2023-10-08"]),
        ("周报230409", ["2023-04-09"]),
        ("PLCT 开源进展·第 46 期·2023 年 6 月 1 日", ["2023-06-01"]),
        ("Eng Weekly — Apr 3–9, 2023", ["2023-04-03..2023-04-09"]),
        ("Eng Weekly — Aug 28–Sep 3, 2023", ["2023-08-28..2023-09-03"]),
        ("资金组周报（2021年8月9日-8月13日）", ["2021-08-09..2021-08-13"]),
        ("周报 2023.4.3-4.9", ["2023-04-03..2023-04-09"]),
        ("银行渠道组周报 2022.01.02（12.27-01.02）", ["2022-01-02", "2021-12-27..2022-01-02"]),
        ("2021年12.27-1.2周报", ["2021-12-27..2022-01-02"]),
        ("Weekly 12/26/2022 - 1/1/2023", ["2022-12-26..2023-01-01"]),
        ("April 23, 2024 → May 22, 2024", ["2024-04-23..2024-05-22"]),
        ("27/02/2021", ["2021-02-27"]),
        ("周报 4/3-4/9", []),
        ("2023年4月周报", []),
        ("@Last Monday", []),
        ("02/07/2021", []),
    ],
)
def test_the_days_of_a_title(title: str, days: list[str]) -> None:
    assert spans(title) == days


def test_a_year_known_from_elsewhere_completes_a_day() -> None:
    assert spans("周报 4.3-4.9", 2023) == ["2023-04-03..2023-04-09"]


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2023年11月29日 20:57", "2023-11-29T20:57"),
        ("2023年11月29日 下午8:57", "2023-11-29T20:57"),
        ("2021年2月7日 午後8:15", "2021-02-07T20:15"),
        ("2022년 10월 4일 오후 4:15", "2022-10-04T16:15"),
        ("2021년 2월 7일 오전 12:15", "2021-02-07T00:15"),
        ("November 19, 2024 8:45 AM", "2024-11-19T08:45"),
        ("@November 19, 2024 8:45 PM", "2024-11-19T20:45"),
        ("19 de noviembre de 2024 8:45", "2024-11-19T08:45"),
        ("19 novembre 2024 08:45", "2024-11-19T08:45"),
        ("19. November 2024 08:45", "2024-11-19T08:45"),
        ("19.11.2024 08:45", "2024-11-19T08:45"),
        ("2024-11-19T20:57:00.000Z", "2024-11-19T20:57"),
    ],
)
def test_the_stamp_of_an_export_is_read_in_its_language(words: str, moment: str) -> None:
    assert stamps.stamp(words) == dt.datetime.fromisoformat(moment)


def test_a_stamp_that_may_be_two_days_is_none() -> None:
    assert stamps.stamp("02/07/2021 8:45") is None


@given(st.text(max_size=60) | st.text(alphabet="0123456789/-._年月日 ~（）Apr2023", max_size=60))
def test_any_title_is_read_and_no_span_ends_before_it_begins(title: str) -> None:
    assert all(span.first <= span.last for span in stamps.spans(title, 2023))
    stamps.stamp(title)
