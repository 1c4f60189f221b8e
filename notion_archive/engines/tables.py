"""The tables of `documents.sqlite`: everything an engine keeps but the index of words."""

from array import array

from notion_archive.database import Layout

CURE = "Run: notion-archive rebuild"
# Numbers of every document, by how an array keeps them; `dated` and `named` are groups of its tags (see `GROUPS`).
COLUMNS = {"day": "I", "kind": "H", "said": "q", "dated": "I", "named": "I"}
GROUPS = {
    "kind": "dated",
    "year": "dated",
    "month": "dated",
    "institution": "named",
    "project": "named",
}  # by name of tag
PART = 4096  # rows whose numbers stand together
LAYOUT = Layout(
    application=0x6E_61_64_6F,  # "nado"
    format=5,
    tables=(
        "CREATE TABLE pages (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
        "CREATE TABLE kinds (number INTEGER PRIMARY KEY, kind TEXT NOT NULL UNIQUE)",
        "CREATE TABLE documents (row INTEGER PRIMARY KEY AUTOINCREMENT, page INTEGER NOT NULL, key NOT NULL,"
        " kind INTEGER NOT NULL, day INTEGER, tagset INTEGER NOT NULL)",
        "CREATE INDEX documents_by_page ON documents (page)",
        "CREATE INDEX documents_by_key ON documents (key)",
        "CREATE INDEX documents_by_day ON documents (day DESC)",
        "CREATE TABLE contents (row INTEGER PRIMARY KEY, packed BLOB NOT NULL)",
        "CREATE TABLE briefs (row INTEGER PRIMARY KEY, page INTEGER NOT NULL, day INTEGER, brief BLOB NOT NULL)",
        "CREATE TABLE folded (row INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE tags (number INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE)",
        "CREATE TABLE tagsets (number INTEGER PRIMARY KEY AUTOINCREMENT, mark INTEGER NOT NULL UNIQUE, tags BLOB NOT NULL)",
        "CREATE TABLE groups (number INTEGER PRIMARY KEY, tags BLOB NOT NULL UNIQUE)",
        *(f"CREATE TABLE column_{name} (part INTEGER PRIMARY KEY, kept BLOB NOT NULL)" for name in COLUMNS),
        "CREATE TABLE words (generation INTEGER NOT NULL)",
        "INSERT INTO words VALUES (0)",
    ),
    cure=CURE,
)


def numbers(tags: bytes) -> "array[int]":
    """The numbers of a set of tags."""
    found = array("I")
    found.frombytes(tags)
    return found
