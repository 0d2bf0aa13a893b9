"""Joining another index into one: what people decided in it first, then its documents one by one."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from sqlite_utils import Database

from indexer.domain import Attribution, Document, Failure
from indexer.errors import NewerIndex, StoreError, UsageError
from indexer.store.corrections.applying import restored
from indexer.store.corrections.entries import entries_of
from indexer.store.joined_decisions import read
from indexer.store.lock import check_nobody_writes
from indexer.store.migrations import migrate, schema_version
from indexer.store.opening import check_version, open_for_reading, store_errors
from indexer.store.writer import Writer

_HINT = "name an index that `quotes index` has made; nothing was read"
_COLUMNS = ", ".join("key" if field.name == "id" else field.name for field in fields(Document))


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of the documents of another index, and how many decisions of people were new.

    `kept`: this index has the document too, but not the same text or not read by the same model, and keeps its own.
    `clashes`: entries of the other authority that contradict this one, and were left out.
    """

    added: int
    changed: int
    unchanged: int
    kept: int
    corrections: int
    of_speakers: int
    clashes: tuple[str, ...]


def check(path: str, db: str) -> None:
    """Raise what `join` would raise of an index that cannot be joined into `db`: UsageError or a StoreError."""
    if os.path.realpath(path) == os.path.realpath(db):
        raise UsageError(f"{path}: this is the index itself", "name another one to join into it")
    check_nobody_writes(path)
    _connected(path).close()


def join(writer: Writer, path: str, *, prefer_other: bool = False) -> Joined:
    """Write into an index what the one at `path` holds, which is left as it is; doing it twice changes nothing.

    `prefer_other`: of a document that both hold and that differs, the other's is taken. What people decided is taken
    in any case. Memory is that of one document and of all decisions. Raises StoreError or one of its kinds.
    """
    tally = Counter[str]()
    with opened(path) as other:
        taken = writer.take_decisions(read(other))
        for row_id, document, analyser in _documents(other):
            tally[_take(writer, other, row_id, document, analyser, prefer_other)] += 1
        writer.take_failures(_failures(other))
    return Joined(
        **{outcome: tally[outcome] for outcome in ("added", "changed", "unchanged", "kept")},
        corrections=taken.corrections,
        of_speakers=taken.of_speakers,
        clashes=tuple(taken.clashes),
    )


@contextmanager
def opened(path: str) -> Iterator[sqlite3.Connection]:
    """One state of the index at `path`, to read; where its schema is older, a copy that has the newest, for so long.

    Raises StoreError, NotAnIndex, NewerIndex, or IndexBusy where somebody is writing to it.
    """
    check_nobody_writes(path)
    with closing(_connected(path)) as connection, store_errors(path):
        if check_version(connection, path) == schema_version():
            connection.execute("BEGIN")
            yield connection
            return
        with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "copy.db")) as copy:
            connection.backup(copy)
            migrate(Database(copy, execute_plugins=False))
            yield copy


def _connected(path: str) -> sqlite3.Connection:
    try:
        return open_for_reading(path, of_any_age=True)
    except NewerIndex as error:
        raise NewerIndex(error.problem, "upgrade quote-indexer; nothing was read") from error
    except StoreError as error:
        raise type(error)(error.problem, _HINT) from error


def _documents(other: sqlite3.Connection) -> Iterator[tuple[int, Document, str]]:
    """The documents as they were added, each with its row id and the version of what analysed it."""
    for row_id, analyser, *values in other.execute(f"SELECT id, analyser, {_COLUMNS} FROM documents ORDER BY id"):
        yield row_id, Document(*values), analyser


def _failures(other: sqlite3.Connection) -> list[Failure]:
    sql = "SELECT source, problem, hint FROM failures ORDER BY source"
    return [Failure(*row) for row in other.execute(sql)]


def _take(
    writer: Writer, other: sqlite3.Connection, row_id: int, document: Document, analyser: str, prefer_other: bool
) -> str:
    """Write one document where it is to be written: what became of it, by the name in `Joined`."""
    if not writer.needs(document, analyser):
        return "unchanged"
    if writer.has(document.id) and not prefer_other:
        return "kept"
    return writer.write(document, _found(other, row_id), analyser)


def _found(other: sqlite3.Connection, row_id: int) -> list[Attribution]:
    """What the program found in a document, whatever was decided of it since."""
    entries = entries_of(other, row_id)
    if all(entry.machine is None for entry in entries):
        return [entry.attribution for entry in entries]
    return restored(entries)
