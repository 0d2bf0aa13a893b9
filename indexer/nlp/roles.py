"""What the text says a named person is: “bookseller Agnes Tull”, “Lothar Wiesengrund, the mayor”, “Sarkela, who …”."""

from __future__ import annotations

from spacy.tokens import Span

from . import lexicon
from .lexicon import small_words

_LONGEST_APPOSITION = 8
"""Words."""
PERSON = "person"
"""The role of somebody of whom the text only says “who”."""


def roles_of(span: Span) -> set[str]:
    """The nouns that the words around a name use for its bearer, in lower case."""
    return _before(span) | _after(span)


def _before(span: Span) -> set[str]:
    """The noun before the name, or before the comma before it: the mayor, Jane Roe."""
    at = span.start - 1
    if at > 0 and span.doc[at].text == ",":
        at -= 1
    noun = span.doc[at].lower_ if at >= 0 else ""
    return {noun} if _is_person(noun) else set()


def _after(span: Span) -> set[str]:
    """The nouns between the name's comma and the next one: Jane Roe, a former mayor of Tarn, …"""
    doc, at = span.doc, span.end
    if at + 1 >= len(doc) or doc[at].text != ",":
        return set()
    if doc[at + 1].lower_ == "who":
        return {PERSON}
    found: set[str] = set()
    for token in doc[at + 1 : at + 1 + _LONGEST_APPOSITION]:
        if token.text in (",", ".", ";", ":") or token.lower_ in small_words("preposition"):
            return found
        if token.lower_ in small_words("person") or token.is_quote:
            return set()
        found |= {token.lower_} if _is_person(token.lower_) else set()
    return set()


def _is_person(noun: str) -> bool:
    entry = lexicon.load().nominals.get(noun)
    return entry is not None and entry.type == "person" and not entry.plural
