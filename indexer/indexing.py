"""The one place where the rooms meet: read -> analyse -> write, one document at a time."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from indexer.domain import Attribution, Document, Failure
from indexer.nlp.analysis import Analyser, load
from indexer.nlp.model import chosen
from indexer.sources import read
from indexer.sources.files import format_of
from indexer.store.corrections.reader import CorrectionReader
from indexer.store.writer import Writer

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Progress = Callable[[Document | Failure], None]
"""Called with each document once it is in the index, and with each failure once it is recorded."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run did to the documents, and (the last four) what the index holds after it.

    `orphaned`: corrections that do not find their words now.
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
    orphaned: int


def extract(text: str, *, model: str | None = None, **metadata: Any) -> list[Attribution]:
    """The quotations of `text` that have a speaker, in reading order.

    `model` is a language model (an installed spaCy pipeline, its folder, or "none"); None: the one that
    QUOTES_MODEL names, else the default. `metadata` are the other fields of `Document`; `author` matters most:
    it is who "I" is. Raises ModelError.
    """
    document = Document(**{"id": "text", **metadata, "text": text})
    return [found for found in _analyser(model).analyse(document) if found.is_attributed_quotation]


def read_and_analyse(
    paths: Paths, *, stdin: BinaryIO | None = None, model: str | None = None
) -> Iterator[tuple[Document, list[Attribution]] | Failure]:
    """Each document of `paths` with every pair of marks in it, or the failure of that input, as they come.

    `model`: as in `extract`. Raises ModelError before anything is read.
    """
    analyser = _analyser(model)
    for item in read(_names(paths), stdin=stdin):
        if isinstance(item, Failure):
            yield item
        else:
            found = _analyse(analyser, item)
            yield found if isinstance(found, Failure) else (item, found)


def index(
    paths: Paths,
    db: str | os.PathLike[str],
    *,
    prune: bool = False,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
    model: str | None = None,
    backed_up: Callable[[Path], None] | None = None,
) -> Summary:
    """Build or update the index `db`: idempotent, resumable, each document written whole or not at all.

    An input that fails is recorded in the index and the others go on. `prune` drops the documents that
    are in the index but not in `paths`. `model`: as in `extract`; documents that another one read are read again.
    `backed_up` is called with the backup where the index had an older schema.
    Raises StoreError when the index cannot be opened or written, ModelError before anything is.
    """
    names, tally = _names(paths), Counter[str]()
    kept, hidden = set[str](), False
    analyser = _analyser(model)
    options = [*(["--prune"] if prune else []), *(["--model", model] if model else [])]
    with Writer(db, command=shlex.join(["index", *names, *options])) as writer:
        if writer.backup and backed_up:
            backed_up(writer.backup)
        for item in read(names, stdin=stdin):
            outcome, done = _keep(writer, analyser, item)
            tally[outcome] += 1
            kept.add(item.source if isinstance(item, Failure) else item.id)
            hidden = hidden or (isinstance(done, Failure) and _may_hide_documents(done))
            if progress:
                progress(done)
        writer.forget_failures(names)
        pruned = writer.prune(kept) if prune and kept and not hidden else 0
    with CorrectionReader(db) as reader:
        stats, orphaned = reader.stats(), reader.orphaned()
    return Summary(
        **{outcome: tally[outcome] for outcome in ("added", "changed", "unchanged", "failed")},
        **{count: stats[count] for count in ("documents", "quotations", "attributed")},
        pruned=pruned,
        orphaned=orphaned,
        prune_refused=prune and (hidden or not kept),
    )


def _keep(writer: Writer, analyser: Analyser, item: Document | Failure) -> tuple[str, Document | Failure]:
    """Write one document, or record why not: the outcome by its name in `Summary`, and what it happened to."""
    if isinstance(item, Failure):
        writer.fail(item)
        return "failed", item
    if not writer.needs(item, analyser.version):
        return "unchanged", item
    found = _analyse(analyser, item)
    if isinstance(found, Failure):
        return _keep(writer, analyser, found)
    return writer.write(item, found, analyser.version), item


def _analyse(analyser: Analyser, document: Document) -> list[Attribution] | Failure:
    """A text that our rules trip over is one failed input; it must not cost the thousands after it."""
    try:
        return analyser.analyse(document)
    except Exception as error:
        return Failure(document.id, f"cannot be analysed ({type(error).__name__}: {error})", "Please report this text.")


def _may_hide_documents(failure: Failure) -> bool:
    """True unless the failure is of one file that is one document: then its id is known, and is kept."""
    return format_of(failure.source) in (None, "corpus") or not Path(failure.source).is_file()


def _names(paths: Paths) -> list[str]:
    return [os.fspath(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]


def _analyser(model: str | None) -> Analyser:
    return _loaded(chosen(model))


@lru_cache(maxsize=2)
def _loaded(model: str) -> Analyser:
    return load(model)
