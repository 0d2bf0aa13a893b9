"""Reading one document: a part of it with its quotations, and where a single quotation stands in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from indexer.store.corrections import log as correction_log
from indexer.store.corrections.applying import Correction
from indexer.store.rows import DocumentRow, Hit

Hits = Callable[[Sequence[int]], list[Hit]]
"""How to get quotations by their row ids."""
Window = Callable[[str], tuple[int, int]]
"""From the text of a document to the offsets (code points) of the part that is wanted."""


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A document, and what stands between quotation marks from `start` to `end` in its text, in order.

    `hits` has terms too. Of the whole document, `tiers` counts the quotations with a speaker by tier, `terms` counts
    the terms, and `corrected` holds the keys of what a person decided about.
    """

    document: DocumentRow
    start: int
    end: int
    hits: list[Hit]
    tiers: Mapping[str, int]
    terms: int
    corrected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a quotation stands: it is the `number`th of `count` in its document, terms not counted (0 for a term).

    `previous` and `next` are the keys of those before and after it, `correction` is the newest decision of a person
    about it; None where there is none.
    """

    number: int
    count: int
    previous: str | None
    next: str | None
    correction: Correction | None


def part(connection: sqlite3.Connection, document: DocumentRow, window: Window, hits: Hits) -> DocumentPart:
    """The part of a document that `window` chooses; a quotation that reaches into it belongs to it."""
    start, end = window(document.text)
    (row_id,) = connection.execute("SELECT id FROM documents WHERE slug = ?", [document.slug]).fetchone()
    sql = 'SELECT id FROM quotations WHERE document_id = ? AND "start" < ? AND "end" > ? ORDER BY "start", "end" DESC'
    ids = [int(number) for (number,) in connection.execute(sql, [row_id, end, start])]
    tallied = "SELECT kind = 'term', tier, count(*), count(speaker_id) FROM quotations WHERE document_id = ?"
    counts = connection.execute(f"{tallied} GROUP BY 1, 2", [row_id]).fetchall()
    tiers = {tier: named for is_term, tier, _, named in counts if named and not is_term}
    terms = sum(count for is_term, _, count, _ in counts if is_term)
    return DocumentPart(document, start, end, hits(ids), tiers, terms, _corrected(connection, row_id))


def surroundings(connection: sqlite3.Connection, key: str) -> Surroundings:
    """Where the quotation with this whole key stands, which must be there."""
    sql = "SELECT document_id, kind = 'term', correction_id FROM quotations WHERE key = ?"
    document, is_term, correction = connection.execute(sql, [key]).fetchone()
    in_order = (
        "SELECT key FROM quotations WHERE document_id = ? AND (kind <> 'term' OR key = ?)"
        ' ORDER BY "start", "end" DESC'
    )
    keys = [row[0] for row in connection.execute(in_order, [document, key])]
    at = keys.index(key)
    return Surroundings(
        number=0 if is_term else at + 1,
        count=len(keys) - is_term,
        previous=keys[at - 1] if at else None,
        next=keys[at + 1] if at + 1 < len(keys) else None,
        correction=None if correction is None else correction_log.one(connection, correction).correction,
    )


def _corrected(connection: sqlite3.Connection, document: int) -> frozenset[str]:
    sql = "SELECT key FROM quotations WHERE document_id = ? AND correction_id IS NOT NULL"
    return frozenset(key for (key,) in connection.execute(sql, [document]))
