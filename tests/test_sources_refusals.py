"""What an export cannot do to us: each refusal names its file, and the rest is read."""

import stat
import struct
import zlib
from pathlib import Path

import pytest
from zips import EXPORT, A, Member, files, read, skipped, zipped

from notion_archive.model import Page
from notion_archive.sources import Limits

KIB = 1024
MIB = KIB * 1024
GOOD = Member(name=f"good {A}.md", content="still here")
DAMAGED = "It is damaged: its checksum is wrong. Download it again."


def refused(folder: Path, content: bytes, limits: Limits | None = None) -> dict[str, str]:
    """The refusals of a zip, of which the good page is read all the same."""
    export = folder / "Export.zip"
    export.write_bytes(content)
    found = read(export, limits)
    assert [page for page in found if isinstance(page, Page)] == [
        Page(id=A, path=f"good {A}.md", text="still here"),
    ]
    return skipped(found, export)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../etc/cron.d/x.md", "Its path leads out of the export."),
        ("A/../../x.md", "Its path leads out of the export."),
        ("..\\..\\x.md", "Its path leads out of the export."),
        ("../x.png", "Its path leads out of the export."),
        ("/etc/x.md", "Its path is absolute."),
        ("\\\\server\\x.md", "Its path is absolute."),
        ("C:/x.md", "Its path is absolute."),
        ("c:\\x.md", "Its path is absolute."),
        ("C:x.md", "Its path is absolute."),
        ("a\0.png\x1b[2J.md", "Its name has control characters. Rename it and import it again."),
        (f"{'x/' * 2048}x.md", "Its path is longer than 4,096 characters."),
    ],
)
def test_a_name_that_leads_elsewhere(tmp_path: Path, name: str, reason: str) -> None:
    found = refused(tmp_path, zipped(Member(name=name, content="evil"), GOOD))
    as_shown = name if "/" in name else name.replace("\\", "/").replace("\0", r"\x00").replace("\x1b", r"\x1b")
    assert found == {as_shown: reason}


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (stat.S_IFLNK | 0o777, "It is a link to another file."),
        (stat.S_IFBLK | 0o666, "It is a device, not a file."),
        (stat.S_IFIFO | 0o666, "It is a device, not a file."),
    ],
)
def test_a_member_that_is_no_file(tmp_path: Path, mode: int, reason: str) -> None:
    link = Member(name="x.md", content="/etc/passwd", mode=mode)
    assert refused(tmp_path, zipped(link, GOOD)) == {"x.md": reason}


@pytest.mark.parametrize("mode", [stat.S_IFREG | 0o644, 0o644, 0], ids=["file", "bits", "none"])
def test_a_member_with_an_ordinary_mode_is_a_page(tmp_path: Path, mode: int) -> None:
    assert refused(tmp_path, zipped(Member(name=GOOD.name, content=GOOD.content, mode=mode))) == {}


@pytest.mark.parametrize(
    ("flags", "method", "reason"),
    [
        (1, None, "It is encrypted. Unpack it and import the folder."),
        (0, 9, "It is packed with Deflate64. Unpack it and import the folder."),
        (0, 14, "It is packed with LZMA. Unpack it and import the folder."),
        (0, 77, "It is packed with method 77. Unpack it and import the folder."),
    ],
)
def test_a_member_we_cannot_unpack(tmp_path: Path, flags: int, method: int | None, reason: str) -> None:
    members = [Member(name=name, content="x", flags=flags, method=method) for name in ("x.md", "x.png")]
    assert refused(tmp_path, zipped(*members, GOOD)) == {"x.md": reason}


def test_a_second_member_of_one_name(tmp_path: Path) -> None:
    content = zipped(Member(name="x.md", content="x"), Member(name="x.md", content="y"), Member(name="x.md"), GOOD)
    export = tmp_path / "Export.zip"
    export.write_bytes(content)
    found = read(export)
    reason = f"Another file has the same path and was read instead: {export}/x.md"
    assert [(each.path.removeprefix(f"{export}/"), each.reason) for each in found if not isinstance(each, Page)] == [
        ("x.md", reason),
        ("x.md", reason),
    ]
    assert [page.text for page in found if isinstance(page, Page)] == ["still here", "x"]


def test_members_that_share_their_bytes(tmp_path: Path) -> None:
    kernel = Member(name="a.md", content="x" * KIB)
    quoting = Member(name="b.md", content="y" * 99, deflate=False, packed=b"y" * 400)  # runs into the next members
    same = [Member(name=f"{place}.md", content="x" * KIB, offset=0) for place in range(3)]
    reason = "Its bytes are also those of another file of the zip, as in bombs."
    content = zipped(kernel, GOOD, *same)
    export = tmp_path / "Export.zip"
    export.write_bytes(content)
    assert skipped(read(export), export) == {"0.md": reason, "1.md": reason, "2.md": reason}

    lie = bytearray(zipped(quoting, GOOD))
    entry = lie.index(b"PK\1\2")
    struct.pack_into("<L", lie, entry + 20, 450)
    assert refused(tmp_path, bytes(lie)) == {"b.md": reason}


def test_a_bomb_is_known_by_its_ratio_whatever_it_says(tmp_path: Path) -> None:
    bomb = b"0" * (8 * MIB)
    reason = "It unpacks to more than 100 times its size, as bombs do."
    for size in (None, 10, 2**32 - 1):
        found = refused(tmp_path, zipped(Member(name="bomb.md", content=bomb, size=size), GOOD))
        longer = "Longer than 64 MiB. Split it and import the pieces."
        assert found == {"bomb.md": longer if size and size > 10 else reason}


def test_a_bomb_in_a_part_is_not_written_to_disk(tmp_path: Path) -> None:
    bomb = Member(name=f"{EXPORT}-Part-1.zip", content=b"0" * (64 * MIB))
    reason = "It unpacks to more than 100 times its size, as bombs do."
    assert refused(tmp_path, zipped(bomb, GOOD)) == {f"{EXPORT}-Part-1.zip": reason}


def test_text_that_packs_very_well_is_no_bomb(tmp_path: Path) -> None:
    assert refused(tmp_path, zipped(Member(name=f"X {'9' * 32}.png", content=b"0" * MIB), GOOD)) == {}
    export = tmp_path / "long.zip"
    export.write_bytes(files({"a.md": "- 无\n" * 100_000}))
    assert [len(page.text) for page in read(export) if isinstance(page, Page)] == [400_000]


def test_a_page_of_more_words_than_anyone_writes_while_a_database_may_be_long(tmp_path: Path) -> None:
    limits = Limits(page_characters=1000)
    (tmp_path / "long.md").write_text("- 无\n" * 400, "utf-8")
    (tmp_path / "事件库.csv").write_text("标题,原因\n" + "超时,连接\n" * 400, "utf-8")
    found = read(tmp_path, limits)
    pages = [page.path.rpartition("/")[2] for page in found if isinstance(page, Page)]
    reasons = {path.rpartition("/")[2]: reason for path, reason in skipped(found, tmp_path).items()}
    assert pages == ["事件库.csv"]
    assert reasons == {"long.md": "More than 1,000 characters in one page. Split it and import the pieces."}


def test_a_page_that_is_too_long(tmp_path: Path) -> None:
    words = bytes(range(32, 127)) * 100
    limits = Limits(member_bytes=4 * KIB)
    reason = "Longer than 4 KiB. Split it and import the pieces."
    for size in (None, 10):
        assert refused(tmp_path, zipped(Member(name="x.md", content=words, size=size), GOOD), limits) == {
            "x.md": reason
        }
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "x.md").write_bytes(words)
    assert skipped(read(tmp_path / "notes", limits), tmp_path) == {"notes/x.md": reason}


def test_an_export_that_is_too_large(tmp_path: Path) -> None:
    members = [Member(name=f"x{place}.md", content="x" * 400) for place in range(4)]
    reason = "The export unpacks to more than 1 KiB. Unpack it and import its folders one by one."
    export = tmp_path / "Export.zip"
    export.write_bytes(zipped(*members))
    assert skipped(read(export, Limits(total_bytes=KIB)), export) == {"x2.md": reason, "x3.md": reason}


def test_an_export_with_too_many_files(tmp_path: Path) -> None:
    members = [Member(name=f"{place}.png") for place in range(9)]
    reason = "The export holds more than 5 files; the rest was left. Unpack it and import its folders one by one."
    export = tmp_path / "Export.zip"
    assert refused(tmp_path, zipped(GOOD, *members), Limits(members=5)) == {str(export): reason}
    root = tmp_path / "notes"
    root.mkdir()
    for place in range(9):
        (root / f"{place}.md").touch()
    found = read(root, Limits(members=5))
    assert len([page for page in found if isinstance(page, Page)]) == 5
    assert skipped(found, tmp_path) == {"notes": reason}


def test_names_that_would_fill_the_memory(tmp_path: Path) -> None:
    members = [Member(name=f"{place}{'x' * 65_000}.png") for place in range(3)]
    export = tmp_path / "Export.zip"
    reason = (
        "The export holds too many very long names; the rest was left. Unpack it and import its folders one by one."
    )
    long = "Its path is longer than 4,096 characters."
    found = refused(tmp_path, zipped(GOOD, *members), Limits(members=500))
    assert found == {str(export): reason, str(members[0].name): long, str(members[1].name): long}


def test_a_wrong_checksum_or_size(tmp_path: Path) -> None:
    for lie in (Member(name="x.md", content="x", crc=1), Member(name="x.md", content="xyz", size=2)):
        assert refused(tmp_path, zipped(lie, GOOD)) == {"x.md": DAMAGED}


def test_packed_bytes_that_are_damaged_or_missing(tmp_path: Path) -> None:
    for packed in (b"\xff" * 20, b"", zlib.compress(b"x" * 100, wbits=-15)[:-2]):
        assert refused(tmp_path, zipped(Member(name="x.md", content="x" * 100, packed=packed), GOOD)) == {
            "x.md": DAMAGED
        }


def test_a_member_that_is_not_where_the_directory_says(tmp_path: Path) -> None:
    reason = "The zip is damaged: this file is not where the directory says. Download it again."
    far = Member(name="x.md", content="x", offset=2**31)
    inside = Member(name="y.md", content="x" * 100, deflate=False, offset=60)
    assert refused(tmp_path, zipped(GOOD, far, inside)) == {"x.md": reason, "y.md": reason}


def test_a_part_that_is_cut_short_or_no_zip_costs_the_others_nothing(tmp_path: Path) -> None:
    no_zip = "It is not a zip, whatever its name says. Export it again, or give it its right ending."
    good = files({str(GOOD.name): GOOD.content})
    members = {f"{EXPORT}-Part-1.zip": good, f"{EXPORT}-Part-2.zip": good[:40], f"{EXPORT}-Part-3.zip": b"no zip"}
    assert refused(tmp_path, files(members)) == {
        f"{EXPORT}-Part-2.zip": "The zip is cut short: it has no directory. Download it again.",
        f"{EXPORT}-Part-3.zip": no_zip,
    }


def test_a_part_with_a_wrong_checksum_is_read_as_its_pages_have_their_own(tmp_path: Path) -> None:
    part = Member(name=f"{EXPORT}-Part-1.zip", content=files({str(GOOD.name): GOOD.content}), crc=1)
    assert refused(tmp_path, zipped(part)) == {}


def test_a_directory_that_breaks_off_costs_only_what_is_behind(tmp_path: Path) -> None:
    content = bytearray(zipped(GOOD, Member(name="x.md"), Member(name="y.md")))
    content[content.index(b"PK\1\2", content.index(b"PK\1\2") + 4)] = 0
    reason = "The directory of the zip is damaged after 1 files. Download it again."
    assert refused(tmp_path, bytes(content)) == {str(tmp_path / "Export.zip"): reason}


def test_thousands_of_parts_need_no_thousands_of_open_files(tmp_path: Path) -> None:
    part = files({str(GOOD.name): GOOD.content})
    assert refused(tmp_path, files({f"{EXPORT}-Part-{place}.zip": part for place in range(3000)})) == {}


def test_a_zip_that_holds_itself_ends(tmp_path: Path) -> None:
    # Its only member is stored and begins where the zip begins, as in a quine.
    content = bytearray(zipped(Member(name=f"{EXPORT}.zip", deflate=False), GOOD))
    entry = content.index(b"PK\1\2")
    struct.pack_into("<2L", content, entry + 20, len(content) - 100, len(content) - 100)
    reason = "Its bytes are also those of another file of the zip, as in bombs."
    assert refused(tmp_path, bytes(content)) == {f"{EXPORT}.zip": reason}
