"""Many pages to documents, on as many processors as there are. Reading a page is pure, so the order stays that of the
pages and nothing depends on how many work at it.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from notion_archive import documents, reports
from notion_archive.model import Document, Page
from notion_archive.numbering import ISO, Numbering
from notion_archive.vocabulary import Vocabulary

_FEW = 64  # fewer pages than this are read sooner than another process is started
_PORTION = 32

Parsed = tuple[str, tuple[Document, ...]]


def chunks(pages: Iterable[Page], size: int) -> Iterator[list[Page]]:
    """The pages in lists of `size`, the last one shorter."""
    iterator = iter(pages)
    while chunk := list(islice(iterator, size)):
        yield chunk


def parse(pages: Sequence[Page], words: Vocabulary, house: Numbering) -> list[Parsed]:
    """Each page's id and its documents, in this process."""
    return [(page.id, documents.of_page(reports.read_page(page, words, house))) for page in pages]


class Parsers:
    """Reads pages with the words of an archive, in other processes where it pays. Use as a context manager."""

    def __init__(self, own: Path | None, house: Numbering = ISO) -> None:
        self._own, self._house = own, house
        self._words = Vocabulary(own)
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Parsers":
        """Nothing is started before it is needed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the processes, without waiting for what is no longer wanted."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def parse(self, pages: Sequence[Page]) -> dict[str, tuple[Document, ...]]:
        """The documents of each page, by its id."""
        processors = os.cpu_count() or 1
        if len(pages) < _FEW or processors == 1:
            return dict(parse(pages, self._words, self._house))
        if self._pool is None:
            self._pool = ProcessPoolExecutor(processors, initializer=_prepare, initargs=(self._own, self._house))
        return {page: found for portion in self._pool.map(_portion, chunks(pages, _PORTION)) for page, found in portion}


_prepared = Vocabulary(None), ISO


def _prepare(own: Path | None, house: Numbering) -> None:
    global _prepared
    _prepared = Vocabulary(own), house


def _portion(pages: list[Page]) -> list[Parsed]:
    return parse(pages, *_prepared)
