"""Where a project stands, by its author's wording."""

import re
from typing import Literal

from notion_archive import text
from notion_archive.kinds.milestone import Milestone
from notion_archive.kinds.progress import Progress
from notion_archive.lexicon import Lexicon

Status = Literal["planned", "in_progress", "testing", "done", "blocked"]
_ORDER: tuple[Status, ...] = ("blocked", "testing", "in_progress", "done", "planned")
_NOT_DONE = re.compile(
    r"(?:未|待|尚未|没有?|前|预计\S{0,8}|计划\S{0,8}|将于?\S{0,6}|not|to be|before|until|by \w+ \d+)\s*$"
)
_SHARE_DONE = re.compile(
    r"(?:完成|已完成|done|complete[d]?|finished)\s*(?:第|首|约|了?\s*\d|[:：]?\s*\d|方案|设计|评审|一|两|部分|\d)|\d\s*%\s*(?:done|complete)"
)


def of_label(words: str, lexicon: Lexicon) -> Status | None:
    """What a status cell or label says: `"联调中"` -> testing, `"🟢 正常"` -> None, `"Done"` -> done."""
    levelled = text.level(words)
    for status in ("blocked", "done", "testing", "planned", "in_progress"):
        match = lexicon.words("statuses", status).search(levelled)
        if match and not (status == "done" and _NOT_DONE.search(levelled[: match.start()])):
            return status  # type: ignore[return-value]
    return "in_progress" if levelled.strip().endswith("中") else None


def of_text(
    words: str, progress: tuple[Progress, ...], milestones: tuple[Milestone, ...], lexicon: Lexicon
) -> Status | None:
    """What stands about the project now, by the words about it.

    Stuck beats all; partly done with more to come is in progress; a plan alone is planned; nothing said is None.
    """
    levelled = text.level(words)
    said = {status: _says(levelled, status, lexicon) for status in _ORDER}
    partial = any((p.percent is not None and p.percent < 100) or (p.done or 0) < (p.total or 0) for p in progress)
    whole = any(p.percent == 100 or (p.done is not None and p.done == p.total) for p in progress)
    ahead = any(m.state == "planned" for m in milestones)
    if said["blocked"]:
        return "blocked"
    if said["testing"]:
        return "testing"
    if said["in_progress"] or partial:
        return "in_progress"
    if said["done"] or whole:
        return "in_progress" if ahead or said["planned"] else "done"
    return "planned" if said["planned"] or ahead else None


def _says(levelled: str, status: Status, lexicon: Lexicon) -> bool:
    for match in lexicon.words("statuses", status).pattern.finditer(levelled):
        if status == "done" and (
            _NOT_DONE.search(levelled[max(0, match.start() - 14) : match.start()])
            or _SHARE_DONE.match(levelled, match.start())
        ):
            continue
        if status in ("testing", "blocked") and re.search(
            r"(?:待|未|完成|通过|无|预计|计划|解除|not )\s*$", levelled[max(0, match.start() - 4) : match.start()]
        ):
            continue
        if status == "testing" and re.match(
            r"(?:完成|通过|完毕|结束|completed|passed|done|方案|环境|用例|问题)", levelled[match.end() :].lstrip()
        ):
            continue
        return True
    return False
