"""What we want to be, and what was measured: every row of the table, met or missed and by how much."""

from collections.abc import Iterator

from msgspec import Struct

from benchmarks.figures import Figures

Place = tuple[str, str, str]
MEGABYTE = 1024 * 1024


class Row(Struct, frozen=True, kw_only=True):
    """One target. `met` is None where something it needs was not measured."""

    what: str
    target: str
    measured: str = "not measured"
    met: bool | None = None
    missed_by: float = 0.0

    @property
    def verdict(self) -> str:
        """For the table."""
        if self.met is None:
            return "–"
        if self.met:
            return "met"
        far = self.missed_by >= 1
        return f"**missed: {1 + self.missed_by:.1f} times that**" if far else f"**missed by {self.missed_by:.0%}**"


def rows(figures: Figures) -> Iterator[Row]:
    """Every row, in the order of the table."""
    table = _Table(figures)
    click = ("", "click")
    own, large = ("M", "ours"), ("L", "ours")
    yield table.at_least(
        "import M end to end, against the naive stock build of the same records", 6, "import", ("M", "stock"), own
    )
    yield table.at_most(
        "the same against FTS5 indexing ready-made records on one core", 3, "import", own, ("M", "fts5")
    )
    yield table.a_page()
    yield table.at_most("re-import of M with nothing changed, against `rg -c .`", 3, "again", own, ("M", "ripgrep"))
    yield table.at_most("one changed page in M, whole process, against `import click`", 4, "changed", own, click)
    yield table.at_most(
        "`incidents --institution X --json` on M, cold, against `import click`", 2, "incidents", own, click
    )
    yield table.at_most("the same on L, against M", 1.2, "incidents", large, own)
    yield table.at_most(
        "`search` with two words and a filter on M, cold, against `import click`", 3, "search", own, click
    )
    yield table.at_most("the same on L, against M", 1.3, "search", large, own)
    yield table.at_most("the same on L, against `rg` there", 1, "search", large, ("L", "ripgrep"))
    yield table.at_most(
        "text query, warm, M, hits and total and facets: p50 against FTS5", 1.5, "text", own, ("M", "fts5")
    )
    yield table.slowest()
    yield table.at_least("the same: p50 of stock Whoosh phrases against ours", 10, "phrase", ("M", "stock"), own)
    yield table.at_most("institution and dates, warm, M, against the bare SQL", 2, "past", own, ("M", "sql"))
    yield table.soon_or_near("`trace`, warm, M", "trace")
    yield table.soon_or_near("`metrics` over everything, warm, M", "metrics")
    yield table.share("disk: the archive's caches against record text, M", 5)
    yield table.memory("resident memory: importing L, any one process", 350, "memory of import")
    yield table.memory("resident memory: a query on L", 80, "memory of query")


class _Table:
    """Makes rows of figures."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def at_most(self, what: str, limit: float, done: str, one: tuple[str, str], other: tuple[str, str]) -> Row:
        ratio = self._figures.ratio((done, *one), (done, *other))
        return _most(what, f"≤ {limit:g} ×", limit, ratio, f"{ratio:.2f} ×" if ratio else "")

    def at_least(self, what: str, limit: float, done: str, one: tuple[str, str], other: tuple[str, str]) -> Row:
        ratio = self._figures.ratio((done, *one), (done, *other))
        target = f"≥ {limit:g} × faster"
        if ratio is None:
            return Row(what=what, target=target)
        return Row(what=what, target=target, measured=f"{ratio:.2f} ×", met=ratio >= limit, missed_by=1 - ratio / limit)

    def a_page(self) -> Row:
        """Seconds a page, by the pages that were imported."""
        ratio = self._figures.ratio(("import", "L", "ours"), ("import", "S", "ours"))
        pages = self._figures.ratio(("pages", "L", ""), ("pages", "S", ""))
        apiece = ratio / pages if ratio and pages else None
        what = "import L: seconds a page, against S"
        return _most(what, "≤ 1.2 ×", 1.2, apiece, f"{apiece:.2f} ×" if apiece else "")

    def slowest(self) -> Row:
        p50, p99 = self._figures.median("text", "M", "ours"), self._figures.slowest("text", "M", "ours")
        ratio = p99 / p50 if p50 and p99 else None
        return _most("the same: p99 against p50", "≤ 3 ×", 3, ratio, f"{ratio:.2f} ×" if ratio else "")

    def soon_or_near(self, what: str, done: str) -> Row:
        """In 100 ms, or at twice the time of the bare SQL."""
        seconds = self._figures.median(done, "M", "ours")
        ratio = self._figures.ratio((done, "M", "ours"), (done, "M", "sql"))
        target = "≤ 100 ms or ≤ 2 × the bare SQL"
        if seconds is None or ratio is None:
            return Row(what=what, target=target)
        over = min(seconds / 0.1, ratio / 2)
        return _most(what, target, 1, over, f"{seconds * 1000:.0f} ms, {ratio:.2f} ×")

    def share(self, what: str, limit: float) -> Row:
        disk, text = self._figures.median("disk", "M", "ours"), self._figures.median("text bytes", "M", "")
        ratio = disk / text if disk and text else None
        return _most(what, f"≤ {limit:g} ×", limit, ratio, f"{ratio:.2f} ×" if ratio else "")

    def memory(self, what: str, limit: float, done: str) -> Row:
        most = max(self._figures.all(done, "L", "ours"), default=None)
        megabytes = most / MEGABYTE if most else None
        return _most(what, f"≤ {limit:g} MB", limit, megabytes, f"{megabytes:.0f} MB" if megabytes else "")


def _most(what: str, target: str, limit: float, value: float | None, measured: str) -> Row:
    if value is None:
        return Row(what=what, target=target)
    return Row(what=what, target=target, measured=measured, met=value <= limit, missed_by=value / limit - 1)
