"""The copy of an index for the world: only what `columns` names, in a file of its own that was never anything else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from indexer.errors import StoreError
from indexer.store.corrections import log as correction_log
from indexer.store.corrections.applying import Correction
from indexer.store.keys import document_slug
from indexer.store.lock import check_nobody_writes
from indexer.store.migrations import migrate
from indexer.store.opening import open_for_reading, store_errors
from indexer.store.publishing.columns import DOCUMENTS, QUOTATIONS, SELECTED, WHOLE
from indexer.store.publishing.names import is_local, public_names
from indexer.store.publishing.quotations import Row, Told, cut_down
from indexer.store.queries import rows_of

_AT_ONCE = 500
_STOPPED = "run `quotes index` again to its end, then publish"


@dataclass(frozen=True, slots=True)
class Published:
    """How many documents and quotations (terms not counted) a published copy holds."""

    documents: int
    quotations: int


class _Source:
    """The index that is copied: its errors name it, whatever file its rows are on their way to."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self._connection, self._path = connection, path
        self.rows("BEGIN")

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with store_errors(self._path):
            return rows_of(self._connection, sql, parameters)

    def each(self, sql: str) -> Iterator[Sequence[Any]]:
        """The rows of a query one by one."""
        with store_errors(self._path):
            yield from self._connection.execute(sql)

    def documents(self) -> Iterator[tuple[Row, list[Row]]]:
        """Each document with its quotations in reading order."""
        of_document = f'SELECT {QUOTATIONS} FROM quotations WHERE document_id = ? ORDER BY "start", "end" DESC'
        for (row_id,) in self.each("SELECT id FROM documents ORDER BY id"):
            (document,) = self.rows(f"SELECT {DOCUMENTS} FROM documents WHERE id = ?", [row_id])
            yield dict(document), [dict(row) for row in self.rows(of_document, [row_id])]

    def corrections(self) -> dict[int, Correction]:
        """The log of corrections by their numbers."""
        with store_errors(self._path):
            found = correction_log.logged(self._connection)
        return {logged.correction.id: logged.correction for logged in found}


def copy_index(
    path: str, copy: Path, *, full_text: bool = True, names: bool = False, called: str | None = None
) -> Published:
    """Write to the new file `copy` what of the index at `path` may be published, as one compact, analysed file.

    Without `full_text`, documents hold only what `excerpts` leaves of them, offsets fit that, and terms that are left
    out with the text go. `names`: who made a correction stays. Raises StoreError or one of its kinds: IndexBusy while
    the index is written to, and where its last run was stopped half-way; errors of writing name the copy as `called`.
    """
    check_nobody_writes(path)
    work = copy.with_name(f"{copy.name}-work")
    with closing(open_for_reading(path)) as connection, store_errors(called or str(copy)):
        source = _Source(connection, path)
        if source.rows("SELECT 1 FROM unsettled_blocks LIMIT 1"):
            raise StoreError(f"{path}: its last run was stopped before it knew who is who", _STOPPED)
        try:
            with closing(sqlite3.connect(work, isolation_level=None)) as target:
                published = _fill(target, source, full_text=full_text, names=names)
                target.execute("VACUUM INTO ?", [str(copy)])
        finally:
            work.unlink(missing_ok=True)
    return published


def row_counts(path: str) -> dict[str, int]:
    """How many rows each table of the index at `path` has."""
    with closing(open_for_reading(path)) as connection, store_errors(path):
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def _fill(target: sqlite3.Connection, source: _Source, *, full_text: bool, names: bool) -> Published:
    target.execute("PRAGMA journal_mode = OFF")
    target.execute("PRAGMA synchronous = OFF")
    migrate(Database(target, execute_plugins=False))
    triggers = _without_triggers(target)
    target.execute("BEGIN")
    for table, columns in WHOLE.items():
        _insert(target, table, columns, source.each(f"SELECT {columns} FROM {table} ORDER BY 1, 2"))
    for table, (columns, query) in SELECTED.items():
        _insert(target, table, columns, source.each(query))
    _copy_texts(target, source, full_text=full_text, names=names)
    _place_corrections(target, names)
    for table in _full_text_tables(target):
        target.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
        target.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    for trigger in triggers:
        target.execute(trigger)
    target.execute("DELETE FROM cluster_changes")
    target.execute("COMMIT")
    target.execute("PRAGMA analysis_limit = 1000")
    target.execute("ANALYZE")
    spoken = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM quotations WHERE kind <> 'term')"
    return Published(*target.execute(spoken).fetchone())


def _without_triggers(target: sqlite3.Connection) -> list[str]:
    """Take away what would count and index each row as it comes; the statements that bring it back."""
    found = target.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in found:
        target.execute(f'DROP TRIGGER "{name}"')
    return [sql for _, sql in found]


def _full_text_tables(target: sqlite3.Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING FTS5%(%'"
    return [name for (name,) in target.execute(sql)]


def _insert(target: sqlite3.Connection, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    slots = ", ".join("?" * (columns.count(",") + 1))
    target.executemany(f"INSERT INTO {table} ({columns}) VALUES ({slots})", rows)


def _copy_texts(target: sqlite3.Connection, source: _Source, *, full_text: bool, names: bool) -> None:
    """Documents with their quotations, some hundreds of documents at a time."""
    shown = public_names(key for (key,) in source.each("SELECT key FROM documents"))
    told = Told(source.corrections(), names)
    for documents in _some(source.documents()):
        cut = [(document, rows) if full_text else cut_down(document, rows) for document, rows in documents]
        _insert(target, "documents", DOCUMENTS, [tuple(_renamed(document, shown).values()) for document, _ in cut])
        _insert(target, "quotations", QUOTATIONS, [tuple(told.of(row).values()) for _, rows in cut for row in rows])


def _some(documents: Iterator[tuple[Row, list[Row]]]) -> Iterator[list[tuple[Row, list[Row]]]]:
    numbered = enumerate(documents)
    for _, portion in groupby(numbered, lambda pair: pair[0] // _AT_ONCE):
        yield [document for _, document in portion]


def _renamed(document: Row, shown: Mapping[str, str]) -> Row:
    """The document without anything of the machine that it was read on."""
    key, url = shown[document["key"]], document["url"]
    slug = document["slug"] if key == document["key"] else document_slug(key)
    return {**document, "key": key, "slug": slug, "digest": "", "url": None if url and is_local(url) else url}


def _place_corrections(target: sqlite3.Connection, names: bool) -> None:
    """Say of each correction that is left where its quotation stands now; who made it only if `names`."""
    left = "SELECT correction_id FROM quotations WHERE correction_id IS NOT NULL"
    target.execute(f"DELETE FROM corrections WHERE id NOT IN ({left})")
    target.execute(
        'UPDATE corrections SET (document_key, "start", "end", words) = (SELECT d.key, q."start", q."end", q.text'
        " FROM quotations q JOIN documents d ON d.id = q.document_id WHERE q.key = quotation_key)"
    )
    if not names:
        target.execute("UPDATE corrections SET who = ''")
        for word in ("merged", "set apart"):
            said = (f"{word} by a person", f"{word} by %")
            target.execute("UPDATE appearances SET reason = ? WHERE reason LIKE ?", said)
