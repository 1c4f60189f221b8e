"""Whether shelf, documents and index agree, and what to do where they do not."""

from msgspec import Struct

from notion_archive.archive import PARSER, Archive
from notion_archive.model import Query


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was checked: a sentence, and whether it is well."""

    well: bool
    message: str


class Answer(Struct, frozen=True, kw_only=True):
    """What was checked; `well` if all of it is."""

    well: bool
    findings: tuple[Finding, ...]


def doctor(archive: Archive) -> Answer:
    """Compare the pages kept with the pages indexed, and what the index says with the documents themselves."""
    kept = archive.shelf.ids()
    indexed = {document.page for document in archive.own_documents()}
    wrote = archive.shelf.note("parser")
    missing, strange = kept - indexed, indexed - kept
    findings = [
        _finding(not missing, f"{len(kept)} pages kept, each indexed", f"{len(missing)} kept pages are not indexed"),
        _finding(not strange, "every indexed page is kept", f"{len(strange)} indexed pages are not kept"),
        _finding(
            wrote == PARSER or not kept, f"read by parser {PARSER}", f"read by parser {wrote}; this one is {PARSER}"
        ),
        _finding(archive.has_its_words(), "read with your own words as they are", "your own words have changed since"),
    ]
    total = archive.engine.search(Query(limit=0)).total
    findings.append(_words_agree(archive, total))
    return Answer(well=all(finding.well for finding in findings), findings=tuple(findings))


def _finding(well: bool, good: str, bad: str) -> Finding:
    return Finding(well=well, message=good if well else f"{bad}. Run: notion-archive rebuild")


def _words_agree(archive: Archive, total: int) -> Finding:
    """Documents are found by words of their own: a sample of them, taken evenly from all."""
    from notion_archive import text
    from notion_archive.model import Term

    asked = lost = 0
    step = max(1, total // 40)
    for offset in range(0, total, step):
        hit = next(iter(archive.engine.search(Query(limit=1, offset=offset)).hits), None)
        words = text.fold(hit.document.text or hit.document.title)[:6].strip() if hit else ""
        if hit is None or not words or text.is_word_character(words[-1]):
            continue
        asked += 1
        again = archive.engine.search(Query(where=Term(words), pages=(hit.document.page,)))
        lost += hit.document.key not in {found.document.key for found in again.hits}
    good = f"{total} documents; {asked} of {asked} tried are found by their own words"
    return _finding(not lost, good, f"{lost} of {asked} documents tried are not found by their own words")
