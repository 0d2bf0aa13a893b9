"""A running site: Datasette with our templates, plugin and styles over one index file."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sqlite3
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn
from datasette.app import Datasette
from datasette.database import Database
from datasette.utils import parse_metadata

from indexer.errors import ServeError
from indexer.publish.site import configuration_directory
from indexer.store.reader import Reader

NAME = "quotes"
"""The index is called this in every address, whatever its file is called."""


def serve(
    db_path: str | os.PathLike[str],
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the site for this index until interrupted (Ctrl-C). Port 0 takes any free one.

    `ready` is called once with the site's address when it answers. Raises ServeError where the port cannot
    be had, and the store's errors where there is no index of ours at `db_path`.
    """
    Reader(db_path).close()
    listener = _listen(host, port)
    with contextlib.closing(listener), contextlib.suppress(KeyboardInterrupt):
        address = _address(host, listener.getsockname()[1])
        asyncio.run(_serve(application(db_path), listener, lambda: _announce(address, open_browser, ready)))


def application(db_path: str | os.PathLike[str]) -> Any:
    """Datasette with the site over this index file, not started; it opens the file for reading only."""
    site = configuration_directory()
    make: Any = Datasette
    datasette = make(
        metadata=parse_metadata((site / "metadata.yaml").read_text(encoding="utf-8")),
        settings=json.loads((site / "settings.json").read_text(encoding="utf-8")),
        template_dir=str(site / "templates"),
        plugins_dir=str(site / "plugins"),
        static_mounts=[("static", str(site / "static"))],
    )
    datasette.remove_database("_memory")
    make = _Index
    datasette.add_database(make(datasette, path=str(Path(db_path).resolve()), is_mutable=True), name=NAME)
    return datasette


def close(datasette: Any) -> None:
    """Let go of the threads and files of an application."""
    if datasette.executor is not None:
        datasette.executor.shutdown()
    for database in datasette.databases.values():
        database.close()


class _Index(Database):
    """A database whose file may have any name: Datasette itself puts "#", "?" and "%" into the address unescaped."""

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """A connection that can only read."""
        connection = sqlite3.connect(f"file:{quote(self.path)}?mode=ro", uri=True, check_same_thread=False)
        self._all_file_connections.append(connection)
        return connection


class _Server(uvicorn.Server):
    """Uvicorn that says when it answers."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._say_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._say_started()


async def _serve(datasette: Any, listener: socket.socket, started: Callable[[], None]) -> None:
    await datasette.invoke_startup()
    config = uvicorn.Config(datasette.app(), log_level="warning", lifespan="on", timeout_graceful_shutdown=3)
    try:
        await _Server(config, started).serve(sockets=[listener])
    finally:
        close(datasette)


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that a port in use is found before anything starts; raises ServeError."""
    hint = f"choose another one, for example --port {port + 1 if 0 < port < 65535 else 8002}"
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.create_server(address[:2], family=family)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else a page waits 40 ms for its second packet
        return listener
    except (OSError, OverflowError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ServeError(f"port {port} on {host} cannot be used: {reason.partition(' (')[0]}", hint) from error


def _address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in ("", "0.0.0.0", "::") else host
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def _announce(address: str, open_browser: bool, ready: Callable[[str], None] | None) -> None:
    if ready is not None:
        ready(address)
    if open_browser:
        webbrowser.open(address)
