"""What stands on top of a Markdown page: its title, or the first of its parts."""

import pytest

from notion_archive import lexicon, reports
from notion_archive.markup import page as pages
from notion_archive.model import Page
from notion_archive.vocabulary import Vocabulary

WORDS = lexicon.load()


@pytest.mark.parametrize(
    ("text", "titles", "first"),
    [
        ("# 第1周 2024-01-07\n\n# 本周进展\n\n# 下周计划\n", ("第1周 2024-01-07",), "本周进展"),
        ("# 第1周 2024-01-07\n\n# 第1周 2024/01/07\n\na\n", ("第1周 2024-01-07", "第1周 2024/01/07"), "a"),
        ("# 本周进展\n\n- a\n\n# 下周计划\n", (), "本周进展"),
        ("# 本周进展\n\n- a\n", ("本周进展",), "a"),
        ("先说一句\n\n# 本周进展\n\n# 下周计划\n", (), "先说一句"),
        ("# My tasks\n", ("My tasks",), None),
        ("", (), None),
    ],
)
def test_the_title_of_a_page(text: str, titles: tuple[str, ...], first: str | None) -> None:
    found = pages.read(Page(id="a", path="a.md", text=text), WORDS)
    assert (found.titles, found.blocks[0].text if found.blocks else None) == (titles, first)


def test_a_page_without_a_title_has_that_of_its_file() -> None:
    page = Page(
        id="a", path="周报/第1周 2024-01-07.md", text="---\n标签: 周报\n---\n# 本周进展\n\n- a：完成\n\n# 下周计划\n"
    )
    report = reports.read_report(page, Vocabulary())
    assert (report.title, report.kind, report.week) == ("第1周 2024-01-07", "weekly", 1)


def test_properties_stand_on_top_too() -> None:
    found = pages.read(Page(id="a", path="a.md", text="# a\n\nCreated: 2024年3月2日 20:57\n负责人: 林\n\nb\n"), WORDS)
    assert (found.top, found.blocks[0].lines) == ((1, 4), (6, 6))
