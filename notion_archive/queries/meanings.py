"""What a bare word may mean beside its own characters: an institution or a project by another name, days."""

from msgspec import Struct

from notion_archive import text
from notion_archive.archive import Archive
from notion_archive.model import Any, Days, Document, Tag, Term
from notion_archive.queries import spans
from notion_archive.queries.spans import Calendar
from notion_archive.records import AnyRecord, Update


class Meaning(Struct, frozen=True, kw_only=True):
    """What a word that was typed stands for: `光大` -> name 中国光大银行, found by the tag institution:中国光大银行."""

    word: str
    terms: tuple[Term, ...]
    name: str
    clause: Tag | Any | Days

    @property
    def is_name(self) -> bool:
        """Whether it is somebody's or something's other name, and no days."""
        return not isinstance(self.clause, Days)

    def alone_finds(self, document: Document) -> bool:
        """Whether a document was found by another name and not by the characters of the word."""
        return not all(_stands_in(document, term) for term in self.terms) and _is_tagged(document, self.clause)


def of_word(archive: Archive, word: str, terms: tuple[Term, ...], days: Calendar) -> tuple[Meaning, ...]:
    """Everything a bare word means: none for a part of a name, or for a name that two institutions share."""
    if len(text.fold(word)) < 2:
        return ()
    from notion_archive.queries import projects

    found: list[tuple[str, Tag | Any | Days]] = []
    if len(institutions := archive.words.institutions_called(word)) == 1:
        found.append((institutions[0], Tag(f"institution:{institutions[0]}")))
    found.extend((one.name, projects.clause(one)) for one in archive.projects.called(word))
    if spans.is_bare(word) and (span := spans.resolve(word, days)):
        note = f" ({span.note})" if span.note else ""
        found.append((f"{span}{note}", Days(str(span.first), str(span.last))))
    return tuple(Meaning(word=word, terms=terms, name=name, clause=clause) for name, clause in found)


def spans_of(record: AnyRecord, meaning: Meaning, archive: Archive) -> list[tuple[int, int]]:
    """Where a record's text says what was meant, by another name than was typed."""
    if isinstance(meaning.clause, Days):
        return []
    if isinstance(meaning.clause, Tag):
        value = meaning.clause.tag.removeprefix("institution:")
        mentions = archive.words.institutions.mentions(record.text)
        return [(mention.start, mention.end) for mention in mentions if mention.institution == value]
    name = record.project if isinstance(record, Update) else ""
    folded = text.fold_with_offsets(record.text)
    return [folded.original(*span) for span in text.find(folded.text, text.fold(name))]


def _stands_in(document: Document, term: Term) -> bool:
    return any(text.has(text.fold(words), term.text, prefix=term.prefix) for words in (document.title, document.text))


def _is_tagged(document: Document, clause: Tag | Any | Days) -> bool:
    parts = clause.parts if isinstance(clause, Any) else (clause,)
    return any(isinstance(part, Tag) and part.tag in document.tags for part in parts)
