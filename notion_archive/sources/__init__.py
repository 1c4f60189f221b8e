"""Exports as they come from Notion, wolai or a folder, into pages.

A container (`zipped`, `folder`, or a single file) is gone through once for an `inventory`: which pages there are, under
one tree of paths. Then they are read one at a time (`export`), and the CSV files of a database become one page.
"""

from notion_archive.identity import name_without_id, page_id
from notion_archive.sources.export import Export, read_export, size_hint
from notion_archive.sources.limits import Limits

__all__ = ["Export", "Limits", "name_without_id", "page_id", "read_export", "size_hint"]
