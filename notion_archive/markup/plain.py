"""Lists that were typed, not marked up: `1、…` `（1）…` `① …` in plain lines become the items they are meant to be."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from notion_archive import naming
from notion_archive.model import Block

_ITEM = re.compile(
    r"\s*(?:\d{1,2}(?:[、)）．]|\.(?!\d))|[(（][\d一二三四五六七八九十]{1,2}[)）]|[①-⑳]|[一二三四五六七八九十]{1,2}、|[a-zA-Z][、)）.]\s*(?=[^\s.])"
    r"|[-*•·●▪◆○▶►➤■◇★☆※]\s+)"
)
_COUNTED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?:[、.．]\s*|\s+(?=[^\s\d])|(?=[^\W\d_]))")
_DATED = re.compile(
    r"\s*(?:(?:20\d\d\s*[-/.年]\s*)?\d{1,2}(?:[/.\-]|\s*月\s*)\d{1,2}\s*[日号]?[\s周(（,，]*\d{0,2}|(?:周|星期)[一二三四五六日天]\s*\d"
    r"|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2})(?!\w))",
    re.IGNORECASE,
)  # 6/12 10:15 …, Monday 10 June, 09:12 …
_NAMED = re.compile(r"(?!\s*\d{1,2}[:：]\d\d)[^:：,，。;；\n]{2,24}[:：]\s*\S")
_EMOJI = re.compile(
    "\\s*[\u2600-\u27bf\u2b50\u23e9-\u23ff\U0001f300-\U0001faff]\ufe0f?\\s*(?=[^\\W_])"
)  # ✅夜间任务分级 三档都配好
_PLAN = re.compile(r"\W*(?:下周|下一周|明日|明天|下月|next week|tomorrow)[^:：,，。\n]{0,4}[:：]\s*\S", re.IGNORECASE)
_CLOCK = re.compile(r"\s*\d{1,2}[:：]\d\d(?!\d)")

Line = tuple[str, int]  # its words and its number in the page


def is_item(line: str) -> bool:
    """Whether a line begins like an item of a list: `1、`, `（2）`, `③`; `4.12 上线` does not."""
    return _ITEM.match(line) is not None


def are_counted(blocks: Iterable[Block]) -> bool:
    """Whether a page counts what it tells of as 1.1, 1.2, on plain lines: there `1.4 交行虚拟子账户` is no January 4."""
    lines = (line for block in blocks if block.type == "paragraph" for line in block.text.split("\n"))
    numbers = [found["number"] for line in lines if (found := _COUNTED.match(line))]
    return "1.1" in numbers and "1.2" in numbers[numbers.index("1.1") :]


def _is_item_or_counted(line: str) -> bool:
    """Whether a plain line begins like an item, or is counted in two levels: `1、联调`, `1.1 联调`."""
    return is_item(line) or _COUNTED.match(line) is not None


def split(block: Block, *, counted: bool = False) -> tuple[Block, ...]:
    """A paragraph as the items typed in it, or as it is; `counted`: `1.1 收银台改版` begins one, too.

    `"1、收银台改版\\n（1）联调中\\n2、账务核心"` -> item 1 with a child, item 2. Lines that each begin with a day, or each
    with a name and a colon, are items, too; any other line goes on with the one before.
    """
    lines = list(zip(block.text.split("\n"), block.numbers, strict=True))
    if len(lines) > 1 and _PLAN.match(lines[-1][0]):  # below `1、…` and `2、…` stands `下周：导出工具收尾`
        *others, last = (part(block, at, to) for at, to in ((0, len(lines) - 1), (len(lines) - 1, len(lines))))
        return (*split(others[0], counted=counted), last)
    begins = _is_item_or_counted if counted else is_item
    if any(begins(line) for line, _ in lines):
        return tuple(_nested(list(_gather(lines, begins))))
    if not block.bold and sum(1 for line, _ in lines if _EMOJI.match(line)) > 1 and _EMOJI.match(lines[0][0]):
        return tuple(_gather(lines, lambda line: _EMOJI.match(line) is not None))
    dated = [_is_dated(line) for line, _ in lines]
    if dated[0] and sum(dated) > 1:
        return tuple(_gather(lines, _is_dated))
    if _is_log(block):
        return tuple(_gather(lines, _is_timed))
    if len(lines) > 1 and (all(_NAMED.match(line) for line, _ in lines) or is_of_times(block)):
        return tuple(_gather(lines, lambda line: True))
    return (block,)


def is_of_times(block: Block) -> bool:
    """Whether every line of a paragraph begins with a time of day: `15:32 告警，…`, `15:40 切到备用通道`."""
    return all(_CLOCK.match(line) for line in block.text.split("\n"))


def is_named(line: str) -> bool:
    """Whether a line begins with a name and a colon: `路由服务：已提测`."""
    return _NAMED.match(line) is not None


def _is_log(block: Block) -> bool:
    """`01:10 接班`, `02:26 【告警】回调延迟`, below that `原因：消费组重平衡`, `05:00 巡检`: lines with a time, labels between them."""
    lines = block.text.split("\n")
    timed = [_is_timed(line) for line in lines]
    others = [line for line in lines if not _is_timed(line)]
    return timed[0] and sum(timed) > 1 and bool(others) and all(map(_NAMED.match, others))


def _is_timed(line: str) -> bool:
    """`20:37 交行代扣成功率跌到 81%`: a line that begins with a time of day."""
    return _CLOCK.match(line) is not None


def apart(block: Block, begins: Callable[[str], bool]) -> tuple[Block, ...]:
    """A block as items, one for every line that begins one: `【换肤】联调完` above `【埋点】提测`."""
    lines = list(zip(block.text.split("\n"), block.numbers, strict=True))
    first, *others = _gather(lines, begins)
    kept = msgspec.structs.replace(first, type=block.type, marker=block.marker) if not begins(lines[0][0]) else first
    return tuple(msgspec.structs.replace(one, type="item") for one in (kept, *others))


def part(block: Block, begin: int, end: int) -> Block:
    """Some of a paragraph's lines as a paragraph of their own: the `阻塞` above `- 暂无`."""
    lines, numbers = block.text.split("\n")[begin:end], block.numbers[begin:end]
    bold = block.bold if begin == 0 else ""
    return msgspec.structs.replace(
        block, text="\n".join(lines), numbers=numbers, lines=(numbers[0], numbers[-1]), bold=bold
    )


def each_line(block: Block) -> tuple[Block, ...]:
    """A paragraph as one paragraph a line: `成功率 99.9%` and, below it, `客诉 6 件`."""
    if len(block.numbers) == 1:
        return (block,)
    return tuple(part(block, index, index + 1) for index in range(len(block.numbers)))


def _is_dated(line: str) -> bool:
    """`4/3 14:00 超时`, `周三 9点`: a line that begins with a day."""
    return _DATED.match(line) is not None


def _gather(lines: Sequence[Line], begins: Callable[[str], bool]) -> Iterator[Block]:
    """A block for every line that begins one, `4/3 超时`, with the lines that go on with it, `14:35恢复`."""
    own: list[Line] = []
    counted, timed = begins is _is_item_or_counted, begins is _is_timed
    for line, number in lines:
        if own and begins(line):
            yield _block(own, counted=counted, timed=timed)
            own = []
        own.append((line, number))
    if own:
        yield _block(own, counted=counted, timed=timed)


def _block(own: Sequence[Line], *, counted: bool = False, timed: bool = False) -> Block:
    """Plain lines as one block: `1、联调中` is an item with the marker `1、`, `联调中` a paragraph."""
    first = own[0][0]
    found = _ITEM.match(first) or (_COUNTED.match(first) if counted else None)
    marker = found[0].strip() if found else ""
    words = "\n".join([first[found.end() :].strip() if found else first, *(line for line, _ in own[1:])])
    numbers = tuple(number for _, number in own)
    is_typed = (
        found
        or _is_dated(first)
        or _NAMED.match(first)
        or _EMOJI.match(first)
        or (_CLOCK.match(first) and (timed or len(own) == 1))
    )
    return Block(
        type="item" if is_typed else "paragraph", text=words, lines=(numbers[0], numbers[-1]), marker=marker,
        numbers=numbers,
    )  # fmt: skip


def _nested(items: Sequence[Block]) -> Iterator[Block]:
    """Items of an inner series under the item they follow: `1、` `(1)` `(2)` `2、`, and `1、` `1）` `2）` `2、`."""
    stack: list[tuple[str, list[Block]]] = []
    done: list[Block] = []
    for item in items:
        if item.type != "item":  # a line before the list owns none of it
            while stack:
                _close(stack, done)
            done.append(item)
            continue
        series = _series(item.marker, stack)
        while stack and any(series == name for name, _ in stack) and stack[-1][0] != series:
            _close(stack, done)
        if stack and stack[-1][0] == series:
            stack[-1][1].append(item)
        else:
            stack.append((series, [item]))
    while stack:
        _close(stack, done)
    yield from done


def _series(marker: str, stack: Sequence[tuple[str, list[Block]]]) -> str:
    """What a marker counts in: `2）` goes on with `1）`, and, where an author is not careful, with `1、`, but `1）` begins anew."""
    found, _ = naming.ordinal(marker + " x") if marker else (None, "")
    if found is None:
        return marker[:1]
    own = f"{found.series} {marker[-1]}"
    if found.number == 1 or any(name == own for name, _ in stack):
        return own
    for name, items in reversed(stack):
        last, _ = naming.ordinal(items[-1].marker + " x")
        if last and last.series == found.series and last.number == found.number - 1:
            return name
    return own


def _close(stack: list[tuple[str, list[Block]]], done: list[Block]) -> None:
    """The innermost series becomes the children of the item above it: `①` and `②` below `1、`."""
    _, items = stack.pop()
    if not stack:
        done.extend(items)
        return
    above = stack[-1][1]
    owner = above[-1]
    above[-1] = msgspec.structs.replace(
        owner, lines=(owner.lines[0], items[-1].lines[1]), children=(*owner.children, *items)
    )
