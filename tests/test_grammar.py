"""What users type, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_archive.errors import QueryError
from notion_archive.queries.grammar import Both, Either, Fact, Part, Without, Word, parse


def shown(part: Part) -> str:
    """A tree as one reads it: `(光大 | 中信) -演练 kind=incident`."""
    match part:
        case Word():
            return f'"{part.text}"' if part.quoted else part.text + "*" * part.prefix
        case Fact():
            return f"{part.field}={'/'.join(part.values)}"
        case Without(inner):
            return f"-{shown(inner)}"
        case Either(parts):
            return f"({' | '.join(map(shown, parts))})"
        case Both(parts):
            return f"[{' '.join(map(shown, parts))}]"


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("中行", "中行"),
        ("中行 超时", "[中行 超时]"),
        ("中行　超时", "[中行 超时]"),
        ('"服务 恢复"', '"服务 恢复"'),
        ("“服务 恢复”", '"服务 恢复"'),
        ("「服务 恢复」 ‘已 上线’", '["服务 恢复" "已 上线"]'),
        ("光大 OR 中信", "(光大 | 中信)"),
        ("光大 或 中信 ｜ 招行", "(光大 | 中信 | 招行)"),
        ("超时 光大 ＯＲ 中信", "[超时 (光大 | 中信)]"),
        ("光大 AND 超时 OR 中信 AND 失败", "([光大 超时] | [中信 失败])"),
        ("(光大 OR 中信) AND 超时", "[(光大 | 中信) 超时]"),
        ("（光大 或 中信） 超时", "[(光大 | 中信) 超时]"),
        ("-(光大 OR 中信)", "-(光大 | 中信)"),
        ("-演练", "-演练"),
        ("－演练", "-演练"),
        ("NOT 演练", "-演练"),
        ("超时 不含 演练", "[超时 -演练]"),
        ('-"压测 演练"', '-"压测 演练"'),
        ("redis*", "redis*"),
        ("ｒｅｄｉｓ＊", "ｒｅｄｉｓ*"),
        ('"redis clu"*', '"redis clu"'),
        ("kind:incident", "kind=incident"),
        ("类型：故障 银行:中行 项目:账户2.0 时间:上周", "[kind=故障 institution=中行 project=账户2.0 time=上周]"),
        ('project:"账务核心 3.0"', "project=账务核心 3.0"),
        ("银行:中行，光大、招行", "institution=中行/光大/招行"),
        ("-kind:metric", "-kind=metric"),
        ("Bank:中行", "institution=中行"),
        ("光大 last month", "[光大 last month]"),
        ("最近 30 天", "最近 30 天"),
        # characters that could be signs, and are none
        ("foo:bar", "foo:bar"),
        ("http://a.b/c", "http://a.b/c"),
        ("22:12", "22:12"),
        ("kind:", "kind:"),
        ("鉴权（光大）", "鉴权(光大)"),
        ("（补报）", "(补报)"),
        ("PR-1024 C# 4/3", "[PR-1024 C# 4/3]"),
        ("返回“处理中”，约", '返回"处理中"，约'),
        ("a*b", "a*b"),
        ("or and not", "[or and not]"),
        # what is not finished
        ('光大 "服务 恢', '[光大 "服务 恢"]'),
        ("光大 OR", "光大"),
        ("OR 光大", "光大"),
        ("光大 NOT", "光大"),
        ("(光大", "(光大"),
        # nothing but signs
        ("OR", '"OR"'),
        ("AND OR", '"AND OR"'),
        ("*", "*"),
        ("-", "-"),
        ('"', '"""'),
        ('""', '""""'),
        ("", "[]"),
        ("  ", "[]"),
    ],
)
def test_what_is_typed_is_read_so(typed: str, tree: str) -> None:
    assert shown(parse(typed)) == tree


def test_more_words_than_can_be_answered_in_a_moment_are_refused_with_a_cure() -> None:
    message = (
        "A question can have 32 words at most, 8 of them of one character. "
        "Put quotes around a sentence to find it as it stands."
    )
    for typed in (
        " ".join(map(str, range(100, 133))),
        " ".join("一二三四五六七八九"),
        "银行:" + ",".join("abcdefghijklmnopq"),
    ):
        with pytest.raises(QueryError) as refusal:
            parse(typed)
        assert str(refusal.value) == message


SIGNS = st.sampled_from(
    [*'光a1 　"“”‘’「:：-－*＊()（）|OR', " OR ", " AND ", "NOT ", "kind:", "银行:", "time:", "\x00", "\x1b[31m", "🎉"]
)


@given(st.lists(SIGNS, max_size=60).map("".join) | st.text(max_size=60))
def test_nothing_that_is_typed_is_an_error_but_too_much(typed: str) -> None:
    try:
        parse(typed)
    except QueryError as refusal:
        assert str(refusal).startswith("A question can have")


@pytest.mark.parametrize(
    "sign", ['"', "(", "( ", "-", "*", "OR ", "a:", "kind:", "（光大 OR ", "x", "行", "last month ", "\\"]
)
def test_ten_thousand_signs_are_read_or_refused(sign: str) -> None:
    try:
        parse((sign * 10_000)[:10_000])
    except QueryError as refusal:
        assert str(refusal).startswith("A question can have")
