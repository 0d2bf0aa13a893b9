"""The component that finds what stands in quotation marks: fills `doc._.marks` and `doc.spans["quotations"]`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from .annotations import QUOTATIONS, register
from .marks import read_marks, walk
from .unclosed import end_at_writer


@Language.factory("quotation_finder", assigns=["doc._.marks", "doc.spans"])
def make_quotation_finder(nlp: Language, name: str) -> QuotationFinder:
    """The factory that spaCy calls for `nlp.add_pipe("quotation_finder")`."""
    register()
    return QuotationFinder()


class QuotationFinder:
    """Reads the marks of a text. Offsets in `doc._.marks` are exact code points; spaCy spans are whole tokens."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        marks = end_at_writer(doc.text, read_marks(doc.text))
        doc._.marks = marks
        spans = (doc.char_span(mark.start, mark.end, alignment_mode="expand") for mark, _ in walk(marks))
        doc.spans[QUOTATIONS] = SpanGroup(doc, name=QUOTATIONS, spans=[span for span in spans if span is not None])
        return doc
