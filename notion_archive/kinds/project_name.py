"""The project an item is about, in the author's words: what stands before the first statement of how it is going."""

import re

from notion_archive import clock, dates, naming, text
from notion_archive.dates import Period
from notion_archive.lexicon import Lexicon

_LONGEST = 30
_SEPARATOR = re.compile(
    r"[:：,，。;；\n]|\s+-+\s*|\s-+|-{2,}|—+|–+|\s*[→|]\s*|(?<=[^\sa-z0-9.&+/])\s+(?=[^\sa-z0-9&+/(])|\s{2,}"
)
_SPACED = re.compile(r"\s+")
_PHASE = re.compile(r"(?:第[一二三四五六\d]+(?:阶段|期|批|轮|步)|[一二三四]期|phase\s*\d|stage\s*\d|step\s*\d)")
_BRACKETS = re.compile(r"\s*[（(][^（()）]*[)）]\s*$")
_PRONOUN = re.compile(
    r"^(?:本次|本组|该项目|这|其中|我们?|大家|各组|各|已|无|暂无|目前|当前|今天|今日|本周|上周|整体|总体|we|i|the team|all|no|this|it|there|they|our)(?![a-z0-9])"
)


def is_phase(words: str) -> bool:
    """Whether an item tells of a stage of the project above it: `"第二阶段-技术栈改造"`."""
    return _PHASE.match(text.level(words).strip()) is not None


def of_lead(lead: str, lexicon: Lexicon, period: Period) -> str:
    """The name at the front of a statement, empty where none stands there.

    `"短信降本治理启动，重点聚焦…"` -> 短信降本治理; `"出金查询账户2.0记账 已提测 预计4/6上线"` -> 出金查询账户2.0记账;
    `"完成拉卡拉通道联调"` -> 拉卡拉通道联调; `"Ledger 2.0 - migration at 107/164"` -> Ledger 2.0.
    """
    clause = _first_clause(lead, lexicon)
    clause = _before_date(clause, period)
    name = _without_verb(naming.clean(clause), lexicon)
    name = _without_state(name, lexicon)
    name = naming.clean(_BRACKETS.sub("", name) if len(_BRACKETS.sub("", name)) >= 2 else name)
    plain = text.level(name)
    if not 2 <= len(name) <= _LONGEST * (2 if name.isascii() else 1) or lexicon.is_nothing(name) or plain.isdigit():
        return ""
    if lexicon.section_kind(name) or _PRONOUN.match(plain) or re.fullmatch(r"[\d\s./%-]+\w?", plain):
        return ""
    return name


def is_bare(lead: str, lexicon: Lexicon) -> bool:
    """Whether the first clause is a name and nothing else: no word of state, failure, count or time in it."""
    clause = text.level(_first_clause(lead, lexicon)).strip()
    name = naming.clean(clause)
    if not 2 <= len(name) <= (_LONGEST * 2 if name.isascii() else 24) or (name.isascii() and name.count(" ") > 5):
        return False
    if any(lexicon.words("statuses", status).search(name) for status in ("done", "testing", "blocked", "planned")):
        return False
    told = re.search(r"\d\s*%|\d+\s*[个家笔次台张]|已|了|正常|中$", name)
    leading = lexicon.words("words", "leading").pattern.match(name)
    labelled = re.search(r"(?:进度|情况|率|数|金额|进展)$", name) or lexicon.meanings(name)
    return not told and not leading and not labelled and not any(clock.times(clause)) and not _PRONOUN.match(name)


def is_named_statement(lead: str, lexicon: Lexicon) -> bool:
    """Whether a name is set off and then something is said of it: `"收银台整体改版，预计5月中投产"`."""
    clause = _first_clause(lead, lexicon)
    rest = lead.strip()[len(clause) :].strip(" ,，。;；:：-—–|")
    return bool(rest) and is_bare(lead, lexicon)


def _first_clause(lead: str, lexicon: Lexicon) -> str:
    """Up to the first separator outside brackets; a space separates where a word of state follows it."""
    words = lead.strip()
    levelled = text.level(words)
    for match in _SEPARATOR.finditer(levelled):
        if match.start() == 0 or levelled.count("(", 0, match.start()) > levelled.count(")", 0, match.start()):
            continue
        if levelled.count("《", 0, match.start()) > levelled.count("》", 0, match.start()):
            continue
        if (
            match[0].isspace()
            and "\n" not in match[0]
            and len(match[0]) == 1
            and not _speaks(levelled[match.end() :], lexicon)
        ):
            continue
        return words[: match.start()]
    return words


def _speaks(rest: str, lexicon: Lexicon) -> bool:
    """Whether a text goes on with a word of state or a promise: `"已提测 预计4/6上线"`."""
    for table, meanings in (
        ("statuses", ("done", "testing", "in_progress", "planned", "blocked")),
        ("wording", ("done", "planned")),
    ):
        for meaning in meanings:
            if lexicon.words(table, meaning).pattern.match(rest):
                return True
    return re.match(r"\d{1,2}[/月.]\d|\d+(?:\.\d+)?%|本周|上周|目前", rest) is not None


def _before_date(clause: str, period: Period) -> str:
    found = next((d for d in dates.find(text.level(clause), period) if d.at >= 3), None)
    return clause[: found.at].rstrip(" 于在到至by") if found else clause


def _without_verb(name: str, lexicon: Lexicon) -> str:
    """`完成拉卡拉通道联调` -> `拉卡拉通道联调`; a verb that is the whole name stays."""
    match = lexicon.words("words", "leading").pattern.match(text.level(name))
    while match and match.end() and len(name) - match.end() >= 2:
        name = name[match.end() :].lstrip(" :：,，了对the")
        match = lexicon.words("words", "leading").pattern.match(text.level(name))
    return name


def _without_state(name: str, lexicon: Lexicon) -> str:
    """`账户历史余额查询改造上线完毕` -> `账户历史余额查询改造`: words of state at the end of a name go."""
    before = None
    while name != before and name:
        before = name
        levelled = text.level(name)
        for table, meaning in _TAILS:
            found = lexicon.words(table, meaning).last(levelled)
            if found and found.end() >= len(levelled) and found.start() >= 2:
                name = name[: found.start()].rstrip(" ,，、-—:：")
                break
        else:
            trimmed = re.sub(
                r"(?:已经?|正在|全部|均|顺利|基本|继续|持续|中|了|也|都|将|仍|还|整体|is|are|was|has been|now)$",
                "",
                name,
                flags=re.IGNORECASE,
            ).rstrip()
            name = trimmed if len(trimmed) >= 2 else name
    return name


_TAILS = (
    ("statuses", "done"), ("statuses", "testing"), ("statuses", "in_progress"), ("statuses", "planned"),
    ("statuses", "blocked"), ("words", "trailing"), ("wording", "done"),
)  # fmt: skip
