"""Who is who among projects: names over the weeks in, keys out, whatever the order in which the weeks came."""

import datetime as dt
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from notion_archive.archive import Archive
from notion_archive.cli import main
from notion_archive.errors import LexiconError, QueryError
from notion_archive.model import Page
from notion_archive.projects import Book, Corrections, corrections, groups
from notion_archive.queries.projects import fitting
from notion_archive.records import Update
from notion_archive.reports import read_report
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
Weeks = dict[int, str]  # what is written in which week


def page(week: int, lines: str, folder: str = "周报") -> Page:
    sunday = dt.date(2024, 1, 7) + dt.timedelta(weeks=week - 1)
    text = f"# 第{week}周 {sunday}\n\n# 本周进展\n\n## O1 支付\n\n{lines}\n"
    return Page(id=f"{folder}{week}", path=f"{folder}/第{week}周 {sunday}.md", text=text)


def updates(pages: list[Page]) -> list[Update]:
    found = (record for one in pages for record in read_report(one, WORDS).records)
    return [record for record in found if isinstance(record, Update)]


def book(weeks: Weeks, said: Corrections = Corrections()) -> Book:  # noqa: B008
    return groups.read(updates([page(week, lines) for week, lines in weeks.items()]), WORDS.lexicon, said)


def names(weeks: Weeks, said: Corrections = Corrections()) -> list[list[str]]:  # noqa: B008
    """The spellings of each project, as they came up."""
    return sorted(sorted({one.name for one in project.spellings}) for project in book(weeks, said).projects)


DRIFT: Weeks = {
    1: "- 支付账户2.0升级，开发中\n- 商户进件，联调中",
    2: "- 账户2.0，开发中\n- 商户进件，联调中",
    3: "- 账户 2.0 升级项目，开发中\n- 商户进件，联调中",
    4: "- 支付账户2.0升级，开发中\n- 商户进件，联调中",
}


def test_a_name_that_drifts_stays_one_project() -> None:
    assert names(DRIFT) == [["商户进件"], ["支付账户2.0升级", "账户 2.0 升级项目", "账户2.0"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("拉卡拉3.0接入", "拉卡拉2.0接入"),
        ("账户1.x迁移", "账户2.0迁移"),
        ("新网关一期", "新网关二期"),
        ("Ledger v2", "Ledger v3"),
        ("PC收银台", "H5收银台"),
        ("工行快捷接入", "建行快捷接入"),
        ("老网关", "新网关"),
        ("新人礼包", "新人礼包二期"),
    ],
)
def test_what_tells_two_projects_apart_keeps_them_apart(one: str, other: str) -> None:
    assert names({1: f"- {one}，开发中", 2: f"- {other}，开发中"}) == sorted([[one], [other]])


def test_two_items_of_one_report_are_two_projects() -> None:
    apart = names({1: "- 数仓建设，开发中\n- 数仓平台，开发中", 2: "- 数仓建设，开发中"})
    assert apart == [["数仓平台"], ["数仓建设"]]
    assert names({1: "- 数仓平台，开发中", 2: "- 数仓建设，开发中"}) == [["数仓平台", "数仓建设"]]


def test_a_cashier_desk_in_three_projects_is_none_of_them() -> None:
    found = names({
        1: "- 银联线上收银台，开发中\n- 收银台整体改版，开发中\n- 极简收银台，开发中",
        2: "- 银联线上收银台，开发中\n- 极简收银台，开发中",
        3: "- 银联线上收银台，开发中\n- 收银台整体改版，开发中\n- 极简收银台，开发中",
    })  # fmt: skip
    assert found == [["收银台整体改版"], ["极简收银台"], ["银联线上收银台"]]


def test_parts_of_the_same_name_under_two_projects_are_two() -> None:
    lines = "- 对账平台：开发中\n    1. 存量切换：预计3/6上线\n- 商户中心：开发中\n    1. 存量切换：预计4/8上线"
    found = book({1: lines, 2: lines}).projects
    assert sorted((one.key, one.updates) for one in found) == [
        ("商户中心", 2), ("存量切换", 2), ("存量切换(对账平台)", 2), ("对账", 2),
    ]  # fmt: skip


def test_a_promise_in_common_speaks_for_an_abbreviation() -> None:
    weeks = {1: "- 数字人民币接入，预计3/6试单", 2: "- 数币接入，预计3/6试单", 3: "- 数字人民币接入，预计3/6试单"}
    (found,) = book(weeks).projects
    assert [(why.names, why.by) for why in found.joined] == [
        (("数字人民币接入", "数币接入"), (
            "数币接入 says 数字人民币接入 in other words", "both promise 2024-03-06", "they stand under the same objective",
            "they are written 7 days apart, never in one report", "they are written in turn",
        )),
    ]  # fmt: skip


def test_what_was_kept_apart_is_told_with_the_reason() -> None:
    found = book({1: "- 新网关一期，开发中\n- 数仓建设，开发中\n- 数仓平台，开发中", 2: "- 新网关二期，开发中"})
    assert {(why.names, why.by) for project in found.projects for why in project.apart} == {
        (("新网关一期", "新网关二期"), ("their versions or phases differ",)),
        (("新网关二期", "新网关一期"), ("their versions or phases differ",)),
        (("数仓建设", "数仓平台"), ("one report has both (2024-01-07)",)),
        (("数仓平台", "数仓建设"), ("one report has both (2024-01-07)",)),
    }


# The user has the last word.


def test_what_the_user_joins_is_one_and_what_the_user_separates_is_two() -> None:
    weeks = {1: "- 灯塔，开发中\n- 监控大屏，开发中", 2: "- 商户进件，开发中", 3: "- 商户进件项目，开发中"}
    said = Corrections(same=(("灯塔", "监控大屏"),), different=(("商户进件", "商户进件项目"),))
    assert names(weeks) == [["商户进件", "商户进件项目"], ["灯塔"], ["监控大屏"]]
    assert names(weeks, said) == [["商户进件"], ["商户进件项目"], ["灯塔", "监控大屏"]]


def test_the_name_the_user_prefers_is_the_name_and_the_key() -> None:
    found = book(DRIFT, Corrections(names={"账户2.0": "账户二代"}))
    assert [(one.key, one.name) for one in found.projects if one.updates == 4] == [
        ("商户进件", "商户进件"), ("账户二代", "账户二代"),
    ]  # fmt: skip


def test_corrections_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[projects]\nsame = [["甲", "乙"], ["乙", "丙"]]\ndifferent = [["甲", "丙"]]\n', "utf-8"
    )
    with pytest.raises(LexiconError) as refused:
        corrections.load(tmp_path)
    assert str(refused.value) == (
        "丙 and 甲 are said to be the same project and different ones. Take one of the two out of the lexicon folder."
    )


# The same pages, the same keys.


def keys(pages: list[Page]) -> dict[str, str]:
    found = updates(pages)
    known = groups.read(found, WORDS.lexicon)
    return {one.id: known.renamed(one).key for one in found}


NAMES = [
    "支付账户2.0升级", "账户2.0", "账户 2.0 升级项目", "账户1.x迁移", "收银台改版", "收银台", "极简收银台", "H5收银台", "数字人民币接入",
    "数币接入", "商户进件", "商户自助进件", "新网关二期", "新网关", "数仓建设", "数仓平台", "实时数仓",
]  # fmt: skip
a_week = st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True)


@settings(max_examples=40, deadline=None)
@given(st.lists(a_week, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_reports_never_changes_a_key(weeks: list[list[str]], chance: random.Random) -> None:
    pages = [page(at, "\n".join(f"- {name}，开发中" for name in week)) for at, week in enumerate(weeks, start=1)]
    shuffled = chance.sample(pages, len(pages))
    assert keys(shuffled) == keys(pages)


Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Writes weeks as files and imports them, then runs a command and gives back its JSON."""
    monkeypatch.chdir(tmp_path)

    def asked(*words: str, weeks: Weeks | None = None) -> Any:
        for week, lines in (weeks or {}).items():
            one = page(week, lines)
            Path(one.path).parent.mkdir(exist_ok=True)
            Path(one.path).write_text(one.text, "utf-8")
            assert CliRunner().invoke(main, ["import", one.path]).exit_code == 0
        result = CliRunner().invoke(main, [*words, "--json"])
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout)

    return asked


@settings(max_examples=5, deadline=None)
@given(st.permutations(sorted(DRIFT)), st.integers(min_value=1, max_value=3))
def test_portions_of_an_import_never_change_a_key(
    tmp_path_factory: pytest.TempPathFactory, weeks: list[int], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("portions")
    for name, portion in (("one", weeks[:cut]), ("two", weeks[cut:])):
        (folder / name).mkdir()
        for week in portion:
            (folder / name / f"第{week}周.md").write_text(page(week, DRIFT[week]).text, "utf-8")
    with Archive(folder / "index", create=True) as archive:
        for name in ("one", "two"):
            archive.import_exports([folder / name])
        found = {written.name: one.key for one in archive.projects.projects for written in one.spellings}
    assert found == dict.fromkeys(("支付账户2.0升级", "账户2.0", "账户 2.0 升级项目"), "支付账户2.0") | {
        "商户进件": "商户进件"
    }


def test_a_key_from_before_more_reports_came_keeps_finding_its_project(run: Run) -> None:
    first = run("trace", "账户2.0", weeks={2: DRIFT[2]})["project"]
    then = run("trace", first["key"], weeks=DRIFT)["project"]
    assert (first["key"], then["key"], then["updates"]) == ("账户2.0", "支付账户2.0", 4)


def test_every_answer_has_the_same_key(run: Run) -> None:
    run("projects", weeks=DRIFT)
    listed = {one["key"] for one in run("projects")["projects"]}
    traced = {one["key"] for one in run("trace", "账户")["updates"]}
    searched = run("search", "账户", "--project", "支付账户2.0升级")
    parsed = CliRunner().invoke(main, ["parse", "周报"]).stdout.splitlines()
    assert listed == {"支付账户2.0", "商户进件"}
    assert traced == {hit["record"]["key"] for hit in searched["hits"]} == {"支付账户2.0"}
    assert searched["facets"]["project"] == {"支付账户2.0": 4}
    assert {one["key"] for line in parsed for one in json.loads(line)["records"]} == listed


def test_a_correction_takes_effect_at_once(run: Run, tmp_path: Path) -> None:
    run("projects", weeks=DRIFT)
    (tmp_path / "index" / "lexicon").mkdir()
    (tmp_path / "index" / "lexicon" / "mine.toml").write_text(
        '[projects]\ndifferent = [["账户2.0", "支付账户2.0升级"]]\n', "utf-8"
    )
    told = run("projects", "--why", "账户2.0")["projects"]
    assert [(one["key"], [written["name"] for written in one["spellings"]]) for one in told] == [
        ("账户2.0", ["账户2.0", "账户 2.0 升级项目"]),
    ]


@pytest.mark.parametrize(
    "asked",
    ["支付账户2.0升级", "账户 2.0", "账户", "ACCOUNT", "zhanghu", "zhifu zhanghu 2.0", "zh", "zfzh", "账户2.0升级工程"],
)
def test_any_spelling_part_pinyin_or_initials_find_a_project(tmp_path: Path, asked: str) -> None:
    with Archive(tmp_path / "index", create=True) as archive:
        weeks = DRIFT | {5: "- 支付账户2.0升级（Account），开发中"}
        (tmp_path / "周报").mkdir()
        for week, lines in weeks.items():
            (tmp_path / page(week, lines).path).write_text(page(week, lines).text, "utf-8")
        archive.import_exports([tmp_path / "周报"])
        if asked == "ACCOUNT":
            with pytest.raises(QueryError, match=r"No project is called ACCOUNT\. Nearest: "):
                fitting(archive, asked)
            return
        assert [one.key for one in fitting(archive, asked)] == ["支付账户2.0"]


def test_several_that_fit_are_listed_with_their_weeks(run: Run) -> None:
    answer = run("trace", "收银台", weeks={1: "- H5收银台，开发中\n- PC收银台，开发中", 2: "- PC收银台，开发中"})
    assert (answer["project"]["name"], answer["others"]) == (
        "PC收银台",
        [
            {
                "key": "h5收银台",
                "name": "H5收银台",
                "names": ["H5收银台"],
                "updates": 1,
                "first": "2024-01-07",
                "last": "2024-01-07",
            }
        ],
    )


def test_a_missing_or_damaged_book_of_projects_is_made_again(run: Run, tmp_path: Path) -> None:
    before = run("projects", weeks=DRIFT)
    kept = tmp_path / "index" / "projects.sqlite"
    whole = kept.read_bytes()
    for damaged in (b"", b"{}", whole[:100], whole[:4096] + b"?" * 4096):
        kept.write_bytes(damaged)
        assert run("projects") == before
        assert len(kept.read_bytes()) == len(whole)
    kept.unlink()
    assert run("projects") == before
