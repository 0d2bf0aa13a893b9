"""Quotations as an Atom feed (RFC 4287), an entry each.

The id of an entry comes from the key of its quotation and that of a feed from its search, so that both are the same
wherever the site is. An entry was updated when the words were said, else when they were published.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from feedgenerator import Atom1Feed

from indexer.publish.words import date_words, speaker_words, tier_words, web_link
from indexer.store.rows import Hit

LONGEST_TITLE = 120
_OURS = uuid.UUID("5c3b1a0e-6f0b-5d0c-9a53-6a1f2b7d9e41")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def feed(title: str, search: str, hits: Sequence[Hit], updated: str | None, absolute: Callable[[str], str]) -> str:
    """The feed of a search, `search` its query string. `updated` is when the index was; `absolute` completes a path."""
    make: Any = _Feed
    found = make(
        title=_clean(title),
        link=absolute(f"/?{search}"),
        description=None,
        feed_url=absolute(f"/search.atom?{search}"),
        feed_guid=_urn(f"search {search}"),
        author_name=_clean(title),
        changed=_time(updated) or _BEGINNING,
    )
    for hit in hits:
        found.add_item(**_entry(hit, found.feed["changed"], absolute))
    return str(found.writeString("utf-8"))


class _Feed(Atom1Feed):  # type: ignore[misc]
    """A feed that was updated when the index was."""

    def latest_post_date(self) -> datetime:
        """When the index was brought up to date."""
        changed: datetime = self.feed["changed"]
        return changed


def _entry(hit: Hit, changed: datetime, absolute: Callable[[str], str]) -> dict[str, Any]:
    said = _time(hit.said_on) or _time(hit.published)
    return {
        "title": _clean(f"{speaker_words(hit.speaker)}: “{_shortened(hit.text)}”"),
        "link": absolute(f"/q/{hit.key}"),
        "description": None,
        "content": _clean(_content(hit)),
        "author_name": _clean(speaker_words(hit.speaker)),
        "unique_id": _urn(f"quotation {hit.key}"),
        "pubdate": said,
        "updateddate": said or changed,
    }


def _content(hit: Hit) -> str:
    """The words, who said them and where, as HTML."""
    title = escape(hit.title or hit.document)
    address = web_link(hit.url)
    article = f'<a href="{escape(address)}">{title}</a>' if address else title
    who = [speaker_words(hit.speaker), hit.role, f"via {hit.via}" if hit.via else "", _said(hit)]
    where = [article, *(escape(part) for part in (hit.publisher, date_words(hit.published)) if part)]
    sure = f" {escape(tier_words(hit.tier))}." if hit.speaker_slug else ""
    return (
        f"<blockquote><p>“{escape(hit.text)}”</p></blockquote>"
        f"<p>{escape(', '.join(part for part in who if part))}.{sure}</p><p>{', '.join(where)}</p>"
    )


def _said(hit: Hit) -> str:
    return f"said {date_words(hit.said_on)}" if hit.said_on else ""


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def _time(date: str | None) -> datetime | None:
    """An ISO date or time; of a month or a year its first day. None for what is none."""
    text = date or ""
    try:
        found = datetime.fromisoformat(text + "-01-01"[len(text) - 4 :] if 4 <= len(text) < 10 else text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _urn(name: str) -> str:
    return uuid.uuid5(_OURS, name).urn


def _clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)
