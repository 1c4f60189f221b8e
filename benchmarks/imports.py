"""How long it takes until everything can be asked: imports of ours, end to end, and builds of the peers."""

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks import process, records
from benchmarks.figures import Figures
from benchmarks.peers import ripgrep
from benchmarks.site import Site, disk
from notion_archive.archive import Archive

Jobs = dict[tuple[str, str], Callable[[], float]]


def measure(sites: Sequence[Site], figures: Figures, runs: int) -> None:
    """Import and build from nothing, everyone in turn. On L the peers are built once."""
    often: Jobs = {}
    once: Jobs = {}
    for site in sites:
        often[site.size, "ours"] = partial(_import, site, figures)
        for name in site.built:
            jobs = once if site.size == "L" else often
            jobs[site.size, name] = partial(_build, site, name)
    figures.interleave("import", runs, often)
    figures.interleave("import", 1, once)
    for site in sites:
        figures.add("disk", site.size, "ours", disk(site.index) - _kept(site.index))
        for name in site.built:
            figures.add("disk", site.size, name, disk(site.of(name)))


def again(sites: Sequence[Site], figures: Figures, runs: int) -> None:
    """The same import where nothing has changed, beside a program that reads every line of the same files."""
    jobs: Jobs = {}
    for site in sites:
        jobs[site.size, "ours"] = partial(process.seconds, _command(site, site.pages))
        if site.ripgrep:
            jobs[site.size, "ripgrep"] = partial(ripgrep.lines, site.pages)
    figures.interleave("again", runs, jobs)


def changed(sites: Sequence[Site], figures: Figures, runs: int) -> None:
    """The import of one page that has a new line. Done last, because it changes the archive."""
    jobs: Jobs = {("", "click"): click}
    for site in sites:
        jobs[site.size, "ours"] = partial(_change, site, min(site.pages.rglob("*.md")))
    figures.interleave("changed", runs, jobs)


def click() -> float:
    """What a process takes that does nothing but begin, as ours does."""
    return process.seconds((*process.PYTHON, "-c", "import click"))


def _import(site: Site, figures: Figures) -> float:
    shutil.rmtree(site.index, ignore_errors=True)
    seconds, memory = process.peak(_command(site, site.pages))
    if memory is not None:
        figures.add("memory of import", site.size, "ours", memory)
    if not site.records.exists():
        with Archive(site.index) as archive:
            dumped = records.dump(archive, site.records)
        figures.add("documents", site.size, "", dumped.count)
        figures.add("text bytes", site.size, "", dumped.size)
        figures.add("pages", site.size, "", site.count)
    return seconds


def _build(site: Site, name: str) -> float:
    shutil.rmtree(site.of(name), ignore_errors=True)
    build = (*process.PYTHON, "-m", "benchmarks.peers", name, str(site.records), str(site.of(name)))
    return float(process.output(build))


def _change(site: Site, page: Path) -> float:
    with page.open("a", encoding="utf-8") as lines:
        lines.write("\n- 又想起一件事\n")
    return process.seconds(_command(site, page))


def _command(site: Site, what: Path) -> tuple[str, ...]:
    return (*process.OURS, "--index", str(site.index), "import", str(what))


def _kept(index: Path) -> int:
    """The pages themselves, which are no cache."""
    return sum(file.stat().st_size for file in index.glob("pages.sqlite*"))
