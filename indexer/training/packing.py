"""What makes a fitted pipeline a release: metadata, digests, nothing that is not needed to run it."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from .augment import MASK
from .corpora import digest

SUMS = "SHA256SUMS"
_LIBRARIES = ("spacy", "thinc", "numpy", "conllu", "torch", "transformers")


def describe(nlp: Language, *, name: str, number: str, notes: Mapping[str, Any]) -> None:
    """Fill `meta.json`: what it is, the versions it was made with, and `notes` (seeds, corpus digests, settings)."""
    nlp.meta["name"] = name
    nlp.meta["version"] = number
    nlp.meta["description"] = "English tags, trees, lemmas and names for finding who said what in reporting prose."
    nlp.meta["license"] = "CC BY-SA 4.0"
    nlp.meta["spacy_version"] = _same_minor(spacy.__version__)
    nlp.meta["quotations"] = {"mask": MASK}
    nlp.meta["training"] = {"libraries": _versions(), "python": platform.python_version(), **notes}


def pack(nlp: Language, out: Path) -> None:
    """Write a pipeline to a folder with the digest of each of its files in `SHA256SUMS`, as sha256sum prints them."""
    nlp.to_disk(out, exclude=["tokenizer"])
    write_sums(out)


def write_sums(folder: Path) -> None:
    """The digests of every file in a folder but that of the digests."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = [f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def read_meta(folder: Path) -> dict[str, Any]:
    """The metadata of a pipeline on disk."""
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text("utf-8"))
    return meta


def _same_minor(number: str) -> str:
    """The range of versions with the same two first numbers: spaCy's pipelines fit within one."""
    major, minor = number.split(".")[:2]
    return f">={major}.{minor}.0,<{major}.{int(minor) + 1}.0"


def _versions() -> dict[str, str]:
    found = {}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found
