"""Pages that tell of one thing: a postmortem is one card, not a list of items."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

import msgspec

from notion_archive import text
from notion_archive.lexicon import Lexicon
from notion_archive.markup import chapters, fields
from notion_archive.markup import properties as properties_of
from notion_archive.markup.items import Place, Reader
from notion_archive.markup.outline import Section
from notion_archive.model import Block, Field, Item

_LEAST = 4
_LABEL = re.compile(r"(?P<name>[^:：\s]{2,12}(?:\s[^:：\s]{2,12})?)\s*[:：]\s*(?P<rest>\S[^\n]*)")
_CLOCK = re.compile(r"\d{1,2}\s*[:点]\s*\d|\d\s*[ap]m\b|\d\s*点")


def read(root: Section, lexicon: Lexicon, name: str, properties: Mapping[str, str]) -> tuple[Item, ...]:
    """A page that tells of one thing, a postmortem, as one card, and what is still to be done as items of their own.

    `# 故障复盘：代付重复出款` with 概述, 时间线, 根因 and 处理措施 is one card; each line of 改进项 and 经验教训 is an item.
    """
    reader = Reader(lexicon)
    root = _inmost(root)
    last = max((at for at, part in enumerate(root.body) if _tells_of_it(part, lexicon)), default=len(root.body))
    after = [
        part for at, part in enumerate(root.body)
        if isinstance(part, Section) and (at > last or _comes_after(part, lexicon))
    ]  # fmt: skip
    aside = [part for part in _above_sections(root) if _is_aside(part, lexicon)]
    told = tuple(part for part in root.body if part not in after and part not in aside)
    kept = [part for part in after if part.kind != "skip"]
    items = [item for part in aside for item in reader.block(part, Place(kind="note"))]
    items += [item for part in kept for item in reader.items(part, Place(kind="note", section=(part.name,)))]
    if not told:
        return tuple(items)
    lines = (told[0].lines[0], told[0].lines[0])
    card = _card(reader, Section(name=_subject(name, lexicon), lines=lines, body=told))
    stated = tuple(
        Field(label=key, value=value) for key, value in properties.items() if _says_of_it(key, value, lexicon)
    )
    return (msgspec.structs.replace(card, fields=stated), *items)


def _above_sections(root: Section) -> Iterator[Block]:
    """What stands above the first heading of a page: `Blameless. All times are SGT` above `## Summary`."""
    yield from takewhile(lambda part: isinstance(part, Block), root.body)


def _is_aside(block: Block, lexicon: Lexicon) -> bool:
    """`Blameless. All times are SGT`, `老规矩：对事不对人`: words to the reader, in which nothing fails and no time or label stands;
    `05:36 发生，08:02 恢复` is part of the account.
    """
    levelled = text.level(block.text)
    told = lexicon.words("signs", "failure").search(levelled) or _CLOCK.search(levelled)
    labelled = any(lexicon.meanings(field.label) for field in fields.split(block.text, lexicon)[1])
    return block.type != "table" and not told and not labelled and not block.children


def _subject(title: str, lexicon: Lexicon) -> str:
    """What a title says a page tells of: `故障复盘：代付重复出款`, `代扣渠道超时故障复盘`, `Postmortem: card declines`."""
    words = lexicon.words("words", "postmortem").within
    levelled = text.level(title)
    head = words(r"\W*(?:\d[\d./-]*\W+)?(?:{words})\s*[:—–-]+\s*").match(levelled)
    rest = title[head.end() :] if head else title
    tail = words(r"\W*(?:{words})\W*$").search(text.level(rest))
    rest = rest[: tail.start()] if tail else rest
    return rest if len(rest.strip()) >= _LEAST else title


def _card(reader: Reader, page: Section) -> Item:
    """A page as a card: what a section says stands under its name, whatever that is: `## 根因`, `## 处置`."""
    place = Place(kind="incident")
    children = [
        child
        for part in page.body
        for child in (_account(reader, part, place) if isinstance(part, Section) else reader.block(part, place))
    ]
    last = max([child.lines[1] for child in children], default=page.lines[1])
    return Item(
        text=page.name, lead=page.name, lines=(page.lines[0], last), own=page.lines, shape="card", kind="incident",
        name=page.name, children=tuple(children),
    )  # fmt: skip


def _account(reader: Reader, section: Section, place: Place) -> Iterator[Item]:
    """A section under its name; `## 事故分析` as the sections it holds, `## 概要` with labels or a card of its own as these."""
    lexicon = reader.lexicon
    inner = [part for part in section.body if isinstance(part, Section)]
    own = tuple(part for part in section.body if isinstance(part, Block))
    if any(lexicon.meanings(part.name) for part in inner):
        if own:
            yield reader.labelled(msgspec.structs.replace(section, body=own), place)
        for part in inner:
            yield from _account(reader, part, place)
        return
    means = set(lexicon.meanings(section.name))
    found = [] if inner or means & {"timeline", "follow_up"} else _fields(reader, own, place)
    whole = reader.labelled(section, place)
    if not means & {"cause", "resolution"}:
        yield from found or (whole,)
    elif found:  # `- 直接原因：…`, `- 根本原因：…`: what they say, one behind the other
        said = "；".join(field.value.rstrip("。；;") for item in found for field in item.fields)
        yield msgspec.structs.replace(whole, fields=(Field(label=section.name, value=said),), children=())
    else:
        yield msgspec.structs.replace(whole, children=())


def _fields(reader: Reader, blocks: Sequence[Block], place: Place) -> list[Item]:
    """The items of blocks that are all labels with what stands under them, `- 影响范围：代扣`, be it one that means nothing
    here, `- 值班长：周航`; none where one is not, or none of them means anything.
    """
    found = [_under_label(item) for block in blocks for item in reader.block(block, place)]
    known = any(reader.lexicon.meanings(field.label) for item in found for field in item.fields)
    return found if known and all(item.fields and not item.lead.strip() for item in found) else []


def _under_label(item: Item) -> Item:
    """An item whose words begin with a label that means nothing to us as one under that label: `值班长：周航`."""
    label = None if item.fields or item.children else _LABEL.fullmatch(item.lead)
    if label is None:
        return item
    return msgspec.structs.replace(item, lead="", fields=(Field(label=label["name"], value=label["rest"]),))


def _says_of_it(key: str, value: str, lexicon: Lexicon) -> bool:
    """Whether a property says something of what the page tells: `Severity: P1` does, its stamps and a mere date do not."""
    if any(properties_of.key_is(key, meaning, lexicon) for meaning in ("created", "edited")):
        return False
    return not properties_of.key_is(key, "date", lexicon) or _CLOCK.search(text.level(value)) is not None


def tells_of_one(root: Section, lexicon: Lexicon) -> bool:
    """Whether a page has the sections of a postmortem: `根因`, and `影响`, `时间线` or `处理措施` beside it."""
    means = {
        meaning for part in _inmost(root).body if isinstance(part, Section) for meaning in lexicon.meanings(part.name)
    }
    return "cause" in means and bool({"resolution", "timeline", "impact", "summary"} & means)


def _inmost(root: Section) -> Section:
    """The section that holds everything where a page has but one at the top: `# 故障复盘` above `## 根因`."""
    while len(root.body) == 1 and isinstance(root.body[0], Section):
        root = root.body[0]
    return root


def _tells_of_it(part: Section | Block, lexicon: Lexicon) -> bool:
    """`根因`, `影响`, `经过`: a section of the account itself; what stands below the last of them was drawn from it. So is
    `## 先说结论` above `- 原因：…` and `- 处置：…`.
    """
    of_it = {"cause", "resolution", "timeline", "impact", "summary"}
    return isinstance(part, Section) and (
        bool(of_it & set(lexicon.meanings(part.name))) or len(_labels(part, lexicon) & of_it) > 1
    )


def _labels(section: Section, lexicon: Lexicon) -> set[str]:
    """What the labels of a section mean where it holds nothing else: cause and resolution of `- 原因：…`, `- 处置：…`."""
    if not chapters.is_of_labels(section, lexicon):
        return set()
    told = [
        field for block in section.body if isinstance(block, Block) for field in fields.split(block.text, lexicon)[1]
    ]
    return {meaning for field in told for meaning in lexicon.meanings(field.label)}


def _comes_after(section: Section, lexicon: Lexicon) -> bool:
    """`改进项`, `经验教训`, `Action items`, `Lessons learned`: what was drawn from it."""
    if _tells_of_it(section, lexicon):
        return False
    means = lexicon.meanings(section.name)
    return "follow_up" in means if means else section.kind in ("goal", "note")
