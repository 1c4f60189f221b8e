"""Thirty questions about a corpus, chosen by seed from what is written in it."""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from benchmarks.records import Record
from benchmarks.vocabulary import Vocabulary
from notion_archive import text
from notion_archive.model import All, Clause, Days, Tag, Term

_SAMPLE = 3000  # records that are looked at for something to ask
_BANDS = {"frequent": (0, 40), "known": (200, 2_000), "rare": (6_000, 20_000)}  # places in the vocabulary


class Question(Struct, frozen=True, kw_only=True):
    """What is asked for, all of it at once. `glued`: a word and Chinese without a space, which pairs cannot tell from
    the same with a sign between them."""

    kind: str
    terms: tuple[Term, ...] = ()
    institution: str = ""
    since: str = ""
    until: str = ""
    glued: bool = False

    @property
    def typed(self) -> str:
        """As one would type it: `支付 对账`, `red*`."""
        words = " ".join(f"{term.text}*" if term.prefix else term.text for term in self.terms)
        return words or f"{self.institution} {self.since}…{self.until}"

    @property
    def clause(self) -> Clause:
        """The same for our engine."""
        if self.institution:
            return All((Tag(f"institution:{self.institution}"), Days(self.since, self.until)))
        return All(self.terms)


def choose(records: Iterable[Record], vocabulary: Vocabulary, seed: int) -> tuple[Question, ...]:
    """The questions for these records, the same for the same seed."""
    chance = random.Random(f"questions/{seed}")
    chosen = _Chosen(_sample(records, chance), vocabulary, chance)
    return (
        *chosen.some(6, lambda record: chosen.two_words(record)),
        *chosen.some(4, lambda record: chosen.phrase(record)),
        *chosen.some(2, lambda record: chosen.substring(record)),
        *chosen.some(4, lambda record: chosen.word(record, "frequent")),
        *chosen.some(4, lambda record: chosen.word(record, "known")),
        *chosen.some(2, lambda record: chosen.word(record, "rare")),
        Question(kind="latin", terms=(Term("redis"),)),
        Question(kind="prefix", terms=(Term("red", prefix=True),)),
        Question(kind="prefix", terms=(Term("my", prefix=True),)),
        Question(kind="one character", terms=(Term("行"),)),
        *chosen.some(1, lambda record: chosen.glued(record)),
        *chosen.some(3, lambda record: chosen.institution(record)),
    )


class _Chosen:
    """Takes questions out of records."""

    def __init__(self, sample: Sequence[Record], vocabulary: Vocabulary, chance: random.Random) -> None:
        self._sample, self._vocabulary, self._chance = sample, vocabulary, chance

    def some(self, count: int, ask: Callable[[Record], Question | None]) -> Iterator[Question]:
        """So many different questions; fewer where the records give no more."""
        found: dict[str, Question] = {}
        for record in self._chance.sample(self._sample, len(self._sample)):
            if len(found) < count and (question := ask(record)):
                found[question.typed] = question
        yield from found.values()

    def two_words(self, record: Record) -> Question | None:
        """Two words of one record."""
        words = [*self._words(record, "frequent"), *self._words(record, "known")]
        one, other = self._chance.sample(words, 2) if len(words) > 1 else ("", "")
        if one in other or other in one:
            return None
        return Question(kind="two words", terms=(Term(one), Term(other)))

    def phrase(self, record: Record) -> Question | None:
        """Two frequent words as they stand together in a sentence: every pair of it has a long list."""
        words = self._words(record, "frequent")
        found = [f"{one}{other}" for one in words for other in words if f"{one}{other}" in record.folded[1]]
        chinese = [phrase for phrase in found if re.fullmatch(r"[\u4e00-\u9fff]{4,}", phrase)]
        return Question(kind="phrase", terms=(Term(self._chance.choice(chinese)),)) if chinese else None

    def substring(self, record: Record) -> Question | None:
        """Four to seven characters from somewhere in a sentence, which are no words."""
        runs = re.findall(r"[\u4e00-\u9fff]{8,}", record.folded[1])
        if not runs:
            return None
        run, length = self._chance.choice(runs), self._chance.randint(4, 7)
        start = self._chance.randint(0, len(run) - length)
        return Question(kind="substring", terms=(Term(run[start : start + length]),))

    def word(self, record: Record, band: str) -> Question | None:
        """A word that is so frequent."""
        words = self._words(record, band)
        return Question(kind=band, terms=(Term(self._chance.choice(words)),)) if words else None

    def glued(self, record: Record) -> Question | None:
        """`redis超时` as it stands in a sentence."""
        found = re.search(r"\b[a-z]+[\u4e00-\u9fff]{2}", record.folded[1])
        return Question(kind="glued", terms=(Term(found[0]),), glued=True) if found else None

    def institution(self, record: Record) -> Question | None:
        """An institution in the year of a record that names it."""
        names = record.tagged("institution")
        if not names or not record.day:
            return None
        year = record.day[:4]
        return Question(
            kind="institution and dates", institution=names[0], since=f"{year}-01-01", until=f"{year}-12-31"
        )

    def _words(self, record: Record, band: str) -> list[str]:
        first, last = _BANDS[band]
        return [word for word in self._vocabulary.words[first:last] if text.has(record.folded[1], word)]


def _sample(records: Iterable[Record], chance: random.Random) -> list[Record]:
    """Some of the records, each as likely as the other."""
    sample: list[Record] = []
    for number, record in enumerate(records):
        if number < _SAMPLE:
            sample.append(record)
        elif (place := chance.randrange(number + 1)) < _SAMPLE:
            sample[place] = record
    return sample
