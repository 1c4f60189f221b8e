"""The index of words: a Whoosh index that knows for every term the documents it stands in. All of Whoosh is in here
and in `bulk`.

A state of the index is a *generation*: a table of contents naming segments, all of them files that never change.
`write` makes the next generation beside the present one, `sweep` clears away what does not count any more, and in
between the caller records, in one transaction with the documents, which generation counts. So nothing is half done.

Whoosh unpickles what it reads: never open a folder before it is known to be ours.
"""

import math
import mmap
import os
import shutil
import warnings
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import chain, islice, product
from pathlib import Path
from typing import Any

from notion_archive import text
from notion_archive.database import damaged
from notion_archive.engines.facts import CURE, Folded

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 is older than the Pythons that complain about its source
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.columns import NumericColumn
    from whoosh.fields import COLUMN, ID, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import StructFile
    from whoosh.index import TOC

    from notion_archive.engines import bulk
    from notion_archive.engines.bulk import Entry

PLACES = ("text", "title")
_NAME = "MAIN"
_ROW = NumericColumn("I")
_SCHEMA = Schema(text=ID(), title=ID(), row=COLUMN(_ROW))  # ID: which documents, and nothing else about them
_LARGEST = 100_000  # documents that are written together: their postings are in memory meanwhile
_SMALL = 4096  # segments with fewer documents are merged,
_WIDTH = 8  # as soon as there are so many of about the same size
_BLOCK = 1024  # postings that are packed together: we never skip inside a list
_WORKPLACE = f"{_NAME}.tmp"  # where Whoosh puts what it is not done with
_WORTH = 16  # a list of postings this many times longer than the candidates is not read to thin them out


class _Batch:
    """Documents that are going to be a segment: their rows, ascending, and place -> term -> places in that list."""

    def __init__(self, rows: list[int]) -> None:
        self.rows = rows
        self.postings: dict[str, dict[str, list[int]]] = {place: defaultdict(list) for place in PLACES}


class Words:
    """One generation of the index, open for reading; it stays readable while others are written.

    Raises FileNotFoundError if the generation has been swept away, IndexFolderError if its files are damaged.
    """

    def __init__(self, folder: Path, generation: int) -> None:
        self.generation = generation
        self._folder = folder
        with _named_damage(folder):
            storage = _Mapped(str(folder))
            self._segments = [_Segment(storage, segment) for segment in _contents(storage, generation)]

    def rows(self, place: str, needs: text.Needs, among: Set[int] | None = None) -> set[int]:
        """Rows of the documents that may have what is needed in their `place` ("title" or "text").

        All that have it are among them, and none that was removed. If only one thing is needed, these are exactly the ones.
        `among`: no others matter.
        """
        with _named_damage(self._folder):
            found = chain.from_iterable(segment.find(place, needs) for segment in self._segments)
            return set(found) if among is None else {row for row in found if row in among}

    def weight(self, needs: text.Needs) -> int:
        """How many postings there are of the rarest thing needed, roughly what `rows` has to read."""
        with _named_damage(self._folder):
            return sum(segment.weight(place, needs) for place, segment in product(PLACES, self._segments))

    def beginning_with(self, beginning: str) -> dict[str, int]:
        """The terms that begin so, with the number of titles and texts they stand in; what was removed counts too."""
        counts: Counter[str] = Counter()
        with _named_damage(self._folder):
            for place, segment in product(PLACES, self._segments):
                counts.update({term: entry.documents for term, entry in segment.beginning_with(place, beginning)})
        return dict(sorted(counts.items()))

    def close(self) -> None:
        """Let go of the files."""
        for segment in self._segments:
            segment.close()


def write(folder: Path, generation: int, documents: Iterable[Folded], gone: Collection[int]) -> int:
    """Make the next generation: these documents come, the rows in `gone` go. Its number; all is on the disk by then.

    Raises IndexFolderError if the present generation is damaged or missing.
    """
    folder.mkdir(exist_ok=True)
    sweep(folder, generation)
    storage = _Mapped(str(folder))
    with _named_damage(folder, missing=True):
        segments = [_without(gone, storage, segment) for segment in _contents(storage, generation)]
    segments = [segment for segment in segments if segment.doc_count()]
    documents = iter(documents)
    while (batch := _cut(islice(documents, _LARGEST))).rows:
        segments.append(_write_segment(storage, batch))
    while crowd := _crowd(segments):
        segments = [segment for segment in segments if segment not in crowd]
        with _named_damage(folder, missing=True):
            segments.append(_merge(storage, crowd))
    TOC(_SCHEMA, segments, generation + 1).write(storage, _NAME)
    shutil.rmtree(folder / _WORKPLACE, ignore_errors=True)
    _fsync(folder)
    return generation + 1


def sweep(folder: Path, generation: int) -> None:
    """Delete what does not belong to this generation, as far as the system lets go of it.

    Raises IndexFolderError if the generation itself is damaged or missing.
    """
    with _named_damage(folder, missing=True):
        names = {segment.segment_id() for segment in _contents(_Mapped(str(folder)), generation)}
    shutil.rmtree(folder / _WORKPLACE, ignore_errors=True)
    for file in folder.glob("*.*"):
        if file.name.partition(".")[0] not in {*names, f"_{_NAME}_{generation}"}:
            with suppress(OSError):  # Windows, while somebody is reading it; the next sweep takes it
                file.unlink()


@contextmanager
def _named_damage(folder: Path, *, missing: bool = False) -> Iterator[None]:
    """`missing`: a file that is not there is damage too, not the sign of a writer who was faster."""
    try:
        yield
    except FileNotFoundError as error:
        if not missing:
            raise
        raise damaged(folder, "files are missing", CURE) from error
    except (OSError, MemoryError):
        raise
    except Exception as error:  # Whoosh raises whatever it runs into
        raise damaged(folder, str(error) or type(error).__name__, CURE) from error


class _Mapped(FileStorage):  # type: ignore[misc]
    """A folder whose files are read where the system keeps them, not copied."""

    def open_file(self, name: str, **_: Any) -> StructFile:
        if not self.file_length(name):
            return StructFile(BytesIO(), name=name)  # nothing to map
        with Path(self._fpath(name)).open("rb") as file:
            return StructFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), name=name)


class _Segment:
    """A segment open for reading."""

    def __init__(self, storage: _Mapped, segment: W3Segment) -> None:
        self.rows = _rows(storage, segment)
        self._terms = bulk.Reader(storage, segment)
        self._gone = frozenset(segment.deleted_docs())
        self.close = self._terms.close
        self.numbers = self._terms.numbers
        self.beginning_with = self._terms.beginning_with

    def find(self, place: str, needs: text.Needs) -> Iterator[int]:
        """See `Words.rows`. Begins with what is rarest and stops where reading on costs more than it saves."""
        numbers: Collection[int] | None = None
        for weight, choice in sorted(self._weighed(place, needs)):
            if numbers is not None and weight > _WORTH * len(numbers):
                break
            having = [self.numbers(entry) for entry in choice]
            if numbers is None:
                numbers = having[0] if len(having) == 1 else set().union(*having)
            else:
                numbers = set(numbers).intersection(chain.from_iterable(having))
        if self._gone:
            numbers = set(numbers or ()) - self._gone
        return map(self.rows.__getitem__, numbers or ())

    def weight(self, place: str, needs: text.Needs) -> int:
        """How many postings the rarest thing needed has."""
        return min((weight for weight, _ in self._weighed(place, needs)), default=0)

    def _weighed(self, place: str, needs: text.Needs) -> Iterator[tuple[int, list[Entry]]]:
        """For each thing needed the terms that have it, with the number of their postings."""
        exact = ([entry] if (entry := self._terms.entry(place, term)) else [] for term in needs.exact)
        beginnings = ([entry for _, entry in self.beginning_with(place, begun)] for begun in needs.beginnings)
        for choice in chain(exact, beginnings):
            yield sum(entry.documents for entry in choice), choice


def _contents(storage: _Mapped, generation: int) -> list[W3Segment]:
    return list(TOC.read(storage, _NAME, gen=generation, schema=_SCHEMA).segments) if generation else []


def _rows(storage: _Mapped, segment: W3Segment) -> Sequence[int]:
    """The row of each document of a segment, ascending."""
    with storage.open_file(W3Codec.column_filename(segment, "row")) as column:
        return column.get_array(0, "I", segment.doc_count_all())  # type: ignore[no-any-return]


def _without(gone: Collection[int], storage: _Mapped, segment: W3Segment) -> W3Segment:
    if gone:
        rows = _rows(storage, segment)
        for row in gone:
            number = bisect_left(rows, row)
            if number < len(rows) and rows[number] == row:
                segment.delete_document(number)
    return segment


def _crowd(segments: Sequence[W3Segment]) -> list[W3Segment]:
    """Segments that should become one: a full set of the same size, or one that is mostly deleted."""
    sizes: dict[int, list[W3Segment]] = defaultdict(list)
    for segment in segments:
        if segment.doc_count() * 2 < segment.doc_count_all():
            return [segment]
        if segment.doc_count() < _SMALL:
            sizes[int(math.log(segment.doc_count(), _WIDTH))].append(segment)
    return next((crowd for crowd in sizes.values() if len(crowd) >= _WIDTH), [])


def _merge(storage: _Mapped, crowd: Sequence[W3Segment]) -> W3Segment:
    opened = [(_Segment(storage, segment), segment) for segment in crowd]
    rows = sorted(
        row for reader, segment in opened for number, row in enumerate(reader.rows) if not segment.is_deleted(number)
    )
    numbers = {row: number for number, row in enumerate(rows)}
    merged = _Batch(rows)
    for reader, _ in opened:
        renumbered = [numbers.get(row) for row in reader.rows]
        for place in PLACES:
            for term, entry in reader.beginning_with(place):
                merged.postings[place][term] += [
                    new for old in reader.numbers(entry) if (new := renumbered[old]) is not None
                ]
        reader.close()
    return _write_segment(storage, merged)


def _cut(documents: Iterable[Folded]) -> _Batch:
    batch = _Batch([])
    titles, texts = batch.postings["title"], batch.postings["text"]
    for number, document in enumerate(documents):
        batch.rows.append(document.row)
        for term in text.cut(document.title):
            titles[term].append(number)
        for term in text.cut(document.text):
            texts[term].append(number)
    return batch


def _write_segment(storage: _Mapped, batch: _Batch) -> W3Segment:
    codec = W3Codec()
    segment = codec.new_segment(storage, _NAME)
    segment.set_doc_count(len(batch.rows))
    columns = codec.per_document_writer(storage, segment)
    for number, row in enumerate(batch.rows):
        columns.start_doc(number)
        columns.add_column_value("row", _ROW, row)
        columns.finish_doc()
    columns.close()
    bulk.write(storage, segment, ((place, _lists(batch.postings[place])) for place in PLACES), _BLOCK)
    return segment


def _lists(postings: dict[str, list[int]]) -> Iterator[tuple[bytes, list[int]]]:
    """In the order of the terms; one that stood only in documents that are gone is no term."""
    for term, numbers in sorted((term.encode(), numbers) for term, numbers in postings.items()):
        if numbers:
            yield term, sorted(numbers)


def _fsync(folder: Path) -> None:
    """What Whoosh never does: bring every file, and then the lists of them, to the disk."""
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    if hasattr(os, "O_DIRECTORY"):  # not on Windows, which looks after its folders itself
        for directory in (folder, folder.parent):
            descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
