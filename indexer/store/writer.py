"""Writing the index: one document, one transaction. What is half done when the process dies was never there."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from indexer.domain import Attribution, Document, Failure, Passage
from indexer.store.dated_ids import day_of, id_range, numbered
from indexer.store.keys import LONGER_KEY_LENGTH, document_digest, document_slug, quotation_key, storable
from indexer.store.lock import WriterLock
from indexer.store.opening import finish, open_for_writing, store_errors
from indexer.store.speaker_registry import SpeakerRegistry
from indexer.store.support import Support, support

Outcome = Literal["added", "changed"]
HELD_SECONDS = 0.5
"""So long documents that come fast are held back to be written to the disk together."""


class Writer:
    """The index at `path`, opened for writing; made, with its folder, if it is missing. A context manager.

    `command` says in the table of runs what was run. Raises NotAnIndex, NewerIndex, IndexBusy when another
    writer is at work, or StoreError when the place cannot be written to; so does every method.
    """

    def __init__(self, path: str | os.PathLike[str], *, command: str = "") -> None:
        self._path = os.fspath(path)
        with store_errors(self._path):
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
            self._lock = WriterLock(self._path, command)
        try:
            self._db = open_for_writing(self._path)
        except BaseException:
            self._lock.release()
            raise
        self._open = True
        self._counts = dict.fromkeys(("added", "changed", "unchanged", "pruned", "failed"), 0)
        self._failed: set[str] = set()
        self._commit_at = 0.0
        self._next_ids: dict[int, int] = {}
        self._registry = SpeakerRegistry(self._db)
        try:
            self._run = self._start_run(command)
            self._commit_at = 0.0  # the first document is on the disk at once
        except BaseException:
            self._release()
            raise

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close; after an exception the run stays marked as unfinished."""
        self.close(completed=kind is None)

    def needs(self, document: Document, analyser_version: str) -> bool:
        """False when this very document (every field), analysed by this version, is in the index already.

        An earlier failure of the same source is forgotten then: it can be read again.
        """
        with store_errors(self._path):
            row = self._db.execute(
                "SELECT 1 FROM documents WHERE key = ? AND digest = ? AND analyser = ?",
                [storable(document.id), document_digest(document), analyser_version],
            ).fetchone()
        if row is not None:
            self._counts["unchanged"] += 1
            self._forget_failure(storable(document.id))
        return row is None

    def write(self, document: Document, attributions: Iterable[Attribution], analyser_version: str) -> Outcome:
        """Enter a document with all that was found in it, in the place of what the index held of it before.

        An earlier failure of the same source is forgotten. Returns "added" or "changed".
        """
        found = list(attributions)
        with self._transaction():
            row_id = self._row_id(document.id)
            outcome: Outcome = "added" if row_id is None else "changed"
            before = Support() if row_id is None else self._take_out(row_id)
            row_id = self._write_document(document, analyser_version, row_id)
            self._write_quotations(document, row_id, found)
            self._registry.count(before, support(self._db, row_id))
            self._forget_failure(storable(document.id))
        self._counts[outcome] += 1
        return outcome

    def fail(self, failure: Failure) -> None:
        """Record that a source could not be read; the last failure of a source counts."""
        source = storable(failure.source)
        with self._transaction():
            self._db.execute(
                "INSERT INTO failures (source, problem, hint) VALUES (?, ?, ?) ON CONFLICT (source)"
                " DO UPDATE SET problem = excluded.problem, hint = excluded.hint",
                [source, storable(failure.problem), storable(failure.hint)],
            )
        self._failed.add(source)
        self._counts["failed"] += 1

    def forget_failures(self, paths: Iterable[str]) -> int:
        """Drop failures of earlier runs at or under these paths that this run did not meet again; how many.

        To be called when the paths have been read to their end: a failure at `corpus.jsonl:17` is under
        `corpus.jsonl`, one at `folder/a.txt` under `folder`.
        """
        roots = [storable(path).rstrip("/") or "/" for path in paths]
        gone = [source for source in self._sources_failed() if any(_is_under(source, root) for root in roots)]
        return self._drop_failures(gone)

    def prune(self, kept_ids: Collection[str]) -> int:
        """Drop every document whose id is not in `kept_ids`; returns how many.

        Failures that this run did not meet go too. Each document goes in a transaction of its own.
        """
        kept = {storable(key) for key in kept_ids}
        with store_errors(self._path):
            rows = self._db.execute("SELECT id, key FROM documents ORDER BY id").fetchall()
        gone = [row_id for row_id, key in rows if key not in kept]
        for row_id in gone:
            self._drop_document(row_id)
        self._drop_failures(self._sources_failed())
        self._counts["pruned"] += len(gone)
        return len(gone)

    def close(self, *, completed: bool = True) -> None:
        """Finish the run's row and leave one plain file; closing twice is harmless."""
        if not self._open:
            return
        try:
            with store_errors(self._path):
                self._commit()
                if completed:
                    self._settle()
                self._finish_run(completed)
                self._commit()
                finish(self._db.conn)
        finally:
            self._release()

    def _settle(self) -> None:
        """Say who is who among all speakers that the run touched; what a killed run left is made up for, too."""
        with self._db.atomic():
            self._registry.settle()

    def _release(self) -> None:
        self._open = False
        self._db.close()
        self._lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What is done inside is done whole or not at all, and is on the disk `HELD_SECONDS` later at the latest.

        Several documents that come fast share a transaction of the file, each in a savepoint of its own: that is what
        makes writing many of them fast.
        """
        with store_errors(self._path):
            if not self._db.conn.in_transaction:
                self._db.execute("BEGIN IMMEDIATE")
            try:
                with self._db.atomic():
                    yield
            finally:
                if time.monotonic() >= self._commit_at:
                    self._commit()

    def _commit(self) -> None:
        if self._db.conn.in_transaction:
            self._db.conn.commit()
        self._commit_at = time.monotonic() + HELD_SECONDS

    def _row_id(self, document_id: str) -> int | None:
        row = self._db.execute("SELECT id FROM documents WHERE key = ?", [storable(document_id)]).fetchone()
        return None if row is None else int(row[0])

    def _write_document(self, document: Document, analyser_version: str, row_id: int | None) -> int:
        values = {
            "id": row_id,
            **{field.name: _stored(getattr(document, field.name)) for field in fields(document) if field.name != "id"},
            "key": storable(document.id),
            "slug": document_slug(document.id),
            "digest": document_digest(document),
            "analyser": analyser_version,
        }
        names = ", ".join(values)
        updates = ", ".join(f"{name} = excluded.{name}" for name in values if name != "id")
        self._db.execute(
            f"INSERT INTO documents ({names}) VALUES ({_slots(values)}) ON CONFLICT (id) DO UPDATE SET {updates}",
            list(values.values()),
        )
        written = self._row_id(document.id)
        assert written is not None
        return written

    def _take_out(self, row_id: int) -> Support:
        """Drop the quotations of a document and its speakers; what they added to the counts."""
        before = support(self._db, row_id)
        self._db.execute("DELETE FROM quotations WHERE document_id = ?", [row_id])
        self._registry.leave(row_id)
        return before

    def _write_quotations(self, document: Document, row_id: int, found: Sequence[Attribution]) -> None:
        """Enter what was found, the last in the text first: its id is the lowest (see `dated_ids`)."""
        days = [day_of(attribution.said_on or document.published) for attribution in found]
        for day in set(days) - self._next_ids.keys():
            self._next_ids[day] = self._next_id(day)
        ids = numbered(days, self._next_ids)
        keys = self._free_keys(document.id, found)
        speakers = self._registry.enter(storable(document.id), row_id, found)
        rows = [
            (ids[place], keys[place], row_id, *speakers[place], *_quotation_values(found[place]))
            for place in sorted(range(len(found)), key=ids.__getitem__)
        ]
        self._db.conn.executemany(f"INSERT INTO quotations ({_COLUMNS}) VALUES ({_slots(_COLUMNS.split(', '))})", rows)

    def _next_id(self, day: int) -> int:
        """The lowest id of a day above all that are taken."""
        first, end = id_range(day)
        row = self._db.execute("SELECT max(id) FROM quotations WHERE id >= ? AND id < ?", [first, end]).fetchone()
        return first + 1 if row[0] is None else int(row[0]) + 1

    def _free_keys(self, document_id: str, found: Sequence[Attribution]) -> list[str]:
        """The quotations' keys; a longer one where, once in a great many, two quotations share the short one."""
        places = [(document_id, one.start, one.end, one.text) for one in found]
        keys = [quotation_key(*place) for place in places]
        sql = f"SELECT key FROM quotations WHERE key IN ({_slots(keys)})"
        taken = {row[0] for row in self._db.execute(sql, keys)} if keys else set()
        for number, key in enumerate(keys):
            if key in taken:
                keys[number] = quotation_key(*places[number], length=LONGER_KEY_LENGTH)
            taken.add(key)
        return keys

    def _drop_document(self, row_id: int) -> None:
        with self._transaction():
            self._registry.count(self._take_out(row_id), Support())
            self._db.execute("DELETE FROM documents WHERE id = ?", [row_id])

    def _sources_failed(self) -> list[str]:
        """The sources whose failure is of an earlier run only."""
        with store_errors(self._path):
            rows = self._db.execute("SELECT source FROM failures").fetchall()
        return [source for (source,) in rows if source not in self._failed]

    def _forget_failure(self, source: str) -> None:
        """Drop the failure of this source if there is one; without one nothing is written."""
        if self._db.execute("SELECT 1 FROM failures WHERE source = ?", [source]).fetchone():
            self._db.execute("DELETE FROM failures WHERE source = ?", [source])

    def _drop_failures(self, sources: Sequence[str]) -> int:
        with self._transaction():
            for source in sources:
                self._forget_failure(source)
        return len(sources)

    def _start_run(self, command: str) -> int:
        with self._transaction():
            cursor = self._db.execute("INSERT INTO runs (command, started) VALUES (?, ?)", [storable(command), _now()])
        return int(cursor.lastrowid or 0)

    def _finish_run(self, completed: bool) -> None:
        updates = ", ".join(f"{name} = ?" for name in self._counts)
        with self._db.atomic():
            self._db.execute(
                f"UPDATE runs SET finished = ?, {updates} WHERE id = ?",
                [_now() if completed else None, *self._counts.values(), self._run],
            )


_COLUMNS = (
    'id, key, document_id, appearance_id, speaker_id, "start", "end", text, kind, cue_start, cue_end, cue,'
    " mention_start, mention_end, mention, mention_kind, speaker, speaker_type, via, said_on, confidence, tier,"
    " utterance, nested_start, nested_end, evidence"
)


def _quotation_values(attribution: Attribution) -> tuple[Any, ...]:
    """What was found, in the order of `_COLUMNS`, from the start on."""
    return (
        *(attribution.start, attribution.end, storable(attribution.text), attribution.kind),
        *_passage_values(attribution.cue),
        *_passage_values(attribution.mention),
        attribution.mention.kind if attribution.mention is not None else None,
        *(_stored(attribution.speaker), attribution.speaker_type, _stored(attribution.via), attribution.said_on),
        *(attribution.confidence, attribution.tier, attribution.utterance),
        *(attribution.nested_in or (None, None)),
        storable(attribution.evidence),
    )


def _passage_values(passage: Passage | None) -> tuple[int | None, int | None, str | None]:
    return (None, None, None) if passage is None else (passage.start, passage.end, storable(passage.text))


def _is_under(source: str, root: str) -> bool:
    return source == root or source.startswith((f"{root}:", root if root.endswith("/") else f"{root}/"))


def _stored(value: str | None) -> str | None:
    return None if value is None else storable(value)


def _slots(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
