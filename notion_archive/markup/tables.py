"""Table rows to items: the words of the head say what each cell means, and what the table is about."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from notion_archive import numbers, text
from notion_archive.lexicon import Lexicon
from notion_archive.model import Block, Field, Item, SectionKind

_DAY = re.compile(r"\s*(?:20\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}")
_ORDINAL = re.compile(r"\d+(?:\.\d+)*")
_PART_OF = re.compile(r"\s*[↳└├∟╰]\S?\s*")
_OF_PROJECTS = {"status", "progress", "milestone", "baseline", "owner"}
_CAPTION = re.compile(
    "明细|详情|详见|如下|下表|汇总|一览|清单|列表|总览|总表|展开|(?i:details|table|list|overview|below|breakdown|expand)"
)
_NAMES = {"incident": ("summary",), "metric": ("metric",), "update": ("project", "milestone")}


def is_card(block: Block, lexicon: Lexicon) -> bool:
    """A table of two columns whose first column holds the labels: `项目 | 内容`, then `状态 | 进行中`, `风险 | …`.

    One with a head that is a label in its first cell only counts if the rows below are labels too; where one is the
    cause of something (`Root cause | …`), half of them will do.
    """
    if len(block.rows) < 3 or any(len(row) != 2 for row in block.rows):
        return False
    first = [row[0] for row in block.rows]
    means = [set(lexicon.meanings(cell)) for cell in first[1:]]
    known = sum(1 for found in means if found)
    return known * 4 >= len(means) * 3 or (known * 2 >= len(means) and any("cause" in found for found in means))


def is_caption(block: Block, section: SectionKind | None, lexicon: Lexicon) -> bool:
    """An item above nothing but tables that each tell of several things: `- 明细，按开始时间排` above `级别 | 开始 | 现象 | 原因`.

    Without a word of caption only a table of incidents stands for itself: `- 账户2.0` above `节点 | 日期` owns its table.
    """
    if block.type != "item" or not block.children or "\n" in block.text:
        return False
    if any(child.type != "table" or not child.rows or is_card(child, lexicon) for child in block.children):
        return False
    captioned = _CAPTION.search(block.text) is not None
    return all(_stands_alone(child.rows, section, captioned, lexicon) for child in block.children)


def _stands_alone(
    rows: Sequence[Sequence[str]], section: SectionKind | None, captioned: bool, lexicon: Lexicon
) -> bool:
    """Whether rows are records by themselves: `现象 | 原因 | 处理` are; `时间 | 动作` is the course of one incident."""
    kind = kind_of(rows[0], None, lexicon)
    if kind == "incident":
        return any("summary" in lexicon.meanings(cell) for cell in rows[0])
    return captioned and (section == "goal" or kind == "update")


def kind_of(head: Sequence[str], section: SectionKind | None, lexicon: Lexicon) -> SectionKind | None:
    """What the rows under such a head are: `时间 | 现象 | 原因` -> incident, `指标 | 本周 | 上周` -> metric, `项目 | 进展` -> update.

    A head that does not tell leaves it to the section.
    """
    means = [set(lexicon.meanings(cell)) for cell in head]
    has = {meaning: any(meaning in found for found in means) for meaning in (
        "occurred", "cause", "resolution", "severity", "recovered", "duration", "summary", "impact",
        "metric", "value", "compared", "project", "status", "progress", "milestone", "work", "risk", "plan", "baseline",
    )}  # fmt: skip
    told = sum(has[meaning] for meaning in ("occurred", "cause", "resolution", "severity", "recovered", "duration"))
    told_of = has["occurred"] and has["summary"] and has["resolution"] and not has["project"]
    two = (
        told == 2 and (has["cause"] or has["recovered"]) and (has["summary"] or section is None)
    )  # Date | Decision | Reason
    if told_of or told >= 3 or two or (section == "incident" and told):
        return "incident"
    first = means[0] if means else set()
    if "metric" in first and "project" not in first and (has["value"] or has["compared"]):
        return "metric"
    if has["value"] and has["compared"] and not has["status"] and not has["progress"] and section != "goal":
        return "metric"
    going = sum(has[meaning] for meaning in ("status", "progress", "milestone", "work", "risk", "plan"))
    if section == "metric" and has["project"] and going > 1:  # 看板: 项目名称 | 阶段 | 完成度 | 风险
        return "update"
    if section == "note" and has["status"] and (has["milestone"] or has["progress"]):  # Action | Owner | Due | Status
        return "update"
    if section in ("goal", "metric", "note", "skip"):
        return section
    if has["project"] and going:
        return "update"
    if "milestone" in first and any(has[m] for m in ("status", "baseline", "plan")):
        return "update"
    return section


def is_of_numbers(head: Sequence[str], rows: Sequence[Sequence[str]], lexicon: Lexicon) -> bool:
    """A table that holds names in its first column and numbers in all others: `通道 | 成功率 | 交易量`."""
    means = [set(lexicon.meanings(cell)) for cell in head]
    if (
        not rows
        or len(head) < 2
        or "project" in means[0]
        or any(found & _OF_PROJECTS for found in means if "compared" not in found)
    ):
        return False
    compared = {at for at, found in enumerate(means) if "compared" in found}  # ≤ 2 under Target
    cells = [
        cell
        for row in rows
        for at, cell in enumerate(row)
        if at and at not in compared and not lexicon.is_nothing(cell)
    ]
    return bool(cells) and all(numbers.is_quantity(cell) for cell in cells)


def begins_with_group(head: Sequence[str], rows: Sequence[Sequence[str]], lexicon: Lexicon) -> bool:
    """`业务线 | 指标 | 本周`: the first column says where each of the numbers belongs, the second what it is."""
    first, second = [set(lexicon.meanings(cell)) for cell in head[:2]] if len(head) > 2 else (set(), set())
    named = not any(numbers.is_quantity(cell) for row in rows for cell in row[:2])  # Service | SLO | Actual
    return named and "metric" in second and not first & {"metric", "number", "value", "compared", "occurred"}


def is_headless(head: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the first row is one of the others: `1 | 5/27 | 16:20 提现到账慢 | 调高阈值` means nothing by itself."""
    told = [cell for cell in head if cell.strip()]
    dated = any(_DAY.match(cell) for cell in told)
    return dated and not any(lexicon.meanings(cell) for cell in told)


def is_of_days(head: Sequence[str], lexicon: Lexicon) -> bool:
    """`日期 | 内容 | 备注`: what was done day by day, with no column for the project."""
    means = [set(lexicon.meanings(cell)) for cell in head]
    dated = bool(means) and "occurred" in means[0]
    return dated and any("work" in found for found in means[1:]) and not any("project" in found for found in means)


def fields(head: Sequence[str], row: Sequence[str]) -> tuple[Field, ...]:
    """The cells of a row under their heads: `超时` under 现象; a cell without a head keeps an empty label, an empty one is left out."""
    heads = [*head, *[""] * len(row)]
    return tuple(
        Field(label=label.strip(), value=cell.strip()) for label, cell in zip(heads, row, strict=False) if cell.strip()
    )


def of_incident(cells: Sequence[Field], lexicon: Lexicon) -> str:
    """A row of a table of all sorts that says it is an incident, as a line: `故障 | 6/11 08:10 对账失败 | 磁盘写满 | 朱礼` below
    `类别 | 事项 | 进展 | 负责人` -> `6/11 08:10 对账失败；磁盘写满`; empty for any other.
    """
    sorts = [cell for cell in cells if text.fold(cell.label) in lexicon.words("words", "sort")]
    if len(sorts) != 1 or lexicon.section_kind(sorts[0].value) != "incident":
        return ""
    told = [cell.value for cell in cells if cell not in sorts and "owner" not in lexicon.meanings(cell.label)]
    return " ".join("；".join(words for words in told if not lexicon.is_nothing(words)).split())


def nested(rows: Iterable[Item]) -> Iterator[Item]:
    """Rows with those below them that a sign marks as their parts: `商户重新认证`, `↳ 存量补件`."""
    owner: Item | None = None
    for row in rows:
        first = row.fields[0].value if row.fields else ""
        if owner is not None and _PART_OF.match(first):
            own = msgspec.structs.replace(row, name=_PART_OF.sub("", row.name))
            lines = (owner.lines[0], max(owner.lines[1], row.lines[1]))
            owner = msgspec.structs.replace(owner, lines=lines, children=(*owner.children, own))
            continue
        if owner is not None:
            yield owner
        owner = row
    if owner is not None:
        yield owner


def name(head: Sequence[str], row: Sequence[str], kind: SectionKind | None, lexicon: Lexicon) -> str:
    """The cell that names what the row is about: `网关` under 项目, else the first that is no number."""
    for meaning in _NAMES.get(kind or "", ("project",)):
        for label, cell in zip(head[: 1 if meaning == "milestone" else None], row, strict=False):
            if meaning in lexicon.meanings(label) and cell.strip() and not numbers.is_quantity(cell):
                return cell.strip()
    ordinals = set(lexicon.words("labels", "number"))
    cells = [cell.strip() for label, cell in zip(head, row, strict=False) if label.strip().lower() not in ordinals]
    if kind == "metric" and all(
        numbers.is_quantity(cell) for cell in cells
    ):  # 代扣成功率 | 客诉, below that 99.95% | 3件
        return ""
    return next((cell for cell in cells if cell and not _ORDINAL.fullmatch(cell)), "")
