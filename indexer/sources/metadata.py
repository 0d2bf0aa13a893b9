"""What is known about a text besides its words: brought into the one form that documents have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from indexer.domain import Document
from indexer.errors import SourceError
from indexer.sources.dates import iso_date

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]*)?")


def document(source: str, name: str, text: str, values: Mapping[str, Any]) -> Document:
    """The document with the id `name`, from any mapping of metadata; what cannot be used is None.

    NULs and lone surrogates, which no file or database holds, become U+FFFD one for one, so that offsets stay.
    Raises SourceError (naming `source`) where the text holds nothing but white space.
    """
    if not text.strip():
        problem = "holds nothing but white space" if text else "is empty"
        raise SourceError(source, problem, "leave it out, or look whether the right file was saved")
    language = as_language(values.get("language"))
    return Document(
        id=name,
        text=storable(text),
        title=as_line(values.get("title")),
        author=as_line(values.get("author")),
        published=iso_date(as_line(values.get("published")), language),
        publisher=as_line(values.get("publisher")),
        url=as_line(values.get("url")),
        language=language,
    )


def as_line(value: Any) -> str | None:
    """A string or number, or a list of them (joined by "; "), on one line; None for anything else or nothing."""
    if isinstance(value, list):
        return "; ".join(line for item in value if not isinstance(item, list) and (line := as_line(item))) or None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return " ".join(storable(str(value)).split()) or None


def as_language(value: Any) -> str | None:
    """The language of a tag such as "en-GB" or "en_US", in small letters; None where it is no such tag."""
    found = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[1].lower() if found else None


def storable(text: str) -> str:
    """The text with each NUL and each lone surrogate replaced by U+FFFD: as long as before."""
    return _UNSTORABLE.sub("\ufffd", text)


def readable(path: str) -> str:
    """A path as people and files can hold it: bytes of its name that are no text are written out (\\udcff)."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
