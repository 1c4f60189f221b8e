"""What a user says of a record by its id wins over what was read, survives everything and is found by search."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from notion_archive.cli import main

WEEK_50 = """# 第50周 2023-12-17

# 本周进展

- 账务核心3.0，编码进行中，预计12/29上线

## 生产事件

- 12/15 08:56 光大代扣批量超时，原因：前置机连接耗尽，10:10恢复
- 12/16 09:00 值班电话打不通，10:00恢复

## 其他

- 周三机房断电演练
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a folder with an archive of one weekly report."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NOTION_ARCHIVE_INDEX", raising=False)
    (tmp_path / "周报").mkdir()
    (tmp_path / "周报" / "第50周 2023-12-17.md").write_text(WEEK_50, "utf-8")
    CliRunner().invoke(main, ["import", "周报"])
    return lambda *words: CliRunner().invoke(main, list(words))


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def record(run: Run, words: str) -> dict[str, Any]:
    """The one record with these words."""
    (hit,) = told(run("search", words, "--literal", "--json"))["hits"]
    found: dict[str, Any] = hit["record"]
    return found


def fix(run: Run, words: str, values: str) -> str:
    """Write a fix of the record with these words; its id."""
    found: str = record(run, words)["id"]
    Path("index/lexicon").mkdir(exist_ok=True)
    Path("index/lexicon/mine.toml").write_text(f"[fixes.{found}]\n{values}\n", "utf-8")
    return found


FIXED = """
cause = "专线被挖断"
severity = "P1"
recovered = 2023-12-15T11:26:00
institutions = ["中行", "CEB"]
"""


def test_a_fixed_incident_says_what_the_user_says_wherever_it_is_shown(run: Run) -> None:
    before = record(run, "代扣批量超时")
    fix(run, "代扣批量超时", FIXED)
    assert run("rebuild").exit_code == 0
    after = record(run, "代扣批量超时")
    assert after == before | {
        "cause": "专线被挖断", "severity": "P1", "recovered": "2023-12-15T11:26", "minutes": 150,
        "institutions": ["中国银行", "中国光大银行"],
    }  # fmt: skip
    assert told(run("show", before["id"], "--json"))["record"] == after
    (past,) = told(run("incidents", "--institution", "中行", "--severity", "P1", "--json"))["incidents"]
    assert past["id"] == before["id"]
    assert told(run("search", "级别:P1", "--json"))["total"] == 1


def test_a_word_that_only_the_user_wrote_is_found_and_shown(run: Run) -> None:
    fix(run, "代扣批量超时", FIXED)
    run("rebuild")
    (hit,) = told(run("search", "挖断", "--json"))["hits"]
    assert "专线被<mark>挖断</mark>" in hit["highlight"]
    assert (hit["text"], hit["line"]) == ("12/15 08:56 光大代扣批量超时，原因：前置机连接耗尽，10:10恢复", 9)


def test_a_fix_stays_when_the_page_is_imported_again_and_rebuilt(run: Run, tmp_path: Path) -> None:
    fix(run, "代扣批量超时", FIXED)
    page = tmp_path / "周报" / "第50周 2023-12-17.md"
    page.write_text(WEEK_50.replace("断电演练", "断电演练两次"), "utf-8")
    assert told(run("import", "周报", "--json"))["changed"] == 1
    assert record(run, "代扣批量超时")["cause"] == "专线被挖断"
    run("rebuild")
    assert record(run, "代扣批量超时")["cause"] == "专线被挖断"
    parsed = told(run("parse", "周报"))
    assert [one["cause"] for one in parsed["records"] if one["kind"] == "incident"] == ["专线被挖断", None]


def test_a_renamed_project_and_its_fixed_status_are_traced(run: Run) -> None:
    fix(
        run,
        "账务核心3.0",
        'project = "总账重构项目"\nstatus = "blocked"\nrisks = ["人力不足"]\nprogress = [{percent = 40}]',
    )
    run("rebuild")
    found = told(run("trace", "总账重构", "--json"))
    assert [(one["project"], one["key"], one["status"], one["risks"]) for one in found["updates"]] == [
        ("总账重构项目", "总账重构", "blocked", ["人力不足"])
    ]
    assert found["progress"] == [{"date": "2023-12-17", "label": None, "percent": 40.0, "done": None, "total": None}]
    assert run("trace", "账务核心").exit_code == 1
    assert told(run("search", "人力不足 有:风险", "--json"))["total"] == 1


def test_milestones_are_fixed_as_a_list(run: Run) -> None:
    values = 'milestones = [{text = "上线", start = 2024-01-05, end = 2024-01-05, state = "planned"}]'
    fix(run, "账务核心3.0", values)
    run("rebuild")
    assert record(run, "账务核心3.0")["milestones"] == [
        {"text": "上线", "start": "2024-01-05", "end": "2024-01-05", "state": "planned"}
    ]


def test_what_is_no_incident_becomes_a_note_and_what_was_missed_an_incident(run: Run) -> None:
    one = fix(run, "值班电话", 'kind = "note"')
    run("rebuild")
    assert {name: record(run, "值班电话")[name] for name in ("id", "kind", "date")} == {
        "id": one, "kind": "note", "date": "2023-12-17",
    }  # fmt: skip
    assert told(run("incidents", "--json"))["total"] == 1
    fix(run, "机房断电", 'kind = "incident"\noccurred = 2023-12-13\nsummary = "机房断电"')
    run("rebuild")
    found = record(run, "机房断电")
    assert (found["kind"], found["date"], found["occurred"], found["summary"], found["minutes"]) == (
        "incident", "2023-12-13", "2023-12-13", "机房断电", None,
    )  # fmt: skip


def test_an_empty_value_says_that_nothing_is_stated(run: Run) -> None:
    fix(run, "代扣批量超时", 'cause = ""\nrecovered = ""')
    run("rebuild")
    found = record(run, "代扣批量超时")
    assert (found["cause"], found["recovered"], found["minutes"]) == (None, None, None)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ('causes = "x"', "causes is no field that can be fixed. Known: kind, date, objective, institutions, occurred, "
         "recovered, minutes, summary, cause, resolution, severity, project, parent, status, progress, milestones, risks, "
         "problems, name, group, value, unit."),
        ('status = "finished"', 'status takes planned, in_progress, testing, done, blocked or "" where nothing is stated.'),
        ("cause = 3", 'cause takes words: "…" or "" where nothing is stated.'),
        ('summary = ""', 'summary takes words: "…".'),
        ("recovered = 2023-12-15", 'recovered takes a time: 2023-04-03T14:35 or "" where nothing is stated.'),
        ("recovered = 2023-12-15T10:00:00Z", 'recovered takes a time: 2023-04-03T14:35 or "" where nothing is stated.'),
        ('occurred = "12/15"', 'occurred takes a day or a time: 2023-04-03, 2023-04-03T14:00 or "" where nothing '
         "is stated."),
        ('kind = "accident"', 'kind takes incident, update, metric, goal, note.'),
        ("progress = [{done_ = 3}]", 'progress takes a list of {label = "…", percent = 69.3, done = 107, total = 164}, '
         'what is not stated left out.'),
        ('institutions = ["光太银行"]', "institutions: nobody is called 光太银行, or more than one. Nearest: 中国光大银行, "
         "晋商银行, 太原农村商业银行, 江苏太仓农村商业银行, 龙江银行."),
        ('project = "x"', "project: the record's kind is incident, it has kind, date, objective, institutions, occurred, "
         "recovered, minutes, summary, cause, resolution, severity."),
        ('kind = "update"', 'kind = "update" needs project, too.'),
    ],
)  # fmt: skip
def test_a_fix_that_cannot_be_says_why_and_what_can(run: Run, values: str, sentence: str) -> None:
    one = fix(run, "代扣批量超时", values)
    before = run("incidents", "--json").stdout
    done = run("rebuild")
    assert (done.exit_code, done.stderr) == (1, f"Error: index/lexicon/mine.toml: [fixes.{one}] {sentence}\n")
    assert run("incidents", "--json").stdout == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ('[lables]\ncause = ["肇因"]', "[lables] is nothing we know. Known: sections, labels, statuses, wording, signs, words, "
         "calendar, properties, glossary, kinds, opposites, bound, projects, fixes."),
        ('[statuses]\nfinished = ["完"]', "[statuses] finished is nothing we know. Known: "),
        ('cause = ["肇因"]', "cause must stand under a table, as [labels] or [fixes]."),
        ("[fixes]\n1f = 3", '[fixes.1f] must be a table of fields, as in cause = "…".'),
    ],
)  # fmt: skip
def test_a_table_nobody_reads_is_told(run: Run, words: str, sentence: str) -> None:
    Path("index/lexicon").mkdir()
    Path("index/lexicon/mine.toml").write_text(words, "utf-8")
    done = run("rebuild")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: index/lexicon/mine.toml: {sentence}")


def test_words_changed_twice_are_read_twice(run: Run) -> None:
    Path("index/lexicon").mkdir()
    for label in ("肇因", "起因"):
        Path("index/lexicon/mine.toml").write_text(f'[labels]\ncause = ["{label}"]', "utf-8")
        Path("周报/x.md").write_text(
            f"# 第51周 2023-12-24\n\n## 故障\n\n- 12/20 10:00 回调超时\n  {label}：证书过期\n", "utf-8"
        )
        run("import", "周报")
        run("rebuild")
        assert record(run, "回调超时")["cause"] == "证书过期"


def test_a_fix_of_no_record_is_told_and_is_no_error(run: Run) -> None:
    fix(run, "代扣批量超时", FIXED + '\n[fixes.0f]\ncause = "?"')
    sentence = (
        "no record has the id 0f; a record whose text was edited has another. Look for it with: "
        "notion-archive show PATH:LINE"
    )
    done = run("rebuild")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "1 pages read again.\n", f"mine.toml: {sentence}\n")
    told_by_check = [{"page": "mine.toml", "line": None, "message": sentence}]
    assert told(run("check", "--json"))["fixes"] == told_by_check
    assert told(run("check", "周报", "--json"))["fixes"] == told_by_check


def test_words_may_lie_in_a_folder_that_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fix(run, "代扣批量超时", FIXED)
    Path("index/lexicon").rename("mine")
    run("rebuild", "--lexicon", "mine")
    assert record(run, "代扣批量超时")["cause"] == "专线被挖断"
    for words in (["parse", "周报", "--lexicon", "mine"], ["--lexicon", "mine", "parse", "周报"]):
        assert told(run(*words))["records"][1]["cause"] == "专线被挖断"
    monkeypatch.setenv("NOTION_ARCHIVE_LEXICON", "mine")
    assert told(run("parse", "周报"))["records"][1]["cause"] == "专线被挖断"
    done = run("rebuild", "--lexicon", "none")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (
        2, "Error: Invalid value for '--lexicon': Directory 'none' does not exist.",
    )  # fmt: skip


def test_check_reads_exports_with_the_users_words(run: Run) -> None:
    Path("mine").mkdir()
    Path("mine/mine.toml").write_text('[sections]\nnote = ["踩坑"]', "utf-8")
    Path("x.md").write_text("# 第51周 2023-12-24\n\n## 踩坑\n\n- 证书轮换，开发中\n- 报表优化，开发中\n", "utf-8")
    assert told(run("check", "x.md", "--json"))["structured"] == 3
    assert told(run("check", "x.md", "--json", "--lexicon", "mine"))["structured"] == 0


def test_pages_imported_after_a_change_of_words_are_no_exception(run: Run) -> None:
    fix(run, "代扣批量超时", FIXED)
    assert run("doctor").stdout.splitlines()[3] == "BAD  your own words have changed since. Run: notion-archive rebuild"
    Path("周报/x.md").write_text("# 2023-12-20 周三\n\n- 值班\n", "utf-8")
    assert told(run("import", "周报", "--json"))["new"] == 1
    assert record(run, "代扣批量超时")["cause"] == "专线被挖断"
    assert run("doctor").exit_code == 0
