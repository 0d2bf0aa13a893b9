"""What a rule of reported speech finds: the words that name the speaker, the cue, and who relays it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: the rule's name, the mention, the cue, and the mention of who relays the words."""

    rule: str
    mention: Span
    cue: Span | None = None
    via: Span | None = None
