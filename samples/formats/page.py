"""A page of `samples/folder/`, taken apart: title, properties, body, and the pages it stands in."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

_NAME = re.compile(r"(?P<title>.*) (?P<id>[0-9a-f]{32})")
_LINK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<target>[^)]+)\)")


class Page(NamedTuple):
    """`above` are the names of the pages around it, each `title id`, outermost first."""

    title: str
    id: str
    above: tuple[str, ...]
    properties: dict[str, str]
    body: str

    @property
    def name(self) -> str:
        """Title and id, as in the names of files."""
        return f"{self.title} {self.id}"


def read(folder: Path) -> Iterator[Page]:
    """Every page of the folder, sorted by path."""
    for file in sorted(folder.rglob("*.md")):
        title, page_id = _split(file.stem)
        _, _, rest = file.read_text("utf-8").partition("\n\n")
        head, _, body = rest.partition("\n\n")
        stated = dict(line.split(": ", 1) for line in head.split("\n") if ": " in line)
        above = file.parent.relative_to(folder).parts
        yield Page(title, page_id, above, stated, body if stated else rest)


def title_of(name: str) -> str:
    """`"第1周 2024-01-07 dd61…"` -> `"第1周 2024-01-07"`."""
    return _split(name)[0]


def with_links(text: str, written: Callable[[str, str], str]) -> str:
    """The text with every link written anew: from its words, and the name (`title id`) of the page it leads to."""
    return _LINK.sub(lambda m: written(m["words"], unquote(m["target"]).split("/")[-1].removesuffix(".md")), text)


def _split(name: str) -> tuple[str, str]:
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name} has no page id. Name the page as Notion does: title, a space, 32 hex digits.")
    return found["title"], found["id"]
