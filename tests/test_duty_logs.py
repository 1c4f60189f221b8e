"""Duty logs: what a shift writes down line by line, each with its time; only what broke is an incident."""

import datetime as dt
from typing import Any

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Incident
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


def test_who_is_on_duty_and_a_meeting_are_no_incidents() -> None:
    body = (
        "**oncall**\n\n- 今天大刘值\n- 4:10 网联专线超时，4:30恢复\n\n**会**\n\n"
        "- 14:00 额度方案评审：加个超时兜底\n- 切换后没看到串账\n"
    )
    assert kinds("日报_2023-06-14", body) == ["note", "incident", "note", "note"]


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


def test_a_time_is_on_the_day_of_its_heading() -> None:
    body = "## 周三 6/14 洪立\n\n10:37 建行网银支付成功率掉到 62%，11:08 恢复。原因：行方前置机内存溢出。\n"
    (found,) = records("值班周报 2023.06.12-06.18", body)
    assert (found.occurred, found.recovered, found.minutes) == ("2023-06-14T10:37", "2023-06-14T11:08", 31)
    assert found.date == dt.date(2023, 6, 14)


def test_lines_from_what_failed_to_when_it_was_over_are_one_incident() -> None:
    body = "16:21 结算服务 CPU 打满，商户提现超时。\n16:30 回滚结算服务。\n16:38 恢复。原因：日志级别误设。级别 P3。\n"
    (found,) = records("值班日志 2023-06-15", body)
    assert (found.cause, found.resolution, found.severity, found.minutes) == ("日志级别误设", "回滚结算服务", "P3", 17)


def test_lines_that_each_tell_of_something_else_are_lines_of_their_own() -> None:
    body = "09:05 接班，积压的退款已消化完。\n10:20 变更：商户中台发布，10:50 完成。\n13:47 对账文件未按时到达，已顺延批次。\n"
    assert kinds("值班日志 2023-06-15", body) == ["note", "note", "incident"]


def test_what_was_back_may_be_said_behind_what_was_done() -> None:
    line = "- 10:37 建行支付成功率掉到 62%。10:45 联系行方，11:08 前置机重启完成，成功率恢复。原因：内存溢出\n"
    (found,) = records("值班日志 2023-06-14", line)
    assert found.recovered == "2023-06-14T11:08"


def test_an_english_log_is_read_alike() -> None:
    body = (
        "On-call: Ann\n\n## Mon 10 Jun (Ann)\n\n- 09:00 took over, queue empty\n\n## Wednesday\n\n"
        "10:00 card auth timeouts.\n10:05 failed over.\n10:25 recovered. Cause: HSM.\n"
    )
    first, second = records("On-call log 2024-06-16", body)
    assert (first.kind, second.kind, second.occurred, second.minutes) == ("note", "incident", "2024-06-12T10:00", 25)


def test_labels_between_lines_with_times_belong_to_the_line_above() -> None:
    body = (
        "20:00 接班，大盘正常。\n23:10 【故障】收单回调延迟，23:41 恢复。\n   原因：消费组重平衡\n   处置：重启消费者\n   级别：三级\n"
        "23:50 巡检，正常。\n"
    )
    found = records("值班日志 2023-06-14", body)
    assert [record.kind for record in found] == ["note", "incident", "note"]
    assert (found[1].cause, found[1].resolution, found[1].severity) == ("消费组重平衡", "重启消费者", "三级")


def test_counts_of_a_shift_and_what_the_next_one_has_to_do() -> None:
    body = (
        "### 本班统计\n\n| 项目 | 数值 |\n| --- | --- |\n| 有效告警 | 9 条 |\n\n### 移交下一班\n\n1. 补推结果再核一遍\n"
    )
    assert kinds("值班日志 2023-06-14", body) == ["metric", "goal"]
