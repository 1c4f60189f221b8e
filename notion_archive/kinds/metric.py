"""Metrics: numbers reported every week, in lists, in tables (the current value only), in running text."""

import re
from collections.abc import Iterator

from notion_archive import naming, numbers, text
from notion_archive.kinds.record import Reading, Record
from notion_archive.markup.fields import one_line
from notion_archive.model import Field, Item

_IN_NAME = re.compile(
    r"\s*[（(]\s*(?P<unit>%|‰|ms|s|秒|毫秒|次|笔|万笔|亿笔|元|万元|亿元|件|条|个|tps|qps|单|万|亿|起|分钟|min|gb|mb|tb)\s*[)）]\s*$",
    re.IGNORECASE,
)


class Metric(Record, frozen=True, kw_only=True, tag="metric"):
    """A number of the week. `group` is the list or heading it stands under; `unit` as written, null where there is none."""

    name: str
    group: str | None
    value: float
    unit: str | None


def claims(item: Item, reading: Reading) -> bool:
    """In a section or table of metrics, whatever holds a name and a number; in prose, a line of such pairs alone."""
    if item.kind in ("goal", "skip", "incident"):
        return False
    if item.kind == "metric":
        return bool(item.children) or any(True for _ in _read(item, reading))
    if item.kind != "update" or item.shape not in ("bullet", "paragraph") or item.children:
        return False
    return _is_only_pairs(item)


def _is_only_pairs(item: Item) -> bool:
    """`"日均交易：86.4万笔，成功率：99.93%"` says nothing else; progress (进度, 完成, 107/164) is no metric."""
    words = text.level(item.text)
    if re.search(r"进度|完成|已|迁移|覆盖|接入|上线|预计|\d/\d|\d月|done|complete|eta|planned|migrated|rollout", words):
        return False
    found = numbers.pairs(item.text)
    if not found or not all(
        re.search(
            r"率|量|额|数|tps|qps|p9\d|rt\b|均|时延|耗时|rate|latency|volume|count|uptime|availability",
            text.level(p.name),
        )
        for p in found
    ):
        return False
    told = sum(len(pair.name) for pair in found)
    return told * 2 >= len(re.sub(r"[\W\d_]|" + "较上周|环比", "", words))


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """The metrics of an item, its children's under its name."""
    yield from _read(item, reading)
    name = naming.clean(item.lead) if item.children else ""
    for child in item.children:
        group = name if name and not numbers.pairs(item.lead) else child.group
        yield from _read(child, reading, group)


def _read(item: Item, reading: Reading, group: str | None = None) -> Iterator[Metric]:
    common = reading.common(item, alone=True)
    group = group or item.group
    if item.shape == "row":
        yield from (Metric(**common, name=n, group=group, value=v, unit=u) for n, v, u in _cells(item, reading))
        return
    lead = _lead_in(item.text)
    for pair in numbers.pairs(item.text):
        name, unit = _unit_in_name(pair.name, pair.unit)
        yield Metric(**common, name=naming.clean(name), group=lead or group, value=pair.value, unit=unit)


def _lead_in(words: str) -> str | None:
    """`"资源：CPU均值47%，内存62%"` -> 资源: a word before the first name, set off by a colon."""
    match = re.match(r"\s*([^:：,，\d]{2,12})[:：]\s*([^\s:：,，\d%]{1,14})\s*[:：]?\s*\d", words)
    return naming.clean(match[1]) if match and len(numbers.pairs(words)) > 1 else None


def _unit_in_name(name: str, unit: str | None) -> tuple[str, str | None]:
    """`"P99 auth latency (ms)"` -> name without it and ms."""
    match = _IN_NAME.search(name)
    return (name[: match.start()], match["unit"]) if match else (name, unit)


def _cells(item: Item, reading: Reading) -> Iterator[tuple[str, float, str | None]]:
    """The current value of a row: under 本周 where there is such a column, else every number under a head of its own."""
    lexicon = reading.lexicon
    unit = next((f.value for f in item.fields if "unit" in lexicon.meanings(f.label)), None)
    named = [f for f in item.fields if one_line(f.value) and naming.clean(one_line(f.value)) != item.name]
    current = [f for f in named if "value" in lexicon.meanings(f.label)]
    other = [
        f
        for f in named
        if not set(lexicon.meanings(f.label)) & {"compared", "unit", "remark", "owner", "number", "status", "work"}
    ]
    for field in current[:1] or other:
        quantity = next(numbers.quantities(field.value), None)
        if quantity is None or (not current and not _is_number(field)):
            continue
        name, found = _unit_in_name(item.name, quantity.unit or unit)
        if not current and len(other) > 1:
            name, found = _unit_in_name(name + field.label, found)
        yield naming.clean(one_line(name)), quantity.value, found


def _is_number(field: Field) -> bool:
    return re.fullmatch(r"\s*[\d.,+\-]+\s*\S{0,6}\s*", field.value) is not None
