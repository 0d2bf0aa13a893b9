"""The real command, as a process that may not do what root may."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
CONTENT = ("documents", "quotations", "speakers", "speaker_aliases", "clusters", "corrections", "failures")


@pytest.fixture(scope="session")
def executable() -> list[str]:
    """The start of a command line that runs `quotes`; as root, without root's power over permissions."""
    quotes = [sys.executable, "-m", "indexer"]
    if os.geteuid() != 0:
        return quotes
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("as root, permissions bind nobody: setpriv (util-linux) is needed to give that power up")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search", *quotes]


@pytest.fixture
def quotes(executable: list[str], tmp_path: Path) -> Run:
    """Run `quotes` in the test's folder."""

    def run(*args: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if key not in ("QUOTES_DB", "COLUMNS")}
        settings = {"capture_output": True, "encoding": "utf-8", "timeout": 180, "env": environment, **options}
        return subprocess.run([*executable, *map(str, args)], cwd=tmp_path, **settings)  # type: ignore[call-overload,no-any-return]

    return run


@pytest.fixture(scope="session")
def dump() -> Callable[[Path], dict[str, list[tuple[object, ...]]]]:
    """Every table of an index with all its rows and row ids, but for the table of runs."""

    def read(db: Path) -> dict[str, list[tuple[object, ...]]]:
        with closing(sqlite3.connect(db)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            connection.execute("INSERT INTO quotations_fts (quotations_fts, rank) VALUES ('integrity-check', 1)")
            connection.rollback()
            return {table: connection.execute(f"SELECT rowid, * FROM {table}").fetchall() for table in CONTENT}

    return read
