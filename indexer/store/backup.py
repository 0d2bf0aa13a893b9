"""A copy of an index of an older schema, made before the index is brought to the newest one."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from indexer.errors import StoreError

_HINT = "free some space, or move the index to where there is room, then run the command again"


def back_up(connection: sqlite3.Connection, file: Path, path: str, version: int) -> Path:
    """Copy the index `file`, open in `connection`, to `NAME-backup-vVERSION` beside it; the new file.

    An earlier backup stays: then it is `-2`, `-3` and so on. The copy gets its name when it is whole. Raises
    StoreError, which calls the index `path`, where it cannot be made; nothing of it is left then.
    """
    backup = _free_name(file, version)
    unfinished = file.with_name(f"{file.name}-backup-unfinished")
    try:
        for leftover in (unfinished, Path(f"{unfinished}-journal")):
            leftover.unlink(missing_ok=True)
        _copy(connection, unfinished)
        shutil.copymode(file, unfinished)
        return unfinished.rename(backup)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            unfinished.unlink()
        problem = f"{path}: of an older version, and no backup of it can be made ({_reason(error)}); it is as it was"
        raise StoreError(problem, _HINT) from error


def _copy(connection: sqlite3.Connection, file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def _free_name(file: Path, version: int) -> Path:
    names = (f"{file.name}-backup-v{version}{f'-{number}' if number > 1 else ''}" for number in count(1))
    return next(found for found in map(file.with_name, names) if not found.exists())


def _reason(error: OSError | sqlite3.Error) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
