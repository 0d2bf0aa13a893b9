"""The pipeline: a blank English spaCy pipeline with the components of this package; and all of them as one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.util import compile_infix_regex

from indexer.domain import Document

from . import casing
from . import model as models
from .annotations import GROUPS, register
from .attributor import make_attributor
from .cue_finder import make_cue_finder
from .mention_finder import make_mention_finder
from .model import NONE, LanguageModel
from .quotation_finder import make_quotation_finder
from .syntax import Syntax
from .tokenizer import LinearTokenizer

_FACTORIES = {
    "quotation_finder": make_quotation_finder,
    "cue_finder": make_cue_finder,
    "mention_finder": make_mention_finder,
    "attributor": make_attributor,
}
COMPONENTS = tuple(_FACTORIES)
"""The components by name, in their order; with the import of their factories spaCy knows them."""
_MARKS_INSIDE_WORDS = [r"[\"“”„«»‹›‟]", r"''", r"``", r"—", r"―"]


@Language.factory(
    "quote_attribution",
    assigns=["doc._.attributions", "doc.spans"],
    default_config={"model": None, "min_confidence": None},
)
def make_quote_attribution(
    nlp: Language, name: str, model: str | None, min_confidence: float | None
) -> QuoteAttribution:
    """The factory that spaCy calls for `nlp.add_pipe("quote_attribution")` on any English pipeline. Raises ModelError.

    `model` is the name or path of a language model that reads the texts, “none” for none; None: the pipeline's own
    parser does, where it has one. `min_confidence` (0 to 1): see `Attributor`; None: as there.
    """
    return QuoteAttribution(model, min_confidence)


class QuoteAttribution:
    """All components as one, for users of their own spaCy pipeline: it is saved with it, and runs in processes."""

    def __init__(self, model: str | None = None, min_confidence: float | None = None) -> None:
        register()
        self.model = model
        self.min_confidence = min_confidence
        self.reader = build(models.load(model) if model else None, min_confidence)

    def __reduce__(self) -> tuple[type[QuoteAttribution], tuple[str | None, float | None]]:
        """A copy in another process loads its own language model."""
        return type(self), (self.model, self.min_confidence)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc: `doc.spans["quotations"]`, `doc._.attributions` and what they rest on.

        A doc that is parsed is read as it is, unless a model was named or the text is all in capitals, in which no
        parser reads well. Else its text is read anew, with our own tokens, and what was found there is copied.
        """
        if self.model is None and doc.has_annotation("DEP") and not casing.is_all_capitals(doc.text):
            for name in COMPONENTS:
                doc = self.reader.get_pipe(name)(doc)
            return doc
        document = replace(doc._.metadata or Document("", ""), text=doc.text)
        self._copy(self._read(document), doc)
        doc._.attributions = casing.as_printed(doc._.attributions, document)
        return doc

    def _read(self, document: Document) -> Doc:
        readable = casing.readable(document)
        doc = self.reader.make_doc(readable.text)
        doc._.metadata = readable
        for _, component in self.reader.pipeline:
            doc = component(doc)
        return doc

    def _copy(self, read: Doc, doc: Doc) -> None:
        """Copy what was found in a text to another doc of the same text, whose tokens may be others."""
        for group in GROUPS:
            spans = [_same_place(span, doc) for span in read.spans[group]]
            doc.spans[group] = SpanGroup(doc, name=group, spans=[span for span in spans if span is not None])
        doc._.marks, doc._.attributions = read._.marks, read._.attributions


def _same_place(span: Span, doc: Doc) -> Span | None:
    """The tokens of a doc that have the characters of another's span."""
    return doc.char_span(span.start_char, span.end_char, label=span.label_, alignment_mode="expand")


def build(model: LanguageModel | None = None, min_confidence: float | None = None) -> Language:
    """A blank English pipeline with every component; its tokenizer also splits words at quotation marks.

    With a language model there is also the component `syntax`, which has the model read each document.
    `min_confidence` (0 to 1): see `Attributor`; None: as there.
    """
    nlp = spacy.blank("en", vocab=model.nlp.vocab) if model else spacy.blank("en")
    infixes = compile_infix_regex([*(nlp.Defaults.infixes or []), *_MARKS_INSIDE_WORDS])
    base: Any = nlp.tokenizer
    base.infix_finditer = infixes.finditer
    nlp.tokenizer = LinearTokenizer(base, nlp.vocab)
    nlp.max_length = 50_000_000
    for name in COMPONENTS:
        given = name == "attributor" and min_confidence is not None
        nlp.add_pipe(name, config={"min_confidence": min_confidence} if given else {})
    if model is not None:
        component = nlp.add_pipe("syntax", after="quotation_finder", config={"model": NONE})
        cast(Syntax, component).model = model
    return nlp
