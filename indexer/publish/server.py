"""A running site: Datasette with our templates, plugin and styles over one index file."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import parse_metadata

from indexer.errors import ServeError
from indexer.publish.answering import View
from indexer.publish.attached import Index
from indexer.publish.review.desk import Desk, open_desk, reviewer
from indexer.publish.review.routes import REVIEW_ROUTES, takes_forms
from indexer.publish.site import configuration_directory
from indexer.publish.workers import workers
from indexer.store.reader import Reader

NAME = "quotes"
"""The index is called this in every address, whatever its file is called."""


def serve(
    db_path: str | os.PathLike[str],
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    ready: Callable[[str], None] | None = None,
    reviewers: str | os.PathLike[str] | None = None,
    processes: int = 1,
) -> None:
    """Serve the site for this index until interrupted (Ctrl-C), in so many processes. Port 0 takes any free one.

    `ready` is called once with the site's address when it answers. `reviewers` is a file of the people who may sign in
    and review, which one process serves; without one nothing can be changed. Raises ServeError where the port cannot be
    had or nobody may review, and the store's errors where there is no index of ours at `db_path`.
    """
    Reader(db_path).close()
    if reviewers is not None and processes > 1:
        raise ServeError("a site that is reviewed is served by one process", "leave out --workers, or --review")
    review = None if reviewers is None else open_desk(db_path, Path(reviewers))
    listener = _listen(host, port)
    with contextlib.closing(listener), contextlib.suppress(KeyboardInterrupt):
        address = _address(host, listener.getsockname()[1])
        with workers(processes - 1, _work, os.fspath(db_path), listener):
            asyncio.run(_serve(application(db_path, review), listener, lambda: _announce(address, open_browser, ready)))


def application(db_path: str | os.PathLike[str], review: tuple[Desk, str] | None = None) -> Any:
    """Datasette with the site over this index file, not started; it opens the file for reading only.

    `review` is the desk that decisions go over, with the secret that signs sessions (see `open_desk`).
    """
    pm.set_blocked("auth_passwords")  # its hashes and its check are used; its doors (form, headers, tool) stay shut
    site = configuration_directory()
    desk, secret = review or (None, None)
    make: Any = _Site
    datasette = make(
        desk,
        metadata=parse_metadata((site / "metadata.yaml").read_text(encoding="utf-8")),
        settings=json.loads((site / "settings.json").read_text(encoding="utf-8")),
        template_dir=str(site / "templates"),
        plugins_dir=str(site / "plugins"),
        static_mounts=[("static", str(site / "static"))],
        secret=secret,
    )
    datasette.remove_database("_memory")
    datasette.add_database(Index(datasette, str(Path(db_path).resolve())), name=NAME)
    return datasette


def close(datasette: Any) -> None:
    """Let go of the threads and files of an application."""
    if datasette.executor is not None:
        datasette.executor.shutdown()
    for database in datasette.databases.values():
        database.close()


class _Site(Datasette):
    """Datasette that knows the desk at which its index is reviewed, None for none; the plugin asks it."""

    def __init__(self, desk: Desk | None, **options: Any) -> None:
        self.desk = desk
        make: Any = super().__init__
        make(**options)

    @property
    def desk_routes(self) -> tuple[tuple[str, View], ...]:
        """The addresses of the review; none where nothing is reviewed."""
        return REVIEW_ROUTES if self.desk is not None else ()

    def takes_forms(self, path: str) -> bool:
        """Whether a form may be sent to this path."""
        return self.desk is not None and takes_forms(path)

    def reviewer(self, request: Any) -> str | None:
        """The name of the reviewer who asks; None for everybody else."""
        return reviewer(self, request)


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


def _work(db_path: str, listener: socket.socket) -> None:
    """Serve the site in a further process."""
    asyncio.run(_serve(application(db_path), listener, lambda: None))


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
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()  # some only return when closed
