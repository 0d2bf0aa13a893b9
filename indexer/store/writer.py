"""Writing the index: each document whole or not at all. What is half done when the process dies was never there."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from indexer.domain import Attribution, Document, Failure
from indexer.store import joined_decisions
from indexer.store.clusters.clustering import recluster
from indexer.store.corrections import correcting
from indexer.store.corrections import log as correction_log
from indexer.store.corrections.applying import Decision
from indexer.store.document_rows import DocumentRows
from indexer.store.entering import Coming
from indexer.store.failure_rows import FailureRows
from indexer.store.held import Held
from indexer.store.joined_decisions import Decided, Taken
from indexer.store.keys import document_digest, storable
from indexer.store.lock import WriterLock
from indexer.store.opening import finish, open_for_writing, store_errors

Outcome = Literal["added", "changed"]
HELD_SECONDS = 0.5
"""So long documents that come fast are held back to be written together."""

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
        self._counts = Counter(dict.fromkeys(("added", "changed", "unchanged", "pruned", "failed"), 0))
        self._failed: set[str] = set()
        self._commit_at = 0.0
        self._documents = DocumentRows(self._db)
        self._registry = self._documents.registry
        self._failures = FailureRows(self._db)
        self._held = Held(self._path, self._db, self._documents, self._counts)
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
        self._write_if_held(document.id)
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

        Documents that come fast are held back to be written together; every other method sees them all the same. Where
        what was found in one does not fit, StoreError names it, at the latest when the writer is closed; the others are
        kept.
        """
        self._write_if_held(document.id)
        with store_errors(self._path):
            row_id = self._documents.row_id(document.id)
        self._held.add(Coming(document, tuple(attributions), analyser_version, row_id))
        if self._held.is_full or time.monotonic() >= self._commit_at:
            self._commit()
        return "added" if row_id is None else "changed"

    def correct(self, key: str, decision: Decision, *, note: str = "", who: str = "") -> int:
        """Log what somebody decided about a quotation, and apply it at once; the number of the correction.

        Raises NotFound where there is no quotation with this key, and UsageError where the decision takes words that
        another corrected quotation holds.
        """
        with self._transaction():
            new = correcting.correction(self._db.conn, key, decision, note=note, who=who, made=now())
            lost = correction_log.orphaned(self._db.conn)
            number = correction_log.add(self._db.conn, new)
            self._documents.correct_again(new.document)
            correcting.check_none_lost(self._db.conn, lost, key)
        return number

    def undo(self, correction: int, *, who: str = "") -> None:
        """Take a correction back at once; it stays in the log. Raises NotFound, or UsageError where it is undone."""
        with self._transaction():
            document = correcting.undo(self._db.conn, correction, who=who, when=now())
            self._documents.correct_again(document)

    def has(self, document_id: str) -> bool:
        """Whether the index holds a document with this id, whatever it says."""
        with store_errors(self._path):
            return storable(document_id) in self._held or self._documents.row_id(document_id) is not None

    def take_decisions(self, other: Decided) -> Taken:
        """Take over what people decided in another index, and apply it at once to what this one holds."""
        with self._transaction():
            taken = joined_decisions.take(self._db.conn, other)
            for document in taken.documents:
                self._documents.correct_again(document)
            if taken.of_speakers:
                self._registry.settle_again()
        return taken

    def take_failures(self, failures: Iterable[Failure]) -> None:
        """Take over failures of another index, where this one knows nothing of their sources."""
        with self._transaction():
            self._failures.take(failures)

    def fail(self, failure: Failure) -> None:
        """Record that a source could not be read; the last failure of a source counts."""
        with self._transaction():
            self._failures.put(failure)
        self._failed.add(storable(failure.source))
        self._counts["failed"] += 1

    def forget_failures(self, paths: Iterable[str]) -> int:
        """Drop failures of earlier runs at or under these paths that this run did not meet again; how many.

        To be called when the paths have been read to their end: a failure at `corpus.jsonl:17` is under
        `corpus.jsonl`, one at `folder/a.txt` under `folder`.
        """
        roots = [storable(path).rstrip("/") or "/" for path in paths]
        gone = [source for source in self._earlier_failures() if any(_is_under(source, root) for root in roots)]
        return self._drop_failures(gone)

    def prune(self, kept_ids: Collection[str]) -> int:
        """Drop every document whose id is not in `kept_ids`; returns how many.

        Failures that this run did not meet go too. Each document goes in a transaction of its own.
        """
        kept = {storable(key) for key in kept_ids}
        self._held.write()
        with store_errors(self._path):
            rows = self._db.execute("SELECT id, key FROM documents ORDER BY id").fetchall()
        gone = [row_id for row_id, key in rows if key not in kept]
        for row_id in gone:
            self._drop_document(row_id)
        self._drop_failures(self._earlier_failures())
        self._counts["pruned"] += len(gone)
        return len(gone)

    def close(self, *, completed: bool = True) -> None:
        """Finish the run's row and leave one plain file; closing twice is harmless."""
        if not self._open:
            return
        try:
            self._held.write()
        except BaseException:
            completed = False
            raise
        finally:
            self._end(completed)

    def _end(self, completed: bool) -> None:
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

        What was held back is written before. Several such calls that come fast share a transaction of the file, each
        in a savepoint of its own.
        """
        self._held.write()
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
        """Have all that was done so far on the disk."""
        self._held.write()
        with store_errors(self._path):
            self._db.conn.commit()
        self._commit_at = time.monotonic() + HELD_SECONDS

    def _write_if_held(self, document_id: str) -> None:
        if storable(document_id) in self._held:
            self._held.write()

    def _drop_document(self, row_id: int) -> None:
        with self._transaction():
            self._documents.drop(row_id)

    def _earlier_failures(self) -> list[str]:
        """The sources whose failure is of an earlier run only."""
        self._held.write()
        with store_errors(self._path):
            return [source for source in self._failures.sources() if source not in self._failed]

    def _forget_failure(self, source: str) -> None:
        """Drop the failure of this source if there is one; without one nothing is written."""
        with store_errors(self._path):
            is_there = self._failures.has(source)
        if is_there:
            self._drop_failures([source])

    def _drop_failures(self, sources: Sequence[str]) -> int:
        with self._transaction():
            self._failures.forget(sources)
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


def now() -> str:
    """The time in UTC, as ISO text to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
