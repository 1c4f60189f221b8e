"""What must be true of the one real report; see `conftest.real_report`. No sentence of it stands here."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from notion_archive.cli import main

Json = dict[str, Any]


@pytest.fixture(scope="module")
def report(real_report: Path) -> Json:
    result = CliRunner().invoke(main, ["parse", str(real_report), "--json"])
    assert result.exit_code == 0, result.output
    found: Json = json.loads(result.stdout)
    return found


def of_kind(report: Json, kind: str) -> list[Json]:
    return [record for record in report["records"] if record["kind"] == kind]


def test_it_is_the_weekly_report_of_week_15(report: Json) -> None:
    said = {name: report[name] for name in ("kind", "year", "week", "date", "start", "end", "created")}
    assert said == {
        "kind": "weekly",
        "year": 2023,
        "week": 15,
        "date": "2023-04-09",
        "start": "2023-04-03",
        "end": "2023-04-09",
        "created": "2023-11-29T20:57",
    }


def test_its_two_links_lead_to_daily_reports_that_are_not_there(report: Json) -> None:
    assert [(link["date"], link["report"]) for link in report["links"]] == [("2023-03-28", None), ("2023-03-27", None)]
    assert all("%" not in link["path"] and link["path"].endswith(".md") for link in report["links"])


def test_it_has_five_metrics(report: Json) -> None:
    assert [(m["name"], m["value"], m["unit"]) for m in of_kind(report, "metric")] == [
        ("入金有效成功率", 99.99, "%"),
        ("出金有效成功率", 99.93, "%"),
        ("支付系统年度可用性", 100, "%"),
        ("事故数AB级", 0, "次"),
        ("事故数CD级", 0, "次"),
    ]


def test_it_has_five_incidents(report: Json) -> None:
    found = [(i["occurred"], i["recovered"], i["minutes"], i["institutions"]) for i in of_kind(report, "incident")]
    assert found == [
        ("2023-04-03T14:00", None, None, ["中国银行"]),
        ("2023-04-03T16:01", None, None, []),
        ("2023-04-05T10:31", "2023-04-05T11:51", 80, []),
        ("2023-04-06T11:20", None, None, []),
        ("2023-04-08T20:43", "2023-04-08T22:12", 89, ["中国光大银行"]),
    ]


def test_each_incident_says_what_why_and_what_was_done_apart(report: Json) -> None:
    for incident in of_kind(report, "incident"):
        assert incident["summary"] and incident["cause"] and incident["resolution"]
        assert "原因：" not in incident["summary"] and "处置" not in incident["cause"]


def test_every_project_it_names_has_an_update_under_its_objective(report: Json) -> None:
    found = [(u["objective"][:2], u["parent"], u["project"]) for u in of_kind(report, "update")]
    assert found == [
        ("O1", None, "惠居省心租代收"),
        ("O1", None, "轻存管&定转佣能力建设"),
        ("O1", None, "全房通接入"),
        ("O1", None, "店东看懂账"),
        ("O1", None, "小贝帮帮项目"),
        ("O1", None, "新支付能力建设"),
        ("O1", "新支付能力建设", "银商支付宝花呗分期"),
        ("O1", "新支付能力建设", "拉卡拉3.0接入&支付宝APP&花呗分期"),
        ("O1", "新支付能力建设", "银联线上收银台"),
        ("O1", "新支付能力建设", "收银台整体改版"),
        ("O2", None, "支付账户2.0升级"),
        ("O2", "支付账户2.0升级", "账户数据核对"),
        ("O2", "支付账户2.0升级", "账户性能与功能兼容性"),
        ("O2", "支付账户2.0升级", "账户1.x链路迁移"),
        ("O2", None, "POS收单系统建设"),
        ("O2", None, "HIVE标准数仓建设"),
        ("O2", None, "数据安全与个人信息保护"),
        ("O3", None, "新灾备机房建设"),
        ("O3", None, "支付服务器降本"),
        ("O3", None, "短信降本治理"),
    ]


def test_a_heading_that_jumps_a_level_stays_in_its_series(report: Json) -> None:
    sections = {u["project"]: u["section"] for u in of_kind(report, "update")}
    assert sections["POS收单系统建设"] == ["上周进展", "O2系统升级", "POS收单系统建设"]
    assert sections["账户数据核对"] == ["上周进展", "O2系统升级", "支付账户2.0升级"]


def test_progress_problems_and_the_risk_are_read(report: Json) -> None:
    updates = {u["project"]: u for u in of_kind(report, "update")}
    shares = [(p["percent"], p["total"]) for p in updates["HIVE标准数仓建设"]["progress"]]
    assert shares == [(69.3, None), (65.42, 164)]
    assert len(updates["账户数据核对"]["problems"]) == 2
    assert updates["银联线上收银台"]["risks"] == ["通道不具备关单能力"]


def test_every_promised_date_is_a_milestone(report: Json) -> None:
    found = [(m["start"], m["end"], m["state"]) for u in of_kind(report, "update") for m in u["milestones"]]
    assert found == [
        ("2023-04-21", "2023-04-30", "planned"),
        ("2023-04-12", "2023-04-12", "planned"),
        ("2023-04-21", "2023-04-30", "planned"),
        ("2023-04-27", "2023-04-27", "planned"),
        ("2023-04-12", "2023-04-12", "planned"),
        ("2023-04-11", "2023-04-11", "planned"),
        ("2023-04-13", "2023-04-13", "planned"),
        ("2023-04-04", "2023-04-04", "planned"),
        ("2023-04-14", "2023-04-14", "planned"),
        ("2023-05-11", "2023-05-20", "planned"),
        ("2023-04-11", "2023-04-11", "planned"),
        ("2023-04-06", "2023-04-06", "planned"),
        ("2023-04-17", "2023-04-17", "planned"),
        ("2023-04-01", "2023-04-30", "planned"),
    ]


def test_next_week_is_two_goals_and_nothing_is_no_record(report: Json) -> None:
    assert len(of_kind(report, "goal")) == 2
    assert [note["section"] for note in of_kind(report, "note")] == [["上周进展", "其他"]] * 2
    assert not any(record["text"] == "暂无" for record in report["records"])


def test_institutions_are_no_substrings(report: Json) -> None:
    named = {name for record in report["records"] for name in record["institutions"]}
    assert named == {"中国银行", "中国光大银行", "中信银行", "银联商务", "支付宝", "拉卡拉", "中国银联"}
