"""Figures as Markdown tables: who took how long, and how many times what we took."""

from collections.abc import Iterable, Iterator, Sequence

from benchmarks import targets
from benchmarks.corpus import SIZES
from benchmarks.figures import Counted, Figures
from benchmarks.peers import TITLES

_PEERS = ("ours", "fts5", "words", "tantivy", "stock", "ripgrep")
_NO = "not measured"


def wanted(figures: Figures) -> str:
    """Every target, what was measured, and whether that is enough."""
    rows = ((row.what, row.target, row.measured, row.verdict) for row in targets.rows(figures))
    return table(("what", "target", "measured", ""), rows)


def imports(figures: Figures) -> str:
    """Who took how long until everything can be asked."""
    heads = [_size(figures, size) for size in SIZES]
    return table(("", *heads), (_timed(figures, "import", who) for who in _PEERS[:-1]))


def commands(figures: Figures) -> str:
    """Commands from their start to their end."""
    rows = [_timed(figures, what, "ours", f"`{name}`") for what, name in _COMMANDS.items()]
    rows += [_timed(figures, "search", "ripgrep", "`rg`, two words on a line")]
    rows += [_timed(figures, "again", "ripgrep", "`rg -c .`")]
    click = shown(figures.median("incidents", "", "click"))
    return table(("", *SIZES), [*rows, ("`python -c 'import click'`", *(click for _ in SIZES))])


_COMMANDS = {
    "incidents": "incidents --institution X --json", "search": "search 通道 超时 --kind incident",
    "changed": "import PAGE.md, one line new", "again": "import FOLDER, nothing new",
}  # fmt: skip


def answers(figures: Figures) -> str:
    """Text questions in a running process."""
    return table(("p50 / p99", *SIZES), (_spread(figures, "text", who) for who in ("ours", "fts5", "tantivy", "stock")))


def facts(figures: Figures) -> str:
    """Questions without text in a running process."""
    asked = {"institution": ("ours", "fts5", "tantivy", "stock"), "past": ("ours", "sql"), "trace": ("ours", "sql")}
    rows = [
        _spread(figures, what, who, f"{_FACTS[what]}: {TITLES.get(who, 'the bare SQL')}")
        for what, who in ((what, who) for what, whom in {**asked, "metrics": ("ours", "sql")}.items() for who in whom)
    ]
    return table(("p50 / p99", *SIZES), [*rows, _spread(figures, "text", "whole", "`search`, the whole answer")])


_FACTS = {
    "institution": "institution and a year, all records, with facets", "past": "`incidents`, institution and a year",
    "trace": "`trace` of the largest project", "metrics": "`metrics` over everything",
}  # fmt: skip


def space(figures: Figures) -> str:
    """Bytes on the disk and in memory."""
    rows = [("text of all records", *(_size_of(figures.median("text bytes", size, "")) for size in SIZES))]
    rows += [
        (f"disk: {TITLES[who]}", *(_size_of(figures.median("disk", size, who)) for size in SIZES))
        for who in _PEERS[:-1]
    ]
    for what in ("memory of import", "memory of query"):
        most = (max(figures.all(what, size, "ours"), default=None) for size in SIZES)
        rows.append((f"{what}, any one process", *map(_size_of, most)))
    return table(("", *SIZES), rows)


def counts(counted: Sequence[Counted]) -> str:
    """Every question, and how many records (files) everyone finds."""
    who = ("ours", "scan", "fts5", "tantivy", "stock")
    heads = ("question", "kind", *(TITLES[one] for one in who), "pages", "ripgrep: files", "")
    return table(heads, (_counted(one, who) for one in counted))


def _counted(one: Counted, who: Sequence[str]) -> Iterator[str]:
    yield from (f"`{one.typed}`", one.kind)
    yield from (f"{one.records[name]:,}" if name in one.records else _NO for name in who)
    yield from (f"{one.pages:,}", "–" if one.files is None else f"{one.files:,}")
    yield ("agreed" if one.comparable else "ours and the scan agreed") if one.agreed else "**differs**"


def table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Numbers stand under each other."""
    lines = [heads, ["---", *["---:" for _ in heads[1:]]], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def shown(seconds: float | None) -> str:
    """`0.0034` -> `3.4 ms`."""
    if seconds is None:
        return _NO
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.{1 if seconds < 0.1 else 0}f} ms"


def _timed(figures: Figures, what: str, who: str, name: str = "") -> Iterator[str]:
    """The median, how many times ours it is, and how often it was done where that is less than five times."""
    yield name or TITLES[who]
    for size in SIZES:
        times = figures.ratio((what, size, who), (what, size, "ours"))
        runs = len(figures.all(what, size, who))
        notes = [f"{times:.2f} ×"] if times and who != "ours" else []
        notes += [f"{runs} run{'s' if runs > 1 else ''}"] if 0 < runs < 5 else []
        yield shown(figures.median(what, size, who)) + (f" ({', '.join(notes)})" if notes else "")


def _spread(figures: Figures, what: str, who: str, name: str = "") -> Iterator[str]:
    yield name or TITLES[who]
    for size in SIZES:
        p50, p99 = figures.median(what, size, who), figures.slowest(what, size, who)
        yield f"{shown(p50)} / {shown(p99)}" if p50 else _NO


def _size(figures: Figures, size: str) -> str:
    pages, documents = figures.median("pages", size, ""), figures.median("documents", size, "")
    return f"{size}: {pages:,.0f} pages, {documents:,.0f} documents" if pages and documents else size


def _size_of(number: float | None) -> str:
    return _NO if number is None else f"{number / targets.MEGABYTE:,.0f} MB"
