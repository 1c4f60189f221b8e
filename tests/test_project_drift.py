"""Names of one project as authors change them from week to week, and names that are alike and two projects."""

from pathlib import Path

import pytest
from test_projects import Weeks, book, names, page, updates

from notion_archive.projects import groups
from notion_archive.vocabulary import Vocabulary

ALONGSIDE = "\n- 商户进件，联调中\n- 报表中心，开发中\n- 短信成本治理，开发中"


def weekly(*spelled: str) -> Weeks:
    """A week for each spelling, with other projects beside it."""
    return {week: f"- {name}，开发中{ALONGSIDE}" for week, name in enumerate(spelled, start=1)}


def joined(weeks: Weeks) -> list[list[str]]:
    """The projects, but for those that are only there to stand beside them."""
    return [one for one in names(weeks) if one not in (["商户进件"], ["报表中心"], ["短信成本治理"])]


@pytest.mark.parametrize(
    "spelled",
    [
        ("工行快捷签约", "快捷签约", "ICBC 快捷签约", "工商银行快捷支付签约"),
        ("农行立减", "农业银行立减", "ABC立减活动", "农行立减活动接入"),
        ("缓存集群降配", "Redis降配", "缓存降配", "Redis 缓存降配"),
        ("收银台前端重构", "收银台重构", "收银台FE重构", "Cashier FE Refactor"),
        ("HKD 跨境收款", "港币收款", "跨境港币收款"),
        ("商户T+0结算", "T0结算", "T+0 结算"),
        ("国密改造", "国密算法改造", "国密（SM2/SM4）改造"),
        ("PCI DSS 认证", "PCI认证", "PCI-DSS 年审"),
        ("差错处理自动化", "差错自动化", "差错自动处理"),
        ("数币接入", "数字人民币接入", "e-CNY 接入"),
        ("618大促备战", "618保障", "618 大促保障"),
        ("交易实时风控", "Real-time Risk Control"),
        ("RocketMQ 5.0升级", "MQ升级", "消息中间件升级"),
        ("统一对账平台建设", "Recon Platform", "对账平台"),
        ("工行接入", "接入工行"),
    ],
)
def test_one_project_however_it_is_written(spelled: tuple[str, ...]) -> None:
    assert joined(weekly(*spelled)) == [sorted(spelled)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("工行快捷签约", "ICBC代扣签约"),
        ("工行快捷签约", "CCB 快捷签约"),
        ("港币收款", "HKD 付款"),
        ("中行代付", "BOC 代扣"),
        ("门店POS改造", "门店扫码改造"),
        ("T+0 结算", "T1结算"),
        ("实时数仓", "离线数仓"),
        ("汇付3.0接入", "汇付2.0接入"),
        ("商户分账一期", "商户分账 Phase 2"),
        ("Redis 集群升级", "Kafka 集群升级"),
        ("会员积分", "会员等级"),
        ("全链路压测", "链路追踪"),
    ],
)
def test_two_projects_however_alike(one: str, other: str) -> None:
    assert joined(weekly(one, other)) == sorted([[one], [other]])
    assert joined(weekly(one, other, one, other)) == sorted([[one], [other]])


def test_a_part_under_a_theme_is_the_project_that_has_both_in_its_name() -> None:
    found = names({
        1: "- 收银台改版，预计3/6灰度\n- 收银台性能优化，预计4/2上线\n- 国际收银台，预计5/8上线",
        2: "- 收银台\n    1. 改版：预计3/6灰度\n    2. 性能：预计4/2上线\n    3. 国际版：预计5/8上线",
        3: "- 收银台改版，预计3/6灰度\n- 收银台性能优化，预计4/2上线\n- 国际收银台，预计5/8上线",
    })  # fmt: skip
    assert found == [["国际收银台", "国际版"], ["性能", "收银台性能优化"], ["收银台"], ["收银台改版", "改版"]]


def test_what_is_said_of_the_whole_is_the_project_itself() -> None:
    table = "| 项目 | 子项 | 本周进展 |\n| --- | --- | --- |\n| 额度中心二期 | 整体 | 开发中 |\n| 额度中心二期 | 数据迁移 | 已迁 3/12 |"
    found = book({1: "- 额度中心二期，开发中", 2: table}).projects
    assert sorted((one.key, one.name, one.updates) for one in found) == [
        ("数据迁移", "数据迁移", 1), ("额度中心二期", "额度中心二期", 2),
    ]  # fmt: skip


def test_a_short_name_that_fits_several_projects_is_none_of_them() -> None:
    found = names({
        1: "- 收银台分期支付，开发中\n- 收银台组合支付，开发中",
        2: "- 收银台，开发中",
        3: "- 收银台分期支付，开发中\n- 收银台组合支付，开发中",
    })  # fmt: skip
    assert found == [["收银台"], ["收银台分期支付"], ["收银台组合支付"]]


def test_a_name_without_a_phase_is_the_first_until_the_second_has_begun() -> None:
    assert joined(weekly("额度中心", "额度中心二期")) == [["额度中心"], ["额度中心二期"]]
    assert joined(weekly("额度中心二期", "额度中心", "额度中心二期")) == [["额度中心", "额度中心二期"]]


def test_names_in_other_words_say_so() -> None:
    (found,) = book({1: "- 收银台前端重构，预计3/6上线", 2: "- Cashier FE Refactor，预计3/6上线"}).projects
    assert [why.by for why in found.joined] == [
        (
            "收银台前端重构 says Cashier FE Refactor in other words", "both promise 2024-03-06",
            "they stand under the same objective", "they are written 7 days apart, never in one report",
        ),
    ]  # fmt: skip


def test_words_and_institutions_of_the_users_own_count_too(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[glossary]\n"灯塔" = ["lighthouse"]\n', "utf-8")
    (tmp_path / "institutions.csv").write_text("name,kind,aliases,ambiguous\n云杉支付,partner,YSPAY,\n", "utf-8")
    own = Vocabulary(tmp_path)
    weeks = {1: "- 灯塔改造，开发中\n- 云杉支付代扣，开发中", 2: "- Lighthouse改造，开发中\n- YSPAY代扣，开发中"}
    found = groups.read(
        updates([page(week, lines) for week, lines in weeks.items()]), own.lexicon, known=own.institutions
    )
    assert sorted(len(project.spellings) for project in found.projects) == [2, 2]
    assert len(names(weeks)) == 4
