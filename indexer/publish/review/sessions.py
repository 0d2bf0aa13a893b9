"""Who is signed in: Datasette's own signed cookie, which scripts cannot read, for a working day at most.

It holds a name, an hour and a mark of the password, and counts while the file of users has both.
"""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any

from datasette.utils.baseconv import base62
from itsdangerous import BadSignature

from indexer.errors import ServeError
from indexer.publish.review.users import read_users

COOKIE = "ds_actor"
SECONDS = 12 * 3600
_numbers: Any = base62


def begin(datasette: Any, request: Any, response: Any, name: str, hashed: str) -> None:
    """Sign somebody in, with this response."""
    until = _numbers.encode(int(time.time()) + SECONDS)
    value = datasette.sign({"a": {"id": name}, "e": until, "p": _mark(hashed)}, "actor")
    secure = request.scope.get("scheme") == "https"
    response.set_cookie(COOKIE, value, max_age=SECONDS, httponly=True, secure=secure, samesite="lax")


def end(response: Any) -> None:
    """Sign somebody out, with this response."""
    response.set_cookie(COOKIE, "", max_age=0, expires=0, httponly=True, samesite="lax")


def signed_in(datasette: Any, request: Any, users: Path) -> str | None:
    """The name of the reviewer who asks; None for everybody else."""
    try:
        session = datasette.unsign(request.cookies.get(COOKIE, ""), "actor")
        name, until, mark = session["a"]["id"], int(_numbers.decode(session["e"])), session["p"]
        hashed = read_users(users).get(name)
    except (BadSignature, LookupError, TypeError, ValueError, ServeError):
        return None
    return str(name) if hashed is not None and time.time() < until and mark == _mark(hashed) else None


def _mark(hashed: str) -> str:
    """What changes with the password, and tells nothing about it."""
    return hashlib.sha256(hashed.encode()).hexdigest()[:16]
