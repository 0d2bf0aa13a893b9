"""Quotation or term: whether marks hold somebody's words, and if so whether they stand on their own."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.domain import Kind

from . import lexicon, network, term_features
from .context import Context
from .found import Found
from .lexicon import small_words
from .mention_finder import NAME
from .narrative import LONGEST_SENTENCE, Item, Narrative, Place
from .network import Features

_LONG = 6
"""From so many words on a marked span looks like speech."""
NETWORK = "terms"
"""The network that tells terms from quotations, fitted on spans that were decided by hand."""


class Terms:
    """Tells the terms among the marked spans of one document. `net`: the network, the one that ships if None."""

    def __init__(self, narrative: Narrative, context: Context, net: network.Network | None = None) -> None:
        self.narrative = narrative
        self.context = context
        self._network = net
        self._first = term_features.first_marked(narrative)

    def share(self, place: Place, found: Found | None) -> float:
        """How likely marks hold no speech: headlines, titles of works, nicknames, scare quotes, single letters. 0 to 1.

        `found`: what the rules of its own sentence say of it.
        """
        if not any(char.isalpha() for char in self.narrative.text[place.start : place.end]):
            return 1.0
        if place.mark.style == "block" or place.mark.runs_on or place.mark.continues:
            return 0.0
        before = self.narrative.before(place)
        if self.context.is_heading(place) or self.narrative.text.endswith("=", 0, place.mark.outer[0]):
            return 1.0
        if _is_title_to_read(before, found, self.narrative.text[place.start : place.end].split()):
            return 1.0
        if _is_imagined(before) or _is_hypothetical(self.narrative, before, found):
            return 1.0
        return (self._network or network.load(NETWORK)).probability(self.features(place, found))

    def features(self, place: Place, found: Found | None) -> Features:
        """What tells whether a marked span is a term, as named numbers."""
        return {name: float(value) for name, value in self._features(place, found) if value}

    def _features(self, place: Place, found: Found | None) -> Iterator[tuple[str, float]]:
        yield from term_features.of(self.narrative, place, self._first)
        yield from term_features.of_found(found)
        narrative, context, before = self.narrative, self.context, self.narrative.before(place)
        words = narrative.text[place.start : place.end].split()
        yield "is alone", context.stands_alone(place)
        yield "is direct", _is_direct(narrative, context, place, found, words)
        yield "is a title", _is_title(words)
        yield "is said", _is_said(narrative, place, found)
        yield "is named", bool(before) and before[-1].lower in small_words("naming")
        yield "is in apposition", _is_in_apposition(narrative, place, found)
        yield "looks like a term", self._looks_like_a_term(place, found, words)

    def _looks_like_a_term(self, place: Place, found: Found | None, words: list[str]) -> bool:
        """What one would say at a glance: a title, a name after “called”, a few words without a speaker."""
        narrative, before = self.narrative, self.narrative.before(place)
        if _is_direct(narrative, self.context, place, found, words):
            return False
        is_said = _is_said(narrative, place, found)
        named = bool(before) and before[-1].lower in small_words("naming") and (found is None or words[0][:1].isupper())
        if (_is_title(words) or (len(words) < _LONG and named)) and not is_said:
            return True
        return _is_in_apposition(narrative, place, found) or (len(words) < _LONG and found is None)


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
        return opens and (closes or [item.text for item in narrative.after(place)[:1]] == [","])
    starts_big = words[0][:1].isupper() or words[0][0] in "…[‘'“\"" or words[0].startswith("I’")
    if starts_big and not before and narrative.text[place.end - 1] in ".?!…" and _follows_speech(narrative, place):
        return True
    return closes and opens and starts_big and (found is not None or len(words) > 3)


def _follows_speech(narrative: Narrative, place: Place) -> bool:
    """True for a sentence of its own after a quotation that is speech in the same paragraph: “…,” she said. “Never.”"""
    near = place.row[max(0, place.position - LONGEST_SENTENCE) : place.position]
    earlier = [item.place for item in near if item.place is not None]
    after = narrative.after(place)
    alone = not after or after[0].text[:1].isupper()
    spoken = (narrative.text[e.start : e.end] for e in earlier)
    return alone and any(words[-1] in ",?!—" or words.count(" ") > 2 for words in spoken)


def _is_title(words: list[str]) -> bool:
    """True when every longer word has a capital: a title of a work, a slogan, a name."""
    longer = [word for word in words if len(word) > 3]
    return bool(longer) and len(words) <= 12 and all(word.lstrip("#@(‘'")[:1].isupper() for word in longer)


def _is_title_to_read(before: list[Item], found: Found | None, words: list[str]) -> bool:
    """True for the title right after a verb that takes one, of somebody: He read “…”; not: The sign read “…”."""
    if found is None or found.cue is None or not before or before[-1].token != found.cue.end - 1:
        return False
    somebody = found.mention.label_ == NAME or found.mention.text.lower() in small_words("somebody")
    return somebody and _takes_title(found) and _is_title(words)


def _takes_title(found: Found | None) -> bool:
    """True after a verb that also takes the title of a work: read “…”, sang “…”."""
    return found is not None and found.cue is not None and found.cue.text.lower() in small_words("takes_title")


def _is_said(narrative: Narrative, place: Place, found: Found | None) -> bool:
    """True when a reporting word stands right at the marks: said “…”, “…” said, called it “…”."""
    if found is None or found.cue is None:
        return False
    before = narrative.before(place)
    if "after it" in found.rule:
        opens = not before or before[-1].text in (",", ":", "—", "–", "-")
        return opens and narrative.text[place.end - 1] in ",?!"
    gap = len([item for item in before if item.token >= found.cue.end])
    if found.cue.label_ in ("say", "phrase"):
        return (gap == 0 and not _takes_title(found)) or (gap <= 2 and before[-1].text in (",", ":"))
    return found.rule.startswith("adjacent call") and 1 <= gap <= 2


def _is_hypothetical(narrative: Narrative, before: list[Item], found: Found | None) -> bool:
    """True for words that nobody said: If a captain rang and said “…”, a reader might ask “…”."""
    if not before or before[-1].place is not None:
        return False
    if found is None or found.cue is None:
        return False
    modal = found.cue.start > 0 and narrative.doc[found.cue.start - 1].lower_ in small_words("hypothetical")
    return modal or (before[0].lower == "if" and found.cue.start > before[0].token)


def _is_imagined(before: list[Item]) -> bool:
    """True after a verb of imagining and one of saying: I picture him leaning over to say “…”."""
    if not before or before[-1].place is not None:
        return False
    at = next((k for k, item in enumerate(before) if item.lower in small_words("imagining")), len(before))
    verbs = lexicon.load().cues
    return any(verbs.get(item.lower) == "say" for item in before[at + 1 :])


def _is_in_apposition(narrative: Narrative, place: Place, found: Found | None) -> bool:
    """True for the title of the thing named before the comma: The paper, “Storm bands”, which …"""
    before, after = narrative.before(place), narrative.after(place)
    if found is not None or len(before) < 2 or before[-1].text != ",":
        return False
    closes = narrative.text[place.end - 1] == "," or (bool(after) and after[0].text == ",")
    return closes and narrative.mention_at.get(before[-2].token) is not None
