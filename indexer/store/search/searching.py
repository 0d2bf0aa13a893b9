"""Finding quotations by words and filters, at a cost that does not grow with how common the words are.

The newest first is the order of row ids (see `dated_ids`), which a search can stop in after one page. Relevance (BM25)
has to look at every hit, so it ranks the newest `RANKED` hits only, and counts stop at `COUNTED`. The full-text index
always leads: to look one row up in it costs as much as to run through a thousand (0.2 ms, with BM25 5 ms, at a million
quotations). Where the words are common and a filter lets little through, what the filter lets through is gathered
first, and the hits are held against that; else each hit's row is read and checked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from indexer.store.keys import normal_form
from indexer.store.search.filters import Conditions, Filters, add_dates, add_document, checked_kind
from indexer.store.search.text import SearchText
from indexer.store.speakers import lookup as speaker_lookup

Sort = Literal["relevance", "date"]
RANKED = 5_000
"""Relevance ranks so many of the newest hits."""
COUNTED = 10_000
"""Counting stops beyond so many hits."""
_RARE = 10_000
"""Words with no more hits are not common."""
_SMALL = 20_000
"""A publisher with no more quotations lets little through."""

_ROWS = "quotations q"
_HITS = "quotations_fts f CROSS JOIN quotations q ON q.id = f.rowid"
_THEIR_DOCUMENTS = " CROSS JOIN documents d ON d.id = q.document_id"
_OF_DOCUMENTS = "documents d CROSS JOIN quotations q ON q.document_id = d.id"


class Search:
    """One search over a connection to an index. Raises UsageError for a bad kind or date."""

    def __init__(self, connection: sqlite3.Connection, query: SearchText, filters: Filters) -> None:
        self._connection = connection
        self._query = query
        self._source, self._where = self._planned(filters)

    def newest(self, limit: int = -1, offset: int = 0, below: int | None = None) -> list[int]:
        """Row ids, the newest first; those below an id only, to go on from there."""
        where = self._also(f"{self._id} < ?", below) if below is not None else self._where
        sql = f"SELECT {self._id} FROM {self._source} {where.where()} ORDER BY {self._id} DESC LIMIT ? OFFSET ?"
        return self._ids(sql, [*where.parameters, limit, offset])

    def all_newest(self) -> Iterator[int]:
        """All row ids, the newest first, one by one as they are found."""
        sql = f"SELECT {self._id} FROM {self._source} {self._where.where()} ORDER BY {self._id} DESC"
        return (int(row[0]) for row in self._connection.execute(sql, self._where.parameters))

    def best(self, limit: int = -1, offset: int = 0, after: int | None = None) -> list[int]:
        """Row ids among the newest `RANKED` hits, the best match first, the newer of equals; those after an id only."""
        oldest = self.newest(1, RANKED - 1)
        where = self._also("f.rowid >= ?", oldest[0]) if oldest else self._where
        order = "ORDER BY bm25(quotations_fts), f.rowid DESC"
        ranked = self._ids(f"SELECT f.rowid FROM {self._source} {where.where()} {order}", where.parameters)
        if after is not None:
            ranked = ranked[ranked.index(after) + 1 :] if after in ranked else []
        return ranked[offset:] if limit < 0 else ranked[offset : offset + limit]

    def count(self) -> int:
        """How many there are; `COUNTED` + 1 stands for more than `COUNTED`."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {self._source} {self._where.where()} LIMIT ?)"
        return self._ids(sql, [*self._where.parameters, COUNTED + 1])[0]

    # --- the plan ------------------------------------------------------------------------------------

    def _planned(self, filters: Filters) -> tuple[str, Conditions]:
        """Where the rows come from, and what must hold of them."""
        on_rows, is_narrow = self._of_rows(filters)
        if not self._query.match:
            add_dates(on_rows, filters.since, filters.until, "q.id")
            if self._query.exclude:
                left_out = "SELECT rowid FROM quotations_fts WHERE quotations_fts MATCH ?"
                on_rows.add(f"q.id NOT IN ({left_out})", self._query.exclude)
            return _ROWS + (_THEIR_DOCUMENTS if filters.publisher else ""), on_rows
        found = Conditions()
        found.add("quotations_fts MATCH ?", self._query.match)
        add_dates(found, filters.since, filters.until, "f.rowid")
        if is_narrow and self._is_common():
            rows = _OF_DOCUMENTS if filters.publisher else _ROWS
            found.add(f"+f.rowid IN (SELECT q.id FROM {rows} {on_rows.where()})", *on_rows.parameters)
            return "quotations_fts f", found
        found.add(" AND ".join(on_rows.sql), *on_rows.parameters)
        return _HITS + (_THEIR_DOCUMENTS if filters.publisher else ""), found

    @property
    def _id(self) -> str:
        """The column of row ids that leads."""
        return "f.rowid" if self._query.match else "q.id"

    def _of_rows(self, filters: Filters) -> tuple[Conditions, bool]:
        """The conditions that do not look at the words, and whether they let little through."""
        found = Conditions()
        if filters.kind:
            found.add("q.kind = ?", checked_kind(filters.kind))
        elif not filters.speaker:  # a term has no speaker, and the index of speakers alone is read without its rows
            found.add("q.kind <> 'term'")
        is_narrow = bool(filters.speaker or filters.document)
        if filters.speaker:
            found.add_among("q.speaker_id", self._speakers(filters.speaker))
        if filters.document:
            add_document(found, filters.document)
        if filters.publisher:
            publishers = self._publishers(filters.publisher)
            found.add_among("d.publisher", publishers)
            is_narrow = is_narrow or self._quotations_of(publishers) <= _SMALL
        return found, is_narrow

    def _is_common(self) -> bool:
        sql = "SELECT count(*) FROM (SELECT 1 FROM quotations_fts WHERE quotations_fts MATCH ? LIMIT ?)"
        return self._ids(sql, [self._query.match, _RARE + 1])[0] > _RARE

    def _quotations_of(self, publishers: Sequence[str]) -> int:
        slots = ", ".join("?" * len(publishers))
        sql = f"SELECT coalesce(sum(quotations), 0) FROM totals WHERE facet = 'publisher' AND value IN ({slots})"
        return self._ids(sql, publishers)[0]

    def _speakers(self, name: str) -> list[int]:
        query, parameters = speaker_lookup.meant_by(self._connection, name)
        return self._ids(query, parameters)

    def _publishers(self, name: str) -> list[str]:
        """The publishers of this name, in any case, with or without accents."""
        rows = self._connection.execute("SELECT value FROM totals WHERE facet = 'publisher'")
        return [str(row[0]) for row in rows if normal_form(row[0]) == normal_form(name)]

    def _also(self, sql: str, *parameters: str | int) -> Conditions:
        return Conditions([*self._where.sql, sql], [*self._where.parameters, *parameters])

    def _ids(self, sql: str, parameters: Sequence[Any]) -> list[int]:
        return [int(row[0]) for row in self._connection.execute(sql, parameters)]
