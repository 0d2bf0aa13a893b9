"""The component that says who speaks: fills `doc._.attributions` from marks, cues and mentions."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from indexer.domain import Attribution, Mention, Passage, Quotation

from . import confidence, evidence, ranker, rules, terms
from .annotations import register
from .context import ANSWER, BREATH, CARRIED, Context, Previous
from .dates import Dates, Said, When
from .found import Found
from .narrative import Narrative, Place
from .network import Network
from .ranker import Ranked, Ranker, reading
from .relays import relay_of
from .speakers import Resolved, Speakers

MIN_CONFIDENCE = 0.2
"""Below this, four in five attributions are wrong: nobody is named."""

MIN_DATE_SHARE = 0.5
"""How likely the words that say when must be: below, no date is given rather than a guess."""

_LOOKED_BACK = 4
"""So many quotations back the other one of two who talk is looked for."""


@Language.factory(
    "attributor",
    assigns=["doc._.attributions"],
    requires=["doc._.marks", "doc.spans"],
    default_config={"min_confidence": MIN_CONFIDENCE},
)
def make_attributor(nlp: Language, name: str, min_confidence: float) -> Attributor:
    """The factory that spaCy calls for `nlp.add_pipe("attributor")`."""
    register()
    return Attributor(min_confidence)


@dataclass(slots=True)
class Decision:
    """What was decided of one marked span: term or speech, what the rules found, and who that is.

    `term_share`: how likely it is a term (0 to 1). `previous`: the decision on the last quotation before it that stands
    inside the same one, or inside none. `own`: what the rules of its own sentence found; `ranked`: the mention that was
    chosen; `found`: that mention with its cue.
    """

    place: Place
    term_share: float
    previous: Decision | None = None
    own: Found | None = None
    ranked: Ranked | None = None
    found: Found | None = None
    who: Resolved | None = None
    via: str | None = None
    rule: str = ""
    utterance: int = -1
    when: When | None = None

    def carry(self, other: Decision, rule: str) -> None:
        """Take over who speaks another one, and who relays that."""
        self.found, self.who, self.via, self.rule = other.found, other.who, other.via, rule

    @property
    def is_term(self) -> bool:
        """True for marks that rather hold no speech."""
        return self.term_share > 0.5

    @property
    def cue(self) -> Span | None:
        """Its reporting word or phrase."""
        return self.found.cue if self.found is not None else None

    @property
    def mention(self) -> Span | None:
        """The words that name who speaks it."""
        return self.found.mention if self.found is not None else None

    @property
    def share(self) -> float:
        """How likely its mention is, among all candidates: 0 to 1."""
        return self.ranked.share if self.ranked is not None else 0.0


class Attributor:
    """Chooses the mention that speaks each quotation, and resolves it to a speaker.

    A speaker found with less confidence than `min_confidence` (0 to 1) is left out: not named. `networks`: what
    chooses and what says how sure it is, by their names, instead of those that ship with the package.
    """

    def __init__(self, min_confidence: float = MIN_CONFIDENCE, networks: dict[str, Network] | None = None) -> None:
        self.min_confidence = min_confidence
        self.networks = networks or {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Attribution]:
        """The attributions of a doc in reading order, terms and quotations without a speaker included."""
        if not doc._.marks:
            return []
        reader = _Reader(doc, self.min_confidence, self.networks)
        return [reader.attribution(decision) for decision in reader.decide()]

    def decide(self, doc: Doc) -> list[Decision]:
        """The decisions behind `predict`, one for each marked span: for measuring the rules."""
        return _Reader(doc, self.min_confidence, self.networks).decide()

    def set_annotations(self, doc: Doc, attributions: list[Attribution]) -> None:
        """Store predictions on the doc."""
        doc._.attributions = tuple(attributions)


class _Reader:
    """Reads one doc from its first quotation to its last."""

    def __init__(self, doc: Doc, min_confidence: float, networks: dict[str, Network]) -> None:
        self.narrative = Narrative(doc)
        self.metadata = doc._.metadata
        self.speakers = Speakers(self.narrative, self.metadata)
        self.context = Context(self.narrative, doc._.metadata)
        self.ranker = Ranker(self.narrative, self.context, networks.get(ranker.NETWORK))
        self.terms = terms.Terms(self.narrative, self.context, networks.get(terms.NETWORK))
        self.judge = confidence.Judge(self.narrative, self.context, networks.get(confidence.NETWORK))
        self.min_confidence = min_confidence
        self.decisions: list[Decision] = []
        self.utterances = 0

    def decide(self) -> list[Decision]:
        """Decide every span in turn."""
        last: dict[int, Decision] = {}
        for place in self.narrative.places:
            found = rules.find(self.narrative, place)
            inside = place.parent.index if place.parent else -1
            decision = Decision(place, self.terms.share(place, found), last.get(inside), found)
            if not decision.is_term:
                self._attribute(decision)
                last[inside] = decision
            self.decisions.append(decision)
        self._carry_back()
        self._number()
        self._date()
        return self.decisions

    def _attribute(self, decision: Decision) -> None:
        """Give a quotation the likeliest mention, and the speaker that this one stands for."""
        place, previous = decision.place, decision.previous
        before = self._previous(decision)
        ruled = self.context.ruled(place, decision.own, before)
        decision.ranked = self.ranker.choose(place, ruled, before)
        found = ruled if place.parent is not None else None
        if found is None and decision.ranked is not None:
            found = reading(self.narrative, decision.ranked.candidate, before) or decision.own
        if found is None:
            return
        other = _other(decision) if found.rule == ANSWER else None
        if previous is not None and previous.found is not None and found.rule in CARRIED:
            decision.carry(previous, found.rule)
        elif other is not None:
            decision.carry(other, found.rule)
        else:
            self._take(decision, found)

    def _previous(self, decision: Decision) -> Previous | None:
        """The quotation before one, as the rules and the ranker look at it."""
        previous, other = decision.previous, _other(decision)
        if previous is None:
            return None
        asks = self.narrative.text[previous.place.end - 1] == "?"
        return Previous(previous.place, previous.found, other.found if other is not None else None, asks)

    def _carry_back(self) -> None:
        """Give the paragraphs of a running quotation the speaker that its last one names more surely."""
        for later in reversed(self.decisions):
            earlier = later.previous if later.place.mark.continues else None
            if earlier is None or later.found is None:
                continue
            if earlier.found is None or later.share > earlier.share:
                earlier.carry(later, BREATH)
                earlier.ranked = later.ranked

    def _take(self, decision: Decision, found: Found) -> None:
        decision.found, decision.rule = found, found.rule
        decision.who = self.speakers.resolve(found.mention, self._around(decision.place, found))
        if decision.who is not None:
            decision.via = self._relay(decision.place, found, decision.who)
            if decision.who.type == "person":
                self.speakers.people.heard(decision.who.name)

    def _relay(self, place: Place, found: Found, who: Resolved) -> str | None:
        """Who relays it: who speaks the quotation that it stands in, else whom its sentence names."""
        if place.parent is not None:
            relay = self.decisions[place.parent.index].who
        else:
            mention = relay_of(self.narrative, place, found)
            relay = self.speakers.resolve(mention) if mention is not None else None
        return relay.name if relay is not None and relay.name != who.name else None

    def _around(self, place: Place, found: Found) -> Resolved | None:
        """Who speaks the quotation that both this one and its mention stand in."""
        parent = place.parent
        if parent is None or not parent.start <= found.mention.start_char < parent.end:
            return None
        return self.decisions[parent.index].who

    def _number(self) -> None:
        """One number for one stretch of speech: split by a cue clause, or running over paragraphs."""
        for decision in self.decisions:
            previous = decision.previous
            if previous is not None and not decision.is_term and _one_stretch(previous, decision):
                decision.utterance = previous.utterance
            else:
                decision.utterance = self.utterances
                self.utterances += 1

    def _date(self) -> None:
        """When each quotation was said, where the text tells with some certainty."""
        speech = [decision for decision in self.decisions if not decision.is_term]
        if not speech:
            return
        said = [Said(each.place, each.cue, each.mention, each.who.name if each.who else "") for each in speech]
        for decision, when in zip(speech, self.dates().of(said), strict=True):
            decision.when = when if when is not None and when.share >= MIN_DATE_SHARE else None

    def dates(self) -> Dates:
        """What finds the times of this document."""
        return Dates(self.narrative, self.metadata)

    def attribution(self, decision: Decision) -> Attribution:
        """The attribution that a decision comes to."""
        place, text = decision.place, self.narrative.text
        kind = "term" if decision.is_term else terms.kind_of(self.narrative, self.context, place, decision.found)
        parent = (place.parent.start, place.parent.end) if place.parent else None
        quotation = Quotation(place.start, place.end, text[place.start : place.end], kind, decision.utterance, parent)
        who, found = decision.who, decision.found
        sure = self.judge.confidence(decision) if who is not None and not decision.is_term else 0.0
        if who is None or sure < self.min_confidence:
            return Attribution(quotation, confidence=0.0, evidence=_no_speaker(decision, who))
        return Attribution(
            quotation,
            cue=_passage(self.narrative, found.cue) if found is not None and found.cue is not None else None,
            mention=_mention(self.narrative, found.mention, who) if found is not None else None,
            speaker=who.name,
            speaker_type=who.type,
            via=decision.via,
            said_on=decision.when.said_on if decision.when is not None else None,
            confidence=sure,
            evidence=_evidence(decision),
            role=self.speakers.roles.get(who.name),
        )


def _other(decision: Decision) -> Decision | None:
    """The last quotation before one that somebody else spoke than the one right before it; not far back."""
    previous = decision.previous
    other = previous.previous if previous is not None else None
    for _ in range(_LOOKED_BACK):
        if previous is None or other is None:
            return None
        if other.found is not None and other.who is not None and other.who != previous.who:
            return other
        other = other.previous
    return None


def _one_stretch(previous: Decision, decision: Decision) -> bool:
    same = previous.who == decision.who
    return same and (decision.place.mark.continues or _share_cue(previous, decision))


def _share_cue(one: Decision, other: Decision) -> bool:
    """True for quotations of one paragraph that one cue clause stands for."""
    if one.place.paragraph != other.place.paragraph:
        return False
    if one.found is None or other.found is None or one.found.cue is None or other.found.cue is None:
        return one.found is other.found
    return one.found.cue.start == other.found.cue.start


def _passage(narrative: Narrative, span: Span) -> Passage:
    return Passage(span.start_char, span.end_char, narrative.span_text(span))


def _mention(narrative: Narrative, span: Span, who: Resolved) -> Mention:
    return Mention(span.start_char, span.end_char, narrative.span_text(span), who.kind)


def _no_speaker(decision: Decision, who: Resolved | None) -> str:
    if decision.is_term:
        return "marks without a speaker"
    if decision.found is None:
        return "the text does not say who speaks"
    mention = decision.found.mention.text
    return f"‘{mention}’ would be a guess" if who is not None else f"‘{mention}’ was not resolved"


def _evidence(decision: Decision) -> str:
    found, who = decision.found, decision.who
    mention = found.mention.text if found is not None else ""
    cue = found.cue.text if found is not None and found.cue is not None else ""
    return evidence.sentence(decision.rule, mention, cue, who.how if who is not None else "")
