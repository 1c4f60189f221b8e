"""A database: the CSV files that Notion writes of it, as one page.

`X <id>_all.csv` has every row and column, `X <id>.csv` what one view shows, and each view of it that stands in another
page comes as `X <other id>.csv` once more.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from notion_archive import identity
from notion_archive.sources.inventory import File
from notion_archive.sources.rows import read_rows


def group_by_title(files: Iterable[File]) -> Iterator[list[list[File]]]:
    """The databases of each title together, each the list of its files; what has most in it first.

    Files with one id are one database. Databases with one title are two, until their rows say more (see `union`). A
    name without an id says nothing: `2023/data.csv` and `2024/data.csv` are never compared.
    """
    by_id: dict[str, list[File]] = defaultdict(list)
    for file in files:
        by_id[identity.page_id(file.path)].append(file)
    by_title: dict[str, list[list[File]]] = defaultdict(list)
    for key, same in by_id.items():
        same.sort(key=_most_first)
        path = same[0].path
        by_title[identity.name_without_id(path) if identity.has_id(path) else key].append(same)
    for title in sorted(by_title):
        yield sorted(by_title[title], key=lambda same: _most_first(same[0]))


def row_folders(path: str) -> set[str]:
    """Where row pages stand: `A/X <id>_all.csv` -> `A/X <id>` (the old layout), `A/X` (since November 2025)."""
    parent, slash, _ = path.rpartition("/")
    name = identity.name_without_id(path)
    return {identity.stem(path), f"{parent}{slash}{name}"} if name else {identity.stem(path)}


def union(database: str, view: str, *, same_id: bool) -> str | None:
    """The CSV of a database with what another one adds to it: columns, rows. None where that is another database.

    A CSV with another id is a view of the database if all of its rows stand there, and it has no column of its own or
    shares more than the title.
    """
    ours, rows = _read(database)
    theirs, others = _read(view)
    if not ours or not theirs:
        return database if ours else view
    common = [column for column in theirs if column in ours]
    added = [column for column in theirs if column not in ours]
    if not same_id and (theirs[0] not in ours or (added and len(common) < 2)):
        return None
    known = {_key(ours, row, common) for row in rows} if common else set()
    more: dict[int, list[str]] = {}
    new = []
    for row in others:
        key = _key(theirs, row, common)
        if key in known:
            more.setdefault(key, _cells(theirs, row, added))
        elif same_id:
            new.append(_cells(theirs, row, [*ours, *added]))
        else:
            return None
    return _extended(database, added, common, more, new) if added or new else database


def _extended(
    text: str, added: list[str], common: list[str], more: dict[int, list[str]], new: Sequence[list[str]]
) -> str:
    """The CSV with more columns and rows; every row stays on its line."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\n")
    line = 0
    header: list[str] = []
    for row in read_rows(text):
        output.write("\n" * (row.first - line))
        line = row.after
        if not header:
            header = row.cells
            writer.writerow([*header, *added])
        elif added and len(row.cells) <= len(header):
            cells = more.get(_key(header, row.cells, common), [""] * len(added))
            writer.writerow([*row.cells, *[""] * (len(header) - len(row.cells)), *cells])
        else:
            writer.writerow(row.cells)
    writer.writerows(new)
    return output.getvalue()


def _read(text: str) -> tuple[list[str], Iterator[list[str]]]:
    rows = (row.cells for row in read_rows(text))
    return next(rows, []), rows


def _key(header: list[str], cells: list[str], columns: list[str]) -> int:
    return hash(tuple(_cells(header, cells, columns)))


def _cells(header: list[str], cells: list[str], columns: list[str]) -> list[str]:
    by_name = dict(zip(header, cells, strict=False))
    return [by_name.get(column, "") for column in columns]


def _most_first(file: File) -> tuple[bool, int, str]:
    return not identity.is_whole_database(file.path), -file.size, file.path
