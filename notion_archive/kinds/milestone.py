"""Promised and kept dates: `预计4/12给出接口`, `由4/17推迟到4/24`, `钱包4/13上线`, `by mid-May`."""

import re
from collections.abc import Iterator

from notion_archive import dates, text
from notion_archive.dates import Days, Direction, Period
from notion_archive.kinds import progress
from notion_archive.lexicon import Lexicon
from notion_archive.records import Milestone, State

_CLAUSE_EDGE = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|[，。;；!！\n|]|\.\s|\s-+\s")
_NO_PROMISE = re.compile(
    r"(?:截至|截止到?|自从|as of|更新于|记录于|版本|有效期至?|到期|过期|出现在|发生在|成立于"
    r"|(?:会议|封网|放假|值班)(?:时间)?:?)\s*$|上次"
)
_VAGUE = re.compile(r"(?:今[天日晚早晨]|当[天日晚]|本月|当月|这个月|today|tonight|this (?:week|month|morning))$")
_NEXT_WEEK = re.compile(r"(?:下+个?(?:周|星期|一周)|next week)$")
_ORIGINALLY = re.compile(r"(?:原(?:计划|定|预计|排期|为)?|originally|\(was|(?<!d )from)\s*$")
_OF_A_QUARTER = re.compile(r"\s*(?:okr|复盘|总结|目标|述职|绩效|规划|财报|review|goals|planning|report|results)")
_SINCE = re.compile(r"^\s*(?:以来|不做|不再|开始出现|到期|过期|的|数据)")
_WEEKDAY_BEFORE = re.compile(r"(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$")  # Tue, Mar 12
_SHORT = 12
_YEAR_BEHIND = re.compile(r",\s*20\d\d(?!\d)")
_LISTED = re.compile("、")
_TEXT_EDGES = ". \t\n,，。;；:：|[]-—–"


def read(words: str, period: Period, lexicon: Lexicon) -> tuple[Milestone, ...]:
    """Every clause that ties something to a day.

    Wording decides the state first (已上线; 预计, 延期至), the report's date where the wording leaves it open.
    Where a day was moved, the new one is the milestone; 原计划 beside a new day is none.
    """
    return tuple(_read(words, period, lexicon))


def _read(words: str, period: Period, lexicon: Lexicon) -> Iterator[Milestone]:
    levelled = text.level(words)
    moved = lexicon.words("wording", "moved")
    for start, end in _clauses(levelled, period):
        clause = levelled[start:end]
        direction = _direction(clause, lexicon)
        counted = progress.counts(clause)
        spans = [
            s for s in dates.find(clause, period, direction)
            if _promises(clause, s, lexicon) and not any(at <= s.at < to for at, to in counted)
        ]  # fmt: skip
        spans = [s for s in spans if not _ORIGINALLY.search(clause[: s.at])] or spans
        if not spans:
            continue
        spans = [s for s in spans if s is spans[0] or not _tells_of_a_move(clause, s)]
        if move := moved.last(clause):
            spans = [s for s in spans if s.at >= move.start() and not move[0].endswith("from")][:1] or spans[-1:]
        elif moved.search(levelled, end) and _was_forecast(clause, spans, lexicon):
            continue
        for index, span in enumerate(spans):
            begin = spans[index - 1].to if index else 0
            until = spans[index + 1].at if index + 1 < len(spans) else len(clause)
            own = clause[begin:until] if len(spans) > 1 else clause
            said = words[start:end] if len(spans) == 1 or move else words[start + begin : start + until]
            yield Milestone(
                text=_trimmed(said), start=span.first, end=span.last,
                state=_state(own, clause, span, period, lexicon),
            )  # fmt: skip


def _tells_of_a_move(clause: str, span: Days) -> bool:
    """`"3/12 投产（2/26 → 3/12，行方排队）"`: brackets that only tell how the day before them was moved."""
    bracket = clause.rfind("(", 0, span.at)
    return bracket > clause.rfind(")", 0, span.at) and re.search("→|->", clause[bracket : span.to + 3]) is not None


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
    """The milestones of a cell or label that holds dates: without other wording they are still ahead."""
    found = read(words, period, lexicon)
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
        if _WEEKDAY_BEFORE.search(levelled, begin, edge.start()) or _is_day(levelled[begin : edge.start()], period):
            continue
        yield from _listed(levelled, begin, edge.start(), period)
        begin = edge.end()
    yield from _listed(levelled, begin, len(levelled), period)


def _listed(levelled: str, begin: int, end: int, period: Period) -> Iterator[tuple[int, int]]:
    """`"提测 5/31（已完成）、UAT 6/14、上线 7/4"`: a clause for each step with a day of its own."""
    edges = [m.start() for m in _LISTED.finditer(levelled, begin, end) if not _is_inside(levelled, begin, m.start())]
    cuts = [begin, *(edge + 1 for edge in edges)]
    pieces = list(zip(cuts, [*edges, end], strict=True))
    if len(pieces) > 1 and all(dates.find(levelled[at:to], period, "near") for at, to in pieces):
        yield from pieces
    else:
        yield begin, end


def _is_day(clause: str, period: Period) -> bool:
    """`周三，前置机扩容`: a clause that is a day and no more goes on with the next."""
    spans = dates.find(clause, period, "near") if len(clause) <= _SHORT else ()
    return len(spans) == 1 and not any(map(str.isalnum, clause[: spans[0].at] + clause[spans[0].to :]))


def _is_inside(levelled: str, begin: int, at: int) -> bool:
    return levelled.rfind("(", begin, at) > levelled.rfind(")", begin, at)


def _promises(clause: str, span: Days, lexicon: Lexicon) -> bool:
    """Whether a step is tied to the day: `"4/12上线"`; not `"截至4/12"`, `"11月上旬的沟通结果"`, `"今天"`."""
    words = clause[span.at : span.to].strip()
    if _VAGUE.fullmatch(words):
        return False
    if _NEXT_WEEK.fullmatch(words) and not lexicon.words("statuses", "planned").search(clause.replace(words, "")):
        return False
    if _OF_A_QUARTER.match(clause, span.to):
        return False
    before = clause[: span.at]
    if re.search(r"since\s*$", before):
        return lexicon.words("wording", "delivered").search(before) is not None
    return not _NO_PROMISE.search(before) and not _SINCE.match(clause[span.to :])


def _direction(clause: str, lexicon: Lexicon) -> Direction:
    if lexicon.words("wording", "planned").search(clause):
        return "ahead"
    return "past" if lexicon.words("wording", "done").search(clause) and "已" in clause else "near"


def _state(own: str, clause: str, span: Days, period: Period, lexicon: Lexicon) -> State:
    """`"4/11已上线"` -> done; `"预计4/12上线"` -> planned; `"9/23前完成"` in a report of 9/18 -> planned."""
    promise = lexicon.words("wording", "planned")
    if (close := promise.last(clause[: span.at])) and span.at - close.end() <= 4 and "已" not in clause[close.end() :]:
        return "planned"
    planned = promise.search(clause) is not None
    done = any(lexicon.words("wording", meaning).search(own) for meaning in ("done", "delivered"))
    ahead = period.anchor is None or span.last > period.anchor
    if (
        done
        and not ahead
        and (
            not planned
            or re.search(
                r"已|如期|顺利|成功|shipped|launched|released|live|done|signed off|merged|passed|approved|finished|completed|switched",
                own,
            )
        )
    ):
        return "done"
    if planned or ahead:
        return "planned"
    return "done"


def _by_date(span: Days, period: Period) -> State:
    return "planned" if period.anchor is None or span.last > period.anchor else "done"
