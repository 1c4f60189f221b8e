"""Words as data: what labels, headings and turns of phrase mean; one TOML file a language, the user's own on top.

Shapes are code and live with the readers; another word for 原因 is a line in `zh.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

from notion_archive import gates, patterns, text
from notion_archive.errors import LexiconError
from notion_archive.remembered import remembered

_HERE = Path(__file__).parent
_OPEN = ("glossary", "kinds", "opposites", "bound")  # tables in which the user's files may have lines of their own
_TABLES = ("sections", "labels", "statuses", "wording", "signs", "words", "calendar", "properties", *_OPEN)
_ELSEWHERE = ("projects", "fixes")  # what the user's files have beside words; see those rooms
_REMEMBERED = 4096
_EDGES = " \t\r\n:;,.!?。、()[]{}<>《》【】〔〕'\"*_~|/\\#-+=·•&"
_SURROUNDING = patterns.compile(
    r"^(?:本次|此次|该次)?(?:事故|故障|事件|问题|异常)(?:的)?(?=..)"
    r"|(?<=..)(?:情况|说明|分析|描述|信息|经过|记录|详情|总结|梳理| analysis| details| summary)$"
    r"|^(?:the|our) "
)
_UNIT_OF_HEAD = patterns.compile(r"\s*\([^()]{1,12}\)$|\s*\([^()]{1,12}$")
_NEXT_WEEK = re.compile(r"(?:下周|下一周|下个月|下月|明日|明天|next week|tomorrow)(?![一二三四五六日天末])")
_HARMLESS = patterns.compile(
    r"\([^()]*(?:[没未不无]|没有)(?:造成|产生)?影响[^()]*\)|\([^()]*(?:no|without)[a-z ]* impact[^()]*\)"
)
_PERIOD_AHEAD = (
    r"(?:the\s+)?(?:coming\s+|next\s+)?(?:q[1-4]|h[12]|quarter|half(?:[ -]year)?|month|year|week|sprint|iteration|20\d\d"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)(?:\s+20\d\d)?"
)
_OWN_NEXT_WEEK = patterns.compile(  # PMO下周安排, 测试组下周工作重点
    r"\w{2,8}(?:下周|下一周|下月)(?:的|工作|重点|主要){0,2}(?:安排|计划|打算|目标|重点|工作|事项|要点)"
)
_THINGS = patterns.compile(r"(?<=..)(?:的|那|这|一|些|点)+(?:事儿?|事情|问题)$")  # 线上那些事
_ASKED = patterns.compile(  # 需领导协调事项, 请业务方支持的问题
    r"(?:需要?|待|提?请|拟请)[^,，。、:：\d]{0,8}?"
    r"(?:协调|支持|支援|决策|决定|拍板|协助|帮助|解决|审批|审定|关注)的?(?:事项|问题|事宜|事情?)"
)
_OF_THIS_WEEK = patterns.compile(r"(?:本周|上周|这周|今日|今天)[\u4e00-\u9fff]{1,4}")  # 本周出表
_PLAN_FOR = patterns.compile(
    rf"(?:our\s+)?(?:plans?|goals?|priorities|focus|outlook|objectives|targets)\s+(?:for|in)\s+{_PERIOD_AHEAD}"
    rf"|{_PERIOD_AHEAD}\s+(?:plans?|goals?|priorities|focus|outlook|objectives|targets)"
    r"|(?:第?[一二三四]季度|q[1-4]|\d{1,2}月份?|[上下]半年|明年|20\d\d年)的?(?:工作)?(?:计划|规划|打算|安排|重点工作|目标)"
)
_THIS_WEEK = patterns.compile(r"^(?:(?:本周|上周|今日|今天|昨日|本月|当前|目前|this week|today)[:,]?\s*)(?=.)")

_LATIN, _CHINESE, _GAP = "[a-z0-9]", r"[\u2e80-\U0010ffff]", "\ue000"
_SEAM = patterns.compile(rf"(?<={_LATIN})(?={_CHINESE})|(?<={_CHINESE})(?={_LATIN})")
_SEAM_WITH_SPACE = patterns.compile(rf"(?<={_LATIN})\s(?={_CHINESE})|(?<={_CHINESE})\s(?={_LATIN})")

_NOTHING_BOUND: Mapping[str, tuple[str, ...]] = MappingProxyType({})
Tables = dict[str, dict[str, tuple[str, ...]]]


class Words:
    """A list of words as one pattern over levelled text (`text.level`): longest first, Latin words as whole words.

    Between Chinese and Latin a space more is no other word: `慢 SQL` is the 慢sql of a list. `bound`: behind which
    characters a word of one character is part of another, 拟 of 模拟, and with a ~ before which: 前 of 前置.
    """

    def __init__(self, words: Iterable[str], bound: Mapping[str, tuple[str, ...]] = _NOTHING_BOUND) -> None:
        self.words = frozenset(text.fold(word) for word in words)
        self.pattern = re.compile(_as_pattern(self.words, bound) or r"(?!)")
        self._within: dict[str, re.Pattern[str]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.words))

    def meant(self, written: str) -> str:
        """The word of the list that a match of its pattern stands for."""
        found = " ".join(written.split())
        return found if found in self.words else _SEAM_WITH_SPACE.sub("", found)

    def search(self, levelled: str, at: int = 0) -> re.Match[str] | None:
        """The first place, from `at` on, where one of the words stands."""
        return self.pattern.search(levelled, at)

    def within(self, written: str) -> re.Pattern[str]:
        r"""A pattern in which `{words}` stands for any of the words: `(?:{words})\s*$`. It is made once."""
        found = self._within.get(written)
        if found is None:
            found = self._within[written] = gates.headed(re.compile(written.replace("{words}", self.pattern.pattern)))
        return found

    def last(self, levelled: str) -> re.Match[str] | None:
        """The last place where one of the words stands."""
        found = None
        for found in self.pattern.finditer(levelled):  # noqa: B007
            pass
        return found


def _as_pattern(words: Iterable[str], bound: Mapping[str, tuple[str, ...]]) -> str:
    """One branch for each first character, which stands at its head: so the pattern is only tried where one occurs."""
    branches: dict[str, list[tuple[str, str]]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        tail = r"(?![a-z0-9])" if text.is_word_character(word[-1]) else ""
        if around := bound.get(word):
            tail = f"(?<![{''.join(one for one in around if one[0] != '~')}]{word})"
            if ahead := "".join(one[1:] for one in around if one[0] == "~"):
                tail += f"(?![{ahead}])"
        rest = re.escape(_SEAM.sub(_GAP, word)[1:]).replace(r"\ ", r"\s+").replace(_GAP, r"\s?")
        branches.setdefault(word[0], []).append((rest, tail))
    return "|".join(
        re.escape(first) + (f"(?<![a-z0-9]{first})" if text.is_word_character(first) else "") + _alternatives(rests)
        for first, rests in branches.items()
    )


def _alternatives(rests: Sequence[tuple[str, str]]) -> str:
    """What may follow a first character; a tail that all have is looked for once."""
    tails = {tail for _, tail in rests}
    if len(tails) == 1:
        return f"(?:{'|'.join(rest for rest, _ in rests)}){tails.pop()}"
    return f"(?:{'|'.join(rest + tail for rest, tail in rests)})"


class Lexicon:
    """All words, by table and meaning; see the comments in `zh.toml` for what each table says."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._compiled: dict[tuple[str, str], Words] = {}
        self._together: dict[tuple[tuple[str, str], ...], Words] = {}
        self._kind_of = lru_cache(_REMEMBERED)(self._section_kind)  # the same headings and labels stand in every report
        self._meanings_of = lru_cache(_REMEMBERED)(self._read_label)
        self._nothing_in = remembered(self._states_nothing)

    def words(self, table: str, meaning: str) -> Words:
        """The words of one meaning: `words("signs", "failure")`. An unknown meaning has none."""
        try:
            return self._compiled[table, meaning]
        except KeyError:
            found = Words(self.tables.get(table, {}).get(meaning, ()), self.tables["bound"])
            self._compiled[table, meaning] = found
            return found

    def any_of(self, meanings: tuple[tuple[str, str], ...]) -> Words:
        """The words of several meanings as one list: where it finds nothing, none of theirs does."""
        found = self._together.get(meanings)
        if found is None:
            lists = (self.tables.get(table, {}).get(meaning, ()) for table, meaning in meanings)
            found = self._together[meanings] = Words(chain.from_iterable(lists), self.tables["bound"])
        return found

    @cached_property
    def _meanings(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for meaning, words in self.tables["labels"].items():
            for word in words:
                meanings = found.setdefault(text.fold(word), [])
                if meaning not in meanings:
                    meanings.append(meaning)
        return {word: tuple(meanings) for word, meanings in found.items()}

    def meanings(self, label: str) -> tuple[str, ...]:
        """What a label or a column's head can mean: `根因` -> (cause,), `问题` -> (summary, problem), `天气` -> ().

        A word more or less changes nothing: `事故概述`, `根因说明`, `Root cause analysis`.
        """
        return self._meanings_of(label)

    def _read_label(self, label: str) -> tuple[str, ...]:
        plain = bare(label)
        if (found := self._meanings.get(plain)) is None:
            found = self._meanings.get(_SURROUNDING.sub("", _UNIT_OF_HEAD.sub("", plain)), ())
        return found

    @cached_property
    def labels(self) -> Words:
        """Every label of every meaning."""
        return Words(self._meanings)

    @cached_property
    def _section_words(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for kind in ("around", "update", "note", "metric", "incident", "goal", "skip", "next"):
            found.update((text.fold(word), kind) for word in self.tables["sections"].get(kind, ()))
        return found

    @cached_property
    def _heading_words(self) -> Mapping[str, str]:
        """Besides, what only says so where it is marked as a heading: `## 协同`, but not `- 协同：联调中`."""
        found = dict(self._section_words)
        for kind in ("around", "note", "metric", "incident"):
            found.update((text.fold(word), kind) for word in self.tables["sections"].get(f"{kind}_heading", ()))
        return found

    @cached_property
    def _section_pattern(self) -> Words:
        return Words(self._section_words)

    @cached_property
    def _heading_pattern(self) -> Words:
        return Words(self._heading_words)

    def section_kind(self, name: str) -> str | None:
        """What a heading says of the items below it, None for a heading that is a name of its own.

        `"生产稳定性事件"` -> incident, `"下周工作及目标"` -> goal, `"上周进展"` -> update, `"故障演练平台"` -> None.
        The last telling word decides, as the head of a Chinese or English noun phrase stands last; one that may as well
        stand around others, the 说明 of `"生产事件说明"`, tells only where no other does.
        """
        return self._kind_of(name, False)

    def _section_kind(self, name: str, marked: bool) -> str | None:
        kind = self._kind_by_words(name, marked)
        return "note" if kind == "incident" and self.is_harmless(name) else kind

    def is_harmless(self, heading: str) -> bool:
        """Whether a heading says that nothing below it harmed anybody: `告警处理（以下都没影响业务）`."""
        return _HARMLESS.search(text.fold(heading)) is not None

    def _kind_by_words(self, name: str, marked: bool) -> str | None:
        known = self._heading_words if marked else self._section_words
        pattern = self._heading_pattern if marked else self._section_pattern
        folded = bare(re.sub(r"\(.*?\)", "", text.fold(name)) or name)
        rest = folded
        words = [pattern.meant(match[0]) for match in pattern.pattern.finditer(rest)]
        found = [known[word] for word in words]
        left = pattern.pattern.sub("", rest).strip(_EDGES + "\u2600\u2b50")
        left = "".join(c for c in left if c.isalnum())
        aside = self.words("sections", "around")
        alone = [kind for word, kind in zip(words, found, strict=True) if kind != "around" and word not in aside]
        telling = alone or [kind for kind in found if kind != "around"]
        if (left and not left.isdigit()) or not found or "%" in folded:  # 成功率 98.9% → 99.2% is a number
            return None
        if folded in self.words("sections", "incident_alone"):
            return "incident"
        if not telling:
            return "update" if folded else None
        kinds = [kind for kind in telling if kind != "next"]
        if "next" in telling and not re.search("本周|上周|this week|last week", rest):
            return "goal"
        return kinds[-1] if kinds else "goal"

    def heading_kind(self, name: str) -> str | None:
        """The same of a marked heading, of which the last word may tell: `跨年保障小结` -> note, `支付线上故障` -> incident."""
        if (kind := self._kind_of(name, True)) is not None:
            return kind
        folded = bare(re.sub(r"\(.*?\)", "", text.fold(name)))
        if _THINGS.search(folded) and (kind := self._kind_of(_THINGS.sub("", folded), True)) is not None:
            return kind
        if _NEXT_WEEK.match(folded) or _PLAN_FOR.fullmatch(folded):
            return "goal"  # 下周盯什么, 下周组里的事, Plan for Q3
        if _OWN_NEXT_WEEK.fullmatch(folded):
            return "goal"
        if _ASKED.fullmatch(folded):
            return "note"
        if _OF_THIS_WEEK.fullmatch(folded):
            return "update"
        for kind in ("incident", "metric", "note"):
            found = self.words("sections", f"{kind}_ending").last(folded)
            if found and found.end() == len(folded):
                return kind
        return None

    def is_nothing(self, words: str) -> bool:
        """True for what people write when there is nothing to say: 暂无, 无, N/A, TBD, -, and the empty string."""
        return self._nothing_in(words)

    def _states_nothing(self, words: str) -> bool:
        folded = text.fold(words)
        plain = bare(words)
        if opening := _THIS_WEEK.match(plain):
            plain = plain[opening.end() :]
        return folded in self._nothing or not plain or plain in self._nothing

    @cached_property
    def _nothing(self) -> Words:
        return self.words("words", "nothing")


def bare(words: str) -> str:
    """Folded, without punctuation at the ends: `"【故障原因】："` -> `"故障原因"`."""
    return text.fold(words).strip(_EDGES)


def stated(words: str | None, lexicon: Lexicon) -> str | None:
    """The words, or None where they state nothing: `"暂无"` -> None."""
    return None if words is None or lexicon.is_nothing(words) else words


def load(own: Path | None = None) -> Lexicon:
    """The words of every language, and those of the user's folder `own` on top.

    Raises LexiconError, naming file and reason, where a file is no TOML, names what we do not know, or has a value that
    is no list of words.
    """
    ours = _ours()
    return _merged(ours, sorted(own.glob("*.toml"))) if own and own.is_dir() else Lexicon(ours)


@cache
def _ours() -> Tables:
    tables: Tables = {table: {} for table in _TABLES}
    for file in sorted(_HERE.glob("*.toml")):
        for table, meanings in tomllib.loads(file.read_text("utf-8")).items():
            for meaning, words in meanings.items() if table in tables else ():
                tables[table][meaning] = tables[table].get(meaning, ()) + tuple(words)
    return tables


def _merged(ours: Tables, files: Iterable[Path]) -> Lexicon:
    tables = {table: dict(meanings) for table, meanings in ours.items()}
    for file in files:
        for table, meanings in read(file).items():
            if table in _ELSEWHERE:
                continue
            _check(file, f"[{table}]", table, (*tables, *_ELSEWHERE))
            for meaning, words in meanings.items():
                if table not in _OPEN:
                    _check(file, f"[{table}] {meaning}", meaning, ours[table])
                tables[table][meaning] = tables[table].get(meaning, ()) + _words(file, table, meaning, words)
    return Lexicon(tables)


def read(file: Path) -> dict[str, dict[str, Any]]:
    """The tables of one of the user's files. Raises LexiconError for a file that has none, or anything else."""
    try:
        tables = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{file} cannot be read as a word list: {error}. Mend it, or move it away.") from error
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise LexiconError(f"{file}: {name} must stand under a table, as [labels] or [fixes].")
    return tables


def _check(file: Path, place: str, name: str, known: Iterable[str]) -> None:
    if name not in known:
        raise LexiconError(f"{file}: {place} is nothing we know. Known: {', '.join(known)}.")


def _words(file: Path, table: str, meaning: str, words: object) -> tuple[str, ...]:
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise LexiconError(f'{file}: [{table}] {meaning} must be a list of words, as in {meaning} = ["…", "…"].')
    return tuple(words)
