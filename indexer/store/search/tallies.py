"""Counts by speaker, month, publisher, kind and tier: read from the tables in which they are kept, never counted up."""

from __future__ import annotations

import sqlite3
from typing import Literal

from indexer.errors import UsageError
from indexer.store.queries import rows_of
from indexer.store.rows import Tally

By = Literal["speaker", "month", "publisher", "kind", "tier"]
_ORDER = {"month": "value"}
_MOST_FIRST = "quotations DESC, value"

_SPEAKERS = "SELECT name AS value, quotations, slug FROM speakers"
_TOTALS = "SELECT value, quotations, NULL AS slug FROM totals WHERE facet = :by"
_OF_ONE = {
    by: f"SELECT {by} AS value, quotations, NULL AS slug FROM speaker_{by}s WHERE speaker_id = :speaker"
    for by in ("month", "publisher")
}


def tallies(connection: sqlite3.Connection, by: By, speaker: int | None = None, limit: int = -1) -> list[Tally]:
    """How many quotations there are by this, most first (months in their order); of one speaker by its row id.

    Terms are not counted; `limit` -1 is none. Raises UsageError for what is not kept for single speakers.
    """
    if speaker is not None and by not in _OF_ONE:
        raise UsageError(f"by {by}: not counted for a single speaker", f"choose one of {', '.join(_OF_ONE)}")
    source = _OF_ONE[by] if speaker is not None else _SPEAKERS if by == "speaker" else _TOTALS
    order = _ORDER.get(by, _MOST_FIRST)
    values = {"by": by, "speaker": speaker, "limit": limit}
    rows = rows_of(connection, f"{source} ORDER BY {order} LIMIT :limit", values)
    return [Tally(row["value"], row["quotations"], row["slug"]) for row in rows]
