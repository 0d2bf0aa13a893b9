from __future__ import annotations

import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

import indexer
from indexer.store.reader import Reader


def rows(db, sql):
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def documents(db):
    return [key for (key,) in rows(db, "select key from documents order by key")]


def test_the_default_index_is_made_with_its_folder(quotes, articles, tmp_path):
    done = quotes("index", "articles")
    assert (done.returncode, done.stdout) == (0, "")
    assert documents(tmp_path / "db" / "quotes.db") == ["articles/harbour.txt", "articles/winter.md", "spring"]


def test_one_summary_line_at_the_end(quotes, articles):
    done = quotes("index", "articles")
    assert done.stderr.startswith("Documents: 3 added. db/quotes.db now holds 3 documents, ")
    assert done.stderr.count("\n") == 1


def test_indexing_again_changes_nothing(quotes, articles, tmp_path):
    quotes("index", "articles")
    tables = ("documents", "quotations", "speakers", "speaker_aliases", "failures")
    before = {table: rows(tmp_path / "db/quotes.db", f"select * from {table}") for table in tables}
    done = quotes("index", "articles")
    assert done.stderr.startswith("Documents: 3 unchanged.")
    assert before == {table: rows(tmp_path / "db/quotes.db", f"select * from {table}") for table in tables}


def test_a_changed_document_replaces_its_quotations(quotes, articles, tmp_path):
    quotes("index", "articles")
    (articles / "harbour.txt").write_text("“The harbour is closed,” said Eva Holm.\n", encoding="utf-8")
    done = quotes("index", "articles")
    assert done.stderr.startswith("Documents: 1 changed, 2 unchanged.")
    with Reader(tmp_path / "db/quotes.db") as reader:
        assert [hit.text for hit in reader.search(document="articles/harbour.txt")] == ["The harbour is closed,"]
        assert reader.search("century") == []


def test_prune_drops_what_is_no_longer_there(quotes, articles, tmp_path):
    quotes("index", "articles")
    (articles / "winter.md").unlink()
    kept = quotes("index", "articles")
    assert kept.stderr.startswith("Documents: 2 unchanged. db/quotes.db now holds 3 documents")
    pruned = quotes("index", "articles", "--prune")
    assert pruned.stderr.startswith("Documents: 2 unchanged, 1 pruned. db/quotes.db now holds 2 documents")
    assert documents(tmp_path / "db/quotes.db") == ["articles/harbour.txt", "spring"]


def test_prune_keeps_a_document_that_cannot_be_read_just_now(quotes, articles, tmp_path):
    quotes("index", "articles")
    (articles / "harbour.txt").write_bytes(b"")
    (articles / "winter.md").unlink()
    done = quotes("index", "articles", "--prune")
    assert done.returncode == 1
    assert documents(tmp_path / "db/quotes.db") == ["articles/harbour.txt", "spring"]


@pytest.mark.parametrize("broken", ["articles/corpus.jsonl", "elsewhere"])
def test_prune_drops_nothing_while_an_input_fails_that_may_hold_documents(quotes, articles, tmp_path, broken):
    quotes("index", "articles")
    (articles / "winter.md").unlink()
    if broken.endswith("jsonl"):
        (tmp_path / broken).write_text("{no json\n", encoding="utf-8")
    done = quotes("index", "articles", "elsewhere", "--prune")
    assert done.returncode == 1
    assert "nothing was dropped" in done.stderr
    assert len(documents(tmp_path / "db/quotes.db")) == 3


def test_prune_with_nothing_to_read_drops_nothing(quotes, articles, tmp_path):
    quotes("index", "articles")
    assert quotes("index", "nowhere", "--prune").returncode == 2
    assert len(documents(tmp_path / "db/quotes.db")) == 3


def test_standard_input(quotes, tmp_path):
    done = quotes("index", "-", "--db", "in.db", stdin="“It rained,” said Piotr Nowak.\n")
    assert done.returncode == 0
    assert documents(tmp_path / "in.db") == ["-"]


def test_quiet_says_nothing_but_failures(quotes, articles):
    assert quotes("index", "articles", "-q").stderr == ""
    done = quotes("index", "articles", "missing.txt", "--quiet")
    assert done.returncode == 1
    assert done.stderr.startswith("quotes: missing.txt: ")
    assert done.stderr.count("\n") == 1


def test_the_environment_names_the_index(quotes, articles, tmp_path):
    quotes("index", "articles", env={"QUOTES_DB": "mine.db"})
    assert len(documents(tmp_path / "mine.db")) == 3
    assert not (tmp_path / "db").exists()
    assert "Maria Lindqvist" in quotes("speakers", env={"QUOTES_DB": "mine.db"}).stdout
    assert quotes("speakers", "--db", "other.db", env={"QUOTES_DB": "mine.db"}).returncode == 2


def test_progress_on_a_terminal_only(articles, tmp_path):
    """With stderr a terminal there is a bar, and failures are named above it."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "indexer", "index", "articles", "missing.txt"]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "200"}
    with subprocess.Popen(command, cwd=tmp_path, stderr=theirs, stdout=subprocess.PIPE, env=environment) as process:
        os.close(theirs)
        shown = read_all(ours)
        assert process.stdout.read() == b""
    assert process.returncode == 1
    assert "Indexing" in shown
    assert "quotes: missing.txt: " in shown
    assert "Documents: 3 added, 1 failed." in shown


def read_all(terminal):
    parts = []
    with open(terminal, "rb", buffering=0) as stream:  # noqa: PTH123 - a descriptor, not a path
        while True:
            try:
                part = stream.read(4096)
            except OSError:  # Linux says so when the other side is closed
                part = b""
            if not part:
                return b"".join(parts).decode()
            parts.append(part)


def test_ctrl_c_is_one_line_and_keeps_what_is_done(tmp_path):
    line = '{"id": "%d", "text": "“It rained on day %d,” said Piotr Nowak."}\n'
    (tmp_path / "corpus.jsonl").write_text("".join(line % (n, n) for n in range(20000)), encoding="utf-8")
    command = [sys.executable, "-m", "indexer", "index", "corpus.jsonl", "--db", "many.db"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8") as process:
        wait_for_documents(tmp_path / "many.db")
        process.send_signal(signal.SIGINT)
        _, message = process.communicate(timeout=60)
    assert process.returncode == 130
    assert message.startswith("Interrupted. ")
    assert message.count("\n") == 1
    done = documents(tmp_path / "many.db")
    assert 0 < len(done) < 20000
    assert rows(tmp_path / "many.db", "select finished from runs") == [(None,)]
    assert sorted(path.name for path in tmp_path.glob("many.db*")) == ["many.db"]


def wait_for_documents(db, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if db.exists() and rows(db, "select count(*) from documents")[0][0]:
            return
        time.sleep(0.05)
    pytest.fail("no document was indexed in time")


def test_the_library_takes_one_path_as_well_as_many(articles, tmp_path):
    one = indexer.index(articles / "harbour.txt", tmp_path / "one.db")
    assert (one.added, one.failed, one.documents) == (1, 0, 1)
    many = indexer.index([str(articles)], tmp_path / "one.db")
    assert (many.added, many.unchanged, many.documents) == (2, 1, 3)
