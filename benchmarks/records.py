"""What the peers index: every document of an archive, read, folded and cut beforehand. They only have to index it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from benchmarks import pairs
from notion_archive import text
from notion_archive.archive import Archive
from notion_archive.model import Document, Query

FACETS = ("institution", "project", "kind", "year", "month")  # as `search` counts them
_PAGES = 100  # whose documents are read together


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A document as an engine gets it. `title_cut` and `text_cut` are the terms, by spaces; `tags` those of `FACETS`."""

    key: str
    page: str
    kind: str
    day: str
    title: str
    text: str
    title_cut: str
    text_cut: str
    folded: tuple[str, str]
    tags: tuple[str, ...]
    body: str

    def tagged(self, name: str) -> list[str]:
        """The values of the tags of this name."""
        return [tag.partition(":")[2] for tag in self.tags if tag.startswith(f"{name}:")]


class Dumped(msgspec.Struct, frozen=True, kw_only=True):
    """How many documents were written, and the bytes of their text as UTF-8."""

    count: int
    size: int


def dump(archive: Archive, file: Path) -> Dumped:
    """Write every document as a line of JSON."""
    count = size = 0
    with file.open("wb") as lines:
        for document in _documents(archive):
            count += 1
            size += len(document.text.encode())
            lines.write(msgspec.json.encode(_record(document)) + b"\n")
    return Dumped(count=count, size=size)


def read(file: Path) -> Iterator[Record]:
    """The records of a file, one by one."""
    decoder = msgspec.json.Decoder(Record)
    with file.open("rb") as lines:
        yield from map(decoder.decode, lines)


def _documents(archive: Archive) -> Iterable[Document]:
    """In the order the engine keeps them: of a page, as they stand in it."""
    pages = sorted(document.page for document in archive.own_documents())
    for start in range(0, len(pages), _PAGES):
        yield from archive.documents(Query(pages=tuple(pages[start : start + _PAGES]), sort="oldest"))


def _record(document: Document) -> Record:
    folded = text.fold(document.title), text.fold(document.text)
    title_cut, text_cut = (" ".join(pairs.cut(part)) for part in folded)
    return Record(
        key=document.key, page=document.page, kind=document.kind, day=document.day or "", title=document.title,
        text=document.text, title_cut=title_cut, text_cut=text_cut, folded=folded, body=document.body.decode(),
        tags=tuple(tag for tag in document.tags if tag.partition(":")[0] in FACETS),
    )  # fmt: skip
