"""Which of the lines below a project are projects of their own, its parts."""

import re

from notion_archive import text
from notion_archive.kinds import flags, progress, project_name, prose, said, standing, subject
from notion_archive.kinds.reading import Reading, hangs, is_label_only
from notion_archive.lexicon import Lexicon
from notion_archive.model import Item

_OF_RESULTS = re.compile(
    "(?:结果|情况|说明|明细|范围|背景|价值|收益|结论)$|(?:results?|background|findings|scope)$", re.IGNORECASE
)
_NAME_APART = re.compile(r"[^,，。;；:：]{2,24}\s*(?:[:：]|\s[-–—]+\s)")
_BOXES = ("[x]", "[ ]")
_TAG = re.compile(r"\s*【(?P<tag>[^】\n]{2,24})】")


def listed(children: tuple[Item, ...], reading: Reading) -> list[Item]:
    """The parts of a project that a line heads, `- 子项：` with a list below it."""
    heads = reading.lexicon.words("words", "part_of_project")
    return [
        part
        for child in children
        if (is_label_only(child) and hangs(child) and text.fold(child.fields[0].label) in heads)
        or text.fold(child.lead).rstrip(":： ") in heads
        for part in child.children
        if subject.of(part, reading)
    ]


def of(children: tuple[Item, ...], item: Item, reading: Reading) -> list[Item]:
    """The children that are projects of their own. One plain line among many that tell of the project above is none.

    Below `- 账户2.0`: `- **开户**：联调中` and `- **销户**：未开始` are two parts, `- 联调中` and `- 预计4/24上线` none.
    """
    telling = [
        child for child in children
        if (child.shape == "row" or not is_label_only(child)) and not reading.lexicon.is_nothing(child.text)
        and not said.is_listed_under_label(child, item, reading.lexicon)
    ]  # fmt: skip
    labelled = sum(1 for child in children if is_label_only(child))
    named = [child for child in telling if _is_part(child, item, reading) and subject.of(child, reading)]
    named = [] if all(_is_step(child, reading) for child in named) else named
    if labelled >= 2:  # `用例：412/560` beside `阶段：…` and `风险：…` is one more label
        named = [child for child in named if child.name or child.children or child.shape in ("row", "card")]
    if labelled >= 2 and all(_is_list_of_labels(child) for child in named):
        named = []
    if _lists_parts(item, telling):
        named = [
            child
            for child in telling
            if child in named or (_begins_with_name(child, reading) and subject.is_followed(child, reading))
        ]
    alike = bool(named) and not labelled and all(_is_set_off(child, reading) for child in telling)
    if alike or len(named) * 2 > len(telling):
        named = [child for child in telling if child in named or _is_set_off(child, reading)]
    if len(named) * 2 > len(telling) and len(named) > 1 and any(map(_is_named_aside, named)):
        named = [child for child in telling if child in named or _is_named_bullet(child, reading)]
    sure = [
        child for child in named if child.name or child.children or child.shape in ("row", "card") or "\n" in child.lead
    ]
    alone = len(named) == 1 and not project_name.is_set_off(named[0].lead, reading.lexicon)
    parts = named if len(named) * 2 >= len(telling) and not alone else sure
    return [child for child in parts if not _counts(child) and subject.of(child, reading)]


def _counts(child: Item) -> bool:
    """`Merchants migrated: 107/164`, `容量表 14/22 个系统已交`: how far the project is, no part of it."""
    return not child.children and not child.name and progress.begins_with_count(child.lead)


def _begins_with_name(child: Item, reading: Reading) -> bool:
    """`（1）营销侧接口已提测`; `完成H5页面改造` is something that was done, and `预计8/16上线` a plan."""
    name, lead = text.level(subject.of(child, reading) or ""), text.level(child.lead)
    plan = reading.lexicon.words("wording", "planned").pattern.match(lead)
    return bool(name) and lead.startswith(name) and plan is None


def _is_step(child: Item, reading: Reading) -> bool:
    """`视觉稿：完成 70%` beside `前端开发：未开始`: what every project goes through, no part with a name of its own."""
    name = text.fold(subject.of(child, reading) or "")
    return name in reading.lexicon.words("words", "step") and not child.children


def _is_named_bullet(child: Item, reading: Reading) -> bool:
    """Beside parts that are set off, `电子回单还没开工` is a part as well."""
    return child.shape == "bullet" and bool(subject.of(child, reading)) and subject.is_followed(child, reading)


def _is_named_aside(child: Item) -> bool:
    """Whether a child has its name in bold or before a colon: `路由服务：已提测`."""
    return bool(child.name) or _NAME_APART.match(child.lead) is not None


def _lists_parts(item: Item, children: list[Item]) -> bool:
    """`会员营销中台：` above `（1）营销侧接口已提测`, `（2）权益发放联调中`: what a name with a colon numbers are its parts."""
    numbered = all(any(map(str.isalnum, child.marker)) for child in children)
    return len(children) > 1 and numbered and item.lead.rstrip("* ").endswith((":", "："))


def _is_list_of_labels(child: Item) -> bool:
    """`- 遗留缺陷：` and a list below it, beside labels."""
    return not child.name and child.lead.rstrip().endswith((":", "："))


def _is_set_off(child: Item, reading: Reading) -> bool:
    """Among parts, a name with a colon is a part, too, though nothing tells its state: `"合规审查：律所出具初稿"`."""
    lead = child.lead
    return project_name.is_set_off(lead, reading.lexicon) and project_name.is_named_statement(lead, reading.lexicon)


def _is_part(child: Item, item: Item, reading: Reading) -> bool:
    """Whether a child names a project of its own: it has items below it, a name in bold, or a name and a statement.

    Below `- 账户2.0`: `- **开户**：联调中` -> True, `- [ ] 补测试用例` -> False, a task of the project.
    """
    lexicon, lead = reading.lexicon, child.lead
    if not child.children and (flags.is_phase(lead) or _counts(child)):
        return False
    if (
        child.marker in _BOXES
        and item.marker not in _BOXES
        and not (child.name or project_name.is_set_off(lead, lexicon))
    ):
        return False  # - [ ] 提现场景割接 📅 2024-03-28: a task of the project
    if child.shape == "row":
        return bool(child.name) and not subject.is_name_under(child, "milestone", reading)
    if child.shape == "card":
        return bool(child.name) and not child.label
    if child.name and subject.of(child, reading):
        return not lexicon.meanings(child.name) and not _OF_RESULTS.search(child.name)
    if _tagged(lead, lexicon) and _tagged(item.lead, lexicon):  # 【证件 OCR】供应商选型中 below 【实名体系升级】
        return bool(subject.of(child, reading))
    bare = project_name.is_bare(lead, lexicon)
    if child.shape == "paragraph" and not (
        project_name.is_set_off(lead, lexicon) and prose.opens(lead, lexicon, reading.period)
    ):
        return False
    if child.children or ("\n" in lead and child.shape != "paragraph"):
        return bare
    spoken = project_name.is_named_statement(lead, lexicon) or bool(child.fields)
    spoken = (
        spoken or standing.in_brackets(child, project_name.of_lead(lead, lexicon, reading.period), lexicon) is not None
    )
    return bare and spoken and subject.is_followed(child, reading)


def _tagged(lead: str, lexicon: Lexicon) -> bool:
    """`【证件 OCR】供应商选型中`: a name in brackets that is no label and no kind of section."""
    tag = _TAG.match(lead)
    return tag is not None and not lexicon.meanings(tag["tag"]) and lexicon.section_kind(tag["tag"]) is None
