import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from notion_archive.errors import IndexFolderError
from notion_archive.model import Page
from notion_archive.shelf import Imported, Shelf

MONDAY, TUESDAY = "2023-04-10T08:00:00Z", "2023-04-11T08:00:00Z"
WEEK_15 = Page(id="a15", path="周报/第15周.md", text="# 第15周\n光大鉴权通道异常 🎉\x00\r\n")
WEEK_16 = Page(id="a16", path="周报/第16周.md", text="# 第16周\n")
TABLE = Page(id="t", path="事故.csv", text="时间,现象\n", format="csv")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with Shelf(tmp_path / "pages.sqlite") as opened:
        yield opened


def test_pages_come_back_as_they_were_put(shelf: Shelf) -> None:
    shelf.put([WEEK_16, TABLE, WEEK_15], "Export.zip", MONDAY)
    assert [shelf.get(page.id) for page in (WEEK_15, WEEK_16, TABLE)] == [WEEK_15, WEEK_16, TABLE]
    assert shelf.get("a17") is None


def test_pages_are_gone_through_in_the_order_of_their_paths(shelf: Shelf) -> None:
    shelf.put([WEEK_16, TABLE, WEEK_15], "Export.zip", MONDAY)
    assert list(shelf.pages()) == [TABLE, WEEK_15, WEEK_16]
    assert (shelf.ids(), shelf.count()) == ({"a15", "a16", "t"}, 3)


def test_putting_says_what_is_new_changed_and_unchanged(shelf: Shelf) -> None:
    edited = Page(id="a15", path=WEEK_15.path, text="# 第15周\n已恢复\n")
    moved = Page(id="t", path="归档/事故.csv", text=TABLE.text, format="csv")
    assert shelf.put([WEEK_15, TABLE], "Export.zip", MONDAY) == {"a15": "new", "t": "new"}
    assert shelf.put([WEEK_15, TABLE, WEEK_16], "Export.zip", MONDAY) == {
        "a15": "unchanged",
        "t": "unchanged",
        "a16": "new",
    }
    assert shelf.put([edited, moved, WEEK_16], "Export.zip", TUESDAY) == {
        "a15": "changed",
        "t": "changed",
        "a16": "unchanged",
    }
    assert list(shelf.pages()) == [edited, WEEK_16, moved]


def test_a_page_that_comes_twice_counts_as_it_came_last(shelf: Shelf) -> None:
    empty = Page(id="a15", path="周报/第15周.md", text="")
    assert shelf.put([WEEK_15, empty, empty], "Export.zip", MONDAY) == {"a15": "new"}
    assert shelf.put([empty, WEEK_15, WEEK_15], "Export.zip", MONDAY) == {"a15": "changed"}
    assert shelf.get("a15") == WEEK_15


def test_the_shelf_knows_where_a_page_came_from_and_when(shelf: Shelf) -> None:
    shelf.put([WEEK_15, WEEK_16], "四月.zip", MONDAY)
    shelf.put([WEEK_16, TABLE], "五月.zip", TUESDAY)
    assert shelf.imported("a15") == Imported(export="四月.zip", first=MONDAY, last=MONDAY)
    assert shelf.imported("a16") == Imported(export="五月.zip", first=MONDAY, last=TUESDAY)
    assert shelf.imported("nobody") is None
    assert set(shelf.in_export("四月.zip")) == {"a15"}
    assert set(shelf.in_export("五月.zip")) == {"a16", "t"}
    assert shelf.in_export("六月.zip") == {}


def test_a_digest_is_of_path_format_and_text(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put([WEEK_15, TABLE], "Export.zip", MONDAY)
    digests = shelf.digests(["a15", "t", "nobody"])
    with Shelf(tmp_path / "other.sqlite") as other:
        other.put([WEEK_15, Page(id="t", path=TABLE.path, text=TABLE.text, format="html")], "Other.zip", TUESDAY)
        assert other.digests(["a15"]) == {"a15": digests["a15"]}
        assert other.digests(["t"]) != {"t": digests["t"]}
    assert sorted(digests) == ["a15", "t"]


def test_removed_pages_are_gone(shelf: Shelf) -> None:
    shelf.put([WEEK_15, WEEK_16], "Export.zip", MONDAY)
    shelf.remove(["a15", "nobody"])
    assert list(shelf.pages()) == [WEEK_16]
    assert shelf.put([WEEK_15], "Export.zip", TUESDAY) == {"a15": "new"}


def test_pages_may_be_dropped_while_they_are_gone_through(shelf: Shelf) -> None:
    shelf.put([WEEK_15, WEEK_16, TABLE], "Export.zip", MONDAY)
    left = []
    for page in shelf.pages():
        left.append(page)
        shelf.remove(["a15"])
    assert left == [TABLE, WEEK_16]


def test_an_import_that_breaks_off_leaves_nothing_behind(shelf: Shelf) -> None:
    def broken() -> Iterator[Page]:
        yield WEEK_15
        raise EOFError("the zip ends here")

    with pytest.raises(EOFError):
        shelf.put(broken(), "Export.zip", MONDAY)
    assert shelf.count() == 0
    assert shelf.put([WEEK_15], "Export.zip", MONDAY) == {"a15": "new"}


def test_a_killed_import_leaves_nothing_behind_and_what_was_put_before_stays(tmp_path: Path) -> None:
    file = tmp_path / "pages.sqlite"
    code = """
import os, signal, sys
from pathlib import Path
from notion_archive.model import Page
from notion_archive.shelf import Shelf
def pages():
    for n in range(2000):
        yield Page(id=str(n), path=str(n), text="x" * 2000)
    os.kill(os.getpid(), signal.SIGKILL)
shelf = Shelf(Path(sys.argv[1]))
shelf.put([Page(id="kept", path="kept", text="")], "a", "now")
shelf.put(pages(), "b", "now")
"""
    subprocess.run([sys.executable, "-c", code, str(file)], check=False)
    with Shelf(file) as shelf:
        assert shelf.ids() == {"kept"}


def test_notes_are_kept(shelf: Shelf, tmp_path: Path) -> None:
    assert shelf.note("parser") is None
    shelf.keep_note("parser", "3")
    shelf.keep_note("parser", "4")
    shelf.close()
    with Shelf(tmp_path / "pages.sqlite") as again:
        assert again.note("parser") == "4"


def test_one_reads_what_another_has_written(shelf: Shelf, tmp_path: Path) -> None:
    with Shelf(tmp_path / "pages.sqlite") as reader:
        assert reader.count() == 0
        shelf.put([WEEK_15], "Export.zip", MONDAY)
        assert list(reader.pages()) == [WEEK_15]


def test_a_file_that_is_not_ours_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    for name, content in (("notes.txt", "日记" * 4000), ("birds.sqlite", None)):
        file = tmp_path / name
        if content:
            file.write_text(content, "utf-8")
        else:
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("CREATE TABLE birds (name TEXT)")
        before = file.read_bytes()
        with pytest.raises(IndexFolderError) as refusal:
            Shelf(file)
        assert str(refusal.value) == (
            f"{file} is not an archive of notion-archive. Choose another --index, or empty the folder."
        )
        assert file.read_bytes() == before


def test_another_format_is_refused_with_its_cure(tmp_path: Path) -> None:
    file = tmp_path / "pages.sqlite"
    Shelf(file).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 2")
    with pytest.raises(IndexFolderError) as refusal:
        Shelf(file)
    assert str(refusal.value) == (
        f"{file} was written by format 2; this version reads 1. Import the exports again, into another --index."
    )


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexFolderError, match=r"pages.sqlite cannot be used \(.*\)\. Choose another --index\."):
        Shelf(tmp_path / "file" / "pages.sqlite")


def test_closing_twice_is_no_error(shelf: Shelf) -> None:
    shelf.close()
    shelf.close()
