"""The bytes of a page into its text: a byte order mark, else UTF-8, else GB18030, else a reason. Nothing is guessed."""

import codecs
import re

from notion_archive.sources.limits import Refused

_THREE_BYTES = re.compile(r"[\u0800-\ufffc\U00010000-\U0010ffff]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_RESAVE = "Save it as UTF-8 and import it again."


def decode(content: bytes) -> str:
    """The text of a page, lines ended by `\\n` alone, so that line numbers are those of an editor."""
    text = _decode(content)
    if "\0" in text:
        raise Refused("Not text: it holds NUL bytes.")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return _strictly(content, "utf-8-sig", "UTF-8")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(content, "utf-16", "UTF-16")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_chinese(content, error)


def _strictly(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(f"It is marked as {name} and is not. {_RESAVE}") from None


def _decode_chinese(content: bytes, error: UnicodeDecodeError) -> str:
    # Damaged UTF-8 often passes for GB18030, as nonsense. But most of it is still whole UTF-8, which GB18030 never is.
    damaged = content.decode("utf-8", "replace")
    if len(_THREE_BYTES.findall(damaged)) > damaged.count("\ufffd"):
        raise Refused(f"It is UTF-8 with a damaged byte, number {error.start + 1}. {_RESAVE}")
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as second:
        raise Refused(f"It is neither UTF-8 nor GB18030: see byte {second.start + 1}. {_RESAVE}") from None
    if _NOT_TEXT.search(text):
        raise Refused("Not text: it is neither UTF-8 nor GB18030, and holds control characters.")
    return text
