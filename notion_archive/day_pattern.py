"""How authors write days: one pattern over levelled text, and the words it is made of. `dates` reads what it finds."""

import re

from notion_archive import patterns

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january enero janvier januar", "feb february febrero février februar",
            "mar march marzo mars märz", "apr april abril avril", "may mayo mai", "jun june junio juin juni",
            "jul july julio juillet juli", "aug august agosto août", "sep sept september septiembre septembre",
            "oct october octubre octobre oktober", "nov november noviembre novembre",
            "dec december diciembre décembre dezember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
CHINESE = {c: n for n, c in enumerate("一二三四五六七八九", start=1)} | {"十": 10, "十一": 11, "十二": 12, "两": 2}
WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6, "末": 6} | {
    name: number
    for number, names in enumerate(
        ("mon monday", "tue tues tuesday", "wed wednesday", "thu thur thurs thursday", "fri friday", "sat saturday",
         "sun sunday")
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(MONTHS, key=lambda name: -len(name)))
_WEEKDAY = "|".join(sorted((w for w in WEEKDAYS if w.isascii()), key=lambda name: -len(name)))
_PART = r"(?:中下旬|底|末|初|中旬|中(?!心|台|间|行|信|金|国|止|断|继)|上旬|下旬|上半月|下半月)"
RELATIVE = {"去": -1, "上": -1, "本": 0, "今": 0, "当": 0, "这": 0, "这个": 0, "下": 1, "明": 1, "下个": 1, "上个": -1}

_THINGS = (
    r"(?:dashboards|services|tables|banks|teams|merchants|stores|modules|items|tasks|cases|apps|pages|endpoints|regions|channels"
    r"|hosts|nodes|jobs|tests|tickets|servers|reports|flows|screens|controls|corridors|steps|features|stories|countries|days"
    r"|runs|checks|files|scripts|partners|vendors|environments|rules|queries|routes|devices|accounts|clients|suites|sites)"
)
_COUNTED = rf"(?:(?:[a-z]+\s)?{_THINGS}|done|complete)\b"  # 5/10 clean days, 3/5 banks

# What every day that `DATE` finds has in it: it is looked for first, as most lines tell of no day.
DATED = patterns.compile(
    rf"\d|[年月周星礼季天日晚夜晨早]|{_MONTH}|{_WEEKDAY}|to(?:day|night|morrow)|yesterday|month|week|quarter|year|eo[mwqy]"
    r"|last|this"
)
_FIRST = r"[\d\s一二三四五六七八九十今明去本当这下上月第年周星礼个大前昨后次]|(?<![a-z])[a-z]"  # how days begin
_DAYS = rf"""(?={_FIRST})(?:
      (?<![\d.])(?P<y>(?:19|20)\d\d)\s*(?:(?P<sep>[-/.])\s*(?P<m>\d{{1,2}})\s*(?P=sep)\s*(?P<d>\d{{1,2}})(?!\d)
         |年\s*(?P<mc>\d{{1,2}})\s*月\s*(?P<dc>\d{{1,2}})\s*[日号]?)
    | (?<!\d)(?P<y8>20\d\d)(?P<m8>0[1-9]|1[0-2])(?P<d8>[0-3]\d)(?!\d)
    | (?:(?P<y_of_month>(?:20)?\d\d)年|(?P<rel_year>今年|明年|去年))?\s*
      (?<![\d.])(?P<month>\d{{1,2}}|十[一二]|[一二三四五六七八九十])\s*月(?:份)?\s*
         (?:(?P<day>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?!\d)\s*[日号]|(?P<day_bare>\d{{1,2}})(?![\d个笔家万%点时:])
         |(?P<part>{_PART}))?
    | (?=\d)(?:
      (?<![\d./])(?<!\d:)(?<!完成)(?<!完成\ )(?<!进度)(?<!进度:)(?<!进度\ )(?<!迁移)(?<!progress\ )(?<!progress:\ )
         (?P<ms>\d{{1,2}})/(?P<ds>\d{{1,2}})(?![\d/%]|\s*(?:[个张项家笔条台套户份人例]|进度)|\s+(?:of\s|{_COUNTED}))
    | (?<![\d\-.:/])(?P<m2>0[1-9]|1[0-2])-(?P<d2>[0-3]\d)(?![\d\-]|\ +(?:{_MONTH})\b)
    | (?:(?<=预计)|(?<=计划)|(?<=原定)|(?<=争取)|(?<=推迟到)|(?<=延期到)|(?<=延到)|(?<=截止)
         |(?<=[于到至从由原迟,;。(\-~])|(?<=^)|(?<=[\u4e00-\u9fff,;。]\ )
           (?<!升级到)(?<!升级到\ )(?<!升到)(?<!升到\ )(?<!更新到)(?<!更新到\ )(?<!降到)(?<!升级至)
           (?<!升级\ )(?<!\d升)(?<!\d升\ )(?<!\d\ 升\ )(?<!版本\ )(?<!网关\ )(?<!平台\ )(?<!系统\ )(?<!引擎\ )(?<!框架\ )
         |(?<=[\u4e00-\u9fff](?=\d{{1,2}}\.\d{{1,2}}[割到切投提])))
      (?P<mdot>\d{{1,2}})\.(?P<ddot>\d{{1,2}})(?=(?<=\.\d\d)\ [\u4e00-\u9fff]|\s*(?:已|割接|到货|到账|启用|生效|签|搞|弄|出|转|试
         |评审|启动|正式|割|再|上|收尾|补|交|上线|完成|投产|提测|发布|前|之前|交付|联调|开始|日|号|全量|灰度|切|推迟|延期|到|-|~
         |凌晨|晚|上午|下午|早|中午|\d{{1,2}}[:点]|周|$|[,;。)]))
    )
    | (?P<rel_month>本月|当月|这个月|下个月|下月|上个月|上月)
         (?:\s*(?P<rel_day>\d{{1,2}})\s*[日号]|(?P<rel_part>{_PART}|内))?
    | (?<![\d一二三四五六七八九十份个本当下上这每按满年半单])月
         (?P<bare_part>底|末|初|中旬|中(?=[^心台间行信金国止断继])|上旬|下旬)
    | (?<![\d/.\-])(?P<only_day>[12]\d|3[01]|0?[1-9])\s*[日号]
         (?![表线楼机店口库院仓令码内报均活切终位文单通召员志常])
    | (?:(?P<yq>(?:20)\d\d|\d\d)\s*年?\s*[-/]?\s*|(?P<rel_q>今年|明年|去年)\s*)?
         (?:(?<![a-z])q(?P<q>[1-4])(?![a-z0-9])(?:\ (?P<q_year>20\d\d)(?!\d))?
         |第?(?P<qc>[一二三四1-4])季度|第(?P<qc_short>[一二三四1-4])季(?!度))(?P<q_part>末|底|初|内|中)?
    | (?<![a-z])(?P<eq_part>end\ of|late|early|mid)[\s-]*q(?P<eq>[1-4])(?![a-z0-9])(?:\ (?P<eq_year>20\d\d)(?!\d))?
    | (?P<this_q>本|下|上)个?季度(?P<this_q_part>末|底|初|内)?
    | (?P<half_year>今年|明年|去年|20\d\d年)?(?P<half>上半年|下半年)
    | (?:(?<=in\ )|(?<=by\ )|(?<=to\ )|(?<=eta\ ))
         h(?P<english_half>[12])(?![a-z0-9])(?:\ (?P<english_half_year>20\d\d)(?!\d))?
    | (?P<year_end>今年|明年|20\d\d年|(?<!\d)\d\d年|本年)?(?P<year_part>年底|年末|年内|年初|(?<=年)[底末初内])
    | (?<!每)(?P<week>上上|下下|上|本|这|下)?个?(?:周|星期|礼拜)
         (?P<weekday>[一二三四五六日天](?![个些般期点定家种项起直致旦共月季])|末)
    | (?P<next_week>下下周|下周|下个周|下个星期|下一周)(?!计划|工作|目标|安排|重点|一[^前上完投发])
    | (?P<relative>大前天|前天|前日|昨天|昨日|昨晚|昨夜|今天|今日|今早|今晚|今晨
         |当天|当日|当晚|明天|明日|明晚|明早|后天|次日)
    | (?<![a-z\d/.:])(?:(?P<ed_first>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:-|to)\s*)?
         (?P<ed>\d{{1,2}})(?:(?:st|nd|rd|th)?\s+(?:of\s+)?|[-/])(?P<em>{_MONTH})\b\.?
         (?:(?:,?\s*|[-/])(?P<ey>20\d\d|(?<=[-/][a-z]{{3}}[-/])\d\d(?![\d:/\-]|\s*[ap]m)))?
    | (?=[a-z])(?:  # nothing of the rest begins with a digit or a Chinese character
      (?<![a-z])(?P<em2>{_MONTH})\b\.?\s*(?P<ed2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d|\s*[ap]m)
         (?:,?\s+(?P<ey2>20\d\d)(?!\d))?
    | (?<![a-z])(?P<fuzzy>early|mid|late|end\ of|end-of|end|beginning\ of|start\ of|the\ end\ of|middle\ of
         |(?:the\ )?(?:first|second)\ half\ of)
         [\s-]*(?P<fuzzy_month>{_MONTH})\b
         (?:,?\s+(?P<fuzzy_year>20\d\d))?
    | (?<![a-z])(?P<mixed_month>{_MONTH})(?![a-z])\.?\s*(?P<mixed_part>{_PART})
    | (?<![a-z])(?P<year_month>{_MONTH})\b\.?,?\s+(?P<month_year>20\d\d)(?!\d)
    | (?:(?<=by\ )|(?<=in\ )|(?<=until\ )|(?<=before\ )|(?<=during\ )|(?<=for\ )|(?<=since\ )|(?<=to\ )
         |(?:(?<=plan\ )|(?<=eta\ )|(?<=target\ )|(?<=targeting\ )|(?<=planned\ )|(?<=due\ ))(?!may\ [a-z]))
         (?P<in_month>{_MONTH})\b(?!\s*\d)
    | (?<![a-z])(?P<e_end>end\ of\ (?:the\ |this\ )?(?:month|week|quarter|year)
         |month[\s-]end(?!\s+(?:by|clos|report|run|process|reconcil))|week[\s-]end|year[\s-]end|eo[mwqy])\b
    | (?<![a-z])(?P<e_next>next|this|last|coming)\s+(?P<e_unit>week|month|quarter|{_WEEKDAY})\b
    | (?<![a-z])(?P<e_rel>today|tonight|yesterday|tomorrow|last\ night|this\ morning)\b
    | (?<![a-z])(?P<e_weekday>{_WEEKDAY})\b
    )
    )"""
DATE = patterns.compile(_DAYS, re.VERBOSE | re.MULTILINE)
DOTTED = patterns.compile(  # the same for authors who write `6.12` for June 12; `RocketMQ 5.1` and `2.5%` are none
    rf"""{_DAYS[:-1]}
    | (?<![a-z0-9_.\-/:%])(?<![a-z]\ )(?P<dotted_m>0?[1-9]|1[0-2])\.(?P<dotted_d>0?[1-9]|[12]\d|3[01])
         (?![\d.%‰]|\s*(?:版|万|亿|元|ms|s\b|秒|分钟|小时|倍|个|笔|次|人|家|台|条|天|[gtmkx](?:b|ps)?\b))
    )""",
    re.VERBOSE | re.MULTILINE,
)
