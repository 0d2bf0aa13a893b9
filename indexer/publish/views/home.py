"""`/`: the search box; results, or the newest quotations and the most quoted speakers."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from indexer.publish.answering import html, page, read
from indexer.publish.pages import home as pages
from indexer.publish.parameters import read_query


@page("")
async def home(datasette: Any, request: Any) -> Response:
    """`/`: the search box; results, or the newest quotations and the most quoted speakers."""
    query = read_query(request.args.get)
    if query.is_empty:
        shown = await read(datasette, pages.home)
        return await html(datasette, request, "quotes_home.html", {"home": shown, "query": query})
    found = await read(datasette, lambda reader: pages.found(reader, query))
    status = 400 if found.results.problems else 200
    return await html(datasette, request, "quotes_search.html", {"found": found, "query": query}, status)
