"""`/document/<slug>`: the whole text with its quotations marked."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from indexer.publish.answering import asked, html, moved, page, read
from indexer.publish.pages import document as pages
from indexer.publish.words import in_path


@page("It may be in the index under another name: search for words in it.")
async def document(datasette: Any, request: Any) -> Response:
    """`/document/<slug>`: the whole text with its quotations marked; `?terms=1` marks terms too."""
    slug, shows_terms = asked(request, "slug"), request.args.get("terms") == "1"
    view = await read(datasette, lambda reader: pages.document(reader, slug, shows_terms))
    if view.document.slug != slug:
        return moved(datasette, f"/document/{in_path(view.document.slug)}")
    return await html(datasette, request, "quotes_document.html", {"view": view})
