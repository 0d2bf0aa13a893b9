"""Quotations as CSV: RFC 4180, each cell exactly as it is in the index."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from indexer.store.records import EXPORTED, as_exported
from indexer.store.rows import Hit


def head() -> str:
    """The line with the names of the columns: those of `quotes export`."""
    return _lines([EXPORTED])


def rows(hits: Sequence[Hit]) -> str:
    """A row for each quotation; what is not known is an empty cell."""
    return _lines([list(as_exported(hit).values()) for hit in hits])


def _lines(cells: Sequence[Sequence[object]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(cells)
    return written.getvalue()
