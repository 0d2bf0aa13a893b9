"""`/search.csv`, `/search.json`, `/search.atom`: the results of a search as files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from datasette.utils.asgi import AsgiStream, Response

from indexer.errors import UsageError
from indexer.publish.answering import page, read, whole_address
from indexer.publish.formats import atom, delimited, objects
from indexer.publish.pages.feed import feed
from indexer.publish.parameters import Query, read_query
from indexer.store.rows import Hit

MOST = 100_000
"""An export holds no more quotations, and says so."""
PORTION = 500
"""So many are read at a time; between two portions others are answered."""
HEADERS = {"X-Content-Type-Options": "nosniff"}
Write = Callable[[str], Awaitable[None]]


@page("")
async def csv(datasette: Any, request: Any) -> Response:
    """`/search.csv`: all quotations of a search, the newest first, with the columns of `quotes export`."""
    places, told = await _places(datasette, _query(request))

    async def rows(writer: Any) -> None:
        await writer.write(delimited.head())
        await _each_portion(datasette, places, lambda hits, _: writer.write(delimited.rows(hits)))

    told["Content-Disposition"] = 'attachment; filename="quotations.csv"'
    return _stream(rows, told, "text/csv; charset=utf-8")


@page("")
async def json(datasette: Any, request: Any) -> Response:
    """`/search.json`: all quotations of a search, the newest first, as one JSON object."""
    query = _query(request)
    places, told = await _places(datasette, query)

    async def rows(writer: Any) -> None:
        address = whole_address(datasette, request, f"/?{query.as_address()}")
        await writer.write(objects.head(address, len(places), told[_IS_WHOLE] == "yes"))
        await _each_portion(datasette, places, lambda hits, first: writer.write(objects.rows(hits, first)))
        await writer.write(objects.tail())

    return _stream(rows, told, "application/json; charset=utf-8")


@page("")
async def atom_feed(datasette: Any, request: Any) -> Response:
    """`/search.atom`: the newest quotations of a search as a feed."""
    query = _query(request)
    found = await read(datasette, lambda reader: feed(reader, query))
    site = (datasette.plugin_config("quotes-site") or {}).get("title") or "Who said what"
    body = atom.feed(
        f"{site}: {found.title}",
        query.as_address(),
        found.hits,
        found.updated,
        lambda path: whole_address(datasette, request, path),
    )
    make: Any = Response
    response: Response = make(body, headers=HEADERS, content_type="application/atom+xml; charset=utf-8")
    return response


_COUNT, _IS_WHOLE = "X-Quotations", "X-Quotations-Whole"


def _query(request: Any) -> Query:
    """What is asked for, from its first page on; raises UsageError for what makes no sense."""
    query = read_query(request.args.get)
    if query.problems:
        raise UsageError(" ".join(query.problems), "Mend the address, or start from the search page.")
    return query.changed()


async def _places(datasette: Any, query: Query) -> tuple[list[int], dict[str, str]]:
    """Where the quotations are, and the headers that say how many they are and whether they are all."""
    found = await read(datasette, lambda reader: reader.places(query.text, MOST + 1, **query.filters))
    places = found[:MOST]
    is_whole = "yes" if len(found) <= MOST else "no"
    return places, {**HEADERS, _COUNT: str(len(places)), _IS_WHOLE: is_whole}


async def _each_portion(
    datasette: Any, places: Sequence[int], write: Callable[[Sequence[Hit], bool], Awaitable[None]]
) -> None:
    is_first = True
    for start in range(0, len(places), PORTION):
        portion = places[start : start + PORTION]
        hits = await read(datasette, lambda reader, portion=portion: reader.at(portion))  # type: ignore[misc]
        await write(hits, is_first)
        is_first = is_first and not hits


def _stream(rows: Callable[[Any], Awaitable[None]], headers: dict[str, str], content_type: str) -> Response:
    make: Any = AsgiStream
    response: Response = make(rows, headers=headers, content_type=content_type)
    return response
