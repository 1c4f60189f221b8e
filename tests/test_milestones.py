"""Promised and kept dates, in a report of Sunday 2023-04-09."""

import datetime as dt

import pytest

from notion_archive import lexicon
from notion_archive.kinds import milestone
from notion_archive.period import Period
from notion_archive.records import Milestone, State

WORDS = lexicon.load()
APRIL_9 = Period(date=dt.date(2023, 4, 9))


def made(text: str, start: str, end: str, state: State) -> Milestone:
    return Milestone(text=text, start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end), state=state)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("预计4/12给出接口。", made("预计4/12给出接口", "2023-04-12", "2023-04-12", "planned")),
        ("钱包4/14上线", made("钱包4/14上线", "2023-04-14", "2023-04-14", "planned")),
        ("4/6已上线，首日23笔", made("4/6已上线", "2023-04-06", "2023-04-06", "done")),
        ("预计4/4上线", made("预计4/4上线", "2023-04-04", "2023-04-04", "planned")),
        ("4月12日起全量运行", made("4月12日起全量运行", "2023-04-12", "2023-04-12", "planned")),
        ("计划11月底前推广", made("计划11月底前推广", "2023-11-30", "2023-11-30", "planned")),
        ("春节前完成UAT（4/24前）", made("春节前完成UAT（4/24前）", "2023-04-24", "2023-04-24", "planned")),
        ("SDK freeze by Apr 12", made("SDK freeze by Apr 12", "2023-04-12", "2023-04-12", "planned")),
        (
            "Live in all markets as of Apr 5",
            made("Live in all markets as of Apr 5", "2023-04-05", "2023-04-05", "done"),
        ),
        (
            "running on all shards since Apr 5",
            made("running on all shards since Apr 5", "2023-04-05", "2023-04-05", "done"),
        ),
        ("方案下周评审", made("方案下周评审", "2023-04-10", "2023-04-16", "planned")),
        ("iOS今天提测了", made("iOS今天提测了", "2023-04-09", "2023-04-09", "done")),
        ("live since Apr 5", made("live since Apr 5", "2023-04-05", "2023-04-05", "done")),
        ("由4/17推迟到4/24", made("由4/17推迟到4/24", "2023-04-24", "2023-04-24", "planned")),
        ("UAT 从 4/5 delay 到 4/21", made("UAT 从 4/5 delay 到 4/21", "2023-04-21", "2023-04-21", "planned")),
        ("ETA: 4/14 → 4/28", made("ETA: 4/14 → 4/28", "2023-04-28", "2023-04-28", "planned")),
        (
            "moved the date from Apr 9 to Apr 20, so launch slips",
            made("moved the date from Apr 9 to Apr 20", "2023-04-20", "2023-04-20", "planned"),
        ),
        (
            "go-live moves from 3 April to 24 April",
            made("go-live moves from 3 April to 24 April", "2023-04-24", "2023-04-24", "planned"),
        ),
        ("4/6 go live，晚于原计划 3/30", made("4/6 go live", "2023-04-06", "2023-04-06", "done")),
        ("已提前于4/6提测", made("已提前于4/6提测", "2023-04-06", "2023-04-06", "done")),
        ("剩余下周完成", made("剩余下周完成", "2023-04-10", "2023-04-16", "planned")),
        (
            "parallel month-end by 30 April",
            made("parallel month-end by 30 April", "2023-04-30", "2023-04-30", "planned"),
        ),
        ("5月底前提测", made("5月底前提测", "2023-05-31", "2023-05-31", "planned")),
        ("此前计划4/3上线，现改为4/20上线", made("现改为4/20上线", "2023-04-20", "2023-04-20", "planned")),
        ("原来定的4/3，改到4/20提测", made("改到4/20提测", "2023-04-20", "2023-04-20", "planned")),
        ("4/20提测（之前说4/3）", made("4/20提测（之前说4/3）", "2023-04-20", "2023-04-20", "planned")),
        ("原定3/20，行方现在说4/18当周", made("行方现在说4/18当周", "2023-04-17", "2023-04-23", "planned")),
        ("下周开始联调", made("下周开始联调", "2023-04-10", "2023-04-16", "planned")),
        (
            "Pilot w/ 2 merchants Apr 25–26.",
            made("Pilot w/ 2 merchants Apr 25–26", "2023-04-25", "2023-04-26", "planned"),
        ),
        ("design review done Wed, coding goes on", made("design review done Wed", "2023-04-05", "2023-04-05", "done")),
        (
            "cert rotation in prod since Apr 5",
            made("cert rotation in prod since Apr 5", "2023-04-05", "2023-04-05", "done"),
        ),
        (
            "SIT starts Apr 25 (one day later than I wrote, their tester is out on Monday)",
            made(
                "SIT starts Apr 25 (one day later than I wrote, their tester is out on Monday)",
                "2023-04-25",
                "2023-04-25",
                "planned",
            ),
        ),
        (
            "New finish date Apr 27 (I said Apr 21 before)",
            made("New finish date Apr 27 (I said Apr 21 before)", "2023-04-27", "2023-04-27", "planned"),
        ),
        (
            "Dry run moved Apr 6 → Apr 13 (Apr 6 collides with their release weekend)",
            made(
                "Dry run moved Apr 6 → Apr 13 (Apr 6 collides with their release weekend)",
                "2023-04-13",
                "2023-04-13",
                "planned",
            ),
        ),
        ("明天提测", made("明天提测", "2023-04-10", "2023-04-10", "planned")),
    ],
)
def test_a_clause_with_a_day(words: str, expected: Milestone) -> None:
    assert milestone.read(words, APRIL_9, WORDS) == (expected,)


def test_a_sentence_ends_a_clause_behind_a_weekday_too() -> None:
    assert milestone.read("first file reconciled on Thursday. Pilot by end of May", APRIL_9, WORDS) == (
        made("first file reconciled on Thursday", "2023-04-06", "2023-04-06", "done"),
        made("Pilot by end of May", "2023-05-31", "2023-05-31", "planned"),
    )


def test_steps_with_arrows_between_them_are_two() -> None:
    assert milestone.read("4/15 提测 → 4/28 上线", APRIL_9, WORDS) == (
        made("4/15 提测", "2023-04-15", "2023-04-15", "planned"),
        made("4/28 上线", "2023-04-28", "2023-04-28", "planned"),
    )


def test_two_days_are_two_steps() -> None:
    assert milestone.read("通道4/11上线；钱包4/13上线", APRIL_9, WORDS) == (
        made("通道4/11上线", "2023-04-11", "2023-04-11", "planned"),
        made("钱包4/13上线", "2023-04-13", "2023-04-13", "planned"),
    )


@pytest.mark.parametrize(
    "words",
    [
        "截至4/7，共12家",
        "重启要看11月上旬的沟通结果",
        "峰值出现在4/8 0点",
        "今天观察无异常",
        "下周继续联调",
        "Q1 OKR复盘材料",
        "完成3/4",
        "4/28 封网",
        "因为浦发4/28起封网",
        "code freeze until April 20",
        "paused until Q3",
        "79% (68% last week)",
        "2月文件回放 28/29天一致",
        "4/20肯定切不了",
        "财务侧4月底前给不出来",
        "投产时间由 4/28 调整为待定",
        "如果 4/23 之前还没账户，就上不了",
        "31/46 merchants moved (27 last Friday)",
        "will not go tomorrow because of the freeze",
        "the freeze was extended till Sunday",
        "Audit costs a week, was April 24",
    ],
)
def test_a_day_to_which_no_step_is_tied(words: str) -> None:
    assert milestone.read(words, APRIL_9, WORDS) == ()


def test_a_cell_under_eta_is_ahead() -> None:
    assert milestone.in_cell("Mar 2025", APRIL_9, WORDS) == (made("Mar 2025", "2025-03-01", "2025-03-31", "planned"),)
