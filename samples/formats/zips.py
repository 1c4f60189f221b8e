"""Zips with fixed order, dates and modes, so that the same pages give the same bytes (with the same zlib)."""

import io
import zipfile
from collections.abc import Iterable

DOWNLOADED = (2024, 3, 2, 21, 4, 0)

Member = tuple[str, bytes]


class _GbkInfo(zipfile.ZipInfo):
    """A name as a Chinese Windows writes it: in GBK, with nothing that says so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def packed(members: Iterable[Member], method: int = zipfile.ZIP_DEFLATED, *, gbk: bool = False) -> bytes:
    """A zip of the members.

    Like Notion's own it has no entries for folders, and the UTF-8 flag stands only on names that are not ASCII,
    which is what `zipfile` does by itself.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members:
            entry = (_GbkInfo if gbk else zipfile.ZipInfo)(name, date_time=DOWNLOADED)
            entry.create_system = 0 if gbk else 3  # Windows, or Unix, whatever system we run on
            entry.external_attr = 0 if gbk else 0o644 << 16
            archive.writestr(entry, content, compress_type=method)
    return buffer.getvalue()


def download(part: str, members: Iterable[Member]) -> bytes:
    """A zip that holds a zip, as Notion sends it."""
    return packed([(part, packed(members))], zipfile.ZIP_STORED)
