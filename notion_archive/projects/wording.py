"""A project's name taken apart: what tells it from others, its numbers, and the words that may come and go."""

import re
from functools import lru_cache
from sys import intern
from typing import NamedTuple, TypeVar

from notion_archive import patterns
from notion_archive.projects.terms import Terms, singular

_NUMERALS = "一二三四五六七八九十"
_PHASE = patterns.compile(
    rf"第?(?P<number>[{_NUMERALS}]{{1,2}}|\d{{1,2}})(?P<counted>期|阶段|批次?|轮)|(?P<word>phase|stage|step|batch)\s*(?P<latin>\d{{1,2}})"
)
_VERSION = patterns.compile(
    r"(?:(?<![a-z0-9.])v?|(?<=[a-z]{3}))(?P<number>\d{1,4}(?:\.(?:\d{1,3}|x))+)(?![\d.])"
    r"|(?<![a-z0-9])v(?P<bare>\d{1,3})(?![a-z0-9.])"
)
_NUMBER = patterns.compile(r"(?:(?<![a-z0-9.])|(?<=[a-z]{3}))\d{1,4}(?![a-z0-9.])")  # the 5 of h5 is none
_UNIT = patterns.compile(r"[a-z0-9][a-z0-9+#]*|[^\W_]|[\ue000-\uf8ff]", re.UNICODE)
_BRACKETS = re.compile(r"\(([^()]*)(?:\)|$)")
_WORDS = {"phase": "期", "stage": "阶段", "step": "步", "batch": "批", "批次": "批"}
_SPOKEN = {"双十一": "双11", "双十二": "双12"}

Units = tuple[str, ...]
T = TypeVar("T")


class Wording(NamedTuple):
    """A name as it is compared: its `telling` characters, Latin words and institutions in order, what stands `beside`
    them in brackets and `above` them as the parent's name, its versions and phases.

    `"支付账户2.0升级"` -> telling 支 付 账 户, numbers {2}, loose {升级}; `"新网关 二期"` -> 新 网 关, {期2}.
    `sides` are the opposites it is for. `plain` is what two items of one report must share to be one project written
    twice.
    """

    telling: Units
    beside: Units
    above: Units
    numbers: frozenset[str]
    numbers_above: frozenset[str]
    loose: frozenset[str]
    sides: frozenset[tuple[str, str]]
    plain: tuple[Units, frozenset[str], frozenset[str]]


def read(name: str, terms: Terms, brackets: str = "", parent: str = "") -> Wording:
    """Take a name apart; `brackets` is what an author put behind it, `parent` the name it stands under."""
    numbers, folded = _told(name, terms)
    outside, inside = _BRACKETS.sub(" ", folded), " ".join(_BRACKETS.findall(folded))
    if not _units(outside):
        outside, inside = inside, ""
    main, loose = _without_loose(outside.strip(), terms)
    telling, own = _units(main), _units(inside)
    _, behind = _told(brackets, terms)
    numbers_above, above = _told(parent, terms)
    return Wording(
        telling=telling, beside=own + tuple(unit for unit in _units(behind) if not unit.isdigit()), above=_units(above),
        numbers=_kept(numbers), numbers_above=_kept(numbers_above), loose=_kept(loose),
        sides=_kept(terms.sides(f"{folded} {behind}")), plain=(telling + own, _kept(numbers), _kept(loose - terms.empty)),
    )  # fmt: skip


@lru_cache(1024)
def _kept(words: frozenset[T]) -> frozenset[T]:
    """The same: most names have nothing of a kind, or what many others have, which is in memory once."""
    return words


def _told(name: str, terms: Terms) -> tuple[frozenset[str], str]:
    """The numbers in a name, and its other words in the terms of the field."""
    if not name:
        return frozenset(), ""
    told = terms.told(name)
    for spoken, written in _SPOKEN.items():
        told = told.replace(spoken, written)
    numbers, rest = _numbers(told)
    return frozenset(numbers), rest


def _numbers(folded: str) -> tuple[set[str], str]:
    """Versions, phases and other numbers, and what is left: `账户1.x` -> 1; `v2`, `2.0` -> 2; `二期` -> 期2."""
    found: set[str] = set()

    def phase(match: re.Match[str]) -> str:
        counted = match["counted"] or match["word"]
        number = match["number"] or match["latin"]
        found.add(f"{_WORDS.get(counted, counted)}{_value(number)}")
        return " "

    def version(match: re.Match[str]) -> str:
        found.add(re.sub(r"(?:\.(?:0|x))+$", "", match["number"] or match["bare"]))
        return " "

    def number(match: re.Match[str]) -> str:
        found.add(match[0])
        return " "

    rest = _NUMBER.sub(number, _VERSION.sub(version, _PHASE.sub(phase, folded)))
    return (found, rest) if _units(rest) else (set(), folded)


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (_digit(tens) or 1) * 10 * bool(ten) + _digit(ones)


def _digit(numeral: str) -> int:
    return _NUMERALS.find(numeral) + 1 if numeral else 0


def _without_loose(words: str, among: Terms) -> tuple[str, frozenset[str]]:
    """Loose words taken off as long as two characters, a Latin word or an institution are left that tell something."""
    taken: list[str] = []
    changed = True
    while changed:
        changed = False
        for loose, short in (
            *((ending, words.removesuffix(ending).rstrip()) for ending in among.tails),
            *((beginning, words.removeprefix(beginning).lstrip()) for beginning in among.beginnings),
        ):
            if short != words and _tells(short) and (not loose.isascii() or f" {loose} " in f" {words} "):
                words, changed = short, True
                taken.append(loose)
                break
    for qualifier in among.qualifiers:
        short = _left_out(words, qualifier)
        if short != words and _tells(short):
            words = short
            taken.append(qualifier)
    return words, frozenset(taken)


def _left_out(words: str, qualifier: str) -> str:
    if qualifier.isascii():
        return re.sub(rf"(?<![a-z0-9]){re.escape(qualifier)}(?![a-z0-9])", " ", words)
    return words.replace(qualifier, " ")


def _tells(words: str) -> bool:
    units = _units(words)
    return len(units) >= 2 or any(map(is_word, units))


def is_word(unit: str) -> bool:
    """Whether a unit is more than a character: a Latin word or the sign of an institution."""
    return len(unit) > 1 or is_institution(unit)


def is_institution(unit: str) -> bool:
    """Whether a unit is the sign of an institution (see `Terms`)."""
    return unit >= "\ue000"


def _units(words: str) -> Units:
    """`"hive 数仓"` -> hive, 数, 仓; a Latin plural is its singular."""
    return tuple(intern(singular(unit)) for unit in _UNIT.findall(words))
