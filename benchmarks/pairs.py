"""The cut our index is made with, in the order of the text, for engines that find phrases by the places of terms.

`text.cut` gives a set: our engine keeps no places, and looks at the text itself instead. What is cut is the same.
"""

import re
from typing import NamedTuple

from notion_archive import text

_PIECES = re.compile(r"(?P<word>[^\W_\u2e80-\U0010ffff]+)|(?P<run>[\u2e80-\U0010ffff]+)")


class Phrase(NamedTuple):
    """Terms that must stand one after the other; `goes_on`: there is one, and it may be the beginning of a term."""

    terms: tuple[str, ...]
    goes_on: bool


def cut(folded: str) -> list[str]:
    """`"链接redis超时"` -> 链接, 接, redis, 超时, 时."""
    return [term for piece in _PIECES.finditer(folded) for term in _terms(piece)]


def phrase(words: str, *, prefix: bool = False) -> Phrase:
    """What a text has that has these words: `"链接redis超时"` -> 链接, 接, redis, 超时; `"行"` -> what begins with 行."""
    terms = cut(text.fold(words))
    if len(terms) == 1:
        return Phrase(tuple(terms), goes_on=prefix or not text.is_word_character(terms[0][-1]))
    ends_in_run = not text.is_word_character(terms[-1][-1])
    return Phrase(tuple(terms[:-1] if ends_in_run else terms), goes_on=False)


def _terms(piece: re.Match[str]) -> list[str]:
    run = piece["run"]
    return [run[at : at + 2] for at in range(len(run))] if run else [piece["word"][:64]]
