"""Zips written byte by byte, so that a test can lie about any of them."""

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from notion_archive.model import Page, Skipped
from notion_archive.sources import Limits, read_export

EXPORT = "Export-d2b1f0aa-1c2d-4e3f-8a9b-0c1d2e3f4a5b"
A, B, C, D = "0a" * 16, "1b" * 16, "2c" * 16, "3d" * 16  # page ids


class Member(Struct, frozen=True, kw_only=True):
    """A file of a zip. What is None is stated truthfully."""

    name: str | bytes
    content: str | bytes = ""
    deflate: bool = True
    method: int | None = None
    flags: int | None = None
    mode: int = 0
    crc: int | None = None
    size: int | None = None
    packed: bytes | None = None
    offset: int | None = None  # says where another member is
    extra: bytes = b""
    large: bool = False  # write its numbers in the zip64 way


def zipped(*members: Member, prefix: bytes = b"", comment: bytes = b"") -> bytes:
    """The bytes of a zip."""
    body, directory = prefix, b""
    for member in members:
        local, entry = _written(member, len(body) - len(prefix))
        body, directory = body + local, directory + entry
    count, start = len(members), len(body) - len(prefix)
    if any(member.large for member in members):
        record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), start)
        locator = struct.pack("<4sLQL", b"PK\6\7", 0, start + len(directory), 1)
        end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, len(comment))
        return body + directory + record + locator + end + comment
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), start, len(comment))
    return body + directory + end + comment


def files(members: Mapping[str, str | bytes]) -> bytes:
    """The bytes of an ordinary zip: names and contents."""
    return zipped(*(Member(name=name, content=content) for name, content in members.items()))


def read(path: Path, limits: Limits | None = None) -> list[Page | Skipped]:
    """Everything an export gives."""
    return list(read_export(path, limits or Limits()))


def paths(path: Path) -> list[str]:
    """The paths of the pages of an export in which nothing is skipped."""
    found = read(path)
    assert not [each for each in found if isinstance(each, Skipped)]
    return [each.path for each in found]


def skipped(found: list[Page | Skipped], root: Path) -> dict[str, str]:
    """What was skipped and why, by the path below the file that was imported."""
    return {each.path.removeprefix(f"{root.as_posix()}/"): each.reason for each in found if isinstance(each, Skipped)}


def _written(member: Member, offset: int) -> tuple[bytes, bytes]:
    name, flags = member.name, member.flags
    if isinstance(name, str):
        flags = flags if flags is not None else (0 if name.isascii() else 0x800)
        name = name.encode()
    content = member.content.encode() if isinstance(member.content, str) else member.content
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush() if member.deflate else content
    packed = packed if member.packed is None else member.packed
    size = len(content) if member.size is None else member.size
    method = (8 if member.deflate else 0) if member.method is None else member.method
    common = (20, flags or 0, method, 0, 0, zlib.crc32(content) if member.crc is None else member.crc)
    local = struct.pack("<4s5H3L2H", b"PK\3\4", *common, len(packed), size, len(name), 0) + name + packed
    numbers = (len(packed), size)
    place, extra = offset if member.offset is None else member.offset, member.extra
    if member.large:
        extra += struct.pack("<2H3Q", 1, 24, size, len(packed), place)
        numbers, place = (0xFFFFFFFF, 0xFFFFFFFF), 0xFFFFFFFF
    lengths = (len(name), len(extra), 0, 0, 0, member.mode << 16, place)
    entry = struct.pack("<4s6H3L5H2L", b"PK\1\2", (3 << 8) + 20, *common, *numbers, *lengths) + name + extra
    return local, entry
