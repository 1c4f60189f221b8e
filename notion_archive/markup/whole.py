"""Pages that tell of one thing: a postmortem is one card, not a list of items."""

import re
from collections.abc import Mapping

import msgspec

from notion_archive import text
from notion_archive.lexicon import Lexicon
from notion_archive.markup import properties as properties_of
from notion_archive.markup.items import Place, Reader
from notion_archive.markup.outline import Section
from notion_archive.model import Block, Field, Item

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
    told = tuple(part for part in root.body if part not in after)
    kept = [part for part in after if part.kind != "skip"]
    items = [item for part in kept for item in reader.items(part, Place(kind="note", section=(part.name,)))]
    if not told:
        return tuple(items)
    lines = (told[0].lines[0], told[0].lines[0])
    card = reader.page(Section(name=name, lines=lines, body=told))
    stated = tuple(
        Field(label=key, value=value) for key, value in properties.items() if _says_of_it(key, value, lexicon)
    )
    return (msgspec.structs.replace(card, fields=stated), *items)


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
    """`根因`, `影响`, `经过`: a section of the account itself; what stands below the last of them was drawn from it."""
    of_it = {"cause", "resolution", "timeline", "impact", "summary"}
    return isinstance(part, Section) and bool(of_it & set(lexicon.meanings(part.name)))


def _comes_after(section: Section, lexicon: Lexicon) -> bool:
    """`改进项`, `经验教训`, `Action items`, `Lessons learned`: what was drawn from it."""
    means = lexicon.meanings(section.name)
    return "follow_up" in means if means else section.kind in ("goal", "note")
