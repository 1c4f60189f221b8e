"""Whose work a line tells of: in a stand-up each begins with a person, `- 周航：额度中心联调`, `- @wei: ledger sync`."""

import re
from collections.abc import Iterable, Sequence

_SURNAMES = (
    "王李张刘陈杨赵黄吴周徐孙马朱胡郭何罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任沈姚卢傅钟姜崔谭廖范汪"
    "陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹雷林高段史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳"
    "柳祝卓骆裴辛管左梅滕翟游阮蓝屈柯詹欧褚苗甄房盛童尤解岑凌霍虞路闫包华喻鞠佟桑"
)
_WORDS = (  # what begins like a name and is none
    "万象|于是|任务|余量|余额|关系|凌晨|包装|华为|华夏|单|史料|向导|向量|孔径|安全|安卓|安装"
    "|左侧|常|成交|房租|文件|文化|文案|文档|方便|方向|方案|施工|易用|林业|柯达|欧洲|欧盟"
    "|段落|毛利|江苏|江西|江门|汤泉|温州|温度|游戏|牛市|白名单|盛付|石化|石油|秦皇|程序|章程"
    "|童装|管控|管理|蓝绿|解决|解析|路径|路由|邵阳|金库|金融|金额|陈旧|韩国|顾客|颜色|马来"
    "|高优|高可用|高峰期|高并发|高性能|黄金|龙江"
)
_NICK = (  # 阿禾, 老魏
    "(?:阿(?!里|巴)[\u4e00-\u9fff]|[小老](?![程额微型贷新旧行店户区组红白数系客板师])[\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)
_PERSON = re.compile(
    rf"\s*(?!{_WORDS})(?:@[^\s@:：,，]{{1,20}}|(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛)[\u4e00-\u9fff]{{1,2}}|{_NICK})(?:\s*[(（][^()（）]{{1,8}}[)）])?\s*(?:[:：]\s*|\s[-–—]+\s|$)"
)
_HEADING = re.compile(  # 阿禾 🌙本周值班, 柳岸（新来的）, Leo Fang
    rf"\s*(?!{_WORDS})(?P<name>(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛)[\u4e00-\u9fff]{{1,2}}|{_NICK}|(?P<english>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?))"
    r"(?:\s*[(（][^()（）]{1,8}[)）])?(?:\s*[^\w\s(（].{0,12})?\s*"
)
_TOGETHER = 2  # one line alone that begins so may tell of 余额 or 高可用


def are(words: Iterable[str]) -> bool:
    """Whether lines that stand side by side each begin with a person, none with the same: `王倩：联调`, `李明：提测`."""
    found = [_PERSON.match(line) for line in words]
    told = {match[0].strip(" :：-–—") for match in found if match}
    return len(found) >= _TOGETHER and all(found) and len(told) == len(found)


def head(names: Sequence[str]) -> bool:
    """Whether the headings of a page's parts are its people: at least two Chinese names among them, and nothing but people.

    `## 王倩`, `## 李明` -> True; `## 王倩`, `## 账户2.0` -> False.
    """
    found = [_HEADING.fullmatch(name) for name in names]
    chinese = sum(1 for match in found if match and not match["english"])
    return all(found) and chinese >= _TOGETHER and len({match["name"] for match in found if match}) == len(names)


def behind(words: str) -> str:
    """What a line says behind the person it begins with: `"周航：额度中心联调"` -> `"额度中心联调"`."""
    match = _PERSON.match(words)
    return words[match.end() :] if match else words
