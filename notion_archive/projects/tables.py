"""The tables of `projects.sqlite`: the book of projects, and what joining has worked out, to go on from there."""

import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import msgspec

from notion_archive.database import Database, Layout
from notion_archive.projects.likeness import Likeness
from notion_archive.projects.workings import Before, Entry, Lazy, Workings

LAYOUT = Layout(
    application=0x6E_61_70_6A,  # "napj"
    format=4,
    tables=(
        "CREATE TABLE projects (number INTEGER PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, tag TEXT NOT NULL,"
        " claim BLOB NOT NULL, body BLOB NOT NULL)",
        "CREATE INDEX projects_by_key ON projects (key)",
        "CREATE TABLE spellings (number INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE, under TEXT, updates INTEGER NOT NULL,"
        " project INTEGER NOT NULL, circle INTEGER NOT NULL, body BLOB NOT NULL)",
        "CREATE INDEX spellings_by_parent ON spellings (under)",
        "CREATE INDEX spellings_by_circle ON spellings (circle)",
        "CREATE TABLE names (plain TEXT NOT NULL, is_key INTEGER NOT NULL, number INTEGER NOT NULL,"
        " PRIMARY KEY (plain, is_key, number)) WITHOUT ROWID",
        "CREATE TABLE apart (one INTEGER NOT NULL, other INTEGER NOT NULL, by TEXT NOT NULL, PRIMARY KEY (one, other))"
        " WITHOUT ROWID",
        "CREATE TABLE lists (name TEXT PRIMARY KEY, numbers BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE counts (unit TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE TABLE alike (number INTEGER PRIMARY KEY, body BLOB NOT NULL)",
        "CREATE TABLE made (mark TEXT NOT NULL)",
        "INSERT INTO made VALUES ('')",
    ),
    cure="Run: notion-archive rebuild",
)
_ENTRY = msgspec.msgpack.Decoder(Entry)
_ALIKE = msgspec.msgpack.Decoder(dict[int, Likeness])
_EMPTY = ("projects", "spellings", "names", "apart", "lists", "counts", "alike")
K = TypeVar("K")
V = TypeVar("V")


def before(database: Database) -> Before:
    """What is kept of the workings."""

    def one(sql: str, value: str | int) -> bytes | None:
        found = database.rows(sql, (value,))
        return found[0][0] if found else None

    def entry(number: int) -> Entry | None:
        body = one("SELECT body FROM spellings WHERE number = ?", number)
        return _ENTRY.decode(zlib.decompress(body)) if body else None

    def listed(name: str) -> "array[int]":
        return array("I", one("SELECT numbers FROM lists WHERE name = ?", name) or b"")

    def count(unit: str) -> int:
        return int(one("SELECT count FROM counts WHERE unit = ?", unit) or 0)

    def alike(number: int) -> dict[int, Likeness]:
        body = one("SELECT body FROM alike WHERE number = ?", number)
        return _ALIKE.decode(zlib.decompress(body)) if body else {}

    def circle(number: int) -> int | None:
        found = database.rows("SELECT circle FROM spellings WHERE number = ?", (number,))
        return found[0][0] if found else None

    def circled(circle: int) -> Iterator[int]:
        return (number for (number,) in database.rows("SELECT number FROM spellings WHERE circle = ?", (circle,)))

    def tagged(tag: str) -> int | None:
        found = database.rows("SELECT number FROM spellings WHERE tag = ?", (tag,))
        return found[0][0] if found else None

    def numbers() -> Iterator[int]:
        return (number for (number,) in database.rows("SELECT number FROM spellings"))

    return Before(entry, listed, count, alike, circle, circled, tagged, numbers)


def packed(value: object) -> bytes:
    """A value as it is kept: much of it is said twice in it, as ids of reports are."""
    return zlib.compress(msgspec.msgpack.encode(value), 1)


def empty(database: Database) -> None:
    """Nothing is kept any more."""
    for table in _EMPTY:
        database.execute(f"DELETE FROM {table}")


def write_lists(database: Database, workings: Workings) -> None:
    """Keep the lists that have changed."""
    _write(database, "lists", "name", ((name, numbers.tobytes()) for name, numbers in _changed(workings.lists)))


def write(database: Database, workings: Workings, leaders: Mapping[int, int]) -> None:
    """Keep what else has changed; `leaders`: the first spelling of the project that each has come to be of."""
    gone = [number for number in workings.entries.changed if workings.entries[number] is None]
    database.execute_many("DELETE FROM spellings WHERE number = ?", ((number,) for number in gone))
    database.execute_many(
        "INSERT OR REPLACE INTO spellings VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (number, one.spelling.tag, one.spelling.under, one.spelling.updates, leader, workings.circles[number],
             packed(one))
            for number, leader in sorted(leaders.items())
            for one in (workings.entry(number),)
        ),
    )  # fmt: skip
    _write(database, "counts", "unit", ((unit, count or b"") for unit, count in _changed(workings.counts)))
    alike = ((number, packed(some) if some else b"") for number, some in _changed(workings.alike))
    _write(database, "alike", "number", alike)


def _changed(known: Lazy[K, V]) -> Iterator[tuple[K, V]]:
    return ((key, known[key]) for key in sorted(known.changed))  # type: ignore[type-var]


def _write(database: Database, table: str, key: str, values: Iterable[tuple[str | int, bytes | int]]) -> None:
    """Each in place of what was there; what is empty goes."""
    gone: list[tuple[str | int]] = []

    def those_that_stay() -> Iterator[tuple[str | int, bytes | int]]:
        for name, value in values:
            if value:
                yield name, value
            else:
                gone.append((name,))

    database.execute_many(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", those_that_stay())
    database.execute_many(f"DELETE FROM {table} WHERE {key} = ?", gone)
