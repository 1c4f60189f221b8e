"""What a user waits for: a command from its start to its end, nothing of ours in memory beforehand."""

from collections.abc import Sequence
from functools import partial

from benchmarks import imports, process
from benchmarks.figures import Figures
from benchmarks.peers import ripgrep
from benchmarks.questions import Question
from benchmarks.site import Site
from notion_archive.model import Term

WORDS = Question(kind="two words", terms=(Term("通道"), Term("超时")))
_FILTER = ("--kind", "incident")


def commands(institution: str) -> dict[str, tuple[str, ...]]:
    """The two questions that are asked of a fresh process."""
    return {
        "incidents": ("incidents", "--institution", institution, "--json"),
        "search": ("search", *(term.text for term in WORDS.terms), *_FILTER),
    }


def measure(sites: Sequence[Site], figures: Figures, runs: int, institution: str) -> None:
    """All sizes in turn, so that one can be compared with the other; then the memory of each."""
    for what, asked in commands(institution).items():
        jobs: imports.Jobs = {("", "click"): imports.click}
        for site in sites:
            command = (*process.OURS, "--index", str(site.index), *asked)
            jobs[site.size, "ours"] = partial(process.seconds, command)
            if what == "search" and site.ripgrep:
                jobs[site.size, "ripgrep"] = partial(ripgrep.seconds, WORDS, site.pages)
        figures.interleave(what, runs, jobs)
        for site in sites:
            memory = process.peak_inside("notion_archive", "--index", str(site.index), *asked)
            if memory is not None:
                figures.add("memory of query", site.size, "ours", memory)
