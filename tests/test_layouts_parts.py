"""Two projects of two parts each in every style authors write them in, within sections in every style: the same parents."""

from collections.abc import Callable
from typing import NamedTuple

import layouts
import pytest

from notion_archive.records import AnyRecord, Update


class Part(NamedTuple):
    name: str
    said: str
    then: str
    status: str


class Project(NamedTuple):
    name: str
    parts: tuple[Part, Part]


PROJECTS = (
    Project(
        "支付网关升级",
        (
            Part("路由服务", "已提测", "预计7/20上线", "testing"),
            Part("限流组件", "开发完成60%", "计划8/5提测", "in_progress"),
        ),
    ),
    Project(
        "清分系统重构",
        (
            Part("批量入账", "7/9已全量上线", "本周观察无异常", "done"),
            Part("差错处理", "联调中", "计划8/12上线", "testing"),
        ),
    ),
)
Style = Callable[[int, Project], str]


def each(project: Project, write: Callable[[int, Part], str]) -> str:
    return "".join(write(number, part) for number, part in enumerate(project.parts, 1))


def colon(before: str, after: str = "\n") -> Callable[[Project], str]:
    """`    - 路由服务：已提测，预计7/20上线`"""
    return lambda project: each(project, lambda _, p: f"{before}{p.name}：{p.said}，{p.then}{after}")


# How a project is written, by its number from 1 on.
STYLES: dict[str, Style] = {
    # bullets
    "- name, - part：": lambda n, p: f"- {p.name}\n" + colon("    - ")(p),
    "- name, - part： by two": lambda n, p: f"- {p.name}\n" + colon("  - ")(p),
    "- name：, - part：": lambda n, p: f"- {p.name}：\n" + colon("    - ")(p),
    "- **name**, - part：": lambda n, p: f"- **{p.name}**\n" + colon("    - ")(p),
    "- **name**, - **part**：": lambda n, p: f"- **{p.name}**\n"
    + each(p, lambda _, q: f"    - **{q.name}**：{q.said}，{q.then}\n"),
    "- name, - part, - said": lambda n, p: f"- {p.name}\n"
    + each(p, lambda _, q: f"    - {q.name}\n        - {q.said}\n        - {q.then}\n"),
    "- **name**, - part, - said": lambda n, p: f"- **{p.name}**\n"
    + each(p, lambda _, q: f"    - {q.name}\n        - {q.said}\n        - {q.then}\n"),
    "- name, 1. part：": lambda n, p: f"- {p.name}\n"
    + each(p, lambda k, q: f"    {k}. {q.name}：{q.said}，{q.then}\n"),
    "- name, - [ ] part：": lambda n, p: f"- {p.name}\n"
    + each(p, lambda _, q: f"    - [{'x' if q.status == 'done' else ' '}] {q.name}：{q.said}，{q.then}\n"),
    # numbers
    "1. name, - part：": lambda n, p: f"{n}. {p.name}\n" + colon("    - ")(p),
    "1. name, - part： by two": lambda n, p: f"{n}. {p.name}\n" + colon("  - ")(p),
    "1. name, - part： flush": lambda n, p: f"{n}. {p.name}\n" + colon("- ")(p),
    "1. name：, （1）part：": lambda n, p: f"{n}. {p.name}：\n"
    + each(p, lambda k, q: f"（{k}）{q.name}：{q.said}，{q.then}\n"),
    "1. name, 1) part：": lambda n, p: f"{n}. {p.name}\n"
    + each(p, lambda k, q: f"    {k}) {q.name}：{q.said}，{q.then}\n"),
    "1. name, 1.1 part：": lambda n, p: f"{n}. {p.name}\n"
    + each(p, lambda k, q: f"{n}.{k} {q.name}：{q.said}，{q.then}\n"),
    "1. **name**, - part：": lambda n, p: f"{n}. **{p.name}**\n" + colon("    - ")(p),
    "1、name, - part：": lambda n, p: f"{n}、{p.name}\n" + colon("- ")(p),
    "1、name, （1）part：": lambda n, p: f"{n}、{p.name}\n"
    + each(p, lambda k, q: f"（{k}）{q.name}：{q.said}，{q.then}\n"),
    "1、name：, ① part：": lambda n, p: f"{n}、{p.name}：\n"
    + each(p, lambda k, q: f"{'①②'[k - 1]} {q.name}：{q.said}，{q.then}\n"),
    # headings
    "### name, - part：": lambda n, p: f"### {p.name}\n\n{colon('- ')(p)}\n",
    "### name, 1. part：": lambda n, p: f"### {p.name}\n\n"
    + each(p, lambda k, q: f"{k}. {q.name}：{q.said}，{q.then}\n") + "\n",
    "### name, - **part**：": lambda n, p: f"### {p.name}\n\n"
    + each(p, lambda _, q: f"- **{q.name}**：{q.said}，{q.then}\n") + "\n",
    "### name, - part, - said": lambda n, p: f"### {p.name}\n\n"
    + each(p, lambda _, q: f"- {q.name}\n    - {q.said}\n    - {q.then}\n") + "\n",
    "### name, #### part, - said": lambda n, p: f"### {p.name}\n\n"
    + each(p, lambda _, q: f"#### {q.name}\n\n- {q.said}\n- {q.then}\n\n"),
    "#### name, ##### part, paragraph": lambda n, p: f"#### {p.name}\n\n"
    + each(p, lambda _, q: f"##### {q.name}\n\n{q.said}，{q.then}。\n\n"),
    "### name, **part**, - said": lambda n, p: f"### {p.name}\n\n"
    + each(p, lambda _, q: f"**{q.name}**\n\n- {q.said}\n- {q.then}\n\n"),
    "### name, **part**：": lambda n, p: f"### {p.name}\n\n"
    + each(p, lambda _, q: f"**{q.name}**：{q.said}，{q.then}\n\n"),
    "### name, （1）part：": lambda n, p: f"### {n}. {p.name}\n\n"
    + each(p, lambda k, q: f"（{k}）{q.name}：{q.said}，{q.then}\n\n"),
    "### 1. name, 1.1 part：": lambda n, p: f"### {n}. {p.name}\n\n"
    + each(p, lambda k, q: f"{n}.{k} {q.name}：{q.said}，{q.then}\n\n"),
    # bold and brackets
    "**name**, - part：": lambda n, p: f"**{p.name}**\n\n{colon('- ')(p)}\n",
    "**name**, - part： right below": lambda n, p: f"**{p.name}**\n{colon('- ')(p)}\n",
    "**name**, 1. part：": lambda n, p: f"**{p.name}**\n\n"
    + each(p, lambda k, q: f"{k}. {q.name}：{q.said}，{q.then}\n") + "\n",
    "**1. name**, - part：": lambda n, p: f"**{n}. {p.name}**\n\n{colon('- ')(p)}\n",
    "**name**, - part, - said": lambda n, p: f"**{p.name}**\n\n"
    + each(p, lambda _, q: f"- {q.name}\n    - {q.said}\n    - {q.then}\n") + "\n",
    "【name】, - part：": lambda n, p: f"【{p.name}】\n{colon('- ')(p)}\n",
    "【name】, 1. part：": lambda n, p: f"【{p.name}】\n\n"
    + each(p, lambda k, q: f"{k}. {q.name}：{q.said}，{q.then}\n") + "\n",
    "【name】, lines": lambda n, p: f"【{p.name}】\n{colon('')(p)}\n",
    # lines
    "name：, - part：": lambda n, p: f"{p.name}：\n{colon('- ')(p)}\n",
    "name, - part：": lambda n, p: f"{p.name}\n{colon('- ')(p)}\n",
    "name, - part： apart": lambda n, p: f"{p.name}\n\n{colon('- ')(p)}\n",
    "name：, 1. part：": lambda n, p: f"{p.name}：\n"
    + each(p, lambda k, q: f"{k}. {q.name}：{q.said}，{q.then}\n") + "\n",
    # tables and boxes
    "a table of projects and parts": lambda n, p: layouts.head(n, "项目", "子项", "进展", "计划")
    + each(p, lambda _, q: layouts.row(p.name, q.name, q.said, q.then)),
    "a table, the project once": lambda n, p: layouts.head(n, "项目", "模块", "进展", "计划")
    + each(p, lambda k, q: layouts.row(p.name if k == 1 else "", q.name, q.said, q.then)),
    "### name, a table": lambda n, p: f"### {p.name}\n\n{layouts.head(1, '模块', '进展', '计划')}"
    + each(p, lambda _, q: layouts.row(q.name, q.said, q.then)) + "\n",
    "**name**, a table": lambda n, p: f"**{p.name}**\n\n{layouts.head(1, '子项', '本周进展', '下一步')}"
    + each(p, lambda _, q: layouts.row(q.name, q.said, q.then)) + "\n",
}  # fmt: skip
PARTS = [(part.name, part.status, project.name) for project in PROJECTS for part in project.parts]


def say(records: tuple[AnyRecord, ...]) -> object:
    """Each part with where it stands and whose part it is; and whatever else is told of that is no project of ours."""
    updates = [one for one in records if isinstance(one, Update)]
    known = {project.name for project in PROJECTS}
    return (
        [(one.project, one.status, one.parent) for one in updates if one.project not in known],
        [(one.project, one.parent) for one in updates if one.project in known and one.parent],
        sorted(one.kind for one in records if not isinstance(one, Update)),
    )


EXPECTED: object = (PARTS, [], ["goal", "goal", "incident", "metric", "metric", "note"])


def body(style: Style) -> str:
    return "".join(style(number, project) for number, project in enumerate(PROJECTS, 1)) + "\n"


UNREAD: layouts.Unread = {}


@pytest.mark.parametrize("heading", layouts.SECTIONS)
def test_parts_are_of_the_same_project_however_they_are_written(heading: str) -> None:
    pages = {name: layouts.page(heading, {"本周进展": body(style)}) for name, style in STYLES.items()}
    layouts.assert_alike(heading, pages, say, EXPECTED, UNREAD)
