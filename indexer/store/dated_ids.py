"""Row ids of quotations that tell their date: the newest have the highest ids. Pure functions of numbers.

A quotation's date is when it was said, else when its document was published. Its id is the date as YYYYMMDD, unknown
parts 00, times `ROOM`, plus a number within that date. So the newest first is the order of ids, which SQLite reads
from either end at no cost, and a filter of dates is a range of ids. Ids stay below 2**53, which JSON can hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

ROOM = 10**8
"""How many quotations one date has room for."""

_REMEMBERED = 10_000
"""Dates that are kept at hand: the same ones come in many documents."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@lru_cache(maxsize=_REMEMBERED)
def day_of(date: str | None) -> int:
    """YYYY[-MM[-DD]] as the number YYYYMMDD, unknown parts 0; 0 for no date and for what is none."""
    match = _DATE.fullmatch(date or "")
    return int("".join(match.groups(default="00"))) if match else 0


def date_of(row_id: int) -> str | None:
    """The date that an id tells, as YYYY[-MM[-DD]]; None where it is unknown."""
    return date_of_day(row_id // ROOM)


@lru_cache(maxsize=_REMEMBERED)
def date_of_day(day: int) -> str | None:
    """The number YYYYMMDD as YYYY[-MM[-DD]]; None for 0."""
    year, month, date = day // 10_000, day // 100 % 100, day % 100
    if not year:
        return None
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{date:02}"] if month and date else [])])


def month_of(row_id: int) -> str:
    """The month that an id tells, YYYY-MM; the year alone, or "", where that is all that is known."""
    return (date_of(row_id) or "")[:7]


def id_range(day: int) -> tuple[int, int]:
    """The ids of a date: from the first up to, and without, the second."""
    return day * ROOM, (day + 1) * ROOM


def since(date: str) -> Iterator[tuple[int, int]]:
    """The ranges of ids on `date` or later; a date known only to the year or the month may lie there too."""
    day = day_of(date)
    month, year = day // 100 * 100, day // 10_000 * 10_000
    yield from (id_range(partial) for partial in sorted({year, month} - {day}) if partial)
    yield day * ROOM, 10**8 * ROOM


def until(date: str) -> int:
    """The first id after `date`; of a month or a year, after all of it."""
    day = day_of(date)
    last = day + 99 if day % 100 == 0 else day
    return ((last + 9900 if day % 10_000 == 0 else last) + 1) * ROOM


def numbered(days: Sequence[int], next_ids: dict[int, int]) -> list[int]:
    """An id for each of the quotations of a document, given in reading order by their `days`.

    The first in the text has the highest id of its day, so that the newest first is also the order of reading.
    `next_ids`: the lowest free id of each day.
    """
    ids = [0] * len(days)
    for place in reversed(range(len(days))):
        ids[place] = next_ids[days[place]]
        next_ids[days[place]] += 1
    return ids
