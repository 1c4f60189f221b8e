"""`python -m notion_archive` is `notion-archive`."""

from notion_archive.cli import main

main(prog_name="notion-archive")
