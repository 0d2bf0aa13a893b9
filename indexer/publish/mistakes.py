"""Addresses that Datasette has no page for, or cannot make sense of: a page of ours that says so.

Datasette itself says 500 to a column that is not there, and its pages of errors lack the links of the site.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from datasette.utils.asgi import NotFound, Response
from datasette.views.base import DatasetteError

from indexer.publish.answering import html
from indexer.publish.views.routes import ROUTES

MISREAD = (AssertionError, DatasetteError, KeyError, OverflowError, TypeError, ValueError, sqlite3.ProgrammingError)
"""What Datasette raises on a column that is not there, on JSON that is none, on a number that is too large."""
SAYS_NOTHING = frozenset({"404", "Database not found"})
"""Datasette's words where no page has this address; the first part of an address would name a database."""
HINT = "Go back, or choose the table again and set its filters anew."


async def explain(datasette: Any, request: Any, exception: BaseException) -> Response | None:
    """A page with status 404 for what is not there, 400 for what makes no sense in the address of a table or a query,
    405 for a method that Datasette has not.

    None where the exception is no such thing: an error of our own pages, or one that Datasette has a good page for.
    """
    if isinstance(exception, NotFound):
        return await _not_found(datasette, request, str(exception))
    if any(re.match(pattern, request.path) for pattern, _ in ROUTES) or not _is_misread(exception):
        return None
    if request.method not in ("GET", "HEAD"):
        return await _problem(datasette, request, 405, f"{request.method} is not answered here.", "")
    if not request.query_string:
        return None
    said = str(exception) if isinstance(exception, DatasetteError) else "A value in this address makes no sense here."
    return await _problem(datasette, request, 400, said, HINT)


def _is_misread(exception: BaseException) -> bool:
    if getattr(exception, "status", 500) != 500:
        return False
    return isinstance(exception, MISREAD) or str(exception).startswith("no such column")


async def _not_found(datasette: Any, request: Any, said: str) -> Response | None:
    if _is_data(request):
        return None
    return await html(datasette, request, "404.html", {"problem": "" if said in SAYS_NOTHING else said}, 404)


async def _problem(datasette: Any, request: Any, status: int, said: str, hint: str) -> Response:
    if not _is_data(request):
        context = {"problem": said, "hint": hint, "status": 400}
        return await html(datasette, request, "quotes_problem.html", context, status)
    make: Any = Response
    answer: Response = make.json({"ok": False, "error": said, "status": status}, status=status)
    return answer


def _is_data(request: Any) -> bool:
    return bool(request.path.endswith(".json"))
