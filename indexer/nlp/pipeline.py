"""The pipeline: a blank English spaCy pipeline with the components of this package."""

from __future__ import annotations

from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from .annotations import register
from .attributor import Attributor
from .cue_finder import CueFinder
from .mention_finder import MentionFinder
from .model import NONE, LanguageModel
from .quotation_finder import QuotationFinder
from .syntax import Syntax
from .tokenizer import LinearTokenizer

COMPONENTS = ("quotation_finder", "cue_finder", "mention_finder", "attributor")
_MARKS_INSIDE_WORDS = [r"[\"“”„«»‹›‟]", r"''", r"``", r"—", r"―"]


@Language.factory("quote_attribution", assigns=["doc._.marks", "doc._.attributions", "doc.spans"])
def make_quote_attribution(nlp: Language, name: str) -> QuoteAttribution:
    """The factory that spaCy calls for `nlp.add_pipe("quote_attribution")` on any English pipeline."""
    register()
    return QuoteAttribution()


class QuoteAttribution:
    """All components as one, for users of their own spaCy pipeline."""

    def __init__(self) -> None:
        self.components = (QuotationFinder(), CueFinder(), MentionFinder(), Attributor())

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc: `doc.spans["quotations"]`, `doc._.attributions` and what they rest on."""
        for component in self.components:
            doc = component(doc)
        return doc


def build(model: LanguageModel | None = None) -> Language:
    """A blank English pipeline with every component; its tokenizer also splits words at quotation marks.

    With a language model there is also the component `syntax`, which has the model read each document.
    """
    nlp = spacy.blank("en", vocab=model.nlp.vocab) if model else spacy.blank("en")
    infixes = compile_infix_regex([*(nlp.Defaults.infixes or []), *_MARKS_INSIDE_WORDS])
    base: Any = nlp.tokenizer
    base.infix_finditer = infixes.finditer
    nlp.tokenizer = LinearTokenizer(base, nlp.vocab)
    nlp.max_length = 50_000_000
    for name in COMPONENTS:
        nlp.add_pipe(name)
    if model is not None:
        component = nlp.add_pipe("syntax", after="quotation_finder", config={"model": NONE})
        cast(Syntax, component).model = model
    return nlp
