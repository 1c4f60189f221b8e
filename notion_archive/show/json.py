"""Answers as JSON: the record contract's fields, UTF-8, one line."""

from typing import Any

import msgspec


def dumps(answer: Any) -> str:
    """An answer as one line of JSON."""
    shape = getattr(answer, "contract", None)  # where the contract's object is flatter than our value
    return msgspec.json.encode(shape() if shape else answer).decode()
