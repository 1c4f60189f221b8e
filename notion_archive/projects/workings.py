"""What joining has worked out so far of the spellings of an archive, so that a page that comes need not begin from nothing.

Everything is known by the number of a spelling. What was kept is read when it is asked for; where nothing was, it is empty.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from msgspec import Struct

from notion_archive.projects.likeness import Likeness
from notion_archive.projects.spellings import Spelling
from notion_archive.projects.wording import Units, Wording

K = TypeVar("K")
V = TypeVar("V")
Called = tuple[Units, frozenset[str]]  # what tells a name from others, and its numbers
DAYS = "days"  # the list of the days of all reports


class Entry(Struct, frozen=True, kw_only=True):
    """A spelling, its name taken apart, and what else somebody calls it in brackets."""

    spelling: Spelling
    wording: Wording
    aliases: tuple[Called, ...]

    @property
    def span(self) -> tuple[int, int]:
        """From when to when it is written; one without a day at any time."""
        days = self.spelling.days
        return (days[0], days[-1]) if days else (0, 10**9)


class Lazy(dict[K, V]):
    """A mapping that asks for what it does not know yet, and knows what has been changed since."""

    def __init__(self, load: Callable[[K], V], *, fresh: bool) -> None:
        super().__init__()
        self._load = load
        self._fresh = fresh
        self._changed: set[K] = set()

    @property
    def changed(self) -> Collection[K]:
        """The keys of what has been changed."""
        return self.keys() if self._fresh else self._changed

    def __missing__(self, key: K) -> V:
        value = self._load(key)
        if not self._fresh:
            super().__setitem__(key, value)
        return value

    def change(self, key: K) -> V:
        """The value, which is going to be another."""
        value = self[key]
        self[key] = value
        return value

    def __setitem__(self, key: K, value: V) -> None:
        if not self._fresh:
            self._changed.add(key)
        super().__setitem__(key, value)


class Lists(Lazy[str, "array[int]"]):
    """Lists of numbers by name. Where nothing was kept, most have one number, and are no lists yet: there are very many."""

    def __init__(self, load: Callable[[str], "array[int]"], *, fresh: bool) -> None:
        self._single: dict[str, int] = {}
        super().__init__(self._only if fresh else load, fresh=fresh)

    def _only(self, name: str) -> "array[int]":
        return array("I", [self._single[name]] if name in self._single else [])

    @property
    def changed(self) -> Collection[str]:
        """The names of what has been changed."""
        return [*super().changed, *self._single]

    def add(self, name: str, number: int) -> None:
        """Put a number at the end of a list."""
        if self._fresh and name not in self and name not in self._single:
            self._single[name] = number
        else:
            self.change(name).append(number)

    def __setitem__(self, name: str, numbers: "array[int]") -> None:
        self._single.pop(name, None)
        super().__setitem__(name, numbers)

    def let_go(self, signs: str) -> None:
        """Forget the lists whose names begin with one of these signs. What is left is put together anew: a dictionary that has
        been long stays as long."""
        left = {name: numbers for name, numbers in self.items() if name[0] not in signs}
        self.clear()
        self.update(left)
        self._single = {name: number for name, number in self._single.items() if name[0] not in signs}


class Before(NamedTuple):
    """Where is read what was worked out before: one thing at a time, by its name or number."""

    entry: Callable[[int], Entry | None]
    listed: Callable[[str], "array[int]"]
    count: Callable[[str], int]
    alike: Callable[[int], dict[int, Likeness]]
    circle: Callable[[int], int | None]
    circled: Callable[[int], Iterable[int]]
    tagged: Callable[[str], int | None]
    numbers: Callable[[], Iterable[int]]


def _nothing(_: object) -> None:
    return None


NOTHING = Before(
    entry=_nothing, listed=lambda _: array("I"), count=lambda _: 0, alike=lambda _: {}, circle=_nothing,
    circled=lambda _: (), tagged=_nothing, numbers=lambda: (),
)  # fmt: skip


class Workings:
    """The spellings by number; lists of numbers under what they have in common; in how many names, no two of which tell the
    same, a unit stands, under "" how many names there are, and how many have a day or number in one report; the names
    that are alike; which spellings may matter to each other (see `joining`)."""

    def __init__(self, before: Before = NOTHING) -> None:
        self._before = before
        fresh = before is NOTHING
        self.entries: Lazy[int, Entry | None] = Lazy(before.entry, fresh=fresh)
        self.lists = Lists(before.listed, fresh=fresh)
        self.counts: Lazy[str, int] = Lazy(before.count, fresh=fresh)
        self.alike: Lazy[int, dict[int, Likeness]] = Lazy(before.alike, fresh=fresh)
        self.circles: Lazy[int, int | None] = Lazy(before.circle, fresh=fresh)
        self.tagged: Lazy[str, int | None] = Lazy(before.tagged, fresh=fresh)

    def entry(self, number: int) -> Entry:
        """A spelling that is there."""
        entry = self.entries[number]
        assert entry is not None
        return entry

    def numbers(self) -> Iterator[int]:
        """Those of all spellings."""
        changed = {number for number in self.entries.changed if self.entries[number]}
        yield from changed
        yield from (number for number in self._before.numbers() if number not in self.entries.changed)

    def circled(self, circle: int) -> set[int]:
        """The spellings of a circle."""
        known = {number for number in self._before.circled(circle) if self.circles[number] == circle}
        return known | {number for number in self.circles.changed if self.circles[number] == circle}

    def let_go_of_names(self) -> None:
        """Forget the long lists by which names were found that are alike: they have been, and what they take up is needed."""
        self.lists.let_go("~-.")

    def put(self, came: Mapping[int, Entry | None], listed: Callable[[Entry], Iterable[str]]) -> dict[str, int]:
        """These spellings are so now, or are not there any more. How long each list was that is another now."""
        lengths: dict[str, int] = {}
        for number, entry in came.items():
            before = self.entries[number]
            old = set(listed(before)) if before else set[str]()
            new = set(listed(entry)) if entry else set[str]()
            for key in old ^ new:
                lengths.setdefault(key, len(self.lists[key]))
                if key in new:
                    self.lists.add(key, number)
                else:
                    self.lists.change(key).remove(number)
            self.entries[number] = entry
            if entry:
                self.tagged[entry.spelling.tag] = number
            elif before:
                self.tagged[before.spelling.tag] = None
        return lengths
