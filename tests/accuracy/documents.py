"""Records against labels: `tests/golden/*/*/NAME.md` is a page, `NAME.json` what a careful reader says of it.

A record is found when there is one of its kind at its place (or, for updates and metrics, with its name). A field of a
found record is right when it says the same: names after folding, free text (summary, cause, resolution) when at least
four fifths of its character pairs are shared, everything else exactly.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from accuracy.score import Score
from notion_archive import reports, text
from notion_archive.model import Page
from notion_archive.vocabulary import Vocabulary

GOLDEN = Path(__file__).parents[1] / "golden"
SEEN, UNSEEN = GOLDEN / "seen", GOLDEN / "unseen"
Json = dict[str, Any]
_FREE = {"summary", "cause", "resolution"}
_NAMES = {"project", "parent", "name", "group", "severity", "unit"}
_ENOUGH = 0.8


def documents(folder: Path) -> Iterator[tuple[Path, Json]]:
    """Every labelled document with its labels."""
    for file in sorted(folder.rglob("*.json")):
        yield file.with_suffix(".md"), json.loads(file.read_text("utf-8"))


def measure(folder: Path) -> tuple[dict[str, Score], list[str]]:
    """Scores by kind (`incident`) and by field (`incident.cause`), and a line for each difference."""
    scores: dict[str, Score] = {}
    differences: list[str] = []
    words = Vocabulary()
    for file, labels in documents(folder):
        page = Page(id="golden", path=labels["path"], text=file.read_text("utf-8"))
        report = msgspec.to_builtins(reports.read_report(page, words))
        for line in _compare(report, labels, scores):
            differences.append(f"{file.relative_to(folder)}: {line}")
    return scores, differences


def _compare(report: Json, labels: Json, scores: dict[str, Score]) -> Iterator[str]:
    for field, true in labels["report"].items():
        yield from _field("report", field, report[field], true, scores)
    left = list(report["records"])
    for true in labels["records"]:
        score = scores.setdefault(true["kind"], Score())
        found = max(left, key=lambda one: _likeness(one, true), default=None)
        if found is None or not _likeness(found, true):
            score.missed += 1
            yield f"missed {true['kind']} at {true['lines']}: {_called(true)}"
            continue
        left.remove(found)
        score.right += 1
        for field in true.keys() - {"kind", "lines", "text"}:
            yield from _field(true["kind"], field, found[field], true[field], scores, at=true["lines"])
    for found in left:
        scores.setdefault(found["kind"], Score()).wrong += 1
        yield f"invented {found['kind']} at {found['lines']}: {_called(found)}"


def _likeness(found: Json, true: Json) -> float:
    """How well a record fits a label; 0 where it does not."""
    if found["kind"] != true["kind"]:
        return 0
    together = max(0, min(found["lines"][1], true["lines"][1]) - max(found["lines"][0], true["lines"][0]) + 1)
    near = 1 / (1 + abs(found["lines"][0] - true["lines"][0]))
    if true["kind"] == "update":
        ours, theirs = same(found["project"]), same(true["project"])
        return 10 + near if ours == theirs else 5 + near if together and (ours in theirs or theirs in ours) else 0
    if true["kind"] == "metric":
        alike = 2 * (found["value"] == true["value"]) + 4 * (same(found["name"]) == same(true["name"]))
        return near + alike if together else 0
    return near if together else 0


def _field(kind: str, field: str, found: Any, true: Any, scores: dict[str, Score], at: object = "") -> Iterator[str]:
    if not found and not true and isinstance(true, list):
        return
    score = scores.setdefault(f"{kind}.{field}", Score())
    if _says_the_same(field, found, true):
        score.right += 1
        return
    score.wrong += 1
    score.missed += 1
    yield f"{kind}.{field} at {at}: {found!r}, should be {true!r}"


def _says_the_same(field: str, found: Any, true: Any) -> bool:
    if field in _FREE:
        return shared(found or "", true or "") >= _ENOUGH
    if field in _NAMES or field == "title":
        return same(found or "") == same(true or "")
    if field == "institutions":
        return set(found) == set(true)
    if field in ("risks", "problems"):
        return [same(one) for one in found] == [same(one) for one in true]
    if field == "milestones":
        return Counter(map(_span, found)) == Counter(map(_span, true))
    if field == "progress":
        return Counter(map(_share, found)) == Counter(map(_share, true))
    return bool(found == true)


def _span(milestone: Json) -> tuple[str, str, str]:
    return milestone["start"], milestone["end"], milestone["state"]


def _share(progress: Json) -> tuple[float | None, int | None, int | None]:
    return progress.get("percent"), progress.get("done"), progress.get("total")


def same(words: str) -> str:
    """Letters and digits only, folded."""
    return re.sub(r"[\W_]+", "", text.fold(words))


def shared(found: str, true: str) -> float:
    """The share of character pairs two texts have in common, from 0 to 1."""
    ours, theirs = (Counter(zip(same(one), same(one)[1:], strict=False)) for one in (found, true))
    if not ours or not theirs:
        return float(same(found) == same(true))
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def _called(record: Json) -> str:
    return str(record.get("project") or record.get("summary") or record.get("name") or record.get("text"))[:60]
