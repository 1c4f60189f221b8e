"""A few pages change, and the projects are those that all pages joined anew would give: every word of them."""

import random
import zlib
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_projects import WORDS, page, updates

from notion_archive import model
from notion_archive.archive import Archive
from notion_archive.database import Database
from notion_archive.model import EVERYTHING, Clause, Pages, Tag
from notion_archive.naming import spelling
from notion_archive.projects import Corrections, groups, tables
from notion_archive.projects.kept import book_in
from notion_archive.projects.making import Making
from notion_archive.projects.touched import told_otherwise
from notion_archive.records import Update

NAMES = [
    "支付账户2.0升级", "账户2.0（新账户）", "账户 2.0 升级项目", "新账户", "账户1.x迁移", "收银台改版", "收银台", "极简收银台", "H5收银台",
    "数字人民币接入", "数币接入", "商户进件", "商户自助进件", "新网关二期", "新网关", "新网关一期", "数仓建设", "数仓平台", "工行快捷接入",
    "ICBC快捷", "Redis迁移", "缓存迁移", "Ledger v2", "Ledger v3", "ledger",
]  # fmt: skip
SAID = [
    "开发中",
    "预计3/6上线",
    "预计4/8上线",
    "已迁移107/164",
    "联调中",
    "：\n    1. 存量切换：开发中\n    2. 整体：预计5/9上线",
]
Report = list[tuple[str, str]]
a_report: st.SearchStrategy[Report] = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(SAID)), max_size=6, unique_by=lambda line: line[0]
)
weeks = st.integers(min_value=1, max_value=90)


class Told:
    """The updates of some weeks, as an archive hands them out."""

    def __init__(self) -> None:
        self.weeks: dict[int, list[Update]] = {}

    def write(self, week: int, report: Report) -> None:
        lines = "\n".join(f"- {name}{said if said[0] == '：' else f'，{said}'}" for name, said in report)
        self.weeks[week] = updates([page(week, lines)])

    def find(self, clause: Clause) -> Iterable[Update]:
        every = [one for _, week in sorted(self.weeks.items()) for one in week]
        if clause == EVERYTHING:
            return every
        if isinstance(clause, Pages):
            return [one for one in every if one.report in clause.pages]
        assert isinstance(clause, model.Any)
        tags = {part.tag for part in clause.parts if isinstance(part, Tag)}
        return [one for one in every if not tags.isdisjoint(tags_of(one))]


def tags_of(one: Update) -> set[str]:
    own = {f"project:{spelling(one.project, one.parent)}"}
    return own | {f"parent:{spelling(one.parent)}"} if one.parent else own


def kept(database: Database) -> dict[str, object]:
    """Everything in the tables, with tags in place of numbers, which are in the order in which spellings came."""
    tags = dict(database.rows("SELECT number, tag FROM spellings"))
    circles: dict[int, set[str]] = {}
    for tag, circle in database.rows("SELECT tag, circle FROM spellings"):
        circles.setdefault(circle, set()).add(tag)
    lists = {name: array("I", numbers) for name, numbers in database.rows("SELECT name, numbers FROM lists")}
    alike = database.rows("SELECT number, body FROM alike")
    decoded = [(number, msgspec.msgpack.decode(zlib.decompress(body), type=dict[int, Any])) for number, body in alike]
    return {
        "days": list(lists.pop("days", [])),
        "lists": {name: sorted(tags[number] for number in numbers) for name, numbers in lists.items()},
        "counts": dict(database.rows("SELECT unit, count FROM counts")),
        "alike": {(tags[one], tags[other]): how for one, body in decoded for other, how in body.items()},
        "circles": {frozenset(circle) for circle in circles.values()},
        "spellings": {(tag, under, updates, tags[project]) for tag, under, updates, project in database.rows(
            "SELECT tag, under, updates, project FROM spellings")},
        "apart": {(tags[one], tags[other], by) for one, other, by in database.rows("SELECT one, other, by FROM apart")},
        "names": {(plain, key, tags[at]) for plain, key, at in database.rows("SELECT plain, is_key, number FROM names")},
        "projects": {tags[at]: body for at, body in database.rows("SELECT number, body FROM projects")},
    }  # fmt: skip


def made(file: Path, told: Told) -> Database:
    database = Database(file, tables.LAYOUT)
    with database.writing():
        Making(database, WORDS, told.find).whole(Corrections())
    return database


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(weeks, a_report, max_size=10),
    st.lists(st.dictionaries(weeks, a_report | st.none(), min_size=1, max_size=3), min_size=1, max_size=5),
)
def test_what_is_put_right_is_what_would_be_made_anew(
    tmp_path_factory: pytest.TempPathFactory, first: dict[int, Report], changes: list[dict[int, Report | None]]
) -> None:
    folder, told = tmp_path_factory.mktemp("again"), Told()
    for week, report in first.items():
        told.write(week, report)
    database = made(folder / "again.sqlite", told)
    for at, change in enumerate(changes):
        before = [one for week in change for one in told.weeks.get(week, ())]
        for week, now in change.items():
            told.weeks.pop(week, None)
            if now is not None:
                told.write(week, now)
        after = [one for week in change for one in told.weeks.get(week, ())]
        with database.writing():
            Making(database, WORDS, told.find).part(before, after)
        assert book_in(database).projects == groups.read(told.find(EVERYTHING), WORDS.lexicon).projects
        anew = made(folder / f"{at}.sqlite", told)
        assert kept(database) == kept(anew)
        anew.close()
    database.close()


def test_very_many_names_that_share_words_are_put_right_too(tmp_path: Path) -> None:
    """So many that words become common, and are common no more."""
    chance, told = random.Random(7), Told()
    for week in range(1, 41):
        told.write(
            week,
            [(f"{chance.choice('甲乙丙丁戊己庚辛')}{chance.choice('东西南北')}渠道接入", "开发中") for _ in range(6)],
        )
    database = made(tmp_path / "again.sqlite", told)
    for step in range(12):
        week = chance.randrange(1, 60)
        before = told.weeks.pop(week, [])
        told.write(
            week,
            [
                (f"{chance.choice('甲乙丙丁壬癸')}{chance.choice('东西南北中')}渠道{step}号", "预计3/6上线")
                for _ in range(9)
            ],
        )
        with database.writing():
            Making(database, WORDS, told.find).part(before, told.weeks[week])
    assert kept(database) == kept(made(tmp_path / "anew.sqlite", told))


def test_in_which_lines_it_stands_is_no_matter() -> None:
    one, moved = updates([page(1, "- 商户进件，开发中")]), updates([page(1, "\n\n- 商户进件，开发中")])
    assert one != moved
    assert told_otherwise(one, moved) == set()
    assert told_otherwise(one, updates([page(1, "- 商户进件，联调中")])) == {"商户进件"}


def test_an_import_that_was_interrupted_is_made_up_for(tmp_path: Path) -> None:
    """What the pages said before is known only to the process that changed them."""
    for week in (1, 2):
        one = page(week, "- 商户进件，开发中")
        (tmp_path / f"{week}.md").write_text(one.text, "utf-8")
    with Archive(tmp_path / "index", create=True) as archive:
        archive.import_exports([tmp_path / "1.md"])
        kept_before = archive.projects.projects
        archive.forget_projects([page(2, "").id])
    with Archive(tmp_path / "index", create=True) as archive:
        archive.import_exports([tmp_path / "2.md"])
        assert [one.updates for one in kept_before] == [1]
        assert [one.updates for one in archive.projects.projects] == [2]
