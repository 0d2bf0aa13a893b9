"""Files that are no index, indexes that cannot be opened, and two writers at once: one line and a hint each."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import IndexBusy, NewerIndex, NotAnIndex, StoreError
from indexer.store.migrations import schema_version
from indexer.store.reader import Reader
from indexer.store.writer import Writer

OPENERS = [Reader, Writer]
ITO = "Ms Ito | said | Trade is slow. | Aiko Ito | person"


def refused(opener: Any, path: Path, kind: type[StoreError]) -> StoreError:
    """The error of opening, checked for its form: one line that names the file, and a hint."""
    with pytest.raises(kind) as caught:
        opener(path)
    error = caught.value
    assert type(error) is kind
    assert str(path) in str(error)
    assert "\n" not in str(error)
    assert error.hint
    return error


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY)")


def only_a_header(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 3")


MAKERS: dict[str, Callable[[Path], object]] = {
    "other database": other_database,
    "only a header": only_a_header,
    "text": lambda path: path.write_text("Dear reader, this is no database. " * 99),
    "short text": lambda path: path.write_text("x"),
    "zeros": lambda path: path.write_bytes(bytes(8192)),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("what", MAKERS)
def test_a_file_that_is_no_index_is_left_as_it_is(db: Path, opener: Any, what: str) -> None:
    MAKERS[what](db)
    before = db.read_bytes()
    refused(opener, db, NotAnIndex)
    assert db.read_bytes() == before
    assert [path.name for path in db.parent.iterdir()] == ["quotes.db"]


@pytest.mark.parametrize("opener", OPENERS)
def test_a_folder_is_no_index(db: Path, opener: Any) -> None:
    db.mkdir()
    refused(opener, db, NotAnIndex)


def test_reading_where_nothing_is(db: Path) -> None:
    error = refused(Reader, db, StoreError)
    assert "no index here" in str(error)
    assert "quotes index" in error.hint
    assert not db.exists()


@pytest.mark.parametrize("opener", OPENERS)
def test_an_index_of_a_newer_version(fill: Callable[..., Path], opener: Any) -> None:
    path = fill()
    newer = schema_version() + 1
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {newer}")
    error = refused(opener, path, NewerIndex)
    assert f"version {newer}" in str(error)
    assert "upgrade" in error.hint


def test_an_index_of_an_older_version_is_for_the_writer_first(fill: Callable[..., Path]) -> None:
    path = fill()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")
    assert "older" in str(refused(Reader, path, StoreError))
    Writer(path).close()
    Reader(path).close()


def test_a_damaged_index(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    path = fill(*(article(f"{number}.txt", ITO) for number in range(50)))
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(StoreError, match="damaged") as caught, Reader(path) as reader:
        reader.search("trade")
    assert "quotes index" in caught.value.hint


def test_the_folder_of_a_new_index_is_made(tmp_path: Path) -> None:
    Writer(tmp_path / "new" / "folder" / "quotes.db").close()
    Reader(tmp_path / "new" / "folder" / "quotes.db").close()


def test_a_name_with_marks_that_mean_something_in_a_uri(tmp_path: Path) -> None:
    path = tmp_path / "100% of? #quotes é.db"
    Writer(path).close()
    Reader(path).close()
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_what_an_interrupted_creation_left_is_no_obstacle(db: Path) -> None:
    db.with_name("quotes.db-new").write_text("half an index")
    db.with_name("quotes.db-new-journal").write_text("half a journal")
    db.with_name("quotes.db-lock").write_text("4711")
    Writer(db).close()
    assert [path.name for path in db.parent.iterdir()] == ["quotes.db"]


def test_a_folder_in_which_nothing_can_be_written(
    public_folder: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    public_folder.chmod(0o555)
    with unprivileged():
        refused(Writer, public_folder / "quotes.db", StoreError)
        refused(Writer, public_folder / "new" / "quotes.db", StoreError)


def test_an_index_that_cannot_be_written_can_be_read(
    public_folder: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    path = public_folder / "quotes.db"
    Writer(path).close()
    path.chmod(0o444)
    public_folder.chmod(0o555)
    with unprivileged(), Reader(path) as reader:
        assert reader.search("trade") == []
    public_folder.chmod(0o777)
    with unprivileged():
        assert "cannot be written to" in str(refused(Writer, path, StoreError))
    path.chmod(0o000)
    with unprivileged():
        refused(Reader, path, StoreError)


def test_an_index_left_in_wal_mode_can_be_read_where_nothing_can_be_written(
    public_folder: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    path = public_folder / "quotes.db"
    Writer(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    path.chmod(0o444)
    public_folder.chmod(0o555)
    with unprivileged(), Reader(path) as reader:
        assert reader.stats()["documents"] == 0


HOLDER = """
import sys
from indexer.store.writer import Writer
with Writer(sys.argv[1], command="index a folder") as writer:
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_writer(db: Path, root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the index open for writing."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(db)], cwd=root, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == b"open\n"
        yield process


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second writer waits for a moment only."""
    monkeypatch.setattr("indexer.store.lock.PATIENCE", 0.2)


@pytest.mark.usefixtures("impatient")
def test_a_second_writer_is_told_who_is_writing(db: Path, other_writer: subprocess.Popen[bytes]) -> None:
    assert f"pid {other_writer.pid}: quotes index a folder)" in str(refused(Writer, db, IndexBusy))
    Reader(db).close()
    other_writer.communicate()
    Writer(db).close()


def test_a_second_writer_waits_for_the_first(db: Path, other_writer: subprocess.Popen[bytes]) -> None:
    done = threading.Timer(0.3, other_writer.communicate)
    done.start()
    Writer(db).close()
    done.join()
    assert other_writer.returncode == 0


@pytest.mark.usefixtures("impatient")
def test_a_second_writer_in_the_same_process(db: Path) -> None:
    with Writer(db):
        assert f"pid {os.getpid()}" in str(refused(Writer, db, IndexBusy))
    Writer(db).close()


def test_a_killed_writer_holds_nothing(db: Path, other_writer: subprocess.Popen[bytes]) -> None:
    os.kill(other_writer.pid, signal.SIGKILL)
    other_writer.wait()
    Writer(db).close()
    assert [path.name for path in db.parent.iterdir()] == ["quotes.db"]


def test_somebody_else_holds_the_database(db: Path, fill: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.store.opening.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(fill())) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        refused(Writer, db, IndexBusy)
        connection.execute("ROLLBACK")
    Writer(db).close()


def test_readers_read_while_a_writer_writes(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    path = fill(article("a", ITO))
    with Reader(path) as reader:
        with Writer(path) as writer:
            document, found = article("b", ITO)
            writer.write(document, found, "1")
            assert reader.count("trade").count == 2
        assert reader.count("trade").count == 2
    Writer(path).close()
    assert [found.name for found in path.parent.iterdir()] == ["quotes.db"]


def test_a_writer_ends_well_while_a_reader_is_in_the_way(
    article: Callable[..., Any], fill: Callable[..., Path]
) -> None:
    path = fill(article("a", ITO))
    document, found = article("b", ITO)
    writer = Writer(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("BEGIN")
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (1,)
        writer.write(document, found, "1")
        writer.close()
        writer.close()
    with Reader(path) as reader:
        assert reader.count("trade").count == 2


def test_a_finished_index_is_one_plain_file(article: Callable[..., Any], fill: Callable[..., Path]) -> None:
    path = fill(article("a", ITO))
    assert [found.name for found in path.parent.iterdir()] == ["quotes.db"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("SELECT count(*) FROM sqlite_stat1").fetchone() > (0,)
