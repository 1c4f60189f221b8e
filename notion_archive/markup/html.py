"""HTML to blocks: Notion's export, and any other page as far as it goes. The only file that imports BeautifulSoup.

One walk over the tree, without recursion: Notion nests deep, and a broken page deeper. What is open (a list, an item, a
table, a cell) stands on a stack of frames; when one closes, the blocks it holds go to the frame around it. The blocks
are those that `markdown` gives for the same page.
"""

import re
import warnings
from collections.abc import Callable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString
from bs4.exceptions import ParserRejectedMarkup

from notion_archive.markup import attributes, frames
from notion_archive.markup import page as pages
from notion_archive.markup.frames import Frame
from notion_archive.markup.grid import Cell
from notion_archive.markup.inline import RawLink
from notion_archive.markup.page import Marked
from notion_archive.markup.run import Run, clean
from notion_archive.model import Block

_SILENT = frozenset(["img", "link", "meta", "script", "style", "svg", "template", "title"])
_SILENT_CLASSES = frozenset(["katex-html", "table_of_contents"])
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|head|header|hgroup|hr|html|legend|li|main|menu|nav|ol|p|pre|search|section|summary|table|tbody|td|tfoot|th"
    "|thead|tr|ul"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VALUES = frozenset(["selected-value", "status-value", "user"])  # of a property, one beside the other
_TRUE_REFERENCE = re.compile(r"&#(?=\d{9}|[xX][0-9a-fA-F]{9})")
_DEEPEST = 20  # lists in lists; what is deeper belongs to the item at this depth
_MOST_OPEN = 200  # lists, cells and so on, one in the other; what is deeper are mere paragraphs

Leave = Callable[[], object]


def read(text: str) -> Marked:
    """What an HTML page holds. Broken HTML gives what can be made of it: `<h2>进展<ul><li>联调中` a heading and an item."""
    soup = _parsed(text)
    reader = _Reader(breaks=soup.find(class_="page-body") is not None)
    blocks = reader.read(soup)
    named = soup.find("title")
    title = reader.title or (clean(named.get_text()) if named else "")
    top = (Block(type="heading", text=title, lines=(1, 1), level=1),) if title else ()
    titles, below = pages.titled((*top, *blocks))
    links = tuple(reader.run.links)
    return Marked(titles=titles, properties=reader.properties, blocks=below, links=links, top=(1, reader.last))


def _parsed(text: str) -> BeautifulSoup:
    """The tree of a page. `&#99999999999;` and `<![` are words here; the parser would fail at them."""
    text = _TRUE_REFERENCE.sub("&amp;#", text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it looks like a path, like XML: we read what we are given
        try:
            return BeautifulSoup(text, "html.parser")
        except ParserRejectedMarkup:  # `<![` and the like
            return BeautifulSoup(text.replace("<!", "&lt;!"), "html.parser")


class _Reader:
    """Walks over a page."""

    def __init__(self, *, breaks: bool) -> None:
        self.title = ""
        self.properties: dict[str, str] = {}
        self.last = 1  # line of the properties
        self.run = Run(breaks=breaks)
        self._frames = [Frame("page", 1, 0)]
        self._display = False  # whether an equation stands by itself

    def read(self, root: Tag) -> list[Block]:
        """All blocks of a page: `<p>已提测</p>` -> one paragraph."""
        walk: list[tuple[Iterator[object], Leave | None]] = [(iter(root.contents), None)]
        while walk:
            node = next(walk[-1][0], None)
            if node is None:
                leave = walk.pop()[1]
                if leave:
                    leave()
            elif isinstance(node, Tag):
                self.run.line = node.sourceline or self.run.line
                if not self._takes_whole(node):
                    walk.append((iter(node.contents), self._enter(node)))
            elif _is_said(node):
                self.run.read(str(node))
        self._flush()
        return self._frames[0].blocks

    def _flush(self) -> None:
        """The words so far are a paragraph: `已提测<ul>` -> "已提测", before the list begins."""
        self._end_equation()
        if block := self.run.paragraph():
            self._frames[-1].blocks.append(block)

    def _end_equation(self) -> None:
        """End an equation: `$x^2$` in a line, `$$` on lines of their own where it stands alone."""
        self.run.close_equation(display=self._display)

    # tags

    def _takes_whole(self, tag: Tag) -> bool:
        """Tags whose content is nothing, or is read here: `<br>`, `<script>`, `<pre>`, `<time>`."""
        classes = _classes(tag)
        if tag.name == "br":
            self.run.add("\n")
        elif tag.name == "input" or not classes.isdisjoint(("checkbox-on", "checkbox-off")):
            self._check(tag, classes)
        elif tag.name == "pre":
            self._code(tag)
        elif tag.name == "time" and all(isinstance(child, NavigableString) for child in tag.children):
            words, given = clean("".join(tag.strings)), _attribute(tag, "datetime")
            self.run.add(attributes.time(words, given, stated=self._in_values()))
        elif "icon" in classes and tag.name in ("span", "div"):
            if self._frames[-1].kind == "callout" and not self._frames[-1].blocks:
                self._frames[-1].icon = clean("".join(tag.strings))[:8]
        else:
            hidden = "hidden" in tag.attrs or "display:none" in _attribute(tag, "style").replace(" ", "")
            return hidden or tag.name in _SILENT or not _SILENT_CLASSES.isdisjoint(classes)
        return True

    def _check(self, tag: Tag, classes: frozenset[str]) -> None:
        """A box to check, `checkbox-on`: the marker [x] of an item, "Yes" as the value of a property."""
        if tag.name == "input" and _attribute(tag, "type").lower() != "checkbox":
            return
        checked = "checkbox-on" in classes or "checked" in tag.attrs
        if self._in_values():
            self.run.add("Yes" if checked else "No")
        elif self._frames[-1].kind == "item":
            self._frames[-1].marker = "[x]" if checked else "[ ]"

    def _code(self, tag: Tag) -> None:
        """A block of code, its lines as they are: `<pre><code>a<br>b</code></pre>`."""
        self._flush()
        first = self.run.line
        words = "".join("\n" if _is_break(part) else str(part) for part in tag.descendants if _is_said(part))
        self.run.line += words.count("\n")
        if words.strip():
            code = words.removeprefix("\n").rstrip("\n")
            self._frames[-1].blocks.append(Block(type="code", text=code, lines=(first, self.run.line)))

    def _enter(self, tag: Tag) -> Leave | None:
        """What to do when the tag ends: with `<li>` a frame opens that `</li>` closes."""
        name, classes = tag.name, _classes(tag)
        if name == "a":
            return self._enter_link(tag, classes)
        if not _BLOCKS.fullmatch(name):
            return self._enter_inline(tag, classes)
        self._flush()
        if len(self._frames) >= _MOST_OPEN:
            return self._flush
        if name in _HEADINGS:
            kind = "title" if "page-title" in classes and not self.title else "heading"
            return self._frame(kind, level=_HEADINGS[name])
        match name:
            case "ul" | "ol" | "menu" | "dir":
                leave = self._frame("list")
                if name == "ol":
                    self._frames[-1].number = attributes.number(_attribute(tag, "start"), 1)
                self._frames[-1].classes = classes
                return leave
            case "li":
                return self._enter_item(tag)
            case "details":
                return self._enter_details(tag)
            case "summary":
                return self._enter_summary(tag)
            case "table":
                leave = self._frame("table")
                self._frames[-1].classes = classes
                return leave
            case "tr":
                return self._enter_row(classes)
            case "td" | "th":
                return self._enter_cell(tag)
            case "figure" if "callout" in classes:
                return self._frame("callout")
            case "figure" if "equation" in classes:
                self._display = True
                return self._leave_equation
        return self._flush

    def _leave_equation(self) -> None:
        """An equation on lines of its own ends with its `<figure>`."""
        self._flush()
        self._display = False

    def _enter_link(self, tag: Tag, classes: frozenset[str]) -> Leave | None:
        """A link, kept with its words; of a relation between pages the target is kept in the value too: "账户2.0 (账户.html)"."""
        target = _attribute(tag, "href").strip()
        if "bookmark" in classes and len(self._frames) < _MOST_OPEN:
            self._flush()
            return self._frame("bookmark", marker=target)
        self._part_values(tag)
        if not target:
            return None
        link = self.run.open_link(target)

        def leave() -> None:
            relation = self._in_values() and "property-row-relation" in self._row_classes()
            if self.run.close_link(link) and relation:
                self.run.add(f" ({target})")

        return leave

    def _enter_inline(self, tag: Tag, classes: frozenset[str]) -> Leave | None:
        """What is told inside a line: `<b>`, `<math>`, a value of a property as `<span class="selected-value">`."""
        if tag.name == "math":
            self._end_equation()
            self.run.open_equation()
            return self._end_equation
        if tag.name == "annotation" and "tex" in _attribute(tag, "encoding"):
            self.run.tex(True)
            return lambda: self.run.tex(False)
        if not classes.isdisjoint(_VALUES):
            self._part_values(tag)
        if tag.name in ("b", "strong") or attributes.is_bold(_attribute(tag, "style")):
            self.run.bold += 1
            return self._leave_bold
        return None

    def _leave_bold(self) -> None:
        self.run.bold -= 1

    # frames

    def _frame(self, kind: str, *, marker: str = "", level: int = 0) -> Leave:
        """Open a frame of that kind, which what comes back closes: "list" for `<ul>`."""
        depth = self._frames[-1].depth + (kind == "item")
        frame = Frame(kind, self.run.line, depth, marker=marker, level=level)
        self._frames.append(frame)
        return lambda: self._close(frame)

    def _nearest(self, *kinds: str) -> Frame | None:
        """The innermost open frame of these kinds: "list" in `<ul><li>` -> that of `<ul>`."""
        return next((frame for frame in reversed(self._frames) if frame.kind in kinds), None)

    def _close(self, frame: Frame) -> None:
        """End a frame and all that was never ended in it, as `<li><b>联调中</ul>`; nothing, if it was ended with another."""
        while frame.open:
            self._flush()
            last = self._frames.pop()
            last.open = False
            self._frames[-1].blocks.extend(self._blocks(last))

    def _enter_item(self, tag: Tag) -> Leave | None:
        """An item; `<li>` ends an item that was left open. Its marker is its number, `[ ]` of a to-do list, or `-`."""
        holder = self._nearest("item", "list", "cell", "table")
        if holder and holder.kind == "item" and not holder.toggle:  # `<li>a<li>b`
            self._close(holder)
            holder = self._nearest("list", "cell", "table")
        if self._frames[-1].depth >= _DEEPEST:
            return self._flush
        marker = "-"
        if holder and holder.kind == "list":
            if holder.number is not None:
                number = attributes.number(_attribute(tag, "value"), holder.number)
                marker, holder.number = f"{number}.", number + 1
            elif "to-do-list" in holder.classes:
                marker = "[ ]"
        return self._frame("item", marker=marker)

    def _enter_details(self, tag: Tag) -> Leave | None:
        """A toggle, `<details>`: an item, or nothing of its own where its line is a heading."""
        top = self._frames[-1]
        if top.kind == "item" and not top.blocks:
            top.toggle = True
            return self._flush
        summary = next((child for child in tag.children if isinstance(child, Tag)), None)
        heads = summary is not None and summary.name == "summary" and _is_heading(summary)
        if heads or top.kind == "heading" or top.depth >= _DEEPEST:
            return self._flush
        leave = self._frame("item", marker="-")
        self._frames[-1].toggle = True
        return leave

    def _enter_summary(self, tag: Tag) -> Leave | None:
        """The line of a toggle: `<summary style="font-size:1.5em">进展</summary>` -> a heading of level 2."""
        top = self._frames[-1]
        if top.kind == "heading":  # the heading ends with it, what the toggle holds stands below
            return lambda: self._close(top)
        level = attributes.toggle_level(_attribute(tag, "style"))
        return self._frame("heading", level=level) if level else self._flush

    def _enter_row(self, classes: frozenset[str]) -> Leave | None:
        """A row; `<tr>` ends a row that was left open, and is nothing outside of a table."""
        holder = self._nearest("table", "row")
        if holder and holder.kind == "row":  # `<tr>…<tr>`
            self._close(holder)
            holder = self._nearest("table")
        if holder is None:
            return self._flush
        leave = self._frame("row")
        self._frames[-1].owner = holder
        self._frames[-1].classes = classes
        return leave

    def _enter_cell(self, tag: Tag) -> Leave | None:
        """A cell; `<td>` ends a cell that was left open, and begins a row where there is none."""
        holder = self._nearest("table", "row", "cell")
        if holder and holder.kind == "cell":  # `<td>…<td>`
            self._close(holder)
            holder = self._nearest("table", "row")
        if holder and holder.kind == "table":
            self._enter_row(frozenset())
            holder = self._frames[-1]
        if holder is None:
            return self._flush
        leave = self._frame("cell")
        self._frames[-1].owner = holder
        self._frames[-1].spans = (
            attributes.number(_attribute(tag, "colspan"), 1),
            attributes.number(_attribute(tag, "rowspan"), 1),
        )
        return leave

    def _blocks(self, frame: Frame) -> tuple[Block, ...]:
        """What a frame that ends leaves to the one around it: a `<li>` its item, a `<td>` nothing, its row keeps it."""
        match frame.kind:
            case "item":
                return frames.item(frame)
            case "heading":
                return frames.heading(frame)
            case "title":
                found = frames.heading(frame)
                if not found or found[0].type != "heading":
                    return found
                self.title = found[0].text
                return found[1:]
            case "callout":
                return frames.callout(frame)
            case "bookmark":
                blocks = frames.bookmark(frame)
                if frame.marker:
                    self.run.links.append(RawLink(blocks[0].text, frame.marker))
                return blocks
            case "cell" if frame.owner:
                frame.owner.cells.append(Cell(tuple(frame.blocks), *frame.spans))
                return ()
            case "row" if frame.owner and frame.cells:
                frame.owner.rows.append((frame.cells, (frame.line, max(frame.line, self.run.line))))
            case "table" if "properties" in frame.classes:
                self.last = max(self.last, self.run.line)
                self.properties.update(frames.properties(frame))
            case "table":
                return frames.table(frame)
        return tuple(frame.blocks)

    # properties and databases

    def _in_values(self) -> bool:
        """Whether we are in a cell of the page's properties, or of a database: `<table class="properties">`."""
        cell = self._frames[-1]
        table = cell.owner.owner if cell.kind == "cell" and cell.owner else None
        return table is not None and not table.classes.isdisjoint(("properties", "collection-content"))

    def _row_classes(self) -> frozenset[str]:
        """The classes of the row we are in: `property-row-relation`."""
        row = self._frames[-1].owner
        return row.classes if row else frozenset()

    def _part_values(self, tag: Tag) -> None:
        """Values side by side are parted by commas: `<span class="user">王倩</span><span class="user">李明</span>`."""
        before = tag.previous_sibling
        while before is not None and isinstance(before, NavigableString) and not before.strip():
            before = before.previous_sibling
        if isinstance(before, Tag) and before.name == tag.name and not self.run.is_empty() and self._in_values():
            self.run.add(", ")


def _is_said(part: object) -> bool:
    """Whether a part of the tree is words: text and `<br>` are, `<!-- … -->` is not."""
    return _is_break(part) or type(part) in (NavigableString, CData)


def _is_break(part: object) -> bool:
    return isinstance(part, Tag) and part.name == "br"


def _is_heading(summary: Tag) -> bool:
    """Whether a toggle's line is a heading: `<summary><h2>进展</h2></summary>`, `<summary style="font-size:1.5em">`."""
    inner = any(isinstance(child, Tag) and child.name in _HEADINGS for child in summary.children)
    return inner or attributes.toggle_level(_attribute(summary, "style")) is not None


def _classes(tag: Tag) -> frozenset[str]:
    """The classes of a tag: `class="to-do-list indented"` -> to-do-list and indented."""
    return frozenset(_attribute(tag, "class").split())


def _attribute(tag: Tag, name: str) -> str:
    """An attribute as one string, empty where there is none: `href="a.html"` -> "a.html"."""
    value = tag.attrs.get(name, "")
    return value if isinstance(value, str) else " ".join(value)
