"""A gate lets every text through in which its patterns find something: asked first, it changes no answer."""

import datetime as dt
import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import notion_archive
from notion_archive import clock, dates, day_pattern, gates, numbers, text
from notion_archive.kinds import milestone, progress, status
from notion_archive.period import Period
from notion_archive.vocabulary import Vocabulary

LEXICON = Vocabulary().lexicon
WORDS = sorted({word for table in LEXICON.tables.values() for words in table.values() for word in words})
PIECES = (
    st.sampled_from(WORDS)
    | st.sampled_from([*"，。：；、（）()[]【】/%-~.:,; \n\x00→的了已完中待等x", "->", "通道"])
    | st.sampled_from(["12/3", "2023-04-03", "4月底", "周三", "14:05", "下午2点半", "72%", "107/164", "8 of 12", "三", "½", "①", "９"])
    | st.sampled_from(["may", "mid-May", "on", "by", "next week", "rolled out to 5%", "go live", "shipped", "p99", "86.4万笔", "¥"])
    | st.text(max_size=3)
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=10).map("".join)
PERIOD = Period(date=dt.date(2023, 4, 9))


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern the package has under a name of its own."""
    for module in pkgutil.walk_packages(notion_archive.__path__, "notion_archive."):
        if module.name.split(".")[1] in ("engines", "__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(getattr(value, "pattern", None), str):
                yield f"{module.name}.{name}", value


PATTERNS = dict(patterns())


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_where_a_gate_of_any_pattern_of_ours_says_no_the_pattern_finds_nothing(words: str) -> None:
    levelled = text.level(words)
    for name, pattern in PATTERNS.items():
        gate = GATES.setdefault(name, gates.gate(pattern))
        assert gate.search(levelled) or not pattern.search(levelled), name


GATES: dict[str, re.Pattern[str]] = {}
HEADED = {name: gates.headed(pattern) for name, pattern in PATTERNS.items()}


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_headed_pattern_finds_what_the_pattern_finds(words: str) -> None:
    levelled = text.level(words)
    for name, pattern in PATTERNS.items():
        found = [match.regs for match in pattern.finditer(levelled)]
        assert [match.regs for match in HEADED[name].finditer(levelled)] == found, name


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_patterns_around_words_of_the_lexicon_are_headed_and_find_the_same(words: str) -> None:
    levelled = text.level(words)
    for meaning in ("recovery", "arrived", "grade"):
        written = r"[^,]{0,6}?(?P<word>{words})|\((?:{words})\s*:"
        plain = re.compile(written.replace("{words}", LEXICON.words("signs", meaning).pattern.pattern))
        headed = LEXICON.words("signs", meaning).within(written)
        assert [m.regs for m in headed.finditer(levelled)] == [m.regs for m in plain.finditer(levelled)]


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_what_stands_behind_the_gates_of_the_readers_would_find_nothing_either(words: str) -> None:
    levelled = text.level(words)
    if not dates.may_tell(levelled):
        assert not list(day_pattern.DATE.finditer(levelled))
    if not clock.times(levelled):
        assert list(clock._times(levelled)) == []
    if not numbers.quantities(words):
        assert list(numbers._quantities(words, levelled)) == []
    if not numbers.pairs(words):
        assert not list(numbers._slashed(words))
    if not progress.counts(levelled):
        assert not [m for m in progress._FRACTION.finditer(levelled) if progress._is_count(levelled, m)]
    if not milestone.read(words, PERIOD, LEXICON):
        assert list(milestone._read(words, levelled, PERIOD, LEXICON)) == []
    for clause in status._clauses(levelled):
        assert list(status._of_clause(clause, PERIOD, LEXICON)) == list(status._shades(clause, PERIOD, LEXICON))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_lists_taken_together_find_something_where_one_of_them_does(words: str) -> None:
    levelled = text.level(words)
    one_by_one = [LEXICON.words(table, meaning) for table, meaning in status._TELLING]
    assert bool(LEXICON.any_of(status._TELLING).search(levelled)) == any(one.search(levelled) for one in one_by_one)


def test_a_headed_pattern_begins_with_what_it_can_begin_with() -> None:
    assert gates.headed(re.compile(r"(?<!v)\d+|约?\s*[点时]")).pattern == r"(?=[\d\s时点约])(?:(?<!v)\d+|约?\s*[点时])"
    assert gates.headed(re.compile(r"\s*")).pattern == r"\s*"
    assert gates.headed(re.compile(r"[^,]x")).pattern == "[^,]x"


@pytest.mark.parametrize(
    ("written", "made"),
    [
        (r"\s*(?:前|by)$", "[b前]"),
        (r"完成\d+", r"[\d]"),
        (r"(?<=[于到])\d{1,2}|已", r"[\d已]"),
        (r"(?:已)?[a-z]*", ""),  # may match anywhere
        (r"[^,]+", ""),
    ],
)
def test_a_gate_is_read_off_its_pattern(written: str, made: str) -> None:
    assert gates.gate(re.compile(written)).pattern == made
