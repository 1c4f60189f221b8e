"""`docs/searching.md` is true: every example in its tables is asked of the samples and finds something."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from notion_archive.archive import Archive
from notion_archive.cli import main
from notion_archive.queries.grammar import FIELDS, SPELLINGS

PAGE = (Path(__file__).parents[1] / "docs" / "searching.md").read_text("utf-8")
EXAMPLES = [
    example.replace(r"\|", "|")
    for row in re.findall(r"^\| (`.*) \|$", PAGE, re.MULTILINE)
    for cell in re.split(r" \| ", row)[: 2 if row.count(" | ") == 2 else 1]
    for example in re.findall(r"`([^`]+)`", cell)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_finds_something(samples: Archive, example: str) -> None:
    options = [word for word in shlex.split(example) if word.startswith("--")]
    typed, _, given = example.partition(" --")
    arguments = [typed, *(shlex.split(f"--{given}") if options else [])]
    done = CliRunner().invoke(
        main, ["--index", str(samples.folder), "search", *arguments], env={"NOTION_ARCHIVE_TODAY": "2024-02-28"}
    )
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() not in ("", "0")
    assert "Nothing was found" not in done.stdout


def test_every_field_has_an_example() -> None:
    asked = {FIELDS[name] for name in re.findall(r"`-?(\w+):", PAGE) if name in FIELDS}
    assert asked == set(SPELLINGS)
