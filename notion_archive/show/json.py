"""Answers as JSON: the record contract's fields, UTF-8, one line."""

from typing import Any

import msgspec

from notion_archive.queries import incidents, search, trace


def dumps(answer: Any) -> str:
    """An answer as one line of JSON."""
    return msgspec.json.encode(_shape(answer)).decode()


def _shape(answer: Any) -> Any:
    """Where the contract's object is flatter than our value."""
    if isinstance(answer, incidents.Answer):
        return {"total": answer.total, "incidents": [_past(past) for past in answer.incidents]}
    if isinstance(answer, search.Answer):
        explain = {} if answer.explain is None else {"explain": answer.explain}
        return {"query": answer.query, "total": answer.total, "distinct": answer.distinct, "hits": answer.hits,
                "facets": answer.facets, "suggestion": answer.suggestion, "remarks": answer.remarks,
                **explain}  # fmt: skip
    if isinstance(answer, trace.Answer):
        return {"project": answer.project, "updates": answer.updates, "progress": answer.progress,
                "milestones": answer.milestones, "parts": answer.parts, "others": answer.others}  # fmt: skip
    return answer


def _past(past: incidents.Past) -> dict[str, Any]:
    return {**msgspec.to_builtins(past.incident), "title": past.report.title, "path": past.report.path}
