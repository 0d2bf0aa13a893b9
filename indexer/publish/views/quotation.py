"""`/q/<key>`: one quotation for good, and the same as files to cite it."""

from __future__ import annotations

import datetime
from typing import Any

from datasette.utils.asgi import Response

from indexer.errors import NotFound
from indexer.publish.answering import HEADERS, asked, html, moved, page, read, whole_address
from indexer.publish.formats.citations import FORMATS, Cited, quotable
from indexer.publish.formats.linked_data import quotation_data
from indexer.publish.pages import quotation as pages
from indexer.store.rows import Hit

_GONE = "The article may have changed since this link was made: search for the words."


@page(_GONE)
async def quotation(datasette: Any, request: Any) -> Response:
    """`/q/<key>`: one quotation for good; the beginning of a key is sent on to the whole key."""
    key = asked(request, "key")
    try:
        view = await read(datasette, lambda reader: pages.quotation(reader, key))
    except NotFound as error:
        return await _gone(datasette, request, key.lower(), error)
    if view.hit.key != key:
        return moved(datasette, f"/q/{view.hit.key}")
    cited = _cited(datasette, request, view.hit)
    context = {
        "page": view,
        "hit": view.hit,
        "cited": cited,
        "citations": [(form, form.write(cited)) for form in FORMATS],
        "linked_data": quotation_data(cited.hit, cited.permalink),
    }
    return await html(datasette, request, "quotes_quotation.html", context)


@page(_GONE)
async def citation(datasette: Any, request: Any) -> Response:
    """`/q/<key>.<format>`: the quotation as a file to cite it."""
    key, ending = asked(request, "key"), asked(request, "format")
    hit = (await read(datasette, lambda reader: reader.quotation(key))).hit
    if hit.key != key:
        return moved(datasette, f"/q/{hit.key}.{ending}")
    form = next(form for form in FORMATS if form.ending == ending)
    headers = {**HEADERS, "Content-Disposition": f'inline; filename="quotation-{key}.{ending}"'}
    make: Any = Response
    response: Response = make(
        form.write(_cited(datasette, request, hit)), headers=headers, content_type=form.media_type
    )
    return response


def _cited(datasette: Any, request: Any, hit: Hit) -> Cited:
    """The quotation with its address as the reader's browser reaches it."""
    permalink = whole_address(datasette, request, f"/q/{hit.key}")
    return Cited(quotable(hit), permalink, datetime.datetime.now(datetime.UTC).date())


async def _gone(datasette: Any, request: Any, key: str, error: NotFound) -> Response:
    """The page for a key that leads nowhere, with a search for its words where a person's decision kept them."""
    lost = await read(datasette, lambda reader: reader.lost(key))
    if lost is None or not lost.anchor.words:
        raise error
    words = " ".join(lost.anchor.words.split())
    problem = f"These words are no longer in {lost.document}: “{words}”"
    return await html(datasette, request, "404.html", {"problem": problem, "hint": _GONE, "words": words[:300]}, 404)
