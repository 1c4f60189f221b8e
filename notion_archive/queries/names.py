"""Who is meant: an institution by any alias, a project by any spelling or part of its name."""

from msgspec import Struct

from notion_archive.archive import Archive
from notion_archive.errors import QueryError
from notion_archive.model import Query, Tag


class Meant(Struct, frozen=True, kw_only=True):
    """The tags a name stands for, and, where it could mean several, a sentence that says so with counts.

    `words` say what the tags are where they do not themselves.
    """

    tags: tuple[str, ...]
    remark: str = ""
    words: str = ""


def counts(archive: Archive, name: str) -> dict[str, int]:
    """How many records have each value of a tag: `counts(archive, "year")["2023"]`."""
    return archive.engine.search(Query(limit=0, facets=(name,))).facets[name]


def institutions(archive: Archive, asked: str) -> Meant:
    """`"光大"`, `"CEB"`, `"guangda"` -> 中国光大银行. Raises QueryError with the nearest names where none fits."""
    found = archive.words.institutions_called(asked) or archive.words.institutions.lookup(asked)
    if not found:
        near = archive.words.institutions.nearest(asked)
        file = archive.own_words / "institutions.csv"
        cure = f" Nearest: {', '.join(near)}." if near else f" Run notion-archive rebuild after adding it to {file}."
        raise QueryError(f"No bank or payment institution is called {asked}.{cure}")
    if len(found) == 1:
        return Meant(tags=(f"institution:{found[0]}",))
    there = {name: archive.engine.search(Query(where=Tag(f"institution:{name}"), limit=0)).total for name in found[:8]}
    meant = [name for name in found[:8] if there[name]] or [found[0]]
    remark = ""
    if len(meant) > 1:
        remark = f"{asked} can mean " + ", ".join(f"{name} ({there[name]})" for name in meant) + "."
    return Meant(tags=tuple(f"institution:{name}" for name in meant), remark=remark)


def projects(archive: Archive, asked: str) -> Meant:
    """The tags of the projects that fit a name. Raises QueryError, with the nearest names, where none does."""
    from notion_archive.queries.projects import fitting

    found = fitting(archive, asked)
    remark = f"{asked} fits {', '.join(f'{one.key} ({one.updates})' for one in found)}." if len(found) > 1 else ""
    tags = (f"project:{written.tag}" for one in found for written in one.spellings)
    return Meant(tags=tuple(tags), remark=remark, words=", ".join(f"project {one.key}" for one in found))
