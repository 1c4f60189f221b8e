"""The shapes metrics come in, in a weekly report of Sunday 2024-03-10."""

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Metric
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def metrics(lines: str) -> list[tuple[str | None, str, float, str | None]]:
    page = Page(id="p", path="周报 2024-03-10.md", text=f"# 周报 2024-03-10\n\n## 核心指标\n\n{lines}\n")
    found = reports.read_report(page, WORDS).records
    return [(m.group, m.name, m.value, m.unit) for m in found if isinstance(m, Metric)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- 成功率由99.93%提升到99.95%", [("成功率", 99.95, "%")]),
        ("- 告警 1,203 → 986 条", [("告警", 986, "条")]),
        ("- TPS 3,200/s ↑5%", [("TPS", 3200, "/s")]),
        ("- 支付成功率：99.95% ↓0.02%（目标 99.9%）", [("支付成功率", 99.95, "%")]),
        ("- 响应时间 P50/P99：80/480ms", [("响应时间 P50", 80, "ms"), ("响应时间 P99", 480, "ms")]),
        ("- P1/P2故障：0/1", [("P1故障", 0, None), ("P2故障", 1, None)]),
        ("- 生产事件：P2 级 0 起，P3 级 1 起", [("生产事件P2 级", 0, "起"), ("生产事件P3 级", 1, "起")]),
        (
            "- 故障数P1级0次，P2级1次，P3及以下1次",
            [("故障数P1级", 0, "次"), ("故障数P2级", 1, "次"), ("故障数P3及以下", 1, "次")],
        ),
        ("- 交易笔数共计1,203万笔", [("交易笔数", 1203, "万笔")]),
        ("- Latency p99 at 480ms, up from 450ms", [("Latency p99", 480, "ms")]),
        ("- 本周执行用例数：2,946条", [("本周执行用例数", 2946, "条")]),
        ("- 本周支付成功率99.93%，客诉11件", [("支付成功率", 99.93, "%"), ("客诉", 11, "件")]),
        ("- 线上缺陷：新增7个，关闭9个", [("线上缺陷新增", 7, "个"), ("线上缺陷关闭", 9, "个")]),
        ("- Defects: opened 7, closed 9", [("Defects opened", 7, None), ("Defects closed", 9, None)]),
        ("- 单元测试 412/560（73.6%）", [("单元测试", 412, None)]),
        ("- Settlement on time: 7/7 days", [("Settlement on time", 7, "days")]),
        ("- 发布：12/7", []),
        ("- CSAT 4.6/5", [("CSAT", 4.6, None)]),
        ("- Disputes: 212 opened / 180 won", [("Disputes opened", 212, None), ("Disputes won", 180, None)]),
        ("- UPI volume: 1.2 crore", [("UPI volume", 1.2, "crore")]),
        ("- Refunds 3.5 lakh", [("Refunds", 3.5, "lakh")]),
        ("- GMV ₹4,50,000", [("GMV", 450_000, "₹")]),
        ("- 日活 12.3w，GMV 4500w", [("日活", 12.3, "w"), ("GMV", 4500, "w")]),
        ("- Avg. settlement lag of 1.2h", [("Avg. settlement lag", 1.2, "h")]),
        ("- Refund rate fell to 0.4% from 0.6%", [("Refund rate", 0.4, "%")]),
        (
            "Success rate was 99.51%, against 99.47% last week. Average time stayed at 4.1 s.",
            [("Success rate", 99.51, "%"), ("Average time", 4.1, "s")],
        ),
        (
            "We handled 312 support tickets and refunded 87 orders.",
            [("support tickets handled", 312, None), ("orders refunded", 87, None)],
        ),
    ],
)
def test_a_line_tells_the_current_value(line: str, found: list[tuple[str, float, str | None]]) -> None:
    assert metrics(line) == [("核心指标", *one) for one in found]


def test_what_is_counted_by_channel_is_in_the_group_of_that_name_and_each_number_has_its_own_institution() -> None:
    text = "# 周报 2024-03-10\n\n## 3️⃣ 数字\n\n分渠道成功率：支付宝 99.36%，银联 98.15%\n\n成功率：99.1%\n"
    found = reports.read_report(Page(id="p", path="周报 2024-03-10.md", text=text), WORDS).records
    assert [(m.group, m.name, m.institutions) for m in found if isinstance(m, Metric)] == [
        ("分渠道成功率", "支付宝", ("支付宝",)), ("分渠道成功率", "银联", ("中国银联",)), ("数字", "成功率", ()),
    ]  # fmt: skip


def test_counts_of_incidents_below_their_table_are_metrics() -> None:
    text = "# 周报 2024-03-10\n\n## 故障\n\n- 3/5 14:05 招行代付超时，14:40恢复\n\nP1故障 0次，P2故障 1次；连续无P1 143天\n"
    found = reports.read_report(Page(id="p", path="周报 2024-03-10.md", text=text), WORDS).records
    assert [(m.name, m.value, m.unit) for m in found if isinstance(m, Metric)] == [
        ("P1故障", 0, "次"), ("P2故障", 1, "次"), ("连续无P1", 143, "天"),
    ]  # fmt: skip


def test_a_time_of_day_is_no_number() -> None:
    assert metrics("取数截止周四24点，周五的不算\n\n- 成功率 99.1%") == [("核心指标", "成功率", 99.1, "%")]


def test_a_name_in_brackets_is_the_group() -> None:
    assert metrics("- 【收单】笔数：88.2万笔；成功率：99.3%") == [
        ("收单", "笔数", 88.2, "万笔"),
        ("收单", "成功率", 99.3, "%"),
    ]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("| Service | SLO | Actual |\n|---|---|---|\n| Payout | 99.9% | 99.97% |", [("Payout", 99.97, "%")]),
        (
            "| 银行 | 成功率 | 环比 | 失败笔数 |\n|---|---|---|---|\n| 工行 | 99.2% | +0.1pp | 123 |",
            [("工行成功率", 99.2, "%"), ("工行失败笔数", 123, None)],
        ),
        (
            "| 指标 | 周一 | 周二 | 周均 |\n|---|---|---|---|\n| 成功率 | 99.9% | 99.7% | 99.8% |",
            [("成功率", 99.8, "%")],
        ),
    ],
)
def test_a_table_of_numbers(table: str, found: list[tuple[str, float, str | None]]) -> None:
    assert metrics(table) == [("核心指标", *one) for one in found]


@pytest.mark.parametrize(
    ("heads", "cells", "value"),
    [
        ("Q1 | Q2", "99.1% | 99.5%", 99.5),
        ("Q2 | Q1 | Target", "99.5% | 99.1% | ≥ 99.9%", 99.5),
        ("Q4 | Q1", "99.1% | 99.5%", 99.5),
        ("5月 | 4月", "99.5% | 99.1%", 99.5),
        ("Apr | May", "99.1% | 99.5%", 99.5),
        ("今天 | 昨天", "99.5% | 99.1%", 99.5),
        ("Yesterday | Today", "99.1% | 99.5%", 99.5),
    ],
)
def test_of_two_periods_the_later_one_is_reported(heads: str, cells: str, value: float) -> None:
    rule = "|".join("---" for _ in f"{heads}|".split("|"))
    table = f"| | {heads} |\n|{rule}|\n| 成功率 | {cells} |"
    assert metrics(table) == [("核心指标", "成功率", value, "%")]


def test_money_in_brackets_behind_a_name_is_the_unit() -> None:
    table = "| Metric | This week |\n|---|---|\n| TPV (EUR m) | 412.6 |\n| 交易笔数 (万笔) | 931 |"
    assert metrics(table) == [("核心指标", "TPV", 412.6, "EUR m"), ("核心指标", "交易笔数", 931, "万笔")]


def test_prose_broken_at_a_column_is_one_sentence() -> None:
    lines = """Payment success rate was 99.42%, up from 99.31% the week before. Median
authorisation time was 180 ms and p99 authorisation time was 1.9 s. Out-of-hours
pages came to 3."""
    found = [("Payment success rate", 99.42, "%"), ("Median authorisation time", 180, "ms")]
    found += [("p99 authorisation time", 1.9, "s"), ("Out-of-hours pages", 3, None)]  # type: ignore[list-item]
    assert metrics(lines) == [("核心指标", *one) for one in found]


def test_a_bare_count_under_no_heading_of_numbers_is_a_metric_and_a_share_is_progress() -> None:
    page = Page(
        id="p", path="周报 2024-03-10.md", text="# 周报 2024-03-10\n\n## 线上质量\n\n- 线上缺陷：3个\n- 网关拆分：60%\n"
    )
    assert [record.kind for record in reports.read_report(page, WORDS).records] == ["metric", "update"]


def test_what_broke_is_an_incident_among_numbers_too() -> None:
    lines = "1、3月5日09:18—09:47，华夏银行代扣失败率升高至35%。经与行方核实，为其数据库切换所致，均已冲正。\n2、代扣成功率 92.1%"
    page = Page(id="p", path="周报 2024-03-10.md", text=f"# 周报 2024-03-10\n\n## 生产运行情况\n\n{lines}\n")
    assert [record.kind for record in reports.read_report(page, WORDS).records] == ["incident", "metric"]


def test_a_table_of_numbers_in_english_joins_its_heads_with_a_space() -> None:
    table = "| Service | Availability | p99 (ms) |\n|---|---|---|\n| Payouts | 99.91% | 980 |"
    assert [name for _, name, _, _ in metrics(table)] == ["Payouts Availability", "Payouts p99"]


def test_a_sentence_that_explains_its_number_is_a_note_among_what_went_well() -> None:
    line = "- P99 of the core dropped below 180 ms after the pool change"
    page = Page(id="p", path="Weekly 2024-03-10.md", text=f"# Weekly 2024-03-10\n\n## Work\n\n{line}\n")
    assert "metric" not in [record.kind for record in reports.read_report(page, WORDS).records]


def test_a_rate_in_brackets_is_the_unit() -> None:
    table = (
        "| 指标 | 本周 | 上周 |\n|---|---|---|\n| 委托峰值（笔/秒） | 4,120 | 3,985 |\n| 日均告警（次/天） | 12 | 9 |"
    )
    assert [(name, unit) for _, name, _, unit in metrics(table)] == [("委托峰值", "笔/秒"), ("日均告警", "次/天")]


def test_money_with_its_country_is_a_unit_and_across_is_no_name() -> None:
    lines = "- Settled: HK$ 412m across 9,830 merchants\n- Volume: RMB 12.4m (up 4%)\n- TPV: US$ 3.1m"
    assert [(name, value, unit) for _, name, value, unit in metrics(lines)] == [
        ("Settled", 412.0, "HK$m"), ("Volume", 12.4, "RMB m"), ("TPV", 3.1, "US$m"),
    ]  # fmt: skip
