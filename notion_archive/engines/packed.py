"""What a document says, made small: its title, text and record, without what is known of it anyway.

A record repeats its page, key, day, tags and words, and the names of its fields, which all have in common. Packing gets
them as a dictionary to point into, so that little more than what is new is kept: 20 to 100 bytes instead of 300 to 700.
"""

import zlib
from collections.abc import Iterable
from typing import NamedTuple

_RAW = -15  # bits of the window; below zero: no header and no checksum, which are as long as what is packed
_SMALL = 6  # more memory must be asked of the system each time, which takes eight times as long as to pack
# A part of the format of `documents.sqlite`: the names of fields in their order, with what often stands there, by kind.
_LIST = '"institutions":[]'
_SKELETONS = {
    "goal": "",
    "note": "",
    "incident": f'"{_LIST},"occurred":"T","recovered":"2023T","minutes":,"summary":"","cause":null,"cause":"",'
    '"resolution":null,"resolution":"","severity":"B"}"severity":null}',
    "update": '"label":null,"percent":null,"done":,"total":}],"status":null,"done","planned","blocked","testing",'
    f'"in_progress","state":"done"}},"risks":[""],"problems":[""]}}{_LIST},"project":"","key":"","parent":null,"status":'
    '"in_progress","progress":[{"label":"","percent":.0,"done":null,"total":null}],"milestones":[{"text":"","start":"",'
    '"end":"","state":"planned"}],"risks":[],"problems":[]}',
    "metric": f'{_LIST},"name":"","group":"","value":.0,"unit":null}}"unit":"%"}}',
}
_OTHER = (
    '{"report":{"id":","kind":"weekly","title":"","path":".md","year":2023,"week":,"date":"","start":"","end":"",'
    '"created":"","properties":{"Created":"","links":[],"records":[]},"rest":[[1,""],[],"counted":false}'
)


class Known(NamedTuple):
    """What is known of a document apart from what is packed; `tags` as `values` makes them."""

    page: str
    key: str
    kind: str
    day: str | None
    tags: str
    title: str
    text: str


def values(tags: Iterable[str]) -> str:
    """`("year:2023", "section:本周进展", "section:其他")` -> 2023","本周进展","其他"""
    return '","'.join(tag.partition(":")[2] for tag in tags)


def pack(known: Known, title: str, text: str, body: bytes) -> bytes:
    """A document's own title, text and body, as short as what is known of it allows."""
    before, words = title.encode(), text.encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, _RAW, _SMALL, zdict=_dictionary(known))
    return packer.compress(b"%d %d %b%b%b" % (len(before), len(words), before, words, body)) + packer.flush()


def unpack(known: Known, packed: bytes) -> tuple[str, str, bytes]:
    """The title, text and body. Raises ValueError for what was not packed so."""
    begin, title, end, whole = _unpacked(known, packed)
    return whole[begin:title].decode(), whole[title:end].decode(), whole[end:]


def body(known: Known, packed: bytes) -> bytes:
    """The body alone. Raises ValueError for what was not packed so."""
    *_, end, whole = _unpacked(known, packed)
    return whole[end:]


def _unpacked(known: Known, packed: bytes) -> tuple[int, int, int, bytes]:
    try:
        whole = zlib.decompressobj(_RAW, _dictionary(known)).decompress(packed)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    title, words, _ = whole.split(b" ", 2)
    begin = len(title) + len(words) + 2
    after = begin + int(title)
    return begin, after, after + int(words), whole


def _dictionary(known: Known) -> bytes:
    """What is packed points into this: the nearer to its end, and the longer the pieces, the better."""
    page, key, kind, day, tags, title, text = known
    return (
        f'{_SKELETONS.get(kind, _OTHER)}{title}","{tags}"],"objective":null,"lines":[,],"text":"{text}",'
        f'"institutions":[]}}{{"kind":"{kind}","id":"{key}","report":"{page}","date":"{day}","section":["'
    ).encode()
