"""What a title, a path and the properties say of a report."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_archive import lexicon, reports, titles
from notion_archive.model import Page
from notion_archive.records import ReportKind
from notion_archive.titles import Identity
from notion_archive.vocabulary import Vocabulary

WORDS = lexicon.load()


def read(title: str, path: str = "x.md", properties: dict[str, str] | None = None, *headings: str) -> Identity:
    return titles.read(title, path, properties or {}, headings, WORDS)


def identity(
    kind: ReportKind,
    year: int | None = None,
    week: int | None = None,
    date: str = "",
    start: str = "",
    end: str = "",
    *,
    counted: bool = False,
) -> Identity:
    days = [dt.date.fromisoformat(day) if day else None for day in (date, start, end)]
    return Identity(
        kind=kind, year=year, week=week, date=days[0], start=days[1], end=days[2], created=None, counted=counted
    )


def test_a_stated_period_beside_a_date_is_what_a_report_covers() -> None:
    stated = {"Period": "August 8, 2025 → August 14, 2025"}
    found = read("SRE Weekly W33 - 15 Aug 2025", "x.md", stated)
    assert (found.date, found.start, found.end) == (dt.date(2025, 8, 15), dt.date(2025, 8, 8), dt.date(2025, 8, 14))
    page = Page(id="p", path="x.md", text="# 部门周报（2024年第37周）\n\n报告期：2024年9月9日至9月15日\n\n## 进展\n")
    report = reports.read_report(page, Vocabulary())
    assert (report.start, report.end) == (dt.date(2024, 9, 9), dt.date(2024, 9, 15))


@pytest.mark.parametrize(
    ("title", "created", "date"),
    [
        ("日报_0619", "2024年6月19日 20:31", "2024-06-19"),
        ("日报 12.31", "2024年1月2日 9:00", "2023-12-31"),
        ("渠道组日报-0614", "2024年6月14日 9:00", "2024-06-14"),
        ("日报_0619", "2023年11月29日 20:57", None),  # brought over from elsewhere: of which year nobody knows
        ("日报_0619", "", None),
        ("日报 周三", "2024年6月19日 20:31", None),
    ],
)
def test_a_day_without_a_year_is_that_close_to_the_day_the_page_was_made(
    title: str, created: str, date: str | None
) -> None:
    found = read(title, "x.md", {"Created": created} if created else {})
    assert found.date == (dt.date.fromisoformat(date) if date else None)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("第15周 2023-04-09", identity("weekly", 2023, 15, "2023-04-09", "2023-04-03", "2023-04-09")),
        ("周报_姓名_2023-11-26", identity("weekly", 2023, None, "2023-11-26", "2023-11-20", "2023-11-26")),
        ("2023年第40周周报_20231008", identity("weekly", 2023, 40, "2023-10-08", "2023-10-02", "2023-10-08")),
        ("Eng Weekly — Apr 3–9, 2023", identity("weekly", 2023, None, "", "2023-04-03", "2023-04-09")),
        ("Status 2023-04-09", identity("weekly", 2023, None, "2023-04-09", "2023-04-03", "2023-04-09")),
        ("Weekly Report", identity("weekly")),
        ("W19 Payments Infra 周报", identity("weekly", None, 19)),
        ("2021 W40 Payments Infra 周报", identity("weekly", 2021, 40, "", "2021-10-04", "2021-10-10", counted=True)),
        ("Week 15, 2023", identity("weekly", 2023, 15, "", "2023-04-10", "2023-04-16", counted=True)),
        ("第十五周周报", identity("weekly", None, 15)),
        ("2023年第23周(6.5-6.11)", identity("weekly", 2023, 23, "", "2023-06-05", "2023-06-11")),
        ("周报 2022.01.02（12.27-01.02）", identity("weekly", 2022, None, "2022-01-02", "2021-12-27", "2022-01-02")),
        (
            "开源进展·第 46 期·2023 年 6 月 1 日",
            identity("weekly", 2023, None, "2023-06-01", "2023-05-29", "2023-06-04"),
        ),
        ("2023-03-28 周二", identity("daily", 2023, None, "2023-03-28", "2023-03-28", "2023-03-28")),
        ("日报-2023.04.03-李四", identity("daily", 2023, None, "2023-04-03", "2023-04-03", "2023-04-03")),
        ("Mon Apr 3 2023", identity("daily", 2023, None, "2023-04-03", "2023-04-03", "2023-04-03")),
        ("@Last Monday", identity("page")),
        ("故障复盘：渤海银行代付重复出款", identity("page")),
        ("会议纪要 2023-04-03", identity("page", 2023, None, "2023-04-03")),
        ("4月第2周周报", identity("weekly")),
        ("24W14 周报", identity("weekly", 2024, 14, "", "2024-04-01", "2024-04-07", counted=True)),
        ("CW14 2024", identity("weekly", 2024, 14, "", "2024-04-01", "2024-04-07", counted=True)),
        ("Sprint 34 review (2024-05-13 ~ 2024-05-24)", identity("page", 2024, None, "", "2024-05-13", "2024-05-24")),
        ("2024年5月月报", identity("page", 2024, None, "", "2024-05-01", "2024-05-31")),
        ("2021-2024 规划", identity("page", 2021)),
    ],
)
def test_what_a_title_says(title: str, expected: Identity) -> None:
    assert read(title) == expected


def test_the_week_is_the_houses_own_even_where_the_calendar_counts_otherwise() -> None:
    assert read("第15周 2023-04-09").week == 15  # 2023-04-09 is in week 14 by ISO 8601


def test_the_file_name_gives_the_day_that_the_title_does_not() -> None:
    found = read("Weekly Report", "团队/Weekly Report 2023-04-09 1f0c2b3a4d5e6f708192a3b4c5d6e7f8.md")
    assert found == identity("weekly", 2023, None, "2023-04-09", "2023-04-03", "2023-04-09")


def test_a_name_of_wolai_ends_in_the_id_of_its_page() -> None:
    found = read("2023/03/28 周二", "日报/2023-03-28 周二_bwwZNLFwLQ1mbmgykBS8ZF.md")
    assert found == identity("daily", 2023, None, "2023-03-28", "2023-03-28", "2023-03-28")


def test_a_folder_gives_the_year_of_a_period() -> None:
    found = read("周报 4.3-4.9", "2023年/周报 4.3-4.9.md")
    assert found == identity("weekly", 2023, None, "", "2023-04-03", "2023-04-09")


def test_a_date_property_is_the_reports_date_and_created_is_not() -> None:
    found = read("周报", properties={"Created": "2023年11月29日 20:57", "日期": "2023-04-09"})
    created = dt.datetime(2023, 11, 29, 20, 57)
    expected = identity("weekly", 2023, None, "2023-04-09", "2023-04-03", "2023-04-09")
    assert (found.created, found.date, found.period) == (created, expected.date, expected.period)


def test_a_date_that_may_be_two_days_is_none() -> None:
    assert read("周报", properties={"Date": "02/07/2021"}) == identity("weekly")


def test_headings_of_a_week_make_a_dated_page_a_weekly_report() -> None:
    found = read("2023-04-09", "x.md", {}, "本周进展", "下周计划")
    assert found == identity("weekly", 2023, None, "2023-04-09", "2023-04-03", "2023-04-09")


@given(st.text(max_size=50) | st.text(alphabet="第周报W0123456789-/. 年月日_Apr", max_size=40), st.text(max_size=30))
def test_any_title_and_path_are_read(title: str, path: str) -> None:
    found = read(title, path)
    assert (found.start is None) == (found.end is None)
    assert found.start is None or found.end is None or found.start <= found.end


def test_letters_of_a_wolai_id_are_no_week() -> None:
    found = titles.read("2024-01-30 周二", "2024-01-30 周二_w3GRXqZ8mVtYbN4kHsLdPe.md", {}, (), lexicon.load())
    assert (found.kind, found.week, str(found.date)) == ("daily", None, "2024-01-30")


def test_a_file_name_that_is_the_title_without_its_dots_tells_no_day_of_its_own() -> None:
    title = "值班周报 2024年第41周（10.07-10.13）"
    found = read(title, "值班/值班周报 2024年第41周（10 07-10 13） 4a9d07c3f5e842b78d1c6b3e20fa9574.md")
    assert (found.date, found.start, found.end) == (None, dt.date(2024, 10, 7), dt.date(2024, 10, 13))


def test_a_line_of_short_words_below_the_title_tells_which_days_the_page_covers() -> None:
    page = Page(
        id="p", path="周报_2024-03-15.md", text="# 周报_2024-03-15\n\n> 3.11-3.15 | 账务组 | cc 老魏\n\n## 项目\n"
    )
    report = reports.read_report(page, Vocabulary())
    assert (report.start, report.end, report.records) == (dt.date(2024, 3, 11), dt.date(2024, 3, 15), ())


@pytest.mark.parametrize(
    ("line", "date", "start"),
    [
        ("2024-06-14 赵阳", "2024-06-14", "2024-06-10"),
        ("2024-06-14 | 编辑：赵阳", "2024-06-14", "2024-06-10"),
        ("June 14, 2024", "2024-06-14", "2024-06-10"),
        ("编写人：赵阳  日期：2024-06-14", "2024-06-14", "2024-06-10"),
        ("Week of June 10, 2024", None, "2024-06-10"),
        ("**Week of:** June 10, 2024", None, "2024-06-10"),
        ("本周（2024.6.10-6.14）", None, "2024-06-10"),
        ("更新时间：2024-06-14 18:00", None, None),
    ],
)
def test_a_line_below_the_title_tells_the_day_where_nothing_else_does(
    line: str, date: str | None, start: str | None
) -> None:
    page = Page(id="p", path="x.md", text=f"# 技术中台周报\n\n{line}\n\n## 本周进展\n\n- 收银台改版：联调中\n")
    report = reports.read_report(page, Vocabulary())
    assert (str(report.date or "") or None, str(report.start or "") or None) == (date, start)
    assert [record.kind for record in report.records] == ["update"]


def test_what_is_said_on_a_day_below_the_title_is_said() -> None:
    page = Page(id="p", path="x.md", text="# 技术中台周报\n\n2024-06-14 收银台全量了\n")
    assert [record.text for record in reports.read_report(page, Vocabulary()).records] == ["2024-06-14 收银台全量了"]


@pytest.mark.parametrize(
    "title", ["2024年6月第2周 周报", "2024年6月 W2 周报", "June Week 2, 2024", "2024年周报", "2024-06 周报"]
)
def test_a_title_that_names_a_month_or_a_year_tells_the_year_of_days_below_it(title: str) -> None:
    page = Page(id="p", path="x.md", text=f"# {title}\n\n## 线上问题\n\n- 6/12 22:15~22:38 微信 H5 下单失败\n")
    report = reports.read_report(page, Vocabulary())
    assert (report.kind, report.year, report.week, report.date, report.start) == ("weekly", 2024, None, None, None)
    assert [getattr(record, "occurred", None) for record in report.records] == ["2024-06-12T22:15"]


@pytest.mark.parametrize(
    "table",
    [
        "| 报告日期 | 填报人 | 部门 |\n|---|---|---|\n| 2024-06-14 | 邢远 | 清算 |",
        "| 日期 | 2024-06-14 |\n|---|---|\n| 填报人 | 邢远 |",
        "| Report date | Prepared by | Overall status |\n|---|---|---|\n| 14 June 2024 | H. Lindgren | Amber |",
    ],
)
def test_properties_may_stand_in_a_table_below_the_title(table: str) -> None:
    page = Page(id="p", path="x.md", text=f"# 技术部周报\n\n{table}\n\n## 本周进展\n\n- 收银台改版：联调中\n")
    report = reports.read_report(page, Vocabulary())
    assert str(report.date) == "2024-06-14"
    assert [record.kind for record in report.records] == ["update"]
