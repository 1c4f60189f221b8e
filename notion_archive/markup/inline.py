"""The markup inside a line: bold, links, escapes. CommonMark leaves `**原因：**中行侧` as it is, and Notion writes
`that ****responsible** value`; readers want the words.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from notion_archive.remembered import remembered

_IMAGE = re.compile(r"!\[[^\]\n]*\]\((?:<[^>\n]*>|[^()\n]|\([^()\n]*\))*\)|!\[\[[^\]\n]*\]\]")
_LINK = re.compile(
    r"""\[(?P<text>(?:\\.|[^\[\]\\]|\[[^\[\]]*\])*)\]
        \((?:<(?P<angle>[^<>\n]*)>|(?P<path>(?:\\.|[^()\n"]|\((?:[^()\n]|\([^()\n]*\))*\))*?))(?:\s+"(?P<title>[^"\n]*)")?\s*\)""",
    re.VERBOSE,
)
_WIKI = re.compile(r"\[\[(?P<page>[^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|(?P<alias>[^\[\]\n]*))?\]\]")
_AUTO = re.compile(r"<(https?://[^<>\s]+)>")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)(.+?)(?<!`)\1(?!`)")
_STARS = re.compile(r"\*{2,}|~~")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])([^*\n]+?)(?<!\s)\*(?![\w*])|(?<!\w)_(?![\s_])([^_\n]+?)(?<!\s)_(?!\w)")
_MARKED = re.compile(r"[\\`*_~<\[&\x00\x01]")  # everything below begins with one of these
_BESIDES_STARS, _MORE_STARS = re.compile(r"[\\`_~<\[&\x00\x01]"), re.compile(r"\*{2,}")
_LEADING_BOLD = re.compile(r"\s*(?:\[[ xX]\]\s*)?[^\w*【\[《(（]{0,4}\*\*+(?P<bold>[^*\n]+?)\*\*+")
_BOLD = re.compile(r"\*\*([^*\n]+?)\*\*")
_FIRST_SENTENCE = re.compile(r"[。！？\n]|\.\s")
_RELATED = re.compile(r"(?P<name>[^\n]+?)\s\((?P<target>https?://\S+?|\S+?\.(?:md|csv|html?)(?:[?#]\S*?)?)\)(?:,\s+|$)")
_MAY_BE_RELATION = re.compile(r"\((?:https?://|\S*\.(?:md|csv|html?)\b)")


class RawLink(NamedTuple):
    """A link as written: its words and its target, not yet decoded."""

    text: str
    target: str


@remembered
def clean(markup: str) -> str:
    """The words of a piece of Markdown, line breaks kept, other white space as one space.

    `"**原因：**中行侧 [回滚](a.md)"` -> `"原因：中行侧 回滚"`; `"&#x20;A\\_B"` -> `"A_B"`.
    """
    if not _MARKED.search(markup):
        return _lines(markup)
    if not _BESIDES_STARS.search(markup):
        return _lines(_without_stars(markup))
    words = _IMAGE.sub("", markup)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[2])
        return f"\x00{len(kept) - 1}\x00"

    words = _CODE.sub(keep, words)
    words = _BREAK.sub("\n", words)
    words = _WIKI.sub(lambda m: m["alias"] or m["page"], words)
    words = _LINK.sub(lambda m: m["text"], words)
    words = _TAG.sub("", _AUTO.sub(r"\1", words))
    words = _ESCAPE.sub(lambda m: f"\x01{ord(m[1])}\x01", words)
    words = _EMPHASIS.sub(lambda m: m[1] or m[2], _STARS.sub("", words))
    words = re.sub("\x01(\\d+)\x01", lambda m: chr(int(m[1])), words)
    words = _MORE_STARS.sub("", words)
    words = html.unescape(words)
    words = re.sub("\x00(\\d+)\x00", lambda m: kept[int(m[1])] if int(m[1]) < len(kept) else "", words)
    return _lines(words)


def _without_stars(words: str) -> str:
    """`**对账平台**：*联调*中` without the stars; all that most lines have of markup."""
    return _MORE_STARS.sub("", _EMPHASIS.sub(lambda m: m[1] or m[2], _STARS.sub("", words)))


def _lines(words: str) -> str:
    r"""The lines that say something, single spaces between words: "a  b\
    \
     c" -> "a b\
    c".
    """
    if "\n" not in words:
        return " ".join(words.replace("\x00", " ").split())
    lines = (" ".join(line.replace("\x00", " ").split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def clean_lines(markup: str, first: int) -> tuple[str, tuple[int, ...]]:
    """The words of a piece of Markdown that begins on line `first`, and the number of the line each line of them is from.

    `("> a\n<aside>\nb", 7)` -> ("> a\nb", (7, 9)).
    """
    words, rows = clean(markup), markup.split("\n")
    if words.count("\n") == len(rows) - 1 and words:
        return words, tuple(range(first, first + len(rows)))
    cleaned = [(line, first + i) for i, row in enumerate(rows) for line in clean(row).split("\n") if line]
    return "\n".join(line for line, _ in cleaned), tuple(number for _, number in cleaned)


def leading_bold(markup: str) -> str:
    """The words set in bold at the beginning of a line, often a name: `"**Ledger 2.0** — 65%"` -> `"Ledger 2.0"`."""
    match = _LEADING_BOLD.match(markup)
    return clean(match["bold"]).strip() if match else ""


def inner_bold(markup: str) -> str:
    """The only words set in bold in a first sentence: `"这周主要在做**云闪付对账**，已提测。**风险**：…"` -> `"云闪付对账"`."""
    if "**" not in markup:
        return ""
    found = _BOLD.findall(_FIRST_SENTENCE.split(markup, maxsplit=1)[0])
    return clean(found[0]).strip() if len(found) == 1 else ""


def links(markup: str) -> Iterator[RawLink]:
    """Every link of a text with its raw target, images left out: `[日报](a%20b.md)`, `[[日报|昨天]]` -> "昨天" to 日报.md."""
    words = _IMAGE.sub("", markup)
    for match in _LINK.finditer(words):
        yield RawLink(clean(match["text"]), match["angle"] if match["angle"] is not None else match["path"].strip())
    for match in _WIKI.finditer(words):
        yield RawLink(clean(match["alias"] or match["page"]), match["page"].strip() + ".md")


def related(words: str) -> Iterator[RawLink]:
    """The links of a cell or property that holds nothing else; names may have commas and brackets in them.

    `"银行侧 (../A%20(x)%201b….md), 网联 (https://www.notion.so/2c…)"` -> 银行侧 and 网联 with their targets.
    """
    if not _MAY_BE_RELATION.search(words):
        return
    found, at = [], 0
    while at < len(words):
        match = _RELATED.match(words, at)
        if match is None:
            return
        found.append(RawLink(match["name"].strip(), match["target"]))
        at = match.end()
    yield from found
