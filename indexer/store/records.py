"""A quotation as a flat record, as the commands print it and the site exports it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from indexer.store.rows import MARK_END, MARK_START, Hit

_MARKS = dict.fromkeys(map(ord, (MARK_START, MARK_END)))
_NAMES = {"key": "id"}
_FIELDS = tuple(field.name for field in fields(Hit))
EXPORTED = tuple(_NAMES.get(name, name) for name in _FIELDS if name != "snippet")
"""The fields of a record that is exported, in order; the snippet is left out, as the text is whole."""


def as_record(hit: Hit, *, marks: bool = False) -> dict[str, Any]:
    """The fields of the hit, its key named `id`; `marks` keeps the private ones around the words searched for."""
    record = {_NAMES.get(name, name): getattr(hit, name) for name in _FIELDS}
    if not marks:
        record["snippet"] = hit.snippet.translate(_MARKS)
    return record


def as_exported(hit: Hit) -> dict[str, Any]:
    """The fields of the hit as an export has them."""
    return {_NAMES.get(name, name): getattr(hit, name) for name in _FIELDS if name != "snippet"}
