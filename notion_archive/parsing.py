"""Many pages to documents, on as many processors as there are. Reading a page is pure, so the order stays that of the
pages and nothing depends on how many work at it.
"""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from notion_archive.model import Document, Page, Problem
from notion_archive.numbering import ISO, Numbering
from notion_archive.vocabulary import Vocabulary

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
_FEW = 64  # fewer pages than this are read sooner than another process is started
_PORTION = 32
_CYCLES = 100_000  # objects more than before, until those are sought that hold each other: reading makes few of them
_MOST = 2_000_000  # characters that are read together: what comes of them takes twenty times as much


class Parsed(Struct, frozen=True, kw_only=True):
    """What a page became, and what the audit found in it and not in that."""

    page: str
    documents: tuple[Document, ...]
    lost: tuple[Problem, ...]


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


def parse(pages: Sequence[Page], words: Vocabulary, house: Numbering) -> list[Parsed]:
    """What each page becomes, in this process."""
    from notion_archive import documents, reports

    return [_parsed(page, documents.of_page(reports.read_page(page, words, house))) for page in pages]


def _parsed(page: Page, found: tuple[Document, ...]) -> Parsed:
    from notion_archive import audit

    return Parsed(page=page.id, documents=found, lost=tuple(audit.missing(page, found)))


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

    def ahead(self, batches: Iterable[T], pages: Callable[[T], Sequence[Page]]) -> Iterator[tuple[T, Sequence[Parsed]]]:
        """What the pages of each batch become, in order: while the caller stores one batch, the next is being read."""
        coming: deque[tuple[T, Callable[[], Sequence[Parsed]]]] = deque()
        for batch in batches:
            coming.append((batch, self._begun(pages(batch))))
            if len(coming) > 1:
                first, done = coming.popleft()
                yield first, done()
        for last, done in coming:
            yield last, done()

    def _begun(self, pages: Sequence[Page]) -> Callable[[], Sequence[Parsed]]:
        """Begins to read pages; what is handed back waits for the end of it."""
        if not pages:
            return tuple
        processors = os.cpu_count() or 1
        if len(pages) < _FEW or processors == 1:
            return lambda: parse(pages, self._words, self._house)
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(processors, initializer=_prepare, initargs=(self._own, self._house))
        portions = [self._pool.submit(_portion, _ENCODER.encode(portion)) for portion in chunks(pages, _PORTION)]
        return lambda: [one for portion in portions for one in _PARSED.decode(portion.result())]


# A tenth of the time that pickling takes, which is all that many records cost the process that stores them.
_ENCODER = msgspec.msgpack.Encoder()
_PAGES, _PARSED = msgspec.msgpack.Decoder(list[Page]), msgspec.msgpack.Decoder(list[Parsed])
_prepared = Vocabulary(None), ISO


def _prepare(own: Path | None, house: Numbering) -> None:
    global _prepared
    _prepared = Vocabulary(own), house
    gc.freeze()
    gc.set_threshold(_CYCLES)


def _portion(pages: bytes) -> bytes:
    return _ENCODER.encode(parse(_PAGES.decode(pages), *_prepared))
