"""Who is who among projects: names that drift over the weeks, joined where enough speaks for it and nothing against."""

from notion_archive.projects.book import Book, Project
from notion_archive.projects.corrections import Corrections

__all__ = ["Book", "Corrections", "Project"]
