"""The files of a language model: are they all there, are they the ones that were published, and which are they."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

SUMS = "SHA256SUMS"
"""A line for every other file of the folder, as `sha256sum` writes it; somebody else's pipeline has no such file."""
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def damage(folder: Path, must_have_sums: bool = False) -> str:
    """What is wrong with the files of a model, in a few words; nothing where all are as published, or no sums are kept.

    Hidden files are not looked at. Raises OSError where a file cannot be read.
    """
    if not (folder / SUMS).is_file():
        return f"{SUMS} is missing" if must_have_sums else ""
    published = _published((folder / SUMS).read_text(encoding="utf-8", errors="replace"))
    if published is None:
        return f"{SUMS} is no list of digests"
    present = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    for name, digest in published.items():
        if name not in present:
            return f"{name} is missing"
        if _digest(present[name]) != digest:
            return f"{name} was altered"
    added = sorted(present.keys() - published.keys())
    return f"{added[0]} does not belong there" if added else ""


def digest_of(folder: Path) -> str:
    """The SHA-256, in hexadecimal, of all files of a model: other files give another one. Raises OSError."""
    if (folder / SUMS).is_file():
        return _digest(folder / SUMS)
    return hashlib.sha256(_sums(folder).encode("utf-8", "surrogateescape")).hexdigest()


def write_sums(folder: Path) -> None:
    """Write the list of digests of a model's files: the last step of making one. Raises OSError."""
    (folder / SUMS).write_text(_sums(folder), encoding="utf-8")


def _sums(folder: Path) -> str:
    return "".join(f"{_digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in _files(folder))


def _published(text: str) -> dict[str, str] | None:
    """The digest of each file by its path; None for a text that is no list of digests."""
    lines = [_LINE.fullmatch(line) for line in text.splitlines()]
    found = {line[2].removeprefix("./"): line[1] for line in lines if line is not None}
    return found if found and None not in lines else None


def _files(folder: Path) -> Iterator[Path]:
    """Every file of a model but its list of digests and hidden ones, in sorted order."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts != (SUMS,) and not any(part.startswith(".") for part in parts) and path.is_file():
            yield path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
