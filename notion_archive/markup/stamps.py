"""Dates as exports write them in the language of their user, made such as `dates` reads: ISO, the time after a space.

Chinese, Japanese and English ones stay as they are, for `dates` and `clock` read them; only a time zone goes.
"""

import re

_MONTHS = (
    ("enero", "janvier", "januar", "jänner"),
    ("febrero", "février", "februar"),
    ("marzo", "mars", "märz"),
    ("abril", "avril", "april"),
    ("mayo", "mai"),
    ("junio", "juin", "juni"),
    ("julio", "juillet", "juli"),
    ("agosto", "août", "august"),
    ("septiembre", "septembre", "september"),
    ("octubre", "octobre", "oktober"),
    ("noviembre", "novembre", "november"),
    ("diciembre", "décembre", "dezember"),
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_TIME = r"(?:(?P<half>오전|오후) )?(?P<hour>\d{1,2}):(?P<minute>\d\d)"
_ZONE = re.compile(r"\s*\((?:GMT|UTC)[^()]*\)(?=\s*(?:→|$))")
_KOREAN = r"(?P<ky>\d{4})년 (?P<km>\d{1,2})월 (?P<kd>\d{1,2})일"
_EUROPEAN = rf"(?P<ed>\d{{1,2}})(?:\.|er)? (?:de )?(?P<em>{'|'.join(_NUMBERS)}) (?:de )?(?P<ey>\d{{4}})"
_STAMP = re.compile(rf"(?:{_KOREAN}|{_EUROPEAN})(?:,? {_TIME})?", re.IGNORECASE)
_END = re.compile(_TIME)


def read(words: str) -> str:
    """`"2024년 3월 1일 오후 2:05"` and `"1 de marzo de 2024 14:05"` -> "2024-03-01 14:05"; anything else as it is.

    A span stays one: `"1. März 2024 23:50 (GMT+1) → 2. März 2024 0:20"` -> "2024-03-01 23:50 → 2024-03-02 00:20".
    """
    words = _ZONE.sub("", words)
    parts = [" ".join(part.split()) for part in words.split("→")]
    stamps = [_STAMP.fullmatch(part) for part in parts]
    if not stamps[0] or len(parts) > 2:
        return words
    end = _END.fullmatch(parts[1]) if len(parts) == 2 and not stamps[1] else None
    if len(parts) == 2 and not stamps[1] and not end:
        return words
    return " → ".join([_iso(stamp) for stamp in stamps if stamp] + ([_time(end)] if end else []))


def _iso(stamp: re.Match[str]) -> str:
    """A stamp with its year first: "2024년 3월 1일 오후 2:05" -> "2024-03-01 14:05", "1. März 2024" -> "2024-03-01"."""
    year, day = stamp["ky"] or stamp["ey"], stamp["kd"] or stamp["ed"]
    month = int(stamp["km"]) if stamp["km"] else _NUMBERS[stamp["em"].lower()]
    return f"{year}-{month:02}-{int(day):02} {_time(stamp)}".strip()


def _time(stamp: re.Match[str]) -> str:
    """The time of a stamp on 24 hours, empty where it has none: "오후 2:05" -> "14:05"."""
    if stamp["hour"] is None:
        return ""
    hour = int(stamp["hour"])
    if stamp["half"]:
        hour = hour % 12 + (12 if stamp["half"] == "오후" else 0)
    return f"{hour:02}:{stamp['minute']}"
