"""`publish`: the site and a copy of the index as a folder that plain Datasette serves, on any machine."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from indexer import __version__
from indexer.errors import OutputError, StoreError, UsageError
from indexer.publish.publishing.contents import write_contents, write_json
from indexer.publish.publishing.plan import Publication
from indexer.publish.publishing.replacing import replace_folder
from indexer.publish.server import NAME
from indexer.store.lock import WriterLock
from indexer.store.publishing.copying import Published, copy_index, row_counts

MARKER = "publication.json"
"""The file that says that a folder is ours, and lists what is in it."""


def publish(db: str | os.PathLike[str], folder: str | os.PathLike[str], publication: Publication) -> Published:
    """Make the folder, or put a new one in its place: what is there stays until the new one is whole.

    Raises UsageError for a folder with files that are not ours, OutputError where it cannot be written, and the store's
    errors for the index, and where another process publishes to this folder.
    """
    name, place = os.fspath(folder), Path(os.path.realpath(folder))
    _check_place(place, name)
    with _our_errors(name):
        lock = WriterLock(str(place), f"publish {name}")
        unfinished = place.with_name(f"{place.name}-unfinished")
        try:
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            published = _fill(unfinished, os.fspath(db), publication, name)
            replace_folder(unfinished, place)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
            lock.release()
    return published


def _fill(folder: Path, db: str, publication: Publication, name: str) -> Published:
    index = folder / f"{NAME}.db"
    choices = {"full_text": publication.full_text, "names": publication.names}
    published = copy_index(db, index, **choices, called=name)
    write_contents(folder, publication, published, row_counts(str(index)))
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    made = {"by": f"quote-indexer {__version__}", **asdict(publication), **asdict(published)}
    write_json(folder / MARKER, {**made, "files": [*files, MARKER]})
    return published


def _check_place(place: Path, folder: str) -> None:
    """Raise UsageError where the folder cannot be made, or holds what `publish` did not make."""
    if not place.parent.is_dir():
        raise UsageError(f"{folder}: there is no folder {place.parent}", "make it first, or choose another place")
    if place.exists() and not place.is_dir():
        raise UsageError(f"{folder}: not a folder", "name a folder to publish in")
    foreign = _foreign(place) if place.exists() else None
    if foreign is not None:
        hint = "choose another folder, or move that elsewhere; nothing was changed"
        raise UsageError(f"{folder}: holds {foreign}, which `quotes publish` did not make", hint)


def _foreign(place: Path) -> str | None:
    """The first file that an earlier publication does not list; None where there is none.

    What Python keeps of the modules when they are used may be there.
    """
    try:
        known = set(json.loads((place / MARKER).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return min((path.name for path in place.iterdir()), default=None)
    there = (path for path in place.rglob("*") if not path.is_dir() and path.parent.name != "__pycache__")
    return min((name for path in there if (name := str(path.relative_to(place))) not in known), default=None)


@contextmanager
def _our_errors(folder: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError(f"{folder}: the disk is full", "free some space, then run the command again") from error
        hint = "choose another folder, or mend this one; nothing was changed"
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error})", hint) from error
