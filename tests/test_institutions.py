import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_archive import institutions, pinyin, reports
from notion_archive.contexts import table
from notion_archive.errors import LexiconError
from notion_archive.institutions import Institutions
from notion_archive.model import Page
from notion_archive.text import fold
from notion_archive.vocabulary import Vocabulary

KNOWN = institutions.load()
LINES = (Path(__file__).parent / "lines" / "institutions.tsv").read_text("utf-8").splitlines()
ROWS = list(csv.DictReader(institutions.OURS.read_text("utf-8").splitlines()))


@pytest.mark.parametrize(
    "line",
    """
    其中行政 集中行动 进行中行情 施工行业 人工行程 提交行数 搭建行为 社交行为 务农行情 新招行政 互联网联调
    沟通联系 新网关
    广发现金券核销 光大环保项目 数仓建设 工商登记 平安夜 民生问题 华夏文明 中信度 阳光大厅 黄浦发展 支付通道 微信群
    """.split(),  # noqa: SIM905
)
def test_a_word_that_only_looks_like_a_bank_mentions_nobody(line: str) -> None:
    assert KNOWN.mentions(line) == ()
    assert KNOWN.mentions(f"4/3 14:00 {line}异常，已恢复") == ()


@pytest.mark.parametrize("line", ["中金国盛", "光大证券", "CFCA", "花呗", "中国平安", "兴业消费金融", "中国银行业协会"])
def test_others_are_recognised_and_not_listed(line: str) -> None:
    assert [(m.alias, m.sure) for m in KNOWN.mentions(line)] == [(line, True)]
    assert KNOWN.named(line) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("中行POS", ("中国银行",)),
        ("中行侧", ("中国银行",)),
        ("光大鉴权通道", ("中国光大银行",)),
        ("工行、建行快捷", ("中国工商银行", "中国建设银行")),
        ("建行存管异常", ("中国建设银行",)),
        ("在建行支付", ("中国建设银行",)),
        ("BOC 渠道", ("中国银行",)),
        ("ICBC回调", ("中国工商银行",)),
        ("中信金管家", ("中信银行",)),
        ("招行/浦发", ("招商银行", "上海浦东发展银行")),
        ("中国银行（中行）", ("中国银行",)),
        ("bank of China", ("中国银行",)),
        ("銀聯", ("中国银联",)),
        ("ＢＯＣ渠道", ("中国银行",)),
        ("央行专线", ("中国人民银行",)),
        ("光大双机房切换演练", ("中国光大银行",)),
        ("一句话：光大书面确认拿到了", ("中国光大银行",)),
        ("小林独立迁完了中信，可以的", ("中信银行",)),
    ],
)
def test_a_bank_is_named(line: str, names: tuple[str, ...]) -> None:
    assert KNOWN.named(line) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("5/6 09:30 中行POS（刷卡与扫码）账单没有送到", ("中国银行",)),
        ("5/9 20:10 光大鉴权通道异常，存管开户绑不了卡。", ("中国光大银行",)),
        ("银商、支付宝花呗分期，预计5/20投产", ("银联商务", "支付宝")),
        ("拉卡拉3.0接入&支付宝APP支付，通道5/11开通", ("拉卡拉", "支付宝")),
        ("银联线上收银台，核心侧研发完成已提测", ("中国银联",)),
        ("存管能力建设，以中信金管家为底座做银行账户", ("中信银行",)),
        ("租房宝接入，走新支付网关，商户API并入新网关", ()),
        ("### C. 标准数仓建设", ()),
        ("## B. POS系统建设", ()),
        ("CFCA检测复测完成，5/17中金国盛进场", ()),
        ("灾备机房建设，旧机房内网关停。", ()),
        ("新支付能力建设：", ()),
        ("攻防演练复盘，资金监管侧3个漏洞已修复", ()),
    ],
)
def test_a_line_of_a_real_report_names_whom_its_author_meant(line: str, names: tuple[str, ...]) -> None:
    assert KNOWN.named(line) == names


@pytest.mark.parametrize("row", LINES)
def test_a_line_as_engineers_write_it(row: str) -> None:
    line, _, names = row.partition("\t")
    assert set(KNOWN.named(line)) == set(names.split())


def test_a_mention_knows_its_place_and_its_doubt() -> None:
    text = "影响：\n1. 浦發快捷，平安二字"
    assert [(m.institution, m.alias, m.start, m.end, m.sure) for m in KNOWN.mentions(text)] == [
        ("上海浦东发展银行", "浦發", 7, 9, True),
        ("平安银行", "平安", 12, 14, False),
    ]


def test_a_full_name_vouches_for_its_short_ones() -> None:
    assert [m.sure for m in KNOWN.mentions("平安一切照旧")] == [False]
    assert [m.sure for m in KNOWN.mentions("平安银行已恢复。平安一切照旧")] == [True, True]


def test_a_page_that_surely_names_a_bank_means_it_by_its_code_and_brand_elsewhere() -> None:
    plans = "# Weekly 2024-06-14\n\n## Next week\n\n- BOC: get a yes or no\n- 光大鉴权联调\n\n"
    page = f"{plans}## Notes\n\n- BOC signed it by mail\n- 光大书面说法\n"
    for text, names in (
        (page, ["中国银行", "中国光大银行"]),
        (page.replace("BOC: ", "").replace("光大鉴权", "鉴权"), []),
    ):
        found = reports.read_report(Page(id="p", path="w.md", text=text), Vocabulary()).records
        assert [name for record in found if record.kind == "note" for name in record.institutions] == names


def test_a_shared_code_needs_to_be_told_whose_it_is() -> None:
    assert KNOWN.named("HSB 通道异常") == ()
    assert KNOWN.named("恒生银行 HSB 通道异常") == ("恒生银行（中国）",)
    assert KNOWN.named("JSB 通道异常") == ("江苏银行",)
    assert KNOWN.named("晋商银行 JSB 通道异常") == ("晋商银行",)


def _groups(part: Any) -> list[tuple[str, str]]:
    if isinstance(part, list):
        return [pair for group in part for pair in _groups(group)]
    if not isinstance(part, dict):
        return []
    own = [(part["example"], part["gives"])] if "example" in part else []
    return own + [pair for group in part.values() for pair in _groups(group)]


@pytest.mark.parametrize(("example", "gives"), _groups(table()))
def test_every_group_of_cues_and_stops_has_an_example_that_holds(example: str, gives: str) -> None:
    assert KNOWN.named(example)[:1] == ((gives,) if gives else ())


@pytest.mark.parametrize(
    "asked",
    [
        "中国银行",
        "中行",
        "BOC",
        "boc",
        "bank of china",
        "zhongguo yinhang",
        "zhongguoyinhang",
        "zgyh",
        "ＢＯＣ",
        "中國銀行",
    ],
)
def test_all_ways_to_ask_for_a_bank_find_it(asked: str) -> None:
    assert KNOWN.lookup(asked) == ("中国银行",)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("光大", ("中国光大银行",)),
        ("浦东发展", ("上海浦东发展银行",)),
        ("gonghang", ("中国工商银行",)),
        ("lvzhou", ()),
        ("JSB", ("江苏银行", "晋商银行")),
        ("中国银行北京分行", ("中国银行",)),
        ("汇丰银行", ("汇丰银行（中国）",)),
        ("花呗", ()),
        ("行", ()),
        ("", ()),
    ],
)
def test_lookup_finds_all_that_fit(asked: str, found: tuple[str, ...]) -> None:
    assert KNOWN.lookup(asked) == found


def test_an_error_message_can_name_neighbours() -> None:
    assert KNOWN.nearest("光太银行")[0] == "中国光大银行"
    assert KNOWN.nearest("zhonguo yinhang")[0] == "中国银行"


def test_pinyin_follows_every_reading() -> None:
    assert pinyin.letters("Lǜ Dì") == "lvdi"
    assert pinyin.spells("lvdi", "绿地")
    assert pinyin.spells("zhongguoyinxing", "中国银行")
    assert not pinyin.spells("zhongguoyin", "中国银行")
    assert pinyin.spells("zhongguoyin", "中国银行", beginning=True)
    assert pinyin.initials("zgyh", "中国银行")


@given(
    st.text()
    | st.lists(st.sampled_from("中行工建设光大平安、/和（）ABOC 其新网联关\n１２:帳"), max_size=30).map("".join)
)
def test_any_text_can_be_read_and_every_place_is_right(text: str) -> None:
    aliases = {row.name: {fold(word) for word in (row.name, *row.aliases)} for row in KNOWN.rows}
    for character, name in table()["initials"]["banks"].items():
        aliases[name].add(character)
    last = 0
    for mention in KNOWN.mentions(text):
        assert last <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.alias
        assert fold(mention.alias) in aliases[mention.institution]
        last = mention.end


def test_the_list_is_sound() -> None:
    assert len(ROWS) >= 430
    assert {row["kind"] for row in ROWS} <= {"bank", "payment_institution", "clearing", "other"}
    assert [name for name, count in Counter(row["name"] for row in ROWS).items() if count > 1] == []
    ambiguous = {row["name"]: set(row["ambiguous"].split(";")) - {""} for row in ROWS}
    aliases = {row["name"]: {row["name"], *row["aliases"].split(";")} - {""} for row in ROWS}
    assert {name: words - aliases[name] for name, words in ambiguous.items() if words - aliases[name]} == {}
    owners: dict[str, set[str]] = {}
    for row in KNOWN.rows:
        for word in (row.name, *row.aliases):
            owners.setdefault(fold(word), set()).add(row.name)
    shared = {word: names for word, names in owners.items() if len(names) > 1}
    assert {w for w, names in shared.items() if any(w not in map(fold, ambiguous[name]) for name in names)} == set()


def _file(folder: Path, text: str) -> Path:
    file = folder / "institutions.csv"
    file.write_text(text, "utf-8")
    return file


def test_a_user_adds_partners_aliases_and_stops(tmp_path: Path) -> None:
    ours = """name,kind,aliases,ambiguous
惠居,partner,省心租,
平安银行,bank,橙子行;深银,深银
浦发项目,stop,银联改造,
"""
    theirs: Institutions = institutions.load(_file(tmp_path, ours))
    assert theirs.named("惠居侧反馈，橙子行通道超时") == ("惠居", "平安银行")
    assert theirs.named("深银通道超时，平安侧恢复") == ("平安银行",)
    assert theirs.named("浦发项目例会，银联改造评审") == ()
    assert theirs.lookup("省心租") == ("惠居",)


def test_a_word_means_what_the_user_says(tmp_path: Path) -> None:
    theirs = institutions.load(_file(tmp_path, "name,kind,aliases,ambiguous\n联动科技,partner,联动,\n"))
    assert theirs.named("与联动沟通") == ("联动科技",)
    assert theirs.lookup("联动") == ("联动科技",)


@pytest.mark.parametrize("tail", ["1" * 9999, "1-" * 9999, " 新的" * 9999, "、平安" * 9999, "a." * 9999])
def test_a_long_line_takes_no_long_time(tail: str) -> None:
    assert KNOWN.mentions("光大 " + tail)[0].alias == "光大"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "name,kind\n惠居,partner\n",
            "{} has no column aliases, ambiguous. Its first line must be: name,kind,aliases,ambiguous",
        ),
        (
            "name,kind,aliases,ambiguous\n惠居,friend,,\n",
            "{}, line 2: friend is no kind. Known: bank, payment_institution, clearing, partner, other, stop.",
        ),
    ],
)
def test_a_user_file_that_cannot_be_read_says_why(tmp_path: Path, text: str, message: str) -> None:
    file = _file(tmp_path, text)
    with pytest.raises(LexiconError) as raised:
        institutions.load(file)
    assert str(raised.value) == message.format(file)


def test_a_name_means_the_same_found_by_its_letters_as_among_all_names() -> None:
    ours = institutions.load()
    names = {word for row in ours.rows for word in (row.name, *row.aliases)}
    assert [name for name in names if institutions.listed(name) != ours.named_so(name)] == []
    assert [name for name in names if (found := institutions.listed(name)) and found != ours.lookup(name)] == []
    assert institutions.listed("超时") == institutions.listed("银行") == ()


def test_a_word_that_is_no_name_of_ours_may_be_one_of_the_users(tmp_path: Path) -> None:
    assert Vocabulary(tmp_path).institutions_called("云杉付") == ()
    (tmp_path / "institutions.csv").write_text("name,kind,aliases,ambiguous\n云杉支付,partner,云杉付,\n", "utf-8")
    assert Vocabulary(tmp_path).institutions_called("云杉付") == ("云杉支付",)
    assert Vocabulary(tmp_path).institutions_called("光大") == ("中国光大银行",)
