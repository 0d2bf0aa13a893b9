"""The Datasette plugin of the site: it registers what `indexer.publish` does, and does nothing itself."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from datasette import hookimpl  # type: ignore[attr-defined]

from indexer.publish import views
from indexer.publish.words import FILTERS

STYLESHEET = Path(__file__).resolve().parent.parent / "static" / "quotes.css"


@hookimpl
def register_routes() -> list[tuple[str, views.View]]:
    """The home, speaker, document and quotation pages."""
    return list(views.ROUTES)


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Dates, tiers and kinds in words, for the templates."""
    env.filters.update(FILTERS)


@hookimpl
def extra_template_vars(datasette: Any) -> Any:
    """`site`: its title, the name of the database it reads, and a stamp that changes with the stylesheet."""

    async def site() -> dict[str, Any]:
        configured = datasette.plugin_config("quotes-site") or {}
        stamp = hashlib.sha256(STYLESHEET.read_bytes()).hexdigest()[:8]
        title = configured.get("title") or "Who said what"
        return {"site": {"title": title, "database": await views.find_database(datasette), "stamp": stamp}}

    return site
