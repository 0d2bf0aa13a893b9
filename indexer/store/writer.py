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
from typing import Literal, Self

from indexer.domain import Attribution, Document, Failure
from indexer.store import joined_decisions
from indexer.store.clusters.clustering import recluster
from indexer.store.corrections import correcting
from indexer.store.corrections import log as correction_log
from indexer.store.corrections.applying import Decision, apply
from indexer.store.joined_decisions import Decided, Taken
from indexer.store.keys import document_digest, document_slug, storable
from indexer.store.lock import WriterLock
from indexer.store.opening import finish, open_for_writing, store_errors
from indexer.store.quotation_rows import Before, QuotationRows
from indexer.store.speakers.registry import SpeakerRegistry

Outcome = Literal["added", "changed"]
HELD_SECONDS = 0.5
"""So long documents that come fast are held back to be written to the disk together."""

TIDY_FROM = 1_000
"""So many documents, and a quarter of all, a run must have written for the index to be tidied at its end."""


class Writer:
    """The index at `path`, opened for writing; made, with its folder, if it is missing. A context manager.

    `command` says in the table of runs what was run. `backup` is the copy that was made of an index of an older schema
    before it was brought to the newest one, else None. Raises NotAnIndex, NewerIndex, IndexBusy when another
    writer is at work, or StoreError when the place cannot be written to; so does every method.
    """

    def __init__(self, path: str | os.PathLike[str], *, command: str = "") -> None:
        self._path = os.fspath(path)
        with store_errors(self._path):
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
            self._lock = WriterLock(self._path, command)
        try:
            self._db, self.backup = open_for_writing(self._path)
        except BaseException:
            self._lock.release()
            raise
        self._open = True
        self._counts = dict.fromkeys(("added", "changed", "unchanged", "pruned", "failed"), 0)
        self._failed: set[str] = set()
        self._commit_at = 0.0
        self._registry = SpeakerRegistry(self._db)
        self._quotations = QuotationRows(self._db, self._registry)
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

        What people decided about its quotations is applied, wherever their words now stand.
        An earlier failure of the same source is forgotten. Returns "added" or "changed".
        """
        found = list(attributions)
        with self._transaction():
            row_id = self._row_id(document.id)
            outcome: Outcome = "added" if row_id is None else "changed"
            before = Before() if row_id is None else self._quotations.take_out(row_id)
            row_id = self._write_document(document, analyser_version, row_id)
            standing = correction_log.standing(self._db.conn, document.id)
            entries = apply(storable(document.text), found, standing).entries
            self._quotations.replace(document.id, row_id, entries, before)
            self._forget_failure(storable(document.id))
        self._counts[outcome] += 1
        return outcome

    def correct(self, key: str, decision: Decision, *, note: str = "", who: str = "") -> int:
        """Log what somebody decided about a quotation, and apply it at once; the number of the correction.

        Raises NotFound where there is no quotation with this key, and UsageError where the decision takes words that
        another corrected quotation holds.
        """
        with self._transaction():
            new = correcting.correction(self._db.conn, key, decision, note=note, who=who, made=now())
            lost = correction_log.orphaned(self._db.conn)
            number = correction_log.add(self._db.conn, new)
            self._enter_again(new.document)
            correcting.check_none_lost(self._db.conn, lost, key)
        return number

    def undo(self, correction: int, *, who: str = "") -> None:
        """Take a correction back at once; it stays in the log. Raises NotFound, or UsageError where it is undone."""
        with self._transaction():
            document = correcting.undo(self._db.conn, correction, who=who, when=now())
            self._enter_again(document)

    def has(self, document_id: str) -> bool:
        """Whether the index holds a document with this id, whatever it says."""
        with store_errors(self._path):
            return self._row_id(document_id) is not None

    def take_decisions(self, other: Decided) -> Taken:
        """Take over what people decided in another index, and apply it at once to what this one holds."""
        with self._transaction():
            taken = joined_decisions.take(self._db.conn, other)
            for document in taken.documents:
                self._enter_again(document)
            if taken.of_speakers:
                self._registry.settle_again()
        return taken

    def take_failures(self, failures: Iterable[Failure]) -> None:
        """Take over failures of another index, where this one knows nothing of their sources."""
        sql = (
            "INSERT INTO failures (source, problem, hint) SELECT ?1, ?2, ?3"
            " WHERE NOT EXISTS (SELECT 1 FROM documents WHERE key = ?1) ON CONFLICT (source) DO NOTHING"
        )
        with self._transaction():
            for failure in failures:
                self._db.execute(sql, [failure.source, failure.problem, failure.hint])

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
                finish(self._db.conn, tidy=completed and self._wrote_much())
        finally:
            self._release()

    def _settle(self) -> None:
        """Say who is who among all speakers that the run touched; what a killed run left is made up for, too.

        The same words are joined where documents came, went or changed; a decision about one quotation waits for that.
        """
        with self._db.atomic():
            self._registry.settle()
        if any(self._counts[name] for name in ("added", "changed", "unchanged", "pruned")):
            recluster(self._db)

    def _wrote_much(self) -> bool:
        """Whether the run wrote so much of the index that tidying it is worth the time."""
        wrote = self._counts["added"] + self._counts["changed"] + self._counts["pruned"]
        if wrote < TIDY_FROM:
            return False
        (documents,) = self._db.execute("SELECT count(*) FROM documents").fetchone()
        return wrote >= int(documents) / 4

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

    def _enter_again(self, document_id: str) -> None:
        """Apply the corrections of a document to its own rows, as if it were analysed again."""
        row_id = self._row_id(document_id)
        if row_id is not None:
            self._quotations.correct_again(document_id, row_id)

    def _drop_document(self, row_id: int) -> None:
        with self._transaction():
            self._quotations.drop(row_id)
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
            cursor = self._db.execute("INSERT INTO runs (command, started) VALUES (?, ?)", [storable(command), now()])
        return int(cursor.lastrowid or 0)

    def _finish_run(self, completed: bool) -> None:
        updates = ", ".join(f"{name} = ?" for name in self._counts)
        with self._db.atomic():
            self._db.execute(
                f"UPDATE runs SET finished = ?, {updates} WHERE id = ?",
                [now() if completed else None, *self._counts.values(), self._run],
            )


def _is_under(source: str, root: str) -> bool:
    return source == root or source.startswith((f"{root}:", root if root.endswith("/") else f"{root}/"))


def _stored(value: str | None) -> str | None:
    return None if value is None else storable(value)


def _slots(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def now() -> str:
    """The time in UTC, as ISO text to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
