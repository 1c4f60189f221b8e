"""Whose word counts for where a project stands: its label, brackets behind its name, a ticked box, its heading, its words."""

import re
from collections.abc import Sequence

from notion_archive import text
from notion_archive.kinds import flags, milestone, status
from notion_archive.kinds.reading import Reading
from notion_archive.kinds.said import Said
from notion_archive.lexicon import Lexicon
from notion_archive.model import Item
from notion_archive.records import Progress, Status

_MARKS_BEFORE, _THINGS_BEHIND = (
    re.compile(r"^\W+"),
    re.compile(
        r"(?<=..)(?:的?(?:工作|事项|项目|任务|功能|需求|内容|部分|队列|清单|列表|产出|成果){1,2}|\s+(?:tasks|items|projects|work|list|queue))$"
    ),
)
_MARKS_BEHIND = re.compile(r"[^\w)）】\]]+$")
_IN_BRACKETS_TOO = re.compile(r"(?<=.)\s*\([a-z ]+\)$")  # 本周完成 (done)
_OPENING = re.compile(r"[\s*]*(?:\([^()]*\))?[\s*:—–,，;；-]*(?P<state>[^\s,，;；。:()]{2,8})\s*[,，;；。]")
_TICK = re.compile(r"[\s）)】\]]*(?:【[^】]*】|（[^）]*）)?\s*[✅✔☑✓]\ufe0f?\s*(?:$|[@\d])")
_TAG_BEHIND = re.compile(r"[^#]{0,24}?\s#(?P<state>[^\s#]{2,12})(?=\s|$)")  # ### Thailand payout #UAT
_STATE_BEHIND = re.compile(r"[\s*]*[（(【\[](?P<state>[^（()）【】\[\]]{2,12})[)）】\]]")


def of(item: Item, name: str, about: Said, shares: tuple[Progress, ...], reading: Reading) -> Status | None:
    """Where the project of an item stands: `【进行中】` or a label says so itself, else all statements together."""
    lexicon = reading.lexicon
    alone = [
        value for value in about.under("progress") if flags.status_words(text.fold(value), lexicon)
    ]  # 进度：已上线
    labelled = (status.of_label(value, lexicon) for value in (*about.under("status"), *alone))
    explicit: Status | None = next((found for found in labelled if found), None)
    explicit = (
        explicit or in_brackets(item, name, lexicon) or _behind_name(item, name, lexicon) or _in_cell(item, lexicon)
    )
    explicit = explicit or ("done" if _is_ticked(item, name) else None)
    if explicit:
        return explicit
    told = [
        *about.states,
        *(
            _without_name(words, name)
            for words in (*about.statements, *about.under("progress"), *about.under("status"))
        ),
    ]
    stands = status.of_statements(told, shares, reading.period, lexicon)
    if stands in ("in_progress", "planned") and item.lead.lstrip()[:1] in tuple("✅✔☑✓"):
        return "done"
    if (
        stands == "done"
        and not _is_out(told, lexicon)
        and any(_goes_on(value, lexicon) for value in about.under("status"))
    ):
        stands = "in_progress"
    if stands in ("testing", "done", "planned") and _opens_with(told, lexicon) == "in_progress":
        stands = "in_progress"
    if (headed := _of_heading(item, lexicon)) == "in_progress" and stands == "done" and not _is_out(told, lexicon):
        stands = None
    return _under(headed, _still(stands, about, reading)) or _planned(about, name)


def _opens_with(told: Sequence[str], lexicon: Lexicon) -> Status | None:
    """The state that an author names first, alone between commas: `对账平台（@小鱼）：开发中，签约已提测`, `Backfill – running, finish
    date Jun 27` -> in_progress.
    """
    opening = _OPENING.match(text.fold(told[0])) if told else None
    if opening and opening["state"] in lexicon.words("words", "ongoing"):
        return "in_progress"
    named = opening is not None and flags.status_words(opening["state"], lexicon)
    return status.of_label(opening["state"], lexicon) if opening and named else None


def _goes_on(value: str, lexicon: Lexicon) -> bool:
    """`状态：🟢 正常`, `Status: on track`: it is not over, whatever part of it is done."""
    words = text.fold(_MARKS_BEFORE.sub("", value)).strip(" .。")
    return words in lexicon.words("words", "on_track")


def _is_ticked(item: Item, name: str) -> bool:
    """`- [x] 收银台改版`, `### 国密证书改造 ✅ @陈牧`, `1、收银台改版 ✅`."""
    first = item.lead.partition("\n")[0]
    return item.marker == "[x]" or _TICK.match(first.partition(name)[2] if name else "") is not None


def _in_cell(item: Item, lexicon: Lexicon) -> Status | None:
    """The state that a cell says and nothing else, whatever its head, but for plans and names: `结果 | 已上线`."""
    others = {"project", "plan", "baseline", "risk", "problem", "milestone", "owner"}
    cells = [field for field in item.fields if item.shape == "row" and not others & set(lexicon.meanings(field.label))]
    said = [cell.value for cell in cells if flags.status_words(text.fold(cell.value), lexicon)]
    return status.of_label(said[0], lexicon) if len(said) == 1 else None


def _behind_name(item: Item, name: str, lexicon: Lexicon) -> Status | None:
    """The state behind a heading's name, and nothing else: `### 差错平台一期 已上线`, `**工行存管户迁移**  阻塞`."""
    rest = text.fold(item.lead.partition("\n")[0].partition(name)[2]).strip(" -:|") if name else ""
    told = item.shape == "card" and flags.status_words(rest, lexicon)
    return status.of_label(rest, lexicon) if told else None


def in_brackets(item: Item, name: str, lexicon: Lexicon) -> Status | None:
    """The state in brackets behind a name: `支付结果页（开发中）：提测从 1/30 延到 2/19` -> in_progress."""
    at = item.text.find(name) if name else -1
    first = item.text.partition("\n")[0]
    match = (
        (_STATE_BEHIND.match(item.text, at + len(name)) or _TAG_BEHIND.match(first, at + len(name)))
        if at >= 0
        else None
    )
    if match is None:
        return None
    words = text.fold(match["state"]).replace("-", " ")  # #not-started
    return status.of_label(words, lexicon) if flags.status_words(words, lexicon) or words.endswith("中") else None


def _of_heading(item: Item, lexicon: Lexicon) -> Status | None:
    """The state a heading gives to all below it: `## Blocked`, `### ✅ 已完成工作`; one above `### Features` in `## 已完成 (Done)`."""
    headings = item.section[:-1] if item.shape == "card" else item.section
    near = item.shape != "card"
    for heading in reversed(headings):
        words = _MARKS_BEFORE.sub("", _MARKS_BEHIND.sub("", _IN_BRACKETS_TOO.sub("", text.fold(heading))))  # 待启动 ⏳
        words = _THINGS_BEHIND.sub("", words)
        if words in lexicon.words("words", "standing") or (near and flags.status_words(words, lexicon)):
            return status.of_label(words, lexicon)
        if lexicon.heading_kind(heading) is None:
            return None
        near = False
    return None


def _under(headed: Status | None, told: Status | None) -> Status | None:
    """Under `DOING` an author's own words are nearer, `HKD 账户：6/4 已上线` is done; what is `Blocked` stays so."""
    return (told or headed) if headed == "in_progress" else (headed or told)


def _is_out(told: list[str], lexicon: Lexicon) -> bool:
    """Under `进行中` only what is out is done: `6/4 已上线`; `文件解析完成` is a part."""
    released = lexicon.words("words", "released")
    return any(released.search(text.level(words)) for words in told)


def _still(stands: Status | None, about: Said, reading: Reading) -> Status | None:
    """`HKD 账户 code complete，USD 账户 ETA: 6月初`: what is done beside a day still to come is not the whole."""
    if stands != "done":
        return stands
    days = [
        day for value in about.under("milestone") for day in milestone.in_cell(value, reading.period, reading.lexicon)
    ]
    return "in_progress" if any(day.state == "planned" for day in days) else stands


def _planned(about: Said, name: str) -> Status | None:
    """Where nothing is said but what comes next, the project is planned: `对账平台` and below it `计划：5/20提测`."""
    told = any(any(map(str.isalnum, _without_name(words, name))) for words in about.statements)
    return "planned" if about.plans and not told else None


def _without_name(words: str, name: str) -> str:
    """The words about a project without its name, which may hold a word of state.

    "灰度发布平台已立项" without "灰度发布平台" -> " 已立项": it is not in testing.
    """
    return words.replace(name, " ", 1) if name else words
