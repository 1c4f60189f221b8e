"""Names of files, as a zip or a disk has them, into paths of pages.

A path is a name for people and a key for links. It is never used to open or to make a file.
"""

import re
import unicodedata

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_COPY = r"(?: ?\(\d+\)| \d+)?"  # a browser adds ` (1)` to a second download, macOS ` 2` to a second copy
_EXPORT = re.compile(rf"(?:{_UUID}_)?Export(?:Block)?-{_UUID}(?:-Part-\d+)?{_COPY}", re.IGNORECASE)
_PART = re.compile(rf"(?:{_EXPORT.pattern}|Export(?:Block)?(?:-Part-\d+)?{_COPY})\.zip", re.IGNORECASE)
_PIECE = re.compile(rf"Export(?:Block)?-(?:{_UUID}-)?Part-\d+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NOT_IN_NAMES = re.compile(rf'^#+ |[/\\:*?"<>|.]|{_CONTROL.pattern}')
_HIDDEN = re.compile(r"\.(?!\.?$)")  # .git, but neither . nor ..
_DRIVE = re.compile(r"[A-Za-z]:")


def decode_name(raw: bytes) -> str:
    """A name as bytes: UTF-8, else GB18030 (zipped on a Chinese Windows), else the zip format's own code page 437."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def logical(name: str) -> str:
    """`Export-d2b1…-Part-1/A/./B.md` -> `A/B.md`: NFC, and only what stands below the last `Export-…` folder."""
    segments = [segment for segment in unicodedata.normalize("NFC", name).split("/") if segment not in ("", ".")]
    exports = [place for place, segment in enumerate(segments[:-1], 1) if _EXPORT.fullmatch(segment)]
    return "/".join(segments[exports[-1] if exports else 0 :])


def is_part(path: str) -> bool:
    """Whether a logical path is a zip with a part of the export: `Export-d2b1…-Part-1.zip` at the root, not deeper."""
    return _PART.fullmatch(path) is not None


def is_piece(path: str) -> bool:
    """Whether a path on disk is that of a part of a download, `Export-d2b1…-Part-2.zip`, or leads through one."""
    return _PIECE.search(path) is not None


def is_litter(path: str) -> bool:
    """Whether a path is what macOS, git or a note program leave behind: `__MACOSX/…`, `._A.md`, `.obsidian/…`."""
    *folders, name = path.split("/")
    return name.startswith("._") or any(folder == "__MACOSX" or _HIDDEN.match(folder) for folder in folders)


def from_title(line: str) -> str:
    """`# 第15周 2023/04/09` -> `第15周 2023 04 09.md`, as Notion names a page by its title."""
    title = " ".join(_NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", line[:200])).split())
    return f"{title[:50].rstrip() or 'Untitled'}.md"


def why_unprintable(name: str, path_length: int) -> str | None:
    """The reason to refuse a name that no page has, None for a good one."""
    if _CONTROL.search(name):
        return "Its name has control characters. Rename it and import it again."
    if len(name) > path_length:
        return f"Its path is longer than {path_length:,} characters."
    return None


def why_unsafe(name: str, path_length: int) -> str | None:
    """The reason to refuse a name in a zip. `../../etc/passwd` -> `Its path leads out of the export.`."""
    if name.startswith("/") or _DRIVE.match(name):
        return "Its path is absolute."
    if ".." in name.split("/"):
        return "Its path leads out of the export."
    return why_unprintable(name, path_length)


def shown(name: str) -> str:
    """A name that is safe to print: control characters as `\\x1b`."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), name)
