"""What browsers and the servers in between may keep, and for how long."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

FOR_GOOD = b"public, max-age=31536000, immutable"
"""A file whose address has its version in it."""


def tag_of(body: str) -> str:
    """The entity tag of a page: two pages have the same one only if they are the same to the last character."""
    return f'"{hashlib.sha256(body.encode(errors="replace")).hexdigest()[:20]}"'


def has_it(request: Any, tag: str) -> bool:
    """Whether the browser holds this very page; a server in between may have marked the tag as weak."""
    held = (request.headers.get("if-none-match") or "").split(",")
    return tag in (one.strip().removeprefix("W/") for one in held)


def lifetime(seconds: int, is_mutable: bool) -> str:
    """How long a page may be shown without asking again: not at all where the index can change at any time."""
    return "no-cache" if is_mutable or seconds <= 0 else f"max-age={seconds}"


def kept_by_browsers(base_url: str) -> Callable[[Application], Application]:
    """Around a site: what is asked for under `static/` with a version may be kept for good, else for a minute."""

    def around(site: Application) -> Application:
        async def answering(scope: Message, receive: Receive, send: Send) -> None:
            if scope["type"] != "http" or not scope["path"].startswith(f"{base_url}static/"):
                return await site(scope, receive, send)
            has_version = scope.get("query_string") or "/vendor/" in scope["path"]

            async def marking(message: Message) -> None:
                if message["type"] == "http.response.start" and message["status"] == 200:
                    how_long = FOR_GOOD if has_version else b"public, max-age=60"
                    message = {**message, "headers": [*message["headers"], (b"cache-control", how_long)]}
                await send(message)

            return await site(scope, receive, marking)

        return answering

    return around
