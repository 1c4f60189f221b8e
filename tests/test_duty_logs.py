"""Duty logs: what a shift writes down line by line, each with its time; only what broke is an incident."""

import datetime as dt
from typing import Any

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Incident, Note
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def records(title: str, body: str) -> list[Any]:
    page = Page(id="p", path=f"{title}.md", text=f"# {title}\n\n{body}\n")
    return list(reports.read_report(page, WORDS).records)


def kinds(title: str, body: str) -> list[str]:
    return [record.kind for record in records(title, body)]


def test_the_lines_of_a_duty_log_are_notes_and_its_people_nothing() -> None:
    body = (
        "值班人：洪立（白班）、金敏（夜班）\n\n## 白班\n\n- 09:42 变更：收单网关扩容 2 台，10:05 完成\n- 18:00 巡检正常\n\n"
        "## 交班\n\n- 短信通道恢复后要手工切回\n"
    )
    assert kinds("值班日志 2023-06-14", body) == ["note", "note", "note"]


def test_a_shift_is_no_project_in_any_report() -> None:
    body = "### 夜班（20:00-08:00）\n\n- 20:10 变更：对账服务发布，20:32 完成\n- 06:30 巡检正常\n"
    assert kinds("运维日报 2023-06-14", f"## 今日进展\n\n{body}") == ["note", "note"]


def test_a_weekday_with_its_date_and_whoever_was_on_duty_is_no_project() -> None:
    body = "## 周一 6/12 洪立\n\n09:05 发布 3.14.2，回归通过。\n\n## 周二 6/13 金敏\n\n全天平稳。\n"
    assert kinds("值班周报 2023.06.12-06.18", body) == ["note", "note"]


def test_an_alert_among_them_is_an_incident_without_the_word_alert() -> None:
    (found,) = records("值班日志 2023-06-14", "- 16:50 告警，order_03 库主从延迟 40 秒。原因：大报表查询。16:54 恢复\n")
    assert isinstance(found, Incident)
    assert (found.summary, found.cause, found.minutes) == ("order_03 库主从延迟 40 秒", "大报表查询", 4)
