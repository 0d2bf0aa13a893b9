"""All addresses of the site. The Datasette plugin in `db/plugins` registers them."""

from __future__ import annotations

from indexer.publish.answering import View
from indexer.publish.views import compare, document, exports, home, quotation, robots, speaker

ROUTES: tuple[tuple[str, View], ...] = (
    (r"^/$", home.home),
    (r"^/search\.csv$", exports.csv),
    (r"^/search\.json$", exports.json),
    (r"^/search\.atom$", exports.atom_feed),
    (r"^/speaker/(?P<slug>[^/]+)$", speaker.speaker),
    (r"^/compare$", compare.compare),
    (r"^/document/(?P<slug>[^/]+)$", document.document),
    (r"^/q/(?P<key>[0-9a-f]+)\.(?P<format>txt|md|bib|csl\.json)$", quotation.citation),
    (r"^/q/(?P<key>[^/]+)$", quotation.quotation),
    (r"^/robots\.txt$", robots.robots),
)
"""Address patterns (on the raw, percent-encoded path) and their views."""
