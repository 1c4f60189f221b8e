"""Pages whose parts are headed by lines set off alike, without a mark of Markdown: read as if they had marked headings."""

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import AnyRecord, Update
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
MARKED = """\
# 第15周周报

## 手上的活

- 账户2.0：联调中，预计4/20上线
- 收银台改版：已提测

## 线上故障

- 4/3 14:00 光大代付超时，14:35恢复

## 跑商户

这周走了两家服务商，都嫌结算单难认。

## 下周计划

- 新网关二期启动灰度
"""
STYLES = (
    "**{}**", "__{}__", "**{c}、{}**", "{c}、{}", "{n}. {}", "{n}、{}", "【{}】", "{}", "{}：", "📌 {}", "■ {}", "#{}",
    "=== {} ===", "{}\n-----", "- **{}**\n",
)  # fmt: skip


def records(text: str, form: str = "md") -> list[AnyRecord]:
    page = Page(id="p", path=f"第15周 2023-04-09.{form}", text=text, format="html" if form == "html" else "markdown")
    return list(reports.read_report(page, WORDS).records)


def told(text: str, form: str = "md") -> list[tuple[str, str]]:
    return [(record.kind, record.text) for record in records(text, form)]


def styled(style: str) -> str:
    """The page with its headings in another style, each between blank lines."""
    lines = MARKED.split("\n")
    heads = [line for line in lines if line.startswith("## ")]
    return "\n".join(
        style.format(line[3:], n=heads.index(line) + 1, c="一二三四"[heads.index(line)]) if line in heads else line
        for line in lines
    )


def test_a_heading_above_the_only_projects_of_a_page_is_no_project() -> None:
    for heading in ("手上的活", "这一摊", "Ours"):
        found = records(MARKED.replace("手上的活", heading))
        assert [one.project for one in found if isinstance(one, Update)][:2] == ["账户2.0", "收银台改版"], heading


def test_a_heading_that_names_an_undertaking_is_a_project_with_parts() -> None:
    found = records(MARKED.replace("手上的活", "清算中心改造"))
    assert [one.project for one in found if isinstance(one, Update)][:3] == ["清算中心改造", "账户2.0", "收银台改版"]


@pytest.mark.parametrize("style", STYLES)
def test_lines_set_off_alike_head_the_parts_of_a_page(style: str) -> None:
    assert told(styled(style)) == told(MARKED), styled(style)


def test_names_set_off_like_the_sections_are_no_sections() -> None:
    page = "# 周报\n\n**本周进展**\n\n**账户2.0**\n\n- 联调中\n\n**收银台**\n\n- 已提测\n\n**下周计划**\n\n- 上线\n"
    assert [record.project for record in records(page) if isinstance(record, Update)] == ["账户2.0", "收银台"]


def test_labels_that_come_again_are_no_sections() -> None:
    page = (
        "# 周报\n\n**进展**\n\n- 联调中\n\n**风险**\n\n- 人力不足\n\n**进展**\n\n- 已提测\n\n**风险**\n\n- 机具不足\n"
    )
    assert "##" not in page and {record.kind for record in records(page)} <= {"update", "note"}


def test_a_rule_below_a_sentence_makes_no_heading_of_it() -> None:
    page = "# 周报\n\n本周总体平稳，没有故障。\n---\n\n## 本周进展\n\n- 账户2.0：联调中\n"
    assert told(page)[0] == ("note", "本周总体平稳，没有故障。")


def test_names_in_brackets_below_a_marked_section_have_parts() -> None:
    page = "# 周报\n\n## 本周进展\n\n【中间件升级】\n\n- RocketMQ 升级：压测中\n- Nacos 扩容：已完成\n\n【账户2.0】\n\n联调中。\n"
    updates = [record for record in records(page) if isinstance(record, Update)]
    assert [(one.project, one.parent) for one in updates] == [
        ("中间件升级", None), ("RocketMQ 升级", "中间件升级"), ("Nacos 扩容", "中间件升级"), ("账户2.0", None),
    ]  # fmt: skip


def test_attributes_behind_a_heading_are_no_part_of_it() -> None:
    assert told(MARKED.replace("故障\n", "故障 {#incidents}\n")) == told(MARKED)


BODY = (
    "<p>{a}</p><ul><li>账户2.0：联调中</li><li>收银台改版：已提测</li></ul>"
    "<p>{b}</p><ul><li>4/3 14:00 光大代付超时，14:35恢复</li></ul><p>{c}</p><ul><li>上线</li></ul>"
)


@pytest.mark.parametrize("style", ["<strong>{}</strong>", "【{}】", "📌 {}", "{}：", "{}"])
def test_paragraphs_set_off_alike_head_the_parts_of_a_page_of_html(style: str) -> None:
    names = {"a": "手上的活", "b": "线上故障", "c": "下周计划"}
    body = BODY.format(**{key: style.format(name) for key, name in names.items()})
    kinds = [record.kind for record in records(f"<html><body>{body}</body></html>", "html")]
    assert kinds == ["update", "update", "incident", "goal"]


FOLDED = (
    '<ul class="toggle"><li><details open=""><summary>本周进展</summary><p>先说两个项目。</p><ul><li>账户2.0：联调中</li></ul>'
    "<ul><li>轧差改造：已提测</li></ul></details></li></ul>"
    '<ul class="toggle"><li><details open=""><summary>线上故障</summary><ul><li>4/3 14:00 光大代付超时，14:35恢复</li></ul>'
    "</details></li></ul>"
)


def test_toggles_of_a_page_of_html_are_its_sections() -> None:
    found = records(f"<html><body>{FOLDED}</body></html>", "html")
    assert [record.project for record in found if isinstance(record, Update)] == ["账户2.0", "轧差改造"]
    assert [record.kind for record in found] == ["note", "update", "update", "incident"]


def test_properties_typed_on_top_of_a_page_of_html_say_what_it_covers() -> None:
    page = Page(
        id="p", path="周报.html", format="html",
        text="<html><body><p>汇报人：顾维<br>日期：2024-03-10</p><h2>本周进展</h2><p>账户2.0：联调中，3/19上线</p></body></html>",
    )  # fmt: skip
    report = reports.read_report(page, WORDS)
    assert str(report.date) == "2024-03-10"
    assert [record.kind for record in report.records] == ["update"]


TYPED = """\
# 周报

## 项目进展

{}统一网关
    - 报文网关
        - 进展：已提测
    - 调度中心
        - 进展：开发中
{}现金池：联调中
"""


@pytest.mark.parametrize("markers", [("（1）", "（2）"), ("1、", "2、"), ("① ", "② "), ("- ", "- ")])
def test_typed_items_own_the_lists_indented_below_them(markers: tuple[str, str]) -> None:
    updates = [record for record in records(TYPED.format(*markers)) if isinstance(record, Update)]
    assert [(one.project, one.parent) for one in updates] == [
        ("统一网关", None), ("报文网关", "统一网关"), ("调度中心", "统一网关"), ("现金池", None),
    ]  # fmt: skip
