"""What the words of a project's name stand for: a bank by any of its names, a word of the field in either language."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from notion_archive import naming
from notion_archive.institutions import Institutions
from notion_archive.lexicon import Lexicon, Words
from notion_archive.text import fold

_FIRST, _LAST = 0xE000, 0xF8FF  # characters without a meaning of their own: one for each institution
_PLUS = re.compile(r"(?<![a-z0-9])([a-z])\s?\+\s?(?=\d)")
_BANK = frozenset("银行")


class Terms:
    """The words that tell no project from another, those that mean the same, those that exclude each other."""

    def __init__(self, lexicon: Lexicon, institutions: Institutions) -> None:
        loose = {
            meaning: frozenset(lexicon.words("words", meaning))
            for meaning in ("endings", "empty", "tails", "beginnings", "qualifiers")
        }
        self.empty = loose["empty"]
        self.endings = loose["endings"] | loose["empty"]
        self.tails = _longest_first(self.endings | loose["tails"])
        self.beginnings = _longest_first(loose["beginnings"])
        self.qualifiers = _longest_first(loose["qualifiers"])
        self._institutions = institutions
        self._signs = {row.name: chr(_FIRST + at) for at, row in enumerate(institutions.rows[: _LAST - _FIRST])}
        meanings = _meanings(lexicon.tables["glossary"])
        self._meaning = {word: meant[0] for word, meant in meanings.items() if len(meant) == 1}
        self._known = Words(self._meaning)
        self._either = {
            singular(word): meant
            for word, meant in (meanings | _meanings(lexicon.tables["kinds"], itself=False)).items()
            if word.isascii()
        }
        self._sorts = [(sort, Words(words).pattern) for sort, words in sorted(lexicon.tables["opposites"].items())]

    def told(self, name: str) -> str:
        """A name as it is compared: `ICBC Cashier FE` -> a sign for 中国工商银行, then 收银台 前端."""
        plain = _PLUS.sub(r"\1", fold(self._with_signs(naming.without_count(naming.clean(name)))))
        return self._known.pattern.sub(lambda match: self._meaning[self._known.meant(match[0])], plain)

    def _with_signs(self, name: str) -> str:
        """A short name or code of an institution is the institution; a product (掌上生活) is a name of its own."""
        pieces, at = [], 0
        for mention in self._institutions.mentions(name):
            alias, sign = fold(mention.alias), self._signs.get(mention.institution, "")
            shortens = alias.isascii() or set(alias) <= _BANK.union(fold(mention.institution))
            if sign and shortens and alias not in self.endings and mention.start >= at:
                pieces += [name[at : mention.start], sign]
                at = mention.end
        return "".join([*pieces, name[at:]])

    def either(self, unit: str) -> tuple[str, ...]:
        """What a Latin word may stand for: `redis` -> 缓存; `clearing` -> 清分, 清算; `gateway`, of gateways -> 网关."""
        return self._either.get(unit, ())

    def is_word(self, units: tuple[str, ...]) -> bool:
        """Whether units are no more than a word of the field: 对账, 收银台."""
        return "".join(units) in self._meaning

    def sides(self, told: str) -> frozenset[tuple[str, str]]:
        """Which of several opposites a name is for: `港币收款` -> (收付, 收款), (币, 港币)."""
        return frozenset((sort, match[0]) for sort, words in self._sorts for match in words.finditer(told))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


def _meanings(table: Mapping[str, tuple[str, ...]], *, itself: bool = True) -> dict[str, tuple[str, ...]]:
    """What each word may mean: `checkout` -> (收银台,), `clearing` -> (清分, 清算); a word with a line means `itself`."""
    found: dict[str, list[str]] = defaultdict(list)
    for meant, words in table.items():
        for word in dict.fromkeys(fold(word) for word in ((meant, *words) if itself else words)):
            found[word].append(fold(meant))
    return {word: (word,) if itself and word in table else tuple(meanings) for word, meanings in found.items()}


def singular(unit: str) -> str:
    """A Latin plural as its singular: `refunds` -> refund; redis and access stay."""
    plural = len(unit) > 4 and unit.isascii() and unit[-1] == "s" and unit[-2] not in "is"
    return unit[:-1] if plural else unit
