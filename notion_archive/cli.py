"""The command line. A command is its options, one call and one `show`; everything it needs is imported when it runs."""

import functools
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notion_archive import __version__
from notion_archive.errors import ArchiveError

if TYPE_CHECKING:
    from notion_archive.archive import Archive
    from notion_archive.queries.filters import Filters
    from notion_archive.sources import Limits

Command = Callable[..., Any]


class _Group(click.Group):
    """Commands in the order they are written, and our errors as one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As they stand in this file."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the user can mend is a sentence on stderr and exit code 1."""
        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            raise click.ClickException(str(error)) from None
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except KeyboardInterrupt:
            raise click.ClickException("Interrupted. What was stored is stored; run it again to go on.") from None


def _index(command: Command) -> Command:
    """`--index`, before or after the command."""

    def keep(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            ctx.find_root().obj = value

    return click.option(
        "--index", type=click.Path(path_type=Path), metavar="DIR", envvar="NOTION_ARCHIVE_INDEX", expose_value=False,
        callback=keep, is_eager=True, help="The archive's folder.  [default: ./index]",
    )(command)  # fmt: skip


_as_json = click.option("--json", "json", is_flag=True, help="Print JSON, for programs.")


def _filters(command: Command) -> Command:
    """The options all lists share, handed on as one `filters`."""

    @functools.wraps(command)
    def with_filters(*args: Any, **options: Any) -> Any:
        from notion_archive.queries.filters import Filters

        taken = {name: options.pop(name) for name in ("since", "until", "limit", "offset")}
        lists = {name: options.pop(name) for name in ("institutions", "projects", "kinds", "severities")}
        return command(*args, filters=Filters(**lists, **taken), **options)

    for option in reversed(
        (
            click.option(
                "--institution",
                "institutions",
                multiple=True,
                metavar="NAME",
                help="Bank or payment institution, by any alias.",
            ),
            click.option(
                "--project",
                "projects",
                multiple=True,
                metavar="NAME",
                help="Project, by any spelling or part of its name.",
            ),
            click.option(
                "--kind",
                "kinds",
                multiple=True,
                metavar="KIND",
                help="incident, update, metric, goal, note, weekly, daily, page.",
            ),
            click.option(
                "--severity", "severities", multiple=True, metavar="LEVEL", help="Severity as written: P1, B级, Sev2."
            ),
            click.option("--since", metavar="DAY", help="From this day on: 2023-04-03, 2023-04, 2023Q2, 2023."),
            click.option("--until", metavar="DAY", help="Up to this day, month, quarter or year."),
            click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="At most so many."),
            click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out the first so many."),
        )
    ):
        with_filters = option(with_filters)
    return with_filters


def _limits(command: Command) -> Command:
    """What an export may ask of the machine, handed on as one `limits`."""

    @functools.wraps(command)
    def with_limits(*args: Any, **options: Any) -> Any:
        from notion_archive.sources import Limits

        taken = {name: value for name in _LIMITS if (value := options.pop(f"max_{name}")) is not None}
        return command(*args, limits=Limits(**taken), **options)

    for name, help_text in reversed(_LIMITS.items()):
        with_limits = click.option(
            f"--max-{name.replace('_', '-')}", type=click.IntRange(min=1), metavar="N", help=help_text
        )(with_limits)
    return with_limits


_LIMITS = {
    "members": "Files in an export.  [default: 500000]",
    "member_bytes": "Bytes of one page.  [default: 67108864]",
    "total_bytes": "Bytes unpacked from zips in all.  [default: 17179869184]",
    "ratio": "Unpacked to packed bytes of a file.  [default: 100]",
    "depth": "Zips inside each other.  [default: 3]",
    "path_length": "Characters of a path.  [default: 4096]",
}


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="notion-archive")
@_index
def main() -> None:
    """Search the weekly reports (周报) your team has already written: incidents, projects, numbers.

    \b
      notion-archive import Export-1f0c.zip
      notion-archive incidents --institution 中行
      notion-archive trace 账户2.0
      notion-archive search 光大 鉴权
    """


def _folder() -> Path:
    found = click.get_current_context().find_root().obj
    return found if isinstance(found, Path) else Path("index")


@contextmanager
def _opened(**how: bool) -> "Iterator[Archive]":
    from notion_archive.archive import Archive

    with Archive(_folder(), **how) as archive:
        yield archive


@contextmanager
def _nowhere(dry: bool) -> Iterator[None]:
    """A dry run where there is no archive yet makes none: it takes place in a folder that goes away."""
    if not dry or _folder().exists():
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        click.get_current_context().find_root().obj = Path(folder)
        yield


def _print(answer: Any, show: str, *, json: bool) -> None:
    """An answer on stdout, as the function of `show.answers` with this name has it; remarks on it on stderr."""
    for remark in getattr(answer, "remarks", ()):
        click.echo(remark, err=True)
    if json:
        from notion_archive.show.json import dumps

        click.echo(dumps(answer))
        return
    from notion_archive.show import answers
    from notion_archive.show.layout import Out

    getattr(answers, show)(answer, Out())


@main.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be done, write nothing.")
@click.option("--prune", is_flag=True, help="Remove pages an export of the same name held before and holds no longer.")
@_limits
@_index
@_as_json
def import_(paths: tuple[str, ...], dry: bool, prune: bool, limits: "Limits", json: bool) -> None:
    """Import exports: a zip as downloaded, a folder, a file, or - for a page on standard input.

    \b
      notion-archive import ~/Downloads/1f0c6a52_Export-c4e9d207.zip
      notion-archive import 周报/ 日报/
    """
    from notion_archive.show.progress import watching

    with _nowhere(dry), _opened(create=True) as archive, watching("importing") as watch:
        answer = archive.import_exports(paths, limits=limits, dry=dry, prune=prune, watch=watch)
    _print(answer, "imported" if not dry else "tried", json=json)
    if answer.skipped and not answer.pages:
        sys.exit(1)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@_as_json
def parse(paths: tuple[str, ...], json: bool) -> None:
    """Print what is read from exports as JSON Lines, one report a line. No archive is touched.

    \b
      notion-archive parse 周报.zip > reports.jsonl
      notion-archive parse "第15周 2023-04-09.md" --json
    """
    from notion_archive.queries.parse import parse as parsed
    from notion_archive.show.json import dumps

    for skipped in (reading := parsed(paths)).skipped:
        click.echo(f"{skipped.path}: {skipped.reason}", err=True)
    for report in reading.reports:
        click.echo(dumps(report))


@main.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option("--sort", type=click.Choice(["newest", "oldest", "relevance"]), default="newest", show_default=True)
@click.option("--literal", is_flag=True, help="Only these words, no other names of an institution.")
@_filters
@_index
@_as_json
def search(words: tuple[str, ...], sort: Any, literal: bool, filters: "Filters", json: bool) -> None:
    """Search all records and pages. Finds what grep would find, and other names of the same bank.

    \b
      notion-archive search 光大 鉴权
      notion-archive search '"服务 恢复" -演练 since:2023-04'
      notion-archive search redis --kind incident
    """
    from notion_archive.queries.search import search as searched

    with _opened() as archive:
        _print(searched(archive, _joined(words), filters, sort=sort, literal=literal), "found", json=json)


def _joined(words: tuple[str, ...]) -> str:
    """Arguments as typed: one that the shell was given in quotes, with a space, is a phrase."""
    return " ".join(f'"{word}"' if len(words) > 1 and " " in word and '"' not in word else word for word in words)


@main.command()
@click.argument("words", nargs=-1, metavar="[WORDS...]")
@_filters
@_index
@_as_json
def incidents(words: tuple[str, ...], filters: "Filters", json: bool) -> None:
    """Past incidents, newest first: when, how long, what, why, what was done, where it is written.

    \b
      notion-archive incidents --institution 光大
      notion-archive incidents 超时 --since 2023Q2 --severity P1
    """
    from notion_archive.queries.incidents import incidents as found

    with _opened() as archive:
        _print(found(archive, _joined(words), filters), "past", json=json)


@main.command()
@click.argument("project")
@_index
@_as_json
def trace(project: str, json: bool) -> None:
    """One project, week by week: status, progress, promised dates and how they moved.

    \b
      notion-archive trace 账户2.0
    """
    from notion_archive.queries.trace import trace as traced

    with _opened() as archive:
        _print(traced(archive, project), "history", json=json)


@main.command()
@click.argument("name", required=False)
@_filters
@_index
@_as_json
def metrics(name: str | None, filters: "Filters", json: bool) -> None:
    """Numbers over time, all or those with NAME in their name.

    \b
      notion-archive metrics 成功率 --since 2023
    """
    from notion_archive.queries.metrics import metrics as series

    with _opened() as archive:
        _print(series(archive, name, filters), "series", json=json)


@main.command()
@click.option("--why", metavar="NAME", help="Which names are one project with NAME, which are not, and by what.")
@_filters
@_index
@_as_json
def projects(why: str | None, filters: "Filters", json: bool) -> None:
    """Every project: how it is spelled, from when to when, where it stands.

    \b
      notion-archive projects --since 2023-04 --limit 50
      notion-archive projects --why 账户2.0
    """
    from notion_archive.queries.listings import projects as listed
    from notion_archive.queries.projects import why as told

    with _opened() as archive:
        if why is None:
            _print(listed(archive, filters), "projects", json=json)
        else:
            _print(told(archive, why), "why", json=json)


@main.command()
@_filters
@_index
@_as_json
def reports(filters: "Filters", json: bool) -> None:
    """Every page of the archive, newest first.

    \b
      notion-archive reports --kind weekly --since 2023
    """
    from notion_archive.queries.listings import reports as listed

    with _opened() as archive:
        _print(listed(archive, filters), "reports", json=json)


@main.command()
@click.argument("report_or_record", metavar="REPORT-OR-RECORD")
@_index
@_as_json
def show(report_or_record: str, json: bool) -> None:
    """A page or a record as it was written, by id, title or path.

    \b
      notion-archive show 第15周
    """
    from notion_archive.queries.listings import show as shown

    with _opened() as archive:
        _print(shown(archive, report_or_record), "page", json=json)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@_index
@_as_json
def check(paths: tuple[str, ...], json: bool) -> None:
    """How well reports were understood: what became records, what was not read, what contradicts itself.

    \b
      notion-archive check
      notion-archive check Export.zip
    """
    from notion_archive import reports as reading
    from notion_archive.queries import check as checking

    if paths:
        _print(checking.check(checking.of_exports(paths), reading.words().lexicon), "understood", json=json)
        return
    with _opened() as archive:
        lexicon = reading.words(archive.own_words).lexicon
        _print(checking.check(checking.of_archive(archive), lexicon), "understood", json=json)


@main.command()
@_index
@_as_json
def rebuild(json: bool) -> None:
    """Make everything again from the pages kept: after an upgrade, a crash, or a change of your own words.

    \b
      notion-archive rebuild
    """
    from notion_archive.show.progress import watching

    with _opened(stale=True) as archive, watching("rebuilding") as watch:
        count = archive.rebuild(watch)
    click.echo(f'{{"pages":{count}}}' if json else f"{count} pages read again.")


@main.command()
@_index
@_as_json
def doctor(json: bool) -> None:
    """Check that pages, documents and index agree.

    \b
      notion-archive doctor
    """
    from notion_archive.queries.doctor import doctor as checkup

    with _opened(stale=True) as archive:
        answer = checkup(archive)
        _print(answer, "checked", json=json)
    if not answer.well:
        sys.exit(1)
