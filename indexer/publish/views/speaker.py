"""`/speaker/<slug>`: who it is and what they said."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from indexer.publish.answering import asked, html, moved, page, read
from indexer.publish.pages import speaker as pages
from indexer.publish.parameters import read_query
from indexer.publish.words import in_path


@page("Search for something they said, or choose from the most quoted on the home page.")
async def speaker(datasette: Any, request: Any) -> Response:
    """`/speaker/<slug>`: who it is and what they said; a name instead of a slug is sent on to the slug."""
    slug, query = asked(request, "slug"), read_query(request.args.get)
    view = await read(datasette, lambda reader: pages.speaker(reader, slug, query))
    if view.speaker.slug != slug:
        return moved(datasette, f"/speaker/{in_path(view.speaker.slug)}")
    status = 400 if query.problems else 200
    return await html(datasette, request, "quotes_speaker.html", {"view": view, "query": query}, status)
