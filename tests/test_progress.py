"""Shares and counts of progress."""

import pytest

from notion_archive import lexicon
from notion_archive.kinds import progress
from notion_archive.records import Progress

WORDS = lexicon.load()


@pytest.mark.parametrize(
    ("words", "share"),
    [
        ("总进度：69.3%", Progress(label="总进度", percent=69.3)),
        ("报表改造（总数128个）：61.25%", Progress(label="报表改造", percent=61.25, total=128)),
        ("容器化率 76.2%（应用总数185个）", Progress(label="容器化率", percent=76.2, total=185)),
        ("域名覆盖 41/58", Progress(label="域名覆盖", done=41, total=58)),
        ("已完成38个服务，总共55个", Progress(label=None, done=38, total=55)),
        ("JVM升级，已完成8/15个服务", Progress(label="完成", done=8, total=15)),
        ("Migrated 18 of 30 services", Progress(label="Migrated", done=18, total=30)),
        ("107/164 tables moved (65.2%)", Progress(label=None, percent=65.2, done=107, total=164)),
        ("Merchants migrated: 107/164 (was 96)", Progress(label="Merchants migrated", done=107, total=164)),
        ("In canary on 2 of 8 shards", Progress(label="In canary on", done=2, total=8)),
        ("灰度10%了，盯了一天", Progress(label="灰度", percent=10.0)),
        ("证书申请、报文联调（3/5）", Progress(label="证书申请、报文联调", done=3, total=5)),
        ("bug 已 fix 9/12", Progress(label="bug 已 fix", done=9, total=12)),
        ("完成60%", Progress(label="完成", percent=60.0)),
        ("65% done", Progress(label=None, percent=65.0)),
        ("日切改造 【灰度30%】", Progress(label="灰度", percent=30.0)),
        ("头寸校验 80%，明天能写完", Progress(label="头寸校验", percent=80.0)),
        ("灰度30%", Progress(label="灰度", percent=30.0)),
        ("周二灰度放到 10%，跑了三天", Progress(label="周二灰度放", percent=10.0)),
        ("放30%后出故障，灰度已退回 0%", Progress(label="灰度已退回", percent=0.0)),
        ("两个渠道已切流20%", Progress(label="两个渠道已切流", percent=20.0)),
        ("进度七成，预计4/17提测", Progress(label="进度", percent=70.0)),
        ("整体75%（上周60%）", Progress(label="整体", percent=75.0)),
        ("79% (68% last week)", Progress(label=None, percent=79.0)),
        ("68% of accounts migrated", Progress(label=None, percent=68.0)),
        ("3 of 5 account types are clean", Progress(label=None, done=3, total=5)),
        ("接入服务 63/80，占比78.75%", Progress(label="接入服务", percent=78.75, done=63, total=80)),
        ("累计79,000/120,000户，完成65.8%", Progress(label="完成", percent=65.8, done=79000, total=120000)),
        ("完成89.5%，410 张已归档 367 张", Progress(label="完成", percent=89.5, done=367, total=410)),
        ("dev 60%", Progress(label="dev", percent=60.0)),
        ("Documented 12 of 20 endpoints", Progress(label="Documented", done=12, total=20)),
        ("12项已完成6项", Progress(label=None, done=6, total=12)),
        ("23个预案演练了 15 个", Progress(label=None, done=15, total=23)),
        (
            "Overall progress is 62%, with 31 of 50 types moved",
            Progress(label="Overall progress", percent=62.0, done=31, total=50),
        ),
    ],
)
def test_how_far_it_is(words: str, share: Progress) -> None:
    assert progress.read(words, WORDS) == (share,)


@pytest.mark.parametrize(
    "words",
    [
        "成功率99.9%", "CPU水位降到40%", "灰度20%流量", "归档库容量剩余41%", "进度过半", "血缘覆盖率从71%提到84%",
        "4/12上线", "rolled out to 100% of merchants", "性能提升30%",
        "went live for 5% of Alipay traffic", "A/B test running in DE and NL (50/50)", "100% by Mar 19", "年底前灰度 5%", "4月底前完成80%",
        "先 5% traffic", "已提前于4/8提测", "bug 17 个，已修 11 个",
    ],
)  # fmt: skip
def test_other_numbers_are_no_progress(words: str) -> None:
    assert progress.read(words, WORDS) == ()


def test_a_day_to_which_something_is_moved_is_no_count() -> None:
    assert progress.read("已铺门店 11/30 家，9/26铺不完，改10/11", WORDS) == (
        Progress(label="铺门店", done=11, total=30),
    )


def test_a_label_names_the_share_in_its_cell() -> None:
    assert progress.under("Progress", "8 of 21", WORDS) == (Progress(label="Progress", done=8, total=21),)


def test_a_share_and_a_count_that_is_not_the_same_are_two() -> None:
    assert progress.read("表搬迁 97/142，整体进度 70%", WORDS) == (
        Progress(label="表搬迁", done=97, total=142),
        Progress(label="整体进度", percent=70.0),
    )


def test_a_label_is_what_stands_behind_the_last_colon() -> None:
    assert progress.read("总体：整体进度 71%", WORDS) == (Progress(label="整体进度", percent=71.0),)


def test_a_share_that_stays_as_it_was_is_told_too() -> None:
    assert progress.read("维持灰度，灰度比例20%不变", WORDS) == (Progress(label="灰度比例", percent=20.0),)


def test_a_day_on_which_something_was_asked_for_is_no_count() -> None:
    assert progress.read("已申请 5/29 加一次窗口", WORDS) == ()


def test_a_count_in_brackets_behind_its_total_is_no_day() -> None:
    assert progress.read("小时级对账覆盖 12 家机构（7/12）", WORDS) == (
        Progress(label="小时级对账覆盖 12 家机构", done=7, total=12),
    )
