"""Whatever lines are put together: each one that states something lands in a record, and noise is no incident."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import Report, Update
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
TITLE = "# 第15周 2023-04-09\n\n"
HEADINGS = [
    "## 上周进展",
    "## 一、重点项目",
    "### 收银台改版",
    "## 【O1 服务业务】",
    "## 线上故障",
    "## 系统运行数据",
    "## 下周计划",
    "## 其他",
    "## Incidents",
    "## Highlights",
    "## Metrics",
    "## Next week",
    "## Risks",
    "## 支付中台",
    "### A. 账户体系升级",
    "## B. 对账平台",
]
LINES = [
    "- 收银台改版，联调完成，预计4/12上线",
    "- 跨境付款：开发 60%",
    "1. 路由二期，已提测",
    "    - 灰度 20%",
    "- 4/3 14:00 中行代付超时，14:35恢复",
    "    原因：专线抖动",
    "原因：行方批量延迟 处置：联系行方重推",
    "- 入金成功率：99.99%",
    "本周交易量 86.4万笔，成功率99.9%",
    "- 春季晋升组织",
    "这周大部分时间在排查问题。",
    "- **Vault Rotation**: on hold, firmware missing",
    "- Apr 4, 2:07 PM: card payouts failed, recovered 2:45 PM",
    "> 本周总体平稳",
    "| 时间 | 现象 | 原因 |\n| --- | --- | --- |\n| 4/5 10:31 | 对账失败 | 磁盘满 |",
    "- [ ] 补齐监控",
    "（1）会计引擎：测试中",
    "2、日终批量，延期至4/20",
    "处理：重启服务",
    "风险：人力不足",
    "- 主要问题：",
    "    1. 记账失败",
    "Owner moved to another team",
    "- 通道：工行、建行",
    "时间：4/6 11:20",
]
NOTHING = ["- 暂无", "无", "- N/A", "TBD", "-", ""]


def read(text: str) -> Report:
    return reports.read_report(Page(id="x", path="第15周 2023-04-09.md", text=text), WORDS)


def words_of(line: str) -> str:
    """A line as it stands in the text of a record that is written on several lines."""
    return re.sub(r"^\s*(?:[->|]|\d[.、]|（1）)?\s*(?:\[ \])?\s*", "", line).replace("*", "").rstrip(" |")


def told(report: Report) -> set[int]:
    """The numbers of the lines that stand in a record."""
    return {line for record in report.records for line in range(record.lines[0], record.lines[1] + 1)}


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(HEADINGS), st.lists(st.sampled_from([*LINES, *NOTHING]), max_size=8)), max_size=5
    )
)
def test_every_line_that_states_something_is_in_a_record(parts: list[tuple[str, list[str]]]) -> None:
    text = TITLE + "\n\n".join(f"{heading}\n\n" + "\n".join(lines) for heading, lines in parts)
    report = read(text)
    here = told(report)
    stated = {line for block in LINES for line in block.split("\n") if "---" not in line and "时间 |" not in line}
    stated -= {"- 主要问题："}  # with nothing below it, it states nothing
    said = " ".join(f"{record.text} {getattr(record, 'group', '')} {record.section}" for record in report.records)
    lost = [
        line for number, line in enumerate(text.split("\n"), start=1)
        if line in stated and number not in here and words_of(line) not in said
    ]  # fmt: skip
    assert lost == []


def test_ten_thousand_lines_of_noise_neither_crash_nor_tell_of_an_incident() -> None:
    noise = random.Random(5)
    letters = "abcdefghij 的一是在不了有和人这中大为上个国我以要他 0123456789 ,.;:!? ，。：；（）【】|-*#>`_[]()\t"
    lines = ["".join(noise.choices(letters, k=noise.randrange(60))) for _ in range(10_000)]
    report = read(TITLE + "\n".join(lines))
    assert [record for record in report.records if record.kind == "incident"] == []


ENGLISH = re.findall(
    r"\S+",
    """time house water people year day world school family student group country hand part place week company
government night point home room mother area money story fact month lot study book eye job word business side kind head
friend father power hour game end member law car city community name team minute idea body face others level office door
health person art history party result morning reason girl moment air teacher""",
)
CHINESE = re.findall(
    r"\S+",
    """我们 今天 天气 学校 老师 学生 公园 苹果 香蕉 电影 音乐 跑步 游泳 朋友 家人 城市 乡村 河流 山脉 春天 夏天 早上 中午 晚上 红色
蓝色 桌子 椅子 窗户 门口 街道 汽车 火车 飞机 旅行 照片 故事 小说 诗歌 历史 地理 数学 语文 英语 科学 实验 答案 方法 时间 地点 人物 事情 办法
机会 情况 生活 工作 学习 休息 高兴 漂亮 干净 安静 热闹 容易 轻松 重要 特别 非常 已经 正在 还是 但是 因为 所以 如果 虽然 然后 于是 可以 应该
需要 喜欢 认为 觉得 知道 发现 开始 结束 继续 停止""",
)
MARKS = [
    "# ",
    "## ",
    "### ",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "> ",
    "| ",
    "- [ ] ",
    "- [x] ",
    "    - ",
    "**",
    "|---|---|",
    "【",
    "（一）",
    "一、",
    *[""] * 4,
]
ENDS = ["。", ".", "：", ":", "，", "!", "？", " | ", "**", "】", "` `", *[""] * 9]


def noisy_line(chance: random.Random, words: list[str], between: str) -> str:
    """`- 9/17 15:04 我们苹果秋天：`: a day, a time or a number here and there, and no word of anything that failed."""
    said = between.join(chance.choice(words) for _ in range(chance.randrange(14)))
    day = f"{chance.randrange(1, 13)}/{chance.randrange(1, 29)} " if chance.random() < 0.1 else ""
    clock = f"{chance.randrange(24)}:{chance.randrange(60):02d} " if chance.random() < 0.1 else ""
    number = f" {chance.randrange(1000, 9000)}" if chance.random() < 0.1 else ""
    return chance.choice(MARKS) + day + clock + said + number + chance.choice(ENDS)


@pytest.mark.parametrize(("words", "between"), [(ENGLISH, " "), (CHINESE, ""), (ENGLISH + CHINESE, " ")])
def test_ten_thousand_lines_of_random_words_under_random_markup_tell_of_no_incident(
    words: list[str], between: str
) -> None:
    chance = random.Random(5)
    report = read(TITLE + "\n".join(noisy_line(chance, words, between) for _ in range(10_000)))
    assert [record.text for record in report.records if record.kind == "incident"] == []
    assert report.records


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_at_all_is_read(text: str) -> None:
    report = read(text)
    lines = text.count("\n") + 1
    assert all(1 <= record.lines[0] <= record.lines[1] <= lines for record in report.records)


def test_a_time_before_a_line_of_nothing_is_kept() -> None:
    report = read(TITLE + "## 上周进展\n\n时间：4/6 11:20\n无\n")
    assert 5 in told(report)


def test_a_task_right_above_an_incident_is_kept() -> None:
    report = read(TITLE + "## 线上故障\n\n- [ ] 补齐监控\n- 4/3 14:00 中行代付超时，14:35恢复\n")
    assert {5, 6} <= told(report)


def test_a_risk_above_a_list_is_kept() -> None:
    report = read(TITLE + "## 支付中台\n\n风险：人力不足\n    1. 记账失败\n- 收银台改版，联调完成，预计4/12上线\n")
    assert [risk for record in report.records if isinstance(record, Update) for risk in record.risks] == ["人力不足"]
