"""What an item and the children that belong to it say of a project: statements, plans and labelled parts."""

import datetime as dt
import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from notion_archive import dates, text
from notion_archive.kinds import flags, project_name, status
from notion_archive.kinds.reading import hangs, is_label_only, stated
from notion_archive.lexicon import Lexicon
from notion_archive.markup import fields
from notion_archive.markup.fields import one_line
from notion_archive.markup.items import all_text
from notion_archive.model import Field, Item
from notion_archive.period import Period

LABELS = (
    "project", "status", "progress", "milestone", "baseline", "risk", "problem", "work", "plan", "owner", "number",
    "institution", "remark", "value", "impact", "cause", "resolution", "summary",
)  # fmt: skip
_OF_ONE_SENTENCE = {"risk", "problem", "milestone", "progress", "status"}
_OF_THE_PROJECT = ("work", "remark", "value", "resolution", "cause", "summary")
_NUMBERED = re.compile(
    r"(?:^|(?<=[\s。;；,，])|(?<=(?<!\d)[:：.]))[(（]?(?P<number>\d{1,2})(?:[、)）]|[.．](?![\da-zA-Z]))\s*|(?P<circled>[①-⑳])\s*"
)
_INITIALS = re.compile(r"\s*\([A-Z]{2,3}\)$")
_SHARE = re.compile(r"\d{1,6}\s*/\s*\d{1,6}(?:\s*\(?\d+(?:\.\d+)?%\)?)?|\d{1,3}(?:\.\d+)?\s*%")
_OF_STEP = re.compile(r"\s*(?:时间|日期|日|窗口|计划|date|day|time)$|^(?:计划|预计|实际)")
_ANY = Period(date=dt.date(2000, 1, 1))
_ENDS_IN_RISK = re.compile(r"(?:^|(?<=[。;\n]))(?P<said>[^。;\n]*?(?<!不)存在[^。;\n]{3,60}?的?风险)(?=[。;\n]|$)")
_FIRSTLY = re.compile("^(?:[一二三四五六]是|其[一二三四])[,，:：]?")  # 一是字段缺失；二是环境不稳
_TOLD, _SHORT = 8, 3  # letters a cell has that tells something, and one that has a day as well
_WIDTH = 60  # lines of a paragraph that is broken at the width of a page are about so long
_NEXT_SENTENCE = re.compile(r"(?<=[a-z)%])\.\s+(?=[A-Z\d])")
_GRADE = re.compile(
    r"\W*(?:very |quite |still )?(?:low|high|medium|small|minimal|moderate|可控|较?[高中低小大]|不[大高])\W*",
    re.IGNORECASE,
)  # Risk is low
_COUNTED_LABEL = re.compile(
    r"(?<=[；;，,.。])\s*(?:问题|风险|卡点|难点|issue|risk|problem)\s*\(?\d{1,2}\)?\s*[:：]\s*", re.IGNORECASE
)
_LISTED_EDGES = " 。；;.,，、"


_INTRODUCED = (
    r"(?:(?<=[\u4e00-\u9fff])(?:{words})\s*:|(?:{words})(?:是|在于|就是|为(?=[\u4e00-\u9fff]{4}))|(?:卡点|难点|阻塞点)在"
    r"|(?<![a-z])(?:{words})(?:\s+[a-z]+){0,4}?\s+(?:is|are)(?:\s+that)?(?![a-z])"
    r"|(?:^|(?<=[.;。；,:)]))\W{0,3}(?:{words})\s*(?:[#(]?\d{1,2}\)?|\([^()]{1,8}\)|(?=[①-⑳])|(?:有|共|共有)?[一两二三四五\d]+[个项点条处])?\s*[】\]]?\s*(?::|(?<=[】\]])|\s-{1,2}\s|-(?=[\u4e00-\u9fff])|(?=[①-⑳]))"
    r"|^(?:{words})\s+that(?![a-z]))[\s:]*(?P<said>(?:[^。.\n]|\.(?!\s|$)|(?<=\d)\.\s)+)"
)
_IN_BRACKETS = r"\((?:{words})\s*:\s*(?P<said>[^()]+)\)"


class Said(Struct, frozen=True, kw_only=True):
    """`statements` as the author set them off, one a line, bullet or cell; `plans` those under 下周计划 and its like.

    `shares` are the labels and columns of progress, `states` labels that say a state of what stands under them, `found`
    is everything else under a label, `promised` what stands under one that says it is a plan: `预计完成 | 5/20` -> 5/20.
    """

    statements: tuple[str, ...]
    plans: tuple[str, ...]
    shares: tuple[Field, ...]
    states: tuple[str, ...]
    found: dict[str, list[str]]
    promised: frozenset[str]

    @property
    def said(self) -> tuple[str, ...]:
        """All statements and plans, in order: `联调过半，下周提测` below 本周 and 下周 -> both."""
        return (*self.statements, *self.plans)

    def under(self, meaning: str) -> tuple[str, ...]:
        """What stands under labels of that meaning: "risk" of `风险：银行排期未定` -> ("银行排期未定",)."""
        return tuple(self.found.get(meaning, ()))


def read(item: Item, own: list[Item], lexicon: Lexicon) -> Said:
    """The words of an item and of the children that are no records of their own.

    `- 收银台改版：联调中` with `- 风险：机具不足` below -> statement 收银台改版：联调中, risk 机具不足.
    """
    item = _unwrapped(item)
    found = stated(item, LABELS, lexicon)
    behind = [rest for field in item.fields if (rest := _behind_sentence(field, lexicon)[1])]
    if behind:
        found = _up_to_sentence(found)
    statements = [_beside_name(item, lexicon)] if item.shape == "card" else [_marked(item)]
    if days := [field.value for field in item.fields if _is_day_of_step(field, item, lexicon)]:
        found = {**found, "milestone": [*found.get("milestone", ()), *days]}
    plans = [] if _tells_what_came(item, lexicon) else list(found.get("plan", ()))
    shares = _shares(item, lexicon)
    if flag := flagged(item, lexicon):
        found = {meaning: [value for value in values if value != flag.value] for meaning, values in found.items()}
        found.setdefault("status", []).append(flag.label)
        statements = [flag.value]
    statements.extend(behind)
    statements.extend(_of_no_project(item, lexicon))
    statements.extend(field.value for field in item.fields if _is_remark(field, item, lexicon))
    for meaning in _OF_THE_PROJECT:
        statements.extend(found.get(meaning, ()))
    for child in own:
        if is_label_only(child) and (hangs(child) or not child.children or _lists(child, lexicon)):
            continue
        if heading := _heading(child, item, lexicon):
            found.setdefault(heading, []).append(all_text(child))
            continue
        inner = read(child, [] if hangs(child) or child.label else list(child.children), lexicon)
        if is_label_only(child):  # its labels are already among those of the item
            inner = msgspec.structs.replace(inner, found={}, shares=inner.shares[len(_shares(child, lexicon)) :])
        shares.extend(inner.shares)
        statements.extend(inner.statements)
        plans.extend(inner.plans)
        for meaning, values in inner.found.items():
            found.setdefault(meaning, []).extend(values)
    for meaning in ("risk", "problem"):
        for statement in statements:
            found.setdefault(meaning, []).extend(_introduced(statement, meaning, lexicon))
    _sort(found, lexicon)
    told = tuple(statement for statement in statements if statement.strip())
    states = tuple(_states(own, lexicon))
    states = states if len(set(states)) > 1 else ()  # `- Done: …` alone tells of a step
    return Said(
        statements=told, plans=tuple(plans), shares=tuple(shares), states=states, found=found,
        promised=frozenset(_promised(item, own, lexicon)),
    )  # fmt: skip


def _tells_what_came(item: Item, lexicon: Lexicon) -> bool:
    """A row `6/12 上线 | 6/13 上线` under 计划 | 实际: what was planned is past, whether it was kept is what the trace says."""
    happened = lexicon.words("wording", "actual")
    cells = [field for field in item.fields if item.shape == "row" and happened.search(text.level(field.label))]
    return any(dates.find(text.level(cell.value), _ANY) for cell in cells)


def _promised(item: Item, own: list[Item], lexicon: Lexicon) -> Iterator[str]:
    """What stands under labels of a plan that is not said to have happened: `计划上线：4/24` -> "4/24", `实际上线：4/25` -> none."""
    plan, happened = lexicon.words("wording", "planned"), lexicon.words("wording", "actual")
    for part in (item, *own):
        for field in part.fields:
            label = text.level(field.label)
            if plan.search(label) and not happened.search(label):
                yield field.value


def _states(own: list[Item], lexicon: Lexicon) -> Iterator[str]:
    """`- 已完成：规则引擎`, `- 进行中：差错处理` below a project: parts of it are done and under way, whatever is said of them."""
    standing = lexicon.words("words", "standing")
    for child in own:
        if is_label_only(child):
            yield from (field.label for field in child.fields if text.fold(field.label) in standing and field.value)


def _unwrapped(item: Item) -> Item:
    """A paragraph broken at the width of a page, `…slipped from\\nApr 17 to Apr 24`, as one line: no line is a statement."""
    lines = item.lead.split("\n")
    if len(lines) < 2 or not item.lead.isascii() or any(len(line) < _WIDTH for line in lines[:-1]):
        return item
    return msgspec.structs.replace(item, lead=" ".join(line.strip() for line in lines))


def _behind_sentence(field: Field, lexicon: Lexicon) -> tuple[str, str]:
    """What an English label inside running text says, and the sentences behind it, which are about something else.

    `Problem: file encryption differs. Bank of Nanjing starts in mid-June` -> file encryption differs / Bank of Nanjing….
    """
    if not field.within or not _OF_ONE_SENTENCE & set(lexicon.meanings(field.label)):
        return field.value, ""
    return _cut(field.value)


def _cut(value: str) -> tuple[str, str]:
    """`file encryption differs. Bank of Nanjing starts in June` -> the first sentence, and the others."""
    match = _NEXT_SENTENCE.search(value)
    return (value[: match.start()], value[match.end() :]) if match else (value, "")


def _up_to_sentence(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same of all that stands under 风险, 问题 and milestones: `Risk: no owner. SIT starts Monday` -> `no owner`."""
    return {
        meaning: [_cut(value)[0] for value in values] if meaning in _OF_ONE_SENTENCE else values
        for meaning, values in found.items()
    }


def _sort(found: dict[str, list[str]], lexicon: Lexicon) -> None:
    """A cell `问题：口径未定` under 风险/问题 is a problem, `风险：规则可能调整` a risk; the label is no part of either."""
    told = [(meaning, value) for meaning in ("risk", "problem") for value in found.get(meaning, ())]
    if not any(":" in text.level(value) for _, value in told):
        return
    sorted_: dict[str, list[str]] = {"risk": [], "problem": []}
    for meaning, value in told:
        lead, parts = fields.split(value, lexicon)
        named = [
            next((m for m in ("risk", "problem") if m in lexicon.meanings(part.label)), None) for part in parts
        ]  # fmt: skip
        if lead or not parts or not all(named):
            sorted_[meaning].append(value)
            continue
        for own, part in zip(named, parts, strict=True):
            sorted_[own or meaning].append(part.value)
    found.update({meaning: values for meaning, values in sorted_.items() if values or meaning in found})


def _shares(item: Item, lexicon: Lexicon) -> list[Field]:
    """The labels of progress of an item and of the children that are labels only: `- 总进度：58.4%`."""
    found = [
        field for field in item.fields
        if next((meaning for meaning in LABELS if meaning in lexicon.meanings(field.label)), None) == "progress"
        or (item.shape == "row" and _is_column_of_shares(field, lexicon) and not _is_day_of_step(field, item, lexicon))
    ]  # fmt: skip
    for child in item.children:
        if is_label_only(child):
            found.extend(_shares(child, lexicon))
    return found


def _is_column_of_shares(field: Field, lexicon: Lexicon) -> bool:
    """A cell that is a share or a count and no more, under a head without a meaning of its own: `用例执行 | 171/204`."""
    if lexicon.meanings(field.label) or not _SHARE.fullmatch(text.level(field.value).strip()):
        return False
    return lexicon.words("signs", "not_progress").search(text.level(field.label)) is None


def _of_no_project(item: Item, lexicon: Lexicon) -> Iterator[str]:
    """What stands under labels that say nothing of projects, as statements: `v2 sunset on our side: Jul 19`."""
    for part in (item, *(child for child in item.children if is_label_only(child))):
        for field in part.fields if part.shape != "row" else ():
            meanings = lexicon.meanings(field.label)
            if meanings and not set(meanings) & set(LABELS) and field.value:
                yield f"{part.lead} {field.label}: {field.value}".strip()


def _is_remark(field: Field, item: Item, lexicon: Lexicon) -> bool:
    """A cell that tells in words, under a head of no meaning: `验证情况 | 各打款5笔，全部到账；12/1补发公告`."""
    if item.shape != "row" or lexicon.meanings(field.label) or field.value == item.name:
        return False
    levelled = text.level(field.value)
    told = len(re.findall("[a-z\u4e00-\u9fff]", levelled))
    speaks = dates.may_tell(levelled) or lexicon.any_of(flags.STATES).search(levelled)  # 6/18扩大到50%, 一期测试中
    return told >= _TOLD or (told >= _SHORT and bool(speaks))


def _is_day_of_step(field: Field, item: Item, lexicon: Lexicon) -> bool:
    """A cell that is a day and no more, below the name of a step: `提测 | 11/14`, `上线窗口 | 12/5 周二`, `Go-live | mid-May`."""
    if item.shape != "row" or lexicon.meanings(field.label):
        return False
    if _OF_STEP.sub("", text.fold(field.label)) not in lexicon.words("words", "step"):
        return False
    value = text.level(field.value).strip()
    return any(found.at == 0 and found.to == len(value) for found in dates.find(value, _ANY))


def flagged(item: Item, lexicon: Lexicon) -> Field | None:
    """A state in brackets and what it stands before: `"【已完成】POS机具升级"`."""
    first = item.fields[0] if item.fields and not item.lead.strip() else None
    if first is None or item.text[:1] not in "【[(（" or status.of_label(first.label, lexicon) is None:
        return None
    return first


def _lists(child: Item, lexicon: Lexicon) -> bool:
    """A heading `问题` in a card: what stands below it is already said under that label."""
    return bool(child.label) and bool({"risk", "problem"} & set(lexicon.meanings(child.label)))


def _heading(child: Item, item: Item, lexicon: Lexicon) -> str | None:
    """What a line that only heads a list, `- 问题：` below a project, makes of the items of that list."""
    if len(child.section) <= len(item.section) or child.section[-1] in (item.name, item.lead):
        return None
    meanings = lexicon.meanings(child.section[-1])
    return next((meaning for meaning in ("risk", "problem") if meaning in meanings), None)


def is_listed_under_label(child: Item, item: Item, lexicon: Lexicon) -> bool:
    """Whether a child stands in the list that `- 主要问题：` heads below a project: it is a problem, not a part."""
    return _heading(child, item, lexicon) is not None


def _beside_name(item: Item, lexicon: Lexicon) -> str:
    """What a heading says besides a name: `"Ledger 2.0 — 65%"` -> `" — 65%"`, `"收银台（联调中）"` -> `"（联调中）"`,
    `"GL对接 【开发中】整体65%"` -> `" 【开发中】整体65%"`."""
    name = project_name.of_heading(item.name, lexicon)
    return item.lead.partition(name)[2] if name else ""


def _marked(item: Item) -> str:
    """The item's own words; a ticked box says that they are done: `- [x] 证书更换` -> 证书更换，已完成."""
    return f"{item.lead}，已完成" if item.marker == "[x]" and item.lead.strip() else item.lead


def _introduced(statement: str, meaning: str, lexicon: Lexicon) -> list[str]:
    """What follows a label inside a sentence, up to its end: `"需要提醒的是风险：网关没有文档。"` -> 网关没有文档; or the sentence
    that ends in one: `"备用线路晚一周，存在国庆前无法演练的风险。"`.
    """
    labels, levelled = lexicon.words("labels", meaning), text.level(statement)
    match = labels.within(_INTRODUCED).search(levelled) or labels.within(_IN_BRACKETS).search(levelled)
    if match is None and meaning == "risk" and (ends := _ENDS_IN_RISK.search(levelled)):
        return [statement[ends.start("said") : ends.end("said")].strip()]
    if match is None or (meaning == "risk" and match[0].startswith(("卡点在", "难点在", "阻塞点在"))):
        return []
    told = _COUNTED_LABEL.sub("", statement[match.start("said") : match.end("said")])
    return [] if lexicon.is_nothing(told) or _GRADE.fullmatch(told) else [told]


def adopted(children: tuple[Item, ...]) -> tuple[Item, ...]:
    """A child that ends in a label owns the list that follows it: a paragraph `…主要问题：`, then bullets."""
    result: list[Item] = []
    for child in children:
        last = result[-1] if result else None
        if (
            last
            and last.fields
            and not last.fields[-1].value
            and child.shape == "bullet"
            and last.marker != child.marker
            and last.section == child.section
        ):
            lines = (last.lines[0], child.lines[1])
            result[-1] = msgspec.structs.replace(last, children=(*last.children, child), lines=lines)
        else:
            result.append(child)
    return tuple(result)


def listed(values: tuple[str, ...]) -> tuple[str, ...]:
    """The things enumerated: `"1. 记账顺序\\n2. 初始化余额。"` -> (记账顺序, 初始化余额); `"SDK 1.x 未升级"` is one."""
    found: list[str] = []
    for value in (_COUNTED_LABEL.sub("；", value) for value in values):
        for part in re.split(r"(?<![，,、])\n|[；;](?=.)", value):
            found.extend(
                cut
                for piece in _numbered(part)
                if (cut := _FIRSTLY.sub("", _INITIALS.sub("", one_line(piece))).strip(_LISTED_EDGES))
            )
    return tuple(dict.fromkeys(found))


def _value(number: re.Match[str]) -> int:
    """`2.` -> 2, `②` -> 2."""
    return int(number["number"]) if number["number"] else ord(number["circled"]) - ord("①") + 1


def _numbered(words: str) -> list[str]:
    """Cut where the numbers go up by one: `"1. 记账顺序 2. 初始化余额"` -> 记账顺序, 初始化余额."""
    cuts: list[re.Match[str]] = []
    for match in _NUMBERED.finditer(words):
        if not cuts or _value(match) == _value(cuts[-1]) + 1:
            cuts.append(match)
    edges = [0, *(cut.start() for cut in cuts), len(words)]
    begins = [0, *(cut.end() for cut in cuts)]
    return [words[begin:end] for begin, end in zip(begins, edges[1:], strict=True)]
