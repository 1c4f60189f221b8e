"""What `check` says of reports: contradictions and what was not read, each with its place."""

from pathlib import Path

import pytest

from notion_archive import reports
from notion_archive.model import Page, Problem
from notion_archive.queries.check import Answer, check
from notion_archive.queries.undecided import Cited, Undecided
from notion_archive.vocabulary import Vocabulary


def checked(**pages: str) -> Answer:
    words = Vocabulary()
    read = [
        reports.read_page(Page(id=path, path=f"{path}.md", text=text), words) for path, text in pages.items()
    ]  # fmt: skip
    return check(read, words)


def weekly(week: int, day: str, body: str) -> str:
    return f"# 第{week}周 {day}\n\n{body}\n"


@pytest.mark.parametrize(
    ("counted", "incident", "name"),
    [
        ("事故数：0次", "12/15 08:56 光大代扣超时，10:10恢复", "事故数"),
        ("Incidents: 0", "12/15 08:56 光大代扣超时，10:10恢复", "Incidents"),
        ("事故数：AB级0次，CD级0次", "12/15 08:56 光大代扣超时，10:10恢复", "事故数AB级"),
        ("事故数：AB级0次，CD级0次", "12/15 08:56 光大代扣超时（C级），10:10恢复", "事故数CD级"),
    ],
)
def test_no_incident_counted_and_one_listed_is_a_contradiction(counted: str, incident: str, name: str) -> None:
    body = f"## 运行数据\n\n- {counted}\n\n## 线上故障\n\n- {incident}"
    assert checked(a=weekly(50, "2023-12-17", body)).contradictions == (
        Problem(page="a.md", line=5, message=f"{name} is 0, and 1 listed: line 9"),
    )


def test_none_of_some_grades_counted_says_nothing_of_the_others() -> None:
    body = "## 运行数据\n\n- 事故数：AB级0次\n\n## 线上故障\n\n- 12/15 08:56 光大代扣超时（C级），10:10恢复"
    assert checked(a=weekly(50, "2023-12-17", body)).contradictions == ()


def test_a_day_or_a_number_that_was_not_read_is_told() -> None:
    body = """## 本周进展

- 账务核心3.0：等4月12日的窗口，原定12/10上线，延期至1/6上线
- 12/14 23:00 参加了3次评审

## 心得

- 12/13 听了2次分享"""
    found = checked(a=weekly(50, "2023-12-17", body)).unread
    assert [(one.line, one.message) for one in found] == [
        (5, "账务核心3.0: 4月12日 is in no milestone"),
        (6, "has a day and a number and is only a note: 12/14 23:00 参加了3次评审"),
    ]


def test_a_date_promised_before_the_report_itself_is_a_contradiction() -> None:
    body = "## 本周进展\n\n- 账务核心3.0：编码中，预计12/10上线"
    assert checked(a=weekly(50, "2023-12-17", body)).contradictions == (
        Problem(page="a.md", line=5, message="账务核心3.0: promised for 2023-12-10, before the report of 2023-12-17"),
    )


def test_missing_and_double_weeks_are_told() -> None:
    body = "## 本周进展\n\n- 账务核心3.0：编码中"
    found = checked(
        a=weekly(48, "2023-12-03", body), b=weekly(48, "2023-12-03", body), c=weekly(51, "2023-12-24", body)
    ).contradictions
    assert [problem.message for problem in found] == ["the same week as a.md", "2 weeks without a report before it"]


def test_a_house_may_count_its_weeks_otherwise_but_not_change_its_mind() -> None:
    body = "## 本周进展\n\n- 账务核心3.0：编码中"
    found = checked(
        a=weekly(15, "2023-04-09", body), b=weekly(16, "2023-04-16", body), c=weekly(19, "2023-04-23", body)
    ).contradictions
    assert found == (Problem(page="c.md", line=1, message="week 19 does not fit its date 2023-04-23"),)


def test_a_report_read_much_worse_than_those_before_is_told() -> None:
    good = "## 本周进展\n\n" + "\n".join(f"- 项目{n}号：编码中" for n in "一二三四")
    bad = "## 随想\n\n" + "\n".join(f"- 一些话{n}" for n in "一二三四")
    days = ("2023-12-03", "2023-12-10", "2023-12-17")
    pages = {f"w{week}": weekly(week, day, good) for week, day in zip((48, 49, 50), days, strict=True)}
    (drop,) = checked(**pages, w51=weekly(51, "2023-12-24", bad)).drops
    assert (drop.page, drop.message) == (
        "w51.md",
        "only 0% of its lines became records, 100% in the reports before: has the template changed?",
    )


MAYBE = """# 第50周 2023-12-17

## 其他

- 客户平安二字居中
- 平安侧通道已恢复
- 春节值班口号：平安二字，平安一词
"""


def test_what_may_be_an_institution_is_told_with_its_place_and_a_line_that_decides(tmp_path: Path) -> None:
    words = Vocabulary()
    page = Page(id="a", path="a.md", text=MAYBE)
    (one,) = check([reports.read_page(page, words)], words).undecided
    assert one == Undecided(
        alias="平安", institution="平安银行", count=2, counts="平安银行,bank,平安,", never="平安二字,stop,平安一词,",
        places=(
            Cited(page="a.md", line=5, text="客户平安二字居中"),
            Cited(page="a.md", line=7, text="春节值班口号：平安二字，平安一词"),
        ),
    )  # fmt: skip
    for line, named in ((one.counts, [("平安银行",)] * 3), (one.never, [(), ("平安银行",), ()])):
        (tmp_path / "institutions.csv").write_text(f"name,kind,aliases,ambiguous\n{line}\n", "utf-8")
        read = reports.read_page(page, decided := Vocabulary(tmp_path))
        assert check([read], decided).undecided == ()
        assert [record.institutions for record in read.report.records] == named


def test_what_the_user_says_always_counts_is_still_no_part_of_another_word(tmp_path: Path) -> None:
    csv = "name,kind,aliases,ambiguous\n中国银行,bank,中行,\n中国光大银行,bank,光大,\n晋商银行,bank,JSB,\n"
    (tmp_path / "institutions.csv").write_text(csv, "utf-8")
    known = Vocabulary(tmp_path).institutions
    assert known.named("集中行动，其中行政。光大证券") == ()
    assert known.named("和光大一起。JSB 也在") == ("中国光大银行", "晋商银行")


@pytest.mark.parametrize(
    ("sentence", "counts", "never"),
    [
        ("Who chairs the CAB while Bram is on leave", "长安银行,bank,CAB,", "CAB while,stop,,"),
        ("The stripe pattern on the latency graph", "Stripe,payment_institution,stripe,", "stripe pattern,stop,,"),
        ("大家看看兴业太古汇新工位", "兴业银行,bank,兴业,", "兴业太古,stop,,"),
        ("剩民生", "中国民生银行,bank,民生,", "剩民生,stop,,"),
    ],
)
def test_each_line_that_is_offered_decides(tmp_path: Path, sentence: str, counts: str, never: str) -> None:
    words = Vocabulary()
    page = Page(id="a", path="a.md", text=f"# 第50周 2023-12-17\n\n## 其他\n\n- {sentence}\n")
    (one,) = check([reports.read_page(page, words)], words).undecided
    assert (one.counts, one.never) == (counts, never)
    for line, named in ((counts, (one.institution,)), (never, ())):
        (tmp_path / "institutions.csv").write_text(f"name,kind,aliases,ambiguous\n{line}\n", "utf-8")
        decided = Vocabulary(tmp_path).institutions
        assert (decided.named(sentence), [m for m in decided.mentions(sentence) if not m.sure]) == (named, [])
