"""`/compare`: what two or three speakers, or outlets, said about one thing."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from indexer.publish.answering import html, page, read
from indexer.publish.comparing import read_question
from indexer.publish.pages import compare as pages


@page("")
async def compare(datasette: Any, request: Any) -> Response:
    """`/compare?a=…&b=…&c=…&q=…`: side by side over time; without names, a form."""
    question = read_question(request.args.get)
    view = await read(datasette, lambda reader: pages.compare(reader, question))
    status = 400 if view.problems or view.missing else 200
    return await html(datasette, request, "quotes_compare.html", {"view": view, "question": question}, status)
