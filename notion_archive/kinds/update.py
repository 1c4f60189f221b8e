"""Updates: where a project stands this week. Bullets, headings with bullets, table rows, sentences."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from notion_archive import naming, text
from notion_archive.kinds import milestone, progress, project_name, said, status
from notion_archive.kinds.milestone import Milestone
from notion_archive.kinds.progress import Progress
from notion_archive.kinds.record import Reading, Record, hangs, is_label_only
from notion_archive.kinds.said import Said
from notion_archive.kinds.status import Status
from notion_archive.markup.fields import one_line
from notion_archive.markup.items import all_text
from notion_archive.model import Item

T = TypeVar("T")


class Update(Record, frozen=True, kw_only=True, tag="update"):
    """Where a project stands in one report. `key` is the project's identity across weeks, `parent` the enclosing project."""

    project: str
    key: str
    parent: str | None
    status: Status | None
    progress: tuple[Progress, ...]
    milestones: tuple[Milestone, ...]
    risks: tuple[str, ...]
    problems: tuple[str, ...]


def claims(item: Item, reading: Reading) -> bool:
    """In a section of progress, whatever names a project."""
    return item.kind == "update" and not reading.lexicon.is_nothing(item.text) and bool(_name(item, reading))


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """The update of a project and, one level below, those of its named parts; deeper items belong to the part."""
    yield from _project(item, reading, parent=None)


def _project(item: Item, reading: Reading, parent: str | None) -> Iterator[Record]:
    from notion_archive.kinds import incident, read_all

    own: list[Item] = []
    parts: list[Item] = []
    strangers: list[Item] = []
    name = _name(item, reading)
    for child in () if hangs(item) else item.children:
        if child.kind in ("incident", "metric", "goal") and child.kind != item.kind and child.shape != "card":
            strangers.append(child)
        elif incident.claims(child, reading):
            strangers.append(child)
        elif parent is None and _is_part(child, item, reading):
            parts.append(child)
        else:
            own.append(child)
    yield _update(item, own, name, parent, bool(parts or strangers), reading)
    for child in parts:
        yield from _project(child, reading, parent=name)
    yield from read_all(strangers, reading)


def _is_part(child: Item, item: Item, reading: Reading) -> bool:
    """Whether a child names a project of its own: it has items below it, a name in bold, or a name and a statement."""
    if is_label_only(child) or project_name.is_phase(child.lead) or reading.lexicon.is_nothing(child.text):
        return False
    if child.shape == "row":
        return bool(child.name) and not _names(child, "milestone", reading)
    if child.shape == "card":
        return bool(child.name) and not child.label
    lead = child.lead
    if child.name and _name(child, reading):
        return not reading.lexicon.meanings(child.name)
    bare = project_name.is_bare(lead, reading.lexicon)
    if child.children or "\n" in lead:
        return bare
    return (
        bare
        and (project_name.is_named_statement(lead, reading.lexicon) or bool(child.fields))
        and _is_followed(child, reading)
    )


def _is_followed(child: Item, reading: Reading) -> bool:
    """Whether what follows the name says how it is going: a state, a day, a share."""
    found = milestone.read(child.text, reading.period, reading.lexicon)
    shares = progress.read(child.text, reading.lexicon)
    return (
        bool(found or shares) or status.of_statements([child.text], shares, reading.period, reading.lexicon) is not None
    )


def _names(item: Item, meaning: str, reading: Reading) -> bool:
    """Whether the item's name is the cell under a head of that meaning."""
    return any(
        meaning in reading.lexicon.meanings(field.label) and naming.clean(field.value) == item.name
        and "project" not in reading.lexicon.meanings(field.label)
        for field in item.fields
    )  # fmt: skip


def _name(item: Item, reading: Reading) -> str:
    """The project an item names, empty where it names none."""
    lexicon = reading.lexicon
    if item.shape == "card":
        return item.name
    given = stated_name(item, reading)
    if given:
        return given
    if item.name and item.shape != "row":
        bold = project_name.of_lead(item.name, lexicon, reading.period)
        if bold and not lexicon.meanings(item.name) and text.level(item.lead).find(text.level(bold)) <= 12:
            return bold
    if item.shape == "row":
        return naming.clean(item.name)
    if is_label_only(item):
        return ""
    return project_name.of_lead(item.lead, lexicon, reading.period)


def stated_name(item: Item, reading: Reading) -> str:
    """The name under a label or head that means a project: `项目：收银台改版`."""
    for field in item.fields:
        if "project" in reading.lexicon.meanings(field.label) and not reading.lexicon.is_nothing(field.value):
            name = one_line(field.value)
            bare = project_name.of_lead(name, reading.lexicon, reading.period) if len(name) > 24 else name
            return naming.clean(bare or name)
    return ""


def _update(item: Item, own: list[Item], name: str, parent: str | None, alone: bool, reading: Reading) -> Update:
    lexicon, period = reading.lexicon, reading.period
    about = said.read(item, own, lexicon)
    shares = progress.read(about.words, lexicon)
    for value in about.under("progress"):
        shares += progress.read(value, lexicon, given=True)
    explicit = next((found for value in about.under("status") if (found := status.of_label(value, lexicon))), None)
    statements = [
        _without_name(words, name) for words in (*about.statements, *about.under("progress"), *about.under("status"))
    ]
    common = reading.common(item, alone=alone)
    if alone and own:
        words = one_line(" ".join([item.text, *map(all_text, own)]))
        common["text"] = words
        common["institutions"] = reading.institutions.named(words)
    return Update(
        **common,
        project=name,
        key=naming.project_key(name, _key_words(reading)),
        parent=parent,
        status=explicit or status.of_statements(statements, shares, period, lexicon) or _planned(about),
        progress=_unique(shares),
        milestones=_unique(_milestones(about, own, reading)),
        risks=said.listed(about.under("risk")),
        problems=said.listed(about.under("problem")),
    )


def _planned(about: Said) -> Status | None:
    """Where nothing is said but what comes next, the project is planned."""
    return "planned" if about.plans and not about.statements else None


def _milestones(about: Said, own: list[Item], reading: Reading) -> Iterator[Milestone]:
    lexicon, period = reading.lexicon, reading.period
    yield from milestone.read("\n".join(about.statements), period, lexicon)
    yield from milestone.read("\n".join(about.plans), period, lexicon)
    for value in about.under("milestone"):
        yield from milestone.in_cell(value, period, lexicon)
    for child in own:
        if child.shape == "row" and (found := _of_row(child, reading)):
            yield found


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


def _without_name(words: str, name: str) -> str:
    """The words about a project without its name, which may hold a word of state: 灰度发布平台 is not in testing."""
    return words.replace(name, " ", 1) if name else words


def _key_words(reading: Reading) -> naming.KeyWords:
    return naming.KeyWords.of(reading.lexicon.words("words", "endings"))
