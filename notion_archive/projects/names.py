"""The names of an archive's projects, compared: which are alike enough to be one project's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

from notion_archive.projects.candidates import candidates, crowd
from notion_archive.projects.likeness import CONTRAST, WORTH, Likeness, Likenesses
from notion_archive.projects.spellings import Spelling
from notion_archive.projects.terms import Terms
from notion_archive.projects.wording import Wording, read

_SAME, _CALLED = Likeness(1.0, "same"), Likeness(0.9, "called")  # called: one in brackets behind the other
_LONG = 400  # days; a name that was silent as long and is written otherwise is another project's

Pair = tuple[int, int]


class Names:
    """The names by their places in the list of spellings."""

    def __init__(self, spellings: Sequence[Spelling], terms: Terms) -> None:
        self._spellings = spellings
        self.wordings = [read(one.name, terms, " ".join(sorted(one.others)), one.parent) for one in spellings]
        self._likenesses = Likenesses(self.wordings, terms)
        self._alike = dict(self._found(terms))
        for pair in self._bracketed(terms):
            if self._alike.get(pair, CONTRAST).way in ("part", "abbreviated", "contrast"):
                self._alike[pair] = _CALLED

    @property
    def pairs(self) -> Iterable[Pair]:
        """The names worth comparing, the smaller place first."""
        return self._alike

    def likeness(self, one: int, other: int) -> Likeness:
        """How alike two names are; those not worth comparing are a contrast."""
        found = self._alike.get((one, other) if one < other else (other, one))
        return found or (_SAME if self.wordings[one] == self.wordings[other] else CONTRAST)

    def never(self, one: int, other: int) -> str:
        """Why two names are two projects whatever speaks for them, empty where nothing forbids it."""
        return self._likenesses.never(one, other)

    def _found(self, terms: Terms) -> Iterable[tuple[Pair, Likeness]]:
        """Names that are alike, or that only a version, a bank, an opposite tells apart."""
        places: dict[Wording, list[int]] = defaultdict(list)
        for at, wording in enumerate(self.wordings):
            places[wording].append(at)
        for same in places.values():
            yield from ((pair, _SAME) for pair in crowd(same))
        wordings = list(places)
        times = [self._time(places[wording]) for wording in wordings]
        for first, second in candidates(wordings, terms):
            (start, end), (begin, stop) = times[first], times[second]
            if start - stop > _LONG or begin - end > _LONG:
                continue
            ones, others = places[wordings[first]], places[wordings[second]]
            likeness = self._likenesses.of(ones[0], others[0])
            if likeness.score >= WORTH or (
                likeness.way != "contrast" and wordings[first].telling == wordings[second].telling
            ):
                for pair in product(ones, others):
                    yield (min(pair), max(pair)), likeness

    def _time(self, places: Iterable[int]) -> tuple[int, int]:
        """From when to when a name is written; one without a day at any time."""
        days = [self._spellings[at].days for at in places]
        return (min(day[0] for day in days), max(day[-1] for day in days)) if all(days) else (0, 10**9)

    def _bracketed(self, terms: Terms) -> set[Pair]:
        """Pairs one of which somebody put in brackets behind the other as another name of it."""
        places: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for at, wording in enumerate(self.wordings):
            places[wording.telling, wording.numbers].append(at)
        return {
            (min(at, to), max(at, to))
            for at, spelling in enumerate(self._spellings)
            for wording in (read(other, terms) for other in spelling.aliases)
            for to in places.get((wording.telling, wording.numbers), ())
            if to != at
        }
