"""Metrics in lists, tables and running text."""

import pytest

from notion_archive import numbers, reports
from notion_archive.model import Page
from notion_archive.records import Metric
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def metrics(lines: str) -> list[tuple[str, str | None, float, str | None]]:
    page = Page(id="p", path="周报 2023-04-09.md", text=f"# 周报 2023-04-09\n\n{lines}")
    found = reports.read_report(page, WORDS).records
    return [(m.name, m.group, m.value, m.unit) for m in found if isinstance(m, Metric)]


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ("事故数AB级0次，CD级0次", [("事故数AB级", 0, "次"), ("事故数CD级", 0, "次")]),
        ("提现T+0到账率：99.2%", [("提现T+0到账率", 99.2, "%")]),
        ("5xx 率：0.004%", [("5xx 率", 0.004, "%")]),
        ("P99 230ms，较上周+12ms", [("P99", 230, "ms")]),
        ("Payment success rate: 99.94% (last week: 99.91%)", [("Payment success rate", 99.94, "%")]),
        ("Uptime 99.98% vs 99.95% last week", [("Uptime", 99.98, "%")]),
        ("闲置核数880核", [("闲置核数", 880, "核")]),
        ("Top 10 商户占比：45%", [("Top 10 商户占比", 45, "%")]),
        ("4/12 上线 3/8", []),
        ("availability 目标 99.99%", []),
    ],
)
def test_a_line_holds_names_with_numbers(line: str, pairs: list[tuple[str, float, str | None]]) -> None:
    assert [(pair.name, pair.value, pair.unit) for pair in numbers.pairs(line)] == pairs


@pytest.mark.parametrize(
    ("cell", "is_one"), [("880.3万笔", True), ("¥1,200", True), ("4/12", False), ("3家已上线", False)]
)
def test_a_cell_is_a_quantity_where_it_holds_nothing_else(cell: str, is_one: bool) -> None:
    assert numbers.is_quantity(cell) is is_one


def test_every_line_of_a_paragraph_counts_for_itself() -> None:
    lines = "## 核心指标\n\n本周日均交易86.4万笔，成功率99.93%\n资源：CPU均值47%，内存均值63%\n故障数：P1 1起，P2 0起"
    assert metrics(lines) == [
        ("日均交易", "核心指标", 86.4, "万笔"),
        ("成功率", "核心指标", 99.93, "%"),
        ("CPU均值", "资源", 47, "%"),
        ("内存均值", "资源", 63, "%"),
        ("故障数P1", "核心指标", 1, "起"),
        ("故障数P2", "核心指标", 0, "起"),
    ]


def test_only_the_current_value_of_a_row_is_a_metric() -> None:
    lines = "## KPIs\n\n| KPI | This week | Last week |\n|---|---|---|\n| Success rate | 98.7% | 98.6% |\n| Chargebacks | N/A | 3 |"
    assert metrics(lines) == [("Success rate", "KPIs", 98.7, "%")]


def test_of_columns_that_name_periods_the_last_is_current() -> None:
    lines = "## 核心指标\n\n| 指标 | W13 | W14 |\n|---|---|---|\n| 交易额(亿元) | 52.1 | 60.3 |"
    assert metrics(lines) == [("交易额", "核心指标", 60.3, "亿元")]


def test_a_table_of_numbers_is_one_of_metrics_wherever_it_stands() -> None:
    lines = "## 通道质量\n\n| 通道 | 成功率 | 交易量 |\n|---|---|---|\n| 云闪付 | 99.61% | 42.6万笔 |"
    assert metrics(lines) == [("云闪付成功率", "通道质量", 99.61, "%"), ("云闪付交易量", "通道质量", 42.6, "万笔")]


def test_a_list_is_the_group_of_its_numbers() -> None:
    assert metrics("## 数据\n\n- 成功率\n    - 入金：99.99%\n    - 出金：99.93%") == [
        ("入金", "成功率", 99.99, "%"), ("出金", "成功率", 99.93, "%"),
    ]  # fmt: skip


def test_what_is_not_stated_is_no_metric_and_no_note() -> None:
    assert metrics("## 数据\n\n- On-call pages: N/A (dashboard migration)\n- Refund SLA met: -") == []
