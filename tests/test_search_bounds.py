"""Whatever is typed, there is an answer or a sentence; on a large archive, within a second.

`make bounds` sets BOUNDS_ARCHIVE to the folder of a large archive, and makes one of 285,000 records where there is none.
What is measured is the time that the question itself takes, whatever else the machine is doing.
"""

import datetime as dt
import os
import random
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typed import questions

from notion_archive.archive import Archive
from notion_archive.errors import QueryError
from notion_archive.model import Document, Query
from notion_archive.queries.filters import Filters
from notion_archive.queries.search import search
from notion_archive.queries.similar import similar

FOLDER = os.environ.get("BOUNDS_ARCHIVE")
COUNT = int(os.environ.get("BOUNDS_QUERIES", "2000" if FOLDER else "150"))
PAGES = 6000
MOST = 1.0  # seconds
bounded = settings(max_examples=COUNT, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def archive(samples: Archive) -> Iterator[Archive]:
    if not FOLDER:
        yield samples
        return
    folder = Path(FOLDER)
    if not (folder / "pages.sqlite").exists():
        from benchmarks import corpus

        pages = folder.with_name(f"{folder.name}-pages")
        corpus.write(corpus.Corpus(7), PAGES, pages)
        with Archive(folder, create=True) as made:
            made.import_exports([pages])
    with Archive(folder) as large:
        yield large


@pytest.fixture(scope="module")
def documents(archive: Archive) -> list[Document]:
    """Documents from all over the archive."""
    pages = random.Random(7).sample(sorted(archive.shelf.ids()), 20)
    return list(archive.documents(Query(pages=tuple(pages))))


@pytest.fixture(scope="module")
def words(documents: list[Document]) -> list[str]:
    """Pieces of the texts that are there, the frequent ones more often."""
    chance = random.Random(7)
    texts = [one.text for one in documents if one.text]
    starts = ((text, chance.randrange(len(text))) for text in chance.choices(texts, k=300))
    return [piece for text, at in starts if (piece := text[at : at + chance.choice((1, 2, 2, 2, 3, 5, 12))].strip())]


def timed(ask: Callable[[], object]) -> float:
    begun = time.process_time()
    try:
        ask()
    except QueryError as refusal:
        assert re.search(r"[.?](?= Run: |$)", str(refusal))
    return time.process_time() - begun


def test_whatever_is_typed_is_answered_or_refused_in_time(archive: Archive, words: list[str]) -> None:
    @bounded
    @given(questions(words), st.booleans(), st.sampled_from(["relevance", "newest", "oldest"]))
    def asked(typed: str, everything: bool, sort: str) -> None:
        filters = Filters(limit=20, today=dt.date(2023, 10, 30))

        def ask() -> None:
            answer = search(archive, typed, filters, sort=sort, everything=everything)  # type: ignore[arg-type]
            assert (answer.total == 0) == (answer.suggestion is not None)
            assert all(hit.highlight for hit in answer.hits)

        seconds = timed(ask)
        assert not FOLDER or min(seconds, timed(ask)) <= MOST, f"{seconds:.2f} s: {typed!r}"

    asked()


def test_what_is_like_a_record_is_found_in_time(archive: Archive, documents: list[Document]) -> None:
    records = [one.key for one in documents if one.key != one.page]
    for key in random.Random(7).sample(records, min(len(records), COUNT // 10)):
        seconds = timed(partial(similar, archive, key, Filters(limit=20)))
        assert not FOLDER or seconds <= MOST, f"{seconds:.2f} s: {key}"


@pytest.mark.parametrize(
    "sign",
    [
        "光大",
        "x",
        "行",
        '"',
        "-",
        "*",
        "OR ",
        "光 ",
        "kind:",
        "银行:中行 ",
        "\x00",
        "\x1b[31m",
        "🎉",
        "( ",
        "（光大 OR ",
        "，",
    ],
)
def test_ten_thousand_signs_are_answered_or_refused_in_time(archive: Archive, sign: str) -> None:
    seconds = timed(lambda: search(archive, (sign * 10_000)[:10_000], Filters(limit=3)))
    assert not FOLDER or seconds <= MOST
