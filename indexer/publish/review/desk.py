"""The desk at which people review: which index they decide about, who they are, and how a decision is saved.

Decisions are made by the store's own functions, as by `quotes correct`, in the thread that calls and over a
connection of their own: the site's connections can only read.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.errors import ServeError
from indexer.publish.review.sessions import signed_in
from indexer.publish.review.users import check_installed, is_password, read_users, signing_secret
from indexer.store.corrections.deciding import Said, decide
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.writer import Writer

TRIES = 5
SECONDS_OF_TRIES = 60.0
"""So many passwords are tried for one name in so many seconds."""


@dataclass(slots=True)
class Desk:
    """The index at `db` and the people in the file `users` who may decide about its quotations."""

    db: str
    users: Path
    tries: dict[str, list[float]] = field(default_factory=dict)

    def lets_try(self, name: str) -> bool:
        """Whether a password may be tried for this name; the try counts until `check` finds it right."""
        since = time.monotonic() - SECONDS_OF_TRIES
        recent = [when for when in self.tries.get(name, []) if when > since]
        if len(recent) < TRIES and name in read_users(self.users):
            self.tries[name] = [*recent, time.monotonic()]
        return len(recent) < TRIES

    def check(self, name: str, password: str) -> str | None:
        """The hash of the password if it is the name's, else None; takes some tenths of a second. Raises ServeError."""
        hashed = read_users(self.users).get(name)
        if hashed is None or not is_password(password, hashed):
            return None
        self.tries.pop(name, None)
        return hashed

    def save(self, key: str, said: Said, note: str, who: str) -> int:
        """Save what somebody says of a quotation; the number of the correction.

        Waits for another writer as the commands do. Raises UsageError, NotFound, IndexBusy and other StoreErrors.
        """
        with CorrectionReader(self.db) as reader:
            text, found = reader.attribution(key)
            name = said.get("speaker")
            decision = decide(text, found, said, reader.known_type(name) if name else None)
        with Writer(self.db, command=f"review {key}") as writer:
            return writer.correct(key, decision, note=note, who=who)

    def undo(self, number: int, who: str) -> str:
        """Take a correction back; the key of its quotation. Raises what `save` raises."""
        with CorrectionReader(self.db) as reader:
            key = reader.correction(number).correction.key
        with Writer(self.db, command=f"corrections undo {number}") as writer:
            writer.undo(number, who=who)
        return key


def open_desk(db: str | os.PathLike[str], users: Path) -> tuple[Desk, str]:
    """A desk for this index, and the secret that signs its sessions.

    Raises UsageError without the plugin, and ServeError where nobody may sign in or the index is not to be written to.
    """
    check_installed()
    if not read_users(users):
        raise ServeError(f"{users}: nobody may review yet", f"run `quotes users add NAME --users {users}`")
    path = Path(db).resolve()
    if (path.parent / "inspect-data.json").exists():
        raise ServeError(f"{db}: this is a published copy, which nobody changes", "review the index it was made from")
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise ServeError(
            f"{db}: cannot be written to, so it cannot be reviewed", "check its permissions and its folder's"
        )
    return Desk(os.fspath(db), users), signing_secret(users)


def desk_of(datasette: Any) -> Desk | None:
    """The desk of a site; None where nothing is reviewed."""
    desk: Desk | None = getattr(datasette, "desk", None)
    return desk


def reviewer(datasette: Any, request: Any) -> str | None:
    """The name of the reviewer who asks; None for everybody else."""
    desk = desk_of(datasette)
    return None if desk is None or request is None else signed_in(datasette, request, desk.users)
