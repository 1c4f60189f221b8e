"""A page that is a row of a database: what its columns say stands in its properties, its title is the name.

Notion writes most rows so, and not in the CSV beside them; an incident database would be lost without this.
"""

from collections.abc import Iterator, Mapping

from notion_archive import naming
from notion_archive.lexicon import Lexicon
from notion_archive.markup import fields, stamps, tables
from notion_archive.model import Block, Field, Item, SectionKind

_WORK = frozenset(["status", "progress", "milestone", "work", "risk", "plan"])


def read(
    title: str, properties: Mapping[str, str], blocks: tuple[Block, ...], lines: tuple[int, int], lexicon: Lexicon
) -> Item | None:
    """The row as an item, None for a page that is none: no properties that tell of an incident or a task.

    `# 代付超时`, `时间: 2024年1月2日 00:07`, `原因: 专线抖动`, `级别: C` -> an incident's row with the name 代付超时.
    """
    found = tuple(Field(label=key, value=stamps.read(value)) for key, value in properties.items())
    if not found and blocks and blocks[0].type == "paragraph":
        found, lines = tuple(_labelled(blocks[0].text)), (1, blocks[0].lines[1])
    headings = [naming.clean(block.text) for block in blocks if block.type == "heading"]
    kind = _kind(found, headings, lexicon)
    if kind is None:
        return None
    words = fields.one_line(" | ".join([title, *(field.value for field in found)]))
    return Item(text=words, lead=title, lines=lines, own=lines, shape="row", kind=kind, name=title, fields=found)


def _labelled(words: str) -> Iterator[Field]:
    """Lines that each have a label: properties that might as well be the first lines of a report, `状态: 已恢复`."""
    parts = [line.replace("：", ":").partition(":") for line in words.split("\n")]
    if all(key.strip() and colon for key, colon, _ in parts):
        yield from (Field(label=key.strip(), value=stamps.read(value.strip())) for key, _, value in parts)


def _kind(found: tuple[Field, ...], headings: list[str], lexicon: Lexicon) -> SectionKind | None:
    """An incident by its columns, or by a time of day among them and what the page goes on about: `原因`, `处置`.

    A task by two of its columns, for 状态 alone may be that of any page.
    """
    labels = [field.label for field in found]
    timed = any("occurred" in lexicon.meanings(field.label) and ":" in field.value for field in found)
    if tables.kind_of([*labels, *headings] if timed else labels, None, lexicon) == "incident":
        return "incident"
    said = [_WORK.intersection(lexicon.meanings(label)) for label in labels]
    return "update" if sum(map(bool, said)) >= 2 else None
