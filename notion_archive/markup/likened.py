"""The blocks of a page of HTML, likened to lines of Markdown: what heads its parts there without a tag heads them here."""

from collections.abc import Iterator, Sequence

from notion_archive.lexicon import Lexicon
from notion_archive.markup import listed, plain, properties, styled
from notion_archive.model import Block


def headed(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The blocks with those that head the parts of the page as headings: paragraphs `本周进展` and `手上的活` in bold, items
    `1. 本周进展` and `2. 线上故障` -> headings of level 2.
    """
    whole = [part for block in blocks for part in _apart(block)]
    lines: list[str] = []
    at: list[int] = []
    for block in whole:
        at.append(len(lines))
        lines += [_line(block), *(f"    {_line(one)}" for one in block.inner[1:]), ""]
    found = listed.headed(styled.headed(lines, lexicon), lexicon)
    return tuple(one for line, block in zip(at, whole, strict=True) for one in _as(found[line], block))


def stated(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[dict[str, str], tuple[Block, ...]]:
    """The properties typed on top of a page, `汇报人：顾维` above `日期：2024-03-10`, and the blocks without them."""
    lines = ["# page", ""]
    at: list[range] = []
    for block in blocks:
        own = block.text.split("\n") if block.type == "paragraph" else [_line(block)]
        at.append(range(len(lines), len(lines) + len(own)))
        lines += [*own, ""]
    found, taken = properties.split(lines, lexicon)
    return found, tuple(block for block, own in zip(blocks, at, strict=True) if not taken.issuperset(own))


def _as(line: str, block: Block) -> Iterator[Block]:
    """A block as what its line has become: `## 手上的活` makes a heading of it, above what it holds."""
    marks, _, words = line.partition(" ")
    if block.type == "heading" or not words or marks.strip("#"):
        yield block
        return
    yield Block(type="heading", text=words, lines=block.lines, level=len(marks), bold=block.bold)
    yield from block.inner[1:]


def _apart(block: Block) -> tuple[Block, ...]:
    """A paragraph in two where its first line is in bold and the others are not: `一、渠道可用率` above `1、工行快捷99.99%`."""
    first, _, rest = block.text.partition("\n")
    if block.type != "paragraph" or not rest or block.bold != first or not block.numbers:
        return (block,)
    return plain.part(block, 0, 1), plain.part(block, 1, len(block.numbers))


def _line(block: Block) -> str:
    """A block as the first line it would have: `## 本周进展`, `**手上的活**`, `- 账户2.0：联调中`, `| 项目`."""
    words = f"**{block.text}**" if block.bold and block.bold == block.text else block.text.partition("\n")[0]
    if block.type == "heading":
        return f"{'#' * block.level} {block.text}"
    if block.type == "item":
        return f"{block.marker} {words}"
    return "|" if block.type == "table" else words
