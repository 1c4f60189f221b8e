"""Ordinals, brackets and the keys of projects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_archive import lexicon, naming
from notion_archive.naming import KeyWords, Ordinal

ENDINGS = KeyWords.of(lexicon.load().words("words", "endings"))


@pytest.mark.parametrize(
    ("written", "ordinal", "rest"),
    [
        ("B. POS收单", Ordinal("letter", 2), "POS收单"),
        ("三、收银台", Ordinal("chinese", 3), "收银台"),
        ("（三）其他", Ordinal("chinese_in", 3), "其他"),
        ("【一】核心指标", Ordinal("bracketed", 1), "核心指标"),
        ("1.2 收银台", Ordinal("decimal1:1", 2), "收银台"),
        ("12、收银台", Ordinal("digit", 12), "收银台"),
        ("③ 收银台", Ordinal("circled", 3), "收银台"),
        ("KR2：每单成本", Ordinal("result", 2), "每单成本"),
        ("【O2系统升级】", Ordinal("objective", 2), "【O2系统升级】"),
        ("2.0升级", None, "2.0升级"),
        ("3.0接入", None, "3.0接入"),
    ],
)
def test_the_number_before_a_name(written: str, ordinal: Ordinal | None, rest: str) -> None:
    assert naming.ordinal(written) == (ordinal, rest)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("📌 三、收银台改版：", "收银台改版"),
        ("【O2系统升级】", "O2系统升级"),
        ("**1) Ledger 2.0**", "Ledger 2.0"),
        ("《信息保护认证》", "《信息保护认证》"),
        ("▶ 离线报表搬迁", "离线报表搬迁"),
    ],
)
def test_a_name_without_what_surrounds_it(written: str, name: str) -> None:
    assert naming.clean(written) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("支付账户2.0升级", "支付账户 2.0 升级项目"),
        ("【HIVE标准数仓建设】", "Hive标准数仓"),
        ("收银台改版（负责人：赵敏）", "收银台改版"),
        ("Ledger 2.0", "ledger 2.0 project"),
    ],
)
def test_spellings_of_one_project_share_a_key(one: str, other: str) -> None:
    assert naming.project_key(one, ENDINGS) == naming.project_key(other, ENDINGS)


@pytest.mark.parametrize(
    ("one", "other"), [("拉卡拉3.0接入", "拉卡拉2.0接入"), ("聚合码一期", "聚合码二期"), ("新系统", "系统")]
)
def test_versions_and_phases_are_projects_of_their_own(one: str, other: str) -> None:
    assert naming.project_key(one, ENDINGS) != naming.project_key(other, ENDINGS)


def test_o2o_is_no_objective() -> None:
    assert (naming.is_objective("【O1 服务业务】"), naming.is_objective("O2O平台")) == (True, False)


@given(st.text(max_size=40))
def test_any_name_is_cleaned_once_and_for_all(written: str) -> None:
    assert naming.clean(naming.clean(written)) == naming.clean(written)
    naming.project_key(written, ENDINGS)
