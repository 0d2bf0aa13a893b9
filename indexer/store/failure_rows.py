"""The rows of failures: sources that could not be read, the last problem of each."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from indexer.domain import Failure
from indexer.store.keys import storable

_PUT = (
    "INSERT INTO failures (source, problem, hint) VALUES (?, ?, ?) ON CONFLICT (source)"
    " DO UPDATE SET problem = excluded.problem, hint = excluded.hint"
)
_TAKE = (
    "INSERT INTO failures (source, problem, hint) SELECT ?1, ?2, ?3"
    " WHERE NOT EXISTS (SELECT 1 FROM documents WHERE key = ?1) ON CONFLICT (source) DO NOTHING"
)


class FailureRows:
    """The table of failures. Every method that writes works inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, failure: Failure) -> None:
        """Enter a failure in the place of an earlier one of its source."""
        self._db.execute(_PUT, [storable(failure.source), storable(failure.problem), storable(failure.hint)])

    def take(self, failures: Iterable[Failure]) -> None:
        """Enter failures of another index, where this one knows nothing of their sources."""
        self._db.conn.executemany(_TAKE, [(failure.source, failure.problem, failure.hint) for failure in failures])

    def sources(self) -> list[str]:
        """The sources that failed."""
        return [source for (source,) in self._db.execute("SELECT source FROM failures").fetchall()]

    def has(self, source: str) -> bool:
        """Whether this source failed."""
        return self._db.execute("SELECT 1 FROM failures WHERE source = ?", [source]).fetchone() is not None

    def forget(self, sources: Iterable[str]) -> None:
        """Drop the failures of these sources, where there are any."""
        self._db.conn.executemany("DELETE FROM failures WHERE source = ?", [(source,) for source in sources])
