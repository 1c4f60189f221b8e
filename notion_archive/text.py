"""Folding and cutting text: the one knife used on both sides, for what is indexed and for what is asked.

Folding makes spellings that mean the same look the same: NFKC, lower case, traditional to simplified Chinese, one kind
of dash and quote, one space. `ＰＯＳ對賬` and `pos对帐` both fold to `pos对账`. What is typed as `--` or `->` folds to the one
sign that Notion makes of it.

A *term* (what a user looks for) is found in a text where its folded characters stand in the folded text. Where the
term begins or ends with a letter or digit of an alphabetic script, that must be the end of a word there too: `redis`
is found in `链接redis超时` and not in `redisson`. Chinese characters match anywhere.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from operator import add
from pathlib import Path
from typing import NamedTuple

from notion_archive import patterns
from notion_archive.remembered import remembered

_TABLES = Path(__file__).parent / "tables"
_LONGEST_WORD = 64  # a longer run of letters is cut here, in the index and in the question alike

# Characters that join the one before them: combining marks, Hangul vowels and finals, half-width kana marks.
_MARK = r"[\u0300-\u036f\u1160-\u11ff\u20d0-\u20ff\u3099\u309a\uff9e\uff9f]"
_JOINED = patterns.compile(_MARK)
_CLUSTER = patterns.compile(f".{_MARK}*", re.DOTALL)
# Alphabetic words end before the CJK blocks; from U+2E80 on every character stands for itself.
_WORD_OR_RUN = patterns.compile(r"(?P<word>[^\W_\u2e80-\U0010ffff]+)|(?P<run>[^\0-\u2e7f]+)")
_TYPED = patterns.compile(r"-+>|-{2,}")
_ALIKE = {
    "帐": "账",
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("“”„‟«»「」『』", '"'),
    **dict.fromkeys("‘’‚‛`´", "'"),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f", ""),
}


class Folded(NamedTuple):
    """A folded text and where each of its characters came from: `starts[i]`, `ends[i]` are offsets of the original."""

    text: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that stands behind folded[start:end]."""
        return (self.starts[start], self.ends[end - 1]) if end > start else (0, 0)


def read_table(name: str) -> dict[str, str]:
    """One of the tables made when the package is built, e.g. `simplified.tsv`: character -> value."""
    cells = (_TABLES / name).read_text("utf-8").rstrip("\n").replace("\n", "\t").split("\t")
    return dict(zip(cells[::2], cells[1::2], strict=True))


class _Fold(dict[int, str]):
    """For str.translate: computes the folding of a character when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_characters(chr(code))
        return folded


class _Level(dict[int, str]):
    """The same, but a character that folds to none or to several stays as it is, so that nothing moves."""

    def __missing__(self, code: int) -> str:
        folded = _fold_characters(chr(code))
        self[code] = level = folded if len(folded) == 1 else chr(code)
        return level


@cache
def _simplified() -> dict[str, str]:
    return read_table("simplified.tsv")


def _fold_characters(cluster: str) -> str:
    simplified = _simplified()
    if "\u4e00" <= cluster <= "\u9fff" and len(cluster) == 1:  # nothing else can become of one of these
        return _ALIKE.get(c := simplified.get(cluster, cluster), c)
    plain = unicodedata.normalize("NFKC", _ALIKE.get(cluster, cluster)).lower()
    return "".join(_ALIKE.get(c := simplified.get(character, character), c) for character in plain)


_FOLD = _Fold()
_LEVEL = _Level()


def is_joined(text: str) -> bool:
    """Whether characters of a text are joined to those before them, so that it is not folded one by one."""
    return _JOINED.search(text) is not None


@remembered
def fold(text: str) -> str:
    """`"ＰＯＳ 　對賬"` -> `"pos 对账"`: the form in which texts are compared. Leading and trailing space goes."""
    if is_joined(text):
        text = "".join(map(_fold_characters, _CLUSTER.findall(text)))
    else:
        text = text.translate(_FOLD)
    if "--" in text or "->" in text:
        text = _TYPED.sub(lambda typed: "→" if typed[0].endswith(">") else "-", text)
    return " ".join(text.split())


@remembered
def level(text: str) -> str:
    """A folding of the same length, for readers: what is found at [i:j] here stands at [i:j] in the original.

    `"原因：ＤＢ異常"` -> `"原因:db异常"`.
    """
    return text.translate(_LEVEL)


def fold_with_offsets(text: str) -> Folded:
    """The same text `fold` gives, with the place of each character in the original, for highlights."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    space: tuple[int, int] | None = None
    for start, end, folded in _clusters(text):
        for character in folded:
            if character.isspace():
                space = space or (start, end)
                continue
            if space and characters:
                characters.append(" ")
                starts.append(space[0])
                ends.append(space[1])
            space = None
            if characters and characters[-1] == "-" and character in "->":
                characters[-1] = "→" if character == ">" else "-"
                ends[-1] = end
                continue
            characters.append(character)
            starts.append(start)
            ends.append(end)
    return Folded("".join(characters), starts, ends)


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Each character with the marks that belong to it: from, to, and what it folds to."""
    if _JOINED.search(text):
        for cluster in _CLUSTER.finditer(text):
            yield cluster.start(), cluster.end(), _fold_characters(cluster[0])
    else:
        for at, character in enumerate(text):
            yield at, at + 1, _FOLD[ord(character)]


def is_word_character(character: str) -> bool:
    """True for letters and digits of alphabetic scripts: `a`, `7`, `é`; false for `行`, `%` and the empty string."""
    return character.isalnum() and character < "\u2e80"


def find(folded: str, term: str, *, prefix: bool = False) -> Iterator[tuple[int, int]]:
    """Where a folded term stands in a folded text, word ends respected; `prefix` lets a last word go on.

    `find("链接redis超时", "redis")` -> (2, 7); `find("redisson", "redis")` -> nothing, with `prefix` (0, 5).
    """
    if not term:
        return
    head = is_word_character(term[0])
    tail = is_word_character(term[-1]) and not prefix
    start = folded.find(term)
    while start >= 0:
        end = start + len(term)
        cut_before = head and start > 0 and is_word_character(folded[start - 1])
        cut_after = tail and end < len(folded) and is_word_character(folded[end])
        if not cut_before and not cut_after:
            yield start, end
        start = folded.find(term, start + 1)


def has(folded: str, term: str, *, prefix: bool = False) -> bool:
    """Whether a folded term stands in a folded text."""
    return next(find(folded, term, prefix=prefix), None) is not None


def cut(folded: str) -> set[str]:
    """The index terms of a folded text: its words, and every Chinese character with the one after it.

    `"链接redis超时"` -> {链接, 接, redis, 超时, 时}. The last character of a run stands alone, so that a question of
    one character is answered by the terms that begin with it.
    """
    terms: set[str] = set()
    for word, run in _WORD_OR_RUN.findall(folded):
        if word:
            terms.add(word[:_LONGEST_WORD])
        else:
            terms.update(map(add, run, run[1:]))
            terms.add(run[-1])
    return terms


class Needs(NamedTuple):
    """What a text must have to contain a term: index terms as they are, and beginnings of index terms."""

    exact: tuple[str, ...]
    beginnings: tuple[str, ...]


def needs(term: str, *, prefix: bool = False) -> Needs:
    """What the index can tell about a folded term; both empty for ASCII punctuation, which only a scan can find.

    `"账户2.0"` -> exact (账户, 2, 0); `"行"` -> beginnings (行,); `"red"` with `prefix` -> beginnings (red,).
    """
    exact: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    for match in _WORD_OR_RUN.finditer(term):
        if word := match["word"]:
            goes_on = len(word) > _LONGEST_WORD or (prefix and match.end() == len(term))
            (beginnings if goes_on else exact)[word[:_LONGEST_WORD]] = None
        elif len(run := match["run"]) == 1:
            beginnings[run] = None
        else:
            exact.update(dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1)))
    return Needs(tuple(exact), tuple(beginnings))
