"""What was found, marked where it stands: at the right characters of the original text, shortened around it."""

from collections.abc import Iterable

from notion_archive import text
from notion_archive.model import Term

_BEFORE = 60
_AFTER = 180

Spans = tuple[tuple[int, int], ...]


def places(words: str, terms: Iterable[Term], others: Iterable[tuple[int, int]] = ()) -> Spans:
    """Where the terms stand in a text, and whatever else is to be marked, as spans of the original that do not touch.

    `places("ＰＯＳ對賬", (Term("pos对账"),))` -> ((0, 5),).
    """
    folded = text.fold_with_offsets(words)
    spans = [folded.original(*span) for term in terms for span in text.find(folded.text, term.text, prefix=term.prefix)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted([*spans, *others]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def marked(words: str, spans: Spans) -> str:
    """The words with what was found in <mark>…</mark>, shortened around the first: `"…<mark>光大</mark>鉴权异常"`."""
    first = spans[0] if spans else (0, 0)
    begin = max(0, first[0] - _BEFORE)
    end = min(len(words), max(first[1], begin + _BEFORE) + _AFTER)
    pieces, at = ["…"] if begin else [], begin
    for start, stop in spans:
        if stop <= end:
            pieces += [words[at:start], "<mark>", words[start:stop], "</mark>"]
            at = stop
    return "".join([*pieces, words[at:end], "…" if end < len(words) else ""])
