"""A database as CSV becomes one table, and its rows the records its columns speak of."""

import csv
import io

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notion_archive import reports
from notion_archive.markup import rows, stamps
from notion_archive.markup.inline import RawLink
from notion_archive.model import Block, Format, Page
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def table(text: str) -> Block:
    (found,) = rows.read(text).blocks
    return found


def records(text: str, *, path: str = "a1.csv") -> list[dict[str, object]]:
    """What the records of a database state, without what comes from the report."""
    found = reports.read_report(Page(id="a", path=path, text=text, format="csv"), WORDS)
    return [stated(msgspec.json.decode(msgspec.json.encode(record))) for record in found.records]


def stated(record: dict[str, object]) -> dict[str, object]:
    left_out = ("id", "report", "section", "text", "date")
    return {key: value for key, value in record.items() if key not in left_out and value not in (None, [])}


def test_rows_keep_their_lines_whatever_their_cells_hold() -> None:
    text = '\ufeffName,说明\r\n登录超时,"一\r\n\r\n二"\r\n\r\n"a ""b""",\r\n'
    assert table(text) == Block(
        type="table",
        text="",
        lines=(1, 6),
        rows=(("Name", "说明"), ("登录超时", "一\n二"), ('a "b"', "")),
        row_lines=((1, 1), (2, 4), (6, 6)),
    )


def test_lines_that_end_as_on_an_old_mac() -> None:
    assert table("Name,状态\ra,b\r").rows == (("Name", "状态"), ("a", "b"))


def test_rows_that_are_too_short_or_too_long() -> None:
    assert table("Name,状态,进度\na\nb,c,d,e\n").rows == (("Name", "状态", "进度"), ("a", "", ""), ("b", "c", "d", "e"))


def test_rows_without_a_title_are_rows() -> None:
    assert table("Name,状态\n,\n,完成\n").rows == (("Name", "状态"), ("", ""), ("", "完成"))


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n\r\n"])
def test_a_file_with_nothing_in_it(text: str) -> None:
    assert rows.read(text).blocks == ()


@pytest.mark.parametrize(
    ("cell", "words", "links"),
    [
        (
            "Develop survey, questions (../Tasks%20104d/Develop%201b.md), Interpret (https://www.notion.so/2c?pvs=21)",
            "Develop survey, questions, Interpret",
            (
                RawLink("Develop survey, questions", "../Tasks%20104d/Develop%201b.md"),
                RawLink("Interpret", "https://www.notion.so/2c?pvs=21"),
            ),
        ),
        (
            "Job Matrix™ (job profiles) (Job%20Matrix%E2%84%A2%20(job%20profiles)%20e803.md)",
            "Job Matrix™ (job profiles)",
            (RawLink("Job Matrix™ (job profiles)", "Job%20Matrix%E2%84%A2%20(job%20profiles)%20e803.md"),),
        ),
        ("Desert (Tags/Desert%201ae1.csv)", "Desert", (RawLink("Desert", "Tags/Desert%201ae1.csv"),)),
        ("周报 :) (%E5%91%A8%20:)%201b.md)", "周报 :)", (RawLink("周报 :)", "%E5%91%A8%20:)%201b.md"),)),
        ("支付, 对账 (行内), POS", "支付, 对账 (行内), POS", ()),
        ("见 (https://a.example) 的说明", "见 (https://a.example) 的说明", ()),
        ("**原因：** 见 [复盘](a.md)", "原因： 见 复盘", (RawLink("复盘", "a.md"),)),
        ("$233,357.56", "$233,357.56", ()),
    ],
)
def test_relations_are_names_and_links(cell: str, words: str, links: tuple[RawLink, ...]) -> None:
    output = io.StringIO()
    csv.writer(output).writerows([["Name", "关系"], ["a", cell]])
    found = rows.read(output.getvalue())
    assert (found.blocks[0].rows[1][1], found.links) == (words, links)


@pytest.mark.parametrize(
    ("stamp", "plain"),
    [
        ("2024년 3월 1일 오후 2:05", "2024-03-01 14:05"),
        ("2024년 3월 1일 오전 12:05", "2024-03-01 00:05"),
        ("2022년 6월 21일", "2022-06-21"),
        ("1 de marzo de 2024 14:05", "2024-03-01 14:05"),
        ("1er août 2024", "2024-08-01"),
        ("1. März 2024 23:50 (GMT+1) → 2. März 2024 0:20 (GMT+1)", "2024-03-01 23:50 → 2024-03-02 00:20"),
        ("1 mars 2024 14:05 → 15:10", "2024-03-01 14:05 → 15:10"),
        ("2024年3月1日 下午2:05", "2024年3月1日 下午2:05"),
        ("March 1, 2024 2:05 PM (GMT+8) → 3:10 PM (GMT+8)", "March 1, 2024 2:05 PM → 3:10 PM"),
        ("1 mars 2024 → soon", "1 mars 2024 → soon"),
        ("le 1 mars 2024", "le 1 mars 2024"),
    ],
)
def test_stamps_in_the_language_of_the_user(stamp: str, plain: str) -> None:
    assert stamps.read(stamp) == plain


# what comes of it

INCIDENTS = {
    "kind": "incident",
    "lines": [2, 3],
    "institutions": ["中国银行"],
    "occurred": "2024-03-01T14:05",
    "recovered": "2024-03-01T14:40",
    "minutes": 35,
    "severity": "P2",
}


def named(text: str, form: Format) -> list[tuple[str, tuple[str, ...]]]:
    found = reports.read_report(Page(id="a", path="周报 2024-03-03", text=text, format=form), WORDS)
    return [(record.text, record.institutions) for record in found.records]


@pytest.mark.parametrize("head", ["银行", "渠道", "合作方", "Bank", "Partner"])
def test_a_cell_under_a_head_that_says_so_names_a_bank(head: str) -> None:
    rows = [
        ("农业", "超时", ("中国农业银行",)),
        ("平安", "无人值守", ("平安银行",)),
        ("ABC", "late again", ("中国农业银行",)),
        ("长安、昆仑", "平安度过", ("长安银行", "昆仑银行")),
    ]
    cells = "".join(f"| {bank} | {problem} |\n" for bank, problem, _ in rows)
    expected = [(f"{bank} | {problem}", names) for bank, problem, names in rows]
    assert named(f"## 故障\n\n| {head} | 现象 |\n|---|---|\n{cells}", "markdown") == expected
    cells = "".join(f"{bank},{problem},2024-03-01 14:05,专线\n" for bank, problem, _ in rows)
    found = named(f"{head},现象,时间,原因\n{cells}", "csv")
    assert [names for _, names in found] == [names for _, _, names in rows]


def test_a_cell_under_any_other_head_needs_a_cue() -> None:
    table = "## 进展\n\n| 项目 | 进展 |\n|---|---|\n| 农业 | 完成 80% |\n| 建设 | 完成 20% |\n"
    assert {names for _, names in named(table, "markdown")} == {()}


@pytest.mark.parametrize("path", ["故障库 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a_all.csv", "a1.csv"])
def test_a_database_of_incidents_becomes_incidents(path: str) -> None:
    text = (
        "\ufeff时间,银行,现象,原因,处置,级别,恢复时间\r\n"
        '2024年3月1日 14:05,中国银行,"代付超时\r\n约 20 笔",专线抖动,切换线路,P2,2024年3月1日 14:40\r\n'
    )
    assert records(text, path=path) == [
        {**INCIDENTS, "summary": "代付超时 约 20 笔", "cause": "专线抖动", "resolution": "切换线路"}
    ]


def test_a_database_of_incidents_in_english() -> None:
    text = (
        "Name,Started,Bank,Summary,Root cause,Resolution,Severity,Resolved\n"
        'INC-1,"March 1, 2024 2:05 PM",Bank of China,"Payouts\ntimed out",Line flapping,Switched line,P2,'
        '"March 1, 2024 2:40 PM"\n'
    )
    assert records(text) == [
        {**INCIDENTS, "summary": "Payouts timed out", "cause": "Line flapping", "resolution": "Switched line"}
    ]


@pytest.mark.parametrize(
    "span",
    [
        "2024年3月1日 14:05 → 14:40",
        "2024年3月1日 下午2:05 → 2024年3月1日 下午2:40",
        "March 1, 2024 2:05 PM (GMT+8) → 2:40 PM",
        "2024년 3월 1일 오후 2:05 → 오후 2:40",
        "1. März 2024 14:05 → 1. März 2024 14:40",
    ],
)
def test_a_span_of_time_in_one_cell(span: str) -> None:
    text = f'现象,发生时间,银行,原因,级别\n代付超时,"{span}",中国银行,专线抖动,P2\n'
    found = {**INCIDENTS, "lines": [2, 2], "summary": "代付超时", "cause": "专线抖动"}
    assert records(text) == [found]


def test_a_database_of_tasks_becomes_updates() -> None:
    text = "项目,状态,进度,截止日期\n账户2.0升级,进行中,65%,2024年3月15日\n,,,\n"
    assert records(text) == [
        {
            "kind": "update",
            "lines": [2, 2],
            "project": "账户2.0升级",
            "key": "账户2.0",
            "status": "in_progress",
            "progress": [{"label": "进度", "percent": 65.0, "done": None, "total": None}],
            "milestones": [{"text": "2024年3月15日", "start": "2024-03-15", "end": "2024-03-15", "state": "planned"}],
        }
    ]


def test_a_database_of_tasks_in_english() -> None:
    text = 'Name,Status,Owner,Due\nLedger 2.0,In progress,Ann,"March 15, 2024"\n'
    (found,) = records(text)
    assert (found["kind"], found["project"], found["status"]) == ("update", "Ledger 2.0", "in_progress")


def test_the_rows_of_any_other_database_are_notes() -> None:
    assert [record["kind"] for record in records("Name,Tags\na,b\n,\n")] == ["note"]


CELL = st.text(alphabet='a原因,，"\n\r ()→.md:%20[]*\\\x00\ufeff', max_size=12)


@given(
    st.one_of(
        st.text(), st.lists(st.lists(CELL, max_size=4), max_size=6).map(lambda made: "\n".join(map(",".join, made)))
    )
)
@settings(deadline=None)
def test_anything_like_csv_is_read(text: str) -> None:
    for found in rows.read(text).blocks:
        assert len(found.rows) == len(found.row_lines)
        assert [line for span in found.row_lines for line in span] == sorted(
            line for span in found.row_lines for line in span
        )
    reports.read_page(Page(id="a", path="a.csv", text=text, format="csv"), WORDS)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6))
@settings(deadline=None)
def test_every_row_that_was_written_is_read(cells: list[tuple[str, str]]) -> None:
    output = io.StringIO(newline="")
    csv.writer(output, quoting=csv.QUOTE_ALL).writerows(cells)
    assert len(table(output.getvalue()).rows) == len(cells)
