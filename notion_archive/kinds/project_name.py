"""The project an item is about, in the author's words: what stands before the first statement of how it is going."""

import re

from notion_archive import clock, gates, naming, text
from notion_archive.kinds import flags, name_edges
from notion_archive.lexicon import Lexicon
from notion_archive.period import Period
from notion_archive.remembered import remembered_with

_LONGEST, _NAMED_BEFORE = 30, 5
_CHINESE = re.compile("[\u4e00-\u9fff]")
_VERSION = r"\s*v?\d+\.\d"
_SEPARATOR = gates.headed(
    re.compile(
        "|".join(
            (
                r"[，。；\n]",
                r"[:：](?!(?<=\d.)\d\d(?![\d/%]))",  # not of 14:05, but of JDK8→17：38/91
                r"(?<=[a-z])\.\s+",
                r",(?!\d{3}(?!\d))",  # not of 1,204
                r";(?![a-z])",
                rf"\s+-+(?!>{_VERSION})\s*",
                rf"\s-+(?!>{_VERSION})",  # not of 4.9 -> 5.1
                r"-{2,}|—+|–+",
                rf"\s*(?:(?<!v\d)(?<![a-z]\d)→(?!{_VERSION})|→(?!\s*v?\d)|\|)\s*",
                r"(?<=[^\sa-z0-9.&+/])\s+(?=[^\sa-z0-9&+/(])",  # 出金改造 已提测
                r"\s{2,}",
                r"(?<=[\u4e00-\u9fff][a-z]{2})\s+(?=[\u4e00-\u9fff])",  # 对接PC 联调中
                r"(?<=[\u4e00-\u9fff])\s+(?=\d{1,2}(?:/\d|月|\.\d\d))",  # 出金改造 6/12上线
                r"(?<=[\u4e00-\u9fff])\s+(?=\+\s?\d)",  # 规则引擎迁移 +12
            )
        )
    )
)
_PRONOUN = re.compile(
    r"^(?:本次|本组|该项目|这|那|其中|其余|剩下|我们?|你|他|大家|各组|各|已|无|暂无|没有|目前|当前|今天|今日|昨天|本周|上周|下周|整体|总体|需要提醒|截[止至]|累计|一[个件]|两[个件]"
    r"|we|i|the team|all|no|zero|nobody|nothing|this|it|there|they|our|two|three|half)(?![a-z0-9])"
)
_COUNTED = re.compile(  # `12 bugs from the backlog`, `Met with Adyen`, `two new engineers`: no names
    r"(?:\d+|two|three|four|five|several|some|many|a few)\s+(?:[a-z]+\s+)?[a-z]+s(?![a-z])(?!\s*\d)"
    r"|(?:met|spoke|talked|chatted|synced|worked|helped|held|attended|interviewed|hired|joined)\s+(?:with|to|on|for|the|a|an|two|three|\d)"
)
_TICKET = re.compile(r"^\s*(?:#\d{2,}|[A-Z]{2,8}-\d{2,6})[\s:：]+(?=\S)")  # #1203 清算文件解析, PAY-4471 对账文件
_OF_THE_WHOLE = re.compile(  # 实际进度：62%, 进度差异：-8% say how all of it goes
    "(?:项目)?(?:计划|实际|整体|总体|当前|目前|预期|累计|健康|进度|总)?(?:进度|进展|差异|偏差|完成度|完成率|健康度|状态|阶段|评级|实际|计划)"
)
_ENGLISH_VERB = re.compile(
    r"\b(?!need|seed|feed|speed)[a-z]{3,}ed(?=\s+(?:on|with|to|in|for|by|from|at|after|before|since|last|off|up|out|the|a|an|our|us)\b|\s*$)"
)
_ASIDE = re.compile(r"\([^()]*\)")
_TARGET = re.compile(  # 事故不超过 2 起
    r"目标\s*[\d<>≥≤]|(?<!-)[<>≥≤]\s*[\d.]|(?:不超过|不高于|不低于|不少于|不大于|控制在)\s*\d"
    r"|(?:no more than|at least|at most|less than|fewer than|below|above|under)\s+\d"
)
_MADE = re.compile(
    r"\s(?:tool|bot|portal|platform|system|service|app|automation|dashboard|tooling)(?:\s+v?\d[\d.]*)?"
    r"(?=$|\s+(?:is|was|has|now|still|shipped|launched|live|done)\b)"
)  # On-call tool
_DEED = re.compile(  # 修了两个小问题, 和风控对了一下规则: what was done, of which none is a name
    r"[\u4e00-\u9fff]{1,2}了(?![解结])|(?:和|跟|与|同|找|约|请)[^,:]{1,8}?[对聊谈看过开核说商沟确讨][\u4e00-\u9fff]?了"
)
_CLOCK = re.compile(r"(?:凌晨|早上?|上午|中午|下午|晚上?|夜里)?\s*\d{1,2}:\d\d")  # 02:00 主从切换: when it was
_FRAME = re.compile(r"\s*[【\[「《]")
_TALLY = re.compile(  # 处理商户投诉3起, 修复3个线上bug
    r"(?:处理|修复|解决|优化|回复|答复|排查|跟进|受理|关闭|合并|修|改|补|查)[^,:]{0,12}?\d+\s*[个起条次例单件笔项](?:线上|历史)?(?:bug|缺陷|问题|工单|投诉|客诉|告警|漏洞|sql)?$"
)
_CHORE_ENDS = re.compile(r"\s*(?:$|[\d(]|[一两三四五六几半]|了|完|已|中$|\s)")
_NOUN_OF_STATE = re.compile(
    r"(?<!已)(?<!正在)(?:试点|启动|评审|开发|调研|迁移)$|(?<=[a-zA-Z] )(?i:canary|pilot|beta)$"
)  # before a colon, part of a name
_PREDICATE = re.compile(  # what names are not made of: 没有统一编码, 由代码迁到配置中心
    r"没(?!收)|无法|不(?!良|动产|间断|限|锈|停)|未(?!来|成年)|需(?!求)|被|把|^待|尚|仅|才|却|[由从].+?(?:[到至为成])"
    r"|[改换迁切降升提扩减增调移]+(?:到|至|为|成)|收到|拿到|来自|(?<![友良偏爱最更美])好$"
)
_OF_HEADINGS = re.compile("[本上下这当每][周日月]|情况|内容|记录|其|(?:数据|指标|统计|[率量数])$")
_LIGHTS = re.compile("[\\s\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f300-\U0001faff]+$")  # Checkout 🟢
_NUMBERED = re.compile(
    r"^(?:项目|专项|任务|事项|工作|模块|课题|project|workstream|initiative|task)\s*(?:[a-z]|\d{1,2}|[一二三四五六七八九十]{1,2})\s*[:：、.—-]+\s*(?=\S)",
    re.IGNORECASE,
)
_PLACE_BEHIND = re.compile(r"[\u4e00-\u9fff]{1,6}(?:机房|中心|园区|站点|分行|区域|环境|版)[:：]")  # 异地灾备 西安机房：
_OWNERS_BEHIND = re.compile(r"(?:\s+@[^\s@,，:：]{1,16})+$")  # 进件2.0 @胡静 @小林
_THEME = re.compile(
    r"^\s*(?:主题|专题|方向|主线|theme|workstream|stream|epic|initiative|program(?:me)?)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)  # 主题：稳定性
_FLAG_BEFORE = re.compile(r"[\s*]*(?:[【\[(（][^【】\[\]()（）]{1,8}[】\])）]\s*[\s*「《]*)+")  # 【高】对账平台：…
_SPEAKING = (*flags.STATES, ("wording", "done"), ("wording", "planned"))
_STANDS = (("statuses", "done"), ("statuses", "planned"), ("statuses", "unbegun"), ("statuses", "blocked"))
_MANY_WORDS = 6
_WORD = re.compile(r"\w")
_QUOTED = re.compile(r"\s*[「《](?P<name>[^」》\n]{2,24})[」》](?!的)")
_SHARE_BEHIND = re.compile(
    r"(?:(?<=\S)\s+|(?<=[\u4e00-\u9fff])(?<!率))[(（]?\d{1,3}(?:\.\d+)?\s*%[)）]?$"
)  # 商户后台改版 60%
_LONG_TAG = re.compile(
    r"\s*【(?P<name>[^】\n]{7,24})】\s*(?=[^\s:：])"
)  # 【支付宝先享后付】签约调通: no module, a name
_BEHIND_NAME = re.compile(  # what divides a name from what is said of it; a share does not: 对账平台（45%）：…
    r"[】」》]\s*(?=[^\s:：])|\s*【[^【】\n]{1,12}】\s*(?=[^\s:：])|[」』》】*]*(?:(?:\s*[（(【\[][^（()）【】\[\]%％]*[)）】\]])*\s*(?:[:：]|[-–—]+\s|[-–—]{2,})|(?:\s*@[^\s，,。;；:：]+)*(?=\s*[（(【\[]?\d+(?:\.\d+)?\s*[%％]\s*(?:[)）】\],，。;；:：(（]|$)))\s*"
)


@remembered_with
def of_lead(lead: str, lexicon: Lexicon, period: Period) -> str:
    """The name at the front of a statement, empty where none stands there.

    `"机房降本启动，先看…"` -> 机房降本; `"出金记账改造 已提测 预计4/6上线"` -> 出金记账改造;
    `"完成拉卡拉通道联调"` -> 拉卡拉通道; `"Ledger 2.0 - migration at 107/164"` -> Ledger 2.0; `"6/5 收银台改版提测"` -> 收银台改版.
    """
    lead = _TICKET.sub("", name_edges.behind_day(lead, period))
    quoted = _QUOTED.match(flags.flagged(naming.ordinal(lead.strip())[1], lexicon))
    if quoted and not lexicon.section_kind(quoted["name"]) and _can_be_name(quoted["name"], lexicon):
        return naming.clean(quoted["name"])
    tag = _LONG_TAG.match(naming.ordinal(lead)[1])
    if tag and not lexicon.section_kind(tag["name"]) and _can_be_name(tag["name"], lexicon):
        return naming.clean(tag["name"])
    clause = name_edges.before_date(_first_clause(lead, lexicon), period)
    bare = name_edges.without_brackets(clause)  # 收银台 55%（上周40%）
    clause = _SHARE_BEHIND.sub("", bare if _SHARE_BEHIND.search(bare) else clause)
    whole = name_edges.without_verb(name_edges.without_opening(naming.clean(clause), lexicon), lexicon)
    name = name_edges.before_statement(whole, lexicon)
    if name == whole and (is_set_off(lead, lexicon) or _is_alone(lead, clause)):
        name = name if _NOUN_OF_STATE.search(name) else name_edges.without_state(name, lexicon)
    else:
        name = name_edges.without_state(name, lexicon) if name == whole else name_edges.without_adverbs(name)
    name = name_edges.without_document(naming.clean(name_edges.without_brackets(name)), lexicon)
    return name if _can_be_name(name, lexicon) else ""


def _is_alone(lead: str, clause: str) -> bool:
    """Whether a name is all of its line, and more stands below: `商户结算时效提升试点`."""
    first, _, rest = lead.strip().partition("\n")
    return bool(rest) and first.endswith(clause)


def of_heading(words: str, lexicon: Lexicon) -> str:
    """A heading's name: `"商户钱包（负责人：赵敏）"` -> 商户钱包, `"Event bus – on track"`, `"项目A：跨境收款"` -> 跨境收款."""
    words = _OWNERS_BEHIND.sub("", _LIGHTS.sub("", words) or words)
    words = _THEME.sub("", _LIGHTS.sub("", words) or words)
    front, _, last = words.rpartition(" ")
    words = front if len(front) > 1 and flags.status_words(text.fold(last), lexicon) else words  # 清算引擎2.0 开发中
    name = _NUMBERED.sub("", name_edges.without_brackets(flags.flagged(naming.clean(words), lexicon)))
    clause = _first_clause(name, lexicon)
    rest = _after(name, clause, lexicon).lstrip(" ,，:：—–-|")
    told = rest and (_speaks(text.level(rest), lexicon) or re.match(r"\d+(?:\.\d+)?\s*%|\d+/\d+", rest))
    return naming.clean(clause) if told and len(clause) >= 2 else naming.clean(name)


def without_name(words: str, name: str) -> str:
    """What a statement says behind the name and a colon or dash: `"值守平台：12/24已上线"` -> `"12/24已上线"`."""
    at = words.find(name)
    unnamed = at < 0 or (_WORD.search(words, 0, at) and not _FLAG_BEFORE.fullmatch(words, 0, at))
    match = None if unnamed else _BEHIND_NAME.match(words, at + len(name))
    return words[match.end() :] if match else words


def is_sentence(name: str, lead: str) -> bool:
    """Whether a name is all of a long English line: `Rate limiter held 3x normal load during the warm-up` names nothing."""
    return name.isascii() and name.count(" ") >= _MANY_WORDS and naming.clean(lead) == name


def is_bare(lead: str, lexicon: Lexicon) -> bool:
    """Whether the first clause is a name and nothing else: `"收银台改版：联调中"`; not `"已完成联调3家"`."""
    clause = text.level(_first_clause(lead, lexicon)).strip()
    name = naming.clean(name_edges.without_brackets(clause))
    if not 2 <= len(name) <= (_LONGEST * 2 if name.isascii() else 24) or (name.isascii() and name.count(" ") > 5):
        return False
    stated = (lexicon.words("statuses", status).last(name) for status in ("done", "testing", "blocked", "planned"))
    if any(found and (len(found[0]) > 1 or found.end() < len(name)) for found in stated):
        return False
    leading = lexicon.words("words", "leading").pattern.match(name)
    return not (leading or tells(name, lexicon) or any(clock.times(clause)))


def tells(name: str, lexicon: Lexicon) -> bool:
    """Whether a short text is a sentence or a label and no name: `"已接3家"`, `"整体进度"`; `"收银台改版"` is a name."""
    if _PREDICATE.search(name):
        return True
    told = re.search(r"\d\s*%|\d+\s*[个家笔次台张]|已|了|正常|中$|\d+\s*/\s*\d+$|这件事", name)
    ended = lexicon.words("words", "results").pattern.search(name[-2:])
    labelled = re.search(r"(?:进度|情况|率|数|金额|进展)$", name) or lexicon.meanings(name)
    return bool(told or ended or labelled or _PRONOUN.match(name))


def is_named_statement(lead: str, lexicon: Lexicon) -> bool:
    """Whether a name is set off and then something is said of it: `"收银台整体改版，预计5月中投产"`."""
    clause = _first_clause(lead, lexicon)
    rest = _after(lead, clause, lexicon).strip(" ,，。;；:：-—–|")
    return bool(rest) and is_bare(lead, lexicon)


def is_set_off(lead: str, lexicon: Lexicon) -> bool:
    """Whether a colon or a dash, more than a comma, divides a name from what is said of it: `"对账平台：已提测"`."""
    clause = _first_clause(lead, lexicon)
    return re.match(r"\s*[:：\-—–]", _after(lead, clause, lexicon)) is not None


def _after(lead: str, clause: str, lexicon: Lexicon) -> str:
    """What stands behind a clause: `"收银台改版：联调中"`, `"收银台改版"` -> `"：联调中"`."""
    return flags.flagged(naming.ordinal(lead.strip())[1], lexicon)[len(clause) :]


def is_of_common_words(lead: str, lexicon: Lexicon) -> bool:
    """`支付安全`, `渠道监控大盘` above parts of its own: words of headings, and none that makes it one (本周, 进展)."""
    name = text.fold(naming.clean(lead))
    if not 4 <= len(name) <= 8 or name.isascii() or lexicon.section_kind(name) not in ("update", "metric"):
        return False
    return not lexicon.words("sections", "update").search(name) and not _OF_HEADINGS.search(name)


def is_chore(lead: str, lexicon: Lexicon) -> bool:
    """Whether people tell of other things than projects: `"帮风控查了两个订单"`, `"元旦值班交接"`."""
    words = naming.clean(text.level(lead))
    if _QUOTED.match(lead) or _MADE.search(text.level(_first_clause(lead, lexicon))):
        return False
    clause = text.level(_first_clause(words, lexicon))
    named = name_edges.before_statement(clause, lexicon) or clause
    if lexicon.words("words", "helping").pattern.match(words) or _TARGET.search(
        _ASIDE.sub("", re.split("[,;。]", words)[0])
    ):
        return True
    if _FRAME.match(lead):
        return False
    if _TALLY.match(clause) or (_DEED.match(clause) and not lexicon.words("words", "leading").pattern.match(clause)):
        return True
    told = _speaks(words[len(clause) :].lstrip(" ,，、:：—–-"), lexicon)
    if any(
        _CHORE_ENDS.match(clause, chore.end())
        and not (told and chore.start() >= _NAMED_BEFORE and chore[0].endswith("修复"))
        for chore in lexicon.words("words", "chores").pattern.finditer(named)
    ):
        return True  # 收银台导出 bug 修复，已提测 names what was mended
    return (
        _ENGLISH_VERB.search(clause) is not None
        and not any(
            lexicon.words("statuses", status).search(clause)
            for status in ("done", "testing", "blocked", "in_progress", "planned")
        )
        and not lexicon.words("words", "accomplished").search(clause)
    )


def _can_be_name(name: str, lexicon: Lexicon) -> bool:
    """`"收银台改版"` can be one; `"已完成"`, `"3/20"` and a kind of section cannot."""
    plain = text.level(name)
    if (
        len(name) < 2
        or sum(2 - c.isascii() for c in name) > _LONGEST * 2
        or lexicon.is_nothing(name)
        or plain.isdigit()
    ):
        return False
    if (
        _OF_THE_WHOLE.fullmatch(plain)
        or re.fullmatch(r"v?[\d\s./%-]+\w?|kr\d?", plain)
        or _CLOCK.match(plain)
        or _PRONOUN.match(plain)
        or _COUNTED.match(plain)
    ):
        return False
    stands = text.fold(name) in lexicon.any_of(_STANDS)
    return not stands and not lexicon.section_kind(name)  # but 联调 and 第一批 may be parts of a project


def _first_clause(lead: str, lexicon: Lexicon) -> str:
    """Up to the first separator outside brackets; a space separates Chinese from Chinese, or where a state follows.

    `"收银台改版（二期，含分期），联调中"` -> `"收银台改版（二期，含分期）"`.
    """
    words = flags.flagged(naming.ordinal(lead.strip())[1], lexicon)
    words = words[: flags.state_behind(words, lexicon)]
    levelled = text.level(words)
    for match in _SEPARATOR.finditer(levelled):
        if match.start() == 0 or levelled.count("(", 0, match.start()) > levelled.count(")", 0, match.start()):
            continue
        if levelled.count("《", 0, match.start()) > levelled.count("》", 0, match.start()):
            continue
        single = len(match[0]) == 1 and match[0].isspace() and match[0] != "\n"
        typed = _CHINESE.findall(levelled[: match.start()])
        if single and len(typed) < 4 and not _speaks(levelled[match.end() :], lexicon):
            continue
        if single and _PLACE_BEHIND.match(levelled, match.end()) and not _speaks(levelled[match.end() :], lexicon):
            continue
        return words[: match.start()]
    return words


def _speaks(rest: str, lexicon: Lexicon) -> bool:
    """Whether a text goes on with a word of state or a promise: `"已提测 预计4/6上线"`."""
    if lexicon.any_of(_SPEAKING).pattern.match(rest):
        return True
    return re.match(r"\d{1,2}[/月.]\d|\d+(?:\.\d+)?%|本周|上周|目前", rest) is not None


def of_tag(lead: str, lexicon: Lexicon) -> str:
    """The module whose tag opens a sentence: `"【收银台】分期入口本周上线"` -> 收银台.

    A tag before a name with a colon (`"【支付】收银台改版：联调中"`) or before nothing but a name is none.
    """
    tag, rest = flags.module(lead, lexicon)
    if not tag or is_set_off(rest, lexicon) or of_lead(rest, lexicon, Period()) == rest:
        return ""
    return tag if _can_be_name(tag, lexicon) else ""
