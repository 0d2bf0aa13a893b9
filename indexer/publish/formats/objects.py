"""Quotations as one JSON object: what was searched for, how many there are, and each as `quotes export` has it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from indexer.store.records import as_exported
from indexer.store.rows import Hit


def head(address: str, count: int, is_whole: bool) -> str:
    """The object up to its first quotation. `is_whole` is False where the search has more than `count`."""
    told = {"search": address, "count": count, "is_whole": is_whole}
    return f'{_as_json(told)[:-1]}, "quotations": ['


def rows(hits: Sequence[Hit], is_first: bool) -> str:
    """The quotations, one a line, with the comma that divides them from those before."""
    comma = "" if is_first else ","
    return comma + ",".join(f"\n{_as_json(as_exported(hit))}" for hit in hits) if hits else ""


def tail() -> str:
    """What closes the object."""
    return "\n]}\n"


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
