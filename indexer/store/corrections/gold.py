"""Documents with corrected quotations as records of a gold file: what people decided is what is right.

What nobody decided is `ambiguous`, so that it counts neither for nor against; so is a quotation of which somebody
decided that the text names no speaker, since a gold quotation has one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from indexer.domain import Attribution
from indexer.store.corrections.applying import Entry
from indexer.store.corrections.entries import entries_of
from indexer.store.keys import one_line
from indexer.store.queries import rows_of

_METADATA = ("title", "author", "published", "publisher", "url", "language")
_DOCUMENTS = """
SELECT * FROM documents WHERE id IN (SELECT document_id FROM quotations WHERE correction_id IS NOT NULL) ORDER BY key
"""
_ALIASES = """
SELECT a.name FROM speaker_aliases a JOIN quotations q ON q.speaker_id = a.speaker_id WHERE q.key = ? ORDER BY a.name
"""


def records(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """One record for each document with corrected quotations."""
    for row in rows_of(connection, _DOCUMENTS):
        metadata = {name: row[name] for name in _METADATA if row[name]}
        entries = [entry for entry in entries_of(connection, row["id"]) if entry.attribution.text]
        quotations = [_quotation(connection, row["text"], entry) for entry in entries]
        yield {"id": row["key"], "text": row["text"], **metadata, "quotations": quotations}


def _quotation(connection: sqlite3.Connection, text: str, entry: Entry) -> dict[str, Any]:
    found = entry.attribution
    place = {"start": found.start, "end": found.end}
    if entry.correction is None:
        return {**place, "decision": "ambiguous"}
    if found.kind == "term":
        return {**place, "decision": "term"}
    if found.speaker is None:
        return {**place, "decision": "ambiguous", "kind": found.kind}
    return {
        **place,
        "decision": "quotation",
        "kind": found.kind,
        "speaker": found.speaker,
        "aliases": _aliases(connection, text, entry),
        "type": found.speaker_type,
        "mentions": _mentions(found),
        "via": found.via or "",
    }


def _mentions(found: Attribution) -> list[list[int]]:
    return [] if found.mention is None else [[found.mention.start, found.mention.end]]


def _aliases(connection: sqlite3.Connection, text: str, entry: Entry) -> list[str]:
    """The other names of the speaker that stand in this text."""
    printed = one_line(text)
    names = (row[0] for row in rows_of(connection, _ALIASES, [entry.key]))
    return [name for name in names if name != entry.attribution.speaker and name in printed]
