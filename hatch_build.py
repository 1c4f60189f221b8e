"""Makes the character tables the package ships: traditional to simplified Chinese, and the readings of a character.

Both come from well-kept libraries that only the build needs (opencc, pypinyin); the installed tool needs neither.
"""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TABLES = Path(__file__).parent / "notion_archive" / "tables"


class CharacterTables(BuildHookInterface[Any]):
    """Writes `notion_archive/tables/*.tsv` before the package is built or installed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make both tables; a table that is there already and says the same is left alone."""
        TABLES.mkdir(exist_ok=True)
        _write("simplified.tsv", _simplified())
        _write("pinyin.tsv", _pinyin())


def _write(name: str, rows: dict[str, str]) -> None:
    text = "".join(f"{character}\t{value}\n" for character, value in sorted(rows.items()))
    file = TABLES / name
    if not file.exists() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")


def _simplified() -> dict[str, str]:
    """Each traditional character with its first simplified one: 對 -> 对."""
    import opencc

    rows = (Path(opencc.__file__).parent / "dictionary" / "TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if "\t" in row)
    table = {before: after.split(" ")[0] for before, after in pairs}
    return {before: after for before, after in table.items() if len(before) == len(after) == 1 and before != after}


def _pinyin() -> dict[str, str]:
    """Each character with its readings, without tones: 行 -> hang heng xing."""
    from pypinyin import Style
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.style import convert

    rows = {}
    for code, readings in PINYIN_DICT.items():
        if 0x4E00 <= code <= 0x9FFF:
            plain = {convert(reading, Style.NORMAL, strict=False) for reading in readings.split(",")}
            rows[chr(code)] = " ".join(sorted(plain))
    return rows
