"""Pages folded into toggles, as they come out of an export: list items with everything indented below them."""

import textwrap

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Report, Update
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()

FOLDED = """\
# 第15周周报

- 本周进展

    - 账户2.0：联调中，预计4/20上线
    - 收银台改版：已提测

- **线上故障**

    - 4/3 14:00 光大代付超时，14:35恢复

- 下周计划

    - 新网关二期启动灰度
"""


def parse(page: str) -> Report:
    return reports.read_report(Page(id="p", path="第15周.md", text=page), WORDS)


def _records(page: str) -> list[tuple[str, str]]:
    return sorted((record.kind, record.text) for record in parse(page).records)


def _with_headings(page: str) -> str:
    """The same page with its toggles as headings and what they hold at the margin."""
    lines = [
        line if line.startswith((" ", "#")) or not line else f"## {line.strip('-* ')}" for line in page.split("\n")
    ]
    return "\n".join(line.removeprefix("    ") for line in lines)


def test_toggles_of_a_page_are_its_sections() -> None:
    assert _records(FOLDED) == _records(_with_headings(FOLDED))
    assert sorted(kind for kind, _ in _records(FOLDED)) == ["goal", "incident", "update", "update"]


def test_toggles_stand_on_the_lines_they_were_written_on() -> None:
    lines = FOLDED.split("\n")
    assert all(
        record.text.split("：")[0].split("，")[0] in lines[record.lines[0] - 1] for record in parse(FOLDED).records
    )


def test_one_toggle_around_the_whole_page_is_its_title() -> None:
    page = _with_headings(FOLDED).removeprefix("# 第15周周报\n")
    whole = "- 第15周周报\n" + textwrap.indent(page, "    ")
    assert _records(whole) == _records(FOLDED)


def test_a_toggle_that_only_says_there_is_more_is_not_there() -> None:
    for caption in ("点击展开", "**展开查看详情**", "明细", "Click to expand", "Details"):
        page = f"# 周报\n\n## 本周进展\n\n- {caption}\n\n    - 账户2.0：联调中\n    - 收银台改版：已提测\n"
        assert [record.project for record in parse(page).records if isinstance(record, Update)] == [
            "账户2.0",
            "收银台改版",
        ], caption


def test_sections_in_plain_speech_are_what_they_say() -> None:
    page = """# 日报 2024-05-22

- **半夜那个事**

    2:10告警，建行代扣回调一条都没有，2:55恢复

    原因：新根证书没装

- **今天**

    - 零钱分户 开发中，60%

- 没想完的

    证书这种东西得有个巡检
"""
    assert [record.kind for record in parse(page).records] == ["incident", "update", "note"]


def test_labels_below_the_name_of_a_project_are_no_sections() -> None:
    page = "# 周报\n\n## 账户2.0\n\n- 本周进展\n    - 完成联调\n- 风险\n    - 缺测试环境\n"
    updates = [record for record in parse(page).records if isinstance(record, Update)]
    assert {record.project for record in updates} == {"账户2.0"}
    assert [risk for record in updates for risk in record.risks] == ["缺测试环境"]
