"""Projects in running text: the one a sentence tells of, and where a paragraph turns to another."""

import re
from collections.abc import Callable, Iterator

from notion_archive import text
from notion_archive.kinds import name_edges, project_name, status
from notion_archive.lexicon import Lexicon
from notion_archive.period import Period

_SENTENCE = re.compile(r"[。!！?？;；\n]+|\.\s+(?=[A-Z])|[,，](?=\s*「[^」]{2,12}」)")
_NUMBERED = re.compile(r"[a-z\s]\d[\d.]*$")  # Ledger 2.0
_SEVERAL_SENTENCES = re.compile("[。；;].*[。；;]", re.DOTALL)
_TWO_SENTENCES = re.compile(r"(?:[。；;\n]|\.\s|[,，](?=「))[^。；;]*\w", re.DOTALL)
_PROPER = re.compile(r"[A-Z][\w.-]*(?: [A-Z0-9][\w.-]*){0,3}")
_NO_NAME = re.compile(r"[前后时内间里上下们家]$|[、和与及]|^[这那其各每两几]")  # 节后, 银联、银商两边
_WITH = re.compile(r"[和与跟同](?!业|城|步|花顺|程)")  # 和新网银行合作
_NEAR = 10
_LONGEST_SUBJECT = 12
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]{3}")
_PHASE = re.compile("[一二三四五六七八九十]期|q[1-4]|预计|计划|目标")  # a phase, a quarter and a plan name nothing
_SOON = 16  # so far from its beginning a sentence may name the project it turns to: `We have shipped …`


def of(words: str, lexicon: Lexicon, period: Period) -> str:
    """The project a sentence of running text tells of: behind a clause that only says when or why, too.

    `"离双十一还有十三天，大促容量准备是这周的重心。"` -> 大促容量准备; `"国庆只上了三天班"` -> none.
    """
    for clause in re.split(r"[,，。;；\n]", words):
        levelled = text.level(clause).strip()
        opens_with = lexicon.words("words", "opening").pattern.match(levelled)
        named = lexicon.words("words", "before").pattern.match(levelled)  # 先说灯台, but 先做了评审
        if not levelled or (
            opens_with
            and not (named and named.end() > opens_with.end())
            and not project_name.is_set_off(clause, lexicon)
        ):
            continue
        name = project_name.of_lead(clause, lexicon, period)
        return name if name and not project_name.tells(text.level(name), lexicon) else ""
    return ""


def turns(words: str, lexicon: Lexicon, period: Period) -> list[int]:
    """Where each project begins that a text tells of; of prose that names one after another every subject is one.

    "账户2.0联调过半。收银台已提测。" -> [0, 10]; "账户2.0联调过半，收银台那边在等它。" -> [0] at most.
    """
    found = _turns(words, lexicon, period, opens)
    several = found or _SEVERAL_SENTENCES.search(words) or _TWO_SENTENCES.search(words)
    told = _turns(words, lexicon, period, _tells_of_one) if several else []
    most = sum(1 for _ in _sentences(words)) if several else 0
    if most > max(len(told), len(found), 1) and len(short := _turns(words, lexicon, period, _tells_of_short)) == most:
        return short
    return told if len(told) > max(len(found), 1) and told[0] == 0 else found


def _turns(words: str, lexicon: Lexicon, period: Period, begins: Callable[[str, Lexicon, Period], bool]) -> list[int]:
    """Where each project begins that a text tells of: `"招行直连已投产；浦发直连联调中。"` -> [0, 8].

    A name with a colon holds up to the end of its sentence, whatever its parts are called: `收银台3.0：前端完成；后端接口联调中。`
    """
    found: list[int] = []
    held, ended, last = False, True, ""
    for at, sentence in _sentences(words):
        set_off = project_name.is_set_off(sentence, lexicon)
        if (ended or set_off or not held) and begins(sentence, lexicon, period):
            name = of(sentence, lexicon, period)
            found.extend(
                () if name and last.startswith(name) else (at,)
            )  # 全房通接入 is 全房通 when it is told of again
            last = name
        held = set_off if ended else held or set_off
        ended = not sentence.endswith((";", "；"))
    return found


def _sentences(words: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text and what semicolons divide in them, each with where it begins: `"A已提测；B联调中。"` -> 0, 5."""
    begin = 0
    for edge in _SENTENCE.finditer(words):
        yield begin, words[begin : edge.end()]
        begin = edge.end()
    if words[begin:].strip():
        yield begin, words[begin:]


def _tells_of_one(sentence: str, lexicon: Lexicon, period: Period) -> bool:
    """Whether a sentence has a subject that may be a project and says how that is going: `"微信免密续费停住了，…"`.

    Not one that is an aspect of a project: `"前端页面已提测"`, `"行方接口未通"`.
    """
    if opens(sentence, lexicon, period):
        return True
    name = of(sentence, lexicon, period)
    levelled = text.level(name)
    if not 4 <= len(name) <= _LONGEST_SUBJECT or not _IDEOGRAPH.search(name) or _PHASE.match(levelled):
        return False
    aspect = lexicon.words("words", "aspects")
    found, last = aspect.pattern.match(levelled), aspect.last(levelled)
    if (
        _WITH.match(levelled)
        or found
        or (last and last.end() == len(levelled))
        or not text.level(sentence).lstrip().startswith(levelled)
    ):
        return False
    return status.speaks(sentence, period, lexicon)


def _tells_of_short(sentence: str, lexicon: Lexicon, period: Period) -> bool:
    """The same of a name too short or too foreign to be known by its look, where every sentence has one: `北斗等法务意见，停着。`"""
    if _tells_of_one(sentence, lexicon, period):
        return True
    name = of(sentence, lexicon, period)
    levelled = text.level(name)
    own = _PROPER.fullmatch(name) if name.isascii() else len(name) <= _LONGEST_SUBJECT and not name[:1].isascii()
    at = text.level(sentence).find(levelled) if own else -1
    if lexicon.words("words", "step").pattern.match(text.level(sentence).lstrip()):
        return False  # Code complete planned for 23 May
    aspects = lexicon.words("words", "aspects")
    last = aspects.last(levelled)
    aspect = aspects.pattern.match(levelled) or (last and last.end() == len(levelled)) or _NO_NAME.search(levelled)
    if not 0 <= at <= _NEAR or aspect or _PHASE.match(levelled) or project_name.is_chore(sentence, lexicon):
        return False
    return status.speaks(sentence[at + len(name) :], period, lexicon)


def opens(sentence: str, lexicon: Lexicon, period: Period) -> bool:
    """Whether a sentence turns to a project, by a name that ends like one: `"对账平台重构已提测，…"`."""
    name = of(sentence, lexicon, period)
    levelled = text.level(name)
    told = levelled and 0 <= text.level(sentence).lstrip().find(levelled) <= _SOON
    known = name_edges.ends_like_one(levelled, lexicon) or _NUMBERED.search(levelled)
    return bool(told and known) and len(name) >= 3 and not _PHASE.match(levelled)
