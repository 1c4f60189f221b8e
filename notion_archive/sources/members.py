"""The bytes of one file in a zip, unpacked under limits. Declared sizes are used to refuse, never to allow."""

import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO, cast

from notion_archive.sources.directory import STORED, Entry, Window, content_start
from notion_archive.sources.limits import MIB, Budget, Refused, too_long

_AT_ONCE = 256 * 1024
_FREE = MIB  # below this nothing hurts, however well it packs
_DAMAGED = "It is damaged: its checksum is wrong. Download it again."


def read_member(window: Window, entry: Entry, budget: Budget) -> bytes:
    """All of a page."""
    if reason := entry.why_unreadable():
        raise Refused(reason)
    if entry.size > budget.limits.member_bytes:
        raise too_long(budget.limits)
    pieces = []
    size = checksum = 0
    for piece in _unpacked(window, entry, budget):
        size += len(piece)
        if size > budget.limits.member_bytes:
            raise too_long(budget.limits)
        checksum = zlib.crc32(piece, checksum)
        pieces.append(piece)
    if (size, checksum) != (entry.size, entry.crc):
        raise Refused(_DAMAGED)
    return b"".join(pieces)


def open_zip(window: Window, entry: Entry, budget: Budget, resources: ExitStack) -> Window:
    """A zip in a zip: in place where it is stored, else spooled to a file without a name.

    Its checksum is not looked at: the files in it have their own, and one wrong bit should not cost the rest.
    """
    if reason := entry.why_unreadable():
        raise Refused(reason)
    if entry.method == STORED:
        return Window(window.file, window.start + content_start(window, entry), entry.packed)
    spool = cast("BinaryIO", resources.enter_context(tempfile.TemporaryFile()))  # noqa: SIM115
    try:
        size = sum(spool.write(piece) for piece in _unpacked(window, entry, budget))
    except OSError as error:
        raise Refused(f"It could not be unpacked to {tempfile.gettempdir()}: {error.strerror}.") from None
    return Window(spool, 0, size)


def _unpacked(window: Window, entry: Entry, budget: Budget) -> Iterator[bytes]:
    size = 0
    for piece in _inflated(window, entry):
        size += len(piece)
        budget.spend(len(piece))
        if size > _FREE and size > entry.packed * budget.limits.ratio:
            raise Refused(f"It unpacks to more than {budget.limits.ratio} times its size, as bombs do.")
        yield piece


def _inflated(window: Window, entry: Entry) -> Iterator[bytes]:
    at = content_start(window, entry)
    end = at + entry.packed
    inflate = None if entry.method == STORED else zlib.decompressobj(-zlib.MAX_WBITS)
    while at < end and (packed := window.at(at, min(_AT_ONCE, end - at))):
        at += len(packed)
        if inflate is None:
            yield packed
            continue
        while packed and not inflate.eof:
            try:
                piece = inflate.decompress(packed, _AT_ONCE)
            except zlib.error:
                raise Refused(_DAMAGED) from None
            packed = inflate.unconsumed_tail
            yield piece
