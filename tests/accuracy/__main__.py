"""Prints the figures; `--differences` prints every difference too, `--write` puts the figures into docs/accuracy.md.

make accuracy
"""

import sys

from accuracy import documents, figures, projects, sentences


def main() -> None:
    """What was asked for on the command line."""
    sys.stdout.write(figures.table())
    if "--differences" in sys.argv:
        lines = [*documents.measure(documents.SEEN)[1], *sentences.measure()[1], *projects.measure()[1]]
        sys.stdout.write("\n".join(["", *lines, ""]))
    if "--write" in sys.argv:
        figures.write()


main()
