"""An export, whatever it is on disk, as the pages in it."""

import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import BinaryIO, Literal

from notion_archive import identity
from notion_archive.errors import ExportError
from notion_archive.model import Page, Skipped
from notion_archive.sources import paths
from notion_archive.sources.encoding import decode
from notion_archive.sources.folder import found_file, open_file, shown_path, survey_folder
from notion_archive.sources.inventory import File, Inventory
from notion_archive.sources.limits import DEFAULTS, Limits, Refused, too_long, unreadable
from notion_archive.sources.pages import read_pages
from notion_archive.sources.zipped import survey_zip

_KNOWN = ".zip, .md, .markdown, .txt, .html, .csv or a folder of them"


class Export(Iterator[Page | Skipped]):
    """The pages of an export, one at a time, then its databases. Close it if you do not read it to the end.

    `files` is how many files it holds that are pages by their ending, `others` how many that are not: images, PDFs.
    What comes out can be fewer than `files`: the views of a database are one page, and so are HTML and Markdown of one.
    `partial` is why it may hold fewer pages than were exported (`could not be read as a whole. …`), None if it is whole.
    """

    def __init__(self, inventory: Inventory) -> None:
        self.files = len(inventory.files)
        self.others = inventory.others
        self.partial = inventory.partial
        self._inventory = inventory
        self._pages = read_pages(inventory)

    def __next__(self) -> Page | Skipped:
        """The next page. The end, or a bug of ours, lets go of files."""
        try:
            return next(self._pages)
        except BaseException:
            self.close()
            raise

    def places(self) -> Iterator[tuple[str, str]]:
        """The id and path of every file that is a page by its ending, whether or not it can be read."""
        return ((identity.page_id(path), path) for path in self._inventory.files)

    def close(self) -> None:
        """Let go of files. Safe to call twice."""
        self._inventory.resources.close()


def read_export(path: Path | Literal["-"], limits: Limits = DEFAULTS, *, stdin: BinaryIO | None = None) -> Export:
    """Open a zip as downloaded, a folder, one file, or `-` for a Markdown page on standard input.

    What is odd in an export is a `Skipped` among its pages. A path that is no export at all is an `ExportError`, now.
    """
    with ExitStack() as resources:
        inventory = Inventory(limits, resources)
        if path == "-":
            _survey_input(stdin or sys.stdin.buffer, inventory)
        else:
            _survey(Path(path), inventory)
        if not inventory.files and not inventory.skipped:
            raise ExportError(f"{_named(path)} holds no page. Export it again, as Markdown & CSV or as HTML.")
        inventory.resources = resources.pop_all()
    return Export(inventory)


def size_hint(path: Path | Literal["-"]) -> int:
    """How many pages there are to read, for a progress bar. An open `Export` knows it too, as `files`."""
    if path == "-":
        return 1
    with closing(read_export(path)) as export:
        return export.files


def _survey(path: Path, inventory: Inventory) -> None:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise ExportError(f"{_named(path)} does not exist. Check its spelling, or give the folder it is in.") from None
    except OSError as error:
        raise ExportError(f"{_named(path)} cannot be imported. {unreadable(error)}") from None
    name = paths.logical(path.name)
    inventory.note_piece(path.name)
    if stat.S_ISDIR(mode):
        survey_folder(path, inventory)
    elif not stat.S_ISREG(mode) or not (identity.page_format(name) or identity.ending(name) == ".zip"):
        raise ExportError(f"{_named(path)} is not an export we know. Known: {_KNOWN}.")
    elif identity.page_format(name):
        inventory.add(found_file(path, name, inventory))
    else:
        try:
            survey_zip(open_file(path, inventory), _named(path), inventory)
        except Refused as refusal:
            raise ExportError(f"{_named(path)} cannot be imported. {refusal}") from None


def _survey_input(stdin: BinaryIO, inventory: Inventory) -> None:
    """Standard input has no name, so it gets the one Notion would give it, out of its first line."""
    content = stdin.read(inventory.budget.limits.member_bytes + 1)
    try:
        if len(content) > inventory.budget.limits.member_bytes:
            raise too_long(inventory.budget.limits)
        path = paths.from_title(decode(content).strip().partition("\n")[0])
    except Refused as refusal:
        inventory.skip("-", str(refusal))
    else:
        inventory.add(File(path=path, size=len(content), source=_Input(), at=content))


class _Input:
    """Standard input: the content is all there is to know."""

    def shown(self, _: bytes) -> str:
        return "-"

    def read(self, at: bytes) -> bytes:
        return at


def _named(path: Path | str) -> str:
    return paths.shown(shown_path(Path(path)))
