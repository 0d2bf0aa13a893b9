"""Twelve short articles of our own writing that hold every hard case there is, and their gold annotations.

README.md beside this file says which case stands where, and what is invented and what is real.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["articles", "gold"]


def articles() -> Path:
    """The folder of the articles: Markdown, one plain text, one saved web page."""
    return Path(str(files(__name__) / "articles"))


def gold() -> Path:
    """The gold file: one article a line, by file name, with every span in marks decided by hand."""
    return Path(str(files(__name__) / "gold.jsonl"))
