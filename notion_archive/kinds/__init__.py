"""Kinds of records: one file each: what it claims and how it reads (the types are in `records`). Who is asked first is written here."""

from collections.abc import Iterable, Iterator

import msgspec

from notion_archive.kinds import goal, incident, metric, note, update
from notion_archive.kinds.reading import Reading, record_id
from notion_archive.model import Item
from notion_archive.records import Record

KINDS = (
    incident,  # before update: "修复超时" under 故障 is an incident, not progress
    metric,
    goal,
    update,
    note,  # last: claims what nobody else did
)


def read_all(items: Iterable[Item], reading: Reading) -> Iterator[Record]:
    """The records of items, each read by the first kind that claims it.

    `- 4/3 14:00 中行网银超时，14:35恢复` is claimed by incident before update could take 中行网银 for a project.
    """
    for item in items:
        kind = next((kind for kind in KINDS if kind.claims(item, reading)), None)
        if kind is not None:
            yield from kind.read(item, reading)


def numbered(records: Iterable[Record]) -> Iterator[Record]:
    """The same records in document order with their ids, which depend on nothing but report, kind and text.

    `- 压测` told twice in one report gives two ids; a line added above them changes neither.
    """
    seen: dict[tuple[str, str], int] = {}
    for record in sorted(records, key=lambda record: record.lines[0]):
        count = seen[record.kind, record.text] = seen.get((record.kind, record.text), -1) + 1
        yield msgspec.structs.replace(record, id=record_id(record.report, record.kind, record.text, count))


__all__ = ["KINDS", "Reading", "numbered", "read_all"]
