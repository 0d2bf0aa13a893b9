"""From the rows of a document's quotations back to what was entered, and what the program had found as JSON."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from indexer.domain import Attribution, Mention, Passage, Quotation
from indexer.store.corrections.applying import Entry
from indexer.store.keys import storable
from indexer.store.queries import rows_of

_PLAIN = ("speaker", "speaker_type", "via", "said_on", "confidence", "evidence")


def entries_of(connection: sqlite3.Connection, document_row: int) -> list[Entry]:
    """All quotations of the document with this row id, in reading order."""
    sql = (
        "SELECT q.*, a.role FROM quotations q LEFT JOIN appearances a ON a.id = q.appearance_id"
        ' WHERE q.document_id = ? ORDER BY q."start", q."end" DESC'
    )
    return [_entry(row) for row in rows_of(connection, sql, [document_row])]


def machine_json(machine: Iterable[Attribution] | None) -> str | None:
    """What the program found, as a JSON list of objects of the output contract; None where nobody decided anything."""
    if machine is None:
        return None
    return storable(json.dumps([_record(attribution) for attribution in machine], ensure_ascii=False))


def machine_of(text: str | None) -> tuple[Attribution, ...] | None:
    """The inverse of `machine_json`."""
    return None if text is None else tuple(_attribution(record) for record in json.loads(text))


def _record(attribution: Attribution) -> dict[str, Any]:
    """The object of the output contract, with the confidence to its last digit and the role."""
    record = attribution.as_record("")
    del record["document"], record["tier"]
    return {**record, "confidence": attribution.confidence, "role": attribution.role}


def _attribution(record: Mapping[str, Any]) -> Attribution:
    nested = record["nested_in"] and (record["nested_in"]["start"], record["nested_in"]["end"])
    places = {name: record[name] for name in ("start", "end", "text", "kind", "utterance")}
    return Attribution(
        Quotation(**places, nested_in=nested),
        cue=Passage(**record["cue"]) if record["cue"] else None,
        mention=Mention(**record["mention"]) if record["mention"] else None,
        **{name: record[name] for name in _PLAIN},
        role=record.get("role"),
    )


def _entry(row: sqlite3.Row) -> Entry:
    nested = None if row["nested_start"] is None else (row["nested_start"], row["nested_end"])
    cue = (row["cue_start"], row["cue_end"], row["cue"])
    mention = (row["mention_start"], row["mention_end"], row["mention"], row["mention_kind"])
    attribution = Attribution(
        Quotation(row["start"], row["end"], row["text"], row["kind"], row["utterance"], nested),
        cue=None if row["cue_start"] is None else Passage(*cue),
        mention=None if row["mention_start"] is None else Mention(*mention),
        **{name: row[name] for name in (*_PLAIN, "role")},
    )
    return Entry(attribution, row["key"], row["correction_id"], machine_of(row["machine"]))
