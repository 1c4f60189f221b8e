"""Stock Whoosh reads what is written in bulk, and finds the same as our own reader; segments do not become many."""

from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import open_dir
from whoosh.query import Term

from notion_archive import text
from notion_archive.engines import bulk, segments
from notion_archive.engines.keeping import Folded
from notion_archive.engines.segments import HEADS, PLACES, Kept, Segment
from notion_archive.engines.words import Words, are_scattered, contents, sweep

NUMBERS = st.sets(st.integers(0, 2**31 - 2), min_size=1, max_size=40).map(sorted)
POSTINGS = st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1, max_size=4), NUMBERS, max_size=30)
NAMES = count()
Lists = dict[str, list[int]]


def written(folder: str, places: dict[str, Lists]) -> Kept:
    postings = sorted(
        (HEADS[place] + term.encode(), numbers) for place in PLACES for term, numbers in places[place].items()
    )
    return bulk.store(Path(folder), array("I", [1, 2, 3]), postings)


def by_whoosh(folder: str, kept: Kept) -> dict[str, Lists]:
    """All terms and documents as stock Whoosh reads them."""
    storage = FileStorage(folder)
    segment = W3Segment(W3Codec(), "MAIN", kept.documents, kept.name.removeprefix("MAIN_"))
    terms = segment.codec().terms_reader(storage, segment)
    found: dict[str, Lists] = {place: {} for place in PLACES}
    for place, term in terms.terms():
        matcher = terms.matcher(place, term, bulk.SCHEMA[place].format)
        assert terms.doc_frequency(place, term) == len(list(matcher.all_ids()))
        matcher.reset()
        numbers = []
        while matcher.is_active():
            assert matcher.weight() == 1
            numbers.append(matcher.id())
            matcher.next()
        found[place][term.decode()] = numbers
        assert (place, term + b"?") not in terms or term.decode() + "?" in found[place]
    terms.close()
    return found


def by_us(folder: str, kept: Kept) -> dict[str, Lists]:
    """The same as our reader has it: each term sought, and found among those that begin with nothing in particular."""
    with closing(Segment(Path(folder), kept)) as segment:
        entries = {place: dict(segment.beginning_with(place, "")) for place in PLACES}
        assert all(segment.entry(place, term) == entry for place in PLACES for term, entry in entries[place].items())
        return {
            place: {term: sorted(row - 1 for row in segment.having([entry])) for term, entry in entries[place].items()}
            for place in PLACES
        }


@settings(max_examples=100, deadline=None)
@given(words=POSTINGS, title=POSTINGS, tags=POSTINGS)
def test_whoosh_and_we_find_what_was_written(words: Lists, title: Lists, tags: Lists) -> None:
    places = {"text": words, "title": title, "tag": tags}
    with TemporaryDirectory() as folder:
        kept = written(folder, places)
        assert by_whoosh(folder, kept) == places == by_us(folder, kept)


@pytest.mark.parametrize("step", [1, 255, 256, 65_535, 65_536, 200_000])
@pytest.mark.parametrize("length", [16, 17, 1024, 1025, 5000])
def test_lists_of_any_length_and_width(tmp_path: Path, length: int, step: int) -> None:
    places: dict[str, Lists] = {"text": {"对账": list(range(7, 7 + length * step, step))}, "title": {}, "tag": {}}
    kept = written(str(tmp_path), places)
    assert by_whoosh(str(tmp_path), kept) == places == by_us(str(tmp_path), kept)


def test_a_term_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    kept = written(str(tmp_path), {"text": {"对账": [0]}, "title": {"账户": [2]}, "tag": {}})
    with closing(Segment(tmp_path, kept)) as segment:
        assert segment.entry("text", "账户") is None
        assert segment.entry("title", "账") is None
        assert list(segment.beginning_with("text", "帐")) == []


# --- merging ------------------------------------------------------------------------------------------------------


def documents(rows: Iterable[int]) -> list[Folded]:
    return [Folded(row, f"周报{row % 7}", f"第{row}条 对账{'超时' if row % 3 else '恢复'}") for row in rows]


def history(folder: Path) -> Iterator[tuple[int, set[int]]]:
    """Imports and removals, one after the other: the generation, and the rows that count then."""
    generation, rows = 0, set[int]()
    for first in range(1, 1300, 100):
        gone = {row for row in rows if row % 100 == first // 100 or row == first - 1}
        coming = range(first, first + 100)
        rows = rows.difference(gone).union(coming)
        generation = bulk.write(folder, generation, documents(coming), gone)
        sweep(folder, generation)
        yield generation, rows


@pytest.mark.parametrize("width", [2, 8])
def test_whatever_was_merged_whoosh_and_we_find_the_same(
    tmp_path: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_WIDTH", width)
    folder = tmp_path / "words"
    for generation, rows in history(folder):
        words = Words(folder, generation)
        index = open_dir(str(folder))
        with closing(words), closing(index), closing(index.reader()) as reader:
            assert reader.doc_count() == len(rows)
            column = reader.column_reader("row")
            for term in ("对账", "超时", "恢", "7", "701"):
                expected = {one.row for one in documents(rows) if term in text.cut(one.text)}
                assert words.rows("text", text.Needs((term,), ())) == expected
                with index.searcher() as searcher:
                    found = searcher.docs_for_query(Term("text", term))
                    assert {column[number] for number in found} == expected
        assert len(contents(folder, generation)) < 10


@pytest.mark.parametrize("days", [1000, 3000])
def test_daily_imports_leave_few_segments_and_write_each_document_a_few_times(days: int) -> None:
    segments: list[Kept] = []
    most = written = 0
    for _ in range(days):
        segments.append(_of(60))
        while (crowd := bulk.crowd(segments)) or (crowd := segments if are_scattered(segments) else []):
            segments = [*(one for one in segments if one not in crowd), _of(sum(one.documents for one in crowd))]
            written += segments[-1].documents
        most = max(most, len(segments))
    assert most <= 16
    assert written <= 16 * 60 * days


def test_a_large_import_puts_its_words_together_only_at_its_end() -> None:
    segments = [_of(24_000) for _ in range(40)]
    assert bulk.crowd(segments) == []
    assert are_scattered(segments)


def _of(documents: int) -> Kept:
    return Kept(name=str(next(NAMES)), documents=documents, first=None, terms=0, tables=0, order=0)


def test_what_is_merged_is_read_without_mapping_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = written(str(tmp_path), {"text": {"对账": list(range(40)), "超时": [1]}, "title": {}, "tag": {}})
    monkeypatch.delattr(segments, "mmap")
    assert list(Segment(tmp_path, kept).everything(5)) == [
        (b"\0\0" + "对账".encode(), list(range(5, 45))),
        (b"\0\0" + "超时".encode(), [6]),
    ]
