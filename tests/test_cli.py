"""The command line as a user meets it: what is printed where, exit codes, sentences, JSON."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from notion_archive import lock
from notion_archive.archive import PARSER
from notion_archive.cli import main

WEEK_50 = """# 第50周 2023-12-17

Created: 2024年3月2日 20:57

# 本周进展

## O1 账务

- 账务核心3.0，编码进行中，预计12/29上线

## 生产事件

- 12/15 08:56 光大代扣批量超时
原因：光大侧前置机连接耗尽 处置：行方扩容，10:10恢复
- 12/16 09:00 中行回调延迟，已联系行方处理

# 下周计划

1. 全链路压测
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a folder that holds one weekly report, `周报/第50周 2023-12-17.md`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NOTION_ARCHIVE_INDEX", raising=False)
    (tmp_path / "周报").mkdir()
    (tmp_path / "周报" / "第50周 2023-12-17.md").write_text(WEEK_50, "utf-8")
    return lambda *words: CliRunner().invoke(main, list(words))


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_import_says_what_is_new_and_the_second_time_that_nothing_changed(run: Run) -> None:
    counts = ("pages", "new", "changed", "unchanged", "removed", "records", "skipped")
    first, second = (told(run("import", "周报", "--json")) for _ in range(2))
    records = {"incident": 2, "update": 1, "metric": 0, "goal": 1, "note": 0}
    assert [first[name] for name in counts] == [1, 1, 0, 0, 0, records, []]
    assert [second[name] for name in counts] == [1, 0, 0, 1, 0, records, []]


def test_links_that_lead_nowhere_are_counted_whatever_came_since(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "周报" / "2023-12-15 周五.md"
    page.write_text("# 2023-12-15 周五\n\n- 见 [那里](那里.md) 和 [这里](这里.md)\n", "utf-8")
    assert [told(run("import", "周报", "--json"))["unresolved"] for _ in range(3)] == [2, 2, 2]
    (tmp_path / "周报" / "那里.md").write_text("# 那里\n\n- 值班\n", "utf-8")
    assert [told(run("import", "周报", "--json"))["unresolved"] for _ in range(2)] == [1, 1]


def test_an_edited_page_replaces_its_records(run: Run, tmp_path: Path) -> None:
    run("import", "周报")
    page = tmp_path / "周报" / "第50周 2023-12-17.md"
    page.write_text(WEEK_50.replace("中行回调延迟", "建行回调延迟"), "utf-8")
    assert told(run("import", "周报", "--json"))["changed"] == 1
    found = told(run("incidents", "--json"))
    assert [one["institutions"] for one in found["incidents"]] == [["中国建设银行"], ["中国光大银行"]]


def test_a_page_that_is_gone_stays_until_prune(run: Run, tmp_path: Path) -> None:
    (tmp_path / "周报" / "2023-12-15 周五.md").write_text("# 2023-12-15 周五\n\n- 值班\n", "utf-8")
    run("import", "周报")
    (tmp_path / "周报" / "2023-12-15 周五.md").unlink()
    assert told(run("import", "周报", "--json"))["removed"] == 0
    assert told(run("reports", "--json"))["total"] == 2
    assert told(run("import", "周报", "--prune", "--json"))["removed"] == 1
    assert told(run("reports", "--json"))["total"] == 1


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    assert told(run("import", "周报", "--dry-run", "--json"))["new"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["周报"]


def test_incidents_are_found_by_any_name_of_the_bank_newest_first(run: Run) -> None:
    run("import", "周报")
    for name in ("光大", "CEB", "中国光大银行", "光大銀行", "guangda", "ＣＥＢ"):
        found = told(run("incidents", "--institution", name, "--json"))
        assert (found["total"], found["incidents"][0]["occurred"]) == (1, "2023-12-15T08:56"), name
    assert [one["date"] for one in told(run("incidents", "--json"))["incidents"]] == ["2023-12-16", "2023-12-15"]


def test_an_incident_as_json_has_the_fields_of_the_contract(run: Run) -> None:
    run("import", "周报")
    (found,) = told(run("incidents", "--institution", "光大", "--json"))["incidents"]
    found.pop("id"), found.pop("report")
    assert found == {
        "kind": "incident",
        "date": "2023-12-15",
        "section": ["本周进展", "生产事件"],
        "objective": None,
        "lines": [13, 14],
        "text": "12/15 08:56 光大代扣批量超时 原因：光大侧前置机连接耗尽 处置：行方扩容，10:10恢复",
        "institutions": ["中国光大银行"],
        "occurred": "2023-12-15T08:56",
        "recovered": "2023-12-15T10:10",
        "minutes": 74,
        "summary": "光大代扣批量超时",
        "cause": "光大侧前置机连接耗尽",
        "resolution": "行方扩容，10:10恢复",
        "severity": None,
        "title": "第50周 2023-12-17",
        "path": "第50周 2023-12-17.md",
    }


def test_incidents_on_paper_say_where_they_are_written(run: Run) -> None:
    run("import", "周报")
    assert run("incidents", "--institution", "光大").stdout == (
        "2023-12-15 08:56 → 10:10  1h14m  中国光大银行\n"
        "    光大代扣批量超时\n"
        "    cause: 光大侧前置机连接耗尽\n"
        "    resolution: 行方扩容，10:10恢复\n"
        "    第50周 2023-12-17.md:13\n"
        "\n"
        "1 of 1 incidents\n"
    )


def test_trace_tells_of_a_project_by_a_part_of_its_name(run: Run) -> None:
    run("import", "周报")
    found = told(run("trace", "账务核心", "--json"))
    assert (found["project"]["name"], len(found["updates"])) == ("账务核心3.0", 1)
    assert found["milestones"] == [
        {
            "text": "预计12/29上线",
            "state": "planned",
            "forecasts": [{"date": "2023-12-17", "start": "2023-12-29", "end": "2023-12-29"}],
            "slip_days": 0,
        }
    ]


def test_show_prints_the_lines_of_a_record_as_they_were_written(run: Run) -> None:
    run("import", "周报")
    (one,) = told(run("incidents", "--institution", "光大", "--json"))["incidents"]
    assert run("show", one["id"]).stdout == (
        "第50周 2023-12-17.md:13\n"
        "13  - 12/15 08:56 光大代扣批量超时\n"
        "14  原因：光大侧前置机连接耗尽 处置：行方扩容，10:10恢复\n"
        "\n"
        f"incident {one['id']}\n"
        "    date: 2023-12-15\n"
        "    institutions: 中国光大银行\n"
        "    occurred: 2023-12-15T08:56\n"
        "    recovered: 2023-12-15T10:10\n"
        "    minutes: 74\n"
        "    summary: 光大代扣批量超时\n"
        "    cause: 光大侧前置机连接耗尽\n"
        "    resolution: 行方扩容，10:10恢复\n"
    )
    assert run("show", "第50周 2023-12-17.md:14").stdout == run("show", one["id"]).stdout


def test_columns_are_aligned_for_characters_of_double_width(run: Run) -> None:
    run("import", "周报")
    lines = run("projects").stdout.splitlines()
    assert lines == [
        "project      status       updates  first       last        part of",
        "账务核心3.0  in_progress        1  2023-12-17  2023-12-17",
    ]


def test_the_archive_can_be_named_before_after_or_by_the_environment(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", "周报", "--index", "a")
    assert told(run("--index", "a", "reports", "--json"))["total"] == 1
    monkeypatch.setenv("NOTION_ARCHIVE_INDEX", "a")
    assert told(run("reports", "--json"))["total"] == 1
    assert not (tmp_path / "index").exists()


def test_rebuild_makes_the_same_again_and_doctor_is_content(run: Run, tmp_path: Path) -> None:
    run("import", "周报")
    before = run("incidents", "--json").stdout
    (tmp_path / "index" / "whoosh" / "documents.sqlite").unlink()
    assert run("doctor").exit_code == 1
    assert run("rebuild").stdout == "1 pages read again.\n"
    assert run("incidents", "--json").stdout == before
    assert run("doctor").exit_code == 0


def test_the_users_own_institution_counts_after_a_rebuild(run: Run, tmp_path: Path) -> None:
    (tmp_path / "周报" / "x.md").write_text(
        "# 第51周 2023-12-24\n\n## 故障\n\n- 12/20 10:00 青杉租房回调超时\n", "utf-8"
    )
    run("import", "周报")
    (tmp_path / "index" / "lexicon").mkdir()
    own = tmp_path / "index" / "lexicon" / "institutions.csv"
    own.write_text("name,kind,aliases,ambiguous\n青杉租房,partner,青杉,\n", "utf-8")
    run("rebuild")
    found = told(run("incidents", "--institution", "青杉", "--json"))
    assert [one["institutions"] for one in found["incidents"]] == [["青杉租房"]]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["import", "nowhere.zip"], "nowhere.zip does not exist. Check its spelling, or give the folder it is in."),
        (["incidents"], "There is nothing in index yet. Run: notion-archive import Export.zip"),
        (["--index", "周报", "reports"], "周报 is not an archive of notion-archive (it holds 第50周 2023-12-17.md). "
         "Choose another --index, or empty the folder."),
    ],
)  # fmt: skip
def test_a_mistake_is_answered_with_a_sentence_and_its_cure(run: Run, words: list[str], sentence: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"Error: {sentence}\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["incidents", "--severity", "P9"], "No incident has severity P9. Known: none is stated anywhere."),
        (["incidents", "--kind", "什么"], "There is no kind 什么. Known: "
         "incident, update, metric, goal, note, weekly, daily, page."),
        (["incidents", "--since", "someday"], "since someday is no day, month, quarter, week or year. Write it like "
         "2023-04-03, 2023-04, 2023Q2, 2023W15, 2023, 第15周, 4月底, 上周, 本月, 上个月, 去年Q2, 最近30天 or yesterday."),
        (["trace", "账务核芯3.0"], "No project is called 账务核芯3.0. Nearest: 账务核心3.0."),
        (["metrics", "成功率"], "No metric is called 成功率. Known: none."),
        (["show", "第9周"], "No report or record is called 第9周. Run: notion-archive reports"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_answered_with_what_is(run: Run, words: list[str], sentence: str) -> None:
    run("import", "周报")
    result = run(*words)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"Error: {sentence}\n")


def test_a_mistyped_command_is_a_usage_error(run: Run) -> None:
    assert run("incidints").exit_code == 2
    assert run("incidents", "--limit", "many").exit_code == 2


def test_a_second_importer_is_told_to_wait(run: Run, tmp_path: Path) -> None:
    run("import", "周报")
    with lock.writing(tmp_path / "index"):
        result = run("import", "周报")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: Another import or rebuild is writing to index. Wait until it is done, or give another --index.\n",
    )


def test_a_page_that_cannot_be_read_is_named_and_the_rest_is_imported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "周报" / "坏的.md").write_bytes(b"\xff\x00\x81\xfe")
    found = told(run("import", "周报", "--json"))
    assert (found["new"], [one["path"] for one in found["skipped"]]) == (1, ["周报/坏的.md"])


def test_an_archive_of_another_parser_asks_for_a_rebuild(run: Run, tmp_path: Path) -> None:
    run("import", "周报")
    with sqlite3.connect(tmp_path / "index" / "pages.sqlite") as shelf:
        shelf.execute("UPDATE notes SET note = '0' WHERE name = 'parser'")
    shelf.close()
    result = run("incidents")
    assert result.stderr == (
        f"Error: index was written by parser 0; this one is {PARSER}. Run: notion-archive rebuild\n"
    )
    assert run("rebuild").exit_code == 0
    assert run("incidents").exit_code == 0


def test_every_command_has_help_with_an_example(run: Run) -> None:
    for name in main.commands:
        shown = run(name, "--help")
        assert (
            shown.exit_code,
            f"notion-archive {name} " in shown.stdout or f"notion-archive {name}\n" in shown.stdout,
        ) == (
            0,
            True,
        ), name


def test_there_is_no_colour_in_a_pipe_nor_with_no_color(run: Run) -> None:
    run("import", "周报")
    assert "\x1b" not in run("incidents").stdout


def test_a_closed_pipe_is_no_error(run: Run, tmp_path: Path) -> None:
    run("import", "周报")
    done = subprocess.run(
        f"{sys.executable} -m notion_archive parse 周报 | head -c 1", shell=True, cwd=tmp_path, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""


def test_a_command_that_asks_for_facts_imports_neither_whoosh_nor_a_parser(run: Run, tmp_path: Path) -> None:
    run("import", "周报")
    code = (
        "import sys; from notion_archive.cli import main; main(['incidents', '--json'], standalone_mode=False);"
        "print([m for m in ('whoosh', 'bs4', 'markdown_it', 'rich') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_parse_reads_with_the_words_of_the_archive_that_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a" / "lexicon").mkdir(parents=True)
    own = "name,kind,aliases,ambiguous\n青杉租房,partner,青杉,\n"
    (tmp_path / "a" / "lexicon" / "institutions.csv").write_text(own, "utf-8")
    (tmp_path / "x.md").write_text("# 第51周 2023-12-24\n\n## 故障\n\n- 12/20 10:00 青杉租房回调超时\n", "utf-8")
    (record,) = told(run("parse", "x.md", "--json", "--index", "a"))["records"]
    assert record["institutions"] == ["青杉租房"]


def test_a_folder_that_is_named_wins_over_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("import", "周报", "--index", "named")
    monkeypatch.setenv("NOTION_ARCHIVE_INDEX", "other")
    for words in (["reports", "--index", "named"], ["--index", "named", "reports"]):
        assert told(run(*words, "--json"))["total"] == 1
    assert run("reports").stderr.startswith("Error: There is nothing in other yet.")


def test_check_prints_what_may_be_a_bank_and_the_line_that_decides(run: Run, tmp_path: Path) -> None:
    page = "# 第51周 2023-12-24\n\n## 其他\n\n- 值班口号\n  客户平安二字居中\n"
    (tmp_path / "周报" / "第51周 2023-12-24.md").write_text(page, "utf-8")
    run("import", "周报")
    assert run("check").stdout.endswith(
        "Perhaps an institution: 1. A line of institutions.csv among your own words decides:\n"
        "  平安, 平安银行? (once)\n"
        "    第51周 2023-12-24.md:6: 值班口号 客户平安二字居中\n"
        "    it is: 平安银行,bank,平安,\n"
        "    not here: 平安二字,stop,,\n"
    )
