"""Make the Notion download in `samples/notion/` from the pages in `samples/folder/`.

    python samples/build.py

A Notion download is a zip that holds zips: `<uuid>_Export-<uuid>.zip` holds `Export-<uuid>-Part-1.zip`, which
holds the tree. Order, dates and modes are fixed, so the same pages give the same bytes (with the same zlib).
"""

import io
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "folder"
NOTION = HERE / "notion"

DOWNLOAD = "1f0c6a52-83d7-4b19-9e40-57a2c8d6b31e"
EXPORT = "c4e9d207-5b1f-4a68-8d33-90f7e2a4516b"
DOWNLOADED = (2024, 3, 2, 21, 4, 0)

Member = tuple[str, bytes]


def pages(folder: Path) -> list[Member]:
    """Every page of the folder as (path inside the export, bytes), sorted by path."""
    return sorted((path.relative_to(folder).as_posix(), path.read_bytes()) for path in folder.rglob("*.md"))


def packed(members: Iterable[Member], method: int) -> bytes:
    """A zip of the members.

    Like Notion's own it has no entries for folders, and the UTF-8 flag stands only on names that are not ASCII,
    which is what `zipfile` does by itself.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, date_time=DOWNLOADED)
            entry.create_system = 3  # Unix, whatever system we run on
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compress_type=method)
    return buffer.getvalue()


def build(folder: Path, target: Path) -> Path:
    """Write the download of `folder` into the directory `target` and return its path."""
    part = packed(pages(folder), zipfile.ZIP_DEFLATED)
    download = packed([(f"Export-{EXPORT}-Part-1.zip", part)], zipfile.ZIP_STORED)
    target.mkdir(parents=True, exist_ok=True)
    written = target / f"{DOWNLOAD}_Export-{EXPORT}.zip"
    written.write_bytes(download)
    return written


if __name__ == "__main__":
    made = build(FOLDER, NOTION)
    sys.stdout.write(f"{made.name}: {len(pages(FOLDER))} pages, {made.stat().st_size} bytes\n")
