"""One run: everything that is measured, in the order in which one thing does not spoil the other."""

from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import cold, imports, records, warm
from benchmarks.corpus import Corpus
from benchmarks.figures import Figures
from benchmarks.questions import choose
from benchmarks.site import Site
from benchmarks.vocabulary import Vocabulary


def measure(
    folder: Path,
    counts: Mapping[str, int],
    figures: Figures,
    *,
    runs: int,
    short: int,
    seed: int,
    tell: Callable[[str], object],
) -> None:
    """Measure these sizes (name to number of pages) so many times, `short` is for what takes no second; tell what is
    being done."""
    sites = [Site(size, count, folder / size) for size, count in counts.items()]
    for site in sites:
        tell(f"{site.size}: writing {site.count:,} pages")
        site.write(Corpus(seed))
    tell("importing and building, in turn")
    imports.measure(sites, figures, runs)
    questions = {site.size: choose(records.read(site.records), Vocabulary(seed), seed) for site in sites}
    for site in sites:
        tell(f"{site.size}: asking")
        warm.measure(site, questions[site.size], figures, runs)
    tell("asking new processes")
    institution = next(one.institution for one in questions[sites[0].size] if one.institution)
    cold.measure(sites, figures, short, institution)
    tell("importing again")
    imports.again(sites, figures, runs)
    imports.changed(sites, figures, short)
