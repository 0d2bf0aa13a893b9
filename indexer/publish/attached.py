"""The index as Datasette reads it at a desk, where it may be brought up to date or replaced at any time."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from datasette.database import Database

from indexer.errors import StoreError
from indexer.store.opening import open_for_reading

T = TypeVar("T")
Identity = tuple[int, int]
"""Which file it is, whatever it is called: the numbers of its device and its inode."""


class Index(Database):
    """A database that is read from the file that bears its name now; any name will do.

    Datasette itself keeps reading a file that was replaced, and puts "#", "?" and "%" into the address unescaped. A
    file that is no index of this version is not taken: what was there before is shown on.
    """

    def __init__(self, datasette: Any, path: str) -> None:
        make: Any = super().__init__
        make(datasette, path=path, is_mutable=True)
        self._held = threading.local()

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection that can only read. Raises StoreError or one of its kinds."""
        connection = open_for_reading(str(self.path), any_thread=True)
        self._all_file_connections.append(connection)
        return connection

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """What `fn` makes of a connection to the present file, in a thread of Datasette's."""
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, self._on_present_file, fn)

    def _on_present_file(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return fn(self._present())
        except (sqlite3.Error, StoreError) as error:
            if not _is_left_half_done(error):
                raise
            self._let_go()
            return fn(self._present())

    def _present(self) -> sqlite3.Connection:
        """This thread's connection; a new one where the name belongs to another file than before."""
        held: sqlite3.Connection | None = getattr(self._held, "connection", None)
        seen = _identity(str(self.path))
        if held is not None and seen in (None, self._held.identity):
            return held
        try:
            opened = self.connect()
        except StoreError:
            if held is None:
                raise
            return held
        self.ds._prepare_connection(opened, self.name)
        self._let_go()
        self._held.connection, self._held.identity = opened, seen
        return opened

    def _let_go(self) -> None:
        held = getattr(self._held, "connection", None)
        if held is not None:
            self._held.connection = None
            with suppress(ValueError):
                self._all_file_connections.remove(held)
            held.close()


def _identity(path: str) -> Identity | None:
    """Which file bears the name; None while none does."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_left_half_done(error: BaseException) -> bool:
    """Whether a killed writer has left a journal that only a new connection can have undone."""
    causes = (error, error.__cause__)
    return any(getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY_ROLLBACK for cause in causes)
