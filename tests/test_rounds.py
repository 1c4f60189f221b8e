"""One name after the other, each with the same labels below it: 本周, 下周, 风险. However names, labels and lists are set off,
each name is a project, and what stands below its labels is said of it."""

from itertools import product

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import AnyRecord, Incident, Update
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
PROJECTS = (
    ("统一收银台改造", ("完成H5页面改造，已提测", "分付接口联调完成60%"), ("完成分付联调", "修复缺陷"), ("沙箱不稳定，可能影响联调",)),
    ("商户中心二期", ("需求评审通过", "开发启动"), ("完成等级模块",), ("人力不足",)),
)  # fmt: skip
NAMES = ("### {}", "### {n}. {}", "**{}**\n", "**{n}. {}**\n", "{n}、{}\n", "- {}", "- **{}**", "{n}. {}")
LABELS = ("#### {}", "**{}**", "\n**{}**\n", "**{}：**", "{}：", "\n{}：\n", "【{}】", "- {}", "- {}：", "- **{}**")
LISTS = ("- {}", "{n}. {}", "{n}）{}", "{}")
SAID = (("本周", "下周", "风险"), ("本周进展", "下周计划", "风险"), ("进展", "计划", "风险与问题"))


INCIDENTS = (
    ("中行代扣超时", (("时间", "8/6 10:20-10:45"), ("影响", "失败120笔"), ("原因", "行方专线抖动"), ("处理", "切换备用专线"))),
    ("对账文件延迟", (("时间", "8/7 09:00-09:40"), ("影响", "推迟40分钟"), ("原因", "磁盘写满"), ("处理", "清理日志并扩容"))),
)  # fmt: skip
IN_ENGLISH = (
    ("Payout API errors", (("Time", "Aug 6, 10:20-10:45"), ("Root cause", "pool exhausted"), ("Fix", "rolled back"))),
    ("Delayed webhooks", (("Time", "Aug 7, 09:00-09:40"), ("Root cause", "stuck consumer"), ("Fix", "restarted it"))),
)  # fmt: skip
SECTIONS = ("## {}\n", "**{}**\n", "【{}】\n", "二、{}\n")
NAMES_OF_INCIDENTS = (
    "### {}", "### {n}. {}", "**{}**", "**{n}. {}**", "{n}、{}", "{n}. {}", "- {}", "（{n}）{}", "故障{n}：{}", "【{}】", "[P2] {}",
    "{}", "Incident {n}: {}",
)  # fmt: skip
SAID_OF_INCIDENTS = (
    "{}：{}", "- {}：{}", "**{}**：{}", "- **{}**：{}", "【{}】{}", "    - {}：{}", "{}\n{}", "**{}**\n{}", "{n}) {}：{}", "> {}：{}",
)  # fmt: skip


def page(name: str, label: str, listed: str, said: tuple[str, ...]) -> str:
    """Below a name that is a bullet its labels are bullets, too; below a label that is one its list is indented."""
    parts = ["# 周报 2024-08-09\n\n## 重点项目\n"]
    for number, (project, *lists) in enumerate(PROJECTS, start=1):
        parts.append(name.format(project, n="一二"[number - 1] if name.startswith("{n}、") else number))
        indent = "    " if name.startswith("- ") or name == NAMES[-1] else ""
        for word, lines in zip(said, lists, strict=True):
            deeper = indent + ("    " if label.startswith("- ") else "")
            parts.append(indent + label.format(word))
            parts += [deeper + listed.format(line, n=n) for n, line in enumerate(lines, start=1)]
        parts.append("")
    return "\n".join(parts)


def read(text: str) -> tuple[AnyRecord, ...]:
    return reports.read_report(Page(id="p", path="周报 2024-08-09.md", text=text), WORDS).records


def updates(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(one.project, one.parent, one.status) for one in read(text) if isinstance(one, Update)]


@pytest.mark.parametrize(("name", "label"), [
    (name, label) for name, label in product(NAMES, LABELS) if label.startswith("- ") or NAMES.index(name) < 5
])  # fmt: skip
def test_each_name_is_a_project_and_its_labels_tell_of_it(name: str, label: str) -> None:
    for listed, said in product(LISTS, SAID):
        text = page(name, label, listed, said)
        told = {one.project: (one.status, one.risks) for one in read(text) if isinstance(one, Update)}
        assert told == {
            "统一收银台改造": ("testing", ("沙箱不稳定，可能影响联调",)),
            "商户中心二期": ("in_progress", ("人力不足",)),
        }, text


@pytest.mark.parametrize("name", NAMES_OF_INCIDENTS)
@pytest.mark.parametrize("section", SECTIONS)
def test_each_name_is_an_incident_and_its_labels_tell_of_it(section: str, name: str) -> None:
    for said, told, blank in product(SAID_OF_INCIDENTS, (INCIDENTS, IN_ENGLISH), (0, 1, 2)):
        text = "# 周报 2024-08-09\n\n" + section.format("线上故障" if told is INCIDENTS else "Incidents")
        for n, (what, labels) in enumerate(told, start=1):
            lines = [said.format(*label, n=at) for at, label in enumerate(labels, start=1)]
            text += "\n".join([name.format(what, n=n), *[""] * (blank == 2), *lines, *[""] * (blank > 0), ""])
        found = [
            (one.minutes, one.cause, one.resolution) if what in (one.summary or "") else one
            for (what, _), one in zip(told, read(text), strict=True)
            if isinstance(one, Incident)
        ]
        assert found == [(m, labels[-2][1], labels[-1][1]) for m, (_, labels) in zip((25, 40), told, strict=True)], text


def test_what_is_planned_next_says_nothing_of_how_it_stands() -> None:
    text = "## Ledger rewrite\n**This week**\n- Reconciliation job at 60%\n**Next week**\n- Start shadow run\n\n"
    text += "## Card vault\n**This week**\n- Keys rotated, now in UAT\n**Next week**\n- Go live on Aug 14\n"
    assert updates(text) == [("Ledger rewrite", None, "in_progress"), ("Card vault", None, "testing")]


def test_below_a_team_the_items_are_the_projects() -> None:
    text = "## 收单组\n**本周进展**\n- 聚合码改版：已提测\n- 进件重构：开发60%\n**下周计划**\n- 聚合码上线\n\n"
    text += "## 清算组\n**本周进展**\n- 日切提速：已上线\n- 差错台账：联调中\n**下周计划**\n- 差错台账提测\n"
    assert [project for project, _, _ in updates(text)] == ["聚合码改版", "进件重构", "日切提速", "差错台账"]
    assert [one.text for one in read(text) if one.kind == "goal"] == ["聚合码上线", "差错台账提测"]


def test_what_is_there_once_stays_a_section_of_the_page() -> None:
    text = "**本周进展**\n- 聚合码改版：已提测\n**下周计划**\n- 聚合码上线\n**风险**\n- 人力不足\n"
    assert [one.kind for one in read(text)] == ["update", "goal", "note"]
