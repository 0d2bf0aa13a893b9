"""What a search without words has in the tables in which counts are kept: all, a speaker's part, or a total."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from indexer.store.keys import normal_form
from indexer.store.queries import rows_of
from indexer.store.rows import Tally, Total
from indexer.store.search.filters import FilterOptions, Filters
from indexer.store.search.tallies import By, tallies
from indexer.store.search.text import SearchText
from indexer.store.speakers import lookup as speaker_lookup

_OF_ALL: tuple[By, ...] = ("month", "speaker", "kind", "tier", "publisher")
_OF_A_SPEAKER: tuple[By, ...] = ("month", "publisher")
_MOST_QUOTED = (
    "SELECT name, quotations, slug FROM speakers WHERE type <> 'unnamed' ORDER BY quotations DESC, name LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The total, and by which values it is kept, of all quotations or of a speaker with this row id."""

    total: Total
    by: tuple[By, ...] = ()
    speaker: int | None = None


def kept(connection: sqlite3.Connection, query: SearchText, filters: Filters) -> Kept | None:
    """What is kept for this search; None where it has words, several filters, or one by which nothing is kept."""
    given = [(name, value) for name in FilterOptions.__annotations__ if (value := getattr(filters, name))]
    if query.match or query.exclude or len(given) > 1:
        return None
    if not given:
        return Kept(_total(tallies(connection, "kind")), _OF_ALL)
    name, value = given[0]
    if name == "speaker":
        return _of_speaker(connection, value)
    if name not in ("kind", "tier", "publisher") or value == "term":
        return None
    rows = tallies(connection, cast(By, name))
    return Kept(_total(row for row in rows if normal_form(row.value) == normal_form(value)))


def most_frequent(connection: sqlite3.Connection, found: Kept, by: By, limit: int) -> list[Tally]:
    """How many by this, the most frequent values first; all months, in their order."""
    if by == "speaker":
        rows = rows_of(connection, _MOST_QUOTED, [limit])
        return [Tally(row["name"], row["quotations"], row["slug"]) for row in rows]
    return tallies(connection, by, found.speaker, -1 if by == "month" else limit)


def _of_speaker(connection: sqlite3.Connection, name: str) -> Kept | None:
    query, parameters = speaker_lookup.meant_by(connection, name)
    sql = f"SELECT id, quotations FROM speakers WHERE id IN ({query}) LIMIT 2"
    rows = rows_of(connection, sql, parameters)
    return Kept(Total(rows[0]["quotations"]), _OF_A_SPEAKER, rows[0]["id"]) if len(rows) == 1 else None


def _total(rows: Iterable[Tally]) -> Total:
    return Total(sum(row.quotations for row in rows))
