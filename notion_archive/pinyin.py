"""What a user typed in Latin letters against a Chinese name: `zhongguo yinhang`, `zgyh` -> 中国银行.

A character has several readings (行 -> hang, heng, xing); any of them fits. The table is loaded when it is first asked.
"""

import unicodedata
from functools import cache

from notion_archive.text import fold, read_table


def letters(asked: str) -> str | None:
    """`Zhōngguó Yín'háng` -> zhongguoyinhang, `lǜ` -> lv; None where there is more than Latin letters."""
    marked = unicodedata.normalize("NFD", fold(asked).replace("u:", "ü")).replace("u\u0308", "v")
    plain = "".join(
        character for character in marked if not unicodedata.combining(character) and character not in " '-"
    )
    return plain if plain.isascii() and plain.isalpha() else None


def spells(typed: str, name: str, *, beginning: bool = False) -> bool:
    """Do these letters spell this name, in any reading? `zhongguoyinhang` and `中国银行` -> True.

    `beginning`: may the name go on where the letters end?
    """
    reached = {0}
    for character in _spoken(name):
        reached = {
            at + len(reading) for at in reached for reading in _readings(character) if typed.startswith(reading, at)
        }
        if beginning and len(typed) in reached:
            return True
        if not reached:
            return False
    return len(typed) in reached


def initials(typed: str, name: str) -> bool:
    """Are these the first letters of the characters? `zgyh` and `中国银行` -> True."""
    spoken = _spoken(name)
    return len(typed) == len(spoken) and all(
        any(reading.startswith(letter) for reading in _readings(character))
        for letter, character in zip(typed, spoken, strict=True)
    )


def spelled(name: str) -> str:
    """One reading of a name, to compare spellings with: `中国银行` -> zhongguoyinhang."""
    return "".join(_readings(character)[0] for character in _spoken(name))


def alike(character: str) -> str:
    """The characters that can sound as this one does, itself among them: `建` -> 建见件鉴…; empty where none is known."""
    return "".join(
        dict.fromkeys("".join(_sounding().get(reading, "") for reading in _table().get(character, "").split()))
    )


def _spoken(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())


@cache
def _readings(character: str) -> tuple[str, ...]:
    return tuple(_table().get(character, character).replace("ü", "v").split())


@cache
def _sounding() -> dict[str, str]:
    sounding: dict[str, list[str]] = {}
    for character, readings in _table().items():
        for reading in readings.split():
            sounding.setdefault(reading, []).append(character)
    return {reading: "".join(characters) for reading, characters in sounding.items()}


@cache
def _table() -> dict[str, str]:
    return read_table("pinyin.tsv")
