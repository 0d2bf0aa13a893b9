"""The tables of the first release."""

from __future__ import annotations

from typing import cast

from sqlite_utils import Database
from sqlite_utils.db import Table

TOKENIZER = "porter unicode61 remove_diacritics 2"


def upgrade(db: Database) -> None:
    """Make the tables in an empty database."""
    for statement in (_DOCUMENTS, _CLUSTERS, _SPEAKERS, _SPEAKER_ALIASES, _QUOTATIONS, *_INDEXES, *_SIDE_TABLES):
        db.execute(statement)
    quotations = cast(Table, db["quotations"])
    quotations.enable_fts(["text"], tokenize=TOKENIZER, create_triggers=True)


_DOCUMENTS = """
CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  title TEXT,
  author TEXT,
  published TEXT,
  publisher TEXT,
  url TEXT,
  language TEXT,
  text TEXT NOT NULL,
  digest TEXT NOT NULL,
  analyser TEXT NOT NULL
) STRICT
"""

_CLUSTERS = """
CREATE TABLE clusters (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT
"""

_SPEAKERS = """
CREATE TABLE speakers (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('person', 'organization', 'document', 'unnamed', 'author')),
  quotations INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0
) STRICT
"""

# as_name and as_mention count the quotations that print the name: as the speaker's name, as its mention.
_SPEAKER_ALIASES = """
CREATE TABLE speaker_aliases (
  id INTEGER PRIMARY KEY,
  speaker_id INTEGER NOT NULL REFERENCES speakers(id),
  name TEXT NOT NULL,
  normal TEXT NOT NULL,
  as_name INTEGER NOT NULL DEFAULT 0,
  as_mention INTEGER NOT NULL DEFAULT 0,
  UNIQUE (speaker_id, name)
) STRICT
"""

# speaker is the fullest name that the document itself gives; speaker_id who that is across documents.
_QUOTATIONS = """
CREATE TABLE quotations (
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
  CHECK ("start" <= "end")
) STRICT
"""

_INDEXES = (
    "CREATE INDEX documents_newest ON documents (published DESC, key)",
    'CREATE UNIQUE INDEX quotations_in_document ON quotations (document_id, "start", "end")',
    "CREATE INDEX quotations_of_speaker ON quotations (speaker_id, kind)",
    "CREATE INDEX quotations_in_cluster ON quotations (cluster_id)",
    "CREATE INDEX quotations_of_kind ON quotations (kind, speaker_id)",
    "CREATE INDEX speakers_most_quoted ON speakers (quotations DESC, name)",
    "CREATE INDEX speaker_aliases_by_name ON speaker_aliases (normal)",
)

# A correction names its quotation by key and by place: it outlives the row, which indexing again replaces.
_SIDE_TABLES = (
    """
CREATE TABLE corrections (
  id INTEGER PRIMARY KEY,
  quotation_key TEXT NOT NULL UNIQUE,
  document_key TEXT NOT NULL,
  "start" INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  kind TEXT,
  speaker TEXT,
  speaker_type TEXT,
  note TEXT
) STRICT
""",
    """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  started TEXT NOT NULL,
  finished TEXT,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  pruned INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0
) STRICT
""",
    """
CREATE TABLE failures (
  source TEXT PRIMARY KEY,
  problem TEXT NOT NULL,
  hint TEXT NOT NULL
) STRICT
""",
)
