"""Which names are worth comparing: those that share a pair of characters, near each other in one of the two."""

from collections import defaultdict
from collections.abc import Sequence

from notion_archive.projects.wording import Wording

_COMMON = 150  # a pair of characters that more names have leads to no candidates
_FAR = 6  # so far apart may be in a name what stands together in its abbreviation: 数字人民币, 数币


def candidates(wordings: Sequence[Wording]) -> list[tuple[int, int]]:
    """Pairs of places in a list of distinct wordings, the smaller place first."""
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, wording in enumerate(wordings):
        for pair in _pairs(wording.telling, _FAR):
            having[pair].append(at)
    found = {
        (min(at, other), max(at, other))
        for at, wording in enumerate(wordings)
        for pair in _pairs(wording.telling, 1)
        if len(having[pair]) <= _COMMON
        for other in having[pair]
        if other != at
    }
    return sorted(found)


def _pairs(units: tuple[str, ...], far: int) -> set[tuple[str, ...]]:
    """Units that stand at most so far apart, in order; Latin words also alone."""
    pairs = {(one, other) for at, one in enumerate(units) for other in units[at + 1 : at + 1 + far]}
    return pairs | {(unit,) for unit in units if len(unit) > 1} | ({units} if len(units) == 1 else set())
