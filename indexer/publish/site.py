"""Where the site's files are. Nothing else knows: the Datasette configuration directory is `db/` in a checkout
and `indexer/_site` in an installed wheel, which carries it without databases.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from indexer.errors import ServeError

_PACKAGE = Path(__file__).resolve().parent.parent


def configuration_directory() -> Path:
    """The directory with metadata.yaml, settings.json, templates, plugins and static; raises ServeError without one."""
    for directory in (_PACKAGE.parent / "db", _PACKAGE / "_site"):
        if (directory / "plugins" / "quotes_site.py").is_file():
            return directory
    raise ServeError("the files of the site are missing from this installation", "install quote-indexer again")


def licence() -> Path | None:
    """The licence of the program, which goes where its modules go; None in a copy that has lost it."""
    beside = _PACKAGE.parent / "LICENSE"
    if beside.is_file():
        return beside
    try:
        installed = files("quote-indexer") or []
    except PackageNotFoundError:
        return None
    return next((Path(str(file.locate())) for file in installed if file.parts[-2:] == ("licenses", "LICENSE")), None)


def stamp(static: Path) -> str:
    """Eight digits of all styles and scripts of ours; those of others have their version in their path."""
    found = sorted(path for path in static.iterdir() if path.suffix in (".css", ".js"))
    return _digest(tuple((path, path.stat().st_mtime_ns) for path in found))


@lru_cache(maxsize=4)
def _digest(found: tuple[tuple[Path, int], ...]) -> str:
    """Worked out again only where a file has changed."""
    return hashlib.sha256(b"".join(path.read_bytes() for path, _ in found)).hexdigest()[:8]
