"""Lines that report nothing: who wrote the page, who was there, which page comes before, what there was none of."""

import re

from notion_archive import text
from notion_archive.kinds import flags
from notion_archive.kinds.reading import Reading
from notion_archive.model import Item

_CHAPTER = re.compile("[（(]?[一二三四五六七八九十]{1,2}[）)、.]?")
_SHORT = 12
_BAR = re.compile(r"\s*[|｜·•]\s*")
_DAYS_ALONE = re.compile(
    r"(?:20\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s*[-–—~至到]+\s*(?:\d{1,2}[-/.月])?\d{1,2}日?)?"
)
_COURTESY = re.compile(
    r"\W*(?:(?:dear|hi|hello|hey|good (?:morning|afternoon|evening))[, ]+(?:all|team|everyone|folks|colleagues)[^.!?\n]{0,60}"
    r"|please find (?:below|attached|enclosed)[^.!?\n]{0,60}"
    r"|(?:(?:best|kind|warm)? ?regards|(?:many )?thanks(?: all| everyone)?|cheers|best)(?:[,! ]+[a-z]{2,12}(?: [a-z]{2,12})?)?"
    r"|(?:各位|大家|领导|同事)[^,，。:：]{0,6}(?:好|早)|(?:[^,，。:：;；]{0,14})(?:汇报|报告|总结|内容|情况|周报)如下(?:[,，]?(?:敬?请|烦请)[^,，。]{2,8})?"
    r"|(?:以上|特此汇报|汇报完毕)(?:就是[^,，。]{0,12})?(?:[,，。]?\s*(?:谢谢|感谢|请[^,，。]{2,8}|如有[^,，。]{2,20}))*)\W*"
)  # Dear all, please find below the update; 工作汇报如下，请审阅。
_SIGNED = re.compile(  # 邱立冬 8/23 18:41
    r"(?:[\u4e00-\u9fff]{2,8}[ \n·,，]{1,2}){0,2}[\u4e00-\u9fff]{2,4}[\s·,，]+"
    rf"(?:20\d\d\s*年\s*)?{_DAYS_ALONE.pattern}(?:\s+\d{{1,2}}:\d\d)?"
)
_PERIOD = re.compile(
    r"\s*(?:报告期间?|报告周期|统计周期|统计期间?|周期|起止(?:时间|日期)?|覆盖(?:时间|周期)|period|reporting period|covers)\s*[:：]\s*.*\d",
    re.IGNORECASE,
)
_WHOLE_DAY = re.compile(  # 2024-06-14, 2024年6月14日, 2024.6.10-6.14, June 14, 2024, 14 Jun 2024
    r"20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*[-–—~至到]+\s*(?:20\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+20\d\d"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+20\d\d"
)
_WHO_AND_WHEN = re.compile(
    r"(?:撰写|编写|编制|整理|作者|汇报|报告|填报)[人者]?|日期|时间|周期|本周|本期|(?:周|星期)[一二三四五六日天]"
    r"|(?<![a-z])(?:week (?:of|ending|beginning)|w/[ce]|date|by|author|from|for|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)(?![a-z])"
)
_STAMP = re.compile(r"更新|修改|创建|生成|截[至止]|updated|created|edited|as of|modified")
_FEW_WORDS = 2
_TEAM = re.compile(r"\S{1,8}?(?:组|部|部门|中心|团队|室|科|处)\s")
_MARKED_OFF = re.compile(r"(?P<name>[^|,，。;；:：]{1,30}?)(?:\s*[:：]\s*|\s+[-–—]+\s+)(?P<rest>[^|\s]{1,12})")
_SPACED = re.compile(r"(?P<name>[^|,，。;；:：\d]{1,30}?)\s+(?P<rest>[^|\s]{1,12})")


def says_none(item: Item, reading: Reading) -> bool:
    """A name with nothing behind it: `refund lag - n/a` among numbers, `其他 无`."""
    found = _MARKED_OFF.fullmatch(item.text) or _SPACED.fullmatch(item.text)
    if found is None or item.children or "\n" in item.lead or not reading.lexicon.is_nothing(found["rest"]):
        return False
    if item.kind == "note" and re.search(r"[:：]", item.text):  # `投诉：暂无` among other things
        return len(found["name"]) <= _SHORT * (2 if found["name"].isascii() else 1)
    if item.kind == "update" and item.shape == "bullet" and item.marker and _CHAPTER.fullmatch(item.marker):
        return True  # 六、需协调：无
    return item.kind == "metric" or reading.lexicon.section_kind(found["name"]) is not None


def tells_days(words: str) -> bool:
    """`3.11-3.15 | 账务清算组 | cc 老魏`: short words between bars, of which some are the days that the page covers; or these
    under a label, `报告期：2024年9月9日至9月15日`; or a day with its year and who wrote, `2024-06-14 赵阳`, `Week of June 10, 2024`.
    """
    if _PERIOD.match(words) or _says_only_when(words):
        return True
    parts = _BAR.split(words.strip())
    return len(parts) > 1 and all(len(part) <= _SHORT * 2 for part in parts) and any(map(_DAYS_ALONE.fullmatch, parts))


def _is_signature(item: Item) -> bool:
    """`邱立冬 8/23 18:41` above the first heading, `清结算组 陆伯涛 2024年3月17日` below the last: who wrote the page, and when."""
    words = text.level(item.text)
    return _SIGNED.fullmatch(words) is not None and (not item.section or _TEAM.match(words) is not None)


def _says_only_when(words: str) -> bool:
    """Whether a line is a day with its year, and beside it at most who wrote: `编写人：赵阳 2024-06-14`, `14 June 2024 · Anna`."""
    levelled = text.level(words)
    if not _WHOLE_DAY.search(levelled) or _STAMP.search(levelled):
        return False
    left = [part for part in re.split(r"[\W_]+", _WHO_AND_WHEN.sub(" ", _WHOLE_DAY.sub(" ", levelled))) if part]
    return len(left) <= _FEW_WORDS and all(part.isascii() or flags.is_person(part) for part in left)


def is_byline(item: Item, reading: Reading) -> bool:
    """`"编制：赵晓棠（PMO）"`, `"Present: Wei Ling, Farid"`, `"上一篇：2024-W22"`; one outside a list, with nothing below it. So is
    a courtesy, `"Dear all, please find below the update"`, `"以上，谢谢！"`, and who signed: `"邱立冬 8/23 18:41"`.

    Lines right below each other, `值班：阿坤` and `班次：08:30 - 次日08:30`, are no list that anybody marked up.
    """
    if item.children or (item.shape != "paragraph" and (item.shape != "bullet" or item.marker)):
        return False
    if not item.section and tells_days(item.text):
        return True
    if _COURTESY.fullmatch(text.level(item.text)) or _is_signature(item):
        return True
    written = reading.lexicon.words("words", "byline").within(r"\W*(?:{words})\s*:")
    return written.match(text.level(item.text)) is not None
