"""`--prune` goes by the space an export is of, told by its pages: every download has another name."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from zips import A, B, C, D, files

from notion_archive.archive import Archive, Imported

E, F = "4e" * 16, "5f" * 16
TREE = {
    f"周报 {A}.md": "# 周报",
    f"周报/第14周 {B}.md": "# 第14周",
    f"周报/第15周 {C}.md": "# 第15周",
    f"周报/第15周/附录 {D}.md": "# 附录",
    f"招聘 {E}.md": "# 招聘",
}
OTHER = {f"财务 {n:032x}.md": "# 财务" for n in range(1, 4)}
Import = Callable[..., Imported]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "index", create=True) as opened:
        yield opened


@pytest.fixture
def prune(archive: Archive, tmp_path: Path) -> Import:
    """Imports these files as a zip as Notion names it, and removes what it no longer has."""

    def imported(pages: Mapping[str, str], number: int = 2, name: str = "") -> Imported:
        export = tmp_path / (name or f"Export-{number:08x}-1c2d-4e3f-8a9b-0c1d2e3f4a5b.zip")
        export.write_bytes(files(pages))
        return archive.import_exports([export], prune=True)

    return imported


def without(*ids: str) -> dict[str, str]:
    return {path: words for path, words in TREE.items() if not any(one in path for one in ids)}


def test_an_export_with_another_name_removes_what_its_space_no_longer_has(prune: Import, archive: Archive) -> None:
    prune(TREE, 1)
    assert (prune(without(D), 2).removed, prune(without(D, C), 3).removed) == (1, 1)
    assert archive.shelf.ids() == {A, B, E}


def test_a_page_that_was_gone_before_is_removed_at_the_next_prune(prune: Import, archive: Archive) -> None:
    prune(TREE, 1)
    (lesser := archive.folder.parent / "Export.zip").write_bytes(files(without(D)))
    assert archive.import_exports([lesser]).removed == 0
    assert prune(without(D), 3).removed == 1


def test_a_top_page_that_is_gone_is_removed_with_what_stood_below_it(prune: Import, archive: Archive) -> None:
    prune({**TREE, f"设计 {F}.md": "# 设计", f"设计/接口 {'6a' * 16}.md": "# 接口"}, 1)
    assert prune(TREE, 2).removed == 2
    assert archive.shelf.ids() == {A, B, C, D, E}


def test_two_spaces_do_not_touch_each_other_though_their_exports_have_one_name(prune: Import, archive: Archive) -> None:
    prune(TREE, name="Export.zip")
    for _ in range(2):
        answer = prune(OTHER, name="Export.zip")
        assert (answer.removed, answer.remarks) == (0, ())
    assert len(archive.shelf.ids()) == len(TREE) + len(OTHER)


def test_a_page_that_was_moved_to_another_space_does_not_join_the_two(prune: Import, archive: Archive) -> None:
    prune(TREE, 1)
    moved = {**OTHER, f"招聘 {E}.md": TREE[f"招聘 {E}.md"]}
    assert (prune(moved, 2).removed, prune(without(E), 3).removed, prune(moved, 4).removed) == (0, 0, 0)
    assert len(archive.shelf.ids()) == len(TREE) + len(OTHER)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (
            {f"第15周 {C}.md": "# 第15周", f"第15周/附录 {D}.md": "# 附录"},
            "begins with no page that its space begins with, so it may be a part of it. Export all of the space.",
        ),
        (
            {f"周报 {A}.md": "# 周报", f"招聘 {E}.md": "# 招聘"},
            "has 2 of the 5 pages kept of its space, so it may be a part of it. Export all of the space.",
        ),
        ({f"周报 {A}.md": "# 周报"}, "is a single page. Export all of the space."),
    ],
    ids=["of a page below", "with few of the pages", "of one page"],
)
def test_a_part_of_a_space_removes_nothing_and_says_why(
    prune: Import, archive: Archive, part: dict[str, str], why: str
) -> None:
    prune(TREE, 1)
    answer = prune(part, name="Export.zip")
    assert (answer.removed, answer.remarks) == (0, (f"--prune removed nothing: Export.zip {why}",))
    assert archive.shelf.ids() == {A, B, C, D, E}


def test_an_export_of_one_page_and_what_is_below_it_leaves_the_pages_beside_it(prune: Import, archive: Archive) -> None:
    prune(TREE, 1)
    assert prune({path: words for path, words in without(D).items() if path.startswith("周报")}, 2).removed == 1
    assert archive.shelf.ids() == {A, B, C, E}


def test_an_export_that_is_not_read_to_its_end_removes_nothing(prune: Import, archive: Archive, tmp_path: Path) -> None:
    prune(TREE, 1)
    (export := tmp_path / "Export.zip").write_bytes(
        files({"Export-Part-1.zip": files(without(B)), "Export-Part-2.zip": files({f"第14周 {B}.md": "x"})[:40]})
    )
    answer = archive.import_exports([export], prune=True)
    why = "--prune removed nothing: Export.zip could not be read as a whole. See what was not read."
    assert (answer.removed, answer.remarks) == (0, (why,))


def test_a_part_of_a_download_removes_nothing(prune: Import) -> None:
    prune(TREE, 1)
    name = "Export-d2b1f0aa-1c2d-4e3f-8a9b-0c1d2e3f4a5b-Part-1.zip"
    answer = prune(without(B), name=name)
    why = f"{name} is in parts, and maybe not in all of them. Import the zip as it was downloaded."
    assert (answer.removed, answer.remarks) == (0, (f"--prune removed nothing: {why}",))


def test_a_page_that_cannot_be_read_is_not_gone(prune: Import, archive: Archive) -> None:
    prune(TREE, 1)
    answer = prune({**TREE, f"招聘 {E}.md": "\0"}, 2)
    assert (answer.removed, len(answer.skipped)) == (0, 1)
    assert archive.shelf.ids() == {A, B, C, D, E}


def test_old_folders_with_ids_and_new_ones_without_are_one_space(prune: Import, archive: Archive) -> None:
    prune({path.replace("周报/", f"周报 {A}/").replace("第15周/", f"第15周 {C}/"): x for path, x in TREE.items()}, 1)
    assert prune(without(D), 2).removed == 1


def test_a_folder_of_notes_without_ids_is_the_space_of_its_name(archive: Archive, tmp_path: Path) -> None:
    for vault, notes in (("工作", ["README.md", "a.md", "b.md"]), ("生活", ["README.md", "c.md"])):
        (tmp_path / vault).mkdir()
        for note in notes:
            (tmp_path / vault / note).write_text(f"# {vault} {note}\n")
        archive.import_exports([tmp_path / vault])
    answer = archive.import_exports([tmp_path / "工作"])
    assert answer.remarks == (
        "工作 replaced pages of another export that have no id and the same path (1, such as README.md). To keep both, "
        "import 工作 into another --index.",
    )
    (tmp_path / "工作" / "b.md").unlink()
    assert archive.import_exports([tmp_path / "工作"], prune=True, dry=True).removed == 1
    assert archive.import_exports([tmp_path / "工作"], prune=True).removed == 1
    assert sorted(page.path for page in archive.shelf.pages()) == ["README.md", "a.md", "c.md"]
