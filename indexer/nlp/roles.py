"""What the text says a named person is: “bookseller Agnes Tull”, “Lothar Wiesengrund, the mayor”, “Sarkela, who …”."""

from __future__ import annotations

from spacy.tokens import Span

from . import lexicon
from .lexicon import small_words

_LONGEST_APPOSITION = 8
"""Words."""
_LONGEST_PRINTED = 16
"""Words of an apposition as it is printed; a longer one is more than a role."""
_ENDS = frozenset(",.;:—–-")
_OF_A_NOUN = frozenset({"JJ", "JJR", "JJS", "NN", "NNP", "HYPH"})
"""Tags of the words before a noun that are part of what it names."""
PERSON = "person"
"""The role of somebody of whom the text only says “who”."""


def roles_of(span: Span) -> set[str]:
    """The nouns that the words around a name use for its bearer, in lower case."""
    return _before(span) | _after(span)


def printed(span: Span, titles: int) -> str | None:
    """What the words around a name say its bearer is, as printed: “Foreign Minister”, “the mayor of Tarn”.

    `titles`: so many words at the beginning of `span` are titles. None where the text does not tell.
    """
    honorifics = small_words("honorific")
    office = [token.text for token in span[:titles] if token.lower_.rstrip(".") not in honorifics]
    if office:
        return " ".join(office)
    return _apposition(span) or _noun_before(span)


def _apposition(span: Span) -> str | None:
    """The words between the name's comma and the next one: Jane Roe, *a former mayor of Tarn*, …"""
    if not _after(span) - {PERSON}:
        return None
    start = span.end + 1
    end = next((token.i for token in span.doc[start : start + _LONGEST_PRINTED] if token.text in _ENDS), start)
    return span.doc[start:end].text or None


def _noun_before(span: Span) -> str | None:
    """The noun right before the name, with the words that belong to it: *Tarn bookseller* Agnes Tull."""
    nouns = _before(span)
    if not nouns or span.doc[span.start - 1].lower_ not in nouns:
        return None
    start = span.start - 1
    while start > 0 and span.doc[start - 1].tag_ in _OF_A_NOUN:
        start -= 1
    return span.doc[start : span.start].text


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
