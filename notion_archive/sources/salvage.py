"""A zip that was cut short, as a download that stopped: the files before the cut, from what stands before each of them.

The directory with the names is at the end, and gone. But every file has its name and most of its numbers in front; what
a zip that was written in one go does not know yet (sizes, checksum) stands behind the packed bytes, whose end shows.
"""

import struct
import zlib
from collections.abc import Iterator

from notion_archive.sources.directory import (
    DEFLATED,
    ENCRYPTED,
    HEADER,
    Entry,
    Window,
    large_numbers,
    read_name,
)
from notion_archive.sources.limits import Budget, Refused

_AT_ONCE = 256 * 1024
_SIZES_BEHIND = 0x8
_SIGNATURE = b"PK\7\x08"
_FORMS = struct.Struct("<4sL2Q"), struct.Struct("<4s3L")  # signature, checksum, packed size, size: zip64's first
_LONGEST, _SHORTEST = _FORMS[0].size, _FORMS[1].size - 4  # the signature may be left out


class Salvaged:
    """The entries before the cut, counted; `refusal` is what to say of the rest, None where nothing was found."""

    def __init__(self, window: Window, budget: Budget) -> None:
        self._entries: list[Entry] = []
        self.refusal: Refused | None = None
        try:
            for entry in _headers(window, budget):
                budget.count(entry.name)
                self._entries.append(entry)
        except Refused as refusal:
            self.refusal = refusal
        else:
            if self._entries:
                self.refusal = Refused(
                    f"The zip is cut short: {len(self._entries):,} files stand before the cut, the rest is missing. "
                    "Download it again."
                )

    def __iter__(self) -> Iterator[Entry]:
        """Every entry."""
        return iter(self._entries)

    def read(self, place: int) -> Entry:
        """The entry at a place."""
        return self._entries[place]


def _headers(window: Window, budget: Budget) -> Iterator[Entry]:
    """The files in the order they stand, the last one maybe without its end. Stops where nothing can be known."""
    at = place = 0
    while (header := window.at(at, HEADER.size))[:4] == b"PK\3\4" and len(header) == HEADER.size:
        _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = HEADER.unpack(header)
        raw = window.at(at + HEADER.size, name_length)
        extra = window.at(at + HEADER.size + name_length, extra_length)
        if len(raw) < name_length or len(extra) < extra_length:
            return
        size, packed = large_numbers(extra, size, packed)
        start = at + HEADER.size + name_length + extra_length
        after = start + packed
        if flags & _SIZES_BEHIND and not packed:
            crc, packed, size, after = _behind(window, start, method, flags, budget)
        elif not packed and window.at(after, 2) not in (b"PK", b""):
            return  # it is no empty file: its header is damaged
        yield Entry(
            name=read_name(raw, extra), flags=flags, method=method, crc=crc, packed=packed, size=size, offset=at,
            end=start + packed, mode=0, place=place,
        )  # fmt: skip
        at, place = after, place + 1


def _behind(window: Window, start: int, method: int, flags: int, budget: Budget) -> tuple[int, int, int, int]:
    """Checksum, packed size and size of a file, and where the next one begins, from what stands behind its bytes."""
    if method == DEFLATED and not flags & ENCRYPTED:
        packed, size, crc = _inflated(window, start, budget)
    else:
        packed, size, crc = _sought(window, start)
    for form in _FORMS:
        behind = window.at(start + packed, form.size)
        if len(behind) == form.size and form.unpack(behind)[2:] == (packed, size):
            return form.unpack(behind)[1], packed, size, start + packed + form.size
    return crc, packed, size, start + packed + _SHORTEST


def _inflated(window: Window, start: int, budget: Budget) -> tuple[int, int, int]:
    """Packed size, size and checksum of a file that ends where its packed bytes say."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    size = crc = 0
    at = start
    while not inflate.eof:
        piece = inflate.unconsumed_tail
        if not piece:
            piece = window.at(at, _AT_ONCE)
            at += len(piece)
        try:
            unpacked = inflate.decompress(piece, _AT_ONCE)
        except zlib.error:
            return _cut(window, start)
        if not piece and not unpacked:
            return _cut(window, start)
        size += len(unpacked)
        crc = zlib.crc32(unpacked, crc)
        budget.spend(len(unpacked))
        budget.weigh(size, at - start)
    return at - start - len(inflate.unused_data), size, crc


def _sought(window: Window, start: int) -> tuple[int, int, int]:
    """The same for a file whose bytes do not say: it ends where its own packed size stands behind it."""
    at = start
    while chunk := window.at(at, _AT_ONCE + _LONGEST):
        place = chunk.find(_SIGNATURE)
        while 0 <= place < _AT_ONCE:
            for form in _FORMS:
                if len(chunk) >= place + form.size:
                    _, crc, packed, size = form.unpack_from(chunk, place)
                    if packed == at + place - start:
                        return packed, size, crc
            place = chunk.find(_SIGNATURE, place + 1)
        at += _AT_ONCE
    return _cut(window, start)


def _cut(window: Window, start: int) -> tuple[int, int, int]:
    """A file without an end: one byte more than there are."""
    return window.size - start + 1, 0, 0
