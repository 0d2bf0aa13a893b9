"""An example of every page of the site. The tests of quality walk over them: a page that is not here fails one.

Names in braces stand for what is in the index of the invented articles: `PLACES` says where each is found.
"""

from __future__ import annotations

from pathlib import Path

from indexer.store.reader import Reader

PAGES: dict[str, dict[str, str]] = {
    "/": {
        "home": "/",
        "results": "/?q=diary&speaker=Ferreira",
        "all, newest first": "/?sort=date",
        "narrowed": "/?q=the&speaker=adaeze-okafor&tier=certain&since=2025&sort=date",
        "nothing found": "/?q=zeppelin",
        "misspelt": "/?q=windwo&kind=direct&until=2025",
        "problem": "/?since=yesterday",
    },
    "/speaker/<slug>": {
        "speaker": "/speaker/{speaker}",
        "speaker with pages": "/speaker/odalys-ferreira?page=2",
        "no such speaker": "/speaker/nobody-at-all",
    },
    "/document/<slug>": {
        "document": "/document/{document}",
        "document with terms": "/document/{document}?terms=1",
        "document with one speaker": "/document/{document}?speaker=tomasz-wieliczko",
        "hostile document": "/document/{hostile document}",
    },
    "/compare": {
        "comparing nothing yet": "/compare",
        "comparing with whom": "/compare?a={speaker}",
        "comparing": "/compare?a=Adaeze+Okafor&b=Tomasz+Wieliczko",
        "comparing three": "/compare?a=Adaeze+Okafor&b=Tomasz+Wieliczko&c=Odalys+Ferreira&q=wall+OR+water+OR+tide",
        "comparing outlets": "/compare?by=outlet&a=Coastal+Wire&b=The+Eastport+Courier",
        "comparing nobody": "/compare?a=Adaeze+Okafo&b=Tomas+Wieliczko",
    },
    "/q/<key>": {
        "quotation": "/q/{quotation}",
        "quotation of nobody": "/q/{anonymous}",
        "term": "/q/{term}",
        "no such quotation": "/q/000000000000",
    },
}
"""Our pages: address pattern of `ROUTES` -> what the example shows -> its address."""

FILES: dict[str, dict[str, str]] = {
    "/q/<key>.<format>": {
        "quotation as text": "/q/{quotation}.txt",
        "quotation as Markdown": "/q/{quotation}.md",
        "quotation as BibTeX": "/q/{quotation}.bib",
        "quotation as CSL-JSON": "/q/{quotation}.csl.json",
    },
    "/search.csv": {"results as CSV": "/search.csv?q=diary"},
    "/search.json": {"results as JSON": "/search.json?q=diary"},
    "/search.atom": {"results as a feed": "/search.atom?q=diary"},
    "/robots.txt": {"what search engines may list": "/robots.txt"},
}
"""Routes that answer with a file instead of a page: address pattern -> what it is -> an address."""

STOCK = {
    "no such page": "/nothing/at/all",
    "tables": "/quotes",
    "table": "/quotes/quotations?_size=5",
    "searched table": "/quotes/quotations?_search=water&_facet=tier",
    "row": "/quotes/quotations/1",
    "query": "/quotes/said_about?words=water&speaker=",
    "SQL": "/quotes?sql=select+name,+type+from+speakers",
    "wrong SQL": "/quotes?sql=select",
    "settings": "/-/settings",
}
"""Pages of Datasette, in our masthead."""

PLACES = {
    "speaker": ("pretend", "speaker_slug"),
    "document": ("pretend", "document_slug"),
    "hostile document": ("alert", "document_slug"),
    "quotation": ("lit window", "key"),
    "anonymous": ("fourth attempt", "key"),
    "term": ("nine hours", "key"),
}
"""A name in braces: the words of a quotation, and what of it stands in the address."""


def ours() -> dict[str, str]:
    """Every example of a page of ours: what it shows -> its address with names in braces."""
    return {name: address for examples in PAGES.values() for name, address in examples.items()}


def places(index: Path) -> dict[str, str]:
    """What each name in braces stands for in this index of the invented articles."""
    with Reader(index) as reader:
        return {
            name: getattr(reader.search(words, kind="term" if name == "term" else None)[0], field)
            for name, (words, field) in PLACES.items()
        }
