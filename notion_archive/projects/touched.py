"""Which spellings are others after some pages have changed, and what they are now: only their own updates are read again."""

from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from notion_archive import naming
from notion_archive.model import Any, Clause, Tag
from notion_archive.projects import spellings
from notion_archive.projects.spellings import Spelling
from notion_archive.records import Update

Updates = Callable[[Clause], Iterable[Update]]


def told_otherwise(before: Iterable[Update], after: Iterable[Update]) -> set[str]:
    """The tags of projects, and of those above them, of which pages say something else than before. In which lines it
    stands is no matter."""
    one, other = Counter(map(_said, before)), Counter(map(_said, after))
    return {tag for update in (one - other) + (other - one) for tag in _tags(update)}


def _said(update: Update) -> Update:
    return msgspec.structs.replace(update, id="", lines=(0, 0), section=())


def _tags(update: Update) -> Iterable[str]:
    if update.project:
        yield spellings.tag(update)
        if update.parent:
            yield naming.spelling(update.parent)


def gathered(
    tags: set[str], updates: Updates, gather: Callable[[Iterable[Update]], Iterable[Spelling]],
    known: Callable[[str], Spelling | None], below: Callable[[str], Iterable[str]],
) -> dict[str, Spelling | None]:  # fmt: skip
    """The spellings with these tags as they are now, None where there is none any more; and with them, what stands under one
    that is called otherwise than before."""
    found: dict[str, Spelling] = {}
    more = tags
    while more:
        asked = more | {parent for tag in more if (parent := tag.partition("<")[2])}
        either = tuple(Tag(f"{name}:{tag}") for tag in sorted(asked) for name in ("project", "parent"))
        again = {one.tag: one for one in gather(updates(Any(either))) if one.tag in more}
        found |= again
        renamed = [tag for tag, one in again.items() if (old := known(tag)) and old.name != one.name]
        more = {tag for parent in renamed for tag in below(parent)} - tags
        tags = tags | more
    return {tag: found.get(tag) for tag in tags}
