"""The pages as they came, in one SQLite file written with full durability. All else can be made from it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, Self

import msgspec

from notion_archive.database import Database, Layout
from notion_archive.model import Page

LAYOUT = Layout(
    application=0x6E_61_70_67,  # "napg"
    format=1,
    tables=(
        "CREATE TABLE pages (id TEXT PRIMARY KEY, path TEXT NOT NULL, format TEXT NOT NULL, text TEXT NOT NULL,"
        " digest TEXT NOT NULL, export TEXT NOT NULL, first_import TEXT NOT NULL, last_import TEXT NOT NULL)",
        "CREATE INDEX pages_by_path ON pages (path, id)",
        "CREATE INDEX pages_by_export ON pages (export)",
        "CREATE TABLE notes (name TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID",
    ),
    cure="Import the exports again, into another --index.",
)
Change = Literal["new", "changed", "unchanged"]
_LISTED = "SELECT value FROM json_each(?)"


class Imported(NamedTuple):
    """Where a page came from and when: ISO times of its first import, and of the last that told something new of it."""

    export: str
    first: str
    last: str


class Shelf:
    """Keeps pages by id. One process writes at a time, which is up to the caller; others may read meanwhile.

    Raises IndexFolderError for a file that is not ours, in another format, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, LAYOUT)

    def __enter__(self) -> Self:
        """The shelf itself; leaving closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        self._database.close()

    def put(
        self, pages: Iterable[Page], export: str, at: str, digests: Mapping[str, str] = MappingProxyType({})
    ) -> dict[str, Change]:  # fmt: skip
        """Keep these pages of an export as imported `at` an ISO time in UTC; what that meant for each id. `digests` are
        those that are worked out already.

        All of them or none. A page that comes twice counts as it came last.
        """
        with self._database.writing():
            coming = {page.id: (page, digests.get(page.id) or digest(page)) for page in pages}
            known = self.digests(coming)
            changes = {page: _change(known.get(page), now) for page, (_, now) in coming.items()}
            moved = self._database.execute(
                f"UPDATE pages SET export = ?, last_import = ? WHERE export != ? AND id IN ({_LISTED})",
                (export, at, export, _listed(page for page, change in changes.items() if change == "unchanged")),
            ).rowcount
            others = {page: one for page, one in coming.items() if changes[page] != "unchanged"}
            self._database.execute_many(
                "INSERT INTO pages VALUES (:id, :path, :format, :text, :digest, :export, :at, :at) ON CONFLICT (id) DO"
                " UPDATE SET path = :path, format = :format, text = :text, digest = :digest, export = :export,"
                " last_import = :at",
                (
                    {**msgspec.structs.asdict(page), "digest": now, "export": export, "at": at}
                    for page, now in others.values()
                ),
            )
            if moved or others:
                self._forget_seen()
        return changes

    def seen(self, export: str, look: str) -> int | None:
        """How many pages an export had, if it looks as it did when the shelf became what it is, or was found to be it."""
        told = (self.note(f"seen {export}") or "").split()
        return int(told[1]) if told[:1] == [look] else None

    def keep_seen(self, export: str, look: str, pages: int) -> None:
        """Note how an export looks, all pages of which are here as it has them."""
        self.keep_note(f"seen {export}", f"{look} {pages}")

    def _forget_seen(self) -> None:
        self._database.execute("DELETE FROM notes WHERE name GLOB 'seen *'")

    def remove(self, ids: Iterable[str]) -> None:
        """Drop these pages, all of them or none. An unknown id is no error."""
        with self._database.writing():
            self._database.execute_many("DELETE FROM pages WHERE id = ?", ((page,) for page in ids))
            self._forget_seen()

    def get(self, page: str) -> Page | None:
        """The page with this id."""
        rows = self._database.rows("SELECT id, path, text, format FROM pages WHERE id = ?", (page,))
        return (
            msgspec.convert(dict(zip(("id", "path", "text", "format"), rows[0], strict=True)), Page) if rows else None
        )

    def pages(self) -> Iterator[Page]:
        """Every page in the order of paths, read one by one; a page that is dropped meanwhile is left out."""
        for (page,) in self._database.rows("SELECT id FROM pages ORDER BY path, id"):
            if kept := self.get(page):
                yield kept

    def ids(self) -> set[str]:
        """The ids of all pages."""
        return {page for (page,) in self._database.rows("SELECT id FROM pages")}

    def in_export(self, export: str) -> dict[str, str]:
        """The id and path of the pages whose last import was from this export, as the caller names it."""
        return dict(self._database.rows("SELECT id, path FROM pages WHERE export = ?", (export,)))

    def digests(self, ids: Iterable[str]) -> dict[str, str]:
        """Page id -> digest of its path, format and text, for those of these pages that are here."""
        return dict(self._database.rows(f"SELECT id, digest FROM pages WHERE id IN ({_LISTED})", (_listed(ids),)))

    def exports(self, ids: Iterable[str]) -> Counter[str]:
        """The exports that the last imports of these pages were from, and how many of them of each."""
        asked = f"SELECT export, count(*) FROM pages WHERE id IN ({_LISTED}) GROUP BY 1 ORDER BY min(rowid)"
        return Counter(dict(self._database.rows(asked, (_listed(ids),))))

    def imported(self, page: str) -> Imported | None:
        """Where the page with this id came from, and when."""
        rows = self._database.rows("SELECT export, first_import, last_import FROM pages WHERE id = ?", (page,))
        return Imported(*rows[0]) if rows else None

    def count(self, export: str | None = None) -> int:
        """How many pages there are; of one export those whose last import was from it."""
        where, values = ("", ()) if export is None else (" WHERE export = ?", (export,))
        return int(self._database.rows(f"SELECT count(*) FROM pages{where}", values)[0][0])

    def note(self, name: str) -> str | None:
        """What was noted under a name, such as the version of the parser that the caches were made with."""
        rows = self._database.rows("SELECT note FROM notes WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def keep_note(self, name: str, note: str) -> None:
        """Note something under a name, in place of what was noted before."""
        with self._database.writing():
            self._database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, note))


def digest(page: Page) -> str:
    """What tells a page that changed from one that did not: path, format and text."""
    import hashlib

    return hashlib.blake2b(msgspec.json.encode((page.path, page.format, page.text)), digest_size=16).hexdigest()


def _change(before: str | None, now: str) -> Change:
    return "new" if before is None else "unchanged" if before == now else "changed"


def _listed(ids: Iterable[str]) -> str:
    return msgspec.json.encode(list(ids)).decode()
