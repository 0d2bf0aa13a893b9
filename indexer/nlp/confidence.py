"""How sure an attribution is: how likely its words are speech, its mention speaks, and its speaker is who is meant.

One small network over features of all three, fitted on gold articles that the choosing network had not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from typing import TYPE_CHECKING

from . import network, terms
from .context import Context
from .features import Features
from .narrative import Narrative

if TYPE_CHECKING:
    from .attributor import Decision

NETWORK = "confidence"


class Judge:
    """Says of the decisions on one document how likely they are right."""

    def __init__(self, narrative: Narrative, context: Context, net: network.Network | None = None) -> None:
        self.narrative = narrative
        self.context = context
        self._network = net

    def confidence(self, decision: Decision) -> float:
        """How likely it is that the words are a quotation, and of this speaker: 0 to 1."""
        return (self._network or network.load(NETWORK)).probability(self.features(decision))

    def features(self, decision: Decision) -> Features:
        """What the confidence of a decision that named somebody rests on."""
        return {name: value for name, value in self._features(decision) if value}

    def _features(self, decision: Decision) -> Iterator[tuple[str, float]]:
        ranked, who, found = decision.ranked, decision.who, decision.found
        if ranked is None or who is None or found is None:
            return
        yield "sure", 1.0
        yield "mention", _logit(ranked.share) / 4
        yield "mention next", _logit(ranked.next_share) / 4
        yield "speech", _logit(1 - decision.term_share) / 4
        yield f"who {who.type}", 1.0
        yield f"by {who.kind}", 1.0
        yield f"by {who.kind} of {who.type}", 1.0
        yield from ((f"who {name}", value) for name, value in who.signs)
        yield f"rule {decision.rule}", 1.0
        place = decision.place
        text = self.narrative.text[place.start : place.end]
        words = text.split()
        kind = terms.kind_of(self.narrative, self.context, place, found)
        yield f"kind {kind}", 1.0
        yield "capitals", float(all(word[:1].isupper() for word in words if len(word) > 3))
        for name, value in ranked.features.items():
            if name.startswith(("q ", "m ", "at ", "does ", "cue ", "has cue", "is previous")):
                yield name, value


def _logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return log(share / (1 - share))
