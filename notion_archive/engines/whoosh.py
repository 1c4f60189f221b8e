"""The default engine: facts in SQLite, words in Whoosh, and every answer checked against the text itself.

In its folder, `documents.sqlite` says what counts; `words/` holds the Whoosh index of the generation named there. A
query without a term never looks at the words; Whoosh is imported only to write.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import reduce
from operator import or_
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from notion_archive import text
from notion_archive.database import damaged, foreign
from notion_archive.engines import clauses, conditions
from notion_archive.engines.conditions import Found, Kinds, Rows
from notion_archive.engines.facts import Facts
from notion_archive.engines.tables import CURE
from notion_archive.model import Brief, Clause, Document, Query, Results, Tag, Term

if TYPE_CHECKING:
    from notion_archive.engines.words import Words

T = TypeVar("T")
_ATTEMPTS = 10  # a writer would have to replace the index this often while it is being opened
_WORTH = 64  # a term with so many times more postings than there are texts left is sought in these texts
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

    def state(self) -> str:
        """What changes whenever documents do: the generation of the words, and the names of its segments, which are drawn."""
        from notion_archive.engines import words

        def told() -> str:
            generation = self._facts.generation
            return f"{generation} {' '.join(kept.name for kept in words.contents(self._folder, generation))}"

        return self._attempt(told)

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
        """Where each term and each tag of the query stands: rare ones first, so that the others are sought in few documents.

        Once it is known which documents have what was read so far and every hit must have, all else is asked of these
        alone, kinds and days too: what is known is put together without asking SQLite.
        """
        sought: tuple[Term | Tag, ...] = (*clauses.terms(query), *clauses.tags(query))
        found: dict[Clause | Kinds, Rows] = {}
        doubtful: list[tuple[Term, Set[int] | None]] = []
        needed = clauses.needed(query)
        may: dict[Term | Tag, Set[int]] = {}
        possible: Set[int] | None = None
        for weight, one in sorted(((self._weight(one), one) for one in sought), key=lambda one: one[0]):
            known = self._among(one, possible) if possible is not None and len(possible) * _WORTH < weight else None
            rows = known or self._candidates(one, possible)
            if known is None and isinstance(one, Term) and (rows is None or (rows.either and not _is_settled(one))):
                doubtful.append((one, rows and rows.either))
            elif rows is not None:
                found[one] = rows
            if rows is not None:
                may[one] = rows.either
                for choice in needed:
                    if one in choice and choice <= may.keys():
                        some = reduce(or_, (may[other] for other in choice))
                        possible = some if possible is None else possible & some
        if possible is not None:
            found |= {days: Rows(either=self._facts.dated(days, possible)) for days in clauses.days(query)}
            if query.kinds:
                found[Kinds(query.kinds)] = Rows(either=self._facts.of_kind(query.kinds, possible))
        for term, candidates in sorted(doubtful, key=lambda one: math.inf if one[1] is None else len(one[1])):
            found[term] = self._facts.verify(term, candidates, conditions.whole(query, found))
        return found

    def _weight(self, one: Term | Tag) -> float:
        """How much there is to read to know where a term may stand, or a tag does."""
        if isinstance(one, Tag):
            return self._opened().weight(_needs(one), ("tag",))
        needs = _needs(one)
        return self._opened().weight(needs) if needs != ((), ()) else math.inf if one.text else 0

    def _among(self, one: Term | Tag, possible: Set[int]) -> Rows | None:
        """Those of these documents that have a term or a tag, by what is kept of each of them; None: it cannot be told."""
        if not possible:
            return Rows()
        if isinstance(one, Term):
            return self._facts.verify(one, possible)
        tagged = self._facts.tagged(one.tag, possible)
        return None if tagged is None else Rows(either=tagged)

    def _candidates(self, one: Term | Tag, among: Set[int] | None) -> Rows | None:
        """Where the index of words says a term may stand, or a tag does, among some documents or all; None: it cannot tell."""
        needs = _needs(one)
        if isinstance(one, Tag):
            return Rows(either=self._opened().rows("tag", needs, among))
        if not one.text:
            return Rows()
        if needs == ((), ()):
            return None
        words = self._opened()
        title, either = words.rows("title", needs, among), words.rows("text", needs, among)
        return Rows(title, either | title)

    def _opened(self) -> "Words":
        from notion_archive.engines.words import Words

        generation = self._facts.generation
        if self._words is None or self._words.generation != generation:
            if self._words:
                self._words.close()
            self._words = None
            self._words = Words(self._folder, generation)
        return self._words


def _needs(one: Term | Tag) -> text.Needs:
    if isinstance(one, Tag):
        return text.Needs((one.tag,), ())
    return text.needs(one.text, prefix=one.prefix)


def _is_settled(term: Term) -> bool:
    """Whether the index of words has the last word: the term is one entry of it, or the beginning of some."""
    return (term.text,) in text.needs(term.text, prefix=term.prefix) and len(term.text) <= _WHOLE
