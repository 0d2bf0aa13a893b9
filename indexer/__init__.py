"""Who said what: finds the quotations in English articles, who spoke them, and makes them searchable.

`indexer.extract(text)` gives the attributed quotations of one text; `indexer.index(paths, db)` builds or
updates a searchable index. Both load the language pipeline when they are first called, not on import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.indexing import extract, index

__version__ = "0.1.0"
__all__ = ["__version__", "extract", "index"]


def __getattr__(name: str) -> Any:
    if name not in ("extract", "index"):
        raise AttributeError(f"module 'indexer' has no attribute {name!r}")
    from indexer import indexing

    return getattr(indexing, name)
