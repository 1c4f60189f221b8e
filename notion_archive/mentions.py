"""Where a text names an institution: `4/3 14:00 中行POS对账文件未提供` -> 中国银行, at `中行`.

Aliases are found in one pass over the folded text. Full names count; an ambiguous alias counts beside a cue, in a
list with a name that counts, or where the text names its institution in full; never inside another word.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from msgspec import Struct

from notion_archive import patterns
from notion_archive.contexts import Contexts, Words, is_chinese
from notion_archive.text import Folded, fold, fold_with_offsets, is_word_character

# What is said of a name before the next one of the list: 光大 8 笔、民生（3.1%），恒丰周四
_REMARK = patterns.compile(
    r"^(?:\s*(?:\([^()]{0,16}\)|:?\s*(?:占比?)?\s*[+-]?\d[\d,.:/~-]*\s*[万亿]?\s*(?:%|‰|笔|单|次|家|户|个|条|张|人|元|ms|s|秒|分钟?|起)?"
    r"|周[一二三四五六日天]|[一二三四]期|为?[主备]用?(?![\u4e00-\u9fff])))+"
)
_NUMBERED = patterns.compile(r"[\s,;，；、]*(?:[①-⑳]|[(（]\d{1,2}[)）])\s*")  # ① 中信 ② 光大
_FREE_CASE = 5  # from so many letters on a name counts in any case: bocom, but not abc


class Mention(Struct, frozen=True, kw_only=True):
    """A place where an institution is named; `sure` is False where the words may mean something else.

    `alias` is as written and text[start:end] in the original text. `likely`: the name is hardly ever anything else, so that
    it counts on a page that surely names the institution elsewhere: `BOC signed it by mail`, `光大书面同意`; not `建设`.
    """

    institution: str
    alias: str
    start: int
    end: int
    sure: bool
    likely: bool


class Alias(Struct, frozen=True, kw_only=True):
    """One way to write one institution's name; one that is not `listed` in records vouches for no neighbour.

    An ambiguous one that is `certain` needs no cue, but is still no part of another word.
    """

    written: str
    institution: str
    ambiguous: bool
    certain: bool = False
    listed: bool = True


class _Entry(Struct):
    """What a folded alias stands for; several owners where a code is shared."""

    owners: list[str]
    spellings: set[str]
    level: str
    short: bool
    listed: bool
    certain: bool = False


class _Candidate(Struct):
    """An alias that stands in the text and is part of no other word; `line` is its place in the list of lines."""

    line: int
    start: int
    end: int
    alias: str
    entry: _Entry
    sure: bool
    owner: str

    def confirm(self) -> None:
        """It counts, unless it might be one of several."""
        self.sure = self.sure or len(self.entry.owners) == 1


class Recogniser:
    """Finds mentions; made once from all aliases."""

    def __init__(self, aliases: Iterable[Alias], contexts: Contexts) -> None:
        self._contexts = contexts
        self._entries: dict[str, _Entry] = {}
        for alias in aliases:
            self._add(alias, fold(alias.written))
        self._words = Words(self._entries)

    def _add(self, alias: Alias, folded: str) -> None:
        level = self._contexts.level(folded) if alias.ambiguous else "full"
        short = alias.ambiguous and not folded.endswith("银行")
        entry = self._entries.setdefault(folded, _Entry([], set(), level, short, alias.listed, alias.certain))
        entry.certain |= alias.certain
        entry.spellings.add(unicodedata.normalize("NFKC", alias.written))
        if alias.institution not in entry.owners:
            entry.owners.append(alias.institution)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """In order, not overlapping. `光大侧系统问题，平安夜值班` -> 光大 (sure)."""
        lines: list[tuple[int, str, Folded]] = []
        candidates: list[_Candidate] = []
        offset = 0
        for line in text.splitlines(keepends=True):
            folded = fold(line)
            initials = self._contexts.initials(folded)
            places = list(self._words.all_in(folded))
            if initials or places:
                whole = fold_with_offsets(line)
                candidates += self._candidates(len(lines), line, whole, places)
                candidates += [_initial(len(lines), at, whole.text[at], name) for at, name in initials]
                lines.append((offset, line, whole))
            offset += len(line)
        chosen = _without_overlaps(candidates)
        for number, line_of_them in groupby(chosen, key=lambda candidate: candidate.line):
            if len(together := list(line_of_them)) > 1:
                self._join(together, *lines[number][1:])
        _license(chosen)
        return tuple(_mention(candidate, text, *lines[candidate.line]) for candidate in chosen)

    def _candidates(
        self, number: int, line: str, folded: Folded, places: Iterable[tuple[int, int]]
    ) -> list[_Candidate]:
        text, found = folded.text, []
        for start, end in places:
            alias = text[start:end]
            entry = self._entries[alias]
            written = line[folded.starts[start] : folded.ends[end - 1]]
            if not _whole(text, start, end) or not _same_case(written, entry):
                continue
            if self._contexts.forbids(text, start, end, short=entry.short):
                continue
            if self._contexts.is_entity(text, end, level=entry.level):
                continue
            if entry.level == "code" and not entry.certain and self._contexts.spells_out(text, start, end):
                continue
            sure = entry.certain or self._counts(text, start, end, alias, entry.level)
            if entry.level == "word" and not sure and not self._contexts.stands_alone(text, start, end):
                continue
            shared = self._contexts.shared.get(alias)
            owner = shared if shared in entry.owners else entry.owners[0]
            known = len(entry.owners) == 1 or shared in entry.owners
            found.append(_Candidate(number, start, end, alias, entry, sure and known, owner))
        return found

    def _counts(self, text: str, start: int, end: int, alias: str, level: str) -> bool:
        if level == "full":
            return True
        if level == "steady":
            if not self._contexts.doubts(text, start, end):
                return True
            level = "named"
        return self._contexts.cued(text, start, end, alias=alias, level=level)

    def _join(self, line: list[_Candidate], original: str, folded: Folded) -> None:
        """`光大、民生和平安的快捷` -> all three: what stands in a list with a name that counts, counts."""
        pairs = [(a, b, self._joined(a, b, original, folded)) for a, b in pairwise(line)]
        runs = list(_runs(line, [strength for *_, strength in pairs]))
        foreign = {id(one) for run in runs if self._is_foreign(run, folded.text) for one in run}
        for order in (pairs, pairs[::-1]):
            for one, other, strength in order:
                if not strength or one.owner == other.owner or id(one) in foreign:
                    continue
                both = strength == "strong" and all(c.entry.level in ("named", "brand", "code") for c in (one, other))
                if both or (one.sure and one.entry.listed):
                    other.confirm()
                if both or (other.sure and other.entry.listed):
                    one.confirm()
        for run in runs:
            if self._are_banks(run, folded.text) and id(run[0]) not in foreign:
                for candidate in run:
                    candidate.confirm()
        if any(candidate.sure and candidate.entry.listed for candidate in line):
            for candidate in line:
                group = candidate.entry.level in ("named", "brand") and id(candidate) not in foreign
                if group and self._contexts.stands_apart(folded.text, candidate.start, candidate.end):
                    candidate.confirm()

    def _are_banks(self, run: list[_Candidate], text: str) -> bool:
        aliases = {candidate.alias for candidate in run}
        if len(aliases) > 2 and all(candidate.entry.level in ("named", "brand", "steady") for candidate in run):
            return True
        return len(aliases) > 1 and self._contexts.is_list_of_banks(aliases, text)

    def _is_foreign(self, run: list[_Candidate], text: str) -> bool:
        """`中信、招商、广发证券`, `平安、华夏等保险公司`: other companies of their groups, and not one bank among them."""
        groups = all(candidate.entry.level in ("named", "brand") for candidate in run)
        if groups and self._contexts.are_foreign(text, run[-1].end):
            for candidate in run:
                candidate.sure = False
            return True
        return any(not one.entry.listed for one in run) and not any(one.sure and one.entry.listed for one in run)

    def _joined(self, one: _Candidate, other: _Candidate, original: str, folded: Folded) -> str:
        between = original[folded.ends[one.end - 1] : folded.starts[other.start]]
        if _NUMBERED.fullmatch(between):
            return "strong"
        remarked = unicodedata.normalize("NFKC", between)
        bare = _REMARK.sub("", remarked)
        between = bare.strip(" \"'“”()") or bare[:1]
        if len(bare) < len(remarked) and between in self._contexts.parallel:
            return "strong"
        if between in self._contexts.strong_joiners:
            return "strong"
        if between in self._contexts.loose_joiners:
            return "" if is_chinese(folded.text[: one.start][-1:]) else "weak"
        return "weak" if fold(between) in self._contexts.weak_joiners else ""


def _initial(line: int, at: int, character: str, name: str) -> _Candidate:
    entry = _Entry([name], {character}, "full", short=False, listed=True)
    return _Candidate(line, at, at + 1, character, entry, sure=True, owner=name)


def _runs(line: list[_Candidate], strengths: list[str]) -> Iterator[list[_Candidate]]:
    """The longest parts of a line in which every name is joined to the next: `工商 38%、农业 15%、交通 6%`."""
    run = line[:1]
    for candidate, strength in zip(line[1:], strengths, strict=True):
        if not strength:
            yield run
            run = []
        run.append(candidate)
    yield run


def _whole(text: str, start: int, end: int) -> bool:
    """Latin aliases stand between non-letters: not the ABC of ABCDE, nor of ABC2."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if is_word_character(text[start]) and before and is_word_character(before):
        return False
    return not (is_word_character(text[end - 1]) and after and is_word_character(after))


def _same_case(written: str, entry: _Entry) -> bool:
    """ABC is a bank and abc is not; long names and names with Chinese in them count in any case."""
    letters = sum(character.isascii() and character.isalpha() for character in next(iter(entry.spellings)))
    if not letters or letters >= _FREE_CASE or not all(map(str.isascii, entry.spellings)):
        return True
    plain = unicodedata.normalize("NFKC", written)
    return plain in entry.spellings or (entry.level == "full" and letters == _FREE_CASE - 1 and plain.islower())


def _without_overlaps(candidates: list[_Candidate]) -> list[_Candidate]:
    """The longest of those that overlap, of equally long ones the sure one, then the first; in order."""
    taken: set[tuple[int, int]] = set()
    chosen: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, not c.sure, c.line, c.start)):
        places = {(candidate.line, place) for place in range(candidate.start, candidate.end)}
        if taken.isdisjoint(places):
            taken |= places
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: (c.line, c.start))


def _license(candidates: list[_Candidate]) -> None:
    """`中国银行（BOC）`: a name that counts makes its other spellings count, and says whose a shared code is."""
    named = {candidate.owner for candidate in candidates if candidate.sure and len(candidate.entry.owners) == 1}
    for candidate in candidates:
        owners = [owner for owner in candidate.entry.owners if owner in named]
        if candidate.entry.level != "word" and len(owners) == 1:
            candidate.owner, candidate.sure = owners[0], True


def _mention(candidate: _Candidate, text: str, offset: int, line: str, folded: Folded) -> Mention:
    start, end = folded.original(candidate.start, candidate.end)
    start, end = offset + start, offset + end
    return Mention(
        institution=candidate.owner, alias=text[start:end], start=start, end=end, sure=candidate.sure,
        likely=candidate.sure or candidate.entry.level in ("code", "brand"),
    )  # fmt: skip
