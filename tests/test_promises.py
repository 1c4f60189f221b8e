"""What was promised for when: the words of many weeks in, milestones with their forecasts and slips out."""

import datetime as dt
import re
from pathlib import Path

import pytest

from notion_archive import lexicon
from notion_archive.queries.promises import promises, step
from notion_archive.records import Milestone, State, Update

FACTS = (Path(__file__).parents[1] / "samples" / "facts.md").read_text("utf-8")
WORDS = lexicon.load()
Said = tuple[str, str, str, State]  # the day of the report, the words, the day promised (or first..last), how it stands


def update(day: str, *said: tuple[str, str, State], project: str = "新网关二期") -> Update:
    """What a report of a day says of a project."""
    steps = []
    for words, span, state in said:
        first, _, last = span.partition("..")
        start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
        steps.append(Milestone(text=words, start=start, end=end, state=state))
    return Update(
        id=day, report=day, date=dt.date.fromisoformat(day), section=(), objective=None, lines=(1, 1), text="",
        institutions=(), project=project, key=project, parent=None, status=None, progress=(), milestones=tuple(steps),
        risks=(), problems=(),
    )  # fmt: skip


def table(head: str) -> list[list[str]]:
    _, _, rest = FACTS.partition(head)
    return [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in rest.split("\n\n")[0].splitlines()[2:]]


def said_of(project: str) -> list[Update]:
    """A project of the samples, as `facts.md` lists what was promised week by week."""
    rows = [row for row in table("| project | weekly | words |") if row[0] == project]
    weeks: dict[str, list[tuple[str, str, State]]] = {}
    for _, weekly, words, span, state in rows:
        (day,) = re.findall(r"\d{4}-\d\d-\d\d", weekly)
        weeks.setdefault(day, []).append((words, span, "planned" if state == "planned" else "done"))
    return [update(day, *said, project=project) for day, said in weeks.items()]


@pytest.mark.parametrize("row", table("| project | milestone | first promise |"), ids=lambda row: f"{row[0]}-{row[1]}")
def test_every_slip_of_the_samples_is_found(row: list[str]) -> None:
    project, _, _, first, _, last, slip, _ = row
    found = [
        (str(one.forecasts[0].end), str(one.forecasts[-1].end), str(one.slip_days))
        for one in promises(said_of(project), WORDS)
    ]
    assert found.count((first, last, slip)) == 1


def test_a_date_that_moves_is_one_promise_however_it_is_worded() -> None:
    (found,) = promises(
        [
            update("2023-12-10", ("预计12/15上线", "2023-12-15", "planned")),
            update("2023-12-17", ("上线延期至12/29", "2023-12-29", "planned")),
            update("2023-12-31", ("延期至1/12", "2024-01-12", "planned")),
            update("2024-01-14", ("1/12已上线", "2024-01-12", "done")),
        ],
        WORDS,
    )
    assert [str(one.end) for one in found.forecasts] == ["2023-12-15", "2023-12-29", "2024-01-12"]
    assert (found.text, found.state, found.slip_days) == ("1/12已上线", "done", 28)


def test_rounds_and_shares_are_milestones_of_their_own() -> None:
    found = promises(
        [
            update("2023-12-10", ("预计12/19第一轮压测", "2023-12-19", "planned")),
            update(
                "2023-12-24",
                ("12/19已完成第一轮", "2023-12-19", "done"),
                ("预计1/9第二轮压测", "2024-01-09", "planned"),
            ),
            update("2023-12-31", ("预计1/20切流50%", "2024-01-20", "planned")),
            update("2024-01-07", ("预计1/30切流100%", "2024-01-30", "planned")),
        ],
        WORDS,
    )
    assert [(one.text, one.state) for one in found] == [
        ("12/19已完成第一轮", "done"),
        ("预计1/9第二轮压测", "planned"),
        ("预计1/20切流50%", "planned"),
        ("预计1/30切流100%", "planned"),
    ]


def test_two_days_in_one_report_are_two_milestones() -> None:
    day = "2023-04-09"
    said = [("支付核心4/11上线", "2023-04-11", "planned"), ("钱包4/13上线", "2023-04-13", "planned")]
    found = promises([update(day, *said), update("2023-04-16", ("钱包4/20上线", "2023-04-20", "planned"))], WORDS)  # type: ignore[arg-type]
    assert [(one.text, one.slip_days) for one in found] == [("支付核心4/11上线", 0), ("钱包4/20上线", 7)]


def test_what_is_done_and_promised_again_is_another_milestone() -> None:
    found = promises(
        [
            update("2024-01-07", ("预计1/10上线", "2024-01-10", "planned")),
            update("2024-01-14", ("1/10已上线", "2024-01-10", "done")),
            update("2024-02-11", ("预计3/8上线", "2024-03-08", "planned")),
        ],
        WORDS,
    )
    assert [(one.text, one.state, one.slip_days) for one in found] == [
        ("1/10已上线", "done", 0), ("预计3/8上线", "planned", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("预计4/12整体投产", "整体投产"), ("延期至2/29上线", "上线"), ("已于1月底完成", ""), ("by Apr 12", ""),
        ("production migration planned for May 3", "productionmigration"), ("流量占比80%延期至3月底", "流量占比80"),
    ],
)  # fmt: skip
def test_a_step_is_what_is_left_without_its_day(words: str, left: str) -> None:
    assert step(words, WORDS) == left
