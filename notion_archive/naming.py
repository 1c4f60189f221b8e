"""Names: what stands before them (ordinals, emoji) and around them, and what makes one project another's equal."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from notion_archive import patterns, text
from notion_archive.remembered import remembered

_CHINESE = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)}
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ORDINAL = patterns.compile(
    r"""\s*(?:
      (?P<letter>[a-z])\s*[.、)](?![a-z0-9])\s*
    | \((?P<chinese_in>[一二三四五六七八九十]{1,3})\)\s*[.、]?\s*
    | (?P<chinese>[一二三四五六七八九十]{1,3})(?:\s*[、.,:)]\s*|\s+(?=[^\W\d]))
    | 第(?P<part>[一二三四五六七八九十\d]{1,3})(?:部分|章|节|项)\s*[:、.]?\s*
    | (?:part|section|chapter)[\s.]*(?P<chapter>\d{1,2})(?![\d.%])\s*[:、|-]?\s*
    | \[?\((?P<digit_in>\d{1,2})\)\]?\s*[.、]?\s*
    | (?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})(?:[.、)]\s*|\s+)(?![\d%])
    | (?P<digit>\d{1,2})\s*(?:[.](?!\d|x(?![a-z]))|[、)]|[:](?!\d))\s*
    | [【\[](?P<bracketed>[一二三四五六七八九十]{1,3}|\d{1,2})[】\]]\s*
    | kr\s?(?P<result>\d{1,2})(?:\.\d{1,2})?(?:\s*[:.、)-]\s*|\s+)
    | (?P<roman>(?:i{1,3}|iv|v|vi{1,3}|ix|x))[.)]\s+
    | (?P<keycap>\d)\ufe0f?\u20e3\s*
    )""",
    re.VERBOSE,
)
_OBJECTIVE = patterns.compile(r"(?:o|objective\s*|目标\s*)(?P<number>\d{1,2}|[一二三四五六七八九])(?![\d.a-z])")
_DECORATION = patterns.compile(r"^[^\w\[({<《【「『“\"'#@¥$+\-~(（*%‰&]+|^[*#]+\s*", re.UNICODE)
_BRACKETS = {"【": "】", "[": "]", "〔": "〕", "「": "」", "『": "』", "〖": "〗", "［": "］"}
_BRACKETED = patterns.compile(r"\((?!第?[一二三四五六七八九十\d]+(?:期|阶段|批|轮)|v?\d+\.)[^()]*\)")
_COUNT = patterns.compile(
    r"[\s:：]*(?:(?<![\d.])\d+(?:\.\d+)?\s*[%％]|\d+\s*/\s*\d+|(?<![\d.第])\d+\s*(?:笔|个|家|张|项|条|次|台|例|户|人))$"
)
_EDGES = " \t\r\n:：;；,，.。、!！-—–~*_|/→"


class Ordinal(NamedTuple):
    """What numbered a line: its series (letters, 一、, 1. …) and its number in it."""

    series: str
    number: int


@remembered
def ordinal(words: str) -> tuple[Ordinal | None, str]:
    """The number before a name, and the rest. `"B. POS收单"` -> (letter 2, "POS收单"), `"（三）其他"` -> chinese_in 3,
    `"3️⃣ 数字"` -> keycap 3.

    `"2.0升级"` has none; `"1.1 收银台"` is decimal1 1, `"【O2系统升级】"` objective 2 and stays whole.
    """
    if (circled := words.lstrip()[:1]) in _CIRCLED and circled:
        return Ordinal("circled", _CIRCLED.index(circled) + 1), words.lstrip()[1:].lstrip(" .、")
    if circled in _ROMAN and circled:
        return Ordinal("roman", _ROMAN.index(circled) + 1), words.lstrip()[1:].lstrip(" .、")
    levelled = text.level(words)
    if match := _ORDINAL.match(levelled):
        series = next(name for name, value in match.groupdict().items() if value is not None)
        value, rest = match[series], words[match.end() :]
        if rest.strip(_EDGES):
            return _numbered(series, value), rest
    bare = levelled.lstrip(" 【[")
    if match := _OBJECTIVE.match(bare):
        return Ordinal("objective", _value(match["number"])), words
    return None, words


def _numbered(series: str, value: str) -> Ordinal:
    if series == "letter":
        return Ordinal(series, ord(value) - ord("a") + 1)
    if series == "decimal":
        return Ordinal(f"decimal{value.count('.')}:{value.rpartition('.')[0]}", int(value.rpartition(".")[2]))
    if series == "roman":
        return Ordinal(series, ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x").index(value) + 1)
    return Ordinal(series, _value(value))


def _value(words: str) -> int:
    if words.isdigit():
        return int(words)
    tens, _, ones = words.partition("十")
    return (_CHINESE.get(tens, 1) * 10 if "十" in words else 0) + _CHINESE.get(ones or words[-1:], 0) % 10


def is_objective(words: str) -> bool:
    """Whether a heading is an objective of an OKR: `"【O1 服务业务】"`, `"Objective 2: …"`; `"O2O平台"` is none."""
    return _OBJECTIVE.match(text.level(words).lstrip(" 【[")) is not None


@lru_cache(maxsize=4096)
def clean(words: str) -> str:
    """A heading or name without what surrounds it: ordinals, emoji, brackets around the whole, a colon at the end.

    `"【O2系统升级】"` -> `"O2系统升级"`, `"📌 三、收银台改版："` -> `"收银台改版"`, `"《信息保护认证》"` stays.
    """
    before = None
    words = words.strip()
    while words != before:
        before = words
        if decoration := _DECORATION.match(words):
            words = words[decoration.end() :].strip() or words
        if (closing := _BRACKETS.get(words[:1])) and words.find(closing) == len(words) - 1:
            words = words[1:-1].strip()
        elif closing and closing in words:
            inner, _, rest = words[1:].partition(closing)
            if not rest.strip(_EDGES):
                words = inner
        found, rest = ordinal(words)
        if found and found.series != "objective":
            words = rest.strip()
        words = words.strip(_EDGES + "　").strip()
    return words


def without_count(name: str) -> str:
    """A name without how far it is: `"历史账单迁移 110/120"`, `"极简收银台 5%"`; `"新网关 2.0"` and `"二期"` stay."""
    short = _COUNT.sub("", name)
    return short if len(short) >= 2 else name


def spelling(name: str, parent: str | None = None) -> str:
    """One way to write a project, under the project it stands under, as a tag: `"渠道接入"`, `"磐石 对账"` ->
    `"渠道接入<磐石对账"`. White space, width and case are no difference."""
    written = ["".join(text.fold(words).split()).replace("<", "(") for words in (name, parent) if words]
    return "<".join(written)


class KeyWords(NamedTuple):
    """The words a project key leaves out: endings that tell no project from another (项目, 建设, project)."""

    endings: tuple[str, ...]

    @classmethod
    def of(cls, endings: Iterable[str]) -> "KeyWords":
        """Longest first, folded."""
        return cls(tuple(sorted({text.fold(word) for word in endings}, key=lambda word: (-len(word), word))))


def project_key(name: str, words: KeyWords) -> str:
    """What a project is called when all that varies is taken off: brackets, space, punctuation, empty endings.

    `"支付账户2.0升级"` -> `"支付账户2.0"`, `"账户 2.0 升级项目"` -> `"账户2.0"`, `"HIVE标准数仓建设"` -> hive标准数仓.
    Versions and phases stay: 3.0接入 is not 2.0接入.
    """
    folded = text.fold(without_count(clean(name)))
    folded = _BRACKETED.sub("", folded) or folded
    key = re.sub("[^\\w.+#\\x00]+|_", "", _keep_spaces(folded)).strip(".").replace("\x00", " ").strip()
    shortened = True
    while shortened:
        shortened = False
        for ending in words.endings:
            short = key.removesuffix(ending).strip()
            if short != key and len(short.encode("gbk", "replace")) >= 4 and not short.endswith(("新", "的", "和")):
                key, shortened = short, True
                break
    return key or folded


def _keep_spaces(folded: str) -> str:
    """A space between two Latin words tells them apart; any other space is one of layout."""
    return re.sub(r"(?<=[a-z0-9]) (?=[a-z])|(?<=[a-z]) (?=[a-z0-9])", "\x00", folded)
