"""Patterns that are compiled when they are first used: most commands need few of those their rooms have."""

import re
from collections.abc import Callable
from typing import cast


class _Pattern:
    """Becomes the pattern it stands for with the first thing it is asked."""

    def __init__(self, make: Callable[[], re.Pattern[str]]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> object:
        found = getattr(self._make(), name)
        setattr(self, name, found)  # from now on it is found here at once
        return found


def compile(written: str, flags: int = 0) -> re.Pattern[str]:  # noqa: A001 as `re` calls it
    """As `re.compile`, but a mistake in a pattern shows when it is used, not when it is written."""
    return later(lambda: re.compile(written, flags))


def later(make: Callable[[], re.Pattern[str]]) -> re.Pattern[str]:
    """A pattern that is made when it is first used."""
    return cast("re.Pattern[str]", _Pattern(make))
