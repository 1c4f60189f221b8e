"""Clauses that tell why something failed though no word says so: by what they are made of, and by what they are not."""

import re

from notion_archive.kinds.clauses import TIME
from notion_archive.lexicon import Lexicon

_AT_LEAST = 4  # signs
_FIGURE = re.compile(
    r"\d+\s*(?:%|‰|笔|单|个|户|万|亿|家|条|台|人|元|分钟|小时|秒|ms|s\b)"
    r"|(?<![a-z])(?:users|merchants|customers|orders|payments)(?![a-z])"
)
_COMPARED = re.compile(r"\s*(?:比|较|相比|相当于)")  # 比公告早了半小时
_BAD = re.compile(
    r"\s*(?:an? )?(?:bad|wrong|faulty|stale|broken|buggy|mis[a-z]+|missing|rogue|runaway|bogus|leaky|corrupt(?:ed)?|dead|full)\s"
)
_OTHERS = re.compile(r"\s*(?!我|本|用户|商户|业务|客户|两|双)[^\W\d_]{2,6}?(?<!外)(?:侧|那边|那头)(?![重面])")


def names_culprit(plain: str) -> bool:
    """Whether a clause begins with what was wrong or whose side it was: `a bad merge removed the filter`, `微信侧接口抖动`."""
    return _BAD.match(plain) is not None or _OTHERS.match(plain) is not None


def may_tell_why(plain: str, lexicon: Lexicon) -> bool:
    """Whether a clause may be the cause where it stands: `前端取错字段`; not `约300笔失败`, `用户无法付款`, `14:12 告警`, `规则修正`."""
    if TIME in plain or len(plain.strip()) < _AT_LEAST or _FIGURE.search(plain) or _COMPARED.match(plain):
        return False
    done = lexicon.words("signs", "action").last(plain)
    if done and done.end() == len(plain.rstrip()) and len(done[0]) > 1:
        return False
    seen = lexicon.words("signs", "breakdown").pattern.sub("", plain)  # SFTP 传输中断 is how a thing broke
    return lexicon.words("signs", "failure").search(seen) is None
