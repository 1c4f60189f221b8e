"""Updates: where a project stands this week. Bullets, headings with bullets, table rows, sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

import msgspec

from notion_archive import clock, naming, numbers, text
from notion_archive.kinds import (
    failing,
    milestone,
    parts,
    progress,
    project_name,
    prose,
    said,
    standing,
    status,
    subject,
)
from notion_archive.kinds.byline import is_byline, says_none
from notion_archive.kinds.reading import Reading, hung
from notion_archive.kinds.said import Said
from notion_archive.lexicon import Lexicon
from notion_archive.markup.fields import one_line
from notion_archive.markup.items import all_text
from notion_archive.model import Item
from notion_archive.records import Milestone, Record, Update

T = TypeVar("T")
_SHARE = re.compile(r"\d\s*/\s*\d")
_NAME_ENDS = re.compile(r"[\s*]*(?:$|[:：(（【\[—–|]|-+\s)")


def claims(item: Item, reading: Reading) -> bool:
    """In a section of progress, whatever names a project; among notes, what is set off like one and tells its state.

    `- 收银台改版：联调中` is one under 本周进展, `- 联调会议改到周三` under 其他 is not.
    """
    unsure = item.kind is None and bool(item.section) and item.shape != "row"
    if item.kind == "incident":
        return _heads_work(item, reading)
    if reading.lexicon.is_nothing(item.text) or not (unsure or item.kind in ("update", "note")):
        return False
    if is_byline(item, reading) or says_none(item, reading) or (not item.children and _counts_only(item)):
        return False
    if item.kind == "note":
        return _stands_out(item, reading)
    return bool(subject.of(item, reading)) and (item.kind == "update" or _tells_by_itself(item, reading))


def _heads_work(item: Item, reading: Reading) -> bool:
    """`618大促保障（邓可）：` above a list, among incidents: a project, where neither its name nor a time tells of a failure."""
    lead = item.lead.rstrip()
    named = item.shape == "bullet" and len(item.children) > 1 and lead.endswith((":", "："))
    if not named or failing.find(text.level(lead), reading.lexicon) or any(clock.times(text.level(lead))):
        return False
    return bool(subject.of(item, reading)) and any(subject.is_followed(child, reading) for child in item.children)


def _tells_by_itself(item: Item, reading: Reading) -> bool:
    """Below a heading that tells nothing, `## 各行失败情况`, a project is what is set off like one or has such a name:
    `网关双活：已提测`, `电子回单改版还没开工`; `广发这一批全部是单日限额` is none.
    """
    if item.shape not in ("bullet", "paragraph") or item.name or item.children or "\n" in item.lead:
        return True
    set_off = project_name.is_set_off(item.lead, reading.lexicon) or subject.stated(item, reading)
    return bool(set_off) or prose.opens(item.lead, reading.lexicon, reading.period)


def _counts_only(item: Item) -> bool:
    """`线上缺陷：3个` is a number and no project; a share may say how far one is."""
    counted = "%" not in item.text and _SHARE.search(item.text) is None
    return item.shape == "bullet" and counted and numbers.is_measure(item.text)


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """The update of a project and, one level below, those of its named parts; deeper items belong to the part.

    `- 账户2.0` with `- 开户：联调中` and `- 销户：未开始` below -> 账户2.0, and 开户 and 销户 with parent 账户2.0.
    A paragraph that tells of several projects gives one for each; a sentence among them that names none is a note.
    """
    from notion_archive.kinds import note

    for part in _turns(item, reading):
        whole, named = _whole(part, reading)
        if subject.of(named, reading):
            yield from _project(named, reading, parent=whole)
        elif note.claims(part, reading):
            yield from note.read(part, reading)


def _whole(item: Item, reading: Reading) -> tuple[str | None, Item]:
    """A row `支付中台 | 账务 | 60%` under 项目 | 子任务 | 进度: the project, and the row as one of its part."""
    lexicon = reading.lexicon
    heads = lexicon.words("words", "part_of_project")
    under = [field for field in item.fields if text.fold(field.label) in heads]
    rest = tuple(field for field in item.fields if field not in under and "project" in lexicon.meanings(field.label))
    if item.shape != "row" or len(under) != 1 or not rest or lexicon.is_nothing(under[0].value):
        return None, item
    kept = tuple(field for field in item.fields if field is not rest[0])
    return naming.clean(one_line(rest[0].value)), msgspec.structs.replace(item, fields=kept, name=under[0].value)


def _turns(item: Item, reading: Reading) -> Iterator[Item]:
    """A paragraph cut where a sentence turns to another project: `"对账平台已提测。清分重构完成60%。"` -> two items."""
    alone = item.shape == "paragraph" or (item.shape == "bullet" and "\n" not in item.lead)
    alone = alone and not (item.name or item.children or item.fields)
    starts = prose.turns(item.lead, reading.lexicon, reading.period) if alone else []
    if len(starts) < 2:
        yield item
        return
    edges = [0, *starts[1:], len(item.lead)]
    for begin, end in pairwise(edges):
        words = item.lead[begin:end].strip()
        first = item.own[0] + item.lead[:begin].count("\n")
        own = (first, min(first + words.count("\n"), item.own[1]))
        yield msgspec.structs.replace(item, text=one_line(words), lead=words, lines=own, own=own)


def _by_institution(item: Item, reading: Reading) -> tuple[Item, ...]:
    """`招行直连已投产；浦发直连联调中` below a project: a part for each, where all of them name a bank."""
    pieces = tuple(_turns(item, reading)) if item.shape == "paragraph" else (item,)
    if len(pieces) < 2 or len(pieces) <= item.lead.count("；") or not all(reading.named(p, p.lead) for p in pieces):
        return (item,)
    names = [prose.of(piece.lead, reading.lexicon, reading.period) for piece in pieces]
    return tuple(msgspec.structs.replace(piece, name=name) for piece, name in zip(pieces, names, strict=True))


def _project(item: Item, reading: Reading, parent: str | None) -> Iterator[Record]:
    """The update of one project and those of its parts; what among its lines is an incident or a number is that.

    `- 支付网关升级` with `- 路由服务：已提测` below it -> both, the second with the first as its parent.
    """
    from notion_archive.kinds import incident, read_all

    own: list[Item] = []
    below: list[Item] = []
    strangers: list[Item] = []
    name = subject.of(item, reading)
    children = said.adopted(item.children[len(hung(item)) :])
    children = tuple(piece for child in children for piece in _by_institution(child, reading))
    listed = parts.listed(children, reading) if parent is None else []
    named = parts.of(children, item, reading) if parent is None else []
    for child in children:
        other = child.kind in ("incident", "metric", "goal") and child.kind != item.kind and child.shape != "card"
        if other or incident.claims(child, reading):
            strangers.append(child)
        elif listed and listed[0] in child.children:
            below.extend(listed)
        elif child in named:
            below.append(child)
        else:
            own.append(child)
    if own or below or not strangers or _says_something(item, name, reading):
        yield _update(item, own, name, parent, (*below, *strangers), reading)
    for child in below:
        yield from _project(child, reading, parent=name)
    yield from read_all(strangers, reading)


def _says_something(item: Item, name: str, reading: Reading) -> bool:
    """Whether an item tells more than a name: `KR1：P2 以上事故不超过 2 起` above two incidents is a heading for them."""
    if item.shape != "card" and not project_name.is_chore(name, reading.lexicon):
        return True
    return bool(item.fields) or naming.clean(item.lead) not in (name, item.name)


def _stands_out(item: Item, reading: Reading) -> bool:
    """A note that names a project in bold and says where it stands: `"**Vault Rotation**: on hold"` under Lowlights; not
    `"**Ledger v2** is what keeps me up: no buffer left"`, nor `"**Infra:** approve the quota by Friday"` under Asks.
    """
    if (
        item.shape != "bullet"
        or not item.name
        or not subject.of(item, reading)
        or not project_name.is_set_off(item.lead, reading.lexicon)
        or not _NAME_ENDS.match(item.lead.partition(item.name)[2])
        or (item.section and text.fold(item.section[-1]) in reading.lexicon.words("words", "asks"))
    ):
        return False
    lowlights = reading.lexicon.words("words", "lowlights")
    return subject.is_followed(item, reading) or bool(item.section and text.fold(item.section[-1]) in lowlights)


def _update(
    item: Item, own: list[Item], name: str, parent: str | None, others: Sequence[Item], reading: Reading
) -> Update:
    """All that an item and its own lines say of a project: `- 收银台改版：联调中` with `- 风险：机具不足` -> testing, one risk.

    Its lines end before the first of the `others` among them that are records of their own.
    """
    lexicon = reading.lexicon
    steps = [child for child in own if subject.is_name_under(child, "milestone", reading) and _of_row(child, reading)]
    own = [child for child in own if child not in steps]
    below = tuple(
        child for child in item.children if child not in steps and (child.shape != "row" or child in own)
    )  # fmt: skip
    about = said.read(msgspec.structs.replace(item, children=below), own, lexicon)
    shares = progress.read("\n".join(project_name.without_name(words, name) for words in about.statements), lexicon)
    for value in about.under("status"):
        shares += progress.read(value, lexicon)
    for field in about.shares:
        shares += progress.under(field.label, field.value, lexicon)
    common = reading.common(item, alone=bool(others))
    if others and own:
        until = min(other.lines[0] for other in others)
        last = max((child.lines[1] for child in own if child.lines[1] < until), default=0)
        common["lines"] = item.own[0], max(item.own[1], last)
        words = one_line(" ".join([item.text, *map(all_text, own)]))
        common["text"] = words
        common["institutions"] = reading.named(item, words)
    stands = standing.of(item, name, about, shares, reading)
    return Update(
        **common,
        project=name,
        key=naming.project_key(name, _key_words(lexicon)),
        parent=parent,
        status=stands,
        progress=_unique(shares),
        milestones=_unique([*_milestones(about, name, stands == "done", reading), *_steps(steps, reading)]),
        risks=said.listed(about.under("risk")),
        problems=said.listed(about.under("problem")),
    )


@lru_cache(maxsize=4)
def _key_words(lexicon: Lexicon) -> naming.KeyWords:
    """The words that say no more than that something is a project, for its key: "项目", "系统", "project"."""
    return naming.KeyWords.of(lexicon.words("words", "endings"))


def _steps(rows: list[Item], reading: Reading) -> Iterator[Milestone]:
    """A row each of the table of milestones below a project: `灰度 | 5/20 | 5/27` below 里程碑 | 原计划 | 当前预计."""
    for row in rows:
        if found := _of_row(row, reading):
            yield found


def _milestones(about: Said, name: str, done: bool, reading: Reading) -> Iterator[Milestone]:
    """The days in statements and plans, and those under labels of days that no statement tells: `预计上线：5/20`.

    A day alone under a label of plans is still one when it has passed, unless the project is done and no other day says when.
    """
    lexicon, period = reading.lexicon, reading.period
    for words in (*about.statements, *about.plans):
        yield from milestone.read(project_name.without_name(words, name), period, lexicon)
    for value in about.under("status"):
        yield from milestone.read(value, period, lexicon)
    for value in about.under("progress"):  # 总进度：58.5%；加密机替换9月底前完成
        yield from milestone.read("".join(re.split("[,，;；。]", value, maxsplit=1)[1:]), period, lexicon)
    if not (values := about.under("milestone")):
        return
    told = {(found.start, found.end) for words in about.statements for found in milestone.read(words, period, lexicon)}
    days = [value for value in values if milestone.is_day(text.level(value), period)]
    done = done and about.promised.issuperset(days)
    for value in values:
        still = value in about.promised and not done and value in days
        for found in milestone.in_cell(value, period, lexicon):
            if (found.start, found.end) not in told:
                yield msgspec.structs.replace(found, state="planned") if still else found


def _of_row(row: Item, reading: Reading) -> Milestone | None:
    """A row of a table of milestones: `提测 | 4/10 | 4/17 | 进行中` -> 提测 on 4/17, planned."""
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
    """The values without those that came before: ("中行", "农行", "中行") -> ("中行", "农行")."""
    return tuple(dict.fromkeys(values))
