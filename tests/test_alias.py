"""One more alias, one rebuild: whatever asks by institution finds what the alias names."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from notion_archive.cli import main

WEEK_50 = """# 第50周 2023-12-17

## 本周进展

- 账务核心3.0，青杉侧联调中，预计12/29上线

## 生产事件

- 12/15 08:56 青杉回调超时，原因：证书过期，10:10恢复
- 12/16 09:00 青杉林火警误报，09:30恢复

## 运行数据

- 青杉代付成功率：99.93%

## 下周计划

- 青杉压测

## 其他

- 周三与青杉例会
"""
NAMES = ("青杉租房", "青杉", "QSZF", "qingshan", "青杉租房有限公司")
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


def add_alias(run: Run) -> None:
    own = Path("index/lexicon/institutions.csv")
    own.parent.mkdir()
    own.write_text("name,kind,aliases,ambiguous\n青杉租房,partner,青杉;QSZF,\n青杉林,stop,,\n", "utf-8")
    assert run("rebuild").exit_code == 0


def test_before_nobody_has_that_name(run: Run) -> None:
    done = run("incidents", "--institution", "青杉")
    assert (done.exit_code, done.stderr.partition(". ")[0]) == (
        1, "Error: No bank or payment institution is called 青杉",
    )  # fmt: skip
    assert run("incidents", "--institution", "㐀㐁").stderr == (
        "Error: No bank or payment institution is called 㐀㐁. Run notion-archive rebuild after adding it to "
        "index/lexicon/institutions.csv.\n"
    )
    assert told(run("search", "超时", "--json"))["facets"]["institution"] == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_question_by_institution_finds_it(run: Run, name: str) -> None:
    add_alias(run)
    (past,) = told(run("incidents", "--institution", name, "--json"))["incidents"]
    assert (past["summary"], past["institutions"]) == ("青杉回调超时", ["青杉租房"])
    for asked in (["search", f"institution:{name}"], ["search", f"银行:{name}", "--kind", "note"]):
        assert told(run(*asked, "--json"))["total"] == (1 if "note" in asked else 5)
    (metric,) = told(run("metrics", "--institution", name, "--json"))["metrics"]
    assert metric["name"] == "青杉代付成功率"
    (project,) = told(run("projects", "--institution", name, "--json"))["projects"]
    assert project["name"] == "账务核心3.0"
    assert told(run("search", "超时", "--institution", name, "--json"))["facets"]["institution"] == {"青杉租房": 1}


def test_every_record_shows_it_and_a_bare_word_means_it(run: Run) -> None:
    add_alias(run)
    found = told(run("search", "青杉租房", "--json"))
    assert (found["total"], found["hits"][0]["meant"]) == (5, {"青杉租房": "青杉租房"})
    (update,) = told(run("trace", "账务核心", "--json"))["updates"]
    shown = told(run("show", update["id"], "--json"))["record"]
    assert update["institutions"] == shown["institutions"] == ["青杉租房"]
    said = [one["institutions"] for one in told(run("parse", "周报"))["records"]]
    assert said == [["青杉租房"], ["青杉租房"], [], ["青杉租房"], ["青杉租房"], ["青杉租房"]]
    assert run("search", "青衫租房").stdout.startswith("Nothing was found.")
    assert "青杉租房" in run("search", "青衫租房").stdout


def test_a_page_that_did_not_change_has_it_too_when_it_is_imported_again(run: Run) -> None:
    add_alias(run)
    assert told(run("import", "周报", "--json"))["unchanged"] == 1
    assert told(run("search", "institution:青杉", "--json"))["total"] == 5


def test_an_alias_that_is_taken_back_is_gone(run: Run) -> None:
    add_alias(run)
    Path("index/lexicon/institutions.csv").unlink()
    run("rebuild")
    assert run("incidents", "--institution", "青杉").exit_code == 1
    assert told(run("search", "超时", "--json"))["facets"]["institution"] == {}
