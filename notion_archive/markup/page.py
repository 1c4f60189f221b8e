"""A page of any format to what all formats have: titles, properties, blocks, links.

Each reader is imported when a page of its format comes: asking an archive needs none of them.
"""

import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from notion_archive import naming
from notion_archive import text as text_room
from notion_archive.lexicon import Lexicon
from notion_archive.markup import inline, properties
from notion_archive.markup.inline import RawLink
from notion_archive.model import Block, Page

_LONGEST_TITLE = 40


class Marked(Struct, frozen=True, kw_only=True):
    """A page read as markup. `titles` are its title and further spellings of it on top; `blocks` come without them.

    `top` are the lines that title and properties stand on.
    """

    titles: tuple[str, ...]
    properties: dict[str, str]
    blocks: tuple[Block, ...]
    links: tuple[RawLink, ...]
    top: tuple[int, int] = (1, 1)


def read(page: Page, lexicon: Lexicon) -> Marked:
    """The titles, properties, blocks and links of a page, by its format: `# 周报 2023-04-09` -> that title."""
    if page.format == "html":
        from notion_archive.markup import html, likened, toggles

        marked = html.read(page.text)
        found, blocks = likened.stated(marked.blocks, lexicon)
        blocks = likened.headed(toggles.unfolded(blocks, lexicon), lexicon)
        return msgspec.structs.replace(marked, properties=found | marked.properties, blocks=blocks)
    if page.format == "csv":
        from notion_archive.markup import rows

        return rows.read(page.text)
    return _markdown(page.text, lexicon)


def _markdown(text: str, lexicon: Lexicon) -> Marked:
    """A page of Markdown: `# 周报`, `Created: 2023年4月9日 18:00`, `- 联调中` -> title, property and one item."""
    from notion_archive.markup import listed, markdown, rounds, styled, tight, toggles

    lines = text.split("\n")
    found, taken = properties.split(lines, lexicon)
    kept = ["" if index in taken else line for index, line in enumerate(lines)]
    headed = rounds.headed(listed.headed(styled.headed(toggles.opened(kept, lexicon), lexicon), lexicon), lexicon)
    if apart := tight.opened(headed, lexicon):
        blocks = tuple(tight.renumbered(markdown.read("\n".join(apart[0])), apart[1]))
    else:
        blocks = markdown.read("\n".join(headed))
    titles, blocks = ((), blocks) if _begins_with_section(blocks, lexicon) else titled(blocks)
    if not titles and blocks and _is_plain_title(blocks[0], lexicon):
        titles, blocks = (blocks[0].text,), blocks[1:]
    links = (*(link for value in found.values() for link in _stated(value)), *inline.links("\n".join(kept)))
    return Marked(
        titles=titles, properties=found, blocks=blocks, links=links,
        top=(1, max(taken, default=0) + 1),
    )  # fmt: skip


def _stated(value: str) -> Iterator[RawLink]:
    """The links of a property: relations as Notion writes them, `银行侧 (../A%20x.md)`, or any other kind."""
    yield from tuple(inline.related(value)) or inline.links(value)


def _begins_with_section(blocks: tuple[Block, ...], lexicon: Lexicon) -> bool:
    """Whether a page begins with the first of its parts, as in Obsidian, not a title: `# 本周进展`, `# 下周计划`."""
    parts = [block for block in blocks if block.type == "heading" and block.level == 1]
    if len(parts) < 2 or blocks[0] is not parts[0]:
        return False
    return lexicon.section_kind(naming.clean(parts[0].text)) is not None


def _is_plain_title(block: Block, lexicon: Lexicon) -> bool:
    """Whether a page without headings begins with its title: `2024-06-13 星期四 日报 陆冬`, `运维周报 第24周`."""
    if block.type != "paragraph" or "\n" in block.text or len(block.text) > _LONGEST_TITLE:
        return False
    levelled = text_room.level(block.text)
    named = any(lexicon.words("words", kind).search(levelled) for kind in ("weekly", "daily"))
    return named and re.search(r"\d", levelled) is not None and not re.search(r"[,，。;；]", block.text)


def titled(blocks: tuple[Block, ...]) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """The titles on top of a page, and what is below: `# 第15周 2023-04-09`, and once more `# 第15周 2023/04/09`."""
    titles: list[str] = []
    for block in blocks:
        if block.type != "heading" or block.level != 1 or (titles and _digits(block.text) != _digits(titles[0])):
            break
        titles.append(block.text)
    return tuple(titles), blocks[len(titles) :]


def _digits(title: str) -> str:
    """A title without what titles of one day differ in: `2023-04-09 周报` and `2023.04.09周报` -> "20230409周报"."""
    return re.sub(r"\W+", "", title).lower()
