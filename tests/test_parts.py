"""Which lines below a project are parts of it, and what an author sets behind a name; every report is of Sunday 2023-04-09."""

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import AnyRecord, Note, Update
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def records(body: str) -> tuple[AnyRecord, ...]:
    """What a report with that body says."""
    return reports.read_report(Page(id="p", path="x.md", text=f"# 周报 2023-04-09\n\n{body}"), WORDS).records


def projects(body: str) -> list[tuple[str | None, str, str | None]]:
    """The parent, name and state of each project under 项目进展."""
    return [(u.parent, u.project, u.status) for u in records(f"## 项目进展\n\n{body}") if isinstance(u, Update)]


@pytest.mark.parametrize(
    "lines",
    [
        "龙支付升级--总体 60%，分两块推\n1) 签约页改版，已提测\n2) 对账文件改推送，联调中\n",
        "（一）龙支付升级\n该项目稳步推进，完成60%，下设两项子任务：\n1. 签约页改版。已提测。\n2. 对账文件改推送。联调中。\n",
        "### 龙支付升级\nStatus: 60%\n- sub-streams:\n  - 签约页改版: 已提测\n  - 对账文件改推送: 联调中\n",
        "**龙支付升级** (Amber)\n完成60%，剩下的在改。\n- 签约页改版：已提测\n- 对账文件改推送：联调中\n",
        "| 项目 | 本周 |\n|---|---|\n| 龙支付升级 | 完成60% |\n| ↳ 签约页改版 | 已提测 |\n| ↳ 对账文件改推送 | 联调中 |\n",
    ],
)
def test_parts_that_are_announced_or_marked_are_of_the_project_above(lines: str) -> None:
    found = [(parent, name[:4], status) for parent, name, status in projects(lines)]
    assert found == [
        (None, "龙支付升", "in_progress"),
        ("龙支付升级", "签约页改", "testing"),
        ("龙支付升级", "对账文件", "testing"),
    ]


@pytest.mark.parametrize("line", ["Merchants migrated: 107/164 (was 96). Dry run done.", "容量表 14/22 个系统已交"])
def test_what_is_counted_below_a_project_is_no_part_of_it(line: str) -> None:
    names = [name for _, name, _ in projects(f"- 账务核心2.0\n    - {line}\n    - **记账引擎**：联调中\n")]
    assert names == ["账务核心2.0", "记账引擎"]


@pytest.mark.parametrize(
    ("heading", "status"),
    [("#UAT", "testing"), ("#stuck", "blocked"), ("#not-started", "planned"), ("#灰度", "testing")],
)
def test_a_tag_behind_a_name_is_the_state_and_no_part_of_the_name(heading: str, status: str) -> None:
    assert projects(f"### Thailand payout {heading}\n- sandbox 通了\n") == [(None, "Thailand payout", status)]


@pytest.mark.parametrize(
    "name",
    ["第一批（华东）", "专线割接（建行）", "外币账户直连（中行、汇丰）", "数字红包（端午版）", "FPS debit (eDDA)"],
)
def test_brackets_that_tell_which_one_are_part_of_the_name(name: str) -> None:
    assert projects(f"- {name}：联调中\n") == [(None, name, "testing")]


def test_a_bold_word_in_a_note_is_no_project_unless_it_is_set_off() -> None:
    told = "## Lowlights\n\n- **Ledger v2** is what keeps me up: the buffer is gone\n- **Vault**: on hold\n"
    assert [r.project for r in records(told) if isinstance(r, Update)] == ["Vault"]
    asked = "## Asks\n\n- **Infra:** approve the quota by Friday\n"
    assert [type(r) for r in records(asked)] == [Note]


@pytest.mark.parametrize(
    "line",
    [
        "Dear all, please find below the update for this week.",
        "清结算组本周工作汇报如下，请审阅。",
        "以上，谢谢！",
        "邱立冬 4/9 18:41",
        "上周：[周报 2023-04-02](%E5%91%A8%E6%8A%A5.md)",
    ],
)
def test_courtesies_and_who_signed_are_no_records(line: str) -> None:
    assert records(f"{line}\n\n## 项目进展\n\n") == ()


def test_a_sentence_below_the_title_is_a_note_and_numbers_there_are_metrics() -> None:
    assert [r.kind for r in records("这周都在忙封网。\n\n## 项目进展\n")] == ["note"]
    found = records("快捷成功率99.62%，代付成功率99.95%，未决订单17笔。\n\n## 项目进展\n")
    assert [r.kind for r in found] == ["metric"] * 3
