"""The shapes incidents come in, author by author, in a weekly report of Sunday 2023-12-10 unless a test says otherwise."""

import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Incident
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
Told = tuple[str | None, str | None, str, str | None, str | None]


def incidents(lines: str, path: str = "周报 2023-12-10.md") -> list[Incident]:
    page = Page(id="p", path=path, text=f"# {path.removesuffix('.md')}\n\n{lines}")
    return [record for record in reports.read_report(page, WORDS).records if isinstance(record, Incident)]


def told(lines: str, path: str = "周报 2023-12-10.md") -> list[Told]:
    """When, until when, what, why and what was done."""
    return [(i.occurred, i.recovered, i.summary, i.cause, i.resolution) for i in incidents(lines, path)]


OUTAGE = ("2023-12-05T14:05", "2023-12-05T14:40")


@pytest.mark.parametrize(
    "line",
    [
        "- 12/5 14:05 招行代付超时，专线抖动，切备线，14:40恢复",
        "- P2 | 12/5 14:05–14:40 UTC+8 | 招行代付超时 | 专线抖动 | 切备线",
        "- 专线抖动导致招行代付 12/5 14:05 起超时，切备线后 14:40 恢复",
        "- 因专线抖动，12/5 14:05 招行代付超时，14:40 切备线恢复",
        "- 切备线后于 12/5 14:40 恢复：14:05 招行代付超时，专线抖动",
        "- 12/5 14:05 招行代付超时 专线抖动导致 切备线 14:40恢复",
        "- 12/5 14:05 招行代付超时\n  原因：专线抖动\n  处理：切备线，14:40恢复",
        "- 12/5 14:05 招行代付超时，原因：专线抖动；处置：切备线。当天14:40恢复，影响约300笔。",
        "### 12/5 招行代付超时\n\n**时间** 14:05–14:40\n**级别** P2\n**原因** 专线抖动\n**处理** 切备线",
        "| 日期 | 时间 | 问题 | 根因/处理 |\n|---|---|---|---|\n| 12/5 | 14:05-14:40 | 招行代付超时 | 专线抖动 / 切备线 |",
    ],
)
def test_one_incident_told_in_every_order(line: str) -> None:
    ((occurred, recovered, summary, cause, resolution),) = told(f"## 线上故障\n\n{line}\n")
    assert (occurred, recovered, summary.replace(" ", ""), cause) == (*OUTAGE, "招行代付超时", "专线抖动")
    assert (resolution or "").removeprefix("14:40 ") == "切备线"


def test_where_more_is_told_is_no_part_of_what_was_done() -> None:
    line = "- 12/5 14:05~14:40 招行代付超时。原因：专线抖动。处理：切备线。细节看 [12/5日报](x.md)\n"
    assert told(f"## 线上故障\n\n{line}") == [(*OUTAGE, "招行代付超时", "专线抖动", "切备线")]


def test_a_number_and_a_grade_in_bold_head_the_labels_below_and_what_it_came_to_is_not_what_happened() -> None:
    lines = (
        "**INC-412 · P2 · Tue Dec 5, 14:05–14:40 · CMB payouts timing out**\n\n- 1,284 payouts stuck, no money lost\n"
        "- Root cause: connection pool capped at 20\n- Fix: reverted the config\n\n"
        "Also, no ticket: Fri Dec 8 09:31 Grafana down, back 09:39. Renewed the cert.\n"
    )
    first, second = told(f"## What broke\n\n{lines}")
    assert first == (*OUTAGE, "CMB payouts timing out", "connection pool capped at 20", "reverted the config")
    assert second[:3] == ("2023-12-08T09:31", "2023-12-08T09:39", "Grafana down")


def test_a_row_that_begins_with_its_grade_tells_what_happened_under_impact() -> None:
    table = (
        "| 级别 | 时间 | 影响 | 原因 | 措施 |\n|---|---|---|---|---|\n"
        "| P2 | 12/5 14:05-14:40 | 招行代付超时，影响3,412笔 | 专线抖动 | 切备线 |\n"
        "| P3 | 12/6 22:47起，18分钟 | 商户后台登录超时 | 压测流量打到了生产 | 停压测 |\n\nP1故障 0次，P2故障 1次；连续无P1 143天\n"
    )
    first, second = incidents(f"## 三、故障\n\n{table}")
    assert (first.summary, first.severity, first.minutes) == ("招行代付超时，影响3,412笔", "P2", 35)
    assert (second.summary, second.severity, second.minutes) == ("商户后台登录超时", "P3", 18)


def test_a_link_to_the_postmortem_beside_labels_is_no_part_of_what_happened() -> None:
    lines = "- **12/5 14:05–14:40，P2**\n    - 现象：招行代付超时\n    - 原因：专线抖动\n    - 复盘：[招行代付大面积超时](x.md)\n"
    assert told(f"## 线上故障\n\n{lines}") == [(*OUTAGE, "招行代付超时", "专线抖动", None)]


def test_what_is_said_once_more_of_an_incident_is_a_note() -> None:
    lines = (
        "- 12/5 14:05 招行代付超时，14:40恢复\n\n多说一句：12/5 这次业务群里 14:09 就有人问了，我们 14:13 才告警。\n"
    )
    assert [found[2] for found in told(f"## 线上故障\n\n{lines}")] == ["招行代付超时"]


def test_a_head_that_says_little_still_says_when_what_and_what_was_done() -> None:
    rows = "| 1 | 12/5 | 工行代付回执延迟 | 联系行方重推 |\n| 2 | 12/6 | 无 | |"
    table = f"## 告警列表\n\n| 序号 | 日期 | 描述 | 处理结果 |\n|---|---|---|---|\n{rows}\n"
    assert told(table) == [("2023-12-05", None, "工行代付回执延迟", None, "联系行方重推")]


def test_traditional_characters_are_read_as_they_are() -> None:
    lines = "## 異常處理\n\n1. 12/5 上午10:20 匯豐代付逾時，原因：專線抖動，處理：切換備援線路，已於11:05恢復\n"
    found = ("2023-12-05T10:20", "2023-12-05T11:05", "匯豐代付逾時", "專線抖動", "切換備援線路")
    assert told(lines) == [found]


def test_the_evening_and_the_next_day_are_those_of_the_incident() -> None:
    lines = (
        "## 故障\n\n1. 12/4 22:15 退款重复3笔\n   处理：加白名单\n   当晚23:00处理完毕\n"
        "2. 12月5日 充值失败\n   时间：23:41至次日00:09\n"
    )
    found = [(i.occurred, i.recovered, i.minutes, i.resolution) for i in incidents(lines)]
    assert found == [
        ("2023-12-04T22:15", "2023-12-04T23:00", 45, "加白名单"),
        ("2023-12-05T23:41", "2023-12-06T00:09", 28, None),
    ]


def test_a_fuzzy_span_is_no_moment_of_a_daily() -> None:
    line = "一早 8:56 光大代扣又堵住了，和上月底那次一样是前置机连接用光。行方扩容，10:10 跑通\n"
    ((occurred, recovered, summary, _, resolution),) = told(line, "2023-11-30 日报.md")
    assert (occurred, recovered, resolution) == ("2023-11-30T08:56", "2023-11-30T10:10", "行方扩容")
    assert summary == "光大代扣又堵住了"


@pytest.mark.parametrize(
    "line",
    [
        "- 维护计划：建行通知 12/17 00:00-06:00 核心系统停机维护，期间快捷支付与代付不可用",
        "- 12/17 00:00 起网联割接，期间支付中断，06:00恢复",
        "- scheduled maintenance at HSBC on Dec 17, 00:00, payouts unavailable for 2 hours",
    ],
)
def test_what_is_announced_or_lies_ahead_is_no_incident(line: str) -> None:
    assert incidents(f"## 其他\n\n{line}\n") == []


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("- 12/5 09:12 【严重】建行代扣超时", "严重"),
        ("- [Major] Dec 5 09:12 payouts via CCB timed out", "Major"),
        ("- Dec 5 09:12, payouts failed. Action: list rolled back. Cleared 09:50 SGT. Sev 3.", "Sev 3"),
        ("- 2023-12-05 23:50: card auth timeouts at one of the schemes (SEV-1). HSM bug", "SEV-1"),
    ],
)
def test_how_bad_it_was_in_a_word(line: str, severity: str) -> None:
    assert [i.severity for i in incidents(f"## 线上故障\n\n{line}\n")] == [severity]


@pytest.mark.parametrize(
    ("line", "minutes", "summary"),
    [
        ("- 12/5 翼支付签约页打不开，大概5分钟", 5, "翼支付签约页打不开"),
        ("- 12/5 风控决策日志丢失约10分钟", 10, "风控决策日志丢失"),
        ("- 12/5 工行回执延迟约40分钟", 40, "工行回执延迟约40分钟"),
        ("- 12/5 渠道出口IP被误封，代扣受影响35分钟", 35, "渠道出口IP被误封"),
        ("- 12/5 老用户提现被误拦，20来分钟。P4吧", 20, "老用户提现被误拦"),
        ("- 12/5 代付卡住，两个多小时才恢复", 120, "代付卡住"),
        ("- 5xx on checkout DE (5 Dec 09:40, 25 min)", 25, "5xx on checkout DE"),
        ("- TTR 35min: Dec 5 09:10 refunds stuck", 35, "refunds stuck"),
    ],
)
def test_how_long_it_lasted_is_no_part_of_what_happened(line: str, minutes: int, summary: str) -> None:
    assert [(i.minutes, i.summary) for i in incidents(f"## 线上故障\n\n{line}\n")] == [(minutes, summary)]


def test_the_sentence_may_begin_behind_a_label() -> None:
    line = "- Impact: 1,900 payers saw a blank page. 12/5 18:02 - checkout script not loading - Mitigated at 18:31\n"
    found = ("2023-12-05T18:02", "2023-12-05T18:31", "checkout script not loading", None, None)
    assert told(f"## Incidents\n\n{line}") == [found]


def test_problems_of_a_plain_daily_that_have_a_time_are_incidents() -> None:
    lines = "一、今日进展\n1、收银台联调完成\n\n二、问题\n1、上午10:15招行快捷失败率升高，原因是行方升级，10:50恢复\n2、测试环境不稳定\n"
    found = told(lines, "2023-12-08 日报.md")
    assert found == [("2023-12-08T10:15", "2023-12-08T10:50", "招行快捷失败率升高", "行方升级", None)]


def test_an_incident_among_the_metrics_of_the_week_is_one_and_a_measured_moment_is_not() -> None:
    lines = """## 运行情况
- 交易成功率：99.97%
- 12/5 14:05 招行代付超时，14:40恢复，原因：专线抖动
- 12/5 14:05 成功率最低 92%，失败 300 笔"""
    assert told(lines) == [(*OUTAGE, "招行代付超时", "专线抖动", None)]


def test_a_space_between_chinese_and_latin_makes_no_other_word() -> None:
    line = "- 12/5 14:05 商户后台导出超时，慢 SQL，加索引解决，14:40恢复"
    assert told(line) == [(*OUTAGE, "商户后台导出超时", "慢 SQL", "加索引解决")]


@pytest.mark.parametrize(
    ("line", "summary", "cause", "resolution"),
    [
        ("微信下单报错，判断为机房抖动；当班人员已将流量切换至备用通道", "微信下单报错", "机房抖动", "当班人员已将流量切换至备用通道"),
        ("光大鉴权大量异常，联系光大技术确认是其连接池耗尽，光大重启应用后恢复", "光大鉴权大量异常", "其连接池耗尽", "光大重启应用"),
        ("建行B2B支付失败率上升，行方反馈为其核心系统变更引起，行方回退变更", "建行B2B支付失败率上升", "其核心系统变更", "行方回退变更"),
        ("由于短信服务商限流，导致验证码发送失败，切换备用服务商", "验证码发送失败", "短信服务商限流", "切换备用服务商"),
        ("邮储代扣返回码异常，邮储侧应用发布所致。与邮储运维沟通回滚", "邮储代扣返回码异常", "邮储侧应用发布", "与邮储运维沟通回滚"),
        ("重复入账2笔。经排查为重试未做幂等。已冲正，客户已安抚，计划下周上线改造", "重复入账2笔", "重试未做幂等", "已冲正，客户已安抚"),
        ("光大对账文件未到。行方批处理排队导致。已让光大加了延迟通知", "光大对账文件未到", "行方批处理排队", "已让光大加了延迟通知"),
        ("跑批超时：核心库统计信息过期，手工收集统计信息", "跑批超时", "核心库统计信息过期", "手工收集统计信息"),
        ("代扣回调全丢。那边换证书没打招呼……加了新根证书就通了", "代扣回调全丢", "那边换证书没打招呼", "加了新根证书就通了"),
        ("老用户提现被误拦。阈值少写了个0，回滚规则", "老用户提现被误拦", "阈值少写了个0", "回滚规则"),
        ("代扣全部超时，原因中行还没回", "代扣全部超时", None, None),
        ("导出报表超时。原因：待查。处理：暂停导出", "导出报表超时", None, "暂停导出"),
        ("代发重复。定位下来原因是文件传了两遍。处理方式是剔除重复文件后重跑", "代发重复", "文件传了两遍", "剔除重复文件后重跑"),
        ("全站 404，3 分钟内回滚", "全站 404", None, "3 分钟内回滚"),
    ],
)  # fmt: skip
def test_what_a_chinese_sentence_says_of_why_and_what_was_done(
    line: str, summary: str, cause: str | None, resolution: str | None
) -> None:
    assert told(f"## 线上故障\n\n- 12/5 14:05 {line}\n") == [("2023-12-05T14:05", None, summary, cause, resolution)]


@pytest.mark.parametrize(
    ("line", "summary", "cause", "resolution"),
    [
        (
            "checkout returned 502s because a config push removed the pool. Rolled back at once.",
            "checkout returned 502s", "a config push removed the pool", "Rolled back at once",
        ),
        (
            "the ledger ran out of connections. A batch job had leaked them. We killed the job.",
            "the ledger ran out of connections", "A batch job had leaked them", "We killed the job",
        ),
        (
            "a merchant reported duplicate charges. It turned out that the retry job ran twice. Ops refunded all of them.",
            "a merchant reported duplicate charges", "the retry job ran twice", "Ops refunded all of them",
        ),
        (
            "the payment page was not loading. The CDN provider had an outage. The DBA on call terminated a query.",
            "the payment page was not loading", "The CDN provider had an outage", "The DBA on call terminated a query",
        ),
    ],
)  # fmt: skip
def test_what_an_english_sentence_says_of_why_and_what_was_done(
    line: str, summary: str, cause: str, resolution: str
) -> None:
    lines = f"## Incidents\n\n- Dec 5 at 14:05 {line}\n"
    assert told(lines) == [("2023-12-05T14:05", None, summary, cause, resolution)]


@pytest.mark.parametrize(
    ("line", "recovered"),
    [
        ("- 12/5 14:05~14:40 建行专线丢包，切备线后恢复；专线 17:30 修复", "2023-12-05T14:40"),
        ("- 12/5 14:05 日志平台写入延迟，37分钟后恢复", "2023-12-05T14:42"),
        ("- 12/5 14:05 短信发不出去 → 14:40 recovered, root cause: 欠费, fix: 充值", "2023-12-05T14:40"),
        ("- 12/5 14:05 支付宝成功率跌至 62%，14:10 自动切换至微信，14:40 支付宝恢复", "2023-12-05T14:40"),
        ("- 12/5 14:05 商戶後台無法查詢，14:40 回復正常", "2023-12-05T14:40"),
    ],
)
def test_when_it_was_over(line: str, recovered: str) -> None:
    ((_, over, summary, _, _),) = told(f"## 故障\n\n{line}\n")
    assert over == recovered and "恢复" not in summary and "→" not in summary


def test_labels_below_the_course_of_an_incident_are_its_own_and_what_it_left_to_do_is_no_handling() -> None:
    lines = """【P2】12/5 14:05 主库 hang 住，支付宝下单超时；14:40 恢复
- 14:05 MHA 告警，14:07 拉群；
- 14:12 手动 failover 到从库
原因：RAID 卡电池故障；
处理：手动 failover，老主库下线；
遗留：为什么没自动切，待查；
"""
    found = ("主库 hang 住，支付宝下单超时", "RAID 卡电池故障", "手动 failover，老主库下线")
    assert told(f"## 故障\n\n{lines}") == [(*OUTAGE, *found)]


def test_what_a_heading_says_harmed_nobody_is_no_incident() -> None:
    line = "- 12/5 14:05 银联回调消费 lag > 5000，两分钟消化完\n"
    assert incidents(f"## 告警处理（以下都没影响业务）\n\n{line}") == []
    assert len(incidents(f"## 告警处理（影响业务的）\n\n{line}")) == 1


def test_the_day_at_the_head_is_the_day_it_began() -> None:
    line = "- 12/4 通联结算文件解析失败，临时改脚本，12/5 10:00 补齐\n"
    assert told(f"## 故障\n\n{line}") == [
        ("2023-12-04", "2023-12-05T10:00", "通联结算文件解析失败", None, "临时改脚本")
    ]


def test_a_day_and_a_label_make_an_incident_anywhere() -> None:
    line = "- 12月5日 渤海银行代付通道不可用，持续2小时。处理：切换至备用通道\n- 12月5日 渤海银行代付通道上线\n"
    assert told(f"## 线上质量\n\n{line}") == [("2023-12-05", None, "渤海银行代付通道不可用", None, "切换至备用通道")]


def test_a_verdict_is_the_severity_and_no_part_of_the_account() -> None:
    lines = (
        "On Dec 5 a deploy charged 64 merchants twice. We rolled it back. I am calling it a Sev2 because money moved.\n"
    )
    (found,) = incidents(f"## What broke\n\n{lines}")
    assert (found.severity, found.resolution) == ("Sev2", "We rolled it back")


def test_what_stands_beside_the_time_is_what_happened_and_its_number_is_not() -> None:
    lines = "【P2】12/5 10:47 收银台大面积 502\n- 现象：H5打不开，成功率跌至 71%\n- 根因：探针配置错误\n"
    assert [i.summary for i in incidents(f"## 故障记录\n\n{lines}")] == ["收银台大面积 502"]
    card = "**事件1：查询接口不可用**\n\n- 发生时间：12/5 11:20\n- 根因：磁盘写满\n- 处置措施：扩容磁盘\n"
    assert [i.summary for i in incidents(f"## 生产事件\n\n{card}")] == ["查询接口不可用"]


LENGTH = "Duration: 1 hour 5 minutes (08:20 - 09:25 UTC)"


@pytest.mark.parametrize(
    "lines",
    [
        f"**Date**: December 5, 2023\n**{LENGTH.replace(':', '**:', 1)}\n**Users Affected**: 12,000\n**Impact**: Card payments failed\n"
        "**Root Cause**: connection pool exhausted\n**Status**: Resolved\n",
        f"| **Metric** | **Value** |\n|---|---|\n| **Date** | December 5, 2023 |\n| {LENGTH.replace(': ', ' | ', 1)} |\n"
        "| **Impact** | Card payments failed |\n| **Region** | EU |\n| **Root Cause** | connection pool exhausted |\n",
    ],
)
def test_a_card_of_labels_or_of_rows_tells_of_one_incident(lines: str) -> None:
    found = ("2023-12-05T08:20", "2023-12-05T09:25", "Card payments failed", "connection pool exhausted", None)
    assert told(f"## Incident overview\n\n{lines}") == [found]


@pytest.mark.parametrize(
    "lines",
    [
        "**12/5 14:05-14:40 中行代付被拒（P2）**\n行方换证书没有通知，导入新证书后恢复。\n",
        "**12/5 14:05-14:40 中行代付被拒（P2）**\n\n行方换证书没有通知，导入新证书后恢复。\n",
    ],
)
def test_the_account_below_a_line_in_bold_is_of_what_that_names(lines: str) -> None:
    found = (*OUTAGE, "中行代付被拒", "行方换证书没有通知", "导入新证书")
    assert told(f"## 线上故障\n\n{lines}") == [found]


def test_what_is_said_of_others_below_an_incident_takes_nothing_from_it() -> None:
    lines = "**12/5 14:05-14:40 中行代付被拒（P2）**\n\n行方换证书没有通知。\n\n另外本周告警都是误报。\n"
    assert [(i.occurred, i.severity) for i in incidents(f"## 线上故障\n\n{lines}")] == [("2023-12-05T14:05", "P2")]


def test_the_half_of_the_day_behind_the_end_is_that_of_the_beginning_and_until_tells_only_of_the_end() -> None:
    line = "- **Sev2** – Tue 12/5, 2:05–2:40 PM PT: Alipay payments timing out. Cause: pool exhausted\n"
    assert told(f"## Prod issues\n\n{line}") == [(*OUTAGE, "Alipay payments timing out", "pool exhausted", None)]
    line = "- 12/5 14:05 UnionPay 3DS timeouts (31% of attempts) until 14:40\n"
    assert told(f"## Incidents\n\n{line}") == [(*OUTAGE, "UnionPay 3DS timeouts (31% of attempts)", None, None)]


def test_lines_that_each_begin_with_a_day_are_incidents_of_their_own() -> None:
    lines = (
        "Monday 4 December, 09:12-09:47: ICBC top-ups failed. Cause was an expired token; rotated.\n"
        "Tuesday 5 December 14:05-14:40: payouts timed out.\n"
    )
    found = told(f"## Incidents\n\n{lines}")
    assert [(one[0], one[2]) for one in found] == [
        ("2023-12-04T09:12", "ICBC top-ups failed"), ("2023-12-05T14:05", "payouts timed out"),
    ]  # fmt: skip


@pytest.mark.parametrize("part", ["晚", "上午", "早上", "当晚"])
def test_the_part_of_the_day_that_stands_alone_behind_a_day_is_not_told_again(part: str) -> None:
    found = told(f"## 线上问题\n\n- 12月5日{part}，日终批量晚 40 分钟完成\n- 12/5 {part} 平安代扣超时告警\n")
    assert [one[2] for one in found] == ["日终批量晚 40 分钟完成", "平安代扣超时告警"]


def test_what_was_put_right_after_all_was_back_is_part_of_what_was_done() -> None:
    lines = "- 12/5 16:02-16:27 建行银证转账失败。原因：建行提前日切。处置：手工校正会计日期，16:27恢复，差错当日已全部调平。\n"
    (found,) = told(f"## 生产事件\n\n{lines}")
    assert found[4] == "手工校正会计日期，16:27恢复，差错当日已全部调平"


def test_a_bold_name_with_a_grade_a_day_a_cause_and_a_deed_is_an_incident_under_any_heading() -> None:
    name = "**【P2】12/5 晚高峰光大快捷大面积失败**"
    lines = f"{name}\n现象：14:05 起光大快捷签约失败\n原因：光大证书到期\n处理：14:20 换证书，14:40 替换完成恢复\n"
    for heading in ("救火队日记", "线上那些事"):
        assert told(f"## {heading}\n\n{lines}") == [
            (*OUTAGE, "光大快捷签约失败", "光大证书到期", "14:20 换证书，14:40 替换完成恢复"),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "summary"),
    [
        ("- 12/5 上午账单查询慢，报表库一条慢 SQL 拖垮连接池，10:05-10:20，kill 后恢复", "账单查询慢"),
        ("- 12/5晚平安代扣超时，21:05恢复", "平安代扣超时"),
        ("- 12/5 晚到账通知丢失，21:05恢复", "晚到账通知丢失"),
    ],
)
def test_a_summary_does_not_begin_with_its_day(line: str, summary: str) -> None:
    assert [one[2] for one in told(f"## 线上故障\n\n{line}\n")] == [summary]


def test_whom_it_struck_in_a_sentence_of_its_own_is_not_what_was_done() -> None:
    line = "- Tue 5 Dec 14:05-14:40: settlement for CCB failed halfway, duplicate key after the patch. Reran it. 212 merchants paid late."
    assert told(f"## Issues\n\n{line}\n") == [
        (*OUTAGE, "settlement for CCB failed halfway, 212 merchants paid late", "duplicate key after the patch", "Reran it"),
    ]  # fmt: skip


def test_problems_of_something_are_no_project_and_an_incident_among_them_is_one() -> None:
    page = Page(
        id="p",
        path="周报 2023-12-10.md",
        text="# 周报\n\n## 存量渠道问题\n\n1. 邮储：12/5 14:05-14:40 代付回执延迟，已恢复\n2. 广发：退款偶发 504，待答复\n",
    )
    assert [r.kind for r in reports.read_report(page, Vocabulary()).records] == ["incident", "note"]


def test_each_name_in_bold_above_its_labels_is_one_whatever_comes_next() -> None:
    lines = (
        "**INC-2291 — Sev2 — UnionPay QR timeouts**\n- When: 12/5 14:05–14:40\n- What: QR payments timed out\n- Why: pool leaked\n"
        "- Fix: rolled back\n\n**INC-2294 — Sev3 — Late report**\n- When: 12/6 06:00 → 07:50\n- What: report arrived late\n"
    )
    assert told(f"### Incidents (2)\n\n{lines}") == [
        (*OUTAGE, "QR payments timed out", "pool leaked", "rolled back"),
        ("2023-12-06T06:00", "2023-12-06T07:50", "report arrived late", None, None),
    ]


def test_a_row_of_a_table_of_all_sorts_may_be_an_incident() -> None:
    table = (
        "| 类别 | 事项 | 进展 | 负责人 |\n|---|---|---|---|\n| 项目 | 清算日切改造 | 开发完成80% | 邢远 |\n"
        "| 故障 | 12/5 14:05 对账文件生成失败 | 磁盘写满，清理历史日志后14:40恢复 | 朱礼 |\n"
    )
    assert told(table) == [(*OUTAGE, "对账文件生成失败", "磁盘写满", "清理历史日志")]
