"""What comes in: only a site that is reviewed takes forms, at the few addresses that are for them, and whole ones.

It stands before Datasette, whose check of form tokens fails on bytes that no form of a browser holds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

READING = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_FORM = 1_000_000
"""Bytes of the largest form that is read."""
_FORM = b"application/x-www-form-urlencoded"


def gate(app: App, forms: Callable[[str], bool]) -> App:
    """The site behind a gate: what is no reading goes on only as a form for a path that `forms` says takes one.

    Nobody signs in by headers here, so what they say of it is not passed on; nor is a cookie that is not ASCII.
    """

    async def gated(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        scope = {**scope, "headers": [header for header in scope["headers"] if _may_pass(*header)]}
        if scope["method"] in READING:
            return await app(scope, receive, send)
        if scope["method"] != "POST" or not forms(scope["path"]):
            return await _refuse(send, 405, "This address is for reading only.")
        body = await _form(scope, receive)
        if body is None:
            return await _refuse(send, 400, "This is not a form of this site.")
        await app(scope, _again(body, receive), send)

    return gated


def _may_pass(name: bytes, value: bytes) -> bool:
    return name.lower() != b"authorization" and (name.lower() not in (b"cookie", b"x-csrftoken") or value.isascii())


async def _form(scope: Message, receive: Receive) -> bytes | None:
    """The body of a form as browsers send it; None for anything else."""
    kinds = [value for name, value in scope["headers"] if name.lower() == b"content-type"]
    if [kind.partition(b";")[0].strip().lower() for kind in kinds] != [_FORM]:
        return None
    body, goes_on = b"", True
    while goes_on and len(body) <= LARGEST_FORM:
        message = await receive()
        goes_on = message["type"] == "http.request" and message.get("more_body", False)
        body += message.get("body", b"")
    return body if len(body) <= LARGEST_FORM and body.isascii() and _has_plain_token(body) else None


def _has_plain_token(body: bytes) -> bool:
    return all(token.isascii() for token in parse_qs(body.decode("ascii")).get("csrftoken", []))


def _again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body that was read, then goes on."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again


async def _refuse(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    headers += [(b"allow", b"GET, HEAD, OPTIONS")] if status == 405 else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})
