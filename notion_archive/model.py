"""The nouns: what is handed from room to room. Every one is a frozen value, made in one place.

Page -> Block -> Item -> Record -> Report -> Document -> Results. Records and reports live in `kinds` and `reports`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

from msgspec import Struct

Format = Literal["markdown", "html", "csv"]


class Problem(Struct, frozen=True, kw_only=True):
    """Something odd in the input: where, and a sentence about it. Collected and reported, never raised."""

    page: str
    line: int | None = None
    message: str


class Skipped(Struct, frozen=True, kw_only=True):
    """A file of an export that was not read, with its full path and the reason as a sentence."""

    path: str
    reason: str


class Page(Struct, frozen=True, kw_only=True):
    """One exported page as it came: the text of a Markdown, HTML or CSV file and its place in the export.

    `id` is the page id in the file name where it has one (Notion: 32 hex, wolai: 22 base58), else a digest of `path`.
    `path` is `/`-separated, decoded, NFC, without the `Export-…` folders around the tree.
    """

    id: str
    path: str
    text: str
    format: Format = "markdown"


class Block(Struct, frozen=True, kw_only=True):
    """A piece of a page as its author marked it up; what Markdown, HTML and CSV become before anything is understood.

    `text` is clean of markup, its own line breaks kept; `lines` is the 1-based span in the page, children included;
    `numbers` are the page's lines of the text's own lines.
    `level` is a heading's; `marker` is what stood before an item (`-`, `3.`, `[x]`); `rows` is a table, header first.
    `inner` are text and children of an outermost item of HTML as they follow each other.
    """

    type: Literal["heading", "paragraph", "item", "table", "code", "quote"]
    text: str
    lines: tuple[int, int]
    level: int = 0
    marker: str = ""
    bold: str = ""  # the words set in bold at the beginning of the text, often a name
    within: str = ""  # the only words in bold in the first sentence of a paragraph that begins otherwise
    numbers: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    row_lines: tuple[tuple[int, int], ...] = ()
    children: tuple["Block", ...] = ()
    inner: tuple["Block", ...] = ()


SectionKind = Literal["incident", "metric", "goal", "update", "note", "skip"]


class Field(Struct, frozen=True, kw_only=True):
    """A labelled part of an item: `原因：行方专线抖动` -> label 原因, value 行方专线抖动; a table's cell under its head.

    `within`: the label stands inside a sentence (`…失败，原因：表头多一列，21:05恢复`), whose end may be no part of the value.
    """

    label: str
    value: str
    within: bool = False


class Item(Struct, frozen=True, kw_only=True):
    """One thing an author wrote, however it was laid out: a bullet, a table row, a heading with bullets, a paragraph.

    `text` are its own words, `lead` those outside every labelled field; `kind` is what the section it stands in holds,
    None where no heading says; `name` is set off by the author (bold, heading, the name column); `group` is the list or
    heading it stands under; `lines` includes the children, `own` does not.
    """

    text: str
    lead: str
    lines: tuple[int, int]
    own: tuple[int, int]
    shape: Literal["bullet", "paragraph", "row", "card"]
    kind: SectionKind | None = None
    section: tuple[str, ...] = ()
    objective: str | None = None
    group: str | None = None
    name: str = ""
    marker: str = ""
    label: str = ""  # the heading or label this item says something under, inside a card: 风险
    fields: tuple[Field, ...] = ()
    children: tuple["Item", ...] = ()


class Link(Struct, frozen=True, kw_only=True):
    """A link to another page of the export: `report` is the id of the page it resolves to, null while it does not."""

    text: str
    path: str
    date: dt.date | None = None
    report: str | None = None


class Document(Struct, frozen=True, kw_only=True):
    """What an engine keeps: one record, or the part of a page that is in no record. No engine looks inside `body`.

    `tags` are exact facts, each once, `name:value` (`institution:中国光大银行`, `project:账户2.0`, `year:2023`); `day` is ISO
    or null; `body` is the record (or the report without its records) as JSON; `brief`, of some kinds, the little of it
    that is asked of very many at once.
    """

    key: str
    page: str
    kind: str
    day: str | None
    title: str
    text: str
    tags: tuple[str, ...]
    body: bytes
    brief: bytes = b""


class Term(Struct, frozen=True, tag=True):
    """Documents with this text in their title or text, as `text.find` says; `prefix`: the last word may go on."""

    text: str
    prefix: bool = False


class Tag(Struct, frozen=True, tag=True):
    """Documents with exactly this tag."""

    tag: str


class Days(Struct, frozen=True, tag=True):
    """Documents of these days: ISO, both included, None for no bound. A document without a day is in no span."""

    first: str | None
    last: str | None


class Pages(Struct, frozen=True, tag=True):
    """Documents of one of these pages."""

    pages: tuple[str, ...]


class All(Struct, frozen=True, tag=True):
    """Documents that every part finds; no parts: every document."""

    parts: tuple["Clause", ...]


class Any(Struct, frozen=True, tag=True):
    """Documents that one of the parts finds; no parts: none."""

    parts: tuple["Clause", ...]


class Not(Struct, frozen=True, tag=True):
    """Documents that the part does not find."""

    part: "Clause"


Clause = Term | Tag | Days | Pages | All | Any | Not
EVERYTHING = All(())
Sort = Literal["relevance", "newest", "oldest"]


class Query(Struct, frozen=True, kw_only=True):
    """A question to an engine. An empty tuple or None asks for nothing in particular.

    `since` and `until` are ISO days, both included; a document without a day is in no span of days. `sort`: *newest*
    and *oldest* by day, a document without a day last; *relevance* first those with more of the terms in their title,
    then the newest. Documents that are equal in this stand in the order of `page`, within a page as they were stored.
    `facets` names the tags to count over all hits. `limit` None: all hits. `once`: records of a kind whose title and
    text fold to the same are one hit, the first of them in the order asked for; `limit` and `offset` count such hits.
    `counts`: how many hits meet each of these clauses, too.
    """

    where: Clause = EVERYTHING
    kinds: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    sort: Sort = "newest"
    limit: int | None = None
    offset: int = 0
    facets: tuple[str, ...] = ()
    once: bool = False
    counts: tuple[Clause, ...] = ()


class Same(Struct, frozen=True, kw_only=True):
    """Another document that says what a hit says: its key, page and day."""

    key: str
    page: str
    day: str | None


class Hit(Struct, frozen=True, kw_only=True):
    """A document that was found; `score` is the number of the query's terms that stand in its title, plus one.

    `others` are the documents that this hit stands for too, in the order asked for; none unless asked for `once`.
    """

    document: Document
    score: float
    others: tuple[Same, ...] = ()


class Results(Struct, frozen=True, kw_only=True):
    """An engine's answer: how many documents there are in all, the hits of this page, and counts by tag value over all.

    `facets["institution"]["中国银行"]` is the number of hits with the tag `institution:中国银行`; most frequent first,
    then by value. `distinct` is the number of hits there are in all where it was asked for `once`.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]] = {}
    distinct: int | None = None
    counts: tuple[int, ...] = ()


class Brief(Struct, frozen=True, gc=False):
    """A document's brief, with its page and its day, ISO or null."""

    page: str
    day: str | None
    brief: bytes


class Engine(Protocol):
    """Keeps documents and answers queries. Every engine gives the same answers as `engines.memory`."""

    def replace(self, documents: Mapping[str, Sequence[Document]]) -> None:
        """Put these in place of everything kept for each page (key of the mapping); all of it or nothing."""

    def remove(self, pages: Iterable[str]) -> None:
        """Drop everything kept for these pages; all of it or nothing. An unknown page is no error."""

    def search(self, query: Query) -> Results:
        """Answer a query."""

    def briefs(self, query: Query) -> list[Brief]:
        """The briefs of all a query finds that have one, in no particular order: what is fast where there are many."""

    def words(self, beginning: str) -> dict[str, int]:
        """The index terms (`text.cut`) that begin so, and in about how many titles and texts each of them stands."""

    def state(self) -> str:
        """What changes whenever documents do and never comes back: while it is the same, what was worked out of all of them
        still holds."""

    def tidy(self) -> None:
        """After many changes: whatever makes questions faster. No answer changes."""

    def close(self) -> None:
        """Let go of files. Safe to call twice."""
