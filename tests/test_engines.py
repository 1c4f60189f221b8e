"""The contract: what every engine answers, whichever it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from notion_archive.engines.memory import MemoryEngine
from notion_archive.engines.whoosh import WhooshEngine
from notion_archive.errors import QueryError
from notion_archive.model import All, Any, Clause, Days, Document, Engine, Hit, Not, Pages, Query, Results, Tag, Term


def document(
    key: str, title: str, text: str, *tags: str, page: str = "p", kind: str = "note", day: str | None = None
) -> Document:
    return Document(key=key, page=page, kind=kind, day=day, title=title, text=text, tags=tags, body=key.encode())


DOCUMENTS: dict[str, list[Document]] = {
    "w16": [
        document(
            "pos",
            "中行通道超时",
            "4/3 14:00 中行POS对账失败，PR-1024 修复，C# 客户端",
            "institution:中国银行",
            "severity:B",
            page="w16",
            kind="incident",
            day="2023-04-03",
        ),
        document("cluster", "ＰＯＳ對賬", "帐务核对🎉 使用 “Redis Cluster” 与 redis集群", page="w16", day="2023-04-16"),
        document("names", "其他", "𠮷野家 café naïve — 参见 _config.yml 与 foo_bar", page="w16"),
    ],
    "w15": [
        document(
            "bank",
            "光大鉴权通道异常",
            "4/8 20:43 光大鉴权通道异常，链接redis超时，联系行方解决，22:12 服务恢复",
            "institution:中国光大银行",
            "severity:A",
            "year:2023",
            page="w15",
            kind="incident",
            day="2023-04-08",
        ),
        document(
            "account",
            "账户2.0",
            "账户2.0性能，做完第2轮优化，计划4/11夜间进行生产环境压测",
            "project:账户2.0",
            "year:2023",
            page="w15",
            kind="update",
            day="2023-04-09",
        ),
        document("rate", "出金有效成功率", "出金有效成功率：99.93%", page="w15", kind="metric", day="2023-04-09"),
        document(
            "custody",
            "存管&定转佣能力建设",
            "定转佣开放进行中，预计4/12给出API。Redisson 升级，光大 与 中行 联调",
            "institution:中国光大银行",
            "institution:中国银行",
            "project:定转佣",
            "year:2023",
            page="w15",
            kind="update",
            day="2023-04-09",
        ),
    ],
    "old": [
        document("year", "年终总结", "光\u200b大 银行 line one\nline two", "year:2022", page="old", day="2022-12-30"),
        document("signs", "", "%%% 100% C++ C a", page="old"),
    ],
}


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened: Engine = MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path / "index")
    yield opened
    opened.close()


@pytest.fixture
def library(engine: Engine) -> Engine:
    engine.replace(DOCUMENTS)
    return engine


def keys(results: Results) -> str:
    return " ".join(hit.document.key for hit in results.hits)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        # Chinese: any characters that follow each other, one of them or many
        ("光", "custody bank year"),
        ("光大", "custody bank year"),
        ("行", "account custody bank pos year"),
        ("中行", "custody pos"),
        ("定转佣", "custody"),
        ("存管&定", "custody"),
        ("行方解决，22:12", "bank"),
        ("超时，联系", "bank"),
        ("光大银行", ""),
        ("光大 银行", "year"),
        ("甲乙", ""),
        # traditional, full-width and twin characters are the same as the usual ones
        ("對賬", "cluster pos"),
        ("对账", "cluster pos"),
        ("帐", "cluster account pos"),
        ("账", "cluster account pos"),
        ("账务", "cluster"),
        ("ＰＯＳ", "cluster pos"),
        ("pos", "cluster pos"),
        ("POS对账", "cluster pos"),
        ("ａ", "signs"),
        # words of letters and digits are found whole, also where Chinese touches them
        ("redis", "cluster bank"),
        ("REDIS", "cluster bank"),
        ("redis超时", "bank"),
        ("redisson", "custody"),
        ("Redis  Cluster", "cluster"),
        ("API。Redisson", "custody"),
        ("账户2.0", "account"),
        ("账户 2.0", ""),
        ("2.0", "account"),
        ("99.93%", "rate"),
        ("99.93", "rate"),
        ("9", ""),
        ("C#", "pos"),
        ("C", "pos signs"),
        ("c++", "signs"),
        ("4/3", "pos"),
        ("4/1", ""),
        ("14:00", "pos"),
        ("PR-1024", "pos"),
        ("pr", "pos"),
        ("foo", "names"),
        ("foo_bar", "names"),
        ("café", "names"),
        ("cafe", ""),
        ("naïve", "names"),
        # lines are joined by a space
        ("one line", "year"),
        ("line one line two", "year"),
        # signs
        ("%", "rate signs"),
        ("100%", "signs"),
        ("：", "rate bank pos"),
        ("—", "pos names"),
        ("_", "names"),
        ("&", "custody"),
        ("“Redis", "cluster"),
        ("🎉", "cluster"),
        ("𠮷", "names"),
        ("𠮷野", "names"),
        # nothing is found by nothing
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_term_is_found_where_its_characters_stand(library: Engine, word: str, expected: str) -> None:
    assert keys(library.search(Query(where=Term(word)))) == expected


@pytest.mark.parametrize(
    ("beginning", "expected"),
    [
        ("red", "cluster custody bank"),
        ("账户2", "account"),
        ("9", "rate"),
        ("café n", "names"),
        ("c", "cluster pos signs names"),
        ("line t", "year"),
        ("行", "account custody bank pos year"),
        ("2.", "account"),
        ("foo_b", "names"),
        ("Redis C", "cluster"),
    ],
)
def test_a_prefix_may_go_on(library: Engine, beginning: str, expected: str) -> None:
    assert keys(library.search(Query(where=Term(beginning, prefix=True)))) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (All(()), "cluster account rate custody bank pos year signs names"),
        (Any(()), ""),
        (Not(All(())), ""),
        (Not(Any(())), "cluster account rate custody bank pos year signs names"),
        (Tag("institution:中国银行"), "custody pos"),
        (Tag("institution:中国"), ""),
        (All((Tag("institution:中国银行"), Tag("institution:中国光大银行"))), "custody"),
        (Any((Tag("severity:A"), Tag("severity:B"))), "bank pos"),
        (All((Term("光大"), Not(Tag("severity:A")))), "custody year"),
        (All((Term("redis"), Term("超时"))), "bank"),
        (Any((Term("redis"), Term("99.93%"), Term("%"))), "cluster rate bank signs"),
        (Not(Term("行")), "cluster rate signs names"),
        (Not(Not(Term("PR-1024"))), "pos"),
        (Not(Any((Term("-"), Term("。"), Term("行")))), "cluster rate signs"),
        (
            All((Any((Term("行"), Term("对账"))), Not(All((Term("中行"), Not(Term("c#"))))))),
            "cluster account bank pos year",
        ),
        (All((Tag("year:2023"), Any((Term("4/12"), Term("22:12"))))), "custody bank"),
        (All((Term("2.0"), Any(()))), ""),
        (All((Term(""), Term("2.0"))), ""),
        (Any((*(Tag(f"severity:{n}") for n in range(3000)), Tag("severity:A"))), "bank"),
        (Days("2023-04-09", None), "cluster account rate custody"),
        (Days(None, "2023-04-03"), "pos year"),
        (Days(None, None), "cluster account rate custody bank pos year"),
        (Not(Days("2023-04-01", "2023-04-30")), "year signs names"),
        (Any((Days("2023-04-08", "2023-04-08"), Term("%"))), "rate bank signs"),
        (Pages(("w16", "nowhere")), "cluster pos names"),
        (Not(Pages(("w16", "w15"))), "year signs"),
        (Pages(()), ""),
    ],
)
def test_conditions_can_be_combined(library: Engine, where: Clause, expected: str) -> None:
    assert keys(library.search(Query(where=where))) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(kinds=("incident",)), "bank pos"),
        (Query(kinds=("incident", "metric")), "rate bank pos"),
        (Query(kinds=("report",)), ""),
        (Query(keys=("pos", "year", "nobody")), "pos year"),
        (Query(pages=("w16", "old")), "cluster pos year signs names"),
        (Query(pages=("w16",), kinds=("incident",)), "pos"),
        (Query(since="2023-04-09"), "cluster account rate custody"),
        (Query(until="2023-04-03"), "pos year"),
        (Query(since="2023-04-03", until="2023-04-08"), "bank pos"),
        (Query(since="2023-04-08", until="2023-04-03"), ""),
        (Query(where=Term("redis"), since="2023-04-09"), "cluster"),
        (Query(where=Term("%"), pages=("old",)), "signs"),
        (Query(where=Not(Term("光大")), kinds=("incident",)), "pos"),
    ],
)
def test_facts_narrow_a_query(library: Engine, query: Query, expected: str) -> None:
    assert keys(library.search(query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(sort="newest"), "cluster account rate custody bank pos year signs names"),
        (Query(sort="oldest"), "year pos bank account rate custody cluster signs names"),
        (Query(sort="relevance"), "cluster account rate custody bank pos year signs names"),
        (Query(where=Term("光大"), sort="oldest"), "year bank custody"),
        (Query(where=Term("光大"), sort="relevance"), "bank custody year"),
        (Query(where=Any((Term("对账"), Term("中行"), Term("超时"))), sort="relevance"), "pos cluster custody bank"),
        (Query(where=All((Term("中行"), Not(Term("账户2.0")))), sort="relevance"), "pos custody"),
    ],
)
def test_hits_come_in_the_order_asked_for(library: Engine, query: Query, expected: str) -> None:
    assert keys(library.search(query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(limit=2), "cluster account"),
        (Query(limit=2, offset=2), "rate custody"),
        (Query(offset=6), "year signs names"),
        (Query(limit=5, offset=8), "names"),
        (Query(limit=5, offset=9), ""),
        (Query(limit=0), ""),
    ],
)
def test_a_part_of_the_hits_is_given_and_all_are_counted(library: Engine, query: Query, expected: str) -> None:
    results = library.search(query)
    assert (keys(results), results.total) == (expected, 9)


def test_a_hit_is_the_document_as_it_was_stored_and_its_score(library: Engine) -> None:
    words = Any((Term("中行"), Term("POS"), Term("pos"), Not(Term("通道"))))
    assert library.search(Query(where=words, kinds=("incident",))) == Results(
        total=1,
        hits=(
            Hit(
                document=Document(
                    key="pos",
                    page="w16",
                    kind="incident",
                    day="2023-04-03",
                    title="中行通道超时",
                    text="4/3 14:00 中行POS对账失败，PR-1024 修复，C# 客户端",
                    tags=("institution:中国银行", "severity:B"),
                    body=b"pos",
                ),
                score=2.0,
            ),
        ),
        facets={},
    )


def test_facets_count_all_hits_by_the_values_of_their_tags(library: Engine) -> None:
    results = library.search(Query(where=Term("行"), limit=1, facets=("institution", "year", "project", "unknown")))
    assert results.facets == {
        "institution": {"中国光大银行": 2, "中国银行": 2},
        "year": {"2023": 3, "2022": 1},
        "project": {"定转佣": 1, "账户2.0": 1},
        "unknown": {},
    }


def test_facets_of_no_hits_are_empty(library: Engine) -> None:
    assert library.search(Query(where=Term("甲乙"), facets=("year",))) == Results(total=0, hits=(), facets={"year": {}})


def test_records_that_say_the_same_are_one_hit_where_asked_for(engine: Engine) -> None:
    def week(page: str, day: str, *texts: str) -> dict[str, list[Document]]:
        own = Document(key=page, page=page, kind="weekly", day=day, title="周报", text="", tags=(), body=b"")
        records = [document(f"{page}{n}", "", words, page=page, day=day) for n, words in enumerate(texts)]
        return {page: [own, *records]}

    engine.replace(week("a", "2023-04-02", "ＰＯＳ對賬", "压测") | week("b", "2023-04-09", "压测", "pos 对账", "压测"))
    engine.replace(week("c", "2023-04-16", "pos对账", "压测"))

    def asked(**how: object) -> list[tuple[str, str]]:
        results = engine.search(Query(**{"kinds": ("note",), "once": True, **how}))  # type: ignore[arg-type]
        assert (results.total, results.distinct) == (7, 3)
        return [(hit.document.key, " ".join(other.key for other in hit.others)) for hit in results.hits]

    assert asked() == [("c0", "a0"), ("c1", "b0 b2 a1"), ("b1", "")]
    assert asked(sort="oldest") == [("a0", "c0"), ("a1", "b0 b2 c1"), ("b1", "")]
    assert asked(limit=1, offset=1) == [("c1", "b0 b2 a1")]
    assert asked(limit=0) == []
    assert engine.search(Query(kinds=("weekly",), once=True)).distinct == 3


def test_words_of_the_index_are_told_by_their_beginning(engine: Engine) -> None:
    engine.replace({"p": [document("a", "Redis", "链接redis超时, redisson"), document("b", "", "链路")]})
    assert engine.words("redis") == {"redis": 2, "redisson": 1}
    assert engine.words("链") == {"链接": 1, "链路": 1}
    assert engine.words("甲") == {}


def test_a_page_is_replaced_as_a_whole(library: Engine) -> None:
    library.replace({"w16": [document("new", "中行", "已恢复", page="w16", day="2023-04-20")]})
    assert keys(library.search(Query())) == "new account rate custody bank year signs"
    assert keys(library.search(Query(where=Term("中行")))) == "new custody"
    assert keys(library.search(Query(where=Term("Redis Cluster")))) == ""


def test_a_page_without_documents_holds_none(library: Engine) -> None:
    library.replace({"w15": [], "w17": []})
    assert keys(library.search(Query())) == "cluster pos year signs names"


def test_documents_of_removed_pages_are_gone(library: Engine) -> None:
    library.remove(["w15", "old", "never heard of"])
    assert keys(library.search(Query())) == "cluster pos names"
    assert keys(library.search(Query(where=Term("光大")))) == ""
    assert library.search(Query(facets=("institution",))).facets == {"institution": {"中国银行": 1}}


def test_a_replaced_page_keeps_its_place_among_equals(engine: Engine) -> None:
    def day(page: str, *names: str) -> dict[str, list[Document]]:
        return {page: [document(name, "", "", page=page, day="2023-04-09") for name in names]}

    engine.replace(day("b", "b1", "b2") | day("a", "a1") | day("c", "c1"))
    engine.replace(day("a", "a3", "a2"))
    assert keys(engine.search(Query())) == "a3 a2 b1 b2 c1"


def test_an_empty_engine_finds_nothing(engine: Engine) -> None:
    for where in (All(()), Term("光大"), Term("%"), Not(Term("光大")), Tag("year:2023")):
        assert engine.search(Query(where=where, facets=("year",))) == Results(total=0, hits=(), facets={"year": {}})


def test_words_longer_than_any_index_entry_are_told_apart(engine: Engine) -> None:
    long = "x" * 64
    engine.replace({"p": [document("a", "", f"{long}a"), document("b", "", f"{long}b"), document("c", "", long)]})
    assert keys(engine.search(Query(where=Term(f"{long}a")))) == "a"
    assert keys(engine.search(Query(where=Term(long)))) == "c"
    assert keys(engine.search(Query(where=Term(long, prefix=True)))) == "a b c"


def test_conditions_inside_each_other_are_answered_up_to_a_depth_and_then_refused(library: Engine) -> None:
    where: Clause = Term("c#")
    for _ in range(5):
        where = All((Tag("institution:中国银行"), Any((Tag("none"), Not(where)))))
    assert keys(library.search(Query(where=where))) == "custody"
    with pytest.raises(QueryError) as refusal:
        library.search(Query(where=Not(where)))
    assert str(refusal.value) == ("More than 16 conditions stand inside each other. Ask with fewer parentheses.")


def test_closing_twice_is_no_error(engine: Engine) -> None:
    engine.close()
    engine.close()


def test_the_reference_keeps_to_the_protocol() -> None:
    engine: Engine = MemoryEngine()
    assert engine.search(Query()) == Results(total=0, hits=(), facets={})
