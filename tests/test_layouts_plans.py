"""Plans and notes in every style authors write them in, within sections in every style: as many goals and notes, with the same words."""

import re
from collections import Counter
from collections.abc import Mapping

import layouts
import pytest

from notion_archive.records import AnyRecord, Goal, Note

# What stands in the section of plans: the same three goals each time.
PLANS: Mapping[str, str] = {
    "- bullets": "- 收银台改版上线\n- 对账平台二期联调\n- 完成年中盘点\n",
    "* bullets": "* 收银台改版上线\n* 对账平台二期联调\n* 完成年中盘点\n",
    "• bullets": "• 收银台改版上线\n• 对账平台二期联调\n• 完成年中盘点\n",
    "1. numbers": "1. 收银台改版上线\n2. 对账平台二期联调\n3. 完成年中盘点\n",
    "1、numbers": "1、收银台改版上线\n2、对账平台二期联调\n3、完成年中盘点\n",
    "（1）numbers": "（1）收银台改版上线\n（2）对账平台二期联调\n（3）完成年中盘点\n",
    "① numbers": "① 收银台改版上线\n② 对账平台二期联调\n③ 完成年中盘点\n",
    "1) numbers": "1) 收银台改版上线\n2) 对账平台二期联调\n3) 完成年中盘点\n",
    "- [ ] tasks": "- [ ] 收银台改版上线\n- [ ] 对账平台二期联调\n- [ ] 完成年中盘点\n",
    "☐ tasks": "☐ 收银台改版上线\n☐ 对账平台二期联调\n☐ 完成年中盘点\n",
    "lines": "收银台改版上线\n对账平台二期联调\n完成年中盘点\n",
    "lines apart": "收银台改版上线\n\n对账平台二期联调\n\n完成年中盘点\n",
    "lines；": "收银台改版上线；\n对账平台二期联调；\n完成年中盘点。\n",
    "▶ lines": "▶ 收银台改版上线\n▶ 对账平台二期联调\n▶ 完成年中盘点\n",
    "🎯 lines": "🎯 收银台改版上线\n🎯 对账平台二期联调\n🎯 完成年中盘点\n",
    "a table": "| 序号 | 下周计划 |\n| --- | --- |\n| 1 | 收银台改版上线 |\n| 2 | 对账平台二期联调 |\n| 3 | 完成年中盘点 |\n",
    "a table of owners": (
        "| 事项 | 负责人 |\n| --- | --- |\n| 收银台改版上线 | 张敏 |\n| 对账平台二期联调 | 王强 |\n| 完成年中盘点 | 李雷 |\n"
    ),
    "- **bold**": "- **收银台改版上线**\n- **对账平台二期联调**\n- **完成年中盘点**\n",
    "- with days": "- 收银台改版上线（7/18）\n- 对账平台二期联调（7/19）\n- 完成年中盘点（7/19）\n",
    "- with owners": "- 收银台改版上线 @张敏\n- 对账平台二期联调 @王强\n- 完成年中盘点 @李雷\n",
    "- @owner": "- @张敏 收银台改版上线\n- @王强 对账平台二期联调\n- @李雷 完成年中盘点\n",
    "- 【P0】": "- 【P0】收银台改版上线\n- 【P1】对账平台二期联调\n- 【P1】完成年中盘点\n",
    "- nested below each": (
        "- 收银台改版上线\n    - 灰度两天\n- 对账平台二期联调\n    - 行方周二到场\n- 完成年中盘点\n    - 盘到科目\n"
    ),
    "1. bullets below each": "1. 收银台改版上线\n- 灰度两天\n2. 对账平台二期联调\n- 行方周二到场\n3. 完成年中盘点\n- 盘到科目\n",
    "### and a line": "### 收银台改版上线\n\n灰度两天\n\n### 对账平台二期联调\n\n行方周二到场\n\n### 完成年中盘点\n\n盘到科目\n",
}
# The same goals on one line or in a sentence, that hold together.
TOGETHER: Mapping[str, str] = {
    "one line；": "收银台改版上线；对账平台二期联调；完成年中盘点\n",
    "one line，": "收银台改版上线，对账平台二期联调，完成年中盘点。\n",
    "one bullet；": "- 收银台改版上线；对账平台二期联调；完成年中盘点\n",
    "a sentence": "下周收银台改版上线，对账平台二期联调，完成年中盘点。\n",
}
# What stands in the section of what is left: the same two notes each time.
NOTES: Mapping[str, str] = {
    "- bullets": "- 团建定在周五\n- 新同学周一入职\n",
    "1. numbers": "1. 团建定在周五\n2. 新同学周一入职\n",
    "1、numbers": "1、团建定在周五\n2、新同学周一入职\n",
    "（1）numbers": "（1）团建定在周五\n（2）新同学周一入职\n",
    "- [ ] tasks": "- [ ] 团建定在周五\n- [ ] 新同学周一入职\n",
    "lines": "团建定在周五\n新同学周一入职\n",
    "lines apart": "团建定在周五\n\n新同学周一入职\n",
    "🎉 lines": "🎉 团建定在周五\n🎉 新同学周一入职\n",
    "- **bold**": "- **团建定在周五**\n- **新同学周一入职**\n",
    "> quote": "> - 团建定在周五\n> - 新同学周一入职\n",
    "a table": "| 事项 | 说明 |\n| --- | --- |\n| 团建 | 定在周五 |\n| 新同学 | 周一入职 |\n",
}
UNREAD: layouts.Unread = {}


def say_goals(records: tuple[AnyRecord, ...]) -> object:
    """Which of the plans each goal says; and how many there are of each other kind."""
    goals = [
        tuple(re.findall("|".join(SAID), " ".join((*one.section, one.text))))
        for one in records
        if isinstance(one, Goal)
    ]
    return goals, Counter(one.kind for one in records if not isinstance(one, Goal))


def say_notes(records: tuple[AnyRecord, ...]) -> object:
    notes = [tuple(re.findall("团建|新同学", one.text)) for one in records if isinstance(one, Note)]
    return notes, Counter(one.kind for one in records if not isinstance(one, Note))


BESIDE_GOALS = Counter(update=1, incident=1, metric=2, note=1)
SAID = ("收银台改版上线", "对账平台二期联调", "完成年中盘点")
APART = ([(one,) for one in SAID], BESIDE_GOALS)
EXPECTED_NOTES = ([("团建",), ("新同学",)], Counter(update=1, incident=1, metric=2, goal=2))


@pytest.mark.parametrize("heading", layouts.SECTIONS)
def test_plans_are_the_same_however_they_are_written(heading: str) -> None:
    pages = {name: layouts.page(heading, {"下周计划": body}) for name, body in PLANS.items()}
    layouts.assert_alike(heading, pages, say_goals, APART, UNREAD)
    pages = {name: layouts.page(heading, {"下周计划": body}) for name, body in TOGETHER.items()}
    layouts.assert_alike(heading, pages, say_goals, ([SAID], BESIDE_GOALS), {})


@pytest.mark.parametrize("heading", layouts.SECTIONS)
def test_notes_are_the_same_however_they_are_written(heading: str) -> None:
    pages = {name: layouts.page(heading, {"其他": body}) for name, body in NOTES.items()}
    layouts.assert_alike(heading, pages, say_notes, EXPECTED_NOTES, UNREAD)


def test_what_a_report_closes_with_behind_the_list_of_its_plans_is_no_plan() -> None:
    text = "## 下周计划\n\n上周5件成了4件\n\n- 收银台改版上线\n- 完成年中盘点\n\n以上，辛苦大家。\n\n张敏\n\n其他　无\n"
    said = [(record.kind, record.text) for record in layouts.records(text)]
    goals = [("goal", "收银台改版上线"), ("goal", "完成年中盘点")]
    assert said == [("note", "上周5件成了4件"), *goals, ("note", "以上，辛苦大家。"), ("note", "张敏")]


def test_paragraphs_of_plans_without_a_list_are_plans() -> None:
    text = "## 下周计划\n\n收银台改版上线\n\n完成年中盘点\n"
    assert [record.kind for record in layouts.records(text)] == ["goal", "goal"]
