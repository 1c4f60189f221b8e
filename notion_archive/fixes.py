"""What a user says of single records, by their ids, in any TOML file of the lexicon folder. It always wins.

[fixes.3f0c9a1b2d4e5f60]
cause = "行方专线抖动"
severity = ""   # nothing is stated
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from msgspec import Struct, structs

from notion_archive import clock, lexicon, naming, text
from notion_archive.errors import LexiconError
from notion_archive.records import NAMES, AnyRecord, Goal, Incident, Metric, Milestone, Note, Progress, Record, Update

if TYPE_CHECKING:
    from notion_archive.institutions import Institutions
    from notion_archive.kinds import Reading

_KINDS: Mapping[str, type[AnyRecord]] = dict(zip(NAMES, (Incident, Update, Metric, Goal, Note), strict=True))
_READ = {"id", "report", "section", "lines", "text", "key"}  # what a page says, or what follows from the rest
FIELDS = {
    kind: {"kind": str} | {field.name: field.type for field in structs.fields(fields) if field.name not in _READ}
    for kind, fields in _KINDS.items()
}
_TYPES: Mapping[str, Any] = {name: type_ for fields in FIELDS.values() for name, type_ in fields.items()}
_WORDS = 'words: "…"'
_LIST = 'a list of words: ["…", "…"]'
_TAKES = {
    "kind": ", ".join(NAMES),
    "date": "a day: 2023-04-03",
    "institutions": 'a list of names of institutions: ["中行", "光大"]',
    "occurred": "a day or a time: 2023-04-03, 2023-04-03T14:00",
    "recovered": "a time: 2023-04-03T14:35",
    "minutes": "a whole number",
    "status": "planned, in_progress, testing, done, blocked",
    "progress": 'a list of {label = "…", percent = 69.3, done = 107, total = 164}, what is not stated left out',
    "milestones": 'a list of {text = "…", start = 2023-04-12, end = 2023-04-12, state = "planned" or "done"}',
    "risks": _LIST,
    "problems": _LIST,
    "value": "a number",
}
_FOUND_BY = ("cause", "resolution", "severity", "parent", "risks", "problems", "milestones")  # others are in the title


class Fix(Struct, frozen=True, kw_only=True):
    """What one record is to say, by field; `where` names the file and the id, for sentences."""

    file: str
    where: str
    values: dict[str, Any]


class Fixes:
    """All of them, by the ids of records."""

    def __init__(self, fixes: Mapping[str, Fix]) -> None:
        self._fixes = fixes

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """The ids and the files they stand in."""
        return ((record, fix.file) for record, fix in self._fixes.items())

    def applied(self, record: AnyRecord, reading: "Reading") -> AnyRecord:
        """The record as the user has it. Raises LexiconError for a field its kind does not have."""
        fix = self._fixes.get(record.id)
        if fix is None:
            return record
        kind = fix.values.get("kind", record.kind)
        for name in fix.values:
            if name not in FIELDS[kind]:
                raise LexiconError(f"{fix.where} {name}: the record's kind is {kind}, it has {_listed(FIELDS[kind])}.")
        now = {name: getattr(record, name) for name in Record.__struct_fields__}
        now |= structs.asdict(record) if kind == record.kind else _stated(record, kind, fix, reading)
        now |= {name: value for name, value in fix.values.items() if name != "kind"}
        if kind == "incident":
            now |= _following(now, fix.values, reading)
        if kind == "update":
            endings = naming.KeyWords.of(reading.lexicon.words("words", "endings"))
            now["key"] = naming.project_key(now["project"], endings) if "project" in fix.values else now["key"]
        return _KINDS[kind](**now)

    def words(self, record: AnyRecord) -> tuple[str, ...]:
        """What the user says of a record and its own text does not, so that a search finds it."""
        fix = self._fixes.get(record.id)
        if fix is None:
            return ()
        said = text.fold(record.text)
        values = (fix.values.get(name) for name in _FOUND_BY)
        return tuple(one for value in values for one in _words(value) if text.fold(one) not in said)


def load(own: Path | None, institutions: Callable[[], "Institutions"]) -> Fixes:
    """The fixes in a folder; of two for one field, that in the later file. Raises LexiconError."""
    found: dict[str, Fix] = {}
    for file in sorted(own.glob("*.toml")) if own else ():
        for record, values in lexicon.read(file).get("fixes", {}).items():
            where = f"{file}: [fixes.{record}]"
            if not isinstance(values, dict):
                raise LexiconError(f'{where} must be a table of fields, as in cause = "…".')
            read = {name: _value(name, value, where, institutions) for name, value in values.items()}
            before = found[record].values if record in found else {}
            found[record] = Fix(file=file.name, where=where, values=before | read)
    return Fixes(found)


def _value(name: str, value: object, where: str, institutions: Callable[[], "Institutions"]) -> Any:
    if name not in _TYPES:
        raise LexiconError(f"{where} {name} is no field that can be fixed. Known: {_listed(_TYPES)}.")
    if name == "institutions" and isinstance(value, list):
        return tuple(_institution(str(one), where, institutions()) for one in value)
    try:
        return _converted(name, None if value == "" else value)
    except (ValueError, TypeError) as error:
        nothing = ' or "" where nothing is stated' if type(None) in get_args(_TYPES[name]) else ""
        raise LexiconError(f"{where} {name} takes {_TAKES.get(name, _WORDS)}{nothing}.") from error


def _converted(name: str, value: object) -> Any:
    """A value as the record contract has it. Raises ValueError or TypeError for one that it has not."""
    if name == "kind" and value not in NAMES:
        raise ValueError(value)
    if name in ("occurred", "recovered") and value is not None:
        return _moment(value, timed=name == "recovered")
    if name in ("progress", "milestones") and isinstance(value, list):
        fields = Progress if name == "progress" else Milestone
        if any(set(one) - set(fields.__struct_fields__) for one in value):
            raise ValueError(value)
        value = [{"label": None} | one for one in value] if fields is Progress else value
    return msgspec.convert(value, _TYPES[name])


def _moment(value: object, *, timed: bool) -> str | None:
    """A day or a time of day as records state it, written as TOML's own or in quotes; `timed`: a day is not enough."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value) if len(value) > len("2023-04-03") else dt.date.fromisoformat(value)
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return clock.iso(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and not timed:
        return clock.iso(value)
    raise ValueError(value)


def _institution(asked: str, where: str, known: "Institutions") -> str:
    if found := known.called(asked):
        return found
    near = ", ".join(known.nearest(asked)) or "none; add it to institutions.csv in the same folder"
    raise LexiconError(f"{where} institutions: nobody is called {asked}, or more than one. Nearest: {near}.")


def _stated(record: AnyRecord, kind: str, fix: Fix, reading: "Reading") -> dict[str, Any]:
    """What a record that becomes another kind's says without being told to: an incident its text as the summary."""
    stated: dict[str, Any] = {"date": reading.period.anchor}
    for field in structs.fields(_KINDS[kind]):
        if field.name in Record.__struct_fields__ or field.name == "key":
            continue
        empty: Any = () if str(field.type).startswith("tuple") else None
        stated[field.name] = record.text if field.name == "summary" else empty
        if field.name in ("project", "name", "value") and field.name not in fix.values:
            raise LexiconError(f'{fix.where} kind = "{kind}" needs {field.name}, too.')
    return stated


def _following(now: Mapping[str, Any], fixed: Mapping[str, Any], reading: "Reading") -> dict[str, Any]:
    """The day of an incident and how long it took, where they are not fixed themselves."""
    found: dict[str, Any] = {}
    occurred, recovered = (
        dt.datetime.fromisoformat(moment) if moment else None for moment in (now["occurred"], now["recovered"])
    )
    if "occurred" in fixed and "date" not in fixed:
        found["date"] = occurred.date() if occurred else reading.period.anchor
    if {"occurred", "recovered"} & set(fixed) and "minutes" not in fixed:
        timed = occurred and recovered and "T" in now["occurred"]
        if timed or (recovered is None and "recovered" in fixed):
            lasted = int((recovered - occurred).total_seconds()) // 60 if timed else -1  # type: ignore[operator]
            found["minutes"] = lasted if lasted >= 0 else None
    return found


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Milestone):
        yield value.text
    elif isinstance(value, tuple):
        for one in value:
            yield from _words(one)


def _listed(names: Mapping[str, Any]) -> str:
    return ", ".join(names)
