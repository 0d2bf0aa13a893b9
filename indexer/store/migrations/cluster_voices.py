"""Who spoke, as the registry has it, is evidence for the same words: a change of it has clusters worked out again."""

from __future__ import annotations

from sqlite_utils import Database

from indexer.store.migrations.cluster_columns import NOTE

_EVENTS = {
    "settled": "UPDATE OF speaker_id ON quotations WHEN new.speaker_id IS NOT old.speaker_id",
    "named": "UPDATE OF name, type ON speakers WHEN new.name <> old.name OR new.type <> old.type",
}


def upgrade(db: Database) -> None:
    """Note changes of speakers as changes of clusters; all that is there counts as one."""
    for name, event in _EVENTS.items():
        db.execute(f"CREATE TRIGGER cluster_changes_{name} AFTER {event} BEGIN {NOTE}; END")
    db.execute(NOTE)
