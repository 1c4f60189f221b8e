"""What stands indented below a heading: Notion writes the children of a toggle heading so, and Markdown takes four spaces for code."""

import re
from collections.abc import Sequence

_HEADING = re.compile(r"#{1,6}(?=[ \t])")
_FOLDED = re.compile(r"^ *#{1,6}[^\n]*\n(?:[ \t]*\n)*(?: {4}|\t)", re.MULTILINE)
_FENCE = re.compile(r"\s*(?:```|~~~)")
_DEPTH = 4  # Notion indents what is folded away by four


def is_folded(text: str) -> bool:
    """Whether anything stands indented right below a heading: `## 进展` above `    - 联调中`."""
    return _FOLDED.search(text) is not None


def opened(lines: Sequence[str]) -> list[str]:
    """The lines, what is folded below a heading beside it: `### 线上问题`, `    - 验签失败` -> `### 线上问题`, `- 验签失败`."""
    result: list[str] = []
    cut = 0  # how far the lines that are read now stand in as a whole
    headed = fenced = False  # whether the last line that says something is a heading; whether code is open
    for line in lines:
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced or not line.strip():
            result.append(line[cut:] if not line[:cut].strip() else line)
            continue
        line = line.expandtabs(_DEPTH) if line[0] in " \t" and "\t" in line else line
        depth = len(line) - len(line.lstrip(" "))
        if depth < cut:
            cut = depth - depth % _DEPTH
        if headed and depth >= cut + _DEPTH:
            cut += _DEPTH
        line = line[cut:]
        headed = _HEADING.match(line) is not None
        result.append(line)
    return result
