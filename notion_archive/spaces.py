"""Which space an export is of, and what is gone from it: told by its pages, for every download has another name.

Notion calls a download `Export-<uuid>.zip`, another uuid each time. So a *space* is what exports have in common that
share pages; it is named after the first of them. A page that is known by its path alone proves nothing (`README.md`
is in every folder), so an export without ids is of the space with its own name: `notes/` and, later, `notes/` again.

Removing is for the owner's new full export, and a part of one looks much like it. When in doubt nothing is removed.
"""

import posixpath
from collections.abc import Iterable, Mapping

from notion_archive import identity

Paths = Mapping[str, str]  # page id -> path
_ALL = "Export all of the space."
ALONE = f"is a single page. {_ALL}"


def related(shared: Mapping[str, int], pages: int, kept: Mapping[str, int]) -> list[str]:
    """The spaces an export with so many pages is of, by the pages it shares with each: half of its own, or of theirs.

    One page in common is not enough: pages are moved from space to space. What is shared most comes first.
    """
    by_share = sorted(shared, key=lambda space: -shared[space])
    return [space for space in by_share if shared[space] * 2 >= min(pages, kept[space])]


def new_name(export: str, paths: Iterable[str]) -> str:
    """The name of a space nothing is known of: its first export's, and where there are ids the first of these."""
    with_ids = (identity.page_id(path) for path in paths if identity.has_id(path))
    return " ".join([export, *sorted(with_ids)[:1]])


def gone(pages: Paths, kept: Paths) -> tuple[set[str], str | None]:
    """Of the pages kept of a space those that a new full export of it no longer has; or none, and why.

    An export is taken for a full one if it begins with a page its space begins with, and holds at least half of what is
    kept. One that begins with a single page and goes on below it speaks for that, not for the pages beside it.
    """
    here, there = _trees(pages), _trees(kept)
    tops = {page for page, top in here.items() if page == top}
    begin = {page for page in tops if there.get(page) == page}
    if not begin:
        return set(), f"begins with no page that its space begins with, so it may be a part of it. {_ALL}"
    one_tree = len(tops) == 1 < len(pages)
    covered = {page for page, top in there.items() if top in begin or not one_tree}
    both = len(covered & pages.keys())
    if both * 2 < len(covered):
        return set(), f"has {both:,} of the {len(covered):,} pages kept of its space, so it may be a part of it. {_ALL}"
    return covered - pages.keys(), None


def _trees(paths: Paths) -> dict[str, str]:
    """For each page the topmost one it stands under, maybe itself: `A/B/C.md` -> the page `A.md`, or `A <id>.csv`.

    A folder without a page (`Private & Shared`, or `2024` in a folder of notes) is no top.
    """
    pages = {_plain(path): page for page, path in sorted(paths.items(), key=lambda item: item[1], reverse=True)}
    return {page: _top(_plain(path), pages, page) for page, path in paths.items()}


def _top(path: str, pages: Mapping[str, str], page: str) -> str:
    segments = path.split("/")
    above = ("/".join(segments[:depth]) for depth in range(1, len(segments)))
    return next((pages[folder] for folder in above if folder in pages), page)


def _plain(path: str) -> str:
    """`A <id>/B <id>.md` -> `A/B`: folders have lost their ids in November 2025."""
    *folders, _ = path.split("/")
    return posixpath.join(*(identity.title(f"{folder}.md") for folder in folders), identity.title(path))
