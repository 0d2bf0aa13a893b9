"""The copy for the world holds what may be published, and not a byte of anything else."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from indexer.domain import Attribution, Document, Failure, Passage, Quotation
from indexer.errors import IndexBusy, NotAnIndex, StoreError
from indexer.store.corrections.applying import Decision
from indexer.store.lock import WriterLock
from indexer.store.publishing.columns import DOCUMENTS, LEFT_OUT, QUOTATIONS, SELECTED, WHOLE
from indexer.store.publishing.copying import copy_index, row_counts
from indexer.store.reader import Reader
from indexer.store.speakers.desk import Deciding, SpeakerDesk
from indexer.store.writer import Writer

SECRET = "zanzibar"
"""A word of everything that must not be published."""
KEY = f"/home/{SECRET}/news/harbour.txt"
PADDING = "Cranes stood idle all along the quay while clerks counted crates. " * 12
TEXT = "\n\n".join(
    (
        f"The {SECRET} paragraph opens the article.",
        PADDING,
        "“The harbour is full,” said Ada Moor. The so-called “quiet” was short.",
        PADDING,
        f"A “{SECRET} term” stands here, far away.",
        PADDING,
        "“Come back in May,” she said.",
    )
)


@pytest.fixture
def index(tmp_path):
    """An index with corrections, decisions about speakers, failures and texts that hold a secret word."""
    db = tmp_path / "desk.db"
    document = Document(KEY, TEXT, title="Harbour", published="2024-05-01", url=f"file:///{SECRET}.html")
    with Writer(db, command=f"index /home/{SECRET}") as writer:
        writer.write(document, list(attributions()), "1")
        writer.write(Document("web/1", TEXT, title="Again", url="https://news.example/1"), list(attributions()), "1")
        writer.fail(Failure(f"/home/{SECRET}/torn.md", "torn", "mend it"))
    with Reader(db) as reader:
        keys = {hit.text: hit.key for hit in reader.document(KEY).hits}
    with Writer(db, command=f"correct {SECRET}") as writer:
        decided = Decision(speaker="Ida Moor", speaker_type="person")
        undone = writer.correct(keys["Come back in May,"], decided, note=SECRET, who=SECRET)
        writer.undo(undone, who=SECRET)
        writer.correct(keys["The harbour is full,"], decided, note=f"{SECRET} rang", who="Zora Quill")
    with SpeakerDesk(db, command=SECRET) as desk:
        desk.merge("Ida Moor", "Ada Moor", Deciding(SECRET))
        desk.rename("Ada Moor", "Ada K. Moor", Deciding(SECRET, SECRET))
    return db


def attributions():
    for number, (words, kind, speaker) in enumerate(
        [
            ("The harbour is full,", "direct", "Ada Moor"),
            ("quiet", "term", None),
            (f"{SECRET} term", "term", None),
            ("Come back in May,", "direct", "Ada Moor"),
        ]
    ):
        start = TEXT.index(words)
        quotation = Quotation(start, start + len(words), words, kind, number)
        cue = Passage(start + len(words) + 2, start + len(words) + 6, "said") if words.startswith("The") else None
        yield Attribution(quotation, cue=cue, speaker=speaker, speaker_type=speaker and "person", confidence=0.95)


def copied(index, **choices):
    copy = index.with_name("copy.db")
    copy_index(str(index), copy, **choices)
    return copy


def rows(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_a_copy_with_full_texts_reads_as_the_index_does(index):
    with Reader(index) as before, Reader(copied(index)) as after:
        kept = ("documents", "quotations", "attributed", "speakers")
        assert [after.stats()[name] for name in kept] == [before.stats()[name] for name in kept]
        assert after.stats()["failures"] == 0
        found = [(hit.key, hit.text, hit.speaker, hit.start, hit.snippet) for hit in after.search("harbour")]
        assert (
            found
            == [(hit.key, hit.text, hit.speaker, hit.start, hit.snippet) for hit in before.search("harbour")]
            != []
        )
        assert after.top_speakers() == before.top_speakers()
        assert after.tallies("month") == before.tallies("month")
        assert after.document("web/1") == before.document("web/1")


def test_an_excerpt_holds_no_byte_of_what_is_left_out(index):
    copy = copied(index, full_text=False)
    assert SECRET not in copy.read_bytes().decode("utf-8", "replace").lower()
    assert SECRET in index.read_bytes().decode("utf-8", "replace").lower()
    assert {path.name for path in index.parent.iterdir()} == {"desk.db", "copy.db"}


def test_with_full_texts_only_the_texts_hold_it(index):
    copy = copied(index)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE documents SET text = ''")
        connection.execute("DELETE FROM quotations WHERE kind = 'term'")
        connection.execute("INSERT INTO quotations_fts (quotations_fts) VALUES ('rebuild')")
        connection.commit()
        connection.execute("VACUUM")
    assert SECRET not in copy.read_bytes().decode("utf-8", "replace").lower()


@pytest.mark.parametrize("full_text", [True, False])
def test_every_passage_is_where_it_says(index, full_text):
    copy = copied(index, full_text=full_text)
    for name in ("", "cue_", "mention_"):
        words = "q.text" if not name else f"q.{name[:-1]}"
        wrong = f'substr(d.text, q."{name}start" + 1, q."{name}end" - q."{name}start") <> {words}'
        assert (
            rows(copy, f"SELECT q.text FROM quotations q JOIN documents d ON d.id = q.document_id WHERE {wrong}") == []
        )
    assert rows(copy, "SELECT count(cue) FROM quotations") == [(1,)]


def test_terms_go_with_the_text_around_them(index):
    terms = "SELECT text FROM quotations WHERE kind = 'term' AND document_id = 1"
    assert rows(copied(index, full_text=False), terms) == [("quiet",)]


def test_of_a_correction_there_is_what_came_of_it(index):
    copy = copied(index)
    columns = "speaker, words, before, after, was, note, who, span_words, undone, document_key"
    assert rows(copy, f"SELECT {columns} FROM corrections") == [
        ("Ida Moor", "The harbour is full,", "", "", "{}", "", "", None, None, "harbour.txt")
    ]
    assert rows(copy, "SELECT count(machine), count(correction_id) FROM quotations") == [(0, 1)]


def test_who_corrected_is_told_when_asked_for(index):
    assert rows(copied(index, names=True), "SELECT who, note FROM corrections") == [("Zora Quill", "")]


def test_the_copy_is_one_compact_file_that_sqlite_finds_no_fault_with(index):
    copy = copied(index)
    assert rows(copy, "PRAGMA integrity_check") == [("ok",)]
    assert rows(copy, "PRAGMA foreign_key_check") == []
    assert rows(copy, "PRAGMA journal_mode") == [("delete",)]
    assert rows(copy, "PRAGMA freelist_count") == [(0,)]
    assert rows(copy, "SELECT count(*) > 0 FROM sqlite_stat1") == [(1,)]
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("INSERT INTO quotations_fts (quotations_fts, rank) VALUES ('integrity-check', 1)")
    assert row_counts(str(copy))["documents"] == 2


def test_a_copy_can_be_brought_up_to_date_like_any_index(index):
    copy = copied(index)
    with Writer(copy) as writer:
        writer.write(Document("new", "“Yes,” said Per Lund."), [], "1")
        writer.prune({"new"})
    with Reader(copy) as reader:
        assert reader.stats()["documents"] == 1
        assert reader.search("harbour") == []


def test_a_table_or_a_column_that_somebody_added_stays_at_home(index):
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("CREATE TABLE notes (text)")
        connection.execute(f"INSERT INTO notes VALUES ('{SECRET}')")
        connection.execute(f"ALTER TABLE documents ADD COLUMN source_name TEXT DEFAULT '{SECRET}'")
        connection.commit()
    copy = copied(index, full_text=False)
    assert SECRET not in copy.read_bytes().decode("utf-8", "replace").lower()


def test_of_every_column_it_is_said_whether_it_is_published(tmp_path):
    Writer(tmp_path / "empty.db").close()
    tables = {
        table for table in row_counts(str(tmp_path / "empty.db")) if not table.startswith(("sqlite_", "_sqlite_"))
    }
    tables = {table for table in tables if not table.startswith("quotations_fts")}
    published = {"documents": DOCUMENTS, "quotations": QUOTATIONS, **WHOLE}
    published |= {table: columns for table, (columns, _) in SELECTED.items()}
    assert tables == set(published) | set(LEFT_OUT)
    for table in set(published) - set(LEFT_OUT):
        columns = {row[1] for row in rows(tmp_path / "empty.db", f"PRAGMA table_info({table})")}
        assert columns == {name.strip(' "') for name in published[table].split(",")}, table


def test_an_empty_index_can_be_published(tmp_path):
    Writer(tmp_path / "desk.db").close()
    with Reader(copied(tmp_path / "desk.db", full_text=False)) as reader:
        assert reader.stats()["documents"] == 0


def test_an_index_that_is_being_written_is_not_copied(index):
    lock = WriterLock(str(index), "index more")
    with pytest.raises(IndexBusy, match="quotes index more"):
        copied(index)
    lock.release()


def test_an_index_of_a_stopped_run_is_not_copied(index):
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("INSERT INTO unsettled_blocks VALUES ('moor')")
        connection.commit()
    with pytest.raises(StoreError, match="stopped before it knew who is who"):
        copied(index)
    assert not index.with_name("copy.db").exists()


def test_a_damaged_index_is_named(index):
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("UPDATE documents SET text = zeroblob(20000) || text WHERE 0")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET rootpage = 999999 WHERE name = 'clusters'")
        connection.commit()
    with pytest.raises(StoreError, match=r"desk\.db: the index is damaged"):
        copied(index)
    assert {path.name for path in index.parent.iterdir()} == {"desk.db"}


def test_what_is_no_index_is_refused(tmp_path):
    (tmp_path / "desk.db").write_bytes(b"no database")
    with pytest.raises(NotAnIndex):
        copied(tmp_path / "desk.db")
