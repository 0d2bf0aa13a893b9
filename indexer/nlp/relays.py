"""Who relays the words of a speaker: “Ada Brink said “…”, according to *Tarn Radio*”; “…,” *the Post* reported."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Span

from . import clauses
from .found import Found
from .mention_finder import NAME
from .narrative import Item, Narrative, Place
from .subjects import next_mention

_REACH = 5
"""How many words after “according to” the name of who relays may begin."""


def relay_of(narrative: Narrative, place: Place, found: Found) -> Span | None:
    """The mention of who relays a quotation whose speaker was found; None where nobody stands between them."""
    if found.via is not None:
        return found.via
    if found.cue is not None and found.cue.label_ == "phrase":
        return None
    before, after = narrative.before(place), narrative.rest_of_sentence(place)
    for mention in (
        *_quoting(narrative, found),
        *_quoted_by(narrative, [*before, *after]),
        *_sources(narrative, before),
        *_sources(narrative, after),
        *_outlets(narrative, after, found),
    ):
        if mention.start != found.mention.start:
            return mention
    return None


def _quoting(narrative: Narrative, found: Found) -> Iterator[Span]:
    """Who quotes somebody as saying it: *the Post* quoted a sailor as saying …"""
    if found.cue is not None and clauses.quoted_as(found.cue[0]) is not None:
        mention = clauses.speaker_of(narrative, found.cue[0].head)
        if mention is not None:
            yield mention


def _quoted_by(narrative: Narrative, items: list[Item]) -> Iterator[Span]:
    """By whom the speaker is quoted: Ada Brink, quoted by *Tarn Radio*, said …"""
    for at, (item, following) in enumerate(pairwise(items)):
        if item.lower in ("quoted", "cited") and following.lower == "by":
            mention = next_mention(narrative, items[at + 2 :], _REACH)
            if mention is not None:
                yield mention


def _sources(narrative: Narrative, items: list[Item]) -> Iterator[Span]:
    """The mentions after “according to”."""
    for at, item in enumerate(items):
        cue = narrative.cues.get(item.token)
        if cue is not None and cue.label_ == "phrase" and cue[0].lower_ == "according":
            mention = next_mention(narrative, items[at + len(cue) :], _REACH)
            if mention is not None:
                yield mention


def _outlets(narrative: Narrative, items: list[Item], found: Found) -> Iterator[Span]:
    """The papers and agencies that end the sentence with a verb of saying, where the speaker has a verb before that."""
    if found.cue is None or not items or found.cue.start > items[0].token >= 0:
        return
    for at, item in enumerate(items):
        mention = narrative.mention_at.get(item.token)
        if mention is None or mention.start != item.token or mention.label_ != NAME:
            continue
        follows = items[at + len(mention) : at + len(mention) + 1]
        cue = narrative.cues.get(follows[0].token) if follows else None
        if cue is not None and cue.label_ == "say" and clauses.is_outlet(mention[-1]):
            yield mention
