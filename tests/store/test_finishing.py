"""The end of a run: one plain file, tidied after much was written; what is in the way costs no row."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from indexer.store.reader import Reader
from indexer.store.writer import Writer

LINES = "{0} | said | {1} is number {2} of the day. | {0} | person"
NAMES = ("Ada Brink", "Otto Lund", "Aiko Ito", "Ines Moor")


@pytest.fixture
def many(article: Callable[..., Any]) -> list[Any]:
    """Documents of random dates, so that their rows come in random order."""
    chance = random.Random(1)
    return [
        article(
            f"{number}.txt",
            *(LINES.format(chance.choice(NAMES), f"Word{chance.randrange(9**4)} " * 8, each) for each in range(4)),
            published=f"{chance.randrange(1990, 2020)}-0{chance.randrange(1, 10)}-11",
        )
        for number in range(300)
    ]


def size_and_pieces(path: Path) -> tuple[int, int]:
    """The size of an index in bytes, and in how many pieces its full-text index is."""
    with closing(sqlite3.connect(path)) as connection:
        (segments,) = connection.execute("SELECT count(DISTINCT segid) FROM quotations_fts_idx").fetchone()
    return path.stat().st_size, segments


def test_an_index_is_tidied_after_much_was_written(
    tmp_path: Path,
    many: list[Any],
    fill: Callable[..., Path],
    dump: Callable[[Path], Any],
    sound: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = fill(*many)
    before, pieces = size_and_pieces(first)
    rows = without_fts(dump(first))
    monkeypatch.setattr("indexer.store.writer.TIDY_FROM", 50)
    tidied = tmp_path / "tidied.db"
    with Writer(tidied) as writer:
        for document, found in many:
            writer.write(document, found, "1")
    after, one = size_and_pieces(tidied)
    assert after < before * 0.97
    assert one == 1 < pieces
    assert without_fts(dump(tidied)) == rows
    sound(tidied)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["quotes.db", "tidied.db"]


def without_fts(tables: dict[str, Any]) -> dict[str, Any]:
    return {name: rows for name, rows in tables.items() if "_fts" not in name}


@pytest.mark.parametrize(("written", "is_tidied"), [(49, False), (75, True), (74, False)])
def test_little_of_an_index_is_not_worth_it(
    many: list[Any], fill: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, written: int, is_tidied: bool
) -> None:
    path = fill(*many)
    monkeypatch.setattr("indexer.store.writer.TIDY_FROM", 50)
    with Writer(path) as writer:
        for document, found in many[:written]:
            writer.write(document, found, "2")
    assert (size_and_pieces(path)[1] == 1) == is_tidied


def test_a_run_that_is_stopped_does_not_tidy(many: list[Any], db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.store.writer.TIDY_FROM", 1)
    with pytest.raises(KeyboardInterrupt), Writer(db) as writer:  # noqa: PT012
        for document, found in many:
            writer.write(document, found, "1")
        raise KeyboardInterrupt
    assert size_and_pieces(db)[1] > 1


@pytest.mark.parametrize("is_reading", [False, True])
def test_a_reader_in_the_way_costs_nothing(
    many: list[Any],
    fill: Callable[..., Path],
    sound: Callable[[Path], None],
    monkeypatch: pytest.MonkeyPatch,
    is_reading: bool,
) -> None:
    path = fill(many[0])
    monkeypatch.setattr("indexer.store.writer.TIDY_FROM", 1)
    writer = Writer(path)
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN") if is_reading else None
        assert reader.execute("SELECT count(*) FROM documents").fetchone() == (1,)
        for document, found in many[1:]:
            writer.write(document, found, "1")
        writer.close()
        assert reader.execute("SELECT count(*) FROM documents").fetchone() == (1 if is_reading else 300,)
    with Reader(path) as after:
        assert after.stats()["documents"] == 300
    sound(path)


KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 5")
connection.execute("BEGIN")
connection.execute("UPDATE quotations SET evidence = 'half'")
connection.execute("UPDATE documents SET title = 'half'")
os._exit(0)
"""


def test_a_reader_never_sees_what_a_killed_writer_left_half_done(
    many: list[Any], fill: Callable[..., Path], dump: Callable[[Path], Any]
) -> None:
    path = fill(*many)
    before = dump(path)
    subprocess.run([sys.executable, "-c", KILLED, os.fspath(path)], check=True)
    assert Path(f"{path}-journal").stat().st_size > 0
    with Reader(path) as reader:
        assert {hit.evidence for hit in reader.search(limit=None)} == {"the test says so"}
    assert dump(path) == before
