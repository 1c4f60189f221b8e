"""How severe an incident was, as its author wrote it: `[P2] …`, `B级故障：…`, `…，定级P2`, `Sev2`."""

import re
from collections.abc import Iterable

from notion_archive import text
from notion_archive.kinds.clauses import EDGES
from notion_archive.lexicon import Words
from notion_archive.markup.fields import one_line

_SEVERITY = re.compile(
    r"[\[(【]?\s*(?<![a-z0-9])(?P<level>sev-?\s?[0-5]|p[0-4](?!\d)|(?<=[\[(【])s[0-4](?=\s*[\])】])|s[0-4](?=\s*级)|(?<!\S)s[0-4](?=\s+\d{1,2}[/.:月-])|[a-e](?=\s*[级类])"
    r"|[一二三四五](?=级(?:故障|事故|事件)))(?![a-z0-9])(?P<grade>\s*[级类])?\s*(?:故障|事故|事件)?[\])】]?\s*[:|-]?\s*"
)
_BEFORE_LEVEL = re.compile(r"(?:级别|等级|定级|定为|评级|severity)\s*(?:为|是|:)?\s*$")
_GRADED = re.compile(
    r"(?:级别|等级|定级|定为|评级)\s*(?:为|是|:)?\s*(?P<level>sev-?\s?[0-5]|[ps][0-4](?!\d)|[a-e]\s*[级类]|[一二三四五]级)"
    r"|(?:^|[.。;\n])\s*(?P<alone>p[0-4]|sev-?\s?[0-5])\s*(?:$|[.。,;])"
    r"|\(\s*(?P<closing>p[0-4]|sev-?\s?[0-5])\s*\)\W*$"
    r"|[,、]\s*(?P<last>p[0-4]|sev-?\s?[0-5])\s*(?:级|吧)?\W*$"
)
_VERDICT = re.compile(
    r"(?:(?<=[.。;\n])|^)[^.。;\n]*?(?<![a-z])(?:call(?:ing|ed)?|rat(?:ed|ing)|grad(?:ed|ing)|class(?:ed|ified)|declared|logged|filed|counts?)\s+"
    r"(?:(?:it|this|that|as|an?)\s+)+(?P<level>sev-?\s?[0-5]|p[0-4])(?![a-z0-9])[^.。;\n]*[.。;]?"
)  # I am calling it a Sev2 because money moved.
_PUNCTUATION = tuple(",.;:，。；：")
_NEAR_BEGINNING = 30


def names(heading: str) -> bool:
    """Whether a heading has a severity in it: `INC-0414, SEV4, Saturday 17 February`."""
    return _SEVERITY.search(text.level(heading)) is not None


def stated(values: Iterable[str]) -> str | None:
    """A severity that a sentence names as such: `…规则已修复，定级为P1`, `…23:31恢复。级别P2`."""
    for words in values:
        if match := _GRADED.search(text.level(words)):
            return one_line(words[slice(*match.span(match.lastgroup or "level"))])
    return None


def _grade_in_brackets(levelled: str, grades: Words) -> re.Match[str] | None:
    """`09:12 【严重】建行代扣…`, `[Major] …`: a word for how bad it was, in brackets near the beginning."""
    return grades.within(r"[\[【(](?P<grade>{words})[\]】)]\s*[:|-]?\s*").search(levelled, 0, _NEAR_BEGINNING)


def taken(lead: str, grades: Words) -> tuple[str | None, str]:
    """The severity as written, and the text without it: `"[P2] 4/3 14:00 …"`, `"**Sev2** …"`, `"B级故障：…"`, `"…，定级P2"`."""
    levelled = text.level(lead)
    if graded := _grade_in_brackets(levelled, grades):
        at, to = graded.span("grade")
        return lead[at:to], _joined(lead[: graded.start()], lead[graded.end() :])
    if verdict := _VERDICT.search(levelled):
        return lead[slice(*verdict.span("level"))], _joined(lead[: verdict.start()], lead[verdict.end() :])
    for match in _SEVERITY.finditer(levelled):
        named = _BEFORE_LEVEL.search(levelled[: match.start()])
        bracketed = match[0][0] in "([【"
        if match.start() < _NEAR_BEGINNING or named or bracketed or not levelled[match.end() :].strip(EDGES + "吧"):
            level = lead[match.start("level") : match.end("grade") if match["grade"] else match.end("level")]
            level = (" " if level[:1] in "sS" else "").join(level.split())
            level = re.sub(r"(?<=\d)\s*级$", "", level)  # P3级故障
            front = lead[: named.start() if named else match.start()]
            back = lead[match.end() :].removeprefix("吧")
            return level, _joined(front, back, "\n" if "\n" in match[0] else " ")
    return None, lead


def _joined(front: str, back: str, between: str = " ") -> str:
    """What stood before and behind the severity: `5xx on checkout (SEV-2). A bad push …` -> `5xx on checkout. A bad push …`."""
    return (front.rstrip(" ,，;；、") + back if back.startswith(_PUNCTUATION) else f"{front}{between}{back}").strip()
