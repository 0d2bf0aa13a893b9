"""What makes a fitted pipeline a release: metadata, digests, nothing that is not needed to run it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from spacy.language import Language

from indexer.nlp.model_files import write_sums

from . import vectors
from .augment import MASK

SPACY = ">=3.8.14,<3.9"
"""The versions of spaCy that the package admits: a pipeline made with one of them runs on all."""
_LIBRARIES = ("spacy", "thinc", "numpy", "conllu", "torch", "transformers")


def describe(nlp: Language, *, name: str, number: str, notes: Mapping[str, Any]) -> None:
    """Fill `meta.json`: what it is, the versions it was made with, and `notes` (seeds, corpus digests, settings)."""
    nlp.meta["name"] = name
    nlp.meta["version"] = number
    nlp.meta["description"] = "English tags, trees, lemmas and names for finding who said what in reporting prose."
    nlp.meta["license"] = "CC BY-SA 4.0"
    nlp.meta["spacy_version"] = SPACY
    nlp.meta["quotations"] = {"mask": MASK}
    nlp.meta["training"] = {"libraries": _versions(), "python": platform.python_version(), **notes}


def pack(nlp: Language, out: Path) -> None:
    """Write a pipeline to a folder with the digest of each of its files in `SHA256SUMS`, as sha256sum prints them."""
    vectors.save(nlp, out)
    write_sums(out)


def size(folder: Path) -> int:
    """How many bytes the files of a folder have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def read_meta(folder: Path) -> dict[str, Any]:
    """The metadata of a pipeline on disk."""
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text("utf-8"))
    return meta


def _versions() -> dict[str, str]:
    found = {}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found
