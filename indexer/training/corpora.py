"""The corpora a model is made from and measured on: which files, and whether they are the ones meant."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from indexer.errors import CorpusError


@dataclass(frozen=True)
class CorpusFile:
    """One file under the corpora folder: where, its SHA-256 digest, and what it may be used for.

    `use` is `fit` (weights are fitted on it), `read` (plain text that the teacher reads), `steer` (the best
    checkpoint is chosen by it) or `measure` (only ever scored against).
    """

    path: str
    sha256: str
    use: str


@cache
def manifest(path: Path | None = None) -> tuple[CorpusFile, ...]:
    """The files that a list names, by default those of the released corpora that our recipes were written for.

    A list is a table in tab-separated columns `path`, `sha256` and `use`. Raises CorpusError where it is none.
    """
    source = path or files("indexer.training").joinpath("corpora.tsv")
    try:
        rows = csv.DictReader(source.read_text("utf-8").splitlines(), delimiter="\t")
        return tuple(CorpusFile(**row) for row in rows)
    except (OSError, UnicodeDecodeError, TypeError) as error:
        raise CorpusError(f"{path}: no list of corpora ({error})", "Its columns are path, sha256 and use.") from error


def digest(path: Path) -> str:
    """The SHA-256 digest of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check(
    folder: Path, uses: tuple[str, ...] = ("fit", "read", "steer", "measure"), listed: Path | None = None
) -> dict[str, str]:
    """The digests of the files for these uses, each verified; raises CorpusError for the first that is not right.

    `listed` is the list of the files (see `manifest`).
    """
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder", "Name the folder that holds ud-ewt/, gum/ and the others.")
    digests = {}
    for wanted in manifest(listed):
        if wanted.use in uses:
            digests[wanted.path] = _checked(folder / wanted.path, wanted.sha256)
    return digests


def _checked(path: Path, expected: str) -> str:
    hint = f"The file that is meant has the SHA-256 {expected}"
    try:
        found = digest(path)
    except FileNotFoundError as error:
        raise CorpusError(f"{path}: missing", hint) from error
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror})", hint) from error
    if found != expected:
        raise CorpusError(f"{path}: altered, its SHA-256 is {found}", hint)
    return found
