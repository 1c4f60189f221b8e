"""What was measured: lists of numbers by what was done, at which size, by whom. All of one run."""

import math
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

_LONG = 300.0  # seconds; what takes longer is done once


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """How many records (pages, for ripgrep: files) have what was asked for, as everyone counts. `same` is what counts
    must be equal for; `ripgrep` compares with `pages`."""

    kind: str
    typed: str
    comparable: bool
    records: dict[str, int]
    pages: int
    files: int | None

    @property
    def agreed(self) -> bool:
        """Whether all who can count alike do; where a peer cannot tell, ours and the scan."""
        who = self.records if self.comparable else ("ours", "scan")
        return len({self.records[one] for one in who}) == 1


class Figures(msgspec.Struct, kw_only=True):
    """The numbers of a run, with where and when it was made. Times are in seconds."""

    date: str = ""
    machine: str = ""
    versions: dict[str, str] = {}
    command: str = ""
    values: dict[str, list[float]] = {}
    counts: dict[str, list[Counted]] = {}

    def add(self, what: str, size: str, who: str, value: float) -> None:
        """One more number."""
        self.values.setdefault(_key(what, size, who), []).append(value)

    def all(self, what: str, size: str, who: str) -> list[float]:
        """Every number there is of this; none where it was not measured."""
        return self.values.get(_key(what, size, who), [])

    def median(self, what: str, size: str, who: str) -> float | None:
        """The median, None where it was not measured."""
        found = self.all(what, size, who)
        return statistics.median(found) if found else None

    def slowest(self, what: str, size: str, who: str) -> float | None:
        """The 99th percentile: one in a hundred took longer."""
        found = sorted(self.all(what, size, who))
        return found[math.ceil(0.99 * len(found)) - 1] if found else None

    def ratio(self, one: tuple[str, str, str], other: tuple[str, str, str]) -> float | None:
        """How many times the median of the other."""
        over, under = self.median(*one), self.median(*other)
        return over / under if over is not None and under else None

    def interleave(self, what: str, runs: int, jobs: Mapping[tuple[str, str], Callable[[], float]]) -> None:
        """Do every job (size, who) in turn, so many times: what the machine does meanwhile meets all alike."""
        for _ in range(runs):
            for (size, who), job in jobs.items():
                if max(self.all(what, size, who), default=0) < _LONG:
                    self.add(what, size, who, job())

    def keep(self, file: Path) -> None:
        """Write the numbers, from which the page can be made again."""
        file.write_bytes(msgspec.json.format(msgspec.json.encode(self)))


def took(job: Callable[[], object]) -> float:
    """Seconds by the clock on the wall."""
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def _key(what: str, size: str, who: str) -> str:
    return f"{what}/{size}/{who}"
