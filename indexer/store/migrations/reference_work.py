"""The index as a reference work: ids in order of date, who is who with its reasons, and counts that are kept."""

from __future__ import annotations

from typing import cast

from sqlite_utils import Database
from sqlite_utils.db import Table

from indexer.store.dated_ids import ROOM, day_of, month_of
from indexer.store.keys import normal_form, speaker_row_id
from indexer.store.migrations.first_schema import TOKENIZER
from indexer.store.speakers.identity import Evidence, blocks, normal_name


def upgrade(db: Database) -> None:
    """Build the quotations anew under their new ids; who is who is settled by the next writer that closes."""
    cast(Table, db["quotations"]).disable_fts()
    for statement in (*_SPEAKERS, *_APPEARANCES, *_COUNTS, *_DECISIONS):
        db.execute(statement)
    db.conn.create_function("day_of", 1, day_of, deterministic=True)
    db.conn.create_function("normal_name", 2, normal_name, deterministic=True)
    db.conn.create_function("normal_form", 1, normal_form, deterministic=True)
    db.conn.create_function("speaker_row_id", 1, speaker_row_id, deterministic=True)
    db.execute("PRAGMA defer_foreign_keys = ON")
    db.conn.create_function("month_of", 1, month_of, deterministic=True)
    for statement in (*_NEW_QUOTATIONS, *_FILL, *_FILL_COUNTS, *_INDEXES):
        db.execute(statement)
    _fill_blocks(db)
    cast(Table, db["quotations"]).enable_fts(["text"], tokenize=TOKENIZER, create_triggers=True)


def _fill_blocks(db: Database) -> None:
    """Have the next writer settle who everybody is."""
    rows = db.execute(
        "SELECT a.id, d.key, a.name, a.type FROM appearances a JOIN documents d ON d.id = a.document_id"
    ).fetchall()
    for row in rows:
        for block in sorted(blocks(Evidence(*row))):
            db.execute("INSERT INTO appearance_blocks VALUES (?, ?)", [block, row[0]])
            db.execute("INSERT OR IGNORE INTO unsettled_blocks VALUES (?)", [block])


# normal is the name for looking up; description and wikidata come from the authority file or from a person.
_SPEAKERS = (
    "ALTER TABLE speakers ADD COLUMN normal TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE speakers ADD COLUMN description TEXT",
    "ALTER TABLE speakers ADD COLUMN wikidata TEXT",
)

# A speaker in one document. No index leads from it to its quotations or blocks: those of its document are few, and the
# blocks follow from its names. also: normal forms of its other names there, separated by spaces.
_APPEARANCES = (
    """
CREATE TABLE appearances (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id),
  name TEXT NOT NULL,
  normal TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('person', 'organization', 'document', 'unnamed', 'author')),
  role TEXT,
  pronoun TEXT,
  also TEXT NOT NULL,
  speaker_id INTEGER NOT NULL REFERENCES speakers(id),
  reason TEXT NOT NULL
) STRICT
""",
    "CREATE INDEX appearances_of_speaker ON appearances (speaker_id)",
    "CREATE INDEX appearances_in_document ON appearances (document_id)",
    """
CREATE TABLE appearance_blocks (
  block TEXT NOT NULL,
  appearance_id INTEGER NOT NULL,
  PRIMARY KEY (block, appearance_id)
) STRICT, WITHOUT ROWID
""",
    "CREATE TABLE unsettled_blocks (block TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
)

# What is counted is speech, not terms. month is YYYY-MM, or less where less is known.
_COUNTS = (
    """
CREATE TABLE speaker_months (
  speaker_id INTEGER NOT NULL REFERENCES speakers(id),
  month TEXT NOT NULL,
  quotations INTEGER NOT NULL,
  PRIMARY KEY (speaker_id, month)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE speaker_publishers (
  speaker_id INTEGER NOT NULL REFERENCES speakers(id),
  publisher TEXT NOT NULL,
  quotations INTEGER NOT NULL,
  PRIMARY KEY (speaker_id, publisher)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE totals (
  facet TEXT NOT NULL CHECK (facet IN ('kind', 'tier', 'publisher', 'month')),
  value TEXT NOT NULL,
  quotations INTEGER NOT NULL,
  PRIMARY KEY (facet, value)
) STRICT, WITHOUT ROWID
""",
)

# What people decided of speakers, in order; undone ones stay. The authority file is kept whole, as it was read last.
_DECISIONS = (
    """
CREATE TABLE speaker_decisions (
  id INTEGER PRIMARY KEY,
  action TEXT NOT NULL CHECK (action IN ('merge', 'split', 'rename', 'link', 'import')),
  slug TEXT NOT NULL,
  value TEXT NOT NULL,
  alias TEXT,
  document_key TEXT,
  note TEXT NOT NULL,
  who TEXT NOT NULL,
  made TEXT NOT NULL,
  undone TEXT,
  undone_by TEXT
) STRICT
""",
    """
CREATE TABLE authority (
  slug TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('person', 'organization', 'document')),
  aliases TEXT NOT NULL,
  description TEXT,
  wikidata TEXT
) STRICT
""",
)

_COLUMNS = (
    'key, document_id, "start", "end", text, kind, cue_start, cue_end, cue, mention_start, mention_end, mention,'
    " mention_kind, speaker, speaker_id, speaker_type, via, said_on, confidence, tier, utterance, nested_start,"
    " nested_end, evidence, cluster_id"
)

_NEW_QUOTATIONS = (
    """
CREATE TABLE quotations_new (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  document_id INTEGER NOT NULL REFERENCES documents(id),
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('direct', 'mixed', 'term')),
  cue_start INTEGER,
  cue_end INTEGER,
  cue TEXT,
  mention_start INTEGER,
  mention_end INTEGER,
  mention TEXT,
  mention_kind TEXT CHECK (mention_kind IN ('name', 'pronoun', 'nominal', 'author')),
  speaker TEXT,
  speaker_id INTEGER REFERENCES speakers(id),
  speaker_type TEXT CHECK (speaker_type IN ('person', 'organization', 'document', 'unnamed', 'author')),
  via TEXT,
  said_on TEXT,
  confidence REAL NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('certain', 'probable', 'uncertain')),
  utterance INTEGER NOT NULL,
  nested_start INTEGER,
  nested_end INTEGER,
  evidence TEXT NOT NULL,
  cluster_id INTEGER REFERENCES clusters(id),
  appearance_id INTEGER,
  CHECK ("start" <= "end")
) STRICT
""",
)

_SAID = "day_of(coalesce(q.said_on, d.published))"

# Speakers of the first schema had ids by order of arrival.
_FILL = (
    "UPDATE speaker_aliases SET speaker_id = (SELECT speaker_row_id(slug) FROM speakers s WHERE s.id = speaker_id)",
    "UPDATE quotations SET speaker_id = (SELECT speaker_row_id(slug) FROM speakers s WHERE s.id = speaker_id)"
    " WHERE speaker_id IS NOT NULL",
    "UPDATE speakers SET id = speaker_row_id(slug), normal = normal_form(name)",
    """
INSERT INTO appearances (document_id, name, normal, type, also, speaker_id, reason)
SELECT q.document_id, min(q.speaker), normal_name(q.speaker, s.type), s.type, '', q.speaker_id, ''
FROM quotations q JOIN speakers s ON s.id = q.speaker_id GROUP BY 1, 3, 4
""",
    f"""
INSERT INTO quotations_new (id, {_COLUMNS}, appearance_id)
SELECT {_SAID} * {ROOM} + row_number() OVER (PARTITION BY {_SAID} ORDER BY d.key DESC, q."start" DESC, q."end"),
  q.key, q.document_id, q."start", q."end", q.text, q.kind, q.cue_start, q.cue_end, q.cue, q.mention_start,
  q.mention_end, q.mention, q.mention_kind, q.speaker, q.speaker_id, q.speaker_type, q.via, q.said_on, q.confidence,
  q.tier, q.utterance, q.nested_start, q.nested_end, q.evidence, NULL, a.id
FROM quotations q JOIN documents d ON d.id = q.document_id LEFT JOIN speakers s ON s.id = q.speaker_id
  LEFT JOIN appearances a
    ON a.document_id = q.document_id AND a.normal = normal_name(q.speaker, s.type) AND a.type = s.type
""",
    "DROP TABLE quotations",
    "ALTER TABLE quotations_new RENAME TO quotations",
)

_SPOKEN = "FROM quotations q JOIN documents d ON d.id = q.document_id WHERE q.kind <> 'term'"

_FILL_COUNTS = (
    f"INSERT INTO speaker_months SELECT q.speaker_id, month_of(q.id), count(*) {_SPOKEN} AND q.speaker_id NOT NULL"
    " GROUP BY 1, 2",
    f"INSERT INTO speaker_publishers SELECT q.speaker_id, d.publisher, count(*) {_SPOKEN} AND q.speaker_id NOT NULL"
    " AND d.publisher <> '' GROUP BY 1, 2",
    f"INSERT INTO totals SELECT 'kind', q.kind, count(*) {_SPOKEN} GROUP BY 2",
    f"INSERT INTO totals SELECT 'month', month_of(q.id), count(*) {_SPOKEN} GROUP BY 2",
    f"INSERT INTO totals SELECT 'publisher', d.publisher, count(*) {_SPOKEN} AND d.publisher <> '' GROUP BY 2",
    f"INSERT INTO totals SELECT 'tier', q.tier, count(*) {_SPOKEN} AND q.speaker_id NOT NULL GROUP BY 2",
)

_INDEXES = (
    'CREATE UNIQUE INDEX quotations_in_document ON quotations (document_id, "start", "end")',
    "CREATE INDEX quotations_of_speaker ON quotations (speaker_id) WHERE speaker_id IS NOT NULL",
    "CREATE INDEX quotations_in_cluster ON quotations (cluster_id) WHERE cluster_id IS NOT NULL",
    "CREATE INDEX speakers_by_name ON speakers (normal)",
    "CREATE INDEX documents_of_publisher ON documents (publisher)",
)
