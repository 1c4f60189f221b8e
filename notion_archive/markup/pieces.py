"""Blocks as their authors meant them: lists typed into paragraphs, lists and labels given to the item they belong to."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

import msgspec

from notion_archive import naming, text
from notion_archive.lexicon import Lexicon
from notion_archive.markup import fields, headings, plain, wrapped
from notion_archive.model import Block

_FIRST = re.compile(r"1[.、)）]")
_NUMBERED = re.compile(r"(\d{1,2})[.、．]")
_BULLETS = ("-", "*", "+", "•")
_INNER_FIRST = ("(1)", "（1）", "①", "a)", "a.")
_LETTERED = ("a)", "a.", "a、", "a）", "①")
_GRADED = re.compile(r"\W*(?:(?:inc|ticket|case|issue)?[-# ]?\d{2,}\W+)?(?:sev-?\s?\d|p[0-4])(?![a-z0-9])")
_ANNOUNCES = re.compile(  # 总体 60%，分三块推
    r"(?:分[为成]?|拆[分为成]{1,2}|下设|下分)[一二两三四五六七八九\d]+\s*(?:大?块|步走?|个|大?项|部分|条线|路|模块|子任务|子项|阶段)[^,，。;；:：]{0,8}[:：]?$"
)
_REMARK_ONLY = re.compile(r"\s*(?:[(（【\[][^()（）【】\[\]]{1,16}[)）】\]])\s*")
_CHAPTER = re.compile(r"\s*\d{1,2}(?:[.、．]|\s)")
_TAG = re.compile(r"\s*[【\[](?P<tag>[^】\]\n]{2,24})[】\]]")
_NAME = re.compile(r"[^，。；,;:：！!？?]{2,24}")
_OWNED_NAME = re.compile(
    r"[^，。；,;:：]{2,30}?\s*(?:[（(][^（()）]{1,16}[)）]\s*[【\[]|[【\[][^】\]]{1,6}[】\]]\s*[:：])"
)


def read(blocks: Sequence[Block], lexicon: Lexicon) -> tuple[Block, ...]:
    """The blocks, put right: `3. 线上事件` owns the `- …` lines below it, `原因：…` after a list belongs to its last item."""
    result: list[Block] = []
    owner: int | None = None  # where in `result` the item stands that owns the list going on
    counted = plain.are_counted(blocks)
    split = list(
        _split(_counted_on(_restarted([wrapped.joined(block, lexicon) for block in blocks])), lexicon, counted=counted)
    )
    told = _told_of_names(split, lexicon)
    for block, following in zip(split, [*split[1:], None], strict=False):
        if block.lines[0] in told and result:
            owner = len(result) - 1
            result[owner] = _with_lines(result[owner], block)
            continue
        if block.type == "item" and owner is not None and _is_below(block, result[owner], lexicon):
            result[owner] = _with_child(result[owner], block)
            continue
        owner = None
        if (
            block.type == "paragraph"
            and result
            and result[-1].type == "item"
            and _continues(block, lexicon)
            and not _ends_a_course(result)
            and not _is_title(result[-1], block, lexicon)
        ):
            result[-1] = _with_lines(result[-1], block)
            continue
        result.append(block)
        if following is None or headings.is_titled_item(block, following, lexicon):
            continue
        if _owns_a_list(block, lexicon) or _is_counted_on(block, following):
            owner = len(result) - 1
    return tuple(result)


def _told_of_names(blocks: Sequence[Block], lexicon: Lexicon) -> set[int]:
    """The lines of paragraphs that tell of the name numbered above them: `1. 收银台改版`, below it `本周完成前端开发。`,
    then `2. 账务核心`. Of the last name it is the first of them and those that stand under a label, `风险：…`.
    """
    found: set[int] = set()
    last: Block | None = None  # the name whose paragraphs were the last ones
    for at, block in enumerate(blocks):
        if block.type == "heading":
            last = None
        if not _is_numbered_name(block, lexicon):
            continue
        rest = blocks[at + 1 :]
        told = list(takewhile(lambda other: other.type == "paragraph" and not other.bold, rest))
        if not told or headings.is_title_of_lines(told[0].text, lexicon):
            continue
        within = takewhile(lambda other: other.type != "heading" and not _FIRST.fullmatch(other.marker), rest)
        if any(_is_next(other, block) for other in within):
            found.update(below.lines[0] for below in told)
        elif last and _is_next(block, last):
            labelled = takewhile(lambda below: _stands_under_label(below, lexicon), told[1:])
            found.update(below.lines[0] for below in (told[0], *labelled))
        else:
            continue
        last = block
    return found


def _is_numbered_name(block: Block, lexicon: Lexicon) -> bool:
    """`2. 账务核心拆分` and nothing else, no kind of section."""
    numbered = block.type == "item" and not block.children and _NUMBERED.fullmatch(block.marker) is not None
    return numbered and _NAME.fullmatch(block.text) is not None and not lexicon.section_kind(naming.clean(block.text))


def _stands_under_label(block: Block, lexicon: Lexicon) -> bool:
    """`风险：行方接口文档未到`; `下周计划：` and no more heads what comes."""
    lead, found = fields.split(block.text, lexicon)
    return bool(found) and not lead and bool(found[0].value)


def _is_next(block: Block, before: Block) -> bool:
    """`2.` after `1.`"""
    one, two = _NUMBERED.fullmatch(before.marker), _NUMBERED.fullmatch(block.marker)
    return one is not None and two is not None and int(two[1]) == int(one[1]) + 1


def _restarted(blocks: Sequence[Block]) -> Iterator[Block]:
    """`2. 页面开发 80%`, on the next line `结算单重构`, then `1.` again: that line is the name of another list."""
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        again = following is not None and following.type == "item" and _FIRST.fullmatch(following.marker)
        own, _, name = block.text.rpartition("\n")
        if (
            again
            and own
            and block.type == "item"
            and block.marker[:1].isdigit()
            and not block.children
            and _NAME.fullmatch(name)
        ):
            yield msgspec.structs.replace(
                block, text=own, numbers=block.numbers[:-1], lines=(block.lines[0], block.numbers[-2])
            )
            yield Block(type="paragraph", text=name, lines=(block.numbers[-1],) * 2, numbers=block.numbers[-1:])
        else:
            yield block


def _counted_on(blocks: Iterable[Block]) -> Iterator[Block]:
    """`1、收银台改版`, `- 已提测`, right below that `2、对账平台`: for Markdown that line goes on with the bullet, for its author
    with the count.
    """
    last: naming.Ordinal | None = None
    for block in blocks:
        while block.type == "item" and not block.children and (cut := _counts_on(block, last)):
            yield msgspec.structs.replace(plain.part(block, 0, cut), type="item", marker=block.marker)
            block = plain.part(msgspec.structs.replace(block, type="paragraph", marker=""), cut, len(block.numbers))
        if block.type == "heading":
            last = None
        elif block.type == "paragraph":
            last = naming.ordinal(block.text.rsplit("\n", 1)[-1])[0] or last
        yield block


def _counts_on(block: Block, last: naming.Ordinal | None) -> int:
    """The line of an item that has the number after `last`; 0 where none has."""
    for at, line in enumerate(block.text.split("\n")):
        found = naming.ordinal(line)[0] if at and last else None
        if found and last and found.series == last.series and found.number == last.number + 1:
            return at
    return 0


def _split(blocks: Iterable[Block], lexicon: Lexicon, *, counted: bool) -> Iterator[Block]:
    """Paragraphs as the items typed in them, `1、…` above `2、…`, and a title on their first line apart."""
    in_chapter = False  # whether the heading above is counted itself: below `## 3. 重点工作` 3.1 is a heading
    tagged = False  # whether lines with tags are the items of the page: one of them ends the list above it
    for block in _titles_apart(blocks, lexicon):
        tagged = tagged if block.type in ("item", "paragraph") else False
        in_chapter = bool(_CHAPTER.match(block.text)) if block.type == "heading" else in_chapter
        tags = [_has_tag(line, lexicon) for line in block.text.split("\n")]
        if (block.type == "paragraph" and tags[0] and sum(tags) > 1) or (
            tagged and block.type == "item" and any(tags[1:])
        ):
            tagged = True
            yield from plain.apart(block, lambda line: _has_tag(line, lexicon))
            continue
        if block.type != "paragraph":
            yield _with_typed(block, lexicon) if block.type == "item" and "\n" in block.text else block
            continue
        block = _labelled(block, lexicon)
        whole = block.bold and block.bold == block.text  # `**1、账户体系2.0**` is a name in bold, no item of a list
        kept = whole or _is_card(block, lexicon) or _is_story(block, lexicon)
        yield from (block,) if kept else plain.split(block, counted=counted and not in_chapter)


def _titles_apart(blocks: Iterable[Block], lexicon: Lexicon) -> Iterator[Block]:
    """The title on the first line of a paragraph as a paragraph of its own: `下周计划` above `1、…`, `【支付网关升级】` above
    `路由服务：已提测`.
    """
    blocks = list(blocks)
    named = [block for block in blocks if block.type == "paragraph" and _is_name_with_colon(block.text, lexicon)]
    for block in blocks:
        title, _, rest = block.text.partition("\n")
        above = rest and (headings.is_title_of_lines(title, lexicon) or _is_name_in_brackets(title, lexicon))
        above = above or (len(named) > 1 and block in named)
        if block.type == "paragraph" and above:
            yield plain.part(block, 0, 1)
            yield from _titles_apart([plain.part(block, 1, len(block.numbers))], lexicon)
        else:
            yield block


def _is_name_in_brackets(title: str, lexicon: Lexicon) -> bool:
    """Whether a name in brackets stands alone on its line, above what is said of it: `【支付网关升级】`, no label."""
    return headings.BRACKETED.fullmatch(title) is not None and _has_tag(title, lexicon)


def _is_name_with_colon(words: str, lexicon: Lexicon) -> bool:
    """`统一收银台改造：` above `已提测，预计8/16上线`, as the names beside it are; `主要问题：` is a label."""
    title, _, rest = words.partition("\n")
    name = title.rstrip(":： ")
    named = bool(rest) and name != title and _NAME.fullmatch(name) is not None
    return named and not lexicon.meanings(name) and lexicon.section_kind(name) is None


def _has_tag(line: str, lexicon: Lexicon) -> bool:
    """Whether a line begins with a name in brackets: `【收银台换肤】UI还原完了`; `【原因】` and `【本周进展】` are none."""
    tag = _TAG.match(line)
    return tag is not None and not lexicon.meanings(tag["tag"]) and lexicon.section_kind(tag["tag"]) is None


def _is_story(block: Block, lexicon: Lexicon) -> bool:
    """Timed lines that tell of one thing, from what failed to when it was over: `15:32 告警…`, `15:40 切…`, `15:58 恢复…`."""
    lines = text.level(block.text).split("\n")
    failure, recovery = (lexicon.words("signs", sign) for sign in ("failure", "recovery"))
    over = [at for at, line in enumerate(lines) if recovery.search(line)]
    return len(lines) > 1 and plain.is_of_times(block) and over == [len(lines) - 1] and bool(failure.search(lines[0]))


def _with_typed(block: Block, lexicon: Lexicon) -> Block:
    """`1. 会员营销中台：` with lines below it that were typed as a list, `（1）营销侧接口已提测`: they are its children.

    A name needs no colon above several: `1. 商户进件改版`, then `（1）OCR识别：已完成`, `（2）受益人核验：3/12提测`.
    """
    title, _, rest = block.text.partition("\n")
    lines = rest.split("\n")
    told = block.bold and title.startswith(block.bold)  # **清算通道扩容**。整体按计划推进。
    named = headings.COLON.search(title) or ((told or _NAME.fullmatch(title.rstrip("。"))) and len(lines) > 1)
    counted = all(line.startswith(f"{block.marker.rstrip('.、')}.{at}") for at, line in enumerate(lines, start=1))
    if block.children or not named or lexicon.meanings(naming.clean(title)):
        return block
    if not (
        all(map(plain.is_item, lines)) or (block.marker[:1].isdigit() and counted)
    ):  # 1. 网关升级, 1.1 路由：已提测
        return block
    below = msgspec.structs.replace(block, text=rest, numbers=block.numbers[1:], bold="")
    return msgspec.structs.replace(
        block, text=title, numbers=block.numbers[:1], children=plain.split(below, counted=counted)
    )


def _labelled(block: Block, lexicon: Lexicon) -> Block:
    """Labels in bold, without a colon, with one: `**进展** 灰度中`, below it `**节点** 3/4 全量`."""
    if not block.bold or naming.clean(block.bold) != block.bold or not lexicon.meanings(block.bold):
        return block
    lines = block.text.split("\n")
    heads = [line.split(" ", 1) for line in lines]
    known = [bool(lexicon.meanings(head[0])) and not head[0].endswith((":", "：")) for head in heads]
    closed = lines[0].startswith(block.bold) and lines[0][len(block.bold) :].lstrip().startswith((":", "："))
    if closed or not known[0] or (lines[0] == block.bold and len(lines) == 1):
        return block
    words = "\n".join(
        f"{head[0]}：{''.join(head[1:])}" if is_known else line
        for head, line, is_known in zip(heads, lines, known, strict=True)
    )
    return msgspec.structs.replace(block, text=words, bold="")


def _is_card(block: Block, lexicon: Lexicon) -> bool:
    """Whether every line of a paragraph stands under a label: `项目：电子发票`, `状态：正常`, `进度：90%`.

    Or `时间：6/8 03:12`, `现象：主从延迟`, `根因：全表扫描`.
    """
    labels = [fields.split(line, lexicon) for line in block.text.split("\n")]
    if len(labels) < 2 or any(lead or not found for lead, found in labels):
        return False
    if "project" in lexicon.meanings(labels[0][1][0].label):
        return True
    meant = {meaning for _, found in labels for field in found for meaning in lexicon.meanings(field.label)}
    return "occurred" in meant and ("cause" in meant or "resolution" in meant)


def _owns_a_list(block: Block, lexicon: Lexicon) -> bool:
    """An item that ends in a colon, is numbered `1）`, or names a kind of section; lines of labels, the last one empty.

    `一、项目进展` is a heading, no item.
    """
    announced = _ANNOUNCES.search(block.text) is not None
    if block.children or (headings.is_chapter(block) and not announced):
        return False
    if block.type == "paragraph" and (_tells_of_a_project(block) or _tells_of_an_incident(block, lexicon)):
        return True
    if block.type != "item":
        return block.type == "paragraph" and (
            announced or ("\n" in block.text and headings.COLON.search(block.text) is not None)
        )
    if _TAG.fullmatch(block.text) or headings.COLON.search(block.text) or block.marker[-1:] in ("）", ")"):
        return True
    if "." in block.marker.strip(".") and _NAME.fullmatch(block.text):  # 2.1 统一接入框架一期
        return True
    return headings.is_title_of_lines(block.text, lexicon) and "\n" not in block.text


def _is_counted_on(block: Block, following: Block) -> bool:
    """`2. 结算中心` with `2.1 规则配置：提测` or, below a name and no more, `(1) 联调中` or `- 联调中` after it, not indented;
    `- 结算中心` or `① 结算中心` right above a list of another kind.
    """
    number = _NUMBERED.fullmatch(block.marker)
    if block.children or following.type != "item" or block.type != "item":
        return False
    if number and following.marker.rstrip(".、") == f"{number[1]}.1":
        return True
    if number and following.marker in _LETTERED:
        return True  # 1、去O改造 整体58%, below it a) 账务库：双写已跑满两周
    inner = following.marker in _INNER_FIRST or following.marker in _BULLETS
    if number is None:
        begins = (inner or _FIRST.fullmatch(following.marker) is not None) and not headings.is_chapter(block)
        beside = block.marker.startswith("[") or block.lines[1] + 1 < following.lines[0]  # - [ ] 补齐监控 is a task
        inner = begins and _family(block) != _family(following) and not beside
    return inner and _NAME.fullmatch(block.text.partition("\n")[0]) is not None


def _tells_of_an_incident(block: Block, lexicon: Lexicon) -> bool:
    """`**SEV2** Webhook backlog (13 Mar)`, and below it `- 10:05 lag alert fires`: the list is its timeline."""
    levelled = text.level(block.text)
    graded = _GRADED.match(levelled) and "\n" not in block.text
    return bool(graded) and lexicon.words("signs", "failure").search(levelled) is not None


def _tells_of_a_project(block: Block) -> bool:
    """`**Ledger Split** (Mei) – in progress, 80%`, `收银台升级（阮知微）【⏳】：完成 62%`: a name, and how it is going."""
    if block.bold and block.text.startswith(block.bold) and headings.COLON.search(block.text):
        return len(block.text.rstrip(":： ")) > len(
            block.bold
        )  # **Ledger: Amber.** … Two workstreams report separately:
    first = block.text.partition("\n")[0]
    if first != block.text:  # **Ledger v2** (Amber), and how it goes on the next line
        return bool(block.bold) and _REMARK_ONLY.fullmatch(first.partition(block.bold)[2]) is not None
    behind = block.text[len(block.bold) :] if block.bold and block.text.startswith(block.bold) else ""
    return bool(re.match(r"\s*(?:[（(][^（()）]*[)）]\s*)?[-–—:：]\s*\S", behind) or _OWNED_NAME.match(block.text))


def _is_below(block: Block, owner: Block, lexicon: Lexicon) -> bool:
    """Whether an item goes on with the list its owner began: `- 联调中` below `3. 收银台：`, another marker and no heading."""
    if _family(block) == _family(owner):
        return False
    says_more = bool(block.children) or not headings.is_short_name(block) or any(map(str.isdigit, block.text))
    return says_more or lexicon.section_kind(naming.clean(block.text)) is None


def _family(block: Block) -> str:
    """`1.` and `2.` are of one family, `（一）` and `（二）` too, `-` and `(1)` of others."""
    return re.sub(r"\d+|[a-z]|[一二三四五六七八九十]+|[①-⑳]", "0", block.marker)


def _is_title(item: Block, below: Block, lexicon: Lexicon) -> bool:
    """`二、线上故障`, `■ 线上故障` right above `现象：中行代扣超时`: of the section, not of an item before it."""
    return headings.read(item, below, lexicon) is not None


def _ends_a_course(above: Sequence[Block]) -> bool:
    """Whether the last items are the course of one thing, `14:20 切备用通道`, `14:40 恢复`: what follows is of the whole."""
    last = above[-2:]
    return len(last) > 1 and all(one.type == "item" and plain.is_of_times(one) for one in last)


def _continues(block: Block, lexicon: Lexicon) -> bool:
    """Whether a paragraph after a list says more of its last item: it begins with a label (`原因：…`)."""
    lead, found = fields.split(block.text, lexicon)
    if block.bold and block.bold == block.text:  # **主题：稳定性** heads what comes
        return False
    if not found or lead or not found[0].value:
        return False
    meanings = lexicon.meanings(found[0].label)
    return lexicon.section_kind(found[0].label) is None or "cause" in meanings or "resolution" in meanings


def _with_child(owner: Block, child: Block) -> Block:
    """An item with one more below it, which it is then as long as: `- 账户2.0：` and `- 联调中` after it."""
    last = max(owner.lines[1], child.lines[1])
    return msgspec.structs.replace(owner, lines=(owner.lines[0], last), children=(*owner.children, child))


def _with_lines(item: Block, more: Block) -> Block:
    """An item with more lines of its own: `- 账户2.0` and `联调中` below it, not indented."""
    return msgspec.structs.replace(
        item, text=f"{item.text}\n{more.text}", lines=(item.lines[0], more.lines[1]),
        numbers=item.numbers + more.numbers,
    )  # fmt: skip
