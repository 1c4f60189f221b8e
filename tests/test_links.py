"""A link leads to the page it means, however it is written; what leads nowhere stays a link, and no error."""

from pathlib import Path

import pytest
from zips import A, B, C, files

from notion_archive.model import Link
from notion_archive.queries.parse import parse

WOLAI = "bwwZNLFwLQ1mbmgykBS8ZF"


def links(folder: Path, page: str, *others: str, path: str = f"页/起点 {A}.md") -> tuple[Link, ...]:
    """The links of a page in a zip with other pages, empty ones."""
    export = folder / "Export.zip"
    export.write_bytes(files({path: page, **dict.fromkeys(others, "x")}))
    (report,) = (report for report in parse([str(export)]).reports if report.path == path)
    return report.links


@pytest.mark.parametrize(
    ("target", "page"),
    [
        (f"AIGC%20Weekly%20#10%20{B}.md", f"页/AIGC Weekly #10 {B}.md"),
        ("AIGC%20Weekly%20#10%20回顾.md", "页/AIGC Weekly #10 回顾.md"),
        (f"Projects%20&%20Tasks%20'24%20{B}.md", f"页/Projects & Tasks '24 {B}.md"),
        (f"2023-03-28%20周二_{WOLAI}.md", f"页/2023-03-28 周二_{WOLAI}.md"),
        (f"../2023-03-28%20周二_{WOLAI}.md", f"别处/2023-03-28 周二_{WOLAI}.md"),
        ("%25D0%25BA%25D0%25BE%25D1%2582.md", "页/кот.md"),
        ("%D0%BA%D0%BE%D1%82.md", "页/кот.md"),
        ("100%完成.md", "页/100%完成.md"),
        ("100%25完成.md", "页/100%完成.md"),
        (f"Tags/Desert%20{B}.csv", f"页/Tags/Desert {B}.md"),
        (f"数据库/生活反思%20{B}.html", f"收集箱/生活反思 {B}.md"),
        ("<../对象头（mark word）/对象头（mark word）.md> \"对象头（mark word）\"", "对象头（mark word）/对象头（mark word）.md"),
        ("</04.分布式训练/1.概述 & 引言/1.概述.md>", "04.分布式训练/1.概述 & 引言/1.概述.md"),
        ("/04.分布式训练/1.概述.md", "04.分布式训练/1.概述.md"),
        ("周会%20(上海).md", "页/周会 (上海).md"),
        (f"https://www.notion.so/{B}", f"x {B}.md"),
        (f"https://www.notion.so/Atris-AI-Community-Manager-{B}?pvs=21", f"x {B}.md"),
        (f"https://team.notion.site/{B}#0c0c", f"x {B}.md"),
        (f"https://www.wolai.com/space/{WOLAI}", f"x_{WOLAI}.md"),
        ("%E1%84%89%E1%85%B3%E1%84%8F%E1%85%A6%E1%84%8C%E1%85%AE%E1%86%AF.md", "页/스케줄.md"),
        ("a.md#标题", "页/a.md"),
    ],
)  # fmt: skip
def test_a_link_finds_its_page(tmp_path: Path, target: str, page: str) -> None:
    (link,) = links(tmp_path, f"# 起点\n\n见 [那里]({target})\n", page)
    found = {report.path: report.id for report in parse([str(tmp_path / "Export.zip")]).reports}
    assert (link.text, link.report) == ("那里", found[page])


@pytest.mark.parametrize("link", ["[[周会]]", "[[周会|例会]]", "[[周会#议题]]", "[[周会#议题|例会]]"])
def test_a_wiki_link_finds_the_one_page_with_its_title(tmp_path: Path, link: str) -> None:
    (found,) = links(tmp_path, f"# 起点\n\n- 见 {link}，![[图.png]]\n", "别处/周会.md")
    assert (found.text, found.report is not None) == ("例会" if "|" in link else "周会", True)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (
            f"Job%20Matrix%E2%84%A2%20(job%20profiles)%20{B}.md",
            f"Job Matrix™ (job profiles) {B}.md",
        ),
        (f"Home%20{C}/Untitled%20{B}.csv", f"Home {C}/Untitled {B}.csv"),
        (f"https://www.notion.so/{B}?pvs=21", f"https://www.notion.so/{B}?pvs=21"),
        ("https://www.notion.soundefined", "https://www.notion.soundefined"),
    ],
)
def test_a_link_to_a_page_that_is_not_in_the_export_stays_unresolved(tmp_path: Path, target: str, path: str) -> None:
    assert links(tmp_path, f"# 起点\n\n见 [那里]({target})\n") == (
        Link(text="那里", path=path, date=None, report=None),
    )


@pytest.mark.parametrize(
    "target",
    [
        "https://www.notion.so/product/ai",
        "https://www.notion.so/icons/checkmark_gray.svg",
        "https://www.notion.so/guides/category/databases",
        "https://example.com/a.md",
        "a.png",
    ],
)
def test_what_is_no_page_is_no_link_to_one(tmp_path: Path, target: str) -> None:
    assert links(tmp_path, f"# 起点\n\n见 [那里]({target})\n") == ()


def test_brackets_in_the_words_of_a_link_are_kept(tmp_path: Path) -> None:
    words = f'[\\[ 上一章 \\]](https://www.wolai.com/{WOLAI} "\\[ 上一章 ]")'
    (link,) = links(tmp_path, f"# 起点\n\n{words}\n")
    assert (link.text, link.path) == ("[ 上一章 ]", f"https://www.wolai.com/{WOLAI}")


def test_relations_among_the_properties_of_a_page_are_links(tmp_path: Path) -> None:
    page = (
        f"# 起点\n\n负责人: 张三\n任务: Develop survey, questions (../Tasks%20{C}/Develop%20{B}.md), 复盘 (b) (../c.md)\n"
        f"设计: 架构设计 (https://www.notion.so/{C}?pvs=21)\n\n正文\n"
    )
    found = links(tmp_path, page, f"Tasks/Develop {B}.md", "c.md")
    assert [(link.text, link.report is not None) for link in found] == [
        ("Develop survey, questions", True),
        ("复盘 (b)", True),
        ("架构设计", False),
    ]
