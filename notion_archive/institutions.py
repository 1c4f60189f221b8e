"""Banks and payment institutions: who they are, where a text names them, and whom a user means.

`institutions.csv` is ours; a user's own file has the same columns and adds to it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from notion_archive import pinyin
from notion_archive.errors import LexiconError
from notion_archive.remembered import remembered
from notion_archive.text import fold

if TYPE_CHECKING:
    from notion_archive.mentions import Mention, Recogniser

OURS = Path(__file__).parent / "lexicon" / "institutions.csv"
COLUMNS = ("name", "kind", "aliases", "ambiguous")
KINDS = ("bank", "payment_institution", "clearing", "partner", "other", "stop")
_ENDINGS, _WELL_KNOWN = OURS.with_name("endings.csv"), OURS.with_name("well_known.txt")
_CITED = 5  # so many neighbours in an error message


class Institution(Struct, frozen=True, kw_only=True):
    """One row: `中国银行,bank,中行;BOC,中行;BOC`. What is `ambiguous` is an alias that needs a cue to count.

    Kind `other` is known so that it is not taken for a bank (光大证券); it is in no record. Kind `stop` is no
    institution: its name and aliases are words in which no institution is looked for.
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    certain: tuple[
        str, ...
    ] = ()  # listed without being called ambiguous: they count wherever they stand, the user's also where ours need a cue


class Institutions:
    """All institutions we know: `mentions` and `named` read texts, `lookup` and `nearest` what users type."""

    def __init__(self, rows: Iterable[Institution]) -> None:
        rows = list(rows)
        self.rows = tuple(row for row in rows if row.kind != "stop")
        self._kinds = {row.name: row.kind for row in self.rows}
        self._mentions = remembered(lambda text: self._recogniser.mentions(text))
        self._stops = tuple(word for row in rows if row.kind == "stop" for word in (row.name, *row.aliases))

    @cached_property
    def _recogniser(self) -> "Recogniser":
        from notion_archive.contexts import Contexts, table
        from notion_archive.mentions import Alias, Recogniser

        aliases = [
            Alias(
                written=written,
                institution=row.name,
                ambiguous=written in row.ambiguous,
                certain=written in row.certain,
                listed=row.kind != "other",
            )
            for row in self.rows
            for written in (row.name, *row.aliases)
        ]
        return Recogniser(aliases, Contexts(table(), self._stops))

    def mentions(self, text: str) -> tuple["Mention", ...]:
        """Every place where an institution is named or may be named, in order; kind `other` too."""
        return self._mentions(text)

    def named(self, text: str) -> tuple[str, ...]:
        """What a record lists: `工行、建行快捷恢复，平安夜值班` -> (中国工商银行, 中国建设银行)."""
        sure = (mention.institution for mention in self.mentions(text) if mention.sure)
        return tuple(dict.fromkeys(name for name in sure if self._kinds[name] != "other"))

    def vouched(self, text: str, known: Collection[str]) -> tuple[str, ...]:
        """The same on a page that surely names the `known` ones: `BOC signed it by mail` with 中国银行 -> (中国银行,)."""
        told = (
            mention.institution for mention in self.mentions(text)
            if mention.sure or (mention.likely and mention.institution in known)
        )  # fmt: skip
        return tuple(dict.fromkeys(name for name in told if self._kinds[name] != "other"))

    def lookup(self, asked: str) -> tuple[str, ...]:
        """Whom a user means, best first; `中行`, `boc`, `zhongguo yinhang`, `zgyh` -> (中国银行,). () if nobody."""
        key = _key(asked)
        typed = pinyin.letters(asked)
        if len(key) < 2:
            return ()
        return (
            self.named_so(asked)
            or (typed and self._fitting(lambda word: pinyin.spells(typed, word)))
            or (typed and _well_known(self._fitting(lambda word: pinyin.initials(typed, word))))
            or self.named(asked)
            or self._fitting(lambda word: key in _key(word))
            or (typed and len(typed) > 3 and self._fitting(lambda word: pinyin.spells(typed, word, beginning=True)))
            or ()
        )

    def nearest(self, asked: str) -> tuple[str, ...]:
        """Whom a user may have meant, for an error message: `光太银行` -> (中国光大银行, …)."""
        import difflib

        key = _key(asked)
        typed = pinyin.letters(asked)
        words = {_key(word): row.name for row in self._listed for word in (row.name, *row.aliases)}
        if typed:
            words |= {pinyin.spelled(word): name for word, name in words.items() if not word.isascii()}
        near = difflib.get_close_matches(typed or key, words, n=3 * _CITED, cutoff=0.5)
        return tuple(dict.fromkeys(words[word] for word in near))[:_CITED]

    def called(self, asked: str) -> str | None:
        """The one institution that has exactly this name: `中行` -> 中国银行; None for a part of a name or for two."""
        found = self.named_so(asked)
        return found[0] if len(found) == 1 else None

    def named_so(self, asked: str) -> tuple[str, ...]:
        """The institutions that have exactly this name, then those with it as an alias: `中行` -> (中国银行,)."""
        return self._by_name.get(_key(asked), ())

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        """The institutions with a name, then those with it as an alias, in the order of the file."""
        names: dict[str, dict[str, None]] = {}
        for row in self._listed:
            names.setdefault(_key(row.name), {})[row.name] = None
        for row in self._listed:
            for alias in row.aliases:
                names.setdefault(_key(alias), {})[row.name] = None
        return {word: tuple(meant) for word, meant in names.items()}

    @cached_property
    def _listed(self) -> tuple[Institution, ...]:
        return tuple(row for row in self.rows if row.kind != "other")

    def _fitting(self, fits: Callable[[str], bool]) -> tuple[str, ...]:
        """The institutions with a fitting name, then those with a fitting alias, in the order of the file."""
        names = [row.name for row in self._listed if fits(row.name)]
        aliases = [row.name for row in self._listed if any(fits(alias) for alias in row.aliases)]
        return tuple(dict.fromkeys(names + aliases))


def read_rows(text: str, where: str = OURS.name) -> tuple[Institution, ...]:
    """`name,kind,aliases,ambiguous`, `;` between values; other spellings of the name are added (see `spellings`)."""
    import csv
    from io import StringIO

    rows = csv.DictReader(StringIO(text.lstrip("\ufeff")), restval="")
    if missing := [column for column in COLUMNS if column not in (rows.fieldnames or ())]:
        raise LexiconError(f"{where} has no column {', '.join(missing)}. Its first line must be: {','.join(COLUMNS)}")
    return tuple(_institution(row, f"{where}, line {rows.line_num}") for row in rows if row["name"].strip())


def load(user_csv: Path | None = None) -> Institutions:
    """The institutions we ship and, where the user has a file, theirs: new ones, and more aliases of known ones."""
    rows = read_rows(OURS.read_text("utf-8"))
    if user_csv is not None:
        rows = _merged(rows, read_rows(_read(user_csv), str(user_csv)))
    return Institutions(rows)


@lru_cache
def listed(word: str) -> tuple[str, ...]:
    """Whom our file calls just so, as `lookup` has it, by the lines with these letters: to read all takes ten times as long.

    `中行` -> (中国银行,); `银行`, a part of many names, and `超时` -> ().
    """
    key = _key(word)
    endings = ((_key(other), _key(ending)) for ending, others in _endings().items() for other in others)
    sought = {key, *(key.removesuffix(other) + ending for other, ending in endings if key.endswith(other))}
    head, *lines = OURS.read_text("utf-8").splitlines()
    rows = [line for line, letters in zip(lines, _letters(), strict=True) if any(one in letters for one in sought)]
    return Institutions(read_rows("\n".join([head, *rows]))).named_so(word) if rows else ()


@cache
def _letters() -> tuple[str, ...]:
    """The lines of our file as they are compared, folded in one go."""
    _, *lines = OURS.read_text("utf-8").splitlines()
    return tuple(_key("\0".join(lines)).split("\0"))


def _read(user_csv: Path) -> str:
    try:
        return user_csv.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise LexiconError(f"{user_csv} cannot be read ({trouble}). It must be a UTF-8 text file.") from trouble


def _institution(row: dict[str, str], where: str) -> Institution:
    name, kind, aliases, ambiguous = (row[column] for column in COLUMNS)
    if kind.strip() not in KINDS:
        raise LexiconError(f"{where}: {kind or 'nothing'} is no kind. Known: {', '.join(KINDS)}.")
    sure, unsure = _values(aliases), _values(ambiguous)
    written = sure + unsure
    spelled = [alias for word in (name.strip(), *written) for alias in _spellings(word)]
    return Institution(
        name=name.strip(),
        kind=kind.strip(),
        aliases=tuple(dict.fromkeys(alias for alias in written + spelled if alias != name.strip())),
        ambiguous=tuple(unsure),
        certain=tuple(word for word in sure if word not in unsure),
    )


def _values(cell: str) -> list[str]:
    return [value.strip() for value in cell.split(";") if value.strip()]


def _spellings(name: str) -> Iterator[str]:
    """`成都农村商业银行` -> 成都农商银行, 成都农商行."""
    endings = _endings()
    if name.endswith(tuple(endings)):
        for ending, others in endings.items():
            if name.endswith(ending) and name != ending:
                yield from (name.removesuffix(ending) + other for other in others)


def _merged(ours: Iterable[Institution], theirs: Iterable[Institution]) -> tuple[Institution, ...]:
    """The user's kind wins, aliases add up, and what a user says a word means it means to nobody else.

    `平安银行,bank,平安,` of the user's: 平安 needs no cue any more.
    """
    theirs = list(theirs)
    claimed = {fold(word): row.name for row in theirs for word in (row.name, *row.aliases)}
    rows = {row.name: _without(row, {word for word, name in claimed.items() if name != row.name}) for row in ours}
    for row in theirs:
        known = rows.get(row.name, row)
        rows[row.name] = Institution(
            name=row.name,
            kind=row.kind,
            aliases=tuple(dict.fromkeys(known.aliases + row.aliases)),
            ambiguous=tuple(dict.fromkeys(known.ambiguous + row.ambiguous)),
            certain=row.certain,
        )
    return tuple(rows.values())


def _without(row: Institution, claimed: set[str]) -> Institution:
    kept = tuple(alias for alias in row.aliases if fold(alias) not in claimed)
    return row if len(kept) == len(row.aliases) else structs.replace(row, aliases=kept)


@cache
def _endings() -> dict[str, list[str]]:
    """Other ways to write a kind of name: `农村商业银行` -> 农商银行, 农商行, 农商; they need not be listed one by one."""
    lines = _ENDINGS.read_text("utf-8").splitlines()
    return {ending: others.split(";") for ending, others in (line.split(",") for line in lines[1:])}


def _well_known(names: tuple[str, ...]) -> tuple[str, ...]:
    """`zgyh` are the initials of 中国银行 and of 自贡银行; everybody means the first."""
    known = frozenset(_WELL_KNOWN.read_text("utf-8").split())
    return tuple(name for name in names if name in known) or names


def _key(word: str) -> str:
    return fold(word).replace(" ", "")
