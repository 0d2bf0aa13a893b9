"""Quotation or term: whether marks hold somebody's words, and if so whether they stand on their own."""

from __future__ import annotations

from indexer.domain import Kind

from .context import Context
from .narrative import Narrative, Place
from .rules import Found

_NAMING = frozenset(
    "called titled entitled dubbed named nicknamed termed labeled labelled known so-called word words term phrase film "
    "movie book novel song album show program series play column essay podcast episode documentary title hashtag "
    "code-named codenamed headlined slogan magazine game".split()
)
_LONG = 6
"""From this many words a marked span is speech unless it is a title."""


def is_term(narrative: Narrative, context: Context, place: Place, found: Found | None) -> bool:
    """True for marks without speech: headlines, titles of works, nicknames, scare quotes, single letters."""
    text = narrative.text[place.start : place.end]
    words = text.split()
    if place.mark.style == "block" or not any(char.isalpha() for char in text):
        return not any(char.isalpha() for char in text)
    if context.is_heading(place) or narrative.text[: place.mark.outer[0]].endswith("="):
        return True
    if _is_direct(narrative, context, place, found, words):
        return False
    if _is_title(words) and not _is_said(narrative, place, found):
        return True
    before = narrative.before(place)
    if len(words) < _LONG and before and before[-1].lower in _NAMING and not _is_said(narrative, place, found):
        return True
    if len(words) >= _LONG:
        return False
    return found is None or not found.rule


def kind_of(narrative: Narrative, context: Context, place: Place, found: Found | None) -> Kind:
    """direct or mixed, for a span that is speech."""
    words = narrative.text[place.start : place.end].split()
    return "direct" if _is_direct(narrative, context, place, found, words) else "mixed"


def _is_direct(narrative: Narrative, context: Context, place: Place, found: Found | None, words: list[str]) -> bool:
    """True when the words stand as speech of their own: set off by a comma, a colon or a paragraph."""
    if place.mark.style == "block" or (context.stands_alone(place) and len(words) > 2):
        return True
    before = narrative.before(place)
    opens = not before or before[-1].text in (",", ":", "—", "–", "-")
    closes = narrative.text[place.end - 1] in ",.?!—–…"
    if found is not None and "after it" in found.rule:
        return opens and closes
    starts_big = words[0][:1].isupper() or words[0][0] in "…[‘'“\"" or words[0].startswith("I’")
    return closes and opens and starts_big and (found is not None or len(words) > 3)


def _is_title(words: list[str]) -> bool:
    """True when every longer word has a capital: a title of a work, a slogan, a name."""
    longer = [word for word in words if len(word) > 3]
    return bool(longer) and len(words) <= 12 and all(word.lstrip("#@(‘'")[:1].isupper() for word in longer)


def _is_said(narrative: Narrative, place: Place, found: Found | None) -> bool:
    """True when a reporting word stands right at the marks: said “…”, “…” said, called it “…”."""
    if found is None or found.cue is None:
        return False
    if "after it" in found.rule:
        return narrative.text[place.end - 1] in ",?!"
    gap = len([item for item in narrative.before(place) if item.token >= found.cue.end])
    if found.cue.label_ in ("say", "phrase"):
        return gap == 0 or (gap <= 2 and narrative.before(place)[-1].text in (",", ":"))
    return found.rule.startswith("adjacent call") and gap <= 2
