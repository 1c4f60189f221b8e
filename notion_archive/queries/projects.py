"""Which project a user means, by whatever is left of its name; and why names are one project."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from msgspec import Struct

from notion_archive import naming, patterns, pinyin
from notion_archive.archive import Archive
from notion_archive.errors import QueryError
from notion_archive.model import Any, Tag
from notion_archive.projects import Book, Project
from notion_archive.projects.book import plain
from notion_archive.text import fold

_NEAREST = 5
_DIGITS = patterns.compile(r"\d+(?:\.\d+)*")


class Why(Struct, frozen=True, kw_only=True):
    """The projects a name fits, with the names that were joined in each, those that were not, and by what."""

    projects: tuple[Project, ...]


def why(archive: Archive, asked: str) -> Why:
    """Which names are one project, and what was made of it. Raises QueryError where no project fits."""
    return Why(projects=fitting(archive, asked))


def fitting(archive: Archive, asked: str) -> tuple[Project, ...]:
    """The projects that fit a name, best first: those called so; else those that had such a key; else those with it in
    their name, or that it spells in pinyin. Raises QueryError, with the nearest names, where none does.

    `"账户 2.0"`, `"账户"`, `"zhanghu"`, `"zh"` -> 账户2.0.
    """
    book = archive.projects
    if exact := book.called(asked):
        return _best_first(exact)
    endings = naming.KeyWords.of(archive.words.lexicon.words("words", "endings"))
    for fits in _ways(asked, naming.project_key(asked, endings)):
        if found := list(filter(fits, book.projects)):
            return _best_first(found)
    near = _nearest(book, asked)
    cure = f" Nearest: {', '.join(near)}." if near else " Run: notion-archive projects"
    raise QueryError(f"No project is called {asked}.{cure}")


def _best_first(found: Iterable[Project]) -> tuple[Project, ...]:
    return tuple(sorted(found, key=lambda project: (-project.updates, project.key)))


def clause(project: Project) -> Any:
    """What finds the updates of a project, by any of its spellings."""
    return Any(tuple(Tag(f"project:{written.tag}") for written in project.spellings))


def _ways(asked: str, key: str) -> Iterator[Callable[[Project], bool]]:
    """How a project may fit what was asked, the closest way first."""
    words = [plain(word) for word in fold(asked).split()]
    yield lambda project: key in project.keys or asked in project.keys
    yield _by_name(lambda name: all(word in plain(name) for word in words) or plain(key) in plain(name))
    typed, digits = pinyin.letters(_DIGITS.sub("", asked)), _DIGITS.findall(asked)
    if typed and len(typed) > 1:
        for fits in (pinyin.spells, pinyin.initials, _spells_part, _initials_of_part):
            yield _by_name(partial(_sounds, fits, typed, digits))


def _by_name(fits: Callable[[str], bool]) -> Callable[[Project], bool]:
    return lambda project: any(map(fits, project.names))


def _sounds(fits: Callable[[str, str], bool], typed: str, digits: list[str], name: str) -> bool:
    return all(number in name for number in digits) and fits(typed, _DIGITS.sub("", plain(name)))


def _spells_part(typed: str, spoken: str) -> bool:
    return any(pinyin.spells(typed, spoken[at:], beginning=True) for at in range(len(spoken)))


def _initials_of_part(typed: str, spoken: str) -> bool:
    return any(pinyin.initials(typed, spoken[at : at + len(typed)]) for at in range(len(spoken)))


def _nearest(book: Book, asked: str) -> list[str]:
    """The keys of the projects whose names look or sound most like what was asked."""
    import difflib

    keys = {plain(name): project.key for project in book.projects for name in project.names}
    near = difflib.get_close_matches(plain(asked), keys, n=3 * _NEAREST, cutoff=0.3)
    if typed := pinyin.letters(asked):
        sound = {pinyin.spelled(name): key for name, key in keys.items()}
        near += difflib.get_close_matches(typed, sound, n=_NEAREST, cutoff=0.5)
        keys |= sound
    near += [name for name in keys if set(name) & set(plain(asked))]
    return list(dict.fromkeys(keys[name] for name in near))[:_NEAREST]
