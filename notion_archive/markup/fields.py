"""Labelled parts of a text: `原因：行方专线抖动 处置：1.切换备线 2.…` on one line or on many, in any order."""

import re
from functools import lru_cache

from notion_archive import gates, text
from notion_archive.lexicon import Lexicon
from notion_archive.model import Field

_BEFORE = r"(?:(?:^|(?<=[;。!?]))[ \t]*(?:\d{1,2}[.、)]|[-*·•])[ \t]*|(?:^|(?<=[\s,;。.!?、)\]】\"]))[ \t]*)"


@lru_cache(maxsize=4)
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """A label with a colon after it, a label in brackets, at a line's head one with a dash, or `原因是…`."""
    label = lexicon.labels.pattern.pattern
    causes = lexicon.words("labels", "cause").pattern.pattern
    return gates.headed(
        re.compile(
            rf"{_BEFORE}(?:(?:\(\d\)\s*)?(?:(?P<square>[【\[])|\()?(?:(?P<head>^)|(?P<after>(?<=[.;。]\s)))?(?P<label>(?:{label})(?:/[^\s:/]{{1,6}}(?=\s*:))?)"
            r"(?:(?:\s*\([^()]{1,12}\))?[】\])]?\s*:(?!\d\d\b(?!\s*[%/.:\-年月]))\s*"
            r"|(?(square)[】\]]\s*|(?!))"
            r"|(?(head)\s*-+\s+|(?!))"
            r"|(?(head)(?P<spaced>[ \t]+)(?=\S)|(?!))"
            r"|(?(after)\s+-+\s+|(?!)))"
            rf"|(?P<verbal>{causes})(?=[是为系])[是为系])",
            re.MULTILINE,
        )
    )


def split(words: str, lexicon: Lexicon, numbers: tuple[int, ...] = (), bold: str = "") -> tuple[str, tuple[Field, ...]]:
    """What stands before the first label, and every label with what follows it up to the next; `numbers` are the page's
    lines of the text's own lines, where they are known; `bold` are the words in bold at its head: `**原因** 专线抖动`.

    `"4/6 11:20 JS报错\\n原因：疑似扫描 处置：WAF规避"` -> ("4/6 11:20 JS报错", (原因: 疑似扫描, 处置: WAF规避)).
    A label whose words merely begin the value again (`原因：原因是…`) is no second field.
    """
    levelled = text.level(words)
    found: list[tuple[str, int, int]] = []
    matches = list(_pattern(lexicon).finditer(levelled))
    cards = sum(match["spaced"] is not None for match in matches) > 2
    for match in matches:
        if match["spaced"] and not cards and text.level(bold) != match["label"]:
            continue
        name = "verbal" if match["label"] is None else "label"
        if name == "label" and _ends_a_name(levelled, match.start(name), match["label"], lexicon):
            continue
        if name == "verbal" and found and not words[found[-1][2] : match.start()].strip():
            continue
        if _DENIED.search(levelled, 0, match.start(name)) and "severity" in lexicon.meanings(match[name]):
            continue
        if _opens_unclosed_bracket(levelled, match.start(name)) or _ends_a_time(levelled, match.start(name), lexicon):
            continue
        found.append((words[match.start(name) : match.end(name)], match.start(), match.end()))
    if levelled.rstrip().endswith(":") and (last := _heading_a_list(levelled, lexicon)) and last not in found:
        found.append(last)
    if not found:
        return words.strip(), ()
    ends = [start for _, start, _ in found[1:]] + [len(words)]
    starts = {at for _, at, _ in found}
    fields = tuple(
        Field(label=label, value=_trim(words[begin:end]), within=_is_within(words, at, starts, numbers))
        for (label, at, begin), end in zip(found, ends, strict=True)
    )
    return _trim(words[: found[0][1]]), fields


def _heading_a_list(levelled: str, lexicon: Lexicon) -> tuple[str, int, int] | None:
    """`预压跑了两轮。发现的问题：` above a list: a label, wherever in a sentence it stands."""
    end = len(levelled.rstrip()) - 1
    last = lexicon.labels.last(levelled[:end])
    if last is None or last.end() != end or not _LISTED & set(lexicon.meanings(last[0])):
        return None
    before = _LEADING.search(levelled, 0, last.start())
    return last[0], before.start() if before else last.start(), len(levelled)


def _ends_a_name(levelled: str, at: int, label: str, lexicon: Lexicon) -> bool:
    """`Cost programme: …` has no label programme: the word ends the name of one."""
    return at > 1 and levelled[at - 2].isalnum() and levelled[at - 1] == " " and "project" in lexicon.meanings(label)


def _is_within(words: str, at: int, labels: set[int], numbers: tuple[int, ...]) -> bool:
    """Whether the line a label stands on begins with something other than a label, or goes on with the sentence above.

    A line with several labels in it (`原因：… 处置：…`) is a card of its own, and so is a paragraph; a line with one
    label right below a sentence is not.
    """
    begin = words.rfind("\n", 0, at) + 1
    if begin not in labels:
        return True
    row = words.count("\n", 0, begin)
    apart = row < len(numbers) and numbers[row] - numbers[row - 1] > 1
    end = words.find("\n", at)
    on_it = [label for label in labels if begin <= label < (end if end >= 0 else len(words))]
    return begin > 0 and 0 not in labels and len(on_it) == 1 and not apart


def _ends_a_time(levelled: str, at: int, lexicon: Lexicon) -> bool:
    """`12/7 21:40 恢复：21:05 支付宝下单 502` has no label 恢复: the time before it is that of the recovery."""
    recovered = lexicon.words("labels", "recovered").pattern.match(levelled, at)
    return recovered is not None and _CLOCK_BEFORE.search(levelled, 0, at) is not None


def _opens_unclosed_bracket(levelled: str, at: int) -> bool:
    """Whether a place stands inside brackets: the 原因 of `失败（原因：超时）` is no label of the line."""
    line = levelled.rfind("\n", 0, at) + 1
    return levelled.count("(", line, at) > levelled.count(")", line, at)


_DENIED = re.compile(r"(?:^|[\s,;(])no\s$")  # 14 Aug, no sev: duplicate mails
_LISTED = {"risk", "problem"}
_LEADING = re.compile(r"(?:目前|当前|本周|主要|发现|存在|遇到|暴露)*的?$")
_CLOCK_BEFORE = re.compile(r"\d{1,2}:\d\d\s*$")
_DANGLING = re.compile(r"(?:(?<=[。;；,，.\n])|^)\s*\d{1,2}[.、)）]\s*$")


def _trim(words: str) -> str:
    """Without space at the ends, and without a number that enumerates nothing: `"…处理流程。2."` -> `"…处理流程。"`."""
    cut = _DANGLING.sub("", words.strip())  # but `Done (Sep 12)` ends in a bracket it opened
    kept = words.strip() if _opens_unclosed_bracket(text.level(cut), len(cut)) else cut
    return kept.strip().strip("|").strip()


def one_line(words: str) -> str:
    r"""All white space as single spaces: `专线\n抖动` -> `专线 抖动`."""
    return " ".join(words.split())
