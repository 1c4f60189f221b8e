"""What stands around a name and is none of it: a day, a verb, a remark in brackets, a word of state."""

import re

from notion_archive import dates, text
from notion_archive.kinds import flags
from notion_archive.kinds.progress import counts
from notion_archive.lexicon import Lexicon
from notion_archive.period import Period

_TICKET_BEHIND = re.compile(r"(?<=\S)\s+(?:[A-Z]{2,8}-\d{2,6}|#[^\s#\d]{2,12})$")
_BRACKETS = re.compile(r"\s*(?:[（(][^（()）]*[)）]|【[^【】\[\]]{1,8}】|(?<=[^\s])\[[^【】\[\]]{1,8}\])\s*$")
_OF_NAME = re.compile(
    r"\s*[（(](?:[A-Z]{2,5}(?:/[A-Z]{2,5})*|[A-Z]+[a-z]+[A-Z]\w*|[a-z]+-[a-z]+|[a-z]+[A-Z]{2,}"
    r"|华[东南北中]|西[南北]|东北|[境海]外|境内|国内|全国|安卓|[^\s（()）]{1,4}版"
    r"|[\u4e00-\u9fff]{1,3}[行联宝](?:[、/和及][^\s、/（()）]{1,4})*)[)）]\s*"
)  # 流水归档(TiDB), agreement pay (auto-debit), 第一批（华东）, 专线割接（建行）
_GLOSS = re.compile(  # the name in other words: 网联直连改造 (NUCC direct link)
    r"(?<=[\u4e00-\u9fff])\s*[（(](?!(?:in|on|with|led|for|by|was|at|to|from|no|not|new|still|waiting|see|eta|due|owner|lead|incl|about|ca)\s)"
    r"(?![^()（）]*\b(?:ready|done|live|pending|complete|progress|hold|track|risk|review|test|testing|week|today)\b)"
    r"(?=[^()（）]*\b[a-z]{3,})[A-Za-z][\w.-]*(?:\s[\w.-]+){1,4}[)）]\s*"
)
_BECAUSE = re.compile(
    r"因(?!子|素|果|人)|(?<=[a-z])\s+(?=(?:shipped|launched|released|rolled out|went live|moved|slipped|migrated"
    r"|completed|finished|delivered|deployed|merged|paused|blocked|delayed)\s+(?:to|on|in|for|by|with|at|from|and|until)\b)"
    r"|(?:\s*\([^()]{1,24}\))?(?<=[a-z0-9)])\s+"
    r"(?=(?:on hold|in progress|in testing|in review|not started|not yet started|under way|underway)\b)"
)
_BEHIND_PHASE = re.compile(
    "(?<=[一二三四五六七八]期)(?=[\u4e00-\u9fff]{2})(?!(?:项目|工程|建设|改造|升级|优化|功能|需求|上线)|[\u4e00-\u9fff]{1,6}(?:改造|升级|建设|接入|迁移|重构|扩容|割接)$)"
)  # 对账平台二期|规则引擎
_PREDICATE = re.compile(  # where a sentence begins to say something of its subject: 支付宝周期扣款|没再拖, 对账平台|把文件接进来了
    "没(?!收)|停(?=[住了着下])|(?<![实存所正])在(?![线途库建岗职售营场业外])(?=\\S{2})|把(?![关控手])|按(?=[您你原]|计划|要求|领导|部署)|刚(?![性需])|总算|终于|如期|照[旧常]|依[旧然]|仍旧|又(?=[往推延被])"
    "|[改换迁切降升提扩减增调移推拖挪延][到至]|(?:试单|联调|提测|压测|灰度|验收|uat|sit)(?=全部|已|均|都|还|正|走|跑|刚|顺利|基本)"
)
_PHASE = re.compile(r"[一二三四五六七八九十\d]期")
_LEAST, _LONGEST = 4, 30
_FOCUS = re.compile(  # 本周主要精力放在快捷签约上
    r"(?:这周|本周)?的?(?:主要|大部分|核心|更多)?的?(?:精力|重心|重点工作|重点|时间|人力|工作)(?:主要|都|还是|仍然?|基本)*(?:(?:放|花|投入?|集中|压|落)在?|围绕|是|为|在于)(?!否)"
)
_TAKEN = re.compile(
    r"(?:我们?|咱们|团队|组里|大家)(?:这周|本周|已经|也|还|先|又|终于)*(?:把|将)(?=\S{2})"
)  # 我们把账户体系推到…
_SUBJECT = re.compile(r"(?:we|i|(?:the\s+)?(?:[a-z]+\s+)?(?:team|squad|folks))(?:'ve|\s+have|\s+has)?\s+")
_TOGETHER = re.compile(r"(?:与|和|跟|同)\S{2,12}?(?:合作|共建|联合|一起做|联调|对接)的?")
_ADVERBS = re.compile(
    r"(?:已经?|正在|全部|(?<![平日人月周])均|顺利|基本|继续|持续|(?<![集居其])中|了|也|(?<!成)都|(?<!即)将|仍|(?<![偿归返退])还|整体|(?<![规准细总守])则|又"
    r"|(?<![路自理])由|(?<!主)从|(?<!各)自|(?<!实)在|于|的|(?<![a-z])(?:is|are|was|has been|now))$",
    re.IGNORECASE,
)
_WHITHER = re.compile(  # to whom or where a thing went, no part of its name
    r"(?<!move)(?<!migration)(?<!switch)(?<!upgrade)(?<!transition)(?<!cutover)(?<!change)(?<!access)(?<!support)(?<!link)"
    r"\s+(?:(?:to|across|onto|into|behind|together with|with|through|via|using"
    r"|reducing|improving|cutting|saving|affecting|allowing)\s|by\s+\d)"
)
_ROLE = re.compile(
    "负责|牵头|测试|联调|开发|进行|完成|上线|暂停|延期|风险|计划|阻塞|灰度|提测|正常|合作|共建|[组部侧方]"
)
_TAILS = (*flags.STATES, ("words", "trailing"), ("wording", "done"))
_DOCUMENT = re.compile(
    r"(?:设计稿|交互稿|视觉稿|原型|(?:需求|设计|技术)文档|(?:技术|产品|总体|设计)?方案|需求|prd|(?:需求|方案|设计|技术|概要)*评审)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")

_KIND_OF_TEST = re.compile(  # Completed penetration testing: what was done, not where it stands
    r"(?:penetration|load|performance|stress|regression|integration|security|capacity|soak|chaos|failover|dr|usability)\s+test(?:s|ing)?"
)


def behind_day(lead: str, period: Period) -> str:
    """A statement without the day it opens with: `"6/5 收银台改版提测"`; `"618 大促保障"` and `"7月账单"` stay."""
    found = next(iter(dates.find(text.level(lead), period)), None)
    if found is None or found.at > 1 or found.first != found.last:
        return lead
    rest = lead[found.to :].lstrip(" \t:：,，-—、|")
    return rest if _WORD.match(rest) or rest[:1] in ("【", "[", "*") else lead


def before_date(clause: str, period: Period) -> str:
    """`"收银台改版4/12上线"` -> `"收银台改版"`: up to the day that is told of it."""
    levelled = text.level(clause)
    counted = counts(levelled)
    spans = (d for d in dates.find(levelled, period) if not any(at <= d.at < to for at, to in counted))
    found = next((d for d in spans if d.at >= 3), None)
    return (
        re.sub(r"(?:\s|[于在到至由从自(（]|(?<![a-z])(?:by|on|in|at|for|from|since))+$", "", clause[: found.at])
        if found
        else clause
    )


def before_statement(name: str, lexicon: Lexicon) -> str:
    """`"收单网关拆分这周进入尾声"` -> `"收单网关拆分"`: up to where a sentence begins to tell of it."""
    levelled = text.level(name)
    least = 2 if not name.isascii() else 4
    turning = lexicon.words("words", "turning").pattern
    turns = [found for pattern in (turning, _BECAUSE, _BEHIND_PHASE) for found in pattern.finditer(levelled)]
    turns.extend(found for found in _PREDICATE.finditer(levelled) if found.start() >= _LEAST)
    starts = [
        turn.start() for turn in turns if turn.start() >= least and not _PHASE.fullmatch(levelled, 0, turn.start())
    ]
    return name[: min(starts, default=len(name))].rstrip(" (（[【")


def without_opening(name: str, lexicon: Lexicon) -> str:
    """`"关于新网点管理后台"` -> 新网点管理后台; `"与中国银行合作的跨境收款"` -> 跨境收款."""
    levelled = text.level(name)
    if subject := _SUBJECT.match(levelled):
        rest = levelled[subject.end() :]
        return name[subject.end() :] if lexicon.words("words", "leading").pattern.match(rest) else name
    opening = lexicon.words("words", "before").pattern.match(levelled)
    if opening and levelled[opening.end() : opening.end() + 1] == "-":  # On-call tool
        return name
    if taken := _TAKEN.match(levelled):
        return name[taken.end() :]
    if (focus := _FOCUS.match(levelled)) and not re.search("[、和与及]", levelled):
        return re.sub(r"(?:上面|上|这块|方面|这边)$", "", name[focus.end() :])
    match = opening or _TOGETHER.match(levelled)
    if opening and levelled[opening.end() : opening.end() + 1] == "是":  # 其次是商户清退
        return name[opening.end() + 1 :]
    return name[match.end() :].lstrip(" :：,，") if match and len(name) - match.end() >= 2 else name


def without_verb(name: str, lexicon: Lexicon) -> str:
    """`完成拉卡拉通道联调` -> `拉卡拉通道联调`; a verb that is the whole name stays.

    `Shipped instant refunds to all merchants` -> instant refunds; `Finished the move to Aurora` -> move to Aurora.
    """
    whole = name
    match = lexicon.words("words", "leading").pattern.match(text.level(name))
    while match and match.end() and len(name) - match.end() >= 2:
        name = re.sub(r"^(?:[\s:：,，了]+|对(?!账|接|公|外|冲|比|齐)|the\s+)+", "", name[match.end() :])
        match = lexicon.words("words", "leading").pattern.match(text.level(name))
    target = _WHITHER.search(text.level(name)) if name != whole and name.isascii() else None
    return name[: target.start()] if target and target.start() >= 4 else name


def without_state(name: str, lexicon: Lexicon) -> str:
    """`余额查询改造上线完毕` -> `余额查询改造`: words of state at the end of a name go."""
    before = None
    while name != before and name:
        before = name
        cut = _state_at_end(text.level(name), lexicon)
        if cut:
            name = name[:cut].rstrip(" ,，、-—:：")
            continue
        name = without_adverbs(name)
    return name


def without_document(name: str, lexicon: Lexicon) -> str:
    """`"商户结算单改版设计稿"` -> `"商户结算单改版"`: what was written for a project is not its name."""
    rest = _DOCUMENT.sub("", name)
    return rest if rest != name and ends_like_one(text.level(rest), lexicon) else name


def ends_like_one(levelled: str, lexicon: Lexicon) -> bool:
    """Whether words end as names of projects do and say more than that: `"收银台改版"`, `"risk engine"`; not `"改版"`."""
    for meaning in ("endings", "nouns"):
        found = lexicon.words("words", meaning).last(levelled)
        if found and found.end() == len(levelled) and found.start() > 0:
            return True
    return False


def without_adverbs(name: str) -> str:
    """`"对账平台已"` -> `"对账平台"`; `"the wallet app"` -> `"wallet app"`."""
    trimmed = re.sub(r"^(?:the|our|an?)\s+(?=\w+\s)", "", _ADVERBS.sub("", name).rstrip(), flags=re.IGNORECASE)
    return trimmed if len(trimmed) >= 2 else name


def _state_at_end(levelled: str, lexicon: Lexicon) -> int:
    """Where a word of state at the end begins, 0 where none ends it: `"余额查询改造上线完毕"` -> 6. One sign is a part of a word: 模拟."""
    if not lexicon.any_of(_TAILS).search(levelled):
        return 0
    ends = []
    for table, meaning in _TAILS:
        found = lexicon.words(table, meaning).last(levelled)
        if found and found.end() >= len(levelled) and found.start() >= 2 and len(found[0]) > 1:
            if levelled[found.start() - 1] == "-" or _KIND_OF_TEST.fullmatch(levelled):  # active-active is one word
                continue
            ends.append(found.start())
    return min(ends, default=0)


def without_brackets(name: str) -> str:
    """Without remarks in brackets, tickets and tags at the end; a phase stays: `"聚合码（二期）"`, `"跨境收款（Lena）【❌】"` -> 跨境收款,
    `"工行通道 PAY-4412"` -> 工行通道, `"Thailand payout #UAT"` -> Thailand payout.
    """
    name = _TICKET_BEHIND.sub("", name)
    bare = _BRACKETS.sub("", name)
    if re.search("[（(](?!原|又名|即|曾)[\u4e00-\u9fff]{4,8}[)）]$", name) and not _ROLE.search(name[len(bare) :]):
        return name
    if _OF_NAME.fullmatch(name, len(bare)) or (len(name) <= _LONGEST and _GLOSS.fullmatch(name, len(bare))):
        return name
    if (
        bare == name
        or len(bare) < 2
        or re.search(r"[一二三四五六七八九十\d]期|阶段|phase|v\d", name[len(bare) :], re.IGNORECASE)
    ):
        return name
    return without_brackets(bare)
