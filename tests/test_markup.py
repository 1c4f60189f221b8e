"""Markdown to blocks, and the markup inside a line."""

import pytest

from notion_archive import lexicon
from notion_archive.markup import inline, listed, markdown, properties


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("**原因：**中行侧", "原因：中行侧"),
        ("that ****responsible** value", "that responsible value"),
        ("[回滚](a%20b.md)", "回滚"),
        ("fund\\_check&#x20;", "fund_check"),
        ("`a*b*c` 与 ~~旧~~", "a*b*c 与 旧"),
        ("![图](x.png)超时", "超时"),
        ("3 * 4 * 5", "3 * 4 * 5"),
    ],
)
def test_the_words_of_a_line_come_without_their_markup(markup: str, words: str) -> None:
    assert inline.clean(markup) == words


def test_children_of_a_toggle_heading_are_no_code() -> None:
    (heading, item) = markdown.read("### 线上问题\n\n    - **P2** 9/14 13:20 验签失败\n")
    assert (heading.type, item.type, item.text, item.lines) == ("heading", "item", "P2 9/14 13:20 验签失败", (3, 3))


def test_several_children_of_a_toggle_heading_are_an_item_each() -> None:
    lines = "## 数据\n    \n    - 成功率：99.9%\n    - 客诉：3件\n    \n    ### 收单\n    \n        - 笔数：5万\n\n## 其他\n\n- 团建\n"
    assert [(block.type, block.text, block.lines[0]) for block in markdown.read(lines)] == [
        ("heading", "数据", 1), ("item", "成功率：99.9%", 3), ("item", "客诉：3件", 4),
        ("heading", "收单", 6), ("item", "笔数：5万", 8), ("heading", "其他", 10), ("item", "团建", 12),
    ]  # fmt: skip


def test_code_below_a_toggle_heading_keeps_its_lines() -> None:
    found = markdown.read("## 排查\n\n    ```sql\n    # 慢查询\n        select 1\n    ```\n\n    已加索引\n")
    assert [(block.type, block.text) for block in found] == [
        ("heading", "排查"),
        ("code", "# 慢查询\n    select 1"),
        ("paragraph", "已加索引"),
    ]


def test_what_is_indented_by_two_below_a_number_is_below_it() -> None:
    first, second = markdown.read("1. **交易库扩容**\n  1. 双写跑满六天\n  2. 6/14切读\n2. **账务核心**\n  - 已提测\n")
    assert [(block.text, [child.text for child in block.children]) for block in (first, second)] == [
        ("交易库扩容", ["双写跑满六天", "6/14切读"]),
        ("账务核心", ["已提测"]),
    ]


def test_bullets_that_are_indented_like_their_siblings_stay_beside_them() -> None:
    assert [block.text for block in markdown.read(" - 收银台改版\n - 账务核心\n")] == ["收银台改版", "账务核心"]


def test_a_block_for_a_bullet_begins_another_list() -> None:
    assert [(block.marker, block.text) for block in markdown.read("■ 本周进展\n- 收银台改版\n■ 下周计划\n")] == [
        ("+", "本周进展"),
        ("-", "收银台改版"),
        ("+", "下周计划"),
    ]


def test_a_short_line_above_one_that_begins_in_bold_stands_apart() -> None:
    assert [block.text for block in markdown.read("本周进展：\n**收银台改版** 联调中\n")] == [
        "本周进展：",
        "收银台改版 联调中",
    ]


def test_the_mark_of_a_callout_is_no_word() -> None:
    (quote,) = markdown.read("> [!bug] S3 6/7 14:05 中行代扣超时\n")
    assert quote.text == "S3 6/7 14:05 中行代扣超时"


@pytest.mark.parametrize("bullet", ["-", "*", "•", "▶", "·", "●"])
def test_a_bullet_is_one_whatever_its_sign(bullet: str) -> None:
    (block,) = markdown.read(f"{bullet} 收银台改版\n联调完成\n")
    assert (block.type, block.text, block.numbers) == ("item", "收银台改版\n联调完成", (1, 2))


def test_a_done_to_do_keeps_its_mark() -> None:
    assert [(block.marker, block.text) for block in markdown.read("- [x] 演练\n- [ ]  扩容\n")] == [
        ("[x]", "演练"),
        ("[ ]", "扩容"),
    ]


def test_a_lone_carriage_return_makes_no_line() -> None:
    (block,) = markdown.read("a\rb")
    assert (block.text, block.lines) == ("a b", (1, 1))


def test_properties_are_the_lines_below_the_title() -> None:
    lines = ["# 第15周", "", "Created: 2023年11月29日 20:57", "标签: 周报", "", "# 上周进展"]
    assert properties.split(lines, lexicon.load()) == ({"Created": "2023年11月29日 20:57", "标签": "周报"}, {2, 3})


def test_a_numbered_list_below_the_title_holds_no_properties() -> None:
    lines = ["# 2024-02-22 周四", "", "1. 钱包提现：自测完成", "2. 余额宝对接：卡在签约"]
    assert properties.split(lines, lexicon.load()) == ({}, set())


@pytest.mark.parametrize(
    "page",
    [
        "## 收银台改版\n\n- 本周进展\n    - 已提测\n- 下周计划\n    - 上线\n",  # below a heading they are labels
        "1. 需求\n2. 测试\n3. 故障\n",  # which own nothing
        "- 本周进展\n- 收银台改版：已提测\n- 下周计划\n- 上线\n",  # nor do these
        "- 故障\n    - 代扣超时\n- 收银台改版\n    - 已提测\n",  # and one alone is no list of sections
    ],
)
def test_items_that_may_be_labels_or_words_are_no_sections(page: str) -> None:
    lines = page.split("\n")
    assert listed.headed(lines, lexicon.load()) == lines
