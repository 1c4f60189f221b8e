"""The labelled pages, laid out otherwise: what is read of a page is still read when its author marks it up in another way.

A page is rewritten, not retold: the words stay, only what sets off sections, names, labels and items is another. Each
record of the page as it was is looked for among those of the page rewritten; labels are not asked.
"""

import html
import re
from collections import Counter
from collections.abc import Callable
from functools import partial

from markdown_it import MarkdownIt

from accuracy import documents
from accuracy.score import Score
from notion_archive import reports
from notion_archive.model import Page
from notion_archive.records import AnyRecord, Incident, Metric, Update
from notion_archive.vocabulary import Vocabulary

_NAME = re.compile(r"^### (.+)$", re.MULTILINE)
_LABEL = re.compile(r"^(\s*(?:- )?)(风险|问题|进展|状态|计划|原因|处理|影响|处置|时间)[：:]", re.MULTILINE)
_ITEM = re.compile(r"^- (?!\[)(.*)$")
_ORDINAL = re.compile(r"^[一二三四五六七八九十\d]+[、.]\s*")
_PROPERTY = re.compile(r"(?P<name>[^\s#>*|-][^:：]{0,20})[:：] (?P<value>.+)")
_CHINESE = "一二三四五六七八九十"
_MARKDOWN = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"]).disable("code")


def measure() -> dict[str, Score]:
    """By what was done to the pages: records that are still read (right), are read anew (wrong) and are lost (missed)."""
    words = Vocabulary()
    scores = {name: Score() for name in _REWRITES}
    for file, labels in documents.documents(documents.SEEN):
        page = Page(id="golden", path=labels["path"], text=file.read_text("utf-8"))
        if not page.path.endswith(".md"):
            continue
        was = _said(page, words)
        for name, rewrite in _REWRITES.items():
            other = rewrite(page)
            if other is not None and other.text != page.text:
                now = _said(other, words)
                scores[name].right += sum((was & now).values())
                scores[name].wrong += sum((now - was).values())
                scores[name].missed += sum((was - now).values())
    return scores


def _said(page: Page, words: Vocabulary) -> Counter[tuple[object, ...]]:
    return Counter(map(_say, reports.read_report(page, words).records))


def _say(record: AnyRecord) -> tuple[object, ...]:
    """What of a record does not depend on how it was marked up."""
    match record:
        case Update():
            dates = tuple(sorted(one.start or "" for one in record.milestones))
            return "update", record.project, record.status, dates, len(record.risks), len(record.problems)
        case Incident():
            return "incident", record.summary, record.occurred, record.recovered, record.cause, record.resolution
        case Metric():
            return "metric", record.name, record.value, record.unit
        case _:
            return record.kind, re.sub(r"\W+", "", record.text)


def _parts(text: str) -> list[list[str]]:
    """What stands above the first section, and the lines of each section, its heading first."""
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.startswith("## "):
            parts.append([])
        parts[-1].append(line)
    return parts


def _words(heading: str) -> str:
    return _ORDINAL.sub("", heading.lstrip("# ").replace("*", "")).strip()


def _sections(style: str, text: str) -> str:
    """Each section's heading in another style, on pages that have no headings below them: `**{}**`."""
    if "\n### " in text:
        return text
    first, *parts = _parts(text)
    for at, part in enumerate(parts, start=1):
        part[0] = style.format(_words(part[0]), n=at, c=_CHINESE[min(at, len(_CHINESE)) - 1])
    return "\n".join(line for part in (first, *parts) for line in part)


def _folded(style: str, text: str) -> str:
    """Each section as an item that holds what the section held, `- {}`."""
    first, *parts = _parts(text)
    for at, part in enumerate(parts, start=1):
        part[:] = [style.format(_words(part[0]), n=at), "", *(line and f"    {line}" for line in part[1:])]
    return "\n".join(line for part in (first, *parts) for line in part)


def _behind_a_toggle(text: str) -> str:
    """What each section holds in a toggle that only says there is more."""
    first, *parts = _parts(text)
    for part in parts:
        part[1:] = ["", "- 点击展开", "", *(line and f"    {line}" for line in part[1:]), ""]
    return "\n".join(line for part in (first, *parts) for line in part)


def _names(style: str, text: str) -> str:
    """The headings below those of sections in another style, on pages with these two levels: `【{}】`."""
    return text if "\n#### " in text else _NAME.sub(lambda found: style.format(found[1].replace("*", "").strip()), text)


def _items(style: str, text: str) -> str:
    """The outermost items with another marker, `（{n}）`, counted anew below each line that is none."""
    result, count = list(_parts(text)[0]), 0
    for line in (line for part in _parts(text)[1:] for line in part):
        found = _ITEM.match(line)
        count = count + 1 if found else count * (not line or line.startswith((" ", "\t")))
        result.append(style.format(found[1], n=count) if found else line)
    return "\n".join(result)


def _labels(style: str, text: str) -> str:
    """The commonest labels in another style: `**{}**：`."""
    return _LABEL.sub(lambda found: found[1] + style.format(found[2]), text)


def _markdown(rewrite: Callable[[str], str], page: Page) -> Page:
    return Page(id=page.id, path=page.path, text=rewrite(page.text))


def _html(rewrite: Callable[[str], str], page: Page) -> Page | None:
    """The page as Notion exports HTML: its title and properties, then the body; None where only Markdown has what is in it."""
    if not page.text.startswith("# ") or re.search(r"^\s*- \[|<|\\|^>", page.text, re.MULTILINE):
        return None
    title, *lines = rewrite(page.text).split("\n")
    properties: list[str] = []
    while lines and (not lines[0].strip() or _PROPERTY.fullmatch(lines[0])):
        if found := _PROPERTY.fullmatch(lines.pop(0)):
            properties.append(f"<tr><th>{html.escape(found['name'])}</th><td>{html.escape(found['value'])}</td></tr>")
    return Page(
        id=page.id, path=f"{page.path.removesuffix('.md')}.html", format="html",
        text=f'<html><body><article class="page sans"><header><h1 class="page-title">{html.escape(title.lstrip("# "))}</h1>'
        f'<table class="properties"><tbody>{"".join(properties)}</tbody></table></header>'
        f'<div class="page-body">{_MARKDOWN.render(chr(10).join(lines))}</div></article></body></html>',
    )  # fmt: skip


_REWRITES: dict[str, Callable[[Page], Page | None]] = {
    "sections in bold": partial(_markdown, partial(_sections, "**{}**")),
    "sections in brackets": partial(_markdown, partial(_sections, "【{}】")),
    "sections with a colon": partial(_markdown, partial(_sections, "{}：")),
    "sections on a line of their own": partial(_markdown, partial(_sections, "{}")),
    "sections behind a sign": partial(_markdown, partial(_sections, "📌 {}")),
    "sections underlined": partial(_markdown, partial(_sections, "{}\n-----")),
    "sections counted 一、": partial(_markdown, partial(_sections, "{c}、{}")),
    "sections counted 1.": partial(_markdown, partial(_sections, "{n}. {}")),
    "sections as items in bold": partial(_markdown, partial(_sections, "- **{}**\n")),
    "sections folded into toggles": partial(_markdown, partial(_folded, "- {}")),
    "sections as items of a counted list": partial(_markdown, partial(_folded, "{n}. {}")),
    "all of a section in a toggle": partial(_markdown, _behind_a_toggle),
    "names in bold": partial(_markdown, partial(_names, "**{}**")),
    "names in brackets": partial(_markdown, partial(_names, "【{}】")),
    "items counted 1.": partial(_markdown, partial(_items, "{n}. {}")),
    "items counted （1）": partial(_markdown, partial(_items, "（{n}）{}")),
    "labels in bold": partial(_markdown, partial(_labels, "**{}**：")),
    "labels in brackets": partial(_markdown, partial(_labels, "【{}】")),
    "HTML": partial(_html, str),
    "HTML, sections in bold": partial(_html, partial(_sections, "**{}**")),
    "HTML, sections folded into toggles": partial(_html, partial(_folded, "- {}")),
    "HTML, all of a section in a toggle": partial(_html, _behind_a_toggle),
}
