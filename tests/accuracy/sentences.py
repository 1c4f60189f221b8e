"""Institutions against labelled sentences: `tests/golden/institutions.tsv`, half of them traps."""

import csv
from pathlib import Path

from accuracy.score import Score
from notion_archive import institutions

SENTENCES = Path(__file__).parents[1] / "golden" / "institutions.tsv"


def measure(file: Path = SENTENCES) -> tuple[Score, list[str]]:
    """The score over all sentences, and a line for each that was read otherwise than labelled."""
    known = institutions.load()
    score, differences = Score(), []
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            true = {name for name in row["institutions"].split(";") if name}
            found = set(known.named(row["sentence"]))
            score.add(found, true)
            if found != true:
                differences.append(f"{row['sentence']}: {sorted(found)}, should be {sorted(true)}")
    return score, differences
