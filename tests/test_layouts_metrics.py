"""Four numbers in every style authors write metrics in, within sections in every style: the same records from all."""

from collections import Counter
from collections.abc import Mapping

import layouts
import pytest

from notion_archive.records import AnyRecord, Metric

# What stands in the section of metrics: the same four numbers each time.
STYLES: Mapping[str, str] = {
    "- name：value": "- 代扣成功率：99.95%\n- 日均交易量：86.4万笔\n- 平均耗时：120ms\n- 客诉：3件\n",
    "- name: value": "- 代扣成功率: 99.95%\n- 日均交易量: 86.4万笔\n- 平均耗时: 120ms\n- 客诉: 3件\n",
    "- name value": "- 代扣成功率 99.95%\n- 日均交易量 86.4万笔\n- 平均耗时 120ms\n- 客诉 3件\n",
    "- name-and-value": "- 代扣成功率99.95%\n- 日均交易量86.4万笔\n- 平均耗时120ms\n- 客诉3件\n",
    "- name = value": "- 代扣成功率 = 99.95%\n- 日均交易量 = 86.4万笔\n- 平均耗时 = 120ms\n- 客诉 = 3件\n",
    "- **name**：value": "- **代扣成功率**：99.95%\n- **日均交易量**：86.4万笔\n- **平均耗时**：120ms\n- **客诉**：3件\n",
    "- **name** value": "- **代扣成功率** 99.95%\n- **日均交易量** 86.4万笔\n- **平均耗时** 120ms\n- **客诉** 3件\n",
    "- name：**value**": "- 代扣成功率：**99.95%**\n- 日均交易量：**86.4万笔**\n- 平均耗时：**120ms**\n- 客诉：**3件**\n",
    "- name：value（last）": (
        "- 代扣成功率：99.95%（上周99.91%）\n- 日均交易量：86.4万笔（上周80.1万笔）\n"
        "- 平均耗时：120ms（上周135ms）\n- 客诉：3件（上周5件）\n"
    ),
    "- name：value，change": (
        "- 代扣成功率：99.95%，环比+0.04%\n- 日均交易量：86.4万笔，环比+7.9%\n- 平均耗时：120ms，环比-11%\n- 客诉：3件，环比-40%\n"
    ),
    "- name：last → value": (
        "- 代扣成功率：99.91% → 99.95%\n- 日均交易量：80.1万笔 → 86.4万笔\n- 平均耗时：135ms → 120ms\n- 客诉：5件 → 3件\n"
    ),
    "1. name：value": "1. 代扣成功率：99.95%\n2. 日均交易量：86.4万笔\n3. 平均耗时：120ms\n4. 客诉：3件\n",
    "1、name：value": "1、代扣成功率：99.95%\n2、日均交易量：86.4万笔\n3、平均耗时：120ms\n4、客诉：3件\n",
    "（1）name：value": "（1）代扣成功率：99.95%\n（2）日均交易量：86.4万笔\n（3）平均耗时：120ms\n（4）客诉：3件\n",
    "lines": "代扣成功率：99.95%\n日均交易量：86.4万笔\n平均耗时：120ms\n客诉：3件\n",
    "lines apart": "代扣成功率：99.95%\n\n日均交易量：86.4万笔\n\n平均耗时：120ms\n\n客诉：3件\n",
    "lines of name value": "代扣成功率 99.95%\n日均交易量 86.4万笔\n平均耗时 120ms\n客诉 3件\n",
    "• lines": "• 代扣成功率：99.95%\n• 日均交易量：86.4万笔\n• 平均耗时：120ms\n• 客诉：3件\n",
    "one line，": "代扣成功率99.95%，日均交易量86.4万笔，平均耗时120ms，客诉3件。\n",
    "one bullet，": "- 代扣成功率99.95%，日均交易量86.4万笔，平均耗时120ms，客诉3件\n",
    "one line；": "代扣成功率：99.95%；日均交易量：86.4万笔；平均耗时：120ms；客诉：3件\n",
    "one line |": "代扣成功率 99.95% | 日均交易量 86.4万笔 | 平均耗时 120ms | 客诉 3件\n",
    "one line、": "代扣成功率99.95%、日均交易量86.4万笔、平均耗时120ms、客诉3件\n",
    "a sentence": "本周代扣成功率99.95%，日均交易量86.4万笔。平均耗时120ms，客诉3件。\n",
    "a sentence with 为": "代扣成功率为99.95%，日均交易量为86.4万笔，平均耗时为120ms，客诉为3件。\n",
    "a sentence with 达": "代扣成功率达到99.95%，日均交易量达86.4万笔，平均耗时降至120ms，客诉降到3件。\n",
    "a table": (
        "| 指标 | 数值 |\n| --- | --- |\n| 代扣成功率 | 99.95% |\n| 日均交易量 | 86.4万笔 |\n| 平均耗时 | 120ms |\n| 客诉 | 3件 |\n"
    ),
    "a table 本周 | 上周": (
        "| 指标 | 本周 | 上周 |\n| --- | --- | --- |\n| 代扣成功率 | 99.95% | 99.91% |\n| 日均交易量 | 86.4万笔 | 80.1万笔 |\n"
        "| 平均耗时 | 120ms | 135ms |\n| 客诉 | 3件 | 5件 |\n"
    ),
    "a table 上周 | 本周 | 环比": (
        "| 指标 | 上周 | 本周 | 环比 |\n| --- | --- | --- | --- |\n| 代扣成功率 | 99.91% | 99.95% | +0.04% |\n"
        "| 日均交易量 | 80.1万笔 | 86.4万笔 | +7.9% |\n| 平均耗时 | 135ms | 120ms | -11% |\n| 客诉 | 5件 | 3件 | -40% |\n"
    ),
    "a table with 目标": (
        "| 序号 | 指标名称 | 目标 | 本周值 | 说明 |\n| --- | --- | --- | --- | --- |\n| 1 | 代扣成功率 | 99.9% | 99.95% | 达标 |\n"
        "| 2 | 日均交易量 | 80万笔 | 86.4万笔 | - |\n| 3 | 平均耗时 | 150ms | 120ms | - |\n| 4 | 客诉 | 5件 | 3件 | - |\n"
    ),
    "a table on its side": (
        "| 代扣成功率 | 日均交易量 | 平均耗时 | 客诉 |\n| --- | --- | --- | --- |\n| 99.95% | 86.4万笔 | 120ms | 3件 |\n"
    ),
    "a table 单位": (
        "| 指标 | 单位 | 本周 |\n| --- | --- | --- |\n| 代扣成功率 | % | 99.95 |\n| 日均交易量 | 万笔 | 86.4 |\n"
        "| 平均耗时 | ms | 120 |\n| 客诉 | 件 | 3 |\n"
    ),
    "a callout": "<aside>\n📊 代扣成功率：99.95%，日均交易量：86.4万笔，平均耗时：120ms，客诉：3件\n\n</aside>\n",
    "📈 lines": "📈 代扣成功率：99.95%\n📈 日均交易量：86.4万笔\n📉 平均耗时：120ms\n📉 客诉：3件\n",
}
# The same below a name that holds two of them together, and one that holds two more.
GROUPED: Mapping[str, str] = {
    "- group, nested": "- 收单\n    - 代扣成功率：99.95%\n    - 日均交易量：86.4万笔\n- 客服\n    - 客诉：3件\n    - 退款：5笔\n",
    "- group：, nested": "- 收单：\n    - 代扣成功率：99.95%\n    - 日均交易量：86.4万笔\n- 客服：\n    - 客诉：3件\n    - 退款：5笔\n",
    "- **group**, nested": (
        "- **收单**\n    - 代扣成功率：99.95%\n    - 日均交易量：86.4万笔\n- **客服**\n    - 客诉：3件\n    - 退款：5笔\n"
    ),
    "1. group, nested": (
        "1. 收单\n    - 代扣成功率：99.95%\n    - 日均交易量：86.4万笔\n2. 客服\n    - 客诉：3件\n    - 退款：5笔\n"
    ),
    "1. group, bullets": "1. 收单\n- 代扣成功率：99.95%\n- 日均交易量：86.4万笔\n2. 客服\n- 客诉：3件\n- 退款：5笔\n",
    "- group：values": "- 收单：代扣成功率99.95%，日均交易量86.4万笔\n- 客服：客诉3件，退款5笔\n",
    "group：values": "收单：代扣成功率99.95%，日均交易量86.4万笔\n\n客服：客诉3件，退款5笔\n",
    "### group": "### 收单\n\n- 代扣成功率：99.95%\n- 日均交易量：86.4万笔\n\n### 客服\n\n- 客诉：3件\n- 退款：5笔\n",
    "#### group": "#### 收单\n\n- 代扣成功率：99.95%\n- 日均交易量：86.4万笔\n\n#### 客服\n\n- 客诉：3件\n- 退款：5笔\n",
    "**group**": "**收单**\n\n- 代扣成功率：99.95%\n- 日均交易量：86.4万笔\n\n**客服**\n\n- 客诉：3件\n- 退款：5笔\n",
    "【group】": "【收单】\n- 代扣成功率：99.95%\n- 日均交易量：86.4万笔\n\n【客服】\n- 客诉：3件\n- 退款：5笔\n",
    "group：": "收单：\n- 代扣成功率：99.95%\n- 日均交易量：86.4万笔\n\n客服：\n- 客诉：3件\n- 退款：5笔\n",
    "a table of groups": (
        "| 类别 | 指标 | 本周 |\n| --- | --- | --- |\n| 收单 | 代扣成功率 | 99.95% |\n| 收单 | 日均交易量 | 86.4万笔 |\n"
        "| 客服 | 客诉 | 3件 |\n| 客服 | 退款 | 5笔 |\n"
    ),
}
IN_ENGLISH: Mapping[str, str] = {
    "- name: value": "- Success rate: 99.95%\n- Daily volume: 864k\n- Latency: 120 ms\n- Complaints: 3\n",
    "- name value": "- Success rate 99.95%\n- Daily volume 864k\n- Latency 120 ms\n- Complaints 3\n",
    "- **name**: value": "- **Success rate**: 99.95%\n- **Daily volume**: 864k\n- **Latency**: 120 ms\n- **Complaints**: 3\n",
    "- name: value (was)": (
        "- Success rate: 99.95% (was 99.91%)\n- Daily volume: 864k (was 801k)\n- Latency: 120 ms (was 135 ms)\n- Complaints: 3 (was 5)\n"
    ),
    "one line": "Success rate 99.95%, daily volume 864k, latency 120 ms, complaints 3.\n",
    "a sentence": "Success rate was 99.95%, daily volume was 864k, latency was 120 ms, complaints were 3.\n",
    "a table": (
        "| Metric | This week | Last week |\n| --- | --- | --- |\n| Success rate | 99.95% | 99.91% |\n| Daily volume | 864k | 801k |\n"
        "| Latency | 120 ms | 135 ms |\n| Complaints | 3 | 5 |\n"
    ),
}
NAMES = [("代扣成功率", 99.95, "%"), ("日均交易量", 86.4, "万笔"), ("平均耗时", 120.0, "ms"), ("客诉", 3.0, "件")]
OTHERS = Counter(update=1, incident=1, goal=2, note=1)
UNREAD: layouts.Unread = {}


def say(records: tuple[AnyRecord, ...]) -> object:
    """Name, value and unit of each metric; and how many there are of each other kind."""
    metrics = [(m.name, m.value, m.unit) for m in records if isinstance(m, Metric)]
    return metrics, Counter(one.kind for one in records if not isinstance(one, Metric))


def say_grouped(records: tuple[AnyRecord, ...]) -> object:
    """The same with the group before it."""
    metrics = [(m.group, m.name, m.value, m.unit) for m in records if isinstance(m, Metric)]
    return metrics, Counter(one.kind for one in records if not isinstance(one, Metric))


def say_folded(records: tuple[AnyRecord, ...]) -> object:
    """The same with names in small letters: in a sentence they begin with one."""
    metrics = [(m.name.lower(), m.value, m.unit) for m in records if isinstance(m, Metric)]
    return metrics, Counter(one.kind for one in records if not isinstance(one, Metric))


EXPECTED = (NAMES, OTHERS)
EXPECTED_IN_ENGLISH = (
    [("success rate", 99.95, "%"), ("daily volume", 864.0, "k"), ("latency", 120.0, "ms"), ("complaints", 3.0, None)],
    OTHERS,
)
EXPECTED_GROUPED = ([("收单", *one) for one in NAMES[:2]] + [("客服", *NAMES[3]), ("客服", "退款", 5.0, "笔")], OTHERS)


@pytest.mark.parametrize("heading", layouts.SECTIONS)
def test_metrics_are_the_same_however_they_are_written(heading: str) -> None:
    pages = {name: layouts.page(heading, {"运营数据": body}) for name, body in STYLES.items()}
    layouts.assert_alike(heading, pages, say, EXPECTED, UNREAD)
    pages = {name: layouts.page(heading, {"运营数据": body}) for name, body in IN_ENGLISH.items()}
    layouts.assert_alike(heading, pages, say_folded, EXPECTED_IN_ENGLISH, {})


@pytest.mark.parametrize("heading", layouts.SECTIONS)
def test_metrics_are_of_the_same_group_however_it_is_written(heading: str) -> None:
    pages = {name: layouts.page(heading, {"运营数据": body}) for name, body in GROUPED.items()}
    layouts.assert_alike(heading, pages, say_grouped, EXPECTED_GROUPED, UNREAD)
