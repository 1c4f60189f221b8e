"""A plain scan: every question asked of every text. What it counts is right by definition."""

from collections.abc import Iterable, Sequence

from benchmarks.questions import Question
from benchmarks.records import Record
from notion_archive import text


def count(records: Iterable[Record], questions: Sequence[Question]) -> list[tuple[int, int]]:
    """For each question the records that have it, and the pages of these."""
    found: list[list[str]] = [[] for _ in questions]
    for record in records:
        for question, pages in zip(questions, found, strict=True):
            if _has(record, question):
                pages.append(record.page)
    return [(len(pages), len(set(pages))) for pages in found]


def _has(record: Record, question: Question) -> bool:
    if question.institution:
        tagged = f"institution:{question.institution}" in record.tags
        return tagged and question.since <= record.day <= question.until
    return all(
        any(text.has(folded, term.text, prefix=term.prefix) for folded in record.folded) for term in question.terms
    )
