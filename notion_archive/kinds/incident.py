"""Incidents: something that broke. Bullets, table rows, heading cards, single sentences, postmortem pages."""

import datetime as dt
import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from notion_archive import clock, naming, text
from notion_archive.clock import Moment
from notion_archive.dates import Period
from notion_archive.kinds.record import Reading, Record, hangs, is_label_only, stated
from notion_archive.lexicon import Lexicon
from notion_archive.markup.fields import one_line
from notion_archive.markup.items import all_text
from notion_archive.model import Item

LABELS = (
    "summary", "occurred", "recovered", "duration", "cause", "resolution", "follow_up", "impact", "severity", "side",
    "institution", "owner", "number", "remark", "status",
)  # fmt: skip
_CLAUSE = re.compile(r"[^,，。;；\n]+(?:(?<=\d),(?=\d{3})[^,，。;；\n]+)*[,，。;；\n]*|[,，。;；\n]+")
_SEVERITY = re.compile(
    r"[\[(【]?\s*(?<![a-z0-9])(?P<level>sev-?\s?[0-5]|p[0-4](?!\d)|s[0-4](?=[\s)\]】:级])|[a-e](?=\s*[级类])|[一二三四五](?=级(?:故障|事故|事件)))"
    r"(?![a-z0-9])(?P<grade>\s*[级类])?\s*(?:故障|事故|事件)?[\])】]?\s*[:|-]?\s*"
)
_RANGE = re.compile(r"\s*(?:-{1,2}|~|至|到|to|until|→)\s*(?:次日|翌日)?\s*")
_NEXT_DAY = re.compile(r"(?:次日|翌日|第二天|next day)\s*")
_NOT_YET = re.compile(r"(?:未|无法|没|尚未|不能|not|yet to be|无)\s*$")
_PARTLY = re.compile(r"(?:部分|逐步|陆续|partially|partly)\s*\w{0,4}$")
_TIME_EDGES = " \t\n,，。;；:：、-—–|()（）[]【】左右许分于在约at"
_EDGES = " \t\n,，。;；:：、|—–-"


class Incident(Record, frozen=True, kw_only=True, tag="incident"):
    """Something that broke. `minutes` is recovered − occurred, or the duration as stated; null where neither is known."""

    occurred: str | None
    recovered: str | None
    minutes: int | None
    summary: str
    cause: str | None
    resolution: str | None
    severity: str | None


def claims(item: Item, reading: Reading) -> bool:
    """In a section of incidents whatever tells of one; elsewhere only what shows it twice.

    `"- 4/8 20:43 光大鉴权通道异常 … 22:12 服务恢复"` is one anywhere; `"- 支付通道异常监控已上线"` is an update.
    """
    words, everything = text.level(item.text), text.level(all_text(item))
    if item.kind in ("goal", "metric", "skip") or reading.lexicon.is_nothing(item.text):
        return False
    if reading.lexicon.words("signs", "no_incident").search(everything):
        return False
    found = stated(item, LABELS, reading.lexicon)
    failure = reading.lexicon.words("signs", "failure").search(everything) is not None
    if item.kind == "incident":
        told = {"cause", "resolution", "occurred", "recovered", "severity", "impact"} & set(found)
        timed = any(clock.times(words)) or bool(clock.moments(words, reading.period))
        return bool(told) or timed or failure or any(claims(child, reading) for child in item.children)
    if item.shape == "card" or not failure:
        return item.shape == "card" and "occurred" in found and ("cause" in found or "resolution" in found)
    if {"cause", "resolution"} <= set(found) or ({"occurred", "cause"} <= set(found)):
        return True
    if reading.lexicon.words("signs", "drill").search(words):
        return False
    return _tells_of_one(item, reading, words)


def _tells_of_one(item: Item, reading: Reading, words: str) -> bool:
    """Outside sections of incidents: a time of day at which something failed, and how it ended or why."""
    lead = text.level(item.lead)
    failure = reading.lexicon.words("signs", "failure")
    moments = [moment for moment in clock.moments(lead, reading.period) if moment.time]
    if not moments or not failure.search(lead) or reading.lexicon.words("wording", "moved").search(lead):
        return False
    ended = _recovery(words, moments[0], reading) is not None or _stated_minutes(words, reading.lexicon) is not None
    why = reading.lexicon.words("signs", "because").search(words) is not None or bool(item.fields)
    return moments[0].at <= 4 or ended or why


def read(item: Item, reading: Reading) -> Iterator[Record]:
    """The incident an item tells of, or, where it is a mere heading for several, those of its children."""
    from notion_archive.kinds import read_all

    found = stated(item, LABELS, reading.lexicon)
    free = [child for child in item.children if not is_label_only(child)] if not hangs(item) else []
    timed = [child for child in free if any(m.time for m in clock.moments(text.level(child.text), reading.period))]
    own = any(clock.times(text.level(item.lead))) or "occurred" in found or "cause" in found
    if timed and not own and len([child for child in timed if claims(child, reading)]) == len(timed):
        yield from read_all(item.children, reading)
        return
    yield _incident(item, free, found, reading)


def _incident(item: Item, free: list[Item], found: dict[str, list[str]], reading: Reading) -> Incident:
    lexicon, period = reading.lexicon, reading.period
    lead = "\n".join([item.lead, *map(all_text, free)]) if item.shape != "row" else item.lead
    severity, lead = _severity(item, lead, found)
    told = _Told.read(lead, reading)
    occurred, until = _occurred(found, told, period)
    words = "\n".join([lead, *(value for values in found.values() for value in values)])
    recovered = _recovered(found, told, words, occurred, until, reading)
    minutes = _minutes(occurred, recovered, _first(found, "duration"), words, lexicon)
    resolution = _joined(found, "resolution") or _joined(found, "follow_up") or told.resolution
    summary = _joined(found, "summary") or told.summary or naming.clean(item.name)
    common = reading.common(item)
    day = occurred.date() if isinstance(occurred, dt.datetime) else occurred
    common["date"] = day or common["date"]
    return Incident(
        **common, occurred=clock.iso(occurred), recovered=clock.iso(recovered), minutes=minutes, summary=one_line(summary),
        cause=_joined(found, "cause") or told.cause, resolution=resolution, severity=severity,
    )  # fmt: skip


def _first(found: dict[str, list[str]], meaning: str) -> str | None:
    return found[meaning][0] if found.get(meaning) else None


def _joined(found: dict[str, list[str]], meaning: str) -> str | None:
    return one_line(" ".join(found[meaning])).strip(_EDGES) or None if found.get(meaning) else None


def _severity(item: Item, lead: str, found: dict[str, list[str]]) -> tuple[str | None, str]:
    """The severity as written, and the text without it: `"[P2] 4/3 14:00 …"`, `"**Sev2** …"`, `"B级故障：…"`."""
    if given := _first(found, "severity"):
        return one_line(given).strip(_EDGES), lead
    match = _SEVERITY.search(text.level(lead))
    if match and (match.start() < 30 or match.end() >= len(lead) - 2):
        level = lead[match.start("level") : match.end("grade") if match["grade"] else match.end("level")]
        keep = lead[: match.start()] + " " + lead[match.end() :]
        return "".join(level.split()) if level[:1].lower() != "s" else " ".join(level.split()), keep.strip()
    return None, lead


class _Told(Struct, frozen=True, kw_only=True):
    """What the sentence itself tells: when, what, why and what was done, clause by clause."""

    moments: tuple[Moment, ...]
    levelled: str
    summary: str
    cause: str | None
    resolution: str | None

    @classmethod
    def read(cls, lead: str, reading: Reading) -> "_Told":
        """`"4/3 14:00 中行代付超时，因专线抖动，联系行方切换线路，14:35恢复"` -> 中行代付超时 / 专线抖动 / 联系行方切换线路."""
        levelled = text.level(lead)
        moments = clock.moments(levelled, reading.period)
        first = next((moment for moment in moments if moment.time), moments[0] if moments else None)
        parts: dict[str, list[str]] = {"summary": [], "cause": [], "resolution": []}
        for clause in _CLAUSE.finditer(lead):
            _sort(clause, lead, levelled, moments, first, parts, reading)
        summary = "".join(parts["summary"]).strip(_EDGES)
        cause = "".join(parts["cause"]).strip(_EDGES)
        resolution = "".join(parts["resolution"]).strip(_EDGES)
        return cls(
            moments=moments, levelled=levelled, summary=summary, cause=one_line(cause) or None,
            resolution=one_line(resolution) or None,
        )  # fmt: skip


def _sort(
    clause: re.Match[str], lead: str, levelled: str, moments: tuple[Moment, ...], first: Moment | None,
    parts: dict[str, list[str]], reading: Reading,
) -> None:  # fmt: skip
    """Give a clause to what happened, why, or what was done; the words for time and duration go."""
    lexicon, signs = reading.lexicon, "signs"
    words = _without_times(lead, clause, moments)
    plain = text.level(words)
    if not plain.strip(_TIME_EDGES):
        return
    if _is_recovery_only(plain, lexicon) or _is_duration_only(plain, lexicon):
        return
    because = lexicon.words(signs, "because").search(plain)
    action = lexicon.words(signs, "action").search(plain)
    if because and because.start() <= 2 and (parts["summary"] or because.end() < len(plain)):
        then = lexicon.words(signs, "consequence").search(plain)
        if then and then.start() > because.end():
            parts["cause"].append(words[because.end() : then.start()].strip(_EDGES))
            parts["summary"].append(words[then.end() :])
            return
        if parts["summary"]:
            parts["cause"].append(words[because.end() :].lstrip(" :：为是") if because.end() < len(plain) else words)
            return
    if parts["summary"] and action and action.start() <= 2:
        parts["resolution"].append(words)
        return
    target = "resolution" if parts["resolution"] else "cause" if parts["cause"] and not parts["summary"] else "summary"
    failure = lexicon.words(signs, "failure").search(plain)
    if target == "resolution" and failure and not lexicon.words(signs, "recovery").search(plain):
        target = "summary" if not parts["cause"] else "resolution"
    parts[target].append(words)


def _without_times(lead: str, clause: re.Match[str], moments: tuple[Moment, ...]) -> str:
    kept, at = [], clause.start()
    for moment in moments:
        if clause.start() <= moment.at < clause.end():
            kept.append(lead[at : moment.at])
            at = max(at, min(moment.to, clause.end()))
    kept.append(lead[at : clause.end()])
    words = "".join(kept)
    if len(kept) > 1:
        words = re.sub(r"^[\s\-—–~至到:：,，、|()（）\[\]]+(?:周[一二三四五六日天])?[\s)）]*", "", words)
        words = re.sub(r"^(?:左右|许|前后|分)\s*[,，]?", "", words)
    return words


def _is_recovery_only(plain: str, lexicon: Lexicon) -> bool:
    """`服务恢复`, `恢复正常`, `recovered`: nothing but that it ended."""
    left = lexicon.words("signs", "recovery").pattern.sub("", plain)
    left = re.sub(
        r"服务|业务|系统|全部|完全|已|后|于|时|才|分|正常|通道|交易|次日|逐步|均|陆续|fully|service|at|was|by|were|all|and",
        "",
        left,
    )
    return left != plain and len(re.sub(r"[\W\d_]", "", left)) <= 1


def _is_duration_only(plain: str, lexicon: Lexicon) -> bool:
    if clock.minutes(plain) is None:
        return False
    left = re.sub(
        r"\d+(?:\.\d+)?|[一二两三四五六七八九十半个]+|小时|分钟|分|秒|天|hours?|minutes?|mins?|hrs?|h\b|m\b", "", plain
    )
    left = lexicon.words("signs", "duration").pattern.sub("", left)
    left = re.sub(r"业务|服务|时长|共计|前后|后|恢复|影响|左右|and|in|the|it|was|outage", "", left)
    return len(re.sub(r"[\W\d_]", "", left)) <= 1


def _occurred(
    found: dict[str, list[str]], told: _Told, period: Period
) -> tuple[dt.datetime | dt.date | None, Moment | None]:
    """When it began, and the end of a span written with it (`4/3 14:00-14:35`)."""
    given = _first(found, "occurred")
    levelled = text.level(given) if given else told.levelled
    moments = clock.moments(levelled, period) if given else told.moments
    if given and not moments:
        return _occurred({}, told, period)
    if not moments:
        return None, None
    start = next((index for index, moment in enumerate(moments) if moment.day and moment.time), None)
    if start is None:
        day = next((moment.day for moment in moments if moment.day), None) or _only_day(period)
        start = next((index for index, moment in enumerate(moments) if moment.time), 0)
        begin = moments[start].on(day)
    else:
        begin = moments[start].on(None)
    after = moments[start + 1] if start + 1 < len(moments) else None
    until = after if after and _RANGE.fullmatch(levelled, moments[start].to, after.at) else None
    if until and levelled[moments[start].to : until.at].strip().endswith(("次日", "翌日")) and until.day is None:
        base = begin.date() if isinstance(begin, dt.datetime) else begin
        until = msgspec.structs.replace(until, day=base + dt.timedelta(days=1)) if base else until
    return begin, until


def _only_day(period: Period) -> dt.date | None:
    """The day of a daily report; a weekly one leaves the day of a bare time open."""
    return period.date if period.start == period.end else None


def _recovered(
    found: dict[str, list[str]], told: _Told, words: str, occurred: dt.datetime | dt.date | None,
    until: Moment | None, reading: Reading,
) -> dt.datetime | None:  # fmt: skip
    moment: Moment | None = None
    if given := _first(found, "recovered"):
        levelled = text.level(given)
        moments = [m for m in clock.moments(levelled, reading.period) if m.time]
        moment = _next_day(moments[-1], levelled, occurred) if moments else None
    if moment is None:
        levelled = text.level(words)
        moment = _recovery(levelled, None, reading)
        moment = _next_day(moment, levelled, occurred) if moment else until
    if moment is None or moment.time is None or occurred is None:
        return None
    day = moment.day or (occurred.date() if isinstance(occurred, dt.datetime) else occurred)
    recovered = dt.datetime.combine(day, moment.time)
    if isinstance(occurred, dt.datetime) and recovered < occurred and moment.day is None:
        recovered += dt.timedelta(days=1)
    return recovered


def _next_day(moment: Moment, levelled: str, occurred: dt.datetime | dt.date | None) -> Moment:
    """`次日00:20` is the day after it began, not the day after the report."""
    near = _NEXT_DAY.search(levelled, max(0, moment.at - 8), moment.at + 4)
    if not near or occurred is None:
        return moment
    day = (occurred.date() if isinstance(occurred, dt.datetime) else occurred) + dt.timedelta(days=1)
    return msgspec.structs.replace(moment, day=day)


def _recovery(levelled: str, after: Moment | None, reading: Reading) -> Moment | None:
    """The time that stands beside a word of recovery: `"确定原因清理日志后，11:51恢复"`, `"Mitigated at 15:20"`."""
    words = reading.lexicon.words("signs", "recovery").pattern
    beside: list[Moment] = []
    for moment in clock.moments(levelled, reading.period):
        if moment.time is None or (after and moment.at <= after.at):
            continue
        tail = re.compile(r"[^,，。;；\n\d]{0,14}?(?:" + words.pattern + ")").match(levelled, moment.to)
        head = re.compile(r"(?:" + words.pattern + r")[^,，。;；\n\d]{0,8}$").search(levelled[: moment.at])
        match = tail or head
        if not match:
            continue
        if tail and (_NOT_YET.search(levelled[: _word_start(words, levelled, moment.to, tail.end())])):
            continue
        beside.append(moment)
    whole = [m for m in beside if not re.match(r"\s*(?:部分|逐步|陆续)|\s*partial", levelled[m.to : m.to + 10])]
    return (whole or beside or [None])[0]  # type: ignore[list-item]


def _word_start(words: re.Pattern[str], levelled: str, at: int, to: int) -> int:
    found = words.search(levelled, at, to)
    return found.start() if found else to


def _stated_minutes(levelled: str, lexicon: Lexicon) -> int | None:
    """`持续35分钟`, `历时约2小时`, `影响时长40min`, `lasted 2 hours`: the length that a word for it introduces."""
    for match in lexicon.words("signs", "duration").pattern.finditer(levelled):
        near = re.match(
            r"\s*(?:时间|时长|了|约|大约|近|为|共|[:：]|about|roughly|approximately|around|nearly|~)*\s*",
            levelled[match.end() :],
        )
        begin = match.end() + (near.end() if near else 0)
        window = levelled[begin : begin + 14]
        if re.match(r"(?:\d|[一二两三四五六七八九十半])", window) and (found := clock.minutes(window)) is not None:
            number = re.match(r"[\d.一二两三四五六七八九十半个]+\s*(?:小时|分钟|分|天|钟头|h|m|d|秒|s)", window)
            if number:
                return found
    return None


def _minutes(
    occurred: dt.datetime | dt.date | None,
    recovered: dt.datetime | None,
    given: str | None,
    words: str,
    lexicon: Lexicon,
) -> int | None:
    if isinstance(occurred, dt.datetime) and recovered and recovered >= occurred:
        return round((recovered - occurred).total_seconds() / 60)
    if given and (found := clock.minutes(text.level(given))) is not None:
        return found
    return _stated_minutes(text.level(words), lexicon)
