"""A zip that was cut short gives every file that stands whole before the cut, and a reason for the rest."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zips import EXPORT, A, B, Member, files, read, skipped, zipped

from notion_archive.errors import ExportError
from notion_archive.model import Page
from notion_archive.sources import Limits

PAGES = {f"周报/第{n}周 {n:032x}.md": f"# 第{n}周\n\n" + "- 4/3 光大鉴权通道异常\n" * n for n in range(1, 7)}
MISSING = "The zip is cut short: {} files stand before the cut, the rest is missing. Download it again."
IN_FILE = "The zip is cut short in this file. Download it again."


class Pipe(io.RawIOBase):
    """Where a zip is written in one go: sizes and checksums come behind the files, as in Notion's own zips."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.content += piece
        return len(piece)


def streamed(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", method) as made:
        for name, words in members.items():
            made.writestr(name, words)
    return bytes(pipe.content)


WRITTEN = {
    "packed": files(PAGES),
    "stored": zipped(*(Member(name=name, content=words, deflate=False) for name, words in PAGES.items())),
    "in one go": streamed(dict(PAGES)),
    "in one go, stored": streamed(dict(PAGES), zipfile.ZIP_STORED),
}


def pages_of(folder: Path, content: bytes, limits: Limits | None = None) -> tuple[list[str], dict[str, str]]:
    export = folder / "Export.zip"
    export.write_bytes(content)
    found = read(export, limits)
    return [page.text for page in found if isinstance(page, Page)], skipped(found, export)


@pytest.mark.parametrize("written", WRITTEN)
def test_a_download_that_stopped_gives_the_pages_before_the_cut(tmp_path: Path, written: str) -> None:
    content = WRITTEN[written]
    fifth = content.index("第5周".encode())
    pages, reasons = pages_of(tmp_path, content[: fifth + 60])
    assert pages == list(PAGES.values())[:4]
    assert reasons == {str(tmp_path / "Export.zip"): MISSING.format(5), list(PAGES)[4]: IN_FILE}


@pytest.mark.parametrize("deflate", [True, False], ids=["packed", "stored"])
def test_a_part_in_a_download_that_stopped_is_read_as_far_as_it_came(tmp_path: Path, deflate: bool) -> None:
    first, second = files({f"a {A}.md": "# a"}), files(PAGES)
    parts = zipped(
        Member(name=f"{EXPORT}-Part-1.zip", content=first, deflate=deflate),
        Member(name=f"{EXPORT}-Part-2.zip", content=second, deflate=deflate),
    )
    pages, reasons = pages_of(tmp_path, parts[: len(parts) * 2 // 3])
    assert pages[0] == "# a"
    assert len(pages) > 1
    assert set(pages[1:]) <= set(PAGES.values())
    assert set(reasons.values()) >= {MISSING.format(2)}


def test_a_cut_behind_a_part_does_not_hide_the_parts_before_it(tmp_path: Path) -> None:
    parts = [
        Member(name=f"{EXPORT}-Part-{n}.zip", content=files({f"{name}.md": f"# {name}"}), deflate=False)
        for n, name in ((1, A), (2, B))
    ]
    content = zipped(*parts)
    pages, reasons = pages_of(tmp_path, content[:-100])
    assert pages == [f"# {A}", f"# {B}"]
    assert list(reasons.values()) == [MISSING.format(2)]


def test_a_bomb_in_a_zip_that_is_cut_short_is_known_before_it_is_unpacked(tmp_path: Path) -> None:
    content = streamed({"a.md": "# a", "bomb.md": b"0" * 2**24, "b.md": "# b"})
    pages, reasons = pages_of(tmp_path, content[:-30])
    assert pages == ["# a"]
    assert list(reasons.values()) == ["It unpacks to more than 100 times its size, as bombs do."]


def test_a_zip_that_is_cut_short_keeps_to_the_limits(tmp_path: Path) -> None:
    pages, reasons = pages_of(tmp_path, WRITTEN["in one go"][:-30], Limits(members=3))
    assert len(pages) == 3
    assert list(reasons.values()) == [
        "The export holds more than 3 files; the rest was left. Unpack it and import its folders one by one."
    ]
    pages, reasons = pages_of(tmp_path, files({"../x.md": "x", "a.md": "# a"})[:-30])
    assert (pages, reasons["../x.md"]) == (["# a"], "Its path leads out of the export.")


def test_a_cut_in_the_first_header_is_no_export(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"The zip is cut short: it has no directory\. Download it again\."):
        pages_of(tmp_path, WRITTEN["packed"][:40])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(WRITTEN)), st.booleans(), st.floats(0, 1))
def test_wherever_a_zip_is_cut_every_whole_page_is_read_and_the_rest_has_a_reason(
    written: str, wrapped: bool, where: float
) -> None:
    content = WRITTEN[written]
    if wrapped:
        content = zipped(Member(name=f"{EXPORT}.zip", content=content, deflate=False))
    cut = content[: int(where * (len(content) - 1))]
    with tempfile.TemporaryDirectory() as folder:
        try:
            pages, reasons = pages_of(Path(folder), cut)
        except ExportError as error:
            pages, reasons = [], {"": str(error)}
    whole = sum(_is_followed(cut, name.encode()) for name in PAGES)
    assert pages == list(PAGES.values())[: len(pages)]
    assert len(pages) in (whole, whole + 1)
    assert reasons


def _is_followed(cut: bytes, name: bytes) -> bool:
    """Whether the next file, or the directory, begins behind this one."""
    place = cut.find(name)
    return place >= 0 and any(cut.find(signature, place) > 0 for signature in (b"PK\3\4", b"PK\1\2"))
