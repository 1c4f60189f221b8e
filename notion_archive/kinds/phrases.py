"""Turns of phrase that tell where a project stands by their shape rather than by a word: `全部切到新集群`, `还在补`."""

import re
from collections.abc import Iterator
from typing import Literal

from notion_archive import gates

Told = Literal["blocked", "testing", "in_progress", "live", "done", "unbegun", "awaits"]
_MOVED = "切|迁|搬|换|接|推|转|升|放|改|并|铺|开"  # what is done to a thing until it is wholly elsewhere
_WORK = "改|写|补|做|追|赶|弄|搞|搬|迁|切|换|调|查|看|画|接|拆|建|谈|磨|理|铺|收|核|清|开发|对|攒|推|搭|走|编"
SHAPES: tuple[tuple[Told, re.Pattern[str]], ...] = tuple(
    (told, re.compile(shape)) for told, shape in (
        ("blocked", r"(?:推|走|做|进行|推进|往下走?|往前走?)不(?:下去|动|了|通)"),  # 接口没人管，推不下去
        ("blocked", r"没(?:有|办)?法(?:再|继续)?(?:往下|往前|继续|推|开展|走|动|做下去)|(?:一步|半步|丝毫)(?:也|都)?(?:没|未)"),
        ("blocked", r"^\W*(?:只[能好得]|干|空)等|^(?:全|都|先|暂时?|目前|整个)+停(?:了|着|下来?)?$"),
        ("blocked", r"(?:无法|没法|不能|不具备条件)(?:继续|开展|推进|联调|测试?|上线|进行|验证|提测|部署|对接|开发|投产)"),  # 无法联调
        ("blocked", r"卡了(?!壳)|(?:先|暂时?|暂且)放(?:下|一放|一边)|被[^,]{0,8}拦(?:下|住)|(?:处于|一直在)等待"),
        ("blocked", r"(?<![a-z])(?:cannot|can't|can not|unable to) (?:continue|proceed|start|move|test|deploy|go|begin|advance)(?![a-z])"),
        ("testing", r"在\s?(?:uat|sit|测试|预发|准生产|沙箱|仿真)\s?环境[^,]{0,3}(?:验|跑|测|试)"),
        ("testing", r"(?:准生产|线上|生产|业务|用户|性能|压力|安全|渗透|兼容性?|回归|集成|接口|系统)(?:验证|测试|压测)(?:第[一二三四五\d]+轮|还?剩|在做|$)"),
        ("testing", r"测试(?:轮次|第[一二三四五\d]+轮)"),
        ("testing", r"(?:放|切|开|灰)了?\s*(?!100)\d{1,2}(?:\.\d+)?%\s*的?(?:流?量|用户|商户|请求)"),  # 先放了 5% 的量
        ("testing", r"(?<![\d.])(?!100)\d{1,2}%\s*(?:of (?:all |the |live )?traffic|的流量)|traffic (?:is )?(?:now )?at (?!100)\d{1,2}%"),
        ("testing", r"(?:qa|测试)(?:同学|同事|组|团队|侧|那边|这边)?\s*(?:们)?(?:正|还|仍|目前|已经?|都)*在"),  # 测试同学正在过第二遍
        ("testing", r"(?:业务|产品|运营|财务|商户|行方|用户)(?:同学|同事|侧|方|那边)?(?:正|还|仍)?在(?:验|试|测|内测)"),
        ("testing", r"在(?:预发跑|预发验|压测|测试|验证|验收|试用|试跑|内测|回归|试单|复测|冒烟)"),  # 正在压测，目标 3000 TPS
        ("testing", r"(?:已经?|都)?(?:交|给|转|送|移交)(?:给|到|付)?(?:测试|qa)(?!环境|数据|用例|账号|报告)|[转送交]测"),
        ("live", rf"(?:全部|全都|所有[^,]{{1,8}}?(?:都|均|已)+|悉数|统统|均已|都已经?)[\u4e00-\u9fff]{{0,2}}?(?:{_MOVED})(?:到|至|入|进|过去|完|好|上|走|通|成)"),
        ("live", r"(?<![未没不])(?:下|停|关|摘|拆|撤|卸)掉(?:了|$)|(?:切|上|发|推|割接|投产|发布)的(?:版|线)?$"),  # 周五凌晨切的
        ("live", r"(?:跑|运行)在(?:线上|生产)|(?:线上|生产)(?:环境)?(?:已经?|稳定|正常)*(?:跑|运行)了"),  # 已经跑在线上两天了
        ("live", r"(?:放|推|开)(?:给|到|全)了?(?:所有|全部|全量|全体|全网|全国)"),  # 上周四放给全部用户
        ("live", r"(?<![a-z])(?:out|on|open|enabled|available|live|went|gone) (?:to|for) (?:all|every|100%)"),
        ("live", r"(?<![a-z])(?:serv(?:es|ing)|tak(?:es|ing)|handl(?:es|ing)|carr(?:ies|ying)) (?:now )?(?:all|100%)"),
        ("live", r"(?:发布|部署|推|发|进|上)(?:了|到|至|入|布)?(?:了)?生产(?!环境[^,]*[测验]|运营|异常|问题|故障)"),  # 代码已发布生产
        ("live", r"(?:变更|切换|割接|升级|迁移|部署|替换|扩容|改造)成功|(?:上线|投产|切换|割接)(?:了|后|满)?[一两二三四五六七八九十\d]+\s*(?:个月|周|天|晚|小时)"),
        ("live", r"已(?:于[^,]{2,10})?(?:正式|全部|顺利|全量|完全|成功|全面)?(?:切|启用|投用|商用|交割|放出|生效|移交|停用|拆除|下架|割接)(?:了|$)"),
        ("live", r"签(?:了|署|完|好)?[^,]{0,4}验收|验收[^,]{0,3}(?:签字|签了|签署)|随[^,]{2,12}(?:版本?|包)(?:一起|一并)?(?:放出|发出|发布|上线)"),
        ("done", r"(?:全部|全都|所有|悉数|均|都|全国|全行|全网)[^,]{0,10}(?:已经?(?!报备|确认|通知|知会|同步|沟通|回复|反馈|知)[\u4e00-\u9fff]|[\u4e00-\u9fff](?:了|好|完|妥|齐|毕))"),  # 证书都换好了
        ("done", r"(?<![良挺很较更最还友偏正不只那])(?:[办谈换配签补装弄搞修整备走批])(?:好|妥|齐|毕)了?$|(?<![人员手力])到位了?$"),
        ("done", r"(?<![a-z])all (?:the |of |our )?(?:[a-z0-9-]+ ){0,3}(?:(?:are|is|were|have been|now|been) )*(?:migrated|moved|on it|done|live|gone|across|switched|connected|onboarded|converted|closed|covered)"),
        ("live", r"(?<![a-z])(?:is|are) gone(?![a-z])|(?:customers|merchants|users|everyone|stores|they) can (?:now )?use it|(?:to|in|into) prod(?:uction)?(?![a-z-])"),
        ("awaits", r"(?<![a-z])(?:\d+|one|two|three|four|five|six|some|a few|more) to go(?![a-z -]*live)"),
        ("in_progress", r"推进(?:正常|顺利|平稳|有序|缓慢|较慢|$)|[走做写推]到(?:第|一半|了第)|(?<![a-z])under (?:negotiation|construction|development|discussion|preparation)"),
        ("unbegun", r"(?:研发|开发|编码|工程)(?:同学|侧)?(?:还|尚|暂)?[未没](?:有)?(?:介入|进场|开始|启动|动|排)|[未没](?:有)?进(?:入)?(?:开发|研发|排期)"),
        ("unbegun", r"(?:还|尚|暂)[未没](?:有)?(?:安排|评估|评审|定)|暂不(?:处理|做|启动|安排|考虑)|先不做|优先级(?:靠后|较?低|不高)|需求池|(?:明|后)年的事"),
        ("unbegun", r"(?:还|仍|暂|尚)?(?:没|无)(?:有)?(?:人|团队)(?:来)?(?:接手?|认领|负责|排|跟|做|管)|(?:还|尚)?[未没](?:有)?(?:动[工手]|着手|排期|排上|立项|开动)"),
        ("unbegun", r"(?:一行)?代码(?:还|都|也|一行)*没(?:写|动)|(?<![a-z])no (?:code|work|line of code)[a-z ]{0,12} (?:yet|so far)"),
        ("unbegun", r"(?<![a-z])(?:nobody|no one|no team|no owner)(?: is| has been| was)? (?:assigned|on it|picked|yet)|(?<![a-z])(?:hasn't|has not|haven't|have not|yet to|not yet) (?:been )?(?:started?|begun?|kicked off)"),
        ("in_progress", rf"(?:还|正|仍|都|一直|也|^\W*)在(?:{_WORK})(?:着|呢)?$"),  # 进度落后三天，在追
        ("in_progress", rf"(?:^\W*|还|正|仍|都|一直|也)在(?:{_WORK})(?![上下]线)"),  # 边角还在补
        ("in_progress", r"(?:并行|双轨|双跑|影子|side by side|in parallel)(?:\s?(?:跑|运行|流量)|着|\s+with)|跑(?:双轨|并行|影子)"),
        ("in_progress", r"(?:(?<![a-z])(?:is|are|am)|'re|'m) (?:still |now |currently |busy )?(?!waiting|pending|going|planning|aiming|missing|hoping|looking)"
            r"[a-z]{2,}ing (?:the|a|an|our|its|their|up|out|through|on)(?![a-z])"),
        ("in_progress", r"(?<![a-z])(?:halfway|half way|midway|(?:two|one|three)[ -](?:thirds?|quarters?)) (?:through|done|there|into)"),
    )
)  # fmt: skip
_GATE = gates.gate(*(shape for _, shape in SHAPES))


def told(clause: str) -> Iterator[tuple[Told, int, int]]:
    """What the shapes in a clause tell, each with where it stands: `"所有商户都搬过去了"` -> live."""
    if _GATE.search(clause):
        for shade, shape in SHAPES:
            if found := shape.search(clause):
                yield shade, found.start(), found.end()
