"""Why nothing was found: what was searched, which part alone finds nothing, and what is near to it."""

import difflib
from collections.abc import Iterator

from notion_archive.archive import Archive
from notion_archive.model import Days, Query
from notion_archive.queries import nearest
from notion_archive.queries.reading import Asked, Part

_MANY = 8  # parts and words that are told of


def explain(archive: Archive, asked: Asked) -> str:
    """Sentences for a question that nothing answers."""
    return " ".join(_sentences(archive, asked))


def _sentences(archive: Archive, asked: Asked) -> Iterator[str]:
    everything = archive.engine.search(Query(limit=0)).total
    yield f"Searched {everything} records and pages{_days(archive)}."
    parts = [part for part in asked.parts if not part.without][:_MANY]
    finds = {part.typed: archive.engine.search(Query(where=part.clause, limit=0)).total for part in parts}
    lost = [part for part in parts if not finds[part.typed]]
    if lost and len(asked.parts) > 1:
        alone = "find" if len(lost) > 1 else "finds"
        yield f"{_listed([part.typed for part in lost])} alone {alone} nothing."
    elif len(parts) > 1:
        alone = _listed([f"{typed} finds {count}" for typed, count in finds.items()])
        yield f"Alone, {alone}; no record has all of it."
    for part in lost[:1]:
        way, count = nearest.apart(archive.engine, part.terms[0].text if len(part.terms) == 1 else "")
        if count:
            yield f"Written apart, {' '.join(way)} finds {count}."
    for part in lost:
        yield from _near(archive, part)
    if any(part.typed in ("or", "and", "not") for part in parts):
        yield "Write OR, AND and NOT in capitals; in small letters they are words to be found."


def _days(archive: Archive) -> str:
    """`, 2023-11-20 – 2024-02-25`: the first and the last day there is something of."""
    ends = [next(iter(archive.engine.search(Query(sort=sort, limit=1)).hits), None) for sort in ("oldest", "newest")]
    first, last = (end.document.day if end else None for end in ends)
    return f", {first} – {last}" if first and last else ""


def _near(archive: Archive, part: Part) -> Iterator[str]:
    """What a part that finds nothing may have been meant to be."""
    if isinstance(part.clause, Days):
        yield f"{part.typed} is {part.read}."
    for term in part.terms[:1]:
        if words := nearest.words(archive.engine, term.text):
            yield f"Nearest words that are there: {_listed(list(words))}."
        if words and term.text.isascii():
            return
        if institutions := nearest.institutions(archive.words.institutions, term.text):
            yield f"Nearest institution: {_listed(list(institutions))}."
        projects = difflib.get_close_matches(term.text, [one.key for one in archive.projects.projects], n=3, cutoff=0.5)
        if projects:
            yield f"Nearest project: {_listed(projects)}."


def _listed(words: list[str]) -> str:
    return ", ".join(words[:_MANY])
