"""Pages that tell of one incident, as teams write them after it: one incident, and what is to be done as notes."""

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Incident
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
WHEN = ("2025-03-12T17:09", "2025-03-12T17:23", 14)
TODO = "## 改进措施\n\n- [ ] SQL 上线前强制评审\n"


def incident(page: str, path: str = "复盘/代扣.md") -> Incident:
    found, *others = reports.read_report(Page(id="p", path=path, text=page), WORDS).records
    assert isinstance(found, Incident)
    assert {other.kind for other in others} <= {"note"}
    return found


@pytest.mark.parametrize(
    "head",
    [
        "## 1. 事故概要\n\n| 发生时间 | 2025-03-12 17:09:39 ~ 2025-03-12 17:23:54 (14min15s) |\n| --- | --- |\n| 影响系统 | 代扣平台 |\n"
        "| 责任人 | 周航 |\n| 严重性等级 | P2 |\n",
        "## 概要\n\n- 事件编号：INC-0312\n- 日期/时长：2025-03-12 17:09–17:23，14分钟\n- 值班长：周航\n- 严重级别：P2\n",
        "## 故障概述\n\n发生时间：2025-03-12 17:09\n恢复时间：2025-03-12 17:23\n故障等级：P2\n",
        "**级别**：P2\n**日期**：2025-03-12\n\n## 时间线\n\n- 17:09 监控告警代扣失败率升高\n- 17:15 定位到慢查询\n- 17:23 加索引后恢复\n",
    ],
)
def test_when_and_how_severe_stands_on_top_in_many_shapes(head: str) -> None:
    found = incident(f"# 代扣渠道超时故障复盘\n\n{head}\n## 根因\n\n查询没有走索引\n\n{TODO}")
    assert (found.occurred, found.recovered, found.minutes, found.severity) == (*WHEN, "P2")
    assert (found.summary, found.cause) == ("代扣渠道超时", "查询没有走索引")


def test_an_analysis_is_read_by_the_sections_it_holds() -> None:
    page = (
        "# 故障复盘：代扣渠道超时\n\n## 摘要\n\n本次事故由于慢查询导致代扣平台中断，持续约14分钟。\n\n## 事故分析\n\n"
        "### 时间线梳理\n\n- 3/12 17:09 告警\n- 3/12 17:23 加索引后恢复\n\n"
        "### 根因分析\n\n直接原因：查询没有走索引\n根本原因：上线前未做评审\n"
    )
    found = incident(page, "复盘/2025-03-14 代扣.md")
    assert (found.occurred, found.recovered, found.minutes) == WHEN
    assert (found.summary, found.cause) == ("代扣平台中断", "查询没有走索引；上线前未做评审")


def test_a_conclusion_of_labels_is_the_account_whatever_its_heading_is_called() -> None:
    page = (
        "# 【复盘】代扣渠道超时\n\n> 对事不对人。\n\n## 先说结论\n\n"
        "- **时间**：2025-03-12 17:09 发生，17:23 恢复，定级P2\n- **现象**：代扣平台中断\n"
        "- **原因**：查询没有走索引\n- **处置**：加索引\n\n## 时间线\n\n| 时间 | 动作 |\n| --- | --- |\n| 17:09 | 告警 |\n\n"
        + TODO
    )
    found = incident(page)
    assert (found.occurred, found.recovered, found.minutes, found.severity) == (*WHEN, "P2")
    assert (found.summary, found.cause, found.resolution) == ("代扣平台中断", "查询没有走索引", "加索引")


def test_an_english_page_says_when_in_a_sentence() -> None:
    page = (
        "# 2025-03-12 - Webhook delivery stalled\n\n## What happened\n\nAt 17:09 the queue stopped draining; no callbacks until 17:23.\n\n"
        "## Root cause\n\nA malformed message blocked the partition.\n\n## Fix applied\n\nSkipped the message.\n"
    )
    found = incident(page, "pm/2025-03-12-webhook.md")
    assert (found.occurred, found.recovered, found.minutes) == WHEN
    assert (found.cause, found.resolution) == ("A malformed message blocked the partition", "Skipped the message")


def test_words_to_the_reader_above_the_account_are_a_note_and_the_next_day_is_of_the_same_year() -> None:
    page = (
        "# PM-0147 CNY payouts stopped, 26 Jun 2025\n\n💡 Blameless. Ask Farhan for screenshots.\n\n## Summary\n\n"
        "On Thu 26 Jun at 23:41 all payouts stopped. Full recovery was at 01:08 on Fri 27 Jun, i.e. 87 mins.\n\n"
        "## Root cause\n\nThe lease ended.\n\n## Resolution\n\nRole re-created.\n"
    )
    note, found = reports.read_report(Page(id="p", path="x.md", text=page), WORDS).records
    assert note.kind == "note" and "Blameless" in note.text
    assert isinstance(found, Incident)
    assert (found.occurred, found.recovered, found.minutes) == ("2025-06-26T23:41", "2025-06-27T01:08", 87)
