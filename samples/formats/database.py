"""A database of the incidents of all weekly reports, as Notion exports it: the whole in `_all.csv`, one view beside it.

What happened and when is taken from `facts.md`; why, and what was done, from the lines of the report it names.
"""

import csv
import io
import re
from collections.abc import Iterable
from urllib.parse import quote

from formats.page import Page

COLUMNS = ("现象", "时间", "恢复时间", "持续时间", "银行", "级别", "原因", "处置", "周报")
_VIEW = ("现象", "时间", "级别")  # and of its rows only those with a level
_PART = re.compile(r"原因：(?P<cause>.*?)[；\s*-]*处置：(?P<resolution>.*)", re.DOTALL)


def incidents(facts: str, pages: Iterable[Page], texts: dict[str, str]) -> list[dict[str, str]]:
    """The rows, in the order of the facts; `texts` has the Markdown of each page by its title."""
    _, _, table = facts.partition("| # | occurred |")
    ids = {page.title: page for page in pages}
    rows = []
    for line in re.findall(r"^\| \d+ \| .*$", table.partition("\n\n")[0], re.MULTILINE):
        _, occurred, recovered, minutes, _, named, severity, summary, where, _ = line.strip("| ").split(" | ")
        title, _, span = where.rpartition(" ")
        first, last = map(int, span.split("–"))
        cause, resolution = _told(texts[title].split("\n"), first, last)
        duration = f"{minutes}分钟" if recovered == "null" and minutes != "null" else ""
        page = ids[title]
        link = f"{title} ({quote('/'.join([*page.above, page.name]))}.md)"
        values = (
            summary, _stamp(occurred), _stamp(recovered), duration, named.replace("—", "").replace("、", ", "),
            severity.replace("null", ""), cause, resolution, link,
        )  # fmt: skip
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def whole(rows: list[dict[str, str]]) -> bytes:
    """`X_all.csv`: every row and column."""
    return _csv(COLUMNS, rows)


def view(rows: list[dict[str, str]]) -> bytes:
    """`X.csv`: what one view shows."""
    return _csv(_VIEW, [row for row in rows if row["级别"]])


def _csv(columns: Iterable[str], rows: list[dict[str, str]]) -> bytes:
    output = io.StringIO(newline="")
    writer = csv.DictWriter(output, list(columns), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue().encode("utf-8-sig")


def _told(lines: list[str], first: int, last: int) -> tuple[str, str]:
    """Cause and resolution: a table's cells under their heads, or what follows the labels."""
    said = lines[first - 1 : last]
    if said[0].startswith("|"):
        head = next(line for line in reversed(lines[:first]) if line.startswith("| 时间"))
        cells = dict(zip(_cells(head), _cells(said[0]), strict=True))
        return cells["原因"], cells["处置"]
    found = _PART.search("\n".join(said).replace("**", ""))
    if found is None:
        return "", ""
    return found["cause"].strip(), found["resolution"].split("\n")[0].strip()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _stamp(moment: str) -> str:
    """`2023-11-22T14:05` -> `2023年11月22日 14:05`."""
    if moment == "null":
        return ""
    day, _, time = moment.partition("T")
    year, month, number = map(int, day.split("-"))
    return f"{year}年{month}月{number}日 {time}".strip()
