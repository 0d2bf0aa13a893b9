"""The schema: what it promises, and that every older one becomes the newest."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.utils import detect_fts
from sqlite_utils import Database

from indexer.domain import Document
from indexer.errors import StoreError
from indexer.store.corrections.anchors import Anchor
from indexer.store.corrections.applying import Decision
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.migrations import APPLICATION_ID, MIGRATIONS, migrate, schema_version
from indexer.store.reader import Reader
from indexer.store.writer import Writer

TABLES = {
    *("documents", "quotations", "speakers", "speaker_aliases", "clusters", "corrections", "runs", "failures"),
    *("appearances", "appearance_blocks", "unsettled_blocks", "speaker_months", "speaker_publishers", "totals"),
    *("speaker_decisions", "authority", "cluster_changes"),
}

ROWS = {
    1: """
INSERT INTO documents (id, key, slug, title, published, text, digest, analyser)
 VALUES (7, 'a.txt', 'a-txt-1', 'Old', '2016-05-01', 'Ms Ito said “Trade is slow.”', 'd', '0');
INSERT INTO speakers (id, slug, name, type, quotations, documents) VALUES (3, 'aiko-ito', 'Aiko Ito', 'person', 1, 1);
INSERT INTO speaker_aliases (speaker_id, name, normal, as_name, as_mention) VALUES (3, 'Aiko Ito', 'aiko-ito', 1, 0);
INSERT INTO speaker_aliases (speaker_id, name, normal, as_name, as_mention) VALUES (3, 'Ms Ito', 'ms-ito', 0, 1);
INSERT INTO quotations (id, key, document_id, "start", "end", text, kind, mention_start, mention_end, mention,
 mention_kind, speaker, speaker_id, speaker_type, confidence, tier, utterance, evidence)
 VALUES (5, '0123456789ab', 7, 13, 27, 'Trade is slow.', 'direct', 0, 6, 'Ms Ito', 'name', 'Aiko Ito', 3, 'person',
 0.95, 'certain', 0, 'x');
INSERT INTO corrections (quotation_key, document_key, "start", "end", speaker)
 VALUES ('0123456789ab', 'a.txt', 13, 27, 'Ito');
INSERT INTO failures (source, problem, hint) VALUES ('b.txt', 'empty', '');
INSERT INTO runs (command, started, finished, added) VALUES ('index', '2026-01-01T00:00:00+00:00', NULL, 1);
""",
    2: """
INSERT INTO documents (id, key, slug, title, published, text, digest, analyser)
 VALUES (7, 'a.txt', 'a-txt-1', 'Old', '2016-05-01', 'Ms Ito said “Trade is slow.”', 'd', '0');
INSERT INTO speakers (id, slug, name, normal, type, quotations, documents)
 VALUES (2938380752712859, 'aiko-ito', 'Aiko Ito', 'aiko-ito', 'person', 1, 1);
INSERT INTO speaker_aliases (speaker_id, name, normal, as_name, as_mention)
 VALUES (2938380752712859, 'Aiko Ito', 'aiko-ito', 1, 0), (2938380752712859, 'Ms Ito', 'ms-ito', 0, 1);
INSERT INTO appearances (id, document_id, name, normal, type, also, speaker_id, reason)
 VALUES (1, 7, 'Aiko Ito', 'aiko-ito', 'person', 'ms-ito', 2938380752712859, '');
INSERT INTO appearance_blocks VALUES ('ito', 1), ('aiko-ito', 1);
INSERT INTO speaker_months VALUES (2938380752712859, '2016-05', 1);
INSERT INTO totals VALUES ('kind', 'direct', 1), ('month', '2016-05', 1), ('tier', 'certain', 1);
INSERT INTO quotations (id, key, document_id, "start", "end", text, kind, mention_start, mention_end, mention,
 mention_kind, speaker, speaker_id, speaker_type, confidence, tier, utterance, evidence, appearance_id)
 VALUES (2016050100000001, '0123456789ab', 7, 13, 27, 'Trade is slow.', 'direct', 0, 6, 'Ms Ito', 'name', 'Aiko Ito',
 2938380752712859, 'person', 0.95, 'certain', 0, 'x', 1);
INSERT INTO failures (source, problem, hint) VALUES ('b.txt', 'empty', '');
INSERT INTO runs (command, started, finished, added) VALUES ('index', '2026-01-01T00:00:00+00:00', NULL, 1);
""",
    3: """
INSERT INTO documents (id, key, slug, title, published, text, digest, analyser)
 VALUES (7, 'a.txt', 'a-txt-1', 'Old', '2016-05-01', 'Ms Ito said “Trade is slow.”', 'd', '0');
INSERT INTO speakers (id, slug, name, normal, type, quotations, documents)
 VALUES (2938380752712859, 'aiko-ito', 'Aiko Ito', 'aiko-ito', 'person', 1, 1);
INSERT INTO speaker_aliases (speaker_id, name, normal, as_name, as_mention)
 VALUES (2938380752712859, 'Aiko Ito', 'aiko-ito', 1, 0), (2938380752712859, 'Ms Ito', 'ms-ito', 0, 1);
INSERT INTO appearances (id, document_id, name, normal, type, also, speaker_id, reason)
 VALUES (1, 7, 'Aiko Ito', 'aiko-ito', 'person', 'ms-ito', 2938380752712859, '');
INSERT INTO appearance_blocks VALUES ('ito', 1), ('aiko-ito', 1);
INSERT INTO speaker_months VALUES (2938380752712859, '2016-05', 1);
INSERT INTO totals VALUES ('kind', 'direct', 1), ('month', '2016-05', 1), ('tier', 'certain', 1);
INSERT INTO corrections (id, quotation_key, document_key, "start", "end", words, "before", "after", speaker,
 speaker_type, was, note, who, made)
 VALUES (4, '0123456789ab', 'a.txt', 13, 27, 'Trade is slow.', 'Ms Ito said “', '”', 'Aiko Ito', 'person',
 '{"kind": "direct", "speaker": "Ito"}', 'her full name', 'Ines', '2026-11-01T00:00:00+00:00');
INSERT INTO quotations (id, key, document_id, "start", "end", text, kind, mention_start, mention_end, mention,
 mention_kind, speaker, speaker_id, speaker_type, confidence, tier, utterance, evidence, appearance_id, correction_id,
 machine)
 VALUES (2016050100000001, '0123456789ab', 7, 13, 27, 'Trade is slow.', 'direct', 0, 6, 'Ms Ito', 'name', 'Aiko Ito',
 2938380752712859, 'person', 1.0, 'certain', 0, 'Corrected by Ines on 2026-11-01: her full name', 1, 4, '[]');
INSERT INTO failures (source, problem, hint) VALUES ('b.txt', 'empty', '');
INSERT INTO runs (command, started, finished, added) VALUES ('index', '2026-01-01T00:00:00+00:00', NULL, 1);
""",
}
ROWS[4] = f"""{ROWS[3]}
INSERT INTO clusters (id, key, quotations, documents, publishers, first, last)
 VALUES (9, 'fedcba987654', 2, 2, 1, '2016-05-01', '2016-05-02');
UPDATE quotations SET cluster_id = 9;
"""
ROWS[5] = ROWS[4]
ROWS[6] = ROWS[5]
"""Rows as a program of each schema wrote them. A new migration adds its own entry; those that stand stay."""


@pytest.fixture
def connection(fill: Callable[..., Path]) -> Iterator[sqlite3.Connection]:
    """A connection to a new, empty index."""
    with closing(sqlite3.connect(fill())) as opened:
        yield opened


def names_of_migrations() -> list[str]:
    """The migrations in order."""
    with closing(Database(memory=True)) as empty:
        return [migration.name for migration in MIGRATIONS.pending(empty)]


def schema(path: Path) -> tuple[int, int, set[tuple[str, str]]]:
    """Application id, version and every statement of a schema."""
    with closing(sqlite3.connect(path)) as connection:
        statements = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL")
        kept = {row for row in statements if not row[0].startswith("sqlite_stat")}
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return application, version, kept


def build(path: Path, version: int, rows: str = "") -> None:
    """An index as the program of that schema version left it."""
    later = names_of_migrations()[version:]
    with closing(sqlite3.connect(path)) as connection:
        migrate(Database(connection), stop_before=later[0] if later else None)
        connection.executescript(rows)
        connection.commit()


def test_all_tables_are_there_and_strict(connection: sqlite3.Connection) -> None:
    listed = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    strict = dict(row for row in listed if not row[0].startswith(("sqlite_", "_sqlite", "quotations_fts")))
    assert strict == dict.fromkeys(TABLES, 1)


def test_a_value_of_the_wrong_type_is_refused(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER column"):
        connection.execute("INSERT INTO speakers (slug, name, type, quotations) VALUES ('a', 'a', 'person', 'many')")


def test_every_foreign_key_has_an_index(connection: sqlite3.Connection) -> None:
    found = 0
    for table in sorted(TABLES):
        indexes = [row[1] for row in connection.execute(f"PRAGMA index_list({table})")]
        first_columns = {connection.execute(f"PRAGMA index_info({name})").fetchone()[2] for name in indexes}
        keys = {row[3] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
        assert keys <= first_columns, table
        found += len(keys)
    assert found == 9


def test_a_new_index_says_what_it_is(db: Path, fill: Callable[..., Path]) -> None:
    application, version, _ = schema(fill())
    assert (application, version) == (APPLICATION_ID, schema_version())
    assert version == len(names_of_migrations()) >= 1


def test_rows_are_known_for_every_schema() -> None:
    assert sorted(ROWS) == list(range(1, schema_version() + 1))


@pytest.mark.parametrize("version", range(1, schema_version() + 1))
@pytest.mark.parametrize("with_rows", [False, True])
def test_every_older_schema_becomes_the_newest(
    tmp_path: Path, version: int, with_rows: bool, fill: Callable[..., Path], sound: Callable[[Path], None]
) -> None:
    old = tmp_path / "old.db"
    build(old, version, ROWS[version] if with_rows else "")
    Writer(old).close()
    assert schema(old) == schema(fill())
    sound(old)
    with Reader(old) as reader:
        assert reader.stats()["quotations"] == int(with_rows)
        if with_rows:
            assert reader.quotation("0123456789ab").hit.speaker == "Aiko Ito"
            assert [hit.document for hit in reader.search("trade", speaker="ms ito")] == ["a.txt"]


def test_rows_of_an_old_index_are_kept_up_to_date(
    tmp_path: Path, article: Callable[..., Any], sound: Callable[[Path], None]
) -> None:
    old = tmp_path / "old.db"
    build(old, 1, ROWS[1])
    document, found = article("a.txt", "Putin | said | Trade is fast. | Putin | person")
    with Writer(old) as writer:
        assert writer.write(document, found, "1") == "changed"
    sound(old)
    with Reader(old) as reader:
        assert [row.name for row in reader.speakers()] == ["Putin"]


def test_an_old_correction_is_carried_over_with_its_words(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    lost = (
        "INSERT INTO corrections (quotation_key, document_key, \"start\", \"end\", kind) VALUES ('9', 'b', 1, 2, 'x');"
    )
    build(old, 1, ROWS[1] + lost)
    Writer(old).close()
    with CorrectionReader(old) as reader:
        first, second = reader.corrections()
    assert (first.state, first.correction.key, first.correction.decision.speaker) == ("standing", "0123456789ab", "Ito")
    assert first.correction.anchor == Anchor(13, 27, "Trade is slow.", "Ms Ito said “", "”")
    assert (second.state, second.correction.anchor) == ("orphaned", Anchor(1, 2, "", "", ""))
    assert second.correction.decision == Decision()


def test_an_old_correction_counts_when_its_document_is_indexed_again(
    tmp_path: Path, sound: Callable[[Path], None]
) -> None:
    old = tmp_path / "old.db"
    build(old, 1, ROWS[1])
    with Writer(old) as writer:
        writer.write(Document("a.txt", "On Monday Ms Ito said “Trade is slow.” again."), [], "1")
    sound(old)
    with Reader(old) as reader:
        hit = reader.quotation("0123456789ab").hit
    assert (hit.text, hit.speaker, hit.tier, hit.evidence) == ("Trade is slow.", "Ito", "certain", "Corrected")


@pytest.mark.parametrize("version", range(1, schema_version()))
def test_an_older_index_is_backed_up_before_it_is_migrated(
    tmp_path: Path, version: int, dump: Callable[[Path], Any]
) -> None:
    old = tmp_path / "old.db"
    build(old, version, ROWS[version])
    old.chmod(0o640)
    before = schema(old), dump(old)
    for number in ("", "-2", "-3"):
        with Writer(old) as writer:
            assert writer.backup == tmp_path / f"old.db-backup-v{version}{number}"
        assert (schema(writer.backup), dump(writer.backup)) == before
        assert writer.backup.stat().st_mode & 0o777 == 0o640
        shutil.copy(writer.backup, old)
    assert len(list(tmp_path.iterdir())) == 4


def test_an_index_of_the_newest_schema_is_not_backed_up(db: Path, fill: Callable[..., Path]) -> None:
    with Writer(fill()) as writer:
        assert writer.backup is None
    assert list(db.parent.iterdir()) == [db]


def test_what_a_killed_backup_left_is_no_obstacle(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    build(old, 1, ROWS[1])
    for name in ("old.db-backup-unfinished", "old.db-backup-unfinished-journal"):
        (tmp_path / name).write_text("half a backup")
    Writer(old).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.db", "old.db-backup-v1"]


def test_an_index_is_left_as_it_was_where_no_backup_can_be_made(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    build(old, 1, ROWS[1])
    before = old.read_bytes()
    (tmp_path / "old.db-backup-unfinished").mkdir()
    with pytest.raises(StoreError, match="no backup of it can be made") as caught:
        Writer(old)
    assert caught.value.hint
    assert old.read_bytes() == before


@pytest.mark.parametrize("version", range(1, schema_version()))
def test_an_index_is_left_as_it_was_where_it_cannot_be_migrated(
    tmp_path: Path, version: int, dump: Callable[[Path], Any]
) -> None:
    old = tmp_path / "old.db"
    tables = {1: "speaker_months", 2: "quotations_corrected", 3: "cluster_changes"}
    in_the_way = {number: f"CREATE TABLE {name} (mine TEXT)" for number, name in tables.items()}
    in_the_way[4] = "CREATE TRIGGER cluster_changes_settled AFTER DELETE ON runs BEGIN SELECT 1; END"
    in_the_way[5] = "CREATE TABLE quotations_to_review (mine TEXT)"
    build(old, version, f"{ROWS[version]}; {in_the_way[version]};")
    before = schema(old), dump(old)
    with pytest.raises(StoreError, match="already"):
        Writer(old)
    assert (schema(old), dump(old)) == before
    assert list(tmp_path.iterdir()) == [old]


def test_migrating_twice_changes_nothing(db: Path, fill: Callable[..., Path]) -> None:
    before = schema(fill())
    assert schema(fill()) == before


def test_datasette_finds_the_full_text_index(
    article: Callable[..., Any], fill: Callable[..., Path], connection: sqlite3.Connection
) -> None:
    assert detect_fts(connection, "quotations") == "quotations_fts"
    path = fill(article("a.txt", "Ito | said | An alliance. | Ito | person", "Ito | said | Nothing. | Ito | person"))

    async def found() -> list[str]:
        site = Datasette([str(path)])
        answer = await site.client.get("/quotes/quotations.json?_search=alliances&_shape=array")
        for database in site.databases.values():
            database.close()
        return [row["text"] for row in answer.json()]

    assert asyncio.run(found()) == ["An alliance."]
