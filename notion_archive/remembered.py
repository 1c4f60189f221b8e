"""What the readers ask a dozen times of the same words is worked out once: a clause by each that looks into it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

_SHORT = 400  # characters; of longer texts, which an export may have by the megabyte, nothing is kept
_MOST = 4096  # answers of each function

P = ParamSpec("P")
R = TypeVar("R")


def remembered(function: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """A pure function of a text, whose last answers are kept."""
    kept = cast("Callable[Concatenate[str, P], R]", lru_cache(_MOST)(function))

    @wraps(function)
    def asked(words: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return (kept if len(words) <= _SHORT else function)(words, *args, **kwargs)

    return asked
