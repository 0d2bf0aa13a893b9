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
def manifest() -> tuple[CorpusFile, ...]:
    """The files of the released corpora that the recipe was written for."""
    text = files("indexer.training").joinpath("corpora.tsv").read_text("utf-8")
    return tuple(CorpusFile(**row) for row in csv.DictReader(text.splitlines(), delimiter="\t"))


def digest(path: Path) -> str:
    """The SHA-256 digest of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check(folder: Path, uses: tuple[str, ...] = ("fit", "read", "steer", "measure")) -> dict[str, str]:
    """The digests of the files for these uses, each verified; raises CorpusError for the first that is not right."""
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder", "Name the folder that holds ud-ewt/, gum/ and the others.")
    digests = {}
    for wanted in manifest():
        if wanted.use in uses:
            digests[wanted.path] = _checked(folder / wanted.path, wanted.sha256)
    return digests


def _checked(path: Path, expected: str) -> str:
    if not path.is_file():
        raise CorpusError(f"{path}: missing", f"The recipe reads the file with SHA-256 {expected}.")
    found = digest(path)
    if found != expected:
        raise CorpusError(
            f"{path}: altered, its SHA-256 is {found}", f"The recipe reads the file with SHA-256 {expected}."
        )
    return found
