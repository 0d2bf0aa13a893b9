"""All addresses of the site. The Datasette plugin in `db/plugins` registers them."""

from __future__ import annotations

from indexer.publish.answering import View
from indexer.publish.views import compare, document, exports, home, quotation, review, sign_in, speaker

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
)
"""Address patterns (on the raw, percent-encoded path) and their views."""

REVIEW_ROUTES: tuple[tuple[str, View], ...] = (
    (r"^/review$", review.queue),
    (r"^/review/q/(?P<key>[^/]+)$", review.one),
    (r"^/review/log$", review.log),
    (r"^/review/undo$", review.undo),
    (r"^/-/login$", sign_in.sign_in),
    (r"^/-/logout$", sign_in.sign_out),
)
"""Those that are there only where people review; the plugin registers them, and nobody else's routes take forms."""


def takes_forms(path: str) -> bool:
    """Whether a form may be sent to this path of a site that is reviewed."""
    return path in ("/review/undo", "/-/login", "/-/logout") or path.startswith("/review/q/")
