"""Keys and days as the numbers they nearly are: eight bytes for a key instead of sixteen, four for a day instead of ten."""

_HALF = 1 << 63
_ALL = 1 << 64


def key(written: str) -> int | str:
    """Sixteen hexadecimal digits -> a number that SQLite can hold; any other key as it is: `15e598285b0089fb`."""
    try:
        number = int(written, 16) if len(written) == 16 else None
    except ValueError:
        return written
    if number is None or f"{number:016x}" != written:
        return written
    return number if number < _HALF else number - _ALL


def written_key(kept: int | str) -> str:
    """A key as it was."""
    return kept if isinstance(kept, str) else f"{kept % _ALL:016x}"


def day(written: str) -> int:
    """`2023-04-09` -> 20230409"""
    return int(written.replace("-", ""))


def written_day(kept: int | None) -> str | None:
    """A day as it was."""
    return None if kept is None else f"{kept // 10_000:04}-{kept // 100 % 100:02}-{kept % 100:02}"
