"""Corrections when processes are killed, the index is busy, or nothing may be written: nothing half, nothing lost."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from indexer.store.corrections.applying import Decision
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.writer import Writer

SEED = int(os.environ.get("QUOTES_SEED", "20261123"))
DOCUMENTS = 40
KILLS = 6
TEXT = "“The {0} bridge was open for {0} days,” said Ada Moor.\n\nBoris Lund called it “a waste of {0} million”.\n"

CORRECTING = """
import sys
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.corrections.applying import Decision
from indexer.store.writer import Writer
with CorrectionReader(sys.argv[1]) as reader:
    keys = [hit.key for hit in reader.search(limit=None)]
with Writer(sys.argv[1]) as writer:
    print("ready", flush=True)
    for key in keys * 50:
        writer.correct(key, Decision(speaker="Clara Okafor"), who="Ines")
"""


@pytest.fixture(scope="module")
def chance():
    print(f"seed {SEED}: repeat with QUOTES_SEED={SEED}")
    return random.Random(SEED)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, executable):
    """Articles, their index with ten corrections, and then every article edited."""
    folder = tmp_path_factory.mktemp("corrected")
    write(folder, "")
    index(executable, folder, "base.db").communicate()
    with CorrectionReader(folder / "base.db") as reader:
        keys = [hit.key for hit in reader.search("waste", limit=10)]
    with Writer(folder / "base.db") as writer:
        for key in keys:
            writer.correct(key, Decision(speaker="Clara Okafor", speaker_type="person"), who="Ines", note="heard")
    write(folder, "A new first paragraph stands here.\n\n")
    return folder


def write(folder, before):
    (folder / "news").mkdir(exist_ok=True)
    for number in range(DOCUMENTS):
        (folder / "news" / f"{number:03}.txt").write_text(before + TEXT.format(number + 2), encoding="utf-8")


def index(executable, folder, db):
    args = [*executable, "index", "news", "--model", "none", "--db", db]
    return subprocess.Popen(args, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8")


def edited(db):
    """How many documents of an index are the edited ones."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute("SELECT count(*) FROM documents WHERE text LIKE 'A new%'").fetchone()[0]


def test_indexing_again_that_is_killed_leaves_the_corrections(executable, folder, chance, dump):
    shutil.copy(folder / "base.db", folder / "whole.db")
    with index(executable, folder, "whole.db") as process:
        process.communicate()
    expected, seen = dump(folder / "whole.db"), []
    assert sum(row is not None for row in corrected(folder / "whole.db")) == 10
    for number in range(KILLS):
        db = folder / f"killed-{number}.db"
        shutil.copy(folder / "base.db", db)
        with index(executable, folder, db.name) as process:
            while process.poll() is None and not edited(db):
                time.sleep(0.001)
            time.sleep(chance.random() * 0.1)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        seen.append(edited(db))
        assert len(corrected(db)) == 10, "each document has its corrections, whether it was reached or not"
        with index(executable, folder, db.name) as process:
            process.communicate()
        assert dump(db) == expected
    print(f"documents done at each kill: {seen}")


def corrected(db):
    """The quotations that a person decided."""
    sql = "SELECT key FROM quotations WHERE correction_id IS NOT NULL AND speaker = 'Clara Okafor' AND confidence = 1"
    with closing(sqlite3.connect(db)) as connection:
        return [key for (key,) in connection.execute(sql)]


def test_correcting_that_is_killed_leaves_whole_decisions(folder, chance, dump, tmp_path):
    counts = []
    for _ in range(KILLS):
        db = shutil.copy(folder / "base.db", tmp_path / "own.db")
        command = [sys.executable, "-c", CORRECTING, str(db)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
            assert process.stdout.readline() == "ready\n"
            time.sleep(chance.random() * 0.3)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        dump(db)
        with CorrectionReader(db) as reader:
            log = reader.corrections()
        newest = {each.correction.key: each.correction.id for each in log}
        with closing(sqlite3.connect(db)) as connection:
            sql = "SELECT key, correction_id FROM quotations WHERE correction_id IS NOT NULL"
            assert dict(connection.execute(sql)) == newest, "what is in the log is in the quotations"
        counts.append(len(log) - 10)
        with Writer(db) as writer:
            writer.correct(log[0].correction.key, Decision(nobody=True))
        for leftover in tmp_path.glob("own.db*"):
            leftover.unlink()
    print(f"corrections made at each kill: {counts}")
    assert max(counts) > 0


@pytest.fixture
def own(folder, tmp_path):
    return shutil.copy(folder / "base.db", tmp_path / "own.db")


def commands(db):
    with CorrectionReader(db) as reader:
        key = reader.search("days", limit=1)[0].key
    return [["correct", key, "--nobody"], ["corrections", "undo", "1"]]


def test_an_index_that_may_not_be_written_is_one_line(quotes, own, tmp_path):
    before = own.read_bytes()
    tmp_path.chmod(0o555)
    try:
        for command in commands(own):
            done = quotes(*command, "--db", "own.db")
            assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
            assert done.stderr.startswith("Error: own.db: ")
        assert quotes("corrections", "--db", "own.db").returncode == 0
    finally:
        tmp_path.chmod(0o755)
    assert own.read_bytes() == before


def test_an_index_that_is_busy_is_one_line(quotes, own):
    asked = commands(own)
    with Writer(own):
        for command in asked:
            done = quotes(*command, "--db", "own.db")
            assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
            assert f"(pid {os.getpid()}) is writing to this index" in done.stderr


@pytest.mark.parametrize("command", [["correct", "abc", "--nobody"], ["corrections"], ["corrections", "undo", "1"]])
def test_no_index_yet(quotes, command):
    done = quotes(*command)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "quotes index" in done.stderr
