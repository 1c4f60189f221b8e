"""A project's name taken apart: what tells it from others, its numbers, and the words that may come and go."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from notion_archive import naming, patterns, text

_NUMERALS = "一二三四五六七八九十"
_PHASE = patterns.compile(
    rf"第?(?P<number>[{_NUMERALS}]{{1,2}}|\d{{1,2}})(?P<counted>期|阶段|批次?|轮)|(?P<word>phase|stage|step|batch)\s*(?P<latin>\d{{1,2}})"
)
_VERSION = patterns.compile(
    r"(?:(?<![a-z0-9.])v?|(?<=[a-z]{3}))(?P<number>\d{1,4}(?:\.(?:\d{1,3}|x))+)(?![\d.])"
    r"|(?<![a-z0-9])v(?P<bare>\d{1,3})(?![a-z0-9.])"
)
_NUMBER = patterns.compile(r"(?:(?<![a-z0-9.])|(?<=[a-z]{3}))\d{1,4}(?![a-z0-9.])")  # the 5 of h5 is none
_UNIT = patterns.compile(r"[a-z0-9][a-z0-9+#]*|[^\W_]", re.UNICODE)
_WORDS = {"phase": "期", "stage": "阶段", "step": "步", "batch": "批", "批次": "批"}
_SPOKEN = {"双十一": "双11", "双十二": "双12"}


class Loose(NamedTuple):
    """The words that tell no project from another: `endings` at the end of a name, `qualifiers` anywhere in it."""

    endings: tuple[str, ...]
    qualifiers: tuple[str, ...]
    empty: tuple[str, ...]

    @classmethod
    def of(cls, endings: Iterable[str], qualifiers: Iterable[str], empty: Iterable[str]) -> "Loose":
        """Longest first, folded. The `empty` ones mean nothing, not even in one report: 项目."""
        lists = ({text.fold(word) for word in words} for words in ({*endings, *empty}, qualifiers, empty))
        return cls(*(tuple(sorted(words, key=lambda word: (-len(word), word))) for words in lists))


class Wording(NamedTuple):
    """A name as it is compared: its `telling` characters and Latin words in order, its versions and phases.

    `"支付账户2.0升级"` -> telling 支 付 账 户, numbers {2}, loose {升级}; `"新网关 二期"` -> 新 网 关, {期2}.
    `plain` is what two items of one report must share to be one project written twice.
    """

    telling: tuple[str, ...]
    numbers: frozenset[str]
    loose: frozenset[str]
    plain: tuple[tuple[str, ...], frozenset[str], frozenset[str]]


def read(name: str, words: Loose) -> Wording:
    """Take a name apart."""
    folded = text.fold(naming.without_count(naming.clean(name)))
    for spoken, written in _SPOKEN.items():
        folded = folded.replace(spoken, written)
    numbers, folded = _numbers(folded)
    outside = re.sub(r"\([^()]*\)", " ", folded)
    inside = " ".join(re.findall(r"\(([^()]*)\)", folded))
    if not _units(outside):
        outside, inside = inside, ""
    main, loose = _without_loose(outside.strip(), words)
    telling, found = (*_units(main), *_units(inside)), frozenset(numbers)
    plain = (telling, found, frozenset(loose).difference(words.empty))
    return Wording(telling=telling, numbers=found, loose=frozenset(loose), plain=plain)


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


def _without_loose(words: str, among: Loose) -> tuple[str, list[str]]:
    """Loose words taken off as long as two characters or a Latin word are left that tell something."""
    taken: list[str] = []
    changed = True
    while changed:
        changed = False
        for ending in among.endings:
            short = words.removesuffix(ending).rstrip()
            if short != words and _tells(short) and (not ending.isascii() or words.endswith(f" {ending}")):
                words, changed = short, True
                taken.append(ending)
                break
    for qualifier in among.qualifiers:
        short = _left_out(words, qualifier)
        if short != words and _tells(short):
            words = short
            taken.append(qualifier)
    return words, taken


def _left_out(words: str, qualifier: str) -> str:
    if qualifier.isascii():
        return re.sub(rf"(?<![a-z0-9]){re.escape(qualifier)}(?![a-z0-9])", " ", words)
    return words.replace(qualifier, " ")


def _tells(words: str) -> bool:
    units = _units(words)
    return len(units) >= 2 or any(len(unit) > 1 for unit in units)


def _units(words: str) -> list[str]:
    """`"hive 数仓"` -> [hive, 数, 仓]; a Latin plural is its singular."""
    found = _UNIT.findall(words)
    return [
        unit[:-1] if len(unit) > 4 and unit.isascii() and unit[-1] == "s" and unit[-2] != "s" else unit
        for unit in found
    ]
