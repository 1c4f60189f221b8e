"""Links between pages: by the id in the link, then by the exact path, then by the title within the folder."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Set

import msgspec
from msgspec import Struct

from notion_archive import identity, patterns
from notion_archive.model import Link
from notion_archive.records import Report

_ID = patterns.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WOLAI_ID = patterns.compile(r"(?:/|_)([1-9A-HJ-NP-Za-km-z]{21,22})(?=$|[?#.])")


class Place(Struct, frozen=True, kw_only=True):
    """What a link can be resolved by: a page's id, path and title."""

    id: str
    path: str
    title: str


class Pages:
    """The pages there are, by everything a link may name them by."""

    def __init__(self, places: Iterable[Place]) -> None:
        places = sorted(places, key=lambda place: place.path)
        self._ids = {place.id for place in places}
        self._paths = {_plain(place.path): place.id for place in places}
        self._titles: dict[tuple[str, str], str] = {}
        self._names: dict[str, set[str]] = {}
        for place in places:
            folder = posixpath.dirname(_plain(place.path))
            for name in {_title(place.title), _title(identity.name_without_id(place.path))}:
                self._titles.setdefault((folder, name), place.id)
                self._names.setdefault(name, set()).add(place.id)

    def resolve(self, link: Link, page: str) -> str | None:
        """The id of the page that a link on the page with this path means, None where no page here is meant.

        `2023-03-28%20周二_bww….md` is found by its id wherever the file lies; `[[周会]]` by its title if one has it.
        """
        if found := by_id(link, self._ids):
            return found
        folder = posixpath.dirname(_plain(page))
        for path in (link.path, re.sub(r"[#?].*$", "", link.path)):
            plain = _plain(path)
            for candidate in (posixpath.normpath(posixpath.join(folder, plain)), plain.lstrip("/")):
                if candidate in self._paths:
                    return self._paths[candidate]
        name = _title(identity.name_without_id(link.path))
        near = self._titles.get(
            (posixpath.normpath(posixpath.join(folder, posixpath.dirname(_plain(link.path)))), name)
        )
        named = self._names.get(name, set())
        return near or (next(iter(named)) if len(named) == 1 and "/" not in link.path else None)


def by_id(link: Link, ids: Set[str]) -> str | None:
    """The id in a link, if it is one of these."""
    found = (one.replace("-", "") for one in (*_ID.findall(link.path), *_WOLAI_ID.findall(link.path)))
    return next((str(one) for one in found if one in ids), None)


def resolved(report: Report, pages: Pages) -> Report:
    """The report with its links resolved as far as these pages go."""
    links = tuple(msgspec.structs.replace(link, report=pages.resolve(link, report.path)) for link in report.links)
    return msgspec.structs.replace(report, links=links)


def place_of(report: Report) -> Place:
    """Where a report can be linked to."""
    return Place(id=report.id, path=report.path, title=report.title)


def _plain(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _title(words: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", words)).lower()
