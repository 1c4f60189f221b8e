"""`docs/performance.svg`: time to import, to answer and to start, beside the peers. Light or dark as the reader has it."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from benchmarks.corpus import SIZES
from benchmarks.figures import Figures
from benchmarks.peers import TITLES
from benchmarks.tables import shown

_WIDTH, _NAMES, _BARS, _LINE = 840, 250, 470, 26
_SHORTEST = 1e-4  # seconds, where logarithms begin
_STYLE = """
  text { font: 14px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 15px } .note { fill: #59636e; font-size: 12px }
  .peer { fill: #afb8c1 } .ours { fill: #0969da } .own { font-weight: 600 } .ground { fill: #ffffff } .step { stroke: #d1d9e0 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .note { fill: #9198a1 } .peer { fill: #565f69 } .ours { fill: #4493f8 } .ground { fill: #0d1117 }
    .step { stroke: #3d444d }
  }
"""


class Bar(NamedTuple):
    """Somebody's time in seconds."""

    name: str
    seconds: float
    own: bool


class Panel(NamedTuple):
    """Bars that are to be compared. `steep`: what is ten times as long takes one step more, with a line at each step."""

    title: str
    note: str
    bars: Sequence[Bar]
    steep: bool = False


def draw(figures: Figures) -> str:
    """The picture as SVG, of M where that was measured."""
    size = next((size for size in ("M", "L", "S") if figures.median("import", size, "ours")), "S")
    parts: list[str] = []
    height = 24
    for panel in _panels(figures, size):
        if panel.bars:
            parts += _drawn(panel, height)
            height += 48 + _LINE * len(panel.bars) + 22
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">'
    title = "<title>Time to import, to answer and to start, beside the peers</title>"
    ground = f'<rect class="ground" width="{_WIDTH}" height="{height}" rx="8"/>'
    return "\n".join((head, title, f"<style>{_STYLE}</style>", ground, *parts, "</svg>", ""))


def _panels(figures: Figures, size: str) -> Iterator[Panel]:
    pages = f"{figures.median('pages', size, '') or SIZES[size]:,.0f} pages"
    built = [_bar(figures, "import", size, who) for who in ("ours", "tantivy", "fts5", "stock")]
    yield Panel(
        f"Import {pages}",
        "ours: from files to answers; the others: index the records it has read, nothing else",
        _there(built),
    )
    asked = [_bar(figures, "text", size, who) for who in ("ours", "tantivy", "fts5", "stock")]
    note = "median of all text questions in a running process (ripgrep: a new one); each line is ten times the last"
    yield Panel(f"Find text in {pages}", note, _there([*asked, _bar(figures, "search", size, "ripgrep")]), steep=True)
    started = [
        _bar(figures, "incidents", size, "ours", "incidents --institution"),
        _bar(figures, "search", size, "ours", "search, two words"),
        _bar(figures, "search", size, "ripgrep", "rg, two words on a line"),
        _bar(figures, "incidents", "", "click", "python -c 'import click'"),
    ]
    yield Panel("A command, from start to end", "what Python takes to begin is the last bar", _there(started))


def _bar(figures: Figures, what: str, size: str, who: str, name: str = "") -> Bar | None:
    seconds = figures.median(what, size, who)
    return None if seconds is None else Bar(name or TITLES[who], seconds, who == "ours")


def _there(bars: Sequence[Bar | None]) -> list[Bar]:
    return [bar for bar in bars if bar]


def _drawn(panel: Panel, top: int) -> Iterator[str]:
    yield f'<text class="title" x="20" y="{top + 10}">{escape(panel.title)}</text>'
    yield f'<text class="note" x="20" y="{top + 28}">{escape(panel.note)}</text>'
    most = max(bar.seconds for bar in panel.bars)
    if panel.steep:
        yield from _steps(most, top + 38, 4 + _LINE * len(panel.bars))
    for number, bar in enumerate(panel.bars):
        y = top + 42 + number * _LINE
        length = max(2.0, _BARS * (_steep(bar.seconds, most) if panel.steep else bar.seconds / most))
        own = ' class="own"' if bar.own else ""
        yield f'<text{own} x="{_NAMES}" y="{y + 14}" text-anchor="end">{escape(bar.name)}</text>'
        yield f'<rect class="{"ours" if bar.own else "peer"}" x="{_NAMES + 10}" y="{y}" width="{length:.1f}" height="18" rx="3"/>'
        yield f'<text{own} x="{_NAMES + 18 + length:.1f}" y="{y + 14}">{shown(bar.seconds)}</text>'


def _steps(most: float, top: int, height: int) -> Iterator[str]:
    """A line at 1 ms, 10 ms, 100 ms …"""
    for step in range(round(math.log10(_SHORTEST)), math.ceil(math.log10(most))):
        x = _NAMES + 10 + _BARS * _steep(10.0**step, most)
        yield f'<line class="step" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{top + height}"/>'


def _steep(seconds: float, most: float) -> float:
    """The longest -> 1, a tenth of a millisecond -> 0."""
    return max(0.0, math.log10(seconds / _SHORTEST) / math.log10(most / _SHORTEST))
