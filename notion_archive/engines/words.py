"""The index of words: it knows for every term the documents it stands in, and for every tag those that have it.
Stock Whoosh can read it, and reading it here needs no Whoosh; `bulk` writes it.

A state of the index is a *generation*: a list of segments, beside Whoosh's own, both files that never change, as those of
the segments are. `bulk.write` makes the next generation beside the present one, `sweep` clears away what does not count
any more, and in between the caller records, in one transaction with the documents, which generation counts. So nothing
is half done.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from functools import reduce
from itertools import chain, product
from operator import or_
from pathlib import Path

import msgspec

from notion_archive import text
from notion_archive.database import damaged
from notion_archive.engines.segments import WORDS, Entry, Kept, Segment
from notion_archive.engines.tables import CURE

NAME = "MAIN"
_WORTH = 16  # a list of postings this many times longer than the candidates is not read to thin them out


class Words:
    """One generation of the index, open for reading; what it has opened stays readable while others are written.

    Raises FileNotFoundError if the generation has been swept away, IndexFolderError if its files are damaged.
    """

    def __init__(self, folder: Path, generation: int) -> None:
        self.generation = generation
        self._folder = folder
        with named_damage(folder):
            self._segments = [Segment(folder, kept) for kept in contents(folder, generation)]

    def rows(self, place: str, needs: text.Needs, among: Set[int] | None = None) -> Set[int]:
        """Rows of the documents that may have what is needed in their `place` ("title", "text" or "tag").

        All that have it are among them, and none that was removed. If only one thing is needed, these are exactly the ones.
        `among`: no others matter.
        """
        with named_damage(self._folder):
            return reduce(or_, (_find(segment, place, needs, among) for segment in self._segments), frozenset[int]())

    def weight(self, needs: text.Needs, places: Iterable[str] = WORDS) -> int:
        """How many postings there are of the rarest thing needed, roughly what `rows` has to read."""
        with named_damage(self._folder):
            return sum(_weight(segment, place, needs) for place, segment in product(places, self._segments))

    def beginning_with(self, beginning: str) -> dict[str, int]:
        """The terms that begin so, with the number of titles and texts they stand in; what was removed counts too."""
        counts: Counter[str] = Counter()
        with named_damage(self._folder):
            for place, segment in product(WORDS, self._segments):
                counts.update({term: entry.documents for term, entry in segment.beginning_with(place, beginning)})
        return dict(sorted(counts.items()))

    def close(self) -> None:
        """Let go of the files."""
        for segment in self._segments:
            segment.close()


def contents(folder: Path, generation: int) -> Sequence[Kept]:
    """The segments of a generation."""
    if not generation:
        return ()
    return msgspec.json.decode(listing(folder, generation).read_bytes(), type=tuple[Kept, ...])


def are_scattered(segments: Iterable[Kept]) -> bool:
    """Whether much is outside of the largest segment: an eighth of all is worth that all is written once more."""
    living = [kept.living for kept in segments]
    return 8 * (sum(living) - max(living, default=0)) > sum(living)


def listing(folder: Path, generation: int) -> Path:
    """The file that says which segments a generation has."""
    return folder / f"_{NAME}_{generation}.json"


def sweep(folder: Path, generation: int) -> None:
    """Delete what does not belong to this generation, as far as the system lets go of it.

    Raises IndexFolderError if the generation itself is damaged or missing.
    """
    with named_damage(folder, missing=True):
        names = {kept.name for kept in contents(folder, generation)}
    for file in folder.glob("*.*"):
        if file.name.partition(".")[0] not in {*names, listing(folder, generation).stem}:
            with suppress(OSError):  # Windows, while somebody is reading it; the next sweep takes it
                file.unlink()


@contextmanager
def named_damage(folder: Path, *, missing: bool = False) -> Iterator[None]:
    """`missing`: a file that is not there is damage too, not the sign of a writer who was faster."""
    try:
        yield
    except FileNotFoundError as error:
        if not missing:
            raise
        raise damaged(folder, "files are missing", CURE) from error
    except (OSError, MemoryError):
        raise
    except Exception as error:  # whatever bytes that are not ours make of themselves
        raise damaged(folder, str(error) or type(error).__name__, CURE) from error


def _find(segment: Segment, place: str, needs: text.Needs, among: Set[int] | None) -> Set[int]:
    """See `Words.rows`. Begins with what is rarest and stops where reading on costs more than it saves."""
    found: Set[int] | None = None
    for weight, choice in sorted(_weighed(segment, place, needs)):
        if found is not None and weight > _WORTH * len(found):
            break
        found = segment.having(choice, among if found is None else found)
    return found - segment.gone if found and segment.gone else found or set()


def _weight(segment: Segment, place: str, needs: text.Needs) -> int:
    """How many postings the rarest thing needed has."""
    return min((weight for weight, _ in _weighed(segment, place, needs)), default=0)


def _weighed(segment: Segment, place: str, needs: text.Needs) -> Iterator[tuple[int, list[Entry]]]:
    """For each thing needed the terms that have it, with the number of their postings."""
    exact = ([entry] if (entry := segment.entry(place, term)) else [] for term in needs.exact)
    beginnings = ([entry for _, entry in segment.beginning_with(place, begun)] for begun in needs.beginnings)
    for choice in chain(exact, beginnings):
        yield sum(entry.documents for entry in choice), choice
