"""A house may number its weeks otherwise than ISO; its reports with a number and a day tell how, in any order."""

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from notion_archive import numbering, reports
from notion_archive.archive import Archive
from notion_archive.cli import main
from notion_archive.model import Page, Query
from notion_archive.numbering import Numbering
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()
BODY = "\n\n## 生产事件\n\n- 周三 10:31 回调超时，10:50恢复\n"
# 2023-04-09 is in ISO week 14: this house is one ahead.
AHEAD = ("第15周 2023-04-09", "第16周 2023-04-16", "第17周 2023-04-23")


def pages(*titles: str) -> list[Page]:
    return [Page(id=f"{at}", path=f"{title}.md", text=f"# {title}{BODY}") for at, title in enumerate(titles)]


def covered(*titles: str) -> list[str]:
    """What the reports with these titles cover, read together."""
    return [f"{one.report.start}..{one.report.end}" for one in reports.read_pages(pages(*titles), WORDS)]


def test_a_week_without_a_day_is_counted_as_the_house_does() -> None:
    (*_, last) = covered(*AHEAD, "2023年第18周周报")
    assert last == "2023-04-24..2023-04-30"
    assert covered("2023年第18周周报") == ["2023-05-01..2023-05-07"]


def test_the_records_of_such_a_week_are_of_its_days() -> None:
    *_, last = reports.read_pages(pages(*AHEAD, "2023年第18周周报"), WORDS)
    (incident,) = last.report.records
    assert (last.report.week, last.report.date, incident.date) == (18, None, dt.date(2023, 4, 26))


@pytest.mark.parametrize(
    "told",
    [
        AHEAD[:2],
        (*AHEAD, "第20周 2023-04-30"),
        ("第15周 2023-04-16", "第16周 2023-04-23", "第17周 2023-04-30"),
        ("2023年第15周周报", "2023年第16周周报", "2023年第17周周报"),
    ],
)
def test_too_few_reports_or_some_that_disagree_teach_nothing(told: tuple[str, ...]) -> None:
    assert covered(*told, "2023年第18周周报")[-1] == "2023-05-01..2023-05-07"


def test_a_stated_period_tells_too() -> None:
    told = ("2023年第15周(4.3-4.9)", "2023年第16周(4.10-4.16)", "2023年第17周(4.17-4.23)")
    assert covered(*told, "2023年第18周周报")[-1] == "2023-04-24..2023-04-30"


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("2023年第1周周报", "2022-12-26..2023-01-01"),
        ("2023年第53周周报", "2023-12-25..2023-12-31"),
        ("2024年第2周周报", "2024-01-01..2024-01-07"),
    ],
)
def test_the_weeks_around_new_year_and_years_that_tell_nothing_follow(title: str, days: str) -> None:
    assert covered(*AHEAD, title)[-1] == days


def test_a_year_goes_by_its_own_reports() -> None:
    """2023 begins on a Sunday, 2024 on a Monday: who counts from 1 January is ahead in the first only."""
    own = ("第2周 2024-01-14", "第3周 2024-01-21", "第4周 2024-01-28")
    told = covered(*AHEAD, *own, "2024年第5周周报", "2023年第18周周报", "2025年第5周周报")
    assert told[-3:] == ["2024-01-29..2024-02-04", "2023-04-24..2023-04-30", "2025-01-27..2025-02-02"]


def test_a_report_of_the_turn_of_the_year_is_of_the_year_its_number_is_of() -> None:
    found = reports.read_pages(pages("第53周 2024-01-01", "第1周 2023-01-01", "第52周 2024-12-29"), WORDS)
    assert [numbering.ahead(one.report) for one in found] == [(2023, 0), (2023, 1), (2024, 0)]


def test_the_days_of_a_numbering_are_weeks() -> None:
    house = Numbering(years={2023: 1}, otherwise=-1)
    for year, week in itertools.product(range(2000, 2040), range(1, 54)):
        start, end = house.days(year, week)
        assert (start is None) == (end is None)
        assert start is None or end is None or (start.weekday(), (end - start).days) == (0, 6)


def _write(folder: Path, *titles: str) -> Path:
    folder.mkdir()
    for title in titles:
        (folder / f"{title}.md").write_text(f"# {title}{BODY}", "utf-8")
    return folder


def _kept(archive: Archive) -> list[tuple[str, tuple[str, ...], bytes]]:
    return sorted((one.key, one.tags, one.body) for one in archive.documents(Query()))


def test_an_archive_is_the_same_in_whatever_portions_it_came(tmp_path: Path) -> None:
    portions = [
        _write(tmp_path / "a", *AHEAD[:2]),
        _write(tmp_path / "b", AHEAD[2]),
        _write(tmp_path / "c", "2023年第18周周报"),
    ]
    kept = []
    for at, order in enumerate([*itertools.permutations(portions), portions[:1]]):
        with Archive(tmp_path / f"index{at}", create=True) as archive:
            for portion in order:
                archive.import_exports([portion])
            kept.append(_kept(archive))
            archive.rebuild()
            assert _kept(archive) == kept[-1]
    assert all(one == kept[0] for one in kept[:-1])
    assert kept[-1] != kept[0]


def test_what_is_pruned_tells_nothing_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NOTION_ARCHIVE_INDEX", raising=False)
    folder = _write(tmp_path / "周报", *AHEAD, "2023年第18周周报")

    def asked(*words: str) -> Any:
        return json.loads(CliRunner().invoke(main, [*words, "--json"]).stdout)

    asked("import", "周报")
    assert [one["end"] for one in asked("reports")["reports"] if one["week"] == 18] == ["2023-04-30"]
    assert asked("incidents", "--since", "2023-04-24", "--until", "2023-04-30")["total"] == 1
    assert [one["contradictions"] for one in (asked("check"), asked("check", "周报"))] == [[], []]
    (folder / f"{AHEAD[0]}.md").unlink()
    asked("import", "周报", "--prune")
    assert [one["end"] for one in asked("reports")["reports"] if one["week"] == 18] == ["2023-05-07"]
