"""Which line is a heading: a marked one, or one that serves as such (`一、本周工作`, `【项目进展】`, `成功率：`, a line in bold)."""

import re
from typing import NamedTuple

from notion_archive import naming, text
from notion_archive.lexicon import Lexicon
from notion_archive.model import Block

LINE_LEVEL, BOLD_LEVEL, COLON_LEVEL = 10, 15, 20  # lines that serve as headings stand below every real heading (1 to 6)
COLON = re.compile(r"[:：]\s*$")
BRACKETED = re.compile(r"\s*[【\[〖][^】\]〗]{2,24}[】\]〗]\s*[:：]?\s*")
_SENTENCE = re.compile(r"[,，。;；!！?？]|\d{1,2}:\d\d")
_SAYS = re.compile(r"[:：]\s*\S")
CHAPTERS = ("chinese", "chinese_in", "part", "chapter", "roman")  # series in which authors number the parts of a page
HOLDERS = ("update", "incident", "metric", "goal", "note")  # kinds of sections that may hold things with headings
_LONGEST = 40
_SHORT = 24
_STATE = 12  # so much says how a project is going behind its name
_ORDINARY = "()（）[]【】<>《》/+&.:：、~-–—*%\"'“”‘’「」"  # signs that are part of a name or of what is said of it
_NO_NAME = re.compile(r"^(?:大家|各位|我|这|那|以下|如下|we |i |this |here )|(?:了|如下|的|吧)$", re.IGNORECASE)
_OWNED = ("item", "table", "paragraph", "code")


class Heading(NamedTuple):
    """A heading's words as written, ordinal and all, and how deep it stands; `plain`: only its place makes it one;
    `said`: what stands behind the name, `✅ 灰度中`.
    """

    level: int
    words: str
    plain: bool = False
    said: str = ""


def read(block: Block, following: Block | None, lexicon: Lexicon) -> Heading | None:
    """The heading a block is, given what follows it: `一、本周工作`, `【项目进展】`; None for any other block."""
    if block.type == "heading":
        return Heading(block.level, block.text)
    if "\n" in block.text or not 0 < len(block.text) <= _LONGEST:
        return None
    if block.type == "paragraph" and block.children and not _names_a_kind(block, lexicon):
        return None  # one thing with its labels, whatever comes next
    owns = following is not None and (following.type in _OWNED or _heads(block, following, lexicon))
    if following is not None and is_titled_item(block, following, lexicon):
        return Heading(LINE_LEVEL, block.text)
    if block.type == "item":
        return _numbered(block, owns, lexicon)
    listed = block.type == "paragraph" and following is not None and following.type == "item"
    listed = listed and following is not None and not (is_chapter(following) or _is_set_off(following, lexicon))
    behind = _behind_bold(block)
    if _is_numbered_in_bold(block) and _names_a_kind(block, lexicon):
        return Heading(LINE_LEVEL, block.text)
    if (
        block.type == "paragraph"
        and owns
        and _is_bold_name_and_state(block, lexicon)
        and not (listed and behind[0] not in "|｜")
    ):
        return Heading(COLON_LEVEL if listed else BOLD_LEVEL, block.bold, said=behind.strip("|｜ "))
    if block.type == "paragraph" and _is_bold_name(block) and (listed or (owns and _is_bracketed_behind(block))):
        return Heading(COLON_LEVEL, block.text)
    line = _line(block, lexicon) if block.type == "paragraph" and owns else _framed(block)
    if line is None and listed and following and _is_plain_name(block, following, lexicon):
        return Heading(COLON_LEVEL, block.text, plain=True)
    return line


def _is_numbered_in_bold(block: Block) -> bool:
    """`**二、线上故障**`, `**2. 线上故障**`: a section of the page whatever stands below it."""
    return block.type == "paragraph" and block.bold == block.text and naming.ordinal(block.text)[0] is not None


def _names_a_kind(block: Block, lexicon: Lexicon) -> bool:
    """Whether words name a kind of section: `本周进展` -> True, `账户2.0` -> False."""
    return lexicon.section_kind(naming.clean(block.text)) is not None


def is_titled_item(block: Block, following: Block, lexicon: Lexicon) -> bool:
    """`■ 本周进展`, `1. **本周进展**`: an item that names a kind of section and owns what comes after it, not indented."""
    if not _is_set_off(block, lexicon):
        return False
    alike = (following.type, following.marker) == ("item", block.marker)
    counted = block.marker[:1].isdigit()  # 1. **本周进展**, below it 1. 收银台改版：…
    return not alike or (counted and not _is_set_off(following, lexicon))


def _is_set_off(block: Block, lexicon: Lexicon) -> bool:
    """Whether an item looks like a heading and is one: `* 本周进展` and `1. **本周进展**` -> True, `- 本周进展` -> False."""
    if block.type != "item" or block.children or "\n" in block.text:
        return False
    set_off = block.marker in ("+", "*") or (block.marker[:1].isdigit() and block.bold == block.text)
    return set_off and _names_a_kind(block, lexicon)


def _heads(block: Block, following: Block, lexicon: Lexicon) -> bool:
    """`**本周进展**` above `### 收银台改版`: a line that names a kind of section may own marked headings."""
    return following.type == "heading" and lexicon.section_kind(naming.clean(block.text)) in HOLDERS


def numbered_part(block: Block, following: Block | None) -> Heading | None:
    """`3.1 大促保障` above what it owns; `3.6 网关升级：暂停，让路大促。` says it all itself."""
    if "\n" in block.text or len(block.text) > _LONGEST or following is None or following.type not in _OWNED:
        return None
    named = not _SENTENCE.search(block.text) and not _SAYS.search(block.text)
    return Heading(BOLD_LEVEL, block.text) if named else None


def _is_bold_name(block: Block) -> bool:
    """`**Event bus** – on track` above a list: a name in bold and a word or two on it."""
    return bool(block.bold) and block.text.startswith(block.bold) and not _SENTENCE.search(block.text)


def _behind_bold(block: Block) -> str:
    """What stands behind a name in bold that at most an emoji stands before: `🏠 **余额提现**｜总进度 45%`."""
    front, bold, behind = block.text.partition(block.bold) if block.bold else (block.text, "", "")
    return behind.strip() if bold and not any(map(str.isalnum, front)) else ""


def _is_bold_name_and_state(block: Block, lexicon: Lexicon) -> bool:
    """`**余额提现** ✅ 灰度中`, `**积分商城** 🎉` above a paragraph: a name in bold, a flag or a state behind it, no label."""
    behind = _behind_bold(block)
    if not behind or _SENTENCE.search(block.text) or _SAYS.search(block.text) or lexicon.meanings(block.bold):
        return False
    flag = not behind[0].isalnum() and behind[0] not in _ORDINARY
    return flag and len(behind) <= _STATE and lexicon.section_kind(naming.clean(block.bold)) is None


def _is_bracketed_behind(block: Block) -> bool:
    """`**跨境收款**（P0）`: a name in bold and nothing but brackets behind it."""
    return re.fullmatch(r"\s*[（(【\[][^（()）【】\[\]]{1,16}[)）】\]]\s*", block.text[len(block.bold) :]) is not None


def _is_plain_name(block: Block, following: Block, lexicon: Lexicon) -> bool:
    """`聚合码二期` with a numbered list on the very next line; `本周总体平稳` and `大家辛苦了` are no names."""
    below = block.lines[1] + 1 == following.lines[0] and following.marker[:1].isdigit()
    return below and is_plain_name(block, lexicon)


def is_plain_name(block: Block, lexicon: Lexicon) -> bool:
    """Whether a line may be a name that stands alone: `聚合码二期`; `大家辛苦了` and `风险：无` are none."""
    if _NO_NAME.search(block.text) or lexicon.words("words", "before_metric").pattern.match(text.level(block.text)):
        return False
    return is_short_name(block) and not COLON.search(block.text)


def _numbered(block: Block, owns: bool, lexicon: Lexicon) -> Heading | None:
    """`一、本周工作` above what it owns, `(1) 成功率` above its numbers; `1. 上线完成` is an item."""
    if block.children or block.marker[-1:] not in ("、", ")", "）"):
        return None
    words, chapter = f"{block.marker}{block.text}", is_chapter(block)
    if lexicon.section_kind(naming.clean(block.text)) is not None and not _SAYS.search(block.text):
        return Heading(LINE_LEVEL, words) if owns or chapter else None
    return Heading(LINE_LEVEL, words) if owns and chapter and not _SENTENCE.search(block.text) else None


def is_chapter(block: Block) -> bool:
    """Whether an item is numbered as the parts of a page are: `三、`, `（二）`, `第一部分`."""
    found, _ = naming.ordinal(f"{block.marker}{block.text}")
    return found is not None and found.series in CHAPTERS


def _framed(block: Block) -> Heading | None:
    """`【其他】` is a heading even at the end of a page."""
    framed = block.type == "paragraph" and BRACKETED.fullmatch(block.text)
    return Heading(LINE_LEVEL, block.text) if framed else None


def _line(block: Block, lexicon: Lexicon) -> Heading | None:
    """`本周工作` and `【项目进展】` above what they own; below them `成功率：` and a line that is bold as a whole."""
    sentence = _SENTENCE.search(block.text) is not None
    if BRACKETED.fullmatch(block.text):
        return Heading(LINE_LEVEL, block.text)
    if not sentence and not _SAYS.search(block.text) and lexicon.section_kind(naming.clean(block.text)) is not None:
        return Heading(LINE_LEVEL, block.text)
    if COLON.search(block.text):
        return Heading(COLON_LEVEL, block.text)
    bold = bool(block.bold) and naming.clean(block.bold) == naming.clean(block.text)
    return Heading(BOLD_LEVEL, block.text) if bold and not sentence else None


def is_short_name(block: Block) -> bool:
    """Whether a line is a name and says nothing of it: `3.1 元旦大促保障`; not `3.6 数据库升级：暂停`."""
    return (
        "\n" not in block.text
        and len(block.text) <= _SHORT
        and not _SENTENCE.search(block.text)
        and not _SAYS.search(block.text)
    )


def is_title_of_lines(line: str, lexicon: Lexicon) -> bool:
    """Whether the first line of a paragraph is the title of the others: `阻塞` above `暂无`; `Status: planned` is none."""
    if _SAYS.search(line):
        return False
    return len(line) <= _LONGEST and not _SENTENCE.search(line) and lexicon.section_kind(naming.clean(line)) is not None
