"""An export that looks as it did is not read again; one that may have changed always is."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from notion_archive.archive import PARSER, Archive, Imported
from notion_archive.look import look

A, B = "0a" * 16, "1b" * 16
LONG_AGO = 1_680_000_000_123_456_789


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of two reports, at rest."""
    folder = tmp_path / "notes"
    (folder / "四月").mkdir(parents=True)
    (folder / f"四月/第15周 {A}.md").write_text("# 第15周\n\n- 网关超时", "utf-8")
    (folder / f"第16周 {B}.md").write_text("# 第16周\n\n- 网关恢复", "utf-8")
    return at_rest(folder)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "index", create=True) as opened:
        yield opened


def at_rest(folder: Path) -> Path:
    for file in folder.rglob("*.*"):
        os.utime(file, ns=(LONG_AGO, LONG_AGO), follow_symlinks=False)
    time.sleep(0.15)
    return folder


def seen(folder: Path) -> str | None:
    return look(folder, "")


def counts(done: Imported) -> tuple[int, int, int, int]:
    return done.pages, done.new, done.changed, done.unchanged


def test_a_folder_looks_the_same_until_one_of_its_pages_does_not(notes: Path) -> None:
    before = seen(notes)
    assert before is not None
    assert seen(at_rest(notes)) != before, "touched"
    before = seen(notes)
    (notes / "图.png").write_bytes(b"\x89PNG")
    (notes / ".obsidian").mkdir()
    (notes / ".obsidian/workspace.md").write_text("- 最近打开")
    assert seen(notes) == before, "neither is a page"
    assert look(notes, "other limits") != before
    (notes / "四月").rename(notes / "4月")
    assert seen(notes) != before, "a page has another path"


def test_a_page_of_the_same_size_and_time_with_other_words_looks_different(notes: Path) -> None:
    before, page = seen(notes), notes / f"第16周 {B}.md"
    page.write_text("# 第16周\n\n- 网关超时", "utf-8")
    assert page.stat().st_size == len("# 第16周\n\n- 网关恢复".encode())
    at_rest(notes)
    assert seen(notes) != before


def test_nothing_is_told_of_a_page_written_a_moment_ago_or_of_a_link(notes: Path) -> None:
    (notes / "第17周.md").write_text("# 第17周", "utf-8")
    assert seen(notes) is None
    assert seen(at_rest(notes)) is not None
    (notes / "第18周.md").symlink_to(notes / "第17周.md")
    assert seen(at_rest(notes)) is None
    assert seen(notes / "nowhere") is None


def test_an_export_of_which_nothing_has_changed_is_told_to_be_unchanged(notes: Path, archive: Archive) -> None:
    first, again = (archive.import_exports([notes]) for _ in range(2))
    assert (counts(first), counts(again)) == ((2, 2, 0, 0), (2, 0, 0, 2))
    assert again.records == first.records
    assert archive.shelf.seen(str(notes), look(notes, f"{PARSER} None") or "") == 2


def test_a_page_that_has_changed_is_read(notes: Path, archive: Archive) -> None:
    archive.import_exports([notes])
    (notes / f"第16周 {B}.md").write_text("# 第16周\n\n- 网关超时", "utf-8")
    assert counts(archive.import_exports([at_rest(notes)])) == (2, 0, 1, 1)


def test_what_another_export_has_replaced_is_brought_back(notes: Path, archive: Archive, tmp_path: Path) -> None:
    archive.import_exports([notes])
    (other := tmp_path / f"第16周 {B}.md").write_text("# 第16周\n\n- 网关降级", "utf-8")
    assert counts(archive.import_exports([other])) == (1, 0, 1, 0)
    assert counts(archive.import_exports([notes])) == (2, 0, 1, 1)
    archive.shelf.remove([A])
    assert counts(archive.import_exports([notes])) == (2, 1, 0, 1)


def test_a_page_that_could_not_be_read_is_tried_again_each_time(notes: Path, archive: Archive) -> None:
    (notes / "第17周.md").write_bytes("第17周".encode("utf-16-le"))
    at_rest(notes)
    for _ in range(2):
        assert [skipped.path for skipped in archive.import_exports([notes]).skipped] == [str(notes / "第17周.md")]
