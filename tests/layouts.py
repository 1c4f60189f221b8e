"""One weekly report of Sunday 2024-07-14 in each style of its sections; what stands in a section is for its test to say."""

import textwrap
from collections.abc import Callable, Collection, Mapping

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import AnyRecord
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
Heading = Callable[[int, str], str]

# How the section of a number, from 0 on, and a name begins.
SECTIONS: dict[str, Heading] = {
    "## heading": lambda at, name: f"## {name}\n\n",
    "# 一、heading": lambda at, name: f"# {'一二三四五'[at]}、{name}\n\n",
    "### 1. heading": lambda at, name: f"### {at + 1}. {name}\n\n",
    "## 📌 heading": lambda at, name: f"## 📌 {name}\n\n",
    "## **heading**": lambda at, name: f"## **{name}**\n",
    "**bold**": lambda at, name: f"**{name}**\n\n",
    "**一、bold**": lambda at, name: f"**{'一二三四五'[at]}、{name}**\n\n",
    "1. **bold**": lambda at, name: f"{at + 1}. **{name}**\n\n",
    "rule, **bold：**": lambda at, name: f"---\n\n**{name}：**\n\n",
    "> **bold**": lambda at, name: f"> **{name}**\n\n",
    "【brackets】": lambda at, name: f"【{name}】\n\n",
    "■ block": lambda at, name: f"■ {name}\n\n",
    "一、line": lambda at, name: f"{'一二三四五'[at]}、{name}\n\n",
    "一、line right above": lambda at, name: f"{'一二三四五'[at]}、{name}\n",
    "colon：": lambda at, name: f"{name}：\n\n",
    "colon： right above": lambda at, name: f"{name}：\n",
    "line": lambda at, name: f"{name}\n\n",
    "line right above": lambda at, name: f"{name}\n",
    "# **一、bold**": lambda at, name: f"# **{'一二三四五'[at]}、{name}**\n\n",
    "## （一）heading": lambda at, name: f"## （{'一二三四五'[at]}）{name}\n\n",
    "## 01 | heading": lambda at, name: f"## 0{at + 1} | {name}\n\n",
    "## Part 1：heading": lambda at, name: f"## Part {at + 1}：{name}\n\n",
    "**1. bold**": lambda at, name: f"**{at + 1}. {name}**\n\n",
    "**bold**： right above": lambda at, name: f"**{name}**：\n",
    "📌 **bold** right above": lambda at, name: f"📌 **{name}**\n",
    "🔹 line": lambda at, name: f"🔹 {name}\n\n",
    "Ⅰ. line": lambda at, name: f"{'ⅠⅡⅢⅣⅤ'[at]}. {name}\n\n",
    "1、line": lambda at, name: f"{at + 1}、{name}\n\n",
    "1. line： right above": lambda at, name: f"{at + 1}. {name}：\n",
    # all that is in it stands further in
    "- line, nested": lambda at, name: f"- {name}\n",
    "- **bold**, nested": lambda at, name: f"- **{name}**\n",
    "1. line, nested": lambda at, name: f"{at + 1}. {name}\n",
    "## toggle, nested": lambda at, name: f"## {name}\n\n",
}
BODIES = {
    "本周进展": "- 收银台改版：已提测\n",
    "线上故障": "- 7/8 14:05 中行代扣超时，14:40恢复。原因：行方前置机重启。处理：切备用通道\n",
    "运营数据": "- 代扣成功率：99.95%\n- 日均交易量：86.4万笔\n",
    "下周计划": "- 收银台改版上线\n- 对账平台二期联调\n",
    "其他": "- 团建定在周五\n",
}


Unread = Mapping[str, Collection[str]]  # by its style: the sections in which something is read otherwise as yet
EVERYWHERE = tuple(SECTIONS)


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def head(number: int, *cells: str) -> str:
    """The head of a table, before its first row."""
    return row(*cells) + row(*["---"] * len(cells)) if number == 1 else ""


def page(heading: str, bodies: Mapping[str, str], names: Collection[str] = tuple(BODIES)) -> str:
    """The report with its sections in a style and these bodies: `{"线上故障": "- 7/8 14:05 …"}`."""
    begin = SECTIONS[heading]
    indent = "    " if heading.endswith("nested") else ""
    sections = (
        begin(at, name) + textwrap.indent(bodies.get(name, BODIES[name]), indent) for at, name in enumerate(names)
    )
    return "# 支付组周报 2024-07-14\n\n" + "\n".join(sections)


def records(text: str) -> tuple[AnyRecord, ...]:
    return reports.read_report(Page(id="p", path="周报_2024-07-14.md", text=text), WORDS).records


def assert_alike(
    heading: str,
    pages: Mapping[str, str],
    told: Callable[[tuple[AnyRecord, ...]], object],
    expected: object,
    unread: Unread,
) -> None:
    """Every page, by its style, says what is expected but for those not read yet; fails with the first page that does not."""
    said = {style: told(records(text)) for style, text in pages.items()}
    wrong = [style for style in pages if said[style] != expected]
    known = [style for style in pages if heading in unread.get(style, ())]
    surprising = [style for style in wrong if style not in known]
    assert not surprising, (
        f"read otherwise: {surprising}\n\n{pages[surprising[0]]}\nsays    {said[surprising[0]]}\nand not {expected}"
    )
    mended = [style for style in known if style not in wrong]
    assert not mended, f"read by now, so no longer known as unread: {mended}"
