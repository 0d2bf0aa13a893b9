"""What to look at first: the quotations that nobody has decided about, the least certain first, terms left out.

An index keeps them in this order, so that the first of a million is found at once. Those without a speaker come last.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from indexer.errors import UsageError
from indexer.store.keys import storable
from indexer.store.queries import rows_of
from indexer.store.search.filters import Conditions, add_document, checked_kind
from indexer.store.speakers import lookup as speaker_lookup

FEW = 2_000
"""Up to so many quotations of a speaker or a publisher are sorted; more are met soon enough in the order of all."""

RECENT = 1_000
"""So many decisions are looked at to tell what one person decided of late."""

_PLACE = re.compile(r"([01])_(\d[\d.]*(?:e-\d+)?)_(\d{1,18})", re.ASCII)
_UNDECIDED = "q.kind <> 'term' AND q.correction_id IS NULL"
_BY = "quotations q INDEXED BY {} CROSS JOIN documents d ON d.id = q.document_id"
_IN_ORDER = _BY.format("quotations_to_review")
_OF_SPEAKER = _BY.format("quotations_of_speaker")
_IN_DOCUMENT = _BY.format("quotations_in_document")
_OF_PUBLISHER = "documents d CROSS JOIN quotations q INDEXED BY quotations_in_document ON q.document_id = d.id"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the queue; None does not. `speaker`: a name, an alias or a slug. `document`: an id or a slug.

    `publisher` is a name as documents have it, `kind` direct or mixed, `tier` certain, probable or uncertain.
    """

    speaker: str | None = None
    document: str | None = None
    publisher: str | None = None
    kind: str | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands in the queue: behind those of a lower confidence, and of the same by row id."""

    is_unnamed: bool = False
    confidence: float = 0.0
    id: int = -1

    def __str__(self) -> str:
        """As `read` takes it: 0_0.45_2025031400000004."""
        return f"{int(self.is_unnamed)}_{self.confidence!r}_{self.id}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The place that was printed so. Raises UsageError."""
        match = _PLACE.fullmatch(text)
        if match is None or match[2].count(".") > 1:
            raise UsageError(f"{text!r} is no place in the queue", "start it again from its beginning")
        return cls(match[1] == "1", float(match[2]), int(match[3]))


START = Place()
_Met = tuple[str, Place, bool]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the queue: the keys of what was wanted, in order, and the place to go on from, None at the end."""

    keys: list[str]
    on: Place | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many quotations with a speaker are uncertain and probable, how many are decided, how many of late by one."""

    uncertain: int
    probable: int
    decided: int
    own: int


def stretch(
    connection: sqlite3.Connection, wanted: Wanted, after: Place = START, *, limit: int, most: int | None = None
) -> Stretch:
    """The first of those wanted behind a place; `most`: no more quotations than that are looked at.

    Raises UsageError for a bad kind.
    """
    keys: list[str] = []
    for number, (key, place, is_wanted) in enumerate(_walk(connection, wanted, after, most), 1):
        keys += [key] if is_wanted else []
        if len(keys) == limit or number == most:
            return Stretch(keys, place)
    return Stretch(keys, None)


def progress(connection: sqlite3.Connection, who: str, since: str) -> Progress:
    """How far the review is; `since` (UTC) bounds what this person decided, among the newest RECENT decisions."""
    tiers = dict(connection.execute("SELECT value, quotations FROM totals WHERE facet = 'tier'"))
    decided = connection.execute("SELECT count(*) FROM quotations WHERE correction_id IS NOT NULL").fetchone()[0]
    newest = "SELECT who, made FROM corrections WHERE undone IS NULL ORDER BY id DESC LIMIT ?"
    sql = f"SELECT count(*) FROM ({newest}) WHERE who = ? AND made >= ?"
    own = connection.execute(sql, [RECENT, storable(who), since]).fetchone()[0]
    return Progress(tiers.get("uncertain", 0), tiers.get("probable", 0), decided, own)


def place_of(connection: sqlite3.Connection, key: str) -> Place | None:
    """Where the quotation with this key stands in the queue, or would if nobody had decided about it."""
    rows = rows_of(connection, "SELECT speaker_id IS NULL, confidence, id FROM quotations WHERE key = ?", [key])
    return Place(bool(rows[0][0]), rows[0][1], rows[0][2]) if rows else None


def _walk(connection: sqlite3.Connection, wanted: Wanted, after: Place, most: int | None) -> Iterator[_Met]:
    """Key and place of the quotations behind a place, and whether each is wanted; where they are few, only those are.

    Where no more than `most` are looked at, SQLite must not skip the others by itself.
    """
    conditions = _conditions(connection, wanted)
    source = _source(connection, wanted)
    asked = " AND ".join(conditions.sql) or "1"
    is_wanted, where = (asked, "1") if source == _IN_ORDER and most is not None else ("1", asked)
    for unnamed in range(after.is_unnamed, 2):
        behind = after if unnamed == after.is_unnamed else START
        sql = (
            f"SELECT q.key, q.confidence, q.id, {is_wanted} FROM {source} WHERE {where} AND {_UNDECIDED}"
            f" AND (q.speaker_id IS NULL) = {unnamed} AND q.confidence >= ? AND (q.confidence, q.id) > (?, ?)"
            " ORDER BY q.confidence, q.id"
        )
        place = [behind.confidence, behind.confidence, behind.id]
        for key, confidence, row_id, is_it in connection.execute(sql, [*conditions.parameters, *place]):
            yield key, Place(bool(unnamed), confidence, row_id), bool(is_it)


def _conditions(connection: sqlite3.Connection, wanted: Wanted) -> Conditions:
    found = Conditions()
    if wanted.speaker:
        ids = _speakers(connection, wanted.speaker)
        found.add("q.speaker_id IN (SELECT value FROM json_each(?))", json.dumps(ids))
    if wanted.document:
        add_document(found, wanted.document)
    if wanted.publisher:
        found.add("d.publisher = ?", storable(wanted.publisher))
    if wanted.kind:
        found.add("q.kind = ?", checked_kind(wanted.kind))
    if wanted.tier:
        found.add("q.tier = ?", wanted.tier)
    return found


def _source(connection: sqlite3.Connection, wanted: Wanted) -> str:
    """The tables in the order in which the wanted ones are found soonest."""
    if wanted.document:
        return _IN_DOCUMENT
    if wanted.speaker and _quotations_of(connection, wanted.speaker) <= FEW:
        return _OF_SPEAKER
    if wanted.publisher and _quotations_in(connection, wanted.publisher) <= FEW:
        return _OF_PUBLISHER
    return _IN_ORDER


def _speakers(connection: sqlite3.Connection, name: str) -> list[int]:
    query, parameters = speaker_lookup.meant_by(connection, name)
    return [row[0] for row in rows_of(connection, query, parameters)]


def _quotations_of(connection: sqlite3.Connection, name: str) -> int:
    sql = "SELECT coalesce(sum(quotations), 0) FROM speakers WHERE id IN (SELECT value FROM json_each(?))"
    return int(rows_of(connection, sql, [json.dumps(_speakers(connection, name))])[0][0])


def _quotations_in(connection: sqlite3.Connection, publisher: str) -> int:
    sql = "SELECT coalesce(sum(quotations), 0) FROM totals WHERE facet = 'publisher' AND value = ?"
    return int(rows_of(connection, sql, [storable(publisher)])[0][0])
