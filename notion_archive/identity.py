"""The id of a page and the name beside it, out of its file name.

`第15周 2023-04-09 0a1b….md` carries Notion's id (32 hex), `2023-03-28 周二_bwwZNLFwLQ1mbmgykBS8ZF.md` wolai's (21 or
22 characters of base58). A name without one is known by its path.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from notion_archive import patterns
from notion_archive.model import Format

ENDINGS: Mapping[str, Format] = MappingProxyType(
    {
        ".md": "markdown",
        ".markdown": "markdown",
        ".txt": "markdown",
        ".html": "html",
        ".htm": "html",
        ".csv": "csv",
    }
)

_HEX = r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
_NOTION = patterns.compile(rf"(?<![0-9a-z])({_HEX})$", re.IGNORECASE)
_WOLAI = patterns.compile(r"_(?=[^_]*[A-Z])(?=[^_]*[a-z])([1-9A-HJ-NP-Za-km-z]{21,22})$")


def page_format(path: str) -> Format | None:
    """`周报/A.MD` -> markdown; None for what is not a page: an image, a PDF, a zip."""
    return ENDINGS.get(ending(path))


def ending(path: str) -> str:
    """`周报/A.MD` -> `.md`; empty for a name without one, or with nothing else."""
    stem, dot, last = path.rpartition("/")[2].rpartition(".")
    return f".{last.lower()}" if dot and stem else ""


def page_id(path: str) -> str:
    """The id in a file name, dashes dropped, else 32 hex of the path's digest.

    `X 1DB1….md` and `X 1db1…_all.csv` -> `1db1…`; `Atcoder题解/Paint.md` -> a digest; `X.csv` and `X_all.csv` agree.
    """
    _, found = _split(path)
    return found or digest(f"{stem(path)}.csv" if page_format(path) == "csv" else path)


def has_id(path: str) -> bool:
    """Whether the id of a page is in its file name."""
    return _split(path)[1] is not None


def name_without_id(path: str) -> str:
    """`a/…dissection in  1a2b….md` -> `…dissection in`; empty where the id is all there is."""
    return _split(path)[0]


def title(path: str) -> str:
    """The title a file name gives: its name without the id, the id itself where it has no other name."""
    return name_without_id(path) or stem(path).rpartition("/")[2]


def digest(words: str) -> str:
    """An id for what has none."""
    import hashlib  # OpenSSL's, which no question needs

    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def stem(path: str) -> str:
    """`A/X 1db1….md`, `A/X 1db1….csv` and `A/X 1db1…_all.csv` -> `A/X 1db1…`."""
    if is_whole_database(path):
        return path[: -len("_all.csv")]
    return path[: -len(ending(path))] if page_format(path) else path


def is_whole_database(path: str) -> bool:
    """True for `X_all.csv`, which has every row and column, where `X.csv` is what one view shows."""
    return path.lower().endswith("_all.csv")


def _split(path: str) -> tuple[str, str | None]:
    name = stem(path).rpartition("/")[2]
    if found := _NOTION.search(name):
        return name[: found.start()].rstrip(" -"), found[1].replace("-", "").lower()
    if found := _WOLAI.search(name):
        return name[: found.start()], found[1]
    return name, None
