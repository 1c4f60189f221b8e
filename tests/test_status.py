"""Where a project stands by the words about it, in a report of Sunday 2023-04-09."""

import datetime as dt

import pytest

from notion_archive import lexicon, reports
from notion_archive.kinds import status
from notion_archive.model import Page
from notion_archive.period import Period
from notion_archive.records import Update
from notion_archive.vocabulary import Vocabulary

WORDS = lexicon.load()
APRIL_9 = Period(date=dt.date(2023, 4, 9))


@pytest.mark.parametrize(
    ("stands", "statements"),
    [
        ("blocked", "方案暂停，等待数据治理"),
        ("blocked", "卡在外管报备，计划9月15日前拿到批复"),
        ("blocked", "rollout paused until the Postgres upgrade lands"),
        ("in_progress", "收尾阶段，最后四张表卡在 legal hold 上"),
        ("testing", "研发完成已提测，预计4/17上线"),
        ("testing", "本周试单3家银行，预计4月底上线"),
        ("testing", "标签已产出46个，待运营验收"),
        ("testing", "3DS2 flow is in QA"),
        ("in_progress", "开发中，4/14 提测"),
        ("in_progress", "in development, then hand-over to QA"),
        ("done", "completed, running on all shards"),
        ("done", "联调 —— 完成"),
        ("in_progress", "开发完成待提测，预计4/25提测"),
        ("in_progress", "接口联调完成，4/18投产"),
        ("in_progress", "合同已签，沙箱打通，下一步做对账文件解析"),
        ("in_progress", "一期已上线，二期待排期"),
        ("in_progress", "完成80%功能编码，剩余支付接口联调"),
        ("done", "Implemented a response cache, cutting API latency by 40%"),
        ("done", "✓ Resolved a signature bug affecting 3% of transactions"),
        ("done", "Completed penetration testing - no critical findings"),
        ("in_progress", "盘点完成，阻塞解除，剩余 4 月底前下架"),
        ("in_progress", "已完成3家，还有2家没接"),
        ("in_progress", "签约完成，等法务归档"),
        ("in_progress", "已下线旧接口，文档待补"),
        ("in_progress", "完成兼容性评估，共132处SQL需改造，已改95处；计划7月完成POC"),
        ("in_progress", "评审通过，运维在准备机器"),
        ("testing", "新引擎本周 rollout 到 50%"),
        ("testing", "修正 2 个缺陷，继续测试"),
        ("done", "KYB form finished, the first pilot merchants are through"),
        ("done", "96/96 台全部到位，4/8 完成，比计划提前一天"),
        ("done", "4/6 如期上线。首批103家商户代发 2164 笔"),
        ("done", "12家渠道的费率谈判已全部完成"),
        ("in_progress", "合同流程中，预计4/30前签署"),
        ("in_progress", "短信单价由0.042元降至0.036元"),
        ("in_progress", "design review done, coding has started"),
        ("done", "4/6已上线，首日代发23笔"),
        ("done", "上线，跑了260笔，全成功"),
        ("done", "went live on Apr 6 after slipping from Apr 4"),
        ("done", "4/6 go live，晚于原计划 3/30"),
        ("in_progress", "Dev complete; waiting for the vendor's key"),
        ("blocked", "waiting for the vendor's key"),
        ("done", "PDF export went live on Apr 4"),
        ("done", "已经办完，老证书会继续保留一段时间"),
        ("done", "项目结束，4/20复盘"),
        ("done", "已转运维，下周交接文档"),
        ("done", "project closed; retro on Apr 20"),
        ("planned", "计划4/20结项"),
        (None, "还没结项"),
        ("blocked", "接口停着，等行方"),
        ("testing", "在测，4/20上线"),
        ("planned", "需求评审通过，研发排期中"),
        ("planned", "产品方案已定，Q3启动开发"),
        ("planned", "还没有开始，只定了计划"),
        ("planned", "design review booked, build not started"),
        ("planned", "定于4/14凌晨执行"),
        (None, "报表命名沿用2021版规范"),
        ("in_progress", "权限改造完成，菜单改造未开始"),
        (None, "本周无进展"),
        (None, "vendor answer outstanding since Dec 16, ETA TBD"),
    ],
)
def test_one_statement(stands: str | None, statements: str) -> None:
    assert status.of_statements([statements], (), APRIL_9, WORDS) == stands


@pytest.mark.parametrize(
    ("stands", "statements"),
    [
        ("in_progress", ("解析已上线", "差错处理页面已提测")),
        ("in_progress", ("索引改造上线", "批量改造，计划4/20提测")),
        ("testing", ("功能开发全部完成", "进入回归测试")),
        ("done", ("接口完成", "文档完成")),
        ("planned", ("计划4/20提测", "5月上线")),
        (None, ()),
    ],
)
def test_several_statements_together(stands: str | None, statements: tuple[str, ...]) -> None:
    assert status.of_statements(statements, (), APRIL_9, WORDS) == stands


@pytest.mark.parametrize(
    ("cell", "stands"),
    [
        ("联调中", "testing"), ("已完成", "done"), ("Done", "done"), ("Not started", "planned"), ("On hold", "blocked"),
        ("UAT", "testing"), ("未完成", None), ("🟢 正常", None), ("设计中", "in_progress"), ("TBD", None),
    ],
)  # fmt: skip
def test_a_cell_of_status(cell: str, stands: str | None) -> None:
    assert status.of_label(cell, WORDS) == stands


@pytest.mark.parametrize(
    ("lines", "name", "stands"),
    [
        ("### 鉴权迁移 【UAT】 @陈牧\n\n- 用例写完了", "鉴权迁移", "testing"),
        ("### 对账文件统一 @阿珂 @小林\n\n- 迁移进度 37/47", "对账文件统一", "in_progress"),
        ("### 国密证书改造 ✅ @陈牧\n\n4/6 凌晨已切换完成。旧证书 6/1 吊销。", "国密证书改造", "done"),
        (
            "**差错平台一期**  已上线\n\n- 自动销账规则 28/36\n\n**清算引擎2.0**  开发中\n\n- 头寸校验写完了",
            "差错平台一期",
            "done",
        ),
        ("**1、对账平台一期** ✅\n\n- 4/5 上线\n- 自动销账规则 31/36 条已配\n- 4/20补批量导出", "对账平台一期", "done"),
        ("- ✅ **CMB statement pull** – live since Apr 6. Will drop it from this list.", "CMB statement pull", "done"),
        ("| 需求 | 结果 | 验证情况 |\n|---|---|---|\n| 路由V2 | 已上线 | 各打款5笔；4/12补发公告 |", "路由V2", "done"),
        ("- **History backfill** – running, new finish date Apr 27.", "History backfill", "in_progress"),
        ("- 代扣换签：走章中，4/20 上线", "代扣换签", "in_progress"),
        ("- 数币钱包（@小鱼）：开发中，签约已提测，退款 4/14 提测", "数币钱包", "in_progress"),
        ("### 鉴权迁移\n\n- 用例 38/38\n- 4/12（周三）凌晨 1:00 上线，行方窗口已定", "鉴权迁移", "in_progress"),
    ],
)
def test_a_project_with_its_owners_and_its_state(lines: str, name: str, stands: str) -> None:
    page = Page(id="p", path="周报 2023-04-09.md", text=f"# 周报 2023-04-09\n\n## 渠道项目\n\n{lines}\n")
    found = [one for one in reports.read_report(page, Vocabulary()).records if isinstance(one, Update)]
    assert [(one.project, one.status) for one in found][:1] == [(name, stands)]
    assert [one.project for one in found if one.parent] == []


def test_what_is_said_of_one_is_closer_than_the_heading_in_progress() -> None:
    lines = "## 进行中\n\n- 收银台改版：测试中\n- 网关升级：暂停\n- 对账平台：文件解析完成\n- 额度中心\n"
    page = Page(id="p", path="周报 2023-06-11.md", text=f"# 周报 2023-06-11\n\n{lines}")
    states = [record.status for record in reports.read_report(page, Vocabulary()).records if isinstance(record, Update)]
    assert states == ["testing", "blocked", "in_progress", "in_progress"]
