"""Who is who among projects: names that drift over the weeks, joined where enough speaks for it and nothing against."""

from collections.abc import Iterable

from notion_archive.kinds import Update
from notion_archive.lexicon import Lexicon
from notion_archive.projects import book
from notion_archive.projects.book import Book, Project
from notion_archive.projects.corrections import Corrections
from notion_archive.projects.wording import Loose

_NONE = Corrections()


def read(updates: Iterable[Update], lexicon: Lexicon, corrections: Corrections = _NONE) -> Book:
    """The projects that updates tell of, in whatever order; the user's corrections win."""
    loose = Loose.of(*(lexicon.words("words", meaning) for meaning in ("endings", "qualifiers", "empty")))
    return book.read(updates, loose, corrections)


__all__ = ["Book", "Corrections", "Project", "read"]
