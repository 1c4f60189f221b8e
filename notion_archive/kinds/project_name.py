"""The project an item is about, in the author's words: what stands before the first statement of how it is going."""

import re
from collections.abc import Iterator

from notion_archive import clock, dates, gates, naming, text
from notion_archive.dates import Period
from notion_archive.kinds import flags
from notion_archive.kinds.progress import counts
from notion_archive.lexicon import Lexicon
from notion_archive.remembered import remembered_with

_LONGEST = 30
_CHINESE = re.compile("[\u4e00-\u9fff]")
_SEPARATOR = gates.headed(
    re.compile(
        r"[:：，。；\n]|(?<=[a-z])\.\s+|,(?!\d{3}(?!\d))|;(?![a-z])|\s+-+\s*|\s-+|-{2,}|—+|–+|\s*[→|]\s*|(?<=[^\sa-z0-9.&+/])\s+(?=[^\sa-z0-9&+/(])|\s{2,}"
        r"|(?<=[\u4e00-\u9fff][a-z]{2})\s+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])\s+(?=\d{1,2}(?:/\d|月|\.\d\d))"
    )
)
_SENTENCE = re.compile(r"[。!！?？\n]+|\.\s+(?=[A-Z])")
_BRACKETS = re.compile(r"\s*(?:[（(][^（()）]*[)）]|(?<=[^\s])[【\[][^【】\[\]]{1,8}[】\]])\s*$")
_PRONOUN = re.compile(
    r"^(?:本次|本组|该项目|这|那|其中|其余|剩下|我们?|你|他|大家|各组|各|已|无|暂无|没有|目前|当前|今天|今日|昨天|本周|上周|下周|整体|总体|需要提醒|截[止至]|累计|一[个件]|两[个件]"
    r"|we|i|the team|all|no|zero|nobody|nothing|this|it|there|they|our|two|three|half)(?![a-z0-9])"
)
_BECAUSE = re.compile(
    r"因(?!子|素|果|人)|(?<=[a-z])\s+(?=(?:shipped|launched|released|rolled out|went live|moved|slipped|migrated"
    r"|completed|finished|delivered|deployed|merged|paused|blocked|delayed)\s+(?:to|on|in|for|by|with|at|from|and|until)\b)"
    r"|(?:\s*\([^()]{1,24}\))?(?<=[a-z0-9)])\s+"
    r"(?=(?:on hold|in progress|in testing|in review|not started|not yet started|under way|underway)\b)"
)
_SUBJECT = re.compile(r"(?:we|i|the team)(?:'ve|\s+have|\s+has)?\s+")
_NOUNS = (
    "二期|三期|四期|改版|对接|直连|迁移|搬迁|重构|拆分|替换|下线|续期|提速|上云|扩容|整改|归档|清退|优化|改造|中心|后台|引擎|网关|门户|小程序|工具|模型|看板|报表|通道|钱包|接口|脚本"
    "|2.0|3.0|(?<![a-z])(?:sdk|app|apis?|migration|rewrite|redesign|rollout|launch|integration|onboarding|pilot|refactor|revamp"
    "|cutover|automation|certification|deprecation|gateway|engine|portal|console|dashboard|service|reports?|reporting|pipeline|project)"
)
_LIKE_A_NAME = rf"(?:{{words}}|{_NOUNS}|[a-z\s]\d[\d.]*)$"
_TOGETHER = re.compile(r"(?:与|和|跟|同)\S{2,12}?(?:合作|共建|联合|一起做)的?")
_ENGLISH_VERB = re.compile(
    r"\b(?!need|seed|feed|speed)[a-z]{3,}ed(?=\s+(?:on|with|to|in|for|by|from|at|after|before|since|last|off|up|out|the|a|an|our|us)\b|\s*$)"
)
_ADVERBS = re.compile(
    r"(?:已经?|正在|全部|(?<![平日人月周])均|顺利|基本|继续|持续|(?<![集居其])中|了|也|(?<!成)都|(?<!即)将|仍|(?<![偿归返退])还|整体"
    r"|(?<![路自理])由|(?<!主)从|(?<!各)自|(?<!实)在|于|的|(?<![a-z])(?:is|are|was|has been|now))$",
    re.IGNORECASE,
)
_WHITHER = re.compile(  # to whom or where a thing went, no part of its name
    r"(?<!move)(?<!migration)(?<!switch)(?<!upgrade)(?<!transition)(?<!cutover)(?<!change)(?<!access)(?<!support)(?<!link)"
    r"\s+(?:to|across|onto|into|behind|together with|with)\s"
)
_TARGET = re.compile(  # 事故不超过 2 起
    r"目标\s*[\d<>≥≤]|[<>≥≤]\s*[\d.]|(?:不超过|不高于|不低于|不少于|不大于|控制在)\s*\d"
    r"|(?:no more than|at least|at most|less than|fewer than|below|above|under)\s+\d"
)
_MADE = re.compile(
    r"\s(?:tool|bot|portal|platform|system|service|app|automation|dashboard|tooling)(?:\s+v?\d[\d.]*)?"
    r"(?=$|\s+(?:is|was|has|now|still|shipped|launched|live|done)\b)"
)  # On-call tool
_CHORE_ENDS = re.compile(r"\s*(?:$|[\d(]|了|完|已|中$|\s)")
_NOUN_OF_STATE = re.compile(
    r"(?<!已)(?<!正在)(?:试点|启动|评审|开发|调研|迁移)$|(?<=[a-zA-Z] )(?i:canary|pilot|beta)$"
)  # before a colon, part of a name
_PREDICATE = re.compile(  # what names are not made of: 没有统一编码, 由代码迁到配置中心
    r"没(?!收)|无法|不(?!良|动产|间断|限|锈|停)|未(?!来|成年)|需(?!求)|被|把|^待|尚|仅|才|却|[由从].+?(?:[到至为成])"
    r"|[改换迁切降升提扩减增调移]+(?:到|至|为|成)|收到|拿到|来自"
)
_OF_HEADINGS = re.compile("[本上下这当每][周日月]|情况|内容|记录|其|(?:数据|指标|统计|[率量数])$")
_LIGHTS = re.compile("[\\s\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f300-\U0001faff]+$")  # Checkout 🟢
_NUMBERED = re.compile(
    r"^(?:项目|专项|任务|事项|工作|模块|课题|project|workstream|initiative|task)\s*(?:[a-z]|\d{1,2}|[一二三四五六七八九十]{1,2})\s*[:：、.—-]+\s*(?=\S)",
    re.IGNORECASE,
)
_THEME = re.compile(
    r"^\s*(?:主题|专题|方向|主线|theme|workstream|stream)\s*[:：]\s*(?=\S)", re.IGNORECASE
)  # 主题：稳定性
_FLAG_BEFORE = re.compile(r"[\s*]*(?:[【\[(（][^【】\[\]()（）]{1,8}[】\])）]\s*[\s*「《]*)+")  # 【高】对账平台：…
_ROLE = re.compile(
    "负责|牵头|测试|联调|开发|进行|完成|上线|暂停|延期|风险|计划|阻塞|灰度|提测|正常|合作|共建|[组部侧方]"
)
_TAILS = (*flags.STATES, ("words", "trailing"), ("wording", "done"))
_SPEAKING = (*flags.STATES, ("wording", "done"), ("wording", "planned"))
_STANDS = (("statuses", "done"), ("statuses", "planned"), ("statuses", "unbegun"), ("statuses", "blocked"))
_MANY_WORDS = 6
_SOON = 16  # so far from its beginning a sentence may name the project it turns to: `We have shipped …`
_WORD = re.compile(r"\w")
_QUOTED = re.compile(r"\s*[「《](?P<name>[^」》\n]{2,24})[」》](?!的)")
_SHARE_BEHIND = re.compile(
    r"(?:(?<=\S)\s+|(?<=[\u4e00-\u9fff])(?<!率))[(（]?\d{1,3}(?:\.\d+)?\s*%[)）]?$"
)  # 商户后台改版 60%
_LONG_TAG = re.compile(
    r"\s*【(?P<name>[^】\n]{7,24})】\s*(?=[^\s:：])"
)  # 【支付宝先享后付】签约调通: no module, a name
_BEHIND_NAME = re.compile(  # what divides a name from what is said of it; a share does not: 对账平台（45%）：…
    r"[】」》]\s*(?=[^\s:：])|[」』》】*]*(?:(?:\s*[（(【\[][^（()）【】\[\]%％]*[)）】\]])*\s*(?:[:：]|[-–—]+\s|[-–—]{2,})|(?:\s*@[^\s，,。;；:：]+)*(?=\s*[（(【\[]?\d+(?:\.\d+)?\s*[%％]\s*(?:[)）】\],，。;；:：]|$)))\s*"
)


@remembered_with
def of_lead(lead: str, lexicon: Lexicon, period: Period) -> str:
    """The name at the front of a statement, empty where none stands there.

    `"机房降本启动，先看…"` -> 机房降本; `"出金记账改造 已提测 预计4/6上线"` -> 出金记账改造;
    `"完成拉卡拉通道联调"` -> 拉卡拉通道; `"Ledger 2.0 - migration at 107/164"` -> Ledger 2.0; `"6/5 收银台改版提测"` -> 收银台改版.
    """
    lead = _behind_day(lead, period)
    quoted = _QUOTED.match(flags.flagged(naming.ordinal(lead.strip())[1], lexicon))
    if quoted and not lexicon.section_kind(quoted["name"]) and _can_be_name(quoted["name"], lexicon):
        return naming.clean(quoted["name"])
    tag = _LONG_TAG.match(naming.ordinal(lead)[1])
    if tag and not lexicon.section_kind(tag["name"]) and _can_be_name(tag["name"], lexicon):
        return naming.clean(tag["name"])
    clause = _SHARE_BEHIND.sub("", _before_date(_first_clause(lead, lexicon), period))
    whole = _without_verb(_without_opening(naming.clean(clause), lexicon), lexicon)
    name = _before_statement(whole, lexicon)
    if name == whole and is_set_off(lead, lexicon):
        name = name if _NOUN_OF_STATE.search(name) else _without_state(name, lexicon)
    else:
        name = _without_state(name, lexicon) if name == whole else _without_adverbs(name)
    name = naming.clean(without_brackets(name))
    return name if _can_be_name(name, lexicon) else ""


def of_heading(words: str, lexicon: Lexicon) -> str:
    """A heading's name: `"商户钱包（负责人：赵敏）"` -> 商户钱包, `"Event bus – on track"`, `"项目A：跨境收款"` -> 跨境收款."""
    words = _LIGHTS.sub("", words) or words
    words = _THEME.sub("", words)
    name = _NUMBERED.sub("", without_brackets(flags.flagged(naming.clean(words), lexicon)))
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


def without_brackets(name: str) -> str:
    """Without remarks in brackets at the end; a phase stays: `"聚合码（二期）"`, `"跨境收款（Lena）【❌】"` -> 跨境收款."""
    bare = _BRACKETS.sub("", name)
    if re.search("[（(][\u4e00-\u9fff]{4,8}[)）]$", name) and not _ROLE.search(name[len(bare) :]):
        return name
    if (
        bare == name
        or len(bare) < 2
        or re.search(r"[一二三四五六七八九十\d]期|阶段|phase|v\d", name[len(bare) :], re.IGNORECASE)
    ):
        return name
    return without_brackets(bare)


def of_prose(words: str, lexicon: Lexicon, period: Period) -> str:
    """The project a sentence of running text tells of: behind a clause that only says when or why, too.

    `"离双十一还有十三天，大促容量准备是这周的重心。"` -> 大促容量准备; `"国庆只上了三天班"` -> none.
    """
    for clause in re.split(r"[,，。;；\n]", words):
        levelled = text.level(clause).strip()
        opens_with = lexicon.words("words", "opening").pattern.match(levelled)
        if not levelled or (opens_with and not is_set_off(clause, lexicon)):
            continue
        name = of_lead(clause, lexicon, period)
        return name if name and not _tells(text.level(name), lexicon) else ""
    return ""


def sentences(words: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with the place it begins at."""
    begin = 0
    for edge in _SENTENCE.finditer(words):
        yield begin, words[begin : edge.end()]
        begin = edge.end()
    if words[begin:].strip():
        yield begin, words[begin:]


def opens(sentence: str, lexicon: Lexicon, period: Period) -> bool:
    """Whether a sentence turns to a project, by a name that ends like one: `"对账平台重构已提测，…"`."""
    name = of_prose(sentence, lexicon, period)
    levelled = text.level(name)
    told = levelled and 0 <= text.level(sentence).lstrip().find(levelled) <= _SOON
    known = lexicon.words("words", "endings").within(_LIKE_A_NAME).search(levelled)
    return bool(told and known) and len(name) >= 3


def is_bare(lead: str, lexicon: Lexicon) -> bool:
    """Whether the first clause is a name and nothing else: no word of state, failure, count or time in it."""
    clause = text.level(_first_clause(lead, lexicon)).strip()
    name = naming.clean(without_brackets(clause))
    if not 2 <= len(name) <= (_LONGEST * 2 if name.isascii() else 24) or (name.isascii() and name.count(" ") > 5):
        return False
    stated = (lexicon.words("statuses", status).last(name) for status in ("done", "testing", "blocked", "planned"))
    if any(found and (len(found[0]) > 1 or found.end() < len(name)) for found in stated):
        return False
    leading = lexicon.words("words", "leading").pattern.match(name)
    return not (leading or _tells(name, lexicon) or any(clock.times(clause)))


def _tells(name: str, lexicon: Lexicon) -> bool:
    """Whether a short text is a sentence or a label and no name: a count, a result, 已 or 了 in it, 进度 at its end."""
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
    named = _before_statement(clause, lexicon) or clause
    if lexicon.words("words", "helping").pattern.match(words) or _TARGET.search(re.split("[,;。]", words)[0]):
        return True
    if any(
        _CHORE_ENDS.match(clause, chore.end()) for chore in lexicon.words("words", "chores").pattern.finditer(named)
    ):
        return True
    return (
        _ENGLISH_VERB.search(clause) is not None
        and not any(
            lexicon.words("statuses", status).search(clause)
            for status in ("done", "testing", "blocked", "in_progress", "planned")
        )
        and not lexicon.words("words", "accomplished").search(clause)
    )


def _can_be_name(name: str, lexicon: Lexicon) -> bool:
    plain = text.level(name)
    if not 2 <= len(name) <= _LONGEST * (2 if name.isascii() else 1) or lexicon.is_nothing(name) or plain.isdigit():
        return False
    if re.fullmatch(r"[\d\s./%-]+\w?|kr\d?", plain) or _PRONOUN.match(plain):
        return False
    stands = text.fold(name) in lexicon.any_of(_STANDS)
    return not stands and not lexicon.section_kind(name)  # but 联调 and 第一批 may be parts of a project


def _first_clause(lead: str, lexicon: Lexicon) -> str:
    """Up to the first separator outside brackets; a space separates Chinese from Chinese, or where a state follows."""
    words = flags.flagged(naming.ordinal(lead.strip())[1], lexicon)
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
        return words[: match.start()]
    return words


def _speaks(rest: str, lexicon: Lexicon) -> bool:
    """Whether a text goes on with a word of state or a promise: `"已提测 预计4/6上线"`."""
    if lexicon.any_of(_SPEAKING).pattern.match(rest):
        return True
    return re.match(r"\d{1,2}[/月.]\d|\d+(?:\.\d+)?%|本周|上周|目前", rest) is not None


def _behind_day(lead: str, period: Period) -> str:
    """A statement without the day it opens with: `"6/5 收银台改版提测"`; `"618 大促保障"` and `"7月账单"` stay."""
    found = next(iter(dates.find(text.level(lead), period)), None)
    if found is None or found.at > 1 or found.first != found.last:
        return lead
    rest = lead[found.to :].lstrip(" \t:：,，-—、|")
    return rest if _WORD.match(rest) or rest[:1] in ("【", "[", "*") else lead


def _before_date(clause: str, period: Period) -> str:
    levelled = text.level(clause)
    counted = counts(levelled)
    spans = (d for d in dates.find(levelled, period) if not any(at <= d.at < to for at, to in counted))
    found = next((d for d in spans if d.at >= 3), None)
    return (
        re.sub(r"(?:\s|[于在到至由从自(（]|(?<![a-z])(?:by|on|in|at|for|from|since))+$", "", clause[: found.at])
        if found
        else clause
    )


def _before_statement(name: str, lexicon: Lexicon) -> str:
    """`"收单网关拆分这周进入尾声"` -> `"收单网关拆分"`: up to where a sentence begins to tell of it."""
    levelled = text.level(name)
    least = 3 if not name.isascii() else 4
    turns = [*lexicon.words("words", "turning").pattern.finditer(levelled), *_BECAUSE.finditer(levelled)]
    return name[: min((turn.start() for turn in turns if turn.start() >= least), default=len(name))].rstrip(" (（[【")


def of_tag(lead: str, lexicon: Lexicon) -> str:
    """The module whose tag opens a sentence: `"【收银台】分期入口本周上线"` -> 收银台.

    A tag before a name with a colon (`"【支付】收银台改版：联调中"`) or before nothing but a name is none.
    """
    tag, rest = flags.module(lead, lexicon)
    if not tag or is_set_off(rest, lexicon) or of_lead(rest, lexicon, Period()) == rest:
        return ""
    return tag if _can_be_name(tag, lexicon) else ""


def _without_opening(name: str, lexicon: Lexicon) -> str:
    """`"关于新网点管理后台"` -> 新网点管理后台; `"与中国银行合作的跨境收款"` -> 跨境收款."""
    levelled = text.level(name)
    if subject := _SUBJECT.match(levelled):
        rest = levelled[subject.end() :]
        return name[subject.end() :] if lexicon.words("words", "leading").pattern.match(rest) else name
    opening = lexicon.words("words", "before").pattern.match(levelled)
    if opening and levelled[opening.end() : opening.end() + 1] == "-":  # On-call tool
        return name
    match = opening or _TOGETHER.match(levelled)
    return name[match.end() :].lstrip(" :：,，") if match and len(name) - match.end() >= 2 else name


def _without_verb(name: str, lexicon: Lexicon) -> str:
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


def _without_state(name: str, lexicon: Lexicon) -> str:
    """`余额查询改造上线完毕` -> `余额查询改造`: words of state at the end of a name go."""
    before = None
    while name != before and name:
        before = name
        cut = _state_at_end(text.level(name), lexicon)
        if cut:
            name = name[:cut].rstrip(" ,，、-—:：")
            continue
        name = _without_adverbs(name)
    return name


def _without_adverbs(name: str) -> str:
    trimmed = re.sub(r"^(?:the|our)\s+(?=\w+\s)", "", _ADVERBS.sub("", name).rstrip(), flags=re.IGNORECASE)
    return trimmed if len(trimmed) >= 2 else name


def _state_at_end(levelled: str, lexicon: Lexicon) -> int:
    """Where a word of state at the end begins, 0 where none ends it; one character is a part of a word: 模拟, 路由."""
    if not lexicon.any_of(_TAILS).search(levelled):
        return 0
    for table, meaning in _TAILS:
        found = lexicon.words(table, meaning).last(levelled)
        if found and found.end() >= len(levelled) and found.start() >= 2 and len(found[0]) > 1:
            return found.start()
    return 0
