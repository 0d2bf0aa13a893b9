"""A crawl: every link on every page leads somewhere, and to the very place on it."""

from __future__ import annotations

import html.parser
import re
import urllib.error
import urllib.request
from collections import Counter, deque
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest

from indexer.publish.views.routes import ROUTES

LOADED = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}
OF_A_KIND = 4
"""So many addresses that differ in a slug, a key or a value only are followed."""
MOST = 1000
DATASETTES = re.compile(r"/quotes/quotations_fts_idx/|/quotes\.json\?sql=select$")
"""Links of Datasette's own that lead nowhere: rows of a table whose key is bytes, and wrong SQL as data."""


class Page(html.parser.HTMLParser):
    """Where the links of a page lead, and which places on it have a name."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links, self.names = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.links += [link] if (link := found.get(LOADED.get(tag, ""))) else []
        self.names |= {found[name] for name in ("id", "name") if found.get(name)}


def fetch(address):
    """Status and body, after redirects."""
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            is_page = response.headers.get_content_type() == "text/html"
            body = response.read()
            return response.status, body.decode() if is_page else ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def kind(address):
    """The address without its slugs, keys and values; those of Datasette's pages without their parameters too.

    Filters can be combined as one likes: addresses with several are of one kind, before and after paging.
    """
    parts = urlsplit(address)
    pattern = next((pattern for pattern, _ in ROUTES if re.match(pattern, parts.path)), None)
    if pattern is None:
        return re.sub(r"/[^/]*\d[^/]*", "/*", parts.path), bool(parts.query)
    names = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    return pattern, tuple(names) if len(names) < 2 else ("several", bool(names & {"after", "before"}))


def is_ours(address):
    """True for a page whose named places we make."""
    return any(re.match(pattern, urlsplit(address).path) for pattern, _ in ROUTES)


@pytest.fixture
def starts(addresses, places):
    """The home page, and every example."""
    examples = {**addresses.ours(), **addresses.STOCK}
    return ["/", *(address.format(**places) for address in examples.values())]


def test_every_link_leads_somewhere(site, starts):
    waiting = deque((site + path, "") for path in starts)
    pages, followed, dead = {}, Counter(), []
    while waiting:
        address, page_with_it = waiting.popleft()
        place, name = urldefrag(address)
        if place not in pages:
            if followed[kind(place)] >= OF_A_KIND and page_with_it:
                continue
            followed[kind(place)] += 1
            status, text = fetch(place)
            pages[place] = Page(text)
            if status != 200 and page_with_it and not DATASETTES.match(place.removeprefix(site)):
                dead.append(f"{status}: {place} on {page_with_it}")
            found = [urljoin(place, link) for link in pages[place].links]
            waiting += [(link, place) for link in found if link.startswith(site + "/")]
        if name and is_ours(place) and name not in pages[place].names:
            dead.append(f"no #{name}: {address} on {page_with_it}")
        assert len(pages) < MOST, "the site has become too large for this crawl: say what is of a kind"
    assert not dead, "\n".join(dead)
    assert len(pages) > 50
