"""The routes of the site: an address in, a page out. The Datasette plugin in `db/plugins` registers them."""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import unquote

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Response

from indexer.errors import NotFound, QuotesError, StoreError, UsageError
from indexer.publish import pages
from indexer.publish.parameters import read_query
from indexer.publish.words import in_path
from indexer.store.reader import Reader

T = TypeVar("T")
View = Callable[[Any, Any], Awaitable[Response]]

OUR_TABLES = frozenset({"documents", "quotations", "quotations_fts", "speakers"})
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Pages load their own stylesheet and nothing else; no script runs, whatever an article holds."""


async def find_database(datasette: Any) -> str | None:
    """The name of the attached database that holds our tables ("quotes" before others), None without one."""
    names = sorted(datasette.databases, key=lambda name: (name != "quotes", name))
    for name in names:
        try:
            if set(await datasette.get_database(name).table_names()) >= OUR_TABLES:
                return str(name)
        except sqlite3.Error:
            continue
    return None


async def read(datasette: Any, ask: Callable[[Reader], T]) -> T:
    """What `ask` finds in the index, over Datasette's own connection and under its time limit.

    Raises StoreError where no index is attached or the time limit was met, and what the reader raises.
    """
    name = await find_database(datasette)
    if name is None:
        raise StoreError("There is no index of quotations here yet.", "Run “quotes index” on some articles first.")

    def over(connection: sqlite3.Connection) -> T:
        with sqlite_timelimit(connection, datasette.setting("sql_time_limit_ms")):
            return ask(Reader.over(connection))

    try:
        result: T = await datasette.get_database(name).execute_fn(over)
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
                return await _html(datasette, request, "404.html", context, 404)
            except QuotesError as error:
                status = 400 if isinstance(error, UsageError) else 503
                asked = {"problem": error.problem, "hint": error.hint, "status": status}
                return await _html(datasette, request, "quotes_problem.html", asked, status)

        return shown

    return decorate


@page("")
async def home(datasette: Any, request: Any) -> Response:
    """`/`: the search box; results, or the newest quotations and the most quoted speakers."""
    query = read_query(request.args.get)
    shown = await read(datasette, lambda reader: pages.home(reader, query))
    status = 400 if query.problems else 200
    return await _html(datasette, request, "quotes_home.html", {"home": shown, "query": query}, status)


@page("Search for something they said, or choose from the most quoted on the home page.")
async def speaker(datasette: Any, request: Any) -> Response:
    """`/speaker/<slug>`: who it is and what they said; a name instead of a slug is sent on to the slug."""
    slug, query = _asked(request, "slug"), read_query(request.args.get)
    view = await read(datasette, lambda reader: pages.speaker(reader, slug, query))
    if view.speaker.slug != slug:
        return _moved(datasette, f"/speaker/{in_path(view.speaker.slug)}")
    status = 400 if query.problems else 200
    return await _html(datasette, request, "quotes_speaker.html", {"view": view, "query": query}, status)


@page("It may be in the index under another name: search for words in it.")
async def document(datasette: Any, request: Any) -> Response:
    """`/document/<slug>`: the whole text with its quotations marked; `?terms=1` marks terms too."""
    slug, shows_terms = _asked(request, "slug"), request.args.get("terms") == "1"
    view = await read(datasette, lambda reader: pages.document(reader, slug, shows_terms))
    if view.document.slug != slug:
        return _moved(datasette, f"/document/{in_path(view.document.slug)}")
    return await _html(datasette, request, "quotes_document.html", {"view": view})


@page("The article may have changed since this link was made: search for the words.")
async def quotation(datasette: Any, request: Any) -> Response:
    """`/q/<key>`: one quotation for good; the beginning of a key is sent on to the whole key."""
    key = _asked(request, "key")
    shown = await read(datasette, lambda reader: pages.quotation(reader, key))
    if shown.hit.key != key:
        return _moved(datasette, f"/q/{shown.hit.key}")
    return await _html(datasette, request, "quotes_quotation.html", {"page": shown, "hit": shown.hit})


ROUTES: tuple[tuple[str, View], ...] = (
    (r"^/$", home),
    (r"^/speaker/(?P<slug>[^/]+)$", speaker),
    (r"^/document/(?P<slug>[^/]+)$", document),
    (r"^/q/(?P<key>[^/]+)$", quotation),
)
"""Address patterns (on the raw, percent-encoded path) and their views."""


def _asked(request: Any, name: str) -> str:
    """A part of the path, decoded and freed of what no slug or key holds."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", unquote(request.url_vars[name], errors="replace"))[:1000].strip()


def _moved(datasette: Any, path: str) -> Response:
    make: Any = Response
    response: Response = make.redirect(datasette.urls.path(path))
    return response


async def _html(datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200) -> Response:
    body = await datasette.render_template(template, context, request=request)
    make: Any = Response
    response: Response = make.html(body, status=status, headers=HEADERS)
    return response
