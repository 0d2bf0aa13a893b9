"""Corpora: one JSON object a line, read line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from indexer.domain import Document, Failure
from indexer.errors import SourceError
from indexer.sources.metadata import document, storable
from indexer.sources.text import MAX_BYTES, MIB, decode, looks_binary

_HEAD = 4096
_COUNTED = 64 * MIB
_CONTRACT = 'each line is an object such as {"id": "a1", "text": "…", "title": "…"}'


def read(source: str, stream: BinaryIO, first: bytes = b"") -> Iterator[tuple[str, Document | Failure]]:
    """The documents of a corpus, lazily, each with the name of its line ("corpus.jsonl:17", counted from 1).

    `first` is what was read of the stream already (whole first line, or the start of one over MAX_BYTES).
    No line takes more memory than MAX_BYTES; a longer one is a Failure. Raises SourceError where the whole
    file is no corpus, OSError where it cannot be read on.
    """
    first = first or stream.readline(MAX_BYTES + 1)
    _check(source, first)
    empty = True
    for number, line in enumerate(_lines(stream, first), 1):
        where = f"{source}:{number}"
        if line.strip():
            empty = False
            yield where, _outcome(where, line)
    if empty:
        raise SourceError(source, "a corpus without a line in it", _CONTRACT)


def looks_like_corpus(line: bytes) -> bool:
    """True where a line is a JSON object with an id and a text."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and {"id", "text"} <= record.keys()


def estimate(stream: BinaryIO) -> int:
    """How many lines a corpus has; over 64 MiB about how many, from its size and its first 64 MiB."""
    lines = seen = 0
    last = b""
    while seen < _COUNTED and (chunk := stream.read(MIB)):
        lines, seen, last = lines + chunk.count(b"\n"), seen + len(chunk), chunk
    size = stream.seek(0, 2)
    if size <= seen:
        return lines + (not last.endswith(b"\n"))
    return round(lines * size / seen)


def _check(source: str, first: bytes) -> None:
    """Refuses as a whole what would fail line by line."""
    if looks_binary(first[:_HEAD]):
        raise SourceError(source, "bytes that are no text", "a corpus is UTF-8 text: save it as that")
    if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        hint = f"write one object a line, for example with: jq -c '.[]' FILE; {_CONTRACT}"
        raise SourceError(source, "a JSON array, not one object a line", hint)


def _lines(stream: BinaryIO, first: bytes) -> Iterator[bytes]:
    """The lines; of one over MAX_BYTES its first MAX_BYTES + 1 bytes, the rest skipped chunk by chunk."""
    line = first.removeprefix(b"\xef\xbb\xbf")
    while line:
        yield line
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            _skip_line(stream)
        line = stream.readline(MAX_BYTES + 1)


def _skip_line(stream: BinaryIO) -> None:
    while (chunk := stream.readline(MIB)) and not chunk.endswith(b"\n"):
        pass


def _outcome(where: str, line: bytes) -> Document | Failure:
    try:
        return _document(where, line)
    except SourceError as error:
        return Failure(where, error.problem, error.hint)


def _document(where: str, line: bytes) -> Document:
    if len(line) > MAX_BYTES:
        raise SourceError(where, f"a line over {MAX_BYTES // MIB} MiB", "split its text into several documents")
    record = _record(where, line)
    for key in ("id", "text"):
        if key not in record:
            raise SourceError(where, f"has no {key}", _CONTRACT)
    name = record["id"]
    if isinstance(name, bool) or not isinstance(name, str | int) or not str(name).strip():
        raise SourceError(where, "its id is empty or no string", _CONTRACT)
    if not isinstance(record["text"], str):
        raise SourceError(where, "its text is no string", _CONTRACT)
    return document(where, storable(str(name)), record["text"], record)


def _record(where: str, line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(decode(where, line))
    except (ValueError, RecursionError) as error:
        reason = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "cannot be read"
        raise SourceError(where, f"not JSON ({reason})", _CONTRACT) from error
    if not isinstance(record, dict):
        raise SourceError(where, "not a JSON object", _CONTRACT)
    return record
