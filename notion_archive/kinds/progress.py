"""How far a project is, as stated: `总进度：69.3%`, `报表改造（总数128个）：61.25%`, `已完成107个，共164个`."""

import re
from collections.abc import Iterator

import msgspec

from notion_archive import gates, text
from notion_archive.day_pattern import CHINESE
from notion_archive.lexicon import Lexicon
from notion_archive.records import Progress

_PERCENT = re.compile(r"(?<![\d.])(?P<percent>\d{1,3}(?:\.\d+)?)\s*%")
_FRACTION = re.compile(
    r"(?<![\d./-])(?<!\d:)(?P<done>\d{1,6})(?:\s*/\s*|\s+(?:out\s+)?of\s+(?:the\s+)?)(?P<total>\d{1,6})(?![\d/])"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")  # 1,391/1,580
_TOTAL = re.compile(r"(?:总数|总共|共计?|总计|全部|合计|out of|of)\s*(?:为|[:：])?\s*(?P<total>\d{1,6})(?!\s*[%./\d])")
_NUMBER_ALONE, _UNIT_BEHIND = re.compile(r"\d{1,3}(?:\.\d+)?"), re.compile(r"\s*\(?%\)?$")
_TOTAL_BEHIND = re.compile(r"\s*\([^()\d]{0,6}(?:总数|共|总计|合计|of)\s*[:为]?\s*(?P<total>\d{1,6})[^()\d%/]{0,4}\)")
_OF_TOTAL = re.compile(
    r"(?:已?(?:完成|迁移|接入|切换|改造|上线|迁|接|切|改|清理|关闭|修复|覆盖|处理|替换|下线)|(?:已|累计)[\u4e00-\u9fff]{1,6})[了:：]?\s*(?P<done>\d{1,6})\s*(?:[个张家项条台套笔户份场次篇门批][^,，。;；]{0,6})?"
    r"[,，、 (（/]*(?:共|总数|总共|总计|合计|全部|全量|目标)[^,，。;；\d]{0,6}(?P<total>\d{1,6})"
)
_TOTAL_FIRST = re.compile(  # 共12家，已接入 5家; 12项整改，已完成6项; 23个预案演练了 15 个
    r"(?:共\s*(?P<total>\d{1,6})\s*[个张家项条台套笔户份处][^,，。;；\d]{0,10}[,，、 ]*(?:已|累计)[\u4e00-\u9fff]{1,3}"
    r"\s*(?P<done>\d{1,6})(?=\s*[个张家项条台套笔户份处])"
    r"|(?<![\d.第增加前近超])(?<!bug )(?<!缺陷)(?<!缺陷 )(?<!问题)(?<!问题 )(?P<of_total>\d{1,6})"
    r"\s*(?P<unit>[个张家项条台套份批])(?![^,，。;；\d]*(?:bug|缺陷|问题))[^,，。;；\d]{0,8}[,，、 ]*"
    r"(?:已[\u4e00-\u9fff]{1,5}|[\u4e00-\u9fff]{1,3}[了完]|(?:完成|关闭|闭环|整改|销项|销号|办结|修复|接入|迁移|切换|改造)|(?<=中)的|(?<=[里中])有?(?=\s*\d+\s*(?P=unit)\s*(?:已|都|完|做|改|接|迁|切|上|通)))"
    r"\s*(?P<of_done>\d{1,6})\s*(?P=unit))"
)
_GATE = gates.gate(_PERCENT, _FRACTION, _OF_TOTAL, _TOTAL_FIRST)
_GATE_OF_FRACTION = gates.gate(_FRACTION)
_CHANGE = re.compile(
    r"(?:从|由|提到|提至|提升[到至]?|放[到至]|扩大?[到至]|加[到至]|调[到至]|提高[到至]?|升[到至]|降[到至]|增[到至]|from|up to|down to)\s*$"
)
_TRAFFIC = re.compile(r"(?:灰度|切流|放量|流量|容量|水位|剩余?|余量|canary|ramp|traffic)[^,，]{0,4}$")
_LEFT = re.compile(
    r"(?:还|尚|只|就|仅)?[差欠](?!不多|点)[^,，]{0,3}$|(?<![a-z])(?:remaining|remains|left|another)\s*$"
)  # 离完成还差 20%
_LATER_SHARE = re.compile(
    r"\s*(?:(?:→|->|=>|-->)\s*\d{1,3}(?:\.\d+)?\s*%|之?后(?!续|台|端))"
)  # 70% → 85%: the new one; 放30%后出故障
_ABOUT = re.compile(
    r"[做写搬改迁走干画测接切跑建铺]了|差不多|大概|大约|将近|接近|快到?|[已达到约近过]|了|现在?|目前|如今|本周|这周|我们?|估计|应该|感觉|有"
    r"|(?<![a-z])(?:about|roughly|around|nearly|almost|some|we|are|is|at|now|currently|i|would|say|it|stands|this|week|already|over|still)(?![a-z])|'re|[\W_]"
)
_SHARE_ENDS = re.compile(r"\s*(?:$|[,，。;；:()（）\[\]|\n]|\.(?:\s|$)|[了吧多出]|左右|上下|以上|的线|\s-)")
_OUT_TO = re.compile(  # 现在灰度30%, 灰度已退回 0%, 切流已到20%; but 灰度5%流量
    r"(?:灰度(?:比例|范围|进度)?\s*(?:(?:已经?)?(?:放量?|扩大?|开|升|提升?|调|推|退|回退)[至到回])?[:为至到]?|切流(?:比例|进度)?\s*(?:已经?|目前)?[:为至到]?)\s*$"
)
_PERCENT_IN_WORDS = re.compile(r"(?<=\d)\s?(?:percent|per cent|pct)(?![a-z])", re.IGNORECASE)
_TENTHS = re.compile(
    r"((?:进度|完成度?|整体|总体|[做写搬改迁走干画测接切跑建铺]了)[:：]?\s*(?:差不多|大概|大约)?[已达到约过近了快]*)([一二三四五六七八九])成(半)?(?=$|[^\u4e00-\u9fff]|以上|多|左右|了|吧)"
)
_TO_BE = re.compile(
    r"\s*(?:[a-z][a-z-]*\s+)?(?:(?:by|before|until|on|in)\s+\S*[a-z\d]|moved|slips|slipped|pushed)"
)  # 100% by Mar 19
_AIM = re.compile(
    r"[年月季周]?[底末初中内]前?[^,，。;；\d]{0,4}$|\d{1,2}[/.月]\d{1,2}日?前?[^,，。;；\d]{0,4}前[^,，。;；\d]{0,4}$"
)  # 年底前灰度 5%
_LAST_TIME = re.compile(r"\s*(?:last (?:week|month|time)|the week before|previously)")
_IN_BRACKETS_BEFORE = re.compile(
    r"\((?:上周|上期|上月|原|计划|目标|应|was|from|plan|target|last week|previously)[^()]{0,6}$|\(\s*[+-]\s*$"
)
_THROUGH = re.compile(
    r"\s*of\s+(?:the\s+)?(?:all\s+)?[a-z]+(?:\s+[a-z]+)?\s+(?:(?:are|is|have been|has been|now|already)\s+)*"
    r"(?:migrated|moved|ported|converted|onboarded|done|complete|completed|covered|switched|cut over)"
)
_RATE_OF_PROGRESS = re.compile(
    r"(?:完成|覆盖|迁移|接入|达成|整改|切换|替换|下线|闭环|[\u4e00-\u9fff]化)率|进度|progress|coverage"
)
_OF_USERS = re.compile(
    r"\s*的?流量|\s*(?:of\s+(?:the\s+)?(?:all\s+)?(?:[a-z]+\s+)?)?(?:merchants|traffic|users|requests|customers|volume|stores|transactions|cases|payments|orders|sellers|accounts|calls|sessions|queries)"
)
_NAMED = re.compile(r"[^\s:][:]\s*$")
_CLAUSE_EDGE = gates.headed(
    re.compile(r"(?<=[a-z)])\.\s|(?<!\d),|,(?!\d{3}(?!\d))|[，。;；\n|]|\s-+\s|→|->|、(?=[^\d、]{1,8}\d)")
)
_WORKED = re.compile(
    r"(?:写|编写|开发|入库|迁移|搬迁|搬|接入|适配|确认|执行|用例|梳理|改造|(?<=[\u4e00-\u9fff])改|测试|配置完成"
    r"|配置|完成|覆盖|整改|清理|替换|归档|核对|录入|标注|培训|签约|关闭|校验|验证|解析|重构|设计|编码|修复|打标|切换"
    r"|回归|盘点|对接|联调|部署|安装|巡检|演练|埋点|索引|模块|接口|页面|应用|进度|progress|migration at|migrated|converted"
    r"|已[\u4e00-\u9fff]{1,2}(?:作业|任务|服务|实例|节点|集群|商户|渠道|银行|系统|[表库])|已\s?(?:fix|close|merge|review)(?:e?d)?|(?<![a-z])dev(?:elopment)?)"
    r"(?:进度|完成|数|率)?了?\s*(?:大概|大约|约|近|差不多)?\s*[~≈:(]?\s*$"
)
_OLD_DAY, _NEW_DAY = (
    re.compile(r"(?:原|由|从|→|->|至|到|改|延)[计划定为]*\s*$"),
    re.compile(r"\s*(?:→|->|改为|推迟|延)"),
)
_DAY_BEFORE = re.compile(r"(?:预计|计划|于|到|至|by|on|due|eta|until|before|from|since|-|~)\s*[:]?\s*$")
_ENGLISH_PART = re.compile(r"\s*[a-z]+(?: [a-z]+){0,2} ")  # `spec 40%` is all a clause says
_STEP_BEHIND = re.compile(r"\s?(?:割接|上线|投产|提测|切换|发布|交付|联调|验收)")  # 已完成 11/22割接
_END_OF_COUNT = re.compile(
    r"\s+-|\s*(?:不变|左右|上下)|[了吧]?\s*(?:$|[,;。)\]】\n]|\.(?:\s|$)|\((?:\d|was|up from|from|上周|原|昨日?))"
)
_PLURAL = re.compile(
    r"\s+(?!is\b|was\b|has\b|this\b|goes\b|starts\b|ships\b|launches\b|slips\b|moves\b|tests\s|as\b|needs\b|vs\b)[a-z]{3,}s\b|\s+(?:merged|migrated|converted)\b"
)
_COUNTED = re.compile(
    r"\s*(?:[个张家项条台套笔户份只]|(?:实例|节点|用例|集群|接口|模块)(?=\s*(?:$|[,;。)])))"
)  # 12/12 实例
_PLURAL_BEFORE = re.compile(  # bug fixes 9/14; but `UAT starts 4/12`
    r"(?<![a-z])(?!(?:is|was|has|this|as|vs|us|status|always|previous|express|process|access)\b)"
    r"(?![a-z]*(?:start|ship|launche|slip|move|begin|end|open|close|land|complete|finishe|release|test|resume|run|kick|plan|date|day|week)s\b)"
    r"[a-z]{3,}s:?\s*$"
)
_PLURAL_DONE = re.compile(  # Modules carved out: 5/7
    r"(?<![a-z])[a-z]{3,}s\s+(?:[a-z]+ed|cut|built|written|done|left)(?:\s+(?:out|over|off|up))?\s*:\s*$"
)
_LABEL_EDGES = " [【.\t:：约为达至到已是-—()（）~≈≥>"
_LABEL_FRONT = " [【.\t:：已-—()（）~≈≥>"  # 达梦适配, 到账通知


def read(words: str, lexicon: Lexicon, *, given: bool = False) -> tuple[Progress, ...]:
    """Every statement of progress in an author's words; `given`: the words are the value of a progress label.

    `"报表改造（总数128个）：61.25%"` -> 报表改造 61.25 % of 128; `"域名覆盖 41/58"` -> 41 of 58; `"成功率99%"` -> none.
    """
    words = _PERCENT_IN_WORDS.sub("%", words)
    if "成" in words:  # 进度七成 -> 70%
        words = _TENTHS.sub(lambda m: f"{m[1]}{CHINESE[m[2]]}{5 if m[3] else 0}%", words)
    return tuple(_together(_read(_THOUSANDS.sub("", words), lexicon, given)))


def _together(shares: Iterator[Progress]) -> Iterator[Progress]:
    """A share and the count it was reckoned from are one: `累计79,000/120,000户，完成65.8%`."""
    last: Progress | None = None
    for share in shares:
        if last is not None and (one := _of_one(last, share)):
            last = one
            continue
        if last is not None:
            yield last
        last = share
    if last is not None:
        yield last


def _of_one(first: Progress, second: Progress) -> Progress | None:
    """`完成65.8%` and `79,000/120,000` as one; None where each has a name of its own: `表搬迁 97/142，整体进度 68%`."""
    share, count = (first, second) if first.percent is not None else (second, first)
    if share.percent is None or share.done is not None or count.percent is not None or count.done is None:
        return None
    if not count.total or (share.total or count.total) != count.total or (share.label and count.label):
        return None  # 表搬迁 97/142，整体进度 68%: two things
    near = 0.5 if share.percent.is_integer() else 0.1
    if abs(100 * count.done / count.total - share.percent) > near:
        return None
    return msgspec.structs.replace(count, label=share.label or count.label, percent=share.percent)


def under(label: str, value: str, lexicon: Lexicon) -> tuple[Progress, ...]:
    """The progress in a cell or behind a label, which names it where the words do not: `总进度：58.4%`, `完成度(%) | 60`."""
    if "%" in text.level(label) and _NUMBER_ALONE.fullmatch(value.strip()):
        label, value = _UNIT_BEHIND.sub("", text.level(label)), f"{value.strip()}%"
    found = read(value, lexicon, given=True)
    return tuple(msgspec.structs.replace(share, label=share.label or label) for share in found)


def _read(words: str, lexicon: Lexicon, given: bool) -> Iterator[Progress]:
    """Every share and count that tells how far the work is; `given` says a label has said that it does.

    "已迁移107/164，65.2%" -> 107 of 164 and 65.2 %; "成功率99.2%" -> nothing, it measures no work.
    """
    levelled = text.level(words)
    if not _GATE.search(levelled):
        return
    begin = 0
    for match in sorted([*_PERCENT.finditer(levelled), *_fractions(levelled)], key=lambda m: m.start()):
        if match.start() < begin or _is_of_last_time(levelled, match):
            continue
        edges = [
            m.end() for m in _CLAUSE_EDGE.finditer(levelled, begin, match.start()) if not _inside(levelled, m.start())
        ]
        start = edges[-1] if edges else begin
        before, after = levelled[start : match.start()], levelled[match.end() : match.end() + 16]
        if not _is_progress(before, after, match, lexicon, given):
            continue
        begin = match.end()
        label, total = _label(words[start : match.start()]), _TOTAL.search(levelled, max(0, start - 12), match.start())
        if "percent" in match.re.groupindex:
            total = total or _TOTAL_BEHIND.match(levelled, match.end())
            of = re.match(
                r"(?:[ ]*\([ ]*|,?\s+with\s+)(\d{1,6})(?:[ ]*/[ ]*|\s+of\s+(?:the\s+)?)(\d{1,6})(?:[ ]*\)|\s+[a-z]|(?=[,.;]|$))"
                r"|[ ]+(\d{3,6})/(\d{3,6})(?!\d)",
                levelled[match.end() :],
            )
            if of:
                begin = match.end() + of.end()
            yield Progress(
                label=label, percent=float(match["percent"]), done=int(of[1]) if of else None,
                total=int(of[2]) if of else int(total["total"]) if total else None,
            )  # fmt: skip
        else:
            share = re.match(
                r"\s*(?:[,，]\s*(?:占比|占|即|完成率|比例)|[^\d,，。;；()]{0,4}[(,]?|[^\d,，。;；()]{0,24}\()\s*(\d{1,3}(?:\.\d+)?)\s*%\)?",
                levelled[match.end() :],
            )
            if share:
                begin = match.end() + share.end()
            yield Progress(
                label=label,
                percent=float(share[1]) if share else None,
                done=_counted(match)[0],
                total=_counted(match)[1],
            )


def _counted(match: re.Match[str]) -> tuple[int, int]:
    """How many are done of how many: `107/164` -> 107, 164."""
    found = match.groupdict()
    return int(found["done"] or found["of_done"]), int(found["total"] or found["of_total"])


def _is_of_last_time(levelled: str, match: re.Match[str]) -> bool:
    """`79% (68% last week)`, `75%（上周60%）`: only the first number tells of this week."""
    if match.re is not _PERCENT:
        return False
    return bool(_LAST_TIME.match(levelled, match.end()) or _IN_BRACKETS_BEFORE.search(levelled, 0, match.start()))


def _fractions(levelled: str) -> Iterator[re.Match[str]]:
    """Whatever counts a part of a whole: `107/164`, `已完成107个，共164个`, `12项整改，已完成6项`."""
    yield from _FRACTION.finditer(levelled)
    yield from _OF_TOTAL.finditer(levelled)
    if any(sign in levelled for sign in "已了完计闭销结修里中"):
        yield from _TOTAL_FIRST.finditer(levelled)


def _inside(levelled: str, at: int) -> bool:
    """Within brackets: the comma of `（总数164个，已迁）` ends no clause."""
    return levelled.rfind("(", 0, at) > levelled.rfind(")", 0, at)


def _is_progress(before: str, after: str, match: re.Match[str], lexicon: Lexicon, given: bool) -> bool:
    """Whether a number says how far a project is: the `60%` of `进度60%`; not of `成功率60%`, `灰度60%流量` or `从40%到60%`."""
    share = match.re is _PERCENT
    if share and float(match["percent"]) > 100:
        return False
    if not share and not 0 < _counted(match)[1] >= _counted(match)[0]:
        return False
    if given and match.re is _FRACTION and _may_be_day(match):
        if _OLD_DAY.search(before) or _NEW_DAY.match(after):
            return False  # 进度：延期（原 6/20 → 6/27）
        given = _CLAUSE_EDGE.search(match.string, 0, match.start()) is None  # 完成度：70%，5/24 联调结束
    if given:
        told_of = lexicon.words("signs", "not_progress").search(before)
        return told_of is None or _RATE_OF_PROGRESS.search(before) is not None
    if match.re is _FRACTION and _is_count(match.string, match):
        return True
    if match.re is _FRACTION and _may_be_day(match) and not _counts(before, after, lexicon):
        return False
    if lexicon.words("statuses", "planned").search(before) or (share and (_TO_BE.match(after) or _AIM.search(before))):
        return False
    if share and _OUT_TO.search(before) and _END_OF_COUNT.match(after):
        return True
    if share and _THROUGH.match(match.string, match.end()):
        return True
    if _LEFT.search(before) or (share and _LATER_SHARE.match(after)):
        return False
    if _TRAFFIC.search(before) or _CHANGE.search(before) or _OF_USERS.match(match.string, match.end()):
        return False
    if lexicon.words("signs", "not_progress").search(before):
        return _RATE_OF_PROGRESS.search(before) is not None
    if share and (_WORKED.search(before) or _ENGLISH_PART.fullmatch(before)) and _END_OF_COUNT.match(after):
        return True
    if share and re.match(r"\s*(?:there|through)\b", after):
        return True
    near = lexicon.words("signs", "progress")
    if not share and match[0] == "50/50":  # an experiment's halves
        return False
    return not share or _stands_alone(before, after) or bool(near.search(before) or near.search(after))


def _stands_alone(before: str, after: str) -> bool:
    """`"65%"`, `"（80%）"`, `"Multi-AZ Failover：73%，…"`: nothing else is said beside the share."""
    if before.endswith(("(", "[", "【")) and re.match(r"\s*[)\]】]|\s*(?:done|complete)", after):
        return True
    if not _ABOUT.sub("", before.rpartition(":")[2]):
        return _SHARE_ENDS.match(after) is not None
    return _NAMED.search(before) is not None and re.match(r"\s*(?:[,，。;；(]|$)", after) is not None


def counts(levelled: str) -> tuple[tuple[int, int], ...]:
    """Where a text counts with a stroke and means no day: `"接口开发 7/12，预计12/8提测"` -> 7/12; `"上线 7/12"` -> none.

    The noun before says what was worked through, and the count is the end of it; or a plural follows: `5/14 adapters`.
    """
    if not _GATE_OF_FRACTION.search(levelled):
        return ()
    return tuple(match.span() for match in _FRACTION.finditer(levelled) if _is_count(levelled, match))


def begins_with_count(lead: str) -> bool:
    """Whether a line begins with what was counted, `Merchants migrated: 107/164 (was 96). …`, `容量表 14/22 个系统已交`; a
    Chinese name set off by a colon is one: `户口资料搬迁：310/500`.
    """
    levelled = text.level(lead)
    found = _FRACTION.search(levelled) if _GATE_OF_FRACTION.search(levelled) else None
    if found is None or not _is_count(levelled, found) or _CLAUSE_EDGE.search(levelled, 0, found.start()):
        return False
    return levelled[: found.start()].isascii() or ":" not in levelled[: found.start()]


def _is_count(levelled: str, match: re.Match[str]) -> bool:
    """Whether two numbers count work: "12/20个商户" do; "上线4/17" is a day, "30/20" no count."""
    before, after = levelled[: match.start()], levelled[match.end() :]
    if int(match["done"]) > int(match["total"]):
        return False
    if match[0] == "50/50":
        return False
    if before.endswith("(") and after[:1] == ")" and re.search(rf"(?<!\d){match['total']}\s?[个家项条张台套]", before):
        return True  # 小时级对账覆盖 12 家机构（7/12）
    told_of = "of" in match[0]  # in canary on 2 of 8 shards
    if (_PLURAL.match(after) or _COUNTED.match(after)) and (told_of or not _DAY_BEFORE.search(before)):
        return True
    if (_PLURAL_BEFORE.search(before) or _PLURAL_DONE.search(before)) and _END_OF_COUNT.match(after):
        return True
    return bool(_WORKED.search(before) and not _DAY_BEFORE.search(before) and _END_OF_COUNT.match(after))


def _may_be_day(match: re.Match[str]) -> bool:
    """Whether two numbers might be month and day: "4/17" -> True, "107/164" -> False."""
    return "/" in match[0] and 1 <= int(match["done"]) <= 12 and 1 <= int(match["total"]) <= 31


def _counts(before: str, after: str, lexicon: Lexicon) -> bool:
    """`已接入 3/5 家`, `完成3/5`: a count, though it could be a day; `已提前于3/20提测` is one."""
    if _DAY_BEFORE.search(before) or _STEP_BEHIND.match(after) or before.strip() in ("改", "挪", "推"):
        return False
    if re.match(r"\s*[个张家项条台套笔户份]|\s+(?:[a-z]+ ){0,2}?(?:[a-z]+s|done|complete)\b", after):
        return True
    if re.search(r"(?:完成|进度|接入|迁移|覆盖|整改项?|progress|migrated)\s*[:：]?\s*$", before):
        return True
    done = re.search(r"已(?!约|定|于|在|排)\s?\w{1,5}\s*[:：]?\s*$", before)  # 已申请 5/29 加一次窗口 is a day
    return done is not None and re.match(r"\s*[\u4e00-\u9fff]{2}", after) is None


def _label(words: str) -> str | None:
    """The noun phrase before the number: `"数仓总进度："` -> itself, `"域名覆盖 "` -> 域名覆盖, `"日切改造 【灰度"` -> 灰度,
    else None."""
    words = words[words.rfind("【") + 1 :] if words.rfind("【") > words.rfind("】") else words
    words = re.sub(r"[（(][^（）()]*[）)]?", "", words).rstrip(_LABEL_EDGES).lstrip(_LABEL_FRONT)
    words = re.sub(
        r"\s+(?:is|are|was|at|stands at|now at)$|^with$|^(?:and|but|with)\s+",
        "",
        " ".join(words.split()),
        flags=re.IGNORECASE,
    )
    words = (
        re.sub(r"^(?:其中|目前|当前|本周|截至\S*|累计|现|整体来看)\s*", "", words)
        .rstrip(_LABEL_EDGES)
        .lstrip(_LABEL_FRONT)
    )
    words = re.sub(r"\s*(?:总数|共|总计|合计)\s*\d+\s*\w?\s*", "", words).rstrip(_LABEL_EDGES).lstrip(_LABEL_FRONT)
    words = re.split("[:：]", words)[-1].strip()  # 总体：整体进度 71%
    return words if 0 < len(words) <= 24 else None
