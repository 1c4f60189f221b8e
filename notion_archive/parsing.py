"""Many pages to documents, on as many processors as there are. Reading a page is pure, so the order stays that of the
pages and nothing depends on how many work at it.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from notion_archive import documents, reports
from notion_archive.model import Document, Page
from notion_archive.reports import Words

_FEW = 64  # fewer pages than this are read sooner than another process is started
_PORTION = 32
_MOST = 2_000_000  # characters that are read together: what comes of them takes twenty times as much

Parsed = tuple[str, tuple[Document, ...]]


def chunks(pages: Iterable[Page], size: int) -> Iterator[list[Page]]:
    """The pages in lists of `size`, the last one shorter, and shorter where pages are long: memory is for so much text."""
    chunk: list[Page] = []
    length = 0
    for page in pages:
        if chunk and (len(chunk) == size or length + len(page.text) > _MOST):
            yield chunk
            chunk, length = [], 0
        chunk.append(page)
        length += len(page.text)
    if chunk:
        yield chunk


def parse(pages: Sequence[Page], words: Words) -> list[Parsed]:
    """Each page's id and its documents, in this process."""
    return [(page.id, documents.of_page(reports.read_page(page, words))) for page in pages]


class Parsers:
    """Reads pages with the words of an archive, in other processes where it pays. Use as a context manager."""

    def __init__(self, own: Path | None) -> None:
        self._own = own
        self._words = reports.words(own)
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
            return dict(parse(pages, self._words))
        if self._pool is None:
            self._pool = ProcessPoolExecutor(processors, initializer=_prepare, initargs=(self._own,))
        return {page: found for portion in self._pool.map(_portion, chunks(pages, _PORTION)) for page, found in portion}


_prepared: Words | None = None


def _prepare(own: Path | None) -> None:
    global _prepared
    _prepared = reports.words(own)


def _portion(pages: list[Page]) -> list[Parsed]:
    return parse(pages, _prepared or reports.words(None))
