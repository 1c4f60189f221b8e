"""An Obsidian folder: front matter, wiki links, tabs, no title but the file's name, no ids."""

import re

from formats.page import Page, title_of, with_links


def path(page: Page) -> str:
    """`支付平台组/第1周 2024-01-07/2024-01-02 周二.md`."""
    return "/".join([*map(title_of, page.above), f"{page.title}.md"])


def write(page: Page) -> str:
    """A page as one types it in Obsidian."""
    body = with_links(page.body, lambda words, name: _link(words, title_of(name)))
    body = re.sub(r"(?m)^(?: {4})+", lambda match: "\t" * (len(match[0]) // 4), body)
    body = re.sub(r"(?m)^(\s*- \[[ x]\])  ", r"\1 ", body)
    return "".join(_front_matter(page)) + body + "\n"


def _link(words: str, title: str) -> str:
    return f"[[{title}]]" if words == title else f"[[{title}|{words}]]"


def _front_matter(page: Page) -> list[str]:
    if not page.properties:
        return []
    lines = ["---\n"]
    for key, value in page.properties.items():
        if key == "标签":
            lines += ["tags:\n", *(f"  - {tag}\n" for tag in value.split(", "))]
        else:
            lines.append(f"{'created' if key == 'Created' else key}: {_stamp(value)}\n")
    return [*lines, "---\n\n"]


def _stamp(value: str) -> str:
    """`2024年3月2日 20:57` -> `2024-03-02 20:57`."""
    found = re.fullmatch(r"(\d{4})年(\d+)月(\d+)日 (\d+:\d\d)", value)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02} {found[4]}" if found else value
