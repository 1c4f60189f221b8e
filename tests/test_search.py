"""Search over the samples: what is found, in which order, how it is shown, and what is said where nothing is."""

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from notion_archive.archive import Archive
from notion_archive.cli import main
from notion_archive.errors import QueryError
from notion_archive.queries.filters import Filters
from notion_archive.queries.search import Answer, search
from notion_archive.queries.similar import similar
from notion_archive.records import Update

TODAY = dt.date(2024, 2, 28)
ALL = Filters(today=TODAY)
DAYS = "2023-11-21 – 2024-02-25"


def totals(archive: Archive, *typed: str) -> list[int]:
    return [search(archive, words, Filters(today=TODAY, limit=0)).total for words in typed]


def days(answer: Answer) -> list[str]:
    return [str(hit.record.date if hit.record else hit.report.date) for hit in answer.hits]


def test_spellings_of_one_question_find_the_same(samples: Archive) -> None:
    same = [
        "kind:incident bank:中行",
        "类型：故障 银行：中行",
        "故障类型 OR kind:incidents 机构:中国银行",
        "kind:事故 institution:boc",
    ]
    assert set(totals(samples, *same)) == {4}
    assert len({*totals(samples, "对账", "對賬", "対账" and "对帐", "“对账”")}) == 1
    assert len({*totals(samples, "pos", "ＰＯＳ", "POS", "Pos")}) == 1


def test_facts_narrow_and_a_fact_a_record_has_once_may_be_one_of_several(samples: Archive) -> None:
    assert totals(samples, "year:2023 year:2024") == [sum(totals(samples, "year:2023", "year:2024"))]
    assert totals(samples, "kind:incident,goal") == [sum(totals(samples, "kind:incident", "kind:goal"))]
    assert totals(samples, "光大 -kind:incident") == [
        totals(samples, "光大")[0] - totals(samples, "光大 kind:incident")[0]
    ]
    for same in (
        ["时间:上周", "since:2024-02-19 until:2024-02-25", "week:2024W8 OR week:上周", "time:2024-02-19..2024-02-25"],
        ["week:50", "week:第50周", "report:第50周", "report:2023-12-17"],
        ["month:2023-12", "month:12 -month:2022-12", "year:2023 月:12月", "时间:去年12月"],
        ["has:风险", "has:risk"],
        ["status:阻塞", "状态：blocked"],
        ["objective:O2", "目标:O2"],
    ):
        found = totals(samples, *same)
        assert found == [found[0]] * len(same) != [0] * len(same), same
    assert totals(samples, "severity:c kind:incident", "级别:C级") == [7, 7]


def test_a_report_is_asked_for_by_a_part_of_its_title(samples: Archive) -> None:
    hits = search(samples, 'report:"第50周 2023-12-17"', ALL).hits
    assert {hit.report.title for hit in hits} == {"第50周 2023-12-17"}


def test_a_word_in_what_a_record_is_about_comes_first_then_the_newest(samples: Archive) -> None:
    answer = search(samples, "代付", ALL)
    about = [hit.score > 1 for hit in answer.hits]
    assert about == sorted(about, reverse=True)
    for group in (True, False):
        dates = [day for day, first in zip(days(answer), about, strict=True) if first is group]
        assert dates == sorted(dates, reverse=True)
    newest = days(search(samples, "代付", ALL, sort="newest"))
    assert newest == sorted(newest, reverse=True) != days(answer)
    assert days(search(samples, "代付", ALL, sort="oldest"))[0] == newest[-1]


def test_what_is_repeated_over_weeks_is_one_hit_and_the_total_counts_them_all(samples: Archive) -> None:
    folded = search(samples, '"核心系统可用性：99.99%"', ALL)
    unfolded = search(samples, '"核心系统可用性：99.99%"', ALL, everything=True)
    assert (folded.total, folded.distinct, len(folded.hits)) == (6, 1, 1)
    assert (unfolded.total, unfolded.distinct, len(unfolded.hits)) == (6, 6, 6)
    assert [week.date for week in folded.hits[0].weeks] == days(unfolded)[1:]
    assert [week.record for week in folded.hits[0].weeks] == [hit.record.id for hit in unfolded.hits[1:] if hit.record]
    assert folded.facets == unfolded.facets
    assert sum(folded.facets["month"].values()) == folded.total


def test_pages_of_hits_put_together_are_all_hits(samples: Archive) -> None:
    whole = search(samples, "上线", ALL).hits
    paged = [
        hit for at in range(0, 30, 7) for hit in search(samples, "上线", Filters(limit=7, offset=at, today=TODAY)).hits
    ]
    assert paged == list(whole)


def test_a_name_also_finds_what_means_it_and_says_so(samples: Archive) -> None:
    answer = search(samples, "BOC", ALL)
    assert answer.remarks == ("5 do not say BOC but mean it (中国银行); --literal leaves them out.",)
    assert {tuple(hit.meant.items()) for hit in answer.hits} == {(("BOC", "中国银行"),)}
    assert all("<mark>中行</mark>" in hit.highlight for hit in answer.hits)
    assert search(samples, "BOC", ALL, literal=True).total == 0
    assert search(samples, '"BOC"', ALL).total == 0
    assert all(hit.meant == {} for hit in search(samples, "中行", ALL).hits)


def test_a_project_is_found_by_its_other_spellings(samples: Archive) -> None:
    hits = search(samples, "账务核心3.0项目", ALL).hits
    found = {hit.record.project for hit in hits if isinstance(hit.record, Update) and hit.meant}
    assert found >= {"账务核心3.0", "账务核心 3.0 升级"}


def test_a_project_is_found_by_what_is_left_of_its_other_spellings(samples: Archive) -> None:
    answer = search(samples, "数币", ALL)
    assert answer.remarks == ("10 do not say 数币 but mean it (数字人民币接入); --literal leaves them out.",)
    assert "数币接入" in answer.hits[0].text


def test_a_word_for_a_kind_of_records_says_how_to_ask_for_all_of_them(samples: Archive) -> None:
    assert search(samples, "上周 故障", ALL).remarks == (
        "上周: 2024-02-19 – 2024-02-25.",
        "故障 was looked for in the text; for all of that kind write kind:incident.",
    )
    assert search(samples, "光大", ALL).remarks == search(samples, '"故障"', ALL).remarks == ()


def test_days_are_told_once_and_are_nobodys_other_name(samples: Archive) -> None:
    answer = search(samples, "去年Q4 光大", ALL)
    assert answer.remarks == ("去年Q4: 2023-10-01 – 2023-12-31.",)
    assert all(hit.meant == {} for hit in answer.hits)


def test_time_words_are_printed_back(samples: Archive) -> None:
    assert search(samples, "银行:工行 时间:上周", ALL).remarks == ("上周: 2024-02-19 – 2024-02-25.",)
    assert search(samples, "since:第50周", ALL).remarks == ("第50周: since 2023-12-11 (第50周 2023-12-17).",)
    assert search(samples, "上周 工行", ALL).remarks[0] == "上周: 2024-02-19 – 2024-02-25."
    assert search(samples, "1月底", ALL).remarks == (
        "1月底 was looked for in the text; for 2024-01-21 – 2024-01-31 write time:1月底.",
    )
    assert search(samples, "12月15日", ALL).remarks == (
        "12月15日 was looked for in the text; for 2023-12-15 write time:12月15日.",
    )


def test_marks_stand_at_the_characters_of_the_original(samples: Archive) -> None:
    for words in ("光大", "對帳", "ＴＰＳ", "99.93%", "处理中"):
        for hit in search(samples, words, ALL, literal=True).hits:
            for start, end in hit.marks:
                assert search(samples, f'"{hit.text[start:end]}"', Filters(limit=0), literal=True).total
            assert "<mark>" in hit.highlight


def test_the_line_is_where_the_word_stands(samples: Archive) -> None:
    for hit in search(samples, "前置机", ALL).hits:
        lines = samples.page(hit.report.id).text.split("\n")
        assert "前置机" in lines[hit.line - 1]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("kind:foo", "There is no kind foo. Known: incident, update, metric, goal, note, weekly, daily, page."),
        ("severity:P9", "No incident has severity P9. Known: C, B, C级, D."),
        (
            "objective:O9",
            "No objective is called O9. Known: O2 平台升级, O1 业务支撑, O3 稳定与成本. To find the text as it stands, "
            "put it in quotes.",
        ),
        (
            "has:foo",
            "There is no has:foo. Known: risk, problem, milestone, progress, cause, resolution, duration. To find the "
            "text as it stands, put it in quotes.",
        ),
        ("year:foo", "foo is no year. Write it like 2023. In the archive: 2023, 2024."),
        (
            "week:99",
            "99 is no week. Write it like 15, 2023W15 or 上周. In the archive: 1, 2, 3, 4, 5, 6, 7, 8, 47, 48, 49, "
            "50, 51, 52.",
        ),
    ],
)
def test_an_impossible_value_comes_back_with_the_known_ones(samples: Archive, typed: str, sentence: str) -> None:
    with pytest.raises(QueryError) as refusal:
        search(samples, typed, ALL)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("光大 火星", "火星 alone finds nothing."),
        ("工行 数仓", "; no record has all of it."),
        ("光太银行", "Nearest institution: 中国光大银行."),
        ("guangdayinhamg", "Nearest institution: 中国光大银行"),
        ("光大 maintenance", "maintenance alone finds nothing."),
        ("redsi", "Nearest words that are there: redis."),
        ("建权", "Nearest words that are there: 鉴权, 件全."),
        ("光大代扣失灵", "Nearest words that are there: 光大代扣."),
        ("光大，超时", "Written apart, 光大 超时 finds 4."),
        ('"光大 超时"', "Written apart, 光大 超时 finds 4."),
        ("前置机重启", "Written apart, 前置机 重启 finds 2."),
        ("3260", "Nearest words that are there: 3,260."),
        ("账务核心4.0", "Nearest project: 账务核心3.0."),
        ("光大 or 中信", "Write OR, AND and NOT in capitals; in small letters they are words to be found."),
        ("光大 时间:2025", "时间:2025 alone finds nothing. 时间:2025 is 2025-01-01 – 2025-12-31."),
    ],
)
def test_where_nothing_is_found_it_is_said_what_was_searched_and_what_is_near(
    samples: Archive, typed: str, sentences: str
) -> None:
    suggestion = search(samples, typed, ALL).suggestion
    assert suggestion is not None
    assert suggestion.startswith(f"Searched {totals(samples, '')[0]} records and pages, ")
    assert sentences in suggestion


@pytest.mark.parametrize("word", ["火星", "maintenance"])
def test_who_is_only_a_little_alike_is_not_offered(samples: Archive, word: str) -> None:
    assert search(samples, word, ALL).suggestion == f"Searched {totals(samples, '')[0]} records and pages, {DAYS}."


def test_explain_says_how_each_part_was_read(samples: Archive) -> None:
    answer = search(samples, "光大 -演练 类型:故障", Filters(since="2024", today=TODAY), explain=True)
    assert [(part.typed, part.read) for part in answer.explain or ()] == [
        ("光大", "the text, or 中国光大银行"),
        ("演练", "not the text"),
        ("类型:故障", "kind incident"),
        ("--since 2024", "since 2024-01-01"),
    ]


def test_records_like_one_are_those_at_the_same_bank_with_the_same_rare_words(samples: Archive) -> None:
    (one,) = [
        hit for hit in search(samples, "12/15 光大代扣批量超时", ALL).hits if hit.record and hit.report.kind == "weekly"
    ]
    assert one.record
    answer = similar(samples, one.record.id, Filters(kinds=["incident"], limit=4))
    best = [(str(like.hit.report.title), like.institutions) for like in answer.similar[:2]]
    assert best == [("第48周 2023-12-03", ("中国光大银行",)), ("第3周 2024-01-21", ("中国光大银行",))]
    assert "光大侧前置机连接数" in answer.similar[0].words
    assert not {"原因", "处置"} & {
        word for like in answer.similar for word in like.words
    }  # they stand in every incident
    assert similar(samples, f"{one.report.path}:{one.line}", Filters(limit=0)).record.record == one.record


def run(archive: Archive, *arguments: str) -> str:
    done = CliRunner().invoke(main, ["--index", str(archive.folder), "search", *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_hits_are_written_for_editors_spreadsheets_and_programs(samples: Archive) -> None:
    grep = run(samples, "前置机", "--format", "grep").splitlines()
    assert len(grep) == search(samples, "前置机", ALL).total
    assert all(".md:" in line and "前置机" in line for line in grep)
    assert run(samples, "前置机", "--csv").startswith(
        "date,kind,report,section,institutions,text,path,line,weeks,meant,id\n"
    )
    hits = [json.loads(line) for line in run(samples, "前置机", "--jsonl").splitlines()]
    answer = json.loads(run(samples, "前置机", "--json", "--limit", "99"))
    assert answer["hits"] == hits
    assert list(answer) == ["query", "total", "distinct", "hits", "facets", "suggestion", "remarks"]
    assert run(samples, "前置机", "--count") == f"{answer['total']}\n"


def test_a_word_behind_a_minus_is_no_option(samples: Archive) -> None:
    assert run(samples, "光大", "-快捷", "--count") == run(samples, "光大 -快捷", "--count")
    assert run(samples, "超时", "project:星桥 路由", "--count") == run(samples, '超时 project:"星桥 路由"', "--count")
