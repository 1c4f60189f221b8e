"""Incidents: something that broke. Bullets, table rows, heading cards, single sentences, postmortem pages."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import msgspec

from notion_archive import clock, dates, naming, text
from notion_archive.kinds import clauses, failing, outage, severity, summary_words
from notion_archive.kinds.account import Account, Role, Teller
from notion_archive.kinds.clauses import EDGES
from notion_archive.kinds.reading import Reading, Said, hangs, is_label_only, said, stated
from notion_archive.lexicon import Lexicon
from notion_archive.markup import chapters
from notion_archive.markup.fields import one_line
from notion_archive.markup.items import all_text
from notion_archive.model import Item
from notion_archive.records import Incident, Record
from notion_archive.remembered import remembered_with

LABELS = (
    "summary", "occurred", "detected", "recovered", "duration", "cause", "resolution", "timeline", "follow_up", "impact",
    "severity", "side", "institution", "owner", "number", "remark", "status",
)  # fmt: skip
_TELLING = {"cause", "resolution", "occurred", "recovered", "severity", "impact", "duration"}
_NARRATED: dict[str, Role] = {"summary": "summary", "cause": "cause", "resolution": "resolution"}
_NO_CAUSE = re.compile(
    r"\W*(?:(?:under|pending) investigation.*|(?:still )?investigating.*|unknown|tbd|pending"
    r"|待(?:查|定|定位|排查|分析|确认)|(?:仍在|还在|正在)?(?:排查|定位|分析|调查|核查|核实)中|不明|未知|未明|未定位"
    r"|.{0,12}?(?:还没|还未|尚未|仍未|暂未)(?:回复?|反馈|给|查[出到清明]?|定位?到?|出|有)(?:结论|原因|说法|结果)?)\W*"  # 中行还没回
)
_STATE = re.compile(
    r"^\W*[\[(【（](?:已恢复|已解决|已关闭|已修复|已处理|处理中|跟进中|未恢复|resolved|closed|ongoing|mitigated|open)[\])】）]\s*",
    re.IGNORECASE,
)  # 【已恢复】, [Resolved]: how it stands, not what happened
_SOON = dt.timedelta(days=1)  # a night shift's report tells of the morning after its day
_ORDINAL = re.compile(
    r"^(?:\d{1,2}\.\d{1,2}\s+(?=\d{1,2}[/.月])"  # ### 3.2 11/23 22:35 …
    r"|(?:周末|上周|夜间|昨日|假期)?(?:遗留|补充|补报|续报|追报)(?:问题|事项)?\s*[:：]\s*"  # 补充：12/3 23:58 日切任务卡住
    r"|(?:inc|ops|prb|case|ticket)[-#\s]?\d{2,}\s*[:：—–-]?\s*"  # INC-1042 Checkout latency
    r"|(?:事件|故障|事故|问题|案例|异常|incident|issue|outage|case)\s*(?:#|no\.?|编号)?\s*[\d一二三四五六七八九十]{1,2}\s*(?:[:：.、—–]|\s-)\s*)",
    re.IGNORECASE,
)  # 事件1：交易查询接口不可用
_SHORT_HEAD = 12
_AT_HEAD = 4  # so many signs may stand before the time of a line that begins with it: `1、12月5日09:18 …`
_GRADE_FIRST = re.compile(r"\W*(?:sev-?\s?\d|p[0-4])(?![a-z0-9])\W*(?=.*[a-z\u4e00-\u9fff]{3})")
_ON_DUTY = re.compile(r"值[班守勤]?[.。!]?$|(?<![a-z])on[- ](?:call|duty)[.!]?$")  # 今天大刘值
_MEETING = re.compile(
    r"[^:,;。]{0,24}?(?:评审会?|[^社工商协学]会|宣讲|面试|述职|meeting|stand-?up|sync|review)\s*(?:[:,;。]|$)"
)
_ASIDE = re.compile(r"[^\s:：，,。;；\d]{2,6}[:：]\s*\S")  # 复盘：[…](…) beside 现象：, 原因：
_AGAIN = re.compile(  # 多说一句：5/15 这次业务群里 14:09 就有人问了: told above, and talked about
    r"(?:[^:,。;\d]{2,12}:\s*)?(?:\d{1,2}[/.月]\d{1,2}日?|周[一二三四五六日天]|上周|本周)\s*的?[这那][次起个回]"
)
_HELD = re.compile(r"[\s,:]*(?:已|上午|下午)*(?:完成|召开|组织|开展|参加|复盘|上线|发布|整改|评审|演练|无)")
_CLAUSE_END = re.compile(r"[,;。\n]")
_COMPARED = re.compile(  # 比5月少2起
    r"没发生|慢\s?sql(?:巡检|治理|优化|\s*\d)|[比较][^,。;]{1,8}?(?:少|多|低|高|下降|上升|减少|增加)[^,。;]{0,6}"
)
_COUNTED = re.compile(r"\d+\s*(?:起|次|个|例|件)")

_GRADED = re.compile(r"^\W*(?:p\d|sev-?\s?\d|[一二三四]级)\W*")  # 【P2】9/10 光大快捷大面积失败


def claims(item: Item, reading: Reading) -> bool:
    """In a section of incidents whatever tells of one; elsewhere only what shows it twice.

    `"- 4/8 20:43 光大鉴权通道异常 … 22:12 服务恢复"` is one anywhere; `"- 支付通道异常监控已上线"` is an update.
    """
    if item.kind in ("goal", "skip") or reading.lexicon.is_nothing(item.text):
        return False
    if item.shape == "row" and reading.lexicon.is_nothing(item.name):
        return False
    if any(map(reading.lexicon.is_harmless, item.section)) or _is_of_a_note(item, reading):
        return False
    among_numbers = item.kind == "metric"
    if among_numbers and (item.shape not in ("bullet", "paragraph") or not _fails(text.level(item.lead), reading)):
        return False
    everything = text.level(all_text(item))
    failure = _fails(everything, reading)
    if item.kind == "incident" and item.shape == "paragraph" and _AGAIN.match(everything):
        return False
    if item.kind == "incident":
        return not _is_no_account(item, everything, reading) and _is_told(item, failure, reading)
    told = among_numbers or failure or item.shape == "card" or bool(item.fields)
    told = told and _is_told_elsewhere(item, failure, reading)
    return told and not _is_no_account(item, everything, reading)


def _is_of_a_note(item: Item, reading: Reading) -> bool:
    """`Handover: the alert for CMB is still noisy` among incidents: its head says that it is none."""
    head, colon, _ = text.level(item.text).partition(":")
    told = colon and item.kind == "incident" and len(head) <= _SHORT_HEAD and not item.fields
    return bool(told) and reading.lexicon.section_kind(head) == "note"


def _is_told_elsewhere(item: Item, failure: bool, reading: Reading) -> bool:
    """Outside sections of incidents: under two labels at least, or with a time and an end: `10:37 超时，11:05恢复`."""
    if item.kind == "metric":
        return _tells_of_one(item, reading, among_numbers=True)
    found = stated(item, LABELS, reading.lexicon)
    if not failure and {"cause", "resolution"} <= set(found) and item.shape != "row":
        return _begins_with_day(text.level(item.lead), reading)  # 10/25 03:12 拉流水的任务连挂三次。原因：… 处理：…
    name = _GRADED.sub("", text.level(item.lead))
    if item.shape == "card" and {"cause", "resolution"} <= set(found) and _fails(name, reading):
        return "occurred" in found or _begins_with_day(name, reading)
    if item.shape == "card" or not failure:
        return item.shape == "card" and "occurred" in found and ("cause" in found or "resolution" in found)
    told = {"cause", "resolution"} & set(found)
    if len(told) > 1 or (told and ("occurred" in found or _begins_with_day(text.level(item.lead), reading))):
        return True
    return _tells_of_one(item, reading)


def _is_no_account(item: Item, everything: str, reading: Reading) -> bool:
    """What counts for nothing (`演练`), or is still to come. Below a heading that names one, `其余都是误报` is of others."""
    if item.shape == "card":
        everything = text.level(" ".join([item.text, *map(all_text, item.children[:1])]))
    return bool(reading.lexicon.words("signs", "not_counted").search(everything)) or _is_ahead(item, reading)


def _is_ahead(item: Item, reading: Reading) -> bool:
    """`维护计划：建行通知 12/17 00:00-06:00 停机维护` in a report of 12/10: announced, or still to come."""
    levelled, last = text.level(item.text), reading.period.last
    timed = item.kind == "incident" and any(clock.times(levelled))
    if not timed and not item.fields and reading.lexicon.words("signs", "announced").search(levelled):
        return True
    found = dates.find(levelled, reading.period, "near")
    if not found or last is None or found[0].first <= last + _SOON:
        return False
    exact = next((m.at for m in clock.moments(levelled, reading.period) if m.day and m.time), 0)  # more than 周末
    return next(span.first for span in found if span.to > exact) > last + _SOON


def _fails(levelled: str, reading: Reading) -> bool:
    """Whether a word of failure stands in a text, those that deny it aside: `运行平稳，无异常` has none."""
    return _has_failure(levelled, reading.lexicon)


@remembered_with
def _has_failure(levelled: str, lexicon: Lexicon) -> bool:
    """Whether something failed: "中行网银超时" -> True, "本周无故障" -> False."""
    signs = lexicon.words
    told = _COMPARED.sub("", signs("signs", "no_incident").pattern.sub("", levelled))
    return failing.find(told, lexicon) is not None


def _is_told(item: Item, failure: bool, reading: Reading) -> bool:
    """In a section of incidents: a label, a time or a failure; `本周共3起故障` only counts them."""
    words = text.level(item.text)
    if _TELLING & set(stated(item, LABELS, reading.lexicon)):
        return True
    if item.shape == "card" and severity.names(item.name):  # ### INC-0414, SEV4, Saturday 17 February
        return True
    if not failure and _ON_DUTY.search(words):
        return False
    if not failure and (any(clock.times(words)) or _begins_with_day(words, reading)):
        return not reading.lexicon.words("signs", "no_incident").search(words)
    if not failure:
        return any(claims(child, reading) for child in item.children)
    plain = reading.lexicon.words("signs", "generic").pattern.sub("", words)
    timed = bool(clock.moments(words, reading.period))
    counts = not timed and _COUNTED.search(words) and not reading.lexicon.words("signs", "failure").search(plain)
    return not counts or any(claims(child, reading) for child in item.children)


def _begins_with_day(words: str, reading: Reading) -> bool:
    """`1月3日下午，邮储对账差3笔`; but `1月3日完成复盘` is no incident."""
    moments = clock.moments(words, reading.period)
    return bool(moments) and moments[0].at <= 2 and _HELD.match(words, moments[0].to) is None


def _tells_of_one(item: Item, reading: Reading, *, among_numbers: bool = False) -> bool:
    """Outside sections of incidents: a time of day at which something failed, and how it ended or why; `among_numbers`
    nothing less than that, with the time first.

    `8/24 22:30 专线路由调整，回滚一次，第二次成功` under 变更记录 is none, nor is `09:05 接班，周末堆积的退款已经消化完`.
    """
    words, lead = text.level(item.text), text.level(item.lead)
    if not clock.moments(lead, reading.period):
        return False
    signs = reading.lexicon.words
    if any(signs("signs", meaning).search(re.split("[;。\n]", words)[0]) for meaning in ("drill", "planned_work")):
        return False
    moments = [moment for moment in clock.moments(lead, reading.period) if moment.time]
    if signs("wording", "moved").search(_CLAUSE_END.split(lead, maxsplit=1)[0] if moments else lead):
        return False
    if not _fails(lead, reading):
        return False
    if among_numbers and (not moments or moments[0].at > _AT_HEAD or not moments[0].day):
        return False
    if not moments:
        return _tells_of_a_day(lead, reading)
    if moments[0].at <= _AT_HEAD and _MEETING.match(lead, moments[0].to):
        return False  # 14:00 额度方案评审：老魏要求加个超时兜底
    if outage.is_arrival(lead, moments[0], reading.lexicon) and not _fails(lead[: moments[0].at], reading):
        return False  # 渠道文件 03:58 到齐，对账批次 06:41 结束，比平时慢 20 分钟
    ended = outage.recovery(words, moments[0].to, None, reading) is not None
    ended = ended or (among_numbers and outage.beginning(lead, reading).until is not None)
    lasted = outage.lasting(words, reading.lexicon) is not None
    why = signs("signs", "because").search(words) is not None or bool(item.fields)
    if signs("signs", "routine").pattern.match(lead[moments[0].to :].lstrip()) and not (ended or lasted or why):
        return False
    if not (ended or lasted or why) and not _fails(signs("signs", "generic").pattern.sub("", lead), reading):
        return False  # 15:00 参加故障复盘会
    of_that_day = (
        moments[0].day or item.kind != "update" or _is_of_a_day(item, reading)
    )  # 23:30 日切框架写完 tells of none
    changes = item.section and signs("words", "changes").search(text.fold(item.section[-1]))
    at_head = moments[0].at <= _AT_HEAD and of_that_day
    return bool(at_head and not changes and not among_numbers) or ended or lasted or why


def _is_of_a_day(item: Item, reading: Reading) -> bool:
    """Whether a bare time is on a known day: in a daily report, or below `## 周三 6/14`."""
    daily = reading.period.date is not None and reading.period.start == reading.period.end
    return daily or any(chapters.is_day(name) for name in item.section)


def _tells_of_a_day(lead: str, reading: Reading) -> bool:
    """`12月8日，兴业对账文件晚到2小时，行方系统升级导致，已协调补传`: only a day, but how long and why as well."""
    moments = clock.moments(lead, reading.period)
    why = any(reading.lexicon.words("signs", sign).search(lead) for sign in ("because", "consequence"))
    return bool(moments) and moments[0].at <= _AT_HEAD and why and outage.lasting(lead, reading.lexicon) is not None


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """The incident an item tells of, or those of its children where it heads several: `- 本周2起：` and a bullet for each."""
    from notion_archive.kinds import note, read_all

    parts = [_how_it_ended(part, reading) for part in said(item, LABELS, reading.lexicon)]
    labelled = sum(map(is_label_only, item.children)) > 1
    free = [] if hangs(item) else [
        child for child in item.children
        if not is_label_only(child) and not (labelled and _ASIDE.match(child.text))
    ]  # fmt: skip
    if _heads_several(item, free, parts, reading):
        yield from note.of_lead(item, reading)
        yield from read_all(item.children, reading)
    else:
        yield _incident(item, free, parts, reading.on_day(item))


def _how_it_ended(part: Said, reading: Reading) -> Said:
    """`恢复：前端改30秒` says how, not when: what was done."""
    words = text.level(part.words)
    if part.meaning != "recovered" or any(clock.times(words)) or clock.moments(words, reading.period):
        return part
    told = reading.lexicon.words("signs", "action").search(words)
    nothing = Teller(reading.lexicon, reading.institutions).is_nothing(words)
    return msgspec.structs.replace(part, meaning="resolution") if told and not nothing else part


def _heads_several(item: Item, free: Sequence[Item], parts: Sequence[Said], reading: Reading) -> bool:
    """`- 本周2起：` with an incident in each bullet below it; below `SEV2 Webhook backlog (13 Mar)` is its timeline."""
    timed = [child for child in free if any(m.time for m in clock.moments(text.level(child.text), reading.period))]
    own = any(clock.times(text.level(item.lead))) or any(part.meaning in ("occurred", "cause") for part in parts)
    own = own or _GRADE_FIRST.match(text.level(item.text)) is not None
    own = own or (item.shape == "card" and len(free) == len(timed) == 1 and free[0].shape == "paragraph")
    return bool(timed) and not own and all(claims(child, reading) for child in timed)


def _incident(item: Item, free: Sequence[Item], parts: Sequence[Said], reading: Reading) -> Incident:
    """`[P2] 4/3 14:00 中行代付超时，14:35恢复` with `原因：专线抖动` below it -> P2, 14:00 to 14:35, what and why."""
    lead = "\n".join([item.lead, *map(all_text, free)]) if item.shape != "row" else item.lead
    lead = _ORDINAL.sub("", _STATE.sub("", lead))
    lead, parts = _begins_late(lead, parts, reading)
    found: dict[str, list[str]] = {}
    for part in parts:
        found.setdefault(part.meaning, []).append(part.words)
    given = one_line(found["severity"][0]).strip(EDGES) if found.get("severity") else None
    level, lead = (given, lead) if given else severity.taken(lead, reading.lexicon.words("signs", "grade"))
    level = level or severity.stated([lead, *(part.words for part in parts)])
    values = [part.words for part in parts if part.meaning in (*_NARRATED, "follow_up", "status", "remark", "impact")]
    times = outage.read(lead, found, values, reading)
    account = _account(lead, times.span, parts, reading)
    labels = sum(len(child.fields) for child in item.children if is_label_only(child))
    labelled = labels > 1 and free and _fails(text.level(item.lead), reading)
    if (labelled or (item.label and item.shape == "card")) and not found.get("summary"):
        first = lead.split("\n")[0]  # ## Incident: payouts stuck, 20 Aug (Sev2); what it came to stands below
        span = times.span if times.span and times.span[1] <= len(first) else None
        own = _account(first, span, (), reading).summary
        account = msgspec.structs.replace(account, summary=own or account.summary)
    common = reading.common(item)
    day = times.occurred.date() if isinstance(times.occurred, dt.datetime) else times.occurred
    common["date"] = day or common["date"]
    follow_up = one_line(" ".join(found.get("follow_up", ()))).strip(EDGES)
    minutes = times.minutes if times.minutes is not None else _told_alone(lead, reading)
    named = "" if _is_no_name(item, reading) else naming.clean(item.name)
    summary = summary_words.without_length(account.summary, minutes) or named or summary_words.of_impact(found)
    return Incident(
        **common, occurred=clock.iso(times.occurred), recovered=clock.iso(times.recovered), minutes=minutes,
        summary=summary_words.without_day(one_line(summary), item.lead, day, reading),
        cause=one_line(account.cause) or None, resolution=one_line(account.resolution or follow_up) or None,
        severity=level,
    )  # fmt: skip


def _is_no_name(item: Item, reading: Reading) -> bool:
    """Whether what stands first is a label, or the cell of a time or a grade: `P2 | 9/9 14:02 | 快捷支付大面积失败`."""
    others = {"severity", "occurred", "recovered", "duration", "number", "institution", "owner"}
    cells = [
        field for field in item.fields if item.shape == "row" and naming.clean(field.value) == naming.clean(item.name)
    ]
    told = any(others & set(reading.lexicon.meanings(cell.label)) for cell in cells)
    return told or bool(reading.lexicon.meanings(item.name))


def _begins_late(lead: str, parts: Sequence[Said], reading: Reading) -> tuple[str, Sequence[Said]]:
    """`Impact: 1,900 payers. 12/24 18:02 - script not loading`: the sentence behind a label, and the label's own; all of it
    where the label has no words of its own: `Also, no ticket: 12/24 18:02 Grafana down`.
    """
    first = parts[0] if parts else None
    if first is None or first.meaning not in ("summary", "impact", "severity", "institution", "number", "remark"):
        return lead, parts
    words = text.level(first.words)
    if first.meaning == "summary":  # 【故障】6/12 14:07 磁盘打满（P2）
        moments = clock.moments(words, reading.period)
        begins = not lead.strip() and bool(moments) and moments[0].time is not None and not moments[0].at
        return (first.words, parts[1:]) if begins else (lead, parts)
    moment = next((m for m in clock.moments(words, reading.period) if m.time and m.day), None)
    if moment is None or (lead.strip() and (moment.at or any(clock.times(text.level(lead))))):
        return lead, parts
    if not moment.at and first.meaning in ("number", "remark"):
        return first.words, parts[1:]
    if words[: moment.at].rstrip()[-1:] not in (".", "。", ";"):
        return lead, parts
    own = msgspec.structs.replace(first, words=first.words[: moment.at].strip())
    return first.words[moment.at :], [own, *parts[1:]]


def _told_alone(lead: str, reading: Reading) -> int | None:
    """How long it lasted where a clause says nothing else: `翼支付签约页打不开，大概5分钟`."""
    teller, levelled = Teller(reading.lexicon, reading.institutions), text.level(lead)
    told = clauses.cut(lead, clock.moments(levelled, reading.period), None)
    return next((clock.minutes(c.plain) for c in told if teller.endings.is_duration(c.plain)), None)


def _account(lead: str, began: tuple[int, int] | None, parts: Sequence[Said], reading: Reading) -> Account:
    """What the sentence tells and what the labels say; a label's words stand before the sentence's.

    `10:47 收银台大面积 502` with `现象：H5打不开` below it: what stands beside the time is what happened.
    """
    teller = Teller(reading.lexicon, reading.institutions)
    labelled = {_NARRATED[part.meaning] for part in parts if part.meaning in _NARRATED}
    known = labelled - {"summary"} if teller.names_symptom(text.level(lead)) else set[Role]()
    told = teller.account(clauses.cut(lead, clock.moments(text.level(lead), reading.period), began), elsewhere=known)
    said: dict[Role, list[str]] = {"summary": [], "cause": [], "resolution": [], "later": []}
    for part in parts:
        if role := _NARRATED.get(part.meaning):
            own = _labelled(part, role, labelled, teller, reading)
            for name in _NARRATED.values():
                said[name].append(getattr(own, name))
    kept = {name: " ".join(filter(None, said[name])).strip(EDGES) or getattr(told, name) for name in said}
    if any(clock.times(text.level(lead))) and told.summary and teller.names_symptom(text.level(told.summary)):
        kept["summary"] = told.summary
    if _NO_CAUSE.fullmatch(text.level(kept["cause"])):
        kept["cause"] = ""
    return Account(**kept)


def _labelled(part: Said, role: Role, labelled: set[Role], teller: Teller, reading: Reading) -> Account:
    """What stands under a label. On a line of its own it is as its author wrote it, lengths of time aside; within a sentence
    the sentence may go on with something else: `原因是缓存失效，临时扩容后解决`.
    """
    levelled = text.level(part.words)
    moments = clock.moments(levelled, reading.period)
    own = outage.beginning(part.words, reading)
    opens = own.moment is not None and (own.moment.time or not own.moment.at)  # 首都机房 3 号空调 has no day in it
    began = own.span if role == "summary" and opens else None
    cut = list(clauses.cut(part.words, moments, began))
    if part.within or role == "summary":
        return teller.account(cut, role, elsewhere={"summary", *labelled} - {role})
    if role == "cause":
        kept = [c for c in cut if not (teller.endings.is_duration(c.plain) or teller.endings.is_recovery(c.plain))]
    else:
        kept = [c for c in cut if not (teller.endings.is_duration(c.plain) or teller.refers(c.plain))]
    words = "".join(c.words + c.stop for c in kept).strip(EDGES)
    return Account(cause=words) if role == "cause" else Account(resolution=words)
