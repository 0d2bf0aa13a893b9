"""Which words may be the mention of who speaks a quotation: the candidates that the ranker chooses from.

The mentions of its sentence, of the sentences and paragraphs around it, the subjects of the verbs near it,
and whatever a rule of reported speech points at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from . import clauses, rules
from .context import Context, Previous
from .found import Found
from .narrative import Item, Narrative, Place

Key = tuple[int, int]
"""The tokens of a mention: the first, and the one after its last."""
_BEFORE, _AFTER = 90, 60
"""Items (words, quotations) of the quotation's own paragraph that are looked through on either side."""
_ABOVE, _BELOW = 70, 14
"""Items at the end of the paragraph before, and at the start of the one after."""
_FAR_ABOVE = 40
"""Items at the end of the paragraph before that one."""


@dataclass(slots=True)
class Candidate:
    """A mention that may speak a quotation, and where it stands from it.

    `where`: before or after it in its row, above or below in another paragraph, outside for a quotation inside
    another; `gap`: the items between (0: beside it); `between`: those items; `routes`: the rules that point at it;
    `verbs`: the verbs of which it is the subject, those of its own sentence.
    """

    mention: Span
    where: str
    gap: int
    between: list[Item]
    routes: dict[str, Found] = field(default_factory=dict)
    verbs: list[Token] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some items beside a quotation: what they are to it, and whether they end at it or begin there."""

    where: str
    items: list[Item]
    is_before: bool

    def candidate(self, mention: Span, at: int) -> Candidate:
        """The candidate for a mention that begins with the item at this index."""
        between = self.items[at + len(mention) :] if self.is_before else self.items[:at]
        return Candidate(mention, self.where, len(between), between)


class Candidates:
    """The candidates of the quotations of one document."""

    def __init__(self, narrative: Narrative, context: Context) -> None:
        self.narrative = narrative
        self.context = context
        self._subjects: dict[int, Span | None] = {}

    def of(self, place: Place, found: Found | None, previous: Previous | None = None) -> list[Candidate]:
        """The candidates of one quotation, in the order of the text; `found`: what the rules chose.

        `previous`: the quotation before it, and who speaks that.
        """
        every: dict[Key, Candidate] = {}
        for stretch in self._stretches(place):
            self._collect(every, stretch)
        for route, proposal in self._proposals(place, found, previous):
            mention = proposal.mention
            if _key(mention) not in every:
                every[_key(mention)] = Candidate(mention, self._side(place, mention), self._gap(place, mention), [])
            every[_key(mention)].routes[route] = proposal
        return [every[key] for key in sorted(every)]

    def _stretches(self, place: Place) -> Iterator[Stretch]:
        """The items around a quotation."""
        row, at = place.row, place.position
        yield Stretch("before", row[max(0, at - _BEFORE) : at], True)
        yield Stretch("after", row[at + 1 : at + 1 + _AFTER], False)
        if place.parent is not None:
            row, at = place.parent.row, place.parent.position
            yield Stretch("outside", row[max(0, at - _BEFORE) : at], True)
            yield Stretch("outside", row[at + 1 : at + 1 + _AFTER], False)
            return
        rows = self.narrative.rows
        yield Stretch("above", rows.get(place.paragraph - 1, [])[-_ABOVE:], True)
        yield Stretch("far above", rows.get(place.paragraph - 2, [])[-_FAR_ABOVE:], True)
        yield Stretch("below", rows.get(place.paragraph + 1, [])[:_BELOW], False)

    def _collect(self, every: dict[Key, Candidate], stretch: Stretch) -> None:
        """Add the mentions of a stretch, and the subjects of its verbs."""
        for at, item in enumerate(stretch.items):
            if item.token < 0:
                continue
            mention = self.narrative.mention_at.get(item.token)
            if mention is not None and mention.start == item.token:
                every.setdefault(_key(mention), stretch.candidate(mention, at))
            token = self.narrative.doc[item.token]
            if token.tag_[:2] == "VB" or item.token in self.narrative.cues:
                self._collect_subject(every, stretch, token)

    def _collect_subject(self, every: dict[Key, Candidate], stretch: Stretch, verb: Token) -> None:
        subject = self.subject(verb)
        if subject is None:
            return
        if _key(subject) not in every:
            begins = next((at for at, item in enumerate(stretch.items) if item.token == subject.start), None)
            if begins is None:
                return
            every[_key(subject)] = stretch.candidate(subject, begins)
        every[_key(subject)].verbs.append(verb)

    def subject(self, verb: Token) -> Span | None:
        """Who does what a verb says, by the parse."""
        if verb.i not in self._subjects:
            self._subjects[verb.i] = clauses.speaker_of(self.narrative, verb)
        return self._subjects[verb.i]

    def _proposals(self, place: Place, found: Found | None, previous: Previous | None) -> Iterator[tuple[str, Found]]:
        """What the rules point at, each with the name of its kind."""
        if found is not None:
            yield f"ruled {found.rule}", found
        yield from rules.proposals(self.narrative, place)
        if (answer := self.context.answer(place, previous)) is not None:
            yield "answer", answer
        asked = {
            "signature": self.context.signature,
            "introduction": self.context.introduction,
            "sentence subject": self.context.sentence_subject,
            "subject before": self.context.subject_before,
        }
        for route, ask in asked.items():
            proposal = ask(place)
            if proposal is not None:
                yield route, proposal

    def _side(self, place: Place, mention: Span) -> str:
        if self.narrative.paragraph_of(mention.start_char) != place.paragraph:
            return "above" if mention.start_char < place.start else "below"
        return "before" if mention.start_char < place.start else "after"

    def _gap(self, place: Place, mention: Span) -> int:
        first = next((item.token for item in place.row[place.position + 1 :] if item.token >= 0), mention.start)
        return min(60, abs(mention.start - first))


def _key(mention: Span) -> Key:
    return mention.start, mention.end
