"""Promised and kept dates: `预计4/12给出接口`, `由4/17推迟到4/24`, `钱包4/13上线`, `by mid-May`."""

import re
from collections.abc import Iterator

from notion_archive import dates, gates, text
from notion_archive.dates import Days
from notion_archive.kinds import progress
from notion_archive.lexicon import Lexicon
from notion_archive.period import Direction, Period
from notion_archive.records import Milestone, State

_CLAUSE_EDGE = gates.headed(re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[，。;；!！\n|]|\.\s|\s-+\s"))
_NO_PROMISE = re.compile(
    r"(?:截至|截止到?|自从|as of|as at|(?:last )?updated(?: on)?|更新于|记录于|版本|有效期至?|到期|过期"
    r"|(?:data|figures?|numbers)\s+(?:are\s+|is\s+)?(?:through|for|as of|until|up to|to)(?:\s+the)?(?:\s+week of)?"
    r"|(?:expires?|expiring)(?: on)?|valid (?:until|till|to)|出现在|发生在|成立于"
    r"|(?:will not|won't|cannot|can't)\s+(?:[a-z]+\s+){0,2}|(?:会议|封网|放假|值班)(?:时间)?:?)\s*$|上次"
)
_VAGUE = re.compile(
    r"(?:今[天日晚早晨]|当[天日晚]|本月|当月|这个月|today|tonight|this (?:week|month|morning)|last (?:week|month))$"
)
_NEXT_WEEK = re.compile(r"(?:下+个?(?:周|星期|一周)|next week)$")
_ORIGINALLY = re.compile(
    r"(?:原(?:计划|定|预计|排期|为|说)?|(?:之前|原来|原本|先前|此前)(?:说|定|计划|预计|排)?(?:的|在|是|的是)?"
    r"|originally|\(was|\(?(?:i|we) (?:said|wrote|promised)|(?<!d )from)\s*$"
)
_OLD_DAY = re.compile(r"^\W*原(?:计划|定|预计|排期|为|说)[^,;。]{0,4}$")
_ONLY_WAS = re.compile(r"^\W*(?:was|previously|formerly|originally)[\s:]*$")  # Audit costs a week, was May 24
_SAID_BEFORE = re.compile("\\W*(?:之前|原来|原本|先前|此前|上周)(?:说|定|计划|预计|排)")
_STEP = re.compile(
    r"(?:内|初|中|底|前|可|能|就)?(?:全部|全量|正式)?(?:完成|上线|投产|提测|发布|交付|切换|割接|下线|全量|开始|启动|进入|评审|联调|验收|放到|给出?|[走跑做测搬切接写改谈签验搞弄][完好通上掉])(?![\u4e00-\u9fff]{0,3}(?:方案|评审|计划|准备))"
)  # 剩余下周完成
_COUNT_OF, _LONG_AGO = re.compile(r"\d{1,2}/\d{1,2}"), 240  # days
_UP_TO, _SHARE = re.compile(r"^\W*(?:截止到?|截至|到)\s*$"), re.compile(r"\d\s*%|\d\s*/\s*\d")  # 到周五晚上换签进度62%
_STEP_TODAY = re.compile(
    "今[天日晚早晨](?:上午|下午|凌晨)?(?:已经?|刚刚?|正式)*(?:提测|上线|投产|发布|割接|转测|切换|全量)"
)
_ADVANCED = re.compile(
    "提前(?![至到为])|[比较]原?(?:计划|预期|预计|定)|than planned|than expected"
)  # 已提前于3/20提测: its 前 promises nothing
_FROM = re.compile(r"(?:[从由]|(?<![a-z])from)\s*$")
_SHIFT = re.compile(r"[推延挪改调顺][迟后期到至为整延]|delay|slip|mov|push|shift|postpon|reschedul|chang")
_CLOSED = r"(?:封网|封版|封板|封盘|放假|休市|冻结发布|(?:code|change|deploy(?:ment)?|release) freeze)"
_NO_STEP = re.compile(  # when nothing may be changed, for how long something rests: no step
    rf"{_CLOSED}(?:期|时间)?\s*(?:(?:was |is |got )?extended )?(?:until|till|to|from|starts?|begins?|lasts?|到|至|从|是|在|:|\()*\s*$"
    r"|freeze\s*(?:(?:was |is |got )?extended )?(?:until|till|from|to|lasts until|is|:)?\s*$"
    r"|(?:paused|on hold|parked|frozen|blocked|暂停|冻结|搁置)\s*(?:until|till|to|到|至)\s*$"
    r"|(?:(?<!不)晚于|早于|晚过|比|(?<!no later )(?<!not later )than|ahead of)\s*(?:原计划|原定|预计|计划|planned|the planned)?\s*的?\s*$"
)
_CLOSED_BEHIND = re.compile(rf"\s*(?:起|开始|前后)?\s*(?:就|要|全面|正式|一直)?(?:{_CLOSED}|暂停|停工|搁置|挂起)")
_DUE = re.compile(r"截止(?:日期|时间)?\s*[:：]?\s*$")  # 截止 6/25, still ahead; 截止6/4 累计… is none
_OF_A_QUARTER = re.compile(r"\s*(?:okr|复盘|总结|目标|述职|绩效|规划|财报|review|goals|planning|report|results)")
_OF_THAT_MONTH = re.compile(
    r"(?:份)?的?(?:文件|数据|账单|流水|报表|对账|账期|月报|手续费|差额|分润|返佣|结息|结算单|工资|发票|差错|明细|样本|日志)"
)  # 2月文件回放
_NOT_THEN = re.compile(
    r"[^,;。]{0,12}(?:难以|无法|没法)(?:实现|达成|完成|兑现|保证)|[^,;。]{0,4}(?:肯定|应该|大概率|恐怕|估计|怕是)?[^,;。]{0,3}(?:不了(?!解)|[\u4e00-\u9fff]不[出完](?![全整善])|赶不上|来不及|没戏|不可能)"
)  # 3/20肯定切不了, 月底前给不出来
_UNKNOWN_THEN = re.compile(
    r"(?:调整?|改|推迟|延期?|延后|变更)(?:为|到|至|成)?(?:待定|未定|tb[acd]|另行通知)"
)  # 由 2/28 调整为待定
_IF = re.compile(r"\W*(?:如果|若|假如|一旦|要是|万一|if|unless)(?![a-z])")  # 如果 5/23 之前还没账户
_SINCE = re.compile(
    r"^\s*(?:(?:、\s*周[一二三四五六日天])*各[\u4e00-\u9fff]{1,3}[一两二三]次|那[次个天场]|这[次个场]|(?:之后|以后|后)?(?:再|才)(?:看|说|定|议)|以来|不做|不再|(?:又|再次|也|开始|曾)*(?:出现|发生|碰到|遇到)|到期|过期|的|数据(?!库|仓|中台|平台))"
)
_RUNS_SINCE = re.compile(
    r"(?:(?:(?:running|going|on|in prod|production|on it)|(?:^|[,;.])\W*(?:live|in|running)(?![a-z])[^,;.]*)\s+since"
    r"|(?:^|[,;.])\W*live(?![a-z])[^,;.]*\s+as of)\s*$"
)  # In canary on 2 of 8 shards since 12 May, Live in all markets as of 12 May
_WAITS_SINCE = re.compile(  # blocked since Jun 5; but both HSMs on 4.2.1 since Jun 5
    r"block|stuck|wait|open|down|fail|pause|hold|pending|broke|vacan|(?<![a-z])(?:no|not|off|out|late)(?![a-z])|n't|miss|overdue|delay|sick|leave|noisy"
    r"|slow|unchanged|stale|quiet|silent|frozen|asked|chas|outstand|been\s*(?:since\s*)?$"
)
_WEEKDAY_BEFORE = re.compile(r"(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$")  # Tue, Mar 12
_COMMA_DATE = re.compile(r"[,，]\s*(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_SHORT = 12
_REMARK = re.compile(r"\s*\([^()]*\)")
_WORDY = 4  # so many words in brackets say more than a day
_YEAR_BEHIND = re.compile(r",\s*20\d\d(?!\d)")
_COUNT = re.compile(r"(?<=完成|迁移|进度) (?=\d{1,2}/\d)")
_TO_DAY = re.compile(
    r"(?:^|[,，;；。\s])[^,，;；。]{0,6}?(?:改|挪|推|延|顺延|调整?|变)(?:到|至|为|成)?(?=\s*\d{1,2}[/.月])"
)  # 没赶上，改 6/14
_LISTED = re.compile("、|→|->")
_TEXT_EDGES = ". \t\n,，。;；:：|[]-—–"


def read(words: str, period: Period, lexicon: Lexicon) -> tuple[Milestone, ...]:
    """Every clause that ties something to a day: "4/12 提测，预计4/24上线" in a report of 4/9 -> both planned.

    Wording decides the state first (已上线; 预计, 延期至), the report's date where the wording leaves it open.
    Where a day was moved, the new one is the milestone; 原计划 beside a new day is none.
    """
    levelled = text.level(words)
    return tuple(_read(words, levelled, period, lexicon)) if dates.may_tell(levelled) else ()


def _read(words: str, levelled: str, period: Period, lexicon: Lexicon, *, of_days: bool = False) -> Iterator[Milestone]:
    """The milestones of `words`, whose levelled form is read: `"联调完成，预计3/20上线"` -> `预计3/20上线`."""
    moved, told = lexicon.words("wording", "moved"), False
    for start, end in _clauses(levelled, period):
        clause = levelled[start:end]
        if not dates.may_tell(clause):
            continue
        if _UNKNOWN_THEN.search(clause) or _IF.match(clause):
            continue
        direction = _direction(clause, lexicon)
        counted = () if of_days else progress.counts(clause)
        spans = [
            s for s in dates.find(clause, period, direction)
            if _promises(clause, s, period, lexicon) and not any(at <= s.at < to for at, to in counted)
        ]  # fmt: skip
        spans = [s for s in spans if not _explains(clause, s, spans[0])]
        if told and spans and all(_OLD_DAY.search(clause[: s.at]) for s in spans):
            continue  # 月底前完成演练，原定6.21
        if len(spans) == 1 and _ONLY_WAS.match(clause[: spans[0].at]) and not clause[spans[0].to :].strip(_TEXT_EDGES):
            continue
        shifted = _is_shifted(clause, spans)
        spans = spans[-1:] if shifted else [s for s in spans if not _ORIGINALLY.search(clause[: s.at])] or spans
        if not spans:
            continue
        spans = [s for s in spans if s is spans[0] or not _tells_of_a_move(clause, s)]
        if shifted:
            pass
        elif move := moved.last(clause):
            spans = [s for s in spans if s.at >= move.start() and not move[0].endswith("from")][:1] or spans[-1:]
        elif _SAID_BEFORE.match(clause) and dates.find(levelled[end:], period, direction):
            continue  # 之前说4/3上线，现在4/20上线
        elif (moved.search(levelled, end) or _TO_DAY.search(levelled, end)) and _was_forecast(clause, spans, lexicon):
            continue
        for index, span in enumerate(spans):
            begin = spans[index - 1].to if index else 0
            until = spans[index + 1].at if index + 1 < len(spans) else len(clause)
            own = clause[begin:until] if len(spans) > 1 else clause
            said = words[start:end] if len(spans) == 1 else words[start + begin : start + until]
            told = True
            yield Milestone(
                text=_trimmed(said), start=span.first, end=span.last,
                state=_state(own, clause, span, period, lexicon),
            )  # fmt: skip


def _is_shifted(clause: str, spans: list[Days]) -> bool:
    """`moved the date from Jun 9 to Jun 20`, `UAT 从 5/8 delay 到 6/21`, `ETA: 5/31 → 6/14`: the new day counts."""
    if len(spans) != 2:
        return False
    between = clause[spans[0].to : spans[1].at].strip()
    if between in ("→", "->", "=>"):
        return True
    told = clause[: spans[0].at] + between
    return _FROM.search(clause[: spans[0].at]) is not None and _SHIFT.search(told) is not None


def _tells_of_a_move(clause: str, span: Days) -> bool:
    """`"3/12 投产（2/26 → 3/12，行方排队）"`: brackets that only tell how the day before them was moved."""
    bracket = clause.rfind("(", 0, span.at)
    return bracket > clause.rfind(")", 0, span.at) and re.search("→|->", clause[bracket : span.to + 3]) is not None


def _explains(clause: str, span: Days, first: Days) -> bool:
    """A day in brackets that tell in words of the one before them: `SIT starts Jun 25 (their tester is out on Monday)`."""
    opening = clause.rfind("(", 0, span.at)
    if opening <= clause.rfind(")", 0, span.at) or first.at > opening:
        return False
    closing = clause.find(")", span.to)
    words = clause[opening + 1 : span.at] + clause[span.to : closing if closing >= 0 else len(clause)]
    return len(re.findall(r"[a-z]+|[\u4e00-\u9fff]{2}", words)) >= _WORDY


def _trimmed(said: str) -> str:
    """A clause without punctuation around it and without a bracket that is not its own: `"（1/24前"` -> `"1/24前"`."""
    words = " ".join(said.strip(_TEXT_EDGES).split())
    levelled = text.level(words)
    if levelled.count("(") > levelled.count(")") and levelled.startswith("("):
        words = words[1:]
    elif levelled.count(")") > levelled.count("(") and levelled.endswith(")"):
        words = words[:-1]
    elif levelled.startswith("(") and levelled.endswith(")"):
        words = words[1:-1]
    return words.strip(_TEXT_EDGES)


def _was_forecast(clause: str, spans: list[Days], lexicon: Lexicon) -> bool:
    """Whether a clause before a move only says what was planned: `"原计划3/14联调"`, or `"计划12月中"` and no step."""
    if lexicon.words("wording", "original").search(clause[: spans[0].at]):
        return True
    rest = clause[: spans[0].at] + clause[spans[-1].to :]
    plan = lexicon.words("statuses", "planned")
    return plan.search(rest) is not None and not re.sub(r"[\W_]", "", plan.pattern.sub("", rest))


def in_cell(words: str, period: Period, lexicon: Lexicon) -> tuple[Milestone, ...]:
    """The milestones of a cell or label that holds dates: without other wording they are still ahead.

    There `开发完成 6/21` is a day, which elsewhere counts what was done.
    """
    found = tuple(_read(words, _COUNT.sub(":", text.level(words)), period, lexicon, of_days=True))
    if found or not words.strip():
        return found
    return tuple(
        Milestone(text=" ".join(words.split()), start=span.first, end=span.last, state=_by_date(span, period))
        for span in dates.find(text.level(words), period, "near")[:1]
    )


def _clauses(levelled: str, period: Period) -> Iterator[tuple[int, int]]:
    """The clauses of a text; a comma inside brackets or inside `Tue, Apr 12, 2023` ends none."""
    begin = 0
    for edge in _CLAUSE_EDGE.finditer(levelled):
        if _is_inside(levelled, begin, edge.start()) or _YEAR_BEHIND.match(levelled, edge.start()):
            continue
        weekday = _COMMA_DATE.match(levelled, edge.start()) and _WEEKDAY_BEFORE.search(levelled, begin, edge.start())
        if weekday or is_day(levelled[begin : edge.start()], period):
            continue
        yield from _listed(levelled, begin, edge.start(), period)
        begin = edge.end()
    yield from _listed(levelled, begin, len(levelled), period)


def _listed(levelled: str, begin: int, end: int, period: Period) -> Iterator[tuple[int, int]]:
    """`"提测 5/31（已完成）、UAT 6/14、上线 7/4"`: a clause for each step with a day of its own."""
    edges = [m.start() for m in _LISTED.finditer(levelled, begin, end) if not _is_inside(levelled, begin, m.start())]
    if not edges:
        yield begin, end
        return
    cuts = [begin, *(edge + (2 if levelled[edge] == "-" else 1) for edge in edges)]
    pieces = list(zip(cuts, [*edges, end], strict=True))
    told = [levelled[at:to] for at, to in pieces]
    arrows = "→" in levelled[begin:end] or "->" in levelled[begin:end]  # 4/15 提测 → 4/28 上线; but ETA 5/31 → 6/14
    if all(
        dates.find(words, period, "near") and not (arrows and is_day(_REMARK.sub("", words).strip(), period))
        for words in told
    ):
        yield from pieces
    else:
        yield begin, end


def is_day(clause: str, period: Period) -> bool:
    """`周三，前置机扩容`: a clause that is a day and no more goes on with the next."""
    spans = dates.find(clause, period, "near") if len(clause) <= _SHORT else ()
    return len(spans) == 1 and not any(map(str.isalnum, clause[: spans[0].at] + clause[spans[0].to :]))


def _is_inside(levelled: str, begin: int, at: int) -> bool:
    """Within brackets: the comma of `（5/31，原5/20）` ends no clause."""
    return levelled.rfind("(", begin, at) > levelled.rfind(")", begin, at)


def _promises(clause: str, span: Days, period: Period, lexicon: Lexicon) -> bool:
    """Whether a step is tied to the day: `"4/12上线"`; not `"截至4/12"`, `"11月上旬的沟通结果"`, `"今天盯盘"`."""
    words = clause[span.at : span.to].strip()
    if _VAGUE.fullmatch(words):
        return _STEP_TODAY.match(clause, span.at) is not None
    finished = words.startswith("下") and _STEP.match(clause, span.to)
    if (
        _NEXT_WEEK.fullmatch(words)
        and not finished
        and not lexicon.words("statuses", "planned").search(clause.replace(words, ""))
    ):
        return False
    if _OF_A_QUARTER.match(clause, span.to) or _NOT_THEN.match(clause, span.to):
        return False
    if words.endswith(("月", "月份")) and _OF_THAT_MONTH.match(clause, span.to):
        return False
    before = clause[: span.at]
    if _COUNT_OF.fullmatch(words) and period.anchor and (period.anchor - span.last).days > _LONG_AGO:
        return False  # 非核心集群7/9已升完 in June
    if re.search(r"\(\s*[\d.]+%?\s*$", before):  # 31/46 merchants moved (27 last Friday)
        return False
    if re.search(r"(?:since|as of)\s*$", before):
        on = lexicon.words("wording", "delivered").search(before) or _RUNS_SINCE.search(before)
        runs = re.search(r"\w.*since\s*$", before) and not _WAITS_SINCE.search(before)  # no `Since Jun 1 two alerts`
        return on is not None or bool(runs)
    if _UP_TO.search(before) and _SHARE.search(clause, span.to):
        return False
    if _DUE.search(before) and (period.anchor is None or span.last > period.anchor):
        return True
    if _NO_STEP.search(before) or _CLOSED_BEHIND.match(clause, span.to):
        return False
    return not _NO_PROMISE.search(before) and not _SINCE.match(clause[span.to :])


def _direction(clause: str, lexicon: Lexicon) -> Direction:
    """Where a day without a year lies: `"预计3/20上线"` -> ahead, `"3/20上线"` -> near."""
    if lexicon.words("wording", "planned").search(clause):
        return "ahead"
    return "past" if lexicon.words("wording", "done").search(clause) and "已" in clause else "near"


def _state(own: str, clause: str, span: Days, period: Period, lexicon: Lexicon) -> State:
    """`"4/11已上线"` -> done; `"预计4/12上线"` -> planned; `"9/23前完成"` in a report of 9/18 -> planned."""
    promise = lexicon.words("wording", "planned")
    if (
        (close := promise.last(_ADVANCED.sub("__", clause[: span.at])))
        and span.at - close.end() <= 4
        and "已" not in clause[close.end() :]
    ):
        return "planned"
    planned = promise.search(_ADVANCED.sub("__", clause)) is not None
    done = any(lexicon.words("wording", meaning).search(own) for meaning in ("done", "delivered"))
    ahead = period.anchor is None or span.last > period.anchor
    if (
        done
        and not ahead
        and (
            not planned
            or re.search(
                r"已|如期|按期|按时|按计划|准时|顺利|成功"
                r"|shipped|launched|released|live|done|signed off|merged|passed|approved|finished|completed|switched",
                own,
            )
        )
    ):
        return "done"
    if planned or ahead:
        return "planned"
    return "done"


def _by_date(span: Days, period: Period) -> State:
    """A day behind the report is done, `5/13` in one of 5/17, one ahead of it planned."""
    return "planned" if period.anchor is None or span.last > period.anchor else "done"
