"""The documents of a term as bytes: what Whoosh unpickles, made and read here without pickle.

Whoosh keeps numbers as a pickled tuple of differences. A pickle may also say how its tuple is made: ours say
`struct.unpack("<I00312B", …)`, a first number and 312 differences of a byte each, so that what stands on the disk is an
array, small and read in one go. The few documents of a rare term stand in the table of terms itself.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from mmap import mmap
from operator import sub
from struct import Struct
from sys import byteorder

Bytes = bytes | mmap
_INLINED = 16  # a longer list stands by itself: a block has some eighty bytes beside its numbers
_BLOCK = 1024  # numbers that stand together: we never skip inside a list
_FACTS = Struct("!BfIBBfII")  # W3TermInfo: is it inlined, weight, documents, lengths, greatest weight, first and last
_PLACE = Struct("!qi")  # of a list that stands by itself: where, and how long it is
_COUNT = Struct("!5xI")  # the documents in _FACTS
_MAGIC = b"W3Bl"
_LENGTH = Struct("!i")  # of a block, negative if it is the last
# Pickled: how many numbers, the last one, greatest weight, compression, lengths; then the numbers: how they are unpacked,
# how many bytes they are, and the first of them. The differences follow, then what ends the pickle.
_HEAD = Struct("<2sici27s2s5sccII")
_REST, _FORM, _END = b"K\x01K\x00K\x00K\x00t.cstruct\nunpack\n\x8c\x08", b"<I", b"\x86RNN\x87."
_SHORT = [Struct("<" + "xi" * count) for count in range(_INLINED + 1)]


def packed(numbers: Sequence[int], begin: int) -> tuple[bytes, bytes]:
    """A list, ascending: its entry in the table of terms, and what stands at `begin` of the lists, if anything does."""
    count, first, last = len(numbers), numbers[0], numbers[-1]
    if count <= _INLINED:
        short = b"J".join([number.to_bytes(4, "little") for number in numbers])
        return _FACTS.pack(1, count, count, 0, 0, 1.0, first, last) + b"(J" + short + b"tNN\x87.", b""
    blocks = _MAGIC + b"".join(_blocks(numbers))
    return _FACTS.pack(0, count, count, 0, 0, 1.0, first, last) + _PLACE.pack(begin, len(blocks)), blocks


def _blocks(numbers: Sequence[int]) -> Iterator[bytes]:
    for start in range(0, len(numbers), _BLOCK):
        block = numbers[start : start + _BLOCK]
        steps = list(map(sub, block[1:], block))
        widest = max(steps, default=0)
        code = "B" if widest < 1 << 8 else "H" if widest < 1 << 16 else "I"
        data = _little(array(code, steps)).tobytes()
        head = _HEAD.pack(
            b"(J", len(block), b"J", block[-1], _REST, _FORM, b"%05d" % len(steps), code.encode(), b"B",
            4 + len(data), block[0],
        )  # fmt: skip
        length = len(head) + len(data) + len(_END)
        yield _LENGTH.pack(length if start + _BLOCK < len(numbers) else -length) + head + data + _END


def documents(entry: Bytes, at: int = 0) -> int:
    """How many documents a term has, by its entry."""
    (count,) = _COUNT.unpack_from(entry, at)
    return int(count)


def place(entry: Bytes, at: int = 0) -> tuple[int, int] | None:
    """Where a list stands and how long it is; None if the entry itself has it."""
    return None if entry[at] else _PLACE.unpack_from(entry, at + _FACTS.size)


def inlined(entry: Bytes, at: int = 0) -> Sequence[int]:
    """The numbers that an entry has itself."""
    count: int
    (count,) = _COUNT.unpack_from(entry, at)
    return _SHORT[count].unpack_from(entry, at + _FACTS.size + 1)


def unpacked(lists: Bytes, begin: int, more: int = 0) -> list[int]:
    """The numbers of the list that begins there, each with so many more. Raises ValueError for anything else."""
    return list(chain.from_iterable(blocks(lists, begin, more)))


def blocks(lists: Bytes, begin: int, more: int = 0) -> Iterator[Iterable[int]]:
    """The same, a block after the other: of a long list no more than that is in memory."""
    if lists[begin : begin + len(_MAGIC)] != _MAGIC:
        raise ValueError("no list of documents where one should be")
    at, last = begin + len(_MAGIC), False
    while not last:
        (length,) = _LENGTH.unpack_from(lists, at)
        *_, rest, form, _, code, _, size, first = _HEAD.unpack_from(lists, at + _LENGTH.size)
        if rest != _REST or form != _FORM:
            raise ValueError("a list of documents that was written otherwise")
        data = at + _LENGTH.size + _HEAD.size
        steps = lists[data : data + size - 4]
        yield accumulate(steps if code == b"B" else _wide(code, steps), initial=first + more)
        at, last = at + _LENGTH.size + abs(length), length < 0


def _wide(code: bytes, steps: bytes) -> "array[int]":
    wide = array(code.decode())
    wide.frombytes(steps)
    return _little(wide)


def _little(numbers: "array[int]") -> "array[int]":
    if byteorder == "big":
        numbers.byteswap()
    return numbers
