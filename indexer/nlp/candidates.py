"""Which words may be the mention of who speaks a quotation: the candidates that the ranker chooses from.

The mentions of its sentence, of the sentences and paragraphs around it, the subjects of the verbs near it,
and whatever a rule of reported speech points at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Span, Token

from . import clauses, rules
from .context import Context
from .found import Found
from .narrative import Item, Narrative, Place

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


class Candidates:
    """The candidates of the quotations of one document."""

    def __init__(self, narrative: Narrative, context: Context) -> None:
        self.narrative = narrative
        self.context = context
        self._subjects: dict[int, Span | None] = {}

    def of(self, place: Place, found: Found | None) -> list[Candidate]:
        """The candidates of one quotation, in the order of the text; `found`: what the rules chose."""
        every: dict[tuple[int, int], Candidate] = {}
        for where, items, is_before in self._stretches(place):
            self._collect(every, where, items, is_before)
        for route, proposal in self._proposals(place, found):
            mention = proposal.mention
            key = (mention.start, mention.end)
            if key not in every:
                every[key] = Candidate(mention, self._side(place, mention), abs(self._gap(place, mention)), [])
            every[key].routes[route] = proposal
        return [every[key] for key in sorted(every)]

    def _stretches(self, place: Place) -> Iterator[tuple[str, list[Item], bool]]:
        """The items around a quotation: what they are to it, the items, and whether they end or begin at it."""
        row, at = place.row, place.position
        yield "before", row[max(0, at - _BEFORE) : at], True
        yield "after", row[at + 1 : at + 1 + _AFTER], False
        if place.parent is not None:
            outer = place.parent
            yield "outside", outer.row[max(0, outer.position - _BEFORE) : outer.position], True
            yield "outside", outer.row[outer.position + 1 : outer.position + 1 + _AFTER], False
            return
        rows = self.narrative.rows
        yield "above", rows.get(place.paragraph - 1, [])[-_ABOVE:], True
        yield "far above", rows.get(place.paragraph - 2, [])[-_FAR_ABOVE:], True
        yield "below", rows.get(place.paragraph + 1, [])[:_BELOW], False

    def _collect(self, every: dict[tuple[int, int], Candidate], where: str, items: list[Item], is_before: bool) -> None:
        for at, item in enumerate(items):
            if item.token < 0:
                continue
            mention = self.narrative.mention_at.get(item.token)
            if mention is not None and mention.start == item.token:
                self._add(every, where, items, is_before, at, mention)
            token = self.narrative.doc[item.token]
            if token.tag_[:2] == "VB" or item.token in self.narrative.cues:
                subject = self.subject(token)
                if subject is None:
                    continue
                found = every.get((subject.start, subject.end))
                if found is None:
                    begins = next((k for k, other in enumerate(items) if other.token == subject.start), None)
                    if begins is None:
                        continue
                    found = self._add(every, where, items, is_before, begins, subject)
                found.verbs.append(token)

    def _add(
        self,
        every: dict[tuple[int, int], Candidate],
        where: str,
        items: list[Item],
        is_before: bool,
        at: int,
        mention: Span,
    ) -> Candidate:
        key = (mention.start, mention.end)
        if key not in every:
            between = items[at + len(mention) :] if is_before else items[:at]
            every[key] = Candidate(mention, where, len(between), between)
        return every[key]

    def subject(self, verb: Token) -> Span | None:
        """Who does what a verb says, by the parse."""
        if verb.i not in self._subjects:
            self._subjects[verb.i] = clauses.speaker_of(self.narrative, verb)
        return self._subjects[verb.i]

    def _proposals(self, place: Place, found: Found | None) -> Iterator[tuple[str, Found]]:
        """What the rules point at, each with the name of its kind."""
        if found is not None:
            yield f"ruled {found.rule}", found
        yield from rules.proposals(self.narrative, place)
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
