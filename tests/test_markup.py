"""Markdown to blocks, and the markup inside a line."""

import pytest

from notion_archive import lexicon
from notion_archive.markup import inline, markdown, properties


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
