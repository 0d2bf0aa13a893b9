"""What the paragraphs around a quotation tell: headings, introductions in the paragraph before, sentence subjects."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.domain import Document

from . import rules
from .found import Found
from .narrative import LONGEST_SENTENCE, Item, Narrative, Place
from .paragraphs import is_title_case
from .subjects import first_subject

BREATH = "same speech as the one before it"
"""The rule for a quotation that goes on with another."""
ALONE = "paragraph of its own after a quotation"
"""The rule for a paragraph that is only a quotation, and follows one."""
ANSWER = "answer to the one before it"
"""The rule for a paragraph that is only a quotation, and goes back to who spoke before the last one."""
CARRIED = frozenset({BREATH, ALONE})
"""The rules by which a quotation has the speaker of the one before it."""
_LONGEST_HEADING = 200
"""Characters; a longer paragraph is no headline."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The last quotation before one, and what was found of it.

    `other`: what was found of the last one that somebody else spoke; `asks`: it ends in a question mark.
    """

    place: Place
    found: Found | None
    other: Found | None = None
    asks: bool = False


class Context:
    """The paragraphs of a document as places for quotations."""

    def __init__(self, narrative: Narrative, metadata: Document | None) -> None:
        self.narrative = narrative
        self.title = (metadata.title or "") if metadata else ""
        self._alone: dict[int, bool] = {}

    def is_heading(self, place: Place) -> bool:
        """True for a paragraph that is a headline: the document's title, or a short line in title case."""
        begin, end = self.narrative.paragraphs[place.paragraph]
        if end - begin >= _LONGEST_HEADING:
            return False
        text = self.narrative.text[begin:end]
        if self.title and _plain(text) == _plain(self.title):
            return True
        if place.mark.outer[0] <= begin and place.mark.outer[1] >= end and place.mark.style != "single":
            return False
        return is_title_case(text)

    def stands_alone(self, place: Place) -> bool:
        """True when a paragraph holds nothing but quotations."""
        if place.paragraph not in self._alone:
            row = self.narrative.rows.get(place.paragraph, [])
            self._alone[place.paragraph] = not any(item.place is None and item.text[0].isalnum() for item in row)
        return self._alone[place.paragraph]

    def ruled(self, place: Place, own: Found | None, previous: Previous | None) -> Found | None:
        """What the rules find: in its own sentence, else in the speech it goes on with, else in what stands around it.

        `own`: what `rules.find` says of it.
        """
        if own is not None:
            return own
        if previous is not None and _same_breath(previous.place, place):
            return _carried(previous, BREATH)
        if introduced := self.signature(place) or self.introduction(place):
            return introduced
        if previous is not None and place.parent is None and self.stands_alone(place):
            return _carried(previous, ALONE)
        return self.sentence_subject(place) or self.subject_before(place)

    def answer(self, place: Place, previous: Previous | None) -> Found | None:
        """Who spoke before the last one, for a quotation that asks or may answer: a dialogue without names."""
        if previous is None or previous.other is None or place.parent is not None or not self.stands_alone(place):
            return None
        goes_on = place.mark.continues or previous.place.mark.runs_on
        asks = previous.asks or self.narrative.text[place.end - 1] == "?"
        if goes_on or not asks or place.paragraph - previous.place.paragraph != 1:
            return None
        return replace(previous.other, rule=ANSWER)

    def introduction(self, place: Place) -> Found | None:
        """Who the paragraph before introduces: “Putin said.” or “She went on:” at its end."""
        row = self._row_before(place)
        opening = place.row[: min(place.position, 4)]
        if not row or row[-1].place is not None or any(item.place is None and item.text.isalnum() for item in opening):
            return None
        sentence = self.narrative.sentence_at_end(row)
        if row[-1].text != ":" and not self._ends_in_cue(sentence):
            return None
        return rules.in_paragraph_before(self.narrative, sentence)

    def signature(self, place: Place) -> Found | None:
        """Who signs the quotation in the paragraph after it."""
        if place.parent is not None or not self.stands_alone(place):
            return None
        return rules.signature(self.narrative, self.narrative.rows.get(place.paragraph + 1, []))

    def sentence_subject(self, place: Place) -> Found | None:
        """The subject of the sentence that a fragment stands in."""
        subject = first_subject(self.narrative, self.narrative.before(place))
        return Found("subject of its sentence", subject) if subject is not None else None

    def subject_before(self, place: Place) -> Found | None:
        """The subject of the sentence before the quotation, in its paragraph or at the end of the one before."""
        row = place.row[max(0, place.position - LONGEST_SENTENCE) : place.position] or self._row_before(place)
        if not row or row[-1].place is not None:
            return None
        end = len(row) - 1 if row[-1].text in (".", "!", "?", ":") else len(row)
        subject = first_subject(self.narrative, self.narrative.sentence_at_end(row[:end]))
        return Found("subject of the sentence before it", subject) if subject is not None else None

    def _row_before(self, place: Place) -> list[Item]:
        """The end of the paragraph before the quotation's."""
        if place.parent is not None:
            return []
        return self.narrative.rows.get(place.paragraph - 1, [])[-LONGEST_SENTENCE:]

    def _ends_in_cue(self, sentence: list[Item]) -> bool:
        """True for a sentence without a quotation that ends in a reporting word: “Putin said.”"""
        words = [item for item in sentence if item.place is None and item.text[0].isalnum()]
        if not words or any(item.place is not None for item in sentence):
            return False
        cue = self.narrative.cues.get(words[-1].token)
        return cue is not None and cue.label_ == "say"


def _carried(previous: Previous, rule: str) -> Found | None:
    return replace(previous.found, rule=rule) if previous.found is not None else None


def _same_breath(earlier: Place, place: Place) -> bool:
    """True when a quotation goes on with the speech of the one before it."""
    return earlier.paragraph == place.paragraph or place.mark.continues or earlier.mark.runs_on


def _plain(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
