"""The book of projects in a SQLite file beside the documents it was made from: a cache, whole or not there.

What a question needs of it is looked up; thousands of projects are not read to find one.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from notion_archive import lock
from notion_archive.database import Database, Layout
from notion_archive.errors import Busy, IndexFolderError
from notion_archive.projects import corrections
from notion_archive.projects.book import Book, Project, plain
from notion_archive.projects.corrections import Corrections
from notion_archive.records import Update

if TYPE_CHECKING:
    from notion_archive.vocabulary import Vocabulary

JOINING = "2"  # raised whenever the same reports would give other projects
_LAYOUT = Layout(
    application=0x6E_61_70_6A,  # "napj"
    format=2,
    tables=(
        "CREATE TABLE projects (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
        " body BLOB NOT NULL)",
        "CREATE TABLE spellings (tag TEXT PRIMARY KEY, under TEXT, number INTEGER NOT NULL) WITHOUT ROWID",
        "CREATE INDEX spellings_by_parent ON spellings (under)",
        "CREATE TABLE names (plain TEXT NOT NULL, is_key INTEGER NOT NULL, number INTEGER NOT NULL,"
        " PRIMARY KEY (plain, is_key, number)) WITHOUT ROWID",
        "CREATE TABLE made (mark TEXT NOT NULL)",
        "INSERT INTO made VALUES ('')",
    ),
    cure="Run: notion-archive rebuild",
)
_REMEMBERED = 65_536


class Kept:
    """The book of an archive in `folder`: as it is kept, made again from the updates where that is old or damaged.

    Raises LexiconError for corrections in `own_words` that cannot be read.
    """

    def __init__(
        self, folder: Path, own_words: Path, updates: Callable[[], Iterable[Update]], words: Callable[[], "Vocabulary"]
    ) -> None:
        self._folder = folder
        self._path = folder / "projects.sqlite"
        self._own_words = own_words
        self._updates = updates
        self._words = words
        self._opened: Database | None = None
        self._read: tuple[object, Book] | None = None

    def book(self) -> Book:
        """What is kept; where that is old, another is made."""
        said = corrections.load(self._own_words)
        state = self._state()
        if self._read is None or self._read[0] != state or state[0] != _mark(said):
            book = _KeptBook(self._database()) if state[0] == _mark(said) else self._made_again(said)
            self._read = (self._state(), book)
        return self._read[1]

    def _made_again(self, said: Corrections) -> Book:
        """Kept only while nobody writes: what was read beside a writer may be half of it."""
        try:
            with lock.writing(self._folder):
                return self.keep()
        except Busy:
            return self._joined(said)

    def keep(self) -> Book:
        """Join the projects anew unless what is kept is right. Called by who may write."""
        said = corrections.load(self._own_words)
        if self._state()[0] != _mark(said):
            self._write(self._joined(said), _mark(said))
        return _KeptBook(self._database())

    def _joined(self, said: Corrections) -> Book:
        from notion_archive.projects import groups

        words = self._words()
        return groups.read(self._updates(), words.lexicon, said, words.institutions)

    def _write(self, book: Book, mark: str) -> None:
        database = self._database()
        numbered = list(enumerate(book.projects))
        with database.writing():
            for table in ("projects", "spellings", "names"):
                database.execute(f"DELETE FROM {table}")
            database.execute_many(
                "INSERT INTO projects VALUES (?, ?, ?, ?)",
                ((number, one.key, one.name, msgspec.json.encode(one)) for number, one in numbered),
            )
            database.execute_many(
                "INSERT INTO spellings VALUES (?, ?, ?)",
                ((written.tag, written.under, number) for number, one in numbered for written in one.spellings),
            )
            database.execute_many(
                "INSERT INTO names VALUES (?, ?, ?)",
                (
                    (name, is_key, number)
                    for number, one in numbered
                    for is_key, names in enumerate((one.plain_names, one.plain_keys))
                    for name in names
                ),
            )
            database.execute("UPDATE made SET mark = ?", (mark,))

    def forget(self) -> None:
        """Until there is another, no book is kept."""
        if self._path.exists():
            self._database().execute("UPDATE made SET mark = '' WHERE mark != ''")

    def close(self) -> None:
        """Let go of the file. Safe to call twice."""
        if self._opened:
            self._opened.close()
        self._opened = self._read = None

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
            self._opened = Database(self._path, _LAYOUT)
        return self._opened


class _KeptBook(Book):
    """A book that looks up what it is asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.key = lru_cache(_REMEMBERED)(self._key)  # type: ignore[method-assign]

    @property
    def projects(self) -> tuple[Project, ...]:
        return self._found("SELECT number FROM projects")

    def _key(self, tag: str) -> str | None:
        found = self._database.rows("SELECT key FROM spellings JOIN projects USING (number) WHERE tag = ?", (tag,))
        return found[0][0] if found else None

    def keys(self, tags: Collection[str]) -> Mapping[str, str]:
        wanted = msgspec.json.encode([*tags]).decode()
        sql = "SELECT tag, projects.key FROM json_each(?) JOIN spellings ON tag = value JOIN projects USING (number)"
        return dict(self._database.rows(sql, (wanted,)))

    def name(self, key: str) -> str:
        found = self._database.rows("SELECT name FROM projects WHERE key = ?", (key,))
        return str(found[0][0]) if found else key

    def called(self, word: str) -> tuple[Project, ...]:
        called = "SELECT number FROM names WHERE plain = ? AND is_key = ?"
        return self._found(called, (plain(word), 0)) or self._found(called, (plain(word), 1))

    def parts(self, project: Project) -> tuple[Project, ...]:
        own = msgspec.json.encode([written.tag for written in project.spellings]).decode()
        below = "SELECT number FROM json_each(?) JOIN spellings ON under = value"
        found = [one for one in self._found(below, (own,)) if one.key != project.key]
        return tuple(sorted(found, key=_first))

    def _found(self, numbers: str, values: tuple[str | int, ...] = ()) -> tuple[Project, ...]:
        sql = f"SELECT body FROM projects WHERE number IN ({numbers}) ORDER BY number"
        return tuple(msgspec.json.decode(body, type=Project) for (body,) in self._database.rows(sql, values))


def _first(project: Project) -> tuple[str, str]:
    return str(project.first or "~"), project.key


def _mark(corrections: Corrections) -> str:
    """What a book is made with; one with another mark is old."""
    return f"{JOINING} {msgspec.json.encode(corrections, order='sorted').decode()}"
