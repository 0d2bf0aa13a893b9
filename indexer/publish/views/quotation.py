"""`/q/<key>`: one quotation for good."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from indexer.publish.answering import asked, html, moved, page, read


@page("The article may have changed since this link was made: search for the words.")
async def quotation(datasette: Any, request: Any) -> Response:
    """`/q/<key>`: one quotation for good; the beginning of a key is sent on to the whole key."""
    key = asked(request, "key")
    shown = await read(datasette, lambda reader: reader.quotation(key))
    if shown.hit.key != key:
        return moved(datasette, f"/q/{shown.hit.key}")
    return await html(datasette, request, "quotes_quotation.html", {"page": shown, "hit": shown.hit})
