"""One project, week by week: where it stood, how far it was, what was promised for when, and how often that moved."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from notion_archive import documents, reports, text
from notion_archive.archive import Archive
from notion_archive.kinds import Update
from notion_archive.kinds.milestone import Milestone, State
from notion_archive.lexicon import Lexicon
from notion_archive.model import Query, Tag
from notion_archive.queries import names
from notion_archive.queries.places import Place, places


class Project(Struct, frozen=True, kw_only=True):
    """A project: its key, its latest name, every spelling of it."""

    key: str
    name: str
    names: tuple[str, ...]


class Point(Struct, frozen=True, kw_only=True):
    """How far something was on a day."""

    date: dt.date | None
    label: str | None
    percent: float | None
    done: int | None
    total: int | None


class Forecast(Struct, frozen=True, kw_only=True):
    """What a report of `date` said a milestone's days were."""

    date: dt.date | None
    start: dt.date
    end: dt.date


class Promise(Struct, frozen=True, kw_only=True):
    """A milestone across weeks. `slip_days` is the last forecast's end − the first forecast's end, in days."""

    text: str
    state: State
    forecasts: tuple[Forecast, ...]
    slip_days: int


class Answer(Struct, frozen=True, kw_only=True):
    """The history of a project, oldest first. `parts` are the projects it is the parent of, `others` those that fit too."""

    project: Project
    updates: tuple[Update, ...]
    progress: tuple[Point, ...]
    milestones: tuple[Promise, ...]
    parts: tuple[Project, ...] = ()
    others: tuple[str, ...] = ()
    reports: dict[str, Place] = {}


def trace(archive: Archive, asked: str) -> Answer:
    """The project that fits the name best. Raises QueryError, with the nearest names, where none does."""
    keys = names.project_keys(archive, asked)
    lexicon = reports.words(archive.own_words).lexicon
    updates = _updates(archive, keys[0])
    project = _project(keys[0], updates)
    where = places(archive, {update.report for update in updates})
    return Answer(
        project=project,
        updates=updates,
        progress=tuple(_points(updates)),
        milestones=promises(updates, lexicon),
        parts=_parts(archive, project),
        others=keys[1:],
        reports=where,
    )


def _updates(archive: Archive, key: str) -> tuple[Update, ...]:
    query = Query(where=Tag(f"project:{key}"), kinds=("update",), sort="oldest")
    found = (documents.record_of(document) for document in archive.documents(query))
    return tuple(record for record in found if isinstance(record, Update))


def _project(key: str, updates: Sequence[Update]) -> Project:
    spelled = tuple(dict.fromkeys(update.project for update in updates))
    return Project(key=key, name=updates[-1].project if updates else key, names=spelled)


def _points(updates: Iterable[Update]) -> Iterable[Point]:
    for update in updates:
        for share in update.progress:
            yield Point(date=update.date, label=share.label, percent=share.percent, done=share.done, total=share.total)


def _parts(archive: Archive, project: Project) -> tuple[Project, ...]:
    """The projects that stand under this one in any week."""
    found: dict[str, list[Update]] = {}
    for name in project.names:
        for document in archive.documents(Query(where=Tag(f"parent:{name}"), kinds=("update",), sort="oldest")):
            update = documents.record_of(document)
            if isinstance(update, Update):
                found.setdefault(update.key, []).append(update)
    return tuple(_project(key, updates) for key, updates in found.items())


def promises(updates: Sequence[Update], lexicon: Lexicon) -> tuple[Promise, ...]:
    """What was promised, milestone by milestone: the same step in several weeks is one, whatever its day was then.

    `预计12/15上线`, `延期至12/29上线`, `1/12已上线` -> 上线, three forecasts, 28 days late.
    """
    found: dict[str, list[tuple[Update, Milestone]]] = {}
    for update in updates:
        for milestone in update.milestones:
            found.setdefault(_same_step(step(milestone.text, lexicon), found), []).append((update, milestone))
    return tuple(_promise(said) for said in found.values())


def _promise(said: list[tuple[Update, Milestone]]) -> Promise:
    forecasts = tuple(Forecast(date=update.date, start=m.start, end=m.end) for update, m in said)
    last = said[-1][1]
    slip = (forecasts[-1].end - forecasts[0].end).days
    return Promise(text=last.text, state=last.state, forecasts=forecasts, slip_days=slip)


_DAYS = re.compile(
    r"\d{1,4}\s*[-/.年月]\s*\d{0,2}(?:\s*[-/.月]\s*\d{1,2})?\s*[日号]?(?:[底初末中]旬?|[上下]旬|份)*|[本下]?月[底初末中]|q\d[末初底]?|[下本]?周[一二三四五六日天末]?"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{0,2}|\d{1,2}(?:st|nd|rd|th)|(?:mid|early|late|end of)-?"
)


def step(words: str, lexicon: Lexicon) -> str:
    """What a milestone is about once its day and the words of promising are gone: `"预计4/12业务投产"` -> 业务投产."""
    plain = _DAYS.sub(" ", text.fold(words))
    for meaning in ("moved", "original"):
        plain = lexicon.words("wording", meaning).pattern.sub(" ", plain)
    plain = re.sub(
        r"预计|计划|已经?|如期|顺利|正式|完成|将|现|拟|争取|之?前|凌晨|左右|推迟|延期|eta|by|on track for|due|planned|expected|shipped|for|the|to|in|on|at",
        " ",
        plain,
    )
    return re.sub(r"[\W_]+", "", plain)


def _same_step(words: str, known: dict[str, list[tuple[Update, Milestone]]]) -> str:
    """The step among those known that these words mean: the same, or one that says more or less of it."""
    if words in known:
        return words
    if not words and known:  # `延期至1/12` says no more than a day: it is the step that was spoken of last
        return max(known, key=lambda other: max(str(update.date) for update, _ in known[other]))
    for other in known:
        if words and other and (words in other or other in words):
            return other
    return words
