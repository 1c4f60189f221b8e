"""Whether an export has changed since it was read, told as `git status` does: by names, sizes and times, without reading."""

import os
import stat
import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from notion_archive import identity

_TOLD = (*identity.ENDINGS, ".zip")
_TICK, _COARSE = (
    100_000_000,
    2_000_000_000,
)  # nanoseconds that a clock of files may stand still: Linux's 10 ms, FAT's 2 s


def look(path: Path, read_with: str) -> str | None:
    """What is another as soon as a file in an export is; to be asked before it is read, and what it is `read_with`.
    None where that cannot be told.

    A file that was written a moment ago may be written again within the same tick of the clock, and look the same. Nor
    is anything told where there are links: what they lead to may change without them.
    """
    now = time.time_ns()
    seen = blake2b(read_with.encode(), digest_size=16)
    try:
        for name, found in _files(path):
            for stamp in (found.st_mtime_ns, found.st_ctime_ns):
                if stamp + (_TICK if stamp % 1_000_000 else _COARSE) >= now:
                    return None
            seen.update(
                f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino} {found.st_mode} {len(name)} ".encode()
            )
            seen.update(os.fsencode(name))
    except (OSError, _Links):
        return None
    return seen.hexdigest()


class _Links(Exception):
    """There is a link."""


def _files(path: Path) -> Iterator[tuple[str, os.stat_result]]:
    """What may be a page or a zip, with its path on disk, in no order but one that stays."""
    found = path.stat()
    if not stat.S_ISDIR(found.st_mode):
        yield str(path), found
        return
    folders = [str(path)]
    while folders:
        with os.scandir(folders.pop()) as places:
            for place in sorted(places, key=lambda place: place.name):
                if place.is_symlink():
                    raise _Links
                if place.is_dir(follow_symlinks=False):
                    if not place.name.startswith("."):  # hidden from a user, and not read
                        folders.append(place.path)
                elif place.name.lower().endswith(_TOLD):
                    yield place.path, place.stat(follow_symlinks=False)
