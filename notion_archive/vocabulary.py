"""What a report is read with and a question understood by: our words and institutions, the user's own on top, and fixes."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notion_archive.fixes import Fixes
    from notion_archive.institutions import Institutions
    from notion_archive.lexicon import Lexicon


class Vocabulary:
    """All lists, each loaded when it is first asked for. `own`: the user's folder; one that is not there has none.

    Raises LexiconError, then, for a file that cannot be read.
    """

    def __init__(self, own: Path | None = None) -> None:
        self._own = own if own and own.is_dir() else None

    @cached_property
    def mark(self) -> str:
        """What changes whenever the user's files do; empty where there are none."""
        from hashlib import blake2b

        files = sorted([*self._own.glob("*.toml"), *self._own.glob("institutions.csv")]) if self._own else []
        read = b"".join(blake2b(file.read_bytes()).digest() for file in files)
        return blake2b(read, digest_size=16).hexdigest() if files else ""

    @cached_property
    def lexicon(self) -> "Lexicon":
        """What labels, headings and turns of phrase mean."""
        from notion_archive import lexicon

        return lexicon.load(self._own)

    @cached_property
    def institutions(self) -> "Institutions":
        """Who is who among banks and payment institutions."""
        from notion_archive import institutions

        return institutions.load(self._theirs)

    def institutions_called(self, word: str) -> tuple[str, ...]:
        """The institutions that have exactly this name. Ours alone are found without reading all names."""
        from notion_archive import institutions

        if self._theirs or "institutions" in vars(self):
            return self.institutions.named_so(word)
        return institutions.listed(word)

    @property
    def _theirs(self) -> Path | None:
        theirs = self._own / "institutions.csv" if self._own else None
        return theirs if theirs and theirs.is_file() else None

    @cached_property
    def fixes(self) -> "Fixes":
        """What the user says of single records."""
        from notion_archive import fixes

        return fixes.load(self._own, lambda: self.institutions)
