"""The addresses at which people review. Only a site that is reviewed knows them, so no published copy carries them."""

from __future__ import annotations

from indexer.publish.answering import View
from indexer.publish.views import review, sign_in

REVIEW_ROUTES: tuple[tuple[str, View], ...] = (
    (r"^/review$", review.queue),
    (r"^/review/q/(?P<key>[^/]+)$", review.one),
    (r"^/review/log$", review.log),
    (r"^/review/undo$", review.undo),
    (r"^/-/login$", sign_in.sign_in),
    (r"^/-/logout$", sign_in.sign_out),
)
"""Those that are there only where people review; nobody else's routes take forms."""


def takes_forms(path: str) -> bool:
    """Whether a form may be sent to this path of a site that is reviewed."""
    return path in ("/review/undo", "/-/login", "/-/logout") or path.startswith("/review/q/")
