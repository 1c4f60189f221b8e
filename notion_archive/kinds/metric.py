"""Metrics: numbers reported every week, in lists, in tables (the current value only), in running text."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from notion_archive import clock, naming, numbers, text
from notion_archive.kinds import failing, flags
from notion_archive.kinds.reading import Reading
from notion_archive.markup.fields import one_line
from notion_archive.model import Field, Item
from notion_archive.records import Metric, Record

_CLAUSES = re.compile(r"[,;](?!\d{3}(?!\d))\s*")
_IN_NAME = re.compile(
    r"\s*[（(]\s*(?P<unit>%|‰|ms|s|秒|毫秒|小时|天|h|次|笔|万笔|亿笔|元|万元|亿元|件|条|个|tps|qps|单|万|亿|起|分钟|min|gb|mb|tb|家|户|人|台|百万元?|千万元?"
    r"|(?:eur|usd|cny|rmb|hkd|sgd|gbp|jpy|inr|myr|thb|idr|vnd|php|aud|[$€£¥])\s?(?:mn?|bn?|k|mio|million|billion|thousand|cents?|ct)?)(?P<each>\s?/\s?(?:秒|分钟?|小时|天|日|周|笔|户|单|人|s|sec|min|h|hour|d|day))?\s*[)）]\s*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"\s*[【\[](?P<name>[^】\]]{1,12})[】\]]\s*(?=[^\s\d])"
)  # 【收单】笔数：88.2万笔；金额：5.6亿元
_LEAD_IN = re.compile(
    r"\s*(?P<name>[^:：,，。;；\d]{2,12})[:：]\s*(?!(?i:[a-z]{0,2}\$|(?:rmb|cny|usd|hkd|sgd|eur|gbp)\s?\d))(?=[^\s:：,，\d%$¥€£~][^:：,，]{0,14}?\s*[:：]?\s*\d)"
)
_HEAD_OF_NUMBERS = re.compile(r"\s*(?P<name>[^:：\d]{2,24}?)\s*[:：]\s*(?=\d)")
_SEVERAL, _MANY, _SHORT_NAME = 2, 3, 12
_OF_INSTITUTIONS = re.compile("渠道|通道|银行|机构|各行|行方|(?i:by (?:channel|bank|acquirer|psp)|banks|acquirers)")
_OF_WORK = re.compile("(?:治理|改造|升级|迁移|重构|优化|建设|专项|项目)$")
_OF_PEOPLE = ("名", "人", "个", "位", "人天")  # 通道组现在47个通道只有9个人看，Q4想申请1个HC
_COUNT = re.compile(
    r"(?![分各按]|渠道|通道|银行|机构).*[数量额率]"
)  # 故障数：P1 1起，P2 0起: the head of the names, no group; 分渠道成功率 is one
_GRADE = re.compile(r"(?:[ps]\d|[a-e]{1,2}|sev-?\s?\d|[一二三四]{1,2})\s*[级类]?")  # 生产事件：P2级0起，P3级1起, too
_PROGRESS = re.compile(
    r"进度|完成|已|迁移|覆盖(?!率)|执行率|coverage|接入|上线|放量|灰度|切流|预计|\d/\d|\d月|done|complete|eta|planned|migrated|rollout"
)
_DEED = re.compile(r"\W*(?!need|feed|speed|seed)[a-z]+ed\s")  # Reduced checkout p95 from 480ms to 390ms
_WHY = re.compile(
    r"\d\s*[%a-z]*\s+(?:after|once|since|thanks to|because|when|during|following)\s"
)  # p99 fell below 180 ms after the change
_STATEMENT = re.compile(r"(?:已|将|拟|并|与|由|从|经|需(?!求)|待(?!办))")  # 已与研发约定日志保留天数改为 7 天
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_PERIOD = re.compile(  # a head that names a week, days, a month or a quarter: W12, 12.18-12.24, Q2, 5月, May 2024
    r"\s*(?:第|w|week|cw|q|h|fy)?\s*\d[\d\s./\-~至到—–月日号年周季度份]*\s*"
    rf"|(?:20\d\d\s*)?(?:{'|'.join(_MONTHS)})[a-z]*\.?(?:\s*20\d\d)?"
)
_ROUND = ((4, re.compile("q|季")), (12, re.compile("月份?$|[a-z]{3}")), (52, re.compile("w|周")))  # 4 quarters a year
_WEEKDAY = re.compile(r"(?:周|星期)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_DAY_AT_END = re.compile(r"(?:[日号天]|(?:周|星期)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)$")
_OF_WEEK = re.compile(r"周均|均值|平均|合计|总计|累计|汇总|total|average|avg|mean")
_NOT_VALUES = {"compared", "unit", "remark", "owner", "number", "status", "work"}


def claims(item: Item, reading: Reading) -> bool:
    """In a section or table of metrics, whatever holds a name and a number; in prose, a line of such pairs alone.

    `成功率 99.93%` under 指标 is one anywhere in its list; `灰度 30%` under 本周进展 is progress.
    """
    if item.kind == "metric":
        own = _lacks_value(item, reading) or any(True for _ in _told(item, reading))
        return own or any(claims(child, reading) for child in item.children)
    if item.kind == "incident":
        told = item.shape in ("bullet", "paragraph") and not item.children
        return told and (_counts_incidents(item, reading) or _is_of_duty(item, reading))
    if item.kind == "note" and item.section:
        return item.shape in ("bullet", "paragraph") and not item.children and _is_mostly_pairs(item)
    if item.kind not in ("update", "note", None) or item.shape not in ("bullet", "paragraph") or item.children:
        return False
    head = text.level(item.text).partition(":")[0]
    if item.kind == "update" and _OF_WORK.search(head):
        return False  # 告警治理：日均告警由412条降到265条
    return _is_only_pairs(item) or _is_mostly_pairs(item) or (item.kind is None and _is_of_pairs(item, reading))


def _counts_incidents(item: Item, reading: Reading) -> bool:
    """`P1故障 0次，P2故障 1次；连续无P1 143天` below the table of incidents."""
    found = numbers.pairs(item.text)
    if not found or not numbers.is_told(item.text) or any(clock.times(text.level(item.text))):
        return False
    generic = reading.lexicon.words("signs", "generic")
    counted = [pair for pair in found if generic.search(text.level(pair.name)) or _GRADE.match(pair.name.lower())]
    return len(counted) * 2 >= len(found)


def _is_mostly_pairs(item: Item) -> bool:
    """`新增差异41笔，已平差异36笔，未平差异5笔，笔数少了一半还多。`: three at least, with a word about them before or behind."""
    found, clauses = numbers.pairs(item.text), _CLAUSES.split(text.level(item.text).rstrip("。. "))
    if len(found) < _MANY or len(found) + 1 < len(clauses) or ":" in text.level(item.text):
        return False
    return all(pair.unit and pair.unit not in _OF_PEOPLE and len(pair.name) <= _SHORT_NAME for pair in found)


def _is_of_duty(item: Item, reading: Reading) -> bool:
    """`Pages: 23 (last week 41)`, `MTTA: 3.6 min` in a list below `## On-call`: a number of the watch, of no incident."""
    name = text.level(item.text).partition(":")[0]
    listed = item.shape == "bullet" and bool(item.marker) and numbers.is_measure(item.text)
    meant = {"impact", "duration", "severity"} & set(reading.lexicon.meanings(name))
    return listed and not meant and not failing.find(name, reading.lexicon)


def _is_of_pairs(item: Item, reading: Reading) -> bool:
    """`工行快捷99.991%，农行快捷99.962%，中行这周偏低` below a heading that tells nothing: several numbers, and no word of state."""
    found = numbers.pairs(item.text)
    several = len(found) >= _MANY or (len(found) > 1 and all(numbers.is_measured(pair.name) for pair in found))
    return several and not reading.lexicon.any_of(flags.STATES).search(text.level(item.text))


def _lacks_value(item: Item, reading: Reading) -> bool:
    """`On-call pages: N/A (dashboard migration)`, a row with `-` under 本周: a metric of which nothing is stated."""
    if item.shape == "row":
        values = _values(item, reading)
        return bool(values) and all(reading.lexicon.is_nothing(field.value) for field in values)
    name, colon, value = text.level(item.text).partition(":")
    return bool(name and colon) and reading.lexicon.is_nothing(re.sub(r"\(.*?\)", "", value))


def _is_only_pairs(item: Item) -> bool:
    """`"日均交易：86.4万笔，成功率：99.93%"` says nothing else; progress (进度, 完成, 107/164) is no metric."""
    if not (found := numbers.pairs(item.text)):
        return False
    words = text.level(item.text)
    measured = sum(numbers.is_measured(pair.name) for pair in found)
    if measured * 2 >= len(found) > 1 and len(_CLAUSES.split(words)) == len(found) and numbers.is_told(item.text):
        return not (_PROGRESS.search(words) or _DEED.match(words))  # 实例数 186台，主从延迟P99 0.8s，慢SQL 142条
    if len(found) == 1 and _is_bare_count(item.text, found[0]) and not _PROGRESS.search(words):
        return True
    if (
        _PROGRESS.search(words)
        or _DEED.match(words)
        or _WHY.search(words)
        or not all(numbers.is_measured(pair.name) for pair in found)
    ):
        return False
    told = sum(len(pair.name) for pair in found)
    return told * 2 >= len(re.sub(r"[\W\d_]|较上周|环比", "", words))


def _is_bare_count(words: str, pair: numbers.Pair) -> bool:
    """`线上缺陷：3个` says how many and no more; of a share, `网关拆分：60%`, only the name tells whether it is progress."""
    return pair.unit is not None and "%" not in pair.unit and numbers.is_measure(words)


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """The metrics of an item, its children's under its name: `- 成功率` with `- 入金：99.99%` below it.

    What stands among them and is no number is a note.
    """
    from notion_archive.kinds import note

    own = list(_read(item, reading))
    yield from own
    name = naming.clean(item.lead) if item.children and not own else ""
    if item.children and not own and not _lacks_value(item, reading):
        yield from note.of_lead(item, reading)
    for child in item.children:
        if claims(child, reading):
            yield from (_under(record, name) for record in read(child, reading))
        elif note.claims(child, reading):
            yield from note.read(child, reading)


def _under(record: Record, name: str) -> Record:
    """A metric in the group that its list's name makes, unless it has one of its own: 入金 under `- 成功率`."""
    if not isinstance(record, Metric) or not name or record.group not in (None, *record.section):
        return record
    return msgspec.structs.replace(record, group=name)


def _read(item: Item, reading: Reading) -> Iterator[Metric]:
    """`支付成功率：99.21%（上周99.18%）` -> 支付成功率 99.21 %; `代扣：笔数 88.2 万，成功率 92.4%` -> two in the group 代扣."""
    if told := list(_told(item, reading)):
        common = reading.common(item, alone=True)
        named = _named_each([f"{n} {v:g}{u or ''}" for n, _, v, u in told], common["institutions"], reading)
        for (name, group, value, unit), institutions in zip(told, named, strict=True):
            institutions = institutions or _by_group(name, group, reading)
            metric = Metric(**common, name=name, group=group, value=value, unit=unit)
            yield msgspec.structs.replace(metric, institutions=institutions)


def _by_group(name: str, group: str | None, reading: Reading) -> tuple[str, ...]:
    """What a bare name means where all are banks or channels: `微信 99.63` in the group 渠道成功率."""
    bare = group is not None and _OF_INSTITUTIONS.search(group) and name.isalpha() and len(name) <= _SHORT_NAME
    return reading.institutions.named(f"银行：{name}\n") if bare else ()


def _named_each(told: Sequence[str], together: tuple[str, ...], reading: Reading) -> Iterator[tuple[str, ...]]:
    """Of the institutions a line names, those of each number: `支付宝 99.3%，银联 98.1%，退款 92.4%` -> 支付宝; 银联; none."""
    own = [reading.institutions.named(words) if len(told) > 1 and together else () for words in told]
    of_all = tuple(name for name in together if not any(name in names for names in own))
    yield from (tuple(name for name in together if name in names) or of_all for names in own)


def _told(item: Item, reading: Reading) -> Iterator[tuple[str, str | None, float, str | None]]:
    """Name, group, value and unit of each metric of an item: `入金成功率：99.9%` -> 入金成功率, its section, 99.9, %."""
    group = item.group
    if item.shape == "row":
        yield from ((name, group, value, unit) for name, value, unit in _cells(item, reading))
        return
    found = _BRACKETED.match(item.text) or _LEAD_IN.match(item.text)
    lead = found["name"] if found and len(numbers.pairs(item.text)) > 1 else ""
    graded = lead and found and all(_GRADE.fullmatch(p.name.lower()) for p in numbers.pairs(item.text[found.end() :]))
    turned = reading.lexicon.words("words", "turned")
    became = lead and found and all(text.fold(p.name) in turned for p in numbers.pairs(item.text[found.end() :]))
    head, lead = (lead, "") if graded or became or _COUNT.fullmatch(lead) else ("", lead)
    pairs = numbers.led(item.text) or numbers.pairs(item.text[found.end() :] if found and (lead or head) else item.text)
    pairs += tuple(numbers.led_within(item.text)) if pairs and item.text.isascii() else ()
    pairs = _each_of(item.text) or pairs or numbers.of_total(item.text)
    for pair in pairs:
        if numbers.only_joins(pair.name):
            continue
        if pair.unit in ("点", "时") and _DAY_AT_END.search(text.level(pair.name)):  # 取数截止周四24点
            continue
        if item.shape == "paragraph" and _STATEMENT.match(pair.name) and ":" not in text.level(item.text):
            continue
        bare = numbers.is_measured(pair.name) and ":" not in text.level(item.text) and not pair.name.startswith("当日")
        said = len(pairs) > 1 or bare
        name = _bare_name(pair.name, reading) if said else naming.clean(pair.name)
        name, unit = _unit_in_name(name, pair.unit)
        yield _joined(head, name), naming.clean(lead) or group, pair.value, unit


def _each_of(words: str) -> tuple[numbers.Pair, ...]:
    """`Disputes: 212 opened / 180 won / 12 lost` -> Disputes opened 212, Disputes won 180, Disputes lost 12."""
    head = _HEAD_OF_NUMBERS.match(words)
    found = numbers.led(words[head.end() :]) if head else ()
    if head is None or len(found) < _SEVERAL or any(" " in pair.name for pair in found):
        return ()
    return tuple(msgspec.structs.replace(pair, name=_joined(head["name"], pair.name)) for pair in found)


def _joined(head: str, name: str) -> str:
    """`工行` and `成功率` -> 工行成功率, `Checkout` and `Availability` -> Checkout Availability."""
    return f"{head} {name}" if head[-1:].isascii() and head[-1:].isalnum() and name[:1].isascii() else head + name


def _bare_name(name: str, reading: Reading) -> str:
    """`本周支付成功率99.93%，客诉11件` -> 支付成功率: the word that opens a sentence is of all its numbers."""
    name = naming.clean(name)
    before = reading.lexicon.words("words", "before_metric").pattern.match(text.level(name))
    rest = name[before.end() :].strip(" ：:的") if before else name
    return numbers.bare(rest) or name


def _unit_in_name(name: str, unit: str | None) -> tuple[str, str | None]:
    """`"P99 auth latency (ms)"` -> name without it and ms."""
    match = _IN_NAME.search(name)
    return (name[: match.start()], unit or match["unit"] + (match["each"] or "")) if match else (name, unit)


def _cells(item: Item, reading: Reading) -> Iterator[tuple[str, float, str | None]]:
    """The current value of a row: under 本周 where there is such a column, else every number under a head of its own.

    `支付成功率 | 99.31% | 99.26%` under 指标 | 本周 | 上周 -> 99.31 %.
    """
    unit = next((f.value for f in item.fields if "unit" in reading.lexicon.meanings(f.label)), None)
    values = _values(item, reading)
    current = len(values) == 1 and bool(item.name)
    for field in values:
        quantity = next(iter(numbers.quantities(field.value)), None)
        if quantity is None or (not current and not numbers.is_quantity(field.value)):
            continue
        name = item.name if current else _joined(item.name, field.label)
        name, found = _unit_in_name(name, quantity.unit or unit)
        yield naming.clean(one_line(name)), quantity.value, found


def _values(item: Item, reading: Reading) -> Sequence[Field]:
    """The cells that hold what a row reports: `99.31%` under 本周, not `99.26%` under 上周 nor `王芳` under 负责人."""
    meanings = reading.lexicon.meanings
    cells = [field for field in item.fields if naming.clean(one_line(field.value)) != item.name]
    current = [field for field in cells if "value" in meanings(field.label)]
    others = [field for field in cells if not set(meanings(field.label)) & _NOT_VALUES]
    if not current and len(others) > 1 and all(_PERIOD.fullmatch(text.level(field.label)) for field in others):
        current = [max(others, key=lambda field: _rank(field.label, [other.label for other in others]))]
    if not current and len(others) > 2 and sum(1 for field in others if _is_of_days(text.level(field.label))) > 1:
        current = [field for field in others if _OF_WEEK.search(text.level(field.label))]
    return current[:1] or others


def _rank(head: str, heads: Sequence[str]) -> list[int]:
    """How late a period is among others: `Q2` after `Q1`, and `Q1` after `Q4` where these two stand side by side."""
    numbers_of = {one: _numbers(one) for one in heads}
    whole = next((whole for whole, written in _ROUND if written.search(text.level(head))), 0)
    alone = {found[0] for found in numbers_of.values() if len(found) == 1}
    wrapped = whole and alone == {1, whole}
    return [whole + 1] if wrapped and numbers_of[head] == [1] else numbers_of[head]


def _numbers(head: str) -> list[int]:
    """The numbers of a head, a year first, months as numbers: `May 2024` -> 2024, 5; `12.18-12.24` -> 12, 18, 12, 24."""
    levelled = text.level(head)
    month = next((number for number, name in enumerate(_MONTHS, start=1) if name in levelled), None)
    found = [int(one) for one in re.findall(r"\d+", levelled)]
    return [*found, month] if month else found


def _is_of_days(head: str) -> bool:
    """`周三`, `6/7`: a column for one day of those that the week has."""
    return bool(_WEEKDAY.fullmatch(head) or _PERIOD.fullmatch(head))
