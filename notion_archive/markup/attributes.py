"""What the attributes of HTML tags say: sizes that make a toggle a heading, weights, days, numbers."""

import re

_TOGGLE_HEADING = re.compile(r"font-size:\s*(1\.875|1\.5|1\.25)em")
_TOGGLE_LEVELS = {"1.875": 1, "1.5": 2, "1.25": 3}
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)")
_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\S*")


def toggle_level(style: str) -> int | None:
    """The level of a toggle that is a heading, which only its size tells: `font-size:1.5em` -> 2, None for any other."""
    size = _TOGGLE_HEADING.search(style)
    return _TOGGLE_LEVELS[size[1]] if size else None


def is_bold(style: str) -> bool:
    """Whether words are bold: `font-weight:600` and `font-weight: bold` are."""
    return _BOLD.search(style) is not None


def time(words: str, given: str, *, stated: bool) -> str:
    """The words of a `<time>`; its attribute, where a value is asked for, or where the words say no day: @Yesterday.

    `<time datetime="2023-11-29T20:57:00.000Z">@2023년 11월 29일</time>` -> `2023-11-29 20:57`.
    """
    given = _STAMP.sub(r"\1 \2", given.strip())
    if given and "→" not in words and (stated or not any(character.isdigit() for character in words)):
        return given
    return words.removeprefix("@") if stated else words


def number(words: str, otherwise: int) -> int:
    """A number of rows, columns or items: "12" -> 12, what is none ("", "-1", "1e9") -> otherwise."""
    return int(words) if re.fullmatch(r"[0-9]{1,6}", words.strip()) else otherwise
