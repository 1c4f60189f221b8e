"""A page in, a report out. Pure: nothing here opens a file, reads a clock or asks a setting."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import msgspec

from notion_archive import clock, day_habits, kinds, naming, numbering, stamps, text, titles
from notion_archive import identity as identity_room
from notion_archive.kinds import Reading
from notion_archive.kinds.byline import tells_days
from notion_archive.lexicon import Lexicon
from notion_archive.markup import entry, fields, items, outline, whole
from notion_archive.markup import page as pages
from notion_archive.markup.inline import RawLink
from notion_archive.markup.outline import Section
from notion_archive.model import Block, Item, Link, Page, SectionKind
from notion_archive.numbering import ISO, Numbering
from notion_archive.period import Period
from notion_archive.records import AnyRecord, Metric, ReadPage, Report
from notion_archive.titles import Identity
from notion_archive.vocabulary import Vocabulary

_PAGE_LINK = re.compile(r"\.(?:md|markdown|html?|csv|txt)(?:[#?].*)?$", re.IGNORECASE)
_LEADS = re.compile(r"[^\s:：]{1,8}[:：]\s*")
_ENCLOSED = re.compile(r"(?:附|附件|另附|详见|参见|see also|see|previous|prev)\s*[:：]\s*", re.IGNORECASE)
_PAGE_HOST = re.compile(r"https?://(?:[\w-]+\.)?(?:notion\.so|notion\.site|wolai\.com)/", re.IGNORECASE)
_DEAD = re.compile(r"https?://(?:www\.)?notion\.soundefined")  # what Notion writes for a page that was deleted
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PAGE_ID = re.compile(
    r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|/[1-9A-HJ-NP-Za-km-z]{21,22}(?=$|[?#])"
)


def read_report(page: Page, words: Vocabulary) -> Report:
    """Everything a page says: what it is, what it covers, whom it links to, and its records in document order.

    `# 周报 2023-04-09` and `- 账户2.0：联调中` -> a weekly report of 4/3 to 4/9 with one update.
    """
    return read_page(page, words).report


def read_pages(pages: Iterable[Page], words: Vocabulary) -> tuple[ReadPage, ...]:
    """The pages of one house, of which each id counts as it comes last: its weeks are numbered as its reports tell.

    Where `2023 W15 (4/3-4/9)` and others show that the house counts one week ahead, `2023 W17` is 4/17 to 4/23.
    """
    read: dict[str, ReadPage] = {}
    counted: dict[str, Page] = {}
    for page in pages:
        read[page.id] = read_page(page, words)
        if read[page.id].counted:
            counted[page.id] = page
    house = numbering.learn(one.report for one in read.values() if not one.counted)
    for page in counted.values():
        if read[page.id].counted and house.moves(read[page.id].report):
            read[page.id] = read_page(page, words, house)
    return tuple(read.values())


def read_page(page: Page, words: Vocabulary, house: Numbering = ISO) -> ReadPage:
    """The report of a page and what is left beside its records, so that a search misses nothing.

    `house` says how its weeks are numbered, for a report that states a number and no day.
    """
    marked = pages.read(page, words.lexicon)
    title = marked.titles[0] if marked.titles else identity_room.title(page.path)
    headings = tuple(_headings(marked.blocks))
    lines = (line for block in marked.blocks[:3] for line in block.text.split("\n"))
    below = next(filter(tells_days, lines), "")
    identity = titles.read(title, page.path, marked.properties, headings, words.lexicon, house, below)
    root = _without_contents(outline.read(marked.blocks, marked.titles, words.lexicon), marked.links)
    period = _with_habits(identity.period, title, marked.blocks)
    reading = Reading(report=page.id, period=period, lexicon=words.lexicon, institutions=words.institutions)
    found = kinds.numbered(kinds.read_all(_items(root, title, marked, identity, words.lexicon), reading))
    vouched = _vouched(found, title, words)  # type: ignore[arg-type]
    records = tuple(words.fixes.applied(record, reading) for record in vouched)
    report = Report(
        id=page.id, kind=identity.kind, title=title, path=page.path, year=identity.year, week=identity.week,
        date=identity.date, start=identity.start, end=identity.end, created=clock.iso(identity.created),
        properties=marked.properties, links=tuple(_links(marked.links)), records=records,
    )  # fmt: skip
    added = {record.id: told for record in records if (told := words.fixes.words(record))}
    return ReadPage(report=report, rest=tuple(_rest(marked, report)), added=added, counted=identity.counted)


def _vouched(records: Iterable[AnyRecord], title: str, words: Vocabulary) -> Iterator[AnyRecord]:
    """The records of a page, on which a name that surely means a bank in one means it in all: `BOC: whitelist us` and
    `BOC signed it by mail`.
    """
    found = list(records)
    known = {name for record in found for name in record.institutions} | set(words.institutions.named(title))
    for record in found:
        named = words.institutions.vouched(record.text, known) if known and not isinstance(record, Metric) else ()
        more = tuple(name for name in named if name not in record.institutions)
        yield msgspec.structs.replace(record, institutions=(*record.institutions, *more)) if more else record


def _with_habits(period: Period, title: str, blocks: tuple[Block, ...]) -> Period:
    """A report's days, and how its author writes them: `17/11`, `6.12`."""
    levelled = text.level("\n".join(line for _, line in _lines(blocks)))
    return msgspec.structs.replace(
        period, day_first=day_habits.is_day_first(levelled, period.anchor), dotted=day_habits.is_dotted(title, levelled)
    )


def _without_contents(section: Section, links: tuple[RawLink, ...]) -> Section:
    """Without headings that own nothing but links to pages, `## Stand-ups of this week` and the five of them, and without
    a line below the title that only leads to another page: `上周：[周报 2024-06-07](…md)`.
    """
    pages_linked = {raw.text for raw in links if _is_page(raw)}
    if not pages_linked:
        return section
    body = tuple(
        _without_contents(part, links) if isinstance(part, Section) else part
        for part in section.body
        if not (
            part.body and all(_is_link(one, pages_linked) for one in part.body)
            if isinstance(part, Section)
            else _leads_elsewhere(part, pages_linked, anywhere=not section.name)
        )
    )  # fmt: skip
    return msgspec.structs.replace(section, body=body)


def _is_link(part: Section | Block, linked: set[str]) -> bool:
    """Whether a part of a page is nothing but links to daily reports: `[2023-03-28 周二](…md)`."""
    if isinstance(part, Section) or part.rows or not part.text:
        return False
    return all(line in linked for line in part.text.split("\n")) and all(_is_link(one, linked) for one in part.children)


def _leads_elsewhere(block: Block, linked: set[str], *, anywhere: bool) -> bool:
    """Whether a line is a word and a link: `上周的：[第20周 2024-05-17](…md)`; in a section only `附：[…](…md)`."""
    found = (_LEADS if anywhere else _ENCLOSED).match(block.text)
    return found is not None and not block.children and block.text[found.end() :].strip() in linked


def _rest(marked: pages.Marked, report: Report) -> Iterator[tuple[int, str]]:
    """Headings, properties and whatever else no record says, with their lines: (1, `负责人: 王芳`).

    All of an HTML page may stand on one line, so nothing is left out merely because a record stands on its line.
    """
    texts = {record.text for record in report.records}
    by_line: dict[int, list[str]] = {}
    for record in report.records:
        for line in range(record.lines[0], record.lines[1] + 1):
            by_line.setdefault(line, []).append(record.text)
    yield from ((1, title) for title in marked.titles[1:])
    for key, value in marked.properties.items():
        if not any(fields.one_line(value) in text for text in by_line.get(1, ())):
            yield 1, f"{key}: {value}"
    for line, words in _lines(marked.blocks):
        own = naming.ordinal(words)[1].strip()  # a record does not repeat the `1、` it was listed with
        said = by_line.get(line, ())
        if not said or (words not in texts and not any(own in text for text in said)):
            yield line, words


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    """Every line of blocks with its number; of a table its rows: `| 中行 | 超时 |` -> "中行 | 超时"."""
    for block in blocks:
        lines = block.text.split("\n") if block.text else []
        numbers = block.numbers or range(block.lines[0], block.lines[0] + len(lines))
        yield from zip(numbers, lines, strict=False)
        for row, span in zip(block.rows, block.row_lines, strict=True):
            yield span[0], fields.one_line(" | ".join(cell for cell in row if cell))
        yield from _lines(block.children)


def _headings(blocks: tuple[Block, ...]) -> list[str]:
    """Headings, and the short lines that may serve as such: `## 本周进展`, `下周计划`."""
    found = []
    for block in blocks:
        if block.type == "heading" or (block.type in ("paragraph", "item") and len(block.text) <= 16):
            found.append(block.text)
    return found


def _items(
    root: Section, title: str, marked: pages.Marked, identity: Identity, words: Lexicon
) -> tuple[Item, ...]:  # fmt: skip
    """What no heading says is progress in a report, a note in a duty log and elsewhere; of a database only its columns say.

    A postmortem (`# 故障复盘`, `## 根因`) is one incident; so is the page of an incident; below the properties of a task
    there are notes on it.
    """
    if identity.kind != "page":
        return _of_report(root, title, words)
    row = entry.read(title, marked.properties, marked.blocks, marked.top, words)
    named = words.words("words", "postmortem").search(text.level(title))
    told = whole.tells_of_one(root, words) or (named and any(isinstance(part, Section) for part in root.body))
    if told and not (row and row.kind == "incident"):
        return whole.read(root, words, title, marked.properties)
    if row and row.kind == "incident":
        below = whole.read(root, words, title, {}) if marked.properties else ()
        parts = below[0].children if below else ()
        last = max([row.lines[1], *(part.lines[1] for part in parts)])
        return (msgspec.structs.replace(row, lines=(row.lines[0], last), children=parts), *below[1:])
    if _only_leads_to_database(marked):
        return ()
    is_database = all(isinstance(part, Block) and part.type == "table" for part in root.body)
    found = items.read(root, words, None if is_database else "note")
    return (row, *found) if row else found


def _only_leads_to_database(marked: pages.Marked) -> bool:
    """Whether a page is only the place of a database, whose rows are read elsewhere: `[任务](任务%201b….csv)`."""
    databases = {link.text for link in marked.links if link.target.lower().endswith(".csv")}
    return bool(databases) and all(block.text in databases for block in marked.blocks)


def _of_report(root: Section, title: str, words: Lexicon) -> tuple[Item, ...]:
    """What stands before a report's first heading is a foreword, not progress.

    In a duty log (`值班日志 2023-06-14`) what a line tells of the day is no project: `09:42 变更：网关扩容 2 台，10:05 完成`.
    """
    kind: SectionKind = "note" if words.words("words", "duty").search(text.level(title)) else "update"
    first = next((place for place, part in enumerate(root.body) if isinstance(part, Section)), 0)
    before, after = (msgspec.structs.replace(root, body=body) for body in (root.body[:first], root.body[first:]))
    return (
        *(
            msgspec.structs.replace(item, kind="note") if item.shape == "paragraph" else item
            for item in items.read(before, words, kind)
        ),
        *items.read(after, words, kind),
    )


def _links(found: tuple[RawLink, ...]) -> list[Link]:
    """Links to pages: relative ones to a page's file, `[12/4 日报](a.md)`, absolute ones to a page of Notion or wolai."""
    links = []
    for raw in found:
        if not _is_page(raw):
            continue
        path = decoded(raw.target)
        span = stamps.span(raw.text) or stamps.span(identity_room.title(path))
        links.append(Link(text=raw.text, path=path, date=span.day if span else None))
    return links


def _is_page(raw: RawLink) -> bool:
    """`日报%20a1b2….md` and `https://www.notion.so/…` are pages, `https://jira.example/PAY-1` is none."""
    if _DEAD.match(raw.target):
        return True
    if _PAGE_HOST.match(raw.target):
        return _PAGE_ID.search(raw.target) is not None
    return _SCHEME.match(raw.target) is None and _PAGE_LINK.search(raw.target) is not None


def decoded(target: str) -> str:
    """A link's target with its percent signs read, however often it was encoded; a lone `%` stays."""
    for _ in range(3):
        plain = unquote(target, errors="strict") if _decodes(target) else target
        if plain == target:
            break
        target = plain
    return target


def _decodes(target: str) -> bool:
    """Whether a link's target can be read: "%E5%91%A8%E6%8A%A5.md" -> True, "%FF%FE.md" -> False."""
    try:
        unquote(target, errors="strict")
    except UnicodeDecodeError:
        return False
    return True
