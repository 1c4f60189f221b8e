"""The default engine: facts in SQLite, words in Whoosh, every answer checked against the text itself."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from notion_archive import database, text
from notion_archive.engines import clauses, conditions
from notion_archive.engines.conditions import Rows
from notion_archive.engines.facts import Facts
from notion_archive.errors import IndexFolderError
from notion_archive.model import Document, Query, Results, Term

if TYPE_CHECKING:
    from notion_archive.engines.words import Words
