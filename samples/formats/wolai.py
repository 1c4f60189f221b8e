"""wolai's flat folder: `title_<22 base58>.md`, `*   ` bullets in loose lists, links with titles, no properties."""

import hashlib
import re

from formats.page import Page, with_links

_LOOSE = re.compile(r"(.)\n(?= *(?:\*|\d\.) )")  # every item of a list stands by itself
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def file_name(title: str) -> str:
    """`"第1周 2024-01-07"` -> `"第1周 2024-01-07_7w….md"`."""
    number = int(hashlib.sha256(title.encode()).hexdigest(), 16)
    digits = []
    for _ in range(22):
        number, digit = divmod(number, 58)
        digits.append(_BASE58[digit])
    return f"{title}_{''.join(digits)}.md"


def write(page: Page) -> str:
    """A page as wolai exports it. Its links keep the Chinese and encode the space; the title keeps its slashes."""

    def link(words: str, name: str) -> str:
        target = file_name(name[:-33]).replace(" ", "%20")
        return f'[{words}]({target} "{words}")'

    title = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\1/\2/\3", page.title)
    body = page.body.removeprefix(f"# {title}\n").lstrip("\n")
    lines = [_line(line) for line in with_links(body, link).split("\n")]
    return f"# {title}\n\n" + _LOOSE.sub(r"\1\n\n", "\n".join(lines)) + "\n"


def _line(line: str) -> str:
    """`"    - a"` -> `"    *   a"`, `"1. a"` -> `"1.  a"`: the words stand four columns in, what is below four more."""
    bullet = re.fullmatch(r"( *)- (?:\[([ x])\] )?\s*(.*)", line)
    if bullet:
        box = f"[{bullet[2]}] " if bullet[2] else ""
        return f"{bullet[1]}*   {box}{bullet[3]}"
    return re.sub(r"^( *\d\.) ", r"\1  ", line)
