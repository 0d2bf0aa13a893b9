"""Documents that come fast are held back for a moment, to be written together in one transaction.

That is what makes writing many of them fast: each table is written once for all of them, in the order of its rows.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

from sqlite_utils import Database

from indexer.store.document_rows import DocumentRows
from indexer.store.entering import Coming
from indexer.store.failure_rows import FailureRows
from indexer.store.opening import store_errors

MOST_DOCUMENTS = 4_000
MOST_CHARACTERS = 16_000_000
"""So many documents, and about so many code points of text in them, are held at most."""


class Held:
    """The documents that the index at `path` is to get, in the order they came; no two have the same key.

    Once they are on the disk, they are `counted` as added or changed.
    """

    def __init__(self, path: str, db: Database, documents: DocumentRows, counted: Counter[str]) -> None:
        self._path, self._db = path, db
        self._documents, self._failures = documents, FailureRows(db)
        self._counted = counted
        self._coming: dict[str, Coming] = {}
        self._characters = 0

    def __contains__(self, key: str) -> bool:
        """Whether the document with this key is among them."""
        return key in self._coming

    def add(self, coming: Coming) -> None:
        """Hold one more."""
        self._coming[coming.key] = coming
        self._characters += len(coming.document.text)

    @property
    def is_full(self) -> bool:
        """Whether it is time to write them, however short a while they were held."""
        return len(self._coming) >= MOST_DOCUMENTS or self._characters >= MOST_CHARACTERS

    def write(self) -> None:
        """Write them all; where that fails one by one, so that one that does not fit costs none of the others.

        Raises StoreError for the first that does not fit, which it names, or for what keeps all of them out.
        """
        coming = list(self._coming.values())
        if not coming:
            return
        try:
            with store_errors(self._path):
                self._write(coming)
        except Exception:
            self._clear()
            self._write_one_by_one(coming)
        self._clear()

    def _clear(self) -> None:
        self._coming.clear()
        self._characters = 0

    def _write_one_by_one(self, coming: Sequence[Coming]) -> None:
        found = ((each.key, self._problem(each)) for each in coming)
        problems = [(key, problem) for key, problem in found if problem is not None]
        for key, problem in problems[:1]:
            with store_errors(f"{self._path}: {key}"):
                raise problem

    def _problem(self, coming: Coming) -> Exception | None:
        """Write one document; why it does not fit. Raises StoreError where that is not its fault (a full disk)."""
        with store_errors(self._path):
            try:
                self._write([coming])
            except sqlite3.OperationalError:
                raise
            except Exception as error:
                return error
        return None

    def _write(self, coming: Sequence[Coming]) -> None:
        """Write documents in a transaction of their own, after whatever was done before."""
        self._db.conn.commit()
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._documents.write(coming)
            self._failures.forget(each.key for each in coming)
            self._db.conn.commit()
        except BaseException:
            self._db.conn.rollback()
            self._documents.forget_ids()
            raise
        self._counted.update("added" if each.row_id is None else "changed" for each in coming)
