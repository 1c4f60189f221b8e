"""How much an export may ask of the machine, and the exception that says no to one file of it."""

from msgspec import Struct

MIB = 1024**2
GIB = 1024**3
_FREE = MIB  # below this nothing hurts, however well it packs
_NAME = 256  # characters: more than the paths of an export have on average


class Limits(Struct, frozen=True, kw_only=True):
    """What an export may hold. What goes beyond is refused by name and the rest is read."""

    members: int = 500_000  # files in all, pages or not
    member_bytes: int = 64 * MIB  # one file, as it is read, not as its zip declares it; a database may be long
    page_characters: int = (
        4_000_000  # one page of words: a year of daily reports has a tenth of that; reading takes 70 bytes each
    )
    total_bytes: int = 16 * GIB  # everything unpacked from zips: pages, and zips inside the zip
    ratio: int = 100  # unpacked to packed, from a MiB on: text packs 3:1 to 20:1, a bomb 1000:1
    depth: int = 3  # zips inside each other: the download, its part, and one for who zipped it once more
    path_length: int = 4096  # characters of a path; Notion's attachments were seen with 554


DEFAULTS = Limits()


class Refused(Exception):
    """A file that is not read; the text is the reason, a sentence. Never leaves `sources`."""


class Budget:
    """What is left of a limit that counts over the whole export."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bytes = 0
        self._members = 0
        self._names = 0

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self._bytes += size
        if self._bytes > self.limits.total_bytes:
            raise Refused(f"The export unpacks to more than {in_units(self.limits.total_bytes)}. {SPLIT}")

    def weigh(self, size: int, packed: int) -> None:
        """Refuse a file that is a bomb by what it unpacks to."""
        if size > _FREE and size > packed * self.limits.ratio:
            raise Refused(f"It unpacks to more than {self.limits.ratio} times its size, as bombs do.")

    def count(self, name: str) -> None:
        """Count a file, and what its name takes in memory."""
        if self._members >= self.limits.members:
            raise Refused(f"The export holds more than {self.limits.members:,} files; the rest was left. {SPLIT}")
        if self._names >= self.limits.members * _NAME:
            raise Refused(f"The export holds too many very long names; the rest was left. {SPLIT}")
        self._members += 1
        self._names += len(name)


SPLIT = "Unpack it and import its folders one by one."


def in_units(size: int) -> str:
    """67108864 -> `64 MiB`."""
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (1024, "KiB")):
        if size >= unit and size % unit == 0:
            return f"{size // unit:,} {name}"
    return f"{size:,} bytes"


def unreadable(error: OSError) -> str:
    """The reason of the operating system."""
    return f"It cannot be read: {error.strerror}."


def too_long(limits: Limits) -> Refused:
    """The refusal of a file above `member_bytes`."""
    return Refused(f"Longer than {in_units(limits.member_bytes)}. Split it and import the pieces.")


def too_wordy(limits: Limits) -> str:
    """What is said of a page above `page_characters`."""
    return f"More than {limits.page_characters:,} characters in one page. Split it and import the pieces."
