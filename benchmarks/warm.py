"""Questions in a process that is running already, as the web and a program have it; and whether all count alike."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

from benchmarks import peers, records
from benchmarks.figures import Counted, Figures, took
from benchmarks.peers import fts5, ours, ripgrep, scan
from benchmarks.questions import Question
from benchmarks.site import Site
from notion_archive.archive import Archive
from notion_archive.queries.filters import Filters
from notion_archive.queries.incidents import incidents
from notion_archive.queries.metrics import metrics
from notion_archive.queries.search import search
from notion_archive.queries.trace import trace

Jobs = dict[str, Callable[[], object]]
_FIRST = Filters(limit=peers.LIMIT)


def measure(site: Site, questions: Sequence[Question], figures: Figures, runs: int) -> None:
    """Every question to everyone in turn, and that so many times; what was counted is compared."""
    with ExitStack() as stack:
        asked = {name: peers.opened(name, site.of(name)) for name in site.asked}
        for peer in asked.values():
            stack.callback(peer.close)
        counts = {name: [peer.answer(question).total for question in questions] for name, peer in asked.items()}
        figures.counts[site.size] = _compared(site, questions, counts)
        own, sql = asked["ours"], asked["fts5"]
        assert isinstance(own, ours.Engine) and isinstance(sql, fts5.Engine)
        for question in questions:
            jobs: Jobs = {name: partial(peer.answer, question) for name, peer in asked.items()}
            if question.terms:
                jobs["whole"] = partial(search, own.archive, question.typed, _FIRST)
            _ask("institution" if question.institution else "text", site, figures, runs, jobs)
            if question.kind in ("phrase", "substring"):
                _ask("phrase", site, figures, runs, {name: partial(asked[name].answer, question) for name in asked})
            if question.institution:
                _ask("past", site, figures, runs, _past(own.archive, sql, question))
        _ask("trace", site, figures, runs, _trace(own.archive, sql))
        everything: Jobs = {"ours": partial(metrics, own.archive), "sql": sql.numbers}
        _ask("metrics", site, figures, runs, everything)


def _ask(what: str, site: Site, figures: Figures, runs: int, jobs: Jobs) -> None:
    figures.interleave(what, runs, {(site.size, who): partial(took, job) for who, job in jobs.items()})


def _past(archive: Archive, sql: fts5.Engine, question: Question) -> Jobs:
    narrowed = Filters(
        institutions=(question.institution,), since=question.since, until=question.until, limit=peers.LIMIT
    )
    return {"ours": partial(incidents, archive, "", narrowed), "sql": partial(sql.incidents, question)}


def _trace(archive: Archive, sql: fts5.Engine) -> Jobs:
    """The project with the most updates; the bare SQL is told its spellings."""
    project = max(archive.projects.projects, key=lambda one: (one.updates, one.key))
    tags = [f"project:{spelling.tag}" for spelling in project.spellings]
    return {"ours": partial(trace, archive, project.name), "sql": partial(sql.history, tags)}


def _compared(site: Site, questions: Sequence[Question], counts: dict[str, list[int]]) -> list[Counted]:
    scanned = scan.count(records.read(site.records), questions)
    return [
        Counted(
            kind=question.kind, typed=question.typed, comparable=not question.glued,
            records={**{name: found[place] for name, found in counts.items()}, "scan": scanned[place][0]},
            pages=scanned[place][1],
            files=ripgrep.files(question, site.pages) if site.ripgrep and question.terms else None,
        )
        for place, question in enumerate(questions)
    ]  # fmt: skip
