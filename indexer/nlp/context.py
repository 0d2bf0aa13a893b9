"""What the paragraphs around a quotation tell: headings, introductions in the paragraph before, sentence subjects."""

from __future__ import annotations


from indexer.domain import Document

from . import rules
from .narrative import Item, Narrative, Place
from .paragraphs import is_title_case
from .rules import Found


class Context:
    """The paragraphs of a document as places for quotations."""

    def __init__(self, narrative: Narrative, metadata: Document | None) -> None:
        self.narrative = narrative
        self.title = (metadata.title or "") if metadata else ""

    def is_heading(self, place: Place) -> bool:
        """True for a paragraph that is a headline: the document's title, or a short first line in capitals."""
        begin, end = self.narrative.paragraphs[place.paragraph]
        text = self.narrative.text[begin:end]
        if self.title and _plain(text) == _plain(self.title):
            return True
        if place.mark.outer[0] <= begin and place.mark.outer[1] >= end:
            return place.mark.style == "single" and len(text) < 80 and is_title_case(text)
        return len(text) < 200 and (place.paragraph == 0 or "\n" not in text) and is_title_case(text)

    def stands_alone(self, place: Place) -> bool:
        """True when a paragraph holds nothing but quotations."""
        row = self.narrative.rows.get(place.paragraph, [])
        return not any(item.place is None and item.text[0].isalnum() for item in row)

    def introduction(self, place: Place) -> Found | None:
        """Who the paragraph before introduces: “Putin said.” or “She went on:” at its end."""
        row = self._row_before(place)
        if not row or (
            place.position > 0
            and any(item.place is None and item.text.isalnum() for item in place.row[: place.position])
        ):
            return None
        if row[-1].place is not None:
            return None
        sentence = self._last_sentence(row)
        if row[-1].text != ":" and not self._is_bare_cue(sentence):
            return None
        found = rules.preceding(self.narrative, sentence)
        return Found("introduced in the paragraph before", found.mention, found.cue) if found else None

    def signature(self, place: Place) -> Found | None:
        """Who signs the quotation in the paragraph after it."""
        if place.parent is not None or not self.stands_alone(place):
            return None
        return rules.signature(self.narrative, self.narrative.rows.get(place.paragraph + 1, []))

    def sentence_subject(self, place: Place) -> Found | None:
        """The subject of the sentence that a fragment stands in."""
        subject = rules.sentence_subject(self.narrative, self.narrative.before(place))
        return Found("subject of its sentence", subject) if subject is not None else None

    def _row_before(self, place: Place) -> list[Item]:
        if place.parent is not None:
            return []
        return self.narrative.rows.get(place.paragraph - 1, [])

    def _last_sentence(self, row: list[Item]) -> list[Item]:
        begin = len(row) - 1
        while begin > 0 and not (row[begin - 1].place is None and row[begin - 1].text in (".", "!", "?")):
            begin -= 1
        return row[begin:]

    def _is_bare_cue(self, sentence: list[Item]) -> bool:
        """True for a short sentence that only says who spoke."""
        words = [item for item in sentence if item.place is None and item.text[0].isalnum()]
        if not words or len(words) > 12 or any(item.place is not None for item in sentence):
            return False
        cue = self.narrative.cues.get(words[-1].token)
        return cue is not None and cue.label_ == "say"


def _plain(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
