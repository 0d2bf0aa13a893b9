"""Further processes that serve the same site on the same socket: Python keeps one core busy at most."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator

Work = Callable[[str, socket.socket], None]
"""Serves the index at a path on a listening socket until told to end; another process must find it by name."""


@contextlib.contextmanager
def workers(number: int, work: Work, db_path: str, listener: socket.socket) -> Iterator[None]:
    """So many processes do this work, and end when the block ends or this process does, however it does."""
    spawn = multiprocessing.get_context("spawn")
    started = [spawn.Process(target=_worker, args=(work, db_path, listener), daemon=True) for _ in range(number)]
    for process in started:
        process.start()
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.join()


def _worker(work: Work, db_path: str, listener: socket.socket) -> None:
    """What such a process does. Ctrl-C is for the process that started it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        work(db_path, listener)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
