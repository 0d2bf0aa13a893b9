"""What documents are called in a published copy: a path on somebody's machine becomes the name of the file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from indexer.store.keys import KEY_LENGTH, short_hash

_LOCAL = re.compile(r"/|~|\.\.[/\\]|\\\\|[A-Za-z]:[/\\]|file:", re.IGNORECASE)


def is_local(name: str) -> bool:
    """Whether a document's id or address tells where something lies on a machine: an absolute path, `../`, `file:`."""
    return _LOCAL.match(name) is not None


def public_names(names: Iterable[str]) -> dict[str, str]:
    """A name to publish for each of these ids, no two alike; those that tell nothing of a machine stay.

    A local path becomes the name of the file; where another document has that too, with digits of the path's hash.
    """
    shown = {name: _file_name(name) if is_local(name) else name for name in names}
    times = Counter(shown.values())
    return {
        name: f"{short}-{short_hash(name, KEY_LENGTH)}" if times[short] > 1 and short != name else short
        for name, short in shown.items()
    }


def _file_name(path: str) -> str:
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1] or "document"
