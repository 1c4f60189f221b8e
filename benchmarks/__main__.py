"""Measures everything and prints the page; see `make bench`.

python -m benchmarks --size S        a minute
python -m benchmarks --write         all sizes, more than an hour, into docs/
"""

import datetime as dt
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import click
import msgspec

from benchmarks import machine, page, run
from benchmarks.corpus import SIZES
from benchmarks.figures import Figures

_RUNS = 5


@click.command()
@click.option("--size", "sizes", multiple=True, type=click.Choice(list(SIZES)), help="Only this size.  [default: all]")
@click.option("--runs", type=click.IntRange(min=1), default=_RUNS, show_default=True, help="How often a thing is done.")
@click.option("--seed", default=8, show_default=True, help="What the corpus is made from.")
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Where to work, and leave it all.  [default: goes away]"
)
@click.option("--figures", "given", type=click.Path(path_type=Path, exists=True), help="Measure nothing, show these.")
@click.option("--write", is_flag=True, help="Write docs/performance.md and its picture.")
def main(
    sizes: Sequence[str], runs: int, seed: int, folder: Path | None, given: Path | None, write: bool
) -> None:  # fmt: skip
    """Measure the archive beside what a user would pick instead."""
    if given:
        figures = msgspec.json.decode(given.read_bytes(), type=Figures)
    else:
        with nullcontext(folder) if folder else tempfile.TemporaryDirectory() as place:
            counts = {size: SIZES[size] for size in sizes or SIZES}
            figures = Figures(
                date=dt.date.today().isoformat(), machine=machine.described(), versions=machine.versions(),
                command=_typed(sizes, runs),
            )  # fmt: skip
            run.measure(
                Path(place),
                counts,
                figures,
                runs=runs,
                short=3 * runs,
                seed=seed,
                tell=lambda what: click.echo(what, err=True),
            )
            if folder:
                figures.keep(folder / "figures.json")
    click.echo(page.text(figures))
    if write:
        page.write(figures)


def _typed(sizes: Sequence[str], runs: int) -> str:
    if not sizes and runs == _RUNS:
        return "make bench"
    return " ".join(["python -m benchmarks", *(f"--size {size}" for size in sizes), f"--runs {runs}"])


main()
