"""Which names are worth comparing: those that share a pair of characters, near each other in one of the two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from notion_archive.projects.terms import Terms
from notion_archive.projects.wording import Units, Wording, is_word

_COMMON = 100  # a pair of characters that more names have leads to no candidates
_CROWD = 60  # names that are the same, such as 测试 under sixty projects, that are all compared with each other
_FAR = 6  # so far apart may be in a name what stands together in its abbreviation: 数字人民币, 数币


def candidates(wordings: Sequence[Wording], terms: Terms) -> Iterator[tuple[int, int]]:
    """Pairs of places in a list of distinct wordings, the smaller place first, in order; there may be millions."""
    beside: dict[Units, list[int]] = defaultdict(list)  # a pair of units -> the names in which they stand side by side
    near: dict[Units, list[int]] = defaultdict(list)  # -> those in which they stand near each other, or around
    called: dict[Units, list[int]] = defaultdict(list)
    for at, wording in enumerate(wordings):
        called[wording.telling].append(at)
        for pair in _pairs(wording.telling, 1):
            beside[pair].append(at)
        for pair in _near(wording, terms):
            near[pair].append(at)
    same: dict[int, set[int]] = defaultdict(set)
    for places in called.values():
        for one, other in crowd(places):
            same[one].add(other)
    for at, wording in enumerate(wordings):
        found = set(same.get(at, ()))
        for pair in _pairs(wording.telling, 1):
            if len(near[pair]) <= _COMMON:
                found.update(near[pair])
        for pair in _near(wording, terms):
            if len(near[pair]) <= _COMMON:
                found.update(beside.get(pair, ()))
        yield from ((at, other) for other in sorted(found) if other > at)


def _near(wording: Wording, terms: Terms) -> set[Units]:
    return _pairs(wording.telling, _FAR).union(*(_pairs(units, 1) for units in _around(wording, terms)))


def crowd(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The pairs among places that have the same name; of very many only the neighbours."""
    return combinations(places, 2) if len(places) <= _CROWD else pairwise(places)


def _around(wording: Wording, terms: Terms) -> Iterator[Units]:
    """What stands in brackets, above, and what a Latin word is a kind of."""
    yield wording.beside
    yield wording.above
    yield from map(tuple, wording.loose)
    yield from (tuple(meant) for unit in wording.telling for meant in terms.either(unit))


def _pairs(units: Units, far: int) -> set[Units]:
    """Units that stand at most so far apart, in order; words also alone."""
    pairs: set[Units] = {(one, other) for at, one in enumerate(units) for other in units[at + 1 : at + 1 + far]}
    return pairs | {(unit,) for unit in units if is_word(unit)} | ({units} if len(units) == 1 else set())
