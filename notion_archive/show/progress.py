"""How far long work is: a bar on a terminal, nothing in a pipe."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from notion_archive.archive import Progress, Watch


@contextmanager
def watching(what: str) -> Iterator[Watch]:
    """A function to be told of progress; on a terminal it draws pages, rate and time left on stderr."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("pages"), TextColumn("{task.speed:.0f}/s"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def watch(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total)

        yield watch


def _nothing(_: Progress) -> None: ...
