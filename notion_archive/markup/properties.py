"""The properties of a page: Notion's lines below the title, front matter of other tools."""

import re
from itertools import takewhile

from notion_archive import text
from notion_archive.lexicon import Lexicon
from notion_archive.markup import inline, plain

_LINE = re.compile(
    r"^(?!\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)）])(?P<key>[^:：\n#|>`*\-\[][^:：\n]{0,40}?)\s*(?:: |:$|：\s*)(?P<value>.*)$"
)
_BOLD_KEY = re.compile(r"^(?:\*\*|__)(?P<key>[^*_:：\n]{1,40}?)\s*(?P<colon>[:：]?)(?:\*\*|__)\s*(?P<behind>[:：]?)\s*")
_BULLET = re.compile(r"[-*+•]\s+(?=\S)")
_FRONT = re.compile(r"^(?P<key>[^:\s#-][^:]{0,60}?)\s*:\s*(?P<value>.*)$")
_ITEM = re.compile(r"^\s+-\s+(?P<value>.*)$|^-\s+(?P<value2>.*)$")

_RULE, _TWO = re.compile(r"[\s:|-]*"), 2


def split(lines: list[str], lexicon: Lexicon) -> tuple[dict[str, str], set[int]]:
    """The properties of a page given as lines, and which lines (counted from 0) they take.

    Notion: `# Title`, a blank line, `Key: value` lines up to the next blank line. They count where a key is a known one,
    or a value one that Notion alone writes (`Name (../Tasks%20….md)`), or there are two of them and none means a part of
    a report, so that a first paragraph `原因: …` is none.
    """
    properties, taken = _front_matter(lines)
    start = max(taken, default=-1) + 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    if start < len(lines) and lines[start].startswith("# "):
        start += 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    if listed := _listed(lines, start, lexicon) or _tabled(lines, start, lexicon):
        properties.update(listed[0])
        return properties, taken | listed[1]
    found: dict[str, str] = {}
    rows: set[int] = set()
    for index in range(start, len(lines)):
        line = _plain(lines[index].strip())
        match = None if plain.is_item(line) else _LINE.match(line)
        if not line or match is None:
            if line and found and not next(reversed(found.values())) and (plain.is_item(line) or _BULLET.match(line)):
                found.popitem()  # 王倩： above - 网关：已提测 begins what the report says
                rows.discard(max(rows))
                break
            if line and found:  # a value that goes on
                rows.add(index)
                key = next(reversed(found))
                found[key] = f"{found[key]}\n{line}".strip()
                continue
            break
        rows.add(index)
        found[_unused(match["key"].strip(), found)] = match["value"].strip()
    if _are_properties(found, rows, lexicon):
        properties.update(found)
        taken |= rows
    return properties, taken


def _listed(lines: list[str], start: int, lexicon: Lexicon) -> tuple[dict[str, str], set[int]] | None:
    """Properties as a list or below a heading of their own: `## 项目信息` above `- **报告周期**: …`, `- 报告人: …`.

    Half of them at least are known ones, none is there twice, and what the report covers or who wrote it is among them.
    """
    found: dict[str, str] = {}
    rows: set[int] = set()
    for index in range(start, len(lines)):
        line = lines[index].strip()
        bullet = _BULLET.match(line)
        heading = not found and line.startswith("#")
        words = _plain(line[bullet.end() :].strip() if bullet else line.lstrip("# "))
        match = _LINE.match(words)
        if match and (bullet or rows) and not heading:
            if (key := match["key"].strip()) in found:
                return None
            found[key] = match["value"].strip()
        elif line and not (heading and _is_of_page(words, match, lexicon)):
            break
        rows.update((index,) if line else ())
    return (found, rows) if _are_of_page(found, lexicon) else None


def _tabled(lines: list[str], start: int, lexicon: Lexicon) -> tuple[dict[str, str], set[int]] | None:
    """The same as a table: `| 报告日期 | 填报人 |` above one row, or `| 日期 | 2024-06-14 |` above `| 填报人 | 邢远 |`."""
    rows = list(takewhile(lambda index: lines[index].strip().startswith("|"), range(start, len(lines))))
    cells = [
        [_plain(cell.strip()).strip("* ") for cell in lines[index].strip().strip("|").split("|")] for index in rows
    ]
    told = [row for row in cells if not _RULE.fullmatch("".join(row))]
    if len(told) == _TWO and len(told[0]) == len(told[1]) > 1 and is_known(told[0][1].rstrip(":："), lexicon):
        found = dict(zip(told[0], told[1], strict=True))
    elif told and all(len(row) == _TWO for row in told):
        found = dict(told)
    else:
        return None
    found = {key.rstrip(":： "): value for key, value in found.items()}
    return (found, set(rows)) if _are_of_page(found, lexicon) else None


def _are_of_page(found: dict[str, str], lexicon: Lexicon) -> bool:
    """Whether half of them at least are known, and what the report covers or who wrote it is among them: `日期`, `填报人`, `灯色`."""
    known = [key for key in found if is_known(key, lexicon)]
    told = any(key_is(key, meaning, lexicon) for key in known for meaning in ("date", "author"))
    return told and len(known) > 1 and len(known) * 2 >= len(found)


def _is_of_page(heading: str, match: re.Match[str] | None, lexicon: Lexicon) -> bool:
    """Whether a heading may stand above properties: `项目信息`, `周期：4/3-4/9`, and no section of a report (`上周进展`)."""
    return is_known(match["key"].strip(), lexicon) if match else lexicon.section_kind(heading) is None


def _plain(line: str) -> str:
    """A key in bold as Notion writes it: `**Week ending:** Dec 8, 2024` -> `Week ending: Dec 8, 2024`."""
    match = _BOLD_KEY.match(line)
    if match is None or bool(match["colon"]) == bool(match["behind"]):
        return line
    return f"{match['key']}: {line[match.end() :]}"


def _are_properties(found: dict[str, str], rows: set[int], lexicon: Lexicon) -> bool:
    """Whether lines `key: value` above a page are properties: `Created: …` or `负责人: 王倩` among them; one `进展: …` is none."""
    if not found or len(rows) > 3 * len(found) + 3:
        return False
    if any(key_is(key, "created", lexicon) and any(map(str.isdigit, value)) for key, value in found.items()):
        return True  # a stamp of the export
    known = sum(1 for key, value in found.items() if is_known(key, lexicon) or any(inline.related(value)))
    told = sum(1 for key in found if lexicon.section_kind(key) or _says(key, lexicon))
    return known * 2 >= len(found) if told else known > 0 or len(found) >= 2


def _says(key: str, lexicon: Lexicon) -> bool:
    """Whether a key tells of work rather than of the page: `原因: …`, `风险: …`."""
    return bool({"cause", "resolution", "summary", "risk", "problem"} & set(lexicon.meanings(key)))


def is_known(key: str, lexicon: Lexicon) -> bool:
    """Whether a key is one that exports write: `创建时间`, `Created`, `负责人`, `日期`, `Tags`."""
    return any(key_is(key, meaning, lexicon) for meaning in ("created", "edited", "date", "author", "other"))


def key_is(key: str, meaning: str, lexicon: Lexicon) -> bool:
    """Whether a property's key has that meaning, emoji, space and `(1)` aside."""
    bare = re.sub(r"\s*\(\d+\)$", "", key).strip()
    bare = text.fold(re.sub(r"^[^\w]+", "", bare))
    return bare in lexicon.words("properties", meaning)


def _unused(key: str, found: dict[str, str]) -> str:
    """The key, numbered where it is there already: "Owner" -> "Owner (2)"."""
    name, number = key, 1
    while name in found:
        name, number = f"{key} ({number})", number + 1
    return name


def _front_matter(lines: list[str]) -> tuple[dict[str, str], set[int]]:
    """`---` on the first line up to the next `---`: keys with values, lists joined by commas."""
    if not lines or lines[0].strip() != "---":
        return {}, set()
    end = next((i for i, line in enumerate(lines[1:200], start=1) if line.strip() in ("---", "...")), None)
    if end is None or not any(_FRONT.match(line) for line in lines[1:end]):
        return {}, set()
    found: dict[str, str] = {}
    key = ""
    for line in lines[1:end]:
        if (item := _ITEM.match(line)) and key:
            value = (item["value"] or item["value2"] or "").strip().strip("\"'")
            found[key] = f"{found[key]}, {value}" if found[key] else value
        elif match := _FRONT.match(line):
            key = match["key"].strip()
            found[key] = match["value"].strip().strip("\"'").strip("[]")
    return found, set(range(end + 1))
