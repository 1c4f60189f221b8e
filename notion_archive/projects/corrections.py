"""What the user says about projects, in any TOML file of the archive's lexicon folder. It always wins.

[projects]
same = [["账户2.0", "支付账户2.0升级"]]
different = [["数仓建设", "数仓平台"]]
names = { "账户2.0" = "支付账户升级" }
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct, ValidationError, convert

from notion_archive import naming
from notion_archive.errors import LexiconError
from notion_archive.projects.spellings import Spelling

Names = tuple[str, ...]


class Corrections(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names that are one project, names that are not, and what a project is to be called. A name is any spelling, or
    a key."""

    same: tuple[Names, ...] = ()
    different: tuple[Names, ...] = ()
    names: dict[str, str] = {}

    def places(self, spellings: Sequence[Spelling]) -> dict[str, list[int]]:
        """Where the names stand among the spellings: `"对账平台/渠道接入"` is the 渠道接入 under 对账平台."""
        asked = {name for names in (*self.same, *self.different) for name in names} | set(self.names)
        return {name: meant(name, spellings) for name in asked}


NONE = Corrections()


def meant(name: str, spellings: Sequence[Spelling]) -> list[int]:
    """The spellings a name of the user's means: those written so; if there are none, those with this key."""
    parent, _, part = name.rpartition("/")
    written = naming.spelling(name)
    return (
        [at for at, one in enumerate(spellings) if one.tag.partition("<")[0] == written]
        or [at for at, one in enumerate(spellings) if naming.spelling(one.key) == written]
        or ([at for at, one in enumerate(spellings) if one.tag == naming.spelling(part, parent)] if parent else [])
    )


def load(own: Path | None) -> Corrections:
    """The corrections in a folder. Raises LexiconError for one that cannot be read or that contradicts another."""
    found = Corrections()
    if not (files := sorted(own.glob("*.toml")) if own and own.is_dir() else []):
        return found
    import tomllib

    for file in files:
        try:
            table = tomllib.loads(file.read_text("utf-8")).get("projects", {})
            said = convert(table, Corrections)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LexiconError(f"{file} cannot be read as a word list: {error}. Mend it, or move it away.") from error
        except ValidationError as error:
            raise LexiconError(
                f'{file}: [projects] takes same = [["…", "…"]], different = [["…", "…"]] and names = {{"…" = "…"}}: '
                f"{error}."
            ) from error
        found = Corrections(
            same=found.same + said.same, different=found.different + said.different, names=found.names | said.names
        )
    _check(found)
    return found


def _check(found: Corrections) -> None:
    """Nothing may be the same and different."""
    groups: list[set[str]] = []
    for names in found.same:
        touched = [group for group in groups if group & set(names)]
        groups = [group for group in groups if group not in touched] + [set(names).union(*touched)]
    for names in found.different:
        for group in groups:
            if len(both := sorted(group & set(names))) > 1:
                raise LexiconError(
                    f"{both[0]} and {both[1]} are said to be the same project and different ones. Take one of the two "
                    "out of the lexicon folder."
                )
