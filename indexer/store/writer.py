"""Writing the index: one document, one transaction. What is half done when the process dies was never there."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from indexer.domain import Attribution, Document, Failure, Mention, Passage
from indexer.store.clusters import recluster
from indexer.store.keys import LONGER_KEY_LENGTH, document_digest, document_slug, quotation_key, storable
from indexer.store.lock import WriterLock
from indexer.store.opening import finish, open_for_writing, store_errors
from indexer.store.speaker_registry import SpeakerRegistry, identity_of

Outcome = Literal["added", "changed"]


class Writer:
    """The index at `path`, opened for writing; made, with its folder, if it is missing. A context manager.

    `command` says in the table of runs what was run. Raises NotAnIndex, NewerIndex, IndexBusy when another
    writer is at work, or StoreError when the place cannot be written to; so does every method.
    """

    def __init__(self, path: str | os.PathLike[str], *, command: str = "") -> None:
        self._path = os.fspath(path)
        with store_errors(self._path):
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
            self._lock = WriterLock(self._path)
        try:
            self._db = open_for_writing(self._path)
        except BaseException:
            self._lock.release()
            raise
        self._open = True
        self._counts = dict.fromkeys(("added", "changed", "unchanged", "pruned", "failed"), 0)
        self._failed: set[str] = set()
        self._registry = SpeakerRegistry(self._db)
        try:
            self._run = self._start_run(command)
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
            row_id = self._write_document(document, analyser_version, row_id)
            before = self._registry.support(row_id)
            self._db.execute("DELETE FROM quotations WHERE document_id = ?", [row_id])
            self._write_quotations(document.id, row_id, found)
            self._registry.replace(before, self._registry.support(row_id))
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
                if completed:
                    recluster(self._db)
                self._finish_run(completed)
                finish(self._db.conn)
        finally:
            self._release()

    def _release(self) -> None:
        self._open = False
        self._db.close()
        self._lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with store_errors(self._path), self._db.atomic():
            yield

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

    def _write_quotations(self, document_id: str, row_id: int, attributions: Sequence[Attribution]) -> None:
        identities = [identity_of(attribution, document_id) for attribution in attributions]
        speakers = self._registry.ids(identity for identity in identities if identity is not None)
        for attribution, identity in zip(attributions, identities, strict=True):
            values = {
                "key": self._free_key(document_id, attribution),
                "document_id": row_id,
                "speaker_id": None if identity is None else speakers[identity.slug],
                **_quotation_values(attribution),
            }
            names = ", ".join(f'"{name}"' for name in values)
            self._db.execute(f"INSERT INTO quotations ({names}) VALUES ({_slots(values)})", list(values.values()))

    def _free_key(self, document_id: str, attribution: Attribution) -> str:
        """The quotation's key; a longer one where, once in a great many, two quotations share the short one."""
        place = (document_id, attribution.start, attribution.end, attribution.text)
        key = quotation_key(*place)
        taken = self._db.execute("SELECT 1 FROM quotations WHERE key = ?", [key]).fetchone()
        return key if taken is None else quotation_key(*place, length=LONGER_KEY_LENGTH)

    def _drop_document(self, row_id: int) -> None:
        with self._transaction():
            before = self._registry.support(row_id)
            self._db.execute("DELETE FROM quotations WHERE document_id = ?", [row_id])
            self._registry.replace(before, self._registry.support(row_id))
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


def _quotation_values(attribution: Attribution) -> dict[str, Any]:
    nested = attribution.nested_in or (None, None)
    return {
        "start": attribution.start,
        "end": attribution.end,
        "text": storable(attribution.text),
        "kind": attribution.kind,
        **_passage_values("cue", attribution.cue),
        **_passage_values("mention", attribution.mention),
        "mention_kind": attribution.mention.kind if isinstance(attribution.mention, Mention) else None,
        "speaker": _stored(attribution.speaker),
        "speaker_type": attribution.speaker_type,
        "via": _stored(attribution.via),
        "said_on": attribution.said_on,
        "confidence": attribution.confidence,
        "tier": attribution.tier,
        "utterance": attribution.utterance,
        "nested_start": nested[0],
        "nested_end": nested[1],
        "evidence": storable(attribution.evidence),
    }


def _passage_values(name: str, passage: Passage | None) -> dict[str, Any]:
    if passage is None:
        return {f"{name}_start": None, f"{name}_end": None, name: None}
    return {f"{name}_start": passage.start, f"{name}_end": passage.end, name: storable(passage.text)}


def _is_under(source: str, root: str) -> bool:
    return source == root or source.startswith((f"{root}:", root if root.endswith("/") else f"{root}/"))


def _stored(value: str | None) -> str | None:
    return None if value is None else storable(value)


def _slots(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
