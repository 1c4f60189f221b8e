"""Pages without a blank line: pasted from a chat, they are read as if there were some, and their lines keep their numbers."""

from itertools import product

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import AnyRecord
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
TITLES = (
    "## {}", "**{}**", "**{}：**", "**{}**：", "{}：", "【{}】", "{n}、{}", "**{n}、{}**", "**{i}. {}**", "{}", "（{n}）{}", "{i}、{}",
    "■ {}", "📌 {}",
)  # fmt: skip
LISTS = ("- {}", "{i}. {}", "{i}、{}", "{i}）{}", "（{i}）{}", "{circled}{}")
INCIDENT = "8/6 10:20 农行网关超时，10:45恢复，原因：专线抖动"
SECTIONS = (
    ("本周进展", ("聚合码改版：已提测", "进件重构：开发60%"), "update"),
    ("线上故障", (INCIDENT,), "incident"),
    ("下周计划", ("聚合码改版上线", "进件重构提测"), "goal"),
    ("风险", ("人力不足",), "note"),
)
IN_ENGLISH = (
    ("This week", ("Card vault: in UAT", "Ledger rewrite: 60% done"), "update"),
    ("Incidents", ("Aug 6, 10:20: payouts failed, recovered 10:45, root cause: a stale certificate",), "incident"),
    ("Next week", ("Ship the card vault", "Start the shadow run"), "goal"),
    ("Notes", ("Two people are on leave",), "note"),
)


def page(title: str, listed: str, sections: tuple[tuple[str, tuple[str, ...], str], ...], between: str) -> str:
    lines = ["# 周报 2024-08-09", ""]
    for number, (name, items, _) in enumerate(sections, start=1):
        lines += [between] if between and number > 1 else []
        lines.append(title.format(name, n="一二三四"[number - 1], i=number))
        lines += [listed.format(item, i=i, circled="①②"[i - 1]) for i, item in enumerate(items, start=1)]
    return "\n".join(line.strip() for line in lines)


def read(text: str) -> tuple[AnyRecord, ...]:
    return reports.read_report(Page(id="p", path="周报 2024-08-09.md", text=text), WORDS).records


@pytest.mark.parametrize("between", ["", " "])
@pytest.mark.parametrize("title", TITLES)
def test_each_section_is_read_however_its_title_is_set_off(title: str, between: str) -> None:
    for listed, sections in product(LISTS, (SECTIONS, IN_ENGLISH)):
        text = page(title, listed, sections, between)
        lines = text.split("\n")
        found = [(record.kind, lines[record.lines[0] - 1]) for record in read(text)]
        told = [(kind, item) for _, items, kind in sections for item in items]
        assert len(found) == len(told), text
        assert all(kind == want and item in line for (kind, line), (want, item) in zip(found, told, strict=True)), text


def test_labels_below_an_item_are_no_sections_where_marked_headings_are() -> None:
    text = "## 本周进展\n1. 收银台改版：联调中\n风险：\n机具不足\n2. 商户中心：开发中\n问题：接口未定\n\n## 下周计划\n- 上线\n"
    assert [record.kind for record in read(text)] == ["update", "update", "goal"]
    assert getattr(read(text)[0], "risks", None) == ("机具不足",)
    assert getattr(read(text)[1], "problems", None) == ("接口未定",)


PROJECTS = (
    ("统一收银台改造", ("完成H5页面改造，已提测", "预计8/16上线"), "testing"),
    ("商户中心二期", ("需求评审通过，开发完成60%", "测试环境机器不足"), "in_progress"),
    ("账务核心国产化", ("上周四完成切换，已全部上线",), "done"),
)
NAMES = (
    "## {}", "**{}**", "**{}：**", "{}：", "【{}】", "{i}、{}", "- {}", "- {}：", "- **{}**", "{i}. {}", "**{i}. {}**", "（{i}）{}",
    "{c}{}", "{n}、{}", "● {}", "▶ {}",
)  # fmt: skip
TOLD = ("- {}", "{i}. {}", "{i}、{}", "{i}）{}", "（{i}）{}", "{}", "    - {}", "    {i}. {}", "    {i}）{}", "    {}")
ALIKE = {
    ("{i}、{}", "{i}. {}"),
    ("{i}、{}", "{i}、{}"),
    ("{i}. {}", "{i}. {}"),
    ("{i}. {}", "{i}、{}"),
    ("（{i}）{}", "（{i}）{}"),
}
ALIKE |= {(name, "- {}") for name in NAMES if name.startswith("- ")}  # one list: nothing tells names from what is said


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize("name", NAMES)
def test_each_project_is_read_however_its_name_is_set_off_above_what_is_said_of_it(name: str, between: str) -> None:
    for told, section in product(TOLD, ("## 重点项目\n\n", "**重点项目**\n\n", "重点项目：\n")):
        if (name, told) in ALIKE:
            continue
        text = "# 周报 2024-08-09\n\n" + section
        for n, (project, said, _) in enumerate(PROJECTS, start=1):
            text += name.format(project, i=n, c="①②③"[n - 1], n="一二三"[n - 1]) + "\n"
            text += "\n".join(told.format(line, i=i) for i, line in enumerate(said, start=1)) + f"\n{between}"
        found = [(getattr(one, "project", one.text), getattr(one, "status", None)) for one in read(text)]
        assert found == [(project, status) for project, _, status in PROJECTS], text


PEOPLE = (
    ("王倩", ("聚合码改版：已提测", "进件重构：开发60%")),
    ("李想", ("日切提速：已上线",)),
    ("赵磊", ("差错台账：联调中",)),
)


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize(
    "name", ["## {}", "**{}**", "**{}：**", "{}：", "【{}】", "- {}", "- {}：", "- **{}**", "{i}. {}", "- @{}"]
)
def test_a_person_above_a_list_is_no_project(name: str, between: str) -> None:
    for told, section in product(("- {}", "{i}. {}", "{i}）{}"), ("", "## 本周进展\n\n", "本周工作：\n")):
        indent = "    " if name.startswith(("- ", "{i}")) else ""
        text = "# 周报 2024-08-09\n\n" + section
        for n, (person, said) in enumerate(PEOPLE, start=1):
            text += name.format(person, i=n) + "\n"
            text += "\n".join(indent + told.format(line, i=i) for i, line in enumerate(said, start=1)) + f"\n{between}"
        found = [(getattr(one, "project", one.text), getattr(one, "parent", None)) for one in read(text)]
        assert found == [(said.split("：")[0], None) for _, all_said in PEOPLE for said in all_said], text


def test_a_line_that_goes_on_with_its_bullet_stays_in_it() -> None:
    text = "# 周报 2024-08-09\n\n## 本周进展\n\n- 收银台改版，联调中\n行方环境已通\n- 商户中心，开发中\n接口已定\n"
    assert [one.text for one in read(text)] == ["收银台改版，联调中 行方环境已通", "商户中心，开发中 接口已定"]
