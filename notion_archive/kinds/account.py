"""What a sentence tells of an incident: what happened, why, what was done about it.

`"4/3 14:00 中行代付超时，约300笔失败，行方专线抖动，切换备用线路，14:35恢复。"` has two clauses that tell what happened,
one that tells why, one what was done, and one that only tells when it was over.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import dropwhile
from typing import Literal

import msgspec
from msgspec import Struct

from notion_archive import gates, text
from notion_archive.institutions import Institutions
from notion_archive.kinds import failing, unmarked
from notion_archive.kinds.clauses import EDGES, TIME, Clause, time_at_start
from notion_archive.kinds.deeds import Deeds
from notion_archive.kinds.endings import Endings
from notion_archive.lexicon import Lexicon, Words

Role = Literal["summary", "cause", "resolution", "later"]
_SEVERITY = re.compile(
    r"\W*(?:(?:这|此|本)次)?(?:故障|事故|事件|问题)?(?:级别|等级|定级|评级|定为|severity|sev level|priority)?\s*(?:为|是|:)?\s*"
    r"\(?(?:sev-?\s?[0-5]|p[0-4]级?|s[0-4]级|[a-e]\s*[级类]|[一二三四]级)(?:故障|事故|事件)?\W*"
)
_APPEARED = re.compile(r"\s*(?:现象|表现|症状|具体表现)(?:为|是)\s*(?=\S{3})")  # 表现为出款全部排队
_BEGAN = re.compile(
    rf"\W*(?:故障|事故|事件|问题|异常|outage|incident|it)?\s*(?:started|began|occurred|detected|from|at|时间|发生|开始|发现)?(?:于|at)?[\s:{TIME}]*(?:发生|开始|发现)?\W*"
)
_QUANTITY_ENDS = re.compile(
    r"(?<!个)\d[\d.,]*\s*(?:%|‰|万|亿|k)?\s*[^\d\s,，。]{0,3}$|^\s*\d[\d,]*\s(?:merchants|customers|users|payers)\s(?!re|credit)"
)
_UNTIL = re.compile(rf"(?<=[\w)])[\s,]*\s(?:until|till)\s+{TIME}+\s*$")
_CAUSED = re.compile(
    r"(?:所?导致|造成|引起|引发|所致|(?<![无有受大小的])(?<!业务)(?<!用户)(?<!商户)(?<!交易)(?<!造成)所?影响)的?\s*$"
)
_BECAUSE_WITHIN = re.compile(
    r"(?<=\S)(?:由于|因为|因)(?!此|而)|(?<=\w)\s+(?:due to|caused by|because of|because|owing to|as a result of)\s+"
)
_NOTICED = re.compile(
    r"\W*(?:收到|接到)?(?:监控|系统|业务|短信|电话|客服|商户|用户)*(?:告警|报警|报障|反馈|通知)\W*|"
    r"\W*(?:现象|问题|异常|故障)?由[^,，。]{1,16}(?:反馈|发现|上报|报告|报障|提出|告知)\W*"
    r"|\W*(?:it |this |first )*(?:was )?(?:detected|noticed|reported|spotted|flagged|discovered|raised|found)\b[^,.]{0,12}?\bby\b[^,.]*"
)
_ASKED = re.compile(
    r"\W*经(?:与|向|和|跟)[^,，。]{1,10}(?:核实|确认|沟通|了解|排查|核查|查证)后?\W*"
)  # 经与行方核实，为其…
_ELSEWHERE = re.compile(
    r"\W*(?:(?:细节|详情|具体|详细|过程)(?:请|可)?[看见]|参见|详见|参看|见(?=\s*[\d《「]|复盘|日报|附件|链接|[上下]文)"
    r"|(?:see|details in)\s).*"
)  # 细节看 3.12日报
_IS_IT = re.compile(r"\s*(?:系|为(?=其|该|对方|行方|我方))")
_UNKNOWN = re.compile(
    r"[^,，。]{0,8}(?:未|没有?|尚未)(?:说明|告知|反馈|给出|回复)(?:具体)?(?:原因|根因|结论)?|"
    r"\W*(?:(?:no|unknown) (?:known )?(?:root )?cause\b.*|(?:root )?cause (?:is )?(?:unknown|not known|tbd|pending)\b.*"
    r"|待[^,，。]{0,8}(?:反馈|确认|排查|定位|分析)|(?:根因|原因|具体原因)(?:不明|未知|待查|排查中|待定|待确认|待排查|未明|仍在排查|还在排查).{0,4})\W*"
)
_TOLD_WHY = re.compile(
    r"[^,，。]{0,6}?(?:确认|反馈|承认|告知|回复|答复|解释|表示)(?:说)?(?:是|为|:|：)?\s*(?=\S[^,，。]{3})"
)  # 行方确认换了证书
_ASKED_WHY = re.compile(
    r"\s*经?(?:联系|与|跟|和|咨询|询问|沟通|协调|排查|核实)[^,，。]{1,16}?(?:(?:确认|反馈|得知|获悉|发现|查明|告知|回复)说?(?:是|为|系|因)|得知|获悉|查明)(?=\S{4})"
)  # 联系光大技术确认是其连接池耗尽
_TO_COME = re.compile(r"\s*(?:后续|接下来|下一步|下周|未来|计划|拟|打算|will |next week |follow-?up)")
_NOT_BECAUSE = re.compile("受影响|系[统統列数]")  # 受影响84人, 系統維護期間
_BY_MEANS = re.compile(
    r"\s*(?:处理|处置|解决|修复|应对)(?:(?:方式|办法|措施|方案|手段)?(?:是|为)|上)\s*"
)  # 处理方式是剔除重复文件后重跑
_FOUND_OUT = re.compile(
    r"\s*(?:(?:经|最终|后来|后续)?(?:排查|定位|查|核实|分析|确认)(?:下来|到|后|发现|明)?)+"
)  # 定位下来|原因是
_HAD = re.compile(
    r"(?<![a-z])had\s+(?:(?:not|never|just|already|been|silently|also)\s+)*[a-z]+(?:ed|en|un|wn|pt|ft|lt|id|ne|de|st|ck)\b"
)  # a batch job had leaked connections: what came before the symptom
_THIS_ONE = re.compile(
    r"^(?:本次|此次|该)(?:事故|故障|事件|问题)(?:中)?[，,：:\s]*(?=\S{4})(?![是为由因影导造持发涉共已从在])"
)
_SETTLED = re.compile(r"(?<!现)已(?![知有达超受无])")
_GIVEN_WHY = re.compile(
    r"\s*[^,，。]{0,10}?(?:回复|反馈|确认|告知|给出|解释|答复|说明|通报)的(?:原因|说法|解释|理由)(?:是|为)\s*(?=\S{3})"
)
_SIDE, _ENGLISH_SIDE = 4, 12  # so far into a clause may stand who it was: `后来行方丢包`, `the CDN provider had …`
_SPACE = gates.headed(
    re.compile(
        r"(?<=[\u4e00-\u9fff\d)%])(?<![慢大长旧老条个次的某])[ \t]+"
        r"(?=[\u4e00-\u9fff\w\x00])(?!\d)|(?<=[\u4e00-\u9fff]):\s*(?=[\u4e00-\u9fffa-z])"
    )
)


class Account(Struct, frozen=True, kw_only=True):
    """What is told; empty what is not. `later` is what is only going to be done."""

    summary: str = ""
    cause: str = ""
    resolution: str = ""
    later: str = ""


class Teller:
    """Tells what clauses are about."""

    def __init__(self, lexicon: Lexicon, institutions: Institutions) -> None:
        self.lexicon = lexicon
        self.institutions = institutions
        self.deeds = Deeds(lexicon, institutions)
        self.endings = Endings(lexicon)

    def _sign(self, meaning: str) -> Words:
        """The words of a meaning in the lexicon's table of signs: "because" -> 因为, due to."""
        return self.lexicon.words("signs", meaning)

    def account(self, clauses: Iterable[Clause], role: Role = "summary", elsewhere: Collection[Role] = ()) -> Account:
        """What clauses tell, the first of them under `role`; no clause is given to what is told `elsewhere`.

        `中行代付超时，因专线抖动，切换线路后恢复` -> 中行代付超时 / 专线抖动 / 切换线路.
        """
        parts: dict[Role, list[str]] = {"summary": [], "cause": [], "resolution": [], "later": []}
        started, over, back = role, False, ""  # 处理：切备线，16:27恢复，漏单已补
        told = self._from_the_time([part for clause in clauses for part in self._spaced(clause)])
        if role == "summary" and (pieces := self._piped(told)):
            return pieces
        for at, clause in enumerate(told):
            if self.is_nothing(clause.plain):
                if self.endings.is_recovery(clause.plain):
                    over, back = True, clause.words + clause.stop if started == role == "resolution" else ""
                continue
            symptom = "".join(parts["summary"]) if started == "summary" else "".join(parts[started])
            explained = bool(parts["cause"]) or "cause" in elsewhere
            follows = not explained and any(self.names_symptom(later.plain) for later in told[at + 1 :])
            led = started == "summary" and at and time_at_start(clause.words, clause.plain)
            clause = msgspec.structs.replace(clause, timed=bool(led))
            if ends := _UNTIL.search(clause.plain):  # 3DS timeouts until 04:37
                clause = msgspec.structs.replace(
                    clause, words=clause.words[: ends.start()], plain=clause.plain[: ends.start()]
                )
            between = role == "summary" and not explained and self._is_between(told, at, symptom)
            parted = list(self._roles(clause, symptom, role, explained, follows)) if not between else []
            if len(parted) == 1 and parted[0][0] in elsewhere:  # 刷新后正常: as it is written
                parted = [(parted[0][0], clause.words)]
            if len(parted) > 1 and "cause" in elsewhere:  # 由于慢查询导致代扣中断, and below it 原因：…
                parted = [(found, words) for found, words in parted if found != "cause"]
            for found, words in parted or [("cause", clause.words)]:
                if (
                    started == role == "resolution"
                    and parts[role]
                    and self._says_no_more(clause, found in elsewhere, over)
                ):
                    continue
                kept = role if found in elsewhere else found
                if kept == "resolution" and parts[kept]:
                    parts[kept].append(back)
                    back = ""
                parts[kept].append(words + clause.stop)
                role = role if kept == "later" else kept
        if started == "summary" and not parts["summary"]:
            parts |= {"summary": parts["cause"], "cause": []}
        account = {name: "".join(said).strip(EDGES) for name, said in parts.items()}
        return Account(**{**account, "summary": _APPEARED.sub("", _THIS_ONE.sub("", account["summary"]))})

    def _says_no_more(self, clause: Clause, elsewhere: bool, over: bool) -> bool:
        """Whether a clause under 处置 tells nothing of it: `…。无业务影响`, `14:40恢复，复盘会已开`."""
        if over:
            return not (self.deeds.makes_good(clause.plain) or self.deeds.acts(clause.words, clause.plain))
        return clause.opens and elsewhere

    def _spaced(self, clause: Clause) -> Iterator[Clause]:
        """A space where others set a comma: `支付宝H5唤不起 ios16 beta的问题` is two clauses."""
        for space in _SPACE.finditer(clause.plain) if not self.endings.without_end(clause)[2] else ():
            front, back = clause.plain[: space.start()], clause.plain[space.end() :]
            words = clause.words[space.end() :]
            over = self.endings.is_recovery(back) or self.endings.is_duration(back)
            if not over and (
                not self.names_symptom(front) or not self._stands_alone(words, back, clause.words[: space.start()])
            ):
                continue
            yield msgspec.structs.replace(clause, words=clause.words[: space.start()], plain=front, stop=" ")
            yield from self._spaced(Clause(words=words, plain=back, stop=clause.stop, opens=False, timed=False))
            return
        yield clause

    def _stands_alone(self, words: str, plain: str, symptom: str) -> bool:
        """Whether words behind a space say why it was, what was done or when it was over: the `切备线` of `代付超时 切备线`."""
        if _CAUSED.search(plain) or self.deeds.acts(words, plain):
            return True
        because = self._sign("because").search(plain)
        return (because is not None and because.start() == 0) or self._explains(words, plain, symptom)

    def _from_the_time(self, clauses: Sequence[Clause]) -> Sequence[Clause]:
        """Without sentences before the one with the time that name no symptom: `这周只有一次值得说的事故。10月27日…`.

        A title on a line of its own (`Checkout outage`) is no such sentence.
        """
        timed = next((index for index, clause in enumerate(clauses) if clause.timed), 0)
        while timed and not clauses[timed].opens:
            timed -= 1
        before = dropwhile(lambda c: not ("\n" in c.stop or self.names_symptom(c.plain)), clauses[:timed])
        return [*before, *clauses[timed:]]

    def names_symptom(self, plain: str) -> bool:
        """Whether a word of failure stands in it that says more than 故障 or 异常: `中行代付超时`, but not `线上故障复盘`."""
        return failing.find(self._sign("generic").pattern.sub("", plain), self.lexicon) is not None

    def _roles(
        self, clause: Clause, symptom: str, role: Role, explained: bool, follows: bool
    ) -> Iterator[tuple[Role, str]]:
        """What a clause tells of; `因A导致B` tells of two things."""
        words, plain, helped = self.endings.without_end(clause)
        if clause.timed and (to := time_at_start(words, plain)):
            words, plain = words[to:], plain[to:]
        caused = self._caused(words, plain, bool(symptom), follows)
        if by := _BY_MEANS.match(plain):
            yield "resolution", words[by.end() :]
        elif caused := caused or ([] if explained or symptom else self._caused_first(words, plain)):
            yield from caused
        elif ended := self.endings.ended_by(words, plain):
            yield "resolution", ended
        elif symptom and _TO_COME.match(plain) and not self._sign("failure").search(plain):
            yield "later", words
        elif (helped and self.deeds.acts(words, plain)) or (symptom and (helped or self.deeds.acts(words, plain))):
            yield "resolution", words
        elif symptom and clause.opens and self._sign("later").search(plain):
            yield "later", words
        elif symptom and self.deeds.is_step(plain, timed=clause.timed):
            yield "resolution", words
        elif role == "summary" and not explained and self._explains(words, plain, symptom):
            yield "cause", words
        elif symptom and not self._is_effect(plain) and self.deeds.is_deed(plain):
            yield "resolution", words
        elif role != "summary" and not symptom and self.names_symptom(plain):
            then = self._sign("consequence").pattern.match(plain.lstrip())  # 由于短信商限流，导致验证码发送失败
            yield "summary", words.lstrip()[then.end() :] if then else words
        else:
            yield self._goes_on(plain, role, clause.opens), words

    def _is_back(self, plain: str) -> bool:
        """`21:40 支付宝恢复`: when one whose name stands there was back."""
        if TIME not in plain or not self._sign("recovery").search(plain):
            return False
        named = plain.lstrip(TIME + " ")
        if side := self._sign("side").pattern.match(named):  # 11:52行方恢复
            return self.endings.is_recovery(TIME + named[side.end() :])
        begins = next((mention for mention in self.institutions.mentions(named) if mention.start == 0), None)
        return begins is not None and self.endings.is_recovery(TIME + named[begins.end :])

    def is_nothing(self, plain: str) -> bool:
        """Whether a clause tells only when it was over, how long it lasted, or how severe it was: `14:35恢复`, `定级P2`."""
        return (
            not any(c.isalnum() for c in plain)
            or self.endings.is_recovery(plain)
            or self.endings.is_duration(plain)
            or self._is_back(plain)
            or _SEVERITY.fullmatch(plain) is not None
            or _BEGAN.fullmatch(plain) is not None
            or plain.strip(EDGES) in self._sign("connector")
            or plain.strip(EDGES) in self._sign("generic")
            or _NOTICED.fullmatch(plain) is not None
            or _ASKED.fullmatch(plain) is not None
            or _UNKNOWN.fullmatch(plain) is not None
            or self.refers(plain)
            or self.lexicon.is_nothing(plain)
        )

    def refers(self, plain: str) -> bool:
        """Whether a clause only says where more is told: `细节看3.12日报`, `see the postmortem`."""
        return _ELSEWHERE.fullmatch(plain) is not None

    def _caused_first(self, words: str, plain: str) -> list[tuple[Role, str]]:
        """`专线抖动导致中行代付超时` -> cause and summary, where nothing else is said to be the cause."""
        then = self._sign("consequence").search(plain)
        if then is None or then.start() < 2 or not self._sign("origin").search(plain[: then.start()]):
            return []
        if not self.names_symptom(plain[then.end() :]):
            return []
        return [("cause", words[: then.start()]), ("summary", words[then.end() :])]

    def _piped(self, clauses: Sequence[Clause]) -> Account | None:
        """`Sev-2 | 14:05 | 招行代付超时 | 专线抖动 | 切备线`: what, why and what was done, by their places."""
        pieces: list[list[Clause]] = [[]]
        for clause in clauses:
            if not self.is_nothing(clause.plain):
                pieces[-1].append(clause)
            if "|" in clause.stop:
                pieces.append([])
        told = ["".join(c.words + c.stop for c in piece).strip(EDGES) for piece in pieces if piece]
        if len(pieces) < 3 or len(told) != 3:
            return None
        return Account(summary=told[0], cause=told[1], resolution=told[2])

    def _caused(self, words: str, plain: str, told: bool, follows: bool) -> list[tuple[Role, str]]:
        """`因专线抖动` -> cause; `由于缓存失效导致下单失败` -> cause and summary; after a summary, `编码切GBK导致` -> cause."""
        because = self._sign("because").search(plain)
        if because and _NOT_BECAUSE.match(plain, because.start()):
            because = None
        found_out = _FOUND_OUT.match(plain)
        told_in_full = because is not None and len(because[0]) > 1  # 系 begins a clause, 联系 does not
        near = (found_out.end() + 1 if found_out else 2) if told_in_full else 0
        if because and because.start() <= near and any(c.isalnum() for c in plain[because.end() :]):
            then = self._sign("consequence").search(plain, because.end())
            if then and any(c.isalnum() for c in plain[then.end() :]):
                cause = words[because.end() : then.start()].strip(EDGES)
                return [("cause", cause), ("summary", words[then.end() :])]
            if told or follows:
                return [("cause", _CAUSED.sub("", words[because.end() :]).lstrip(" :：为是系"))]
        if told and (given := _GIVEN_WHY.match(plain)):
            return [("cause", words[given.end() : self._effect_at(plain)])]
        if inner := self._caused_within(words, plain, told):
            return inner
        if told and (asked := _ASKED_WHY.match(plain)):
            return [("cause", words[asked.end() : self._effect_at(plain)])]
        if told and (side := self.deeds.without_actor(words, plain))[0] and (why := _TOLD_WHY.match(side[1])):
            begin = len(plain) - len(side[1]) + why.end()
            if self._sign("origin").search(plain, begin):
                return [("cause", words[begin : self._effect_at(plain)])]
        if told and (ends := _CAUSED.search(plain)) and any(c.isalnum() for c in plain[: ends.start()]):
            is_it = _IS_IT.match(plain)
            return [("cause", words[is_it.end() if is_it else 0 : ends.start()])]
        return []

    def _effect_at(self, plain: str) -> int:
        """Where `引起` begins that ends a clause, else the end: `核心系统变更引起` -> 6."""
        ends = _CAUSED.search(plain)
        return ends.start() if ends else len(plain)

    def _caused_within(self, words: str, plain: str, told: bool) -> list[tuple[Role, str]]:
        """`支付网关由于证书过期导致请求失败` -> cause 证书过期, summary 支付网关请求失败; `latency rose due to X` the same."""
        because = _BECAUSE_WITHIN.search(plain)
        if because is None:
            return []
        if told:
            fails = self.names_symptom(plain[: because.start()])
            return [("cause", words)] if plain.isascii() and not fails else []
        then = None if plain.isascii() else self._sign("consequence").search(plain, because.end())
        front = words[: because.start()].rstrip()
        if then and any(c.isalnum() for c in plain[then.end() :]):
            cause = words[because.end() : then.start()].strip(EDGES)
            return [("cause", cause), ("summary", front + words[then.end() :])]
        if plain.isascii() and len(front.split()) > 1:
            return [("summary", front), ("cause", words[because.end() :].strip())]
        return []

    def _explains(self, words: str, plain: str, symptom: str) -> bool:
        """Whether a clause after the symptom names a mechanism (`内存不够`) or the other side's doing (`行方丢包`)."""
        if failing.find(text.level(symptom), self.lexicon) is None or self._is_effect(plain):
            return False
        if self._sign("origin").search(plain) or _HAD.search(plain):
            return True
        side = self._sign("side").search(plain)
        if (side and side.start() <= (_ENGLISH_SIDE if plain.isascii() else _SIDE)) or unmarked.names_culprit(plain):
            return True
        known = {mention.institution for mention in self.institutions.mentions(symptom)}
        begins = next((m for m in self.institutions.mentions(words.lstrip()) if m.start == 0), None)
        return begins is not None and begins.institution in known

    def _is_between(self, told: Sequence[Clause], at: int, symptom: str) -> bool:
        """Whether a clause without a mark stands between what failed and what was done, and so tells why.

        `优惠券显示成 0 元，前端取错字段，热修复`: -> 前端取错字段; not `客诉激增`, which fails, or `影响300笔`.
        """
        plain = told[at].plain
        if failing.find(text.level(symptom), self.lexicon) is None or not unmarked.may_tell_why(plain, self.lexicon):
            return False
        if self._is_effect(plain) or self._is_deed(told[at]):
            return False
        following = next((clause for clause in told[at + 1 :] if not self.is_nothing(clause.plain)), None)
        if following is None or not self._is_deed(following):
            return False
        return not any(self._sign("because").search(clause.plain) or _CAUSED.search(clause.plain) for clause in told)

    def _is_deed(self, clause: Clause) -> bool:
        """`切换备线`, `new cert installed`: what somebody did."""
        words, plain, _ = self.endings.without_end(clause)
        return self.deeds.acts(words, plain) or self.deeds.is_deed(plain)

    def _is_effect(self, plain: str) -> bool:
        """`影响3张报表`, `成功率跌到71%`, `约300笔`: what it did to others, or a quantity."""
        effect = self._sign("effect").search(plain)
        return (effect is not None and effect.start() <= 1) or _QUANTITY_ENDS.search(plain.rstrip()) is not None

    def _is_settled(self, plain: str) -> bool:
        """`客户已安抚`, `失败单已全部补发`, `差错已调平`: those it struck, and that they were seen to."""
        return self.deeds.makes_good(plain) or bool(_SETTLED.search(plain) and not self._sign("failure").search(plain))

    def _goes_on(self, plain: str, role: Role, opens: bool) -> Role:
        """An unmarked clause goes on with what the one before told of, unless it tells of an effect.

        `因专线抖动，切换线路，影响3张报表`: the last clause is no part of what was done.
        """
        if role == "cause" and (opens or self._is_effect(plain) or self._sign("failure").search(plain)):
            return "summary"
        if role == "resolution" and self._is_effect(plain) and not self._is_settled(plain):
            return "summary"
        return role
