"""A figure of `make accuracy` that falls fails here. The floors are the figures somebody last read, rounded down."""

import tomllib
from pathlib import Path

import pytest
from accuracy import documents, sentences
from accuracy.score import Score

FLOORS: dict[str, float] = tomllib.loads((Path(__file__).parent / "accuracy" / "floors.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return documents.measure()[0]


@pytest.mark.parametrize("figure", sorted(name for name in FLOORS if not name.startswith("institutions.")))
def test_records_are_read_no_worse_than_before(scores: dict[str, Score], figure: str) -> None:
    assert scores[figure].f1 >= FLOORS[figure]


def test_every_figure_has_a_floor(scores: dict[str, Score]) -> None:
    assert set(scores) <= set(FLOORS)


def test_institutions_are_recognised_no_worse_than_before() -> None:
    score, _ = sentences.measure()
    assert score.precision >= FLOORS["institutions.precision"]
    assert score.recall >= FLOORS["institutions.recall"]
