"""Sources: paths to documents. Text, Markdown, HTML pages, .jsonl corpora, directories of them, standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from indexer.domain import Document, Failure
from indexer.errors import SourceError
from indexer.sources import corpus, files, html, markdown, text
from indexer.sources.metadata import readable

__all__ = ["count", "read"]

_Outcome = tuple[str, Document | Failure]
"""The name of a file or line, and what came of it."""
_READERS: dict[str, Callable[[str, bytes], Document]] = {
    "text": text.read,
    "markdown": markdown.read,
    "html": html.read,
}


def read(paths: Iterable[str], *, stdin: BinaryIO | None = None) -> Iterator[Document | Failure]:
    """The documents of the paths, lazily, in the order given; a directory's articles in sorted order.

    "-" is standard input (`stdin`, by default the process's own). A file is read once, however often it is
    given. A document's id is its path as given, or the id of its corpus line; one that an earlier document
    of this call has is a Failure, as is every input that cannot be read. Never raises for a bad input.
    """
    ids: set[str] = set()
    for found in files.find(paths):
        if isinstance(found, Failure):
            yield found
            continue
        for source, outcome in _outcomes(found, stdin):
            yield _unless_seen(source, outcome, ids)


def count(paths: Iterable[str]) -> int | None:
    """About how many documents the paths hold, cheaply, for a progress bar; None with standard input."""
    total = 0
    for found in files.find(paths):
        if found == files.STDIN:
            return None
        total += _estimate(found) if isinstance(found, str) else 1
    return total


def _estimate(path: str) -> int:
    if files.format_of(path) != "corpus":
        return 1
    try:
        with files.open_file(path) as stream:
            return corpus.estimate(stream)
    except (SourceError, OSError):
        return 1  # a failure is one thing to get through, too


def _unless_seen(source: str, outcome: Document | Failure, ids: set[str]) -> Document | Failure:
    if isinstance(outcome, Document):
        if outcome.id in ids:
            hint = "give each document an id of its own; the earlier one is kept"
            return Failure(source, f"an earlier document has the id {outcome.id!r}", hint)
        ids.add(outcome.id)
    return outcome


def _outcomes(path: str, stdin: BinaryIO | None) -> Iterator[_Outcome]:
    """What comes of one file, its own failure included."""
    source = readable(path)
    try:
        if path == files.STDIN:
            yield from _of_unknown_format(source, stdin or sys.stdin.buffer)
        else:
            with files.open_file(path) as stream:
                yield from _of_file(source, stream)
    except SourceError as error:
        yield source, Failure(error.source, error.problem, error.hint)
    except (OSError, ValueError) as error:
        failure = files.unreadable(path, error)
        yield source, Failure(failure.source, failure.problem, failure.hint)


def _of_file(source: str, stream: BinaryIO) -> Iterator[_Outcome]:
    known = files.format_of(source)
    if known is None:
        yield from _of_unknown_format(source, stream)
    elif known == "corpus":
        yield from corpus.read(source, stream)
    else:
        yield source, _READERS[known](source, files.read_bytes(source, stream))


def _of_unknown_format(source: str, stream: BinaryIO) -> Iterator[_Outcome]:
    """Tells by the content: a corpus by its first line, a page by its top, else plain text."""
    first = stream.readline(text.MAX_BYTES + 1)
    if corpus.looks_like_corpus(first):
        yield from corpus.read(source, stream, first)
        return
    raw = files.read_bytes(source, stream, first)
    reader = html.read if html.looks_like_html(raw) else text.read
    yield source, reader(source, raw)
