"""Ways of writing that authors have in common: a line or two as they stand in a report of Sunday 2023-06-11, and what they say."""

import datetime as dt
from typing import Any

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Goal, Incident, Metric, Note, Update
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def records(body: str) -> list[Any]:
    page = Page(id="p", path="周报 2023-06-11.md", text=f"# 周报 2023-06-11\n\n{body}\n")
    return list(reports.read_report(page, WORDS).records)


def updates(body: str) -> list[tuple[str, str | None, str | None]]:
    """Project, parent and status of each update."""
    return [(u.project, u.parent, u.status) for u in records(f"## 本周进展\n\n{body}") if isinstance(u, Update)]


def projects(page: str) -> list[tuple[str, str | None]]:
    """Project and parent of each update of a whole page."""
    return [(u.project, u.parent) for u in records(page) if isinstance(u, Update)]


def test_what_a_name_with_a_colon_numbers_are_its_parts() -> None:
    lines = (
        "1. 会员营销中台：\n    （1）营销侧接口已提测\n    （2）权益发放联调中，预计6/15完成\n    （3）账务侧还没开始\n"
    )
    assert updates(lines) == [
        ("会员营销中台", None, None),
        ("营销侧接口", "会员营销中台", "testing"),
        ("权益发放", "会员营销中台", "testing"),
        ("账务侧", "会员营销中台", "planned"),
    ]


def test_what_stands_below_a_name_without_a_colon_is_said_of_it() -> None:
    lines = (
        "1. 渠道路由配置化\n    - 路由规则由代码迁到配置中心，本周完成两类\n    - 老渠道没有统一编码，规则匹配靠名称\n"
        "    - 待中信开通测试商户号，阻塞中\n"
    )
    assert updates(lines) == [("渠道路由配置化", None, "blocked")]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- 【收银台】分期入口本周上线，转化率提升2%", ("收银台", None, "done")),
        ("- 【支付】收银台改版：联调中", ("收银台改版", None, "testing")),
        ("- 【王伟】账单改版联调中", ("账单改版", None, "testing")),
        ("- 【已完成】账单改版", ("账单改版", None, "done")),
        ("- 6/5 收银台改版提测", ("收银台改版", None, "testing")),
        ("- 规则引擎升级推迟到6/20", ("规则引擎升级", None, "planned")),
        ("- 渠道费率核对工具已交付财务试用", ("渠道费率核对工具", None, "done")),
        ("- Shipped instant refunds to all merchants", ("instant refunds", None, "done")),
        ("- Finished the move to Aurora", ("move to Aurora", None, "done")),
        ("- Started on dispute evidence upload; UI next week", ("dispute evidence upload", None, "in_progress")),
        ("### 项目A：跨境收款\n\n进度：80%", ("跨境收款", None, "in_progress")),
        ("- [x] 名单迁移 @赵六", ("名单迁移", None, "done")),
        ("### 收银台改版 🟢\n\n- 联调中", ("收银台改版", None, "testing")),
    ],
)
def test_the_name_of_a_project_is_found(line: str, told: tuple[str, str | None, str | None]) -> None:
    assert updates(line) == [told]


@pytest.mark.parametrize(
    "line",
    [
        "- review 小周的MR，提了6条意见",
        "- 给测试同学讲了一遍冻结解冻的状态机",
        "- Priya Raman joined the risk squad. Welcome, Priya!",
        "- P2 以上事故不超过 2 起",
    ],
)
def test_people_and_targets_are_no_projects(line: str) -> None:
    assert [type(record) for record in records(f"## 本周进展\n\n{line}")] == [Note]


def test_rows_under_a_day_and_a_text_are_lines() -> None:
    rows = "| 日期 | 内容 | 备注 |\n| --- | --- | --- |\n| 6/5 | 收银台改版提测 | 无 |\n| 6/7 | 清分重构联调 | 两轮 |"
    assert updates(rows) == [("收银台改版", None, "testing"), ("清分重构", None, "testing")]


def test_a_list_that_begins_again_belongs_to_the_line_before_it() -> None:
    lines = "聚合码二期\n  1. 联调完成，6/14提测\n  2. 后台页面开发 80%\n结算单重构\n  1. 需求评审通过\n  2. 预计6/20给出方案\n"
    assert updates(lines) == [("聚合码二期", None, "in_progress"), ("结算单重构", None, "planned")]


def test_a_paragraph_turns_from_project_to_project() -> None:
    told = "We shipped the new settlement report on Tuesday. Ledger migration slipped to Jun 20 because of the freeze."
    assert [name for name, _, _ in updates(told)] == ["new settlement report", "Ledger migration"]


@pytest.mark.parametrize(
    ("line", "share"),
    [
        ("- **对账平台**（45%）：本周完成规则引擎", (45, None, None)),
        ("- **清分重构** 60%，预计6/20提测", (60, None, None)),
        ("- 新网关：现在灰度30%", (30, None, None)),
        ("- Dispute inbox: in testing, bug fixes 9/14.", (None, 9, 14)),
        ("- 完成 MySQL 8.0 升级（12/12 实例）", (None, 12, 12)),
    ],
)
def test_how_far_a_project_is(line: str, share: tuple[float | None, int | None, int | None]) -> None:
    (update,) = records(f"## 本周进展\n\n{line}")
    assert [(one.percent, one.done, one.total) for one in update.progress] == [share]


def test_what_a_plan_wants_is_no_progress() -> None:
    (update,) = records("## 本周进展\n\n- 微众代扣：计划6/15扩大到50%")
    assert update.progress == ()


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("提测 6/9（已完成）、UAT 6/14、上线由6/20推迟到7/4", [(6, 9, "done"), (6, 14, "planned"), (7, 4, "planned")]),
        ("UAT moves from Jun 12 to Jun 28", [(6, 28, "planned")]),
        ("moved the first merchants on Tue, Jun 6 with zero breaks", [(6, 6, "done")]),
        ("2021年数据6/25前归档", [(6, 25, "planned")]),
        ("截止 6/25", [(6, 25, "planned")]),
        ("截止6/4 累计接入3家", []),
    ],
)
def test_every_step_has_its_own_day(line: str, days: list[tuple[int, int, str]]) -> None:
    (update,) = records(
        f"## 本周进展\n\n### 收银台改版\n\n- 里程碑：{line}" if "、" in line else f"## 本周进展\n\n- 收银台改版：{line}"
    )
    assert [(m.start, m.state) for m in update.milestones] == [
        (dt.date(2023, month, day), state) for month, day, state in days
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("99.95% 支付成功率", [("支付成功率", 99.95, "%")]),
        ("230ms P99耗时（上周250ms）", [("P99耗时", 230, "ms")]),
        ("2,314,882 transactions processed (+4%)", [("transactions processed", 2314882, None)]),
        ("12 tickets closed, 3 still open", [("tickets closed", 12, None), ("still open", 3, None)]),
    ],
)
def test_a_number_may_stand_before_its_name(line: str, found: list[tuple[str, float, str | None]]) -> None:
    assert [(m.name, m.value, m.unit) for m in records(f"## 数据\n\n- {line}")] == found


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("GMV: $1.2M (+8%) · Orders: 3.4k · NPS: 52", ["GMV", "Orders", "NPS"]),
        ("GMV $1.2M, 340 active merchants, NPS 52", ["GMV", "NPS", "active merchants"]),
        ("We closed 34 tickets this week and lead time is 3.2 days", ["tickets closed", "lead time"]),
        ("用例执行：412/560，通过率 96.3%", ["通过率"]),
    ],
)
def test_several_numbers_on_a_line(line: str, names: list[str]) -> None:
    assert [m.name for m in records(f"## 数据\n\n- {line}")] == names


def test_numbers_on_a_line_of_their_own_need_no_heading() -> None:
    found = records("## 本周进展\n\n- 数据：交易量 320 万笔，成功率 99.9%\n- 收银台改版：接口 3 个，页面 5 个")
    assert [type(record) for record in found] == [Metric, Metric, Update]


def test_a_heading_of_its_own_above_nothing_but_numbers() -> None:
    found = records("## 研发效能\n\n- 需求交付周期：12.4 天\n- 构建成功率 97%\n- 发布 14 次，回滚 1 次")
    assert [m.name for m in found] == ["需求交付周期", "构建成功率", "发布", "回滚"]


def test_counts_under_an_overview_are_numbers() -> None:
    assert [m.name for m in records("## 项目概览\n\n- 在管项目：8个\n- 延期：2个\n- 暂停：0个")] == [
        "在管项目",
        "延期",
        "暂停",
    ]


def test_a_sentence_among_numbers_is_a_note() -> None:
    found = records("## 告警统计\n\n- 告警总数：312 条\n\n告警集中在批处理机器，已与研发约定日志保留天数改为 7 天。")
    assert [type(record) for record in found] == [Metric, Note]


def test_a_chapter_among_known_ones_that_tells_no_state_is_an_aside() -> None:
    chapters = (
        "本周进展\n\n- 收银台改版：联调中",
        "风险\n\n- 网关没有文档",
        "团队氛围\n\n- 周三聚餐",
        "星图平台\n\n- 接口开发完成",
        "下周计划\n\n- 提测",
    )
    body = "\n\n".join(f"## {chapter}" for chapter in chapters)
    assert [type(record) for record in records(body)] == [Update, Note, Note, Update, Goal]


def test_a_list_of_links_to_pages_yields_nothing() -> None:
    assert (
        records(
            "## Stand-ups of this week\n\n[Stand-up 06-07](Stand-up%2006-07.md)\n\n[Stand-up 06-08](Stand-up%2006-08.md)"
        )
        == []
    )


def incidents(body: str) -> list[tuple[str | None, str | None, str, str | None, str | None]]:
    return [
        (i.occurred, i.recovered, i.summary, i.cause, i.resolution) for i in records(body) if isinstance(i, Incident)
    ]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (
            "6/7 14:05 宁波银行代付回调验签失败。14:12 拉了行方进群，14:25 行方确认中午换了签名证书。随后导入新证书，14:41 恢复正常。",
            ("2023-06-07T14:05", "2023-06-07T14:41", "宁波银行代付回调验签失败", "中午换了签名证书", "拉了行方进群，随后导入新证书"),
        ),
        (
            "Jun 7 – 10:15 to 10:42 PDT – Elevated 5xx on checkout (SEV-2). A bad config push removed two upstreams. Rolled back.",
            (
                "2023-06-07T10:15", "2023-06-07T10:42", "Elevated 5xx on checkout",
                "A bad config push removed two upstreams", "Rolled back",
            ),
        ),
        (
            "Search latency doubled Jun 9 between 4pm and 5:30pm. Cause: missing index. Fix: index added.",
            ("2023-06-09T16:00", "2023-06-09T17:30", "Search latency doubled", "missing index", "index added"),
        ),
        (
            "时间：6/8 03:12\n现象：账务库主从延迟\n处理：kill 大事务，03:40 恢复\n根因：报表任务跑了全表扫描",
            ("2023-06-08T03:12", "2023-06-08T03:40", "账务库主从延迟", "报表任务跑了全表扫描", "kill 大事务，03:40 恢复"),
        ),
    ],
)  # fmt: skip
def test_an_incident_is_told_in_order_of_time(told: str, found: tuple[str, str, str, str, str]) -> None:
    assert incidents(f"## 线上问题\n\n{told}") == [found]


def test_later_than_a_time_is_no_recovery() -> None:
    lines = "## 故障\n\n- **时间：** 6/8 02:40，持续 95 分钟\n- **影响：** 对账结果晚于 8 点产出\n- **原因：** IO打满"
    ((_, recovered, _, _, _),) = incidents(f"{lines}\n")
    assert recovered is None


def test_a_change_that_was_rolled_back_once_is_no_incident() -> None:
    assert incidents("## 变更记录\n\n1. 6/8 22:30 专线路由调整，回滚一次，第二次成功") == []


def test_a_target_above_incidents_is_a_heading() -> None:
    lines = "### KR1：P2 以上事故不超过 2 起\n\n- 6/8 15:22 平安代付全部失败，15:40 恢复\n    - 原因：灰度开关未打开"
    assert [type(record) for record in records(f"## O3：稳定性\n\n{lines}")] == [Incident]


def test_lines_that_begin_with_a_name_in_brackets_are_items_and_may_have_lists() -> None:
    lines = (
        "【支付宝先享后付】签约+扣款调通，差解约，估计6/16搞定\n【代理商分账】合同没下来，继续卡着\n【五一活动】\n"
        "- 满减:做完了，6/6已上线\n- 抽奖:测试中，6/30上\n【账单导出】全量跑了一周，done\n"
    )
    assert updates(lines) == [
        ("支付宝先享后付", None, "in_progress"),
        ("代理商分账", None, "blocked"),
        ("五一活动", None, None),
        ("满减", "五一活动", "done"),
        ("抽奖", "五一活动", "testing"),
        ("账单导出", None, "done"),
    ]


def test_what_somebody_did_and_how_it_ended_is_what_was_done() -> None:
    lines = "- 6/6 15:20 优惠券服务挂了10分钟：@周敏 加了空值缓存+限流，15:30好了\n- 6/7 20:00-20:18 下单接口打挂了，恢复：前端改30秒\n"
    first, second = records(f"## 翻车现场\n\n{lines}")
    assert (first.summary, first.minutes) == ("优惠券服务挂了10分钟", 10)
    assert second.resolution == "前端改30秒"


def test_what_came_when_it_should_is_no_incident_though_it_took_longer() -> None:
    body = "## 一、跑批\n\n渠道文件 03:58 到齐，对账批次 04:30 开始，06:41 结束，比平时慢 20 分钟左右。\n"
    assert [type(record) for record in records(body)] == [Note]


def test_headings_counted_without_a_dot_are_named_without_their_number() -> None:
    found = records("## 1 本周概况\n\n- 用例总数：1,284条\n- 通过率：96.4%\n\n## 2 环境问题\n\n- 挡板服务内存不足\n")
    assert [(type(r), r.section) for r in found] == [(Metric, ("本周概况",))] * 2 + [(Note, ("环境问题",))]


def test_a_state_tells_where_it_stands_before_what_comes_next() -> None:
    lines = (
        "### 分期收银台\n\n- 用例执行：18/142\n- 当前状态：第一轮测试中，预计 6/15 完成第一轮\n- 主要问题：\n"
        "    1. 农行签约接口缺字段，已提给行方\n    2. 造数工具不支持协议号\n"
    )
    (found,) = [r for r in records(f"## 在测项目\n\n{lines}") if isinstance(r, Update)]
    assert (found.project, found.status) == ("分期收银台", "testing")
    assert [(p.done, p.total) for p in found.progress] == [(18, 142)]
    assert found.problems == ("农行签约接口缺字段，已提给行方", "造数工具不支持协议号")


def test_of_two_names_with_colons_both_are_parts() -> None:
    lines = "### 自动化建设\n\n- 接口自动化：新增 46 条，累计 512 条\n- UI自动化：维护中，6月底前接入每日构建\n"
    assert [told[:2] for told in updates(lines)] == [
        ("自动化建设", None),
        ("接口自动化", "自动化建设"),
        ("UI自动化", "自动化建设"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "（一）交易组",
        "（一）交易组　负责人：贺一鸣",
        "支付网关组（李工）",
        "清结算组 - 俞佳",
        "Payments Team - Ann",
        "Core Squad (lead: Kim)",
    ],
)
def test_a_team_is_no_project_whoever_is_named_behind_it(heading: str) -> None:
    body = f"## 各组进展\n\n### {heading}\n\n1. 聚合收单二期\n   - 聚合码牌：开发完成\n   - 刷脸支付：联调中\n"
    assert projects(body) == [("聚合收单二期", None), ("聚合码牌", "聚合收单二期"), ("刷脸支付", "聚合收单二期")]


@pytest.mark.parametrize("marks", ["(1) (2)", "① ②", "a) b)", "（一） （二）"])
def test_lines_counted_below_a_name_are_its_parts(marks: str) -> None:
    first, second = marks.split()
    body = f"## 本周进展\n\n1. 商户进件改版\n   {first} OCR识别：已完成\n   {second} 受益人核验：3/12提测\n2. 代理商分润：已完成\n"
    assert projects(body) == [
        ("商户进件改版", None), ("OCR识别", "商户进件改版"), ("受益人核验", "商户进件改版"), ("代理商分润", None),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["wip", "parked 🧊", "Carried over", "测试进展"])
def test_a_casual_word_for_work_is_no_project(heading: str) -> None:
    assert projects(f"## {heading}\n\n- 3DS2 改造：联调中\n- 退款凭证：已上线\n") == [
        ("3DS2 改造", None),
        ("退款凭证", None),
    ]


def test_a_day_below_the_name_of_a_step_is_a_milestone_and_no_share() -> None:
    table = """## 发布与提测

| 需求 | 提测 | 回归进度 | 上线窗口 | 备注 |
| --- | --- | --- | --- | --- |
| 分期收银台 | 6/7 | 86/120 | 6/15 周四 | 含两家，风险：招行环境不稳 |
"""
    (update,) = (record for record in records(table) if isinstance(record, Update))
    assert [(one.text, str(one.end), one.state) for one in update.milestones] == [
        ("6/7", "2023-06-07", "done"),
        ("6/15 周四", "2023-06-15", "planned"),
    ]
    assert [(one.label, one.done, one.total) for one in update.progress] == [("回归进度", 86, 120)]
    assert update.risks == ("招行环境不稳",)


def test_a_label_at_the_end_of_a_sentence_owns_the_list_and_not_what_stands_below_it() -> None:
    lines = """## 本周进展

- **全链路压测**：预压跑了两轮。发现的问题：
    1. 连接池打满
    2. 挡板返回过快

    正式压测定在6/20凌晨。
"""
    (update,) = (record for record in records(lines) if isinstance(record, Update))
    assert update.problems == ("连接池打满", "挡板返回过快")
    assert [one.text for one in update.milestones] == ["正式压测定在6/20凌晨"]


def test_what_is_counted_one_point_one_is_an_item_and_no_day() -> None:
    body = """## A. 直连渠道

**1. 存量渠道**

1.1 工行报文升级：联调中

1.2 交行虚拟子账户：测试账号已申请

**2. 新增渠道**

2.1 统一接入框架，两家行：

  - 宁波银行：开发完成
  - 杭州银行：需求评审中

## B. 对账清算

1.1 日终对账自动化
  总体进度72%

1.2 清算批次重构
  1.2.1 批次拆分：已上线
  1.2.2 轧差引擎：设计中
"""
    assert projects(body) == [
        ("工行报文升级", None),
        ("交行虚拟子账户", None),
        ("统一接入框架", None),
        ("宁波银行", "统一接入框架"),
        ("杭州银行", "统一接入框架"),
        ("日终对账自动化", None),
        ("清算批次重构", None),
        ("批次拆分", "清算批次重构"),
        ("轧差引擎", "清算批次重构"),
    ]
    assert not any(update.milestones for update in records(body) if isinstance(update, Update))


def test_headings_of_projects_beside_each_other_stay_projects() -> None:
    body = "## 收银台\n\n- 改版：已上线\n- 性能优化：测试中\n\n## 账户体系\n\n- 批次拆分：已上线\n- 轧差引擎：开发中\n"
    assert projects(body)[0] == ("收银台", None)
    assert ("轧差引擎", "账户体系") in projects(body)


def test_names_in_brackets_below_a_name_in_brackets_are_its_parts() -> None:
    body = "## O2 合规\n\n- 【实名体系升级】\n    - 【人脸核身】提测了\n    - 【证件 OCR】供应商选型中\n- 【余额理财入口】暂停\n"
    assert projects(body) == [
        ("实名体系升级", None), ("人脸核身", "实名体系升级"), ("证件 OCR", "实名体系升级"), ("余额理财入口", None),
    ]  # fmt: skip


def test_times_below_a_graded_incident_are_its_timeline() -> None:
    body = "## Incidents\n\n**SEV2** Webhook backlog (6 Jun)\n- 10:05 lag alert fires\n- 10:20 consumers scaled\n- 11:30 backlog clear\n"
    (incident,) = (record for record in records(body) if isinstance(record, Incident))
    assert (incident.severity, incident.occurred, incident.lines) == ("SEV2", "2023-06-06T10:05", (5, 8))


@pytest.mark.parametrize(
    ("line", "name", "value", "unit"),
    [("首屏加载 P75：1.42s", "首屏加载 P75", 1.42, "s"), ("差错处理时长（小时）：5.2", "差错处理时长", 5.2, "小时")],
)
def test_a_name_may_end_in_a_number_or_in_its_unit(line: str, name: str, value: float, unit: str) -> None:
    (metric,) = (record for record in records(f"## 运行数据\n\n- {line}\n") if isinstance(record, Metric))
    assert (metric.name, metric.value, metric.unit) == (name, value, unit)


@pytest.mark.parametrize("heading", ["MySQL", "Redis / Kafka", "iOS", "（二）反洗钱", "网络与安全"])
def test_a_field_of_work_is_no_project(heading: str) -> None:
    body = f"### {heading}\n\n- 订单库分片扩容：数据同步91%\n- 大key治理 进行中\n- 专线割接：下周一开始\n"
    assert [name for name, parent in projects(f"## 各项工作\n\n{body}") if parent is None] == [
        "订单库分片扩容",
        "大key治理",
        "专线割接",
    ]


def test_a_line_of_nothing_but_numbers_is_metrics_among_updates_too() -> None:
    found = records("## MySQL\n\n- 实例数 186台，主从延迟P99 0.8s，慢SQL 142条\n- 8.0升级：已升 58/74\n")
    assert [(one.name, one.value) for one in found if isinstance(one, Metric)] == [
        ("实例数", 186), ("主从延迟P99", 0.8), ("慢SQL", 142),
    ]  # fmt: skip
    assert [one.project for one in found if isinstance(one, Update)] == ["8.0升级"]


def test_a_name_in_bold_with_a_flag_behind_it_heads_the_paragraph_below() -> None:
    lines = "**余额提现 2.0** ✅ 灰度中\n\n转出成功率没掉。\n\n**积分商城**\n\n- 设计稿：6/8 定稿\n- 联调：进行中\n"
    assert updates(lines) == [("余额提现 2.0", None, "testing"), ("积分商城", None, "testing")]


def test_a_name_in_bold_and_all_that_is_said_of_it_is_no_part_of_the_one_above() -> None:
    lines = "**专线割接**\n\n- 建行：窗口暂定 6/24\n- 中信：6/10 已割接完\n\n**核心库扩容**：6/11 凌晨完成。\n"
    assert updates(lines)[-1][:2] == ("核心库扩容", None)


def test_a_share_behind_a_name_in_bold_after_an_emoji() -> None:
    (found,) = records("## 本周进展\n\n🏠 **会员首页改版**｜总进度 45%\n1. 视觉稿 6/6 已交付\n2. 埋点方案 todo\n")
    assert (found.project, found.progress[0].percent) == ("会员首页改版", 45)


def test_chapters_in_bold_are_beside_each_other() -> None:
    page = "**🗓 下周要干的**\n\n1️⃣ 授权书终版\n2️⃣ 可行性报告初稿\n\n**💬 其他**\n\n· 新同事周一报到\n"
    assert [record.kind for record in records(page)] == ["goal", "goal", "note"]


def test_labels_behind_bullets_that_are_emoji() -> None:
    lines = "🔴 **6/8 20:15-20:41 部分用户收不到短信验证码**\n▪️原因：通道拥塞\n▪️处理：切备用通道\n▪️等级：P2\n"
    (found,) = records(f"## 线上问题\n\n{lines}")
    assert (found.cause, found.resolution, found.severity) == ("通道拥塞", "切备用通道", "P2")


def test_what_is_counted_within_a_number_stands_below_it_on_lines_apart() -> None:
    page = (
        "一、本周重点工作\n\n1. 计费引擎重构\n\n1.1 规则中心：6月8日已提测。\n\n1.2 批量计费：计划6月21日上线。\n\n"
        "2. 存管账户切换\n\n(1) 联调环境已开通，联调中；\n\n(2) 风险：只有一个测试账户。\n\n3. 结算单改版：已上线。\n"
    )
    assert projects(page) == [
        ("计费引擎重构", None),
        ("规则中心", "计费引擎重构"),
        ("批量计费", "计费引擎重构"),
        ("存管账户切换", None),
        ("结算单改版", None),
    ]


def test_a_heading_that_says_incident_and_names_it_is_one() -> None:
    lines = (
        "## Incident: wallet payouts stuck, Thu 8 Jun (Sev2)\n\n- 14:22 first alert\n- 15:09 queue drained, all clear\n\n"
        "Root cause: a certificate was rotated early.\nFix: imported the chain.\n"
    )
    (found,) = records(lines)
    assert (found.summary, found.severity, found.minutes) == ("wallet payouts stuck", "Sev2", 47)
    assert (found.cause, found.resolution) == ("a certificate was rotated early", "imported the chain")


def test_the_head_of_a_mail_is_no_project() -> None:
    head = "发件人: 林子昂\n发送时间: 2023年6月11日 18:47\n收件人: 全员\n主题: 【周报】计费组\n"
    assert projects(f"{head}\n## 本周进展\n\n- 计费引擎：已上线\n") == [("计费引擎", None)]


def test_semicolons_part_the_projects_of_a_paragraph() -> None:
    assert updates("招行直连已投产；浦发直连联调中；建行直连待排期。") == [
        ("招行直连", None, "done"),
        ("浦发直连", None, "testing"),
        ("建行直连", None, "planned"),
    ]


def test_a_name_with_a_colon_holds_to_the_end_of_its_sentence() -> None:
    assert updates("收银台3.0：前端完成；后端接口联调中。") == [("收银台3.0", None, "testing")]


def test_below_a_project_a_sentence_has_a_part_for_each_bank() -> None:
    assert updates("### 银行直连\n\n招行直连已投产；浦发直连联调中。") == [
        ("银行直连", None, None),
        ("招行直连", "银行直连", "done"),
        ("浦发直连", "银行直连", "testing"),
    ]


def test_of_prose_that_names_one_after_another_every_subject_is_a_project() -> None:
    told = "微信免密续费停住了，等商户侧确认。对账平台把文件接进来了，差异页面下周提测。账单改版总算上线。"
    assert updates(told) == [
        ("微信免密续费", None, "in_progress"),
        ("对账平台", None, "in_progress"),
        ("账单改版", None, "done"),
    ]


def test_an_aspect_of_a_project_is_no_subject() -> None:
    assert updates("### 收银台改版\n\n前端页面已提测。行方接口未通。用例写了一半。") == [
        ("收银台改版", None, "testing")
    ]


def test_a_chapter_of_prose_is_no_project() -> None:
    page = """## 支付这边

收银台改版已提测，6/20上线。聚合码二期没再拖，接口联调走完。

余额改版还在开发，7月提测。

## 风控这边

规则引擎升级已上线，观察一周。名单服务迁移联调中。

设备指纹对接卡在合同上，先停着。
"""
    assert projects(page) == [
        (name, None)
        for name in ("收银台改版", "聚合码二期", "余额改版", "规则引擎升级", "名单服务迁移", "设备指纹对接")
    ]


def test_paragraphs_below_numbered_names_tell_of_them() -> None:
    lines = "1. 收银台改版\n\n本周完成前端开发，已提测。\n\n2. 账务核心拆分\n\n本周开发完成60%。\n\n风险：行方接口文档未到\n\n大家辛苦了\n"
    first, second, thanks = records(f"## 本周进展\n\n{lines}")
    assert [(u.project, u.status, u.risks) for u in (first, second)] == [
        ("收银台改版", "testing", ()),
        ("账务核心拆分", "in_progress", ("行方接口文档未到",)),
    ]
    assert thanks.text == "大家辛苦了"


@pytest.mark.parametrize(
    "mark", ["1. 收银台改版\n{}2. 账务核心\n{}", "1、收银台改版\n{}2、账务核心\n{}", "收银台改版\n\n{}\n账务核心\n\n{}"]
)
def test_bullets_below_names_are_what_is_said_of_them(mark: str) -> None:
    assert updates(mark.format("- 已提测\n- 6/20上线\n", "- 联调中\n")) == [
        ("收银台改版", None, "testing"),
        ("账务核心", None, "testing"),
    ]


def test_a_chapter_that_is_a_statement_stands_beside_those_that_are_names() -> None:
    page = "（一）收银台改版\n- 已提测\n（二）银行直连\n- 招行联调中\n（三）差错平台已上线，6/20复盘\n"
    assert projects(page) == [("收银台改版", None), ("银行直连", None), ("差错平台", None)]


def test_marked_headings_stand_within_the_section_a_line_began() -> None:
    page = "**本周进展**\n\n### 收银台改版\n\n- 已提测\n\n### 账单改版\n\n- 联调中\n\n**线上故障**\n\n- 6/7 14:05 中行代扣超时，14:40恢复\n"
    assert [record.kind for record in records(page)] == ["update", "update", "incident"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("- @张敏 收银台改版：已提测", "收银台改版"),
        ("- 收银台改版【进行中】前端完成60%", "收银台改版"),
        ("- 商户结算单改版设计稿：已评审", "商户结算单改版"),
        ("- 对账平台二期规则引擎开发完成", "对账平台二期"),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(line: str, name: str) -> None:
    assert [found for found, _, _ in updates(line)] == [name]


def test_boxes_to_tick_below_a_project_are_tasks_of_it() -> None:
    lines = "- 提现改造\n    - [ ] 提现场景割接 📅 2023-06-14\n    - [x] 充值场景割接 ✅ 2023-06-08\n"
    (update,) = records(f"## 本周进展\n\n{lines}")
    steps = [(m.start, m.state) for m in update.milestones]
    assert (update.project, update.status) == ("提现改造", "in_progress")
    assert steps == [(dt.date(2023, 6, 14), "planned"), (dt.date(2023, 6, 8), "done")]


def test_a_line_that_ends_in_a_comma_is_one_statement_with_the_next() -> None:
    (update,) = records("## 本周进展\n\n- 签名替换：联调中\n  风险：原作者已离职，\n  只能靠抓包逐字段比对\n")
    assert len(update.risks) == 1


def test_people_that_head_the_parts_of_a_page_are_no_projects() -> None:
    page = "## 阿禾 🌙本周值班\n\n- 收银台改版：联调中\n\n## 柳岸（新来的）\n\n- 名单迁移：已上线\n\n## Leo Fang\n\n- 账单改版：已提测\n"
    assert projects(page) == [("收银台改版", None), ("名单迁移", None), ("账单改版", None)]


def test_every_line_that_begins_with_an_emoji_is_an_item() -> None:
    assert updates("✅夜间任务分级 三档都配好了\n🚧收银台改版 联调中\n⏸名单迁移 等法务\n") == [
        ("夜间任务分级", None, "done"),
        ("收银台改版", None, "testing"),
        ("名单迁移", None, "blocked"),
    ]


@pytest.mark.parametrize("line", ["下周：导出工具收尾", "Next week: pair with Li on exports", "下周先把费率配进去。"])
def test_a_plan_on_a_line_of_its_own_is_a_goal_wherever_it_stands(line: str) -> None:
    found = records(f"## 本周进展\n\n- 收银台改版：已提测\n\n{line}\n")
    assert [record.kind for record in found] == ["update", "goal"]


def test_a_plan_below_a_typed_list_is_no_part_of_its_last_item() -> None:
    found = records("## 本周进展\n\n1、收银台改版：已提测\n2、账单改版：联调中\n下周：导出工具收尾\n")
    assert [(record.kind, record.text) for record in found][-2:] == [
        ("update", "账单改版：联调中"),
        ("goal", "导出工具收尾"),
    ]


def test_a_board_of_projects_among_numbers_is_one() -> None:
    board = "| 项目名称 | 阶段 | 完成度 | 风险 |\n|---|---|---|---|\n| 收银台改版 | 联调 | 80% | 无 |\n| 名单迁移 | 开发 | 40% | 缺机器 |\n"
    found = [(u.project, u.status, u.progress[0].percent, u.risks) for u in records(f"## 数据看板\n\n{board}")]
    assert found == [("收银台改版", "testing", 80, ()), ("名单迁移", "in_progress", 40, ("缺机器",))]


def test_a_chapter_that_says_there_is_nothing_yields_nothing() -> None:
    assert projects("## 本周进展\n\n- 收银台改版：已提测\n\n六、需协调：无\n") == [("收银台改版", None)]


def test_a_project_of_which_only_a_plan_is_said_is_planned() -> None:
    assert updates("- 对账平台\n    - 计划：7/20提测\n") == [("对账平台", None, "planned")]


def test_lines_that_begin_with_a_state_tell_its_projects() -> None:
    lines = "已完成：代扣限额改造、回单下载\n进行中：对账平台重构（完成80%编码）\n未开始：商户分级\n"
    assert updates(lines) == [
        ("代扣限额改造", None, "done"),
        ("回单下载", None, "done"),
        ("对账平台重构", None, "in_progress"),
        ("商户分级", None, "planned"),
    ]


def test_a_state_below_a_project_is_no_project() -> None:
    assert updates("- 对账平台\n    - 已完成：规则引擎\n    - 进行中：差错处理\n") == [
        ("对账平台", None, "in_progress")
    ]


def test_a_numbered_line_that_names_today_is_the_section_of_its_list() -> None:
    found = records(
        "1) 今日完成\n- 修复对账差错；补了用例\n- 网关双活：已提测\n\n2) 阻塞 / 问题\n- 测试库连不上，等运维\n"
    )
    assert [(record.kind, record.lines) for record in found][-2:] == [("update", (5, 5)), ("note", (8, 8))]


@pytest.mark.parametrize(
    "top",
    ["**Week Ending:** December 8, 2024  \n**Team:** Payments  \n", "汇报周期：2024.12.02-2024.12.08\n汇报人：周航\n"],
)
def test_what_a_report_covers_may_stand_on_top_of_it(top: str) -> None:
    page = Page(id="p", path="周报.md", text=f"# 周报\n\n{top}\n## 本周进展\n\n- 网关双活：已提测\n")
    report = reports.read_report(page, WORDS)
    assert (report.start, report.end, len(report.records)) == (dt.date(2024, 12, 2), dt.date(2024, 12, 8), 1)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- Implemented new caching layer reducing API latency by 40%", ("new caching layer", None, "done")),
        ("- Reduced bundle size by 25% through code splitting", ("bundle size", None, "done")),
        ("- Successfully completed KYC vendor evaluation", ("KYC vendor evaluation", None, "done")),
        ("- Started drafting the PCI scope document", ("PCI scope document", None, "in_progress")),
    ],
)
def test_what_an_english_line_says_was_done_is_named_without_its_verb(line: str, found: tuple[str, None, str]) -> None:
    assert updates(line) == [found]


@pytest.mark.parametrize(
    "line",
    [
        "- Fixed 12 bugs from the support backlog",
        "- Met with Adyen to discuss pricing",
        "- Onboarded two new engineers",
    ],
)
def test_what_is_merely_counted_or_done_with_somebody_is_a_note(line: str) -> None:
    assert [record.kind for record in records(f"## Accomplishments\n\n{line}\n")] == ["note"]


def test_a_blocker_told_under_labels_is_one_note() -> None:
    lines = "### Blocker 1: vendor API\n\n- **Impact:** must change by Jun 20\n- **Owner:** Mei\n- **ETA:** Jun 18\n"
    assert [(record.kind, record.lines) for record in records(f"## Blockers\n\n{lines}")] == [("note", (5, 9))]


INFO = "## 项目信息\n- **项目名称**: 商户清算平台\n- **报告周期**: 2024-03-11 至 2024-03-15\n- **报告人**: 周航\n\n"


def test_what_a_list_on_top_says_of_the_report_is_no_project() -> None:
    page = Page(id="p", path="周报.md", text=f"# 周报 - 第11周\n\n{INFO}## 本周工作\n\n- 网关双活：已提测\n")
    report = reports.read_report(page, WORDS)
    assert (report.week, report.start, report.end) == (11, dt.date(2024, 3, 11), dt.date(2024, 3, 15))
    assert [record.kind for record in report.records] == ["update"]


def test_a_heading_says_how_all_below_it_stands() -> None:
    lines = "### ✅ 已完成工作\n\n1. 文件解析模块\n\n### 未开始工作\n\n1. 手续费分润\n"
    assert projects(f"## 本周工作总结\n\n{lines}") == [("文件解析模块", None), ("手续费分润", None)]
    assert updates(lines)[0][2] == "done"
    assert updates(lines)[1][2] == "planned"


def test_a_share_under_a_head_with_its_unit_is_progress() -> None:
    table = "| 计划任务 | 完成度(%) | 差异原因 |\n|---|---|---|\n| 文件解析 | 100 | 无 |\n| 差错工作台 | 60 | 权限接口未给 |\n"
    found = [
        (u.project, u.status, u.progress[0].percent, u.problems) for u in records(f"## 计划与完成情况对比\n\n{table}")
    ]
    assert found == [("文件解析", "done", 100, ()), ("差错工作台", "in_progress", 60, ("权限接口未给",))]


@pytest.mark.parametrize("line", ["- **计划进度**: 70%", "- 实际进度: 62%", "- 进度差异: -8%", "- 健康状态: 正常"])
def test_how_all_of_it_goes_names_no_project(line: str) -> None:
    assert updates(line) == []


def test_what_was_promised_for_a_day_gone_by_is_a_plan_until_it_is_done() -> None:
    head = "| 里程碑 | 计划完成日期 | 实际/预计完成日期 | 状态 |\n|---|---|---|---|\n"
    rows = "| 聚合码提测 | 6/7 | 6/14 | 延期 |\n| 进件评审 | 6/5 | | 已完成 |\n| 门店分账 | 6/6 | 6/8 | 已完成 |\n"
    found = [[(m.text, m.state) for m in u.milestones] for u in records(f"## 里程碑达成情况\n\n{head}{rows}")]
    assert found == [
        [("6/7", "planned"), ("6/14", "planned")],
        [("6/5", "done")],
        [("6/6", "planned"), ("6/8", "done")],
    ]


@pytest.mark.parametrize(
    ("section", "head"),
    [("Decisions Log", "| Date | Decision | Reason |"), ("重要决策", "| 日期 | 决策 | 原因 |"), ("变更记录", "| 日期 | 变更 | 原因 |")],
)  # fmt: skip
def test_what_was_decided_and_why_is_no_incident(section: str, head: str) -> None:
    table = f"{head}\n|---|---|---|\n| 6/7 | 旧解析器再留一个月 | 两家银行仍发旧格式 |\n"
    assert [record.kind for record in records(f"## {section}\n\n{table}")] != ["incident"]


def test_tasks_waiting_in_a_queue_are_planned() -> None:
    assert updates("### 🟡 待开始任务队列\n\n1. **数币收款**\n   - 负责人: 郑可 | 前置条件: 央行批复\n") == [
        ("数币收款", None, "planned")
    ]
