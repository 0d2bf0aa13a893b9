"""The Datasette plugin of the site: it registers what `indexer.publish` does, and does nothing itself."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from datasette import hookimpl  # type: ignore[attr-defined]
from datasette.plugins import pm

from indexer.publish import mistakes
from indexer.publish.answering import View, find_database
from indexer.publish.views.routes import ROUTES
from indexer.publish.words import FILTERS

STATIC = Path(__file__).resolve().parent.parent / "static"


@hookimpl
def register_routes() -> list[tuple[str, View]]:
    """All pages of the site."""
    return list(ROUTES)


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Dates, tiers and kinds in words, for the templates."""
    env.filters.update(FILTERS)


@hookimpl
def startup() -> None:
    """Without this Datasette prints all local variables for each page that is not found: seconds for a long address."""
    errors: Any = pm.get_plugin("datasette.handle_exception")
    errors.rich = None


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: BaseException) -> Any:
    """A page that explains, where Datasette would say 500 to an address that makes no sense."""
    return lambda: mistakes.explain(datasette, request, exception)


@hookimpl
def extra_template_vars(datasette: Any) -> Any:
    """`site`: its title, the name of the database it reads, and a stamp that changes with its styles and scripts."""

    async def site() -> dict[str, Any]:
        configured = datasette.plugin_config("quotes-site") or {}
        title = configured.get("title") or "Who said what"
        return {"site": {"title": title, "database": await find_database(datasette), "stamp": _stamp()}}

    return site


def _stamp() -> str:
    """Eight digits of all styles and scripts of ours; those of others have their version in their path."""
    files = sorted(path for path in STATIC.iterdir() if path.suffix in (".css", ".js"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
