"""From when to when something was broken, and for how many minutes."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from notion_archive import clock, stamps, text
from notion_archive.clock import Moment
from notion_archive.kinds.reading import Reading
from notion_archive.lexicon import Lexicon
from notion_archive.period import Period

_RANGE = re.compile(rf"\s*(?:{clock.ZONE})?\s*(?:-{{1,2}}|~|至|到|to|until|→)\s*(?:次日|翌日|第二天|当日|当天)?\s*")
_BETWEEN = re.compile(r"(?<![a-z])between\s*$")
_AT = re.compile(
    r"[\s,]*(?:morning|afternoon|evening|night)?[\s,(]*(?:at|from|between|about|around|~)?\s*"
)  # Jun 9 between 4pm and 5:30pm
_NEXT_DAY = re.compile(r"(?:次日|翌日|第二天|隔日|隔天|next day|the next day|following day)\s*")
_SAME_DAY = re.compile(r"(?:当晚|当天|当日|同日|同一天|当夜|same day|that (?:day|evening|night))\s*")
_NOT_YET = re.compile(r"(?:未|无法|没|尚未|不能|not|yet to be|无)\s*$")
_LATER_THAN = re.compile(
    r"(?:晚于|早于|不晚于|迟于|超过|应于|应在|本应|原定|later than|after|before)\s*$"
)  # 晚于 8 点产出
_UNTIL = re.compile(
    r"(?:(?<![a-z])(?:until|till)|直到|直至|一直到)\s*(?:约|about|around)?\s*$"
)  # no callbacks until 11:05
_PARTLY = re.compile(r"\s*(?:部分|逐步|陆续)|\s*partial")
_REACH = 14  # so many characters may stand between a time and the word of recovery it belongs to
_BACK = r"[^。;\n]*?,\s*(?P<what>[^,。;\n\d]{0,8}?)(?:{words})(?:正常)?\s*(?:[。;\n]|$)"
_BACK_AFTER = rf"[^,，。;；\n\d]{{0,{_REACH}}}?(?P<word>{{words}})"
_RIGHT_AFTER = rf"\s*(?:{clock.ZONE})?\s*(?:已|全部|服务|业务)?\s*" + "(?:{words})"
_ARRIVED_AFTER = (
    rf"\s*(?:{clock.ZONE})?\s*(?:左右)?\s*(?:才|方)?"
    r"\s*[^\W\d未没不无]{0,8}?(?:{words})(?:了|完毕)?\s*(?=$|[,;。.\n!])"
)
_ABOUT = re.compile(
    r"\s*(?:时间|时长|了|约|大约|近|为|共|不到|将近|[:：]|about|roughly|approximately|around|nearly|some|for|~)*\s*"
)
_AMOUNT = re.compile(
    r"(?:\d[\d.]*|[一二两三四五六七八九十半]+)[来多余]?\s*(?:个[半多]?)?\s*(?:小时|刻钟|分钟|分|天|钟头|min(?:ute)?s?|h|m|d|秒|s)"
)
_IN_BRACKETS = re.compile(
    r"\((?:[^()]*\d:\d\d[^()\d]*,)?\s*(?:约|about|~)?\s*(?P<length>\d[\d.]*\s*(?:小时|分钟|分|min(?:ute)?s?|h(?:ou)?rs?|h|m))\s*\)"
)
_LATER = re.compile(rf"(?P<length>{_AMOUNT.pattern})(?:钟)?\s*(?:之后|以后|后)")
_SOON_OVER = 31  # days
_HALF_DAY = dt.timedelta(hours=12)
_DAY = dt.timedelta(days=1)

Day = dt.datetime | dt.date


class Outage(Struct, frozen=True, kw_only=True):
    """When something began and was over; `span` is where the beginning stands in the sentence, if it stands there."""

    occurred: Day | None = None
    recovered: dt.datetime | None = None
    minutes: int | None = None
    span: tuple[int, int] | None = None


class Beginning(Struct, frozen=True, kw_only=True):
    """The first moment of an incident, and the end of a span written with it (`14:00-14:35`)."""

    when: Day | None = None
    moment: Moment | None = None
    until: Moment | None = None
    over: Moment | None = None  # where the recovery is told first: `12/7 21:40 恢复：21:05 支付宝下单 502`

    @property
    def span(self) -> tuple[int, int] | None:
        """Where it stands: in `4/3 14:00-14:35 超时` at (0, 15)."""
        if self.moment is None:
            return None
        return self.moment.at, (self.until or self.moment).to


def read(lead: str, found: Mapping[str, list[str]], values: Sequence[str], reading: Reading) -> Outage:
    """The outage a sentence and labelled parts tell of; `values` are the parts' words, in which a recovery may stand.

    `"4/8 20:43 光大鉴权通道异常"` and `"联系行方解决，22:12 服务恢复"` -> 20:43 to 22:12, 89 minutes.
    """
    own = beginning(lead, reading)
    first = _stated_beginning(found, own.when, reading) or own
    if first.when is None:
        first = beginning("\n".join(found.get("summary", ())[:1]), reading)
    if not isinstance(first.when, dt.datetime):
        first = _clocked(found, first.when, reading) or _from_timeline(found, first.when, reading) or first
    if first.when is None:
        first = next((other for words in values if (other := beginning(words, reading)).when), first)
    recovered = _recovered(found, lead, own, first, values, reading)
    minutes = _between(first.when, recovered)
    if minutes is None:
        minutes = _stated(found, lead, values, reading.lexicon)
    return Outage(occurred=first.when, recovered=recovered, minutes=minutes, span=own.span)


def beginning(words: str, reading: Reading) -> Beginning:
    """`"4/3 14:00-14:35 中行代付超时"` -> 14:00 on that day, until 14:35; a bare time is on the day of a daily report."""
    levelled = text.level(words)
    moments = clock.moments(levelled, reading.period)
    if not moments:
        return Beginning()
    over = moments[0] if _begins_with_end(levelled, moments, reading.lexicon) else None
    own = [i for i, m in enumerate(moments) if m is not over and (not i or not _is_relative(levelled, m))]
    start = next((i for i in own if moments[i].day and moments[i].time), None)
    if start is None:
        start = next((i for i in own if moments[i].time), 0)
    if (
        start != own[0]
        and _is_day_at_head(moments[own[0]])
        and _is_recovery(levelled, moments[start], 0, reading.lexicon)
    ):
        start = own[0]
    moment = moments[start]
    before, behind = ([moments[i].day for i in own if (i <= start) is first] for first in (True, False))
    days = [*before, over.day if over else None, _only_day(reading.period), *behind]
    day = next(filter(None, days), None)
    after = moments[start + 1] if start + 1 < len(moments) else None
    if after and _is_range(levelled, moment, after):
        moment = _same_half(moment, after)
    when = moment.on(day)
    until = None
    if after and _is_range(levelled, moment, after):
        until = _on_its_day(after, levelled[moment.to : after.to], when)
    for before_it in reversed(moments[:start]):
        if before_it.time or not before_it.day or not _AT.fullmatch(levelled, before_it.to, moment.at):
            break
        moment = structs.replace(moment, at=before_it.at)
    return Beginning(when=when, moment=moment, until=until, over=over)


def _is_day_at_head(moment: Moment) -> bool:
    """The day of `12/7 通联结算文件解析失败，12/8 10:00 补齐`: of the two, the one it began on."""
    return moment.time is None and moment.day is not None and moment.at <= 1


def _same_half(moment: Moment, after: Moment) -> Moment:
    """`7:42–8:29 PM`: what stands behind the end is said of the beginning, where that comes before it so."""
    if moment.part or not after.part or moment.time is None or after.time is None or moment.time.hour >= 12:
        return moment
    later = moment.time.replace(hour=moment.time.hour + 12)
    return structs.replace(moment, time=later, part=after.part) if moment.time < later <= after.time else moment


def _is_range(levelled: str, moment: Moment, after: Moment) -> bool:
    """`14:00-14:35`, `10:15 to 10:42`, `between 4pm and 5:30pm`."""
    if _BETWEEN.search(levelled, 0, moment.at):
        return levelled[moment.to : after.at].strip() == "and"
    return _RANGE.fullmatch(levelled, moment.to, after.at) is not None


def _begins_with_end(levelled: str, moments: Sequence[Moment], lexicon: Lexicon) -> bool:
    """Whether the first of several times is that of the recovery: `12/8 22:10 恢复 —— 21:30 农行鉴权超时`."""
    others = [moment for moment in moments[1:] if moment.time and not _is_relative(levelled, moment)]
    if not moments[0].time or not others or not _is_beside(levelled, moments[0], lexicon):
        return False
    return not any(_is_beside(levelled, moment, lexicon) for moment in others)


def _is_beside(levelled: str, moment: Moment, lexicon: Lexicon) -> bool:
    """Whether a word of recovery stands right beside a time: `21:40 恢复`, `recovered at 14:40`."""
    recovery = lexicon.words("signs", "recovery").within
    after = recovery(_RIGHT_AFTER).match(levelled, moment.to)
    return (after or recovery(r"(?:{words})(?:\s+(?:at|by|on))?\s*$").search(levelled[: moment.at])) is not None


def _is_relative(levelled: str, moment: Moment) -> bool:
    """Whether a moment is said to be on the day of another one, or the day after it: `当晚23:00`, `次日00:32`."""
    near = levelled[max(0, moment.at - 4) : moment.to]
    return bool(_NEXT_DAY.search(near) or _SAME_DAY.search(near))


def _only_day(period: Period) -> dt.date | None:
    """The day of a daily report; a weekly one leaves the day of a bare time open: `10:37 告警` under no day."""
    return period.date if period.start == period.end else None


def _stated_beginning(found: Mapping[str, list[str]], day: Day | None, reading: Reading) -> Beginning | None:
    """What stands under 发生时间, Started; a day and a time under two labels (日期, 时间) belong together, and a time
    without a day is on the `day` the title has.
    """
    for meaning in ("occurred", "detected"):
        for words in [*found.get(meaning, ())[:1], " ".join(found.get(meaning, ()))]:
            first = beginning(words, reading)
            if first.when is None and first.moment and day:
                first = structs.replace(first, when=first.moment.on(_day(day)))
            if isinstance(first.when, dt.datetime) or (first.when and len(found[meaning]) == 1):
                return first
    return None


def _clocked(found: Mapping[str, list[str]], day: Day | None, reading: Reading) -> Beginning | None:
    """The time of day that the length or the summary gives to a stated day: the `08:22` of `Duration: 4 h (08:22 - 12:22)`,
    the `09:12` of `Between 09:12 and 09:54 cards were declined`.
    """
    told = [(words, True) for words in found.get("duration", ())]
    for words, spans in [*told, *((words, False) for words in found.get("summary", ())[:1])]:
        first = beginning(words, reading)
        timed = first.moment and first.moment.time and (first.until or not spans)
        if first.moment and timed and (on := first.when or day):
            return structs.replace(first, when=first.moment.on(_day(on)))
    return None


def _from_timeline(found: Mapping[str, list[str]], day: Day | None, reading: Reading) -> Beginning | None:
    """The first time of a timeline, on its own day, the stated one or that of the page: the `15:32` of `15:32 告警 15:40 切流`."""
    first = beginning("\n".join(found.get("timeline", ())), reading)
    if first.moment is None or first.moment.time is None:
        return None
    return structs.replace(first, when=first.moment.on(_day(day) if day else _only_day(reading.period)), until=None)


def _recovered(
    found: Mapping[str, list[str]], lead: str, own: Beginning, first: Beginning, values: Sequence[str], reading: Reading
) -> dt.datetime | None:
    """A stated time of recovery, the end of a span, or the time beside a word of recovery, in that order of trust.

    `恢复时间：14:35`, `14:00-14:35 超时；专线 17:30 修复` and `14:00 超时，14:35恢复` are all over at 14:35.
    """
    for words in found.get("recovered", ()):
        levelled = text.level(words)
        if timed := [moment for moment in clock.moments(levelled, reading.period) if moment.time]:
            return _after(first, _on_its_day(timed[-1], levelled[: timed[-1].to], first.when))
    if own.over:
        return _after(first, own.over)
    if own.until and own.moment and own.moment.time and first.when == own.when:
        return _after(first, own.until)
    after = own.span[1] if own.span else 0
    told = [(words, span[1]) for words in found.get("occurred", ()) if (span := beginning(words, reading).span)]
    for words, begin in [(lead, after), *((value, 0) for value in values), *told]:
        if moment := recovery(text.level(words), begin, first.when, reading):
            return _after(first, moment)
    until = first.until
    if until is None and (timeline := found.get("timeline")):
        until = _end_of_timeline(timeline, reading)
    if until:
        return _after(first, until)
    return _so_long_after(first.when, [lead, *values], reading.lexicon)


def _so_long_after(began: Day | None, told: Sequence[str], lexicon: Lexicon) -> dt.datetime | None:
    """`12/20 21:03 写入延迟，37分钟后恢复` -> 21:40."""
    if not isinstance(began, dt.datetime):
        return None
    recovery = lexicon.words("signs", "recovery").within(r"[^,。;]{0,6}?(?:{words})")
    for levelled in map(text.level, told):
        found = _LATER.search(levelled) if "后" in levelled else None
        if found and recovery.match(levelled, found.end()):
            minutes = clock.minutes(found["length"])
            return began + dt.timedelta(minutes=minutes) if minutes else None
    return None


def recovery(levelled: str, begin: int, began: Day | None, reading: Reading) -> Moment | None:
    """The time that stands beside a word of recovery, from `begin` on: `"清掉日志后，11:51恢复"`, `"Mitigated at 15:20"`."""
    beside = [
        _on_its_day(moment, levelled[max(0, moment.at - 10) : moment.to], began)
        for moment in clock.moments(levelled, reading.period)
        if moment.time and moment.at >= begin and _is_recovery(levelled, moment, begin, reading.lexicon)
    ]
    beside = beside or list(_at_the_end(levelled, begin, reading))
    return next((m for m in beside if not _PARTLY.match(levelled, m.to)), beside[0] if beside else None)


def _at_the_end(levelled: str, begin: int, reading: Reading) -> Iterator[Moment]:
    """The last time of a sentence that ends with what was back again: `11:08 行方前置机重启完成，成功率恢复。`."""
    back = reading.lexicon.words("signs", "recovery").within(_BACK)
    timed = [m for m in clock.moments(levelled, reading.period) if m.time and m.at >= begin]
    for moment, end in zip(timed, [*(m.at for m in timed[1:]), len(levelled)], strict=False):
        found = back.match(levelled, moment.to, end)
        if (begin or len(timed) > 1) and found and not _NOT_YET.search(found["what"]):
            yield moment


def _is_recovery(levelled: str, moment: Moment, begin: int, lexicon: Lexicon) -> bool:
    """Whether a time is that of the recovery: `14:35恢复`, `recovered at 14:35`; `14:35仍未恢复` is not."""
    recovery = lexicon.words("signs", "recovery").within
    tail = recovery(_BACK_AFTER).match(levelled, moment.to)
    if tail:
        return not _NOT_YET.search(levelled[: tail.start("word")])
    if _UNTIL.search(levelled, begin, moment.at):
        return True
    head = recovery(r"(?P<word>{words})[^,，。;；\n\d]{0,8}$").search(levelled[begin : moment.at])
    if head:
        return not _NOT_YET.search(levelled[begin : begin + head.start("word")])
    return is_arrival(levelled, moment, lexicon)


def is_arrival(levelled: str, moment: Moment, lexicon: Lexicon) -> bool:
    """`06:47 到齐`, `10:10 跑通`, `got it 12/26 09:40`: what was missing came, and the sentence ends."""
    if _LATER_THAN.search(levelled, 0, moment.at):
        return False
    arrived = lexicon.words("signs", "arrived").within
    if arrived(_ARRIVED_AFTER).match(levelled, moment.to):
        return True
    before = arrived(r"(?:{words})\s*(?:at|by|on)?\s*$").search(levelled[: moment.at])
    return before is not None and before[0].isascii()


def _end_of_timeline(told: Sequence[str], reading: Reading) -> Moment | None:
    """The last entry of a timeline that tells of recovery: `00:52 CDN cache purged, checkout recovered`."""
    levelled = text.level("\n".join(told))
    moments = [moment for moment in clock.moments(levelled, reading.period) if moment.time]
    ends = [*(moment.at for moment in moments[1:]), len(levelled)]
    recovered = reading.lexicon.words("signs", "recovery")
    entries = zip(moments[1:], ends[1:], strict=False)
    return next((m for m, end in reversed(list(entries)) if recovered.search(levelled[m.to : end])), None)


def _on_its_day(moment: Moment, near: str, began: Day | None) -> Moment:
    """`次日00:20` is the day after it began, not after the report; `当晚23:00` the day it began."""
    if _NEXT_DAY.search(near):
        return structs.replace(moment, day=_day(began) + _DAY if began else None)
    return structs.replace(moment, day=None) if _SAME_DAY.search(near) else moment


def _after(first: Beginning, moment: Moment) -> dt.datetime | None:
    """The moment as a point in time after the beginning: past midnight, and `下午3点 … 3点50` in the same half of the day."""
    if moment.time is None or first.when is None:
        return None
    at = dt.datetime.combine(_same_year(moment.day, _day(first.when)), moment.time)
    if not isinstance(first.when, dt.datetime) or at >= first.when or moment.day:
        return at
    spoken = first.moment is not None and first.moment.part and not moment.part and at.hour < 12
    return at + _HALF_DAY if spoken and at + _HALF_DAY > first.when else at + _DAY


def _same_year(day: dt.date | None, began: dt.date) -> dt.date:
    """The day it was over, that of the beginning where none is told: `Fri 27 Jun` after June 26 is of the same year, though a
    report of June 26 takes it for the year before.
    """
    if day is None:
        return began
    later = stamps.years_on(day, 1)
    return later if day < began and 0 <= (later - began).days <= _SOON_OVER else day


def _day(when: Day) -> dt.date:
    """The day of a time: `2024-03-08 14:05` -> 2024-03-08."""
    return when.date() if isinstance(when, dt.datetime) else when


def _between(began: Day | None, over: dt.datetime | None) -> int | None:
    """Minutes from 14:00 to `14:35恢复`: 35; None where only the day is known."""
    if not isinstance(began, dt.datetime) or over is None or over < began:
        return None
    return round((over - began).total_seconds() / 60)


def _stated(found: Mapping[str, list[str]], lead: str, values: Sequence[str], lexicon: Lexicon) -> int | None:
    """How long it lasted where that is written: under `持续时间：35分钟`, after a word for it, or in brackets."""
    for words in (*found.get("duration", ()), *found.get("recovered", ())):
        if (minutes := clock.minutes(text.level(words))) is not None:
            return minutes
    for words in (lead, *values, *found.get("impact", ()), *found.get("occurred", ())):
        if (minutes := lasting(text.level(words), lexicon)) is not None:
            return minutes
    ends = (
        _ABOUT.sub("", re.split("[,，]", text.level(words))[-1].strip(), count=1) for words in found.get("occurred", ())
    )
    return next((clock.minutes(end) for end in ends if _AMOUNT.match(end)), None)  # 9/10 22:47起，18分钟


def lasting(levelled: str, lexicon: Lexicon) -> int | None:
    """`持续35分钟`, `历时约2小时`, `影响时长40min`, `lasted 2 hours`, `(35分钟)`: the length that a word or a bracket introduces."""
    for match in lexicon.words("signs", "duration").pattern.finditer(levelled):
        about = _ABOUT.match(levelled, match.end())
        begin = about.end() if about else match.end()
        if _AMOUNT.match(levelled, begin):
            return clock.minutes(levelled[begin : begin + 14])
    bracketed = _IN_BRACKETS.search(levelled)
    return clock.minutes(bracketed["length"]) if bracketed else None
