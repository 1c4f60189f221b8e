"""The default engine: facts in SQLite, words in Whoosh, and every answer checked against the text itself.

In its folder, `documents.sqlite` says what counts; `words/` holds the Whoosh index of the generation named there. A
query without a term never looks at the words; Whoosh is imported only to write.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import reduce
from operator import and_
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from notion_archive import text
from notion_archive.database import damaged, foreign
from notion_archive.engines import clauses, conditions
from notion_archive.engines.conditions import Found, Rows
from notion_archive.engines.facts import Facts
from notion_archive.engines.tables import CURE
from notion_archive.model import Brief, Document, Query, Results, Term

if TYPE_CHECKING:
    from notion_archive.engines.words import Words

T = TypeVar("T")
_ATTEMPTS = 10  # a writer would have to replace the index this often while it is being opened
_WORTH = 16  # a term with so many times more postings than there are texts left is sought in these texts
_WHOLE = 32  # index terms are cut off somewhere above this length


class WhooshEngine:
    """Keeps documents in a folder of its own. Safe to use from several threads; one search goes on at a time.

    Others may read the folder while one process writes to it; that only one does is up to the caller.
    Raises IndexFolderError for a folder with something else in it, from another version, or damaged.
    """

    def __init__(self, folder: Path) -> None:
        facts = folder / "documents.sqlite"
        if folder.exists() and not facts.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise foreign(folder)
        self._folder = folder / "words"
        self._facts = Facts(facts)
        self._words: Words | None = None
        self._lock = RLock()

    def replace(self, documents: Mapping[str, Sequence[Document]]) -> None:
        """Put these in place of everything kept for each page (key of the mapping); all of it or nothing.

        Many pages at once are much faster than one after the other.
        """
        self._change(documents, documents)

    def remove(self, pages: Iterable[str]) -> None:
        """Drop everything kept for these pages; all of it or nothing. An unknown page is no error."""
        self._change(pages, {})

    def search(self, query: Query) -> Results:
        """Answer a query, from one state of the index, whatever is being written meanwhile.

        Raises QueryError for conditions nested too deeply, IndexFolderError for an index that is damaged.
        """
        query = clauses.folded(query)
        return self._attempt(lambda: self._facts.answer(query, self._find(query)))

    def briefs(self, query: Query) -> list[Brief]:
        """The briefs of all a query finds that have one, in no particular order."""
        query = clauses.folded(query)
        return self._attempt(lambda: self._facts.briefs(query, self._find(query)))

    def _attempt(self, answer: Callable[[], T]) -> T:
        """An answer from one state of the index."""
        with self._lock:
            for _ in range(_ATTEMPTS):
                try:
                    with self._facts.reading():
                        return answer()
                except FileNotFoundError:
                    continue  # a writer has swept away the words of the state we had begun to read
        raise damaged(self._folder, "files are missing", CURE)

    def words(self, beginning: str) -> dict[str, int]:
        """The index terms that begin so, and in how many titles and texts they stand, or stood until lately."""
        return self._attempt(lambda: self._opened().beginning_with(beginning))

    def close(self) -> None:
        """Let go of files. Safe to call twice."""
        with self._lock:
            if self._words:
                self._words.close()
            self._words = None
            self._facts.close()

    def tidy(self) -> None:
        """After many changes: what they have left in pieces is put together, where that is worth the while."""
        from notion_archive.engines import words

        with self._lock:
            generation = self._facts.generation
            with words.named_damage(self._folder, missing=True):
                scattered = words.are_scattered(words.contents(self._folder, generation))
            if scattered:
                from notion_archive.engines import bulk

                with self._facts.writing():
                    self._facts.generation = bulk.tidied(self._folder, generation)
                words.sweep(self._folder, generation + 1)

    def _change(self, pages: Iterable[str], documents: Mapping[str, Sequence[Document]]) -> None:
        from notion_archive.engines import bulk, words

        with self._lock:
            with self._facts.writing():
                gone = self._facts.remove(pages)
                if not gone and not any(documents.values()):
                    return
                came = self._facts.add(documents)
                generation = bulk.write(self._folder, self._facts.generation, came, gone)
                self._facts.generation = generation
            words.sweep(self._folder, generation)

    def _find(self, query: Query) -> Found:
        """Where each term of the query stands: rare ones first, so that the others are sought in few texts. With them, the
        documents of its tags, as far as they are few: what is known is put together without asking SQLite.

        Once it is known which documents have the tags and the terms read so far that a hit must have, the others are sought in
        these alone.
        """
        terms = clauses.terms(query)
        found = self._facts.tagged(clauses.tags(query)) if terms else {}
        doubtful: list[tuple[Term, Set[int] | None]] = []
        needed = clauses.needed(query)
        possible = _all_of(found[tag].either for tag in needed.intersection(found))
        for weight, term in sorted(((self._weight(term), term) for term in terms), key=lambda one: one[0]):
            if possible is not None and len(possible) * _WORTH < weight:
                found[term] = self._facts.verify(term, possible) if possible else Rows()
                continue
            rows = self._candidates(term, possible)
            if rows is not None and (not rows.either or _is_settled(term)):
                found[term] = rows
            else:
                doubtful.append((term, rows and rows.either))
            if term in needed and rows is not None:
                possible = _all_of([rows.either] if possible is None else [possible, rows.either])
        for term, candidates in sorted(doubtful, key=lambda one: math.inf if one[1] is None else len(one[1])):
            found[term] = self._facts.verify(term, candidates, conditions.whole(query, found))
        return found

    def _weight(self, term: Term) -> float:
        """How much there is to read to know where a term may stand."""
        needs = text.needs(term.text, prefix=term.prefix)
        return self._opened().weight(needs) if needs != ((), ()) else math.inf if term.text else 0

    def _candidates(self, term: Term, among: Set[int] | None) -> Rows | None:
        """Where the index of words says a term may stand, among some documents or all; None: it cannot tell."""
        if not term.text:
            return Rows()
        needs = text.needs(term.text, prefix=term.prefix)
        if needs == ((), ()):
            return None
        words = self._opened()
        title, either = words.rows("title", needs, among), words.rows("text", needs, among)
        either |= title
        return Rows(title, either)

    def _opened(self) -> "Words":
        from notion_archive.engines.words import Words

        generation = self._facts.generation
        if self._words is None or self._words.generation != generation:
            if self._words:
                self._words.close()
            self._words = None
            self._words = Words(self._folder, generation)
        return self._words


def _all_of(parts: Iterable[Set[int]]) -> Set[int] | None:
    """What is in every part; None without any."""
    return reduce(and_, parts) if (parts := sorted(parts, key=len)) else None


def _is_settled(term: Term) -> bool:
    """Whether the index of words has the last word: the term is one entry of it, or the beginning of some."""
    return (term.text,) in text.needs(term.text, prefix=term.prefix) and len(term.text) <= _WHOLE
