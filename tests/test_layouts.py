"""Three projects in every style authors write projects in, within sections in every style: the same records from all."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import layouts
import pytest

from notion_archive.records import AnyRecord, Update


class Project(NamedTuple):
    name: str
    said: tuple[str, ...]
    status: str
    state: str  # the status in the author's words
    day: str
    risk: str
    owner: str

    @property
    def line(self) -> str:
        return "，".join(self.said)

    @property
    def risks(self) -> list[str]:
        return [f"风险：{self.risk}"] if self.risk else []

    @property
    def all(self) -> list[str]:
        return [*self.said, *self.risks]

    @property
    def sentences(self) -> str:
        return "。".join([self.line, *self.risks])


PROJECTS = (
    Project("收银台改版", ("已提测", "预计7/20上线"), "testing", "测试中", "2024-07-20", "", "张敏"),
    Project("对账平台二期", ("规则引擎开发完成60%", "计划8/5提测"), "in_progress", "进行中", "2024-08-05", "行方接口文档未到", "王强"),
    Project("商户门户重构", ("7/9已全量上线",), "done", "已完成", "2024-07-09", "", "李雷"),
)  # fmt: skip


def lines(words: list[str], before: str = "- ", after: str = "\n") -> str:
    return "".join(f"{before}{one}{after}" for one in words)


def told(project: Project, before: str = "    - ") -> str:
    """What is said on the line of the name, and the risks below it."""
    return f"{project.line}\n{lines(project.risks, before)}"


# How a project is written, by its number from 1 on.
STYLES: dict[str, Callable[[int, Project], str]] = {
    # bullets
    "- name：said": lambda n, p: f"- {p.name}：{p.sentences}\n",
    "- **name**：said": lambda n, p: f"- **{p.name}**：{told(p)}",
    "- **name** said": lambda n, p: f"- **{p.name}** {told(p)}",
    "- name - said": lambda n, p: f"- {p.name} - {told(p)}",
    "- name said": lambda n, p: f"- {p.name} {told(p, '  - ')}",
    "- name-and-said": lambda n, p: f"- {p.name}{told(p, '  - ')}",
    "- name, nested": lambda n, p: f"- {p.name}\n" + lines(p.all, "    - "),
    "- name, nested by two": lambda n, p: f"- {p.name}\n" + lines(p.all, "  - "),
    "- name：, nested by a tab": lambda n, p: f"- {p.name}：\n" + lines(p.all, "\t- "),
    "- **name**, nested": lambda n, p: f"- **{p.name}**\n" + lines(p.all, "    - "),
    "- name, paragraphs": lambda n, p: f"- {p.name}\n    \n" + lines([p.line, *p.risks], "    ", "\n    \n"),
    "- 【name】said": lambda n, p: f"- 【{p.name}】{told(p)}",
    "- name（owner）：said": lambda n, p: f"- {p.name}（{p.owner}）：{told(p)}",
    "- @owner name：said": lambda n, p: f"- @{p.owner} {p.name}：{told(p)}",
    "- name【state】said": lambda n, p: f"- {p.name}【{p.state}】{told(p)}",
    "- 【state】name：said": lambda n, p: f"- 【{p.state}】{p.name}：{told(p)}",
    "- [ ] name：said": lambda n, p: f"- [{'x' if p.status == 'done' else ' '}] {p.name}：{told(p)}",
    "▶ name：said": lambda n, p: f"▶ {p.name}：{told(p, '  ')}",
    "• name：said": lambda n, p: f"• {p.name}：{told(p, '  ◦ ')}",
    # numbers
    "1. name：said": lambda n, p: f"{n}. {p.name}：{p.sentences}\n",
    "1. name, nested": lambda n, p: f"{n}. {p.name}\n" + lines(p.all, "    - "),
    "1. name, nested by two": lambda n, p: f"{n}. {p.name}\n" + lines(p.all, "  - "),
    "1. name, bullets": lambda n, p: f"{n}. {p.name}\n" + lines(p.all),
    "1. name, numbers": lambda n, p: f"{n}. {p.name}\n" + "".join(f"   {k}. {one}\n" for k, one in enumerate(p.all, 1)),
    "1. name, （1）": lambda n, p: f"{n}. {p.name}\n" + "".join(f"（{k}）{one}\n" for k, one in enumerate(p.all, 1)),
    "1. name, paragraph": lambda n, p: f"{n}. {p.name}\n\n{p.sentences}。\n\n",
    "1. name, paragraphs": lambda n, p: f"{n}. {p.name}\n\n" + lines([f"{p.line}。", *p.risks], "    ", "\n\n"),
    "1. name, lines": lambda n, p: f"{n}. {p.name}\n" + lines([p.line, *p.risks], "   "),
    "1. **name**, nested": lambda n, p: f"{n}. **{p.name}**\n" + lines(p.all, "    - "),
    "1. **name**：said": lambda n, p: f"{n}. **{p.name}**：{p.sentences}\n",
    "1、name：said": lambda n, p: f"{n}、{p.name}：{'；'.join([p.line, *p.risks])}\n",
    "1、name, bullets": lambda n, p: f"{n}、{p.name}\n" + lines(p.all),
    "1、name, lines": lambda n, p: f"{n}、{p.name}\n" + lines([p.line, *p.risks], ""),
    "1、name, paragraphs": lambda n, p: f"{n}、{p.name}\n\n" + lines([f"{p.line}。", *p.risks], "", "\n\n"),
    "（1）name：said": lambda n, p: f"（{n}）{p.name}：{p.sentences}\n",
    "（1）name：said, apart": lambda n, p: f"（{n}）{p.name}：{p.sentences}\n\n",
    "① name：said": lambda n, p: f"{'①②③'[n - 1]} {p.name}：{p.sentences}\n",
    # headings
    "### name, bullets": lambda n, p: f"### {p.name}\n\n{lines(p.all)}\n",
    "### name, paragraph": lambda n, p: f"### {p.name}\n\n{p.sentences}。\n\n",
    "### 1. name, bullets": lambda n, p: f"### {n}. {p.name}\n\n{lines(p.all)}\n",
    "### 1.1 name, bullets": lambda n, p: f"### 1.{n} {p.name}\n\n{lines(p.all)}\n",
    "#### name, - label：": lambda n, p: f"#### {p.name}\n\n{lines(labelled(p))}\n",
    "#### name, **label**：": lambda n, p: f"#### {p.name}\n\n" + lines(labelled(p, "**"), "", "\n\n"),
    # bold
    "**name**, paragraph": lambda n, p: f"**{p.name}**\n\n{p.sentences}。\n\n",
    "**name**, lines": lambda n, p: f"**{p.name}**\n" + lines([f"{p.line}。", *p.risks], "") + "\n",
    "**name**, bullets": lambda n, p: f"**{p.name}**\n\n{lines(p.all)}\n",
    "**name**, bullets right below": lambda n, p: f"**{p.name}**\n{lines(p.all)}\n",
    "**name**：said": lambda n, p: f"**{p.name}**：{p.sentences}\n\n",
    "**1. name**, bullets": lambda n, p: f"**{n}. {p.name}**\n\n{lines(p.all)}\n",
    "**1、name**, paragraphs": lambda n, p: f"**{n}、{p.name}**\n\n" + lines([f"{p.line}。", *p.risks], "", "\n\n"),
    # brackets
    "【name】said": lambda n, p: f"【{p.name}】{p.sentences}\n",
    "【name】said, apart": lambda n, p: f"【{p.name}】{p.sentences}\n\n",
    "【name】, bullets": lambda n, p: f"【{p.name}】\n{lines(p.all)}\n",
    "【name】, lines": lambda n, p: f"【{p.name}】\n" + lines([p.line, *p.risks], "") + "\n",
    # lines of nothing but words
    "name：said": lambda n, p: f"{p.name}：{p.sentences}\n",
    "name：said, apart": lambda n, p: f"{p.name}：{p.sentences}\n\n",
    "name：, bullets": lambda n, p: f"{p.name}：\n{lines(p.all)}\n",
    "name, bullets": lambda n, p: f"{p.name}\n{lines(p.all)}\n",
    "name, bullets apart": lambda n, p: f"{p.name}\n\n{lines(p.all)}\n",
    "a sentence": lambda n, p: f"{p.name}{p.sentences}。\n\n",
    "a sentence of all": lambda n, p: f"{p.name}{p.line}{'。' if n == len(PROJECTS) else '；'}",
    "项目：name": lambda n, p: f"项目：{p.name}\n进展：{p.line}\n" + lines(p.risks, "") + "\n",
    # tables and boxes
    "a table": lambda n, p: layouts.head(n, "项目", "本周进展", "风险") + layouts.row(p.name, p.line, p.risk or "无"),
    "a table of states": lambda n, p: (
        layouts.head(n, "序号", "项目名称", "状态", "进展", "下一步", "风险与问题")
        + layouts.row(str(n), p.name, p.state, p.said[0], *(p.said[1:] or "-"), *(p.risks or "-"))
    ),
    "a table each": lambda n, p: layouts.head(1, "项目", p.name) + layouts.row("进展", p.line) + layouts.row("风险", p.risk or "无") + "\n",
    "a callout": lambda n, p: f"<aside>\n💡 **{p.name}**：{p.sentences}\n\n</aside>\n\n",
}  # fmt: skip
RISKLESS = "a sentence of all"  # and therefore one that is held to everything else

UNREAD: layouts.Unread = {}


def labelled(project: Project, bold: str = "") -> list[str]:
    """`进展：已提测`, `计划：预计7/20上线`, `风险：…`; bold: `**进展**：已提测`."""
    said = [
        ("进展", project.said[0]),
        *(("计划", one) for one in project.said[1:]),
        *(("风险", r) for r in project.risk.split()),
    ]
    return [f"{bold}{label}{bold}：{one}" for label, one in said]


def say(records: tuple[AnyRecord, ...]) -> object:
    """Each project with where it stands, when, its risks and the project it is a part of; and how many there are of each other kind."""
    projects = [
        (one.project, one.status, [str(m.start) for m in one.milestones], one.risks, one.parent)
        for one in records
        if isinstance(one, Update)
    ]
    return projects, Counter(one.kind for one in records if not isinstance(one, Update))


def expected(beside: Counter[str], *, risks: bool = True) -> object:
    projects = [(p.name, p.status, [p.day], (p.risk,) if risks and p.risk else (), None) for p in PROJECTS]
    return projects, beside


def body(style: str) -> str:
    return "".join(STYLES[style](number, project) for number, project in enumerate(PROJECTS, 1)) + "\n"


@pytest.mark.parametrize("heading", layouts.SECTIONS)
def test_projects_are_the_same_however_they_are_written(heading: str) -> None:
    pages = {style: layouts.page(heading, {"本周进展": body(style)}) for style in STYLES}
    without_risk = {RISKLESS: pages.pop(RISKLESS)}
    beside = Counter(incident=1, metric=2, goal=2, note=1)
    layouts.assert_alike(heading, pages, say, expected(beside), UNREAD)
    layouts.assert_alike(heading, without_risk, say, expected(beside, risks=False), UNREAD)


@pytest.mark.parametrize("heading", layouts.SECTIONS)
def test_plans_right_behind_projects_are_no_part_of_them(heading: str) -> None:
    plans = "- 导出工具上线\n- 团队分享\n"
    names = ("本周进展", "下周计划")
    pages = {
        style: layouts.page(heading, {"本周进展": body(style), "下周计划": plans}, names)
        for style in STYLES
        if style != RISKLESS
    }
    layouts.assert_alike(heading, pages, say, expected(Counter(goal=2)), UNREAD)
