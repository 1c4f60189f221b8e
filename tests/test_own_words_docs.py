"""`docs/own-words.md` is true: its files are read, and its table of fields is complete."""

import re
from pathlib import Path

from notion_archive import fixes, institutions, lexicon
from notion_archive.projects import corrections

PAGE = (Path(__file__).parents[1] / "docs" / "own-words.md").read_text("utf-8")


def test_every_example_is_read(tmp_path: Path) -> None:
    for at, (language, block) in enumerate(re.findall(r"```(toml|csv)\n(.*?)```", PAGE, re.DOTALL)):
        (tmp_path / ("institutions.csv" if language == "csv" else f"{at}.toml")).write_text(block, "utf-8")
    known = institutions.load(tmp_path / "institutions.csv")
    assert known.lookup("QSZF") == ("青杉租房",)
    assert lexicon.load(tmp_path).meanings("肇因") == ("cause",)
    assert lexicon.load(tmp_path).section_kind("踩坑") == "incident"
    assert corrections.load(tmp_path).names == {"账户2.0": "支付账户升级"}
    assert [record for record, _ in fixes.load(tmp_path, lambda: known)] == [
        "3f0c9a1b2d4e5f60", "9b1d4e5f603f0c2a", "0c2a9b1d4e5f603f",
    ]  # fmt: skip


def test_every_field_that_can_be_fixed_is_named() -> None:
    rows = re.findall(r"^\| (\w+) \| ((?:`\w+` ?)+)\|$", PAGE, re.MULTILINE)
    named = {kind: set(re.findall(r"`(\w+)`", fields)) for kind, fields in rows}
    every = named.pop("every")
    assert {kind: fields | every for kind, fields in named.items()} == {
        kind: set(names) for kind, names in fixes.FIELDS.items() if kind in named
    }
    assert {kind for kind, names in fixes.FIELDS.items() if set(names) != every} == set(named)
