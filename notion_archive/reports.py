"""A page in, a report out. Pure: nothing here opens a file, reads a clock or asks a setting."""

import datetime as dt
import re
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from notion_archive import institutions as institutions_room
from notion_archive import kinds, lexicon, stamps, text, titles
from notion_archive.institutions import Institutions
from notion_archive.kinds import AnyRecord, Reading
from notion_archive.lexicon import Lexicon
from notion_archive.markup import items, outline
from notion_archive.markup import page as pages
from notion_archive.markup.inline import RawLink
from notion_archive.markup.outline import Section
from notion_archive.markup.page import Marked
from notion_archive.model import Block, Item, Link, Page
from notion_archive.titles import Identity, ReportKind

_PAGE_LINK = re.compile(r"\.(?:md|markdown|html?|csv|txt)(?:[#?].*)?$", re.IGNORECASE)
_PAGE_HOST = re.compile(r"https?://(?:[\w-]+\.)?(?:notion\.so|notion\.site|wolai\.com)/", re.IGNORECASE)
_PAGE_ID = re.compile(
    r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|/[1-9A-HJ-NP-Za-km-z]{21,22}(?=$|[?#])"
)
_NAME_ID = re.compile(
    r"(?:[ _-]+)?(?:[0-9a-f]{32}|(?<=_)[1-9A-HJ-NP-Za-km-z]{21,22})(?:_all)?$|_[1-9A-HJ-NP-Za-km-z]{21,22}$"
)


class Words(Struct, frozen=True, kw_only=True):
    """What a report is read with."""

    lexicon: Lexicon
    institutions: Institutions


class Report(Struct, frozen=True, kw_only=True):
    """One exported page, understood, field by field as the record contract has it; dates are local to the report."""

    id: str
    kind: ReportKind
    title: str
    path: str
    year: int | None
    week: int | None
    date: dt.date | None
    start: dt.date | None
    end: dt.date | None
    created: dt.datetime | None
    properties: dict[str, str]
    links: tuple[Link, ...]
    records: tuple[AnyRecord, ...]


def our_words() -> Words:
    """The words the package ships."""
    return Words(lexicon=lexicon.load(), institutions=institutions_room.load())


def read_report(page: Page, words: Words) -> Report:
    """Everything a page says: what it is, what it covers, whom it links to, and its records in document order."""
    marked = pages.read(page, words.lexicon)
    title = marked.titles[0] if marked.titles else name_without_id(page.path)
    headings = tuple(_headings(marked.blocks))
    identity = titles.read(title, page.path, marked.properties, headings, words.lexicon)
    root = outline.read(marked.blocks, marked.titles, words.lexicon)
    reading = Reading(report=page.id, period=identity.period, lexicon=words.lexicon, institutions=words.institutions)
    found = kinds.read_all(_items(root, title, identity, marked, words.lexicon), reading)
    return Report(
        id=page.id, kind=identity.kind, title=title, path=page.path, year=identity.year, week=identity.week,
        date=identity.date, start=identity.start, end=identity.end, created=identity.created,
        properties=marked.properties, links=tuple(_links(marked.links)), records=tuple(kinds.numbered(found)),  # type: ignore[arg-type]
    )  # fmt: skip


def _headings(blocks: tuple[Block, ...]) -> list[str]:
    """Headings, and the short lines that may serve as such."""
    found = []
    for block in blocks:
        if block.type == "heading" or (block.type in ("paragraph", "item") and len(block.text) <= 16):
            found.append(block.text)
    return found


def _items(root: Section, title: str, identity: Identity, marked: Marked, words: Lexicon) -> tuple[Item, ...]:
    """The page's items: a postmortem is one; before the first heading of a report stands a foreword, not progress."""
    if identity.kind == "page":
        named = words.words("words", "postmortem").search(text.level(title))
        if items.tells_of_one(root, words) or (named and any(isinstance(part, Section) for part in root.body)):
            return items.whole(root, words, title, marked.properties)
        return items.read(root, words, "note")
    first = next((part.lines[0] for part in root.body if isinstance(part, Section)), 0)
    return tuple(
        msgspec.structs.replace(item, kind="note") if item.lines[0] < first and item.shape == "paragraph" else item
        for item in items.read(root, words, "update")
    )


def name_without_id(path: str) -> str:
    """The title a file name gives: `周报/第15周 2023-04-09 1f0c…a2.md` -> `第15周 2023-04-09`."""
    stem = re.sub(r"\.\w{2,8}$", "", path.split("/")[-1])
    return _NAME_ID.sub("", stem).strip() or stem


def _links(found: tuple[RawLink, ...]) -> list[Link]:
    """Links to pages: relative ones to a page's file, absolute ones to a page of Notion or wolai."""
    links = []
    for raw in found:
        page = _PAGE_HOST.match(raw.target) and _PAGE_ID.search(raw.target)
        local = not re.match(r"[a-z][a-z0-9+.-]*:", raw.target, re.IGNORECASE) and _PAGE_LINK.search(raw.target)
        if not page and not local:
            continue
        path = decoded(raw.target)
        span = stamps.span(raw.text) or stamps.span(name_without_id(path))
        links.append(Link(text=raw.text, path=path, date=span.day if span else None))
    return links


def decoded(target: str) -> str:
    """A link's target with its percent signs read, however often it was encoded; a lone `%` stays."""
    for _ in range(3):
        plain = unquote(target, errors="strict") if _decodes(target) else target
        if plain == target:
            break
        target = plain
    return target


def _decodes(target: str) -> bool:
    try:
        unquote(target, errors="strict")
    except UnicodeDecodeError:
        return False
    return True
