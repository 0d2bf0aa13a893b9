"""The command itself as a process, the same command inside this process, and a small index to ask."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

HARBOUR = """The mayor of Westhaven opened the new harbour on Monday.

“The harbour will feed this town for a century,” said Maria Lindqvist, the mayor. “We waited nine years for it.”

Tomas Berg, who leads the opposition, called the plan “a burden for all of us”.

The so-called “welcome” at the gate was short.
"""

WINTER = """---
title: A hard winter ahead
author: Ines Kovač
date: 2024-11-05
---
The fuel is running out, according to the relief agency.

“Nobody in the valley will be left in the cold,” said Dr. Amara Osei.

Tomas Berg said: “The harbour money should have bought wood.”
"""

CORPUS = (
    '{"id": "spring", "title": "Spring fair", "published": "2023-04-01", "publisher": "The Westhaven Post",'
    ' "text": "“The fair was a triumph,” said Maria Lindqvist."}\n'
)

SETTINGS = ("QUOTES_DB", "QUOTES_MODEL", "COLUMNS", "NO_COLOR")
"""The environment variables that change what a command does."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with one plain text, one Markdown article and one corpus."""
    return write_articles(tmp_path / "articles")


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the three articles; tests only read it."""
    folder = tmp_path_factory.mktemp("small")
    write_articles(folder / "articles")
    done = run_quotes("index", "articles", "--db", "small.db", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "small.db"


@pytest.fixture
def quotes(tmp_path: Path) -> Run:
    """Run `quotes` as a process of its own, in an empty folder."""

    def run(*args: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        return run_quotes(*args, **{"cwd": tmp_path, **options})

    return run


@pytest.fixture
def invoke() -> Callable[..., Result]:
    """Run `quotes` inside this process."""

    def run(*args: str | Path, **options: object) -> Result:
        from indexer.cli.group import quotes

        return CliRunner().invoke(quotes, [str(arg) for arg in args], prog_name="quotes", **options)  # type: ignore[arg-type]

    return run


def run_quotes(
    *args: str | Path, cwd: Path, env: dict[str, str] | None = None, stdin: str = "", **options: object
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "indexer", *map(str, args)]
    clean = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    options = {"capture_output": True, "encoding": "utf-8", "timeout": 120, **options}
    return subprocess.run(command, cwd=cwd, env={**clean, **(env or {})}, input=stdin, **options)  # type: ignore[call-overload,no-any-return]


def write_articles(folder: Path) -> Path:
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "winter.md").write_text(WINTER, encoding="utf-8")
    (folder / "corpus.jsonl").write_text(CORPUS, encoding="utf-8")
    return folder
