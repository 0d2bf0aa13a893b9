"""Opening the SQLite file of an index, and turning SQLite's errors into ours."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from indexer.errors import IndexBusy, NewerIndex, NotAnIndex, StoreError
from indexer.store.backup import back_up
from indexer.store.migrations import APPLICATION_ID, migrate, schema_version

BUSY_SECONDS = 10.0
"""How long a statement waits for another process's transaction."""


@contextmanager
def store_errors(path: str) -> Iterator[None]:
    """Turn whatever SQLite or the file system raises inside into a StoreError that names `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _as_ours(path, error) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError(f"{path}: the disk is full", _FULL_HINT) from error
        raise StoreError(f"{path}: {error.strerror or error}", _WRITE_HINT) from error


_WRITE_HINT = "check the folder and its permissions, or choose another place with --db"
_FULL_HINT = "free some space, then run the command again"
_NOT_OURS_HINT = "choose another file with --db; this one was left as it was"


def _as_ours(path: str, error: sqlite3.Error) -> StoreError:
    """One of our errors for one of SQLite's, told apart by SQLite's result code."""
    code = getattr(error, "sqlite_errorcode", -1) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return NotAnIndex(f"{path}: not an index (not a SQLite file)", _NOT_OURS_HINT)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return IndexBusy(f"{path}: another process is writing to this index", "wait until it is done, then try again")
    if code == sqlite3.SQLITE_READONLY:
        return StoreError(f"{path}: cannot be written to ({error})", _WRITE_HINT)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreError(f"{path}: cannot be opened ({error})", _WRITE_HINT)
    if code == sqlite3.SQLITE_INTERRUPT:
        return StoreError(f"{path}: the search took too long", "search for rarer words, or add a filter")
    if code == sqlite3.SQLITE_FULL:
        return StoreError(f"{path}: the disk is full", _FULL_HINT)
    if code == sqlite3.SQLITE_CORRUPT:
        return StoreError(f"{path}: the index is damaged ({error})", "delete it and run `quotes index` again")
    if code == sqlite3.SQLITE_CONSTRAINT:
        return StoreError(f"{path}: {error}", "please report this: what was found does not fit into the index")
    return StoreError(f"{path}: {error}", "run the command again; if it persists, delete the index and build it anew")


def check_version(connection: sqlite3.Connection, path: str) -> int:
    """The schema version of an index. Raises NotAnIndex for another database, NewerIndex for a later version."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise NotAnIndex(f"{path}: not an index (a SQLite database of another program)", _NOT_OURS_HINT)
    if version > (known := schema_version()):
        raise NewerIndex(
            f"{path}: written by a newer version (index version {version}, this program knows up to {known})",
            "upgrade quote-indexer, or choose another file with --db",
        )
    return int(version)


def open_for_reading(path: str, *, of_any_age: bool = False, any_thread: bool = False) -> sqlite3.Connection:
    """A read-only connection to an index of the present schema, or an older one if it may be `of_any_age`.

    `any_thread`: others than the thread that opens it may use and close it too. Raises StoreError or one of its kinds.
    """
    file = Path(path)
    with store_errors(path):
        _check_file(file, path)
        connection = _connect_read_only(file, any_thread)
    with _closed_on_error(connection), store_errors(path):
        if check_version(connection, path) < schema_version() and not of_any_age:
            raise StoreError(f"{path}: written by an older version", f"run `quotes index PATH --db {path}` once")
    return connection


def open_for_writing(path: str) -> tuple[Database, Path | None]:
    """The index at `path`, made if it is missing, brought to the newest schema, in WAL mode; and its backup.

    The backup is made of an index of an older schema before that is touched; None where it had the newest. Only the
    holder of the WriterLock may call this. Raises StoreError or one of its kinds.
    """
    file = Path(os.path.realpath(path))
    with store_errors(path):
        if not file.exists():
            _create(file)
        _check_file(file, path)
        connection = sqlite3.connect(file, timeout=BUSY_SECONDS)
    with _closed_on_error(connection), store_errors(path):
        version = check_version(connection, path)
        connection.execute("PRAGMA foreign_keys = ON")
        backup = back_up(connection, file, path, version) if version < schema_version() else None
        _prefer_wal(connection)
        db = Database(connection, execute_plugins=False)
        _migrate(db, backup)
    return db, backup


def finish(connection: sqlite3.Connection, *, tidy: bool = False) -> None:
    """Leave one plain file, its statistics up to date; `tidy`: without gaps, the full-text index in one piece.

    All rows are in the file before. So where a reader is in the way, or the disk is full, what cannot be done is left
    for the next time, and SQLite's WAL stays for now.
    """
    connection.execute("PRAGMA busy_timeout = 1000")
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA analysis_limit = 1000")
        connection.execute("ANALYZE")
    if tidy and _has_room(connection):
        _tidy(connection)
    _leave_plain(connection)


def _tidy(connection: sqlite3.Connection) -> None:
    """Rows come in random order of their ids, which leaves pages half empty; in WAL mode a kill does no harm."""
    with suppress(sqlite3.OperationalError):
        if _checkpoint(connection):
            connection.execute("INSERT INTO quotations_fts (quotations_fts) VALUES ('optimize')")
            connection.commit()
            connection.execute("VACUUM")
    if connection.in_transaction:
        connection.rollback()


def _has_room(connection: sqlite3.Connection) -> bool:
    """Whether the disk has room for the file twice more: as it is built anew, and in the WAL."""
    file = Path(connection.execute("PRAGMA database_list").fetchone()[2])
    return shutil.disk_usage(file.parent).free > 2 * file.stat().st_size


def _leave_plain(connection: sqlite3.Connection) -> None:
    """Make the index one file, as far as no reader is in the way."""
    with suppress(sqlite3.OperationalError):
        _checkpoint(connection)
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def _checkpoint(connection: sqlite3.Connection) -> bool:
    """Move what is in the WAL into the file; False where a reader is in the way."""
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _migrate(db: Database, backup: Path | None) -> None:
    """Bring an index to the newest schema. After an error it is as it was, and its backup is gone."""
    try:
        migrate(db)
    except BaseException:
        _leave_plain(db.conn)
        if backup is not None:
            backup.unlink()
        raise


def _create(file: Path) -> None:
    """Make an empty index. It gets its name when it is complete, so a kill leaves no half of one."""
    unfinished = file.with_name(file.name + "-new")
    for leftover in (unfinished, Path(f"{unfinished}-journal")):
        leftover.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as connection:
        migrate(Database(connection, execute_plugins=False))
    unfinished.rename(file)


def _check_file(file: Path, path: str) -> None:
    if not file.exists():
        raise StoreError(f"{path}: no index here", "run `quotes index PATH` first")
    if not file.is_file():
        raise NotAnIndex(f"{path}: not an index (not a file)", "name a file with --db, such as quotes.db")
    if file.stat().st_size == 0:
        raise NotAnIndex(f"{path}: not an index (an empty file)", _NOT_OURS_HINT)


def _connect_read_only(file: Path, any_thread: bool) -> sqlite3.Connection:
    """A connection that cannot write; also to a file in WAL mode in a folder where nothing can be written."""
    uri = f"file:{quote(os.path.realpath(file))}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=not any_thread)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
            _take_back(file)
            return _connect_read_only(file, any_thread)
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or _has_wal(file):
            raise
        return sqlite3.connect(f"{uri}&immutable=1", uri=True, check_same_thread=not any_thread)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _take_back(file: Path) -> None:
    """Have SQLite undo what a killed writer left half done; a reader may not."""
    with closing(sqlite3.connect(os.path.realpath(file), timeout=BUSY_SECONDS)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()


def _has_wal(file: Path) -> bool:
    wal = Path(f"{os.path.realpath(file)}-wal")
    return wal.exists() and wal.stat().st_size > 0


def _prefer_wal(connection: sqlite3.Connection) -> None:
    """Let readers read while we write; where a reader is in the way just now, the plain journal does too."""
    connection.execute("PRAGMA busy_timeout = 1000")
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise
