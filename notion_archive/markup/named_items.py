"""Whether what stands below a heading or an item has names of its own: `宁波银行：开发完成`, `杭州银行：需求评审中`."""

import re
from collections.abc import Sequence

from notion_archive import naming, text
from notion_archive.lexicon import Lexicon
from notion_archive.markup import fields
from notion_archive.markup.outline import Section
from notion_archive.model import Block

LEAD = re.compile(r"[^,，。;；:：]{2,24}?\s*(?:[:：,，(（]|\s[-–—]+\s)\s*\S")
_ALONE = re.compile(r"[^，。；,;:：！!？?]{2,24}")
_OF_WORK = (None, "update")


def leads(section: Section) -> list[Block]:
    """The items and paragraphs right below a heading: the `- 联调中` of `### 收银台改版`."""
    return [part for part in section.body if isinstance(part, Block) and part.type in ("item", "paragraph")]


def are_names(items: Sequence[Block], lexicon: Lexicon) -> bool:
    """Whether most of these items, and two at least, have names: `宁波银行：开发完成`, `杭州银行：需求评审中`."""
    named = sum(1 for item in items if is_named(item, lexicon))
    return named >= 2 and named * 2 > len(items)


def is_named(item: Block, lexicon: Lexicon) -> bool:
    """`宁波银行：开发完成`; a name alone where more stands below it; a step such as `联调：行方已通` is none."""
    first = item.text.split("\n")[0]
    alone = (item.children or "\n" in item.text) and _ALONE.fullmatch(first)
    if not (alone or LEAD.match(item.text)) or opens_with_label(item.text, lexicon):
        return False
    return text.fold(naming.clean(re.split("[:：,，(（]", first)[0])) not in lexicon.words("words", "step")


def opens_with_label(words: str, lexicon: Lexicon) -> bool:
    """Whether words are a label and what it says: `进度：80%` -> True, `账户2.0 进度：80%` -> False."""
    lead, found = fields.split(words, lexicon)
    return bool(found) and not lead


def has_parts(block: Block, lexicon: Lexicon) -> bool:
    """Whether an item is a project with parts: `- 账户2.0` above `- 开户：…`, `- 销户：…`; `- 风险` above a list is none."""
    name = naming.clean(block.text.split("\n")[0])
    if block.type not in ("item", "paragraph") or lexicon.meanings(name) or lexicon.section_kind(name):
        return False
    return are_names([child for child in block.children if child.type == "item"], lexicon)


def holds_names(section: Section, lexicon: Lexicon) -> bool:
    """Whether all in a section are names of projects: `## 支付` above `- 账户2.0：…`, `- 收银台：…`."""
    lines, inner = leads(section), [part for part in section.body if isinstance(part, Section)]
    if len(lines) + len(inner) < len(section.body) or any(part.kind not in _OF_WORK for part in inner):
        return False
    if not lines:
        return all(holds_names(part, lexicon) for part in inner)
    return are_names(lines, lexicon) or (len(lines) == 1 and has_parts(lines[0], lexicon))


def holds_wholes(section: Section, lexicon: Lexicon) -> bool:
    """Whether a section holds projects that have parts of their own: `## 支付` above `- 账户2.0` above `- 开户：联调中`."""
    return any(
        part.kind in _OF_WORK and (holds_wholes(part, lexicon) or holds_names(part, lexicon))
        if isinstance(part, Section)
        else has_parts(part, lexicon)
        for part in section.body
    )
