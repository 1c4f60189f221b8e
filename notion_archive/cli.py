"""The command line. A command is its options, one call and one `show`; everything it needs is imported when it runs."""

import atexit
import gc
import importlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notion_archive import __version__, options
from notion_archive.errors import ArchiveError

if TYPE_CHECKING:
    from notion_archive.archive import Archive
    from notion_archive.queries.filters import Filters
    from notion_archive.sources import Limits

_GARBAGE = 20_000  # new things after which some is looked for: what a short command loads stays, and looking is a part of its time
atexit.register(gc.freeze)  # what is there at the end goes with the process: no garbage is looked for in it


class _Group(click.Group):
    """Commands in the order they are written, and our errors as one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As they stand in this file."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what the user can mend is a sentence on stderr and exit code 1."""
        gc.set_threshold(_GARBAGE)
        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            raise click.ClickException(str(error)) from None
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except KeyboardInterrupt:
            raise click.ClickException("Interrupted. What was stored is stored; run it again to go on.") from None


class _Words(click.Command):
    """A command whose arguments may begin with a minus: `-演练` is no option but what must not be found."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options begin with two, but for -h; what begins with one is handed on behind a full-width minus."""
        return super().parse_args(ctx, [f"－{one[1:]}" if re.match(r"-(?!-|h$).", one) else one for one in args])


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="notion-archive")
@options.index
def main() -> None:
    """Search the weekly reports (周报) your team has already written: incidents, projects, numbers.

    \b
      notion-archive import Export-1f0c.zip
      notion-archive incidents --institution 中行
      notion-archive trace 账户2.0
      notion-archive search 光大 鉴权
    """


def _folder() -> Path:
    return options.folders().get("index") or Path("index")


def _own_words() -> Path:
    return options.folders().get("lexicon") or _folder() / "lexicon"


@contextmanager
def _opened(**how: bool) -> "Iterator[Archive]":
    from notion_archive.archive import Archive

    with Archive(_folder(), lexicon=options.folders().get("lexicon"), **how) as archive:
        yield archive


@contextmanager
def _nowhere(dry: bool) -> Iterator[None]:
    """A dry run where there is no archive yet makes none: it takes place in a folder that goes away."""
    if not dry or _folder().exists():
        yield
        return
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        options.folders()["index"] = Path(folder)
        yield


def _print(answer: Any, show: str, *, json: bool) -> None:
    """An answer on stdout, as the function of `show` with this name has it; remarks on it on stderr."""
    for remark in getattr(answer, "remarks", ()):
        click.echo(remark, err=True)
    if json:
        from notion_archive.show.json import dumps

        click.echo(dumps(answer))
        return
    from notion_archive.show.layout import Out

    room, _, name = show.partition(".")
    getattr(importlib.import_module(f"notion_archive.show.{room}"), name)(answer, Out())


@main.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be done, write nothing.")
@click.option("--prune", is_flag=True, help="Remove pages that this newer, full export of their space no longer has.")
@options.limits
@options.index
@options.as_json
def import_(paths: tuple[str, ...], dry: bool, prune: bool, limits: "Limits | None", json: bool) -> None:
    """Import exports: a zip as downloaded, a folder, a file, or - for a page on standard input.

    \b
      notion-archive import ~/Downloads/1f0c6a52_Export-c4e9d207.zip
      notion-archive import 周报/ 日报/
    """
    from notion_archive.show.progress import watching

    with _nowhere(dry), _opened(create=True) as archive, watching("importing") as watch:
        answer = archive.import_exports(paths, limits=limits, dry=dry, prune=prune, watch=watch)
    _print(answer, "answers.imported" if not dry else "answers.tried", json=json)
    if answer.skipped and not answer.pages:
        sys.exit(1)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.index
@options.as_json
def parse(paths: tuple[str, ...], json: bool) -> None:
    """Print what is read from exports as JSON Lines, one report a line. No archive is touched.

    \b
      notion-archive parse 周报.zip > reports.jsonl
      notion-archive parse "第15周 2023-04-09.md" --json
    """
    from notion_archive.queries.parse import parse as parsed
    from notion_archive.show.json import dumps

    for skipped in (reading := parsed(paths, _own_words())).skipped:
        click.echo(f"{skipped.path}: {skipped.reason}", err=True)
    for report in reading.reports:
        click.echo(dumps(report))


@main.command(cls=_Words)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="relevance: first what has the words in a project's name, an incident's summary or a title.",
)
@click.option("--literal", is_flag=True, help="Only the characters typed, no other names of what they mean.")
@click.option("--all", "everything", is_flag=True, help="What is repeated over weeks one by one, not as one hit.")
@click.option("--count", is_flag=True, help="Only how many records and pages there are.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["list", "json", "jsonl", "csv", "grep"]),
    default="list",
    help="grep is path:line: text, for editors; grep, csv and jsonl print all hits.  [default: list]",
)
@click.option("--json", "form", flag_value="json", help="Print JSON, for programs.")
@click.option("--jsonl", "form", flag_value="jsonl", help="Print a line of JSON for each hit.")
@click.option("--csv", "form", flag_value="csv", help="Print a table for spreadsheets.")
@click.option("--explain", is_flag=True, help="Say how the question was read and what each part finds.")
@options.filters
@options.index
def search(words: tuple[str, ...], filters: "Filters", form: str, count: bool, **how: Any) -> None:
    """Search all records and pages. Finds what grep would find, and other names of the same bank or project.

    \b
      notion-archive search 光大 鉴权
      notion-archive search '"服务 恢复" -演练 since:2023-04'
      notion-archive search 类型:故障 银行:中行,光大 时间:上个月
    Every form, with examples: docs/searching.md
    """
    from notion_archive.queries.search import search as searched

    how["everything"] |= form == "grep"
    with _opened() as archive:
        answer = searched(archive, _joined(words), _limited(filters, form, count), **how)
        _print(answer, "hits.count" if count else f"hits.{_SHOWN.get(form, form)}", json=form == "json")


_SHOWN = {"list": "listed", "json": "listed", "csv": "table", "jsonl": "lines"}


def _limited(filters: "Filters", form: str, count: bool) -> "Filters":
    """No limit that nobody asked for where all hits are wanted, no hits where only their number is."""
    from msgspec.structs import replace

    source = click.get_current_context().get_parameter_source("limit")
    asked_for = source is not click.core.ParameterSource.DEFAULT or form not in ("grep", "csv", "jsonl")
    return replace(filters, limit=0) if count else filters if asked_for else replace(filters, limit=None)


def _joined(words: tuple[str, ...]) -> str:
    """Arguments as typed: one that the shell was given in quotes, with a space, is a phrase or a field's value."""
    return " ".join(map(_quoted, words)) if len(words) > 1 else words[0] if words else ""


def _quoted(word: str) -> str:
    minus, field, value = re.match(r"([-－]?)((?:\w+[:：])?)(.*)", word, re.DOTALL).groups()  # type: ignore[union-attr]
    plain = " " in value and not re.search(r'["“”「『:：|(（]|(?<!\S)(?:OR|AND|NOT|或)(?!\S)', value)
    return f'{minus}{field}"{value}"' if plain else word


@main.command()
@click.argument("record", metavar="RECORD")
@options.filters
@options.index
@options.as_json
def similar(record: str, filters: "Filters", json: bool) -> None:
    """Records like this one: at the same institutions, with the same rare words, and which these are.

    \b
      notion-archive similar 3f0c9a1b2d4e5f60
      notion-archive similar "支付平台组/第50周 2023-12-17.md:72" --kind incident
    """
    from notion_archive.queries.similar import similar as alike

    with _opened() as archive:
        _print(alike(archive, record, filters), "hits.alike", json=json)


@main.command(cls=_Words)
@click.argument("words", nargs=-1, metavar="[WORDS...]")
@options.filters
@options.index
@options.as_json
def incidents(words: tuple[str, ...], filters: "Filters", json: bool) -> None:
    """Past incidents, newest first: when, how long, what, why, what was done, where it is written.

    \b
      notion-archive incidents --institution 光大
      notion-archive incidents 超时 --since 2023Q2 --severity P1
    """
    from notion_archive.queries.incidents import incidents as found

    with _opened() as archive:
        _print(found(archive, _joined(words), filters), "answers.past", json=json)


@main.command()
@click.argument("project")
@options.index
@options.as_json
def trace(project: str, json: bool) -> None:
    """One project, week by week: status, progress, promised dates and how they moved.

    \b
      notion-archive trace 账户2.0
    """
    from notion_archive.queries.trace import trace as traced

    with _opened() as archive:
        _print(traced(archive, project), "answers.history", json=json)


@main.command()
@click.argument("name", required=False)
@options.filters
@options.index
@options.as_json
def metrics(name: str | None, filters: "Filters", json: bool) -> None:
    """Numbers over time, all or those with NAME in their name.

    \b
      notion-archive metrics 成功率 --since 2023
    """
    from notion_archive.queries.metrics import metrics as series

    with _opened() as archive:
        _print(series(archive, name, filters), "answers.series", json=json)


@main.command()
@click.option("--why", metavar="NAME", help="Which names are one project with NAME, which are not, and by what.")
@options.filters
@options.index
@options.as_json
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
            _print(listed(archive, filters), "answers.projects", json=json)
        else:
            _print(told(archive, why), "answers.why", json=json)


@main.command()
@options.filters
@options.index
@options.as_json
def reports(filters: "Filters", json: bool) -> None:
    """Every page of the archive, newest first.

    \b
      notion-archive reports --kind weekly --since 2023
    """
    from notion_archive.queries.listings import reports as listed

    with _opened() as archive:
        _print(listed(archive, filters), "answers.reports", json=json)


@main.command()
@click.argument("report_or_record", metavar="REPORT-OR-RECORD")
@options.index
@options.as_json
def show(report_or_record: str, json: bool) -> None:
    """A page or a record as it was written, by id, title, path or path:line; of a record also its id and fields.

    \b
      notion-archive show 第15周
      notion-archive show "支付平台组/第50周 2023-12-17.md:72"
    """
    from notion_archive.queries.listings import show as shown

    with _opened() as archive:
        _print(shown(archive, report_or_record), "answers.page", json=json)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@options.index
@options.as_json
def check(paths: tuple[str, ...], json: bool) -> None:
    """How well reports were understood: what became records, what was not read, what contradicts itself.

    \b
      notion-archive check
      notion-archive check Export.zip
    """
    from notion_archive.queries import check as checking

    if paths:
        _print(checking.of_exports(paths, _own_words()), "answers.understood", json=json)
        return
    with _opened() as archive:
        _print(checking.of_archive(archive), "answers.understood", json=json)


@main.command()
@options.index
@options.as_json
def rebuild(json: bool) -> None:
    """Make everything again from the pages kept: after an upgrade, a crash, or a change of your own words.

    \b
      notion-archive rebuild
    """
    from notion_archive.queries.rebuild import rebuild as rebuilt
    from notion_archive.show.progress import watching

    with _opened(stale=True) as archive, watching("rebuilding") as watch:
        answer = rebuilt(archive, watch)
    _print(answer, "answers.rebuilt", json=json)


@main.command()
@options.index
@options.as_json
def doctor(json: bool) -> None:
    """Check that pages, documents and index agree.

    \b
      notion-archive doctor
    """
    from notion_archive.queries.doctor import doctor as checkup

    with _opened(stale=True) as archive:
        answer = checkup(archive)
        _print(answer, "answers.checked", json=json)
    if not answer.well:
        sys.exit(1)
