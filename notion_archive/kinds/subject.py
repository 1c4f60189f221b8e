"""The project an item names: a row, a card, a label, a bold name, a tag, or what its sentence begins with."""

import re

from notion_archive import naming, text
from notion_archive.kinds import milestone, progress, project_name, prose, said, status
from notion_archive.kinds.reading import Reading, is_label_only
from notion_archive.markup.fields import one_line
from notion_archive.model import Item

_FOR = re.compile(r"(?:\d{1,2}[.、]\s*)?(?P<field>[^\s:：,，]{2,6})[:：]\s*(?P<rest>[^:：\n]{6,})$")
_OF_A_PROJECT = {
    "status",
    "progress",
    "milestone",
    "baseline",
    "risk",
    "plan",
    "owner",
}  # two such columns make a table of projects


def of(item: Item, reading: Reading) -> str:
    """The project an item names, empty where it names none: `- 账户2.0：联调中` -> "账户2.0", `- 预计4/24上线` -> ""."""
    lexicon, period = reading.lexicon, reading.period
    if item.shape == "card":
        return project_name.of_heading(item.name, lexicon) or item.name
    if item.shape == "row":
        return (stated(item, reading) or naming.clean(item.name)) if _is_row_of_projects(item, reading) else ""
    if given := stated(item, reading):
        return given
    if item.name:
        bold = project_name.of_lead(f"{item.name}：", lexicon, period)
        if bold and not lexicon.meanings(item.name) and text.level(item.lead).find(text.level(bold)) <= 12:
            return bold
    if flag := said.flagged(item, lexicon):
        return project_name.of_lead(flag.value, lexicon, period)
    if is_label_only(item) or project_name.is_chore(item.lead, lexicon):
        return ""
    if not item.children and (behind := _behind_field(item, reading)):
        return behind
    if module := project_name.of_tag(item.lead, lexicon):
        return module
    if item.children and project_name.is_of_common_words(item.lead, lexicon):
        return naming.clean(item.lead)
    if item.shape == "paragraph":
        told = prose.of(item.lead, lexicon, period)
        return told if told and (item.children or is_followed(item, reading)) else ""
    name = project_name.of_lead(item.lead, lexicon, period)
    return "" if not item.children and project_name.is_sentence(name, item.lead) else name


def _behind_field(item: Item, reading: Reading) -> str:
    """The project behind the field or the team it is for: `风控：特征库迁 cluster，6/12 已迁完` -> 特征库迁 cluster; `风控：联调中`
    has none.
    """
    match = _FOR.match(item.lead)
    if match is None or text.fold(match["field"]) not in reading.lexicon.words("words", "field"):
        return ""
    name = project_name.of_lead(match["rest"], reading.lexicon, reading.period)
    said = match["rest"].partition(name)[2] if name else ""
    return name if said and status.speaks(said, reading.period, reading.lexicon) else ""


def _is_row_of_projects(item: Item, reading: Reading) -> bool:
    """A row under 项目, 任务, 里程碑 or under two heads that only projects have; `项 | 内容` is a list of notes."""
    meanings = [set(reading.lexicon.meanings(field.label)) for field in item.fields]
    if any("project" in found for found in meanings) or is_name_under(item, "milestone", reading):
        return True
    return sum(1 for found in meanings if found & _OF_A_PROJECT) >= 2


def stated(item: Item, reading: Reading) -> str:
    """The name under a label or head that means a project: `项目：收银台改版`."""
    for field in item.fields:
        if "project" in reading.lexicon.meanings(field.label) and not reading.lexicon.is_nothing(field.value):
            name = one_line(field.value)
            bare = project_name.of_lead(name, reading.lexicon, reading.period) if len(name) > 24 else name
            return naming.clean(bare or name)
    return ""


def is_followed(child: Item, reading: Reading) -> bool:
    """Whether what follows the name says how it is going: a state, a day, a share: `收银台改版还在等排期`."""
    lexicon, period = reading.lexicon, reading.period
    shares = progress.read(child.text, lexicon)
    if shares or milestone.read(child.text, period, lexicon):
        return True
    stands = status.of_statements([child.text], shares, period, lexicon)
    return stands is not None or status.speaks(child.text, period, lexicon)


def is_name_under(item: Item, meaning: str, reading: Reading) -> bool:
    """Whether the item's name is the cell under a head of that meaning: `灰度` under 里程碑."""
    return any(
        meaning in reading.lexicon.meanings(field.label) and naming.clean(field.value) == item.name
        and "project" not in reading.lexicon.meanings(field.label)
        for field in item.fields
    )  # fmt: skip
