"""The Datasette plugin of the site: it registers what `indexer.publish` does, and does nothing itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl  # type: ignore[attr-defined]

from indexer.publish.answering import View, find_database
from indexer.publish.review.desk import desk_of, reviewer
from indexer.publish.review.gate import App, gate
from indexer.publish.views.routes import REVIEW_ROUTES, ROUTES, takes_forms
from indexer.publish.words import FILTERS

STATIC = Path(__file__).resolve().parent.parent / "static"


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, View]]:
    """All pages of the site; those for reviewing only where people review."""
    return [*ROUTES, *(REVIEW_ROUTES if desk_of(datasette) else ())]


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Nothing is taken in but the forms of the review; Datasette started by its own command is left as it is."""
    if not hasattr(datasette, "desk"):
        return lambda app: app
    return lambda app: gate(app, takes_forms if desk_of(datasette) else lambda path: False)


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Dates, tiers and kinds in words, for the templates."""
    env.filters.update(FILTERS)


@hookimpl
def extra_template_vars(datasette: Any, request: Any) -> Any:
    """`site`: its title, the name of the database it reads, and a stamp that changes with its styles and scripts.

    `site.is_reviewed` where people may sign in to review, and `site.reviewer`, the name of the one who asks.
    """

    async def site() -> dict[str, Any]:
        configured = datasette.plugin_config("quotes-site") or {}
        title = configured.get("title") or "Who said what"
        known = {"title": title, "database": await find_database(datasette), "stamp": _stamp()}
        desk = {"is_reviewed": desk_of(datasette) is not None, "reviewer": reviewer(datasette, request)}
        return {"site": {**known, **desk}}

    return site


def _stamp() -> str:
    """Eight digits of all styles and scripts of ours; those of others have their version in their path."""
    files = sorted(path for path in STATIC.iterdir() if path.suffix in (".css", ".js"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
