"""The book of projects in a SQLite file beside the documents it was made from: a cache, whole or not there.

What a question needs of it is looked up; thousands of projects are not read to find one. Nor are all joined anew when a
few pages have changed: what is kept then has been made of all updates but theirs as they were, and that is put right.
"""

import zlib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from notion_archive import lock
from notion_archive.database import Database
from notion_archive.errors import Busy, IndexFolderError
from notion_archive.model import EVERYTHING, Pages
from notion_archive.projects import corrections, tables
from notion_archive.projects.book import Book, Project, plain
from notion_archive.projects.corrections import NONE, Corrections
from notion_archive.projects.touched import Updates
from notion_archive.records import Update

if TYPE_CHECKING:
    from notion_archive.vocabulary import Vocabulary

JOINING = "4"  # raised whenever the same reports would give other projects
_PROJECT = msgspec.msgpack.Decoder(Project)
_REMEMBERED = 65_536
_FEW = 64  # when more pages than this change, all projects are joined anew


class Kept:
    """The book of an archive in `folder`: as it is kept, made again from the updates where that is old or damaged.

    Raises LexiconError for corrections in `own_words` that cannot be read.
    """

    def __init__(self, folder: Path, own_words: Path, updates: Updates, words: Callable[[], "Vocabulary"]) -> None:
        self._folder = folder
        self._path = folder / "projects.sqlite"
        self._own_words = own_words
        self._updates = updates
        self._words = words
        self._opened: Database | None = None
        self._read: tuple[object, Book] | None = None
        self._before: dict[str, list[Update]] | None = None  # what pages said that have been changed since

    def book(self) -> Book:
        """What is kept; where that is old, another is made."""
        said = corrections.load(self._own_words)
        state = self._state()
        if self._read is None or self._read[0] != state or state[0] != _mark(said):
            book = book_in(self._database()) if state[0] == _mark(said) else self._made_again(said)
            self._read = (self._state(), book)
        return self._read[1]

    def _made_again(self, said: Corrections) -> Book:
        """Kept only while nobody writes: what was read beside a writer may be half of it."""
        try:
            with lock.writing(self._folder):
                return self.keep()
        except Busy:
            from notion_archive.projects import groups

            words = self._words()
            return groups.read(self._updates(EVERYTHING), words.lexicon, said, words.institutions)

    def keep(self) -> Book:
        """Join the projects anew, as far as that is needed, unless what is kept is right. Called by who may write."""
        said = corrections.load(self._own_words)
        if self._state()[0] != _mark(said):
            from notion_archive.projects.making import Making

            making = Making(self._database(), self._words(), self._updates)
            with self._database().writing():
                if self._before is None:
                    _give_back()
                    making.whole(said)
                else:
                    changed = self._updates(Pages(tuple(self._before)))
                    making.part([one for some in self._before.values() for one in some], changed)
                self._database().execute("UPDATE made SET mark = ?", (_mark(said),))
        self._before = None
        return book_in(self._database())

    def forget(self, pages: Collection[str] | None = None) -> None:
        """Until there is another, no book is kept. `pages`: the documents of no others are going to change until then."""
        if not self._path.exists():
            return
        mark = self._state()[0]
        if mark:
            self._before = {} if mark == _mark(NONE) else None
        if pages is None or self._before is None or len(self._before.keys() | pages) > _FEW:
            self._before = None
        elif unknown := tuple(page for page in pages if page not in self._before):
            self._before |= {page: [] for page in unknown}
            for update in self._updates(Pages(unknown)):
                self._before[update.report].append(update)
        if mark:
            self._database().execute("UPDATE made SET mark = ''")

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        if self._opened:
            self._opened.close()
        self._opened = self._read = self._before = None

    def _state(self) -> tuple[str, int]:
        """With what the book was made that is kept ("" if there is none), and how often others have written since."""
        try:
            database = self._database()
            return database.rows("SELECT mark FROM made")[0][0], database.rows("PRAGMA data_version")[0][0]
        except IndexFolderError:  # it is only a cache: another is made in its place
            self.close()
            for file in self._folder.glob(f"{self._path.name}*"):
                file.unlink()
            return "", 0

    def _database(self) -> Database:
        if self._opened is None:
            self._opened = Database(self._path, tables.LAYOUT)
        return self._opened


def _give_back() -> None:
    """Hand to the system what an import has let go of, where the library of C can be told to (glibc): to join the projects of
    a large archive takes as much again, and neither is small."""
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def book_in(database: Database) -> Book:
    """The book that is kept in a file."""
    return _KeptBook(database)


class _KeptBook(Book):
    """A book that looks up what it is asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.key = lru_cache(_REMEMBERED)(self._key)  # type: ignore[method-assign]

    @property
    def projects(self) -> tuple[Project, ...]:
        return self._found("SELECT number FROM projects")

    def _key(self, tag: str) -> str | None:
        found = self._database.rows(
            "SELECT key FROM spellings s JOIN projects p ON p.number = s.project WHERE s.tag = ? AND s.updates", (tag,)
        )
        return found[0][0] if found else None

    def keys(self, tags: Collection[str]) -> Mapping[str, str]:
        wanted = msgspec.json.encode([*tags]).decode()
        sql = (
            "SELECT s.tag, p.key FROM json_each(?) JOIN spellings s ON s.tag = value JOIN projects p ON p.number = s.project"
            " WHERE s.updates"
        )
        return dict(self._database.rows(sql, (wanted,)))

    def name(self, key: str) -> str:
        found = self._database.rows("SELECT name FROM projects WHERE key = ?", (key,))
        return str(found[0][0]) if found else key

    def called(self, word: str) -> tuple[Project, ...]:
        called = "SELECT number FROM names WHERE plain = ? AND is_key = ?"
        return self._found(called, (plain(word), 0)) or self._found(called, (plain(word), 1))

    def parts(self, project: Project) -> tuple[Project, ...]:
        own = msgspec.json.encode([written.tag for written in project.spellings]).decode()
        below = "SELECT project FROM json_each(?) JOIN spellings ON under = value WHERE updates"
        found = [one for one in self._found(below, (own,)) if one.key != project.key]
        return tuple(sorted(found, key=_first))

    def _found(self, numbers: str, values: tuple[str | int, ...] = ()) -> tuple[Project, ...]:
        sql = f"SELECT body FROM projects WHERE number IN ({numbers}) ORDER BY tag"
        return tuple(_PROJECT.decode(zlib.decompress(body)) for (body,) in self._database.rows(sql, values))


def _first(project: Project) -> tuple[str, str]:
    return str(project.first or "~"), project.key


def _mark(corrections: Corrections) -> str:
    """What a book is made with; one with another mark is old."""
    return f"{JOINING} {msgspec.json.encode(corrections, order='sorted').decode()}"
