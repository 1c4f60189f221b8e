"""The days a user means."""

import datetime as dt

import pytest

from notion_archive.errors import QueryError
from notion_archive.queries.spans import Calendar, Span, is_bare, read, resolve

WEEKS = {(15, 2023): Span(first=dt.date(2023, 4, 3), last=dt.date(2023, 4, 9), note="第15周 2023-04-09")}
TODAY = Calendar(
    today=dt.date(2024, 2, 28),
    week=lambda number, year: next((span for (n, y), span in WEEKS.items() if n == number and year in (None, y)), None),
)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2023", "2023-01-01 – 2023-12-31"),
        ("2023年", "2023-01-01 – 2023-12-31"),
        ("2023-04", "2023-04-01 – 2023-04-30"),
        ("2023年4月", "2023-04-01 – 2023-04-30"),
        ("2023/4/3", "2023-04-03"),
        ("２０２３－０４－０３", "2023-04-03"),
        ("2023Q2", "2023-04-01 – 2023-06-30"),
        ("4月底", "2023-04-21 – 2023-04-30"),
        ("1月", "2024-01-01 – 2024-01-31"),
        ("2023年4月底", "2023-04-21 – 2023-04-30"),
        ("今天", "2024-02-28"),
        ("昨天", "2024-02-27"),
        ("yesterday", "2024-02-27"),
        ("上周", "2024-02-19 – 2024-02-25"),
        ("上个星期", "2024-02-19 – 2024-02-25"),
        ("本周", "2024-02-26 – 2024-03-03"),
        ("last week", "2024-02-19 – 2024-02-25"),
        ("本月", "2024-02-01 – 2024-02-29"),
        ("上个月", "2024-01-01 – 2024-01-31"),
        ("last month", "2024-01-01 – 2024-01-31"),
        ("上季度", "2023-10-01 – 2023-12-31"),
        ("去年", "2023-01-01 – 2023-12-31"),
        ("去年Q2", "2023-04-01 – 2023-06-30"),
        ("去年二季度", "2023-04-01 – 2023-06-30"),
        ("去年4月底", "2023-04-21 – 2023-04-30"),
        ("去年底", "2023-12-21 – 2023-12-31"),
        ("最近30天", "2024-01-30 – 2024-02-28"),
        ("近三个月", "2023-11-29 – 2024-02-28"),
        ("近半年", "2023-08-29 – 2024-02-28"),
        ("last 2 weeks", "2024-02-15 – 2024-02-28"),
        ("2023-04..2023-06", "2023-04-01 – 2023-06-30"),
        ("4月至6月", "2023-04-01 – 2023-06-30"),
        # weeks as the reports number them, by ISO where none has the number
        ("第15周", "2023-04-03 – 2023-04-09"),
        ("2023W15", "2023-04-03 – 2023-04-09"),
        ("去年第15周", "2023-04-03 – 2023-04-09"),
        ("2022W15", "2022-04-11 – 2022-04-17"),
        # no days
        ("第16周", "None"),
        ("2023-13", "None"),
        ("2023-02-30", "None"),
        ("2023-06..2023-04", "None"),
        ("光大", "None"),
        ("", "None"),
        ("9" * 5000, "None"),
    ],
)
def test_time_words_mean_days(words: str, days: str) -> None:
    assert str(resolve(words, TODAY)) == days


@pytest.mark.parametrize("word", ["上周", "本月", "第15周", "2023W15", "最近30天", "last month", "去年Q2", "2023年"])
def test_a_time_word_is_one_wherever_it_stands(word: str) -> None:
    assert is_bare(word)


@pytest.mark.parametrize("word", ["2023", "2023-04", "4月底", "4/3", "月底", "周三", "光大", "上周三"])
def test_what_may_be_something_else_is_no_bare_time_word(word: str) -> None:
    assert not is_bare(word)


def test_without_a_today_no_word_depends_on_it() -> None:
    assert resolve("上周", Calendar()) is None
    assert str(resolve("2023-04", Calendar())) == "2023-04-01 – 2023-04-30"


def test_what_is_no_day_comes_back_with_what_is() -> None:
    with pytest.raises(QueryError) as refusal:
        read("火星", "since", TODAY)
    assert str(refusal.value) == (
        "since 火星 is no day, month, quarter, week or year. Write it like 2023-04-03, 2023-04, 2023Q2, 2023W15, 2023, "
        "第15周, 4月底, 上周, 本月, 上个月, 去年Q2, 最近30天 or yesterday."
    )
