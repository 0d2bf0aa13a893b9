"""`/robots.txt`: what search engines may list."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from indexer.publish.answering import find_database


async def robots(datasette: Any, request: Any) -> Response:
    """`/robots.txt`: nothing, unless the site was published for search engines; then the pages, but no tables."""
    base = datasette.setting("base_url")
    listed = (datasette.plugin_config("quotes-site") or {}).get("robots")
    closed = ["-/", "?", f"{await find_database(datasette)}/"] if listed else [""]
    make: Any = Response
    response: Response = make.text("\n".join(["User-agent: *", *(f"Disallow: {base}{path}" for path in closed), ""]))
    return response
