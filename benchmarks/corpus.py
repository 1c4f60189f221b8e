"""A made-up archive of weekly and daily reports: the same pages for the same seed, and the small corpus in the large.

Teams write a report a week for two hundred weeks, a daily report with every fourth. A weekly report is about 7 KB and 57
records: metrics, projects whose names drift and whose dates slip, incidents at real banks, notes, plans.
"""

import csv
import datetime as dt
import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import notion_archive
from benchmarks.vocabulary import Vocabulary

SIZES = {"S": 500, "M": 5_000, "L": 20_000}
_WEEKS = 200
_FIRST = dt.date(2020, 1, 5)  # a Sunday
_DAILY = 4  # one daily report with every fourth weekly one
_RECORDS = 57
_LASTING = 40  # weeks a project takes
_PROJECTS = 16  # at the same time in a team
_METRICS = (
    "支付成功率",
    "代付成功率",
    "鉴权成功率",
    "退款成功率",
    "核心系统可用性",
    "日均交易",
    "峰值TPS",
    "平均响应",
    "对账差错",
    "告警数",
    "客诉数",
    "短信到达率",
)
_UNITS = {"日均交易": "万笔", "峰值TPS": "", "平均响应": "ms", "对账差错": "笔", "告警数": "次", "客诉数": "件"}
_THINGS = ("平台", "系统", "网关", "中台", "核心", "引擎", "账单", "路由")
_EFFORTS = ("升级", "改造", "建设", "迁移", "二期")


class Page(NamedTuple):
    """A page of an export: its path and its text."""

    path: str
    text: str


class Corpus:
    """The pages of a seed; every page can be made without the others."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._words = Vocabulary(seed)
        self._banks = _banks(self._chance("banks"))
        self._weights = list(accumulate(1 / (rank + 1) for rank in range(len(self._banks))))

    def pages(self, count: int) -> Iterator[Page]:
        """The first so many pages, team by team."""
        given = 0
        while True:
            team = given // (_WEEKS + _WEEKS // _DAILY)
            for week in range(_WEEKS):
                for page in (self._weekly(team, week), *([self._daily(team, week)] if week % _DAILY == 0 else [])):
                    if given == count:
                        return
                    given += 1
                    yield page

    def _chance(self, *place: object) -> random.Random:
        return random.Random("/".join(map(str, (self._seed, *place))))

    def _page(self, team: int, title: str, lines: list[str], chance: random.Random) -> Page:
        name = "".join(self._words.draw(self._chance("team", team), 2))
        text = "\n".join((f"# {title}", "", "Created: 2024年3月2日 20:59", "", *lines, ""))
        return Page(f"{name}{team + 1}组/{title} {chance.getrandbits(128):032x}.md", text)

    def _weekly(self, team: int, week: int) -> Page:
        chance = self._chance("weekly", team, week)
        day = _FIRST + dt.timedelta(weeks=week)
        incidents = [self._incident(chance, day) for _ in range(chance.randint(2, 6))]
        updates = [self._update(chance, team, lane, week, day) for lane in range(_PROJECTS)]
        goals = [f"{number}. {self._says(chance, 8)}" for number in range(1, chance.randint(9, 13))]
        stated = len(_METRICS) + len(incidents) + len(updates) + len(goals)
        notes = [f"- {self._says(chance, chance.randint(14, 28))}" for _ in range(_RECORDS - stated)]
        parts = {
            "# 本周进展": [], "## 【运行指标】": [_metric(name, chance) for name in _METRICS],
            "## 【重点项目】": updates, "## 【生产事件】": incidents, "## 【其他】": notes, "# 下周计划": goals,
        }  # fmt: skip
        lines = [line for heading, below in parts.items() for line in (heading, "", *below, "")]
        return self._page(team, f"第{day.isocalendar().week}周 {day}", lines, chance)

    def _daily(self, team: int, week: int) -> Page:
        chance = self._chance("daily", team, week)
        day = _FIRST + dt.timedelta(weeks=week, days=-chance.randint(2, 6))
        done, plans = ([f"- {self._says(chance, 7)}" for _ in range(chance.randint(2, 4))] for _ in range(2))
        broken = [self._incident(chance, day) for _ in range(chance.randint(0, 1))]
        lines = [
            "## 今日完成",
            "",
            *done,
            "",
            "## 明日计划",
            "",
            *plans,
            "",
            "## 问题与事件",
            "",
            *(broken or ["暂无"]),
        ]
        return self._page(team, f"{day} 周{'一二三四五六日'[day.weekday()]}", lines, chance)

    def _says(self, chance: random.Random, count: int) -> str:
        """A sentence of so many words, a comma now and then."""
        words = self._words.draw(chance, count)
        return "".join(word + ("，" if chance.random() < 0.12 else "") for word in words).rstrip("，")

    def _incident(self, chance: random.Random, day: dt.date) -> str:
        at = dt.datetime.combine(day, dt.time(chance.randrange(22), chance.randrange(60)))
        at -= dt.timedelta(days=chance.randrange(5))
        over = at + dt.timedelta(minutes=chance.randint(3, 110))
        (bank,) = chance.choices(self._banks, cum_weights=self._weights)
        broke, cause, cure = self._says(chance, 4), self._says(chance, 6), self._says(chance, 5)
        return (
            f"- {at.month}/{at.day} {at:%H:%M} {bank}通道{broke}异常，影响{chance.randint(3, 4000)}笔，"
            f"原因：{cause}，处置：{cure}，{over:%H:%M}恢复（{chance.choice('BCD')}级）"
        )

    def _update(self, chance: random.Random, team: int, lane: int, week: int, day: dt.date) -> str:
        """A line on the project that is in this lane of the team in this week, called as it is called this week."""
        turn, gone = divmod(week + self._chance("lane", team, lane).randrange(_LASTING), _LASTING)
        project = self._chance("project", team, lane, turn)
        name = "".join(dict.fromkeys(self._words.draw(project, 2))) + project.choice(_THINGS)
        spelling = project.choice((name + project.choice(_EFFORTS), f"{name}2.0", name))
        called = chance.choice((spelling, spelling, spelling, f"{spelling}项目", name))
        end = day + dt.timedelta(weeks=_LASTING - gone, days=7 * sum(chance.random() < 0.2 for _ in range(3)))
        percent = 100 * (gone + 1) // _LASTING
        risk = f"，风险：{self._says(chance, 3)}" if chance.random() < 0.2 else ""
        return f"- **{called}**：{self._says(chance, 14)}，进度{percent}%，预计{end.month}/{end.day}上线{risk}"


def write(corpus: Corpus, count: int, folder: Path) -> None:
    """Write the first so many pages as files below a folder."""
    for page in corpus.pages(count):
        file = folder / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.text, "utf-8")


def _metric(name: str, chance: random.Random) -> str:
    unit = _UNITS.get(name, "%")
    value = f"{chance.uniform(97, 100):.2f}" if unit == "%" else f"{chance.randint(10, 2000)}"
    return f"- {name}：{value}{unit}"


def _banks(chance: random.Random) -> list[str]:
    """Names of banks that stand for themselves, from the package's own list; which are frequent is chance."""
    file = Path(notion_archive.__file__).parent / "lexicon" / "institutions.csv"
    names = []
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        names += [row["name"], *(set(row["aliases"].split(";")) - set(row["ambiguous"].split(";")))]
    banks = sorted({name for name in names if len(name) > 2 and not name.isascii()})
    chance.shuffle(banks)
    return banks
