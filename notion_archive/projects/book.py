"""The projects of an archive: who is who, under which key, written how, and why."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TypeVar

import msgspec
from msgspec import Struct

from notion_archive import patterns
from notion_archive.projects import spellings
from notion_archive.records import Record, Update
from notion_archive.text import fold

R = TypeVar("R", bound=Record)
_SIGNS = patterns.compile(r"[^\w.+#]|_")
_EXCEPTION = 5  # a name so many times rarer than another is not what a project is called


class Written(Struct, frozen=True, kw_only=True):
    """One spelling of a project: the tag its updates have and that of the parent it stands under, how many updates
    there are, the days of the first and the last."""

    tag: str
    under: str | None
    name: str
    parent: str | None
    updates: int
    first: dt.date | None
    last: dt.date | None


class Why(Struct, frozen=True, kw_only=True):
    """Two names that were joined, or kept apart, and by what."""

    names: tuple[str, str]
    by: tuple[str, ...]


class Project(Struct, frozen=True, kw_only=True):
    """One project over all its weeks. `name` is its latest, or the one the user prefers; `keys` has every key it may
    have had before."""

    key: str
    name: str
    keys: tuple[str, ...]
    spellings: tuple[Written, ...]
    joined: tuple[Why, ...]
    apart: tuple[Why, ...]
    updates: int
    first: dt.date | None
    last: dt.date | None

    @property
    def names(self) -> frozenset[str]:
        """Everything it is or was called."""
        return frozenset((self.name, self.key, *(written.name for written in self.spellings)))

    @property
    def plain_names(self) -> frozenset[str]:
        """The same without space and signs."""
        return frozenset(map(plain, self.names))

    @property
    def plain_keys(self) -> frozenset[str]:
        """What is left of other spellings, which nobody need have written so: `数币` of 数币接入."""
        return frozenset(map(plain, self.keys)) - self.plain_names


class Book:
    """Every project of an archive."""

    def __init__(self, projects: Iterable[Project]) -> None:
        self._given = tuple(projects)

    @property
    def projects(self) -> tuple[Project, ...]:
        """All of them."""
        return self._given

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        return {written.tag: project.key for project in self.projects for written in project.spellings}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {project.key: project.name for project in self.projects}

    def key(self, tag: str) -> str | None:
        """The key of the project whose updates may have this tag."""
        return self._keys.get(tag)

    def keys(self, tags: Collection[str]) -> Mapping[str, str]:
        """The same for many tags."""
        return {tag: key for tag in tags if (key := self.key(tag))}

    def name(self, key: str) -> str:
        """What the project with this key is called now."""
        return self._names.get(key, key)

    def called(self, word: str) -> tuple[Project, ...]:
        """The projects called just so, but for space and signs; else those with such a key."""
        found = tuple(project for project in self.projects if plain(word) in project.plain_names)
        return found or tuple(project for project in self.projects if plain(word) in project.plain_keys)

    def parts(self, project: Project) -> tuple[Project, ...]:
        """The projects that stand under one in any week, in the order of their first."""
        own = {written.tag for written in project.spellings}
        found = [one for one in self.projects if one.key != project.key and any(w.under in own for w in one.spellings)]
        return tuple(sorted(found, key=lambda one: (one.first or dt.date.max, one.key)))

    def renamed(self, record: R) -> R:
        """A record as it is handed out: an update with the key of its project."""
        if not isinstance(record, Update):
            return record
        key = self.key(spellings.tag(record)) or record.key
        return record if key == record.key else msgspec.structs.replace(record, key=key)

    def in_facets(self, facets: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
        """An engine's counts, those of the `project` facet by project instead of by spelling, most frequent first."""
        keys = self.keys(facets["project"])
        found: Counter[str] = Counter()
        for tag, count in facets["project"].items():
            found[keys.get(tag, tag)] += count
        return {**facets, "project": dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))}


def plain(name: str) -> str:
    """Without space and signs: `PCI-DSS 认证` -> pcidss认证."""
    return _SIGNS.sub("", fold(name))
