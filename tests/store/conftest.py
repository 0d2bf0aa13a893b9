"""Small documents whose quotations are where the test says they are, and what to look at in an index."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from indexer.domain import Attribution, Document, Mention, Passage, Quotation
from indexer.store.migrations import MIGRATIONS, migrate
from indexer.store.reader import Reader
from indexer.store.writer import Writer

NOBODY = 65534
Found = tuple[Document, list[Attribution]]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where the index of this test is to be."""
    return tmp_path / "quotes.db"


@pytest.fixture
def article() -> Callable[..., Found]:
    """A document of lines `mention | cue | words | speaker | type`, with the attributions that the lines say."""
    return make_article


@pytest.fixture
def fill(db: Path) -> Callable[..., Path]:
    """Write articles into the index of this test, in the order given."""

    def write(*articles: Found, analyser: str = "1") -> Path:
        with Writer(db, command="test") as writer:
            for document, attributions in articles:
                if writer.needs(document, analyser):
                    writer.write(document, attributions, analyser)
        return db

    return write


@pytest.fixture
def dump() -> Callable[[Path], dict[str, list[Any]]]:
    """All rows of all tables but what the time of a run leaves behind."""
    return read_all_tables


@pytest.fixture
def contents() -> Callable[[Path], dict[str, Any]]:
    """All that an index says, without row ids: what has to be the same in whatever order it was built."""
    return read_contents


@pytest.fixture
def sound() -> Callable[[Path], None]:
    """Assert that every table agrees with every other one."""
    return check_soundness


@pytest.fixture
def old_index() -> Callable[[Path, int, str], None]:
    """Make an index as the program of a schema version left it, with these rows (SQL)."""
    return make_old_index


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder that everybody may enter and nobody but its owner may change; the temporary folder is not so."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def unprivileged() -> Callable[[], AbstractContextManager[None]]:
    """Inside, permissions count: root may do anything, so it becomes nobody."""

    @contextmanager
    def become() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return become


def make_article(key: str, *lines: str, **metadata: str) -> Found:
    """`Ms Ito | said | Trade is slow. | Aiko Ito | person`, one a paragraph; type `term` makes the words a term."""
    text, attributions = "", []
    for number, line in enumerate(lines):
        mention, cue, words, speaker, speaker_type = (part.strip() for part in line.split("|"))
        before = f"{mention} {cue} “"
        start = len(text) + len(before)
        end = start + len(words)
        mentioned = (len(text), len(text) + len(mention), mention)
        attributions.append(
            Attribution(
                quotation=Quotation(start, end, words, "term" if speaker_type == "term" else "direct", number),
                cue=Passage(mentioned[1] + 1, mentioned[1] + 1 + len(cue), cue) if cue else None,
                mention=Mention(*mentioned, kind="pronoun" if mention in ("he", "she") else "name")
                if speaker
                else None,
                speaker=speaker or None,
                speaker_type=(speaker_type or None) if speaker else None,  # type: ignore[arg-type]
                confidence=0.95 if speaker else 0.0,
                evidence="the test says so",
            )
        )
        text += f"{before}{words}”\n\n"
    return Document(key, text, **metadata), attributions


def make_old_index(path: Path, version: int, rows: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        later = [migration.name for migration in MIGRATIONS.pending(db)][version:]
        migrate(db, stop_before=later[0] if later else None)
        connection.executescript(rows)
        connection.commit()


def read_all_tables(path: Path) -> dict[str, list[Any]]:
    """Every row of every table, those of runs, of applied migrations and of SQLite's statistics left out."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        kept = [name for name in names if name not in ("runs", "_sqlite_migrations", "sqlite_stat1", "sqlite_stat4")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in kept}


def read_contents(path: Path) -> dict[str, Any]:
    """Documents with their hits, speakers and failures, as the reader gives them."""
    with Reader(path) as reader, closing(sqlite3.connect(path)) as connection:
        keys = [row[0] for row in connection.execute("SELECT key FROM documents ORDER BY key")]
        return {
            "documents": [reader.document(key) for key in keys],
            "speakers": reader.speakers(),
            "failures": reader.failures(),
            "stats": reader.stats(),
        }


def check_soundness(path: Path) -> None:
    """Foreign keys, full-text index, counts and aliases follow from the quotations."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("INSERT INTO quotations_fts (quotations_fts, rank) VALUES ('integrity-check', 1)")
        counted = "SELECT speaker_id, count(*), count(DISTINCT document_id) FROM quotations WHERE speaker_id NOT NULL"
        assert set(connection.execute("SELECT id, quotations, documents FROM speakers")) == set(
            connection.execute(f"{counted} GROUP BY 1")
        )
        assert set(connection.execute("SELECT speaker_id, name, as_name, as_mention FROM speaker_aliases")) == set(
            connection.execute(
                "SELECT speaker_id, name, sum(as_name), sum(as_mention) FROM ("
                " SELECT speaker_id, speaker AS name, 1 AS as_name, 0 AS as_mention FROM quotations"
                " UNION ALL SELECT speaker_id, mention, 0, 1 FROM quotations WHERE mention_kind = 'name')"
                " WHERE speaker_id NOT NULL GROUP BY 1, 2"
            )
        )
        for table, scan in SCANS.items():
            assert set(connection.execute(f"SELECT * FROM {table}")) == set(connection.execute(scan)), table
        torn = (
            "SELECT q.id FROM quotations q LEFT JOIN appearances a"
            " ON a.id = q.appearance_id AND a.speaker_id = q.speaker_id AND a.document_id = q.document_id"
            " WHERE q.speaker_id NOT NULL AND a.id IS NULL"
        )
        assert connection.execute(torn).fetchall() == []


_SPOKEN = "FROM quotations q JOIN documents d ON d.id = q.document_id WHERE q.kind <> 'term'"
_SPOKEN_BY = f"{_SPOKEN} AND q.speaker_id NOT NULL"
_MONTH = "substr(coalesce(q.said_on, d.published, ''), 1, 7)"
SCANS = {
    "speaker_months": f"SELECT q.speaker_id, {_MONTH}, count(*) {_SPOKEN_BY} GROUP BY 1, 2",
    "speaker_publishers": f"SELECT q.speaker_id, d.publisher, count(*) {_SPOKEN_BY} AND d.publisher > '' GROUP BY 1, 2",
    "totals": f"SELECT 'kind', q.kind, count(*) {_SPOKEN} GROUP BY 2"
    f" UNION ALL SELECT 'tier', q.tier, count(*) {_SPOKEN_BY} GROUP BY 2"
    f" UNION ALL SELECT 'month', {_MONTH}, count(*) {_SPOKEN} GROUP BY 2"
    f" UNION ALL SELECT 'publisher', d.publisher, count(*) {_SPOKEN} AND d.publisher > '' GROUP BY 2",
}
"""What each table of counts must hold, by scanning for it."""
