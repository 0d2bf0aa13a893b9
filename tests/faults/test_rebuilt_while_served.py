"""An index that is brought up to date, or replaced, while the site is up: old content or new, never an error page."""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest

from indexer.domain import Attribution, Document, Quotation
from indexer.store.writer import Writer

START = (
    "import sys; from indexer.publish import serve; serve(sys.argv[1], port=0, ready=lambda at: print(at, flush=True))"
)
PATHS = ("", "?q=harbour", "speaker/ada-moor", "quotes/quotations", "quotes/quotations.json?_shape=array", "quotes")
KILLED_WRITER = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
assert connection.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE documents SET text = text || 'half done' || randomblob(9000)")
connection.execute("UPDATE quotations SET text = 'half done'")
os.kill(os.getpid(), signal.SIGKILL)
"""


@contextlib.contextmanager
def served(path):
    """A server process over this index: its address."""
    command = [sys.executable, "-c", START, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)


def fetch(address):
    with urllib.request.urlopen(address, timeout=30) as response:
        return response.read().decode()


def documents_in(page):
    return int(re.search(r"(\d+) documents?", page)[1])


class Readers:
    """Three readers who turn the pages all the time: what the home page said, and every page that was not there."""

    def __init__(self, address):
        self.address = address
        self.seen: list[int] = []
        self.failed: list[str] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(3)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self):
        while not self._stop.is_set():
            for path in PATHS:
                try:
                    page = fetch(self.address + path)
                except urllib.error.HTTPError as error:
                    with error:
                        self.failed.append(f"{error.code} {path}: {error.read().decode()[-900:]}")
                    continue
                if not path:
                    self.seen.append(documents_in(page))
                time.sleep(0.01)


def write(path, number):
    """An index of this many documents, each with a quotation of Ada Moor."""
    with Writer(path, command="test") as writer:
        for each in range(number):
            text = f"“The harbour will wait {each} years,” said Ada Moor."
            quotation = Quotation(1, text.index("”"), text[1 : text.index("”")], "direct")
            found = [Attribution(quotation, speaker="Ada Moor", speaker_type="person", confidence=0.95)]
            writer.write(Document(f"{each}.txt", text), found, "1")
        writer.prune({f"{each}.txt" for each in range(number)})
    return path


@pytest.fixture
def index(tmp_path):
    return write(tmp_path / "quotes.db", 3)


def put_in_place(new, index):
    """Another file takes the name of the index, at once."""
    shutil.copy(new, index.with_name("new.db"))
    index.with_name("new.db").rename(index)


def eventually(address, number):
    """Whether the home page comes to tell this number of documents."""
    for _ in range(50):
        if documents_in(fetch(address)) == number:
            return True
        time.sleep(0.1)
    return False


def test_indexing_again_and_again(quotes, tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    run = ("index", "news", "--model", "none", "--prune", "--db", "quotes.db")
    (news / "0.txt").write_text("“The harbour is full,” said Ada Moor.", encoding="utf-8")
    assert quotes(*run).returncode == 0
    with served(tmp_path / "quotes.db") as address, Readers(address) as readers:
        for number in range(1, 3):
            (news / f"{number}.txt").write_text(f"“The harbour waits {number} years,” said Ada Moor.", encoding="utf-8")
            assert quotes(*run).returncode == 0
        assert eventually(address, 3)
    assert readers.failed == []
    assert set(readers.seen) <= {1, 2, 3}


def test_writing_all_the_time(index):
    with served(index) as address, Readers(address) as readers:
        for number in (1, 7, 2, 9, 1, 8) * 4:
            write(index, number)
        assert eventually(address, 8)
    assert readers.failed == []
    assert set(readers.seen) <= set(range(10))


def test_another_file_in_its_place(index, tmp_path):
    others = [write(tmp_path / f"{number}.db", number) for number in (1, 5)]
    with served(index) as address, Readers(address) as readers:
        for _ in range(20):
            for other in others:
                put_in_place(other, index)
                time.sleep(0.02)
        assert eventually(address, 5)
    assert readers.failed == []
    assert set(readers.seen) <= {3, 1, 5}


def test_the_file_is_away_for_a_while(index, tmp_path):
    with served(index) as address:
        fetch(address)
        index.rename(tmp_path / "away.db")
        assert documents_in(fetch(address)) == 3
        write(index, 2)
        assert eventually(address, 2)


def test_what_is_no_index_is_not_taken(index, tmp_path):
    with served(index) as address:
        fetch(address)
        for content in (b"", b"no database at all", b"SQLite format 3\0" + bytes(5000)):
            (tmp_path / "new.db").write_bytes(content)
            (tmp_path / "new.db").rename(index)
            assert documents_in(fetch(address)) == 3
        put_in_place(write(tmp_path / "good.db", 4), index)
        assert eventually(address, 4)


def test_a_writer_that_is_killed(index):
    with served(index) as address, Readers(address) as readers:
        for _ in range(5):
            with subprocess.Popen([sys.executable, __file__, str(index)]) as writer:
                time.sleep(0.8)
                writer.kill()
        write(index, 6)
        assert eventually(address, 6)
    assert readers.failed == []


def test_a_writer_killed_in_the_middle_of_the_file(index):
    with served(index) as address:
        assert documents_in(fetch(address)) == 3
        killed = subprocess.run([sys.executable, "-c", KILLED_WRITER, str(index)])
        assert killed.returncode == -signal.SIGKILL
        assert index.with_name("quotes.db-journal").stat().st_size > 0
        for path in PATHS * 3:
            assert "half done" not in fetch(address + path)


if __name__ == "__main__":
    write(sys.argv[1], 10_000)
