"""When an ambiguous name counts: the cues and stops of `lexicon/contexts.toml`, ready to be asked.

`平安通道` names a bank, `平安夜` does not. The words are data, with an example each; what kinds of words there are and
how they are looked for stands here.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import add
from pathlib import Path
from typing import Any

from notion_archive import patterns
from notion_archive.text import fold

CONTEXTS = Path(__file__).parent / "lexicon" / "contexts.toml"
_OPENING = r"[\s\"'(\[【<:=*_-]*"
_CLOSING = r"[\s\"'()\[\]【】<>*#_-]*"
_LATIN = r"[a-z][a-z0-9+.]{0,9}(?![a-z0-9])"
_NUMBER = r"(?<!\d)\d+(?:[:/.~-]+\d+)*(?!\d)(?:\s*(?:小时|分钟|[日点分次笔个条家天时起%万秒]))?"
_HEADING = patterns.compile(r"[|;。,][\s*.,)(\d-]*$")  # `- `, `1. ` or a new cell of a table, then the name,
_COLON = patterns.compile(r"[\s*]*[:|]")  # then `：` or the end of the cell
_WHEN = patterns.compile(r"[\s(]*(?:\d{1,2}:\d\d|\d{1,2}/\d{1,2}|\d{1,2}月\d)")  # 光大（0:00-3:00）
_COUNT = patterns.compile(  # 光大 12 笔, 恒丰一张
    r"\s*(?:\d[\d,.]*\s*(?:笔|单|次|%|万笔|万元|元|ms)|[一两二三四五六七八九十]+(?:张|笔|单))"
)
_CELL = patterns.compile(r"[\s*]*\|")
_LETTER = patterns.compile(r"[^\W\d_]")
_SPELLED_AFTER = patterns.compile(r"[^(),;。]{0,8}\(([a-z][a-z' /-]+)\)")  # CMB (Controller Memory Buffer)
_SPELLED_BEFORE = patterns.compile(r"([a-z][a-z' /-]+) ?\($")  # Unified Billing Service (UBS)
_BEFORE, _AFTER = 16, 40  # how far from an alias a cue may begin or end


class Words:
    """Many words to be found in one pass over a text: the first two characters of a word are its door."""

    def __init__(self, words: Iterable[str]) -> None:
        doors: dict[str, list[str]] = {}
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            doors.setdefault(word[:2], []).append(word)
        self._doors = {door: tuple(behind) for door, behind in doors.items()}

    def at(self, text: str, start: int) -> str | None:
        """The longest of the words that begins here."""
        behind = self._doors.get(text[start : start + 2], ()) + self._doors.get(text[start : start + 1], ())
        return next((word for word in behind if text.startswith(word, start)), None)

    def all_in(self, text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
        """Every word that begins between first and last, overlapping ones too; `其中行政` -> 其中, 行政."""
        first, doors = max(first, 0), self._doors
        part = text[first:] if last is None else text[first : max(last, 0) + 1]
        starts = [start for start, door in enumerate(map(add, part, part[1:]), first) if door in doors]
        if part and first + len(part) == len(text) and (last is None or last >= len(text)) and text[-1] in doors:
            starts.append(len(text) - 1)
        for start in starts:
            for word in doors[text[start : start + 2]]:
                if text.startswith(word, start):
                    yield start, start + len(word)


class Contexts:
    """The cues and stops of one lexicon; `stops` are the user's own."""

    def __init__(self, lists: Mapping[str, Any], stops: Iterable[str] = ()) -> None:
        self._levels = {fold(alias): level for level, aliases in lists["levels"].items() for alias in aliases.split()}
        after = lists["after"]
        between = f"(?:{_CLOSING}(?:{_any(lists['between']['words'])}|{_NUMBER}|{_LATIN})){{0,4}}?{_CLOSING}"
        brand = after["named"]["words"] + after["brand"]["words"]
        self._after = {
            "brand": re.compile(f"{between}{_cue(brand)}"),
            "named": re.compile(f"{between}{_cue(after['named']['words'])}"),
            "code": re.compile(
                f"{between}{_cue(after['code']['words'])}"
                rf"|(?:'s)?\s+(?:both\s+|all\s+)?{_cue(after['english']['words'])}"
            ),
        }
        leaders = tuple(lists["joiners"]["leaders"].split())
        self._leaders: dict[str, tuple[str, ...]] = {}
        self._counted = frozenset(after["counted"]["words"].split())
        for group in after["word"]:
            of = "的?" if group.get("of") else ""
            cue = re.compile(f"{_CLOSING}{of}{_cue(group['words'])}")
            for alias in fold(group["aliases"]).split():
                self._levels[alias] = "word"
                self._leaders[alias] = leaders[:0] if group.get("alone") else leaders
                self._after[alias] = cue
        before = lists["before"]
        self._strong_verb = re.compile(f"(?:{_any(before['strong'])}){_OPENING}$")
        finished = "[\u4e00-\u9fff]完"  # 迁完了中信
        self._verb = re.compile(f"(?:{_any(before['verbs'])}|{finished})[了过到]?{_OPENING}$")
        self._preposition = re.compile(f"(?:{_any(before['prepositions'])}){_OPENING}$")
        self._label = re.compile(rf"(?:{_any(before['labels'])})\s*(?:[:=(\[【\"']|为|是){_OPENING}$")
        self._bare_label = re.compile(rf"(?:{_any(before['labels'])}){_OPENING}$")
        self._clock = re.compile(r"(?:\d:\d\d(?::\d\d)?|\d/\d+|月\d+日|[点时分])[\s,]*$")
        self._edge = re.compile(rf"{_CLOSING}(?:$|[,。;:!?|/&+()\n⇒]|(?:{_any(before['actions'])}))")
        longer = " ".join(action for action in before["actions"].split() if len(action) > 1)
        self._action = re.compile(f"{_CLOSING}(?:{_any(longer)})")
        line = lists["line"]
        self._english = re.compile(rf"\b(?:{_any(before['english'])}) $")
        self._noun = re.compile(rf" (?:{_any(before['english_nouns'])})\b")
        self._english_line = re.compile(rf"\b(?:{_any(line['english'])})\b")
        self._line = re.compile(_any(line["words"]))
        self._clear_left = re.compile(rf"[^\u4e00-\u9fff]$|(?:{_any(line['left'])})$")
        self._clear_time = re.compile(f"(?:{_any(line['left_of_predicate'])})$")
        self._predicate = re.compile(f"\\s*(?:{_any(line['right'])})")
        self._foreign = re.compile(rf"\s*[等系类]?(?:[两三四五几多]家)?(?:{_any(line['foreign'])})")
        self._common = frozenset(line["common"].split())
        self._trades = re.compile(_any(line["trades"]))
        self._stops = Words([word for group in lists["stops"] for word in group["words"].split()])
        self._own_stops = Words([fold(stop) for stop in stops])
        self._doubtful = Words(lists["doubtful"]["words"].split())
        self._spared = Words(lists["spared"]["words"].split())
        self._names = Words(lists["names"]["words"].split())
        self._entities = Words((lists["entities"]["words"] + lists["entities"]["spared"]).split())
        self._english_entity = re.compile(rf" (?:{_any(lists['entities']['english'])})\b")
        self._entity_words = {
            "named": frozenset(lists["entities"]["words"].split()),
            "brand": frozenset(lists["entities"]["words"].split()),
            "steady": frozenset(lists["entities"]["steady"].split()),
        }
        self.strong_joiners = frozenset(lists["joiners"]["strong"].split())
        self.loose_joiners = frozenset([" ", *lists["joiners"]["loose"].split()])
        self.parallel = frozenset([",", ";", *lists["joiners"]["parallel"].split()]) | self.strong_joiners
        self.weak_joiners = frozenset(lists["joiners"]["weak"].split())
        self._initials = _Initials(lists["initials"], leaders)
        self.shared: dict[str, str] = {fold(alias): name for alias, name in lists["shared"].items()}

    def level(self, alias: str) -> str:
        """Of a folded ambiguous alias: `中行` -> steady, `光大` -> named, `建设` -> word, `boc` -> code."""
        return self._levels.get(alias) or ("code" if alias.isascii() else "named")

    def forbids(self, text: str, start: int, end: int, *, short: bool) -> bool:
        """`其中行政`, `平安夜`, `新网关`: is text[start:end] part of another word? Full names fear fewer words."""
        first = start - 6
        if any(_clash(span, start, end) for span in self._own_stops.all_in(text, first, end)):
            return True
        found = [span for span in self._stops.all_in(text, first, end) if _clash(span, start, end)]
        if not short:
            found = [span for span in found if span[0] <= start and span[1] >= end]
            found += [span for span in self._names.all_in(text, first, end) if _clash(span, start, end)]
        return bool(found) and not self._all_spared(text, found)

    def doubts(self, text: str, start: int, end: int) -> bool:
        """`文件中行数据`: a noun of place before the alias makes even 中行 need a cue."""
        return any(_clash(span, start, end) for span in self._doubtful.all_in(text, start - 6, start))

    def is_entity(self, text: str, end: int, *, level: str) -> bool:
        """`光大|证券`: is the alias the beginning of another company's or a place's name?"""
        if level == "steady" and self._english_entity.match(text, end):
            return True
        return self._entities.at(text, end) in self._entity_words.get(level, ())

    def stands_alone(self, text: str, start: int, end: int) -> bool:
        """Does an ordinary word stand for itself, as in a list? Of `数仓建设、工行` the 建设 does not."""
        before, after = text[max(start - _BEFORE, 0) : start], text[end : end + 1]
        if is_chinese(before[-1:]) and not before.endswith(self._leaders[text[start:end]]):
            return False
        return not is_chinese(after) or after in "和与及跟或等的两三四五六各均都共占"

    def initials(self, text: str) -> tuple[tuple[int, str], ...]:
        """`工、农、中、建`, `工农中建交`: where a character stands for a bank, and for which."""
        return tuple(self._initials.all_in(text)) if self._initials.unit.search(text) else ()

    def is_list_of_banks(self, aliases: set[str], text: str) -> bool:
        """`工商 38%、农业 15%、交通 6% 的扣款`, `昆仑、长安的卡 BIN`: no list of trades; of words for trades it takes three."""
        if not self._line.search(text) or self._trades.search(text):
            return False
        return len(aliases) > 2 or (len(aliases) > 1 and aliases.isdisjoint(self._common))

    def are_foreign(self, text: str, end: int) -> bool:
        """`中信、招商等券商`: does the list that ends here name companies that are no banks?"""
        return self._foreign.match(text, end) is not None

    def stands_apart(self, text: str, start: int, end: int) -> bool:
        """`工行已恢复；下周：平安`: does nothing Chinese go on into the name or out of it?"""
        return not is_chinese(text[start - 1 : start]) and self._edge.match(text, end) is not None

    def spells_out(self, text: str, start: int, end: int) -> bool:
        """`CMB (Controller Memory Buffer)`: does the text say that the letters stand for something else?"""
        found = _SPELLED_AFTER.match(text, end) or _SPELLED_BEFORE.search(text, max(start - 60, 0), start)
        if not found or "bank" in found[1]:
            return False
        words = re.findall("[a-z]+", found[1])[-(end - start) :]
        return "".join(word[0] for word in words) == text[start:end]

    def cued(self, text: str, start: int, end: int, *, alias: str, level: str) -> bool:
        """`光大鉴权通道`, `联系平安排查`, `通道：民生`: does something beside the alias say that a bank is meant?"""
        if self._after[alias if level == "word" else level].match(text, end, end + _AFTER):
            return True
        head = "|" + text[:start] if start < _BEFORE else text[start - _BEFORE : start]
        if self._label.search(head):
            return True
        if level == "word":
            counted = _COUNT.match(text, end) is not None or self._begins_row(text, start, end)
            return counted and alias in self._counted
        if self._strong_verb.search(head) or _COUNT.match(text, end) or _WHEN.match(text, end):
            return True
        in_row = level == "named" and _CELL.match(text, end) is not None
        if in_row and self._begins_row(text, start, end):
            return True
        if not in_row and _HEADING.search(head) and _COLON.match(text, end):
            return True
        if self._bare_label.search(head) and (level == "code" or self._edge.match(text, end)):
            return True
        if (self._verb.search(head) or self._clock.search(head)) and self._edge.match(text, end):
            return True
        if self._preposition.search(head) and self._action.match(text, end):
            return True
        if level == "code" and self._english.search(head) and not self._noun.match(text, end):
            return self._english_line.search(text) is not None
        if level == "brand" and text[end : end + 1] in ("那", "这"):  # 光大那个 504 查到底
            return True
        told_of = self._predicate.match(text, end) is not None
        clear = self._clear_left.search(head) or (told_of and self._clear_time.search(head))
        if not clear or not (told_of or self._edge.match(text, end)):
            return False
        if level == "brand" and told_of:
            return True
        return level != "code" and self._line.search(text) is not None

    def _begins_row(self, text: str, start: int, end: int) -> bool:
        """`| 3 | 民生 | 户名不符 |`: is it a cell, with nothing but numbers before it?"""
        return _CELL.match(text, end) is not None and not _LETTER.search(text, 0, start)

    def _all_spared(self, text: str, found: list[tuple[int, int]]) -> bool:
        first, last = min(span[0] for span in found), max(span[1] for span in found)
        spared = list(self._spared.all_in(text, first - 4, last))
        return all(any(s[0] <= f[0] and f[1] <= s[1] for s in spared) for f in found)


class _Initials:
    """The big banks by one character each, which counts in the company of others only."""

    def __init__(self, table: Mapping[str, Any], leaders: tuple[str, ...]) -> None:
        self._banks = {fold(key): name for key, name in table["banks"].items()}
        one = f"[{''.join(self._banks)}]"
        self.unit = re.compile(rf"{one}(?:(?: ?[、/] ?{one})+|{one}{{2,}})")
        self._core = frozenset(table["core"])
        self._leaders = leaders
        self._of_banks = re.compile(f" ?(?:{_any(table['of_banks'])})")
        self._after = re.compile(rf"$|[^\u4e00-\u9fff]|{_any(table['after'])}|{self._of_banks.pattern}")
        self._words = Words(table["words"].split())

    def all_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Where a character stands for a bank, and for which."""
        for unit in self.unit.finditer(text):
            places = [at for at in range(*unit.span()) if text[at] in self._banks]
            together = len(places) == len(unit[0])
            if together and self._words.at(text, places[-1]):
                places.pop()
            if self._is_list(text, places, together=together):
                yield from ((at, self._banks[text[at]]) for at in places)

    def _is_list(self, text: str, places: list[int], *, together: bool) -> bool:
        named = {text[at] for at in places}
        before, end = text[: places[0]], places[-1] + 1
        of_banks = self._of_banks.match(text, end) is not None
        core = len(named & self._core)
        if len(named) < len(places):
            return False
        if together:
            return core > 2 and (len(named) > 3 or of_banks)
        if is_chinese(before[-1:]) and not before.endswith(self._leaders):
            return False
        return of_banks or (len(named) > 2 and core > 1 and self._after.match(text, end) is not None)


def _clash(span: tuple[int, int], start: int, end: int) -> bool:
    """Do they overlap, and does the span reach beyond start:end?"""
    return span[0] < end and span[1] > start and (span[0] < start or span[1] > end)


def is_chinese(character: str) -> bool:
    """True for `行`; false for `a`, `，` and the empty string."""
    return "\u4e00" <= character <= "\u9fff"


def _any(words: str) -> str:
    return "|".join(re.escape(word).replace("·", " ?") for word in sorted(words.split(), key=len, reverse=True))


def _cue(words: str) -> str:
    """Any of the words, as a whole: neither `rep` in `repo` nor `等行` in `等行业`."""
    return rf"(?:{_any(words)})(?:(?<=[a-z])s)?(?!(?<=[a-z])[a-z]|(?<=等行)业)"


@cache
def table() -> Mapping[str, Any]:
    """The contexts we ship."""
    return tomllib.loads(CONTEXTS.read_text("utf-8"))
