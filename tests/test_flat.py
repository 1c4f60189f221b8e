"""A page read without a parser is read as the parser reads it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notion_archive.markup import flat, markdown

PIECES = st.sampled_from(
    [*"-*+>#|=:`~_.)\t 1", "- ", "* ", "1. ", "2) ", "# ", "## ", "  ", "    ", "**", "***", "---", "```", "| a | b |", "|---|---|",
     "[ ] ", "<br>", "收银台：联调中", "x", "\u3000", "\u00a0", "\x0b", "&amp;", "10.", "1、"]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=4).map("".join) | st.sampled_from(
    ["", "# 周报", "## 本周", "- 收银台：联调中", "- **对账**：已上线", "1. 账务", "2. 清分", "其他", "  - 提测", "> 引用", "***", "* * *"]
)  # fmt: skip


@settings(max_examples=3000, deadline=None)
@given(st.lists(LINES, max_size=9))
def test_a_page_that_is_flat_is_read_as_by_the_parser(lines: list[str]) -> None:
    even = markdown._lines("\n".join(lines))
    assert markdown.read("\n".join(lines)) == tuple(markdown._parsed(even, 0, len(even)))


def test_only_what_is_not_flat_is_parsed() -> None:
    lines = ["# 周报", "", "- 收银台：联调中", "- **对账**", "# 下周", "- 账务", "  - 提测", "# 其他", "值班", "两天"]
    assert [(part.first, part.end, part.pieces is None) for part in flat.parts(lines)] == [
        (0, 4, False),
        (4, 7, True),
        (7, 10, False),
    ]


@pytest.mark.parametrize(
    "line", ["> 引用", "| a |", "  - b", "- - a", "- 1. a", "- # a", "---", "1.", "-", "a | b", "\ta", "- ```"]
)
def test_what_may_be_more_is_left_to_the_parser(line: str) -> None:
    assert [part.pieces for part in flat.parts([line])] == [None]
