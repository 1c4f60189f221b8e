"""The files of an inventory into pages: each page once, whatever number of files Notion wrote of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from notion_archive import identity
from notion_archive.model import Page, Skipped
from notion_archive.sources import paths
from notion_archive.sources.databases import group_by_title, row_folders, union
from notion_archive.sources.encoding import decode
from notion_archive.sources.inventory import File, Inventory, same_content
from notion_archive.sources.limits import Limits, Refused, too_wordy
from notion_archive.sources.rows import RowPage, read_row_page, without_own_page
from notion_archive.sources.tables import without_rows

_LARGEST = 8  # views are views of a large database: the largest of its title are compared with it


class _Table(NamedTuple):
    """The CSV of a database and the file that says most of it."""

    file: File
    text: str


def read_pages(inventory: Inventory) -> Iterator[Page | Skipped]:
    """What was refused, then the pages by path, then the databases, whose rows may be among the pages."""
    tables = [file for file in inventory.files.values() if identity.page_format(file.path) == "csv"]
    databases = {identity.page_id(file.path) for file in tables}
    documents = _chosen(inventory, databases)
    ids = {identity.page_id(file.path) for file in documents}
    yield from inventory.skipped

    row_pages: dict[str, list[RowPage]] = {}
    for file in tables:
        row_pages.update({folder: [] for folder in (*row_folders(file.path), _parent(file.path))})
    for file in documents:
        page = _read_page(file, ids, databases, inventory.budget.limits)
        if page is None:
            continue
        yield page
        if isinstance(page, Page) and (known := row_pages.get(_parent(file.path))) is not None:
            known.append(read_row_page(page))

    for titled in group_by_title(tables):
        for table in _read_tables(titled):
            yield table if isinstance(table, Skipped) else _database(table, row_pages, ids)


def _chosen(inventory: Inventory, databases: set[str]) -> list[File]:
    """One file for each id, Markdown before HTML. The HTML of a database only repeats its CSV."""
    chosen: dict[str, File] = {}
    documents = [file for file in inventory.files.values() if identity.page_format(file.path) != "csv"]
    for file in sorted(documents, key=lambda file: (_is_html(file), file.path)):
        page = identity.page_id(file.path)
        if _is_html(file) and page in databases:
            continue
        first = chosen.setdefault(page, file)
        if first is not file and _is_html(first) == _is_html(file) and not same_content(first, file):
            inventory.skip(file.shown, f"Another file is the same page and was read instead: {first.shown}")
    return sorted(chosen.values(), key=lambda file: file.path)


def _read_page(file: File, pages: set[str], databases: set[str], limits: Limits) -> Page | Skipped | None:
    try:
        text = decode(file.read())
    except Refused as refusal:
        return Skipped(path=paths.shown(file.shown), reason=str(refusal))
    if len(text) > limits.page_characters:
        return Skipped(path=paths.shown(file.shown), reason=too_wordy(limits))
    if file.path.lower() == "index.html" and 'id="id::' in text:
        return None  # the tree of the workspace, which Notion adds to every export
    page = identity.page_id(file.path)
    if _is_html(file):
        return Page(id=page, path=file.path, text=without_rows(text, pages, databases), format="html")
    return Page(id=page, path=file.path, text=text)


def _read_tables(databases: Iterable[Sequence[File]]) -> Iterator[_Table | Skipped]:
    """The databases of one title, views folded in."""
    kept: list[_Table] = []
    for files in databases:
        table: _Table | None = None
        for file in files:
            try:
                text = decode(file.read())
            except Refused as refusal:
                yield Skipped(path=paths.shown(file.shown), reason=str(refusal))
                continue
            table = table._replace(text=union(table.text, text, same_id=True) or text) if table else _Table(file, text)
        if table is None or _folded(table, kept):
            continue
        if len(kept) < _LARGEST:
            kept.append(table)
        else:
            yield table
    yield from kept


def _folded(view: _Table, databases: list[_Table]) -> bool:
    for place, database in enumerate(databases):
        if (text := union(database.text, view.text, same_id=False)) is not None:
            databases[place] = database._replace(text=text)
            return True
    return False


def _database(table: _Table, row_pages: Mapping[str, Sequence[RowPage]], ids: set[str]) -> Page:
    path = table.file.path
    inside = [page for folder in sorted(row_folders(path)) for page in row_pages[folder]]
    text = without_own_page(table.text, inside, row_pages[_parent(path)])
    found = identity.page_id(path)
    return Page(id=identity.digest(path) if found in ids else found, path=path, text=text, format="csv")


def _is_html(file: File) -> bool:
    return identity.page_format(file.path) == "html"


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
