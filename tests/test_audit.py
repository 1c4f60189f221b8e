"""The audit finds what a page says and nothing kept, and is content with what the parser makes of pages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_archive import audit, documents, reports
from notion_archive.model import Document, Page, Problem
from notion_archive.sources import Limits
from notion_archive.vocabulary import Vocabulary

SAMPLES = Path(__file__).parents[1] / "samples"


def page(words: str) -> Page:
    return Page(id="p", path="周报.md", text=words)


def document(words: str) -> Document:
    return Document(key="p", page="p", kind="weekly", day=None, title="周报", text=words, tags=(), body=b"")


def test_a_line_that_no_document_has_is_told_with_its_place() -> None:
    told = audit.missing(page("# 周报\n\n- **账务**核心：灰度中\n- 光大代扣超时"), [document("光大代扣超时")])
    assert list(told) == [Problem(page="周报.md", line=3, message="not kept: **账务**核心：灰度中")]


PIECES = st.sampled_from(
    ["账务", "代扣", " ", "-", "->", "1.", "一、", "①", "_", "\x00", "É", "e\u0301", "**", "`", "|", "Ａ", "x"]
)
LINES = st.lists(PIECES, max_size=5).map("".join)


@given(st.lists(LINES, min_size=1, max_size=4), LINES)
def test_a_line_that_stands_there_as_it_is_needs_no_second_look(kept: list[str], line: str) -> None:
    said = [document("\n".join(kept))]
    told = list(audit.missing(page(f"- {line}"), said))
    plain = audit._plain("\n".join(f"{one.title}\n{one.text}" for one in said))
    if any(line for _, (line,) in audit._lines(page(f"- {line}"))):
        assert bool(told) == any(part not in plain for part in audit._parts(line.strip()))


def test_rows_are_looked_for_cell_by_cell_and_rules_and_code_are_not() -> None:
    words = "# 周报\n\n| 项目 | 进度 |\n|---|---|\n| 账务 | 60% |\n\n```\n- kubectl get pods\n```\n\n---\n"
    assert list(audit.missing(page(words), [document("账务 60% 项目 进度")])) == []


@pytest.mark.parametrize("file", sorted(SAMPLES.rglob("*.md")), ids=lambda file: file.stem[:14])
def test_nothing_of_the_samples_is_lost(file: Path) -> None:
    one = Page(id="p", path=file.name, text=file.read_text("utf-8"))
    kept = documents.of_page(reports.read_page(one, Vocabulary()))
    assert list(audit.missing(one, kept)) == []


def test_the_defaults_of_the_limits_are_those_the_help_tells() -> None:
    from notion_archive.options import LIMITS

    for name, words in LIMITS.items():
        assert words.endswith(f"[default: {getattr(Limits(), name)}]"), name
