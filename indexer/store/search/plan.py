"""The plan of a search: which rows it goes through, and what must hold of each.

The full-text index leads where there are words, else the quotations do: to look one row up in the full-text index costs
as much as to run through a thousand (0.2 ms, with BM25 5 ms, at a million quotations). Where a filter lets little
through, and the words are common or there are none, what the filter lets through is gathered first, and the hits are
held against that; else each hit's row is read and checked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.store.keys import normal_form
from indexer.store.search.filters import Conditions, Filters, add_dates, add_document, checked_kind, checked_tier
from indexer.store.search.text import SearchText
from indexer.store.speakers import lookup as speaker_lookup

_RARE = 1_000
"""Words with no more hits are not common."""
_SMALL = 20_000
"""A publisher with no more quotations lets little through, against common words."""
_FEW = 5_000
"""And so many without words: of a larger one, the newest are found sooner by going through all of the newest."""

_ROWS = "quotations q"
_WORDS = "quotations_fts f"
_HITS = "quotations_fts f CROSS JOIN quotations q ON q.id = f.rowid"
_OF_DOCUMENTS = "documents d CROSS JOIN quotations q ON q.document_id = d.id"
_PUBLISHER = "(SELECT publisher FROM documents WHERE id = q.document_id)"
"""Not a join: before one, SQLite would go through all documents."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`source` joined as SQL says, its rows `where`; `id` is the column of row ids that leads.

    `looked_at`: the rows that are read and checked one by one; None where what is gathered is held against the words.
    """

    id: str
    source: str
    where: Conditions
    looked_at: tuple[str, Conditions] | None


@dataclass(frozen=True, slots=True)
class _Narrow:
    """A filter that lets little through, and the rows that it does."""

    filter: str
    source: str
    where: Conditions

    def has(self, row_id: str) -> Conditions:
        """The id is one of those rows."""
        sql = f"{row_id} IN (SELECT q.id FROM {self.source} {self.where.where()})"
        return Conditions([sql], list(self.where.parameters))


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans for one search over a connection to an index; `is_whole`: all hits are wanted, not the newest."""

    connection: sqlite3.Connection
    query: SearchText
    filters: Filters
    is_whole: bool = False

    def plan(self) -> Plan:
        """The plan. Raises UsageError for a bad kind, tier or date."""
        return self._by_words() if self.query.match else self._by_rows()

    def _by_words(self) -> Plan:
        words = Conditions(["quotations_fts MATCH ?"], [str(self.query.match)]).and_those(self._dated("f.rowid"))
        narrow = self._narrow(_SMALL)
        if narrow is not None and self._is_common():
            checked = self._checked(narrow.filter)
            found = words.and_those(narrow.has("+f.rowid")).and_those(checked)
            return Plan("f.rowid", _HITS if checked.sql else _WORDS, found, None)
        return Plan("f.rowid", _HITS, words.and_those(self._checked()), (_WORDS, words))

    def _by_rows(self) -> Plan:
        dated = self._dated("q.id")
        if self.query.exclude:
            left_out = "SELECT rowid FROM quotations_fts WHERE quotations_fts MATCH ?"
            dated.add(f"q.id NOT IN ({left_out})", self.query.exclude)
        narrow = self._narrow(_FEW)
        if narrow is None:
            return Plan("q.id", _ROWS, self._checked().and_those(dated), (_ROWS, dated))
        found = (narrow.has("q.id") if narrow.source == _OF_DOCUMENTS else narrow.where).and_those(dated)
        return Plan("q.id", _ROWS, found.and_those(self._checked(narrow.filter)), (_ROWS, found))

    def _narrow(self, most: int) -> _Narrow | None:
        """The filter that lets least through; None where there is none but such as let much through.

        `most`: how many quotations a publisher may have.
        """
        found, filters = Conditions(), self.filters
        if filters.speaker:
            found.add_among("q.speaker_id", self._speakers(filters.speaker))
            return _Narrow("speaker", _ROWS, found)
        if filters.document:
            add_document(found, filters.document)
            return _Narrow("document", _ROWS, found)
        publishers = self._publishers(filters.publisher) if filters.publisher else []
        if filters.publisher and (self.is_whole or self._quotations_of(publishers) <= most):
            found.add_among("d.publisher", publishers)
            return _Narrow("publisher", _OF_DOCUMENTS, found)
        return None

    def _checked(self, but: str = "") -> Conditions:
        """What must hold of each row, words and dates aside; `but` a filter that holds already."""
        found, filters = Conditions(), self.filters
        if filters.kind:
            found.add("q.kind = ?", checked_kind(filters.kind))
        elif not filters.speaker:  # a term has no speaker, and the index of speakers alone is read without its rows
            found.add("q.kind <> 'term'")
        if filters.tier:
            found.add("q.tier = ? AND q.speaker_id IS NOT NULL", checked_tier(filters.tier))
        if filters.speaker and but != "speaker":
            found.add_among("q.speaker_id", self._speakers(filters.speaker))
        if filters.document and but != "document":
            add_document(found, filters.document)
        if filters.publisher and but != "publisher":
            found.add_among(_PUBLISHER, self._publishers(filters.publisher))
        return found

    def _dated(self, row_id: str) -> Conditions:
        found = Conditions()
        add_dates(found, self.filters.since, self.filters.until, row_id)
        return found

    def _is_common(self) -> bool:
        sql = "SELECT count(*) FROM (SELECT 1 FROM quotations_fts WHERE quotations_fts MATCH ? LIMIT ?)"
        return self._numbers(sql, [str(self.query.match), _RARE + 1])[0] > _RARE

    def _quotations_of(self, publishers: Sequence[str]) -> int:
        slots = ", ".join("?" * len(publishers))
        sql = f"SELECT coalesce(sum(quotations), 0) FROM totals WHERE facet = 'publisher' AND value IN ({slots})"
        return self._numbers(sql, publishers)[0]

    def _speakers(self, name: str) -> list[int]:
        query, parameters = speaker_lookup.meant_by(self.connection, name)
        return self._numbers(query, parameters)

    def _publishers(self, name: str) -> list[str]:
        """The publishers of this name, in any case, with or without accents."""
        rows = self.connection.execute("SELECT value FROM totals WHERE facet = 'publisher'")
        return [str(row[0]) for row in rows if normal_form(row[0]) == normal_form(name)]

    def _numbers(self, sql: str, parameters: Sequence[str | int]) -> list[int]:
        return [int(row[0]) for row in self.connection.execute(sql, parameters)]
