"""All figures as one table, and the page that shows them."""

import re
from pathlib import Path

from accuracy import documents, projects, rewritten, sentences
from accuracy.score import Score

PAGE = Path(__file__).parents[2] / "docs" / "accuracy.md"
_TABLE = re.compile(r"```text\n(.*?)```", re.DOTALL)


def table() -> str:
    """The figures of `make accuracy`: records by kind and field, institutions, projects, pages laid out otherwise."""
    lines = []
    for title, folder in (("authors seen", documents.SEEN), ("authors never seen", documents.UNSEEN)):
        scores, _ = documents.measure(folder)
        count = sum(1 for _ in documents.documents(folder))
        lines += [f"{f'{title}: {count} documents':40} right wrong missed precision recall    F1"]
        lines += [_line(name, scores[name]) for name in sorted(scores)]
        lines.append("")
    score, _ = sentences.measure()
    lines += [f"{'institutions in sentences':40} right wrong missed precision recall    F1", _line("named", score), ""]
    lines.append(f"{'projects across weeks (B-cubed)':40}                    precision recall    F1")
    lines += [
        f"{name:40}                    {one.precision:9.3f} {one.recall:6.3f} {one.f1:5.3f}"
        for name, one in projects.measure()[0].items()
    ]
    lines += ["", f"{'the same pages laid out otherwise':40}  same   new   lost precision recall    F1"]
    lines += [_line(name, score) for name, score in rewritten.measure().items()]
    return "\n".join(lines) + "\n"


def _line(name: str, score: Score) -> str:
    return (
        f"{name:40} {score.right:5} {score.wrong:5} {score.missed:6} {score.precision:9.3f} {score.recall:6.3f} "
        f"{score.f1:5.3f}"
    )


def shown() -> str:
    """The figures that stand in docs/accuracy.md."""
    found = _TABLE.search(PAGE.read_text("utf-8"))
    return found[1] if found else ""


def write() -> None:
    """Put the figures of now into docs/accuracy.md."""
    page = PAGE.read_text("utf-8")
    PAGE.write_text(_TABLE.sub(lambda _: f"```text\n{table()}```", page), "utf-8")
