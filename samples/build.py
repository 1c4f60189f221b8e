"""Make all sample formats from the pages in `samples/folder/`.

    python samples/build.py

Order, dates and modes are fixed, so the same pages give the same bytes (with the same zlib). What is in a format's
folder is replaced as a whole; `folder/` and `facts.md` are the sources.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # also where this file is loaded from elsewhere

from formats import database, html, obsidian, wolai  # noqa: E402
from formats.page import Page, read, title_of, with_links  # noqa: E402
from formats.zips import Member, download, packed  # noqa: E402

FOLDER = HERE / "folder"
DOWNLOAD = "1f0c6a52-83d7-4b19-9e40-57a2c8d6b31e"
EXPORT = "c4e9d207-5b1f-4a68-8d33-90f7e2a4516b"
INCIDENTS = "事件库 7d0e4b1a92c35f68a1b07c3e5d29f846"


def pages(folder: Path) -> list[Member]:
    """Every page of the folder as (path inside the export, bytes), sorted by path."""
    return sorted((path.relative_to(folder).as_posix(), path.read_bytes()) for path in folder.rglob("*.md"))


def build(folder: Path, target: Path) -> Path:
    """Write Notion's download of `folder` into the directory `target` and return its path."""
    return _written(target, f"{DOWNLOAD}_Export-{EXPORT}.zip", download(f"Export-{EXPORT}-Part-1.zip", pages(folder)))


def build_html(folder: Path, target: Path) -> Path:
    """Notion's download as HTML."""
    members = []
    for page in read(folder):
        below = "/".join(map(quote, page.above))
        href = {other.name: _relative(other, below) for other in read(folder)}
        members.append(("/".join([*page.above, f"{page.name}.html"]), html.write(page, href).encode()))
    name = f"{DOWNLOAD}_Export-{EXPORT}.zip"
    return _written(target, name, download(f"Export-{EXPORT}-Part-1.zip", sorted(members)))


def build_notion_2025(folder: Path, target: Path) -> Path:
    """Notion's download since November 2025: folders have no ids."""
    paths = {page.name: "/".join([*map(title_of, page.above), f"{page.name}.md"]) for page in read(folder)}
    members = []
    for name, content in pages(folder):
        own = paths[name.split("/")[-1].removesuffix(".md")]
        parent = own.rpartition("/")[0]

        def link(words: str, to: str, parent: str = parent) -> str:
            return f"[{words}]({quote(paths[to].removeprefix(f'{parent}/'))})"

        members.append((own, with_links(content.decode(), link).encode()))
    return _written(
        target, f"{DOWNLOAD}_ExportBlock-{EXPORT}.zip", download(f"ExportBlock-{EXPORT}-Part-1.zip", sorted(members))
    )


def build_gbk(folder: Path, target: Path) -> Path:
    """The tree of Notion's download, zipped again on a Chinese Windows."""
    return _written(target, "支付平台组.zip", packed(pages(folder), gbk=True))


def build_wolai(folder: Path, target: Path) -> Path:
    """wolai's flat folder."""
    for page in read(folder):
        _written(target, wolai.file_name(page.title), wolai.write(page).encode())
    return target


def build_obsidian(folder: Path, target: Path) -> Path:
    """An Obsidian folder."""
    for page in read(folder):
        _written(target, obsidian.path(page), obsidian.write(page).encode())
    return target


def build_database(folder: Path, target: Path) -> Path:
    """All incidents of the weekly reports as a database."""
    texts = {title_of(name.split("/")[-1].removesuffix(".md")): content.decode() for name, content in pages(folder)}
    rows = database.incidents((folder.parent / "facts.md").read_text("utf-8"), read(folder), texts)
    _written(target, f"{INCIDENTS}.csv", database.view(rows))
    return _written(target, f"{INCIDENTS}_all.csv", database.whole(rows))


FORMATS: dict[str, Callable[[Path, Path], Path]] = {
    "notion": build,
    "notion-2025": build_notion_2025,
    "html": build_html,
    "gbk": build_gbk,
    "wolai": build_wolai,
    "obsidian": build_obsidian,
    "database": build_database,
}


def _relative(page: Page, below: str) -> str:
    path = "/".join(map(quote, [*page.above, f"{page.name}.html"]))
    return path.removeprefix(f"{below}/") if below else path


def _written(target: Path, name: str, content: bytes) -> Path:
    path = target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


if __name__ == "__main__":
    for name, make in FORMATS.items():
        shutil.rmtree(HERE / name, ignore_errors=True)
        made = make(FOLDER, HERE / name)
        size = sum(path.stat().st_size for path in (HERE / name).rglob("*") if path.is_file())
        sys.stdout.write(f"{name}: {made.relative_to(HERE)}, {size} bytes\n")
