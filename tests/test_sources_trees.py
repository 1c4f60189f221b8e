"""Exports nobody thought of: any names, any nesting, any damage. Nothing crashes and no page is lost without a word."""

import csv
import io
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zips import EXPORT, Member, files, read, zipped

from notion_archive.errors import ExportError
from notion_archive.model import Page, Skipped
from notion_archive.sources import Limits, read_export
from notion_archive.sources.encoding import decode
from notion_archive.sources.limits import Refused

LIMITS = Limits(member_bytes=1024**2, total_bytes=4 * 1024**2, members=1000)
FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SEGMENTS = st.one_of(
    st.text("aB 周报é스…\\:.％%#&'()，🙂\x01", min_size=1, max_size=8),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6),
    st.sampled_from(["..", "C:", "Export-", "x" * 300]),
)
ENDINGS = st.sampled_from([".md", ".MD", ".markdown", ".txt", ".html", ".htm", ".csv"])
FOLDERS = st.one_of(SEGMENTS, st.sampled_from([EXPORT, f"{EXPORT}-Part-2", "周报 " + "0a" * 16]))
NAMES = st.builds(
    lambda folders, name, ending: "/".join([*folders, name]) + ending, st.lists(FOLDERS, max_size=3), SEGMENTS, ENDINGS
)
CONTENTS = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=40).map(str.encode),
    st.text("周报故障，。\r\n ab", max_size=40).map(lambda text: text.encode("gb18030")),
)
ENCODINGS = st.sampled_from(["utf-8 flagged", "utf-8", "gb18030"])


def entry(name: str, content: bytes, encoding: str, deflate: bool) -> Member:
    raw = name.encode(encoding.split()[0])
    return Member(name=raw, flags=0x800 if "flagged" in encoding else 0, content=content, deflate=deflate)


def is_named(name: str) -> bool:
    """Whether it is the name of a page: with something before its ending, and not what a program left behind."""
    *folders, last = (name if "/" in name else name.replace("\\", "/")).split("/")
    hidden = [folder for folder in folders if folder.startswith(".") and folder not in (".", "..")]
    return last.count(".") > (1 if last.startswith(".") else 0) and not last.startswith("._") and not hidden


TREES = st.lists(st.tuples(NAMES.filter(is_named), CONTENTS, ENCODINGS, st.booleans()), min_size=1, max_size=12)


@FEW
@given(TREES, st.data())
def test_every_page_of_a_zip_is_read_or_named(tree: list[tuple[str, bytes, str, bool]], data: st.DataObject) -> None:
    # The number in front makes every content another one, so that no page is left out as the twin of one.
    members = [
        entry(name, b"%d " % place + content, encoding, deflate)
        for place, (name, content, encoding, deflate) in enumerate(tree)
    ]
    cut = data.draw(st.integers(0, len(members)), label="members of the first part")
    wrapped = zipped(
        Member(name=f"{EXPORT}-Part-1.zip", content=zipped(*members[:cut]), deflate=data.draw(st.booleans())),
        Member(name=f"{EXPORT}-Part-2.zip", content=zipped(*members[cut:]), deflate=data.draw(st.booleans())),
    )
    for content in (zipped(*members), wrapped):
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            file.write(content)
            file.flush()
            found = read(Path(file.name), LIMITS)
        assert len(found) == len(members)
        for page in found:
            if isinstance(page, Page):
                assert ".." not in page.path.split("/")
                assert not page.path.startswith("/")


@FEW
@given(st.dictionaries(NAMES.filter(lambda name: "\0" not in name), CONTENTS, min_size=1, max_size=8))
def test_zips_of_the_standard_library_read_the_same(tree: dict[str, bytes]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for place, (name, content) in enumerate(tree.items()):
            made.writestr(zipfile.ZipInfo(name), content, [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED][place % 2])
    with zipfile.ZipFile(buffer) as made:
        ours = zipped(*(Member(name=info.filename, content=made.read(info)) for info in made.infolist()))
    with tempfile.TemporaryDirectory() as folder:
        results = []
        for content in (buffer.getvalue(), ours):
            (Path(folder) / "x.zip").write_bytes(content)
            try:
                results.append(read(Path(folder) / "x.zip"))
            except ExportError as error:
                results.append([Skipped(path="", reason=str(error))])
    assert results[0] == results[1]


DISK_NAMES = st.lists(st.text("aB周报é스…:％%#&'()，🙂 ", min_size=1, max_size=8), min_size=1, max_size=4).map("/".join)


@FEW
@given(st.dictionaries(DISK_NAMES, CONTENTS, min_size=1, max_size=8), ENDINGS)
def test_a_folder_and_its_zip_read_the_same(tree: dict[str, bytes], ending: str) -> None:
    named = {name + ending: b"%d " % place + content for place, (name, content) in enumerate(tree.items())}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "notes"
        for name, content in named.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        (Path(place) / "notes.zip").write_bytes(files({f"./{name}": content for name, content in named.items()}))
        assert _reasons(read(folder)) == _reasons(read(Path(place) / "notes.zip"))


def _reasons(found: list[Page | Skipped]) -> Counter[Page | str]:
    return Counter(each if isinstance(each, Page) else each.reason.partition(":")[0] for each in found)


PAGES = {
    f"{EXPORT}/周报/第{place}周 {place:032x}.md": f"# 第{place}周\n\n- 4/3 光大鉴权通道异常\n" * 9
    for place in range(1, 6)
}
TABLE = {f"{EXPORT}/X {'f' * 32}_all.csv": "Name,Status\n第1周,done\n退款,open\n" * 4}
PART = files({**PAGES, **TABLE})
SOUND = [
    PART,
    files({f"{EXPORT}-Part-1.zip": PART}),
    zipped(Member(name=f"{EXPORT}-Part-1.zip", content=PART, deflate=False)),
    zipped(*(Member(name=name, content=text, large=True) for name, text in PAGES.items())),
]
TEXTS = {*PAGES.values(), *TABLE.values()}
KINDS = st.sampled_from(["flip", "zero", "cut", "drop", "double"])
CHANGES = st.lists(st.tuples(st.floats(0, 1), KINDS, st.integers(1, 40)), min_size=1, max_size=4)


def damaged(content: bytes, changes: list[tuple[float, str, int]]) -> bytes:
    for where, what, length in changes:
        at = int(where * len(content))
        head, middle, tail = content[:at], content[at : at + length], content[at + length :]
        match what:
            case "flip":
                content = head + bytes(byte ^ 1 << length % 8 for byte in middle[:1]) + middle[1:] + tail
            case "zero":
                content = head + bytes(len(middle)) + tail
            case "cut":
                content = head
            case "drop":
                content = head + tail
            case _:
                content = head + middle + middle + tail
    return content


@settings(FEW, max_examples=600)
@given(st.sampled_from(SOUND), CHANGES)
def test_a_damaged_zip_gives_whole_pages_or_none(sound: bytes, changes: list[tuple[float, str, int]]) -> None:
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(damaged(sound, changes))
        file.flush()
        try:
            found = read(Path(file.name), LIMITS)
        except ExportError:
            return
    assert {page.text for page in found if isinstance(page, Page)} <= TEXTS


@FEW
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\3\4", b"PK\5\6" + bytes(18), b"PK\1\2"]), ENDINGS)
def test_any_bytes_are_a_page_or_a_reason(content: bytes, magic: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"x{ending}").write_bytes(magic + content)
        (Path(folder) / f"{EXPORT}.zip").write_bytes(magic + content + magic)
        assert len(read(Path(folder), LIMITS)) in (1, 2)
    assert len(list(read_export("-", stdin=io.BytesIO(content)))) == 1


@FEW
@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "周会"]), st.text("x, \"'\n", max_size=4)), max_size=12),
    st.lists(st.sampled_from(["a", "b", "c", "周会"]), max_size=8),
)
def test_rows_and_pages_together_are_as_many_as_there_were(rows: list[tuple[str, str]], pages: list[str]) -> None:
    quoted = "".join('{},"{}"\n'.format(title, rest.replace('"', '""')) for title, rest in rows)
    members = {f"X/{title} {place + 1:032x}.md": f"# {title}\n" for place, title in enumerate(pages)}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "x.zip").write_bytes(files({f"X {'f' * 32}.csv": "Name,Text\n" + quoted, **members}))
        [*_, table] = read(Path(folder) / "x.zip")
    assert isinstance(table, Page)
    assert table.text.count("\n") == ("Name,Text\n" + quoted).count("\n")
    left = Counter(title for title, _ in rows) - Counter(pages)
    assert Counter(row[0] for row in csv.reader(io.StringIO(table.text)) if row) - Counter(["Name"]) == left


@settings(FEW, max_examples=300)
@given(TREES, CHANGES, st.booleans())
def test_every_page_of_a_damaged_tree_is_read_whole_or_named(
    tree: list[tuple[str, bytes, str, bool]], changes: list[tuple[float, str, int]], nested: bool
) -> None:
    """Damage to the files, not to the directory, which has no checksum: a name there may become that of a picture."""
    pieces = [b"%d " % place + content for place, (_, content, _, _) in enumerate(tree)]
    members = [
        entry(name, piece, encoding, deflate) for piece, (name, _, encoding, deflate) in zip(pieces, tree, strict=True)
    ]
    content = zipped(*members)
    directory = len(content) - len(members) * 46 - sum(len(member.name) for member in members) - 22
    content = damaged(content[:directory], changes) + content[directory:]
    if nested:
        content = files({f"{EXPORT}-Part-1.zip": content})
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(content)
        file.flush()
        try:
            found = read(Path(file.name), LIMITS)
        except ExportError as error:
            assert not nested, error
            return
    whole = {decoded for piece in pieces if (decoded := text_of(piece)) is not None}
    assert {page.text for page in found if isinstance(page, Page)} <= whole
    broken_off = any(isinstance(each, Skipped) and each.path.endswith(".zip") for each in found)
    assert len(found) >= len(members) or broken_off


def text_of(content: bytes) -> str | None:
    try:
        return decode(content)
    except Refused:
        return None


@FEW
@given(TREES, st.integers(1, 3), st.floats(0, 1), st.booleans())
def test_a_tree_that_is_cut_gives_every_page_before_the_cut_or_a_reason(
    tree: list[tuple[str, bytes, str, bool]], depth: int, where: float, deflate: bool
) -> None:
    content = zipped(
        *(entry(name, b"%d " % place + text, encoding, pack) for place, (name, text, encoding, pack) in enumerate(tree))
    )
    for _ in range(depth - 1):
        content = zipped(Member(name=f"{EXPORT}-Part-1.zip", content=content, deflate=deflate))
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(content[: int(where * (len(content) - 1))])
        file.flush()
        try:
            found = read(Path(file.name), LIMITS)
        except ExportError:
            return
    assert any(isinstance(each, Skipped) for each in found)
