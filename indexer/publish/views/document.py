"""`/document/<slug>`: the whole text with its quotations marked."""

from __future__ import annotations

import re
from typing import Any

from datasette.utils.asgi import Response

from indexer.publish.answering import asked, html, moved, page, read, whole_address
from indexer.publish.formats.linked_data import document_data
from indexer.publish.pages import document as pages
from indexer.publish.pages.document import Asked, DocumentView
from indexer.publish.words import in_path

LINKED = 200
"""So many quotations are named in the JSON-LD of a page at most."""
_SPEAKERS = 50


@page("It may be in the index under another name: search for words in it.")
async def document(datasette: Any, request: Any) -> Response:
    """`/document/<slug>`: the text with its quotations marked; `?terms=1` marks terms too.

    `?speaker=` (more than once) marks only these; a long text comes in parts: `?part=2`, or `?at=` with the key of a
    quotation for the part that it is in.
    """
    slug, wanted = asked(request, "slug"), read_asked(request)
    view = await read(datasette, lambda reader: pages.document(reader, slug, wanted))
    if view.document.slug != slug:
        return moved(datasette, f"/document/{in_path(view.document.slug)}")
    context = {"view": view, "linked_data": _linked_data(datasette, request, view)}
    return await html(datasette, request, "quotes_document.html", context)


def read_asked(request: Any) -> Asked:
    """What is asked for in the address; what makes no sense is as if it were not there."""
    part, at = request.args.get("part") or "", (request.args.get("at") or "").lower()
    speakers = [value[:200] for value in request.args.getlist("speaker") if value][:_SPEAKERS]
    return Asked(
        terms=request.args.get("terms") == "1",
        part=max(int(part) - 1, 0) if re.fullmatch("[0-9]{1,6}", part) else 0,
        at=at if re.fullmatch("[0-9a-f]{12,20}", at) else "",
        speakers=frozenset(speakers),
    )


def _linked_data(datasette: Any, request: Any, view: DocumentView) -> dict[str, Any]:
    def absolute(path: str) -> str:
        return whole_address(datasette, request, path)

    said = [hit for hit in view.hits if hit.kind != "term"][:LINKED]
    permalinks = [absolute(f"/q/{hit.key}") for hit in said]
    return document_data(view.document, absolute(f"/document/{in_path(view.document.slug)}"), permalinks)
