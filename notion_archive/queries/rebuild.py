"""An archive made again from its pages, and the fixes that are of no record of it."""

from msgspec import Struct

from notion_archive.archive import Archive, Watch
from notion_archive.model import Query
from notion_archive.queries.check import UNKNOWN


class Answer(Struct, frozen=True, kw_only=True):
    """How many pages were read again; a remark for each fix that changed nothing."""

    pages: int
    remarks: tuple[str, ...]


def rebuild(archive: Archive, watch: Watch) -> Answer:
    """Make everything again. Raises LexiconError for words that cannot be read; the archive is then as it was."""
    pages = archive.rebuild(watch)
    fixed = dict(archive.words.fixes)
    known = {document.key for document in archive.documents(Query(keys=tuple(fixed)))} if fixed else set()
    remarks = (
        f"{file}: no record has the id {record}; {UNKNOWN}" for record, file in fixed.items() if record not in known
    )
    return Answer(pages=pages, remarks=tuple(remarks))
