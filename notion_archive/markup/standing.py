"""Lines that each begin with a state and a colon: `已完成：代扣限额改造、回单下载`, `进行中：对账平台重构`."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from notion_archive import naming
from notion_archive.lexicon import Lexicon
from notion_archive.markup.outline import Section
from notion_archive.model import Block

_LINE = re.compile(r"(?P<state>[^:：\n]{2,16})[:：]\s*(?P<rest>\S[^\n]*)")
_NAME = re.compile(r"[^,，。:：、]{4,24}")


def are(body: Sequence[Section | Block], lexicon: Lexicon) -> bool:
    """Whether the lines of a section tell its projects by state: two of them at least, and most of what it holds.

    `进行中：账户2.0、收银台` and `已完成：对账引擎` -> True.
    """
    found = [split(part, lexicon) for part in body if isinstance(part, Block)]
    return len({state for state in found if state}) > 1 and sum(map(bool, found)) * 2 > len(body)


def split(block: Block, lexicon: Lexicon) -> str:
    """The state a line begins with, `进行中：对账平台重构` -> 进行中; empty where it begins with none."""
    found = _LINE.fullmatch(block.text) if block.type in ("item", "paragraph") and not block.children else None
    state = naming.clean(found["state"]) if found else ""
    return state if state in lexicon.words("words", "standing") else ""


def told(block: Block) -> Iterator[Block]:
    """What a line says behind its state, of which several are told apart: `代扣限额改造、回单下载` -> two."""
    found = _LINE.fullmatch(block.text)
    rest = found["rest"] if found else block.text
    parts = [part for part in re.split("[；;]", rest) if part.strip()]
    if len(parts) == 1 and all(_NAME.fullmatch(name.strip("。 ")) for name in rest.split("、")):
        parts = rest.split("、")
    for part in parts:
        yield msgspec.structs.replace(block, text=part.strip("。 "), bold="", marker="")
