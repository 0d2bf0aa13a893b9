"""The reader for those who correct: single quotations with all that is known, the log, and what to look at first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.domain import Attribution, SpeakerType
from indexer.errors import NotFound
from indexer.store.corrections import correcting, gold
from indexer.store.corrections import log as correction_log
from indexer.store.corrections import queue as review_queue
from indexer.store.corrections.log import Logged, State
from indexer.store.corrections.queue import START, Place, Progress, Stretch, Wanted
from indexer.store.keys import normal_form, storable
from indexer.store.reader import Reader
from indexer.store.rows import QuotationPage


class CorrectionReader(Reader):
    """A Reader that knows corrections too; what is said of Reader holds."""

    def quotation(self, key: str) -> QuotationPage:
        """As `Reader.quotation`; where only a correction is left of it, NotFound says so."""
        try:
            return super().quotation(key)
        except NotFound:
            with self._one_state():
                lost = correction_log.of_lost(self._connection, key.strip().lower())
            if lost is None:
                raise
            hint = f"what was decided is kept: `quotes corrections show {lost.id}`"
            raise NotFound(f"quotation {lost.key!r} is gone: its words are not in {lost.document} now", hint) from None

    def attribution(self, key: str) -> tuple[str, Attribution]:
        """The text of the document, and the quotation with this whole key as this document has it. Raises NotFound."""
        with self._one_state():
            _, text, entry = correcting.quotation(self._connection, key)
        return text, entry.attribution

    def machine(self, key: str) -> tuple[Attribution, ...] | None:
        """What the program itself had found of a corrected quotation; None where nobody decided anything."""
        with self._one_state():
            return correcting.quotation(self._connection, key)[2].machine

    def rest_of_stretch(self, key: str) -> list[str]:
        """The keys of other quotations that the program takes for one stretch of speech with this corrected one.

        Only those that nobody has decided about and that have another speaker now, in reading order.
        """
        sql = (
            "SELECT o.key FROM quotations q JOIN quotations o ON o.document_id = q.document_id"
            " WHERE q.key = ? AND o.utterance = ? AND o.kind <> 'term' AND o.correction_id IS NULL"
            ' AND o.speaker_id IS NOT q.speaker_id ORDER BY o."start"'
        )
        machine = self.machine(key)
        if not machine:
            return []
        with self._one_state():
            return [row[0] for row in self._rows(sql, [key, machine[0].utterance])]

    def corrections(self, *, state: State | None = None, document: str | None = None) -> list[Logged]:
        """The log of corrections, oldest first: all of it, or one state, or one document (its id or slug)."""
        with self._one_state():
            return correction_log.logged(self._connection, state=state, document=document)

    def correction(self, number: int) -> Logged:
        """One correction. Raises NotFound."""
        with self._one_state():
            return correction_log.one(self._connection, number)

    def orphaned(self) -> int:
        """How many corrections that stand do not find their words."""
        with self._one_state():
            return correction_log.orphaned(self._connection)

    def known_type(self, name: str) -> SpeakerType | None:
        """The type of the most quoted speaker with this very name or alias; None for a name not in the index."""
        sql = (
            "SELECT s.type FROM speaker_aliases a JOIN speakers s ON s.id = a.speaker_id"
            " WHERE a.normal = ? AND s.type IN ('person', 'organization', 'document')"
            " ORDER BY s.quotations DESC, s.slug LIMIT 1"
        )
        with self._one_state():
            found = self._rows(sql, [normal_form(storable(name))])
        return found[0][0] if found else None

    def names_in(self, document: str) -> list[str]:
        """The speakers of the document with this id, as it names them, the most quoted first."""
        sql = (
            "SELECT q.speaker FROM quotations q JOIN documents d ON d.id = q.document_id"
            " WHERE d.key = ? AND q.speaker IS NOT NULL GROUP BY q.speaker ORDER BY count(*) DESC, q.speaker"
        )
        with self._one_state():
            return [row[0] for row in self._rows(sql, [storable(document)])]

    def newest_corrections(self, *, limit: int, before: int | None = None, who: str | None = None) -> list[Logged]:
        """The log, newest first: so many of those made before this one, by this person."""
        with self._one_state():
            return correction_log.newest(self._connection, limit=limit, before=before, who=who)

    def decisions_on(self, key: str) -> list[Logged]:
        """All decisions about the quotation with this whole key, newest first."""
        with self._one_state():
            return correction_log.of_quotation(self._connection, key)

    def progress(self, who: str, since: str) -> Progress:
        """How far the review is: what is left, what is decided, and what this person decided since then (UTC)."""
        with self._one_state():
            return review_queue.progress(self._connection, who, since)

    def to_review(self, wanted: Wanted, after: Place = START, *, limit: int, most: int | None = None) -> Stretch:
        """The least certain quotations behind a place, see `queue.stretch`. Raises UsageError for a bad kind."""
        with self._one_state():
            return review_queue.stretch(self._connection, wanted, after, limit=limit, most=most)

    def place(self, key: str) -> Place | None:
        """Where a quotation stands in the queue, or would if nobody had decided about it; None where it is gone."""
        with self._one_state():
            return review_queue.place_of(self._connection, key)

    def least_certain(self, *, tier: str | None = None, speaker: str | None = None, limit: int = 20) -> list[str]:
        """The keys of quotations that nobody has decided about, the least certain first, terms left out.

        `speaker` is a name, an alias or a slug. Quotations without a speaker come last.
        """
        return self.to_review(Wanted(tier=tier, speaker=speaker), limit=limit).keys

    def gold(self) -> Iterator[dict[str, Any]]:
        """A record for each document with corrected quotations, as gold files have them, by the document's id."""
        with self._one_state():
            yield from gold.records(self._connection)
