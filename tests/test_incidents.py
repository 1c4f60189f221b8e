"""Incidents as people write them, in a weekly report of 2023-04-09 unless a test says otherwise."""

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Incident
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def incidents(lines: str, title: str = "周报 2023-04-09") -> list[Incident]:
    page = Page(id="p", path=f"{title}.md", text=f"# {title}\n\n{lines}")
    return [record for record in reports.read_report(page, WORDS).records if isinstance(record, Incident)]


def told(lines: str, title: str = "周报 2023-04-09") -> tuple[str | None, ...]:
    """When, until when, what, why, what was done, how severe."""
    (found,) = incidents(lines, title)
    return (
        found.occurred,
        found.recovered,
        found.summary, found.cause, found.resolution, found.severity,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "summary", "cause", "resolution"),
    [
        (
            "- 4/3 14:00 中行代付超时，因专线抖动，联系行方切换线路，14:35恢复",
            "中行代付超时",
            "专线抖动",
            "联系行方切换线路",
        ),
        ("- 4/3 14:00 结算批量跑挂，内存不够，加内存重跑，14:35 恢复", "结算批量跑挂", "内存不够", "加内存重跑"),
        ("- 4/3 14:00 浦发代扣掉单，14笔，行方丢包，人工补单", "浦发代扣掉单，14笔", "行方丢包", "人工补单"),
        (
            "- 4/3 14:00 招行签约失败，招行密钥轮换未通知，换密钥后14:41恢复",
            "招行签约失败",
            "招行密钥轮换未通知",
            "换密钥",
        ),
        (
            "- 4/3 14:00 农行拉起失败，仅影响安卓，农行回滚版本，22:00恢复",
            "农行拉起失败，仅影响安卓",
            None,
            "农行回滚版本",
        ),
        ("- 4/3 14:00 民生代扣报错，民生侧限流，联系行方放开", "民生代扣报错", "民生侧限流", "联系行方放开"),
        ("- 4/3 14:00 网商通知乱码，编码切GBK导致，14:40恢复", "网商通知乱码", "编码切GBK", None),
        (
            "- 4/3 14:00 支付网关由于证书过期导致全部请求失败，更新证书后恢复",
            "支付网关全部请求失败",
            "证书过期",
            "更新证书",
        ),
        ("- 4/3 14:00 主从切换，部分退款任务重复拉起", "主从切换，部分退款任务重复拉起", None, None),
        ("- 4/3 14:00 回执延迟，涉及312笔，无资金差异", "回执延迟，涉及312笔，无资金差异", None, None),
        ("- 4/3 14:00 队列堆积，系值班误删配置，值班已改回，持续35分钟", "队列堆积", "值班误删配置", "值班已改回"),
        (
            "- 4/3 14:00 latency spiked due to a noisy neighbour, mitigated at 14:20",
            "latency spiked",
            "a noisy neighbour",
            None,
        ),
        (
            "- 4/3 14:00 Payouts failed. We rolled back the release.",
            "Payouts failed",
            None,
            "We rolled back the release",
        ),
    ],
)
def test_a_sentence_without_labels_tells_what_why_and_what_was_done(
    line: str, summary: str, cause: str | None, resolution: str | None
) -> None:
    assert told(f"## 线上故障\n\n{line}")[2:5] == (summary, cause, resolution)


@pytest.mark.parametrize(
    ("line", "occurred", "recovered", "minutes"),
    [
        ("- 4/8 20:43 鉴权异常，22:12 服务恢复", "2023-04-08T20:43", "2023-04-08T22:12", 89),
        ("- 4/3 16:01监控发现出金失败", "2023-04-03T16:01", None, None),
        ("- 4/3 14:00-14:35 超时", "2023-04-03T14:00", "2023-04-03T14:35", 35),
        ("- 4月3日下午3点 签约失败，3点50恢复", "2023-04-03T15:00", "2023-04-03T15:50", 50),
        ("- 4/7 23:50 回调丢失，次日00:20恢复", "2023-04-07T23:50", "2023-04-08T00:20", 30),
        ("- 4/7 22:40-次日00:25 主从延迟", "2023-04-07T22:40", "2023-04-08T00:25", 105),
        ("- 周三 10:31 消息积压，清理后11:02恢复", "2023-04-05T10:31", "2023-04-05T11:02", 31),
        ("- 4/5 23:58 对账单晚到，00:26 到", "2023-04-05T23:58", "2023-04-06T00:26", 28),
        ("- 4/5 10:00 超时，持续约2.5小时", "2023-04-05T10:00", None, 150),
        ("- 4/5 10:00 页面空白，约持续一刻钟", "2023-04-05T10:00", None, 15),
        ("- 4/5 10:00 掉线（35分钟）", "2023-04-05T10:00", None, 35),
        ("- 4/5 10:00 超时，11:00仍未恢复", "2023-04-05T10:00", None, None),
        ("- 4/3 14:00 CST - 14:35 CST payouts failed", "2023-04-03T14:00", "2023-04-03T14:35", 35),
        ("- Apr 3 14:00 UTC+8 to 14:35 UTC+8: payouts failed", "2023-04-03T14:00", "2023-04-03T14:35", 35),
        ("- 4/3（一）14:00 代付超时，14:35恢复", "2023-04-03T14:00", "2023-04-03T14:35", 35),
        ("- 4/3 14:00 对账文件没到，14:35 文件重发成功", "2023-04-03T14:00", "2023-04-03T14:35", 35),
        ("- Apr 3, 2:07 PM – 2:45 PM · Payouts failed.", "2023-04-03T14:07", "2023-04-03T14:45", 38),
        ("- Apr 3, 11:52 PM – Apr 4, 12:31 AM · 502 errors.", "2023-04-03T23:52", "2023-04-04T00:31", 39),
    ],
)
def test_times_are_read_as_written(line: str, occurred: str, recovered: str | None, minutes: int | None) -> None:
    (found,) = incidents(f"## 线上故障\n\n{line}")
    assert told(f"## 线上故障\n\n{line}")[:2] == (occurred, recovered)
    assert found.minutes == minutes


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("- 【P2】4/3 14:00 代付超时", "P2"),
        ("- **Sev2** · Apr 3 14:00 · timeouts", "Sev2"),
        ("- [SEV-1] 4/3 14:00 timeouts", "SEV-1"),
        ("- 4/3 14:00 代付超时，定级为P1", "P1"),
        ("- 4/3 14:00 代付超时。P3级故障，已重启", "P3"),
        ("- 4/3 14:00 代付超时 级别：B级", "B级"),
        ("- 4/3 14:00 代付超时，P99升到4s", None),
    ],
)
def test_severity_is_as_written(line: str, severity: str | None) -> None:
    assert told(f"## 线上故障\n\n{line}")[5] == severity


CARD = ("2023-04-03T14:00", "2023-04-03T14:35", "代付超时", "专线抖动", "切换备用线路", "P2")


@pytest.mark.parametrize(
    "lines",
    [
        "- 4/3 14:00 代付超时\n原因：专线抖动 处置：切换备用线路 恢复时间：14:35 级别：P2",
        "- **P2** 4/3 14:00 代付超时\n    - 恢复：14:35\n    - 处理：切换备用线路\n    - 根因：专线抖动",
        "4/3 14:00 代付超时\n\n根因：专线抖动\n处置：切换备用线路\n恢复时间：4/3 14:35\n级别：P2",
        "### 代付超时（P2）\n\n- 时间：4/3 14:00 ~ 14:35\n- 原因：专线抖动\n- 处理：\n    1. 切换备用线路",
        "### 代付超时\n\n#### 发生时间\n\n4/3 14:00-14:35\n\n#### 根因\n\n专线抖动\n\n#### 处置\n\n切换备用线路\n\n#### 级别\n\nP2",
        "| 时间 | 级别 | 现象 | 根因 | 处置 |\n|---|---|---|---|---|\n| 4/3 14:00-14:35 | P2 | 代付超时 | 专线抖动 | 切换备用线路 |",
        "1）【P2】4/3 14:00 代付超时，原因：专线抖动，处理：切换备用线路，14:35恢复。",
        "> 4/3 14:00-14:35 代付超时。P2。原因：专线抖动；处理：切换备用线路",
        "- 处理：切换备用线路；现象：4/3 14:00-14:35 代付超时；原因：专线抖动；级别：P2",
    ],
)
def test_one_incident_in_nine_layouts(lines: str) -> None:
    assert told(f"## 线上故障\n\n{lines}") == CARD


def test_a_new_year_lies_between() -> None:
    lines = "## 线上故障\n\n- 12/31 23:50 批量跑挂，1/1 00:40恢复"
    assert told(lines, "周报 2024-01-07")[:2] == ("2023-12-31T23:50", "2024-01-01T00:40")


@pytest.mark.parametrize(
    "line",
    [
        "- 本周共发生6起故障，较上周增加2起。",
        "- 4/5 10:05 监控误报，不算故障",
        "- 暂无",
        "- 本周无线上故障",
        "- 截至发稿无资损",
    ],
)
def test_what_only_speaks_of_incidents_is_none(line: str) -> None:
    assert incidents(f"## 线上故障\n\n{line}") == []


def test_outside_its_section_an_incident_shows_itself_by_time_and_recovery() -> None:
    lines = "## 项目进展\n\n- 4/8 20:43 光大鉴权通道异常，22:12 服务恢复\n- 支付通道异常监控已上线\n- 4/6 完成故障演练"
    assert [found.summary for found in incidents(lines)] == ["光大鉴权通道异常"]


POSTMORTEM = """## 概述
代付渠道有 27 笔订单重复出款。
## 影响
- 级别：P1
## 时间线
- 22:41 渠道返回处理中
- 00:16 查询接口恢复
## 根因
补单任务没有区分处理中和失败。
## 处理过程
关闭补单任务。
## 改进项
1. 补单前先查询
## 经验教训
演练太少"""


def test_a_postmortem_page_is_one_incident_and_its_lessons_are_notes() -> None:
    title = "故障复盘：重复出款 2023-04-03"
    found = reports.read_report(Page(id="p", path="x.md", text=f"# {title}\n\n{POSTMORTEM}"), WORDS).records
    assert [(record.kind, record.lines) for record in found] == [
        ("incident", (3, 13)),
        ("note", (15, 15)),
        ("note", (17, 17)),
    ]
    assert told(POSTMORTEM, title) == (
        "2023-04-03T22:41", "2023-04-04T00:16", "代付渠道有 27 笔订单重复出款", "补单任务没有区分处理中和失败", "关闭补单任务", "P1",
    )  # fmt: skip
