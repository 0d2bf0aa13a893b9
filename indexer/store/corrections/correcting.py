"""Making and taking back a correction in an index: what the writer does with the log and a document's own rows.

Every function works inside the caller's transaction.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from indexer.domain import Attribution
from indexer.errors import NotFound, UsageError
from indexer.store.corrections import log as correction_log
from indexer.store.corrections.anchors import anchor, find
from indexer.store.corrections.applying import Correction, Decision, Entry, apply, restored
from indexer.store.corrections.entries import entries_of


def correction(
    connection: sqlite3.Connection, key: str, decision: Decision, *, note: str, who: str, made: str
) -> Correction:
    """A decision about the quotation with this key as a line of the log, anchored to where the quotation stands now.

    Raises NotFound where there is no such quotation, UsageError where it has no words.
    """
    document, text, entry = quotation(connection, key)
    before = [each for each in correction_log.standing(connection, document) if each.key == key]
    start, end = _base(text, entry, before)
    if not text[start:end].strip():
        raise UsageError(
            f"the quotation {key} has no words", "only words can be found again, so only they are corrected"
        )
    was = before[0].was if before and not entry.machine else _was((entry.machine or (entry.attribution,))[0])
    return Correction(0, key, document, anchor(text, start, end), decision, was, note, who, made)


def quotation(connection: sqlite3.Connection, key: str) -> tuple[str, str, Entry]:
    """The key and the text of the document in which the quotation with this key stands, and the quotation.

    Raises NotFound.
    """
    sql = "SELECT d.id, d.key, d.text FROM quotations q JOIN documents d ON d.id = q.document_id WHERE q.key = ?"
    row = connection.execute(sql, [key]).fetchone()
    if row is None:
        raise NotFound(f"no quotation {key!r}", "it may have gone since it was shown; see `quotes search`")
    (entry,) = (each for each in entries_of(connection, row[0]) if each.key == key)
    return row[1], row[2], entry


def undo(connection: sqlite3.Connection, number: int, *, who: str, when: str) -> str:
    """Mark a correction as taken back; the key of its document. Raises NotFound, UsageError where it is already."""
    found = correction_log.one(connection, number)
    if found.state == "undone":
        raise UsageError(f"correction {number} is undone already", correction_log.HINT)
    correction_log.undo(connection, [number], who=who, when=when)
    return found.correction.document


def applied_again(connection: sqlite3.Connection, document_row: int) -> list[Entry]:
    """The quotations of a document in the index, with the decisions that stand now."""
    sql = "SELECT key, text FROM documents WHERE id = ?"
    document, text = connection.execute(sql, [document_row]).fetchone()
    found = restored(entries_of(connection, document_row))
    return apply(text, found, correction_log.standing(connection, document)).entries


def check_none_lost(connection: sqlite3.Connection, before: int, key: str) -> None:
    """Raise UsageError where a decision just made left more corrections without their words than there were before."""
    if correction_log.orphaned(connection) > before:
        raise UsageError(
            f"the words for {key} are those of another corrected quotation",
            "undo that correction first (`quotes corrections list`), or choose another span",
        )


def _base(text: str, entry: Entry, before: list[Correction]) -> tuple[int, int]:
    """Where the quotation stands without a decided span: an earlier decision knows, else it is where it is."""
    for each in reversed(before):
        if (place := find(each.anchor, text)) is not None:
            return place
    return entry.attribution.start, entry.attribution.end


def _was(attribution: Attribution) -> dict[str, Any]:
    names = ("kind", "speaker", "speaker_type", "via", "said_on")
    return {name: getattr(attribution, name) for name in names}
