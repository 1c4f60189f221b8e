"""What users type, taken apart: words, "phrases", -without, OR, fields. Pure, and nothing typed is ever an error.

中行 超时              both words              "服务 恢复"        these characters, space included
光大 OR 中信           one of them             -演练, NOT 演练    not this
(光大 OR 中信) 超时    grouped                 redis*             words that begin so
银行:中行,光大         a fact, one of several  -kind:metric       not that fact

AND binds closest, then OR, then the space: `超时 光大 OR 中信` is 超时 and one of the two. Full-width signs work.
Parentheses group where there is an OR in them; anywhere else they are characters, as in `鉴权（光大）`.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from notion_archive import patterns
from notion_archive.errors import QueryError

MOST_WORDS = 32
MOST_CHARACTERS = 8  # words of one character, which stand almost everywhere
_DEEPEST = 3  # parentheses in parentheses; deeper ones are characters
SPELLINGS = {
    "kind": "kind type 类型 种类", "institution": "institution bank 银行 机构 行方", "project": "project 项目",
    "objective": "objective okr 目标", "section": "section 章节 小节 栏目", "report": "report 报告 周报 日报",
    "severity": "severity level 级别 等级 严重程度", "has": "has 有 含有", "status": "status 状态",
    "metric": "metric 指标", "time": "time date day when 时间 日期", "since": "since from 自 从 开始",
    "until": "until to 至 到 截至 截止", "year": "year 年 年份", "month": "month 月 月份", "week": "week 周 周次",
}  # fmt: skip
FIELDS = {spelling: field for field, spellings in SPELLINGS.items() for spelling in spellings.split()}
_SIGNS = str.maketrans("“”„‟«»「」『』＂：－−＊（）｜＆", '"' * 11 + ":--*()|&")
_QUOTED = str.maketrans({"‘": '"', "’": '"'})
_OPERATORS: dict[str, Literal["OR", "AND", "NOT"]] = {
    "OR": "OR", "或": "OR", "或者": "OR", "|": "OR", "||": "OR", "AND": "AND", "且": "AND", "并且": "AND", "&": "AND",
    "&&": "AND", "NOT": "NOT", "不含": "NOT",
}  # fmt: skip
_HAS_OR = patterns.compile(r"(?:^|\s)(?:OR|ＯＲ|或者?|\|\|?)(?=\s)")
_TOKEN = patterns.compile(
    rf"""
    (?P<minus>-(?=\S))?
    (?:(?P<field>{"|".join(sorted(FIELDS, key=len, reverse=True))}):(?:"(?P<given>[^"]*)(?:"|$)|(?P<value>[^\s"]+))
      |"(?P<phrase>[^"]*)(?:"(?P<star>\*)?|$)
      |(?P<time>(?:last|past|this)\s+(?:\d{{1,3}}\s+)?(?:day|week|month|quarter|year)s?(?!\S)
         |(?:最近|过去|近)\s*[\d一二两三四五六七八九十半]{{1,4}}\s*个?(?:天|日|周|星期|月|季度|年)(?!\S))
      |(?P<word>\S+))
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Word(Struct, frozen=True, kw_only=True, tag=True):
    """Something to be found in the text. `typed` is what stood there; `quoted`: as it stands, nothing else meant."""

    typed: str
    text: str
    quoted: bool = False
    prefix: bool = False


class Fact(Struct, frozen=True, kw_only=True, tag=True):
    """A field with its values, one of which has to be: `银行:中行,光大` -> institution, (中行, 光大)."""

    typed: str
    field: str
    values: tuple[str, ...]


class Without(Struct, frozen=True, tag=True):
    """Not this."""

    part: "Part"


class Both(Struct, frozen=True, tag=True):
    """All of these; no parts: whatever there is."""

    parts: tuple["Part", ...]


class Either(Struct, frozen=True, tag=True):
    """One of these."""

    parts: tuple["Part", ...]


Part = Word | Fact | Without | Both | Either


def parse(typed: str) -> Part:
    """`"光大 OR 中信 -演练"` -> Both((Either((Word 光大, Word 中信)), Without(Word 演练))).

    Raises QueryError for more words than a question can have.
    """
    signs = typed.translate(_SIGNS)
    if re.search(r"(?:^|\s|:)‘[^’]*’(?=\s|$)", signs):
        signs = signs.translate(_QUOTED)
    tree = _Parser(signs).tree(0, len(signs), 0)
    if isinstance(tree, Both) and not tree.parts and typed.strip():
        return Word(typed=typed.strip(), text=typed.strip(), quoted=True)  # only operators: then they are characters
    return tree


class _Parser:
    """One reading of a question from end to end."""

    def __init__(self, signs: str) -> None:
        self._signs = signs
        self._closing = _pairs(signs)
        self._words = self._characters = 0

    def tree(self, start: int, end: int, depth: int) -> Part:
        """What stands in signs[start:end]."""
        spaced: list[list[list[Part]]] = []  # divided by spaces, then by OR, then by AND
        joint = ""
        without = False
        for found in self._parts(start, end, depth):
            if found == "NOT":
                without = not without
            elif isinstance(found, str):
                joint = found if spaced else ""
            else:
                part: Part = Without(found) if without else found
                if joint == "AND":
                    spaced[-1][-1].append(part)
                elif joint == "OR":
                    spaced[-1].append([part])
                else:
                    spaced.append([[part]])
                joint, without = "", False
        return _both([_either([_both(joined) for joined in choice]) for choice in spaced])

    def _parts(self, start: int, end: int, depth: int) -> Iterator[Part | Literal["OR", "AND", "NOT"]]:
        at = start
        while at < end:
            if self._signs[at].isspace():
                at += 1
                continue
            opening = at + (self._signs[at] == "-")
            closing = self._group(opening, end, depth)
            if closing:
                group = self.tree(opening + 1, closing, depth + 1)
                yield Without(group) if opening > at else group
                at = closing + 1
                continue
            match = _TOKEN.match(self._signs, at, end)
            if match is None:
                return
            at = match.end()
            if found := self._part(match):
                yield found

    def _group(self, opening: int, end: int, depth: int) -> int | None:
        """Where the group that begins at `opening` ends; None where none begins."""
        closing = self._closing.get(opening)
        if closing is None or closing >= end or depth >= _DEEPEST:
            return None
        follows = self._signs[closing + 1 : closing + 2]
        is_group = (not follows or follows.isspace()) and _HAS_OR.search(self._signs, opening + 1, closing)
        return closing if is_group else None

    def _part(self, match: re.Match[str]) -> Part | Literal["OR", "AND", "NOT"] | None:
        typed = match[0].removeprefix("-") if match["minus"] else match[0]
        if not match["minus"] and (operator := _OPERATORS.get(unicodedata.normalize("NFKC", typed))):
            return operator
        part = _fact(match, typed) or _word(match, typed)
        if part is None:
            return None
        self._count(part)
        return Without(part) if match["minus"] else part

    def _count(self, part: Word | Fact) -> None:
        """Raises QueryError for more than can be answered in a moment."""
        self._words += 1 if isinstance(part, Word) else 2 * len(part.values)
        self._characters += isinstance(part, Word) and len(part.text) == 1
        if self._words > MOST_WORDS or self._characters > MOST_CHARACTERS:
            raise QueryError(
                f"A question can have {MOST_WORDS} words at most, {MOST_CHARACTERS} of them of one character. "
                "Put quotes around a sentence to find it as it stands."
            )


def _pairs(signs: str) -> dict[int, int]:
    """Where each parenthesis that closes is closed."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for match in re.finditer(r"[()]", signs):
        if match[0] == "(":
            waiting.append(match.start())
        elif waiting:
            pairs[waiting.pop()] = match.start()
    return pairs


def _fact(match: re.Match[str], typed: str) -> Fact | None:
    field = FIELDS.get((match["field"] or "").lower())
    if field is None:
        return None
    if match["given"] is not None:
        values: tuple[str, ...] = (match["given"],)
    else:
        values = tuple(value for value in re.split(r"[,，、;；|]", match["value"]) if value)
    values = tuple(dict.fromkeys(values))
    return Fact(typed=typed, field=field, values=values) if any(value.strip() for value in values) else None


def _word(match: re.Match[str], typed: str) -> Word | None:
    if match["phrase"] is not None:
        phrase = match["phrase"]
        return Word(typed=typed, text=phrase, quoted=True, prefix=bool(match["star"])) if phrase.strip() else None
    bare = typed.rstrip("*")
    prefix = bool(bare) and bare != typed
    return Word(typed=typed, text=bare if prefix else typed, prefix=prefix)


def _both(parts: list[Part]) -> Part:
    return parts[0] if len(parts) == 1 else Both(tuple(parts))


def _either(parts: list[Part]) -> Part:
    return parts[0] if len(parts) == 1 else Either(tuple(parts))
