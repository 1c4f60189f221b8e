"""Where one size of the corpus is measured: its pages, our archive of them, the records, a folder for each peer."""

import shutil
from pathlib import Path

from msgspec import Struct

from benchmarks import corpus, peers
from benchmarks.peers import ripgrep


class Site(Struct, frozen=True):
    """A size, by name and number of pages, and its folder."""

    size: str
    count: int
    folder: Path

    @property
    def pages(self) -> Path:
        """The export, as a folder of Markdown files."""
        return self.folder / "pages"

    @property
    def index(self) -> Path:
        """Our archive."""
        return self.folder / "index"

    @property
    def records(self) -> Path:
        """What the peers index."""
        return self.folder / "records.jsonl"

    @property
    def built(self) -> tuple[str, ...]:
        """The peers that are built here. The stock writer would take hours for L."""
        there = (name for name in peers.BUILT if not peers.missing(name))
        return tuple(name for name in there if name != "stock" or self.size != "L")

    @property
    def asked(self) -> tuple[str, ...]:
        """Whom the same questions can be asked that our engine is asked."""
        return ("ours", *(name for name in self.built if name != "words"))

    @property
    def ripgrep(self) -> bool:
        """Whether ripgrep is there."""
        return not ripgrep.missing()

    def of(self, name: str) -> Path:
        """The folder of a peer."""
        return self.index if name == "ours" else self.folder / name

    def write(self, pages: corpus.Corpus) -> None:
        """Write the pages anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        corpus.write(pages, self.count, self.pages)


def disk(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
