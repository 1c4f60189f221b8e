"""How the house is built: imports point one way, outside packages are fenced to one file, no file is long."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "notion_archive"
# Each room may import from the rooms before it, never from those after it.
ROOMS = (
    "errors", "patterns", "gates", "remembered", "text", "model", "pinyin", "contexts", "mentions", "institutions", "months",
    "period", "day_pattern", "day_habits",
    "dates", "clock",
    "stamps", "numbers", "naming", "identity", "records", "numbering",
    "lexicon", "vocabulary", "sources", "markup", "kinds", "fixes", "titles", "reports", "linking", "documents", "lock",
    "database", "projects", "engines", "shelf", "spaces", "audit", "parsing", "look", "archive", "importing", "queries", "show",
    "options", "cli", "__main__",
)  # fmt: skip
FENCED = {
    "markdown_it": {"markup/markdown.py"},
    "bs4": {"markup/html.py"},
    "whoosh": {"engines/bulk.py"},
}


def imports(file: Path) -> Iterator[tuple[str, bool]]:
    """What a file imports, and whether that is only for type checking or inside a function."""
    tree = ast.parse(file.read_text("utf-8"))
    top = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, id(node) in top) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module in ("notion_archive",):
                names = [f"{node.module}.{name.name}" for name in node.names]
            yield from ((name, id(node) in top) for name in names)


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(file: Path) -> str:
    parts = file.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room(file) for file in files()} - {"__init__"} == set(ROOMS)


def test_imports_point_one_way() -> None:
    wrong = []
    for file in files():
        if room(file) == "__init__":
            continue
        for name, at_top in imports(file):
            other = name.split(".")[1] if name.startswith("notion_archive.") else ""
            if at_top and other in ROOMS and ROOMS.index(other) > ROOMS.index(room(file)):
                wrong.append(f"{file.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


def test_outside_packages_are_fenced_in() -> None:
    for package, home in FENCED.items():
        users = {
            file.relative_to(PACKAGE).as_posix()
            for file in files() for name, _ in imports(file) if name.split(".")[0] == package
        }  # fmt: skip
        assert users <= home, package


def test_no_file_is_longer_than_400_lines() -> None:
    assert [file.name for file in files() if len(file.read_text("utf-8").splitlines()) > 400] == []


def test_every_reader_shows_a_line_and_its_reading() -> None:
    readers = [*(PACKAGE / "kinds").glob("*.py"), *(PACKAGE / "markup").glob("*.py")]
    bare = [f"{file.name}:{rule.lineno} {rule.name}" for file in readers for rule in rules(file) if not shows(rule)]
    assert bare == []


def rules(file: Path) -> Iterator[ast.FunctionDef]:
    """The functions and methods of a file that say more than one thing; what is defined in them belongs to them."""
    tree = ast.parse(file.read_text("utf-8"))
    methods = [node for one in tree.body if isinstance(one, ast.ClassDef) for node in one.body]
    for node in [*tree.body, *methods]:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("__") and len(ast.unparse(node)) > 120:
            yield node


def shows(rule: ast.FunctionDef) -> bool:
    """Whether a docstring quotes a line: `账户2.0` or "14:35恢复"."""
    said = ast.get_docstring(rule) or ""
    return "`" in said or '"' in said
