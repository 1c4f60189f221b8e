"""The figures of docs/accuracy.md are those of the code: one that falls fails here, and so does one that rises unread."""

from accuracy import figures


def test_the_page_shows_the_figures_of_now() -> None:
    assert figures.shown() == figures.table(), (
        "Run: make accuracy. Read it; if all is well: make accuracy WRITE=--write"
    )
