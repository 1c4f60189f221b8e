"""What the tests of reading share: a page's records, and the items of a few lines."""

from collections.abc import Callable

import pytest

from notion_archive import lexicon, reports
from notion_archive.kinds import AnyRecord, Goal, Incident, Metric, Note
from notion_archive.markup import items, markdown, outline
from notion_archive.model import Item, Page

ReadItems = Callable[[str], tuple[Item, ...]]
ReadRecords = Callable[[str], tuple[AnyRecord, ...]]


@pytest.fixture(scope="session", name="items")
def read_items() -> ReadItems:
    """The items of Markdown lines, as in a weekly report."""

    def read(text: str) -> tuple[Item, ...]:
        words = lexicon.load()
        return items.read(outline.read(markdown.read(text), (), words), words, "update")

    return read


@pytest.fixture(scope="session")
def records() -> ReadRecords:
    """The records of a weekly report of 2023-04-09 that holds these lines."""
    words = reports.our_words()

    def read(text: str) -> tuple[AnyRecord, ...]:
        page = Page(id="p", path="周报 2023-04-09.md", text=f"# 周报 2023-04-09\n\n{text}")
        return reports.read_report(page, words).records

    return read


__all__ = ["Goal", "Incident", "Metric", "Note", "ReadItems", "ReadRecords"]
