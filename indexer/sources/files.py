"""Finding the files that paths stand for, and opening them without ever waiting for one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from indexer.domain import Failure
from indexer.errors import SourceError
from indexer.sources.metadata import readable
from indexer.sources.text import MAX_BYTES, MIB

Format = Literal["text", "markdown", "html", "corpus"]
FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "corpus",
    ".ndjson": "corpus",
}
STDIN = "-"
"""The path that stands for standard input."""


def format_of(path: str) -> Format | None:
    """What the extension of a path says; None where it says nothing."""
    return FORMATS.get(Path(path).suffix.lower())


def find(paths: Iterable[str]) -> Iterator[str | Failure]:
    """The files that paths stand for, each once, in the order given; of a directory its articles, sorted.

    A file found in a directory is called as the directory was given, joined with the way from there. Hidden
    files and directories are passed over, links are followed (in circles once). Never raises.
    """
    seen: set[str] = set()
    for path in map(os.fspath, paths):
        for found in _expand(path):
            name = _identity(found if isinstance(found, str) else found.source)
            if name not in seen:
                seen.add(name)
                yield found


def open_file(path: str) -> BinaryIO:
    """A regular file, opened for its bytes. Raises SourceError for anything else, without waiting for it."""
    source = readable(path)
    try:
        if not path:
            raise FileNotFoundError
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode):
            raise SourceError(source, f"{_what(mode)}, not a file", "pipe it in and give - as the path")
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def read_bytes(source: str, stream: BinaryIO, first: bytes = b"") -> bytes:
    """All of a stream behind `first`. Raises SourceError where it is more than one document may have."""
    raw = first + stream.read(MAX_BYTES + 1 - len(first)) if len(first) <= MAX_BYTES else first
    if len(raw) > MAX_BYTES:
        hint = "split it into several files, or make it a .jsonl corpus with one document a line"
        raise SourceError(source, f"over {MAX_BYTES // MIB} MiB, the most a document may have", hint)
    return raw


def unreadable(path: str, error: Exception) -> SourceError:
    """Our error for what the system says about a path."""
    source = readable(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if path and Path(path).is_symlink():
            return SourceError(source, "a link to nothing", "mend the link, or give the file it should lead to")
        return SourceError(source, "no such file or directory", "look at the spelling and the current directory")
    if isinstance(error, PermissionError):
        return SourceError(source, "may not be read", "allow it (chmod u+r), or run as who may read it")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceError(source, f"cannot be read ({reason})", "look whether the file and its disk are in order")


def _what(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a directory"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def _identity(path: str) -> str:
    """One name for all ways to write a path."""
    try:
        return path if path in (STDIN, "") else os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _is_directory(path: str) -> bool:
    try:
        return bool(path) and Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _expand(path: str) -> Iterator[str | Failure]:
    if path == STDIN or not _is_directory(path):
        yield path
        return
    empty = True
    for found in _walk(path):
        empty = False
        yield found
    if empty:
        yield Failure(readable(path), "a directory without articles", f"articles end in {', '.join(FORMATS)}")


def _walk(top: str) -> Iterator[str | Failure]:
    visited: set[tuple[int, int]] = set()
    waiting = [(top, True)]
    while waiting:
        path, is_directory = waiting.pop()
        if not is_directory:
            yield path
            continue
        try:
            waiting += reversed(_entries(path, visited))
        except OSError as error:
            failure = unreadable(path, error)
            yield Failure(failure.source, failure.problem, failure.hint)


def _entries(directory: str, visited: set[tuple[int, int]]) -> list[tuple[str, bool]]:
    """What a directory holds for us, sorted as the whole paths would be; nothing the second time."""
    info = Path(directory).stat()
    if (info.st_dev, info.st_ino) in visited:
        return []
    visited.add((info.st_dev, info.st_ino))
    joint = "" if directory.endswith(os.sep) else os.sep
    with os.scandir(directory) as entries:
        found = [(f"{directory}{joint}{entry.name}", _is_directory(entry.path)) for entry in entries if _shown(entry)]
    wanted = [(path, is_directory) for path, is_directory in found if is_directory or format_of(path)]
    return sorted(wanted, key=lambda item: item[0] + (os.sep if item[1] else ""))


def _shown(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".")
