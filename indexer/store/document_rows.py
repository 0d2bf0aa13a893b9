"""The rows of documents: entering several at once with all that was found in them, applying corrections, dropping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from sqlite_utils import Database

from indexer.domain import Document
from indexer.store.corrections import correcting
from indexer.store.corrections import log as correction_log
from indexer.store.corrections.applying import apply
from indexer.store.entering import Coming, Entering
from indexer.store.keys import document_digest, document_slug, storable
from indexer.store.quotation_rows import Before, QuotationRows
from indexer.store.speakers.registry import SpeakerRegistry

_GIVEN = [field.name for field in fields(Document) if field.name != "id"]
_COLUMNS = ["id", "key", "slug", "digest", "analyser", *_GIVEN]
_WRITE = (
    f"INSERT INTO documents ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) ON CONFLICT (id)"
    f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[1:])}"
)


class DocumentRows:
    """The table of documents. Every method works inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.registry = SpeakerRegistry(db)
        self._quotations = QuotationRows(db, self.registry)

    def row_id(self, document_id: str) -> int | None:
        """The row id of the document with this id; None where the index has none."""
        row = self._db.execute("SELECT id FROM documents WHERE key = ?", [storable(document_id)]).fetchone()
        return None if row is None else int(row[0])

    def write(self, coming: Sequence[Coming]) -> None:
        """Enter documents, no two with one key, each in the place of what the index held of it before.

        What people decided about its quotations is applied, wherever their words now stand. The rows are those that
        entering one after the other gives.
        """
        for together in _stretches(coming):
            row_id = together[0].row_id
            before = Before() if row_id is None else self._quotations.take_out(row_id)
            self._quotations.enter(self._entering(together, before), before.support)

    def correct_again(self, document_id: str) -> None:
        """Apply the corrections of a document to its own rows, as if it were analysed again; quotations keep theirs."""
        row_id = self.row_id(document_id)
        if row_id is None:
            return
        key = storable(document_id)
        entries = correcting.applied_again(self._db.conn, row_id)
        reserved = {each.key for each in correction_log.standing(self._db.conn, document_id)}
        (published,) = self._db.execute("SELECT published FROM documents WHERE id = ?", [row_id]).fetchone()
        kept = self._quotations.kept(row_id)
        before = self._quotations.take_out(row_id)
        again = Entering(key, row_id, published, entries, reserved, before.appearances, kept)
        self._quotations.enter([again], before.support)

    def drop(self, row_id: int) -> None:
        """Drop a document and all that it counts for."""
        self._quotations.drop(row_id)
        self._db.execute("DELETE FROM documents WHERE id = ?", [row_id])

    def forget_ids(self) -> None:
        """Look in the tables which ids are free, after a transaction that came to nothing."""
        self._quotations.forget_ids()

    def _entering(self, together: Sequence[Coming], before: Before) -> list[Entering]:
        """Write the rows of the documents themselves, and apply what people decided."""
        free = self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM documents").fetchone()[0]
        ids = [free + place if each.row_id is None else each.row_id for place, each in enumerate(together)]
        self._db.conn.executemany(_WRITE, map(_row, ids, together))
        decided = correction_log.standing_in(self._db.conn, [each.key for each in together])
        entering = []
        for row_id, each in zip(ids, together, strict=True):
            standing = decided.get(each.key, [])
            entries = apply(storable(each.document.text), each.found, standing).entries
            reserved = {correction.key for correction in standing}
            published = each.document.published
            entering.append(Entering(each.key, row_id, published, entries, reserved, before.appearances))
        return entering


def _stretches(coming: Sequence[Coming]) -> Iterator[Sequence[Coming]]:
    """New documents that follow each other together; one that the index has by itself.

    It gives ids and names free, which those after it may take.
    """
    new: list[Coming] = []
    for each in coming:
        if each.row_id is None:
            new.append(each)
            continue
        if new:
            yield new
        yield [each]
        new = []
    if new:
        yield new


def _row(row_id: int, coming: Coming) -> list[int | str | None]:
    """The values of `_COLUMNS`."""
    document = coming.document
    digest, given = document_digest(document), (getattr(document, name) for name in _GIVEN)
    stored = (None if value is None else storable(value) for value in given)
    return [row_id, coming.key, document_slug(document.id), digest, coming.analyser, *stored]
