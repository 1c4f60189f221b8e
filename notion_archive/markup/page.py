"""A page of any format to what all formats have: titles, properties, blocks, links.

Each reader is imported when a page of its format comes: asking an archive needs none of them.
"""

import re

from msgspec import Struct

from notion_archive.lexicon import Lexicon
from notion_archive.markup import inline, properties
from notion_archive.markup.inline import RawLink
from notion_archive.model import Block, Page


class Marked(Struct, frozen=True, kw_only=True):
    """A page read as markup. `titles` are its title and further spellings of it on top; `blocks` come without them."""

    titles: tuple[str, ...]
    properties: dict[str, str]
    blocks: tuple[Block, ...]
    links: tuple[RawLink, ...]


def read(page: Page, lexicon: Lexicon) -> Marked:
    """The titles, properties, blocks and links of a page."""
    if page.format == "html":
        from notion_archive.markup import html

        return html.read(page.text)
    if page.format == "csv":
        from notion_archive.markup import rows

        return rows.read(page.text)
    return _markdown(page.text, lexicon)


def _markdown(text: str, lexicon: Lexicon) -> Marked:
    from notion_archive.markup import markdown

    lines = text.split("\n")
    found, taken = properties.split(lines, lexicon)
    kept = ["" if index in taken else line for index, line in enumerate(lines)]
    titles, blocks = titled(markdown.read("\n".join(kept)))
    return Marked(titles=titles, properties=found, blocks=blocks, links=tuple(inline.links("\n".join(kept))))


def titled(blocks: tuple[Block, ...]) -> tuple[tuple[str, ...], tuple[Block, ...]]:
    """The titles on top of a page, and what is below: `# 第15周 2023-04-09`, and once more `# 第15周 2023/04/09`."""
    titles: list[str] = []
    for block in blocks:
        if block.type != "heading" or block.level != 1 or (titles and _digits(block.text) != _digits(titles[0])):
            break
        titles.append(block.text)
    return tuple(titles), blocks[len(titles) :]


def _digits(title: str) -> str:
    return re.sub(r"\W+", "", title).lower()
