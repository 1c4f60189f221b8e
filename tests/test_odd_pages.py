"""What pages of real exports hold that a reader does not expect: each is read for what its author meant."""

import datetime as dt

import pytest

from notion_archive import documents, reports, text
from notion_archive.model import Page
from notion_archive.records import AnyRecord, Incident, Report
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def read(words: str, path: str = "第15周 2023-04-09.md") -> Report:
    return reports.read_report(Page(id="p", path=path, text=words), WORDS)


def records(body: str) -> tuple[AnyRecord, ...]:
    """The records of a weekly report with this body."""
    return read(f"# 第15周 2023-04-09\n\n{body}").records


def incidents(body: str) -> list[Incident]:
    return [record for record in records(body) if isinstance(record, Incident)]


def searched(words: str) -> str:
    """Everything of a page that a search looks at."""
    found = documents.of_page(reports.read_page(Page(id="p", path="第15周 2023-04-09.md", text=words), WORDS))
    return "\n".join(f"{document.title}\n{document.text}" for document in found)


# title and properties


def test_the_title_is_the_heading_and_not_the_name_that_was_cut() -> None:
    found = read("# A Systematic Review of Ways to Detect d1 Faults\n", f"A Systematic Review … Detect {'d1' * 16}.md")
    assert found.title == "A Systematic Review of Ways to Detect d1 Faults"


def test_a_relative_day_in_a_title_is_none_and_the_property_is_the_day() -> None:
    found = read("# @Today\n\nFull date: April 3, 2023\nTags: daily\n\n- 值班\n", f"@Last Monday {'23' * 16}.md")
    assert (found.title, found.date) == ("@Today", dt.date(2023, 4, 3))
    assert read("# @Today\n\n- 值班\n", f"@Last Monday {'23' * 16}.md").date is None


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("创建时间: 2024年10月4日 9:03", "2024-10-04T09:03"),
        ("建立時間: 2024年10月4日 9:03", "2024-10-04T09:03"),
        ("作成日時: 2022年4月18日 午後 10:23", "2022-04-18T22:23"),
        ("생성일: 2023년 10월 18일 오후 4:15", "2023-10-18T16:15"),
        ("Created time: November 19, 2024 8:45 AM", "2024-11-19T08:45"),
        ("Date Created: November 19, 2024 8:45 AM", "2024-11-19T08:45"),
        ("Created: 2023年11月29日 20:57", "2023-11-29T20:57"),
    ],
)
def test_when_a_page_was_made_is_read_in_every_language_and_is_never_its_date(line: str, made: str) -> None:
    found = read(f"# 支付平台\n\n{line}\n\n正文\n", "支付平台.md")
    assert (found.created, found.date) == (made, None)


def test_properties_end_at_the_first_blank_line() -> None:
    found = read(
        "# Retro\n\n所有者: Zvezdy\n标签: 二分答案, 树状数组\n\nObjective:\nSummary:\n\nNothing new.\n", "Retro.md"
    )
    assert found.properties == {"所有者": "Zvezdy", "标签": "二分答案, 树状数组"}


def test_property_names_keep_emoji_and_numbers_and_lose_space() -> None:
    lines = "Data type : MRI\n🗃️ Projects: A\n上次编辑时间: 2024年10月4日 20:40\n上次编辑时间 (1): 2024年10月5日 9:03\n"
    assert read(f"# Scan\n\n{lines}\nx\n", "Scan.md").properties == {
        "Data type": "MRI",
        "🗃️ Projects": "A",
        "上次编辑时间": "2024年10月4日 20:40",
        "上次编辑时间 (1)": "2024年10月5日 9:03",
    }


def test_a_first_paragraph_that_looks_like_a_property_is_none() -> None:
    found = read("# 发布记录\n\n注意: 需要回滚\n\n- 上线\n", "发布记录.md")
    assert (found.properties, "需要回滚" in searched("# 发布记录\n\n注意: 需要回滚\n\n- 上线\n")) == ({}, True)


def test_a_range_of_days_among_the_properties_is_the_period_of_a_report() -> None:
    found = read("# 周报\n\nDates: April 1, 2024 → April 7, 2024 (GMT+8)\nStatus: done\n\nx\n", "周报.md")
    assert found.properties["Dates"] == "April 1, 2024 → April 7, 2024 (GMT+8)"
    assert (found.start, found.end) == (dt.date(2024, 4, 1), dt.date(2024, 4, 7))


@pytest.mark.parametrize("day", ["2023 年 6 月 1 日", "2023/06/01", "2023年06月01日"])
def test_spaces_and_zeros_in_the_date_of_a_title_change_nothing(day: str) -> None:
    assert read(f"# PLCT 开源进展·第 46 期·{day}\n", "x.md").date == dt.date(2023, 6, 1)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("", "空"),
        ("\n", "空"),
        ("# My tasks", "My tasks"),
        ("没有标题\n", "空"),
        ("# My tasks\n\n[Tasks](x.csv)", "My tasks"),
    ],
)
def test_a_page_with_next_to_nothing_in_it_is_a_page(words: str, title: str) -> None:
    found = read(words, "空.md")
    assert (found.title, found.kind, found.properties) == (title, "page", {})


@pytest.mark.parametrize("body", ["[任务](X%20{}.csv)", "[任务](X%20{}.csv)\n"])
def test_a_page_whose_only_body_is_a_database_has_no_record_of_its_own(body: str) -> None:
    found = read("# 任务\n\n" + body.format("1b" * 16), "任务.md")
    assert (found.records, len(found.links)) == ((), 1)


def test_front_matter_with_keys_in_any_language_holds_the_properties() -> None:
    found = read("---\n所有者: Anka\n标签:\n  - 周报\n  - 支付\n---\n\n# 周报\n\n- a\n", "x.md")
    assert (found.properties, found.title) == ({"所有者": "Anka", "标签": "周报, 支付"}, "周报")


def test_a_rule_further_down_is_no_front_matter() -> None:
    found = read("# 周会\n\n上半\n\n---\n\n所有者: Anka\n\n---\n\n下半\n\n***\n", "x.md")
    assert (found.properties, found.title) == ({}, "周会")


# body


def test_a_line_that_was_broken_inside_a_bullet_belongs_to_it() -> None:
    body = "## 上周进展\n\n- 账户数据核对\n账户1.x和2.0核对中，主要问题：\n    1. 冻结流水方向相反\n    2. 手续费舍入不一\n"
    (update,) = records(body)
    assert (update.lines[0] - 2, update.lines[1] - 2) == (3, 6)
    assert "账户1.x和2.0核对中" in update.text


def test_blank_lines_of_spaces_part_nothing() -> None:
    (found,) = incidents(
        "## 线上故障\n\n- 4/3 14:00 中行代付超时，14:35恢复\n    \n    原因：专线抖动\n    \n    处置：切换备线\n"
    )
    assert (found.cause, found.resolution) == ("专线抖动", "切换备线")


def test_labels_on_one_line_and_a_list_that_breaks_off() -> None:
    (found,) = incidents("## 线上故障\n\n- 4/3 14:00 中行代付超时\n原因：行方批量延迟 处置：1.需要行方补推 2.\n")
    assert found.cause == "行方批量延迟"
    assert (found.resolution or "").startswith("1.需要行方补推")


def test_empty_boxes_to_check_are_dropped() -> None:
    found = records("## 下周计划\n\n- [ ]  \n- [ ]\n- [x]  \n- [ ]  压测\n")
    assert [(record.kind, record.text) for record in found] == [("goal", "压测")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- **teamwork** **and ****honesty **", "teamwork and honesty"),
        ("- ****100,000 euros", "100,000 euros"),
        ("- **P**rivate", "Private"),
        ("-   **ZeRO-Offload 训练**\\*\\*：\\*\\*提速", "ZeRO-Offload 训练：提速"),
        ("- 支付\\_核心\\[灰度\\]&#x20;", "支付_核心[灰度]"),
        ("- 回滚<br />重试", "回滚 重试"),
    ],
)
def test_stars_and_escapes_are_no_words(line: str, words: str) -> None:
    (found,) = records(f"## 其他\n\n{line}\n")
    assert " ".join(found.text.split()) == words


def test_a_reference_to_a_line_break_in_a_heading_is_space() -> None:
    (found,) = records("## &#x20;其他&#xA;\n\n- 团建\n")
    assert found.section == ("其他",)


def test_a_callout_is_its_words() -> None:
    body = '<aside>\n<img src="https://www.notion.so/icons/star.svg" alt="star" width="40px" />\n\n💡 先看监控再重启\n\n</aside>\n'
    told = searched(f"# 手册\n\n{body}")
    assert "先看监控再重启" in told
    assert not any(mark in told for mark in ("aside", "icons", "width"))


def test_the_path_in_an_image_is_no_word_and_its_caption_is_found() -> None:
    told = searched(
        "# 周刊\n\n![AIGC%20Weekly%20#10%201b/Untitled.png](AIGC%20Weekly%20#10%201b/Untitled.png)\n\n![切换前后](a.png)\n\n"
        "切换前后\n"
    )
    assert told.split() == ["周刊", "切换前后"]


def test_code_is_found_and_is_no_record() -> None:
    page = "## 线上故障\n\n```jsx\n2023-04-03 14:00 ERROR 中行代付超时 timeout=30s\n```\n"
    assert records(page) == ()
    assert "中行代付超时 timeout=30s" in searched(f"# 第15周 2023-04-09\n\n{page}")


@pytest.mark.parametrize(
    ("typed", "corrected"), [("--gpus all", "—gpus all"), ("a -> b", "a → b"), ('it\'s "on"', "it’s “on”")]
)
def test_what_notion_corrects_is_found_as_it_was_typed(typed: str, corrected: str) -> None:
    assert text.fold(typed) == text.fold(corrected)


@pytest.mark.parametrize("heading", ["##其他", "## 其他", "##\u00a0其他", '<a name="a4nzu"></a>\n## 其他'])
def test_a_heading_without_a_space_or_behind_an_anchor_is_one(heading: str) -> None:
    (found,) = records(f"{heading}\n\n- 团建\n")
    assert (found.kind, found.section, found.text) == ("note", ("其他",), "团建")


@pytest.mark.parametrize("indent", ["\t", "    ", "\u00a0\u00a0\u00a0\u00a0", "  "])
def test_tabs_and_hard_spaces_indent_as_spaces_do(indent: str) -> None:
    (found,) = incidents(f"## 线上故障\n\n- 4/3 14:00 中行代付超时，14:35恢复\n{indent}- 原因：专线抖动\n")
    assert found.cause == "专线抖动"


# databases


def test_a_column_that_is_called_as_a_field_of_the_system_is_not_when_it_happened() -> None:
    table = '现象,银行,Created time,原因,处置,级别\n代付超时,中行,"November 19, 2024 8:45 AM",专线抖动,切换,P2\n'
    found = reports.read_report(Page(id="p", path="故障库.csv", text=table, format="csv"), WORDS)
    (incident,) = found.records
    assert isinstance(incident, Incident)
    assert (incident.occurred, incident.date, incident.cause) == (None, None, "专线抖动")


def test_numbers_with_signs_and_commas_are_kept_as_they_were_written() -> None:
    table = 'Name,Amount,Share,Point\na,"$233,357.56",15%,"13,21321"\n'
    found = reports.read_report(Page(id="p", path="x.csv", text=table, format="csv"), WORDS)
    assert all(words in found.records[0].text for words in ("$233,357.56", "15%", "13,21321"))
