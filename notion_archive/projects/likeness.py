"""How alike two names of projects are, from 0 to 1, and in what way."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from notion_archive import pinyin
from notion_archive.projects.wording import Wording

Way = Literal["same", "called", "reordered", "misspelt", "part", "abbreviated", "contrast", "numbers"]
_LONG_WORD = 6  # letters; in a Latin word as long as this, one other letter is a slip of the pen
_CONTRAST = 0.5
_PART, _COVERED, _AT_AN_END = 0.25, 0.5, 0.05
_ABBREVIATED = 0.2
_NUMBER = 1.0  # what a version that two names share weighs, as much as the rarest character
_UNSAID, _UNSAID_PHASE = 0.15, 0.55  # one name gives a version, or a phase, the other none
_SCORES: dict[Way, float] = {"same": 1.0, "reordered": 0.95, "misspelt": 0.85}


class Likeness(NamedTuple):
    """`score` is for the names alone. contrast: each has something the other lacks; numbers: their versions differ."""

    score: float
    way: Way


class Weights:
    """How much a character or Latin word tells: what many names have tells little."""

    def __init__(self, names: Iterable[tuple[str, ...]]) -> None:
        distinct = set(names)
        self._counts = Counter(unit for name in distinct for unit in set(name))
        self._most = math.log(len(distinct) + 2)

    def of(self, units: Iterable[str]) -> float:
        """The weight of several together."""
        return sum(self._of(unit) for unit in units)

    def _of(self, unit: str) -> float:
        common = math.log(self._counts[unit] + 1) / self._most
        return (1 - min(1.0, common) / 2) * (2 if len(unit) > 2 else 1)


def compare(one: Wording, other: Wording, weights: Weights) -> Likeness:
    """`账户2.0`, `支付账户2.0升级` -> part; `H5收银台`, `PC收银台` -> contrast; `一期`, `二期` -> numbers."""
    if not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return Likeness(0.0, "numbers")
    short, long = sorted((one.telling, other.telling), key=lambda units: (len(units), units))
    likeness = _compare(short, long, _NUMBER * len(one.numbers & other.numbers), weights)
    unsaid = one.numbers ^ other.numbers
    cost = _UNSAID_PHASE if any(not number[0].isdigit() for number in unsaid) else _UNSAID * bool(unsaid)
    return Likeness(likeness.score - cost, likeness.way)


def _compare(short: tuple[str, ...], long: tuple[str, ...], shared: float, weights: Weights) -> Likeness:
    way = _way(short, long)
    if way in _SCORES:
        return Likeness(_SCORES[way], way)
    both, either = Counter(short) & Counter(long), Counter(short) | Counter(long)
    covered = (shared + weights.of(both.elements())) / (shared + weights.of(either.elements()))
    if way == "contrast":
        return Likeness(_CONTRAST * covered, way)
    at_an_end = _AT_AN_END * (long[: len(short)] == short or long[-len(short) :] == short)
    return Likeness((_PART if way == "part" else _ABBREVIATED) + _COVERED * covered + at_an_end, way)


def _way(short: tuple[str, ...], long: tuple[str, ...]) -> Way:
    if short == long or "".join(short) == "".join(long):
        return "same"
    if sorted(short) == sorted(long):
        return "reordered"
    if len(short) == len(long) and len("".join(short)) >= 4 and all(map(_sound_alike, short, long)):
        return "misspelt"
    if not Counter(short) <= Counter(long):
        return "contrast"
    pairs = set(pairwise(long))
    kept = sum(pair in pairs for pair in pairwise(short))
    if kept * 2 >= len(short) - 1 and (kept or len(short) == 1):
        return "part"
    return "abbreviated" if _in_order(short, long) and short[0] == long[0] else "contrast"


def _sound_alike(one: str, other: str) -> bool:
    """`磐`, `盘` -> True, as `tokenization`, `tokenisation`."""
    if one == other:
        return True
    if one.isascii() or other.isascii():
        return len(one) == len(other) >= _LONG_WORD and sum(map(str.__ne__, one, other)) == 1
    return pinyin.spells(pinyin.spelled(one), other)


def _in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    units = iter(long)
    return all(unit in units for unit in short)
