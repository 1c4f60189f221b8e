"""What stands in brackets before a statement: a state, a priority, a person, a module: `【进行中】聚合支付SDK`, `[P1] …`."""

import re

from notion_archive import text
from notion_archive.lexicon import Lexicon

_FLAG = re.compile(r"^\W*[【\[(（](?P<flag>[^】\])）]{1,8})[】\])）]\s*(?=\S)")
_FLAGS = re.compile(r"p\d|延期|延迟|风险|重点|紧急|新增|正常|new|high|medium|low|高|中|低|\W+|\d+|x")
_TAG = re.compile(r"\s*[【\[](?P<tag>[^】\]]{2,6})[】\]]\s*(?=\S)")
_PERSON = re.compile(
    "[王李张刘陈杨赵黄吴周徐孙马朱胡郭何罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘蔡蒋余于杜叶程魏苏吕丁任沈姚卢傅钟姜崔谭廖范汪陆石戴贾韦夏邱侯邹熊孟秦白江阎薛尹雷]"
    "[\u4e00-\u9fff]{1,2}"
)
_PHASE = re.compile(r"(?:第[一二三四五六\d]+(?:阶段|期|批|轮|步)|[一二三四]期|phase\s*\d|stage\s*\d|step\s*\d)")
_MARKS = re.compile(r"^[^\w【\[(（《“\"「『@]+")
_MENTION = re.compile(r"^@[^\s,，:：@]{1,16}\s+(?=\S)")  # @张敏 收银台改版
_STATE = re.compile(r"\s*[【\[(（](?P<state>[^【】\[\]()（）]{2,12})[】\])）]")
STATES = tuple(("statuses", status) for status in ("done", "testing", "in_progress", "planned", "unbegun", "blocked"))


def is_phase(words: str) -> bool:
    """Whether an item tells of a stage of the project above it: `"第二阶段-技术栈改造"`."""
    return _PHASE.match(text.level(words).strip()) is not None


def is_person(words: str) -> bool:
    """Whether a word is a Chinese name: `赵阳`."""
    return _PERSON.fullmatch(words) is not None


def flagged(lead: str, lexicon: Lexicon) -> str:
    """A statement without the flag before it: `"【进行中】聚合支付SDK 3.0"` -> `"聚合支付SDK 3.0"`; `[P1]`, `🚧`."""
    words = lead.strip()
    if marks := _MARKS.match(words):
        words = words[marks.end() :]
    if mention := _MENTION.match(words):
        words = words[mention.end() :]
    match = _FLAG.match(words)
    if match is None:
        return words or lead
    flag = text.level(match["flag"]).strip()
    told = status_words(flag, lexicon) or _FLAGS.fullmatch(flag)
    rest = words[match.end() :]
    if told:
        return rest
    tag = len(flag) <= 6 and words[0] in "【[" and len(rest) >= 3 and not (is_phase(rest) or rest[0] in ":：,，")
    return rest if tag else words


def state_behind(words: str, lexicon: Lexicon) -> int:
    """Where a state in brackets stands behind a name, `"收银台改版【进行中】前端完成60%"` -> 5; the end where none stands."""
    for match in _STATE.finditer(words):
        if match.start() >= 2 and status_words(text.level(match["state"]), lexicon):
            return match.start()
    return len(words)


def status_words(words: str, lexicon: Lexicon) -> bool:
    """Whether words say a state and nothing else: "已完成" and "in progress" do, "已完成联调" does not."""
    return words in lexicon.any_of(STATES)


def module(lead: str, lexicon: Lexicon) -> tuple[str, str]:
    """The tag before a statement and the statement, both empty where the tag tells a state, a person or a team.

    `"【收银台】分期入口本周上线"` -> 收银台, 分期入口本周上线; `"【王伟】账单改版联调中"` has none.
    """
    match = _TAG.match(lead)
    if match is None or flagged(lead, lexicon) != lead[match.end() :]:
        return "", ""
    tag = match["tag"].strip()
    levelled = text.level(tag)
    told = status_words(levelled, lexicon) or _FLAGS.fullmatch(levelled)
    if told or _PERSON.fullmatch(tag) or tag.endswith(tuple(lexicon.words("words", "team"))):
        return "", ""
    return tag, lead[match.end() :]
