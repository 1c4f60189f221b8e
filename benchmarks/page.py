"""`docs/performance.md`, made of the figures of one run; what a program cannot know is in `remarks.md`."""

from pathlib import Path

from benchmarks import picture, tables
from benchmarks.figures import Figures

DOCS = Path(__file__).parents[1] / "docs"
_REMARKS = Path(__file__).parent / "remarks.md"


def write(figures: Figures, folder: Path = DOCS) -> None:
    """Write the page and its picture."""
    (folder / "performance.md").write_text(text(figures), "utf-8")
    (folder / "performance.svg").write_text(picture.draw(figures), "utf-8")


def text(figures: Figures) -> str:
    """The page."""
    versions = ", ".join(f"{name} {version}" for name, version in figures.versions.items())
    size = next((size for size in ("M", "L", "S") if size in figures.counts), "S")
    return f"""# How fast it is

![Time to import and to answer, beside the peers](performance.svg)

Made by `{figures.command}` on {figures.date}: {figures.machine}. {versions}.

The corpus is made up from a seed: weekly reports of about 7 KB and 57 records, and one daily report to four of them, in a
vocabulary of twenty thousand words with the long tail that real texts have. Everyone works on the same pages in the
same run, in turn, so that whatever else the machine does meets all alike: **only ratios mean anything**. Times are medians
of five runs or more, or say how many; what takes more than five minutes is done once, and so are the peers' builds of L.

## What we want, and what we are

{tables.wanted(figures)}

## Until everything can be asked

Ours reads the pages, parses them, recognises banks and projects, stores and indexes, and has brought it all to the disk. The
others index what ours has read, folded and cut; their time to read that from a file is taken off. *Stock Whoosh* is the
writer as its manual has it, one `add_document` per record; *FTS5* has the tables that the same answers need, and *its words
alone* is the index without anything to show. tantivy uses all cores, FTS5 and stock Whoosh one. In parentheses: how many
times our time.

{tables.imports(figures)}

## A command, from its start to its end

New processes, with the files in the system's cache. `import click` is what a Python command takes before it does anything.

{tables.commands(figures)}

## A text question in a running process

Hits, their number and the newest twenty of them, read; ours, FTS5 and tantivy also count five facets over all hits. Half of
the questions are answered in the first time, 99 of 100 in the second.

{tables.answers(figures)}

## Other questions in a running process

The bare SQL asks the tables beside FTS5 for the same rows and makes nothing of them.

{tables.facts(figures)}

## Space

Caches are all that is not the pages as they came. The memory of a process includes the files it has mapped.

{tables.space(figures)}

{_REMARKS.read_text("utf-8").strip()}

## Do all count alike?

The questions were chosen by seed from what is written in {size}. A plain scan asks every text. Pairs cannot tell `redis超时`
from `redis，超时`, so there only ours must agree with the scan. ripgrep knows lines and files, no records: its files are to be
compared with *pages*, and differ where the text of a page is in a heading.

{tables.counts(figures.counts.get(size, []))}
"""
