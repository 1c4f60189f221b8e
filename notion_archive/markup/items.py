"""An outline to items: each knows the headings it stands under and what kind of section that is (see `chapters`)."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from notion_archive import naming, numbers, text
from notion_archive.lexicon import Lexicon
from notion_archive.markup import chapters, fields, gathered, named_items, people, plain, standing, tables
from notion_archive.markup.headings import COLON, LINE_LEVEL
from notion_archive.markup.outline import Section
from notion_archive.model import Block, Field, Item, SectionKind

_ON_ONE_LINE = re.compile(r"(?P<name>[^:：\n]{2,16})[:：](?!(?<=\d.)\d\d)\s*(?P<rest>[^\n]+)")
_SEVERAL = 2
_ENDS, _GOES_ON = ("。", "；", "！"), ("，", "、", "：", ",", ":")
_LINE = 24  # no author breaks a sentence after so few signs
_NEXT = re.compile(r"\W*(?:下周(?![一二三四五六日天末])|next week\b)(?![^,，。]{0,8}[:：])")
_CAME = re.compile(r"(?:→|->|[,，;；、|]\s*|\s)(?:实际|现|预计|调整[为后])")  # 计划：5.10完成联调 → 实际：5.14完成
_OF_THESE_DAYS = re.compile(r"\W*(?:今[日天]|昨[日天]|[本上]周|this week|last week|today|yesterday)", re.IGNORECASE)
_OF_INCIDENTS = {"cause", "resolution", "summary", "impact", "follow_up", "timeline", "occurred", "recovered"}


class Place(Struct, frozen=True, kw_only=True):
    """Where in the outline an item stands."""

    kind: SectionKind | None = None
    section: tuple[str, ...] = ()
    objective: str | None = None
    group: str | None = None
    signed: bool = False  # whether each line begins with the person who did it
    within: bool = False  # whether a line of the page says what it holds, though it is no part of its section


def read(root: Section, lexicon: Lexicon, kind: SectionKind | None) -> tuple[Item, ...]:
    """The items of a page in its order; `kind` is what a section holds when no heading says."""
    return tuple(Reader(lexicon).items(root, Place(kind=kind)))


class Reader:
    """Turns sections and blocks into items."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def items(self, section: Section, place: Place) -> Iterator[Item]:
        """What a section owns, as items in its order; below `## 故障` what one incident is told by is gathered."""
        found = self._parts(section, place)
        if place.kind == "incident":
            title = section.name if section.kind is None else ""
            found = gathered.read(found, title, self.lexicon)
        yield from found

    def _parts(self, section: Section, place: Place) -> Iterator[Item]:
        """The items of all that a section holds; what is below a chapter, a person or a state is read as of that place.

        `## 进展` above `### 支付` above `#### 账户2.0` -> 账户2.0 with the section (进展, 支付).
        """
        section = chapters.with_today(section)
        beside = [part for part in section.body if isinstance(part, Section)]
        named = [part for part in beside if part.kind is None and self._is_card(part, place)]
        of_work = [part for part in beside if part in named or part.kind == "update"]
        chaptered = place.kind in ("update", None) and bool(named) and chapters.are_chapters(of_work, self.lexicon)
        unknown = [part.name for part in beside if part.kind is None]
        by_person = place.kind in ("update", None) and (
            people.are(part.name for part in beside) or people.head(unknown)
        )
        place = _signed(place, section.body)
        by_state = place.kind == "update" and standing.are(section.body, self.lexicon)
        for part in section.body:
            if not isinstance(part, Section):
                if plan := self._plan(part, place):
                    yield plan
                elif by_state and (state := standing.split(part, self.lexicon)):
                    held = msgspec.structs.replace(place, section=(*place.section, state))
                    yield from (item for one in standing.told(part) if (item := self.item(one, held)))
                else:
                    closing = place.kind == "goal" and chapters.is_closing(part, section)
                    yield from self.block(part, msgspec.structs.replace(place, kind="note") if closing else place)
            elif (by_person and part.kind in (None, "update")) or chapters.is_like_its_sibling(
                part, beside, self.lexicon
            ):
                yield from self.section(msgspec.structs.replace(part, kind="update"), place)
            elif not place.section and chapters.is_aside(part, beside, self.lexicon):
                yield from self.section(msgspec.structs.replace(part, kind="note"), place)
            elif part.kind is None and chapters.is_like_groups(part, named, self.lexicon):
                yield self.card(part, place)
            elif part in named and (
                chaptered
                or chapters.is_field(part, beside, self.lexicon)
                or chapters.is_of_prose(part, self.lexicon)
                or (not place.section and chapters.holds_all_projects(part, beside, self.lexicon))
            ):
                held = msgspec.structs.replace(place, section=(*place.section, part.name), group=part.name)
                yield from self.items(part, msgspec.structs.replace(held, kind="update"))
            else:
                yield from self.section(part, place)

    def section(self, section: Section, place: Place) -> Iterator[Item]:
        """What a heading owns, under the place the heading makes: `## 故障` makes incidents of its bullets."""
        name, kind = section.name, section.kind
        if kind == "skip":
            return
        if place.kind == "update" and chapters.is_carried(name, section.body, self.lexicon):
            kind = "update"
        inner = msgspec.structs.replace(place, section=(*place.section, name), group=name)
        if told := chapters.tells_of_incident(section, self.lexicon):
            card = self.card(told, msgspec.structs.replace(place, kind="incident"))
            yield msgspec.structs.replace(card, label=name)
        elif naming.is_objective(name):
            yield from self.items(section, msgspec.structs.replace(inner, objective=name, kind=place.kind or "update"))
        elif kind is not None:
            kind = (
                "metric" if kind == "incident" and place.kind == "metric" and chapters.is_of_numbers(section) else kind
            )
            kind = "metric" if kind == "update" and chapters.counts_only(section) else kind
            passing = section.level >= LINE_LEVEL and kind == "update"
            held = msgspec.structs.replace(place, within=True) if passing else inner
            yield from self.items(section, msgspec.structs.replace(held, kind=self._inner(kind, place, section)))
        elif not place.section and chapters.is_of_work(section, self.lexicon):
            yield from self.items(section, msgspec.structs.replace(inner, kind="update"))
        elif place.kind in ("update", None) and chapters.is_shift(section, self.lexicon):
            yield from self.items(section, msgspec.structs.replace(inner, kind="note"))
        elif place.kind != "goal" and chapters.is_of_numbers(section):
            yield from self.items(section, msgspec.structs.replace(inner, kind="metric"))
        elif (place.kind in ("incident", "update", None) and self._is_card(section, place)) or (
            place.kind == "note" and chapters.is_of_labels(section, self.lexicon)
        ):
            yield self.card(section, place)
        else:  # what stands below a heading that tells nothing must tell by itself what it is
            unsure = place.kind == "update" and not place.section
            yield from self.items(section, msgspec.structs.replace(inner, kind=None) if unsure else inner)

    def _is_card(self, section: Section, place: Place) -> bool:
        """Whether a heading is the name of one thing: `### 账户2.0` above `- 状态：联调中`."""
        return chapters.is_card(section, place.kind, within=bool(place.section) or place.within, lexicon=self.lexicon)

    def _inner(self, kind: SectionKind, place: Place, section: Section) -> SectionKind:
        """`下周计划` of a team stays a plan whatever its own headings say: `项目` below it is still next week's."""
        return "goal" if place.kind == "goal" and kind in ("update", "note") else kind

    def block(self, block: Block, place: Place) -> Iterator[Item]:
        """A table's rows, `数字：…` as a section on one line, `- 其他：` as the section of its bullets, any other block as an item."""
        if block.type == "table":
            yield from tables.nested(self.rows(block, place))
        elif tables.is_caption(block, place.kind, self.lexicon):
            for child in block.children:
                yield from self.block(child, place)
        elif _is_of_lines(block, place):
            for line in plain.each_line(block):
                yield from self.block(line, place)
        elif told := self._told_numbers(block, place):
            yield told
        elif block.type in ("item", "paragraph"):
            name = naming.clean(block.text) if block.children and "\n" not in block.text else ""
            if place.signed and block.children and not people.behind(name):
                for child in block.children:
                    yield from self.block(child, msgspec.structs.replace(place, signed=False))
                return
            titled = name and block.type == "item" and not _ON_ONE_LINE.fullmatch(block.text)
            kind = self.lexicon.section_kind(name) if titled else None
            if kind == "skip":
                return
            if place.kind == "update" and chapters.is_carried(name, block.children, self.lexicon):
                for child in block.children:
                    yield from self.block(child, place)
                return
            if kind is None or self._is_named_like(kind, block) or self._says_more(name, place):
                if item := self.item(block, place):
                    yield item
                return
            group = msgspec.structs.replace(place, section=(*place.section, name), group=name)
            group = msgspec.structs.replace(group if kind != "update" else place, kind=kind)
            for child in block.children:
                yield from self.block(child, group)

    def _told_numbers(self, block: Block, place: Place) -> Item | None:
        """`Numbers: GMV $1.2M, auth rate 94.1%` outside a section of numbers: a section on one line."""
        found = (
            _ON_ONE_LINE.fullmatch(block.text) if block.type in ("item", "paragraph") and not block.children else None
        )
        if found is None or place.kind in ("metric", "goal") or len(numbers.pairs(found["rest"])) < _SEVERAL:
            return None
        name = naming.clean(found["name"])
        if self.lexicon.section_kind(name) != "metric":
            return None
        told = msgspec.structs.replace(block, text=found["rest"], bold="")
        return self.item(
            told, msgspec.structs.replace(place, kind="metric", group=name, section=(*place.section, name))
        )

    def _plan(self, block: Block, place: Place) -> Item | None:
        """`下周：补上交接文档`, `Next week: pair with Li` outside a plan, `下周先把费率配进去`: what is to be done next."""
        if place.kind not in ("update", "note", None) or block.children or block.type not in ("item", "paragraph"):
            return None
        found = _ON_ONE_LINE.fullmatch(block.text)
        named = found is not None and self.lexicon.section_kind(naming.clean(found["name"])) == "goal"
        if named and _CAME.search(block.text):
            return None
        if not named and not (block.type == "paragraph" and place.section and _NEXT.match(text.level(block.text))):
            return None
        told = msgspec.structs.replace(block, text=found["rest"] if found and named else block.text, bold="")
        return self.item(told, msgspec.structs.replace(place, kind="goal"))

    def _is_named_like(self, kind: str, block: Block) -> bool:
        """`- 项目推进` without a colon or names below it, `- 渠道监控大盘` with no number: what only looks like a section."""
        if kind == "metric":
            return not any(numbers.pairs(child.text) or child.children for child in block.children)
        set_off = COLON.search(block.text) or _OF_THESE_DAYS.match(block.text)
        return kind == "update" and not (set_off or named_items.are_names(block.children, self.lexicon))

    def _says_more(self, name: str, place: Place) -> bool:
        """Among incidents, `- 处理：` with a list below it is a label, not a section."""
        return place.kind == "incident" and bool(_OF_INCIDENTS & set(self.lexicon.meanings(name)))

    def item(self, block: Block, place: Place) -> Item | None:
        """`- 4/3 14:00 超时，原因：专线抖动` -> its lead, its fields and the items below it."""
        lead, found = fields.split(block.text, self.lexicon, block.numbers, block.bold)
        bold = block.bold
        if place.signed:
            lead, bold = people.behind(lead), ""
            place = msgspec.structs.replace(place, signed=False)
        if not bold and block.type == "paragraph" and place.kind in ("update", None) and len(block.within) > _SEVERAL:
            bold = block.within
        children = [item for child in block.children for item in self.block(child, place)]
        if not children and not any(map(str.isalnum, block.text)):  # 💡 on a line of its own
            return None
        first, last = block.lines
        own_last = min(block.numbers[-1] if block.numbers else first, last)
        return Item(
            text=fields.one_line(block.text), lead=lead, lines=(first, last), own=(first, own_last),
            shape="bullet" if block.type == "item" else "paragraph", kind=place.kind, section=place.section,
            objective=place.objective, group=place.group, name=naming.clean(bold), marker=block.marker,
            fields=found, children=tuple(children),
        )  # fmt: skip

    def rows(self, block: Block, place: Place) -> Iterator[Item]:
        """A table as one item a row, or, where its first column holds the labels (`状态 | 进行中`), as one item."""
        if not block.rows:
            return
        head, *rows = block.rows
        if tables.is_card(block, self.lexicon):
            known = block.rows if self.lexicon.meanings(head[0]) and not self.lexicon.meanings(head[1]) else rows
            found = tuple(Field(label=row[0], value=row[1]) for row in known if row[1].strip())
            kind = tables.kind_of([f.label for f in found], place.kind, self.lexicon)
            yield self._row(found, self._told(found) if kind == "incident" else "", block.lines, place, kind)
            return
        if place.kind == "incident" and tables.is_headless(head, self.lexicon):
            yield from self._lines_of(block, place)
            return
        kind = tables.kind_of(head, place.kind, self.lexicon)
        if kind == "update" and tables.is_of_days(head, self.lexicon):
            yield from self._lines_of(
                msgspec.structs.replace(block, rows=block.rows[1:], row_lines=block.row_lines[1:]), place
            )
            return
        if kind != "goal" and tables.is_of_numbers(head, rows, self.lexicon):
            kind = "metric"
        grouped = kind == "metric" and tables.begins_with_group(head, rows, self.lexicon)
        spread = grouped or chapters.is_of_parts(block, self.lexicon)  # whether an empty first cell is the one above
        above = ""
        for row, lines in _continued(rows, block.row_lines[1:]):
            if spread and above and not row[0].strip():
                row = (above, *row[1:])
            above = row[0]
            if grouped:
                place = msgspec.structs.replace(place, group=naming.clean(above) or place.group)
            found = tables.fields(head[grouped:], row[grouped:])
            if kind in ("update", None) and (told := tables.of_incident(found, self.lexicon)):
                one = Block(type="item", text=told, lines=lines, numbers=(lines[0],))
                yield from self.block(one, msgspec.structs.replace(place, kind="incident"))
            elif found:
                yield self._row(found, tables.name(head, row, kind, self.lexicon), lines, place, kind)

    def _told(self, found: Sequence[Field]) -> str:
        """What a card says happened, else whom it hit: `Impact | Payments failed`; empty where it says neither."""
        for meaning in ("summary", "impact"):
            if told := next((field.value for field in found if meaning in self.lexicon.meanings(field.label)), ""):
                return told
        return ""

    def _lines_of(self, block: Block, place: Place) -> Iterator[Item]:
        """The rows of a table whose head is a row as well, as lines: `1 | 5/27 | 16:20 提现慢 | 限流` -> `5/27 16:20 提现慢；限流`."""
        for row, lines in zip(block.rows, block.row_lines, strict=True):
            cells = [cell for cell in row if cell.strip() and not cell.strip().isdigit()]
            words = fields.one_line(" ".join(cells[:2]) + "".join(f"；{cell}" for cell in cells[2:]))
            one = Block(type="item", text=words, lines=lines, numbers=(lines[0],))
            if item := self.item(one, place):
                yield item

    def _row(
        self, found: tuple[Field, ...], name: str, lines: tuple[int, int], place: Place, kind: SectionKind | None
    ) -> Item:
        """A row as an item, its cells one line: `| 账户2.0 | 联调中 |` -> "账户2.0 | 联调中"."""
        words = fields.one_line(" | ".join(field.value for field in found))
        return Item(
            text=words, lead="", lines=lines, own=lines, shape="row", kind=kind, section=place.section,
            objective=place.objective, group=place.group, name=naming.clean(fields.one_line(name)), fields=found,
        )  # fmt: skip

    def card(self, section: Section, place: Place) -> Item:
        """A heading with everything below it as one item, `### 招行代付中断` with `- 原因：…`; headings inside it are labels or parts."""
        inner = msgspec.structs.replace(place, section=(*place.section, section.name), group=section.name)
        children: list[Item] = []
        for part in section.body:
            if isinstance(part, Block):
                children.extend(self.block(part, inner))
            elif part.kind == "skip":
                continue
            elif part.kind == "update" and part.level >= LINE_LEVEL:
                children.extend(self.items(part, inner))
            elif part.kind is not None or self.lexicon.meanings(part.name):
                children.append(self.labelled(part, inner))
            else:
                children.append(self.card(part, inner))
        last = max([child.lines[1] for child in children], default=section.lines[1])
        return Item(
            text=section.name, lead=section.name, lines=(section.lines[0], last), own=section.lines, shape="card",
            kind=place.kind, section=inner.section, objective=place.objective, group=place.group, name=section.name,
            children=tuple(children),
        )  # fmt: skip

    def labelled(self, section: Section, place: Place) -> Item:
        """`#### 根因` in a card: one child that says under that label all the heading owns."""
        parts = list(self._parts(section, place))
        said, more = gathered.above_labels(parts)
        last = max([part.lines[1] for part in parts], default=section.lines[1])
        return Item(
            text=section.name, lead="", lines=(section.lines[0], last), own=(section.lines[0], last), shape="card",
            kind=section.kind or place.kind, section=(*place.section, section.name), objective=place.objective,
            label=section.name, fields=(Field(label=section.name, value="\n".join(map(_all_text, said))), *more),
            children=tuple(parts),
        )  # fmt: skip


def _signed(place: Place, body: Sequence[Section | Block]) -> Place:
    """Where each item of a stand-up begins with a person, what follows is what it tells of: `- 周航：额度中心联调`."""
    if place.kind not in ("update", None):
        return place
    leads = [part.text for part in body if isinstance(part, Block) and part.type == "item"]
    return msgspec.structs.replace(place, signed=True) if people.are(leads) else place


def _says_more(row: Sequence[str]) -> bool:
    """A row without a name, an owner and the like, of one cell or two: ` |  |  | 封顶费率编码中 | `."""
    return not row[0].strip() and not row[1].strip() and 1 <= sum(1 for cell in row if cell.strip()) <= 2


def _is_of_lines(block: Block, place: Place) -> bool:
    """A paragraph of which every line is an item: among numbers, `成功率 99.9%` above `客诉 6 件`, and among notes
    where each begins with a head.
    """
    if block.type != "paragraph" or "\n" not in block.text:
        return False
    if place.kind == "goal":
        return not block.text.isascii()  # an English line may be wrapped
    return place.kind == "metric" or (place.kind == "note" and (_is_of_bold_heads(block) or _is_of_short_lines(block)))


def _is_of_short_lines(block: Block) -> bool:
    """Lines that each end as a sentence does, or are short, and begin with no time: `团建定在周五；` above `新人老葛入职。`"""
    lines = block.text.split("\n")
    if any(line[:1].isdigit() for line in lines):
        return False
    short = all(len(line) <= _LINE and not line.isascii() and not line.endswith(_GOES_ON) for line in lines)
    return short or all(line.endswith(_ENDS) for line in lines[:-1])


def _is_of_bold_heads(block: Block) -> bool:
    """Lines that each begin with a word set off, the first at least in bold: `**年会** 1/18 下午`, `**资产** 盘点`."""
    lines = block.text.split("\n")
    return bool(block.bold) and all(re.match(r"\S{1,8}\s+\S", line) for line in lines)


def _continued(
    rows: Sequence[tuple[str, ...]], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[str, ...], tuple[int, int]]]:
    """The rows, one that names nothing (` |  |  | 封顶费率编码中 | `) taken with the one above it."""
    kept: list[tuple[tuple[str, ...], tuple[int, int]]] = []
    for row, span in zip(rows, spans, strict=False):
        if kept and len(row) > 2 and _says_more(row) and len(kept[-1][0]) == len(row):
            above, lines = kept[-1]
            cells = tuple("\n".join(cell for cell in pair if cell.strip()) for pair in zip(above, row, strict=True))
            kept[-1] = cells, (lines[0], span[1])
        else:
            kept.append((row, span))
    yield from kept


def _all_text(item: Item) -> str:
    """All that an item and those below it say, in one line: `- 账户2.0` above `- 联调中` -> "账户2.0 联调中"."""
    return " ".join([item.text, *map(_all_text, item.children)])


def all_text(item: Item) -> str:
    """The words of an item and of all below it, in order: `代付超时` and `原因：专线抖动` -> `代付超时 原因：专线抖动`."""
    return _all_text(item)
