"""Where the site's files are. Nothing else knows: the Datasette configuration directory is `db/` in a checkout
and `indexer/_site` in an installed wheel, which carries it without databases.
"""

from __future__ import annotations

from pathlib import Path

from indexer.errors import ServeError

_PACKAGE = Path(__file__).resolve().parent.parent


def configuration_directory() -> Path:
    """The directory with metadata.yaml, settings.json, templates, plugins and static; raises ServeError without one."""
    for directory in (_PACKAGE.parent / "db", _PACKAGE / "_site"):
        if (directory / "plugins" / "quotes_site.py").is_file():
            return directory
    raise ServeError("the files of the site are missing from this installation", "install quote-indexer again")
