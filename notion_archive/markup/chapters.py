"""What a heading that is no section of a known kind stands for: one thing, a field of work, a team, numbers, an aside.

A heading that is a name holds a *card* when what is below it tells of that one thing (`### 收银台改版`, then labelled
bullets); it is merely a *container* when what is below are things with names or times of their own.
"""

import re
from collections.abc import Sequence

import msgspec

from notion_archive import naming, numbers, text
from notion_archive.lexicon import Lexicon, bare
from notion_archive.markup import fields, named_items, tables
from notion_archive.markup.headings import LINE_LEVEL
from notion_archive.markup.outline import Section
from notion_archive.model import Block, SectionKind

_DAY_HEADING = re.compile(r"[\s\d年月日号./\-~至到—–()（）]*(?:周|星期)?[一二三四五六日天]?[\s)）]*")
_WEEKDAY = r"(?:(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WEEKDAY_HEADING = re.compile(
    rf"\s*{_WEEKDAY}(?:\s*$|[\s,(]*(?:\d{{1,2}}[/.月-]\d{{1,2}}|{_MONTH}\s+\d{{1,2}}(?!\d)|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}))"
    rf"|\s*\d{{1,2}}[/.月-]\d{{1,2}}日?[\s,(]*{_WEEKDAY}"
)  # 周一 6/12 何志远, Mon 12 Jun (Ann), 6/12 Monday
_TIMED = re.compile(
    r"\s*(?:\[?(?:p\d|sev-?\s?\d)\]?[\s:]*)?(?:【[^】]*】\s*)?(?:(?:20\d\d[-/.年]\s*)?\d{1,2}(?:[/.\-]|\s*月\s*)\d{1,2}|(?:周|星期)[一二三四五六日天]|\d{1,2}:\d\d|昨|今|凌晨|上午|下午|晚|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)"
)
_WHOSE = re.compile(
    r"\s*(?:[(,:|·-]+\s*)?(?:负责人|组长|主管|牵头人?|lead|leader|owner|manager)\s*[:：]?\s*[^,，。;；]{1,12}$"
    r"|\s*\([^()]{1,12}\)$|\s+[-–—·|]\s*[^,，。;；\d]{2,12}$"
)  # at the end of a team's name
_HEADS = re.compile(r"\(\d+\s*(?:engineers?|developers?|devs?|people|members|fte|人|名)\)$")
_CLOCK = re.compile(r"\d{1,2}[:：]\d\d(?!\d)")
_NAMED = re.compile(r"[^,，。;；:：\n]{3,40}?\s*(?:[:：]|\s[-–—]+\s)\s*\S")
_PROJECT_LEAD = re.compile(r"(?=[^,，。;；:：]{5,30}?\s*[:：,，(（])[^,，。;；:：]{5,}")
_SET_OFF = re.compile(r"[^,，。;；:：]{5,30}?\s*[:：(（]")
_TOLD_LEAD = re.compile(r"[^,，。;；:：.\n]{4,40}[:：]\s*\S")
_ON_OR_OFF_LINE = re.compile("[上下]线$")
_SEVERAL, _SHORT = 2, 8
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff、]+")
_STORY = re.compile("[^，。；\n]{4,}[，。；][^，。；\n]{3,}")
_PERSONAL = re.compile(r"(?<![a-z])(?:i|me|my|us|myself)(?![a-z])")  # What I learned
_DOTS = re.compile(r"\s+[·•|]\s+")
_LOOKS_BACK = re.compile(r"上周|上期|上次|本周|last week")
_FEW = 3  # so many chapters of known kinds make another one beside them likely
_STATES = ("done", "testing", "in_progress", "planned", "unbegun", "blocked")


def is_card(section: Section, kind: SectionKind | None, *, within: bool, lexicon: Lexicon) -> bool:
    """Whether a heading that is a name tells of one thing; `within` a chapter that holds things of that `kind`."""
    levelled = text.level(section.name)
    if is_day(section.name) or not section.body:
        return False
    inner = [part for part in section.body if isinstance(part, Section)]
    blocks = [part for part in section.body if isinstance(part, Block)]
    leads = named_items.leads(section)
    if kind == "incident":
        return not any(_TIMED.match(text.level(block.text)) for block in leads if block.type == "item") and not any(
            block.type == "table" and not tables.is_card(block, lexicon) for block in blocks
        )
    if any(part.kind in ("incident", "metric") for part in inner):
        return False
    if _is_team(levelled, lexicon) and not _is_labelled(leads, lexicon):
        return False
    if not blocks:
        return _is_of_headings(inner, kind, within, lexicon)
    if _is_group(section, leads, lexicon):
        return False
    if kind == "update" and within and section.chapter and _is_of_projects(leads, lexicon):
        return False
    if not within and _is_of_told_names(section, leads, lexicon):
        return False
    if any(block.type == "table" for block in blocks) and not leads:
        return any(tables.is_card(block, lexicon) or is_of_parts(block, lexicon) for block in blocks)
    return True


def with_today(section: Section) -> Section:
    """The same with `Today` beside `Tomorrow` as what was done; beside `Yesterday` it is what is planned."""
    days = {text.fold(part.name).strip(" :"): part for part in section.body if isinstance(part, Section)}
    if "today" not in days or "tomorrow" not in days:
        return section
    done = msgspec.structs.replace(days["today"], kind="update")
    body = tuple(done if part is days["today"] else part for part in section.body)
    return msgspec.structs.replace(section, body=body)


def is_day(name: str) -> bool:
    """`6/12`, `周一`, `周一 6/12 何志远`: a heading for what happened that day."""
    levelled = text.level(name)
    return bool(_DAY_HEADING.fullmatch(levelled) or _WEEKDAY_HEADING.match(levelled))


def _is_of_headings(inner: Sequence[Section], kind: SectionKind | None, within: bool, lexicon: Lexicon) -> bool:
    """`### 618 大促保障` with `**网关扩容**` and `**收单链路压测**` below: a project and its parts; or labels and no more."""
    if kind == "update" and inner and all(part.level >= LINE_LEVEL for part in inner):
        return True
    said = [part for part in inner if part.kind or lexicon.meanings(part.name)]
    if not said and kind == "update" and within and any(part.body for part in inner):
        return True
    return bool(said) and len(said) == len(inner) and not any(_names_things(part, lexicon) for part in said)


def _is_group(section: Section, leads: Sequence[Block], lexicon: Lexicon) -> bool:
    """`2.1 网关` above `**证书轮换**：…` and `**gRPC接入**：…`: a field of work, not a project; its items are."""
    named = [block for block in leads if block.bold and block.text.startswith(block.bold)]
    known = [block for block in named if lexicon.meanings(block.bold.strip(":： "))]
    if len(section.name) > 4 or lexicon.words("words", "undertaking").search(text.level(section.name)):
        return False
    return len(leads) == len(named) == len(section.body) > 1 and not known


def _is_of_projects(leads: Sequence[Block], lexicon: Lexicon) -> bool:
    """`二、清算与三方` above `- 代扣通道扩容：…`, `- 码牌改造：…`: names as long as those of projects, most of them."""
    named = [
        lead for lead in leads
        if lead.type == "item" and _PROJECT_LEAD.match(lead.text)
        and (_SET_OFF.match(lead.text) or _tells_a_state(lead, lexicon))
    ]  # fmt: skip
    known = [
        lead for lead in named if fields.split(lead.text, lexicon)[1][:1] and not fields.split(lead.text, lexicon)[0]
    ]
    return len(leads) > 1 and (len(named) - len(known)) * 3 >= len(leads) * 2


def is_like_its_sibling(section: Section, beside: Sequence[Section], lexicon: Lexicon) -> bool:
    """`**Risk & compliance**` beside `**Payments core**`, whose words are a chapter's, both above names: no project either."""
    if section.kind or section.level < LINE_LEVEL:
        return False
    known = any(part.kind == "update" and part.level == section.level for part in beside)
    leads = named_items.leads(section)
    return known and len(leads) == len(section.body) and _is_of_projects(leads, lexicon)


def is_like_groups(section: Section, named: Sequence[Section], lexicon: Lexicon) -> bool:
    """`（三）合规与数据` above `- **监管报送**：…`, `- **脱敏二期**：…`, beside `（一）支付中台` and `（二）证券交易`, whose projects are
    headings: a group like them, only shorter.
    """
    groups = [
        part for part in named
        if part is not section and part.level == section.level and sum(isinstance(one, Section) for one in part.body) > 1
    ]  # fmt: skip
    return len(groups) >= _SEVERAL and _is_of_projects(named_items.leads(section), lexicon)


def is_carried(name: str, body: Sequence[Section | Block], lexicon: Lexicon) -> bool:
    """`遗留`, `新增`, `Carried over` above names with a colon: which of the projects they are, and no names."""
    if not body or text.fold(name).strip(" :：") not in lexicon.words("sections", "carried"):
        return False
    leads = [part.text for part in body if isinstance(part, Block)]
    return sum(1 for lead in leads if _NAMED.match(lead)) * 2 > len(leads)


def is_closing(block: Block, section: Section) -> bool:
    """`以上，辛苦大家。`, `张三` behind the list of a plan: what a report closes with is none of it; nor is what stands above
    and looks back: `上周5件成了4件`.
    """
    items = [part.lines[1] for part in section.body if isinstance(part, Block) and part.type == "item"]
    beside = block.type == "paragraph" and bool(items)
    return beside and (block.lines[0] > max(items) or _LOOKS_BACK.match(text.level(block.text)) is not None)


def holds_all_projects(section: Section, beside: Sequence[Section], lexicon: Lexicon) -> bool:
    """`## 手上的活` above `- 账户2.0：联调中`, `- 收银台改版：已提测`, beside `## 线上故障` and `## 下周计划`: nowhere else on the page are
    projects, so that is what it is of; `## 收银台重构` is one.
    """
    if any(part.kind == "update" for part in beside) or len({part.kind for part in beside if part.kind}) < _SEVERAL:
        return False
    if any(_ends(text.fold(section.name), words, lexicon) for words in ("endings", "nouns", "undertaking")):
        return False
    holding = [part for part in beside if part.kind is None and _is_of_projects(named_items.leads(part), lexicon)]
    return holding == [section]


def _is_of_told_names(section: Section, leads: Sequence[Block], lexicon: Lexicon) -> bool:
    """`## Where the projects are` above paragraphs that each begin `Ledger Rewrite: Green. …`: no project of that name."""
    told = [lead for lead in leads if lead.type == "paragraph" and _TOLD_LEAD.match(lead.text)]
    labelled = any(lexicon.meanings(lead.text.partition(":")[0].strip("* ")) for lead in told)
    return len(told) > 1 and len(told) * 2 > len(section.body) and not labelled


def tells_of_incident(section: Section, lexicon: Lexicon) -> Section | None:
    """`## Incident: payouts stuck, 20 Aug (Sev2)`, `### 故障：结算单打不开`: the section of that one, by the name behind the
    colon; None for any other.
    """
    label, colon, name = section.name.replace("：", ":").partition(":")
    known = colon and name.strip() and section.body and section.level < LINE_LEVEL
    if not known or lexicon.section_kind(label) != "incident":
        return None
    return msgspec.structs.replace(section, name=name.strip(), kind=None, body=_with_timeline(section.body))


def _with_timeline(body: Sequence[Section | Block]) -> tuple[Section | Block, ...]:
    """`- 14:22 first alert`, `- 15:09 queue drained` right below the name of an incident are its course, no part of what it is."""
    timed = [part for part in body if isinstance(part, Block) and part.type == "item" and _CLOCK.match(part.text)]
    if len(timed) < 2:
        return tuple(body)
    course = Section(name="Timeline", lines=timed[0].lines, level=LINE_LEVEL, body=tuple(timed))
    first = body.index(timed[0])
    return (*body[:first], course, *(part for part in body[first:] if part not in timed))


def is_of_parts(block: Block, lexicon: Lexicon) -> bool:
    """`子项 | 进度 | 时间点` below a name: the rows are the parts of what the heading names."""
    parts = lexicon.words("words", "part_of_project")
    return bool(block.rows) and any(text.fold(cell) in parts for cell in block.rows[0])


def is_of_labels(section: Section, lexicon: Lexicon) -> bool:
    """`### Blocker: vendor API` above `- Impact: …`, `- Owner: …`, `- ETA: …`: one thing, told under labels and no more."""
    found = [fields.split(part.text, lexicon) for part in section.body if isinstance(part, Block)]
    return len(found) == len(section.body) > 1 and all(labelled and not lead for lead, labelled in found)


def is_of_numbers(section: Section) -> bool:
    """`【告警统计】` above `告警总数：1,203条`, `误报率：13.5%`: nothing but names with numbers.

    Where a colon is missing (`构建成功率 97%`) half the names must be of what is measured.
    """
    leads = named_items.leads(section)
    lines = [line for block in leads for line in block.text.split("\n")]
    if len(lines) == 1:  # Pages: 5 · Success rate: 99.04% · Refund queue: 212
        lines = _DOTS.split(lines[0])
    if len(leads) != len(section.body) or len(lines) < 2 or any(block.children for block in leads):
        return False
    if all(map(numbers.is_measure, lines)):
        return True
    return all(map(numbers.is_told, lines)) and sum(map(numbers.is_measured, lines)) * 2 >= len(lines)


def counts_only(section: Section) -> bool:
    """`## 项目概览` above `在管项目：8个`, `延期：2个`: counts are numbers, whatever they are counted of; shares are not."""
    return is_of_numbers(section) and not any(
        "%" in lead.text and not numbers.is_measured(lead.text) for lead in named_items.leads(section)
    )


def is_shift(section: Section, lexicon: Lexicon) -> bool:
    """`## 白班`, `### 夜班（20:00-08:00）`, `## Night shift`: who was on duty; what went on is no project."""
    return bare(re.sub(r"\(.*?\)", "", text.fold(section.name))) in lexicon.words("words", "shift")


def _is_team(name: str, lexicon: Lexicon) -> bool:
    """`支付网关组`, `交易组 负责人：贺一鸣`, `清结算组（俞佳）`, `Payments Team - Ann`: whoever is named behind it; `统一上线`
    ends in 线 and is none."""
    if _HEADS.search(name):  # DevOps/Infrastructure (2 engineers)
        return True
    words = lexicon.words("words", "team")
    name = _WHOSE.sub("", name)
    return any(name.endswith(word) and len(name) <= 14 for word in words) and not _ON_OR_OFF_LINE.search(name)


def _is_labelled(leads: Sequence[Block], lexicon: Lexicon) -> bool:
    """`### 收单费率中心` above `**状态**：已上线` and `**里程碑**：上线 6/5`: a project, whatever its name ends in."""
    labels = {field.label for lead in leads for field in fields.split(lead.text, lexicon)[1]}
    return any({"status", "milestone"} & set(lexicon.meanings(label)) for label in labels)


def _names_things(section: Section, lexicon: Lexicon) -> bool:
    """Whether what a heading owns has names of its own: `- 工行快捷：已上线`, `- 建行代扣：联调中`."""
    items = [lead for lead in named_items.leads(section) if lead.type == "item"]
    named = [
        item for item in items
        if (item.bold or named_items.LEAD.match(item.text)) and not fields.split(item.text, lexicon)[1]
    ]  # fmt: skip
    return len(named) >= 2 and len(named) * 2 > len(items)


def are_chapters(sections: Sequence[Section], lexicon: Lexicon) -> bool:
    """Whether headings beside each other divide the report and are no projects: things with parts of their own stand
    below one of them, and nothing but named things below any.

    `## 对账清算` above `清算批次重构` with `批次拆分：…`, `轧差引擎：…` below that: two levels of projects are all there are.
    `## 标准数仓建设` names an undertaking: a project, whatever stands below it.
    """
    if any(_is_undertaking(section.name, lexicon) for section in sections):
        return False
    return any(named_items.holds_wholes(section, lexicon) for section in sections) and all(
        named_items.holds_names(section, lexicon) for section in sections
    )


def is_of_prose(section: Section, lexicon: Lexicon) -> bool:
    """`## 支付这边` above paragraphs that each tell how several things are going: a chapter; `## 对账引擎2.0` is one of them."""
    name = text.fold(section.name)
    leads = [lead for lead in named_items.leads(section) if lead.type == "paragraph" and not lead.children]
    if len(leads) < _SEVERAL or len(leads) < len(section.body) or len(name) > _SHORT or not _IDEOGRAPHS.fullmatch(name):
        return False
    if any(_ends(name, words, lexicon) for words in ("endings", "nouns", "undertaking")):
        return False
    told = [lead for lead in leads if _STORY.search(lead.text) and _tells_a_state(lead, lexicon)]
    labelled = any(
        lead.bold or (fields.split(lead.text, lexicon)[1][:1] and not fields.split(lead.text, lexicon)[0])
        for lead in leads
    )
    return len(told) >= _SEVERAL and not labelled and not any(name in text.fold(lead.text) for lead in leads)


def _ends(name: str, words: str, lexicon: Lexicon) -> bool:
    """Whether a name ends with a word of that table: `清算中心改造` with "undertaking" -> True."""
    found = lexicon.words("words", words).last(name)
    return found is not None and found.end() == len(name)


def is_field(section: Section, beside: Sequence[Section], lexicon: Lexicon) -> bool:
    """`### MySQL`, `### iOS`, `（一）反洗钱`, `Redis / Kafka` above several items: a field of work, where each is a project.

    So is `### Loyalty` above `- **Points** – in UAT`, `- **Vouchers** – 80%`, beside another heading above nothing but names;
    `### Ledger v3` and `### 账户体系升级` are projects with parts.
    """
    if _may_be_field(section, lexicon) and sum(_may_be_field(part, lexicon) for part in beside) > 1:
        return True
    fields_of_work = lexicon.words("words", "field")
    names = re.split(r"\s*[/、&]\s*|[与和及]", text.fold(naming.clean(section.name)))
    return len(section.body) > 1 and all(name in fields_of_work for name in names)


def _may_be_field(section: Section, lexicon: Lexicon) -> bool:
    """`Banks & schemes` above bullets that all begin with a name; not `Ledger v3`, `账户体系升级`, nor what says more of itself."""
    name = text.fold(naming.clean(section.name))
    if any(map(str.isdigit, name)) or any(_ends(name, words, lexicon) for words in ("endings", "nouns", "undertaking")):
        return False
    items = [part for part in section.body if isinstance(part, Block) and part.type == "item"]
    bold = [naming.clean(item.bold) for item in items if item.bold]
    if any(lexicon.meanings(words) or lexicon.section_kind(words) for words in bold):
        return False
    named = [item for item in items if item.bold or named_items.is_named(item, lexicon)]
    return len(named) == len(section.body) > 1 and sum(bool(item.bold) for item in items) * 2 >= len(items)


def _is_undertaking(name: str, lexicon: Lexicon) -> bool:
    """Whether a heading names work, not a field of it: `核心系统迁移` -> True, `支付` -> False."""
    return _ends(text.level(name), "undertaking", lexicon)


def is_of_work(section: Section, lexicon: Lexicon) -> bool:
    """A part of the page that ends in a word for work and holds several things: `二、策略上线`, `二 项目测试情况`."""
    name = text.fold(section.name)
    found = lexicon.words("sections", "update_ending").last(name)
    if found is None or found.end() < len(name):
        return False
    return sum(1 for part in section.body if isinstance(part, Section) or part.type == "item") > 1


def is_aside(section: Section, beside: Sequence[Section], lexicon: Lexicon) -> bool:
    """`## 资源与人员` among 本周进展, 风险 and 下周计划, and no word of how a thing is going below it: no project; nor is
    `## Things that worry me`.
    """
    if section.kind is None and section.name.isascii() and _PERSONAL.search(text.fold(section.name)):
        return True
    known = sum(1 for other in beside if other.kind)
    if section.kind or known < _FEW or known * 2 < len(beside) or naming.is_objective(section.name):
        return False
    leads = named_items.leads(section)
    return len(leads) == len(section.body) > 0 and not any(_tells_a_state(lead, lexicon) for lead in leads)


def _tells_a_state(block: Block, lexicon: Lexicon) -> bool:
    """`联调完成`, `60%`, `状态：正常`: a word of how a thing is going, in a block or below it."""
    words = text.level(block.text)
    if "%" in words or any(lexicon.words("statuses", status).search(words) for status in _STATES):
        return True
    return bool(fields.split(block.text, lexicon)[1]) or any(_tells_a_state(child, lexicon) for child in block.children)
