"""What users type: words, "phrases", -without, OR, and fields (`institution:中行`, `since:2023-04`). Never a syntax error.

中行 超时            both words               "服务 恢复"      these characters, space included
光大 OR 中信         one of them              -演练            not this
kind:incident       only incidents           redis*          words that begin so
"""

import re

from msgspec import Struct

from notion_archive import reports, text
from notion_archive.archive import Archive
from notion_archive.model import All, Any, Clause, Not, Tag, Term
from notion_archive.queries.filters import Filters

_TOKEN = re.compile(
    r"""(?P<minus>-(?=\S))?(?:(?P<field>[^\W\d_]{2,12}):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))""", re.VERBOSE
)
_QUOTES = str.maketrans(dict.fromkeys("“”„「」『』＂", '"') | {"：": ":", "－": "-"})
_LONGEST = 2000
_FIELDS = {
    "institution": "institutions", "bank": "institutions", "银行": "institutions", "机构": "institutions",
    "project": "projects", "项目": "projects", "kind": "kinds", "类型": "kinds", "severity": "severities",
    "级别": "severities", "since": "since", "自": "since", "until": "until", "至": "until",
}  # fmt: skip


class Asked(Struct, frozen=True, kw_only=True):
    """A question as it was read: what must be found, the filters that were typed in it, and its words for highlights."""

    where: Clause
    filters: Filters
    terms: tuple[Term, ...]
    institutions: tuple[str, ...]


def read(archive: Archive, words: str, filters: Filters, *, literal: bool = False) -> Asked:
    """Read a question. A bare word that is an institution's name also finds records that mean it by another one,
    unless `literal`."""
    typed: dict[str, list[str]] = {}
    groups: list[list[Clause]] = []
    terms: list[Term] = []
    meant: list[str] = []
    join = False
    for match in _TOKEN.finditer(words.translate(_QUOTES)[:_LONGEST]):
        word = match["phrase"] if match["phrase"] is not None else match["word"]
        field = _FIELDS.get((match["field"] or "").lower())
        if field and word and not match["minus"]:
            typed.setdefault(field, []).append(word)
            continue
        if match["field"]:
            word = f"{match['field']}:{word}"
        if match["phrase"] is None and word in ("OR", "或", "|", "||"):
            join = bool(groups)
            continue
        if match["phrase"] is None and word in ("AND", "且"):
            continue
        clause = _clause(word, quoted=match["phrase"] is not None)
        if clause is None:
            continue
        if match["minus"]:
            groups.append([Not(clause)])
            continue
        terms.append(clause)
        found = () if literal or match["phrase"] is not None else _institution(archive, word)
        meant.extend(found)
        wide: Clause = Any((clause, *(Tag(f"institution:{name}") for name in found))) if found else clause
        groups[-1].append(wide) if join else groups.append([wide])
        join = False
    parts = tuple(group[0] if len(group) == 1 else Any(tuple(group)) for group in groups)
    return Asked(
        where=parts[0] if len(parts) == 1 else All(parts), filters=_with(filters, typed), terms=tuple(terms),
        institutions=tuple(meant),
    )  # fmt: skip


def _clause(word: str, *, quoted: bool) -> Term | None:
    """`"redis*"` -> words that begin with redis; a star alone, or nothing, asks nothing."""
    prefix = not quoted and len(word) > 1 and word.endswith("*")
    folded = text.fold(word.rstrip("*") if prefix else word)
    return Term(folded, prefix=prefix) if folded and folded != "*" else None


def _institution(archive: Archive, word: str) -> tuple[str, ...]:
    """The institution a word is the name of; none where it is only a part of one, or could be several."""
    found = reports.words(archive.own_words).institutions.called(word) if len(word) > 1 else None
    return (found,) if found else ()


def _with(filters: Filters, typed: dict[str, list[str]]) -> Filters:
    return Filters(
        institutions=(*filters.institutions, *typed.get("institutions", ())),
        projects=(*filters.projects, *typed.get("projects", ())),
        kinds=(*filters.kinds, *typed.get("kinds", ())),
        severities=(*filters.severities, *typed.get("severities", ())),
        since=(typed.get("since") or [filters.since])[-1],
        until=(typed.get("until") or [filters.until])[-1],
        limit=filters.limit,
        offset=filters.offset,
    )
