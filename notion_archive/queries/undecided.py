"""Names that may be an institution's: where they stand, and what to write into `institutions.csv` to decide it."""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from notion_archive import text
from notion_archive.institutions import Institutions
from notion_archive.mentions import Mention
from notion_archive.records import AnyRecord, ReadPage

LineOf = Callable[[AnyRecord, str], int]
_CITED = 3  # so many places of a name are shown
_AROUND = 24  # so many characters of the sentence on each side
_NEIGHBOURS = re.compile(r"[\u4e00-\u9fff]{1,2}| [A-Za-z]+")
_NEIGHBOURS_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,2}$")


class Cited(Struct, frozen=True, kw_only=True):
    """A sentence with such a name, as much of it as one needs, and its place."""

    page: str
    line: int
    text: str


class Undecided(Struct, frozen=True, kw_only=True):
    """A name that may be meant, how often it stands there, and some of the places.

    `counts` is the line for `institutions.csv` that makes it count everywhere; `never` the one for words of these places
    in which it is no name, null where it stands by itself.
    """

    alias: str
    institution: str
    count: int
    places: tuple[Cited, ...]
    counts: str
    never: str | None


def undecided(pages: Iterable[ReadPage], known: Institutions, line_of: LineOf) -> tuple[Undecided, ...]:
    """What is undecided in these pages, the most frequent first. `客户平安二字居中` -> 平安, which may be 平安银行.

    `line_of` says on which line of its page a record has a word.
    """
    kinds = {row.name: row.kind for row in known.rows}
    found: dict[tuple[str, str], dict[Cited, list[str]]] = {}
    written: dict[str, str] = {}
    for page in pages:
        for at, words in _told(page):
            for mention in known.mentions(words):
                vouched = not isinstance(at, int) and mention.institution in at.institutions
                if not mention.sure and not vouched and kinds[mention.institution] != "other":
                    line = at if isinstance(at, int) else line_of(at, text.fold(mention.alias))
                    place = Cited(page=page.report.path, line=line, text=_around(words, mention))
                    name = (text.fold(mention.alias), mention.institution)
                    written.setdefault(name[0], mention.alias)
                    found.setdefault(name, {}).setdefault(place, []).extend(_inside(words, mention))
    listed = [
        _undecided(written[alias], institution, kinds[institution], places)
        for (alias, institution), places in found.items()
    ]
    return tuple(sorted(listed, key=lambda one: (-one.count, one.institution, one.alias)))


def _told(page: ReadPage) -> Iterator[tuple[AnyRecord | int, str]]:
    """Records, and lines outside of them, with their words."""
    yield from ((record, record.text) for record in page.report.records)
    yield from page.rest


def _undecided(alias: str, institution: str, kind: str, places: dict[Cited, list[str]]) -> Undecided:
    cited = list(places)[:_CITED]
    inside = dict.fromkeys(word for place in cited for word in places[place])
    first, *others = inside or [""]
    return Undecided(
        alias=alias, institution=institution, count=len(places), places=tuple(cited),
        counts=f"{institution},{kind},{alias},", never=f"{first},stop,{';'.join(others)}," if inside else None,
    )  # fmt: skip


def _around(words: str, mention: Mention) -> str:
    first, last = max(0, mention.start - _AROUND), mention.end + _AROUND
    return f"{'…' if first else ''}{words[first:last]}{'…' if last < len(words) else ''}"


def _inside(words: str, mention: Mention) -> list[str]:
    """The alias with the characters it stands with: 平安二字."""
    if after := _NEIGHBOURS.match(words, mention.end):
        return [words[mention.start : after.end()]]
    before = _NEIGHBOURS_BEFORE.search(words[: mention.start])
    return [words[before.start() : mention.end]] if before else []
