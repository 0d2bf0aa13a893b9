"""Finding quotations by words and filters, at a cost that does not grow with how common the words are.

The newest first is the order of row ids (see `dated_ids`), which a search can stop in after one page. Relevance (BM25)
has to look at every hit, so it ranks the newest `RANKED` hits only, and counts stop at `COUNTED`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Literal

from indexer.store.search.filters import Conditions, Filters
from indexer.store.search.plan import Planner
from indexer.store.search.text import SearchText

Sort = Literal["relevance", "date"]
RANKED = 5_000
"""Relevance ranks so many of the newest hits."""
COUNTED = 10_000
"""Counting stops beyond so many hits."""
Values = list[str | int]


class Search:
    """One search over a connection to an index; `is_whole`: all hits are wanted, not the newest.

    Raises UsageError for a bad kind, tier or date.
    """

    def __init__(
        self, connection: sqlite3.Connection, query: SearchText, filters: Filters, *, is_whole: bool = False
    ) -> None:
        self._connection = connection
        self._plan = Planner(connection, query, filters, is_whole).plan()

    def newest(self, limit: int = -1, offset: int = 0, below: int | None = None, above: int | None = None) -> list[int]:
        """Row ids, the newest first: those below an id, to go on from there; or the nearest above one, to go back."""
        row_id = self._plan.id
        where = self._plan.where if below is None else self._also(f"{row_id} < ?", below)
        where = where if above is None else self._also(f"{row_id} > ?", above)
        found = self._ids(*self._query(where, "DESC" if above is None else "ASC", limit, offset))
        return found if above is None else found[::-1]

    def all_newest(self) -> Iterator[int]:
        """All row ids, the newest first, one by one as they are found."""
        sql, values = self._query(self._plan.where, "DESC", -1)
        return (int(row[0]) for row in self._connection.execute(sql, values))

    def best(self, limit: int = -1, offset: int = 0, after: int | None = None, before: int | None = None) -> list[int]:
        """Row ids among the newest `RANKED` hits, the best match first, the newer of equals.

        Those after an id, to go on from there; or the last ones before one, to go back.
        """
        ranked = self._ranked()
        if after is not None:
            ranked = ranked[ranked.index(after) + 1 :] if after in ranked else []
        if before is not None:
            ranked = ranked[: ranked.index(before)] if before in ranked else []
            return ranked[-limit:] if limit > 0 else ranked
        return ranked[offset:] if limit < 0 else ranked[offset : offset + limit]

    def count(self) -> int:
        """How many there are; `COUNTED` + 1 stands for more than `COUNTED`."""
        sql, values = self._query(self._plan.where, "DESC", COUNTED + 1)
        return self._ids(f"SELECT count(*) FROM ({sql})", values)[0]

    def looked_at(self, most: int) -> int | None:
        """The id of the last of so many rows that are looked at, the newest first; None where they are fewer.

        None too where a narrow filter lets few rows through.
        """
        if self._plan.looked_at is None:
            return None
        source, where = self._plan.looked_at
        found = self._ids(*self._query(where, "DESC", 1, most - 1, source))
        return found[0] if found else None

    def down_to(self, oldest: int | None, limit: int) -> list[int]:
        """Row ids, the newest first, none below `oldest`."""
        where = self._plan.where if oldest is None else self._also(f"{self._plan.id} >= ?", oldest)
        return self._ids(*self._query(where, "DESC", limit))

    def _ranked(self) -> list[int]:
        oldest = self.newest(1, RANKED - 1)
        where = self._also("f.rowid >= ?", oldest[0]) if oldest else self._plan.where
        order = "ORDER BY bm25(quotations_fts), f.rowid DESC"
        return self._ids(f"SELECT f.rowid FROM {self._plan.source} {where.where()} {order}", where.parameters)

    def _query(
        self, where: Conditions, order: str, limit: int, offset: int = 0, source: str = ""
    ) -> tuple[str, Values]:
        row_id = self._plan.id
        sql = f"SELECT {row_id} AS id FROM {source or self._plan.source} {where.where()} ORDER BY {row_id} {order}"
        return f"{sql} LIMIT ? OFFSET ?", [*where.parameters, limit, offset]

    def _also(self, sql: str, *parameters: str | int) -> Conditions:
        where = self._plan.where
        return Conditions([*where.sql, sql], [*where.parameters, *parameters])

    def _ids(self, sql: str, parameters: Sequence[str | int]) -> list[int]:
        return [int(row[0]) for row in self._connection.execute(sql, parameters)]
