"""Numbers with what they count: `入金有效成功率：99.99%`, `日均交易86.4万笔`, `P99 230ms`, `AB级0次，CD级0次`."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from notion_archive import gates, text
from notion_archive.remembered import remembered

_UNIT = (
    r"(?:十|百|千|万|百万|千万|亿|k\b|m\b)?\s*(?:[笔次条单件个]|txns?|tx|reqs?|orders?|msgs?|rows)/(?:s|sec|秒|min|分钟?|h|hr|小时|天|日|d|day|周|week|人)(?![a-z])"
    r"|/(?:s|秒|min|分钟?|h|小时|天|日|d|day)(?![a-z])|%|‰|‱|bps?\b|个百分点|(?:十|百|千|万|百万|千万|亿|k\b|m\b|bn?\b)?\s*(?:笔/秒|次/秒|笔/分钟|次/分钟|笔/小时|次/小时|笔/天|次/天|人民币|美元|元|笔|次|件|条|个|家|户|单|个?工作[日天]|個工作[日天]|pts?\b|points\b|人天|人日|人|台|起|张|项|例|份|"
    r"万|亿|tps|qps|rps|ms|μs|us\b|毫秒|微秒|秒|分钟|小时|天|min(?:ute)?s?\b|hours?\b|hrs?\b|days?\b|h\b|s\b|gb|mb|tb|kb|pb|rmb|cny|usd|sgd|hkd|yuan|w\b|cents?\b|"
    r"倍|点|分|pp\b|x\b|人天|人日|req/s|txns?\b|transactions\b|orders\b|payments\b|merchants\b|users\b|calls\b|tickets\b|"
    r"incidents\b|alerts\b|errors\b|requests\b|rows\b|pages\b|cases\b|bugs\b|million\b|billion\b|lakhs?\b|crores?\b|cr\b|thousand\b|k\b|m\b|bn\b)|十|百|千|万|百万|千万|亿"
    r"|[\u4e00-\u9fff](?=\s*(?:[,;。、|)\n]|$))"  # 880核: one character alone at the end of a number is what it counts
)
_NO_DATE = r"(?:(?<=\.\d)(?=/\d{1,2}(?![\d./]))|(?!\.?\d|[a-z]|[/:]\d|\s*[年月日号]))"  # CSAT 4.6/5 is no date
NUMBER = re.compile(
    rf"(?<![\d.a-z_])(?<![a-z][-+])(?<!\d/)(?!(?<=\d:)\d\d(?!\d))(?P<sign>[-+]?)(?P<money>(?:[$¥€£₹]|(?:s|hk|us|a|nt|c)\$|rmb|cny|usd|hkd|sgd|eur|gbp)\s?)?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,2}}(?:,\d\d)+,\d{{3}}(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*(?P<unit>{_UNIT})(?!\d)|{_NO_DATE})"
)
_NAME_EDGES = " \t\n:;,.。、=~-·*_|/→是为达共约 "
_SEPARATORS = gates.headed(re.compile(r"[,;。、\n|:]|(?<=\S)\s{2,}|(?<=[a-z]{4})\.\s+(?=[a-z])"))
_COMPARED = re.compile(
    r"(?:[与和]?(?:较|比(?!例|率)|环比|同比|对比|上周|上月|上期|前周|去年|昨日|前值)|目标(?!达成|完成)|阈值|基线"
    r"|(?:wow|vs\.?|versus|against|up|down|from|last week|previous|was|target|baseline|slo target|compared|prior)\b)"
)
_COMPARED_END = re.compile(r"(?:(?<![a-z])than|目标值?|阈值|基线|上周值?|target|threshold|baseline|last week)$")
_CHANGE = re.compile(r"[↑↓▲▼△▽⬆⬇↗↘🔺🔻]\ufe0f?\s*$")  # TPS 3,200/s ↑5%: how it changed
_ROSE = re.compile(
    r"\s*[条件个次笔%]?\s*(?:→|->|(?:提升|上升|下降|降低|升高|增长|增加|减少|优化|改善|缩短|提高|升|降|涨|跌)(?:到|至|为)|to)\s*(?=[$¥€£]?\d)"
)
_SLASHED = re.compile(
    r"(?P<head>[^/:：\d,，]*?)(?P<names>[A-Za-z]{1,5}\d{0,4}(?:\s*/\s*[A-Za-z]{1,5}\d{0,4})+)(?P<tail>[^/:：\d,，]{0,16}?)\s*[:：]?\s*"
    rf"(?P<values>\d[\d.,]*(?:\s*/\s*\d[\d.,]*)+)\s*(?P<unit>{_UNIT})?\s*(?:[(（].*)?",
    re.IGNORECASE,
)
_OF_TOTAL = re.compile(
    rf"(?P<name>[^\d:：,，/][^:：,，/]{{1,30}}?)\s*[:：]?\s*(?P<value>\d[\d,]*)\s*/\s*(?P<total>\d[\d,]*)\s*(?P<unit>{_UNIT})?\s*(?:[(（][^()（）]*[)）])?",
    re.IGNORECASE,
)
_NAME_TAIL = re.compile(
    r"(?:共计|合计|总计|达到了?|约为"
    r"|(?:突破|收敛[至到]每?[日周天]?|超过|逼近|接近|录得|收于|落在|已?达|稳定在|(?:保持|维持|停留|徘徊|控制)在?"
    r"|(?:提升|上升|下降|降低|升高|增长|增加|减少|回升|回落|下跌|升|落|降|涨|跌|增|减)(?:到|至|为))了?"
    r"|\s*[≤≥<>＜＞]|\s+of"
    r"|(?:\s+(?:is|was|were|hit|reached|came|stood|stands?|sits?|stays?|runs?|held|stayed|sat|ended|closed|finished|averaged|totalled|totaled|rose|fell|grew"
    r"|climbed|dropped|slipped|improved|remained|remains|went|moved|jumped|increased|decreased|doubled))?"
    r"(?:\s+(?:now|currently|steady|flat|up|down|back|again|still|only|just|about|around|roughly|over|under|almost|nearly|slightly))*"
    r"\s+(?:at|to|(?:is|are) now|is|was|were|in at|in|by|hit|reached|averaged|totalled|totaled|exceeded|about|around|roughly|only|just|over"
    r"|under|nearly|almost))$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r",(?!\d{3}(?!\d))|[，;；。]|\s/\s")
_REMARK = re.compile(r"\s*[（(][^（()）]*[)）]")
_COUNTED = re.compile(r"(?!min|hour|hr|day|second)[a-z]{3,}s")  # 12 tickets
_OF = re.compile(r"^(?:of|for|in)\s+", re.IGNORECASE)
_NAME_BEHIND = re.compile(r" vs\.? | - ")
_NAMED = re.compile(r"(?=.*[^\W\d_]{2})[^\d\s](?!.*\d+(?:\.\d+)?\s*[%％]).{1,40}$")
_NAME_HEAD = re.compile(r"^(?:(?:and|with|plus|at|our|the|an?|of which)\s+)+", re.IGNORECASE)
_THINGS = re.compile(
    r"\s*(?:more\s+|new\s+|another\s+)?(?P<things>[a-z][a-z-]*(?:\s[a-z][a-z-]*)?s)"
    r"(?=\s*(?:$|[,.;(]|(?:and|in|on|for|worth|from|this|last|to|of|with)\s))",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"(?:上?个?月|去年|昨[日天]|前[日天]|\d{1,2}月份?|q[1-4]|[wk]\d{1,2}|第\d+周)(?:是|为)?")
_OF_THESE_DAYS = re.compile(r"(?<=\w)\s+(?:this|last) (?:week|month|quarter)$", re.IGNORECASE)
_JOINS = re.compile(
    r"(?:across|over|from|in|on|for|to|by|with|of|at|per|within|after|before|between|among)", re.IGNORECASE
)
_DOTS = re.compile(r"\s+[·•]\s+")
_DEED = re.compile(r"(?:we\s+|the team\s+)?(?P<deed>[a-z]+ed)", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W\d_]|较上周|环比")
MEASURED = re.compile(  # what a name has that is measured week by week
    r"率|量|额|数|tps|qps|p9\d|\brt\b|均|时延|时长|耗时|周期|密度"
    r"|rate|latency|volume|count|uptime|availability|coverage|density|lead time|mttr|\bnps\b"
)
_STATE = re.compile(r"进度|完成|迁移|覆盖|progress|done|complete")
_HEAD = re.compile(
    r"\s*(?P<name>[^:：\n]{2,40}?)\s*[:：](?!(?<=\d.)\d\d(?!\d))\s*"
    r"(?:(?:本周|本月|今[日天]|当前|this week|today)\s*)?(?=[-+$¥€£]?\d|(?:hk|us|s|a)?\$\s?\d|(?:rmb|cny|usd|hkd|sgd|eur|gbp)\s?\d)",
    re.IGNORECASE,
)  # 12:10 is no name; 行方工单：本周 27 个


_GATE, _NUMBER = gates.gate(NUMBER, _SLASHED), gates.headed(NUMBER)


class Quantity(Struct, frozen=True, kw_only=True):
    """A number as stated, standing at text[at:to]; `unit` as written, None where there is none."""

    value: float
    unit: str | None
    at: int
    to: int


@remembered
def quantities(words: str) -> tuple[Quantity, ...]:
    """Every number of a text with its unit. `"86.4万笔"` -> 86.4 万笔, `"$233,357.56"` -> 233357.56 $.

    Digits inside a name (`P99`, `5xx`, `T+0`), a date (`4/12`) or a share (`107/164`) are none.
    """
    levelled = text.level(words)
    return tuple(_quantities(words, levelled)) if _GATE.search(levelled) else ()


def _quantities(words: str, levelled: str) -> Iterator[Quantity]:
    """Every number with its unit: "交易1,204万笔，同比-3.1%" -> 1204 万笔 and -3.1 %."""
    for match in _NUMBER.finditer(levelled):
        value = float(match["number"].replace(",", "")) * (-1 if match["sign"] == "-" else 1)
        written = [words[slice(*match.span(part))] for part in ("money", "unit") if match[part]]
        if len(written) == 2 and not written[1].isascii():  # ¥86万
            del written[0]
        unit = ("" if "$" in "".join(written) or len(written) < 2 else " ").join(one.strip() for one in written)
        unit = (" " if unit.isascii() else "").join(unit.split())
        yield Quantity(value=value, unit=unit or None, at=match.start(), to=match.end())


def is_quantity(words: str) -> bool:
    """Whether a cell holds a number and nothing else: `880.3万笔`, `99.95%`, `¥1,200`; `4/12` and `3家已上线` do not."""
    return NUMBER.fullmatch(text.level(words).strip(" ~≈≤≥<>约\t\n")) is not None


def is_measure(line: str) -> bool:
    """Whether a line is a name, a colon and a number with what it is compared with: `告警总数：1,203条（上周 1,118条）`."""
    head = _HEAD.match(line)
    if head is None or _STATE.search(text.level(head["name"])):
        return False
    value = re.split(r"[(（,，]", line[head.end() :])[0]
    return is_quantity(value)


class Pair(Struct, frozen=True, kw_only=True):
    """A name and the number that is reported for it."""

    name: str
    value: float
    unit: str | None


@remembered
def pairs(words: str) -> tuple[Pair, ...]:
    """Name and number, as often as a line has them; what is compared with (上周, 环比, 目标) is left out.

    `"事故数AB级0次，CD级0次"` -> 事故数AB级 0 次, 事故数CD级 0 次; `"P99 230ms，较上周+12ms"` -> P99 230 ms. A name before
    a colon is the whole name: `"Top 10 商户占比：45%"`.
    """
    levelled = text.level(words)
    if not _GATE.search(levelled):
        return ()
    if several := tuple(_slashed(words)):
        return several
    if len(parts := _DOTS.split(words)) > 1:  # GMV: $1.2M · NPS: 52
        return tuple(pair for part in parts for pair in pairs(part))
    found: list[tuple[str, Quantity]] = []
    head = _HEAD.match(words)
    if head and text.level(head["name"]).count("(") > text.level(head["name"]).count(")"):
        head = None  # 成功率 97.6%（失败 1 次：6/13 回滚）
    begin, before = 0, ""
    for quantity in quantities(words):
        if (
            _CHANGE.search(levelled, 0, quantity.at)
            or _in_brackets(levelled, quantity.at)
            or (head and quantity.at < head.end())
        ):
            continue
        whole = head is not None and begin < head.end() and not _CLAUSE.search(levelled, head.end(), quantity.at)
        name = head["name"] if head and whole else _name(words[begin : quantity.at])
        begin = quantity.to
        deed = _DEED.fullmatch(name)
        if deed and not _is_counted(quantity) and (things := _THINGS.match(words, begin)):
            name, begin = f"{things['things']} {deed['deed']}", things.end()
        if _ROSE.match(levelled, quantity.to):  # 成功率由99.93%提升到99.95%: the later one counts
            before = before or re.sub(r"(?:由|从|\s+from)$", "", name).strip()
            continue
        name, before = before or name, ""
        if found and _PERIOD.fullmatch(text.level(name)):  # 平均耗时: 212 ms，5月是 219ms
            continue
        if name and not name.isdigit() and not _is_compared(text.level(name)):
            found.append((name, quantity))
    return tuple(_pair(name, quantity) for name, quantity in _with_stems(found))


def _pair(name: str, quantity: Quantity) -> Pair:
    """`We closed 34 tickets` -> tickets closed 34; a name and what is counted otherwise."""
    if _is_counted(quantity) and (deed := _DEED.fullmatch(name)):
        return Pair(name=f"{quantity.unit} {deed['deed']}", value=quantity.value, unit=None)
    return Pair(name=name, value=quantity.value, unit=quantity.unit)


def _is_counted(quantity: Quantity) -> bool:
    """Whether what stands as a unit is what is counted: the tickets of `34 tickets`."""
    return quantity.unit is not None and _COUNTED.fullmatch(text.level(quantity.unit)) is not None


def only_joins(name: str) -> bool:
    """Whether what stands before a number only ties it to the one before: `Settled: HK$ 412m |across| 9,830 merchants`."""
    return _JOINS.fullmatch(name) is not None


def is_measured(name: str) -> bool:
    """Whether a name is that of something measured week by week: `支付成功率`, `构建时长`, `P99`, `Open bugs` is none."""
    return MEASURED.search(text.level(name)) is not None


def is_told(line: str) -> bool:
    """Whether a line says nothing but numbers with their names: `构建成功率 97%`, `发布 14 次，回滚 1 次`."""
    if is_measure(line):
        return True
    found = pairs(line)
    told = _NO_LETTER.sub("", _REMARK.sub("", text.level(line)))
    return bool(found) and sum(len(pair.name) for pair in found) * 2 >= len(told)


def _slashed(words: str) -> Iterator[Pair]:
    """`平均响应时间 P50/P95/P99：80/210/480ms` is three pairs, `P1/P2故障：0/1` two; `完成：107/164` is none."""
    match = _SLASHED.fullmatch(words.strip())
    if match is None:
        return
    names, values = match["names"].split("/"), re.split(r"\s*/\s*", match["values"])
    if len(names) != len(values):
        return
    for name, value in zip(names, values, strict=True):
        whole = f"{match['head']}{name.strip()}{match['tail']}".strip(_NAME_EDGES)
        yield Pair(name=whole, value=float(value.replace(",", "")), unit=match["unit"])


def of_total(words: str) -> tuple[Pair, ...]:
    """`单元测试 412/560`, `Settlement on time: 7/7 days`: how many of how many; `发布：12/7` may as well be a day."""
    match = _OF_TOTAL.fullmatch(words.strip(" 。."))
    if match is None:
        return ()
    value, total = (int(match[name].replace(",", "")) for name in ("value", "total"))
    if value > total or (value <= 12 and total <= 31 and not match["unit"]):
        return ()
    return (Pair(name=match["name"].strip(_NAME_EDGES), value=float(value), unit=match["unit"]),)


@remembered
def led(words: str) -> tuple[Pair, ...]:
    """Numbers that stand before their names: `99.95% 支付成功率`, `12 tickets closed, 3 still open`; () where the first does not."""
    found = []
    for clause in _CLAUSE.split(_REMARK.sub("", words)):
        begun = next(iter(quantities(clause)), None)
        if begun is None or clause[: begun.at].strip(_NAME_EDGES):
            break
        counted = begun.unit if begun.unit and _COUNTED.fullmatch(text.level(begun.unit)) else ""
        name = _OF.sub("", f"{counted} {_NAME_BEHIND.split(clause[begun.to :])[0].strip(_NAME_EDGES)}".strip())
        if not _NAMED.match(name):
            break
        found.append(Pair(name=name, value=begun.value, unit=None if counted else begun.unit))
    return tuple(found)


def led_within(words: str) -> Iterator[Pair]:
    """Numbers before their names behind others: the merchants of `GMV $1.2M, 340 active merchants, auth rate 94.1%`."""
    clauses = _CLAUSE.split(_REMARK.sub("", words))
    for clause in clauses[max(1, len(led(words))) :]:
        yield from led(clause)


def _is_compared(name: str) -> bool:
    """`较上周`, `目标`, `against`: the number that follows is not the one reported."""
    return _COMPARED.match(name) is not None or _COMPARED_END.search(name) is not None


def _in_brackets(levelled: str, at: int) -> bool:
    """Whether a number stands in brackets: the 99.18 of `99.21%（上周99.18%）`."""
    return levelled.rfind("(", 0, at) > levelled.rfind(")", 0, at)


def _name(words: str) -> str:
    """The words next to a number, from the last separator on: `"，成功率 "` -> `"成功率"`."""
    words = re.sub(r"[((（].*?[))）]", "", words).rstrip(_NAME_EDGES + "：＝")
    cuts = [match.end() for match in _SEPARATORS.finditer(text.level(words))]
    name = words[max(cuts, default=0) :].strip(_NAME_EDGES + "：（）()").strip()
    return bare(name)


def bare(name: str) -> str:
    """A name without the words that tie it to its sentence: `and lead time is` -> lead time, `交易笔数共计` -> 交易笔数."""
    return _OF_THESE_DAYS.sub("", _NAME_TAIL.sub("", _NAME_HEAD.sub("", name)))


def _with_stems(found: Sequence[tuple[str, Quantity]]) -> Iterator[tuple[str, Quantity]]:
    """A name that lacks its head takes it from the one before: `事故数AB级0次，CD级0次` -> 事故数AB级, 事故数CD级;
    `P1级0次，P3及以下1次`."""
    before = ""
    for name, quantity in found:
        tail = re.search(r"[a-z\d]+\S?$", text.level(before))
        own = re.fullmatch(r"[a-z\d]+(?:\S|(?P<beyond>及?以[上下])级?)?", text.level(name))
        alike = tail and own and (tail[0][-1] == own[0][-1] or (own["beyond"] and tail[0][0] == own[0][0]))
        alike = tail and alike and not tail[0][-1].isascii() and tail.start() > 0
        before = before[: tail.start()] + name if tail and alike else name
        yield before, quantity
