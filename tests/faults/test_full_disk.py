"""A disk that is full, on a real small file system: one line said, nothing lost, and the next run goes on."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.store.migrations import MIGRATIONS, migrate
from indexer.store.reader import Reader

WORDS = [
    f"{start}{end}" for start in ("har", "win", "sto", "lan", "mer", "fel") for end in ("bour", "ter", "der", "ne")
]
DOCUMENTS = 120
FULL = "the disk is full. Free some space, then run the command again\n"


@dataclass
class SmallDisk:
    """A file system in memory that only the processes started with `run` see; `seen` is where the tests see it."""

    holder: subprocess.Popen[str]
    folder: Path
    seen: Path

    def run(self, *command, **options):
        """Run a command in the folder of the disk."""
        enter = ["nsenter", f"--target={self.holder.pid}", "--user", "--mount", "--preserve-credentials"]
        inside = [*enter, "sh", "-c", 'cd "$0" && exec "$@"', str(self.folder), *map(str, command)]
        settings = {"capture_output": True, "encoding": "utf-8", "timeout": 180, **options}
        return subprocess.run(inside, **settings)

    def quotes(self, *args):
        """Run `quotes` there."""
        return self.run(sys.executable, "-m", "indexer", *args)

    def leave(self, kilobytes):
        """Fill the disk, so that this much is free."""
        filler = self.seen / "filler"
        filler.unlink(missing_ok=True)
        free = shutil.disk_usage(self.seen).free
        filler.write_bytes(bytes(max(0, free - kilobytes * 1024)))

    def make_room(self):
        """Take the filling away."""
        (self.seen / "filler").unlink()

    def index(self, to):
        """The index as it is on the disk, its WAL with it, copied to the folder `to`."""
        to.mkdir()
        for file in self.seen.glob("q.db*"):
            if not file.name.endswith(("-shm", "-lock")):
                shutil.copy(file, to / file.name)
        return to / "q.db"


@pytest.fixture
def disk(tmp_path, root, monkeypatch):
    """A disk of four megabytes."""
    monkeypatch.setenv("PYTHONPATH", str(root))
    folder = tmp_path / "disk"
    folder.mkdir()
    if not (shutil.which("unshare") and shutil.which("nsenter")):
        pytest.skip("unshare and nsenter (util-linux) are needed to mount a small disk")
    mount = f'mount -t tmpfs -o size=4m none "{folder}" && echo ready && cat'
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", mount]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, **pipes) as holder:
        if holder.stdout.readline() != "ready\n":
            pytest.skip(f"no small disk can be mounted here: {holder.stderr.read().strip()}")
        yield SmallDisk(holder, folder, Path(f"/proc/{holder.pid}/root{folder}"))
        holder.communicate()


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """A folder of articles whose index takes about two megabytes."""
    folder = tmp_path_factory.mktemp("articles") / "news"
    folder.mkdir()
    for number in range(DOCUMENTS):
        said = (f"“{' '.join(WORDS[number % 9 :])} {number} {each},” said Ada Moor." for each in range(8))
        (folder / f"{number:03}.txt").write_text("\n\n".join(said), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(executable, news, tmp_path_factory):
    """The index of all of them, made where there is room."""
    db = tmp_path_factory.mktemp("whole") / "q.db"
    subprocess.run([*executable, "index", news, "--model", "none", "--db", db], check=True)
    return db


def documents(db):
    with Reader(db) as reader:
        return reader.stats()["documents"]


def refused(done, says):
    assert (done.returncode, done.stdout, done.stderr) == (2, "", says)


def test_indexing_until_the_disk_is_full(disk, news, whole, dump, tmp_path):
    index = ("index", news, "--model", "none", "--db", "q.db")
    assert disk.quotes("index", news / "000.txt", "--model", "none", "--db", "q.db").returncode == 0
    before = dump(disk.index(tmp_path / "before"))
    disk.leave(700)
    refused(disk.quotes(*index), f"Error: q.db: {FULL}")
    then = dump(disk.index(tmp_path / "then"))
    assert before["documents"][0] in then["documents"]
    assert before["quotations"] == [row for row in then["quotations"] if row[3] == before["documents"][0][0]]
    assert 1 < len(then["documents"]) < DOCUMENTS
    found = disk.quotes("search", "Ada", "harbour", "--db", "q.db", "--limit", "1")
    assert found.returncode == 0, found.stderr
    disk.make_room()
    done = disk.quotes(*index)
    assert done.returncode == 0, done.stderr
    assert f"{len(then['documents'])} unchanged" in done.stderr
    assert contents_of(disk.index(tmp_path / "after")) == contents_of(whole)


def contents_of(db):
    """What an index says of its documents and speakers, without row ids."""
    with Reader(db) as reader, closing(sqlite3.connect(db)) as connection:
        keys = [row[0] for row in connection.execute("SELECT key FROM documents ORDER BY key")]
        return [reader.document(key) for key in keys], reader.speakers(), reader.stats()


def test_no_room_for_even_an_empty_index(disk, news):
    disk.leave(40)
    done = disk.quotes("index", news, "--model", "none", "--db", "q.db")
    refused(done, f"Error: q.db: {FULL}")
    assert not (disk.seen / "q.db").exists()
    disk.make_room()
    assert disk.quotes("index", news / "000.txt", "--model", "none", "--db", "q.db").returncode == 0


@pytest.mark.parametrize("kilobytes", [0, 4, 40, 80, 120, 200])
def test_correcting_on_a_full_disk_is_done_or_not_done(disk, whole, dump, tmp_path, kilobytes):
    """Where it is done and only what ends a run does not fit, the command says so all the same."""
    shutil.copy(whole, disk.seen / "q.db")
    with Reader(whole) as reader:
        key = reader.search("harbour", limit=1)[0].key
    disk.leave(kilobytes)
    done = disk.quotes("correct", key, "--nobody", "--db", "q.db")
    then = disk.index(tmp_path / "then")
    is_logged = len(dump(then)["corrections"]) == 1
    with Reader(then) as reader:
        assert (reader.quotation(key).hit.speaker is None) == is_logged
    assert is_logged or done.returncode
    if done.returncode:
        refused(done, f"Error: q.db: {FULL}")
    disk.make_room()
    assert disk.quotes("correct", key, "--nobody", "--db", "q.db").returncode == 0


TIDYING = """
import shutil, sys
import indexer.store.writer as writer
from indexer.domain import Document
from pathlib import Path
writer.TIDY_FROM = 1
opened = writer.Writer("q.db")
for document in sorted(Path(sys.argv[1]).iterdir()):
    opened.write(Document(document.name, document.read_text()), [], "1")
opened._commit()
Path("filler").write_bytes(bytes(max(0, shutil.disk_usage(".").free - int(sys.argv[2]) * 1024)))
opened.close()
"""


@pytest.mark.parametrize("kilobytes", [0, 20, 100, 300, 1000])
def test_a_disk_that_is_full_when_the_index_is_closed_costs_no_row(disk, news, dump, tmp_path, kilobytes):
    """Settling and the row of the run may not fit; documents that were written do."""
    done = disk.run(sys.executable, "-c", TIDYING, news, kilobytes)
    assert done.returncode == 0 or "the disk is full" in done.stderr.splitlines()[-1]
    assert kilobytes < 100 or done.returncode == 0, done.stderr
    assert len(dump(disk.index(tmp_path / "then"))["documents"]) == DOCUMENTS


@pytest.mark.parametrize("fmt", ["csv", "jsonl", "jsonld", "parquet"])
def test_an_export_that_does_not_fit_leaves_nothing(disk, whole, fmt):
    if fmt == "parquet":
        pytest.importorskip("pyarrow")
    (disk.seen / "out").write_text("earlier", encoding="utf-8")
    disk.leave(8)
    done = disk.quotes("export", "--db", whole, "--format", fmt, "--output", "out")
    refused(
        done,
        "Error: out: cannot be written (No space left on device). "
        "Choose another place with --output, or mend this one\n",
    )
    assert sorted(path.name for path in disk.seen.iterdir()) == ["filler", "out"]
    assert (disk.seen / "out").read_text(encoding="utf-8") == "earlier"


@pytest.fixture
def old(tmp_path):
    """An index of the first schema."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        from sqlite_utils import Database

        db = Database(connection)
        migrate(db, stop_before=MIGRATIONS.pending(db)[1].name)
        rows = [(number, f"{number}.txt", f"{number}", "x" * 5000, "d", "0") for number in range(60)]
        sql = "INSERT INTO documents (id, key, slug, text, digest, analyser) VALUES (?, ?, ?, ?, ?, ?)"
        connection.executemany(sql, rows)
        connection.commit()
    return path


@pytest.mark.parametrize("kilobytes", [16, 200, 490, 520, 560])
def test_no_room_for_a_backup_or_the_migration_leaves_the_old_index(disk, old, news, dump_old, tmp_path, kilobytes):
    shutil.copy(old, disk.seen / "q.db")
    disk.leave(kilobytes)
    done = disk.quotes("index", news / "000.txt", "--model", "none", "--db", "q.db")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "no backup of it can be made" in done.stderr or "the disk is full" in done.stderr
    assert sorted(path.name for path in disk.seen.iterdir()) == ["filler", "q.db"]
    assert dump_old(disk.index(tmp_path / "then")) == dump_old(old)
    disk.make_room()
    done = disk.quotes("index", news / "000.txt", "--model", "none", "--db", "q.db")
    assert done.returncode == 0, done.stderr
    assert "q.db-backup-v1\n" in done.stderr
    assert documents(disk.index(tmp_path / "after")) == 61


@pytest.fixture
def dump_old():
    """All statements and rows of a database, as text."""

    def read(db):
        with closing(sqlite3.connect(db)) as connection:
            return list(connection.iterdump())

    return read


def test_publishing_to_a_full_disk_leaves_the_old_publication(disk, whole, news, tmp_path):
    assert disk.quotes("index", news / "000.txt", "--model", "none", "--db", "q.db").returncode == 0
    assert disk.quotes("publish", "site", "--db", "q.db").returncode == 0
    for kilobytes in (0, 300, 1000):
        disk.leave(kilobytes)
        refused(disk.quotes("publish", "site", "--db", whole), f"Error: site: {FULL}")
        assert sorted(path.name for path in disk.seen.iterdir()) == ["filler", "q.db", "site"]
        assert documents(shutil.copy(disk.seen / "site" / "quotes.db", tmp_path)) == 1
    disk.make_room()
    done = disk.quotes("publish", "site", "--db", "q.db")
    assert done.returncode == 0, done.stderr
