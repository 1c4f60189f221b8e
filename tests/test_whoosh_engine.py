"""What the engine in a folder owes beyond right answers: it refuses, survives, and never shows half a change."""

import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from notion_archive.engines import columns
from notion_archive.engines.memory import MemoryEngine
from notion_archive.engines.whoosh import WhooshEngine
from notion_archive.errors import IndexFolderError
from notion_archive.model import All, Any, Brief, Days, Document, Not, Pages, Query, Results, Tag, Term

PAGES = [f"p{n}" for n in range(5)]


def state(number: int, pages: Sequence[str] = PAGES) -> dict[str, list[Document]]:
    """Ten documents a page, all saying which state everything is in."""
    return {
        page: [
            Document(
                key=f"{page}-{n}",
                page=page,
                kind="note",
                day=None,
                title="状态",
                text=f"state {number} 状态{chr(0x4E00 + number)}",
                tags=(f"state:{number}",),
                body=b"{}",
            )
            for n in range(10)
        ]
        for page in pages
    }


def seen(engine: WhooshEngine) -> str:
    """The one state that all documents are in, by their facts and by their words."""
    everything = Any((Term("状态"), Term("state")))
    results = engine.search(Query(where=everything, facets=("state",), limit=1))
    ((number, count),) = results.facets["state"].items()
    assert (results.total, count) == (50, 50)
    return number


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "whoosh"


def python(code: str, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


# --- refusing -----------------------------------------------------------------------------------------------------


class Hostile:
    """Pickled, and unpickled by whoever opens a Whoosh index it stands in, it writes a file."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.trace,)


def test_a_folder_that_is_not_ours_is_refused_before_anything_in_it_is_opened(folder: Path) -> None:
    trace = folder.parent / "trace"
    for place in (folder, folder / "words"):
        place.mkdir()
        (place / "_MAIN_1.toc").write_bytes(pickle.dumps(Hostile(trace)))
    with pytest.raises(IndexFolderError) as refusal:
        WhooshEngine(folder)
    assert str(refusal.value) == (
        f"{folder} is not an archive of notion-archive. Choose another --index, or empty the folder."
    )
    assert not trace.exists()
    assert sorted(path.name for path in folder.iterdir()) == ["_MAIN_1.toc", "words"]


def test_a_file_in_place_of_the_folder_is_refused(folder: Path) -> None:
    folder.write_text("mine")
    with pytest.raises(IndexFolderError, match="is not an archive of notion-archive"):
        WhooshEngine(folder)


def test_a_foreign_database_is_refused_and_left_as_it_was(folder: Path) -> None:
    folder.mkdir()
    file = folder / "documents.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")
    before = file.read_bytes()
    with pytest.raises(IndexFolderError) as refusal:
        WhooshEngine(folder)
    assert str(refusal.value) == (
        f"{file} is not an archive of notion-archive. Choose another --index, or empty the folder."
    )
    assert file.read_bytes() == before


def test_another_format_is_refused_with_its_cure(folder: Path) -> None:
    WhooshEngine(folder).close()
    with closing(sqlite3.connect(folder / "documents.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 9")
    with pytest.raises(IndexFolderError) as refusal:
        WhooshEngine(folder)
    assert str(refusal.value) == (
        f"{folder / 'documents.sqlite'} was written by format 9; this version reads 5. Run: notion-archive rebuild"
    )


def test_an_empty_folder_is_taken(folder: Path) -> None:
    folder.mkdir()
    with closing(WhooshEngine(folder)) as engine:
        assert engine.search(Query()) == Results(total=0, hits=(), facets={})


# --- damage -------------------------------------------------------------------------------------------------------


def test_missing_words_are_named_with_their_cure_and_facts_still_answer(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
    shutil.rmtree(folder / "words")
    with closing(WhooshEngine(folder)) as engine:
        assert engine.search(Query(where=Pages(("p1",)), limit=0)).total == 10
        for attempt in (lambda: engine.search(Query(where=Term("状态"))), lambda: engine.replace(state(2))):
            with pytest.raises(IndexFolderError) as refusal:
                attempt()
            assert str(refusal.value) == (
                f"{folder / 'words'} is damaged (files are missing). Run: notion-archive rebuild"
            )
        assert engine.search(Query(where=Pages(("p1",)), limit=0)).total == 10


@pytest.mark.parametrize("suffix", [".json", ".trm", ".pst", ".row.col"])
def test_words_cut_short_are_named_with_their_cure(folder: Path, suffix: str) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1, ["p0", "p1", "p2"]))
        for page in ("p3", "p1", "p4", "p5"):  # rows do not follow each other
            engine.replace(state(1, [page]))
        engine.tidy()
    (file,) = (folder / "words").glob(f"*{suffix}")
    os.truncate(file, file.stat().st_size // 2)
    with closing(WhooshEngine(folder)) as engine, pytest.raises(IndexFolderError) as refusal:
        engine.search(Query(where=Any((Term("状态"), Term("state")))))
    assert str(refusal.value).startswith(f"{folder / 'words'} is damaged (")
    assert str(refusal.value).endswith("). Run: notion-archive rebuild")


def test_a_damaged_database_is_named_with_its_cure(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
    with (folder / "documents.sqlite").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 65536)
    damage = pytest.raises(IndexFolderError, match=r"documents.sqlite is damaged \(.*\)\. Run: notion-archive rebuild")
    with damage, closing(WhooshEngine(folder)) as engine:
        engine.search(Query(where=Not(Term("甲"))))


# --- crashes ------------------------------------------------------------------------------------------------------


def test_what_was_stored_is_there_after_opening_again(folder: Path) -> None:
    for number in (1, 2, 3):
        with closing(WhooshEngine(folder)) as engine:
            engine.replace(state(number))
        with closing(WhooshEngine(folder)) as engine:
            assert seen(engine) == str(number)


def test_a_crash_between_words_and_facts_changes_nothing(folder: Path, tmp_path: Path) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
    before = shutil.copytree(folder, tmp_path / "before")
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(2))
    shutil.copytree(before, folder, dirs_exist_ok=True)  # the new words are on the disk, the facts are not
    with closing(WhooshEngine(folder)) as engine:
        assert seen(engine) == "1"
        assert engine.search(Query(where=Term(f"状态{chr(0x4E02)}"))).total == 0
        engine.replace(state(3))
        assert seen(engine) == "3"
    with closing(WhooshEngine(folder)) as engine:
        assert seen(engine) == "3"


def test_a_change_that_fails_halfway_changes_nothing(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
        half = state(2) | {
            "p9": [Document(key="", page="p9", kind="", day=None, title="", text="\ud800", tags=(), body=b"")]
        }
        with pytest.raises(UnicodeEncodeError):
            engine.replace(half)
        assert seen(engine) == "1"
        engine.replace(state(3))
        assert seen(engine) == "3"


WRITE = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from test_whoosh_engine import WhooshEngine, state
engine = WhooshEngine(Path(sys.argv[1]))
for number in range(int(sys.argv[3]), 10000):
    engine.replace(state(number))
    print(number, flush=True)
"""


def test_a_killed_writer_leaves_the_last_state_it_had_finished_or_the_next(folder: Path) -> None:
    number = 0
    for delay in (0.0, 0.005, 0.01, 0.015, 0.02, 0.03):
        writer = python(WRITE, folder, Path(__file__).parent, number)
        assert writer.stdout
        for _ in range(3):
            number = int(writer.stdout.readline())
        time.sleep(delay)
        writer.kill()
        number = max(number, *map(int, writer.communicate()[0].split()), 0)
        with closing(WhooshEngine(folder)) as engine:
            assert seen(engine) in {str(number), str(number + 1)}
            number = int(seen(engine)) + 1


def test_who_reads_while_others_write_sees_whole_states_in_their_order(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as first, closing(WhooshEngine(folder)) as second:
        first.replace(state(0))
        writer = python(WRITE, folder, Path(__file__).parent, 1)
        states: list[int] = []
        while len(set(states)) < 15:
            states += [int(seen(reader)) for reader in (first, second)]
        writer.kill()
        writer.communicate()
    assert states == sorted(states)


def test_several_threads_may_ask_at_once(folder: Path) -> None:
    answers: list[str] = []
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(4))
        threads = [threading.Thread(target=lambda: answers.extend(seen(engine) for _ in range(20))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == ["4"] * 80


# --- housekeeping -------------------------------------------------------------------------------------------------


def test_many_small_changes_leave_few_files_and_nothing_of_what_is_gone(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine:
        for number in range(60):
            engine.replace(state(number, ["p1", f"q{number}"]))
        assert engine.search(Query(where=Term("状态"), limit=0)).total == 610
        assert engine.search(Query(where=Term("state 58"), limit=0)).total == 10
        assert len(list((folder / "words").glob("*.trm"))) < 24
        engine.remove(["p1", *(f"q{number}" for number in range(60))])
        assert engine.search(Query(where=Term("状态"))) == Results(total=0, hits=(), facets={})
    assert sorted(path.suffix for path in (folder / "words").iterdir()) == [".json", ".toc"]


def test_after_many_changes_all_words_are_put_together_and_then_left_alone(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine, closing(WhooshEngine(folder)) as reader:
        for number in range(5):
            engine.replace(state(7, [f"p{number}"]))
        engine.remove(["p2"])
        engine.replace(state(7, ["p2"]))
        assert seen(reader) == "7"
        engine.tidy()
        assert len(list((folder / "words").glob("*.trm"))) == 1
        assert seen(engine) == seen(reader) == "7"
        before = {path.name for path in (folder / "words").iterdir()}
        engine.tidy()
        assert {path.name for path in (folder / "words").iterdir()} == before
        shutil.rmtree(folder / "words")
        with pytest.raises(IndexFolderError, match="files are missing"):
            engine.tidy()


def test_a_change_of_nothing_writes_nothing(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
        before = {path.name for path in (folder / "words").iterdir()}
        engine.replace({})
        engine.remove([])
        engine.remove(["nobody"])
        assert {path.name for path in (folder / "words").iterdir()} == before


def test_whoosh_itself_can_read_the_words(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
        engine.replace({"p0": state(2)["p0"]})
    from whoosh.index import open_dir
    from whoosh.query import Term as Word

    index = open_dir(str(folder / "words"))
    with closing(index.searcher()) as searcher:
        assert searcher.doc_count() == 50
        assert len(searcher.search(Word("text", "1"), limit=None)) == 40
        assert len(searcher.search(Word("title", "状态"), limit=None)) == 50
    index.close()


@pytest.fixture
def imports() -> Iterator[str]:
    yield "import sys; from pathlib import Path; from notion_archive.engines.whoosh import WhooshEngine;"


def test_a_question_without_words_does_not_import_whoosh(folder: Path, imports: str) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
    asking = (
        "from notion_archive.model import *;"
        "query = Query(where=All((Tag('state:1'),)), kinds=('note',), facets=('state',), sort='relevance', limit=2);"
        "print(WhooshEngine(Path(sys.argv[1])).search(query).total, 'whoosh' in sys.modules)"
    )
    assert python(imports + asking, folder).communicate()[0] == "50 False\n"


def test_a_question_with_words_does_not_import_whoosh_either(folder: Path, imports: str) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
    asking = (
        "from notion_archive.model import *;"
        "found = WhooshEngine(Path(sys.argv[1])).search(Query(where=All((Term('状态'), Term('sta', prefix=True)))));"
        "print(found.total, {'whoosh', 'pickle'} & sys.modules.keys())"
    )
    assert python(imports + asking, folder).communicate()[0] == "50 set()\n"


def test_whoosh_is_imported_without_a_warning(folder: Path, imports: str) -> None:
    command = [sys.executable, "-W", "error", "-X", f"pycache_prefix={folder}", "-c"]
    importing = "import notion_archive.engines.bulk; print('whoosh' in sys.modules)"
    done = subprocess.run([*command, imports + importing], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True\n", "")


# --- packing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [None, "2023-04-09", "0987-12-31"])
@pytest.mark.parametrize(
    "key", ["15e598285b0089fb", "ae842b3505dd54e6", "0000000000000001", "ffffffffffffffff", "AE842B3505DD54E6", "+e842b3505dd54e6", "k"]
)  # fmt: skip
def test_a_document_comes_back_with_its_key_and_day_whatever_they_are_kept_as(
    folder: Path, key: str, day: str | None
) -> None:
    kept = Document(
        key=key, page="1758502f58d24de2e4bd476325825e6a", kind="note", day=day, title="Ｔ\0", text="對賬\0" * 20_000,
        tags=("section:其他", "plain"), body=b'{"kind":"note"}', brief=b"little",
    )  # fmt: skip
    with closing(WhooshEngine(folder)) as engine:
        engine.replace({kept.page: [kept]})
        (hit,) = engine.search(Query(keys=(key, "elsewhere"))).hits
        assert hit.document == kept
        assert engine.briefs(Query()) == [Brief(kept.page, day, b"little")]


def test_contents_that_cannot_be_unpacked_are_named_with_their_cure(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
    with closing(sqlite3.connect(folder / "documents.sqlite")) as connection:
        connection.execute("UPDATE contents SET packed = x'ffff'")
        connection.commit()
    with closing(WhooshEngine(folder)) as engine, pytest.raises(IndexFolderError, match=r"is damaged \(.*rebuild"):
        engine.search(Query())


# --- columns ------------------------------------------------------------------------------------------------------


def test_what_is_counted_is_right_wherever_a_part_of_a_column_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "PART", 4)
    monkeypatch.setattr(columns, "_FEW", 1)
    names = ("institution", "year", "state")
    memory = MemoryEngine()
    with closing(WhooshEngine(folder)) as engine:
        for turn in range(6):
            page = f"p{turn % 4}"
            tags = (f"institution:{turn % 3}", f"institution:{turn % 2}", f"year:{2020 + turn}", "state:on")
            days = (None, "2023-04-09", f"202{turn}-01-01")
            kept = [
                Document(
                    key=f"{page}-{n}", page=page, kind="note", day=days[n % 3], title="", text=f"对账{n % 2}", tags=tags[n % 3 :], body=b""
                )
                for n in range(5 + turn)
            ]  # fmt: skip
            engine.replace({page: kept})
            memory.replace({page: kept})
            for where in (
                Any((Term("对"),)),
                Term("1"),
                Tag("state:on"),
                All((Tag("year:2020"), Days("2021-01-01", None))),
            ):
                for sort in ("newest", "oldest"):
                    query = Query(where=where, facets=names, limit=3, once=True, sort=sort)
                    assert engine.search(query) == memory.search(query)


def test_a_column_cut_short_is_named_with_its_cure(folder: Path) -> None:
    with closing(WhooshEngine(folder)) as engine:
        engine.replace(state(1))
    with closing(sqlite3.connect(folder / "documents.sqlite")) as connection:
        connection.execute("UPDATE column_named SET kept = x'ffff'")
        connection.commit()
    with closing(WhooshEngine(folder)) as engine, pytest.raises(IndexFolderError, match=r"is damaged \(.*rebuild"):
        engine.search(Query(where=Term("状态"), facets=("project",)))
