"""How well projects are told from each other: B-cubed over labelled archives.

An item is a project named in a line of a report. Precision: of the items that have its key, how many are of its
project; recall: of the items of its project, how many have its key; both over all items. What was not read at all has
a key of its own.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from notion_archive import reports, sources
from notion_archive.model import Page
from notion_archive.projects import groups
from notion_archive.records import Update
from notion_archive.vocabulary import Vocabulary

SAMPLES = Path(__file__).parents[2] / "samples"
DRAWN_UP = Path(__file__).parents[1] / "projects"
WORDS = Vocabulary()
Item = tuple[str, int]  # a report, a line of it


class Archive(NamedTuple):
    """Pages, and whose project which line of them is about."""

    pages: tuple[Page, ...]
    truth: dict[Item, str]


class BCubed(NamedTuple):
    """B-cubed precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Both in one figure."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def b_cubed(truth: Mapping[Item, str], found: Mapping[Item, str]) -> BCubed:
    """Compare two partitions of the same items."""
    true, given = defaultdict(set), defaultdict(set)
    for item in truth:
        true[truth[item]].add(item)
        given[found[item]].add(item)
    shared = {item: len(true[truth[item]] & given[found[item]]) for item in truth}
    return BCubed(
        sum(shared[item] / len(given[found[item]]) for item in truth) / len(truth),
        sum(shared[item] / len(true[truth[item]]) for item in truth) / len(truth),
    )


def labelled(file: Path) -> Archive:
    """An archive drawn up as a table: a project a line, its names and promises by week. What has an id in brackets is a
    theme, a heading above others and nobody's project."""
    head, *lines = file.read_text("utf-8").splitlines()
    day, weeks = re.search(r"first Sunday (\S+), (\d+) weeks", head).groups()  # type: ignore[union-attr]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if line.strip() and line[0] != "#"]
    pages, truth = [], {}
    for week in range(1, int(weeks) + 1):
        sunday = dt.date.fromisoformat(day) + dt.timedelta(weeks=week - 1)
        page, found = _page(sunday, week, rows)
        pages.append(page)
        truth.update({(page.id, line): project for line, project in found.items()})
    return Archive(tuple(pages), truth)


SAYING = ("开发中", "联调中", "推进中", "方案评审通过", "进行中")


def _page(sunday: dt.date, week: int, rows: list[list[str]]) -> tuple[Page, dict[int, str]]:
    number = sunday.isocalendar().week
    lines, found = [f"# 第{number}周 {sunday.isoformat()}", "", "# 本周进展"], {}
    names = {row[0]: name for row in rows if (name := _in_week(row[3], week))}
    for objective in dict.fromkeys(row[1] for row in rows):
        lines += ["", f"## {objective}", ""]
        for row in (row for row in rows if row[1] == objective and row[0] in names and row[2] not in names):
            parts = [part for part in rows if part[2] == row[0] and part[0] in names]
            theme = row[0].startswith("(")
            if not theme:
                found[len(lines) + 1] = row[0]
            lines.append(f"- {names[row[0]] if theme else _said(names[row[0]], row, week)}{'：' if parts else ''}")
            for at, part in enumerate(parts, start=1):
                found[len(lines) + 1] = part[0]
                lines.append(f"    {at}. {_said(names[part[0]], part, week).replace('，', '：', 1)}")
    title = f"第{number}周 {sunday.isoformat()}"
    return Page(id=f"{sunday:%Y%m%d}".ljust(32, "0"), path=f"周报/{title}.md", text="\n".join(lines)), found


def _said(name: str, row: list[str], week: int) -> str:
    promise = _in_week(row[4], week) if len(row) > 4 else ""
    return f"{name}，{SAYING[(week + len(row[0])) % len(SAYING)]}{'，' if promise else ''}{promise}"


def _in_week(told: str, week: int) -> str:
    """`"1-3: 账户; 4: 账户2.0"` in week 4 -> 账户2.0."""
    for part in told.split(";"):
        weeks, _, words = part.strip().partition(": ")
        first, _, last = weeks.partition("-")
        if int(first) <= week <= int(last or first):
            return words.strip()
    return ""


def measured(archive: Archive) -> tuple[BCubed, dict[Item, tuple[str, str]]]:
    """The score, and each item with the name and key that were read."""
    read = [reports.read_report(page, WORDS) for page in archive.pages]
    updates = [record for report in read for record in report.records if isinstance(record, Update)]
    book = groups.read(updates, WORDS.lexicon)
    found = {(one.report, one.lines[0]): (one.project, book.renamed(one).key) for one in reversed(updates)}
    items = {item: found.get(item, ("", f"unread {item}")) for item in archive.truth}
    return b_cubed(archive.truth, {item: key for item, (_, key) in items.items()}), items


def mistakes(archive: Archive, items: Mapping[Item, tuple[str, str]]) -> Iterator[str]:
    """Projects that were split or mixed, for whoever tunes the rules."""
    by_project, by_key = defaultdict(set), defaultdict(set)
    for item, project in archive.truth.items():
        name, key = items[item]
        by_project[project].add(f"{name} [{key}]")
        by_key[key].add(f"{name} [{project}]")
    keys: dict[str, set[str]] = defaultdict(set)
    for item, project in archive.truth.items():
        keys[project].add(items[item][1])
    yield from (f"split {project}: {sorted(by_project[project])}" for project in keys if len(keys[project]) > 1)
    for key, names in by_key.items():
        if len({archive.truth[item] for item in archive.truth if items[item][1] == key}) > 1:
            yield f"mixed {key}: {sorted(names)}"


def measure() -> tuple[dict[str, BCubed], list[str]]:
    """Scores by archive, and a line for each project that was split or mixed."""
    archives = {file.stem: labelled(file) for file in sorted(DRAWN_UP.glob("*.txt"))}
    scores, wrong = {}, []
    for name, archive in {**archives, "samples": samples()}.items():
        scores[name], items = measured(archive)
        wrong += [f"{name}: {line}" for line in mistakes(archive, items)]
    return scores, wrong


def samples() -> Archive:
    """The weekly reports of the samples, with the projects of `facts.md` by the spellings that are listed there."""
    _, _, rest = (SAMPLES / "facts.md").read_text("utf-8").partition("| project | parent | spellings (weeks) |\n")
    spelled: dict[tuple[int, str], str] = {}
    for row in rest[: rest.index("\n\n")].splitlines()[1:]:
        project, _, written = (cell.strip() for cell in row.strip("| ").split(" | "))
        for name, weeks in re.findall(r"([^；]+?) \(([^)]+)\)", written):
            spelled.update({(int(week), name.strip()): project for week in re.findall(r"W(\d+)", weeks)})
    pages = [page for page in sources.read_export(SAMPLES / "folder") if isinstance(page, Page)]
    read = [report for page in pages if (report := reports.read_report(page, WORDS)).kind == "weekly"]
    updates = [(report, one) for report in read for one in report.records if isinstance(one, Update)]
    named = {(one.report, one.lines[0]): spelled.get((report.week or 0, one.project)) for report, one in updates}
    return Archive(tuple(pages), {item: project for item, project in named.items() if project})
