"""The site as plain Datasette serves its folder: so the tests run on Datasette 1.0 (`make test-next`)."""

from __future__ import annotations

import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from indexer.publish.site import configuration_directory

IS_NEXT = not version("datasette").startswith("0.")
DIFFERENT = {
    "test_what_is_indexed_while_the_site_is_up_is_shown": "quotes serve is made for Datasette 0.65",
    "test_an_index_with_any_name_is_served_until_interrupted": "quotes serve is made for Datasette 0.65",
}
FILES_DIFFERENT = {
    "test_access.py": "people review over quotes serve, which is made for Datasette 0.65",
    "test_deciding.py": "people review over quotes serve, which is made for Datasette 0.65",
}
"""Tests, and files of tests, that Datasette 1.0 is not asked to pass, and why."""


def application(db_path: str | Path) -> Any:
    """Datasette over a folder with what is in `db/` and this index as quotes.db, not started."""
    folder = Path(tempfile.mkdtemp())
    for path in configuration_directory().iterdir():
        if path.suffix in (".yaml", ".json") or path.is_dir():
            (folder / path.name).symlink_to(path)
    (folder / "quotes.db").symlink_to(Path(db_path).resolve())
    return Datasette(config_dir=folder)
