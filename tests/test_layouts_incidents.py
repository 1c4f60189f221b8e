"""Two incidents in every style authors write incidents in, within sections in every style: the same records from all."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import layouts
import pytest

from notion_archive.records import AnyRecord, Incident


class Outage(NamedTuple):
    what: str
    day: str
    begin: str
    end: str
    grade: str
    why: str
    done: str

    @property
    def span(self) -> str:
        return f"{self.begin}-{self.end}"


CHINESE = (
    Outage("中行代扣超时", "7/8", "14:05", "14:40", "P2", "行方前置机重启", "切备用通道"),
    Outage("招行代付掉单", "7/10", "09:30", "10:15", "P3", "专线抖动", "补发报文"),
)
ENGLISH = (
    Outage("BOC debits timed out", "Jul 8", "14:05", "14:40", "P2", "front-end processor restarted", "switched to the backup channel"),
    Outage("CMB payouts were lost", "Jul 10", "09:30", "10:15", "P3", "leased line flapping", "resent the messages"),
)  # fmt: skip
Style = Callable[[int, Outage], str]


def labelled(before: str, *labels: tuple[str, str], mark: str = "", after: str = "\n") -> str:
    return "".join(f"{before}{mark}{label}{mark}：{words}{after}" for label, words in labels)


def story(o: Outage) -> tuple[tuple[str, str], ...]:
    return (("原因", o.why), ("处理", o.done))


def timed(o: Outage) -> tuple[tuple[str, str], ...]:
    return (("时间", f"{o.day} {o.span}"), *story(o))


def card(o: Outage) -> tuple[tuple[str, str], ...]:
    return (("现象", o.what), ("级别", o.grade), *timed(o))


# How an incident is written, by its number from 1 on.
STYLES: dict[str, Style] = {
    # on a line
    "- 。原因：处理：": lambda n, o: (
        f"- {o.grade} {o.day} {o.begin} {o.what}，{o.end}恢复。原因：{o.why}。处理：{o.done}\n"
    ),
    "- ，原因：处理：": lambda n, o: f"- {o.grade} {o.day} {o.span} {o.what}，原因：{o.why}，处理：{o.done}\n",
    "- 【P2】；": lambda n, o: f"- 【{o.grade}】{o.day} {o.begin}~{o.end} {o.what}；原因：{o.why}；处理：{o.done}\n",
    "- 由于": lambda n, o: f"- {o.day} {o.begin} {o.what}（{o.grade}），由于{o.why}，{o.done}，{o.end}恢复\n",
    "1. 由于": lambda n, o: f"{n}. {o.day} {o.begin} {o.what}（{o.grade}），由于{o.why}，{o.done}，{o.end}恢复\n",
    "1、说": lambda n, o: f"{n}、{o.day} {o.begin} {o.what}（{o.grade}），{o.why}导致，{o.done}，{o.end}恢复\n",
    "（1）说": lambda n, o: f"（{n}）{o.day} {o.span} {o.what}（{o.grade}），原因：{o.why}，处理：{o.done}\n",
    "a sentence": lambda n, o: (
        f"{o.day} {o.begin} {o.what}（{o.grade}）。原因是{o.why}。{o.done}后{o.end}恢复。\n\n"
    ),
    "- **bold**：": lambda n, o: (
        f"- **{o.day} {o.begin} {o.what}（{o.grade}）**：原因：{o.why}。处理：{o.done}，{o.end}恢复\n"
    ),
    "- bars": lambda n, o: f"- {o.grade} | {o.day} {o.span} | {o.what} | {o.why} | {o.done}\n",
    "🔴 line": lambda n, o: f"🔴 {o.day} {o.span} {o.what}（{o.grade}），原因：{o.why}，处理：{o.done}\n\n",
    "- [x]": lambda n, o: f"- [x] {o.day} {o.span} {o.what}（{o.grade}），原因：{o.why}，处理：{o.done}\n",
    # labels below
    "- labels": lambda n, o: (
        f"- {o.day} {o.begin} {o.what}（{o.grade}）\n" + labelled("    - ", *story(o), ("恢复", o.end))
    ),
    "- labels by two": lambda n, o: (
        f"- {o.day} {o.begin} {o.what}（{o.grade}）\n" + labelled("  - ", *story(o), ("恢复时间", o.end))
    ),
    "- labels on lines": lambda n, o: (
        f"- {o.day} {o.begin} {o.what}（{o.grade}）\n  原因：{o.why}\n  处理：{o.done}，{o.end}恢复\n"
    ),
    "1. labels": lambda n, o: f"{n}. {o.what}（{o.grade}）\n" + labelled("    - ", *timed(o)),
    "1. bullets": lambda n, o: f"{n}. {o.what}（{o.grade}）\n" + labelled("- ", *timed(o)),
    "1. （1）": lambda n, o: (
        f"{n}. {o.what}（{o.grade}）\n"
        + "".join(f"（{k}）{label}：{words}\n" for k, (label, words) in enumerate(timed(o), 1))
    ),
    "1、lines": lambda n, o: f"{n}、{o.what}（{o.grade}）\n" + labelled("", *timed(o)),
    "1、lines apart": lambda n, o: f"{n}、{o.what}（{o.grade}）\n\n" + labelled("", *timed(o), after="\n\n"),
    "1. **name**, labels": lambda n, o: (
        f"{n}. **{o.what}**\n" + labelled("    - ", ("级别", o.grade), *timed(o))
    ),
    "lines": lambda n, o: labelled("", *card(o)) + "\n",
    "lines apart": lambda n, o: labelled("", *card(o), after="\n\n"),
    "- labels beside": lambda n, o: labelled("- ", *card(o)) + "\n",
    "**name**, labels": lambda n, o: f"**{o.what}（{o.grade}）**\n\n" + labelled("- ", *timed(o)) + "\n",
    "**name**, **labels**": lambda n, o: (
        f"**{o.day} {o.what}（{o.grade}）**\n\n"
        + labelled("", ("时间", o.span), *story(o), mark="**", after="\n\n")
    ),
    "**name**, lines": lambda n, o: (
        f"**{o.day} {o.begin} {o.what}（{o.grade}）**\n原因：{o.why}\n处理：{o.done}\n恢复：{o.end}\n\n"
    ),
    "【name】, lines": lambda n, o: f"【{o.day} {o.what}】{o.grade}\n" + labelled("", ("时间", o.span), *story(o)) + "\n",
    "【name】, labels": lambda n, o: f"【{o.what}】\n" + labelled("- ", ("级别", o.grade), *timed(o)) + "\n",
    "name：, labels": lambda n, o: f"{o.what}（{o.grade}）：\n" + labelled("- ", *timed(o)) + "\n",
    "### name, labels": lambda n, o: f"### {o.what}（{o.grade}）\n\n" + labelled("- ", *timed(o)) + "\n",
    "### 1. name, labels": lambda n, o: f"### {n}. {o.what}（{o.grade}）\n\n" + labelled("- ", *timed(o)) + "\n",
    "#### name, lines": lambda n, o: (
        f"#### {o.day} {o.what}\n\n" + labelled("", ("级别", o.grade), ("时间", o.span), *story(o)) + "\n"
    ),
    "#### name, a sentence": lambda n, o: (
        f"#### {o.day} {o.what}（{o.grade}）\n\n{o.begin} 告警，原因是{o.why}，{o.done}，{o.end}恢复。\n\n"
    ),
    "#### name, **labels**": lambda n, o: (
        f"#### {o.what}\n\n" + labelled("", ("级别", o.grade), *timed(o), mark="**", after="\n\n")
    ),
    # tables and boxes
    "a table": lambda n, o: (
        layouts.head(n, "时间", "级别", "现象", "原因", "处理") + layouts.row(f"{o.day} {o.span}", o.grade, o.what, o.why, o.done)
    ),
    "a table of begin and end": lambda n, o: (
        layouts.head(n, "序号", "故障描述", "等级", "发生时间", "恢复时间", "根因", "解决措施")
        + layouts.row(str(n), o.what, o.grade, f"{o.day} {o.begin}", f"{o.day} {o.end}", o.why, o.done)
    ),
    "a table each": lambda n, o: layouts.head(1, *card(o)[0]) + "".join(layouts.row(*cells) for cells in card(o)[1:]) + "\n",
    "a callout": lambda n, o: (
        f"<aside>\n🚨 **{o.day} {o.span} {o.what}（{o.grade}）**：原因：{o.why}。处理：{o.done}\n\n</aside>\n\n"
    ),
    "a toggle": lambda n, o: (
        f"- {o.day} {o.what}（{o.grade}）\n    \n"
        + labelled("    ", ("时间", o.span), *story(o), after="\n    \n")
    ),
    # timelines
    "- timeline": lambda n, o: (
        f"- {o.day} {o.what}（{o.grade}）\n"
        f"    - {o.begin} {o.what}\n    - {o.end} 恢复\n" + labelled("    - ", *story(o))
    ),
    "### timeline": lambda n, o: (
        f"### {o.day} {o.what}（{o.grade}）\n\n时间线：\n- {o.begin} 告警\n- {o.end} 恢复\n\n"
        + labelled("", *story(o)) + "\n"
    ),
    "### timeline, **labels**": lambda n, o: (
        f"### {o.day} {o.what}（{o.grade}）\n\n**时间线**\n\n- {o.begin} 告警\n- {o.end} 恢复\n\n"
        + labelled("", *story(o), mark="**", after="\n\n")
    ),
}  # fmt: skip
IN_ENGLISH: dict[str, Style] = {
    "- Cause: Fix:": lambda n, o: (
        f"- {o.grade} {o.day} {o.begin}-{o.end}: {o.what}. Cause: {o.why}. Fix: {o.done}.\n"
    ),
    "- bars": lambda n, o: f"- {o.grade} | {o.day} {o.span} | {o.what} | {o.why} | {o.done}\n",
    "- labels": lambda n, o: (
        f"- **{o.what}** ({o.grade})\n    - Time: {o.day} {o.span}\n    - Root cause: {o.why}\n    - Resolution: {o.done}\n"
    ),
    "1. labels": lambda n, o: (
        f"{n}. {o.what} ({o.grade})\n    - When: {o.day} {o.span}\n    - Cause: {o.why}\n    - Fix: {o.done}\n"
    ),
    "### name, labels": lambda n, o: (
        f"### {o.grade}: {o.what}\n\n- Time: {o.day} {o.span}\n- Root cause: {o.why}\n- Resolution: {o.done}\n\n"
    ),
    "a table": lambda n, o: (
        layouts.head(n, "When", "Severity", "Incident", "Root cause", "Resolution")
        + layouts.row(f"{o.day} {o.span}", o.grade, o.what, o.why, o.done)
    ),
    "a sentence": lambda n, o: (
        f"{o.grade} on {o.day} at {o.begin}: {o.what} because of {o.why}. Recovered at {o.end}. Fix: {o.done}.\n\n"
    ),
}  # fmt: skip
UNREAD: layouts.Unread = {}


def say(records: tuple[AnyRecord, ...]) -> object:
    """Of each incident when and how long, why, what was done, how bad and who is named; and how many there are of each other kind."""
    incidents = [
        (i.occurred, i.recovered, i.minutes, i.cause, i.resolution, i.severity, i.institutions)
        for i in records
        if isinstance(i, Incident)
    ]
    return incidents, Counter(one.kind for one in records if not isinstance(one, Incident))


def expected(outages: tuple[Outage, Outage]) -> object:
    incidents = [
        (f"2024-07-{day}T{o.begin}", f"2024-07-{day}T{o.end}", minutes, o.why, o.done, o.grade, (bank,))
        for o, day, minutes, bank in zip(outages, ("08", "10"), (35, 45), ("中国银行", "招商银行"), strict=True)
    ]
    return incidents, Counter(update=1, metric=2, goal=2, note=1)


def body(style: Style, outages: tuple[Outage, Outage]) -> str:
    return "".join(style(number, outage) for number, outage in enumerate(outages, 1))


@pytest.mark.parametrize("heading", layouts.SECTIONS)
def test_incidents_are_the_same_however_they_are_written(heading: str) -> None:
    pages = {name: layouts.page(heading, {"线上故障": body(style, CHINESE)}) for name, style in STYLES.items()}
    layouts.assert_alike(heading, pages, say, expected(CHINESE), UNREAD)
    pages = {name: layouts.page(heading, {"线上故障": body(style, ENGLISH)}) for name, style in IN_ENGLISH.items()}
    layouts.assert_alike(heading, pages, say, expected(ENGLISH), {})
