"""Updates: where a project stands this week. Bullets, headings with bullets, table rows, sentences."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

import msgspec

from notion_archive import naming, numbers, text
from notion_archive.kinds import flags, milestone, progress, project_name, said, standing, status
from notion_archive.kinds.byline import is_byline
from notion_archive.kinds.reading import Reading, hangs, hung, is_label_only
from notion_archive.kinds.said import Said
from notion_archive.lexicon import Lexicon
from notion_archive.markup.fields import one_line
from notion_archive.markup.items import all_text
from notion_archive.model import Item
from notion_archive.records import Milestone, Record, Update

T = TypeVar("T")
_OF_RESULTS = re.compile(
    "(?:结果|情况|说明|明细|范围|背景|价值|收益|结论)$|(?:results?|background|findings|scope)$", re.IGNORECASE
)
_NAME_APART = re.compile(r"[^,，。;；:：]{2,24}\s*(?:[:：]|\s[-–—]+\s)")
_OF_A_PROJECT = {
    "status",
    "progress",
    "milestone",
    "baseline",
    "risk",
    "plan",
    "owner",
}  # two such columns make a table of projects


_TAG = re.compile(r"\s*【(?P<tag>[^】\n]{2,24})】")


def claims(item: Item, reading: Reading) -> bool:
    """In a section of progress, whatever names a project; among notes, what is set off like one and tells its state."""
    if reading.lexicon.is_nothing(item.text) or item.kind not in ("update", "note"):
        return False
    if is_byline(item, reading) or (not item.children and _counts_only(item)):
        return False
    if item.kind == "note":
        return _stands_out(item, reading)
    return bool(_name(item, reading))


def _counts_only(item: Item) -> bool:
    """`线上缺陷：3个` is a number and no project; a share may say how far one is."""
    return item.shape == "bullet" and "%" not in item.text and "/" not in item.text and numbers.is_measure(item.text)


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """The update of a project and, one level below, those of its named parts; deeper items belong to the part.

    A paragraph that tells of several projects gives one for each; a sentence among them that names none is a note.
    """
    from notion_archive.kinds import note

    for part in _turns(item, reading):
        whole, named = _whole(part, reading)
        if _name(named, reading):
            yield from _project(named, reading, parent=whole)
        elif note.claims(part, reading):
            yield from note.read(part, reading)


def _whole(item: Item, reading: Reading) -> tuple[str | None, Item]:
    """A row `支付中台 | 账务 | 60%` under 项目 | 子任务 | 进度: the project, and the row as one of its part."""
    lexicon = reading.lexicon
    heads = lexicon.words("words", "part_of_project")
    parts = [field for field in item.fields if text.fold(field.label) in heads]
    rest = tuple(field for field in item.fields if field not in parts and "project" in lexicon.meanings(field.label))
    if item.shape != "row" or len(parts) != 1 or not rest or lexicon.is_nothing(parts[0].value):
        return None, item
    kept = tuple(field for field in item.fields if field is not rest[0])
    return naming.clean(one_line(rest[0].value)), msgspec.structs.replace(item, fields=kept, name=parts[0].value)


def _turns(item: Item, reading: Reading) -> Iterator[Item]:
    """A paragraph cut where a sentence turns to another project: `"对账平台已提测。清分重构完成60%。"` -> two items."""
    if item.shape != "paragraph" or item.name or item.children or item.fields:
        yield item
        return
    pieces = list(project_name.sentences(item.lead))
    starts = [at for at, words in pieces if project_name.opens(words, reading.lexicon, reading.period)]
    if len(starts) < 2:
        yield item
        return
    edges = [0, *starts[1:], len(item.lead)]
    for begin, end in pairwise(edges):
        words = item.lead[begin:end].strip()
        first = item.own[0] + item.lead[:begin].count("\n")
        own = (first, min(first + words.count("\n"), item.own[1]))
        yield msgspec.structs.replace(item, text=one_line(words), lead=words, lines=own, own=own)


def _project(item: Item, reading: Reading, parent: str | None) -> Iterator[Record]:
    from notion_archive.kinds import incident, read_all

    own: list[Item] = []
    parts: list[Item] = []
    strangers: list[Item] = []
    name = _name(item, reading)
    children = said.adopted(item.children[len(hung(item)) :])
    listed = _listed_parts(children, reading) if parent is None else []
    named = _parts(children, item, reading) if parent is None else []
    for child in children:
        other = child.kind in ("incident", "metric", "goal") and child.kind != item.kind and child.shape != "card"
        if other or incident.claims(child, reading):
            strangers.append(child)
        elif child in named:
            parts.append(child)
        elif listed and listed[0] in child.children:
            parts.extend(listed)
        else:
            own.append(child)
    if own or parts or not strangers or _says_something(item, name, reading):
        yield _update(item, own, name, parent, bool(parts or strangers), reading)
    for child in parts:
        yield from _project(child, reading, parent=name)
    yield from read_all(strangers, reading)


def _listed_parts(children: tuple[Item, ...], reading: Reading) -> list[Item]:
    """The parts of a project that a line heads, `- 子项：` with a list below it."""
    heads = reading.lexicon.words("words", "part_of_project")
    return [
        part
        for child in children
        if is_label_only(child) and hangs(child) and text.fold(child.fields[0].label) in heads
        for part in child.children
        if _name(part, reading)
    ]


def _says_something(item: Item, name: str, reading: Reading) -> bool:
    """Whether an item tells more than a name: `KR1：P2 以上事故不超过 2 起` above two incidents is a heading for them."""
    if item.shape != "card" and not project_name.is_chore(name, reading.lexicon):
        return True
    return bool(item.fields) or naming.clean(item.lead) not in (name, item.name)


def _parts(children: tuple[Item, ...], item: Item, reading: Reading) -> list[Item]:
    """The children that are projects of their own. One plain line among many that tell of the project above is none."""
    telling = [
        child for child in children
        if (child.shape == "row" or not is_label_only(child)) and not reading.lexicon.is_nothing(child.text)
        and not said.is_listed_under_label(child, item, reading.lexicon)
    ]  # fmt: skip
    labelled = sum(1 for child in children if is_label_only(child))
    named = [child for child in telling if _is_part(child, item, reading)]
    named = [] if all(_is_step(child, reading) for child in named) else named
    if labelled >= 2:  # `用例：412/560` beside `阶段：…` and `风险：…` is one more label
        named = [child for child in named if child.name or child.children or child.shape in ("row", "card")]
    if labelled >= 2 and all(_is_list_of_labels(child) for child in named):
        named = []
    if _lists_parts(item, telling):
        named = [
            child for child in telling if child in named or (_name(child, reading) and _is_followed(child, reading))
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
    return [child for child in parts if _name(child, reading)]


def _is_step(child: Item, reading: Reading) -> bool:
    """`视觉稿：完成 70%` beside `前端开发：未开始`: what every project goes through, no part with a name of its own."""
    name = text.fold(_name(child, reading) or "")
    return name in reading.lexicon.words("words", "step") and not child.children


def _is_named_bullet(child: Item, reading: Reading) -> bool:
    """Beside parts that are set off, `电子回单还没开工` is a part as well."""
    return child.shape == "bullet" and bool(_name(child, reading)) and _is_followed(child, reading)


def _is_named_aside(child: Item) -> bool:
    """Whether a child has its name in bold or before a colon."""
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
    """Whether a child names a project of its own: it has items below it, a name in bold, or a name and a statement."""
    lexicon, lead = reading.lexicon, child.lead
    if flags.is_phase(lead) and not child.children:
        return False
    if child.shape == "row":
        return bool(child.name) and not _names(child, "milestone", reading)
    if child.shape == "card":
        return bool(child.name) and not child.label
    if child.name and _name(child, reading):
        return not lexicon.meanings(child.name) and not _OF_RESULTS.search(child.name)
    if _tagged(lead, lexicon) and _tagged(item.lead, lexicon):  # 【证件 OCR】供应商选型中 below 【实名体系升级】
        return bool(_name(child, reading))
    bare = project_name.is_bare(lead, lexicon)
    if child.shape == "paragraph" and not (
        project_name.is_set_off(lead, lexicon) and project_name.opens(lead, lexicon, reading.period)
    ):
        return False
    if child.children or ("\n" in lead and child.shape != "paragraph"):
        return bare
    spoken = project_name.is_named_statement(lead, lexicon) or bool(child.fields)
    spoken = (
        spoken or standing.in_brackets(child, project_name.of_lead(lead, lexicon, reading.period), lexicon) is not None
    )
    return bare and spoken and _is_followed(child, reading)


def _tagged(lead: str, lexicon: Lexicon) -> bool:
    tag = _TAG.match(lead)
    return tag is not None and not lexicon.meanings(tag["tag"]) and lexicon.section_kind(tag["tag"]) is None


def _is_followed(child: Item, reading: Reading) -> bool:
    """Whether what follows the name says how it is going: a state, a day, a share."""
    lexicon, period = reading.lexicon, reading.period
    shares = progress.read(child.text, lexicon)
    if shares or milestone.read(child.text, period, lexicon):
        return True
    return status.of_statements([child.text], shares, period, lexicon) is not None


def _names(item: Item, meaning: str, reading: Reading) -> bool:
    """Whether the item's name is the cell under a head of that meaning."""
    return any(
        meaning in reading.lexicon.meanings(field.label) and naming.clean(field.value) == item.name
        and "project" not in reading.lexicon.meanings(field.label)
        for field in item.fields
    )  # fmt: skip


def _stands_out(item: Item, reading: Reading) -> bool:
    """A note that names a project in bold and says where it stands: `"**Vault Rotation**: on hold"` under Lowlights."""
    if (
        item.shape != "bullet"
        or not item.name
        or not _name(item, reading)
        or not project_name.is_set_off(item.lead, reading.lexicon)
    ):
        return False
    lowlights = reading.lexicon.words("words", "lowlights")
    return _is_followed(item, reading) or bool(item.section and text.fold(item.section[-1]) in lowlights)


def _name(item: Item, reading: Reading) -> str:
    """The project an item names, empty where it names none."""
    lexicon, period = reading.lexicon, reading.period
    if item.shape == "card":
        return project_name.of_heading(item.name, lexicon) or item.name
    if item.shape == "row":
        return (stated_name(item, reading) or naming.clean(item.name)) if _is_row_of_projects(item, reading) else ""
    if given := stated_name(item, reading):
        return given
    if item.name:
        bold = project_name.of_lead(f"{item.name}：", lexicon, period)
        if bold and not lexicon.meanings(item.name) and text.level(item.lead).find(text.level(bold)) <= 12:
            return bold
    if flag := said.flagged(item, lexicon):
        return project_name.of_lead(flag.value, lexicon, period)
    if is_label_only(item) or project_name.is_chore(item.lead, lexicon):
        return ""
    if module := project_name.of_tag(item.lead, lexicon):
        return module
    if item.children and project_name.is_of_common_words(item.lead, lexicon):
        return naming.clean(item.lead)
    if item.shape == "paragraph":
        prose = project_name.of_prose(item.lead, lexicon, period)
        return prose if prose and (item.children or _is_followed(item, reading)) else ""
    name = project_name.of_lead(item.lead, lexicon, period)
    return "" if not item.children and project_name.is_sentence(name, item.lead) else name


def _is_row_of_projects(item: Item, reading: Reading) -> bool:
    """A row under 项目, 任务, 里程碑 or under two heads that only projects have; `项 | 内容` is a list of notes."""
    meanings = [set(reading.lexicon.meanings(field.label)) for field in item.fields]
    if any("project" in found for found in meanings) or _names(item, "milestone", reading):
        return True
    return sum(1 for found in meanings if found & _OF_A_PROJECT) >= 2


def stated_name(item: Item, reading: Reading) -> str:
    """The name under a label or head that means a project: `项目：收银台改版`."""
    for field in item.fields:
        if "project" in reading.lexicon.meanings(field.label) and not reading.lexicon.is_nothing(field.value):
            name = one_line(field.value)
            bare = project_name.of_lead(name, reading.lexicon, reading.period) if len(name) > 24 else name
            return naming.clean(bare or name)
    return ""


def _update(item: Item, own: list[Item], name: str, parent: str | None, alone: bool, reading: Reading) -> Update:
    lexicon = reading.lexicon
    steps = [child for child in own if _names(child, "milestone", reading) and _of_row(child, reading)]
    own = [child for child in own if child not in steps]
    below = tuple(
        child for child in item.children if child not in steps and (child.shape != "row" or child in own)
    )  # fmt: skip
    about = said.read(msgspec.structs.replace(item, children=below), own, lexicon)
    shares = progress.read("\n".join(project_name.without_name(words, name) for words in about.said), lexicon)
    for value in about.under("status"):
        shares += progress.read(value, lexicon)
    for field in about.shares:
        shares += progress.under(field.label, field.value, lexicon)
    common = reading.common(item, alone=alone)
    if alone and own:
        words = one_line(" ".join([item.text, *map(all_text, own)]))
        common["text"] = words
        common["institutions"] = reading.named(item, words)
    return Update(
        **common,
        project=name,
        key=naming.project_key(name, _key_words(lexicon)),
        parent=parent,
        status=standing.of(item, name, about, shares, reading),
        progress=_unique(shares),
        milestones=_unique([*_milestones(about, name, reading), *_steps(steps, reading)]),
        risks=said.listed(about.under("risk")),
        problems=said.listed(about.under("problem")),
    )


@lru_cache(maxsize=4)
def _key_words(lexicon: Lexicon) -> naming.KeyWords:
    return naming.KeyWords.of(lexicon.words("words", "endings"))


def _steps(rows: list[Item], reading: Reading) -> Iterator[Milestone]:
    """A row each of the table of milestones below a project."""
    for row in rows:
        if found := _of_row(row, reading):
            yield found


def _milestones(about: Said, name: str, reading: Reading) -> Iterator[Milestone]:
    lexicon, period = reading.lexicon, reading.period
    for words in (*about.statements, *about.plans):
        yield from milestone.read(project_name.without_name(words, name), period, lexicon)
    for value in about.under("status"):
        yield from milestone.read(value, period, lexicon)
    for value in about.under("progress"):  # 总进度：58.5%；加密机替换9月底前完成
        yield from milestone.read("".join(re.split("[;；。]", value, maxsplit=1)[1:]), period, lexicon)
    if not (values := about.under("milestone")):
        return
    told = {(found.start, found.end) for words in about.statements for found in milestone.read(words, period, lexicon)}
    for value in values:
        yield from (
            found for found in milestone.in_cell(value, period, lexicon) if (found.start, found.end) not in told
        )


def _of_row(row: Item, reading: Reading) -> Milestone | None:
    """A row of a table of milestones: 里程碑 | 原计划 | 当前预计 | 状态."""
    lexicon, period = reading.lexicon, reading.period
    state, day = "", None
    for field in row.fields:
        meanings = lexicon.meanings(field.label)
        if "status" in meanings:
            state = field.value
        elif naming.clean(field.value) != row.name and "baseline" not in meanings:
            day = next(iter(milestone.in_cell(field.value, period, lexicon)), day)
    if day is None:
        return None
    done = status.of_label(state, lexicon) == "done"
    return Milestone(
        text=row.name, start=day.start, end=day.end, state="done" if done else day.state if not state else "planned"
    )


def _unique(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
