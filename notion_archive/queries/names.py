"""Who is meant: an institution by any alias, a project by any spelling or part of its name."""

import difflib

from msgspec import Struct

from notion_archive import naming
from notion_archive.archive import Archive
from notion_archive.errors import QueryError
from notion_archive.model import Query, Tag
from notion_archive.text import fold


class Meant(Struct, frozen=True, kw_only=True):
    """The tags a name stands for, and, where it could mean several, a sentence that says so with counts."""

    tags: tuple[str, ...]
    remark: str = ""


def counts(archive: Archive, name: str) -> dict[str, int]:
    """How many records have each value of a tag: `counts(archive, "project")["账户2.0"]`."""
    return archive.engine.search(Query(limit=0, facets=(name,))).facets[name]


def institutions(archive: Archive, asked: str) -> Meant:
    """`"光大"`, `"CEB"`, `"guangda"` -> 中国光大银行. Raises QueryError with the nearest names where none fits."""
    known = archive.words.institutions
    found = known.lookup(asked)
    if not found:
        near = known.nearest(asked)
        cure = f" Nearest: {', '.join(near)}." if near else " Add it to institutions.csv beside the archive."
        raise QueryError(f"No bank or payment institution is called {asked}.{cure}")
    there = {name: archive.engine.search(Query(where=Tag(f"institution:{name}"), limit=0)).total for name in found[:8]}
    meant = [name for name in found[:8] if there[name]] or [found[0]]
    remark = ""
    if len(meant) > 1:
        remark = f"{asked} can mean " + ", ".join(f"{name} ({there[name]})" for name in meant) + "."
    return Meant(tags=tuple(f"institution:{name}" for name in meant), remark=remark)


def project_key(archive: Archive, name: str) -> str:
    """The key a project's name has, whatever surrounds it."""
    endings = archive.words.lexicon.words("words", "endings")
    return naming.project_key(name, naming.KeyWords.of(endings))


def project_keys(archive: Archive, asked: str) -> tuple[str, ...]:
    """The keys of the projects that fit, best first: the same key, then those it is a part of. Raises QueryError."""
    there = counts(archive, "project")
    key = project_key(archive, asked)
    exact = [known for known in there if known == key]
    part = [known for known in there if key in known or fold(asked).replace(" ", "") in known]
    found = exact or sorted(part, key=lambda known: (-there[known], known))
    if not found:
        near = difflib.get_close_matches(key, there, n=5, cutoff=0.3) or [k for k in there if set(k) & set(key)][:5]
        cure = f" Nearest: {', '.join(near)}." if near else " Run: notion-archive projects"
        raise QueryError(f"No project is called {asked}.{cure}")
    return tuple(found)


def projects(archive: Archive, asked: str) -> Meant:
    """The tags of the projects that fit a name."""
    found = project_keys(archive, asked)
    there = counts(archive, "project")
    remark = f"{asked} fits {', '.join(f'{key} ({there[key]})' for key in found)}." if len(found) > 1 else ""
    return Meant(tags=tuple(f"project:{key}" for key in found), remark=remark)
