"""When an incident was over and how long it lasted, as clauses say it: `次日00:20恢复正常`, `持续35分钟`."""

import re

from notion_archive import clock, gates
from notion_archive.kinds.clauses import TIME, Clause
from notion_archive.lexicon import Lexicon, Words

_UNITS = re.compile(
    r"\d+(?:\.\d+)?[来多余]?|[一二两三四五六七八九十半个]+[来多余]?|小时|钟头|分钟|刻钟|分|秒|天|hours?|minutes?|mins?|hrs?|secs?|seconds?|h\b|m\b|s\b"
)
_DURATION_FILL = re.compile(
    r"大概|大约|差不多|累计|受影响|业务|服务|系统|交易|时长|时间|总|共计|共|前后|后|自动|恢复|影响|左右|约|大约|不到|将近|近|差不多"
    r"|(?<![a-z])(?:and|in|the|it|was|were|outage|about|total|of|all|for|a|an|impact|service)(?![a-z])"
)
_RECOVERY_FILL = re.compile(
    r"自己|自行|慢慢|积压|队列|堆积|成功率|指标|曲线|流量|接口|页面|功能|消息|告警|重新|已经|陆陆续续|基本|服务|业务|系统|全部|完全|全量|彻底|自动|已|后|于|时|才|分|正常|通道|交易|次日|翌日|当晚|逐步|均|陆续|现|直到|到|并|了|左右|截止|截至|发稿|目前|仍|尚|未|还|没有|没|同时"
    r"|(?<![a-z])(?:fully|services?|traffic|next|day|sgt|cst|utc|hkt|bjt|local|time|backlog|at|was|by|were|all|and|is|are|it|everything|normal|around|about|not|yet|still|the|again|since|then|in|on|after|within)(?![a-z])"
)
_OVER = rf"\s*{TIME}+\s*(?P<what>(?:[a-z]{{1,6}} ?)?[\u4e00-\u9fff]{{0,4}}?)(?:{{words}})了?\s*"
_WENT_ON = re.compile(  # 20:15 继续发放, 22:40 降至 60%
    rf"\s*{TIME}+\s*(?:[a-z]{{1,6}} |[\u4e00-\u9fff]{{1,3}})?(?:(?:继续|恢复|重新)(?![后并])[\u4e00-\u9fff]{{1,4}}"
    r"|(?:[降回升]|恢复|回落|回升)[至到落]+\s*\d[\d.]*\s*(?:%|ms|秒|s)?)\s*"
)
_LEVEL = re.compile(
    r"(?:(?<=恢复)|(?<=回升)|(?<=降回)|(?<=回落))[到至]\s*[\d.]+\s*(?:ms|毫秒|%|秒|s(?![a-z]))"
)  # 恢复到 300ms
_ENDED = re.compile(
    rf"\s*(?:于|在|至|直到|到)?\s*{TIME}+\s*(?:才|方|左右|前后)?\s*(?:全部|已|均)?"
    r"(?:到达|到齐|到账|到|完成|追平|补齐|跑完|好了?|通了|解除|结束|产出|生成|完毕|关闭|恢复)(?:了|完毕)?\s*"
)
_SUFFERED = re.compile(r"\W*[^\W\d]{0,4}受影响(?:了|约|大约)*\s*(?=\d)")  # 代扣受影响35分钟
_NOT_BACK = "".join(
    f"(?<!{verb})" for verb in ("rolled", "roll", "switched", "failed", "put", "moved", "cut", "fell", "backed")
)
_HELPED = (
    rf"(?:之后|以后|后|并)[,\s]*(?:于|在|到)?\s*{TIME}*\s*(?:全部|服务|业务|系统|积压|队列|延迟|成功率|已|[a-z]{{2,8}}\s)*"
    r"(?:{words}|没有再出现|未再出现|不再出现)(?:正常)?\s*$"
)
_HELPED_AT = r"(?<=[\u4e00-\u9fff])(?<![未没不])(?:{words})$"
_HELPED_IN_ENGLISH = (
    _NOT_BACK + r"(?:\s*,?\s*and)?\s+(?:the\s+)?"
    r"(?:service|traffic|it|everything|all|queue|backlog|lag|errors?|error rate|payments|jobs?|numbers|latency)?"
    r"\s*(?:was\s+|were\s+|is\s+)?(?:fully\s+)?"
    rf"(?:{{words}})\s*(?:at|by|around)?\s*{TIME}+\s*$"
)
_ENDED_BY = rf"\W*(?:{{words}})\s+(?:at\s+)?{TIME}+\s*(?:{clock.ZONE})?\s*(?:after|by|once)\s+"
_BY_DEED = re.compile(rf"[\s{TIME}]*(?P<deed>[^\s{TIME},]{{2,}}?)(?:之后|以后|后)")  # 校时后正常
_GATE = gates.gate(_BY_DEED)
_FINISHED = re.compile(
    rf"{TIME}+\s*(?:已|才|方|全部)*(?:(?:处理|修复|解决|恢复|清理|消化)(?:完毕|完成|完|好)|修复|恢复|解决)了?\s*$"
)
_OF_WHICH = re.compile(r"\s*(?:which|who|that)\s")  # …, which the carrier fixed at 12:30
_BY_ITSELF = re.compile(
    r"\s*(?:后来|后面|过一会儿?|没多久|自己|自行|自动|慢慢|又|就|都|已经?)+(?:好|恢复|正常|通|稳定)了?\s*"
    r"|\s*(?:it|this|that|they|everything)\s+(?:went away|recovered|cleared(?: up)?|came back|resolved|healed|stopped)"
    r"(?:\s+(?:on its own|by itself|itself))?(?:\s+(?:after|within)\s.*)?\s*"
)  # 自己好了
_FEW = 2
_AFTER = re.compile(r"(?<![a-z])(?:after|by|once|when|with)\s+[a-z]")
_SOON = re.compile(r"不久|片刻|一会|数分|几分|没多久|很快|约|大概|事|第二天|次日|当天")


class Endings:
    """Tells what of a clause only says that it was over, or for how long it was not."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def _sign(self, meaning: str) -> Words:
        """The words of a meaning in the lexicon's table of signs: "recovery" -> 恢复, mitigated."""
        return self.lexicon.words("signs", meaning)

    def is_recovery(self, plain: str) -> bool:
        """`服务恢复`, `次日00:20恢复正常`, `00:26 到`, `recovered at 2:35 PM`: nothing but that it was over."""
        if (
            self._is_over(plain)
            or _ENDED.fullmatch(plain)
            or _BY_ITSELF.fullmatch(plain)
            or self._others_finished(plain)
        ):
            return True
        if (
            _GATE.search(plain)
            and (by := _BY_DEED.match(plain))
            and clock.minutes(by["deed"]) is None
            and not _SOON.match(by["deed"])
        ):
            return False
        if self._is_back(plain):
            return True
        left = self._sign("recovery").pattern.sub("", _LEVEL.sub("", plain))
        if TIME in left:
            left = self._sign("arrived").pattern.sub("", left)
        if clock.minutes(left) is not None:
            left = _UNITS.sub("", left)
        return left != plain and sum(c.isalpha() for c in _RECOVERY_FILL.sub("", left)) <= 1

    def _is_over(self, plain: str) -> bool:
        """`08:10 对账完成`, `15:58 全部发出`: at a time, a word for what was behind and that it came; `14:12 手工补发完成` is a deed."""
        if _WENT_ON.fullmatch(plain):
            return True
        for meaning in ("arrived", "recovery"):
            if over := self._sign(meaning).within(_OVER).fullmatch(plain):
                return self._sign("action").search(over["what"]) is None
        return False

    def _is_back(self, plain: str) -> bool:
        """`queue back to normal at 09:40`: a word or two for what was back, and nobody who did it."""
        if not plain.isascii() or TIME not in plain or self._sign("action").search(plain):
            return False
        recovery = self._sign("recovery").search(plain) or self._sign("arrived").search(plain)
        before = _RECOVERY_FILL.sub("", plain[: recovery.start()]) if recovery else ""
        return recovery is not None and len(before.replace(TIME, "").split()) <= _FEW and not _AFTER.search(plain)

    def _others_finished(self, plain: str) -> bool:
        """`对方17:10处理完`: when the other side was through with it."""
        found = _FINISHED.search(plain)
        return found is not None and plain[: found.start()].strip() in self._sign("side")

    def is_duration(self, plain: str) -> bool:
        """`持续35分钟`, `约一刻钟`, `lasted 2 hours`: nothing but a length of time."""
        if clock.minutes(plain) is None:
            return False
        plain = _SUFFERED.sub("", plain)
        left = _DURATION_FILL.sub("", self._sign("duration").pattern.sub("", _UNITS.sub("", plain)))
        return sum(c.isalpha() for c in left) <= 1

    def without_end(self, clause: Clause) -> tuple[str, str, bool]:
        """`紧急加映射后10点恢复` -> 紧急加映射: what was done, without that it helped."""
        recovery = self._sign("recovery")
        for written in (_HELPED, _HELPED_AT if clause.plain.startswith(TIME) else None, _HELPED_IN_ENGLISH):
            found = recovery.within(written).search(clause.plain) if written else None
            begin = len(clause.plain) - len(clause.plain.lstrip(TIME + " "))
            if found and any(c.isalnum() for c in clause.plain[: found.start()]) and not _OF_WHICH.match(clause.plain):
                return clause.words[begin : found.start()], clause.plain[begin : found.start()], True
        return clause.words, clause.plain, False

    def ended_by(self, words: str, plain: str) -> str:
        """`Recovered 14:40 UTC after failover` -> failover."""
        found = self._sign("recovery").within(_ENDED_BY).match(plain)
        return words[found.end() :] if found else ""
