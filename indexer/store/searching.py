"""Finding quotations by words and filters, at a cost that does not grow with how common the words are.

The newest first is the order of row ids (see `dated_ids`), which a search can stop in after one page. Relevance (BM25)
has to look at every hit, so it ranks the newest `RANKED` hits only, and counts stop at `COUNTED`. Which table leads
depends on what is rarer: the words lead unless they are common and the speaker, document or publisher is not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from indexer.store import speaker_lookup
from indexer.store.filters import Conditions, Filters, add_dates, add_document, checked_kind
from indexer.store.keys import normal_form
from indexer.store.search_text import SearchText

Sort = Literal["relevance", "date"]
RANKED = 10_000
"""Relevance ranks so many of the newest hits."""
COUNTED = 10_000
"""Counting stops beyond so many hits."""
_RARE = 10_000
"""Words with no more hits lead the search."""
_SMALL = 20_000
"""A publisher with no more quotations leads the search for a common word."""

_WORDS_FIRST = (
    "FROM quotations_fts f CROSS JOIN quotations q ON q.id = f.rowid CROSS JOIN documents d ON d.id = q.document_id"
)
_PLACE_FIRST = (
    "FROM documents d CROSS JOIN quotations q ON q.document_id = d.id CROSS JOIN quotations_fts f ON f.rowid = q.id"
)
_SPEAKER_FIRST = (
    "FROM quotations q CROSS JOIN quotations_fts f ON f.rowid = q.id CROSS JOIN documents d ON d.id = q.document_id"
)
_NO_WORDS = "FROM quotations q JOIN documents d ON d.id = q.document_id"


class Search:
    """One search over a connection to an index. Raises UsageError for a bad kind or date."""

    def __init__(self, connection: sqlite3.Connection, query: SearchText, filters: Filters) -> None:
        self._connection = connection
        self._query = query
        self._source, self._where = self._planned(filters)

    def newest(self, limit: int = -1, offset: int = 0, below: int | None = None) -> list[int]:
        """Row ids, the newest first; those below an id only, to go on from there."""
        where = self._also("q.id < ?", below) if below is not None else self._where
        sql = f"SELECT q.id {self._source} {where.where()} ORDER BY q.id DESC LIMIT ? OFFSET ?"
        return self._ids(sql, [*where.parameters, limit, offset])

    def all_newest(self) -> Iterator[int]:
        """All row ids, the newest first, one by one as they are found."""
        sql = f"SELECT q.id {self._source} {self._where.where()} ORDER BY q.id DESC"
        return (int(row[0]) for row in self._connection.execute(sql, self._where.parameters))

    def best(self, limit: int = -1, offset: int = 0, after: int | None = None) -> list[int]:
        """Row ids among the newest `RANKED` hits, the best match first, the newer of equals; those after an id only."""
        hits = self.newest(RANKED)
        if not hits:
            return []
        sql = (
            "SELECT rowid FROM quotations_fts WHERE quotations_fts MATCH ? AND rowid BETWEEN ? AND ?"
            " ORDER BY bm25(quotations_fts), rowid DESC"
        )
        among = set(hits)
        ranked = [row_id for row_id in self._ids(sql, [self._query.match, hits[-1], hits[0]]) if row_id in among]
        start = (ranked.index(after) + 1 if after in among else len(ranked)) if after is not None else offset
        return ranked[start:] if limit < 0 else ranked[start : start + limit]

    def count(self) -> int:
        """How many there are; `COUNTED` + 1 stands for more than `COUNTED`."""
        sql = f"SELECT count(*) FROM (SELECT 1 {self._source} {self._where.where()} LIMIT ?)"
        return self._ids(sql, [*self._where.parameters, COUNTED + 1])[0]

    # --- the plan ------------------------------------------------------------------------------------

    def _planned(self, filters: Filters) -> tuple[str, Conditions]:
        """Where the rows come from, and what must hold of them."""
        found = Conditions()
        found.add(*(("q.kind = ?", checked_kind(filters.kind)) if filters.kind else ("q.kind <> 'term'",)))
        speakers = self._add_speaker(found, filters.speaker)
        publishers = self._add_publisher(found, filters.publisher)
        if filters.document:
            add_document(found, filters.document)
        source = self._leader(speakers, publishers, bool(filters.document))
        add_dates(found, filters.since, filters.until, "f.rowid" if source == _WORDS_FIRST else "q.id")
        if self._query.match:
            found.add("quotations_fts MATCH ?", self._query.match)
        if self._query.exclude:
            found.add(
                "NOT EXISTS (SELECT 1 FROM quotations_fts x WHERE x.rowid = q.id AND x.quotations_fts MATCH ?)",
                self._query.exclude,
            )
        return source, found

    def _leader(self, by_speaker: bool, publishers: Sequence[str] | None, in_document: bool) -> str:
        """The table that leads: what is rarest."""
        if not self._query.match:
            return _NO_WORDS
        if (by_speaker or in_document or publishers is not None) and self._is_common():
            if by_speaker or in_document:
                return _SPEAKER_FIRST
            if self._quotations_of(publishers or ()) <= _SMALL:
                return _PLACE_FIRST
        return _WORDS_FIRST

    def _is_common(self) -> bool:
        sql = "SELECT count(*) FROM (SELECT 1 FROM quotations_fts WHERE quotations_fts MATCH ? LIMIT ?)"
        return self._ids(sql, [self._query.match, _RARE + 1])[0] > _RARE

    def _quotations_of(self, publishers: Sequence[str]) -> int:
        slots = ", ".join("?" * len(publishers))
        sql = f"SELECT coalesce(sum(quotations), 0) FROM totals WHERE facet = 'publisher' AND value IN ({slots})"
        return self._ids(sql, publishers)[0]

    def _add_speaker(self, found: Conditions, name: str | None) -> bool:
        if not name:
            return False
        query, parameters = speaker_lookup.meant_by(self._connection, name)
        speakers = self._ids(query, parameters)
        found.add_among("q.speaker_id", speakers) if len(speakers) != 1 else found.add("q.speaker_id = ?", *speakers)
        return True

    def _add_publisher(self, found: Conditions, name: str | None) -> list[str] | None:
        """The publishers of this name, in any case, with or without accents."""
        if not name:
            return None
        rows = self._connection.execute("SELECT value FROM totals WHERE facet = 'publisher'")
        publishers = [str(row[0]) for row in rows if normal_form(row[0]) == normal_form(name)]
        found.add_among("d.publisher", publishers)
        return publishers

    def _also(self, sql: str, *parameters: str | int) -> Conditions:
        return Conditions([*self._where.sql, sql], [*self._where.parameters, *parameters])

    def _ids(self, sql: str, parameters: Sequence[Any]) -> list[int]:
        return [int(row[0]) for row in self._connection.execute(sql, parameters)]
