"""How alike two names of projects are, from 0 to 1, and in what way."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain, pairwise
from typing import Literal, NamedTuple

from notion_archive import pinyin
from notion_archive.projects.terms import Terms
from notion_archive.projects.wording import Units, Wording, is_institution, is_word

Way = Literal[
    "same", "called", "reordered", "placed", "misspelt", "part", "abbreviated", "contrast",
    "numbers", "institutions", "opposites",
]  # fmt: skip
NEVER: dict[Way, str] = {
    "numbers": "their versions or phases differ",
    "institutions": "they name different institutions",
    "opposites": "one is for the opposite of the other",
}
WORTH = 0.3  # names less alike than this are never one project
_SCORES: dict[Way, float] = {"same": 1.0, "reordered": 0.95, "misspelt": 0.85}
_MOST = 0.9  # what names can score that are not the same
_LONGER, _OTHER = 0.5, 1.6  # what it costs that one name has more than the other, that each has something else
_SCATTERED, _ABBREVIATED = 0.4, 0.8  # what a character tells that has other neighbours: 收款, 付款; 数币, 数字人民币
_LOOSE = 0.5  # what a loose word in both tells: 收银台重构, 收银台前端重构
_BESIDE = 0.5  # what brackets cost where the other name has none
_REMARK = 2.5  # the most that brackets cost, which may hold a remark
_WORD = 0.85  # what a part tells that is only a word of the field: 对账
_KIN = 0.8  # what Redis and 缓存 have in common
_LEAST = 0.25  # of each name so much must be in the other
_OWN = 0.25  # a part whose own name has more that the other has not is not the other: 退卡 under 栗子卡 is not 栗子卡
_NUMBER, _NUMBER_AS_NAME = 1.0, 2.0  # a version weighs as much as the rarest character, 618 as a word
_LONG_WORD = 6  # letters; in a Latin word as long as this, one other letter is a slip of the pen


class Likeness(NamedTuple):
    """`score` is for the names alone. contrast: each has something the other lacks."""

    score: float
    way: Way


CONTRAST = Likeness(0.0, "contrast")


class Name(NamedTuple):
    """A wording made ready: its units, those in brackets and loose ones, those of its parent; its numbers, institutions,
    codes and opposites; what its words are kinds of."""

    wording: Wording
    telling: frozenset[str]
    beside: frozenset[str]
    above: frozenset[str]
    numbers: frozenset[str]
    institutions: frozenset[str]
    codes: dict[str, str]
    sides: dict[str, set[str]]
    kinds: tuple[tuple[str, str], ...]
    weight: float


class Likenesses:
    """How alike any two names of an archive are. What many names have tells little: `counts` says of a unit in how many it
    stands, and of "" how many there are."""

    def __init__(self, counts: Mapping[str, int], terms: Terms) -> None:
        self._weights = _Weights(counts)
        self._terms = terms

    def ready(self, wording: Wording) -> Name:
        """A name made ready to be compared."""
        parts = wording.telling, wording.beside, wording.above, *wording.loose
        units = [unit for part in parts for unit in part]
        telling = frozenset(wording.telling)
        sides: dict[str, set[str]] = defaultdict(set)
        for sort, side in wording.sides:
            sides[sort].add(side)
        return Name(
            wording, telling, frozenset([*wording.beside, *chain(*wording.loose)]), frozenset(wording.above),
            wording.numbers | wording.numbers_above if wording.numbers_above else wording.numbers, frozenset(filter(is_institution, units)),
            {stem: unit for unit in units if (stem := unit.rstrip("0123456789")) and stem != unit},
            dict(sides), tuple((unit, meant) for unit in wording.telling for meant in self._terms.either(unit)),
            self._weight(telling),
        )  # fmt: skip

    def _weight(self, units: Iterable[str]) -> float:
        return math.fsum(map(self._weights.__getitem__, units))

    def of(self, one: Name, other: Name) -> Likeness:
        """`账户2.0`, `支付账户2.0升级` -> part; `H5收银台`, `收银台 App` -> contrast; `一期`, `二期` -> numbers."""
        if never := _never(one, other):
            return Likeness(0.0, never)
        if self._hardly(one, other):
            return CONTRAST
        first, second = one.wording, other.wording
        way = _way(first.telling, second.telling)
        extra = [self._beside(one, other), self._beside(other, one)]
        if way in _SCORES and first.numbers == second.numbers and not any(extra):
            return Likeness(_SCORES[way], way)
        shared, rests = self._matched(one, other, way)
        if one.weight - rests[0] < _LEAST * one.weight or other.weight - rests[1] < _LEAST * other.weight:
            return CONTRAST
        shared += _numbers(first.numbers & second.numbers)
        shared += _LOOSE * math.fsum(map(self._weight, first.loose & second.loose))
        rests[0] += _numbers(first.numbers - other.numbers)
        rests[1] += _numbers(second.numbers - one.numbers)
        if min(rests) == 0:
            way = "placed" if not any(rests) else way if way == "abbreviated" else "part"
        beside = 1.0 if all(extra) else _BESIDE
        more = [rest + beside * lost for rest, lost in zip(rests, extra, strict=True)]
        score = shared / (shared + _LONGER * max(more) + _OTHER * min(more))
        if way == "part" and self._terms.is_word(min(first.telling, second.telling, key=len)):
            score *= _WORD
        return Likeness(min(score, _MOST), way)

    def _hardly(self, one: Name, other: Name) -> bool:
        """Whether two names cannot be alike, told without looking closely."""
        if one.kinds or other.kinds or one.wording.numbers & other.wording.numbers:
            return False
        rests = (
            self._weight(one.telling.difference(other.telling, other.beside, other.above)),
            self._weight(other.telling.difference(one.telling, one.beside, one.above)),
        )
        shared = max(one.weight - rests[0], other.weight - rests[1])
        shared += _LOOSE * math.fsum(map(self._weight, one.wording.loose & other.wording.loose))
        return shared < WORTH * (shared + _LONGER * max(rests) + _OTHER * min(rests))

    def _matched(self, one: Name, other: Name, way: Way) -> tuple[float, list[float]]:
        """The weight of what two names share, and of what is left of each. What is missing in the other's name may stand
        in its brackets or be its parent's name."""
        first, second = _pairs(one.wording), _pairs(other.wording)
        solid = _units(first & second)
        if way == "contrast":
            solid -= _units(first - second) & _units(second - first)
        least = 1.0 if way in ("same", "reordered") else _ABBREVIATED if way == "abbreviated" else _SCATTERED
        both = one.telling & other.telling
        firm = self._weight(unit for unit in both if unit in solid or is_word(unit))
        loose = self._weight(both) - firm
        shared, scattered = firm + least * loose, (1 - least) * loose
        lefts = set(one.telling - both), set(other.telling - both)
        shared += self._found(lefts[0], other.beside, solid) + self._found(lefts[1], one.beside, solid)
        lacks = self._weight(lefts[0]), self._weight(lefts[1])
        if lacks[1] < _OWN * other.weight:
            shared += self._found(lefts[0], other.above, solid)
        if lacks[0] < _OWN * one.weight:
            shared += self._found(lefts[1], one.above, solid)
        for name, left, right in ((one, *lefts), (other, *lefts[::-1])):
            for unit, meant in name.kinds:
                if right.issuperset(meant):
                    shared += _KIN * self._weight(meant)
                    left.discard(unit)
                    right.difference_update(meant)
        return shared, [self._weight(left) + scattered for left in lefts]

    def _found(self, left: set[str], there: Set[str], solid: Set[str]) -> float:
        """What is left of one name is looked for in what surrounds the other; the weight of what was found."""
        found = {unit for unit in left & there if unit in solid or is_word(unit)}
        left -= found
        return self._weight(found)

    def _beside(self, one: Name, other: Name) -> float:
        """The weight of what stands in one's brackets and nowhere in the other's name."""
        if not one.wording.beside:
            return 0.0
        return min(self._weight(set(one.wording.beside).difference(other.telling, other.beside, other.above)), _REMARK)


class _Weights(dict[str, float]):
    """How much a unit tells; a Latin word or an institution as much as two characters."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        super().__init__()
        self._counts, self._most = counts, math.log(roughly(counts[""], "") + 2)

    def __missing__(self, unit: str) -> float:
        common = min(1.0, math.log(roughly(self._counts[unit], unit) + 1) / self._most)
        self[unit] = weight = (1 - common / 2) * (2 if is_word(unit) else 1)
        return weight


def roughly(count: int, unit: str) -> float:
    """A count by its first binary digits, so that one name more hardly ever changes what another weighs.

    Of names with a unit in them 1 to 7, then the middle of 8 and 9, of 10 and 11 … of 16 to 19; of all names that of 2
    and 3, of 4 to 7, of 8 to 15 …
    """
    rest = max(0, count.bit_length() - (3 if unit else 1))
    return (count >> rest << rest) + ((1 << rest) - 1) / 2


def _numbers(numbers: Iterable[str]) -> float:
    return sum(_NUMBER_AS_NAME if len(number) > 2 and number.isdigit() else _NUMBER for number in numbers)


def _pairs(wording: Wording) -> set[tuple[str, str]]:
    """What stands next to what."""
    parts = wording.telling, wording.beside, wording.above, *wording.loose
    return {pair for part in parts for pair in pairwise(part)}


def _units(pairs: Iterable[tuple[str, str]]) -> set[str]:
    return set(chain.from_iterable(pairs))


def never(one: Name, other: Name) -> str:
    """What keeps two names apart whatever speaks for them, empty where nothing does."""
    return NEVER.get(_never(one, other) or "same", "")


def _never(one: Name, other: Name) -> Way | None:
    """Each has a number, an institution or a side that the other lacks."""
    if not (one.numbers <= other.numbers or other.numbers <= one.numbers):
        return "numbers"
    if one.codes and any(other.codes.get(stem, code) != code for stem, code in one.codes.items()):
        return "numbers"
    if not (one.institutions <= other.institutions or other.institutions <= one.institutions):
        return "institutions"
    if one.sides and any(other.sides.get(sort, sides).isdisjoint(sides) for sort, sides in one.sides.items()):
        return "opposites"
    return None


def _way(one: Units, other: Units) -> Way:
    short, long = (one, other) if (len(one), one) <= (len(other), other) else (other, one)
    if short == long or "".join(short) == "".join(long):
        return "same"
    if len(short) == len(long):
        if sorted(short) == sorted(long):
            return "reordered"
        if len("".join(short)) >= 4 and all(map(_sound_alike, short, long)):
            return "misspelt"
    if not set(short) <= set(long):
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
    if one.isascii() or other.isascii() or is_institution(one) or is_institution(other):
        return len(one) == len(other) >= _LONG_WORD and sum(map(str.__ne__, one, other)) == 1
    return pinyin.spells(pinyin.spelled(one), other)


def _in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    units = iter(long)
    return all(unit in units for unit in short)
