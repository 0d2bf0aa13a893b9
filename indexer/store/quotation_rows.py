"""The rows of a document's quotations: entering them, taking them out, and all that is counted along with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from indexer.domain import Attribution, Passage
from indexer.store.corrections import correcting
from indexer.store.corrections import log as correction_log
from indexer.store.corrections.applying import Entry
from indexer.store.corrections.entries import machine_json
from indexer.store.dated_ids import day_of, id_range, numbered
from indexer.store.keys import LONGER_KEY_LENGTH, quotation_key, storable
from indexer.store.speakers.appearances import Key
from indexer.store.speakers.registry import SpeakerRegistry
from indexer.store.support import Support, support

_COLUMNS = (
    "id, key, cluster_id, document_id, appearance_id, speaker_id, correction_id, machine,"
    ' "start", "end", text, kind, cue_start, cue_end, cue, mention_start, mention_end, mention, mention_kind,'
    " speaker, speaker_type, via, said_on, confidence, tier, utterance, nested_start, nested_end, evidence"
)
_INSERT = f"INSERT INTO quotations ({_COLUMNS}) VALUES ({', '.join('?' * (_COLUMNS.count(',') + 1))})"

Kept = Mapping[str, tuple[int, int | None]]
"""Row ids and clusters that quotations keep, by key."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a document had: what its quotations counted for, and the row ids of its speakers' appearances."""

    support: Support = field(default_factory=Support)
    appearances: Mapping[Key, int] = field(default_factory=dict)


class QuotationRows:
    """The table of quotations. Every method works inside the caller's transaction."""

    def __init__(self, db: Database, registry: SpeakerRegistry) -> None:
        self._db = db
        self._registry = registry
        self._next_ids: dict[int, int] = {}

    def replace(self, document: str, row_id: int, entries: Sequence[Entry], before: Before) -> None:
        """Enter the quotations of a document, whose earlier ones are taken out."""
        self._enter(document, row_id, entries, before, {})
        self._registry.count(before.support, support(self._db, row_id))

    def take_out(self, row_id: int) -> Before:
        """Drop the quotations of a document and its speakers."""
        before = support(self._db, row_id)
        self._db.execute("DELETE FROM quotations WHERE document_id = ?", [row_id])
        return Before(before, self._registry.leave(row_id))

    def drop(self, row_id: int) -> None:
        """Drop the quotations of a document and all that they count for."""
        self._registry.count(self.take_out(row_id).support, Support())

    def correct_again(self, document: str, row_id: int) -> None:
        """Apply the corrections of a document to its own rows, as if it were analysed again; they keep their ids."""
        entries = correcting.applied_again(self._db.conn, row_id)
        rows = self._db.execute("SELECT key, id, cluster_id FROM quotations WHERE document_id = ?", [row_id]).fetchall()
        kept = {key: (quotation, cluster) for key, quotation, cluster in rows}
        before = self.take_out(row_id)
        self._enter(document, row_id, entries, before, kept)
        self._registry.count(before.support, support(self._db, row_id))

    def _enter(self, document: str, row_id: int, entries: Sequence[Entry], before: Before, kept: Kept) -> None:
        """Enter the last in the text first: its id is the lowest (see `dated_ids`)."""
        found = [entry.attribution for entry in entries]
        keys = self._keys(document, entries)
        ids = self._ids(row_id, found)
        speakers = self._registry.enter(storable(document), row_id, found, before.appearances)
        rows = [
            (
                *_own(kept.get(keys[place]), ids[place], keys[place]),
                *(row_id, *speakers[place], entry.correction, machine_json(entry.machine)),
                *_values(entry.attribution),
            )
            for place, entry in enumerate(entries)
        ]
        self._db.conn.executemany(_INSERT, sorted(rows))

    def _ids(self, row_id: int, found: Sequence[Attribution]) -> list[int]:
        row = self._db.execute("SELECT published FROM documents WHERE id = ?", [row_id]).fetchone()
        days = [day_of(attribution.said_on or row[0]) for attribution in found]
        for day in set(days) - self._next_ids.keys():
            self._next_ids[day] = self._next_id(day)
        return numbered(days, self._next_ids)

    def _next_id(self, day: int) -> int:
        """The lowest id of a day above all that are taken."""
        first, end = id_range(day)
        row = self._db.execute("SELECT max(id) FROM quotations WHERE id >= ? AND id < ?", [first, end]).fetchone()
        return first + 1 if row[0] is None else int(row[0]) + 1

    def _keys(self, document: str, entries: Sequence[Entry]) -> list[str]:
        """The quotations' keys; a longer one where, once in a great many, two quotations share the short one.

        A key that a correction holds is taken too: links to the corrected quotation stay valid.
        """
        places = [
            (document, entry.attribution.start, entry.attribution.end, entry.attribution.text) for entry in entries
        ]
        keys = [entry.key or quotation_key(*place) for entry, place in zip(entries, places, strict=True)]
        sql = f"SELECT key FROM quotations WHERE key IN ({', '.join('?' * len(keys))})"
        taken = {row[0] for row in self._db.execute(sql, keys)} | correction_log.reserved(self._db.conn, document)
        for number, entry in enumerate(entries):
            if entry.key is None and keys[number] in taken:
                keys[number] = quotation_key(*places[number], length=LONGER_KEY_LENGTH)
            taken.add(keys[number])
        return keys


def _own(kept: tuple[int, int | None] | None, row_id: int, key: str) -> tuple[int, str, int | None]:
    """Id, key and cluster of a quotation: those that it had, where it keeps them."""
    return (row_id, key, None) if kept is None else (kept[0], key, kept[1])


def _values(attribution: Attribution) -> tuple[Any, ...]:
    """What was found, in the order of `_COLUMNS`, from the start on."""
    return (
        *(attribution.start, attribution.end, storable(attribution.text), attribution.kind),
        *_passage(attribution.cue),
        *_passage(attribution.mention),
        attribution.mention.kind if attribution.mention is not None else None,
        *(_stored(attribution.speaker), attribution.speaker_type, _stored(attribution.via), attribution.said_on),
        *(attribution.confidence, attribution.tier, attribution.utterance),
        *(attribution.nested_in or (None, None)),
        storable(attribution.evidence),
    )


def _passage(passage: Passage | None) -> tuple[int | None, int | None, str | None]:
    return (None, None, None) if passage is None else (passage.start, passage.end, storable(passage.text))


def _stored(value: str | None) -> str | None:
    return None if value is None else storable(value)
