"""The schema of the index, as a list of migrations. A released migration never changes: append the next one.

The tables bear the words of the project. Nothing in them depends on the time or the order of indexing but the
table `runs` (and row ids), so an index built anew equals one that was kept up to date.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from indexer.store.migrations import (
    cluster_columns,
    cluster_voices,
    correction_log,
    first_schema,
    reference_work,
    review_queue,
)

APPLICATION_ID = 0x51554F54
"""Marks a SQLite file as an index of quotations: the letters QUOT in the file's header."""

MIGRATIONS = Migrations("quote-indexer")


def migrate(db: Database, *, stop_before: str | None = None) -> None:
    """Bring the database to the newest schema in one transaction; a database that has it is left as it is.

    `stop_before` names a migration to stop at, so that tests can build every older schema.
    """
    with db.atomic():
        MIGRATIONS.apply(db, stop_before=stop_before)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS.applied(db))}")


def schema_version() -> int:
    """The number of the newest schema: how many migrations there are."""
    empty = Database(memory=True, execute_plugins=False)
    try:
        return len(MIGRATIONS.pending(empty))
    finally:
        empty.close()


@MIGRATIONS()
def m001_first_schema(db: Database) -> None:
    """The tables of the first release."""
    first_schema.upgrade(db)


@MIGRATIONS()
def m002_reference_work(db: Database) -> None:
    """Ids in order of date, who is who with its reasons, and counts that are kept."""
    reference_work.upgrade(db)


@MIGRATIONS()
def m003_corrections(db: Database) -> None:
    """Corrections as a log of decisions, anchored to words."""
    correction_log.upgrade(db)


@MIGRATIONS()
def m004_clusters(db: Database) -> None:
    """What the page of a cluster needs, and a note that clusters have to be worked out again."""
    cluster_columns.upgrade(db)


@MIGRATIONS()
def m005_cluster_voices(db: Database) -> None:
    """Who spoke counts for what are the same words."""
    cluster_voices.upgrade(db)


@MIGRATIONS()
def m007_review_queue(db: Database) -> None:
    """The order in which people are asked about quotations."""
    review_queue.upgrade(db)
