"""Turns of phrase that tell where a project stands by their shape rather than by a word: `全部切到新集群`, `还在补`."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from notion_archive import gates

Told = Literal["blocked", "testing", "live", "done", "unbegun", "in_progress", "awaits"]

# Of each the first that is found counts; the remark before each shows what it finds.
_WRITTEN: Mapping[Told, tuple[str, ...]] = {
    # 接口没人管，推不下去; 无法联调; 干等行方
    "blocked": (
        r"(?:推|走|做|进行|推进|往下走?|往前走?)不(?:下去|动|了|通)",
        r"没(?:有|办)?法(?:再|继续)?(?:往下|往前|继续|推|开展|走|动|做下去)|(?:一步|半步|丝毫)(?:也"
        r"|都)?(?:没|未)",
        r"^\W*(?:只[能好得]|干|空)等|^(?:全|都|先|暂时?|目前|整个)+停(?:了|着|下来?)?$",
        r"(?:无法|没法|不能|不具备条件)(?:继续|开展|推进|联调|测试?|上线|进行|验证|提测|部署|对接"
        r"|开发|投产)",
        r"卡了(?!壳)|(?:先|暂时?|暂且)放(?:下|一放|一边)|被[^,]{0,8}拦(?:下|住)|(?:处于|一直在)等待",
        r"(?<![a-z])(?:cannot|can't|can not|unable to) (?:continue|proceed|start|move|test|deploy|go"
        r"|begin|advance)(?![a-z])",
    ),
    # 先放了 5% 的量; 测试同学正在过第二遍; 正在压测
    "testing": (
        r"在\s?(?:uat|sit|测试|预发|准生产|沙箱|仿真)\s?环境[^,]{0,3}(?:验|跑|测|试)",
        r"(?:准生产|线上|生产|业务|用户|性能|压力|安全|渗透|兼容性?|回归|集成|接口|系统)(?:验证|测试"
        r"|压测)(?:第[一二三四五\d]+轮|还?剩|在做|$)",
        r"测试(?:轮次|第[一二三四五\d]+轮)|(?<![促推改先])进(?:入|了)?(?:测试|uat|sit|联调)(?!环境|准备)",
        r"(?:放|切|开|灰)了?\s*(?!100)\d{1,2}(?:\.\d+)?%\s*的?(?:流?量|用户|商户|请求)",
        r"(?<![\d.])(?!100)\d{1,2}%\s*(?:of (?:all |the |live )?traffic|的流量)"
        r"|traffic (?:is )?(?:now )?at (?!100)\d{1,2}%",
        r"(?:qa|测试)(?:同学|同事|组|团队|侧|那边|这边)?\s*(?:们)?(?:正|还|仍|目前|已经?|都)*在",
        r"(?:业务|产品|运营|财务|商户|行方|用户)(?:同学|同事|侧|方|那边)?(?:正|还|仍)?在(?:验|试|测"
        r"|内测)",
        r"在(?:预发跑|预发验|压测|测试|验证|验收|试用|试跑|内测|回归|试单|复测|冒烟)",
        r"(?:已经?|都)?(?:交|给|转|送|移交)(?:给|到|付)?(?:测试|qa)(?!环境|数据|用例|账号|报告)"
        r"|[转送交]测",
    ),
    # 所有商户都搬过去了; 周五凌晨切的; 代码已发布生产; out to all merchants
    "live": (
        r"(?:全部|全都|所有[^,]{1,8}?(?:都|均|已)+|悉数|统统|均已|都已经?)[\u4e00-\u9fff]{0,2}?(?:切"
        r"|迁|搬|换|接|推|转|升|放|改|并|铺|开)(?:到|至|入|进|过去|完|好|上|走|通|成)",
        r"(?<![未没不])(?:下|停|关|摘|拆|撤|卸)掉(?:了|$)|(?:切|上|发|推|割接|投产|发布)的(?:版|线)?$",
        r"(?:跑|运行)在(?:线上|生产)|(?:线上|生产)(?:环境)?(?:已经?|稳定|正常)*(?:跑|运行)了",
        r"(?:面向|对|给|向)(?:所有|全部|全体|全网|全国)[^,]{0,8}(?:生效|开放|启用|上线|发布)",
        r"(?:放|推|开)(?:给|到|全)了?(?:所有|全部|全量|全体|全网|全国)",
        r"(?<![a-z])(?:out|on|open|enabled|available|live|went|gone) (?:to|for) (?:all|every|100%)",
        r"(?<![a-z])(?:serv(?:es|ing)|tak(?:es|ing)|handl(?:es|ing)|carr(?:ies|ying)) (?:now )?(?:all"
        r"|100%)",
        r"(?:发布|部署|推|发|进|上)(?:了|到|至|入|布)?(?:了)?生产(?!环境[^,]*[测验]|运营|异常|问题"
        r"|故障)",
        r"(?:变更|切换|割接|升级|迁移|部署|替换|扩容|改造)成功|(?:上线|投产|切换|割接)(?:了|后"
        r"|满)?[一两二三四五六七八九十\d]+\s*(?:个月|周|天|晚|小时)",
        r"已(?:于[^,]{2,10})?(?:正式|全部|顺利|全量|完全|成功|全面)?(?:切|启用|投用|商用|交割|放出"
        r"|生效|移交|停用|拆除|下架|割接)(?:了|$)",
        r"^\W*(?:已经?|都|全都?)?上了\W*$|(?<![将待拟])正式(?:切|启用|投用|商用|投产|运行|生效)(?:换)?(?:为|到|至|成|了|$)",
        r"签(?:了|署|完|好)?[^,]{0,4}验收|验收[^,]{0,3}(?:签字|签了|签署)|随[^,]{2,12}(?:版本?"
        r"|包)(?:一起|一并)?(?:放出|发出|发布|上线)",
        r"(?<![a-z])running (?:on all|in prod|on every|stabl[ey]|fine|smoothly|quietly|well)(?![a-z])",
        r"(?<![a-z])(?:is|are) gone(?![a-z])|(?:customers|merchants|users|everyone|stores"
        r"|they) can (?:now )?use it|(?:to|in|into) prod(?:uction)?(?![a-z-])",
    ),
    # 证书都换好了; all 14 banks migrated
    "done": (
        r"(?:全部|全都|所有|悉数|均|都|全国|全行|全网)[^,]{0,10}(?:已经?(?!报备|确认|通知|知会|同步"
        r"|沟通|回复|反馈|知)[\u4e00-\u9fff]|[\u4e00-\u9fff](?:了|好|完|妥|齐|毕))",
        r"(?<![良挺很较更最还友偏正不只那])(?:[办谈换配签补装弄搞修整备走批])(?:好|妥|齐|毕)了?$"
        r"|(?<![人员手力])到位了?$",
        r"(?<![a-z])all (?:the |of |our )?(?:[a-z0-9-]+ ){0,3}(?:(?:are|is|were|have been|now"
        r"|been) )*(?:migrated|moved|on it|done|live|gone|across|switched|connected|onboarded"
        r"|converted|closed|covered)",
    ),
    # 还没人接; 等预算批复后启动; 一行代码没写; nobody is on it yet
    "unbegun": (
        r"(?:研发|开发|编码|工程)(?:同学|侧)?(?:还|尚|暂)?[未没](?:有)?(?:介入|进场|开始|启动|动|排)"
        r"|[未没](?:有)?进(?:入)?(?:开发|研发|排期)",
        r"(?:还|尚|暂)[未没](?:有)?(?:安排|评估|评审|定)|暂不(?:处理|做|启动|安排|考虑)|先不做"
        r"|优先级(?:靠后|较?低|不高)|需求池|(?:明|后)年的事",
        r"(?:还|仍|暂|尚)?(?:没|无)(?:有)?(?:人|团队)(?:来)?(?:接手?|认领|负责|排|跟|做|管)|(?:还"
        r"|尚)?[未没](?:有)?(?:动[工手]|着手|排期|排上|立项|开动)",
        r"等[^,]{2,12}?(?:之后|以后|后|再)再?(?:启动|开始|开工|动工|做|动|推进|立项|排期)",
        r"(?:一行)?代码(?:还|都|也|一行)*没(?:写|动)|(?<![a-z])no (?:code|work"
        r"|line of code)[a-z ]{0,12} (?:yet|so far)",
        r"(?<![a-z])(?:nobody|no one|no team|no owner)(?: is| has been| was)? (?:assigned|on it"
        r"|picked|yet)|(?<![a-z])(?:hasn't|has not|haven't|have not|yet to"
        r"|not yet) (?:been )?(?:started?|begun?|kicked off)",
    ),
    # 进度落后三天，在追; 双轨跑着; halfway through; we are wiring up the API
    "in_progress": (
        r"推进(?:正常|顺利|平稳|有序|缓慢|较慢|$)|[走做写推]到(?:第|一半|了第)"
        r"|(?<![a-z])under (?:negotiation|construction|development|discussion|preparation)",
        r"(?:还|正|仍|都|一直|也|^\W*)在(?:改|写|补|做|追|赶|弄|搞|搬|迁|切|换|调|查|看|画|接|拆|建"
        r"|谈|磨|理|铺|收|核|清|开发|对|攒|推|搭|走|编)(?:着|呢)?$",
        r"[\u4e00-\u9fff](?<![存所现实都])在(?:做|改|写|开发|适配|对接|梳理)(?:着|呢)?$",
        r"(?:^\W*|还|正|仍|都|一直|也)在(?:改|写|补|做|追|赶|弄|搞|搬|迁|切|换|调|查|看|画|接|拆|建"
        r"|谈|磨|理|铺|收|核|清|开发|对|攒|推|搭|走|编)(?![上下]线)",
        r"(?:并行|双轨|双跑|影子|side by side|in parallel)(?:\s?(?:跑|运行|流量)|着|\s+with)"
        r"|跑(?:双轨|并行|影子)",
        r"(?:(?<![a-z])(?:is|are|am)|'re|'m) (?:still |now |currently |busy )?(?!waiting|pending"
        r"|going|planning|aiming|missing|hoping|looking)[a-z]{2,}ing (?:the|a|an|our|its|their|up|out"
        r"|through|on)(?![a-z])",
        r"(?<![a-z])(?:halfway|half way|midway|(?:two|one|three)[ -](?:thirds?|quarters?)) (?:through"
        r"|done|there|into)",
    ),
    # three screens done, four to go
    "awaits": (r"(?<![a-z])(?:\d+|one|two|three|four|five|six|some|a few|more) to go(?![a-z -]*live)",),
}
SHAPES: tuple[tuple[Told, re.Pattern[str]], ...] = tuple(
    (told, re.compile("|".join(shapes))) for told, shapes in _WRITTEN.items()
)
_BY_THIS = re.compile(  # Implemented a cache, cutting latency by 40%
    r"(?:thereby |thus )?(?:cutt|reduc|improv|sav|lower|rais|increas|decreas|halv|doubl|shrink|eliminat|speed|free|bring"
    r"|mak|giv|allow|enabl|unblock)ing\s"
)
_TESTED = re.compile(r"(?:successfully )?(?:completed|finished|concluded)\s+(?:[a-z]+\s+){0,3}testing\b")
_BEGUN = re.compile("[中已在了没未]")
_GATE = gates.gate(*(shape for _, shape in SHAPES))


def find(clause: str) -> Iterator[tuple[Told, int, int]]:
    """What the shapes in a clause tell, each with where it stands: `"所有商户都搬过去了"` -> live."""
    if _GATE.search(clause):
        for told, shape in SHAPES:
            if found := shape.search(clause):
                yield told, found.start(), found.end()


def tells_effect(clause: str) -> bool:
    """`Implemented a cache, |cutting latency by 40%`: what came of it, no work that goes on."""
    return _BY_THIS.match(clause) is not None


def ends_tests(clause: str) -> bool:
    """`Completed penetration testing`: the tests were the work, and it is done."""
    return _TESTED.match(clause) is not None


def has_begun(clause: str) -> bool:
    """`剩余接口联调中`, `剩2家已提测`: of what is left some goes on already; `剩余接口联调` is all to come."""
    return _BEGUN.search(clause) is not None
