"""Whether words tell that something failed: by a word, or by what could not be done or did not happen: `登录不上`, `没切过去`."""

import re

from notion_archive import gates
from notion_archive.lexicon import Lexicon

_COULD_NOT = gates.headed(
    re.compile(
        r"(?<![么对])[\u4e00-\u9fff]不(?:了(?!解)|上(?!线|报|限|下)|出来?|到(?!位)|开(?!放|发)|通(?!知|用)|动(?!产)|进去?|出去|回来?|起来?|过去|全)(?![来越])"
        r"|缺\s?(?=\d)|没有?(?![看想遇碰提谈聊用轮见][到见成过])[\u4e00-\u9fff]{1,2}(?:上|到|过去|出来|回来|成功|起来|下来|成)(?![线月周半])"
        r"|(?:did|does|was|were|could|would|can)(?: not|n't) (?:start|load|open|connect|arrive|run|finish|complete|respond|send|be sent"
        r"|go through|come (?:up|in|back))"
        r"|(?:一直|全部|始终|长时间|大面积)[\u4e00-\u9fff]{0,4}处理中|(?<![a-z])cpu\s*[到达至]?\s*(?:9\d|100)\s*%"
    )
)


def find(levelled: str, lexicon: Lexicon) -> re.Match[str] | None:
    """The first sign of failure: the 超时 of `招行代付超时`, the 录不上 of `后台登录不上`."""
    return lexicon.words("signs", "failure").search(levelled) or _COULD_NOT.search(levelled)
