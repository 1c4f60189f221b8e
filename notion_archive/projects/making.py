"""How the book of projects is made and kept: of all updates, or of what is kept and the pages that have changed since."""

import zlib
from collections.abc import Iterable, Mapping
from functools import cached_property

import msgspec

from notion_archive import naming
from notion_archive.database import Database
from notion_archive.model import EVERYTHING
from notion_archive.projects import groups, tables
from notion_archive.projects.book import Project, Why
from notion_archive.projects.changes import changed
from notion_archive.projects.corrections import Corrections
from notion_archive.projects.groups import Claim
from notion_archive.projects.joining import Joined, join
from notion_archive.projects.names import entry
from notion_archive.projects.spellings import Spelling, gather
from notion_archive.projects.terms import Terms
from notion_archive.projects.touched import Updates, gathered, told_otherwise
from notion_archive.projects.workings import Entry, Workings
from notion_archive.records import Update
from notion_archive.vocabulary import Vocabulary

_PROJECT = msgspec.msgpack.Decoder(Project)
_CLAIM = msgspec.msgpack.Decoder(Claim)


class Making:
    """Writes to the tables inside of a transaction of the caller's."""

    def __init__(self, database: Database, words: Vocabulary, updates: Updates) -> None:
        self._database = database
        self._updates = updates
        self._words = words

    @cached_property
    def _terms(self) -> Terms:
        return Terms(self._words.lexicon, self._words.institutions)

    def whole(self, said: Corrections) -> None:
        """Join everything anew."""
        tables.empty(self._database)
        found = self._gather(self._updates(EVERYTHING))
        came = {number: entry(spelling, self._terms) for number, spelling in enumerate(found)}
        workings = Workings()
        touched = changed(workings, came, self._terms)
        tables.write_lists(self._database, workings)
        workings.let_go_of_names()
        joined = join(workings, touched, self._terms, said)
        numbers = {spelling.tag: number for number, spelling in enumerate(found)}
        tables.write(self._database, workings, _leaders(joined, numbers))
        self._write_apart(joined, numbers)
        own = [group for group in joined.groups if groups.is_project(group)]
        preferred = groups.preferences(own, said)
        claims = [groups.claim(group, preferred.get(at)) for at, group in enumerate(own)]
        for project, claim, key in zip(groups.projects(joined, preferred), claims, groups.keys(claims), strict=True):
            self._put(numbers[claim.tag], msgspec.structs.replace(project, key=key), claim)

    def part(self, before: Iterable[Update], after: Iterable[Update]) -> None:
        """Put right what is kept, where some pages say what they say `after` in place of what they said `before`."""
        workings = Workings(tables.before(self._database))
        came = self._came(workings, told_otherwise(before, after))
        if not came:
            return
        joined = join(workings, changed(workings, came, self._terms), self._terms)
        inner = {spelling.tag for group in joined.groups for spelling in group}
        numbers = {tag: number for tag in joined.names if (number := workings.tagged[tag]) is not None}
        moved = {numbers[tag] for tag in inner} | {number for number, one in came.items() if one is None}
        beside = self._apart_from(moved)
        self._drop_all(moved)
        tables.write_lists(self._database, workings)
        tables.write(self._database, workings, _leaders(joined, numbers))
        self._write_apart(joined, numbers)
        beside |= self._apart_from(moved)
        claims = dict(self._claims())
        found: dict[int, Project] = {}
        own = [group for group in joined.groups if groups.is_project(group)]
        for project, group in zip(groups.projects(joined, {}), own, strict=True):
            number = numbers[group[0].tag]
            found[number], claims[number] = project, groups.claim(group)
        for number in self._projects_of(beside - moved):
            before_it = self._project(number)
            found[number] = msgspec.structs.replace(before_it, apart=self._apart(number, workings))
        self._write_keys(found, claims)

    def _gather(self, updates: Iterable[Update]) -> tuple[Spelling, ...]:
        endings = naming.KeyWords.of(self._terms.endings)
        return gather(updates, endings, self._words.lexicon.words("words", "whole"))

    def _came(self, workings: Workings, tags: set[str]) -> dict[int, Entry | None]:
        """The spellings with these tags that are others now, those that are new with a number of their own."""

        def known(tag: str) -> Spelling | None:
            number = workings.tagged[tag]
            return None if number is None else workings.entry(number).spelling

        came: dict[int, Entry | None] = {}
        rows = self._database.rows
        following = rows("SELECT coalesce(max(number), -1) + 1 FROM spellings")[0][0]
        below = "SELECT tag FROM spellings WHERE under = ?"
        now = gathered(tags, self._updates, self._gather, known, lambda tag: (one for (one,) in rows(below, (tag,))))
        for tag, spelling in sorted(now.items()):
            number = workings.tagged[tag]
            if number is None:
                number, following = following, following + 1
            if known(tag) != spelling:
                came[number] = entry(spelling, self._terms) if spelling else None
        return came

    def _write_apart(self, joined: Joined, numbers: Mapping[str, int]) -> None:
        """What was kept apart, from both sides."""
        both = ((numbers[one], numbers[other], by) for one, other, by in joined.apart)
        rows = (row for one, other, by in both for row in ((one, other, by), (other, one, by)))
        self._database.execute_many("INSERT INTO apart VALUES (?, ?, ?)", rows)

    def _apart_from(self, numbers: set[int]) -> set[int]:
        """The spellings that are kept apart from one of these."""
        sql = "SELECT other FROM apart WHERE one IN (SELECT value FROM json_each(?))"
        return {other for (other,) in self._database.rows(sql, (_listed(numbers),))}

    def _projects_of(self, numbers: set[int]) -> set[int]:
        sql = "SELECT p.number FROM spellings s JOIN projects p ON p.number = s.project WHERE s.number IN (SELECT value FROM json_each(?))"
        return {number for (number,) in self._database.rows(sql, (_listed(numbers),))}

    def _apart(self, number: int, workings: Workings) -> tuple[Why, ...]:
        """What the spellings of a project were kept apart from, in the order of their tags and of the others' projects'."""
        rows = self._database.rows(
            "SELECT a.one, a.other, a.by FROM spellings s JOIN apart a ON a.one = s.number JOIN spellings o ON o.number = a.other"
            " JOIN spellings l ON l.number = o.project WHERE s.project = ? ORDER BY s.tag, l.tag",
            (number,),
        )
        name = {one: workings.entry(one).spelling.name for row in rows for one in row[:2]}
        return tuple(Why(names=(name[one], name[other]), by=(by,)) for one, other, by in rows)

    def _drop_all(self, numbers: set[int]) -> None:
        """What these spellings were part of is not kept any more."""
        for number in self._projects_of(numbers):
            self._drop(number, self._project(number))
        listed = _listed(numbers)
        for side in ("one", "other"):
            self._database.execute(f"DELETE FROM apart WHERE {side} IN (SELECT value FROM json_each(?))", (listed,))

    def _claims(self) -> Iterable[tuple[int, Claim]]:
        found = self._database.rows("SELECT number, claim FROM projects")
        return ((number, _CLAIM.decode(zlib.decompress(claim))) for number, claim in found)

    def _project(self, number: int) -> Project:
        (body,) = self._database.rows("SELECT body FROM projects WHERE number = ?", (number,))[0]
        return _PROJECT.decode(zlib.decompress(body))

    def _write_keys(self, found: dict[int, Project], claims: Mapping[int, Claim]) -> None:
        """Keep these projects, and those that have another key now."""
        kept = dict(self._database.rows("SELECT number, key FROM projects"))
        keys = dict(zip(claims, groups.keys(list(claims.values())), strict=True))
        for number in found.keys() | {number for number, key in kept.items() if keys[number] != key}:
            if number in kept:
                self._drop(number, before := self._project(number))
                found.setdefault(number, before)
            self._put(number, msgspec.structs.replace(found[number], key=keys[number]), claims[number])

    def _put(self, number: int, project: Project, claim: Claim) -> None:
        row = (number, project.key, project.name, claim.tag, tables.packed(claim), tables.packed(project))
        self._database.execute("INSERT INTO projects VALUES (?, ?, ?, ?, ?, ?)", row)
        self._database.execute_many("INSERT INTO names VALUES (?, ?, ?)", _names(number, project))

    def _drop(self, number: int, project: Project) -> None:
        self._database.execute("DELETE FROM projects WHERE number = ?", (number,))
        sql = "DELETE FROM names WHERE plain = ? AND is_key = ? AND number = ?"
        self._database.execute_many(sql, _names(number, project))


def _names(number: int, project: Project) -> list[tuple[str, int, int]]:
    both = enumerate((project.plain_names, project.plain_keys))
    return [(name, is_key, number) for is_key, names in both for name in names]


def _leaders(joined: Joined, numbers: Mapping[str, int]) -> dict[int, int]:
    """The first spelling of the project of each."""
    return {numbers[one.tag]: numbers[group[0].tag] for group in joined.groups for one in group}


def _listed(numbers: set[int]) -> str:
    return msgspec.json.encode(sorted(numbers)).decode()
