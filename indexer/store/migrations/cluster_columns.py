"""What the page of a cluster needs, and when clusters have to be worked out again."""

from __future__ import annotations

import re

from sqlite_utils import Database

_COLUMNS = (
    "quotations INTEGER NOT NULL DEFAULT 0",
    "documents INTEGER NOT NULL DEFAULT 0",
    "publishers INTEGER NOT NULL DEFAULT 0",
    "first TEXT",
    "last TEXT",
)
_LARGEST = "CREATE INDEX clusters_largest ON clusters (documents DESC, key)"

# One row where quotations came, went or changed since the clusters were worked out; none where nothing did.
_CHANGES = "CREATE TABLE cluster_changes (id INTEGER PRIMARY KEY CHECK (id = 1)) STRICT"
# (Not INSERT OR IGNORE: inside a trigger, the conflict clause of the statement that fires it would rule.)
NOTE = "INSERT INTO cluster_changes (id) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM cluster_changes)"
_EVENTS = {
    "inserted": "INSERT ON quotations WHEN new.kind <> 'term'",
    "deleted": "DELETE ON quotations WHEN old.kind <> 'term'",
    "changed": "UPDATE OF document_id, text, kind, speaker, speaker_type, said_on ON quotations",
    "dated": "UPDATE OF published, publisher ON documents",
}


def upgrade(db: Database) -> None:
    """Add the columns, the table of changes and the triggers that fill it; all that is there counts as a change."""
    for column in _COLUMNS:
        db.execute(f"ALTER TABLE clusters ADD COLUMN {column}")
    db.execute(_LARGEST)
    db.execute(_CHANGES)
    for name, event in _EVENTS.items():
        db.execute(f"CREATE TRIGGER cluster_changes_{name} AFTER {event} BEGIN {NOTE}; END")
    db.execute(NOTE)
    _leave_words_alone(db)


def _leave_words_alone(db: Database) -> None:
    """Have the full-text index follow changes of the words only: that a quotation joins a cluster is none."""
    for trigger in db.triggers:
        narrowed, changed = re.subn(r"(?i)(AFTER UPDATE) (ON [\[\"]?quotations\b)", r"\1 OF text \2", trigger.sql)
        if changed and "quotations_fts" in trigger.sql:
            db.execute(f'DROP TRIGGER "{trigger.name}"')
            db.execute(narrowed)
