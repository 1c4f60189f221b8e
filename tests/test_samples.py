"""The samples say what `samples/facts.md` says: incidents, links, the zip and the folder alike."""

import importlib.util
import re
import zipfile
from pathlib import Path

import pytest

from notion_archive.queries.parse import parse
from notion_archive.records import Incident, Report

SAMPLES = Path(__file__).parents[1] / "samples"
ZIP = next((SAMPLES / "notion").glob("*.zip"))


@pytest.fixture(scope="module")
def reports() -> tuple[Report, ...]:
    return parse([str(SAMPLES / "folder")]).reports


def facts(head: str) -> list[list[str]]:
    """The rows of the table in facts.md under a head that begins so."""
    _, _, rest = (SAMPLES / "facts.md").read_text("utf-8").partition(head)
    rows = re.match(r"[^\n]*\n\|[- |]+\n((?:\|.*\n)+)", rest)
    assert rows
    return [[cell.strip() for cell in row.strip("| ").split("|")] for row in rows[1].splitlines()]


def test_every_incident_of_the_weeklies_is_found_as_it_was_written(reports: tuple[Report, ...]) -> None:
    true = [
        (row[1], row[2], row[3], row[5].replace("—", "") or "", row[6], row[7], row[8].rpartition(" ")[0])
        for row in facts("| # | occurred |")
    ]
    found = [
        (
            str(one.occurred), str(one.recovered or "null"), str(one.minutes or "null"), "、".join(one.institutions),
            str(one.severity or "null"), one.summary, report.title,
        )
        for report in reports if report.kind == "weekly" for one in report.records if isinstance(one, Incident)
    ]  # fmt: skip
    assert sorted(found) == sorted(true)


def test_every_link_of_the_samples_leads_to_a_page(reports: tuple[Report, ...]) -> None:
    links = [link for report in reports for link in report.links]
    assert len(links) == 50
    assert all(link.report for link in links)


def test_the_zip_says_what_the_folder_says(reports: tuple[Report, ...]) -> None:
    assert sorted(parse([str(ZIP)]).reports, key=lambda r: r.path) == sorted(reports, key=lambda r: r.path)


def test_the_zip_is_what_build_makes_of_the_folder(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("build", SAMPLES / "build.py")
    assert spec and spec.loader
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    made = build.build(SAMPLES / "folder", tmp_path)
    assert contents(made) == contents(ZIP)


def contents(download: Path) -> dict[str, bytes]:
    """Every page of a zip in a zip."""
    with zipfile.ZipFile(download) as outer, zipfile.ZipFile(outer.open(outer.namelist()[0])) as inner:
        return {name: inner.read(name) for name in inner.namelist()}
