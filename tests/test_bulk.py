"""The bulk writer makes, byte for byte, what Whoosh's own writers make, and stock Whoosh reads it."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import ID, Schema
from whoosh.filedb.filestore import FileStorage

from notion_archive.engines import bulk

SCHEMA = Schema(text=ID(), title=ID())
LIMIT = 4
POSTINGS = st.dictionaries(
    st.text(min_size=1, max_size=4), st.sets(st.integers(0, 2**31), min_size=1, max_size=20).map(sorted), max_size=30
)
Lists = dict[str, list[int]]


def stock(storage: FileStorage, places: dict[str, Lists]) -> W3Segment:
    codec = W3Codec(blocklimit=LIMIT, compression=0)
    segment = codec.new_segment(storage, "MAIN")
    fields = codec.field_writer(storage, segment)
    for place, postings in places.items():
        fields.start_field(place, SCHEMA[place])
        for term, numbers in sorted((term.encode(), numbers) for term, numbers in postings.items()):
            fields.start_term(term)
            for number in numbers:
                fields.add(number, 1.0, b"", 0)
            fields.finish_term()
        fields.finish_field()
    fields.close()
    return segment


def ours(storage: FileStorage, places: dict[str, Lists]) -> W3Segment:
    segment = W3Codec().new_segment(storage, "MAIN")
    lists = (
        (place, sorted((term.encode(), numbers) for term, numbers in postings.items()))
        for place, postings in places.items()
    )
    bulk.write(storage, segment, lists, LIMIT)
    return segment


@settings(max_examples=100, deadline=None)
@given(text=POSTINGS, title=POSTINGS)
def test_the_files_are_those_of_whoosh_itself(text: Lists, title: Lists) -> None:
    with tempfile.TemporaryDirectory() as folder:
        storage = FileStorage(folder)
        one, other = (write(storage, {"text": text, "title": title}) for write in (stock, ours))
        for ending in (W3Codec.POSTS_EXT, W3Codec.TERMS_EXT):
            theirs, mine = (Path(folder, segment.make_filename(ending)).read_bytes() for segment in (one, other))
            assert theirs == mine


def test_stock_whoosh_reads_what_was_written(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    segment = ours(storage, {"text": {"对账": [0, 2, 3, 5, 8, 13], "超时": [1]}, "title": {"账户": [2]}})
    terms = segment.codec().terms_reader(storage, segment)
    assert list(terms.terms()) == [("text", "对账".encode()), ("text", "超时".encode()), ("title", "账户".encode())]
    matcher = terms.matcher("text", "对账".encode(), SCHEMA["text"].format)
    assert list(matcher.all_ids()) == [0, 2, 3, 5, 8, 13]
    assert terms.doc_frequency("text", "超时".encode()) == 1
    terms.close()
