"""Pages are read in portions that fit in memory, however long they are."""

from notion_archive.model import Page
from notion_archive.parsing import chunks


def pages(*lengths: int) -> list[Page]:
    return [Page(id=str(number), path=f"{number}.md", text="x" * length) for number, length in enumerate(lengths)]


def test_a_portion_holds_so_many_pages_or_so_much_text() -> None:
    assert [len(chunk) for chunk in chunks(pages(1, 1, 1, 1, 1), 2)] == [2, 2, 1]
    assert [len(chunk) for chunk in chunks(pages(1, 3_000_000, 1_000_000, 900_000, 200_000), 512)] == [1, 1, 2, 1]
    assert list(chunks([], 512)) == []
