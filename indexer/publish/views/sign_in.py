"""`/-/login` and `/-/logout`: signing in, to review, and out."""

from __future__ import annotations

import asyncio
from typing import Any

from datasette.utils.asgi import Response

from indexer.errors import NotFound
from indexer.publish.answering import html, page, see
from indexer.publish.review import sessions
from indexer.publish.review.desk import desk_of, reviewer

WRONG = "Name and password do not belong together."
LATER = "Too many passwords were tried for this name. Wait a minute, then try again."


@page("")
async def sign_out(datasette: Any, request: Any) -> Response:
    """`/-/logout`: a form sent here ends the session of whoever is signed in."""
    if reviewer(datasette, request) is None:
        return await html(datasette, request, "quotes_reviewers_only.html", {}, 403)
    response = see(datasette, "/review" if request.method != "POST" else "/")
    if request.method == "POST":
        sessions.end(response)
    return response


@page("")
async def sign_in(datasette: Any, request: Any) -> Response:
    """`/-/login`: name and password; whoever signs in comes to the queue."""
    desk = desk_of(datasette)
    if desk is None:
        raise NotFound("nobody signs in here")
    if request.method != "POST":
        return await html(datasette, request, "quotes_sign_in.html", {"problem": "", "name": ""})
    form = await request.post_vars()
    name, password = form.get("username", "")[:100].strip(), form.get("password", "")[:1000]
    if not desk.lets_try(name):
        return await html(datasette, request, "quotes_sign_in.html", {"problem": LATER, "name": name}, 429)
    hashed = await asyncio.to_thread(desk.check, name, password)
    if hashed is None:
        return await html(datasette, request, "quotes_sign_in.html", {"problem": WRONG, "name": name}, 403)
    response = see(datasette, "/review")
    sessions.begin(datasette, request, response, name, hashed)
    return response
