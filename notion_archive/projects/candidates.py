"""Which names are worth comparing: those that share a pair of characters, near each other in one of the two.

What a name has is listed under a word with a sign before it, so that names which have it too are found: `=支 付` the same
telling units, `@支 付` called so in brackets, `-支 付` beside each other, `~支 付` near each other or around, `.支` any unit.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from notion_archive.projects.terms import Terms
from notion_archive.projects.wording import Units, Wording, is_word
from notion_archive.projects.workings import Entry, Workings

COMMON = 100  # a pair of characters that more names have leads to no candidates
CROWD = 60  # names that are the same, such as 测试 under sixty projects, that are all compared with each other
SAME, ALIAS, BESIDE, NEAR, UNIT = "=", "@", "-", "~", "."
_FAR = 6  # so far apart may be in a name what stands together in its abbreviation: 数字人民币, 数币


def listed(entry: Entry, terms: Terms) -> Iterator[str]:
    """Under what a spelling is listed."""
    wording = entry.wording
    yield called(SAME, wording.telling)
    yield from {called(ALIAS, telling) for telling, _ in entry.aliases}
    yield from (called(BESIDE, pair) for pair in _pairs(wording.telling, 1))
    yield from (called(NEAR, pair) for pair in _near(wording, terms))
    yield from (called(UNIT, (unit,)) for unit in {*wording.telling, *chain(*_around(wording, terms))})


def called(sign: str, units: Sequence[str]) -> str:
    """What is listed so."""
    return f"{sign}{' '.join(units)}"


def candidates(number: int, workings: Workings, terms: Terms) -> set[int]:
    """The names worth comparing with one."""
    wording, lists = workings.entry(number).wording, workings.lists
    found = _crowd(number, workings)
    for pair in _pairs(wording.telling, 1):
        if len(near := lists[called(NEAR, pair)]) <= COMMON:
            found.update(near)
    for pair in _near(wording, terms):
        if len(lists[called(NEAR, pair)]) <= COMMON:
            found.update(lists[called(BESIDE, pair)])
    return found - {number}


def _crowd(number: int, workings: Workings) -> set[int]:
    """The names that are the same; of very many only the neighbours."""
    same = workings.lists[called(SAME, workings.entry(number).wording.telling)]
    if len(same) <= CROWD:
        return set(same)
    by_tag: Callable[[int], str] = lambda one: workings.entry(one).spelling.tag  # noqa: E731
    ordered = sorted(same, key=by_tag)
    at = ordered.index(number)
    return set(ordered[max(0, at - 1) : at + 2])


def _near(wording: Wording, terms: Terms) -> set[Units]:
    return _pairs(wording.telling, _FAR).union(*(_pairs(units, 1) for units in _around(wording, terms)))


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
