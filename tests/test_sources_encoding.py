"""Bytes into text: a mark, else UTF-8, else GB18030, else a reason."""

import codecs
from pathlib import Path

import pytest
from zips import files, read

from notion_archive.model import Page, Skipped

REPORT = "# 第15周 2023/04/09\n\n- 4/3 14:00 光大鉴权通道异常，原因：行方问题 “处置”：切换通道\n"


def text_of(folder: Path, content: bytes, name: str = "a.md") -> str:
    """The text of a page on disk, the same as that of one in a zip; its reason where it is skipped."""
    (folder / name).write_bytes(content)
    (folder / "x.zip").write_bytes(files({name: content}))
    on_disk, zipped = read(folder / name), read(folder / "x.zip")
    assert len(on_disk) == len(zipped) == 1
    texts = [each.text if isinstance(each, Page) else each.reason for each in (*on_disk, *zipped)]
    assert texts[0] == texts[1]
    return texts[0]


@pytest.mark.parametrize(
    "content",
    [
        REPORT.encode(),
        codecs.BOM_UTF8 + REPORT.encode(),
        REPORT.encode("gb18030"),
        REPORT.encode("gbk"),
        REPORT.encode("utf-16"),
        codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "gbk", "utf-16", "utf-16 big end first"],
)
def test_a_report_reads_the_same_in_every_encoding(tmp_path: Path, content: bytes) -> None:
    assert text_of(tmp_path, content) == REPORT


def test_lines_end_in_one_way_and_keep_their_numbers(tmp_path: Path) -> None:
    assert text_of(tmp_path, b"1\r\n2\r3\n\r\n5\x0b\x0c\xe2\x80\xa8still 5") == "1\n2\n3\n\n5\x0b\x0c\u2028still 5"


def test_rare_characters_of_gb18030(tmp_path: Path) -> None:
    assert text_of(tmp_path, "𠮷野家 ™ é 🙂 㐂".encode("gb18030")) == "𠮷野家 ™ é 🙂 㐂"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            b"caf\xe9 au lait \xff",
            "It is neither UTF-8 nor GB18030: see byte 4. Save it as UTF-8 and import it again.",
        ),
        (
            "# 第周报".encode()[:-1],
            "It is UTF-8 with a damaged byte, number 9. Save it as UTF-8 and import it again.",
        ),
        (
            codecs.BOM_UTF8 + b"ab\xff",
            "It is marked as UTF-8 and is not. Save it as UTF-8 and import it again.",
        ),
        (
            codecs.BOM_UTF16_LE + "报".encode("utf-16-le") + b"\xff",
            "It is marked as UTF-16 and is not. Save it as UTF-8 and import it again.",
        ),
        (b"a\0b", "Not text: it holds NUL bytes."),
        ("a报".encode("utf-16-le"), "Not text: it is neither UTF-8 nor GB18030, and holds control characters."),
        (
            b"\x89PNG\r\n\x1a\n",
            "Not text: it is neither UTF-8 nor GB18030, and holds control characters.",
        ),
    ],
)
def test_what_is_no_text_is_told(tmp_path: Path, content: bytes, reason: str) -> None:
    assert text_of(tmp_path, content) == reason


@pytest.mark.parametrize("place", range(20, 60))
def test_damaged_utf8_is_never_taken_for_gb18030(tmp_path: Path, place: int) -> None:
    content = bytearray(REPORT.encode())
    content[place] ^= 0x80
    (tmp_path / "a.md").write_bytes(content)
    [found] = read(tmp_path / "a.md")
    assert isinstance(found, Skipped)
    assert found.reason.startswith("It is UTF-8 with a damaged byte, number ")
