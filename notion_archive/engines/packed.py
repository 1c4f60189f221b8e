"""What a document says, made small: its title, text and record, without what is known of it anyway.

A record repeats its page, key, day, tags and words, and the names of its fields, which all have in common. Packing gets
them as a dictionary to point into, so that little more than what is new is kept: 20 to 100 bytes instead of 300 to 700.
"""

import zlib
from collections.abc import Iterable

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


# What is known of a document `d` of the page `p` with the folded text `f`; the same as `tail`.
TAIL = (
    'CAST(\'","\' || f.title || \'"],"objective":null,"lines":[,],"text":"\' || f.text || \'","institutions":[]}'
    "{\"kind\":\"' || k.kind || '\",\"id\":\"' || CASE typeof(d.key) WHEN 'integer' THEN printf('%016x', d.key) ELSE d.key END"
    ' || \'","report":"\' || p.id || \'","date":"\''
    " || CASE WHEN d.day IS NULL THEN '' ELSE printf('%04d-%02d-%02d', d.day / 10000, d.day / 100 % 100, d.day % 100) END"
    ' || \'","section":["\' AS BLOB)'
)


def head(kind: str, tags: Iterable[str]) -> bytes:
    """What documents of a kind with these tags have in common.

    `"note", ("year:2023", "section:其他")` -> 2023","其他
    """
    return (_SKELETONS.get(kind, _OTHER) + '","'.join(tag.partition(":")[2] for tag in tags)).encode()


def tail(page: str, key: str, kind: str, day: str | None, title: str, text: str) -> bytes:
    """What is known of a document apart from what is packed; `title` and `text` are folded."""
    return (
        f'","{title}"],"objective":null,"lines":[,],"text":"{text}","institutions":[]}}'
        f'{{"kind":"{kind}","id":"{key}","report":"{page}","date":"{day or ""}","section":["'
    ).encode()


def pack(known: bytes, title: str, text: str, body: bytes) -> bytes:
    """A document's own title, text and body, as short as what is known of it allows: its head and its tail."""
    before, words = title.encode(), text.encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, _RAW, _SMALL, zdict=known)
    return packer.compress(b"%d %d %b%b%b" % (len(before), len(words), before, words, body)) + packer.flush()


def unpack(known: bytes, packed: bytes) -> tuple[str, str, bytes]:
    """The title, text and body. Raises ValueError for what was not packed so."""
    whole = _unpacked(known, packed)
    title, text, _ = whole.split(b" ", 2)
    begin = len(title) + len(text) + 2
    after = begin + int(title)
    end = after + int(text)
    return whole[begin:after].decode(), whole[after:end].decode(), whole[end:]


def body(known: bytes, packed: bytes) -> bytes:
    """The body alone. Raises ValueError for what was not packed so."""
    whole = _unpacked(known, packed)
    title, text, _ = whole.split(b" ", 2)
    return whole[len(title) + len(text) + 2 + int(title) + int(text) :]


def _unpacked(known: bytes, packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(_RAW, known).decompress(packed)
    except zlib.error as error:
        raise ValueError(str(error)) from error
