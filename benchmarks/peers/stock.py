"""Whoosh as its manual has it: a writer, one `add_document` per record, stored fields, phrases by positions.

Only the analyzer is another: the pairs come by spaces, because StandardAnalyzer finds nothing in Chinese. Facets, which are
slower still, are not asked for.
"""

import warnings
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks import pairs
from benchmarks.peers import LIMIT, Answer
from benchmarks.questions import Question
from benchmarks.records import Record
from notion_archive.model import Term

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it is older than the Pythons that complain about its source
    from whoosh import query
    from whoosh.analysis import RegexTokenizer
    from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema
    from whoosh.index import create_in, exists_in, open_dir

_SCHEMA = Schema(
    key=ID(stored=True), page=ID(stored=True), kind=ID(stored=True), day=ID(stored=True, sortable=True),
    title=TEXT(RegexTokenizer(r"\S+"), stored=True), text=TEXT(RegexTokenizer(r"\S+"), stored=True),
    institution=KEYWORD(commas=True), body=STORED(),
)  # fmt: skip


class Engine:
    """A stock index."""

    def __init__(self, folder: Path) -> None:
        self._index = open_dir(folder) if exists_in(folder) else create_in(folder, _SCHEMA)

    def build(self, records: Iterable[Record]) -> None:
        """One document after the other, and a commit."""
        writer = self._index.writer()
        for record in records:
            writer.add_document(
                key=record.key, page=record.page, kind=record.kind, day=record.day, body=record.body,
                title=record.title_cut, _stored_title=record.title, text=record.text_cut, _stored_text=record.text,
                institution=",".join(record.tagged("institution")),
            )  # fmt: skip
        writer.commit()

    def answer(self, question: Question) -> Answer:
        """The newest, read."""
        found = self._searcher.search(_query(question), limit=LIMIT, sortedby="day", reverse=True)
        return Answer(len(found), [hit.fields()["key"] for hit in found])

    def close(self) -> None:
        """Let go of files."""
        if "_searcher" in self.__dict__:
            self._searcher.close()
        self._index.close()

    @cached_property
    def _searcher(self) -> Any:
        return self._index.searcher()


def _query(question: Question) -> Any:
    if question.institution:
        span = query.TermRange("day", question.since, question.until)
        return query.And([query.Term("institution", question.institution), span])
    return query.And([query.Or([_within(place, term) for place in ("title", "text")]) for term in question.terms])


def _within(place: str, term: Term) -> Any:
    phrase = pairs.phrase(term.text, prefix=term.prefix)
    if phrase.goes_on:
        return query.Prefix(place, phrase.terms[0])
    return query.Phrase(place, list(phrase.terms)) if len(phrase.terms) > 1 else query.Term(place, phrase.terms[0])
