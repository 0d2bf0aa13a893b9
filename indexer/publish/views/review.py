"""`/review`: where people who are signed in confirm, correct and take back; all of it is logged."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from datasette.utils.asgi import Response

from indexer.errors import IndexBusy, NotFound, StoreError, UsageError
from indexer.publish.answering import View, asked, html, page, read_with, see
from indexer.publish.pages import review as pages
from indexer.publish.pages import review_log as log_pages
from indexer.publish.review.desk import desk_of, reviewer
from indexer.publish.review.forms import KEPT, note_in, said_in
from indexer.store.corrections.reader import CorrectionReader

BUSY = "Another program is writing to the index, so this was not saved. Try again in a moment."
CHANGED = "This quotation has changed since you opened it, so nothing was saved. This is how it stands now."
ReviewView = Callable[[Any, Any, str], Awaitable[Response]]


def reviewing(view: ReviewView) -> View:
    """A view for reviewers, who come third; everybody else is told that this is for them only (403)."""

    async def shown(datasette: Any, request: Any) -> Response:
        who = reviewer(datasette, request)
        if who is None:
            return await html(datasette, request, "quotes_reviewers_only.html", {}, 403)
        return await view(datasette, request, who)

    shown.__doc__ = view.__doc__
    return shown


@page("")
@reviewing
async def queue(datasette: Any, request: Any, who: str) -> Response:
    """`/review`: the least certain quotation that nobody decided about; `speaker`, `document` … narrow the queue."""
    wanted, done = pages.read_asked(request.args.get), _number(request.args.get("done"))
    view = await _read(datasette, lambda reader: pages.queue(reader, wanted, who, done))
    context = {"view": view, "queued": True, "form": {}, "problem": view.problem}
    return await html(datasette, request, "quotes_review.html", context, 400 if view.problem else 200)


@page("The article may have changed since: search for the words.")
@reviewing
async def one(datasette: Any, request: Any, who: str) -> Response:
    """`/review/q/<key>`: one quotation, to decide about it; a form sent here is the decision."""
    key, wanted = asked(request, "key"), pages.read_asked(request.args.get)
    done = _number(request.args.get("done"))
    view = await _read(datasette, lambda reader: pages.one(reader, wanted, who, key, done))
    if request.method == "POST" and view.task is not None:
        return await _decide(datasette, request, who, view)
    return await _one(datasette, request, view)


@page("")
@reviewing
async def log(datasette: Any, request: Any, who: str) -> Response:
    """`/review/log`: every decision, newest first, with who, when and why; `who` narrows it to one person's."""
    by, before = log_pages.by_whom(request.args.get("who")), _number(request.args.get("before"))
    view = await _read(datasette, lambda reader: log_pages.log(reader, by, before))
    return await html(datasette, request, "quotes_review_log.html", {"view": view})


@page("It may have been made in another index.")
@reviewing
async def undo(datasette: Any, request: Any, who: str) -> Response:
    """`/review/undo`: a form sent here takes the decision `number` back; it stays in the log."""
    if request.method != "POST":
        return see(datasette, "/review/log")
    number = _number((await request.post_vars()).get("number"))
    desk = desk_of(datasette)
    if desk is None or number is None:
        raise NotFound("no correction without a number")
    try:
        key = await asyncio.to_thread(desk.undo, number, who)
    except StoreError as error:
        raise StoreError(BUSY if isinstance(error, IndexBusy) else _plain(error, desk.db), error.hint) from error
    if request.args.get("in") == "log":
        return see(datasette, "/review/log")
    wanted = pages.read_asked(request.args.get)
    queued = request.args.get("in") == "queue"
    return see(datasette, wanted.address(f"/review/q/{key}", **({"in": "queue"} if queued else {})))


async def _one(
    datasette: Any, request: Any, view: pages.ReviewView, status: int = 200, problem: str = "", **more: Any
) -> Response:
    queued = request.args.get("in") == "queue"
    context = {"view": view, "queued": queued, "form": {}, "problem": problem, **more}
    return await html(datasette, request, "quotes_review.html", context, status)


async def _decide(datasette: Any, request: Any, who: str, view: pages.ReviewView) -> Response:
    """Save what the form says, and go on; what cannot be saved is said, and the form is kept."""
    form, desk, task = await request.post_vars(), desk_of(datasette), view.task
    assert desk is not None
    assert task is not None
    filled = {name: form[name] for name in KEPT if name in form}
    if form.get("seen") != task.seen:
        return await _one(datasette, request, view, 409, CHANGED)
    try:
        said, note = said_in(form, task.hit), note_in(form)
        number = await asyncio.to_thread(desk.save, task.hit.key, said, note, who)
    except UsageError as error:
        return await _one(datasette, request, view, 400, error.problem, form=filled)
    except IndexBusy:
        return await _one(datasette, request, view, 503, BUSY, form=filled, again=filled)
    except StoreError as error:
        return await _one(datasette, request, view, 503, _plain(error, desk.db), form=filled, again=filled)
    if request.args.get("in") == "queue":
        return see(datasette, view.asked.address("/review", done=number))
    return see(datasette, f"/review/q/{task.hit.key}?done={number}")


async def _read(datasette: Any, ask: Callable[[CorrectionReader], Any]) -> Any:
    return await read_with(datasette, CorrectionReader.over, ask)


def _number(text: str | None) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text or "") else None  # type: ignore[arg-type]


def _plain(error: StoreError, db: str) -> str:
    """What went wrong, without the name of the file, which is nobody's business in a browser."""
    return f"This was not saved: {error.problem.removeprefix(f'{db}: ')}."
