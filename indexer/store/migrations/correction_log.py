"""Corrections become a log of decisions, each anchored to its words; quotations say which one decided them."""

from __future__ import annotations

from sqlite_utils import Database

from indexer.store.corrections.anchors import Anchor, anchor

_CORRECTIONS = """
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  quotation_key TEXT NOT NULL,
  document_key TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  words TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  kind TEXT CHECK (kind IN ('direct', 'mixed', 'term')),
  speaker TEXT,
  speaker_type TEXT CHECK (speaker_type IN ('person', 'organization', 'document', 'unnamed', 'author')),
  nobody INTEGER NOT NULL DEFAULT 0 CHECK (nobody IN (0, 1)),
  span_start INTEGER,
  span_end INTEGER,
  span_words TEXT,
  span_before TEXT,
  span_after TEXT,
  confirmed INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1)),
  was TEXT NOT NULL DEFAULT '{}',
  note TEXT NOT NULL DEFAULT '',
  who TEXT NOT NULL DEFAULT '',
  made TEXT NOT NULL DEFAULT '',
  undone TEXT,
  undone_by TEXT
) STRICT
"""

_STATEMENTS = (
    "CREATE INDEX corrections_of_quotation ON corrections (quotation_key)",
    "CREATE INDEX corrections_in_document ON corrections (document_key)",
    "ALTER TABLE quotations ADD COLUMN correction_id INTEGER REFERENCES corrections(id)",
    "ALTER TABLE quotations ADD COLUMN machine TEXT",
    "CREATE INDEX quotations_corrected ON quotations (correction_id) WHERE correction_id IS NOT NULL",
)

_OLD_ROWS = """
SELECT c.id, c.quotation_key, c.document_key, c."start", c."end", d.text,
 CASE WHEN c.kind IN ('direct', 'mixed', 'term') THEN c.kind END, c.speaker,
 CASE WHEN c.speaker_type IN ('person', 'organization', 'document', 'unnamed', 'author') THEN c.speaker_type END,
 coalesce(c.note, '')
FROM corrections c LEFT JOIN documents d ON d.key = c.document_key ORDER BY c.id
"""


def upgrade(db: Database) -> None:
    """Rebuild the table of corrections with the rows that it has, and give quotations two columns."""
    rows = [_row(*row) for row in db.execute(_OLD_ROWS).fetchall()]
    db.execute("DROP TABLE corrections")
    for statement in (_CORRECTIONS, *_STATEMENTS):
        db.execute(statement)
    for row in rows:
        db.execute(
            'INSERT INTO corrections (id, quotation_key, document_key, "start", "end", words, "before", "after",'
            " kind, speaker, speaker_type, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )


def _row(
    id: int, key: str, document: str, start: int, end: int, text: str | None, *decided: str | None
) -> tuple[int | str | None, ...]:
    """An old row with the words and what stands around them; without them where the document is gone."""
    place = anchor(text, start, end) if text is not None else Anchor(start, end, "", "", "")
    return (id, key, document, start, end, place.words, place.before, place.after, *decided)
