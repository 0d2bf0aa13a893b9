"""What the hits of a search are: how many there are, by month, speaker, kind, tier and publisher.

Read from the tables in which counts are kept where those answer, else counted in the newest hits: no more than
`COUNTED` for the total and the months, `SAMPLED` for the rest, and only those among the newest `LOOKED_AT` rows. Each
count says how far back it goes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

from indexer.store.dated_ids import ROOM, date_of, date_of_day
from indexer.store.queries import rows_of
from indexer.store.rows import Facet, Overview, Tally, Total
from indexer.store.search.filters import Filters
from indexer.store.search.kept import kept, most_frequent
from indexer.store.search.searching import Search
from indexer.store.search.text import SearchText

LOOKED_AT = 6_000
COUNTED = 5_000
SAMPLED = 1_000
LISTED = 8
"""How many values of a facet are listed, the most frequent ones; all months are."""


def overview(connection: sqlite3.Connection, query: SearchText, filters: Filters) -> Overview:
    """How many hits a search has, and what they are. Raises UsageError for a bad kind, tier or date."""
    from_tables = kept(connection, query, filters)
    total: Total | None = None
    found: dict[str, Facet] = {}
    if from_tables is not None:
        total = from_tables.total
        found = {by: Facet(most_frequent(connection, from_tables, by, LISTED)) for by in from_tables.by}
    if total is None or "kind" not in found:
        ids, oldest = _newest(connection, query, filters)
        total = total or _counted(ids, oldest)
        found = _of_newest(connection, ids, oldest, total) | found
    return Overview(total, found)


def count(connection: sqlite3.Connection, query: SearchText, filters: Filters) -> Total:
    """How many hits a search has. Raises UsageError for a bad kind, tier or date."""
    from_tables = kept(connection, query, filters)
    return from_tables.total if from_tables else _counted(*_newest(connection, query, filters))


def _newest(connection: sqlite3.Connection, query: SearchText, filters: Filters) -> tuple[list[int], int | None]:
    """The row ids of the newest hits, and the oldest row that is looked at: None where all are."""
    search = Search(connection, query, filters)
    oldest = search.looked_at(LOOKED_AT)
    return search.down_to(oldest, COUNTED + 1), oldest


def _counted(ids: list[int], oldest: int | None) -> Total:
    return Total(min(len(ids), COUNTED), oldest is None and len(ids) <= COUNTED)


def _of_newest(connection: sqlite3.Connection, ids: list[int], oldest: int | None, total: Total) -> dict[str, Facet]:
    sample = ids[:SAMPLED]
    back_to = _back_to(sample, oldest, total)
    found = {by: Facet(rows, back_to) for by, rows in _by_value(connection, sample).items()}
    dated = ids[:COUNTED]
    return found | {"month": Facet(_by_month(dated), _back_to(dated, oldest, total))}


def _back_to(ids: list[int], oldest: int | None, total: Total) -> str | None:
    """The date back to which these hits are counted; None where they are all of them."""
    if total == Total(len(ids)):
        return None
    return date_of(ids[-1] if ids else oldest or 0) or ""


def _by_month(ids: list[int]) -> list[Tally]:
    counted = Counter(row_id // (100 * ROOM) for row_id in ids)
    return [Tally(date_of_day(month * 100) or "", counted[month]) for month in sorted(counted)]


def _by_value(connection: sqlite3.Connection, ids: list[int]) -> dict[str, list[Tally]]:
    """These hits by speaker, kind, tier and publisher."""
    found: dict[str, list[Tally]] = {"speaker": [], "kind": [], "tier": [], "publisher": []}
    for row in rows_of(connection, _BY_VALUE, [json.dumps(ids)]):
        found[row["facet"]].append(Tally(row["value"], row["quotations"], row["slug"]))
    return found


_MOST = f"GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {LISTED}"
_BY_VALUE = f"""
WITH hits AS MATERIALIZED (
  SELECT q.kind, q.tier, q.speaker_id, (SELECT publisher FROM documents WHERE id = q.document_id) AS publisher
  FROM json_each(?) AS found CROSS JOIN quotations q ON q.id = found.value
)
SELECT * FROM (SELECT 'kind' AS facet, kind AS value, count(*) AS quotations, NULL AS slug FROM hits {_MOST})
UNION ALL SELECT * FROM (SELECT 'tier', tier, count(*), NULL FROM hits WHERE speaker_id IS NOT NULL {_MOST})
UNION ALL SELECT * FROM (SELECT 'publisher', publisher, count(*), NULL FROM hits WHERE publisher <> '' {_MOST})
UNION ALL SELECT * FROM (
  SELECT 'speaker', s.name, n, s.slug FROM (SELECT speaker_id, count(*) AS n FROM hits GROUP BY 1) AS counted
  CROSS JOIN speakers s ON s.id = counted.speaker_id WHERE s.type <> 'unnamed' ORDER BY 3 DESC, 2 LIMIT {LISTED}
)
"""
