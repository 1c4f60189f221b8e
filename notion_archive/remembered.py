"""What the readers ask a dozen times of the same words is worked out once: a clause by each that looks into it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

_SHORT = 400  # characters; of longer texts, which an export may have by the megabyte, nothing is kept
_MOST = 4096  # answers of each function

P = ParamSpec("P")
R = TypeVar("R")


class _Answers(dict[str, R]):
    """What a function says of texts; to ask it again of one of them is no call in Python."""

    def __init__(self, function: Callable[[str], R]) -> None:
        self._function = function

    def __missing__(self, words: str) -> R:
        answer = self._function(words)
        if len(words) <= _SHORT:
            if len(self) >= _MOST:
                self.clear()
            self[words] = answer
        return answer


def remembered(function: Callable[[str], R]) -> Callable[[str], R]:
    """A pure function of a text and nothing else, whose last answers are kept."""
    return _Answers(function).__getitem__


def remembered_with(function: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """The same of a text and what it is read with: a period, a lexicon."""
    kept = cast("Callable[Concatenate[str, P], R]", lru_cache(_MOST)(function))

    @wraps(function)
    def asked(words: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return (kept if len(words) <= _SHORT else function)(words, *args, **kwargs)

    return asked
