"""The one place where the rooms meet: read -> analyse -> write, one document at a time."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from indexer.domain import Attribution, Document, Failure
from indexer.nlp import analysis
from indexer.sources import read
from indexer.sources.files import format_of
from indexer.store.reader import Reader
from indexer.store.writer import Writer

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Progress = Callable[[Document | Failure], None]
"""Called with each document once it is in the index, and with each failure once it is recorded."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run did to the documents, and (the last three) what the index holds after it.

    `prune_refused`: nothing was dropped, because documents may be behind an input that failed.
    """

    added: int
    changed: int
    unchanged: int
    failed: int
    pruned: int
    prune_refused: bool
    documents: int
    quotations: int
    attributed: int


def extract(text: str, **metadata: Any) -> list[Attribution]:
    """The quotations of `text` that have a speaker, in reading order.

    `metadata` are the other fields of `Document`; `author` matters most: it is who "I" is.
    """
    document = Document(**{"id": "text", **metadata, "text": text})
    return [found for found in _analyser().analyse(document) if found.is_attributed_quotation]


def read_and_analyse(
    paths: Paths, *, stdin: BinaryIO | None = None
) -> Iterator[tuple[Document, list[Attribution]] | Failure]:
    """Each document of `paths` with every pair of marks in it, or the failure of that input, as they come."""
    for item in read(_names(paths), stdin=stdin):
        if isinstance(item, Failure):
            yield item
        else:
            found = _analyse(item)
            yield found if isinstance(found, Failure) else (item, found)


def index(
    paths: Paths,
    db: str | os.PathLike[str],
    *,
    prune: bool = False,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> Summary:
    """Build or update the index `db`: idempotent, resumable, each document written whole or not at all.

    An input that fails is recorded in the index and the others go on. `prune` drops the documents that
    are in the index but not in `paths`. Raises StoreError when the index cannot be opened or written.
    """
    names, tally = _names(paths), Counter[str]()
    kept, hidden = set[str](), False
    with Writer(db, command=shlex.join(["index", *names, *(["--prune"] if prune else [])])) as writer:
        for item in read(names, stdin=stdin):
            outcome, done = _keep(writer, item)
            tally[outcome] += 1
            kept.add(item.source if isinstance(item, Failure) else item.id)
            hidden = hidden or (isinstance(done, Failure) and _may_hide_documents(done))
            if progress:
                progress(done)
        writer.forget_failures(names)
        pruned = writer.prune(kept) if prune and kept and not hidden else 0
    with Reader(db) as reader:
        stats = reader.stats()
    return Summary(
        **{outcome: tally[outcome] for outcome in ("added", "changed", "unchanged", "failed")},
        **{count: stats[count] for count in ("documents", "quotations", "attributed")},
        pruned=pruned,
        prune_refused=prune and (hidden or not kept),
    )


def _keep(writer: Writer, item: Document | Failure) -> tuple[str, Document | Failure]:
    """Write one document, or record why not: the outcome by its name in `Summary`, and what it happened to."""
    if isinstance(item, Failure):
        writer.fail(item)
        return "failed", item
    if not writer.needs(item, _analyser().version):
        return "unchanged", item
    found = _analyse(item)
    if isinstance(found, Failure):
        return _keep(writer, found)
    return writer.write(item, found, _analyser().version), item


def _analyse(document: Document) -> list[Attribution] | Failure:
    """A text that our rules trip over is one failed input; it must not cost the thousands after it."""
    analyser = _analyser()
    try:
        return analyser.analyse(document)
    except Exception as error:
        return Failure(document.id, f"cannot be analysed ({type(error).__name__}: {error})", "Please report this text.")


def _may_hide_documents(failure: Failure) -> bool:
    """True unless the failure is of one file that is one document: then its id is known, and is kept."""
    return format_of(failure.source) in (None, "corpus") or not Path(failure.source).is_file()


def _names(paths: Paths) -> list[str]:
    return [os.fspath(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]


@cache
def _analyser() -> analysis.Analyser:
    return analysis.load()
