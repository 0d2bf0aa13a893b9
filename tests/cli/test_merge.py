"""`quotes merge` as a process: one summary line, what was left out is named, bad input is one line."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from indexer.store.writer import Writer

ENTRY = "INSERT INTO authority VALUES ('rosa-lund', 'Rosa Lund', 'person', '', NULL, ?)"


@pytest.fixture
def two(invoke, articles, monkeypatch):
    """Two indexes: `a.db` of a text and a corpus, `b.db` of the corpus and another text."""
    monkeypatch.chdir(articles.parent)
    for db, names in (("a.db", ("harbour.txt", "corpus.jsonl")), ("b.db", ("corpus.jsonl", "winter.md"))):
        done = invoke("index", *(f"articles/{name}" for name in names), "--model", "none", "--db", db)
        assert done.exit_code == 0, done.stderr
    return articles.parent


def ids(quotes, db):
    done = quotes("search", "--speaker", "Tomas Berg", "--db", db, "--format", "jsonl")
    return sorted(line for line in done.stdout.splitlines())


def test_two_indexes_are_joined(quotes, two):
    done = quotes("merge", "b.db", "--db", "a.db")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("Documents: 1 added, 1 unchanged. a.db now holds 3 documents, ")
    assert done.stderr.count("\n") == 1
    again = quotes("merge", "b.db", "--db", "a.db")
    assert again.stderr.startswith("Documents: 2 unchanged. a.db now holds 3 documents, ")
    assert quotes("merge", "a.db", "b.db", "--db", "new.db", "--quiet").stderr == ""
    quotes("index", "articles", "--model", "none", "--db", "all.db")
    assert ids(quotes, "new.db") == ids(quotes, "a.db") == ids(quotes, "all.db") != []
    done = quotes("index", "articles", "--model", "none", "--db", "new.db")
    assert done.stderr.startswith("Documents: 3 unchanged. ")


def test_corrections_come_along(quotes, two):
    key = quotes("search", "fair", "--db", "b.db", "--format", "csv").stdout.splitlines()[1].split(",")[0]
    assert quotes("correct", key, "--nobody", "--db", "b.db").returncode == 0
    done = quotes("merge", "b.db", "--db", "a.db")
    assert "1 added, 1 unchanged. New: 1 correction. a.db now holds" in done.stderr
    assert "nobody is named" not in quotes("corrections", "list", "--db", "a.db").stderr
    assert key in quotes("corrections", "list", "--db", "a.db", "--format", "jsonl").stdout


def test_a_document_that_differs_is_kept_unless_the_other_is_preferred(quotes, two):
    (two / "articles" / "corpus.jsonl").write_text(
        '{"id": "spring", "text": "“The fair was a failure,” said Maria Lindqvist."}\n', encoding="utf-8"
    )
    quotes("index", "articles/corpus.jsonl", "--model", "none", "--db", "b.db")
    done = quotes("merge", "b.db", "--db", "a.db")
    assert done.stderr.startswith("Documents: 1 added, 1 different and left alone. ")
    done = quotes("merge", "b.db", "--db", "a.db", "--prefer-other")
    assert done.stderr.startswith("Documents: 1 changed, 1 unchanged. ")


def test_an_entry_of_the_authority_that_contradicts_ours_is_named(quotes, two):
    for db, number in (("a.db", "Q1"), ("b.db", "Q2")):
        with closing(sqlite3.connect(two / db)) as connection:
            connection.execute(ENTRY, [number])
            connection.commit()
    done = quotes("merge", "b.db", "--db", "a.db", "--quiet")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "quotes: b.db: the authority's entry Rosa Lund (rosa-lund) contradicts this index's own, which stays.\n"
    )


@pytest.mark.parametrize(
    ("others", "problem"),
    [
        (("a.db",), "Error: a.db: this is the index itself. Name another one to join into it\n"),
        (("b.db", "none.db"), "Error: none.db: no index here. Name an index that `quotes index` has made; "),
        (("b.db", "articles"), "Error: articles: not an index (not a file). Name an index that "),
        (("articles/harbour.txt",), "Error: articles/harbour.txt: not an index (not a SQLite file). Name an index "),
        (("newer.db",), "Error: newer.db: written by a newer version (index version 99, this program knows up to "),
        (("busy.db",), "Error: busy.db: another process (pid "),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(quotes, two, others, problem):
    Writer(two / "newer.db").close()
    with closing(sqlite3.connect(two / "newer.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (two / "a.db").read_bytes()
    with Writer(two / "busy.db"):
        done = quotes("merge", *others, "--db", "a.db")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(problem)
    assert (two / "a.db").read_bytes() == before


def test_no_folder_for_the_index(quotes, two):
    done = quotes("merge", "a.db", "--db", "none/new.db")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "there is no folder none" in done.stderr


def test_an_older_index_is_brought_up_to_date_and_its_backup_named(quotes, two):
    with closing(sqlite3.connect(two / "a.db")) as connection:
        connection.execute("PRAGMA user_version = 1")
    done = quotes("merge", "b.db", "--db", "a.db")
    assert done.returncode == 0
    assert done.stderr.splitlines()[0] == (
        f"The index was of an older version and is now up to date. As it was before: {two / 'a.db-backup-v1'}"
    )
