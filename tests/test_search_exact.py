"""A search finds what a scan of the folded text finds, on every engine.

EXACT_QUERIES=5000 asks so many questions; `make exact` does.
"""

import os
import random
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest

from notion_archive import text
from notion_archive.archive import Archive
from notion_archive.engines.memory import MemoryEngine
from notion_archive.model import Document, Engine, Query
from notion_archive.queries import reading
from notion_archive.queries.filters import Filters
from notion_archive.queries.grammar import Word, parse

COUNT = int(os.environ.get("EXACT_QUERIES", "250"))
QUOTES = re.compile('["“”„‟«»「」『』＂‘’]')
TWINS = str.maketrans("对账设备时间银行处理", "對帳設備時間銀行處理")
ODD = [
    "行",
    "C#",
    "4/3",
    "PR-1024",
    "99.93%",
    "ＰＯＳ",
    "🎉",
    "，",
    "%",
    "\u200b光",
    "e\u0301",
    "redis",
    "2.0",
    "．",
    "（补报）",
    "\\",
    "ß",
    "İ",
]


@pytest.fixture(scope="module")
def documents(samples: Archive) -> list[Document]:
    return [hit.document for hit in samples.engine.search(Query()).hits]


@pytest.fixture(scope="module")
def engines(samples: Archive, documents: list[Document]) -> dict[str, Engine]:
    memory = MemoryEngine()
    pages: dict[str, list[Document]] = {}
    for document in documents:
        pages.setdefault(document.page, []).append(document)
    memory.replace(pages)
    return {"memory": memory, "whoosh": samples.engine}


def words(chance: random.Random, documents: list[Document]) -> Iterator[tuple[str, str]]:
    """Words to be found: (sign before it, characters), drawn from the corpus, changed, or odd."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        source = chance.choice(documents)
        line = chance.choice((source.title, source.text, source.text)) or "空"
        start = chance.randrange(len(line))
        word = line[start : start + chance.choice((1, 2, 2, 3, 4, 6, 12, 200))]
        change = chance.randrange(8)
        if change == 0:
            word = word.translate(TWINS)
        elif change == 1:
            word = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word).upper()
        elif change == 2:
            at = chance.randrange(len(word))
            word = word[:at] + chance.choice(ODD) + word[at + 1 :]
        elif change == 3:
            word = chance.choice(ODD) + chance.choice(["", " ", word])
        yield chance.choice(("", "", "", "-", "OR ")), QUOTES.sub("", reading.printable(word))


def written(word: str, *, bare: bool) -> str:
    """As a user types it: in quotes, or, where that says the same, without."""
    return word if bare and parse(word) == Word(typed=word, text=word) else f'"{word}"'


def stands_in(document: Document, word: str, *, prefix: bool) -> bool:
    """What a plain scan says: the folded characters, and no half of an alphabetic word."""
    letter = r"[^\W_\u2e80-\U0010ffff]"
    folded = text.fold(word)
    before = rf"(?<!{letter})" if re.match(letter, folded) else ""
    after = rf"(?!{letter})" if re.match(letter, folded[-1]) and not prefix else ""
    pattern = re.compile(before + re.escape(folded) + after)
    return any(pattern.search(text.fold(words)) for words in (document.title, document.text))


def test_search_finds_what_a_scan_finds(
    engines: dict[str, Engine], documents: list[Document], samples: Archive
) -> None:
    chance = random.Random(20230409)
    asked = 0
    while asked < COUNT:
        drawn = [(sign, word) for sign, word in words(chance, documents) if text.fold(word)]
        if not drawn:
            continue
        asked += 1
        prefix = chance.random() < 0.2
        bare = [chance.random() < 0.5 for _ in drawn]
        typed = " ".join(
            sign + written(word, bare=plain) + "*" * (prefix and any(map(str.isalnum, word)))  # `-*` is signs alone
            for (sign, word), plain in zip(drawn, bare, strict=True)
        )
        choices: list[list[tuple[bool, str]]] = []
        for sign, word in drawn:
            if sign == "OR " and choices:
                choices[-1].append((True, word))
            else:
                choices.append([(sign != "-", word)])
        expected = {
            document.key
            for document in documents
            if all(any(stands_in(document, word, prefix=prefix) is has for has, word in choice) for choice in choices)
        }
        for name, engine in engines.items():
            archive = cast("Archive", SimpleNamespace(engine=engine, words=samples.words))
            where = reading.read(archive, typed, Filters(), literal=True).where
            found = [hit.document.key for hit in engine.search(Query(where=where)).hits]
            assert (set(found), len(found)) == (expected, len(expected)), f"{name}: {typed!r}"
