"""Prints the figures, and with `--differences` every difference.

make accuracy
"""

import sys

from accuracy import documents, projects, sentences


def main() -> None:
    """All figures as a table."""
    scores, differences = documents.measure()
    print(f"records: {sum(1 for _ in documents.documents())} documents")  # noqa: T201
    print(f"{'what':24} {'right':>6} {'wrong':>6} {'missed':>6} {'precision':>9} {'recall':>7} {'F1':>6}")  # noqa: T201
    for name, score in sorted(scores.items()):
        figures = f"{score.right:6} {score.wrong:6} {score.missed:6} {score.precision:9.3f} {score.recall:7.3f}"
        print(f"{name:24} {figures} {score.f1:6.3f}")  # noqa: T201
    score, more = sentences.measure()
    print(f"\ninstitutions: precision {score.precision:.3f}, recall {score.recall:.3f} ({score.right} named)")  # noqa: T201
    told, wrong = projects.measure()
    for name, one in told.items():
        print(f"projects of {name}: precision {one.precision:.3f}, recall {one.recall:.3f}, F1 {one.f1:.3f}")  # noqa: T201
    if "--differences" in sys.argv:
        print("\n".join(["", *differences, *more, *wrong]))  # noqa: T201


main()
