"""What several parties, speakers or publishers, said about one thing: counts by month, and one timeline of all.

For counts the newest hits of each party are looked at, so many at most, and no more than the newest `LOOKED_AT` rows
where a party's own are not to be had at once.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.store.dated_ids import month_of
from indexer.store.rows import Hit, Total
from indexer.store.search.filters import Filters
from indexer.store.search.searching import Search
from indexer.store.search.text import SearchText

COMPARED = 1_000
"""So many of the newest hits of each party are counted."""
LOOKED_AT = 12_000


@dataclass(frozen=True, slots=True)
class Side:
    """How often a party said something: in all, and by month (YYYY-MM, less where less is known).

    `back_to` is the month of the oldest hit that was counted; None where all are.
    """

    total: Total
    months: Mapping[str, int]
    back_to: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides in the order of the parties, and what they said: the number of the party and the quotation.

    The newest first; `has_older`: there is more behind the last.
    """

    sides: Sequence[Side]
    said: Sequence[tuple[int, Hit]]
    has_older: bool


def compare(
    connection: sqlite3.Connection, query: SearchText, parties: Sequence[Filters], limit: int, below: int | None
) -> tuple[list[Side], list[tuple[int, int]]]:
    """The sides, and of all quotations below an id the newest: row id and number of the party.

    Raises UsageError for a bad date.
    """
    sides, said = [], []
    for number, filters in enumerate(parties):
        search = Search(connection, query, filters)
        oldest = search.looked_at(LOOKED_AT)
        newest = search.down_to(oldest, COMPARED + 1)
        sides.append(_side(newest, oldest))
        behind = newest if below is None else [row_id for row_id in newest if row_id < below]
        if len(behind) < limit and sides[-1].back_to is not None:
            behind = search.newest(limit, below=below)
        said += [(row_id, number) for row_id in behind[:limit]]
    return sides, sorted(said, reverse=True)[:limit]


def _side(newest: Sequence[int], oldest: int | None) -> Side:
    """A side of which these were found among the rows down to the oldest one, None: among all."""
    counted = newest[:COMPARED]
    if len(newest) > COMPARED:
        oldest = counted[-1]
    back_to = None if oldest is None else month_of(oldest)
    return Side(Total(len(counted), oldest is None), Counter(map(month_of, counted)), back_to)
