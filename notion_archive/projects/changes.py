"""What a change of some spellings changes for others, before any are joined: whose names are alike, what a day tells."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import chain

from notion_archive.projects import candidates, evidence
from notion_archive.projects.evidence import most, said, tells
from notion_archive.projects.names import compare, shifted
from notion_archive.projects.terms import Terms
from notion_archive.projects.workings import DAYS, Entry, Workings


def changed(workings: Workings, came: Mapping[int, Entry | None], terms: Terms) -> set[int]:
    """Put these spellings in place of what was known of them (None: they are gone). Those that are, or fit others, or may
    fit others otherwise than before; some of them may be gone."""
    before = {number: workings.entries[number] for number in came}
    fresh = not workings.counts[""]
    shares = {key: tells(workings.counts[key]) for key in _said_otherwise(before, came)}

    def listed(entry: Entry) -> Iterable[str]:
        return chain(candidates.listed(entry, terms), evidence.listed(entry.spelling))

    lengths = workings.put(came, listed)
    touched = {number for number, entry in came.items() if entry != before[number]}
    weeks = _in_weeks(workings, lengths, fresh=fresh)
    again = {number for number in touched if _seen(before[number]) != _seen(came[number])}
    again |= shifted(workings, lengths)
    del lengths  # it is as long as all names together
    touched |= weeks | compare(workings, again, terms)
    for key, share in shares.items():
        workings.counts[key] = most(workings, key)
        if tells(workings.counts[key]) != share:
            touched.update(workings.lists[key])
    return touched


def _seen(entry: Entry | None) -> object:
    """What of a spelling its likeness to others depends on."""
    return entry and (entry.wording, entry.aliases, entry.span)


def _said_otherwise(before: Mapping[int, Entry | None], came: Mapping[int, Entry | None]) -> set[str]:
    """The days that are promised and the numbers that are counted up to, as listed, of which other reports tell."""
    found: set[str] = set()
    for number, entry in came.items():
        one, other = (said(some.spelling) if some else {} for some in (before[number], entry))
        found.update(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
    return found


def _in_weeks(workings: Workings, lengths: Mapping[str, int], *, fresh: bool) -> set[int]:
    """Who is written before and after a day that is new or has no report any more: the nearer end of time tells all."""
    moved = {int(key[1:]) for key, before in lengths.items() if key[0] == "#" and not (before and workings.lists[key])}
    if not moved:
        return set()
    kept = workings.lists.change(DAYS)
    days = sorted({*kept} ^ moved)
    del kept[:]
    kept.extend(days)
    found: set[int] = set()
    for day in () if fresh else moved:
        at = bisect_left(days, day)
        for other in min(days[:at], days[at:], key=len):
            found.update(workings.lists[evidence.written(other)])
    return found
