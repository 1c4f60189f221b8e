"""A zip: as downloaded, with its parts as zips inside, or zipped again by hand."""

from functools import partial

from notion_archive import identity
from notion_archive.sources import paths, salvage
from notion_archive.sources.directory import CutShort, Entry, Window, overlapping, read_directory
from notion_archive.sources.inventory import File, Inventory
from notion_archive.sources.limits import Budget, Refused
from notion_archive.sources.members import open_zip, read_member

NOT_OPENED = "A zip attached to a page is not opened. Import it by itself if it is an export."


def survey_zip(window: Window, shown: str, inventory: Inventory, depth: int = 1) -> None:
    """Find the pages of a zip and of the parts in it, and name every file that is refused."""
    entries, refusal = _entries(window, inventory.budget)
    if refusal and not entries:
        raise refusal
    if refusal:
        inventory.break_off(shown, str(refusal))
    twice = overlapping(entries)
    for place, entry in enumerate(entries):
        if entry.is_folder or paths.is_litter(entry.name):
            continue
        if reason := entry.why_unsafe(inventory.budget.limits.path_length):
            inventory.skip(f"{shown}/{entry.name}", reason)
        elif place in twice:
            inventory.skip(f"{shown}/{entry.name}", "Its bytes are also those of another file of the zip, as in bombs.")
        else:
            _survey_entry(window, entry, shown, inventory, depth)


def _entries(window: Window, budget: Budget) -> tuple[list[Entry], Refused | None]:
    """The entries of a zip as its directory lists them; of one that is cut short, those before the cut; why not all."""
    entries: list[Entry] = []
    try:
        for entry in read_directory(window):
            budget.count(entry.name)
            entries.append(entry)
    except CutShort as cut:
        try:
            for entry in salvage.read_headers(window, budget):
                budget.count(entry.name)
                entries.append(entry)
        except Refused as refusal:
            return entries, refusal
        return entries, Refused(salvage.told(len(entries))) if entries else cut
    except Refused as refusal:
        return entries, refusal
    return entries, None


def _survey_entry(window: Window, entry: Entry, outer: str, inventory: Inventory, depth: int) -> None:
    path, shown = paths.logical(entry.name), f"{outer}/{entry.name}"
    if identity.page_format(path):
        read = partial(read_member, window, entry, inventory.budget)
        inventory.add(File(path=path, shown=shown, size=entry.size, read=read))
    elif identity.ending(path) != ".zip":
        inventory.others += 1
    elif not paths.is_part(path):
        inventory.skip(shown, NOT_OPENED)
    elif depth >= inventory.budget.limits.depth:
        inventory.break_off(shown, f"It is a zip {depth} zips deep. Unpack it and import it by itself.")
    else:
        try:
            part = open_zip(window, entry, inventory.budget, inventory.spool)
            survey_zip(part, shown, inventory, depth + 1)
        except Refused as refusal:
            inventory.break_off(shown, str(refusal))
