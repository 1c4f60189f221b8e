"""Words for made-up reports: a few that every such report has, and twenty thousand that nobody ever wrote.

Real texts have few frequent words and a long tail of rare ones (Zipf's law), and so have the posting lists of an index
of them. Words made of characters drawn evenly would give lists that are all short, and a benchmark that flatters.
"""

import random
from itertools import accumulate

_COMMON = (
    "支付", "通道", "超时", "对账", "上线", "接口", "交易", "渠道", "商户", "账户", "联调", "测试", "完成", "系统",
    "切换", "监控", "优化", "清算", "退款", "鉴权", "代付", "流水", "配置", "连接", "告警", "网关", "路由", "延迟",
    "回滚", "发布", "灰度", "压测", "数据库", "缓存", "订单", "前置机", "对账文件", "证书", "限流", "演练", "redis",
    "kafka", "mysql", "nginx", "tcp", "sdk", "api", "dns",
)  # fmt: skip
_INVENTED = 20_000
_LENGTHS = ((2, 3, 4), (70, 20, 10))  # characters of a word, and how many words in a hundred have so many
_HEAD = 6  # characters and words before which the law is flat, as it is in real texts


def _zipf(count: int) -> list[float]:
    """Cumulative weights: the tenth is about a tenth as frequent as the first."""
    return list(accumulate(1 / (rank + _HEAD) for rank in range(count)))


def _characters(chance: random.Random) -> list[str]:
    """The 3,755 common characters that GB 2312 begins with, the most frequent ones chosen by chance."""
    codes = [bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
    characters = [code.decode("gb2312") for code in codes[:3755]]
    chance.shuffle(characters)
    return characters


class Vocabulary:
    """All words, the most frequent first; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"words/{seed}")
        characters = _characters(chance)
        weights = _zipf(len(characters))
        lengths = chance.choices(*_LENGTHS, k=_INVENTED)
        invented = ("".join(chance.choices(characters, cum_weights=weights, k=length)) for length in lengths)
        self.words = tuple(dict.fromkeys((*_COMMON, *invented)))
        self._weights = _zipf(len(self.words))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """So many words, frequent ones more often."""
        return chance.choices(self.words, cum_weights=self._weights, k=count)
