"""Items: one shape for bullets, rows, headings with labels, typed lists."""

from collections.abc import Callable

import pytest

from notion_archive import lexicon
from notion_archive.markup import items as items_of
from notion_archive.markup import markdown, outline
from notion_archive.model import Item

ReadItems = Callable[[str], tuple[Item, ...]]


@pytest.fixture(scope="module")
def items() -> ReadItems:
    """The items of Markdown lines, as in a weekly report."""
    words = lexicon.load()
    return lambda text: items_of.read(outline.read(markdown.read(text), (), words), words, "update")


def outline_of(found: tuple[Item, ...]) -> list[tuple[tuple[str, ...], str]]:
    return [(item.section, item.text) for item in found]


def test_a_colon_line_owns_the_list_below_it(items: ReadItems) -> None:
    found = items("4. 生产稳定性事件：\n- 4/8 20:43 光大鉴权通道异常\n")
    assert outline_of(found) == [(("生产稳定性事件",), "4/8 20:43 光大鉴权通道异常")]


def test_a_numbered_line_that_names_a_kind_of_section_owns_it_without_a_colon(items: ReadItems) -> None:
    found = items("3. 线上稳定性事件\n- 4/8 20:43 光大鉴权通道异常\n")
    assert outline_of(found) == [(("线上稳定性事件",), "4/8 20:43 光大鉴权通道异常")]


@pytest.mark.parametrize("name", ["日常工作", "重点项目", "项目推进", "需求", "Projects"])
def test_an_item_that_names_a_section_owns_the_names_below_it(items: ReadItems, name: str) -> None:
    found = items(f"## 本周进展\n\n- {name}\n    - 账户2.0：联调中\n    - 收银台改版：已提测\n- 现金池：联调中\n")
    assert [item.text for item in found] == ["账户2.0：联调中", "收银台改版：已提测", "现金池：联调中"]


@pytest.mark.parametrize(
    "heading", ["## 其他", "**其他**", "【其他】", "五、其他", "**【五】其他**", "其他：", "（五）其他", "## 📌 其他"]
)
def test_a_heading_is_one_however_it_is_set(items: ReadItems, heading: str) -> None:
    found = items(f"{heading}\n\n- 季度述职\n")
    assert [(item.section, item.kind, item.text) for item in found] == [(("其他",), "note", "季度述职")]


def test_a_series_that_jumps_a_level_is_repaired(items: ReadItems) -> None:
    found = items("### A. 账户升级\n\n- 压测完成\n\n## B. 收单建设\n\n- 方案评审\n")
    assert [item.section for item in found] == [("账户升级",), ("收单建设",)]


def test_a_title_on_the_first_line_of_a_paragraph_owns_the_others(items: ReadItems) -> None:
    assert [(item.section, item.text) for item in items("阻塞\n压测机不足\n")] == [(("阻塞",), "压测机不足")]


def test_typed_numbers_make_a_list_and_an_inner_one(items: ReadItems) -> None:
    (first, second) = items("1、收银台改版\n（1）联调中\n2、账务核心\n")
    assert (first.text, [child.text for child in first.children], second.text) == ("收银台改版", ["联调中"], "账务核心")


def test_a_paragraph_after_a_list_that_begins_with_a_label_belongs_to_its_last_item(items: ReadItems) -> None:
    (item,) = items("- 4/8 20:43 鉴权异常\n\n原因：行方系统问题\n")
    assert [(field.label, field.value) for field in item.fields] == [("原因", "行方系统问题")]


def test_labels_are_found_in_any_order_on_one_line_or_many(items: ReadItems) -> None:
    (item,) = items("- 处置：重启 原因：内存泄漏\n影响：12家门店\n")
    assert [(field.label, field.value) for field in item.fields] == [
        ("处置", "重启"),
        ("原因", "内存泄漏"),
        ("影响", "12家门店"),
    ]


def test_a_date_before_a_label_keeps_its_day(items: ReadItems) -> None:
    (item,) = items("- Emails were sent twice on March 8. Root cause: retries\n")
    assert item.lead == "Emails were sent twice on March 8."


def test_labels_on_lines_of_their_own_are_gathered_below_the_line_that_opens_them(items: ReadItems) -> None:
    found = items("## 线上故障\n\n4/3 代付超时\n\n原因：专线抖动\n处理：切换\n\n4/4 页面白屏\n\n原因：证书过期\n")
    assert [(item.lead, len(item.children) + len(item.fields)) for item in found] == [
        ("4/3 代付超时", 2),
        ("4/4 页面白屏", 1),
    ]


def test_a_card_table_is_one_item(items: ReadItems) -> None:
    (item,) = items("| 项 | 内容 |\n|---|---|\n| 时间 | 4/3 14:00 |\n| 原因 | 磁盘满 |\n| 处置 | 清理 |\n")
    assert (item.kind, [field.label for field in item.fields]) == ("incident", ["时间", "原因", "处置"])


OF_INCIDENTS = (
    "| 开始 | 现象 | 原因 |\n|---|---|---|\n| 4/3 14:00 | 代付超时 | 磁盘满 |\n| 4/4 9:00 | 白屏 | 证书过期 |\n"
)
OF_PROJECTS = "| 项目 | 进展 |\n|---|---|\n| 账户2.0 | 联调中 |\n| 收银台 | 已上线 |\n"
OF_STEPS = "| 时间 | 动作 |\n|---|---|\n| 14:00 | 告警 |\n| 14:20 | 回滚 |\n"


@pytest.mark.parametrize(
    ("section", "line", "table", "found"),
    [
        ("线上故障", "明细，按开始时间排", OF_INCIDENTS, ["代付超时", "白屏"]),
        ("线上故障", "4/3 14:00 代付超时", OF_STEPS, [""]),
        ("本周进展", "详见下表", OF_PROJECTS, ["账户2.0", "收银台"]),
        ("本周进展", "支付中台", OF_PROJECTS, [""]),
    ],
)
def test_a_toggle_above_a_table_is_its_caption_unless_it_tells_of_something(
    items: ReadItems, section: str, line: str, table: str, found: list[str]
) -> None:
    inside = "".join(f"    {row}\n" for row in table.splitlines())
    assert [item.name for item in items(f"## {section}\n\n- {line}\n\n{inside}")] == found


def test_links_to_daily_reports_are_no_items(items: ReadItems) -> None:
    assert items("# 日报合集\n\n[2023/03/28 周二](a.md)\n") == ()


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("需领导协调事项", "note"), ("请业务方支持的问题", "note"), ("PMO下周安排", "goal"), ("测试组下周工作重点", "goal"),
        ("竞品观察", "note"), ("人手及其他", "note"), ("团队建设", "note"), ("维护计划", "note"), ("复盘心得", "note"),
        ("工作建议", "note"), ("People & hiring", "note"), ("Learning & Sharing", "note"), ("Upcoming maintenance", "note"),
        ("Customer feedback", "note"), ("Numbers we watch", "metric"), ("Outages this week", "incident"),
        ("生产事件说明", "incident"),
        ("What went wrong", "incident"), ("Where the projects are", "update"), ("下周要做的", "goal"),
        ("客服工作台", None), ("协同平台重构", None),
    ],
)  # fmt: skip
def test_what_chapters_are_called(heading: str, kind: str | None) -> None:
    assert lexicon.load().heading_kind(heading) == kind


@pytest.mark.parametrize("name", ["协同", "投诉处理", "内部系统", "Bank platform", "Maintenance", "Problems"])
def test_what_names_a_chapter_may_name_a_project_in_a_list(name: str) -> None:
    assert lexicon.load().section_kind(name) is None


def test_parts_of_a_chapter_may_be_counted_on_plain_lines(items: ReadItems) -> None:
    lines = "## 3. 重点工作\n\n3.1 大促保障\n\n- 扩容完成\n\n3.2 告警治理\n\n下线规则 74 条。\n\n3.3 网关升级：暂停，让路大促。\n"
    assert [(item.name or item.text, len(item.children)) for item in items(lines)] == [
        ("大促保障", 1), ("告警治理", 1), ("网关升级：暂停，让路大促。", 0),
    ]  # fmt: skip


def test_a_table_ends_the_list_that_a_colon_line_owns(items: ReadItems) -> None:
    lines = "## 数据\n\n代付：\n\n- 笔数 412 万\n\n| 通道 | 成功率 |\n|---|---|\n| 网联 | 99.8% |\n\n- 客诉 2 件\n"
    assert [item.section for item in items(lines)] == [("数据", "代付"), ("数据",), ("数据",)]


def test_alerts_among_numbers_are_numbers(items: ReadItems) -> None:
    lines = "## 稳定性指标\n\n告警\n\n- 告警总数：862条\n- 误报率 34.5%\n"
    assert {item.kind for item in items(lines)} == {"metric"}


def test_prose_broken_at_a_column_is_one_line_and_keeps_its_place(items: ReadItems) -> None:
    first = "Refunds: about 340 payments were charged twice between ten and eleven"
    lines = f"{first}\nand all were refunded. Thanks to all who\nhelped with it"
    (item,) = items(lines)
    assert (item.lines, "eleven and all" in item.text) == ((1, 3), True)


def test_a_label_does_not_go_on_with_the_line_above(items: ReadItems) -> None:
    (item,) = items("- 签名替换：原作者已离职，\n  风险：没有文档\n")
    assert [(field.label, field.value) for field in item.fields] == [("风险", "没有文档")]


@pytest.mark.parametrize("line", ["■ 其他", "◆ 其他", "▶ 其他", "3. **其他**"])
def test_a_bullet_that_names_a_section_and_is_set_off_heads_it(items: ReadItems, line: str) -> None:
    found = items(f"{line}\n\n- 季度述职\n- 团建\n")
    assert [(item.section, item.kind, item.text) for item in found] == [
        (("其他",), "note", "季度述职"),
        (("其他",), "note", "团建"),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("下周盯什么", "goal"), ("出过的事", "incident"), ("组里的事", "note"), ("下周三的事", "note")],
)
def test_chapters_in_an_author_s_own_words(items: ReadItems, heading: str, kind: str) -> None:
    assert [item.kind for item in items(f"## {heading}\n\n- 收银台改版上线\n")] == [kind]


def test_a_line_that_owns_nothing_is_an_item(items: ReadItems) -> None:
    found = items("**大家辛苦了**\n\n## 其他\n\n- 季度述职\n")
    assert [item.text for item in found] == ["大家辛苦了", "季度述职"]


def test_short_lines_are_a_note_each_and_attachments_are_none(items: ReadItems) -> None:
    assert [item.text for item in items("## 其他\n\n团建定在周五\n新同学周一入职\n")] == [
        "团建定在周五",
        "新同学周一入职",
    ]
    assert items("## 附件\n\n[退款明细](refund.csv)\n") == ()
