"""Who is who among projects: spellings that drift over the weeks, joined where enough speaks for it and nothing against."""

from collections.abc import Iterable
from pathlib import Path

from notion_archive.kinds import Update
from notion_archive.lexicon import Lexicon
from notion_archive.projects import book, corrections
from notion_archive.projects.book import Book, Project
from notion_archive.projects.wording import Loose


def read(updates: Iterable[Update], lexicon: Lexicon, own: Path | None = None) -> Book:
    """The projects that updates tell of, in whatever order; the corrections in the user's folder `own` win."""
    loose = Loose.of(*(lexicon.words("words", meaning) for meaning in ("endings", "qualifiers", "empty")))
    return book.read(updates, loose, corrections.load(own))


__all__ = ["Book", "Project", "read"]
