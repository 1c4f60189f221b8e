"""Where projects stand, in the ways people write it; every report is of Sunday 2023-04-09."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Update
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
TOLD = ("lines", "parent", "status", "progress", "milestones", "risks", "problems")


def updates(body: str, heading: str = "## 项目进展") -> dict[str, dict[str, Any]]:
    """What a report with that body says of each project; what is not stated is left out, lines count from the body."""
    page = Page(id="p", path="x.md", text=f"# 周报 2023-04-09\n\n{heading}\n\n{body}")
    found: dict[str, dict[str, Any]] = {}
    for record in reports.read_report(page, WORDS).records:
        if isinstance(record, Update):
            told = {name: getattr(record, name) for name in TOLD if getattr(record, name)}
            told["lines"] = tuple(line - 4 for line in record.lines)
            told |= (
                {"progress": [(s.label, s.percent, s.done, s.total) for s in record.progress]}
                if record.progress
                else {}
            )
            told |= {"milestones": [days(m) for m in record.milestones]} if record.milestones else {}
            found[record.project] = told
    return found


def test_a_state_in_brackets_behind_a_name_is_the_project_s() -> None:
    found = updates("- 支付结果页（开发中）：提测从 4/7 延到 4/19\n- 卡列表展开（已上线）：反馈从 61 条降到 14 条")
    assert (found["支付结果页"]["status"], found["卡列表展开"]["status"]) == ("in_progress", "done")


def test_a_cell_of_risks_and_problems_says_which_it_is() -> None:
    head = "| 项目 | 阶段 | 风险/问题 |\n| --- | --- | --- |\n"
    found = updates(head + "| 清分替换 | 测试 | 问题：尾差口径未定 |\n| 钱包升级 | 开发 | 风险：规则可能调整 |")
    assert found["清分替换"]["problems"] == ("尾差口径未定",)
    assert "risks" not in found["清分替换"]
    assert found["钱包升级"]["risks"] == ("规则可能调整",)


def test_an_english_label_in_a_sentence_ends_with_it() -> None:
    found = updates(
        "- **Payout Rails**: UAT failed. Problem: file encryption differs. Bank of Nanjing starts in mid-May.\n"
        "- **Ledger**: 84% done. The problem we keep meeting is that old entries carry no currency."
    )
    assert found["Payout Rails"]["problems"] == ("file encryption differs",)
    assert found["Ledger"]["problems"] == ("old entries carry no currency",)


def test_a_paragraph_broken_at_the_width_of_a_page_is_one_line() -> None:
    found = updates(
        "**Payout Engine** went to canary on Apr 8 with eleven friendly merchants,\n"
        "and so far the two engines agree to the cent. Full cutover slipped from\n"
        "Apr 12 to Apr 24 because of file tests."
    )
    assert [day for _, day, _ in found["Payout Engine"]["milestones"]] == ["04-08", "04-24"]


def test_a_numbered_chapter_above_names_of_projects_is_none() -> None:
    found = updates(
        "**一、银行通道**\n\n- 建行银企直连二期，整体75%\n\n**二、清算与三方**\n\n"
        "- 网联代扣通道扩容：4/6压测达标\n- 富友代付下线，47家全部迁完\n"
        "- 数币钱包接入：\n    1. 工行子钱包：试单中\n    2. 交行子钱包：未开始"
    )
    assert {name: told.get("parent") for name, told in found.items()} == {
        "建行银企直连二期": None, "网联代扣通道扩容": None, "富友代付下线": None, "数币钱包接入": None,
        "工行子钱包": "数币钱包接入", "交行子钱包": "数币钱包接入",
    }  # fmt: skip


def test_a_chapter_above_paragraphs_with_names_is_no_project() -> None:
    found = updates(
        "Ledger Rewrite: Green. 58% of rules are ported.\n\nDispute Portal: Red. Work is paused.",
        "## Where the projects are",
    )
    assert {name: told.get("parent") for name, told in found.items()} == {
        "Ledger Rewrite": None,
        "Dispute Portal": None,
    }


def test_lines_that_go_on_with_the_number_of_their_chapter_are_headings() -> None:
    found = updates(
        "3.1 元旦大促保障\n\n问题：漏了对账链路\n\n- 扩容：4/6 完成\n- 预案演练：演练了一半\n\n"
        "3.2 告警治理\n\n本周下线规则 74 条，累计进度 55%\n\n3.3 数据库 7 升级：暂停",
        "## 3. 重点工作",
    )
    assert {name: told.get("parent") for name, told in found.items()} == {
        "元旦大促保障": None, "扩容": "元旦大促保障", "预案演练": "元旦大促保障", "告警治理": None, "数据库 7 升级": None,
    }  # fmt: skip
    assert (found["元旦大促保障"]["problems"], found["告警治理"]["status"]) == (("漏了对账链路",), "in_progress")


def test_in_a_stand_up_the_person_is_no_project() -> None:
    found = updates("- 周航：额度中心接口联调，4/14提测\n- 林静（主）：对账迁移 60%\n- @wei - 账单中心已上线")
    assert {name: told["status"] for name, told in found.items()} == {
        "额度中心接口": "testing", "对账迁移": "in_progress", "账单中心": "done",
    }  # fmt: skip
    found = updates("### 周航\n\n- 额度中心：联调中\n\n### 林静\n\n- 对账迁移：已上线\n- 账单二期：未启动")
    assert set(found) == {"额度中心", "对账迁移", "账单二期"}
    assert set(updates("- 安全基线：联调中\n- 文档中心：已上线")) == {"安全基线", "文档中心"}


def test_lists_of_what_was_left_over_or_is_new_are_no_projects() -> None:
    found = updates("- 遗留\n  - 电子发票升级：等税号，卡在审批\n- 新增\n  - 账单推送：4月下旬开发")
    assert {name: told.get("parent") for name, told in found.items()} == {"电子发票升级": None, "账单推送": None}
    found = updates(
        "Carried over:\n\n- Vault rotation — 3 of 5 clusters rotated\n\nIn flight:\n\n- SFTP gateway: in staging"
    )
    assert {name: told.get("parent") for name, told in found.items()} == {"Vault rotation": None, "SFTP gateway": None}


def test_steps_of_the_work_below_a_project_are_its_parts() -> None:
    found = updates(
        "- 商户结算平台重构\n  - 联调：与账务联调中，预计4/14完成\n  - 压测：4/6 第一轮完成\n  - 数据迁移：已迁 120/400 万笔"
    )
    assert {name: told.get("parent") for name, told in found.items()} == {
        "商户结算平台重构": None, "联调": "商户结算平台重构", "压测": "商户结算平台重构", "数据迁移": "商户结算平台重构",
    }  # fmt: skip


def test_a_word_that_ends_a_name_is_no_label() -> None:
    assert set(updates("1. **Cost programme**: reserved instances bought on Apr 9")) == {"Cost programme"}


def test_a_step_behind_a_share_under_one_label_is_a_milestone() -> None:
    found = updates("- 「国密改造」总进度：58.5%；加密机替换4月底前完成")
    assert found["国密改造"]["milestones"] == [("加密机替换4月底前完成", "04-30", "planned")]


def test_a_list_below_the_last_sentence_of_a_paragraph_is_its_parts() -> None:
    found = updates(
        "**Ledger Rewrite: Amber.** 71% of rules are ported. Two workstreams report separately:\n\n"
        "- Reporting Cut-over: parallel run by 30 June.\n- Balance Migration: not started."
    )
    assert {name: told.get("parent") for name, told in found.items()} == {
        "Ledger Rewrite": None, "Reporting Cut-over": "Ledger Rewrite", "Balance Migration": "Ledger Rewrite",
    }  # fmt: skip


def test_a_list_of_risks_is_not_taken_for_steps_of_the_list_above() -> None:
    found = updates(
        "### 1. 交易库分库\n\n- **里程碑：**\n\n    - [x] 4/3-4/6 全量同步\n\n- **风险：**\n\n    1. 退款场景没改完\n\n"
        "    2. 从库延迟高\n\n### 2. 大促压测\n\n- **当前状态：** 压测中，整体进度 45%"
    )
    assert found["交易库分库"]["risks"] == ("退款场景没改完", "从库延迟高")
    assert found["大促压测"]["progress"] == [("整体进度", 45.0, None, None)]


def test_a_long_english_sentence_names_no_project() -> None:
    body = (
        "- Rate limiter held 3x normal load during the warm-up\n- Zero SEV1 this week\n- Rate limiter: shipped on Apr 6"
    )
    assert set(updates(body, "## Highlights")) == {"Rate limiter"}


def test_results_below_a_project_are_no_part_of_it() -> None:
    found = updates(
        "### 大促压测\n\n- **当前状态：** 压测中\n\n- **压测结果：**\n\n    - 下单链路 9,600 TPS\n\n    - 退款链路还没压"
    )
    assert list(found) == ["大促压测"]


def test_a_name_in_bold_with_brackets_behind_it_owns_what_is_below() -> None:
    found = updates(
        "**跨境收款**（P0）\n> 状态：开发中\n- 待开始：对账\n- 风险：合规材料 4/20 前要补齐\n\n- 客服机器人 [70%]：知识库导入完毕"
    )
    assert found["跨境收款"]["risks"] == ("合规材料 4/20 前要补齐",)
    assert "待开始" not in found
    found = updates("- 客服机器人 [70%]：知识库导入完毕\n- Fraud rules: risk that false positives rise")
    assert found["客服机器人"]["progress"] == [(None, 70.0, None, None)]


def test_a_bullet_that_begins_with_risk_is_one() -> None:
    found = updates("### Fraud rules v3\n\n- shadow mode since Apr 3\n- risk that false positives exceed 1%")
    assert found["Fraud rules v3"]["risks"] == ("false positives exceed 1%",)


def test_the_column_of_the_next_milestone() -> None:
    head = "| Project | RAG | This week | Next milestone |\n| --- | --- | --- | --- |\n"
    assert updates(head + "| Wallet top-up | 🟢 | API frozen | UAT 4/24 |")["Wallet top-up"]["milestones"] == [
        ("UAT 4/24", "04-24", "planned")
    ]


def test_a_share_behind_a_flag_and_a_name() -> None:
    found = updates("- 【高】电子回单下载：开发 60%，联调未开始")
    assert (found["电子回单下载"]["status"], found["电子回单下载"]["progress"]) == (
        "in_progress",
        [("开发", 60.0, None, None)],
    )


def test_beside_a_chapter_of_common_words_another_above_names_is_one_too() -> None:
    found = updates(
        "**Payments core**\n\n* Retry budget — design approved\n* SEPA instant: 7 of 11 banks certified\n\n"
        "**Risk & compliance**\n\n* KYB refresh: in progress\n* Sanctions screening: done"
    )
    assert {name: told.get("parent") for name, told in found.items()} == {
        "Retry budget": None, "SEPA instant": None, "KYB refresh": None, "Sanctions screening": None,
    }  # fmt: skip


def test_a_line_that_heads_the_parts_of_a_project() -> None:
    found = updates(
        "### 【会员钱包升级】\n\n- 状态：正常\n- 整体进度：64%\n- 子项：\n  - 余额分层：已完成，4/6上线\n  - 提现限额：待排期"
    )
    assert {name: told.get("parent") for name, told in found.items()} == {
        "会员钱包升级": None, "余额分层": "会员钱包升级", "提现限额": "会员钱包升级",
    }  # fmt: skip


def test_beside_parts_that_are_set_off_a_bullet_that_names_one_is_a_part() -> None:
    found = updates(
        "- 建行银企直连二期：一共三块，整体大概60%\n    - 代发接口：4/6已提测\n    - 余额查询 4/3 已经上线\n"
        "    - 电子回单还没开工，在等账号\n"
        "- 收银台 2.0\n    1. 视觉规范（已完成）\n    2. 支付结果页（开发中），4/30 提测"
    )
    assert {name: (told.get("parent"), told.get("status")) for name, told in found.items()} == {
        "建行银企直连二期": (None, "in_progress"),
        "代发接口": ("建行银企直连二期", "testing"),
        "余额查询": ("建行银企直连二期", "done"),
        "电子回单": ("建行银企直连二期", "planned"),
        "收银台 2.0": (None, None),
        "视觉规范": ("收银台 2.0", "done"),
        "支付结果页": ("收银台 2.0", "in_progress"),
    }


def test_under_doing_an_author_s_own_words_are_nearer() -> None:
    found = updates("- 多币种钱包：港元账户 code complete，ETA: 4/21\n- 代扣：4/6 已上线", "## DOING")
    assert (found["多币种钱包"]["status"], found["代扣"]["status"]) == ("in_progress", "done")


def days(milestone: Any) -> tuple[str, str, str]:
    span = f"{milestone.start:%m-%d}"
    span += f"..{milestone.end:%m-%d}" if milestone.end != milestone.start else ""
    return milestone.text, span, milestone.state


def test_a_bullet_names_a_project_and_tells_of_it() -> None:
    assert updates("- 收银台整体改版，联调完成进入灰度，预计5月中投产；风险：机具不足\n") == {
        "收银台整体改版": {
            "lines": (1, 1),
            "status": "testing",
            "milestones": [("预计5月中投产", "05-11..05-20", "planned")],
            "risks": ("机具不足",),
        }
    }


def test_a_project_has_parts_and_keeps_its_own_line() -> None:
    body = "- 新渠道接入：\n    1. 工行快捷，4/6已上线\n    2. 建行代扣，联调中，4/20提测\n"
    assert updates(body) == {
        "新渠道接入": {"lines": (1, 1)},
        "工行快捷": {
            "lines": (2, 2), "parent": "新渠道接入", "status": "done", "milestones": [("4/6已上线", "04-06", "done")],
        },
        "建行代扣": {
            "lines": (3, 3), "parent": "新渠道接入", "status": "testing",
            "milestones": [("4/20提测", "04-20", "planned")],
        },
    }  # fmt: skip


def test_a_heading_with_labels_is_one_project() -> None:
    body = (
        "### 智能路由二期（负责人：赵敏）\n- 状态：开发中\n- 进度：72%\n- 里程碑：4/28 提测\n"
        "- 问题：\n  1. 缓存不一致\n  2. 开关缺失\n"
    )
    assert updates(body) == {
        "智能路由二期": {
            "lines": (1, 7),
            "status": "in_progress",
            "progress": [("进度", 72.0, None, None)],
            "milestones": [("4/28 提测", "04-28", "planned")],
            "problems": ("缓存不一致", "开关缺失"),
        }
    }


def test_a_heading_over_projects_in_bold_is_their_parent() -> None:
    body = "### 大促保障\n\n**网关扩容**\n\n已扩 24/32 台\n\n**链路梳理**\n\n未开始\n"
    assert updates(body, "# 本周进展") == {
        "大促保障": {"lines": (1, 1)},
        "网关扩容": {
            "lines": (3, 5), "parent": "大促保障", "status": "in_progress", "progress": [("扩", None, 24, 32)],
        },
        "链路梳理": {"lines": (7, 9), "parent": "大促保障", "status": "planned"},
    }  # fmt: skip


def test_a_row_is_a_project_and_its_heads_are_labels() -> None:
    body = (
        "| 项目 | 进展 | 状态 | 风险 | 下周计划 |\n|---|---|---|---|---|\n"
        "| 数据迁移 | 已迁 88/120 张表 | 进行中 | 无 | 4月底完成 |\n"
    )
    assert updates(body) == {
        "数据迁移": {
            "lines": (3, 3),
            "status": "in_progress",
            "progress": [("迁", None, 88, 120)],
            "milestones": [("4月底完成", "04-21..04-30", "planned")],
        }
    }


def test_a_table_of_milestones_tells_the_current_forecast() -> None:
    body = (
        "| 里程碑 | 原计划 | 当前预计 | 状态 |\n|---|---|---|---|\n"
        "| 一期上线 | 4/7 | 4/22 | 延期 |\n| 方案评审 | 4/3 | 4/3 | 已完成 |\n"
    )
    found = {name: told["milestones"] for name, told in updates(body).items()}
    assert found == {"一期上线": [("4/22", "04-22", "planned")], "方案评审": [("4/3", "04-03", "done")]}


def test_a_paragraph_tells_of_several_projects() -> None:
    body = "商户门户改版本周完成前端开发，预计4月22日提测。账单中心重构处于测试阶段，计划4月底上线。\n"
    assert updates(body) == {
        "商户门户改版": {
            "lines": (1, 1), "status": "in_progress", "milestones": [("预计4月22日提测", "04-22", "planned")],
        },
        "账单中心重构": {
            "lines": (1, 1), "status": "testing", "milestones": [("计划4月底上线", "04-21..04-30", "planned")],
        },
    }  # fmt: skip


def test_english_bullets_with_dashes_colons_and_bold_names() -> None:
    body = (
        "- **Ledger Split** — 107/164 tables moved, rest by end of Q2\n"
        "- Card Vault: 65% done. SDK freeze by Apr 12, first merchant live mid-May\n"
        "- Open banking - on hold, waiting for legal\n"
    )
    assert updates(body, "## Highlights") == {
        "Ledger Split": {
            "lines": (1, 1), "status": "in_progress", "progress": [(None, None, 107, 164)],
            "milestones": [("rest by end of Q2", "06-30", "planned")],
        },
        "Card Vault": {
            "lines": (2, 2), "status": "in_progress", "progress": [(None, 65.0, None, None)],
            "milestones": [("SDK freeze by Apr 12", "04-12", "planned"),
                           ("first merchant live mid-May", "05-11..05-20", "planned")],
        },
        "Open banking": {"lines": (3, 3), "status": "blocked"},
    }  # fmt: skip


def test_a_list_typed_as_plain_text() -> None:
    body = (
        "1、账务核心重构：\n（1）会计引擎：代码完成80%，下周一提测；\n（2）历史数据割接：未启动\n2、电子发票，4/6上线\n"
    )
    assert updates(body) == {
        "账务核心重构": {"lines": (1, 1)},
        "会计引擎": {
            "lines": (2, 2), "parent": "账务核心重构", "status": "in_progress",
            "progress": [("代码完成", 80.0, None, None)],
            "milestones": [("下周一提测", "04-10", "planned")],
        },
        "历史数据割接": {"lines": (3, 3), "parent": "账务核心重构", "status": "planned"},
        "电子发票": {"lines": (4, 4), "status": "done", "milestones": [("4/6上线", "04-06", "done")]},
    }  # fmt: skip


def test_a_ticked_box_is_done() -> None:
    body = "- [x] 收银台错误码梳理\n- [ ] 对账脚本（80%）\n"
    assert {name: told.get("status") for name, told in updates(body, "## 今日完成").items()} == {
        "收银台错误码梳理": "done",
        "对账脚本": "in_progress",
    }


def test_a_flag_before_a_name_is_its_state() -> None:
    body = "- 【已完成】POS机具升级\n- 【未开始】海外收单\n- 🚧 数据加密改造\n- ⏸ 积分商城，等业务确认\n"
    assert {name: told.get("status") for name, told in updates(body).items()} == {
        "POS机具升级": "done",
        "海外收单": "planned",
        "数据加密改造": "in_progress",
        "积分商城": "blocked",
    }


def test_a_moved_date_counts_and_the_first_does_not() -> None:
    body = "- 商户对账中心：由4/17推迟到4/24\n- 旧BI下线：原计划4/3，因审计要求延期至5月底\n"
    assert {name: told["milestones"] for name, told in updates(body).items()} == {
        "商户对账中心": [("由4/17推迟到4/24", "04-24", "planned")],
        "旧BI下线": [("因审计要求延期至5月底", "05-21..05-31", "planned")],
    }


def test_a_bold_name_under_lowlights_is_a_project_that_is_stuck() -> None:
    assert updates("- **Vault Rotation**: on hold\n- Half of the team was out\n", "## Lowlights") == {
        "Vault Rotation": {"lines": (1, 1), "status": "blocked"}
    }


@pytest.mark.parametrize(
    "line",
    [
        "帮风控查了两个订单", "元旦值班交接", "参加账务系统需求评审", "code review 4个MR", "KR1：可用性目标 99.99%",
        "修了两个小问题", "和风控对了一下规则", "处理商户投诉3起", "修复3个线上bug", "值班两天", "周五请假半天", "整理了上周的告警",
        "Two backend engineers joined, buddies assigned", "TL;DR: one Sev2, all green", "暂无",
    ],
)  # fmt: skip
def test_what_is_no_project_is_no_update(line: str) -> None:
    assert updates(f"- {line}\n") == {}


@pytest.mark.parametrize(
    "words", ["国庆只上了三天班，这期写得短。", "新年第一周，先谢谢值班的六位同学。", "We hired two people this week."]
)
def test_prose_that_names_no_project_is_no_update(words: str) -> None:
    assert updates(words + "\n") == {}


LINES = st.lists(
    st.text(alphabet="收银台改版账户2.0完成预计4/12上线，。：（）-#*|123、 已提测%风险\t", max_size=30), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(LINES)
@example(["上 0", "上 0", "%", "已"])
def test_any_lines_are_read_and_every_update_names_a_project_on_its_lines(lines: list[str]) -> None:
    for told in updates("\n".join(lines)).values():
        first, last = told["lines"]
        assert first <= last
    assert all(name.strip() for name in updates("\n".join(lines)))


def test_the_owner_and_a_mark_in_brackets_are_no_part_of_a_name() -> None:
    found = updates(
        "跨境收款（Lena）【❌】：沙箱证书未下发，已停两周\n\n发票中台（庞一鸣）【⏳】：PRD评审已约4/19，研发未启动\n"
    )
    assert found == {
        "跨境收款": {"lines": (1, 1), "status": "blocked"},
        "发票中台": {"lines": (3, 3), "status": "planned", "milestones": [("PRD评审已约4/19", "04-19", "planned")]},
    }


def test_a_list_below_a_paragraph_on_a_project_tells_of_its_parts() -> None:
    found = updates(
        "收银升级（阮知微）【⏳】：整体完成度 62%\n\n- 免密签约页（陶然）【✅】：4/3上线\n- 境外卡（迟暮）【⏳】：联调中\n"
    )
    assert {name: told.get("parent") for name, told in found.items()} == {
        "收银升级": None, "免密签约页": "收银升级", "境外卡": "收银升级",
    }  # fmt: skip


def test_a_list_below_a_name_in_bold_says_more_of_it() -> None:
    found = updates(
        "**Ledger Split** (Mei) – in progress, 80% – ETA Apr 30\n- Read path switched on 4/4\n- Risk: audit needs the old tables\n"
    )
    assert found == {
        "Ledger Split": {
            "lines": (1, 3), "status": "in_progress", "progress": [(None, 80.0, None, None)],
            "milestones": [("ETA Apr 30", "04-30", "planned"), ("Read path switched on 4/4", "04-04", "done")],
            "risks": ("audit needs the old tables",),
        }
    }  # fmt: skip


def test_labels_in_bold_need_no_colon() -> None:
    found = updates("### 商户侧网关\n\n**进展** 灰度 3 个商户中\n**节点** 4/12 全量\n**风险** 依赖证书批次\n")
    assert found == {
        "商户侧网关": {
            "lines": (1, 5), "status": "testing", "milestones": [("4/12 全量", "04-12", "planned")], "risks": ("依赖证书批次",),
        }
    }  # fmt: skip


def test_a_row_of_a_project_and_its_part() -> None:
    found = updates(
        "| 项目 | 子任务 | 进度 | 计划完成 |\n| --- | --- | --- | --- |\n| 支付中台 | 账务 | 60% | 4/30 |\n|  | 对账 | 20% | 5/15 |\n"
    )
    assert found == {
        "账务": {
            "lines": (3, 3), "parent": "支付中台", "status": "in_progress", "progress": [("进度", 60.0, None, None)],
            "milestones": [("4/30", "04-30", "planned")],
        },
        "对账": {
            "lines": (4, 4), "parent": "支付中台", "status": "in_progress", "progress": [("进度", 20.0, None, None)],
            "milestones": [("5/15", "05-15", "planned")],
        },
    }  # fmt: skip


def test_a_row_that_names_nothing_goes_on_with_the_one_above() -> None:
    found = updates(
        "### 清结算中台\n\n| 子项 | 负责人 | 进度 | 说明 |\n| --- | --- | --- | --- |\n| 计费引擎 | 盛夷吾 | 70% | 阶梯费率开发完成 |\n"
        "|  |  |  | 封顶费率编码中 |\n"
    )
    assert {name: (told["lines"], told.get("parent")) for name, told in found.items()} == {
        "清结算中台": ((1, 1), None), "计费引擎": ((5, 6), "清结算中台"),
    }  # fmt: skip


def test_a_count_is_no_day() -> None:
    assert updates("- 数电票：接口开发 7/12，预计4/18提测\n- Bank adapters – 5/14 adapters, next ones by Apr 23\n") == {
        "数电票": {
            "lines": (1, 1), "status": "in_progress", "progress": [("接口开发", None, 7, 12)],
            "milestones": [("预计4/18提测", "04-18", "planned")],
        },
        "Bank adapters": {
            "lines": (2, 2), "status": "in_progress", "progress": [(None, None, 5, 14)],
            "milestones": [("next ones by Apr 23", "04-23", "planned")],
        },
    }  # fmt: skip


def test_a_bracket_that_tells_of_the_old_day_is_no_milestone() -> None:
    assert updates("- 限额中心：4.25提测，5.8投产（原4.28）\n")["限额中心"]["milestones"] == [
        ("4.25提测", "04-25", "planned"), ("5.8投产（原4.28）", "05-08", "planned"),
    ]  # fmt: skip


def test_who_wrote_the_page_is_in_no_record() -> None:
    page = Page(id="p", path="x.md", text="# 周报 2023-04-09\n\n编制：赵晓棠（PMO）\n\n## 其他\n\n- 团建改期\n")
    assert [record.text for record in reports.read_report(page, WORDS).records] == ["团建改期"]


def test_a_field_of_work_is_no_project() -> None:
    found = updates("### 网关\n\n- **证书轮换**：4/4 已全量\n- **配置迁移**：排期在5月上旬\n")
    assert {name: told.get("parent") for name, told in found.items()} == {"证书轮换": None, "配置迁移": None}


def test_a_label_beside_labels_is_no_part() -> None:
    found = updates(
        "### 银企直连\n\n- 阶段：系统测试中\n- 用例：412/560（73.6%）\n- 遗留缺陷：\n    1. 回单乱码\n    2. 丢尾笔\n- 风险：证书到期\n"
    )
    assert found == {
        "银企直连": {
            "lines": (1, 8), "status": "testing", "progress": [("用例", 73.6, 412, 560)], "risks": ("证书到期",),
            "problems": ("回单乱码", "丢尾笔"),
        }
    }  # fmt: skip


def test_a_numbered_name_in_bold_owns_the_labels_below_it() -> None:
    found = updates(
        "**1、账户体系2.0**\n\n当前进度：65%\n\n本周进展：\n- 核对 30/80 个场景\n\n**2、签约优化**\n\n当前进度：100%\n"
    )
    assert {name: (told["lines"], told["status"]) for name, told in found.items()} == {
        "账户体系2.0": ((1, 6), "in_progress"), "签约优化": ((8, 10), "done"),
    }  # fmt: skip


def test_headings_above_nothing_but_names_in_bold_are_fields_and_no_parents() -> None:
    wallets = "### Wallets\n\n- **Refund unification** – in UAT\n- **Agreement pay** – 80%\n\n"
    banks = "### Loyalty & perks\n\n- **Points** – blocked\n- **Vouchers** – in UAT\n\n"
    ledger = "### Ledger v3\n\nOverall 64%.\n\n- **Dual write** – in UAT\n- **Backfill** – 60%\n"
    found = updates(f"{wallets}{banks}{ledger}", "## Where we are")
    parents = {name: told.get("parent") for name, told in found.items()}
    assert parents == {
        "Refund unification": None, "Agreement pay": None, "Points": None, "Vouchers": None,
        "Ledger v3": None, "Dual write": "Ledger v3", "Backfill": "Ledger v3",
    }  # fmt: skip


def test_sentences_behind_a_label_of_progress_and_labels_of_other_things_tell_of_the_project() -> None:
    found = updates(
        "- **DB sharding**: Progress: 38/61 points. First shard by Apr 12.\n- **Wallet v3**: in UAT\n    - sunset on our side: Apr 19\n"
    )
    assert found["DB sharding"]["milestones"] == [("First shard by Apr 12", "04-12", "planned")]
    assert found["Wallet v3"]["milestones"] == [("sunset on our side: Apr 19", "04-19", "planned")]
