"""The order in which people are asked: an index of the quotations that nobody decided about, least certain first."""

from __future__ import annotations

from sqlite_utils import Database

_QUEUE = """
CREATE INDEX quotations_to_review ON quotations ((speaker_id IS NULL), confidence)
 WHERE kind <> 'term' AND correction_id IS NULL
"""


def upgrade(db: Database) -> None:
    """Add the index; the row id that ends each of its entries settles the order of equals."""
    db.execute(_QUEUE)
