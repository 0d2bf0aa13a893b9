"""Databases that are not ours, newer ones, places that cannot be written to, and a port in use."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
from contextlib import closing

import pytest

TEXT = "“It rained all night,” said Piotr Nowak.\n"
READING = (
    *(["search", "rain"], ["speakers"], ["speakers", "show", "Nowak"], ["show", "abc"]),
    *(["export"], ["serve", "--port", "0"]),
)


@pytest.fixture
def article(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    return "good.txt"


@pytest.fixture
def made(quotes, tmp_path, article):
    """A good index, q.db."""
    assert quotes("index", article, "--db", "q.db").returncode == 0
    return tmp_path / "q.db"


def other_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY, body TEXT)")
        connection.commit()


NOT_OURS = {
    "a text file": lambda path: path.write_text("Dear diary.\n" * 200, encoding="utf-8"),
    "another program's database": other_database,
    "an empty file": lambda path: path.touch(),
    "a folder": lambda path: path.mkdir(),
}


def assert_one_line(done, *parts):
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    _, _, hint = done.stderr.partition(". ")
    assert hint.strip()
    for part in parts:
        assert part in done.stderr


@pytest.mark.parametrize("kind", NOT_OURS)
@pytest.mark.parametrize("command", [["index", "good.txt"], *READING], ids=" ".join)
def test_a_file_that_is_no_index_is_left_as_it_was(quotes, tmp_path, article, kind, command):
    NOT_OURS[kind](tmp_path / "other.db")
    before = content(tmp_path / "other.db")
    assert_one_line(quotes(*command, "--db", "other.db"), "other.db", "not an index")
    assert content(tmp_path / "other.db") == before


def content(path):
    return sorted(path.iterdir()) if path.is_dir() else path.read_bytes()


@pytest.mark.parametrize("command", [["index", "good.txt"], *READING], ids=" ".join)
def test_an_index_of_a_newer_version_is_left_as_it_was(quotes, made, command):
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = made.read_bytes()
    assert_one_line(quotes(*command, "--db", "q.db"), "q.db", "newer version", "pgrade")
    assert made.read_bytes() == before


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_index_yet(quotes, command):
    assert_one_line(quotes(*command), "db/quotes.db", "quotes index")


def test_a_folder_that_is_not_there_is_not_made(quotes, tmp_path, article):
    assert_one_line(quotes("index", article, "--db", "nowhere/q.db"), "nowhere/q.db", "no folder")
    assert not (tmp_path / "nowhere").exists()


@pytest.fixture
def read_only(tmp_path):
    """Make a folder read-only; it can be written to again after the test."""
    locked = []

    def lock(folder):
        folder.chmod(0o555)
        locked.append(folder)

    yield lock
    for folder in locked:
        folder.chmod(0o755)


def test_a_read_only_folder(quotes, tmp_path, article, read_only):
    (tmp_path / "shelf").mkdir()
    read_only(tmp_path / "shelf")
    assert_one_line(quotes("index", article, "--db", "shelf/q.db"), "shelf/q.db", "ermission")


def test_the_default_folder_cannot_be_made(quotes, tmp_path, article, read_only):
    read_only(tmp_path)
    assert_one_line(quotes("index", article), "db/quotes.db", "ermission", "--db")


def test_an_index_in_a_read_only_folder_can_be_read_but_not_written(quotes, tmp_path, article, read_only):
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    quotes("index", article, "--db", "shelf/q.db")
    read_only(shelf)
    before = (shelf / "q.db").read_bytes()
    assert "It rained all night" in quotes("search", "rained", "--db", "shelf/q.db").stdout
    assert_one_line(quotes("index", article, "--db", "shelf/q.db"), "shelf/q.db")
    assert (shelf / "q.db").read_bytes() == before


def test_a_damaged_index_is_one_line(quotes, made):
    data = bytearray(made.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    made.write_bytes(data)
    assert_one_line(quotes("search", "rain", "--db", "q.db"), "q.db")


def test_two_writers_at_once(quotes, executable, tmp_path, made):
    slow = [*executable, "index", "-", "--db", "q.db"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(slow, cwd=tmp_path, **pipes) as first:
        wait_for_lock(tmp_path / "q.db-lock", first)
        assert_one_line(quotes("index", "good.txt", "--db", "q.db"), "q.db", str(first.pid))
        first.communicate(TEXT.encode())
    assert first.returncode == 0
    assert quotes("index", "good.txt", "--db", "q.db").returncode == 0


def wait_for_lock(lock, process):
    while not lock.exists():
        assert process.poll() is None
        os.sched_yield()


def test_a_port_in_use(quotes, made):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = quotes("serve", "--db", "q.db", "--port", str(port))
    assert_one_line(done, str(port), "--port")


def test_an_unexpected_error_is_one_line_and_debug_shows_where(made, monkeypatch):
    from click.testing import CliRunner

    from indexer.cli.group import quotes as group
    from indexer.store.reader import Reader

    def broken(*args, **options):
        raise ZeroDivisionError("the sky fell")

    monkeypatch.setattr(Reader, "search", broken)
    plain = CliRunner().invoke(group, ["search", "rain", "--db", str(made)])
    assert plain.exit_code == 2
    assert plain.stderr.startswith("Error: Unexpected ZeroDivisionError: the sky fell. Run it again as `quotes --debug")
    assert plain.stderr.count("\n") == 1
    debug = CliRunner().invoke(group, ["--debug", "search", "rain", "--db", str(made)])
    assert "Traceback" in debug.stderr
    assert 'raise ZeroDivisionError("the sky fell")' in debug.stderr
