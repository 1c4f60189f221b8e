"""The benchmark works, and everyone in it counts the same. How long anything takes is not looked at."""

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import pairs, run, tables, targets
from benchmarks.corpus import Corpus
from benchmarks.figures import Counted, Figures
from benchmarks.page import write
from notion_archive import reports, text
from notion_archive.model import Page
from notion_archive.vocabulary import Vocabulary

_PAGES = 12


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """What is measured on a dozen pages."""
    figures = Figures(date="2024-01-07", machine="a machine", command="make bench")
    run.measure(tmp_path_factory.mktemp("bench"), {"S": _PAGES}, figures, runs=1, short=1, seed=1, tell=lambda _: None)
    return figures


def test_everyone_counts_what_a_plain_scan_counts(figures: Figures) -> None:
    assert [one for one in figures.counts["S"] if not one.agreed] == []
    assert {"ours", "scan", "fts5", "stock"} <= figures.counts["S"][0].records.keys()
    assert len(figures.counts["S"]) == 30


def test_a_page_and_a_picture_come_out_of_it(figures: Figures, tmp_path: Path) -> None:
    write(figures, tmp_path)
    page = (tmp_path / "performance.md").read_text("utf-8")
    assert "on 2024-01-07: a machine." in page
    assert "| notion-archive |" in page
    assert ElementTree.parse(tmp_path / "performance.svg").getroot().tag.endswith("svg")


def test_every_target_is_in_the_table_also_where_nothing_was_measured() -> None:
    rows = list(targets.rows(Figures()))
    assert (len(rows), {row.measured for row in rows}, {row.verdict for row in rows}) == (19, {"not measured"}, {"–"})


def test_a_target_is_missed_by_so_much() -> None:
    figures = Figures()
    for what, size, who, seconds in (("incidents", "M", "ours", 0.15), ("incidents", "", "click", 0.05)):
        figures.add(what, size, who, seconds)
    assert next(
        (row.target, row.measured, row.verdict) for row in targets.rows(figures) if row.met is not None
    ) == ("≤ 2 ×", "3.00 ×", "**missed by 50%**")  # fmt: skip


def test_the_same_seed_gives_the_same_pages_and_a_small_corpus_is_the_beginning_of_a_large_one() -> None:
    pages = list(Corpus(1).pages(_PAGES))
    assert pages == list(Corpus(1).pages(3 * _PAGES))[:_PAGES]
    assert pages != list(Corpus(2).pages(_PAGES))


def test_a_weekly_report_is_read_as_fifty_seven_records_and_has_about_seven_kilobytes() -> None:
    found, words = [], Vocabulary()
    for page in Corpus(1).pages(_PAGES):
        report = reports.read_page(Page(id="0", path=page.path, text=page.text), words).report
        found.append((report.kind, len(report.records), round(len(page.text.encode()) / 1000)))
        assert report.date and report.date > dt.date(2020, 1, 1)
    weekly = [(records, size) for kind, records, size in found if kind == "weekly"]
    assert {records for records, _ in weekly} == {57}
    assert {size for _, size in weekly} <= {6, 7, 8}
    assert {kind for kind, _, _ in found} == {"weekly", "daily"}


def test_pairs_in_order_are_the_pairs_of_the_index() -> None:
    for page in Corpus(1).pages(2):
        folded = text.fold(page.text)
        assert set(pairs.cut(folded)) == text.cut(folded)


@pytest.mark.parametrize(
    ("words", "prefix", "found"),
    [
        ("链接redis超时", False, (("链接", "接", "redis", "超时"), False)),
        ("超时", False, (("超时",), False)),
        ("对账文件", False, (("对账", "账文", "文件"), False)),
        ("行", False, (("行",), True)),
        ("red", True, (("red",), True)),
        ("redis", False, (("redis",), False)),
    ],
)
def test_a_question_is_cut_so_that_it_stands_in_what_it_was_taken_from(
    words: str, prefix: bool, found: tuple[tuple[str, ...], bool]
) -> None:
    assert pairs.phrase(words, prefix=prefix) == found


def test_counts_that_differ_are_shown_as_such() -> None:
    one = Counted(kind="rare", typed="支付", comparable=True, records={"ours": 2, "scan": 3}, pages=2, files=None)
    assert not one.agreed
    assert "**differs**" in tables.counts([one])
