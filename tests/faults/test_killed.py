"""Killed at any moment (SIGKILL), the next run completes the index as if it had never been killed."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

SEED = int(os.environ.get("QUOTES_SEED", "20241105"))
DOCUMENTS = 150
KILLS = 10

FIRST = ("Ada", "Boris", "Clara", "Dmitri", "Esther", "Farid", "Greta", "Hugo", "Ines", "Jonas")
LAST = ("Moor", "Lund", "Okafor", "Sato", "Varga", "Weiss", "Quint", "Reyes", "Novak", "Holm")
THINGS = ("bridge", "school", "harbour", "budget", "forest", "hospital", "railway", "library", "market", "dam")
VERBS = ("said", "warned", "announced", "insisted", "admitted")


def article(number, chance):
    """A short article of a few quotations by two people."""
    one, two = (f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(2))
    thing = chance.choice(THINGS)
    parts = [f"{one} and {two} argued over the {thing} on day {number}."]
    for turn in range(chance.randint(2, 8)):
        verb = chance.choice(VERBS)
        parts.append(f"“The {thing} cannot wait {turn + 2} more years,” {verb} {one}. “We will build it.”")
        parts.append(f"{two} called the plan “a waste of {chance.randint(2, 90)} million”.")
        parts.append(f"“Ask the people who use the {thing},” she {verb}.")
    return "\n\n".join(parts) + "\n"


@pytest.fixture(scope="module")
def chance():
    print(f"seed {SEED}: repeat with QUOTES_SEED={SEED}")
    return random.Random(SEED)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, chance):
    """Files, a corpus, and inputs that fail: 150 documents in all."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "news").mkdir()
    texts = [article(number, chance) for number in range(DOCUMENTS)]
    for number, text in enumerate(texts[:100]):
        (folder / "news" / f"{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "news" / "050-empty.txt").write_bytes(b"")
    lines = [json.dumps({"id": f"line-{n}", "text": text, "title": f"Day {n}"}) for n, text in enumerate(texts[100:])]
    (folder / "zcorpus.jsonl").write_text("\n".join([*lines[:20], "{oops", *lines[20:]]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def start(executable, folder):
    def run(db):
        args = [*executable, "index", "news", "zcorpus.jsonl", "--db", db]
        return subprocess.Popen(args, cwd=folder, stderr=subprocess.PIPE, encoding="utf-8")

    return run


@pytest.fixture(scope="module")
def unkilled(start, folder):
    """The index of a run that nobody killed, and its seconds until the first document was in and from there."""
    began = time.monotonic()
    with start("whole.db") as process:
        wait_for_more(folder / "whole.db", 0, process)
        first = time.monotonic()
        process.communicate()
    assert process.returncode == 1
    return folder / "whole.db", first - began, time.monotonic() - first


def documents_in(db):
    """How many documents an index holds, be it finished or at work."""
    if not db.exists():
        return 0
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT count(*) FROM documents").fetchone()[0]


def wait_for_more(db, documents, process):
    """Until an index holds more documents than so many, or the process has ended."""
    while process.poll() is None and documents_in(db) <= documents:
        time.sleep(0.005)


def kill(start, db, seconds, *, at_work):
    """Start a run and kill it so long after its start, or after its first document; True when it was not done yet."""
    documents = documents_in(db)
    with start(db.name) as process:
        if at_work:
            wait_for_more(db, documents, process)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return process.returncode == -signal.SIGKILL


def test_ten_kills_leave_the_same_index(start, folder, unkilled, chance, dump):
    """Each run is killed on its way and the next goes on from there, until ten were killed; then one may finish.

    Three in four are killed at work on the documents, the others while they start. A run that is done before
    its kill ends the round, and the next kill meets a new index.
    """
    whole, starting, working = unkilled
    expected, kills, rounds = dump(whole), [], 0
    while len(kills) < KILLS:
        at_work = chance.random() < 0.75
        seconds = chance.random() * (working / 4 if at_work else starting)
        if kill(start, folder / f"killed-{rounds}.db", seconds, at_work=at_work):
            kills.append(documents_in(folder / f"killed-{rounds}.db"))
        else:
            rounds += 1
    print(f"documents in the index at each kill: {kills}")
    assert len(set(kills)) >= 3, "the kills were not spread over the work"
    for number in range(rounds + 1):
        with start(f"killed-{number}.db") as process:
            process.communicate()
        assert process.returncode == 1
        assert dump(folder / f"killed-{number}.db") == expected
        assert sorted(path.name for path in folder.glob(f"killed-{number}.db*")) == [f"killed-{number}.db"]


def part(db, tables, name):
    """The rows of a table, without what is only told when all documents are there: who is who, and the same words."""
    with closing(sqlite3.connect(db)) as connection:
        columns = ["rowid", *(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))]
    kept = [place for place, column in enumerate(columns) if column not in ("speaker_id", "cluster_id")]
    return [tuple(row[place] for place in kept) for row in tables[name]]


def test_what_is_there_after_a_kill_is_whole(start, folder, unkilled, dump):
    """Before anything is repaired: each document that is there has all its quotations."""
    whole, _, working = unkilled
    assert kill(start, folder / "half.db", working / 3, at_work=True)
    half, complete = dump(folder / "half.db"), dump(whole)
    for table in ("documents", "quotations"):
        assert part(whole, half, table) == part(whole, complete, table)[: len(half[table])]
    last = half["documents"][-1][0]
    with closing(sqlite3.connect(whole)) as connection:
        sql = "SELECT count(*) FROM quotations WHERE document_id <= ?"
        assert connection.execute(sql, [last]).fetchone()[0] == len(half["quotations"])
