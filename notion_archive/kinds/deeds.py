"""What somebody did about an incident: `值班回滚配置`, `已手工调平`, `queue paused`, and who it was."""

import re
from typing import Literal

from notion_archive.institutions import Institutions
from notion_archive.kinds.clauses import TIME
from notion_archive.lexicon import Lexicon, Words

_AT_WORK = re.compile(
    r".{0,10}(?:排查|处理|核查|核实|跟进|修复|沟通|协调|定位|分析|协查)中\s*$|(?:still )?(?:investigating|under investigation)"
)
_PERSON = re.compile(r"@[^\s,，:：]{1,12}\s+")  # @周敏 加了限流
_SOMEBODY = re.compile(r"\s*[A-Z][a-z]+ [a-z-]+(?:ed|sent|put|took|cut|rebuilt|reran|shut)\b")
_NEXT = re.compile(r"\s*(?:随后|然后|于是|之后|接着|最终|then |finally |afterwards |eventually )")
_RETURNED = re.compile(
    r"\s*现?已经?(?:全部|逐笔|手工|人工|统一|陆续)?(?:退回|退还|退票|重启|回滚|降级|熔断|限流|拦截|冻结)"
)  # a deed here
_LEFT_UNDONE = re.compile(r"[\u4e00-\u9fff]{1,4}[未没](?![有完]?影响)(?!了)")  # 限流阈值未随扩容调整
_DONE = re.compile(r"(?:现?已经?|期间(?!\s*\d))(?![知有达超])")
_ARTICLE = r"(?:(?:the|our|their|my)\s)?"
_TAIL = r"(?:同学|同事|团队|人员|工程师|[侧方们]|\s(?:on[- ]call|oncall|team|engineers?|folks|side)(?![a-z]))*"
_ROLE, _OF_THEM = rf"{_ARTICLE}(?:{{words}}){_TAIL}", re.compile(f"^{_TAIL}")
_MOVED = re.compile(
    r"(?:在[^,，。]{1,8}?)?(?:将|把)(?![于在要会来被])(?=\S{2})"
)  # 已将流量切走, 我们在收银台把光大置灰
_ASKED = re.compile(r"(?:让|请|叫|要求|安排|通知|联系|委托)(?=\S{2})")  # 已让光大加了延迟通知
_MADE_THEM = re.compile(
    r"(?:打电话|电话)?(?:让|请|催|叫)(?:他们|对方|行方|行里|银行|那边|渠道|供应商|厂商|上游|运维|研发)(?=\S{2})"
)  # 让行方重出一份
_WITH_OTHERS = re.compile(
    r"已?经?(?:与|和|跟|同|向|找|请|经)[^,，。]{1,12}?(?:沟通|协调|协商|确认|对接|申请|反馈|报障|投诉|报修|核对|核实|一起|共同|联合|配合)"
)  # 与邮储运维沟通回滚
_WITHIN = re.compile(
    rf"[\s{TIME}]*约?\s*[\d一二两三四五六七八九十几]+\s*(?:分钟|小时|秒|min)(?:之|以)?内"
)  # 3 分钟内回滚
_REMOVED = re.compile(r"(?:消|清|补|解|追|处理|消化|恢复)(?:掉|完|平|除|齐)?了?")
_DID = re.compile(
    r"(?!need|seem|appear|remain|happen|occur|start|notic|report|experienc|suffer|fail|complain|learn|want|expect)[a-z]{2,}ed\b"
)  # we terminated the query

_MADE_GOOD = re.compile(
    r"已(?:经|全部|全|都|均|陆续|逐笔|当日)*(?:调平|对平|轧平|补[发推录齐单]|退[款回]|冲正|追回|赔付|重[发推跑]|安抚)"
)


class Deeds:
    """Tells whether a clause says what was done."""

    def __init__(self, lexicon: Lexicon, institutions: Institutions) -> None:
        self.lexicon = lexicon
        self.institutions = institutions

    def _sign(self, meaning: str) -> Words:
        """The words of a meaning in the lexicon's table of signs: "action" -> 重启, 回滚, rolled back."""
        return self.lexicon.words("signs", meaning)

    def acts(self, words: str, plain: str) -> bool:
        """Whether a clause begins with what somebody did: `值班回滚配置`, `农行回滚版本`, `已手工调平`, `queue paused`."""
        fails = self._sign("failure")
        actor, rest = self.without_actor(words, plain)
        bare = self._without_haste(rest)
        acted = self._sign("repair" if actor == "other" else "action").search(bare)
        if self._moves(bare, hasty=bare != rest, ours=actor == "ours", acted=acted is not None):
            return True
        if acted and acted.start() == 0:
            if bare.startswith(("的", "没有", "未"), acted.end()) or _LEFT_UNDONE.match(
                bare, acted.end()
            ):  # 发布的规则, 重试没有幂等: not what was done
                return False
            told = (actor is not None and not _PERSON.match(plain)) or bare.startswith(
                "后", acted.end()
            )  # 升级后签约报错: when it failed
            mended = acted[0] in self._sign("repair")
            return mended or not (told and fails.search(bare, acted.end()))
        if _SOMEBODY.match(words) and self._sign("action").search(plain) and not fails.search(plain.split(" and ")[0]):
            return True  # Callum drained that gateway and the errors stopped
        if actor != "other" and _RETURNED.match(rest):
            return True
        by_hand = self._sign("action").search(rest[: len(rest) - len(bare)])  # 手工收集统计信息
        if by_hand and _REMOVED.search(rest):
            return True  # 当晚手工触发重平衡消掉了积压
        if fails.search(plain):
            return _AT_WORK.match(plain) is not None
        if by_hand or _AT_WORK.match(plain) or (actor != "other" and _DONE.match(rest.lstrip(TIME + " "))):
            return True
        return acted is not None and acted.start() <= 4 and bare != rest

    def _moves(self, bare: str, *, hasty: bool, ours: bool, acted: bool) -> bool:
        """`将流量切至备用通道`, `已让光大那边加了延迟通知`, `we terminated the query`: a verb that somebody must have done."""
        if _WITH_OTHERS.match(bare) and self._sign("because").search(bare) is None:
            return True
        if _MOVED.match(bare):
            return hasty or ours or acted
        if (hasty and _ASKED.match(bare)) or _MADE_THEM.match(bare):
            return True
        return ours and _DID.match(bare) is not None and self._sign("failure").search(bare) is None

    def makes_good(self, plain: str) -> bool:
        """`差错当日已全部调平`, `失败单已补发`: a word of failure, and that it was put right."""
        return _MADE_GOOD.search(plain) is not None

    def is_deed(self, plain: str) -> bool:
        """`Message parked and queue drained`: English puts what was done behind what it was done to."""
        return (
            plain.isascii()
            and self._sign("action").search(plain) is not None
            and self._sign("failure").search(plain) is None
        )

    def is_step(self, plain: str, *, timed: bool) -> bool:
        """`14:12 拉了行方进群`, `随后导入新证书`: what comes next after the symptom, and neither fails nor explains."""
        next_one = _NEXT.match(plain)
        if not timed and not next_one:
            return False
        rest = self._sign("action").pattern.sub("", plain)
        signs = ("failure", "because") if next_one else ("failure", "because", "origin")
        return not any(self._sign(sign).search(rest) for sign in signs)

    def without_actor(self, words: str, plain: str) -> tuple[Literal["ours", "other"] | None, str]:
        """`网络组回滚了配置` -> ours, `回滚了配置`; `农行回滚版本` -> the other side's."""
        lead = len(plain) - len(plain.lstrip(" " + TIME))
        words, plain = words[lead:], plain[lead:]
        for actor, names in (("other", "side"), ("ours", "actor")):
            if role := self._sign(names).within(_ROLE).match(plain):
                return actor, plain[role.end() :]  # type: ignore[return-value]
        if person := _PERSON.match(plain):
            return "ours", plain[person.end() :]
        begins = next((mention for mention in self.institutions.mentions(words) if mention.start == 0), None)
        return ("other", _OF_THEM.sub("", plain[begins.end :], 1)) if begins else (None, plain)

    def _without_haste(self, plain: str) -> str:
        """`随后紧急重启` -> `重启`: without the words between an actor and the deed."""
        if within := _WITHIN.match(plain):
            plain = plain[within.end() :]
        hasty = self._sign("hasty").within(rf"[\s{TIME}]*(?:{{words}})")
        while match := hasty.match(plain):
            plain = plain[match.end() :]
        return plain.lstrip(TIME + " ")
