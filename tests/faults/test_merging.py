"""Joining indexes when the process is killed: nothing half, and the next run goes on."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from indexer.store.reader import Reader
from indexer.store.writer import Writer

SEED = int(os.environ.get("QUOTES_SEED", "20261123"))
DOCUMENTS = 400
KILLS = 4
TEXT = "“The {0} bridge was open for {0} days,” said Ada Moor.\n\nBoris Lund called it “a waste of {0} million”.\n"
DECISIONS = (
    "INSERT INTO speaker_decisions VALUES"
    " (1, 'rename', 'boris-lund', 'Dr Lund', NULL, NULL, '', 'x', '2026', NULL, NULL)"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, executable):
    """`one.db` with few documents, `other.db` with many, ten of them corrected, and a speaker renamed."""
    from indexer.store.corrections.applying import Decision

    folder = tmp_path_factory.mktemp("joined")
    for db, first, last in (("one.db", 0, 20), ("other.db", 10, DOCUMENTS)):
        news = [
            {"id": f"{number}", "text": "".join(TEXT.format(number + each) for each in range(2, 12))}
            for number in range(first, last)
        ]
        (folder / "news.jsonl").write_text("\n".join(map(json.dumps, news)), encoding="utf-8")
        subprocess.run([*executable, "index", "news.jsonl", "--model", "none", "--db", db], cwd=folder, check=True)
    with Reader(folder / "other.db") as reader:
        keys = [hit.key for hit in reader.search("waste", limit=10)]
    with Writer(folder / "other.db") as writer:
        for key in keys:
            writer.correct(key, Decision(speaker="Clara Okafor", speaker_type="person"), who="Ines")
    with closing(sqlite3.connect(folder / "other.db")) as connection:
        connection.execute(DECISIONS)
        connection.commit()
    return folder


def merging(executable, folder, db):
    command = [*executable, "merge", "other.db", "--db", db]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8")


def rows(db, table):
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_merging_that_is_killed_goes_on_where_it_was(executable, folder, dump):
    chance = random.Random(SEED)
    print(f"seed {SEED}: repeat with QUOTES_SEED={SEED}")
    shutil.copy(folder / "one.db", folder / "whole.db")
    with merging(executable, folder, "whole.db") as process:
        process.communicate()
    expected, seen = dump(folder / "whole.db"), []
    assert len(expected["documents"]) == DOCUMENTS
    assert len(expected["corrections"]) == 10
    other = (folder / "other.db").read_bytes()
    for number in range(KILLS):
        db = shutil.copy(folder / "one.db", folder / f"killed-{number}.db")
        with merging(executable, folder, db.name) as process:
            while process.poll() is None and not rows(db, "corrections"):
                time.sleep(0.001)
            time.sleep(chance.uniform(0.2, 0.8))
            process.send_signal(signal.SIGKILL)
            process.communicate()
        seen.append(rows(db, "documents"))
        with merging(executable, folder, db.name) as process:
            process.communicate()
        assert dump(db) == expected
    assert (folder / "other.db").read_bytes() == other
    print(f"documents there at each kill: {seen}")
