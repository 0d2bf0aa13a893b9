"""The rows of documents' quotations: entering them, taking them out, and all that is counted along with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlite_utils import Database

from indexer.domain import Attribution, Passage
from indexer.store.corrections.applying import Entry
from indexer.store.corrections.entries import machine_json
from indexer.store.dated_ids import day_of, id_range, numbered
from indexer.store.entering import Entering, Kept
from indexer.store.keys import KEY_LENGTH, LONGER_KEY_LENGTH, quotation_key, storable
from indexer.store.speakers.appearances import Key
from indexer.store.speakers.registry import Entered, SpeakerRegistry
from indexer.store.support import Support, support

_COLUMNS = (
    "id, key, cluster_id, document_id, appearance_id, speaker_id, correction_id, machine,"
    ' "start", "end", text, kind, cue_start, cue_end, cue, mention_start, mention_end, mention, mention_kind,'
    " speaker, speaker_type, via, said_on, confidence, tier, utterance, nested_start, nested_end, evidence"
)
_INSERT = f"INSERT INTO quotations ({_COLUMNS}) VALUES ({', '.join('?' * (_COLUMNS.count(',') + 1))})"


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

    def enter(self, documents: Sequence[Entering], before: Support) -> None:
        """Enter the quotations of documents of which none are there, and count them in the place of those `before`.

        The last in the text has the lowest id (see `dated_ids`); the full-text index takes them best in that order.
        """
        keys = self._keys(documents)
        ids = [self._ids(each) for each in documents]
        speakers = self._registry.enter(documents)
        rows = chain.from_iterable(map(_rows, documents, keys, ids, speakers))
        self._db.conn.executemany(_INSERT, sorted(rows))
        self._registry.count(before, support(self._db, [each.row_id for each in documents]))

    def take_out(self, row_id: int) -> Before:
        """Drop the quotations of a document and its speakers."""
        before = support(self._db, [row_id])
        self._db.execute("DELETE FROM quotations WHERE document_id = ?", [row_id])
        return Before(before, self._registry.leave(row_id))

    def drop(self, row_id: int) -> None:
        """Drop the quotations of a document and all that they count for."""
        self._registry.count(self.take_out(row_id).support, Support())

    def kept(self, row_id: int) -> Kept:
        """The row ids and clusters that the quotations of a document have."""
        rows = self._db.execute("SELECT key, id, cluster_id FROM quotations WHERE document_id = ?", [row_id]).fetchall()
        return {key: (quotation, cluster) for key, quotation, cluster in rows}

    def forget_ids(self) -> None:
        """Look in the table which ids are free."""
        self._next_ids.clear()

    def _ids(self, document: Entering) -> list[int]:
        days = [day_of(entry.attribution.said_on or document.published) for entry in document.entries]
        for day in set(days) - self._next_ids.keys():
            self._next_ids[day] = self._next_id(day)
        return numbered(days, self._next_ids)

    def _next_id(self, day: int) -> int:
        """The lowest id of a day above all that are taken."""
        first, end = id_range(day)
        row = self._db.execute("SELECT max(id) FROM quotations WHERE id >= ? AND id < ?", [first, end]).fetchone()
        return first + 1 if row[0] is None else int(row[0]) + 1

    def _keys(self, documents: Sequence[Entering]) -> list[list[str]]:
        """The quotations' keys; a longer one where, once in a great many, two quotations share the short one.

        A key that a correction holds is taken too: links to the corrected quotation stay valid.
        """
        keys = [[entry.key or _key(document, entry) for entry in document.entries] for document in documents]
        asked = json.dumps(list(chain.from_iterable(keys)))
        sql = "SELECT key FROM quotations WHERE key IN (SELECT value FROM json_each(?))"
        taken = {key for (key,) in self._db.execute(sql, [asked])}
        for document, own in zip(documents, keys, strict=True):
            for place, entry in enumerate(document.entries):
                if entry.key is None and (own[place] in taken or own[place] in document.reserved):
                    own[place] = _key(document, entry, LONGER_KEY_LENGTH)
                taken.add(own[place])
        return keys


def _key(document: Entering, entry: Entry, length: int = KEY_LENGTH) -> str:
    quotation = entry.attribution.quotation
    return quotation_key(document.key, quotation.start, quotation.end, quotation.text, length)


def _rows(
    document: Entering, keys: Sequence[str], ids: Sequence[int], speakers: Sequence[Entered]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a document's quotations, in the order of `_COLUMNS`."""
    for entry, key, row_id, speaker in zip(document.entries, keys, ids, speakers, strict=True):
        yield (
            *_own(document.kept.get(key), row_id, key),
            *(document.row_id, *speaker, entry.correction, machine_json(entry.machine)),
            *_values(entry.attribution),
        )


def _own(kept: tuple[int, int | None] | None, row_id: int, key: str) -> tuple[int, str, int | None]:
    """Id, key and cluster of a quotation: those that it had, where it keeps them."""
    return (row_id, key, None) if kept is None else (kept[0], key, kept[1])


def _values(attribution: Attribution) -> tuple[Any, ...]:
    """What was found, in the order of `_COLUMNS`, from the start on."""
    quotation = attribution.quotation
    return (
        *(quotation.start, quotation.end, storable(quotation.text), quotation.kind),
        *_passage(attribution.cue),
        *_passage(attribution.mention),
        attribution.mention.kind if attribution.mention is not None else None,
        *(_stored(attribution.speaker), attribution.speaker_type, _stored(attribution.via), attribution.said_on),
        *(attribution.confidence, attribution.tier, quotation.utterance),
        *(quotation.nested_in or (None, None)),
        storable(attribution.evidence),
    )


def _passage(passage: Passage | None) -> tuple[int | None, int | None, str | None]:
    return (None, None, None) if passage is None else (passage.start, passage.end, storable(passage.text))


def _stored(value: str | None) -> str | None:
    return None if value is None else storable(value)
