"""One writer at a time: a lock that the operating system drops when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

from indexer.errors import IndexBusy

PATIENCE = 10.0
"""Seconds that a second writer waits for the first."""
_LOOK_AGAIN = 0.1
_LONGEST_COMMAND = 60


class WriterLock:
    """Held from creation to `release`, on a file beside the index (its name + "-lock") that is then removed.

    `command` tells others what its holder does. Raises IndexBusy, which names the holder, when another writer still has
    it after `patience` seconds, and OSError when the folder cannot be written to.
    """

    def __init__(self, path: str, command: str = "", patience: float | None = None) -> None:
        self._file = Path(os.path.realpath(path) + "-lock")
        self._descriptor = self._wait(path, time.monotonic() + (PATIENCE if patience is None else patience))
        what = " ".join(command.split())[:_LONGEST_COMMAND]
        try:
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, f"{os.getpid()} {what}".encode(errors="replace"))
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Give the lock back; the file goes first, while nobody else can hold it."""
        with suppress(OSError):
            self._file.unlink()
        os.close(self._descriptor)

    def _wait(self, path: str, until: float) -> int:
        """A locked descriptor, as soon as it can be had."""
        while True:
            try:
                return self._acquire(path)
            except IndexBusy:
                if time.monotonic() >= until:
                    raise
            time.sleep(_LOOK_AGAIN)

    def _acquire(self, path: str) -> int:
        """A locked descriptor of the file that bears the name now: it may vanish between opening and locking."""
        while True:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if self._is_current(descriptor):
                    return descriptor
            except BlockingIOError:
                raise _busy(path, descriptor) from None
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)

    def _is_current(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self._file.stat())
        except FileNotFoundError:
            return False


def check_nobody_writes(path: str) -> None:
    """Raise IndexBusy, which names the writer, where one is at work on the index at `path`; nothing is written."""
    try:
        descriptor = os.open(os.path.realpath(path) + "-lock", os.O_RDONLY)
    except OSError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _busy(path, descriptor) from None
    os.close(descriptor)


def _busy(path: str, descriptor: int) -> IndexBusy:
    holder, _, command = os.pread(descriptor, 20 + 4 * _LONGEST_COMMAND, 0).decode(errors="replace").partition(" ")
    os.close(descriptor)
    who = f"another process (pid {holder}{f': quotes {command}' if command else ''})" if holder else "another process"
    return IndexBusy(f"{path}: {who} is writing to this index", "wait until it is done, then try again")
