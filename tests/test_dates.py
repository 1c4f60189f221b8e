"""Days out of words, in a report of Sunday 2023-04-09 unless a test says otherwise."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_archive import dates, day_habits, text
from notion_archive.period import Direction, Period

APRIL_9 = Period(date=dt.date(2023, 4, 9))


def found(words: str, direction: Direction = "ahead", period: Period = APRIL_9) -> list[str]:
    """The days of a text: `2023-04-12`, or first..last."""
    spans = dates.find(text.level(words), period, direction)
    return [f"{s.first}" if s.first == s.last else f"{s.first}..{s.last}" for s in spans]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("预计4/12给出接口", "2023-04-12"),
        ("平台：4/12已投产", "2023-04-12"),
        ("4月12日", "2023-04-12"),
        ("4月12号", "2023-04-12"),
        ("2023-04-12", "2023-04-12"),
        ("2023.4.12", "2023-04-12"),
        ("2023年4月12日", "2023-04-12"),
        ("20230412", "2023-04-12"),
        ("预计4.12", "2023-04-12"),
        ("04-12", "2023-04-12"),
        ("Apr 12", "2023-04-12"),
        ("April 12th, 2024", "2024-04-12"),
        ("12 April", "2023-04-12"),
        ("12-Apr", "2023-04-12"),
        ("12-Apr-2024", "2024-04-12"),
        ("12-Apr-24", "2024-04-12"),
        ("12/Apr/2024", "2024-04-12"),
        ("15号", "2023-04-15"),
        ("周三（4/12）", "2023-04-12"),
        ("4/12（周三）", "2023-04-12"),
        ("Wed Apr 12", "2023-04-12"),
        ("明天", "2023-04-10"),
        ("下周三", "2023-04-12"),
        ("上周五", "2023-03-31"),
        ("next Friday", "2023-04-14"),
    ],
)
def test_a_day_is_read_however_it_is_written(words: str, day: str) -> None:
    assert found(words) == [day]


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("月初", "2023-04-01..2023-04-10"),
        ("4月上旬", "2023-04-01..2023-04-10"),
        ("4月中", "2023-04-11..2023-04-20"),
        ("下月中旬", "2023-05-11..2023-05-20"),
        ("mid-May", "2023-05-11..2023-05-20"),
        ("Oct 中旬", "2023-10-11..2023-10-20"),
        ("4月底", "2023-04-21..2023-04-30"),
        ("4月份底", "2023-04-21..2023-04-30"),
        ("四月下旬", "2023-04-21..2023-04-30"),
        ("late June", "2023-06-21..2023-06-30"),
        ("early October", "2023-10-01..2023-10-10"),
        ("4月份", "2023-04-01..2023-04-30"),
        ("Mar 2025", "2025-03-01..2025-03-31"),
        ("in May", "2023-05-01..2023-05-31"),
        ("cutover due May, then rollout", "2023-05-01..2023-05-31"),
        ("Q2", "2023-04-01..2023-06-30"),
        ("三季度", "2023-07-01..2023-09-30"),
        ("2024Q1", "2024-01-01..2024-03-31"),
        ("Q1 2024", "2024-01-01..2024-03-31"),
        ("二季度末", "2023-06-21..2023-06-30"),
        ("下半年", "2023-07-01..2023-12-31"),
        ("年底", "2023-12-21..2023-12-31"),
        ("4/10-4/14", "2023-04-10..2023-04-14"),
        ("4月10日至14日", "2023-04-10..2023-04-14"),
        ("Sep 18–22", "2023-09-18..2023-09-22"),
        ("10-14 Apr", "2023-04-10..2023-04-14"),
        ("Aug 28–Sep 3, 2023", "2023-08-28..2023-09-03"),
        ("下周", "2023-04-10..2023-04-16"),
        ("the week of 12 April", "2023-04-10..2023-04-16"),
        ("w/c 10 Apr", "2023-04-10..2023-04-16"),
        ("week commencing Apr 10", "2023-04-10..2023-04-16"),
        ("second half of June", "2023-06-16..2023-06-30"),
        ("the first half of May", "2023-05-01..2023-05-15"),
        ("第三季完成", "2023-07-01..2023-09-30"),
        ("ETA August", "2023-08-01..2023-08-31"),
        ("ETA 10月中", "2023-10-11..2023-10-20"),
    ],
)
def test_a_fuzzy_day_is_the_span_that_was_meant(words: str, span: str) -> None:
    assert found(words) == [span]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("月底前", "2023-04-30"),
        ("6月底前", "2023-06-30"),
        ("6/30前签署", "2023-06-30"),
        ("下周五之前", "2023-04-14"),
        ("2023年底前", "2023-12-31"),
        ("by Apr 12", "2023-04-12"),
        ("by May", "2023-05-31"),
        ("by mid-May", "2023-05-20"),
        ("by end of Q2", "2023-06-30"),
        ("月底（4/28）前", "2023-04-28"),
    ],
)
def test_before_a_day_means_its_last_day(words: str, day: str) -> None:
    assert found(words) == [day]


@pytest.mark.parametrize(
    "words",
    [
        "完成3/4",
        "进度 7/15",
        "10/12台",
        "3/8 dashboards",
        "V4.12上线",
        "3.0接入",
        "2/30",
        "13/45",
        "每周三",
        "月中行",
        "第19周",
        "due may slip",
    ],
)
def test_what_is_no_day_is_none(words: str) -> None:
    assert found(words) == []


def test_a_moved_date_gives_both_days() -> None:
    assert found("由4/17推迟到4/24") == ["2023-04-17", "2023-04-24"]


def test_30_december_in_a_report_of_january_is_last_years() -> None:
    assert found("12/30 23:50", "past", Period(date=dt.date(2024, 1, 7))) == ["2023-12-30"]


def test_15_january_promised_in_december_is_next_years() -> None:
    assert found("1/15上线", "ahead", Period(date=dt.date(2023, 12, 24))) == ["2024-01-15"]


def test_q1_promised_in_december_is_next_years() -> None:
    assert found("预计Q1上线", "ahead", Period(date=dt.date(2023, 12, 24))) == ["2024-01-01..2024-03-31"]


def test_a_day_without_year_is_none_where_the_report_has_no_date() -> None:
    assert found("4/3 14:00", period=Period()) == []


def test_a_bank_behind_a_month_is_no_part_of_it() -> None:
    assert found("5月中信银行上线") == ["2023-05-01..2023-05-31"]


ALPHABET = "0123456789/-.年月日号周一三五底中初旬前至到(（)）：，。 QqApril MaySept byendof mid"
DAYS = st.dates(min_value=dt.date(1999, 1, 1), max_value=dt.date(2090, 12, 31))
DIRECTIONS: tuple[Direction, ...] = ("past", "ahead", "near")


@given(st.text(max_size=40) | st.text(alphabet=ALPHABET, max_size=40), DAYS, st.sampled_from(DIRECTIONS))
def test_any_text_is_read_and_every_span_lies_inside_it(words: str, day: dt.date, direction: Direction) -> None:
    levelled = text.level(words)
    end = 0
    for span in dates.find(levelled, Period(date=day), direction):
        assert end <= span.at < span.to <= len(levelled)
        assert span.first <= span.last
        end = span.to


@given(DAYS, st.integers(min_value=-50, max_value=50))
def test_a_day_near_the_report_comes_back_as_it_was_written(day: dt.date, apart: int) -> None:
    written = day + dt.timedelta(days=apart)
    assert found(f"{written.month}/{written.day}", "near", Period(date=day)) == [f"{written}"]


def test_the_second_and_third_part_of_a_month() -> None:
    period = Period(date=dt.date(2024, 3, 15))
    assert [(days.first, days.last) for days in dates.find("3月中下旬试点", period)] == [
        (dt.date(2024, 3, 11), dt.date(2024, 3, 31))
    ]


def test_a_day_with_a_dot_before_what_happens_on_it() -> None:
    period = Period(date=dt.date(2024, 3, 15))
    for words in ("3.13 合同已回签", "接口3.13割接", "限流组件 3.13已上线"):
        assert [days.first for days in dates.find(words, period)] == [dt.date(2024, 3, 13)]
    assert dates.find("账户2.0升级", period) == ()


@pytest.mark.parametrize(
    ("page", "day_first"),
    [
        ("HSM swapped on 17/11, certificates by 3/12", True),
        ("HSM swapped on 11/17, certificates by 12/3", False),
        ("swapped on 17/11, back on 11/17", False),
        ("swapped on 3/4, certificates by 5/6", False),
        ("17/22 cases passed", False),
        ("17/11 换机，3/12 换证书", False),
    ],
)
def test_an_english_page_may_write_the_day_before_the_month(page: str, day_first: bool) -> None:
    assert day_habits.is_day_first(text.level(page)) == day_first


@pytest.mark.parametrize(
    ("line", "day_first"),
    [("09/08 22:05 Grafana down", True), ("08/09 22:05 Grafana down", False), ("03/04 22:05 x", False)],
)
def test_days_that_may_be_two_are_read_as_the_one_near_the_report(line: str, day_first: bool) -> None:
    page = text.level(f"- {line}\n- 14 Aug, no more alerts after the change was rolled back by the team\n")
    assert day_habits.is_day_first(page, dt.date(2025, 8, 15)) == day_first


def test_on_a_page_that_writes_the_day_first_every_day_is_read_so() -> None:
    day_first = Period(date=dt.date(2023, 4, 9), day_first=True)
    assert found("swapped on 17/4, certificates by 5/6", period=day_first) == ["2023-04-17", "2023-06-05"]
    assert found("certificates by 5/6") == ["2023-05-06"]


@pytest.mark.parametrize(
    ("title", "page", "dotted"),
    [
        ("支付周报", "5.12 上线；5.21 割接", True),
        ("支付周报 2023.5.14", "5.12 上线", True),
        ("支付周报", "5.12 上线", False),
        ("支付周报 2023.5.14", "成功率涨了 2.5%，版本 5.1.3", False),
    ],
)
def test_a_page_may_write_its_days_with_a_dot(title: str, page: str, dotted: bool) -> None:
    assert day_habits.is_dotted(text.level(title), text.level(page)) == dotted


def test_on_a_page_that_writes_a_dot_a_number_near_the_report_is_a_day() -> None:
    dotted = Period(date=dt.date(2023, 4, 9), dotted=True)
    assert (found("机房4.8两晚切换", period=dotted), found("机房4.8两晚切换")) == (["2023-04-08"], [])
    assert found("9.2 与 9.4 兼容", period=dotted) == []
    assert found("RocketMQ 5.1，涨了4.5倍，发4.3版", period=dotted) == []
