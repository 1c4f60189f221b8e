"""Whatever format the samples come in, they say the same."""

import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from notion_archive.queries.parse import parse
from notion_archive.records import Incident, Report

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build", SAMPLES / "build.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(folder: str) -> tuple[Report, ...]:
    """The reports of a format: of its zip, or of its folder."""
    found = parse([str(next((SAMPLES / folder).glob("*.zip"), SAMPLES / folder))])
    assert not found.skipped
    return found.reports


def said(reports: tuple[Report, ...]) -> dict[str, list[dict[str, object]]]:
    """The records by the title of their page, without what names their page and place."""
    return {
        report.title.replace("/", "-"): [
            {key: value for key, value in record.items() if key not in ("id", "report", "lines")}
            for record in msgspec.to_builtins(report.records)
        ]
        for report in reports
    }


@pytest.fixture(scope="module")
def folder() -> tuple[Report, ...]:
    return read("folder")


@pytest.mark.parametrize("name", ["notion", "notion-2025", "html", "gbk", "wolai", "obsidian"])
def test_a_format_says_what_the_folder_says(name: str, folder: tuple[Report, ...]) -> None:
    found = read(name)
    assert said(found) == said(folder)
    links = [link for report in found for link in report.links]
    assert (len(links), [link for link in links if link.report is None]) == (50, [])


@pytest.mark.parametrize("name", ["notion", "notion-2025", "html", "gbk"])
def test_a_page_keeps_its_id_in_every_export_of_notion(name: str, folder: tuple[Report, ...]) -> None:
    kept = {(report.id, report.title, report.created, str(report.properties)) for report in folder}
    assert {(report.id, report.title, report.created, str(report.properties)) for report in read(name)} == kept


def test_the_database_has_the_incidents_of_the_facts() -> None:
    (database,) = read("database")
    incidents = [record for record in database.records if isinstance(record, Incident)]
    found = [
        (one.occurred, one.recovered, one.minutes, "、".join(one.institutions), one.severity, one.summary)
        for one in incidents
    ]
    assert len(incidents) == len(database.records) == len(database.links) == 20
    assert found == [tuple(row) for row in facts()]
    assert all(one.cause and one.resolution for one in incidents)


def facts() -> list[list[str | int | None]]:
    """The rows of the first table of incidents in facts.md."""
    _, _, rest = (SAMPLES / "facts.md").read_text("utf-8").partition("| # | occurred |")
    rows = [line.strip("| ").split(" | ") for line in rest.partition("\n\n")[0].split("\n")[2:]]
    return [
        [
            row[1], None if row[2] == "null" else row[2], None if row[3] == "null" else int(row[3]),
            row[5].replace("—", ""), None if row[6] == "null" else row[6], row[7],
        ]
        for row in rows
    ]  # fmt: skip


def test_the_samples_are_what_build_makes_of_the_folder(build: ModuleType, tmp_path: Path) -> None:
    for name, make in build.FORMATS.items():
        make(SAMPLES / "folder", tmp_path / name)
        assert contents(tmp_path / name) == contents(SAMPLES / name), name


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, those in zips too: how a zip is packed is up to zlib."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            found.update(unpacked(name, path.read_bytes()) if path.suffix == ".zip" else {name: path.read_bytes()})
    return found


def unpacked(name: str, content: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            inner, own = archive.read(member), f"{name}/{member}"
            found.update(unpacked(own, inner) if member.endswith(".zip") else {own: inner})
    return found


def test_when_a_page_was_made_is_null_where_its_format_does_not_say(folder: tuple[Report, ...]) -> None:
    """Notion states it as a property, Obsidian may in its front matter. A page of wolai has neither: nothing states it."""
    assert {report.created is not None for report in folder} == {True, False}
    assert {report.created for report in read("wolai")} == {None}
    assert {report.created is not None for report in read("obsidian")} == {True, False}  # front matter, as written
