"""The project a statement is about, in a report of Sunday 2023-04-09."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_archive import lexicon
from notion_archive.kinds import project_name, prose
from notion_archive.period import Period

WORDS = lexicon.load()
APRIL_9 = Period(date=dt.date(2023, 4, 9))


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("短信降本治理启动，重点聚焦履约", "短信降本治理"),
        ("出金查询2.0记账 已提测 预计4/6上线", "出金查询2.0记账"),
        ("完成拉卡拉通道联调", "拉卡拉通道"),
        ("结算单重构在4月8日完成了最后一批切换", "结算单重构"),
        ("【清算】跨行直连项目：联调中", "跨行直连项目"),
        ("KR1 服务器缩容：已下线36台", "服务器缩容"),
        ("收银台整体改版，预计5月中投产", "收银台整体改版"),
        ("Ledger 2.0 - migration at 107/164", "Ledger 2.0"),
        ("Checkout redesign shipped to production on Apr 3", "Checkout redesign"),
        ("Project Heron (read replicas): rollout paused", "Project Heron"),
        ("We finished the MySQL 8 upgrade on Thursday", "MySQL 8 upgrade"),
        ("「跨境收款」与渣打联调中", "跨境收款"),
        ("《支付安全基线》整改项 41/56", "支付安全基线"),
        ("商户后台改版 60%", "商户后台改版"),
        ("WeChat Pay v2→v3 migration – in progress", "WeChat Pay v2→v3 migration"),
        ("流水归档(TiDB)：暂停", "流水归档(TiDB)"),
        ("Direct payout (CNY) – blocked", "Direct payout (CNY)"),
        ("Direct payout (Ana) – blocked", "Direct payout"),
        ("商户后台改版60%", "商户后台改版"),
        ("On-call rotation tool v1, shipped 4/5", "On-call rotation tool v1"),
        ("Broker canary: finished Apr 8", "Broker canary"),
        ("Fee dashboard v2 is 80% done", "Fee dashboard v2"),
        ("Backfill tool (Ana) on hold until we hire", "Backfill tool"),
        ("Fee engine in progress, ETA Apr 20", "Fee engine"),
        ("退款路由：已完成，4/6上线", "退款路由"),
        ("QRIS: 还在 discovery", "QRIS"),
        ("Docs site 换成新域名", "Docs site"),
        ("RocketMQ 升级 5.1", "RocketMQ 升级 5.1"),
        ("MQ 集群升级 4.9 -> 5.1，推进中", "MQ 集群升级 4.9 -> 5.1"),
        ("工行通道 PAY-4412：联调中", "工行通道"),
        ("PAY-4471 建行对账文件 已上线", "建行对账文件"),
        ("规则引擎迁移 +12，198/340了", "规则引擎迁移"),
        ("网联直连改造 (NUCC direct link)：联调中", "网联直连改造 (NUCC direct link)"),
        ("网联直连改造 (SDK ready)：联调中", "网联直连改造"),
        ("网关 3.2：联调中", "网关 3.2"),
        ("卡列表展开（已上线）：反馈变少", "卡列表展开"),
        ("摘要：一切正常", ""),
    ],
)
def test_the_name_before_what_is_said_of_it(statement: str, name: str) -> None:
    assert project_name.of_lead(statement, WORDS, APRIL_9) == name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("收单网关拆分这周进入尾声，读写链路都跑通了", "收单网关拆分"),
        ("商户对账中心的交付由4/17推迟到4/24", "商户对账中心"),
        ("离双十一还有十三天，大促容量准备是这周的重心", "大促容量准备"),
        ("与中国银行合作的跨境收款，项目暂停", "跨境收款"),
        ("关于新网点管理后台，目前只有一个想法", "新网点管理后台"),
        ("国庆只上了三天班", ""),
    ],
)
def test_the_project_of_a_sentence(sentence: str, name: str) -> None:
    assert prose.of(sentence, WORDS, APRIL_9) == name


@given(st.text(max_size=60))
def test_any_statement_has_a_name_of_its_own_words_or_none(statement: str) -> None:
    name = project_name.of_lead(statement, WORDS, APRIL_9)
    assert "".join(name.split()) in "".join(statement.split())


@pytest.mark.parametrize("name", ["通道智能路由", "银行回盘模拟", "Redis 主从"])
def test_a_character_within_a_word_is_no_word_of_state(name: str) -> None:
    assert project_name.of_lead(f"{name}：已上线", WORDS, APRIL_9) == name
