"""tantivy, the search library in Rust, on the same pairs as text split at spaces."""

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import tantivy

from benchmarks import pairs
from benchmarks.peers import LIMIT, Answer
from benchmarks.questions import Question
from benchmarks.records import FACETS, Record
from notion_archive.model import Term

_STORED = ("key", "page", "title", "text", "body")
_SPACES = "whitespace"
_EVERY = 65_000  # values of a facet that are counted


class Engine:
    """One index with its own settings as they come, threads included."""

    def __init__(self, folder: Path) -> None:
        schema = tantivy.SchemaBuilder()
        for name in ("title_cut", "text_cut"):
            schema.add_text_field(name, tokenizer_name=_SPACES)
        for name in _STORED:
            schema.add_bytes_field(name, stored=True, indexed=False)
        for name in FACETS:
            schema.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        schema.add_integer_field("day", indexed=True, fast=True)
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=str(folder))

    def build(self, records: Iterable[Record]) -> None:
        """Everything in one commit."""
        writer = self._index.writer()
        for record in records:
            document = tantivy.Document(title_cut=record.title_cut, text_cut=record.text_cut, day=_number(record.day))
            for name in _STORED:
                document.add_bytes(name, getattr(record, name).encode())
            for name in FACETS:
                for value in record.tagged(name):
                    document.add_text(name, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def answer(self, question: Question) -> Answer:
        """The newest, read; and the values of five fields counted over all."""
        query = self._query(question)
        found = self._searcher.search(query, LIMIT, order_by_field="day")
        self._searcher.aggregate(query, {name: {"terms": {"field": name, "size": _EVERY}} for name in FACETS})
        shown = [self._searcher.doc(address) for _, address in found.hits]
        return Answer(found.count or 0, [bytes(document["key"][0]).decode() for document in shown])

    def close(self) -> None:
        """Nothing to let go of."""

    @cached_property
    def _searcher(self) -> tantivy.Searcher:
        self._index.reload()
        return self._index.searcher()

    def _query(self, question: Question) -> tantivy.Query:
        if question.institution:
            days = _number(question.since), _number(question.until)
            span = tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, *days)
            tag = tantivy.Query.term_query(self._schema, "institution", question.institution, "basic")
            return _all([tag, span])
        return _all([self._anywhere(term) for term in question.terms])

    def _anywhere(self, term: Term) -> tantivy.Query:
        fields = ("title_cut", "text_cut")
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, self._within(name, term)) for name in fields])

    def _within(self, field: str, term: Term) -> tantivy.Query:
        phrase = pairs.phrase(term.text, prefix=term.prefix)
        if phrase.goes_on:
            return tantivy.Query.regex_query(self._schema, field, f"{re.escape(phrase.terms[0])}.*")
        if len(phrase.terms) == 1:
            return tantivy.Query.term_query(self._schema, field, phrase.terms[0], "basic")
        return tantivy.Query.phrase_query(self._schema, field, list(phrase.terms))


def _all(parts: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


def _number(day: str) -> int:
    """`2023-04-09` -> 20230409; no day: 0."""
    return int(day.replace("-", "") or 0)
