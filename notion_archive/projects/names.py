"""The names of an archive's projects, compared: which are alike enough to be one project's."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from notion_archive.projects.candidates import ALIAS, COMMON, CROWD, NEAR, SAME, UNIT, called, candidates
from notion_archive.projects.likeness import CONTRAST, WORTH, Likeness, Likenesses, never, roughly
from notion_archive.projects.spellings import Spelling
from notion_archive.projects.terms import Terms
from notion_archive.projects.wording import read
from notion_archive.projects.workings import Entry, Workings

_SAME, _CALLED = Likeness(1.0, "same"), Likeness(0.9, "called")  # called: one in brackets behind the other
_LONG = 400  # days; a name that was silent as long and is written otherwise is another project's
_READY = 8192  # names that are kept ready to be compared

Pair = tuple[int, int]


def entry(spelling: Spelling, terms: Terms) -> Entry:
    """A spelling with its name taken apart."""
    aliases = (read(other, terms) for other in spelling.aliases)
    return Entry(
        spelling=spelling,
        wording=read(spelling.name, terms, " ".join(sorted(spelling.others)), spelling.parent),
        aliases=tuple(sorted({(one.telling, one.numbers) for one in aliases}, key=repr)),
    )


def compare(workings: Workings, again: Iterable[int], terms: Terms) -> set[int]:
    """Find out again to which names these are alike. Those of which something has changed."""
    return _Comparing(workings, terms).of(again)


def shifted(workings: Workings, lengths: Mapping[str, int]) -> set[int]:
    """The names that may be alike to others than before because lists that had these lengths are others now: candidates are
    others, or words weigh otherwise."""
    tellings = [key[1:].split() for key in lengths if _comes_or_goes(key, lengths, workings)]
    return _crowded(workings, lengths) | _weighed(workings, tellings)


def _comes_or_goes(key: str, lengths: Mapping[str, int], workings: Workings) -> bool:
    """Whether a name that tells something else than all others is new, or was the last."""
    return key[0] == SAME and not (lengths[key] and workings.lists[key])


def _crowded(workings: Workings, lengths: Mapping[str, int]) -> set[int]:
    """The names whose candidates are others because something has become common, or is not common any more."""
    found: set[int] = set()
    for key, before in lengths.items():
        now = workings.lists[key]
        most = {NEAR: COMMON, SAME: CROWD}.get(key[0])
        if most and ((before > most) != (len(now) > most) or (key[0] == SAME and len(now) > most)):
            found.update(now)
    return found


def _weighed(workings: Workings, tellings: Iterable[Iterable[str]]) -> set[int]:
    """Count names that are new or gone; the names in which a unit weighs otherwise than before."""
    before: dict[str, int] = {}
    for telling in tellings:
        more = 1 if workings.lists[called(SAME, [*telling])] else -1
        for unit in {"", *telling}:
            before.setdefault(unit, workings.counts[unit])
            workings.counts[unit] += more
    shifted = [unit for unit, count in before.items() if roughly(count, unit) != roughly(workings.counts[unit], unit)]
    if "" in shifted:
        return set(workings.numbers())
    return {number for unit in shifted for number in workings.lists[called(UNIT, (unit,))]}


class _Comparing:
    """Compares names by their numbers, with the weights that words have now."""

    def __init__(self, workings: Workings, terms: Terms) -> None:
        self._workings, self._terms = workings, terms
        self._likenesses = likenesses = Likenesses(workings.counts, terms)
        # What is kept knows nothing of who keeps it: the two of them would stay until somebody looks for such circles.
        self._ready = cache(lambda number: likenesses.ready(workings.entry(number).wording))

    def of(self, again: Iterable[int]) -> set[int]:
        """Compare these with all candidates; those of which something has changed."""
        alike, changed, done = self._workings.alike, set[int](), set[int]()
        for number in sorted(again):
            before = alike[number]
            found = self._alike(number, done) if self._workings.entries[number] else {}
            done.add(number)
            others = {other for other in before.keys() | found.keys() if before.get(other) != found.get(other)}
            if others:
                changed |= others | {number}
                alike[number] = found
            for other in others:
                if other in found:
                    alike.change(other)[number] = found[other]
                else:
                    alike.change(other).pop(number, None)
        return changed

    def _alike(self, number: int, done: set[int]) -> dict[int, Likeness]:
        called = self._called(number)
        found = {}
        for other in sorted(called | candidates(number, self._workings, self._terms)):
            if other in done:
                likeness = self._workings.alike[other].get(number)
            else:
                likeness = self._likeness(*self._in_order(number, other))
                if other in called and (likeness or CONTRAST).way in ("part", "abbreviated", "contrast"):
                    likeness = _CALLED
            if likeness:
                found[other] = likeness
        return found

    def _in_order(self, one: int, other: int) -> Pair:
        entry = self._workings.entry
        return (one, other) if entry(one).spelling.tag < entry(other).spelling.tag else (other, one)

    def _likeness(self, one: int, other: int) -> Likeness | None:
        """How alike two names are that are, or that only a version, a bank, an opposite tells apart."""
        first, second = self._workings.entry(one), self._workings.entry(other)
        if first.wording == second.wording:
            return _SAME
        (start, end), (begin, stop) = first.span, second.span
        if start - stop > _LONG or begin - end > _LONG:
            return None
        likeness = self._likenesses.of(self._ready(one), self._ready(other))
        told_apart = likeness.way != "contrast" and first.wording.telling == second.wording.telling
        return likeness if likeness.score >= WORTH or told_apart else None

    def _called(self, number: int) -> set[int]:
        """The names one of which somebody put in brackets behind the other as another name of it."""
        entry, lists = self._workings.entry, self._workings.lists
        own = entry(number)
        theirs = lists[called(ALIAS, own.wording.telling)]
        own_called = own.wording.telling, own.wording.numbers
        found = {other for other in theirs if own_called in entry(other).aliases}
        for telling, numbers in own.aliases:
            same = lists[called(SAME, telling)]
            found.update(other for other in same if entry(other).wording.numbers == numbers)
        return found - {number}


class Region:
    """Some of the spellings, by their places in the order of tags."""

    def __init__(self, workings: Workings, numbers: Iterable[int], terms: Terms) -> None:
        entries = sorted((workings.entry(number).spelling.tag, number) for number in numbers)
        self.numbers = [number for _, number in entries]
        self.spellings = [workings.entry(number).spelling for number in self.numbers]
        self.wordings = [workings.entry(number).wording for number in self.numbers]
        self.places = places = {number: at for at, number in enumerate(self.numbers)}
        self._alike = {
            (at, place): likeness
            for at, number in enumerate(self.numbers)
            for other, likeness in workings.alike[number].items()
            if (place := places.get(other, -1)) > at
        }
        likenesses, wordings = Likenesses(workings.counts, terms), self.wordings
        self._ready = lru_cache(_READY)(lambda at: likenesses.ready(wordings[at]))

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
        return never(self._ready(one), self._ready(other))
