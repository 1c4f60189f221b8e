"""Which lines below a project are parts of it, and what an author sets behind a name; every report is of Sunday 2023-04-09."""

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import AnyRecord, Metric, Note, Update
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def records(body: str) -> tuple[AnyRecord, ...]:
    """What a report with that body says."""
    return reports.read_report(Page(id="p", path="x.md", text=f"# 周报 2023-04-09\n\n{body}"), WORDS).records


def projects(body: str) -> list[tuple[str | None, str, str | None]]:
    """The parent, name and state of each project under 项目进展."""
    return [(u.parent, u.project, u.status) for u in records(f"## 项目进展\n\n{body}") if isinstance(u, Update)]


@pytest.mark.parametrize(
    "lines",
    [
        "龙支付升级--总体 60%，分两块推\n1) 签约页改版，已提测\n2) 对账文件改推送，联调中\n",
        "（一）龙支付升级\n该项目稳步推进，完成60%，下设两项子任务：\n1. 签约页改版。已提测。\n2. 对账文件改推送。联调中。\n",
        "### 龙支付升级\nStatus: 60%\n- sub-streams:\n  - 签约页改版: 已提测\n  - 对账文件改推送: 联调中\n",
        "**龙支付升级** (Amber)\n完成60%，剩下的在改。\n- 签约页改版：已提测\n- 对账文件改推送：联调中\n",
        "1、龙支付升级 整体60%，按计划推进\n\na) 签约页改版：已提测\n\nb) 对账文件改推送：联调中\n\n",
        "1. **龙支付升级**。整体完成60%。\n\n   （1）签约页改版。已提测。\n\n   （2）对账文件改推送。联调中。\n",
        "| 项目 | 本周 |\n|---|---|\n| 龙支付升级 | 完成60% |\n| ↳ 签约页改版 | 已提测 |\n| ↳ 对账文件改推送 | 联调中 |\n",
    ],
)
def test_parts_that_are_announced_or_marked_are_of_the_project_above(lines: str) -> None:
    found = [(parent, name[:4], status) for parent, name, status in projects(lines)]
    assert found == [
        (None, "龙支付升", "in_progress"),
        ("龙支付升级", "签约页改", "testing"),
        ("龙支付升级", "对账文件", "testing"),
    ]


def test_numbers_go_on_where_letters_end() -> None:
    lines = "1、去O改造 整体58%\n\na) 账务库：已提测\n\nb) 清分库：未开始\n\n2、国密改造：联调中\n"
    assert [(parent, name) for parent, name, _ in projects(lines)] == [
        (None, "去O改造"), ("去O改造", "账务库"), ("去O改造", "清分库"), (None, "国密改造"),
    ]  # fmt: skip


def test_cards_of_labels_in_brackets_are_projects() -> None:
    card = "### {}（黄）\n【负责人】郑凯\n【本月进展】联调通过，用例 203/240\n【里程碑】4/6 联调完成；4/20 投产\n【主要风险】窗口不定\n\n"
    found = records("## 二、项目小结\n\n" + card.format("网关切换") + card.format("收银台3.0"))
    assert [(u.project, len(u.milestones), u.risks) for u in found if isinstance(u, Update)] == [
        ("网关切换", 2, ("窗口不定",)), ("收银台3.0", 2, ("窗口不定",)),
    ]  # fmt: skip


def test_a_label_right_below_the_list_of_another_is_the_projects_own() -> None:
    lines = "### 农行网关迁移\n**卡点**：\n1. 接口不返回流水号\n2. 前置机维保到期\n**接下来**：4/20 切流\n"
    (found,) = [u for u in records(f"## 项目进展\n\n{lines}") if isinstance(u, Update)]
    assert found.problems == ("接口不返回流水号", "前置机维保到期")
    assert [m.text for m in found.milestones] == ["4/20 切流"]


def test_reasons_counted_in_words_are_several() -> None:
    line = "- 报送接口：联调中。主要问题：一是证件缺失；二是环境不稳\n"
    (found,) = [u for u in records(f"## 项目进展\n\n{line}") if isinstance(u, Update)]
    assert found.problems == ("证件缺失", "环境不稳")


def test_the_field_or_the_team_before_a_project_is_no_project() -> None:
    assert projects("- 风控：特征库迁 cluster，4/6 已迁完\n") == [(None, "特征库迁 cluster", "done")]


def test_what_heads_a_list_among_incidents_and_does_not_fail_is_a_project() -> None:
    lines = "- 4/6 14:05 代付超时，14:40恢复\n- 大促保障（邓可）：\n    - 压测已完成\n    - 扩容4/7上线\n"
    found = records(f"## 稳定性\n\n{lines}")
    assert [r.kind for r in found] == ["incident", "update"]


@pytest.mark.parametrize("line", ["Merchants migrated: 107/164 (was 96). Dry run done.", "容量表 14/22 个系统已交"])
def test_what_is_counted_below_a_project_is_no_part_of_it(line: str) -> None:
    names = [name for _, name, _ in projects(f"- 账务核心2.0\n    - {line}\n    - **记账引擎**：联调中\n")]
    assert names == ["账务核心2.0", "记账引擎"]


@pytest.mark.parametrize(
    ("heading", "status"),
    [("#UAT", "testing"), ("#stuck", "blocked"), ("#not-started", "planned"), ("#灰度", "testing")],
)
def test_a_tag_behind_a_name_is_the_state_and_no_part_of_the_name(heading: str, status: str) -> None:
    assert projects(f"### Thailand payout {heading}\n- sandbox 通了\n") == [(None, "Thailand payout", status)]


@pytest.mark.parametrize(
    "name",
    ["第一批（华东）", "专线割接（建行）", "外币账户直连（中行、汇丰）", "数字红包（端午版）", "FPS debit (eDDA)"],
)
def test_brackets_that_tell_which_one_are_part_of_the_name(name: str) -> None:
    assert projects(f"- {name}：联调中\n") == [(None, name, "testing")]


def test_a_bold_word_in_a_note_is_no_project_unless_it_is_set_off() -> None:
    told = "## Lowlights\n\n- **Ledger v2** is what keeps me up: the buffer is gone\n- **Vault**: on hold\n"
    assert [r.project for r in records(told) if isinstance(r, Update)] == ["Vault"]
    asked = "## Asks\n\n- **Infra:** approve the quota by Friday\n"
    assert [type(r) for r in records(asked)] == [Note]


@pytest.mark.parametrize(
    "line",
    [
        "Dear all, please find below the update for this week.",
        "清结算组本周工作汇报如下，请审阅。",
        "以上，谢谢！",
        "Cheers,\nSam",
        "邱立冬 4/9 18:41",
        "上周：[周报 2023-04-02](%E5%91%A8%E6%8A%A5.md)",
    ],
)
def test_courtesies_and_who_signed_are_no_records(line: str) -> None:
    assert records(f"{line}\n\n## 项目进展\n\n") == ()


def test_actions_with_a_day_and_a_state_are_followed_like_projects() -> None:
    table = (
        "| Action | Owner | Due | Status |\n|---|---|---|---|\n| Alert on lease TTL | Farhan | 14 Apr | In progress |\n"
    )
    (found,) = records(f"## Action items\n\n{table}")
    assert isinstance(found, Update) and (found.project, found.status) == ("Alert on lease TTL", "in_progress")


def test_goals_counted_in_brackets_on_one_line_are_several() -> None:
    found = records("## 其他\n\n- 下周计划：（1）补时间线 （2）催证书\n")
    assert [(r.kind, r.text) for r in found] == [("goal", "补时间线"), ("goal", "催证书")]


def test_numbers_of_the_watch_and_its_handover_are_no_incidents() -> None:
    lines = "- Pages: 23 (last week 41)\n- MTTA: 3.6 min\n- Handover: the file alert is still noisy\n"
    assert [r.kind for r in records(f"## On-call\n\n{lines}")] == ["metric", "metric", "note"]


def test_numbers_on_one_line_among_incidents_are_metrics() -> None:
    line = "1、本周指标：可用率99.99%，慢SQL 143个，工单67个\n\n【故障】4/6 14:07 磁盘打满，14:52恢复（P2）\n原因：补数回溯\n"
    found = records(f"## 稳定性\n\n{line}")
    assert [r.kind for r in found] == ["metric", "metric", "metric", "incident"]
    assert [getattr(r, "severity", None) for r in found][-1] == "P2"


def test_a_sentence_below_the_title_is_a_note_and_numbers_there_are_metrics() -> None:
    assert [r.kind for r in records("这周都在忙封网。\n\n## 项目进展\n")] == ["note"]
    found = records("快捷成功率99.62%，代付成功率99.95%，未决订单17笔。\n\n## 项目进展\n")
    assert [r.kind for r in found] == ["metric"] * 3


def test_a_state_under_a_label_of_progress_is_the_state_and_days_there_are_no_counts() -> None:
    lines = "### 结算 T+0\n- 进度：已上线\n- 4/4 灰度 10%，4/6 全量\n\n### 商户进件\n- 进度：延期（原 4/20 → 4/27）\n- 负责人：小周\n"
    one, other = [u for u in records(f"## 项目进展\n\n{lines}") if isinstance(u, Update)]
    assert one.status == "done" and other.progress == ()


def test_a_project_on_track_is_not_done_by_what_is_done_of_it() -> None:
    lines = "### 大促保障\n- 状态：🟢 正常\n- 本周进展\n    - 第二轮压测完成\n"
    assert projects(lines) == [(None, "大促保障", "in_progress")]


def test_today_beside_tomorrow_is_what_was_done() -> None:
    daily = "Today\n- Kafka upgrade: brokers 1-4 done\n\nTomorrow\n- Watch the settlement file\n"
    assert [r.kind for r in records(daily)] == ["update", "goal"]
    standup = "Yesterday\n- Kafka upgrade: brokers 1-4 done\n\nToday\n- Watch the settlement file\n"
    assert [r.kind for r in records(standup)] == ["update", "goal"]


def test_what_was_mended_is_a_project_where_it_says_how_it_stands() -> None:
    assert projects("1. 聚合码流水导出 bug 修复，已提测\n2. 跟建行联调快捷签约，卡在加密机\n3. bug 修复 3 个\n") == [
        (None, "聚合码流水导出 bug 修复", "testing"), (None, "快捷签约", "blocked"),
    ]  # fmt: skip


def test_what_was_planned_beside_what_came_is_no_milestone() -> None:
    table = "| 项目 | 计划 | 实际 |\n|---|---|---|\n| 云闪付立减 | 4/5 上线 | 4/6 上线 |\n| 账户体系 | 4/28 提测 | 进行中 60% |\n"
    found = [u for u in records(f"## 项目进展\n\n{table}") if isinstance(u, Update)]
    assert [[m.text for m in u.milestones] for u in found] == [["4/6 上线"], ["4/28 提测"]]


def test_a_state_as_heading_may_have_a_sign_behind_it() -> None:
    (found,) = [u for u in records("## 待启动 ⏳\n\n- 分账二期，等产品排期\n") if isinstance(u, Update)]
    assert found.status == "planned"


def test_a_number_above_numbers_is_no_heading() -> None:
    found = records("## 指标 📈\n成功率 98.9% → 99.2%\n日均笔数 320w（+5%）\n投诉率 0.012‰\n")
    assert [(r.name, r.value) for r in found if isinstance(r, Metric)] == [
        ("成功率", 99.2), ("日均笔数", 320), ("投诉率", 0.012),
    ]  # fmt: skip


def test_what_we_are_working_on_is_a_section() -> None:
    lines = "**What we're working on**\n1. *CNY wallet* - 9 of 14 APIs done\n2. *Linking* - paused\n"
    assert [(u.parent, u.project) for u in records(lines) if isinstance(u, Update)] == [
        (None, "CNY wallet"), (None, "Linking"),
    ]  # fmt: skip


def test_a_group_of_bullets_beside_groups_of_headings_is_one_as_well() -> None:
    headings = "### （一）支付中台 🟡\n\n#### 1. 清分拆分\n\n- **进展**：联调中\n\n#### 2. 收银台改版\n\n- **进展**：已提测\n\n"
    bullets = "- 🟢 **名单筛查升级**：规则引擎开发中，进度55%。\n- ⚪ **客户信息脱敏二期**：待排期。\n"
    others = headings.replace("（一）支付中台", "（二）开户").replace("2. 收银台", "2. 柜台")
    body = f"{headings}{others}### （三）合规与数据 🟡\n\n{bullets}"
    assert {name: parent for parent, name, _ in projects(body)} == {
        "支付中台": None, "清分拆分": "开户", "收银台改版": "支付中台", "开户": None, "柜台改版": "开户", "合规与数据": None,
        "名单筛查升级": "合规与数据", "客户信息脱敏二期": "合规与数据",
    }  # fmt: skip


def test_a_project_said_to_be_over_is_done_whatever_is_left() -> None:
    line = "- 商户进件2.0：存量商户迁移 1,309/1,320家，剩余11家由客服跟进；9/5 通过结项预审，项目已完成\n"
    assert projects(line) == [(None, "商户进件2.0", "done")]


def test_a_state_above_a_heading_of_sorts_is_that_of_all_below() -> None:
    body = "## 1. ✅ 本周完成 (Done)\n\n### 🚀 Features / Requirements\n\n- 商户后台退款审批\n- 聚合码支持数币支付\n"
    assert [u.status for u in records(body) if isinstance(u, Update)] == ["done", "done"]


def test_a_day_behind_a_share_is_a_milestone_and_no_count() -> None:
    (found,) = [
        u for u in records("## 进行中工作\n\n- 民生代付接入 - 完成度: 70%，4/14 联调结束\n") if isinstance(u, Update)
    ]
    assert [share.percent for share in found.progress] == [70.0]
    assert [(str(m.start), m.text) for m in found.milestones] == [("2023-04-14", "4/14 联调结束")]


def test_what_was_planned_and_what_came_of_it_is_no_plan_for_next_week() -> None:
    lines = "## 里程碑进度\n\n- 计划：4.3完成接口联调 → 实际：4.5完成（滞后2天）\n- 计划：4.28完成UAT → 预计：5.8完成\n"
    assert [r.kind for r in records(lines)] == ["note", "note"]


@pytest.mark.parametrize("heading", ["DevOps/Infrastructure (2 engineers)", "清结算（5人）"])
def test_a_heading_with_heads_counted_is_a_team(heading: str) -> None:
    lines = f"## 工作进展\n\n### {heading}\n\n- 对账引擎：联调中\n- 分润报表：已上线\n"
    assert [(u.parent, u.project) for u in records(lines) if isinstance(u, Update)] == [
        (None, "对账引擎"), (None, "分润报表"),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["风险与同步 (Risks & Sync)", "风险趋势", "证据链接"])
def test_headings_of_what_is_said_besides(heading: str) -> None:
    assert [r.kind for r in records(f"## {heading}\n\n- [ ] 封网前窗口不足\n- [ ] 密码机到货时间未定\n")] == [
        "note",
        "note",
    ]


def test_a_project_stands_on_all_its_lines_up_to_its_plans() -> None:
    lines = "## 网关重构\n\n- 进度：55%\n- 本周：\n  - 完成路由单测\n- 下周：\n  - 农行第二轮联调\n- 风险：环境少\n\n## 下周计划\n\n- 压\n"
    (update,) = [u for u in records(lines) if isinstance(u, Update)]
    assert (update.project, update.lines) == ("网关重构", (3, 7))
