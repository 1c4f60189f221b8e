"""Words of the archive that are near to one that is not there: spelled alike, sounding alike, or a part of it."""

import difflib

from notion_archive import patterns, pinyin, text
from notion_archive.institutions import Institutions
from notion_archive.model import All, Engine, Query, Term

_LONGEST = 24  # characters of a word that are looked at
_BEAM = 40
_NEAR = 0.75
_SIGNS = patterns.compile(r"[\W_]+")
_SHORT = 12  # characters of a word that is taken apart anywhere


def words(engine: Engine, asked: str) -> tuple[str, ...]:
    """`"redsi"` -> redis; `"建权"` -> 鉴权, which sounds alike; `"光大代扣失灵"` -> 光大代扣, its longest part."""
    folded = text.fold(asked)[:_LONGEST]
    if len(folded) < 2:
        return ()
    if (digits := folded.replace(",", "")).isdecimal():
        return tuple(one for one in (digits, f"{int(digits):,}") if one != folded and _is_there(engine, one))
    if folded.isascii():
        return _spelled_alike(engine, folded)
    return tuple(dict.fromkeys([*_sounding_alike(engine, folded), *_longest_part(engine, folded)]))[:3]


def apart(engine: Engine, asked: str) -> tuple[tuple[str, ...], int]:
    """The words of which one was made, where there are records with all of them, and how many: `光大，超时` and `"光大
    超时"` -> 光大 超时; `前置机重启` -> 前置机 重启."""
    folded = text.fold(asked)[:_LONGEST]
    parts = tuple(part for part in _SIGNS.split(folded) if part)
    ways = [parts] if len(parts) > 1 else []
    if len(parts) == 1 and len(folded) <= _SHORT and not folded.isascii():
        middle = len(folded) / 2
        ends = sorted(range(2, len(folded) - 1), key=lambda end: abs(end - middle))
        ways = [(folded[:end], folded[end:]) for end in ends]
    for way in ways:
        if count := engine.search(Query(where=All(tuple(map(Term, way))), limit=0)).total:
            return way, count
    return (), 0


def institutions(known: Institutions, asked: str) -> tuple[str, ...]:
    """Whom a word names or nearly names: `光太银行`, `光大代扣失灵`, `guangdayinhamg` -> 中国光大银行, `火星` -> nobody."""
    word, typed = text.fold(asked), pinyin.letters(asked)
    near = {*known.named(asked), *known.nearest(asked)}
    likeness = {}
    for row in known.rows:
        if row.name in near:
            aliases = [text.fold(alias) for alias in (row.name, *row.aliases)]
            sounds = [_likeness(typed, pinyin.spelled(alias)) for alias in aliases] if typed else []
            likeness[row.name] = max(sounds + [_likeness(word, alias) for alias in aliases])
    found = [name for name in sorted(likeness, key=lambda name: -likeness[name]) if likeness[name] >= _NEAR]
    return tuple(found[:3])


def _likeness(word: str, alias: str) -> float:
    """From 0 to 1; a word with the whole alias in it is like it."""
    return 1.0 if len(alias) > 1 and alias in word else difflib.SequenceMatcher(None, word, alias).ratio()


def _spelled_alike(engine: Engine, word: str) -> tuple[str, ...]:
    there = engine.words(word[0])
    return tuple(difflib.get_close_matches(word, there, n=3, cutoff=0.6)) if word[0].isalpha() else ()


def _sounding_alike(engine: Engine, word: str) -> list[str]:
    """Words of the same syllables, grown character by character along pairs that are there; the most frequent first."""
    if len(word) > 4 or not all(pinyin.alike(character) for character in word):
        return []
    grown = dict.fromkeys(pinyin.alike(word[0]), 0)
    for character in word[1:]:
        sounds = set(pinyin.alike(character))
        pairs = {
            start + pair[1]: count
            for start in grown
            for pair, count in engine.words(start[-1]).items()
            if len(pair) == 2 and pair[1] in sounds
        }
        grown = dict(sorted(pairs.items(), key=lambda item: -item[1])[:_BEAM])
    return [found for found in grown if found != word and _is_there(engine, found)][:2]


def _longest_part(engine: Engine, word: str) -> list[str]:
    """The longest run of characters that is there; runs of pairs that are there show where to look."""
    there = [bool(engine.words(word[at : at + 2])) for at in range(len(word) - 1)]
    runs = [
        (end - start, start)
        for start in range(len(there))
        for end in range(start + 1, len(there) + 1)
        if all(there[start:end])
    ]
    for length, start in sorted(runs, reverse=True)[:_BEAM]:
        part = word[start : start + length + 1]
        if part != word and _is_there(engine, part):
            return [part]
    return []


def _is_there(engine: Engine, word: str) -> bool:
    return engine.search(Query(where=Term(word), limit=0)).total > 0
