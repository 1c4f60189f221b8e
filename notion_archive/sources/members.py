"""The bytes of one file in a zip, unpacked under limits. Declared sizes are used to refuse, never to allow."""

import os
import tempfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from notion_archive.sources.directory import STORED, Entry, Window, packed_content
from notion_archive.sources.limits import Budget, Refused, too_long

_AT_ONCE = 256 * 1024
_DAMAGED = "It is damaged: its checksum is wrong. Download it again."
_CUT = "The zip is cut short in this file. Download it again."


def read_member(window: Window, entry: Entry, budget: Budget) -> bytes:
    """All of a page."""
    if reason := entry.why_unreadable():
        raise Refused(reason)
    if entry.size > budget.limits.member_bytes:
        raise too_long(budget.limits)
    packed, stated = packed_content(window, entry)
    if entry.end > window.size:
        raise Refused(_CUT)
    pieces = []
    size = checksum = 0
    for piece in _unpacked(packed, entry, budget):
        size += len(piece)
        if size > budget.limits.member_bytes:
            raise too_long(budget.limits)
        checksum = zlib.crc32(piece, checksum)
        pieces.append(piece)
    if (size, checksum) != (entry.size, entry.crc) or stated not in (0, checksum):
        raise Refused(_DAMAGED)
    return b"".join(pieces)


def open_zip(window: Window, entry: Entry, budget: Budget, spool: BinaryIO) -> Window:
    """A zip in a zip: in place where it is stored, else unpacked to the end of the spool.

    Its checksum is not looked at: the files in it have their own, and one wrong bit should not cost the rest.
    """
    if reason := entry.why_unreadable():
        raise Refused(reason)
    packed, _ = packed_content(window, entry)
    if entry.method == STORED:
        return packed
    try:
        start = spool.seek(0, os.SEEK_END)
        size = 0
        for piece in _unpacked(packed, entry, budget):
            spool.seek(start + size)  # the window may be in the spool too
            size += spool.write(piece)
    except OSError as error:
        raise Refused(f"It cannot be unpacked to {tempfile.gettempdir()}: {error.strerror}.") from None
    return Window(spool, start, size)


def _unpacked(packed: Window, entry: Entry, budget: Budget) -> Iterator[bytes]:
    size = 0
    for piece in _contents(packed) if entry.method == STORED else _inflated(packed):
        size += len(piece)
        budget.spend(len(piece))
        budget.weigh(size, packed.size)
        yield piece


def _contents(packed: Window) -> Iterator[bytes]:
    return (packed.at(offset, _AT_ONCE) for offset in range(0, packed.size, _AT_ONCE))


def _inflated(packed: Window) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _contents(packed):
        more = True
        while more and not inflate.eof:
            try:
                unpacked = inflate.decompress(piece, _AT_ONCE)
            except zlib.error:
                raise Refused(_DAMAGED) from None
            yield unpacked
            piece = inflate.unconsumed_tail
            more = bool(piece) or len(unpacked) == _AT_ONCE
