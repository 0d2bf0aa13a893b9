"""What every view of the site needs: the index to read, the answer to give, and a clear page where one fails."""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import unquote, urljoin
from weakref import WeakKeyDictionary

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Response

from indexer.errors import NotFound, QuotesError, StoreError, UsageError
from indexer.publish.caching import has_it, lifetime, tag_of
from indexer.store.reader import Reader

T = TypeVar("T")
R = TypeVar("R", bound=Reader)
View = Callable[[Any, Any], Awaitable[Response]]

OUR_TABLES = frozenset({"documents", "quotations", "quotations_fts", "speakers"})
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Pages load files of this site and nothing else; no script runs that an article holds."""


_FOUND: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
"""The database that each Datasette here reads: to look for it anew would take as long as a page."""


async def find_database(datasette: Any) -> str | None:
    """The name of the attached database that holds our tables ("quotes" before others), None without one."""
    if _FOUND.get(datasette) not in datasette.databases:
        found = await _look_for_database(datasette)
        if found is None:
            return None
        _FOUND[datasette] = found
    return _FOUND[datasette]


async def _look_for_database(datasette: Any) -> str | None:
    names = sorted(datasette.databases, key=lambda name: (name != "quotes", name))
    for name in names:
        try:
            if set(await datasette.get_database(name).table_names()) >= OUR_TABLES:
                return str(name)
        except sqlite3.Error:
            continue
    return None


async def read(datasette: Any, ask: Callable[[Reader], T]) -> T:
    """What `ask` finds in the index, over Datasette's own connection and under its time limit; see `read_with`."""
    return await read_with(datasette, Reader.over, ask)


async def read_with(datasette: Any, over: Callable[[sqlite3.Connection], R], ask: Callable[[R], T]) -> T:
    """What `ask` finds in the index with the reader that `over` makes of Datasette's own connection.

    Raises StoreError where no index is attached or the time limit was met, and what the reader raises.
    """
    name = await find_database(datasette)
    if name is None:
        raise StoreError("There is no index of quotations here yet.", "Run “quotes index” on some articles first.")

    def asked(connection: sqlite3.Connection) -> T:
        with sqlite_timelimit(connection, datasette.setting("sql_time_limit_ms")):
            return ask(over(connection))

    try:
        result: T = await datasette.get_database(name).execute_fn(asked)
    except StoreError as error:
        if getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            hint = "Use rarer words, or choose a speaker or dates."
            raise StoreError("This takes too long to look up.", hint) from error
        raise
    return result


def page(not_found: str) -> Callable[[View], View]:
    """A view whose errors of ours become a clear page: 404, 400, or 503 where the index cannot be read.

    `not_found` says what to do where there is no such thing, unless the index knows a near one.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        async def shown(datasette: Any, request: Any) -> Response:
            try:
                return await view(datasette, request)
            except NotFound as error:
                hint = error.hint if error.hint.startswith("did you mean") else not_found
                context = {"problem": error.problem, "hint": hint}
                return await html(datasette, request, "404.html", context, 404)
            except QuotesError as error:
                status = 400 if isinstance(error, UsageError) else 503
                asked = {"problem": error.problem, "hint": error.hint, "status": status}
                return await html(datasette, request, "quotes_problem.html", asked, status)

        return shown

    return decorate


def asked(request: Any, name: str) -> str:
    """A part of the path, decoded and freed of what no slug or key holds."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", unquote(request.url_vars[name], errors="replace"))[:1000].strip()


def whole_address(datasette: Any, request: Any, path: str) -> str:
    """A path of the site as others can follow it: where the site was published for, else as the browser reached it."""
    here = datasette.urls.path(path)
    published_at = (datasette.plugin_config("quotes-site") or {}).get("url")
    return urljoin(published_at, here) if published_at else str(datasette.absolute_url(request, here))


def moved(datasette: Any, path: str) -> Response:
    """The answer that sends a browser on to another path of the site."""
    make: Any = Response
    response: Response = make.redirect(datasette.urls.path(path))
    return response


def see(datasette: Any, path: str) -> Response:
    """The answer to a form that was taken: what came of it is shown at that path of the site."""
    make: Any = Response
    response: Response = make("", status=303, headers={"Location": datasette.urls.path(path)})
    return response


async def html(datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """The answer that is a page, or that the browser has this page already."""
    body = await datasette.render_template(template, context, request=request)
    headers = HEADERS if status != 200 else {**HEADERS, **await _validity(datasette, body)}
    if status == 200 and has_it(request, headers["ETag"]):
        body, status = "", 304
    make: Any = Response
    response: Response = make.html(body, status=status, headers=headers)
    return response


async def _validity(datasette: Any, body: str) -> dict[str, str]:
    """By what a browser tells whether a page has changed, and how long it need not ask."""
    name = await find_database(datasette)
    is_mutable = name is None or datasette.get_database(name).is_mutable
    return {"ETag": tag_of(body), "Cache-Control": lifetime(datasette.setting("default_cache_ttl"), is_mutable)}
