"""Which mention speaks a quotation: the candidates, the likeliest first, by the network that learned it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.tokens import Span

from . import network
from .candidates import Candidate, Candidates
from .context import BREATH, Context, Previous
from .features import Describer, Features
from .found import Found
from .narrative import Narrative, Place

NETWORK = "mentions"
NEAR = "subject near it"
"""The name for what no rule points at: the subject of a reporting verb."""
_LABEL = "label"
"""The route to the label of a transcript, which nothing overrules."""
OVERRULES = 0.5
"""How likely a mention must be to be taken instead of the one that the rules chose: in texts unlike those that the
network learned from, the rules are the better guide (our own samples: end to end 0.935 with this, 0.932 without)."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidate chosen for a quotation, how likely it is (0 to 1), and the likelihood of the next one."""

    candidate: Candidate
    share: float
    next_share: float
    features: Features


class Ranker:
    """Chooses mentions in one document."""

    def __init__(self, narrative: Narrative, context: Context, net: network.Network | None = None) -> None:
        self.candidates = Candidates(narrative, context)
        self.describer = Describer(narrative)
        self.network = net or network.load(NETWORK)

    def choose(self, place: Place, found: Found | None, previous: Previous | None) -> Ranked | None:
        """The likeliest mention; None where there is none. `found`: what the rules chose."""
        candidates = self.candidates.of(place, found, previous)
        if not candidates:
            return None
        features = self.describer.features(place, candidates, previous)
        shares = self.network.shares(features)
        order = sorted(range(len(shares)), key=lambda at: -shares[at])
        best = order[0]
        labelled = next((at for at, candidate in enumerate(candidates) if _LABEL in candidate.routes), None)
        if labelled is not None:
            best = labelled
        elif shares[best] < OVERRULES:
            best = next((at for at, candidate in enumerate(candidates) if _is_ruled(candidate)), best)
        rest = max((shares[at] for at in order if at != best), default=0.0)
        return Ranked(candidates[best], shares[best], rest, features[best])


def _is_ruled(candidate: Candidate) -> bool:
    return any(route.startswith("ruled ") for route in candidate.routes)


def reading(narrative: Narrative, candidate: Candidate, previous: Previous | None) -> Found | None:
    """What is found with a candidate: the rule that points at it, with its cue, else the verb it is the subject of.

    Else that it speaks the quotation before this one. None where there is nothing of the kind: that somebody is named
    near it does not tell who speaks.
    """
    if candidate.routes:
        rules = candidate.routes
        return rules[min(rules, key=lambda name: (not name.startswith("ruled "), rules[name].cue is None))]
    cues = [narrative.cues[verb.i] for verb in candidate.verbs if verb.i in narrative.cues]
    if cues:
        return Found(NEAR, candidate.mention, min(cues, key=lambda cue: _distance(cue, candidate.mention)))
    said = previous.found if previous is not None else None
    return replace(said, rule=BREATH) if said is not None and said.mention == candidate.mention else None


def _distance(one: Span, other: Span) -> int:
    return abs(one.start - other.start)
