"""Addresses that the pages of Datasette cannot make sense of: a page that says so, where Datasette itself says 500."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from datasette.utils.asgi import Response
from datasette.views.base import DatasetteError

from indexer.publish.answering import html
from indexer.publish.views.routes import ROUTES

MISREAD = (AssertionError, DatasetteError, KeyError, OverflowError, TypeError, ValueError, sqlite3.ProgrammingError)
"""What Datasette raises on a column that is not there, on JSON that is none, on a number that is too large."""


async def explain(datasette: Any, request: Any, exception: BaseException) -> Response | None:
    """A page with status 400 for what Datasette could not read in the address of a table or a query, 405 for a method
    that it has not.

    None where the exception is no such thing: an error of our own pages, or one that Datasette has a page for.
    """
    if getattr(exception, "status", 500) != 500 or not _is_misread(exception):
        return None
    if any(re.match(pattern, request.path) for pattern, _ in ROUTES):
        return None
    if request.method not in ("GET", "HEAD"):
        return await _answer(
            datasette, request, 405, f"{request.method} is not answered here.", "The tables can be read."
        )
    if not request.query_string:
        return None
    said = str(exception) if isinstance(exception, DatasetteError) else "A value in this address makes no sense here."
    return await _answer(datasette, request, 400, said, "Go back, or choose the table again and set its filters anew.")


def _is_misread(exception: BaseException) -> bool:
    return isinstance(exception, MISREAD) or str(exception).startswith("no such column")


async def _answer(datasette: Any, request: Any, status: int, said: str, hint: str) -> Response:
    if not request.path.endswith(".json"):
        context = {"problem": said, "hint": hint, "status": 400}
        return await html(datasette, request, "quotes_problem.html", context, status)
    make: Any = Response
    answer: Response = make.json({"ok": False, "error": said, "status": status}, status=status)
    return answer
