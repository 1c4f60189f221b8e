"""A row of a database that is a page of its own is the record its properties tell of."""

import msgspec
import pytest

from notion_archive import reports
from notion_archive.model import Page
from notion_archive.vocabulary import Vocabulary

WORDS = Vocabulary()


def records(
    text: str, *, html: bool = False, path: str = "故障库/a 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a.md"
) -> list[object]:
    page = Page(id="a", path=path, text=text, format="html" if html else "markdown")
    found = msgspec.json.decode(msgspec.json.encode(reports.read_report(page, WORDS).records))
    left_out = ("id", "report", "section", "text", "date", "lines")
    return [
        {key: value for key, value in record.items() if key not in left_out and value not in (None, [])}
        for record in found
    ]


INCIDENT = {
    "kind": "incident",
    "institutions": ["中国银行"],
    "occurred": "2024-01-02T00:07",
    "recovered": "2024-01-02T00:52",
    "minutes": 45,
    "summary": "中行代付超时",
    "cause": "专线抖动",
    "resolution": "切换线路",
    "severity": "C",
}


@pytest.mark.parametrize("path", ["故障库/a 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a.md", "b.md"])
def test_the_page_of_an_incident(path: str) -> None:
    page = (
        "# 中行代付超时\n\n负责人: 林知远\n级别: C\n时间: 2024年1月2日 00:07 → 00:52\n\n"
        "## 原因\n\n专线抖动\n\n## 处置\n\n- 切换线路\n"
    )
    assert records(page, path=path) == [INCIDENT]


def test_properties_that_might_be_the_first_lines_of_a_report() -> None:
    page = (
        "# 中行代付超时\n\n时间: 2024年1月2日 00:07\n恢复时间: 2024年1月2日 00:52\n原因: 专线抖动\n处置: 切换线路\n"
        "级别: C\n"
    )
    assert records(page) == [INCIDENT]


def test_the_page_of_an_incident_in_html() -> None:
    cells = {"时间": "<time>@2024年1月2日 00:07 → 00:52</time>", "原因": "专线抖动", "处置": "切换线路", "级别": "C"}
    rows = "".join(f'<tr class="property-row"><th>{key}</th><td>{value}</td></tr>' for key, value in cells.items())
    page = (
        f'<h1 class="page-title">中行代付超时</h1><table class="properties">{rows}</table><div class="page-body"></div>'
    )
    assert records(page, html=True) == [INCIDENT]


def test_the_page_of_a_task_and_the_notes_on_it() -> None:
    page = "# 账户2.0升级\n\n截止日期: 2024年3月15日\n状态: 进行中\n\n- 联调环境已就绪\n"
    assert records(page, path="任务/a.md") == [
        {
            "kind": "update",
            "project": "账户2.0升级",
            "key": "账户2.0",
            "status": "in_progress",
            "milestones": [{"text": "2024年3月15日", "start": "2024-03-15", "end": "2024-03-15", "state": "planned"}],
        },
        {"kind": "note"},
    ]


@pytest.mark.parametrize(
    "page",
    [
        "# 接入手册\n\n状态: 草稿\n负责人: 林知远\n\n- 先申请证书\n",
        "# 第1周 2024-01-07\n\n负责人: 林知远\n状态: 已发布\n进度: 100%\n\n# 其他\n\n- 先申请证书\n",
    ],
)
def test_any_other_page_is_no_row(page: str) -> None:
    assert records(page) == [{"kind": "note"}]


def test_the_record_stands_on_the_lines_of_title_and_properties() -> None:
    page = Page(id="a", path="a.md", text="# 账户2.0\n\n状态: 进行中\n进度: 65%\n负责人: 林\n\n见附件\n")
    assert [record.lines for record in reports.read_report(page, WORDS).records] == [(1, 5), (7, 7)]
