"""Real files in a temporary directory, which is the current one, so that paths are short and relative."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.domain import Document, Failure
from indexer.sources import read


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str | bytes], str]:
    """Writes a file (folders as needed; text as UTF-8, newlines untouched) and returns its path as given."""
    monkeypatch.chdir(tmp_path)

    def _write(name: str, content: str | bytes) -> str:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    return _write


@pytest.fixture
def write_lines(write: Callable[[str, str | bytes], str]) -> Callable[..., str]:
    """Writes a corpus: each record as JSON, a string as the raw line that it is."""

    def _write_lines(name: str, *records: object) -> str:
        return write(name, "".join(f"{r if isinstance(r, str) else json.dumps(r)}\n" for r in records))

    return _write_lines


@pytest.fixture
def document() -> Callable[[str], Document]:
    """Reads a path that holds exactly one document."""

    def _document(path: str) -> Document:
        (found,) = read([path])
        assert isinstance(found, Document), found
        return found

    return _document


@pytest.fixture
def failure() -> Callable[[str], Failure]:
    """Reads a path that holds exactly one failure, which is one line with a hint."""

    def _failure(path: str) -> Failure:
        (found,) = read([path])
        assert isinstance(found, Failure), found
        assert found.hint
        assert "\n" not in found.problem + found.hint
        return found

    return _failure
