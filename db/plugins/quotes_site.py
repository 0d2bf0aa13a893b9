"""The Datasette plugin of the site: it registers what `indexer.publish` does, and does nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl  # type: ignore[attr-defined]
from datasette.plugins import pm

from indexer.publish import mistakes
from indexer.publish.answering import View, find_database
from indexer.publish.caching import kept_by_browsers
from indexer.publish.gate import App, gate
from indexer.publish.site import stamp
from indexer.publish.views.routes import ROUTES
from indexer.publish.words import FILTERS

STATIC = Path(__file__).resolve().parent.parent / "static"


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, View]]:
    """All pages of the site; those for reviewing only where people review."""
    return [*ROUTES, *getattr(datasette, "desk_routes", ())]


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Styles and scripts stay in the browser, and nothing is taken in but the forms of the review.

    Datasette started by its own command, which cannot review, takes what it always takes.
    """
    kept = kept_by_browsers(datasette.setting("base_url"))
    takes_forms = getattr(datasette, "takes_forms", None)
    return kept if takes_forms is None else lambda app: gate(kept(app), takes_forms)


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
def extra_template_vars(datasette: Any, request: Any) -> Any:
    """`site`: its title, the database it reads, a stamp that changes with its styles and scripts, and who asks.

    `robots`: search engines may list the pages; `excerpts`: documents are shown in part (see `quotes publish`);
    `is_reviewed`: people may sign in to review; `reviewer`: the name of the one who asks.
    """

    async def site() -> dict[str, Any]:
        configured = datasette.plugin_config("quotes-site") or {}
        choices = {name: bool(configured.get(name)) for name in ("robots", "excerpts")}
        named = {"title": configured.get("title") or "Who said what", "database": await find_database(datasette)}
        return {"site": {**named, "stamp": stamp(STATIC), **choices, **_desk(datasette, request)}}

    return site


def _desk(datasette: Any, request: Any) -> dict[str, Any]:
    is_reviewed = bool(getattr(datasette, "desk_routes", ()))
    return {"is_reviewed": is_reviewed, "reviewer": datasette.reviewer(request) if is_reviewed else None}
