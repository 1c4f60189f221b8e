"""A folder: an export that was unpacked, the zips of a download that came in parts, or any folder of notes."""

import os
from pathlib import Path
from typing import NamedTuple

from notion_archive import identity
from notion_archive.sources import paths
from notion_archive.sources.directory import Window
from notion_archive.sources.inventory import File, Inventory
from notion_archive.sources.limits import Budget, Refused, too_long, unreadable
from notion_archive.sources.zipped import NOT_OPENED, survey_zip


def survey_folder(root: Path, inventory: Inventory) -> None:
    """Find the pages below a folder, sorted. Folders that are hidden from a user (`.git`, `.obsidian`) are left out."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as found:
                places = sorted(found, key=lambda place: place.name)
        except OSError as error:
            inventory.break_off(shown_path(folder), unreadable(error))
            continue
        for place in places:
            try:
                inventory.budget.count(place.path)
            except Refused as refusal:
                inventory.break_off(shown_path(root), str(refusal))
                return
            _survey_place(root, place, inventory)
        folders += [Path(place.path) for place in reversed(places) if _is_open_folder(place)]


def _is_open_folder(place: os.DirEntry[str]) -> bool:
    return place.is_dir(follow_symlinks=False) and not place.name.startswith(".") and place.name != "__MACOSX"


def _survey_place(root: Path, place: os.DirEntry[str], inventory: Inventory) -> None:
    path = Path(place.path)
    name = shown_path(path.relative_to(root))
    if place.is_dir(follow_symlinks=False) or paths.is_litter(name):
        return
    if place.is_symlink():
        _survey_link(root, path, inventory)
    elif not place.is_file(follow_symlinks=False):
        _skip_page(path, "It is not a file: a pipe, a socket or a device.", inventory)
    elif reason := paths.why_unprintable(name, inventory.budget.limits.path_length):
        _skip_page(path, reason, inventory)
    else:
        _survey_file(path, name, inventory)


def _survey_link(root: Path, link: Path, inventory: Inventory) -> None:
    """A link to what is in the folder is no second page, and may be a loop; one that leads out is not followed."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        _skip_page(link, "It is a link that leads nowhere.", inventory)
        return
    if target.is_relative_to(root.resolve()):
        return
    reason = f"It is a link that leads out of the folder. Import {shown_path(target)} by itself."
    if target.is_dir():
        inventory.skip(shown_path(link), reason)
    else:
        _skip_page(link, reason, inventory)


def _survey_file(place: Path, name: str, inventory: Inventory) -> None:
    path = paths.logical(name)
    inventory.note_piece(name)
    if identity.page_format(path):
        inventory.add(found_file(place, path, inventory))
    elif identity.ending(path) != ".zip":
        inventory.others += 1
    elif not paths.is_part(path):
        inventory.skip(shown_path(place), NOT_OPENED)
    else:
        try:
            survey_zip(open_file(place, inventory), shown_path(place), inventory)
        except Refused as refusal:
            inventory.break_off(shown_path(place), str(refusal))


def found_file(place: Path, path: str, inventory: Inventory) -> File:
    """A page on disk."""
    size = place.stat().st_size if place.exists() else 0
    return File(path=path, size=size, source=_Disk(inventory.budget), at=str(place))


class _Disk(NamedTuple):
    """Pages on disk."""

    budget: Budget

    def shown(self, at: str) -> str:
        return shown_path(Path(at))

    def read(self, at: str) -> bytes:
        return read_file(Path(at), self.budget)


def open_file(place: Path, inventory: Inventory) -> Window:
    """A zip on disk, open until the export has been read."""
    try:
        file = inventory.resources.enter_context(place.open("rb"))
        return Window(file, 0, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise Refused(unreadable(error)) from None


def read_file(place: Path, budget: Budget) -> bytes:
    """All of a page on disk."""
    try:
        with place.open("rb") as file:
            content = file.read(budget.limits.member_bytes + 1)
    except OSError as error:
        raise Refused(unreadable(error)) from None
    if len(content) > budget.limits.member_bytes:
        raise too_long(budget.limits)
    return content


def shown_path(path: Path) -> str:
    """A path on disk as text; a name in GB18030 is read as one."""
    return paths.decode_name(os.fsencode(path.as_posix()))


def _skip_page(path: Path, reason: str, inventory: Inventory) -> None:
    name = shown_path(path)
    if identity.page_format(name) or identity.ending(name) == ".zip":
        inventory.skip(name, reason)
    else:
        inventory.others += 1
