"""The component that says who speaks: fills `doc._.attributions` from marks, cues and mentions."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from indexer.domain import Attribution, Mention, Passage, Quotation

from . import evidence, lexicon, rules, terms
from .annotations import register
from .context import Context
from .narrative import Narrative, Place
from .rules import Found
from .speakers import Resolved, Speakers

BREATH = "same speech as the one before it"
"""The rule for a quotation that goes on with another."""
ALONE = "paragraph of its own after a quotation"
"""The rule for a paragraph that is only a quotation, and follows one."""
WEAK_RULES = frozenset({"subject of its sentence", "subject of the sentence before it", ALONE})
"""Rules that give way where a running quotation names its speaker later."""


@Language.factory(
    "attributor",
    assigns=["doc._.attributions"],
    requires=["doc._.marks", "doc.spans"],
    default_config={"min_confidence": 0.0},
)
def make_attributor(nlp: Language, name: str, min_confidence: float) -> Attributor:
    """The factory that spaCy calls for `nlp.add_pipe("attributor")`."""
    register()
    return Attributor(min_confidence)


@dataclass(slots=True)
class Decision:
    """What was decided of one marked span: term or speech, what the rules found, and who that is.

    `previous`: the decision on the last quotation before it that stands inside the same one, or inside none.
    """

    place: Place
    is_term: bool
    previous: Decision | None = None
    found: Found | None = None
    who: Resolved | None = None
    rule: str = ""
    utterance: int = -1


class Attributor:
    """Finds a cue and a mention for each quotation by rules, and resolves the mention to a speaker.

    A speaker found with less confidence than `min_confidence` (0 to 1) is left out: not named.
    """

    def __init__(self, min_confidence: float = 0.0) -> None:
        self.min_confidence = min_confidence

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        self.set_annotations(doc, self.predict(doc))
        return doc

    def predict(self, doc: Doc) -> list[Attribution]:
        """The attributions of a doc in reading order, terms and quotations without a speaker included."""
        if not doc._.marks:
            return []
        reader = _Reader(doc, self.min_confidence)
        return [reader.attribution(decision) for decision in reader.decide()]

    def decide(self, doc: Doc) -> list[Decision]:
        """The decisions behind `predict`, one for each marked span: for measuring the rules."""
        return _Reader(doc, self.min_confidence).decide()

    def set_annotations(self, doc: Doc, attributions: list[Attribution]) -> None:
        """Store predictions on the doc."""
        doc._.attributions = tuple(attributions)


class _Reader:
    """Reads one doc from its first quotation to its last."""

    def __init__(self, doc: Doc, min_confidence: float) -> None:
        self.narrative = Narrative(doc)
        self.speakers = Speakers(self.narrative, doc._.metadata)
        self.context = Context(self.narrative, doc._.metadata)
        self.min_confidence = min_confidence
        self.decisions: list[Decision] = []
        self.utterances = 0

    def decide(self) -> list[Decision]:
        """Decide every span in turn."""
        last: dict[int, Decision] = {}
        for place in self.narrative.places:
            found = rules.find(self.narrative, place)
            inside = place.parent.index if place.parent else -1
            decision = Decision(place, terms.is_term(self.narrative, self.context, place, found), last.get(inside))
            if not decision.is_term:
                self._attribute(decision, found)
                last[inside] = decision
            self.decisions.append(decision)
        self._carry_back()
        self._number()
        return self.decisions

    def _attribute(self, decision: Decision, found: Found | None) -> None:
        """By its own sentence, else by the speech it goes on with, else by what stands around it."""
        place, previous = decision.place, decision.previous
        if found is not None:
            self._take(decision, found)
        elif previous is not None and _same_breath(previous.place, place):
            decision.found, decision.who, decision.rule = previous.found, previous.who, BREATH
        elif introduced := self.context.signature(place) or self.context.introduction(place):
            self._take(decision, introduced)
        elif previous is not None and place.parent is None and self.context.stands_alone(place):
            decision.who, decision.rule = previous.who, ALONE
        elif subject := self.context.sentence_subject(place) or self.context.subject_before(place):
            self._take(decision, subject)

    def _carry_back(self) -> None:
        """Give the paragraphs of a running quotation the speaker that only its last one names."""
        for later in reversed(self.decisions):
            earlier = later.previous if later.place.mark.continues else None
            surer = later.found is not None and later.rule not in WEAK_RULES
            if earlier is not None and surer and (earlier.who is None or earlier.rule in WEAK_RULES):
                earlier.found, earlier.who, earlier.rule = later.found, later.who, BREATH

    def _take(self, decision: Decision, found: Found) -> None:
        decision.found, decision.rule = found, found.rule
        decision.who = self.speakers.resolve(found.mention, self._around(decision.place, found))
        if decision.who is not None and decision.who.type == "person":
            self.speakers.people.heard(decision.who.name)

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

    def attribution(self, decision: Decision) -> Attribution:
        """The attribution that a decision comes to."""
        place, text = decision.place, self.narrative.text
        kind = "term" if decision.is_term else terms.kind_of(self.narrative, self.context, place, decision.found)
        parent = (place.parent.start, place.parent.end) if place.parent else None
        quotation = Quotation(place.start, place.end, text[place.start : place.end], kind, decision.utterance, parent)
        who, found = decision.who, decision.found
        confidence = lexicon.confidence(decision.rule, who.kind if who else "") if who else 0.0
        if who is None or confidence < self.min_confidence:
            return Attribution(quotation, confidence=0.0, evidence=_no_speaker(decision))
        via = self.speakers.resolve(found.via) if found is not None and found.via is not None else None
        return Attribution(
            quotation,
            cue=_passage(self.narrative, found.cue) if found is not None and found.cue is not None else None,
            mention=_mention(self.narrative, found.mention, who) if found is not None else None,
            speaker=who.name,
            speaker_type=who.type,
            via=via.name if via is not None else None,
            confidence=confidence,
            evidence=_evidence(decision),
        )


def _same_breath(earlier: Place, place: Place) -> bool:
    """True when a quotation goes on with the speech of the one before it."""
    return earlier.paragraph == place.paragraph or place.mark.continues or earlier.mark.runs_on


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


def _no_speaker(decision: Decision) -> str:
    if decision.is_term:
        return "marks without a speaker"
    return "the text names nobody" if decision.found is None else f"‘{decision.found.mention.text}’ was not resolved"


def _evidence(decision: Decision) -> str:
    found, who = decision.found, decision.who
    mention = found.mention.text if found is not None else ""
    cue = found.cue.text if found is not None and found.cue is not None else ""
    return evidence.sentence(decision.rule, mention, cue, who.how if who is not None else "")
