"""Whatever is stored and whatever is asked: both engines answer alike, and as a plain scan of the texts does."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notion_archive import text
from notion_archive.engines.memory import MemoryEngine
from notion_archive.engines.whoosh import WhooshEngine
from notion_archive.model import All, Any, Brief, Clause, Days, Document, Engine, Not, Pages, Query, Tag, Term

# few pieces, so that what is asked is often there; odd ones, so that nothing odd goes unnoticed
PIECES = st.sampled_from(
    [
        *"光大行银 账帐戶2.0%#/-_，：。（\n\x00\u200b🎉𠮷가ｶﾞé",
        "redis",
        "Redis",
        "ＰＯＳ",
        "a",
        "C#",
        "4/3",
        "對賬",
        "e\u0301",
        "９９",
        "x" * 63,
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=8)
TAGS = st.sampled_from(["year:2023", "year:2022", "institution:中国银行", "plain", "a:b:c"])
DAYS = st.none() | st.sampled_from(["2022-12-30", "2023-04-03", "2023-04-09"])
PAGES = st.sampled_from(["p1", "p2", "p3", "页"])
KINDS = st.sampled_from(["incident", "update", "note"])
CLAUSES: st.SearchStrategy[Clause] = st.recursive(
    st.builds(Term, TEXTS, st.booleans())
    | st.builds(Tag, TAGS)
    | st.builds(Days, DAYS, DAYS)
    | st.builds(Pages, st.lists(PAGES, max_size=2).map(tuple)),
    lambda clauses: (
        st.builds(Not, clauses)
        | st.builds(All, st.lists(clauses, max_size=3).map(tuple))
        | st.builds(Any, st.lists(clauses, max_size=3).map(tuple))
    ),
    max_leaves=6,
)
QUERIES = st.builds(
    Query,
    where=CLAUSES,
    kinds=st.lists(KINDS, max_size=1).map(tuple),
    keys=st.just(()) | st.lists(st.sampled_from(["p10", "p20", "页1"]), max_size=3).map(tuple),
    pages=st.just(()) | st.lists(PAGES, max_size=2).map(tuple),
    since=DAYS,
    until=DAYS,
    sort=st.sampled_from(["relevance", "newest", "oldest"]),
    limit=st.none() | st.integers(0, 4),
    offset=st.integers(0, 3),
    once=st.booleans(),
    facets=st.just(()) | st.just(("year", "institution", "a", "plain")),
    counts=st.lists(CLAUSES, max_size=2).map(tuple),
)
CONTENTS = st.tuples(TEXTS, TEXTS, st.lists(TAGS, unique=True, max_size=3).map(tuple), DAYS, KINDS)
BATCHES = st.dictionaries(PAGES, st.lists(CONTENTS, max_size=4), max_size=4)
Contents = tuple[str, str, tuple[str, ...], str | None, str]


def documents(batch: Mapping[str, Sequence[Contents]]) -> dict[str, list[Document]]:
    return {
        page: [
            Document(
                key=f"{page}{n}",
                page=page,
                kind=kind,
                day=day,
                title=title,
                text=words,
                tags=tags,
                body=f"{page}{n}".encode(),
                brief=f"{n}".encode() if n % 2 else b"",
            )
            for n, (title, words, tags, day, kind) in enumerate(contents)
        ]
        for page, contents in batch.items()
    }


def stands_in(words: str, term: Term) -> bool:
    word = text.fold(term.text)
    letter = r"[^\W_\u2e80-\U0010ffff]"
    before = rf"(?<!{letter})" if re.match(letter, word) else ""
    after = rf"(?!{letter})" if not term.prefix and word and re.match(letter, word[-1]) else ""
    return bool(word) and re.search(before + re.escape(word) + after, text.fold(words)) is not None


def _briefs(engine: Engine, query: Query) -> list[Brief]:
    return sorted(engine.briefs(query), key=lambda one: (one.page, one.day or "", one.brief))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(BATCHES, min_size=1, max_size=3),
    st.lists(PAGES, max_size=2),
    st.booleans(),
    st.lists(QUERIES, min_size=1, max_size=8),
)
def test_both_engines_answer_alike(
    batches: list[dict[str, list[Contents]]], removed: list[str], tidied: bool, queries: list[Query]
) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(WhooshEngine(Path(folder))) as whoosh:
        memory = MemoryEngine()
        for engine in (whoosh, memory):
            for batch in batches:
                engine.replace(documents(batch))
            engine.remove(removed)
            if tidied:
                engine.tidy()
        for query in queries:
            assert whoosh.search(query) == memory.search(query), query
            assert _briefs(whoosh, query) == _briefs(memory, query), query


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(BATCHES, st.lists(st.builds(Term, TEXTS, st.booleans()), min_size=1, max_size=12))
def test_a_search_finds_what_a_scan_finds(batch: dict[str, list[Contents]], terms: list[Term]) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(WhooshEngine(Path(folder))) as engine:
        engine.replace(documents(batch))
        for term in terms:
            expected = {
                d.key
                for page in documents(batch).values()
                for d in page
                if stands_in(d.title, term) or stands_in(d.text, term)
            }
            assert {hit.document.key for hit in engine.search(Query(where=term)).hits} == expected, term
