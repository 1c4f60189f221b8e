"""Gates: what a text must have, read off patterns themselves, before it is worth asking them.

Most words tell of no day, no number and no state. A gate is one class of characters, of which every text that a pattern
finds anything in has one at least: where it says no, the pattern would find nothing. It is made from the pattern as it is
compiled, so that it cannot be forgotten when that changes.
"""

import re
from collections.abc import Iterable, Sequence
from functools import reduce
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from notion_archive.patterns import later

_COMMON = frozenset("etaoinsrhl \n")  # stand in nearly every English text
_MOST = 80  # characters; a class that has more tells little
_CLASSES = {ops.CATEGORY_DIGIT: (r"\d", 1), ops.CATEGORY_SPACE: (r"\s", 20)}
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

Class = dict[str, int]  # parts of a class of characters as a pattern writes them, and how much each lets through


def gate(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    r"""A pattern that is found in every text in which one of these is: `\s*(?:前|by)` and `完成\d` -> `[前b完]`.

    A pattern that may match where none of few characters stands lets everything through.
    """
    return later(lambda: _gate(patterns))


def _gate(patterns: Sequence[re.Pattern[str]]) -> re.Pattern[str]:
    together: Class | None = {}
    ignoring = 0
    for pattern in patterns:
        together = _both(together, _of_all(parser.parse(pattern.pattern, pattern.flags)))
        ignoring |= pattern.flags & re.IGNORECASE
    return re.compile("" if together is None else f"[{''.join(sorted(together))}]", ignoring)


def headed(pattern: re.Pattern[str]) -> re.Pattern[str]:
    r"""The same pattern, tried only where a character stands that it can begin with: `(?<!v)\d+|约` -> `(?=[\d约])(?:…)`."""
    return later(lambda: _headed(pattern))


def _headed(pattern: re.Pattern[str]) -> re.Pattern[str]:
    first, empty = _first_of_all(parser.parse(pattern.pattern, pattern.flags))
    if first is None or empty:
        return pattern
    end = "\n)" if pattern.flags & re.VERBOSE else ")"  # a remark may stand at the end of a verbose one
    return re.compile(f"(?=[{''.join(sorted(first))}])(?:{pattern.pattern}{end}", pattern.flags)


def _first_of_all(parts: Iterable[tuple[Any, Any]]) -> tuple[Class | None, bool]:
    """What may stand first of what must follow each other, None where it may be nearly anything; and whether nothing may."""
    together: Class | None = {}
    for op, value in parts:
        found, empty = _first(op, value)
        together = _both(together, found)
        if not empty:
            return together, False
    return together, True


def _first(op: Any, value: Any) -> tuple[Class | None, bool]:
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return {}, True
    if op is ops.BRANCH:
        branches = [_first_of_all(branch) for branch in value[1]]
        return reduce(_both, [found for found, _ in branches]), any(empty for _, empty in branches)
    if op is ops.SUBPATTERN:
        return (None, True) if value[1] or value[2] else _first_of_all(value[3])
    if op in _REPEATS:
        found, empty = _first_of_all(value[2])
        return found, empty or not value[0]
    if op is ops.ATOMIC_GROUP:
        return _first_of_all(value)
    return (_of(op, value), False) if op in (ops.LITERAL, ops.IN) else (None, True)


def _both(one: Class | None, other: Class | None) -> Class | None:
    return None if one is None or other is None else one | other


def _of_all(parts: Iterable[tuple[Any, Any]]) -> Class | None:
    """Of what must follow each other, the part that lets least through."""
    known = [found for op, value in parts if (found := _of(op, value)) is not None]
    known = [found for found in known if sum(found.values()) <= _MOST]
    return min(known, key=lambda found: sum(found.values()), default=None)


def _of(op: Any, value: Any) -> Class | None:
    if op is ops.LITERAL:
        return {re.escape(chr(value)): _weight(chr(value))}
    if op is ops.IN:
        return _of_class(value)
    if op is ops.BRANCH:
        found: Class | None = {}
        for branch in value[1]:
            found = _both(found, _of_all(branch))
        return found
    if op is ops.SUBPATTERN:
        return None if value[1] or value[2] else _of_all(value[3])
    if op in _REPEATS:
        return _of_all(value[2]) if value[0] else None
    if op is ops.ATOMIC_GROUP:
        return _of_all(value)
    return _of_all(value[1]) if op is ops.ASSERT else None


def _weight(character: str) -> int:
    """How much is let through with a character: many texts have an `e`, few a digit or any one Chinese character."""
    if character in "0123456789":
        return 1
    return 6 if character in _COMMON else 4 if character.isascii() else 2


def _of_class(parts: Sequence[tuple[Any, Any]]) -> Class | None:
    found: Class = {}
    for op, value in parts:
        if op is ops.LITERAL:
            found |= _of(op, value) or {}
        elif op is ops.RANGE:
            found[f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"] = sum(
                _weight(chr(code)) for code in range(value[0], min(value[1] + 1, value[0] + _MOST))
            )
        elif op is ops.CATEGORY and value in _CLASSES:
            found[_CLASSES[value][0]] = _CLASSES[value][1]
        else:
            return None
    return found
