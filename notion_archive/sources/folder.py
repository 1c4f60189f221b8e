"""A folder: an export that was unpacked, the zips of a download that came in parts, or any folder of notes."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from notion_archive.sources import identity, paths
from notion_archive.sources.directory import Window
from notion_archive.sources.inventory import File, Inventory
from notion_archive.sources.limits import Budget, Refused, too_long
from notion_archive.sources.zipped import NOT_OPENED, survey_zip


def survey_folder(root: Path, inventory: Inventory) -> None:
    """Find the pages below a folder. What is hidden from a user (`.git`, `.obsidian`) is hidden from us."""
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as found:
                places = sorted(found, key=lambda place: place.name)
        except OSError as error:
            inventory.skip(_shown(folder), _reason(error))
            continue
        below: list[Path] = []
        for place in places:
            try:
                inventory.budget.count()
            except Refused as refusal:
                inventory.skip(_shown(root), str(refusal))
                return
            below += _survey_place(root, place, inventory)
        folders += reversed(below)


def _survey_place(root: Path, place: os.DirEntry[str], inventory: Inventory) -> Iterator[Path]:
    name = _decoded(Path(place.path).relative_to(root))
    shown = _shown(Path(place.path))
    if paths.is_litter(name):
        return
    if place.is_symlink():
        _survey_link(root, Path(place.path), inventory)
    elif place.is_dir(follow_symlinks=False):
        if not place.name.startswith(".") and place.name != "__MACOSX":
            yield Path(place.path)
    elif not place.is_file(follow_symlinks=False):
        _skip_page(name, shown, "It is not a file: a pipe, a socket or a device.", inventory)
    elif reason := paths.why_unsafe(name, inventory.budget.limits.path_length):
        _skip_page(name, shown, reason, inventory)
    else:
        _survey_file(root, Path(place.path), name, inventory)


def _survey_link(root: Path, link: Path, inventory: Inventory) -> None:
    """A link to what is in the folder is no second page, and may be a loop; one that leads out is not followed."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):
        _skip_page(link.name, _shown(link), "It is a link that leads nowhere.", inventory)
        return
    if target.is_relative_to(root.resolve()):
        return
    reason = f"It is a link that leads out of the folder. Import {paths.shown(str(target))} by itself."
    if target.is_dir():
        inventory.skip(_shown(link), reason)
    else:
        _skip_page(link.name, _shown(link), reason, inventory)


def _survey_file(root: Path, place: Path, name: str, inventory: Inventory) -> None:
    path = paths.logical(name)
    if identity.page_format(path):
        inventory.add(found_file(place, path, inventory))
    elif identity.ending(path) != ".zip":
        inventory.others += 1
    elif not paths.is_part(path):
        inventory.skip(_shown(place), NOT_OPENED)
    else:
        try:
            survey_zip(open_file(place, inventory), _shown(place), inventory)
        except Refused as refusal:
            inventory.skip(_shown(place), str(refusal))


def found_file(place: Path, path: str, inventory: Inventory) -> File:
    """A page on disk."""
    size = place.stat().st_size if place.exists() else 0
    return File(path=path, shown=_shown(place), size=size, read=partial(read_file, place, inventory.budget))


def open_file(place: Path, inventory: Inventory) -> Window:
    """A zip on disk, open until the export has been read."""
    try:
        file = inventory.resources.enter_context(place.open("rb"))
        return Window(file, 0, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise Refused(_reason(error)) from None


def read_file(place: Path, budget: Budget) -> bytes:
    """All of a page on disk."""
    try:
        with place.open("rb") as file:
            content = file.read(budget.limits.member_bytes + 1)
    except OSError as error:
        raise Refused(_reason(error)) from None
    if len(content) > budget.limits.member_bytes:
        raise too_long(budget.limits)
    return content


def _skip_page(name: str, shown: str, reason: str, inventory: Inventory) -> None:
    if identity.page_format(name) or identity.ending(name) == ".zip":
        inventory.skip(shown, reason)
    else:
        inventory.others += 1


def _decoded(path: Path) -> str:
    return paths.decode_name(os.fsencode(path.as_posix()))


def _shown(path: Path) -> str:
    return _decoded(path)


def _reason(error: OSError) -> str:
    return f"It cannot be read: {error.strerror}."
