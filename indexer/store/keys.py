"""Keys, slugs, digests and the normal form of a name: pure functions from text to text.

All are the same on every machine and in every run, so links to a quotation, a document or a speaker stay valid.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import fields
from functools import lru_cache

from indexer.domain import Document

KEY_LENGTH = 12
_REMEMBERED = 50_000
"""Names whose normal form is kept at hand: the same few are in most documents."""
LONGER_KEY_LENGTH = 20
_SLUG_LENGTH = 60
_DOCUMENT_FIELDS = sorted(field.name for field in fields(Document))
_ASCII_WORD = re.compile("[a-z0-9]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text as UTF-8 can hold it: each lone surrogate becomes U+FFFD, so offsets stay what they were."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


def short_hash(text: str, length: int) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of the text."""
    return hashlib.sha256(storable(text).encode()).hexdigest()[:length]


def quotation_key(document_id: str, start: int, end: int, text: str, length: int = KEY_LENGTH) -> str:
    """The lasting key of a quotation, from its document's id, its offsets and its words, as a list in JSON."""
    document, words = json.dumps(storable(document_id)), json.dumps(storable(text))
    return short_hash(f"[{document}, {start}, {end}, {words}]", length)


def document_slug(document_id: str) -> str:
    """A short name for URLs: the end of the id in a-z, 0-9 and hyphens, then digits of its hash.

    More digits where much of the id is not in the slug, so that many such documents still have slugs of their own.
    """
    ascii_only = unicodedata.normalize("NFKD", document_id).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    told = document_id.isascii() and len(words) <= _SLUG_LENGTH
    digits = 8 if told else LONGER_KEY_LENGTH
    return f"{words[-_SLUG_LENGTH:].strip('-') or 'document'}-{short_hash(document_id, digits)}"


def speaker_row_id(slug: str) -> int:
    """The row id of a speaker: the same on every machine and in any order of indexing, below 2**52."""
    return int(short_hash(slug, 13), 16)


def document_digest(document: Document) -> str:
    """A digest of every field of the document as it is stored: it differs when anything in the document differs."""
    values = ((name, getattr(document, name)) for name in _DOCUMENT_FIELDS)
    stored = {name: value and storable(value) for name, value in values}
    return hashlib.sha256(json.dumps(stored).encode()).hexdigest()


@lru_cache(maxsize=_REMEMBERED)
def normal_form(name: str) -> str:
    """The name without case, accents and punctuation, its words joined by hyphens; "" when it has no words.

    Letters of every script stay: "Angela  MÜLLER-Ito" gives angela-muller-ito, "习近平" stays 习近平.
    """
    if name.isascii():
        return "-".join(_ASCII_WORD.findall(name.lower()))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    kept = unicodedata.normalize("NFC", "".join(c for c in folded if not _is_accent(c)))
    return "-".join("".join(c if _is_of_a_word(c) else " " for c in kept).split())


def one_line(name: str) -> str:
    """The name as printed, with each run of white space, line breaks included, as one space."""
    return " ".join(name.split())


def _is_accent(character: str) -> bool:
    """An accent above, below or through a letter; vowel signs and other marks that make another letter are none."""
    return 200 <= unicodedata.combining(character) <= 240


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
