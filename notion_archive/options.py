"""The options that commands share, each handed on as one value."""

import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from notion_archive.sources import Limits

Command = Callable[..., Any]


def folders() -> dict[str, Path]:
    """The folders that were named: `index`, `lexicon`."""
    found: dict[str, Path] = click.get_current_context().find_root().ensure_object(dict)
    return found


def index(command: Command) -> Command:
    """`--index` and `--lexicon`, before or after the command; what is typed wins over the environment."""

    def keep(ctx: click.Context, option: click.Parameter, value: Path | None) -> None:
        if value and option.name:
            typed = ctx.get_parameter_source(option.name) is click.core.ParameterSource.COMMANDLINE
            known = ctx.find_root().ensure_object(dict)
            known[option.name] = value if typed else known.get(option.name, value)

    for name, kind, help_text in reversed(_FOLDERS):
        command = click.option(
            f"--{name}", type=kind, metavar="DIR", envvar=f"NOTION_ARCHIVE_{name.upper()}", expose_value=False,
            callback=keep, is_eager=True, help=help_text,
        )(command)  # fmt: skip
    return command


_FOLDERS = (
    ("index", click.Path(path_type=Path), "The archive's folder.  [default: ./index]"),
    ("lexicon", click.Path(path_type=Path, exists=True, file_okay=False),
     "Your own words.  [default: lexicon in the archive's folder]"),
)  # fmt: skip


as_json = click.option("--json", "json", is_flag=True, help="Print JSON, for programs.")


def filters(command: Command) -> Command:
    """The options all lists share, handed on as one `filters`."""

    @functools.wraps(command)
    def with_filters(*args: Any, **options: Any) -> Any:
        from notion_archive.queries.filters import Filters

        taken = {name: options.pop(name) for name in ("since", "until", "limit", "offset")}
        lists = {name: options.pop(name) for name in ("institutions", "projects", "kinds", "severities")}
        today = options.pop("today")
        return command(*args, filters=Filters(**lists, **taken, today=today), **options)

    options = (
        click.option("--institution", "institutions", multiple=True, metavar="NAME",
                     help="Bank or payment institution, by any alias."),
        click.option("--project", "projects", multiple=True, metavar="NAME",
                     help="Project, by any spelling or part of its name."),
        click.option("--kind", "kinds", multiple=True, metavar="KIND",
                     help="incident, update, metric, goal, note, weekly, daily, page."),
        click.option("--severity", "severities", multiple=True, metavar="LEVEL",
                     help="Severity as written: P1, B级, Sev2."),
        click.option("--since", metavar="DAY", help="From then on: 2023-04-03, 2023-04, 2023Q2, 2023, 第15周, 上周."),
        click.option("--until", metavar="DAY", help="Up to the end of that day, week, month, quarter or year."),
        click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="At most so many."),
        click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out the first so many."),
        click.option("--today", type=dt.date.fromisoformat, default=lambda: str(dt.date.today()), hidden=True,
                     envvar="NOTION_ARCHIVE_TODAY"),
    )  # fmt: skip
    for option in reversed(options):
        with_filters = option(with_filters)
    return with_filters


def limits(command: Command) -> Command:
    """What an export may ask of the machine, handed on as one `limits`."""

    @functools.wraps(command)
    def with_limits(*args: Any, **options: Any) -> Any:
        taken = {name: value for name in LIMITS if (value := options.pop(f"max_{name}")) is not None}
        return command(*args, limits=_limits(taken) if taken else None, **options)

    for name, help_text in reversed(LIMITS.items()):
        with_limits = click.option(
            f"--max-{name.replace('_', '-')}", type=click.IntRange(min=1), metavar="N", help=help_text
        )(with_limits)
    return with_limits


def _limits(taken: dict[str, int]) -> "Limits":
    from notion_archive.sources import Limits

    return Limits(**taken)


LIMITS = {
    "members": "Files in an export.  [default: 500000]",
    "member_bytes": "Bytes of one file.  [default: 67108864]",
    "page_characters": "Characters of one page that is no database.  [default: 4000000]",
    "total_bytes": "Bytes unpacked from zips in all.  [default: 17179869184]",
    "ratio": "Unpacked to packed bytes of a file.  [default: 100]",
    "depth": "Zips inside each other.  [default: 3]",
    "path_length": "Characters of a path.  [default: 4096]",
}
