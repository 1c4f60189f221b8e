"""Where a project stands, by its author's wording: each statement for itself, then all of them together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from notion_archive import dates, gates, text
from notion_archive.kinds import phrases
from notion_archive.kinds.progress import counts
from notion_archive.lexicon import Lexicon
from notion_archive.period import Period
from notion_archive.records import Progress, Status

# What one clause says: a Status, or a shade that counts only beside others.
# live: done and delivered; tested: a test passed; prepared: only a plan, a design or a review is done;
# closed: the whole is over, whatever is planned around it; unbegun: said to be not begun; acted: something was done;
# awaits: something is left to do or waited for.
Shade = Literal[
    "planned", "in_progress", "testing", "done", "blocked", "live", "tested", "prepared", "unbegun", "acted", "awaits",
    "closed",
]  # fmt: skip
_CLAUSE = gates.headed(
    re.compile(
        r"(?:(?<!\d),|,(?!\d{3}(?!\d))|[，。;；!！\n|])+|\.\s"
        r"|\s[-–—]+\s(?!(?:已|全部|均|都)*(?:完成|通过|完毕|done|passed|complete)[\s,;。]*$)|(?<=[\u4e00-\u9fff])\s+(?=[已待预计]|\d{1,2}[/.月])"
    )
)
_NOT = re.compile(
    r"(?:未|没有?|尚未|还没有?|不|无|非|解除|暂不|not|nothing|yet to be|isn't|hasn't|no|never|without)\s*"
    r"(?:被|再|出现|能|been|yet)?\s*$"
)
_GOING = re.compile(  # Writing the failover runbook, still swapping host keys
    r"(?:(?:still|now|currently|we are|we're)\s+)?(?P<verb>"
    r"(?!pending|nothing|anything|everything|something|during|following|according|including|morning|evening|waiting|testing|missing"
    r"|string|pricing|billing|banking|onboarding|staging|spring|routing|reporting|upcoming|remaining|starting|beginning|targeting"
    r"|aiming|landing|shipping|launching|closing|finishing|wrapping)[a-z]{2,}ing)\s+(?:the|a|an|our|its|their|[a-z]+s?)\b"
)
_NOBODY = re.compile(r"(?:nobody|no one)\s")  # nobody has touched a database yet
_NOT_BEGUN = re.compile(r"[未没]有?(?:正式)?(?:启动|开始|进行|进入)$")  # 未启动|开发
_WHEN = re.compile(r"的?(?:时间|日期|时点|条件)")  # 启动时间
_READY = re.compile(r"\W*(?:待|等待|即将|准备)(?:上线|发布|投产|交付|全量)\W*")  # built, if not delivered
_THIS_MONTH = re.compile(r"\s*(?:本月|当月|这个月|本季度?|本周|this (?:week|month|quarter))\s*")  # 本月节省3.2万
_RELEASED = re.compile("(?:已经?|都|全部)?(?:解除|解决|消除|恢复)|\\s+(?:lifted|resolved|removed|cleared)")  # 阻塞解除
_AFTERWARDS = re.compile(
    r"(?<![a-z])(?:after|despite|instead of|earlier than|sooner than)\s+$"
)  # went live after slipping
_LAUNCH = re.compile(r"(?<![a-z])(?:go[ -]?live|launch)(?![a-z])")  # 10/11 go live
_WAITS = re.compile(r"(?<![a-z])waiting (?:for|on)(?![a-z])")  # dev complete, waiting for a QA slot
_NOT_YET = ("testing", "in_progress", "blocked")
_WHEN_ONLY = ("本周", "今日", "上午", "下午")  # 本周无进展 tells of nothing done
_LEFT_OPEN = re.compile(
    "等(?!级|价|同|于|待?验收)[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]{2,6}待[\u4e00-\u9fff]{1,4}$"
)  # 等法务归档, 文档待补
_WAITING = re.compile("(?:还|仍|正)在?等(?!级|价|同|于|额)")  # 还在等排期
_COUNTED_WORK = re.compile("已(?!于|在|约|定|排)[\u4e00-\u9fff]{1,3}\\s*\\d+\\s*[处个家张项条台套笔]")  # 已改95处
_STAGE_OVER = re.compile(  # 完成开发, UAT完成: a stage is over, not the whole
    r"完成了?(?:系统|集成|功能)?(?:测试|开发|联调|设计|编码)(?!报告|用例)"
    r"|^\W*(?:uat|sit|联调|测试|开发|编码|设计|验收|评审)(?:测试)?(?:已|已经|均|全部)?(?:完成|通过|完毕|结束)\W*$"
)
_OF_WHAT = re.compile(r"(?<=backlog) of")  # working through the backlog of mappings
_COMPARED = re.compile(r"(?:(?:比|早于|晚于)原?|than(?: was)?|ahead of)\s*$")  # 比计划提前一天, earlier than planned
_FIRST_RESULT = re.compile(r"(?:首|第一)批[^,;。]{0,10}?\d[\d,]*\s*[家笔个户人单]")  # 首批103家商户代发2164笔: it runs
_PARTLY_OUT = re.compile(r"(?:rollout|rolled out)\s*(?:to|at|到|至)\s*[1-9]\d?\s*%")
_STILL_TO_COME = re.compile(r"(?:待|等待?|需|to be|awaiting|pending|before|until)\s*\S{0,4}$")
_THEN = re.compile(r"(?<![a-z])(?:then|followed by)\s+(?:[a-z-]+\s+){0,3}$")  # then hand-over to QA
_TO_BE_MOVED = re.compile(
    r"(?:时间|日期)?\s*(?:又|再|要|也)?(?:[从由][^,]{2,10}?)?(?:推迟|延期|延后|延到|顺延|改到|改为|挪到|往后)"
)
_ASIDE = re.compile(r"\([^()]*\)")
_HAPPENED = re.compile(r"(?:已经?|刚|正在|仍在|还在|now|already|has been|have been|is|are|was|were)\s*$")
_GOES_ON = re.compile(r"(?!观察中|跟踪中|监控中|运行中|稳定中)[\u4e00-\u9fff]{2}中(?=$|[(\s])")
_ENDED = re.compile(
    r"[\u4e00-\u9fff]完(?:了|成|毕)?(?=$|[\s(])|(?:上线|发布|投产|交付|下线|跑通|打通|调通|通过|发版|割接|推全)(?:了|成功)?$|(?<![a-z])ok$"
)
_ACTED = re.compile(
    r"已(?!有|知)[\u4e00-\u9fff]|(?<![未没不])[\u4e00-\u9fff]完(?![成善整全])|[\u4e00-\u9fff]了(?!解)|"
    r"(?:切|降|升|扩|提|增|减|压缩|改|换|达|回补|灰度)(?:换|低|高)?[至到为]|(?:(?!reschedul|postpon|delay)[a-z]+ed|rewritten|written|built|rebuilt|sent|cut|split)(?![a-z])"
)
_NOT_A_TEST = re.compile(
    r"\s*(?:能力|方案|环境|用例(?!执行|跑|通过|回归|全部)|merchants?(?![a-z])|customers?(?![a-z])|users?(?![a-z])|问题|规则|平台|工具|数据|计划|开关|范围|策略|脚本|账号|env|plan|data)"
)
_AWAITS_TEST = re.compile(r"(?:待|等)(?!提)[\u4e00-\u9fff]{0,6}(?:验收|验证|试单|回归|试用)(?!后)")
_GOES_ON_AFTER = re.compile(r"\s*(?:观察|保留|跟踪|监控|关注|运行|备用|优化|monitoring|to monitor)")
_UNDER_TEST = re.compile(r"(?<![a-z])(?:(?:in|under|into)\s+(?:\w+\s+)?|(?:still|now|is|are|being)\s+)$")
_PASSED = re.compile(
    r"[\s—–-]*(?:[\d,]+\s*[个笔家条项次单]?\s*)?(?:均|全部|都|也|已经?)*"
    r"(?:完成|通过|完毕|结束|成功|走通|跑通|completed|passed|done|finished|signed off)"
)
_FINISHES = re.compile(r"完成了?(?!\S*(?:进入|开始|转入|启动|待|后))\S{0,20}$")
_BOUND = re.compile(
    r"(?<![a-z])(?:eta\s+(?!tb[acd])|(?:by|before|until)\s+(?:the\s+)?(?=\d(?![\d.]*\s?(?:%|ms|x\b|times))|end|next|early|mid|late|start|eo[mwqy]|q[1-4]|h[12]|mon|tue|wed|thu|fri|sat|sun"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|tomorrow|then|go-?live|launch|release|summer|winter|autumn|spring|year|month|week|quarter))\S+"
)  # a day is meant even where no year is known
_SOME = re.compile(r"最后|部分|其中|剩余|剩下|个别|有\d|两个|some|one of|last|remaining")
_COMES = ("blocked", "testing", "unbegun", "in_progress", "done", "planned")  # in the order they are looked for
_TELLING = (
    *(("statuses", status) for status in _COMES), ("wording", "moved"), ("words", "to_come"), ("words", "accomplished"),
    ("words", "leading"),
)  # fmt: skip
_GATE = gates.gate(
    _PARTLY_OUT, _AWAITS_TEST, _LEFT_OPEN, _LAUNCH, _ENDED, _GOES_ON, _ACTED, _BOUND, re.compile("待"),
    *(shape for _, shape in phrases.SHAPES),
)  # fmt: skip


def of_label(words: str, lexicon: Lexicon) -> Status | None:
    """What a status cell or label says: `"联调中"` -> testing, `"🟢 正常"` -> None, `"Done"` -> done."""
    levelled = text.level(words).strip()
    levelled = _ASIDE.sub("", levelled).strip() or levelled  # 延期（原计划 6/14，调整到 6/28）
    first, *others = _CLAUSE.split(levelled)
    said = of_label(first, lexicon) if others else None
    if said and said != "done":  # 测试中，预计5/15完成第一轮
        return said
    if others and said == "done" and any(of_label(other, lexicon) in _NOT_YET for other in others):
        return "in_progress"  # 二类钱包已开通，三类钱包联调中
    if _STAGE_OVER.search(levelled):
        return "in_progress"
    if _READY.fullmatch(levelled):
        return "in_progress"
    for status in ("blocked", "unbegun", "done", "testing", "planned", "in_progress"):
        match = lexicon.words("statuses", status).search(levelled)
        if match and not (status == "done" and _is_negated(levelled, match.start())):
            return "planned" if status == "unbegun" else status  # type: ignore[return-value]
    if re.fullmatch(r"\W*(?:测试|验收|联调|验证|压测|灰度|回归|试运行)(?:阶段)?\W*", levelled):
        return "testing"
    if re.fullmatch(r"\W*(?:上线|发布|投产)\W*|[✅✔☑✓]\W*", levelled):
        return "done"
    if levelled and levelled in lexicon.words("words", "going_on"):
        return None
    if re.fullmatch(r"\W*(?:立项|规划|排期|需求|预研)(?:阶段)?\W*", levelled):
        return "planned"
    if re.fullmatch(r"\W*(?:开发|研发|编码|dev)(?:阶段)?\W*", levelled):
        return "in_progress"
    return "in_progress" if levelled.endswith("中") else None


def of_statements(
    statements: Sequence[str], shares: tuple[Progress, ...], period: Period, lexicon: Lexicon
) -> Status | None:
    """Where the project stands by all that is said of it, one string a statement.

    `("索引改造上线，1/8验证通过", "批量比对改造，计划1/20提测")` -> in_progress: partly done and more to come.
    """
    said = [_of_statement(statement, period, lexicon) for statement in statements]
    partial = any(_is_partial(share) for share in shares)
    marked = any(lexicon.words("words", "going_on").search(text.level(statement)) for statement in statements)
    whole = bool(shares) and all(share.percent == 100 or share.done == share.total is not None for share in shares)
    together = _together({shade for shade in said if shade}, partial=partial, whole=whole)
    if together == "planned" and any("🚧" in statement or "🔄" in statement for statement in statements):
        return "in_progress"
    return together or ("in_progress" if marked else None)


def speaks(statement: str, period: Period, lexicon: Lexicon) -> bool:
    """Whether a statement says how a project is going, though it may not say where it stands: `"还在等行方排期"`."""
    return _of_statement(statement, period, lexicon) is not None


def _is_partial(share: Progress) -> bool:
    """`60%` of it is done: neither nothing nor all."""
    if share.percent is not None:
        return 0 < share.percent < 100
    return share.done is not None and share.total is not None and share.done < share.total


def _together(said: set[Shade], *, partial: bool, whole: bool) -> Status | None:
    """Stuck beats all; a part delivered beside one in test or still to come is in progress.

    "安卓已上线，iOS灰度中" says live and testing -> in_progress; "开发完成，等行方排期" says done and awaits -> in_progress.
    """
    if "blocked" in said:
        return "blocked"
    if "testing" in said:
        return "in_progress" if "live" in said else "testing"
    if "in_progress" in said:
        return "in_progress"
    if "closed" in said:
        return "done"
    if partial:
        return "in_progress"
    finished = said & {"done", "live", "tested"}
    if (finished or whole) and said & {"planned", "unbegun", "prepared", "awaits"}:
        return "in_progress"
    if finished or whole:
        return "done"
    if said & {"planned", "unbegun"}:
        return "planned"
    return "in_progress" if said - {"awaits"} else None


def _of_statement(statement: str, period: Period, lexicon: Lexicon) -> Shade | None:
    """One statement, its clauses weighed: `"开发完成待提测，预计10/25提测"` -> in_progress."""
    first, *others = _clauses(text.level(statement))
    told = (first, *(clause for clause in others if not phrases.tells_effect(clause)))
    said = [shade for clause in told for shade in _of_clause(clause, period, lexicon)]
    if not said:
        return None
    found = set(said)
    if "blocked" in found and found & {"done", "live", "tested", "unbegun"} and _WAITS.search(text.level(statement)):
        found = found - {"blocked"} | {"awaits"}
    for strong in ("blocked", "closed", "testing"):
        if strong in found:
            return strong
    ahead = bool(found & {"planned", "awaits"})
    if "unbegun" in found and not found & {"in_progress", "live", "done"}:
        return "unbegun"
    if "in_progress" in found:
        return "in_progress"
    if "tested" in found and (ahead or "live" not in found):
        return "testing" if ahead else "tested"
    if found & {"done", "live"}:
        return "in_progress" if ahead or "unbegun" in found else "live" if "live" in found else "done"
    if "prepared" in found:
        return "planned" if ahead else "prepared"
    if "acted" in found:
        return "in_progress"
    return "planned" if "planned" in found else "awaits"


def _clauses(levelled: str) -> Iterator[str]:
    """`"联调完成，预计3/20上线"` -> `联调完成`, `预计3/20上线`."""
    begin = 0
    for edge in _CLAUSE.finditer(levelled):
        yield levelled[begin : edge.start()].strip(" :✓✔")
        begin = edge.end()
    yield levelled[begin:].strip(" :✓✔")


def _of_clause(clause: str, period: Period, lexicon: Lexicon) -> Iterable[Shade]:
    """What a clause says, in shades: `"预计3/20上线"` -> planned, `"已于3/8投产"` -> live; most say nothing of a state."""
    told = lexicon.any_of(_TELLING).search(clause) or _GATE.search(clause) or dates.may_tell(clause)
    return _shades(clause, period, lexicon) if told else ()


def _shades(clause: str, period: Period, lexicon: Lexicon) -> Iterator[Shade]:
    """A word of state behind a coming day or a word of plan is itself a plan: "下周三上线" -> planned, "已上线" -> live."""
    plans = _plans(clause, period, lexicon)
    if plans:
        yield "planned"
    closed = lexicon.words("statuses", "closed").search(clause)
    if (
        closed
        and not _is_ahead(clause, closed.start(), closed.end(), plans)
        and not _is_negated(clause, closed.start())
    ):
        yield "closed"
        return
    if "rol" in clause and _PARTLY_OUT.search(clause) and not plans:
        yield "testing"
    if _AWAITS_TEST.search(clause):
        yield "testing"
        return
    if clause.startswith("待") and not plans:
        yield "planned"
    left = lexicon.words("words", "to_come").pattern.match(clause)
    if left or _LEFT_OPEN.match(clause) or _WAITING.search(clause):
        yield "awaits"
    if left and left[0].startswith(("剩", "余", "其余")) and not phrases.has_begun(clause):  # 剩余支付接口联调
        return
    spoken = False
    if lexicon.words("words", "accomplished").pattern.match(clause) and not plans:
        yield "done"
        if phrases.ends_tests(clause):
            return
        spoken = True
    for told, at, to in phrases.find(clause):
        if not _is_negated(clause, at):
            spoken = True
            drawn = told == "in_progress" and _prepares(clause, lexicon)  # 产品方案还在调
            yield "planned" if _is_ahead(clause, at, to, plans) else "prepared" if drawn else told
    for status in _COMES:
        for match in lexicon.words("statuses", status).pattern.finditer(clause):
            shade = _shade(status, clause, match.start(), match.end(), plans, lexicon)
            if shade:
                spoken = True
                yield shade
    if spoken:
        return
    if not plans and ("launch" in clause or "live" in clause) and _LAUNCH.search(clause) and dates.find(clause, period):
        yield "live"
    elif (ended := _ENDED.search(clause)) and not _is_ahead(clause, ended.start(), ended.end(), plans):
        if not _is_negated(clause, ended.start()):
            yield _of_done(clause, ended.start(), ended.end(), lexicon)
    elif _GOES_ON.search(clause):
        yield "in_progress"
    elif (led := lexicon.words("words", "leading").pattern.match(clause)) and not plans and led[0] not in _WHEN_ONLY:
        yield "acted"
    elif (going := _GOING.match(clause)) and not _is_ahead(clause, going.start("verb"), going.end(), plans):
        yield "in_progress"
    elif _NOBODY.match(clause):
        return
    elif (acted := _ACTED.search(clause)) and not _is_ahead(clause, acted.start(), acted.end(), plans):
        counted = "in_progress" if _COUNTED_WORK.search(clause) else "acted"
        yield "prepared" if _prepares(clause, lexicon) else counted  # type: ignore[misc]


def _plans(clause: str, period: Period, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Where a clause speaks of what is to come: `"预计3/20上线"` -> its first two signs, and the day behind them."""
    anchor, counted = period.anchor, counts(clause)
    days = [
        (span.at, span.to) for span in dates.find(clause, period, "near")
        if (anchor is None or span.last > anchor) and not _THIS_MONTH.fullmatch(clause, span.at, span.to)
        and not any(at <= span.at < to for at, to in counted)
    ]  # fmt: skip
    words = [
        match.span() for match in lexicon.words("statuses", "planned").pattern.finditer(clause)
        if not _COMPARED.search(clause, 0, match.start())
    ]  # fmt: skip
    moved = [
        match.span()
        for match in lexicon.words("wording", "moved").pattern.finditer(clause)
        if days or match[0] != "now"
    ]
    bounds = [match.span() for match in _BOUND.finditer(clause)]
    return sorted([*days, *words, *moved, *bounds])


def _is_ahead(clause: str, at: int, to: int, plans: list[tuple[int, int]]) -> bool:
    """Whether a word of state stands behind a plan or right before one: the `上线` of `预计3/20上线`; not that of `已上线`."""
    if _HAPPENED.search(clause[:at]) or clause[to : to + 1] == "中" or clause[at : at + 1] == "已":
        return False
    return any(
        end <= at or 0 <= start - to <= 3 or start < at < to <= end for start, end in plans if not at <= start < to
    )


def _is_negated(clause: str, at: int) -> bool:
    """`尚未|完成联调`, `not yet live`: the word at that place is denied."""
    return _NOT.search(clause[max(0, at - 14) : at]) is not None


def _shade(status: str, clause: str, at: int, to: int, plans: list[tuple[int, int]], lexicon: Lexicon) -> Shade | None:
    """What a word of state at clause[at:to] says: `"联调中"` -> testing; None where it says nothing of the kind: `"尚未上线"`."""
    if status in ("planned", "unbegun"):
        return None if _OF_WHAT.match(clause, to) or _COMPARED.search(clause, 0, at) else status  # type: ignore[return-value]
    if (
        _AFTERWARDS.search(clause, 0, at)
        or _is_negated(clause, at)
        or _NOT_BEGUN.search(clause, 0, at)
        or _WHEN.match(clause, to)
    ):
        return None
    if status == "blocked":
        return None if _SOME.search(clause[:at]) or _RELEASED.match(clause, to) else "blocked"
    if _is_ahead(clause, at, to, plans):
        return "planned"
    if _STILL_TO_COME.search(clause[max(0, at - 8) : at]) and not clause[:at].endswith("已"):
        return "planned"
    if _THEN.search(clause, 0, at):
        return "planned"
    if status == "testing":
        booked = clause.isascii() and any(start >= to for start, _ in plans)
        return "planned" if booked and not _UNDER_TEST.search(clause[:at]) else _of_test(clause, at, to)
    if status == "done":
        return _of_done(clause, at, to, lexicon)
    if _FIRST_RESULT.match(clause, at):
        return None
    of_test = lexicon.words("statuses", "testing").pattern.match(clause, to)  # 首批|试单 6 笔全部成功
    return None if of_test or _PASSED.match(clause, to) or _GOES_ON_AFTER.match(clause, to) else "in_progress"


def _of_test(clause: str, at: int, to: int) -> Shade | None:
    """`"联调中"` -> testing, `"灰度能力"` -> None, `"联调完成"`, `"自测通过"` -> done, `"试单完成"` -> tested."""
    if re.match("[尚还]?(?:未|没有?)(?:正式)?(?:开始|启动|进行|安排|做)", clause[to:]):  # 联调未开始
        return None
    if re.match("(?:之前|以前|前(?![端置]))", clause[to:]):  # 联调之前先把 mock 补齐
        return None
    if _TO_BE_MOVED.match(clause, to):  # 提测从10月底推迟到11/17
        return "planned"
    if re.match("未完|没完|未过|没过", clause[to:]):
        return "in_progress"
    if _NOT_A_TEST.match(clause, to):
        return None
    if _PASSED.match(clause, to) or _FINISHES.search(clause[:at]):
        word = clause[at:to]
        return "done" if any(part in word for part in ("联调", "压测", "自测", "integration")) else "tested"
    return "testing"


def _of_done(clause: str, at: int, to: int, lexicon: Lexicon) -> Shade:
    """`"已上线"` -> live, `"方案评审通过"` -> prepared, `"验证通过"` -> tested, `"完成第3轮"` -> in_progress."""
    if _SHARE.match(clause, at):
        return "in_progress"
    if lexicon.words("wording", "delivered").search(clause[max(0, at - 4) : to]):
        return "live"
    near = clause[max(0, at - 8) : to]
    if re.search(
        r"(?:验证|试单|试运行|灰度|回归|冒烟|uat|验收|测试)(?:均|全部|都|已|报告)*(?:通过|完成|完毕|已出|passed)", near
    ):
        return "tested"
    return "prepared" if _prepares(clause, lexicon) else "done"


def _prepares(clause: str, lexicon: Lexicon) -> bool:
    """`"产品方案已定"`: a plan, a design, a review is ready, not the thing."""
    return lexicon.words("words", "preparing").search(clause) is not None and not re.search("开发|编码|研发", clause)


_SHARE = re.compile(r"(?:完成|已完成|done|complete[d]?|finished)\s*(?:第|首|约|部分|[一二两]批)")
