"""The directory at the end of a zip: which files it says it holds, and where.

The standard library's reader gives a whole zip up for one odd name and takes a directory of any size into memory; a
user wants the other 9,999 pages. So this is ours: one entry at a time, and an odd one is refused by itself.
"""

import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from notion_archive.sources import paths
from notion_archive.sources.limits import Refused, unreadable

STORED, DEFLATED = 0, 8
_METHODS = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd", 99: "AES"}
NOT_A_ZIP = "It is not a zip, whatever its name says. Export it again, or give it its right ending."
_AGAIN = "Download it again."
_UNPACK = "Unpack it and import the folder."

_ENTRY = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
HEADER = struct.Struct("<4s5HL2L2H")
_LARGEST_COMMENT = _LARGEST_FIELD = 0xFFFF
_USUAL_ENTRY = 1024
_LARGEST_ENTRY = _ENTRY.size + 3 * _LARGEST_FIELD
_AT_ONCE = 1024**2
_IN_EXTRA = 0xFFFFFFFF  # a number too large for its field; it stands in the zip64 extra field
ENCRYPTED, _UTF8 = 0x1, 0x800


class CutShort(Refused):
    """A zip without its end, as of a download that stopped."""

    def __init__(self) -> None:
        super().__init__(f"The zip is cut short: it has no directory. {_AGAIN}")


class Window(NamedTuple):
    """A part of an open file that is read as if it were all of it: a zip, or a zip stored in a zip."""

    file: BinaryIO
    start: int
    size: int

    def at(self, offset: int, count: int) -> bytes:
        """The bytes from an offset on; fewer at the end."""
        if not 0 <= offset < self.size:
            return b""
        try:
            self.file.seek(self.start + offset)
            return self.file.read(min(count, self.size - offset))
        except OSError as error:
            raise Refused(unreadable(error)) from None

    def part(self, start: int, size: int) -> "Window":
        """A window in this window; it ends where this one does."""
        return Window(self.file, self.start + start, max(0, min(size, self.size - start)))


class Entry(NamedTuple):
    """What the directory says of one file. Only `name` is for people; nothing here is trusted before it is read."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    end: int  # the file ends here or later
    mode: int  # the Unix mode; 0 where the zip was made elsewhere
    place: int  # where in the directory it stands

    @property
    def is_folder(self) -> bool:
        """Whether this is a folder, which holds nothing itself."""
        return self.name.endswith("/")

    def why_unreadable(self) -> str | None:
        """The reason this file cannot be unpacked here, None where it can."""
        if self.flags & ENCRYPTED:
            return f"It is encrypted. {_UNPACK}"
        if self.method not in (STORED, DEFLATED):
            return f"It is packed with {_METHODS.get(self.method, f'method {self.method}')}. {_UNPACK}"
        return None

    def why_unsafe(self, path_length: int) -> str | None:
        """The reason to refuse this file whatever it holds: its name, or that it is a link or a device."""
        if reason := paths.why_unsafe(self.name, path_length):
            return reason
        if stat.S_ISLNK(self.mode):
            return "It is a link to another file."
        if stat.S_IFMT(self.mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            return "It is a device, not a file."
        return None


class Directory:
    """The entries of a zip as they are listed, read one at a time and, by their place, again: a zip may list many.

    Refuses what is no zip, and the rest of a directory that breaks off.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._start, self._size, self._prefix = _find_directory(window)

    def __iter__(self) -> Iterator[Entry]:
        """Every entry."""
        chunk, at, done, found = b"", 0, 0, 0
        while done < self._size:
            if len(chunk) - at < _LARGEST_ENTRY and done + len(chunk) - at < self._size:
                chunk, at = self._at(done, _AT_ONCE), 0
            entry, length = _read_entry(chunk, at, self._prefix, done)
            if entry is None:
                raise Refused(f"The directory of the zip is damaged after {found:,} files. {_AGAIN}")
            yield entry
            at, done, found = at + length, done + length, found + 1

    def read(self, place: int) -> Entry:
        """The entry at a place."""
        for count in (_USUAL_ENTRY, _LARGEST_ENTRY):
            entry, _ = _read_entry(self._at(place, count), 0, self._prefix, place)
            if entry:
                return entry
        raise Refused(f"The zip has changed meanwhile. {_AGAIN}")

    def _at(self, place: int, count: int) -> bytes:
        return self._window.at(self._start + place, min(count, self._size - place))


def overlapping(offsets: Sequence[int], ends: Sequence[int]) -> set[int]:
    """The numbers of files whose bytes are also another's: a small zip that claims to hold a large one many times."""
    refused = set()
    order = sorted(range(len(offsets)), key=lambda number: (offsets[number], number), reverse=True)
    limit = after = 1 << 64
    for position, number in enumerate(order):
        offset = offsets[number]
        if offset < after:
            limit, after = after, offset
        twin = position + 1 < len(order) and offsets[order[position + 1]] == offset
        if twin or ends[number] > limit:
            refused.add(number)
    return refused


def packed_content(window: Window, entry: Entry) -> tuple[Window, int]:
    """The packed bytes of a file, and the checksum that stands before them: zero if it was not known then."""
    header = window.at(entry.offset, HEADER.size)
    if len(header) < HEADER.size or header[:4] != b"PK\3\4":
        raise Refused(f"The zip is damaged: this file is not where the directory says. {_AGAIN}")
    *_, crc, _, _, name, extra = HEADER.unpack(header)
    return window.part(entry.offset + HEADER.size + int(name) + int(extra), entry.packed), int(crc)


def _find_directory(window: Window) -> tuple[int, int, int]:
    tail = window.at(max(0, window.size - _LARGEST_COMMENT - _END.size), _LARGEST_COMMENT + _END.size)
    place = tail.rfind(b"PK\5\6", 0, len(tail) - _END.size + 4)
    if place < 0:
        raise CutShort if _begins_file(window, 0) else Refused(NOT_A_ZIP)
    *_, size, offset, _ = _END.unpack_from(tail, place)
    end = window.size - len(tail) + place
    locator = window.at(end - _LOCATOR64.size, _LOCATOR64.size)
    record = window.at(end - _LOCATOR64.size - _END64.size, _END64.size)
    if locator[:4] == b"PK\6\7" and record[:4] == b"PK\6\6":
        *_, size, offset = _END64.unpack(record)
        end -= _LOCATOR64.size + _END64.size
    prefix = end - size - offset  # what a self-extracting zip has in front
    if prefix < 0:
        raise Refused(f"The zip is damaged: its directory is not where it should be. {_AGAIN}")
    if prefix > 0 and _begins_file(window, 0) and _begins_file(window, prefix):
        raise CutShort  # the directory is that of a zip in this one
    return prefix + offset, size, prefix


def _begins_file(window: Window, at: int) -> bool:
    return window.at(at, 4) == b"PK\3\4"


def _read_entry(chunk: bytes, at: int, prefix: int, place: int) -> tuple[Entry | None, int]:
    if len(chunk) - at < _ENTRY.size:
        return None, 0
    signature, *numbers = _ENTRY.unpack_from(chunk, at)
    _, _, flags, method, _, _, crc, packed, size, *lengths, _, _, attributes, offset = numbers
    name_length, extra_length, comment_length = lengths
    length = _ENTRY.size + name_length + extra_length + comment_length
    if signature != b"PK\1\2" or len(chunk) - at < length:
        return None, 0
    name_end = at + _ENTRY.size + name_length
    extra = chunk[name_end : name_end + extra_length]
    size, packed, offset = large_numbers(extra, size, packed, offset)
    entry = Entry(
        name=read_name(chunk[at + _ENTRY.size : name_end], extra),
        flags=flags,
        method=method,
        crc=crc,
        packed=packed,
        size=size,
        offset=prefix + offset,
        end=prefix + offset + HEADER.size + packed,
        mode=attributes >> 16,
        place=place,
    )
    return entry, length


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def large_numbers(extra: bytes, *numbers: int) -> Iterator[int]:
    """The numbers of an entry or a header, those that are too large for their fields out of its extra fields."""
    field = dict(_extra_fields(extra)).get(0x0001, b"")
    at = 0
    for number in numbers:
        if number == _IN_EXTRA and at + 8 <= len(field):
            yield int.from_bytes(field[at : at + 8], "little")
            at += 8
        else:
            yield number


def read_name(raw: bytes, extra: bytes) -> str:
    """The name of a file as text, its folders parted by `/`."""
    name = _unicode_name(dict(_extra_fields(extra)).get(0x7075, b""), raw) or paths.decode_name(raw)
    return name if "/" in name else name.replace("\\", "/")


def _unicode_name(field: bytes, raw: bytes) -> str | None:
    """Info-ZIP's second name: version, checksum of the first, then UTF-8."""
    if len(field) < 5 or int.from_bytes(field[1:5], "little") != zlib.crc32(raw):
        return None
    try:
        return field[5:].decode("utf-8")
    except UnicodeDecodeError:
        return None
