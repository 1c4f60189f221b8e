"""A database is many CSV files and a folder of pages, and each of its rows is read once."""

import re
from collections.abc import Mapping
from pathlib import Path

from zips import EXPORT, A, B, C, D, files, paths, read

from notion_archive.model import Page

E = "4e" * 16


def databases(folder: Path, members: Mapping[str, str | bytes]) -> dict[str, str]:
    """The CSV pages of a zip: path and text."""
    export = folder / "Export.zip"
    export.write_bytes(files(members))
    return {page.path: page.text for page in read(export) if isinstance(page, Page) and page.format == "csv"}


def test_a_database_as_notion_writes_it(tmp_path: Path) -> None:
    cells = '\ufeffName,Amount,Created time\r\n登录超时,"$233,357.56","March 1, 2024"\r\n"两\r\n行",15%,"13,21321"\r\n'
    assert databases(tmp_path, {f"X {A}.csv": cells}) == {
        f"X {A}.csv": 'Name,Amount,Created time\n登录超时,"$233,357.56","March 1, 2024"\n"两\n行",15%,"13,21321"\n'
    }


def test_all_rows_are_read_instead_of_a_view(tmp_path: Path) -> None:
    whole = "Name,Status,Owner\na,done,x\nb,open,y\n"
    found = databases(tmp_path, {f"Tasks {A}.csv": "Name,Owner\nb,y\n", f"Tasks {A}_all.csv": whole})
    assert found == {f"Tasks {A}_all.csv": whole}


def test_all_rows_are_read_without_ids_too(tmp_path: Path) -> None:
    found = databases(tmp_path, {"Tasks.csv": "Name\nb\n", "Tasks_all.csv": "Name\na\nb\n"})
    assert found == {"Tasks_all.csv": "Name\na\nb\n"}


def test_what_only_a_view_has_is_not_lost(tmp_path: Path) -> None:
    whole = 'Name,Status\na,"do\nne"\n\nb,open\n'
    view = "Status,Name,Owner\nopen,b,y\nnew,c,z\n"
    found = databases(tmp_path, {f"Tasks {A}_all.csv": whole, f"Tasks {A}.csv": view})
    assert found == {f"Tasks {A}_all.csv": 'Name,Status,Owner\na,"do\nne",\n\nb,open,y\nc,new,z\n'}


def test_an_empty_file_of_a_database_hides_nothing(tmp_path: Path) -> None:
    found = databases(tmp_path, {f"Tasks {A}_all.csv": "", f"Tasks {A}.csv": "Name\nb\n"})
    assert found == {f"Tasks {A}_all.csv": "Name\nb\n"}


def test_five_views_of_a_database_are_one_page(tmp_path: Path) -> None:
    whole = "Name,Status,Owner\na,done,x\nb,open,y\nc,open,z\n"
    views = {
        f"Home {E}/Tasks {B}.csv": "Name,Status\nb,open\nc,open\n",
        f"Home {E}/Tasks {C}.csv": "Owner,Name\nx,a\n",
        f"Week/Tasks {D}.csv": "Name,Owner,Status\n",
        f"Tasks {A}.csv": "Name\na\nb\nc\n",
    }
    assert databases(tmp_path, {f"Tasks {A}_all.csv": whole, **views}) == {f"Tasks {A}_all.csv": whole}


def test_views_without_all_rows_are_joined_by_what_they_share(tmp_path: Path) -> None:
    views = {
        f"Tasks {A}.csv": "Name,Status,Owner\na,done,x\nb,open,y\n",
        f"Home/Tasks {B}.csv": "Name,Status,Due\nb,open,2023-04-09\n",
    }
    assert databases(tmp_path, views) == {f"Tasks {A}.csv": "Name,Status,Owner,Due\na,done,x,\nb,open,y,2023-04-09\n"}


def test_databases_of_one_title_with_rows_of_their_own_are_two(tmp_path: Path) -> None:
    members = {
        f"Tasks {A}_all.csv": "Name,Status\na,done\nb,open\n",
        f"Projects/P {E}/Tasks {B}_all.csv": "Name,Status\na,open\n",
        f"Projects/Q {E}/Tasks {C}_all.csv": "Name,Owner\na,x\n",
        f"Projects/R {E}/Tasks {D}_all.csv": "Title\na\n",
    }
    assert databases(tmp_path, members) == members


def test_csv_files_that_are_of_no_database_are_left_alone(tmp_path: Path) -> None:
    members = {"2023/data.csv": "Name\na\nb\n", "2024/data.csv": "Name\na\n"}
    assert databases(tmp_path, members) == members


def test_thousands_of_databases_with_one_title_take_no_time(tmp_path: Path) -> None:
    members = {f"P/{place}/Tasks {place:032x}_all.csv": f"Name\nstep {place}\n" for place in range(3000)}
    assert databases(tmp_path, members) == members


def test_a_row_with_a_page_of_its_own_is_read_there(tmp_path: Path) -> None:
    whole = '\ufeffName,Status\r\n登录超时,done\r\n"对账\r\n失败",open\r\n退款,open\r\n'
    for folder in (f"故障 {A}", "故障"):
        members = {
            f"故障 {A}_all.csv": whole,
            f"{folder}/登录超时 {B}.md": "# 登录超时\n\nStatus: done\n",
            f"{folder}/对账 {D}.md": "# **对账 失败**\n",
        }
        assert databases(tmp_path, members) == {f"故障 {A}_all.csv": "Name,Status\n\n\n\n退款,open\n"}


def test_a_database_of_pages_alone_leaves_its_header(tmp_path: Path) -> None:
    members = {f"X {A}.csv": "Name\na", f"X/a {B}.md": "# a", f"X/c {C}.md": "# c"}
    assert databases(tmp_path, members) == {f"X {A}.csv": "Name\n"}


def test_row_pages_are_found_in_another_part(tmp_path: Path) -> None:
    one = files({f"{EXPORT}/X {A}_all.csv": "Name\na\nb\n"})
    two = files({f"{EXPORT}/X/a {B}.md": "# a"})
    assert databases(tmp_path, {f"{EXPORT}-Part-1.zip": one, f"{EXPORT}-Part-2.zip": two}) == {
        f"X {A}_all.csv": "Name\n\nb\n"
    }


def test_a_folder_with_a_longer_name_is_another_databases(tmp_path: Path) -> None:
    members = {
        f"Projects {A}.csv": "Name\na\nb\n",
        f"Projects (Reference) {C}.csv": "Name\na\nb\n",
        f"Projects/a {B}.md": "# a",
        f"Projects (Reference)/b {D}.md": "# b",
        f"Projects/deeper/b {E}.md": "# b",
    }
    assert databases(tmp_path, members) == {
        f"Projects {A}.csv": "Name\n\nb\n",
        f"Projects (Reference) {C}.csv": "Name\na\n\n",
    }


def test_a_row_is_known_by_its_heading_and_not_by_its_file_name(tmp_path: Path) -> None:
    members = {
        f"X {A}.csv": "Name\nBARISTA.pdf\nA Systematic Review of Everything there is\nprogram\n",
        f"X/BARISTA pdf {B}.md": "# BARISTA.pdf",
        f"X/A Systematic Review of  {C}.md": "# A Systematic Review of Everything there is",
        f"X/program {D}.md": "# program.",
    }
    assert databases(tmp_path, members) == {f"X {A}.csv": "Name\n\n\nprogram\n"}


def test_a_row_is_known_by_the_id_in_its_title(tmp_path: Path) -> None:
    members = {
        f"X {A}.csv": f"Name,Blocks\na (X/a%20{B}.csv),b (X/b%20{C}.csv)\nb,\n",
        f"X/a {B}.md": "# something else",
    }
    assert databases(tmp_path, members) == {f"X {A}.csv": "Name,Blocks\n\nb,\n"}


def test_one_page_stands_for_one_row_and_for_the_one_it_is_like(tmp_path: Path) -> None:
    members = {
        f"X {A}.csv": "Name,Status,Day\n周会,open,4/3\n周会,done,4/10\n周会,done,4/17\n",
        f"X/周会 {B}.md": "# 周会\n\nDay: 4/10\nStatus: done\n\n议题: 无\n",
    }
    assert databases(tmp_path, members) == {f"X {A}.csv": "Name,Status,Day\n周会,open,4/3\n\n周会,done,4/17\n"}


def test_rows_without_a_title_are_pages_without_one(tmp_path: Path) -> None:
    members = {
        f"X {A}_all.csv": "Name,Status,Day\n,,\n,done,4/3\n,open,4/3\n,,\n",
        f"X/Untitled {B}.md": "# Untitled",
        f"X/Untitled {C}.md": "# Untitled\n\nStatus: done\n",
        f"X/Untitled {D}.md": "# Untitled\n\nStatus: gone\n",
    }
    assert databases(tmp_path, members) == {f"X {A}_all.csv": "Name,Status,Day\n\n\n,open,4/3\n,,\n"}


def test_row_pages_in_html_count_too(tmp_path: Path) -> None:
    members = {f"X {A}.csv": "Name\nR&D\nb\n", f"X/R D {B}.html": "<html><title>R&amp;D</title>"}
    assert databases(tmp_path, members) == {f"X {A}.csv": "Name\n\nb\n"}


def test_html_of_a_database_only_repeats_its_csv(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(files({f"X {A}.csv": "Name\na\n", f"X {A}.html": "<table>"}))
    assert paths(tmp_path / "x.zip") == [f"X {A}.csv"]


def test_without_folders_a_page_beside_the_database_must_say_the_same(tmp_path: Path) -> None:
    members = {
        f"X {A}.csv": "Name,Status\na,done\nb,open\nc,\n",
        f"a {B}.md": "# a\n\nStatus: done\n",
        f"b {C}.md": "# b\n\nStatus: done\n",
        f"c {D}.md": "# c\n",
    }
    assert databases(tmp_path, members) == {f"X {A}.csv": "Name,Status\n\nb,open\nc,\n"}


def test_a_row_page_that_cannot_be_read_leaves_its_row(tmp_path: Path) -> None:
    assert databases(tmp_path, {f"X {A}.csv": "Name\na\n", f"X/a {B}.md": b"# a\0"}) == {f"X {A}.csv": "Name\na\n"}


def test_a_page_with_the_id_of_a_database_does_not_replace_it(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(files({f"X {A}.csv": "Name\na\n", f"X {A}.md": "# X"}))
    page, database = read(tmp_path / "x.zip")
    assert isinstance(page, Page)
    assert isinstance(database, Page)
    assert (page.id, page.format, database.format) == (A, "markdown", "csv")
    assert re.fullmatch("[0-9a-f]{32}", database.id)
    assert database.id != A


def test_a_cell_may_hold_a_long_log(tmp_path: Path) -> None:
    log = "超时\n" * 100_000
    members = {f"X {A}.csv": f'Name,Log\na,"{log}"\nb,\n', f"X/a {B}.md": "# a"}
    assert databases(tmp_path, members) == {f"X {A}.csv": "Name,Log\n" + "\n" * 100_001 + "b,\n"}


def test_an_open_quote_does_no_harm(tmp_path: Path) -> None:
    members = {f"X {A}.csv": 'Name\na\n"b\nc\n', f"X/a {B}.md": "# a"}
    assert databases(tmp_path, members) == {f"X {A}.csv": 'Name\n\n"b\nc\n'}


def html_table(database: str, *rows: str) -> str:
    """A page that shows a database, as Notion writes it in HTML."""
    dashed = "-".join((database[:8], database[8:12], database[12:16], database[16:20], database[20:]))
    inside = "".join(f'<tr id="x">\n{row}</tr>' for row in rows)
    return (
        f'<title>周会</title><p>前</p>\n<div id="{dashed}" class="collection-content"><table class="collection-content">'
        f"<thead><tr><th>Name</th></tr></thead><tbody>{inside}</tbody></table></div>\n<p>后</p>"
    )


def test_a_row_shown_in_a_page_of_html_is_read_once_from_its_own_page(tmp_path: Path) -> None:
    rows = [f'<td class="cell-title"><a href="X/a%20{A}.html">a</a></td>', '<td class="cell-title">b</td>']
    export = tmp_path / "Export.zip"
    export.write_bytes(files({f"周会 {B}.html": html_table(C, *rows), f"X/a {A}.html": "<title>a</title>"}))
    (page,) = (page.text for page in read(export) if isinstance(page, Page) and page.id == B)
    assert page == html_table(C, *rows).replace(f'<tr id="x">\n{rows[0]}</tr>', "\n")


def test_a_database_shown_in_a_page_of_html_is_read_once_from_its_csv(tmp_path: Path) -> None:
    shown = html_table(C, '<td class="cell-title">b</td>')
    export = tmp_path / "Export.zip"
    export.write_bytes(files({f"周会 {B}.html": shown, f"周会/X {C}.csv": "Name\nb\n"}))
    page, table = (page.text for page in read(export) if isinstance(page, Page))
    assert (page.count("\n"), "Name" in page, "<p>后</p>" in page) == (shown.count("\n"), False, True)
    assert table == "Name\nb\n"


def test_a_table_of_html_that_is_no_database_or_stands_nowhere_else_is_left_alone(tmp_path: Path) -> None:
    export = tmp_path / "Export.zip"
    shown = html_table(C, f'<td class="cell-title"><a href="X/a%20{A}.html">a</a></td>')
    shown += '<table class="collection-content"><tr>' * 20_000  # never closed, and gone through in no time
    plain = f'<table class="simple-table"><tr><td class="cell-title"><a href="{B}.html">a</a></td></tr></table>'
    export.write_bytes(files({f"周会 {B}.html": shown, f"例会 {D}.html": plain}))
    assert [page.text for page in read(export) if isinstance(page, Page)] == [plain, shown]
