"""Notion's HTML: all of a page on one line below the rules, one list for each item."""

import hashlib
import html
import re
from collections.abc import Iterator

from formats.page import Page, with_links

_ITEM = re.compile(r"(?:-|(?P<number>\d+)\.) (?:\[(?P<box>[ x])\] )?(?P<words>.*)")
_RULES = "/* webkit printing magic: print all background colors */\nhtml {\n\t-webkit-print-color-adjust: exact;\n}\n"


def write(page: Page, href: dict[str, str]) -> str:
    """A page as HTML; `href` has the path to each page by its name."""
    body = with_links(page.body, lambda words, name: f"[{words}]({href[name]})")
    rows = "".join(_property(key, value) for key, value in page.properties.items())
    properties = f'<table class="properties"><tbody>{rows}</tbody></table>' if rows else ""
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>{_said(page.title)}'
        f"</title>"
        f'<style>\n{_RULES}</style></head><body><article id="{_dashed(page.id)}" class="page sans"><header>'
        f'<h1 class="page-title">{_said(page.title)}</h1><p class="page-description"></p>{properties}</header>'
        f'<div class="page-body">{_blocks(body.split(chr(10)))}</div></article>'
        f'<span class="sans" style="font-size:14px;padding-top:2em"></span></body></html>'
    )


def _property(key: str, value: str) -> str:
    icon = '<span class="icon property-icon"><svg viewBox="0 0 16 16" style="width:14px;height:14px"></svg></span>'
    if key == "Created":
        kind, cell = "created_time", f"<time>@{value}</time>"
    elif key == "标签":
        kind = "multi_select"
        cell = "".join(
            f'<span class="selected-value select-value-color-blue">{_said(v)}</span>' for v in value.split(", ")
        )
    else:
        kind, cell = "text", _said(value)
    return f'<tr class="property-row property-row-{kind}"><th>{icon}{key}</th><td>{cell}</td></tr>'


def _blocks(lines: list[str]) -> str:
    return "".join(_each(list(lines)))


def _each(lines: list[str]) -> Iterator[str]:
    while lines:
        line = lines.pop(0)
        if not line.strip():
            continue
        if heading := re.fullmatch(r"(#+) (.*)", line):
            tag = f"h{len(heading[1])}"
            yield f'<{tag} id="{_block_id(line)}" class="">{_inline(heading[2])}</{tag}>'
        elif line.startswith("|"):
            yield _table([line, *_taken(lines, r"\|")])
        elif item := _ITEM.fullmatch(line):
            words = "\n".join([item["words"].strip(), *_taken(lines, r"[^-#|\s\d\[]")])
            inner = [below[4:] for below in _taken(lines, r" {4}")]
            yield _item(item, _inline(words), _blocks(inner))
        else:
            words = "\n".join([line, *_taken(lines, r"[^-#|\s\d\[]")])
            yield f'<p id="{_block_id(words)}" class="">{_inline(words)}</p>'


def _taken(lines: list[str], begins: str) -> list[str]:
    """The next lines that begin so, taken off the list."""
    taken = []
    while lines and re.match(begins, lines[0]):
        taken.append(lines.pop(0))
    return taken


def _item(item: re.Match[str], words: str, below: str) -> str:
    if item["box"]:
        on, said = ("on", "checked") if item["box"] == "x" else ("off", "unchecked")
        inner = f'<div class="checkbox checkbox-{on}"></div> <span class="to-do-children-{said}">{words}</span>'
        found = f'<ul class="to-do-list"><li>{inner}<div class="indented">{below}</div></li></ul>'
    elif item["number"]:
        found = f'<ol type="1" class="numbered-list" start="{item["number"]}"><li>{words}{below}</li></ol>'
    else:
        found = f'<ul class="bulleted-list"><li style="list-style-type:disc">{words}{below}</li></ul>'
    return f'<div style="display:contents" dir="auto">{found}</div>'


def _table(lines: list[str]) -> str:
    rows = [
        [_inline(cell.strip()) for cell in line.strip("|").split("|")] for line in lines if not line.startswith("| ---")
    ]
    head = "".join(f'<th class="simple-table-header">{cell}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
    header = f'<thead class="simple-table-header"><tr>{head}</tr></thead>'
    return f'<table class="simple-table">{header}<tbody>{body}</tbody></table>'


def _inline(words: str) -> str:
    words = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', _said(words))
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", words)


def _said(words: str) -> str:
    return html.escape(words, quote=False)


def _block_id(words: str) -> str:
    return _dashed(hashlib.md5(words.encode(), usedforsecurity=False).hexdigest())


def _dashed(page_id: str) -> str:
    return "-".join((page_id[:8], page_id[8:12], page_id[12:16], page_id[16:20], page_id[20:]))
