"""Search over all records and pages: what was found, how much of it, and how the question was read."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from notion_archive.archive import Archive
from notion_archive.model import All, Not, Query, Sort
from notion_archive.queries import hits, reading
from notion_archive.queries.filters import Filters
from notion_archive.queries.hits import Found
from notion_archive.queries.reading import Asked

FACETS = ("institution", "project", "kind", "year", "month")


class Explained(Struct, frozen=True, kw_only=True):
    """A part of the question: as it was typed, as it was read, and how many records and pages it finds alone."""

    typed: str
    read: str
    finds: int


class Answer(Struct, frozen=True, kw_only=True):
    """What was asked, this page of hits, and counts over all of them.

    `total` counts records and pages, as a scan would; `distinct` the hits there are when what is repeated over weeks is
    one: `limit` and `offset` go by it. `suggestion` says, where nothing was found, what was searched and what is near.
    """

    query: str
    total: int
    distinct: int
    hits: tuple[Found, ...]
    facets: dict[str, dict[str, int]]
    suggestion: str | None
    remarks: tuple[str, ...] = ()
    explain: tuple[Explained, ...] | None = None

    def contract(self) -> dict[str, Any]:
        """As the record contract has it: `explain` only where it was asked for."""
        told = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value for name, value in told.items() if name != "explain" or value is not None}


def search(
    archive: Archive, words: str, filters: Filters = Filters(), *, sort: Sort = "relevance", literal: bool = False,
    everything: bool = False, explain: bool = False,
) -> Answer:  # fmt: skip
    """Records and pages with what was asked for; see `grammar` for what can be typed. Raises QueryError.

    `literal`: only the characters that were typed, no other names; `everything`: repeated sentences one by one.
    """
    asked = reading.read(archive, words, filters, literal=literal)
    query = Query(
        where=asked.where, sort=sort, limit=filters.limit, offset=filters.offset, facets=FACETS, once=not everything,
        counts=tuple(All((one.clause, Not(All(one.terms)))) for one in asked.meanings),
    )  # fmt: skip
    results = archive.engine.search(query)
    return Answer(
        query=words,
        total=results.total,
        distinct=results.total if results.distinct is None else results.distinct,
        hits=tuple(hits.found(archive, results.hits, asked)),
        facets=archive.projects.in_facets(results.facets),
        suggestion=None if results.total else _nothing(archive, asked),
        remarks=(*asked.remarks, *_otherwise(asked, results.counts)),
        explain=tuple(_explained(archive, asked)) if explain else None,
    )


def _nothing(archive: Archive, asked: Asked) -> str:
    from notion_archive.queries import missing

    return missing.explain(archive, asked)


def _otherwise(asked: Asked, counts: Iterable[int]) -> Iterator[str]:
    """How many were found by what a word means and not by its characters."""
    for one, count in zip(asked.meanings, counts, strict=True):
        if count and one.is_name:
            yield f"{count} do not say {one.word} but mean it ({one.name}); --literal leaves them out."


def _explained(archive: Archive, asked: Asked) -> Iterator[Explained]:
    for part in asked.parts:
        finds = archive.engine.search(Query(where=part.clause, limit=0)).total
        yield Explained(typed=part.typed, read=f"not {part.read}" if part.without else part.read, finds=finds)
