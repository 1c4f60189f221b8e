"""What an export is, on disk, and which pages are in it."""

import io
import os
import re
import tempfile
import zlib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from zips import EXPORT, A, B, C, D, Member, files, paths, read, skipped, zipped

from notion_archive.errors import ExportError
from notion_archive.model import Page, Skipped
from notion_archive.sources import Limits, name_without_id, page_id, read_export, size_hint


def written(root: Path, members: Mapping[str, str | bytes]) -> Path:
    for name, content in members.items():
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_a_zip_as_downloaded_holds_its_parts_and_the_parts_hold_the_pages(tmp_path: Path) -> None:
    part = files({f"{EXPORT}/周报/第15周 {A}.md": "# 第15周 2023/04/09\n"})
    export = put(tmp_path / "Export.zip", files({f"{EXPORT}-Part-1.zip": part}))
    assert read(export) == [Page(id=A, path=f"周报/第15周 {A}.md", text="# 第15周 2023/04/09\n")]


@pytest.mark.parametrize("deflate", [True, False], ids=["packed", "stored"])
def test_parts_share_one_tree(tmp_path: Path, deflate: bool) -> None:
    parts = [
        Member(name=f"{EXPORT}-Part-1.zip", content=files({f"{EXPORT}/A/a {A}.md": "a"}), deflate=deflate),
        Member(name=f"{EXPORT}-Part-2.zip", content=files({f"{EXPORT}-Part-2/A/b {B}.md": "b"}), deflate=deflate),
        Member(name=f"{EXPORT}-Part-3.zip", content=files({f"A/c {C}.md": "c"}), deflate=deflate),
    ]
    assert paths(put(tmp_path / "Export.zip", zipped(*parts))) == [f"A/a {A}.md", f"A/b {B}.md", f"A/c {C}.md"]


@pytest.mark.parametrize(
    "part",
    [
        "ExportBlock-4a4efd6f-1c2d-4e3f-8a9b-0c1d2e3f4a5b-Part-1.zip",
        f"0c1d2e3f-1c2d-4e3f-8a9b-0c1d2e3f4a5b_{EXPORT}.zip",
        f"{EXPORT}-Part-12 (1).zip",
        f"{EXPORT} 2.ZIP",
        f"{EXPORT}/{EXPORT}-Part-1.zip",
    ],
)
def test_a_part_has_one_of_these_names(tmp_path: Path, part: str) -> None:
    content = files({f"{part.rpartition('/')[2][:-4]}/a {A}.md": "a"})
    assert paths(put(tmp_path / "x.zip", files({part: content}))) == [f"a {A}.md"]


def test_a_zip_attached_to_a_page_is_named_and_not_opened(tmp_path: Path) -> None:
    attached = files({"x.md": "not a page of the export"})
    export = put(tmp_path / "x.zip", files({"a.md": "a", "A/project.zip": attached, f"A/{EXPORT}.zip": attached}))
    reason = "A zip attached to a page is not opened. Import it by itself if it is an export."
    assert skipped(read(export), export) == {"A/project.zip": reason, f"A/{EXPORT}.zip": reason}


def test_a_zip_in_a_zip_in_a_zip_is_deep_enough(tmp_path: Path) -> None:
    content = files({"a.md": "a"})
    for _ in range(3):
        content = files({f"{EXPORT}.zip": content, "b.md": "b"})
    export = put(tmp_path / "x.zip", content)
    reason = "It is a zip 3 zips deep. Unpack it and import it by itself."
    assert skipped(read(export), export) == {"/".join([f"{EXPORT}.zip"] * 3): reason}


def test_what_macos_and_note_programs_leave_behind_is_no_page(tmp_path: Path) -> None:
    litter = {"__MACOSX/._a.md": "\0\5\x16\7", "A/._a.md": "\0", "A/.DS_Store": "\0", ".obsidian/README.md": "x"}
    zip_litter = litter | {"__MACOSX/._should_skip_project.zip": "no zip"}
    assert paths(put(tmp_path / "x.zip", files({"a.md": "a", **zip_litter}))) == ["a.md"]
    assert paths(written(tmp_path / "folder", {"a.md": "a", **zip_litter})) == ["a.md"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_zipped_again_on_windows_or_macos_are_read(tmp_path: Path, encoding: str) -> None:
    name = f"周报/第15周 银行侧 {A}.md".encode(encoding)
    export = put(tmp_path / "x.zip", zipped(Member(name=name, flags=0, content="a")))
    assert paths(export) == [f"周报/第15周 银行侧 {A}.md"]


def test_a_name_wrongly_flagged_as_utf8_costs_no_page(tmp_path: Path) -> None:
    export = put(tmp_path / "x.zip", zipped(Member(name="周报.md".encode("gbk"), flags=0x800), Member(name="b.md")))
    assert paths(export) == ["b.md", "周报.md"]


def test_a_second_name_in_unicode_is_the_better_one(tmp_path: Path) -> None:
    extra = b"up\x0e\0\1" + zlib.crc32(b"__.md").to_bytes(4, "little") + "周报.md".encode()
    export = put(tmp_path / "x.zip", zipped(Member(name=b"__.md", extra=extra)))
    assert paths(export) == ["周报.md"]


def test_a_zip_with_backslashes_has_folders_too(tmp_path: Path) -> None:
    assert paths(put(tmp_path / "x.zip", zipped(Member(name="周报\\a.md"), Member(name="周报\\")))) == ["周报/a.md"]


def test_zip64_and_what_stands_before_or_after_a_zip(tmp_path: Path) -> None:
    member = Member(name=f"a {A}.md", content="a", large=True)
    assert paths(put(tmp_path / "a.zip", zipped(member))) == [f"a {A}.md"]
    ordinary = zipped(Member(name=f"a {A}.md", content="a"), prefix=b"#!self-extracting", comment=b"made by hand")
    assert paths(put(tmp_path / "b.zip", ordinary)) == [f"a {A}.md"]


def test_attachments_with_very_long_names_do_no_harm(tmp_path: Path) -> None:
    export = put(tmp_path / "x.zip", files({f"A/{'%D0%BA' * 92}.jpg": "x", f"A/{'字' * 300}.md": "a"}))
    assert paths(export) == [f"A/{'字' * 300}.md"]


@pytest.mark.parametrize(
    "name",
    [
        f"…dissection in  {A}.md",
        f"#letstalkaboutstress {A}.md",
        f"@Last Monday {A}.md",
        f"✈️ Book flights — Coder’s {A}.md",
        f"{A}.md",
        "Atcoder题解/Paint.md",
        "2023-03-28 周二_bwwZNLFwLQ1mbmgykBS8ZF.md",
        "解码策略（Top-k & Top-p & Temperatu/解码策略（Top-k & Top-p & Temperature）.md",
        "100%完成.md",
        ".NET 升级.md",
    ],
)
def test_a_page_keeps_the_name_it_has(tmp_path: Path, name: str) -> None:
    assert paths(put(tmp_path / "x.zip", files({name: "a"}))) == [name]
    assert paths(written(tmp_path / "folder", {name: "a"})) == [name]


def test_three_untitled_pages_are_three_pages(tmp_path: Path) -> None:
    export = put(tmp_path / "x.zip", files({f"Untitled {each}.md": "# Untitled" for each in (A, B, C)}))
    assert [page.id for page in read(export) if isinstance(page, Page)] == [A, B, C]


def test_names_that_differ_in_case_are_two_pages(tmp_path: Path) -> None:
    assert paths(put(tmp_path / "x.zip", files({"ITEMNAME.md": "a", "Itemname.md": "b"}))) == [
        "ITEMNAME.md",
        "Itemname.md",
    ]


def test_a_path_is_composed_whatever_the_disk_had(tmp_path: Path) -> None:
    korean = "스케줄"
    assert paths(put(tmp_path / "x.zip", files({f"{korean}.md": "a"}))) == ["스케줄.md"]
    assert paths(written(tmp_path / "folder", {f"{korean}.md": "a"})) == ["스케줄.md"]


def test_an_unpacked_export_and_a_folder_of_parts_are_the_same_tree(tmp_path: Path) -> None:
    unpacked = written(tmp_path / "unpacked", {f"{EXPORT}/A/a {A}.md": "a", f"{EXPORT}-Part-2/A/b {B}.md": "b"})
    parts = {
        f"{EXPORT}-Part-1.zip": files({f"{EXPORT}/A/a {A}.md": "a"}),
        f"{EXPORT}-Part-2.zip": files({f"{EXPORT}/A/b {B}.md": "b"}),
    }
    assert read(unpacked) == read(written(tmp_path / "parts", parts))
    assert paths(unpacked) == [f"A/a {A}.md", f"A/b {B}.md"]


def test_the_zip_beside_the_folder_it_was_unpacked_to_adds_nothing(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {f"{EXPORT}/A/a {A}.md": "a"}
    assert paths(written(tmp_path, {**pages, f"{EXPORT}.zip": files(pages)})) == [f"A/a {A}.md"]


def test_two_files_with_one_path_and_other_words_are_told(tmp_path: Path) -> None:
    root = written(tmp_path, {f"1/{EXPORT}/a.md": "first", f"2/{EXPORT}/a.md": "second"})
    found = read(root)
    reason = f"Another file has the same path and was read instead: {root.as_posix()}/1/{EXPORT}/a.md"
    assert [page.text for page in found if isinstance(page, Page)] == ["first"]
    assert skipped(found, root) == {f"2/{EXPORT}/a.md": reason}


def test_one_page_in_two_folders_is_read_once(tmp_path: Path) -> None:
    root = written(tmp_path, {f"1/a {A}.md": "a", f"2/a {A}.md": "a", f"3/a {A}.md": "other"})
    found = read(root)
    reason = f"Another file is the same page and was read instead: {root.as_posix()}/1/a {A}.md"
    assert [page.path for page in found if isinstance(page, Page)] == [f"1/a {A}.md"]
    assert skipped(found, root) == {f"3/a {A}.md": reason}


def test_markdown_comes_before_html_of_the_same_page(tmp_path: Path) -> None:
    root = written(tmp_path, {f"a {A}.html": "<title>a</title>", f"a {A}.md": "# a", f"b {B}.html": "<title>b</title>"})
    assert read(root) == [
        Page(id=A, path=f"a {A}.md", text="# a"),
        Page(id=B, path=f"b {B}.html", text="<title>b</title>", format="html"),
    ]


def test_the_tree_of_the_workspace_is_no_page_but_another_index_is(tmp_path: Path) -> None:
    tree = '<html><ul id="id::0a0a0a0a-0a0a"><a href="a.md">a</a></ul></html>'
    root = written(tmp_path, {"index.html": tree, "A/index.html": "<p>a page</p>", "a.md": "a"})
    assert paths(root) == ["A/index.html", "a.md"]
    assert paths(written(tmp_path / "site", {"index.html": "<p>a page</p>"})) == ["index.html"]


def test_every_ending_we_know_in_any_case(tmp_path: Path) -> None:
    names = ["a.md", "b.MARKDOWN", "c.Txt", "d.HTML", "e.htm", "f.CSV"]
    found = read(written(tmp_path, dict.fromkeys(names, "x")))
    assert [(page.path, page.format) for page in found if isinstance(page, Page)] == [
        ("a.md", "markdown"),
        ("b.MARKDOWN", "markdown"),
        ("c.Txt", "markdown"),
        ("d.HTML", "html"),
        ("e.htm", "html"),
        ("f.CSV", "csv"),
    ]


@pytest.mark.parametrize("name", [f"第15周 {A}.md", "a.HTM", f"X {A}.csv"])
def test_a_single_file_is_an_export(tmp_path: Path, name: str) -> None:
    assert paths(put(tmp_path / name, b"x")) == [name]


def test_standard_input_is_a_page_named_by_its_first_line() -> None:
    text = "\n# 第15周 2023/04/09\n\n- 上线\n"
    found = list(read_export("-", stdin=io.BytesIO(text.encode("gb18030"))))
    assert found == [Page(id=page_id("第15周 2023 04 09.md"), path="第15周 2023 04 09.md", text=text)]
    nothing = list(read_export("-", stdin=io.BytesIO(b"")))
    assert nothing == [Page(id=page_id("Untitled.md"), path="Untitled.md", text="")]


def test_standard_input_that_is_no_text_is_told() -> None:
    found = list(read_export("-", Limits(member_bytes=1024), stdin=io.BytesIO(b"x" * 2000)))
    assert found == [Skipped(path="-", reason="Longer than 1 KiB. Split it and import the pieces.")]


def test_an_empty_file_is_an_empty_page(tmp_path: Path) -> None:
    found = read(written(tmp_path, {f"a {A}.md": "", f"X {B}.csv": b"\xef\xbb\xbf"}))
    assert found == [Page(id=A, path=f"a {A}.md", text=""), Page(id=B, path=f"X {B}.csv", text="", format="csv")]


def test_files_that_are_no_pages_are_counted(tmp_path: Path) -> None:
    root = written(tmp_path, {"a.md": "a", "b.md": "b", "A/image.png": "x", "A/a.pdf": "x", "A/LICENSE": "x"})
    for export in (
        root,
        put(tmp_path.parent / "x.zip", files({"a.md": "", "b.md": "", "x.png": "", "y": "", "z": ""})),
    ):
        with closing(read_export(export)) as opened:
            assert (opened.files, opened.others) == (2, 3)
        assert size_hint(export) == 2
    assert size_hint("-") == 1


def test_links_in_a_folder_are_not_followed_out_of_it_or_in_circles(tmp_path: Path) -> None:
    outside = written(tmp_path / "outside", {"secret.md": "s", "x.png": "x"})
    root = written(tmp_path / "notes", {"A/a.md": "a"})
    (root / "A" / "loop").symlink_to(root)
    (root / "again.md").symlink_to(root / "A" / "a.md")
    (root / "up").symlink_to(tmp_path)
    (root / "b.md").symlink_to(outside / "secret.md")
    (root / "x.png").symlink_to(outside / "x.png")
    (root / "c.md").symlink_to(root / "gone.md")
    (root / "d.md").symlink_to(root / "d.md")
    found = read(root)
    assert [page.path for page in found if isinstance(page, Page)] == ["A/a.md"]
    assert skipped(found, root) == {
        "up": f"It is a link that leads out of the folder. Import {tmp_path} by itself.",
        "b.md": f"It is a link that leads out of the folder. Import {outside / 'secret.md'} by itself.",
        "c.md": "It is a link that leads nowhere.",
        "d.md": "It is a link that leads nowhere.",
    }


def test_pipes_and_what_cannot_be_read_are_told(tmp_path: Path) -> None:
    root = written(tmp_path, {"a.md": "a", "b.md": "b", f"{EXPORT}.zip": "no zip"})
    os.mkfifo(root / "pipe.md")
    os.mkfifo(root / "pipe")
    export = read_export(root)
    (root / "b.md").unlink()
    assert skipped(list(export), root) == {
        "b.md": "It cannot be read: No such file or directory.",
        "pipe.md": "It is not a file: a pipe, a socket or a device.",
        f"{EXPORT}.zip": "It is not a zip, whatever its name says. Export it again, or give it its right ending.",
    }


def test_a_folder_that_may_not_be_read_is_told() -> None:
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as place:
        root = written(Path(place), {"a.md": "a", "closed/b.md": "b"})
        root.chmod(0o755)
        (root / "closed").chmod(0)
        if user == 0:
            os.seteuid(65534)  # root may read everything, so it looks with the eyes of nobody
        try:
            found = read(root)
        finally:
            os.seteuid(user)
            (root / "closed").chmod(0o755)
    assert skipped(found, root) == {"closed": "It cannot be read: Permission denied."}


def test_names_on_disk_in_gb18030_and_with_control_characters(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("周报.md".encode("gb18030"))).write_text("a")
    (tmp_path / "Q: 怎么办.md").write_text("a")
    (tmp_path / "a\n\x1b[31m.md").write_text("a")
    found = read(tmp_path)
    assert [page.path for page in found if isinstance(page, Page)] == ["Q: 怎么办.md", "周报.md"]
    reason = "Its name has control characters. Rename it and import it again."
    assert skipped(found, tmp_path) == {r"a\n\x1b[31m.md": reason}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.zip", None, "{} does not exist. Check its spelling, or give the folder it is in."),
        (
            "a.docx",
            b"PK",
            "{} is not an export we know. Known: .zip, .md, .markdown, .txt, .html, .csv or a folder of them.",
        ),
        ("a.zip", files({"a.png": ""}), "{} holds no page. Export it again, as Markdown & CSV or as HTML."),
        ("b.zip", files({}), "{} holds no page. Export it again, as Markdown & CSV or as HTML."),
        (
            "c.zip",
            b"<html>Not found</html>",
            "{} cannot be imported. It is not a zip, whatever its name says. Export it again, or give it its right "
            "ending.",
        ),
        (
            "d.zip",
            b"",
            "{} cannot be imported. It is not a zip, whatever its name says. Export it again, or give it "
            "its right ending.",
        ),
        (
            "e.zip",
            files({"a.md": "a" * 1000})[:30],
            "{} cannot be imported. The zip is cut short: it has no directory. Download it again.",
        ),
    ],
)
def test_what_is_no_export_is_said_with_a_cure(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ExportError, match=f"^{re.escape(message.format(path))}$"):
        read_export(path)


def test_an_empty_folder_and_a_pipe_are_no_exports(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"holds no page\. Export it again, as Markdown & CSV or as HTML\.$"):
        read_export(tmp_path)
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(ExportError, match=r"a\.md is not an export we know\."):
        read_export(tmp_path / "a.md")


@pytest.mark.parametrize(
    ("path", "found", "name"),
    [
        (f"A/第15周 2023-04-09 {A}.md", A, "第15周 2023-04-09"),
        (f"第15周-{A.upper()}.md", A, "第15周"),
        ("x 0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0a.html", A, "x"),
        (f"标题{A}.md", A, "标题"),
        (f"…dissection in  {A}.md", A, "…dissection in"),
        (f"{A}.md", A, ""),
        (f"X {A}_all.csv", A, "X"),
        (f"X {A}.csv", A, "X"),
        ("2023-03-28 周二_bwwZNLFwLQ1mbmgykBS8ZF.md", "bwwZNLFwLQ1mbmgykBS8ZF", "2023-03-28 周二"),
        ("a_b_bwwZNLFwLQ1mbmgykBS8Z.md", "bwwZNLFwLQ1mbmgykBS8Z", "a_b"),
    ],
)
def test_an_id_is_read_from_a_name(path: str, found: str, name: str) -> None:
    assert (page_id(path), name_without_id(path)) == (found, name)


@pytest.mark.parametrize(
    "path",
    [
        "Atcoder题解/Paint.md",
        f"{A}0a.md",
        f"commit 1{A}.md",
        "x_internationalizations.md",
        "x_bwwZNLFwLQ1mbmgykBS8ZFF.md",
        "x_0wwZNLFwLQ1mbmgykBS8ZF.md",
        f"{D} notes.md",
    ],
)
def test_a_name_without_an_id_is_known_by_its_path(path: str) -> None:
    assert re.fullmatch("[0-9a-f]{32}", page_id(path))
    assert page_id(path) not in (A, D)
    assert page_id(path) != page_id(f"x/{path}")
    assert name_without_id(path) == path.rpartition("/")[2].removesuffix(".md")


def test_a_database_and_its_view_have_one_id_with_or_without_one_in_the_name() -> None:
    assert page_id("A/X.csv") == page_id("A/X_all.csv")
    assert page_id("A/X.csv") != page_id("A/X.md")
