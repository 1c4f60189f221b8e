"""ripgrep over the pages themselves. It has nothing to build, knows lines and files but no records, and reads all each time."""

import re
import shutil
from pathlib import Path

from benchmarks import process
from benchmarks.questions import Question
from notion_archive.model import Term
from notion_archive.text import is_word_character

_NOTHING = 1  # what it exits with where it finds nothing


def missing() -> bool:
    """Whether it is not installed."""
    return shutil.which("rg") is None


def command(question: Question, pages: Path, *options: str) -> tuple[str, ...]:
    """What one would type: lines that have all the words, in either order."""
    first, *rest = [_pattern(term) for term in question.terms]
    found = f"{first}.*{rest[0]}|{rest[0]}.*{first}" if rest else first
    return ("rg", *options, "-i", "-e", found, str(pages))


def seconds(question: Question, pages: Path) -> float:
    """How long it takes to count the lines."""
    return process.seconds(command(question, pages, "-c"), fine=(0, _NOTHING))


def lines(pages: Path) -> float:
    """How long it takes to count every line there is."""
    return process.seconds(("rg", "-c", ".", str(pages)))


def files(question: Question, pages: Path) -> int:
    """How many files have such a line."""
    return process.output(command(question, pages, "-l"), fine=(0, _NOTHING)).count("\n")


def _pattern(term: Term) -> str:
    """A Latin word is no part of a longer one: `redis` in `链接redis超时`, not in `redisson`."""
    edge = r"(?-u:\b)"
    before = edge if is_word_character(term.text[0]) else ""
    after = edge if is_word_character(term.text[-1]) and not term.prefix else ""
    return f"{before}{re.escape(term.text)}{after}"
