"""A zip: as downloaded, with its parts as zips inside, or zipped again by hand."""

from array import array
from itertools import islice
from typing import NamedTuple

from notion_archive import identity
from notion_archive.sources import paths
from notion_archive.sources.directory import CutShort, Directory, Entry, Window, overlapping
from notion_archive.sources.inventory import File, Inventory
from notion_archive.sources.limits import Budget, Refused
from notion_archive.sources.members import open_zip, read_member
from notion_archive.sources.salvage import Salvaged

NOT_OPENED = "A zip attached to a page is not opened. Import it by itself if it is an export."
_FAR = 1 << 63  # no file is as long


class Zip(NamedTuple):
    """The files of a zip."""

    window: Window
    entries: "Directory | Salvaged"
    outer: str
    budget: Budget

    def shown(self, at: int) -> str:
        """The path of the zip and the name in it."""
        try:
            return f"{self.outer}/{self.entries.read(at).name}"
        except Refused:
            return self.outer

    def read(self, at: int) -> bytes:
        """All of a file, by the place of its entry."""
        return read_member(self.window, self.entries.read(at), self.budget)


def survey_zip(window: Window, shown: str, inventory: Inventory, depth: int = 1) -> None:
    """Find the pages of a zip and of the parts in it, and name every file that is refused."""
    offsets, ends = array("Q"), array("Q")
    refusal: Refused | None = None
    try:
        found: Directory | Salvaged = Directory(window)
    except CutShort as cut:
        found = Salvaged(window, inventory.budget)
        refusal = found.refusal or cut
    try:
        for entry in found:
            if isinstance(found, Directory):
                inventory.budget.count(entry.name)
            offsets.append(min(entry.offset, _FAR))
            ends.append(min(entry.end, _FAR))
    except Refused as broken:
        refusal = broken
    if refusal and not offsets:
        raise refusal
    if refusal:
        inventory.break_off(shown, str(refusal))
    twice = overlapping(offsets, ends)
    source = Zip(window, found, shown, inventory.budget)
    for number, entry in enumerate(islice(found, len(offsets))):
        if entry.is_folder or paths.is_litter(entry.name):
            continue
        if reason := entry.why_unsafe(inventory.budget.limits.path_length):
            inventory.skip(f"{shown}/{entry.name}", reason)
        elif number in twice:
            inventory.skip(f"{shown}/{entry.name}", "Its bytes are also those of another file of the zip, as in bombs.")
        else:
            _survey_entry(source, entry, inventory, depth)


def _survey_entry(source: Zip, entry: Entry, inventory: Inventory, depth: int) -> None:
    path, shown = paths.logical(entry.name), f"{source.outer}/{entry.name}"
    if identity.page_format(path):
        inventory.add(File(path=path, size=entry.size, source=source, at=entry.place))
    elif identity.ending(path) != ".zip":
        inventory.others += 1
    elif not paths.is_part(path):
        inventory.skip(shown, NOT_OPENED)
    elif depth >= inventory.budget.limits.depth:
        inventory.break_off(shown, f"It is a zip {depth} zips deep. Unpack it and import it by itself.")
    else:
        try:
            part = open_zip(source.window, entry, inventory.budget, inventory.spool)
            survey_zip(part, shown, inventory, depth + 1)
        except Refused as refusal:
            inventory.break_off(shown, str(refusal))
