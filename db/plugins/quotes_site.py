"""The Datasette plugin of the site: it registers what `indexer.publish` does, and does nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl  # type: ignore[attr-defined]

from indexer.publish.answering import View, find_database
from indexer.publish.caching import kept_by_browsers
from indexer.publish.site import stamp
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
def extra_template_vars(datasette: Any) -> Any:
    """`site`: its title, the database it reads, a stamp that changes with its styles and scripts, and two choices.

    `robots`: search engines may list the pages; `excerpts`: documents are shown in part (see `quotes publish`).
    """

    async def site() -> dict[str, Any]:
        configured = datasette.plugin_config("quotes-site") or {}
        choices = {name: bool(configured.get(name)) for name in ("robots", "excerpts")}
        named = {"title": configured.get("title") or "Who said what", "database": await find_database(datasette)}
        return {"site": {**named, "stamp": stamp(STATIC), **choices}}

    return site


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Styles and scripts, whose addresses change with them, stay in the browser."""
    return kept_by_browsers(datasette.setting("base_url"))
